"""Word pieces and case classes: how the encoder sees a word.

The encoder (all-MiniLM-L6-v2) is uncased, so each piece comes with a class that tells the word's capitals, whether the
piece is the word's first, and whether white space stands before the word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

_LONGEST_WORD = 60
"""Characters of a word that are looked at."""
_MOST_PIECES = 12
"""Pieces that a word may have; the rest of it is not seen."""
_LATER_PIECE = 1
_GLUED = 16
"""Added to a case class for a piece after the first, and for a word without white space before it."""


class Pieces(NamedTuple):
    """A run of words as the encoder takes it: piece ids, case ids, and the position of each word's first piece.

    The first position is the start mark's (0), which stands for the root of the tree.
    """

    ids: list[int]
    cases: list[int]
    firsts: list[int]


class WordPieces:
    """Cuts words into the pieces of `vocabulary` (WordPiece, greedy longest match first; `##` marks a later piece)."""

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self._ids = {piece: number for number, piece in enumerate(vocabulary)}
        self._unknown, self._start, self._end = (self._ids[mark] for mark in ("[UNK]", "[CLS]", "[SEP]"))
        self.word = lru_cache(1 << 16)(self._word)

    def _word(self, word: str) -> tuple[tuple[int, ...], int]:
        """Return the piece ids of a word and its case class."""
        ids: list[int] = []
        for part in _basic_tokens(word[:_LONGEST_WORD]):
            ids += self._pieces(part)
        return tuple(ids[:_MOST_PIECES] or [self._unknown]), case_class(word[:_LONGEST_WORD])

    def _pieces(self, part: str) -> list[int]:
        found: list[int] = []
        at = 0
        while at < len(part):
            prefix = "##" if at else ""
            ends = range(len(part), at, -1)
            end = next((end for end in ends if prefix + part[at:end] in self._ids), None)
            if end is None:
                return [self._unknown]
            found.append(self._ids[prefix + part[at:end]])
            at = end
        return found

    def encode(self, words: Sequence[str], spaces: Sequence[bool]) -> Pieces:
        """Return the encoder's input for words; `spaces` says whether white space follows each."""
        ids, cases, firsts = [self._start], [0], [0]
        spaced = True
        for word, space in zip(words, spaces, strict=True):
            pieces, case = self.word(word)
            firsts.append(len(ids))
            first_case = 2 * case + (0 if spaced else _GLUED)
            ids += pieces
            cases.append(first_case)
            cases += [first_case + _LATER_PIECE] * (len(pieces) - 1)
            spaced = space
        return Pieces([*ids, self._end], [*cases, _LATER_PIECE], firsts)


def case_class(word: str) -> int:
    """Return 6 for a word with a digit, 7 without letters, else 1 lower, 2 Title, 3 UPPER, 4 one capital, 5 miXed."""
    if any(map(str.isdigit, word)):
        return 6
    if not any(map(str.isalpha, word)):
        return 7
    if word.islower():
        return 1
    if word.isupper():
        return 4 if len(word) == 1 else 3
    return 2 if word[0].isupper() and word[1:].islower() else 5


def _basic_tokens(word: str) -> list[str]:
    """Split a word at punctuation and ideographs, in lower case and without accents, as BERT's basic tokenizer does."""
    tokens: list[str] = []
    current = ""
    for character in unicodedata.normalize("NFD", word.lower()):
        category = unicodedata.category(character)
        if category == "Mn" or (category[0] == "C" and character not in "\t\n\r"):
            continue
        if character.isspace() or _stands_alone(character, category):
            tokens += [current, character]
            current = ""
        else:
            current += character
    return [token for token in (*tokens, current) if token.strip()]


def _stands_alone(character: str, category: str) -> bool:
    symbol = character.isascii() and character.isprintable() and not character.isalnum() and character != " "
    return symbol or category[0] == "P" or "\u4e00" <= character <= "\u9fff" or "\u3400" <= character <= "\u4dbf"
