"""Multiples: `doubled`, `fivefold`, `twice as many`, `three times the size`, `halved`."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from onrecord.language.amounts import Amount, compared
from onrecord.language.lexing import Lexed, in_order, words
from onrecord.language.numbers import Numeral
from onrecord.model import Change

_STEMS: Final = {"doubl": 2, "tripl": 3, "trebl": 3, "quadrupl": 4, "quintupl": 5, "sextupl": 6}
_VERBS: Final = {stem + ending: float(n) for stem, n in _STEMS.items() for ending in ("ed", "ing", "es")}
_BASE_VERBS: Final = {stem + "e": float(n) for stem, n in _STEMS.items()}
_FOLDS: Final = {
    f"{word}fold": float(n) for n, word in enumerate(in_order("two three four five six seven eight nine ten"), start=2)
} | {"twelvefold": 12.0, "twentyfold": 20.0, "hundredfold": 100.0, "thousandfold": 1000.0}
_HALVES: Final = frozenset(["halve", "halved", "halves", "halving"])
_TWICE: Final = {"twice": 2.0, "thrice": 3.0}
_AS: Final = words("as the that its their his her our what this last those these our more")
_AS_OR_MORE: Final = _AS | words(
    "higher larger bigger greater less fewer lower smaller faster longer stronger cheaper over above normal current"
)
_BEFORE_BASE: Final = words(
    "to will would could may might should must can shall not than nearly almost about roughly and or we "
    "they you i more over set"
)

_MOST_TIMES: Final = 100  # above it an `x` is part of a name, such as an aircraft's

STARTS: Final = frozenset([*_VERBS, *_BASE_VERBS, *_FOLDS, *_HALVES, *_TWICE])
"""Lower-case words at which a multiple may start."""


def read_multiple(lexed: Lexed, i: int) -> Amount | None:
    """Return the multiple at word `i`, None if the word is none there (`double standards`, `doubles champion`)."""
    word, after = lexed.lower[i], lexed.at(i + 1)
    if word in _HALVES:
        return _amount(lexed, i, 50.0, "percent", "decrease")
    if word in _FOLDS:
        return _amount(lexed, i, _FOLDS[word], "times", "increase")
    if word in _TWICE:
        return _amount(lexed, i, _TWICE[word], "times", "level") if after in _AS else None
    if after == "down" or (word.endswith("es") and after not in _AS and after not in ("to", "in", "from", "every")):
        return None
    if word in _VERBS:
        return _amount(lexed, i, _VERBS[word], "times", "increase")
    if after in _AS and lexed.at(i - 1) not in _BEFORE_BASE:
        return _amount(lexed, i, _BASE_VERBS[word], "times", "level")
    return _amount(lexed, i, _BASE_VERBS[word], "times", "increase") if lexed.at(i - 1) in _BEFORE_BASE else None


def _amount(lexed: Lexed, i: int, value: float, unit: str, change: Change) -> Amount:
    numeral = Numeral(i, i + 1, value)
    return compared(lexed, Amount(i, i, i + 1, numeral, value, unit=unit, change=change))


def times_unit(lexed: Lexed, amount: Amount) -> Amount | None:
    """Return `amount` as a multiple where `times as`, `-fold` or `x` follows; None where `times` counts occasions."""
    j = amount.end
    if lexed.at(j) == "-" and lexed.at(j + 1) == "fold":
        return replace(amount, unit="times", change="increase", end=j + 2)
    if lexed.at(j) == "fold" and lexed.touch(j - 1):
        return replace(amount, unit="times", change="increase", end=j + 1)
    if lexed.at(j) in ("x", "×") and lexed.touch(j - 1) and (amount.value or 0) <= _MOST_TIMES:
        return replace(amount, unit="times", end=j + 1)
    if lexed.at(j) == "times" and (lexed.at(j + 1) in _AS_OR_MORE or _is_comparative(lexed, j + 1)):
        return replace(amount, unit="times", end=j + 1)
    return None


def _is_comparative(lexed: Lexed, i: int) -> bool:
    """Return whether word `i` is an adjective in `-er` that ends its phrase or has `than` after it: `dearer than`."""
    word, after = lexed.at(i), lexed.at(i + 1)
    return word.endswith("er") and len(word) > 4 and (after == "than" or not after[:1].isalnum())
