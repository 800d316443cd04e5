"""Scores of a language pipeline on raw text: words, tags, trees, sentences, lemmas, names.

    python -m tools.train_language.score --shared ../shared ewt-test gum-dev pud-news [--language-model NAME]

As in the CoNLL 2018 shared task: gold and system words are matched by their place in the text, and every score is F1;
unlike there, UAS and LAS leave punctuation out and LAS counts relations with their subtypes. Names count by place and
label.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Token

from onrecord.language import load
from tools.train_language.treebanks import Sentence, documents, read_treebank, text_of

_RELATIONS = ("nsubj", "nsubj:pass", "obj", "ccomp", "appos", "parataxis", "nummod")
_Item = tuple[object, ...]


def score(nlp: Language, sentences: Sequence[Sentence]) -> dict[str, float]:
    """Return F1 in percent, by measure."""
    tally: dict[str, Counter[str]] = {}
    for document in documents(sentences):
        gold, untrusted = _gold_items(document)
        found = _found_items(nlp(text_of(document)[0]))
        found["names"] = {item for item in found["names"] if not _touches(item, untrusted)}
        for measure in gold:
            counts = tally.setdefault(measure, Counter())
            counts.update(gold=len(gold[measure]), found=len(found[measure]), both=len(gold[measure] & found[measure]))
    return {measure: _f1(counts) for measure, counts in sorted(tally.items())}


def _f1(counts: Counter[str]) -> float:
    return round(200 * counts["both"] / max(1, counts["gold"] + counts["found"]), 1)


def _touches(item: _Item, ranges: Iterable[tuple[int, int]]) -> bool:
    return any(int(str(item[0])) < end and start < int(str(item[1])) for start, end in ranges)


def _items(rows: Sequence[tuple[int, int, str, str, str, tuple[int, int] | None]]) -> dict[str, set[_Item]]:
    """Return what is compared, by measure; a row is a word's start, end, tag, lemma, relation and head."""
    items: dict[str, set[_Item]] = {
        "words": {row[:2] for row in rows},
        "UPOS": {row[:3] for row in rows},
        "lemma": {(*row[:2], row[3]) for row in rows},
        "UAS": {(*row[:2], row[5]) for row in rows if row[4] != "punct"},
        "LAS": {(*row[:2], row[4:]) for row in rows if row[4] != "punct"},
    }
    for relation in _RELATIONS:
        items[relation] = {(*row[:2], row[5]) for row in rows if row[4] == relation}
    return items


def _gold_items(document: Sequence[Sentence]) -> tuple[dict[str, set[_Item]], list[tuple[int, int]]]:
    rows, names, sentences = [], set(), set()
    untrusted: list[tuple[int, int]] = []
    for sentence, offsets in zip(document, text_of(document)[1], strict=True):
        places = [(at, at + len(word.form)) for at, word in zip(offsets, sentence.words, strict=True)]
        for place, word in zip(places, sentence.words, strict=True):
            head = places[word.head - 1] if word.head else None
            rows.append((*place, word.upos, word.lemma, word.relation, head))
        sentences.add((places[0][0], places[-1][1]))
        if sentence.names is None:
            untrusted.append((places[0][0], places[-1][1]))
        for start, end, label in sentence.names or ():
            place = (places[start][0], places[end - 1][1])
            if label == "?":
                untrusted.append(place)
            else:
                names.add((*place, label))
    return {**_items(rows), "sentences": sentences, "names": names, **_by_label(names)}, untrusted


def _found_items(doc: Doc) -> dict[str, set[_Item]]:
    words = [token for token in doc if not token.is_space]
    rows = []
    for token in words:
        head = None if token.head == token else _place(token.head)
        rows.append((*_place(token), token.pos_, token.lemma_, token.dep_.replace("ROOT", "root"), head))
    sentences = set()
    for sentence in doc.sents:
        inside = [token for token in sentence if not token.is_space]
        if inside:
            sentences.add((inside[0].idx, inside[-1].idx + len(inside[-1])))
    names: set[_Item] = {(name.start_char, name.end_char, name.label_) for name in doc.ents}
    return {**_items(rows), "sentences": sentences, "names": names, **_by_label(names)}


def _by_label(names: set[_Item]) -> dict[str, set[_Item]]:
    return {f"names {label}": {name for name in names if name[2] == label} for label in ("PERSON", "ORG", "LOC")}


def _place(token: Token) -> tuple[int, int]:
    return token.idx, token.idx + len(token)


def main() -> None:
    """Print the scores of each set as JSON, one a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--language-model", default=None)
    parser.add_argument("sets", nargs="+")
    args = parser.parse_args()
    nlp = load(args.language_model)
    for name in args.sets:
        sentences = read_treebank(args.shared / "treebanks", name.replace("pud-news", "pud-test"))
        if name == "pud-news":
            sentences = [sentence for sentence in sentences if sentence.id.startswith("n")]
        print(name, json.dumps(score(nlp, sentences)), flush=True)


if __name__ == "__main__":
    main()
