"""Derives the lemmatizer's tables from the treebanks' LEMMA column.

    python -m tools.train_language.lemmas --shared ../shared

A suffix rule says what to cut from the end of a word's lower-case form and what to put there; the rule of the longest
known suffix holds. Rules that say what a shorter suffix says already are left out, and so are words that the rules get
right.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from onrecord.language.encoder import WEIGHTS
from onrecord.language.lemmas import Lemmatizer, Tables, key_of
from onrecord.language.pieces import case_class
from tools.train_language.irregular import irregular_forms
from tools.train_language.treebanks import Sentence, read_treebank

_LONGEST_SUFFIX = 6
_ENOUGH = 6
"""Standings of a form from which on the treebanks are believed rather than the table of irregular forms."""
_FEWEST_WORDS = 2
"""Words that must agree on a suffix rule."""

Counts = dict[tuple[str, str], Counter[str]]


def derive(sentences: Iterable[Sentence]) -> Tables:
    """Return the tables that give the treebanks' lemmas back."""
    forms: Counts = defaultdict(Counter)
    kept_case: dict[tuple[str, int, bool], Counter[bool]] = defaultdict(Counter)
    for sentence in sentences:
        for number, word in enumerate(sentence.words):
            forms[word.upos, key_of(word.form)][word.lemma.lower()] += 1
            if (case := case_class(word.form)) != 1 and word.form.lower()[:1] == word.lemma.lower()[:1]:
                kept_case[word.upos, case, number == 0][word.lemma[:1] == word.form[:1]] += 1
    for upos, form, lemma in irregular_forms():
        if forms[upos, form].total() < _ENOUGH:
            forms[upos, form] = Counter([lemma])
    lemmas = {key: min(found, key=lambda lemma: (-found[lemma], lemma)) for key, found in forms.items()}
    tables = Tables(
        suffixes=_suffix_rules(lemmas),
        words={},
        keeps_case=sorted(
            [upos, case, first] for (upos, case, first), yes in kept_case.items() if yes[True] > yes[False]
        ),
    )
    lemmatizer = Lemmatizer(tables)
    for (upos, form), lemma in sorted(lemmas.items()):
        if lemmatizer.lower(form, upos) != lemma:
            tables.words.setdefault(upos, {})[form] = lemma
    return tables


def _suffix_rules(lemmas: dict[tuple[str, str], str]) -> dict[str, dict[str, tuple[int, str]]]:
    votes: dict[tuple[str, str], Counter[tuple[int, str]]] = defaultdict(Counter)
    for (upos, form), lemma in lemmas.items():
        rule = _rule(form, lemma)
        for length in range(min(_LONGEST_SUFFIX, len(form)) + 1):
            if length >= rule[0]:
                votes[upos, form[len(form) - length :]][rule] += 1
    rules: dict[str, dict[str, tuple[int, str]]] = {}
    for upos, suffix in sorted(votes, key=lambda key: (key[0], len(key[1]), key[1])):
        found = votes[upos, suffix]
        best = min(found, key=lambda rule: (-found[rule], rule))
        known = rules.setdefault(upos, {"": (0, "")})
        shorter = next(known[suffix[cut:]] for cut in range(len(suffix) + 1) if suffix[cut:] in known)
        if best != shorter and found[best] >= _FEWEST_WORDS:
            known[suffix] = best
    return rules


def _rule(form: str, lemma: str) -> tuple[int, str]:
    same = 0
    while same < min(len(form), len(lemma)) and form[same] == lemma[same]:
        same += 1
    return len(form) - same, lemma[same:]


def accuracy(lemmatizer: Lemmatizer, sentences: Sequence[Sentence]) -> float:
    """Return the share of words whose lemma is right, given their gold tags."""
    right = [
        lemmatizer.lemma(word.form, word.upos, first=number == 0) == word.lemma
        for sentence in sentences
        for number, word in enumerate(sentence.words)
    ]
    return sum(right) / len(right)


def main() -> None:
    """Write the tables into the package and print their accuracy on the tuning sets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--out", type=Path, default=WEIGHTS / "lemmas.json")
    args = parser.parse_args()
    folder = args.shared / "treebanks"
    tables = derive(read_treebank(folder, "ewt-train") + read_treebank(folder, "gum-train"))
    args.out.write_text(
        json.dumps(tables._asdict(), ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8"
    )
    for name in ("ewt-dev", "gum-dev"):
        print(name, round(100 * accuracy(Lemmatizer(tables), read_treebank(folder, name)), 1))


if __name__ == "__main__":
    main()
