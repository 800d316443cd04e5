"""Lemmas by table: words that are known, and rules on suffixes for those that are not.

The tables are derived from the treebanks (`tools/train_language/lemmas.py`).
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from onrecord.errors import ModelError
from onrecord.language.pieces import case_class

_LONGEST_WORD = 60
"""A longer word is its own lemma."""
_PLAIN = str.maketrans({"’": "'", "`": "'"} | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""))
"""Plain apostrophes, and no characters that cannot be seen."""


class Tables(NamedTuple):
    """What the lemmatizer knows, by part of speech."""

    suffixes: dict[str, dict[str, tuple[int, str]]]
    """Suffix of a lower-case form: how many characters to cut from its end, and what to put there."""
    words: dict[str, dict[str, str]]
    """Lower-case form: lower-case lemma, where no rule gives it."""
    keeps_case: list[list[object]]
    """Part of speech, case class, and whether the word is its sentence's first, where capitals stay."""


def key_of(word: str) -> str:
    """Return the form under which a word stands in the tables."""
    return word.lower().translate(_PLAIN) or word


class Lemmatizer:
    """Gives words their lemmas."""

    def __init__(self, tables: Tables) -> None:
        self._suffixes, self._words = tables.suffixes, tables.words
        self._longest = max((len(suffix) for rules in tables.suffixes.values() for suffix in rules), default=0)
        self._keeps_case = {tuple(key) for key in tables.keeps_case}
        self.lemma = lru_cache(1 << 16)(self._lemma)

    @classmethod
    def load(cls, path: Path) -> Lemmatizer:
        """Read the tables from a JSON file.

        Raises:
            ModelError: The file is missing or broken.
        """
        try:
            return cls(Tables(**json.loads(path.read_text(encoding="utf-8"))))
        except (OSError, ValueError, TypeError) as error:
            raise ModelError(f"the lemmatizer cannot be loaded from {path}: {error}") from error

    def _lemma(self, word: str, upos: str, first: bool) -> str:
        """Return the lemma of a word; `first` says whether it begins its sentence, where capitals say little."""
        if len(word) > _LONGEST_WORD:
            return word
        lower = self.lower(key_of(word), upos)
        case = case_class(word)
        if case == 1 or (upos, case, first) not in self._keeps_case:
            return lower
        return _same_case(word, lower)

    def lower(self, key: str, upos: str) -> str:
        """Return the lemma, in lower case, of a word as it stands in the tables."""
        known = self._words.get(upos, {}).get(key)
        if known is not None:
            return known
        rules = self._suffixes.get(upos, {})
        for length in range(min(self._longest, len(key)), -1, -1):
            rule = rules.get(key[len(key) - length :])
            if rule is not None:
                return (key[: len(key) - rule[0]] + rule[1]) or key
        return key


def _same_case(word: str, lemma: str) -> str:
    """Return the lemma in the capitals of the word it comes from, as far as the two are the same."""
    same = 0
    while same < min(len(word), len(lemma)) and word[same].lower() == lemma[same]:
        same += 1
    return word[:same] + (lemma[same:].upper() if same > 1 and word.isupper() else lemma[same:])
