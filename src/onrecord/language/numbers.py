"""Numbers in words and digits: `22`, `1,500.5`, `twenty-two`, `1.5bn`, `half a million`, `two-thirds`, `dozens`.

A number starts at a word of a `Lexed`; nothing before that word counts, but for a currency, which the caller tells.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from onrecord.language.lexing import HYPHENS, Lexed, digits_value, in_order, words
from onrecord.model import Vague

_ONES: Final = {
    word: float(n)
    for n, word in enumerate(
        in_order(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
            "seventeen eighteen nineteen"
        )
    )
}
_TENS: Final = {
    word: 10.0 * n for n, word in enumerate(in_order("twenty thirty forty fifty sixty seventy eighty ninety"), start=2)
}
_SCALES: Final = {
    "hundred": 1e2,
    "thousand": 1e3,
    "lakh": 1e5,
    "lac": 1e5,
    "million": 1e6,
    "crore": 1e7,
    "billion": 1e9,
    "trillion": 1e12,
    "quadrillion": 1e15,
    "dozen": 12.0,
}
_HUNDRED: Final = 100.0
_DIGIT_SCALES: Final = (
    _SCALES
    | {"lakhs": 1e5, "lacs": 1e5, "crores": 1e7, "millions": 1e6, "billions": 1e9, "trillions": 1e12}
    | {"mn": 1e6, "mln": 1e6, "mil": 1e6, "mio": 1e6, "bn": 1e9, "bln": 1e9, "tn": 1e12, "trn": 1e12, "tln": 1e12}
    | {"cr": 1e7}
)
# Letters that touch their digits (`5m`, `200k`); the second row only with a currency before them (`$2B`).
_SUFFIXES: Final = {"m": 1e6, "k": 1e3, "M": 1e6, "K": 1e3}
_MONEY_SUFFIXES: Final = _SUFFIXES | {"b": 1e9, "B": 1e9, "t": 1e12, "T": 1e12}
_EXTENTS: Final = words("high tall deep long wide thick away above below across apart from off wall fence tower")
_AFTER_PART: Final = words("of more less higher lower fewer bigger smaller point percent percentage")
# After these words a single part is a share, in words that cannot be what an ordinal stands before.
_BEFORE_SHARE: Final = words(
    "by least most than nearly almost about around roughly over under some only just perhaps fell fall falls falling "
    "rose rise rises rising dropped drop drops declined shrank grew jumped climbed"
)
_AFTER_SHARE: Final = words(
    "to in from since over on at by this last and or but compared if when while unless until before after because "
    "within during through with without between under a an the each every per as for were are was is have has had "
    "should would will could must may might can"
)
# `a fifth are empty`: one thing that comes fifth would take `is`.
_PLURAL_VERBS: Final = words("are were have")
_PARTS: Final = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "thirds": 3,
    "quarter": 4,
    "quarters": 4,
    "fifth": 5,
    "fifths": 5,
    "sixth": 6,
    "sixths": 6,
    "seventh": 7,
    "sevenths": 7,
    "eighth": 8,
    "eighths": 8,
    "ninth": 9,
    "ninths": 9,
    "tenth": 10,
    "tenths": 10,
    "twelfth": 12,
    "twentieth": 20,
    "hundredth": 100,
    "hundredths": 100,
}
_ODDS: Final = frozenset({*range(2, 11), 12, 20, 25, 50, 100, 1000})
_NO_ODDS: Final = words("of in and or to hundred thousand million billion trillion day week month year hour time times")
_GLYPHS: Final = {
    "½": 1 / 2,
    "⅓": 1 / 3,
    "⅔": 2 / 3,
    "¼": 1 / 4,
    "¾": 3 / 4,
    "⅕": 1 / 5,
    "⅖": 2 / 5,
    "⅗": 3 / 5,
    "⅘": 4 / 5,
    "⅛": 1 / 8,
    "⅜": 3 / 8,
    "⅝": 5 / 8,
    "⅞": 7 / 8,
}
_VAGUE: Final[dict[str, Vague]] = {
    "dozens": "dozens",
    "scores": "scores",
    "hundreds": "hundreds",
    "thousands": "thousands",
    "lakhs": "hundreds of thousands",
    "crores": "millions",
    "millions": "millions",
    "billions": "billions",
    "trillions": "trillions",
}
_VAGUE_OF_THOUSANDS: Final[dict[str, Vague]] = {
    "tens": "tens of thousands",
    "dozens": "tens of thousands",
    "hundreds": "hundreds of thousands",
}
_VAGUE_ONE: Final[dict[str, Vague]] = {
    "dozen": "dozens",
    "hundred": "hundreds",
    "thousand": "thousands",
    "million": "millions",
    "billion": "billions",
    "trillion": "trillions",
}


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at the words [start, end) of a `Lexed`: a value, or a vague word (`dozens`) without one.

    `share` marks a fraction of a whole (`half`, `two-thirds`; the value is then 0.5, 0.6667 ...), `plain` a bare run
    of digits; `scale` is the product of the scale words and suffixes, 1 without.
    """

    start: int
    end: int
    value: float | None
    vague: Vague | None = None
    share: bool = False
    plain: bool = False
    scale: float = 1.0


def read_numeral(lexed: Lexed, i: int, *, money: bool = False) -> Numeral | None:
    """Return the number that starts at word `i`, None if none does. `money` says that a currency stands before it."""
    word = lexed.lower[i]
    if lexed.is_digits(i):
        return _digits(lexed, i, money)
    if word in _VAGUE or word in _VAGUE_OF_THOUSANDS:
        return _vague(lexed, i)
    if word in ("a", "an"):
        return _with_article(lexed, i)
    if word in ("several", "few", "many") and lexed.at(i + 1) in _VAGUE_ONE:
        return Numeral(i, i + 2, None, _VAGUE_ONE[lexed.at(i + 1)])
    if word == "half":
        return _half(lexed, i, i)
    if word in _ONES or word in _TENS:
        return _fraction(lexed, i) or _odds(lexed, i) or _words(lexed, i)
    if word in _GLYPHS:
        return _scaled(lexed, Numeral(i, i + 1, _GLYPHS[word]), money)
    return None


def tidy(value: float) -> float:
    """Round off what binary fractions leave over (`16.9bn` is 16900000000, not 16899999999.999998)."""
    return float(f"{value:.12g}")


STARTS: Final = frozenset(
    [*_ONES, *_TENS, *_VAGUE, *_VAGUE_OF_THOUSANDS, *_GLYPHS, "a", "an", "several", "few", "half"]
)
"""Lower-case words at which a number may start, beside digits."""


def _vague(lexed: Lexed, i: int) -> Numeral | None:
    word = lexed.lower[i]
    if lexed.at(i + 1) == "of":
        big = lexed.at(i + 2)
        if big == "thousands" and word in _VAGUE_OF_THOUSANDS:
            return Numeral(i, i + 3, None, _VAGUE_OF_THOUSANDS[word])
        if big in ("millions", "billions", "trillions", "crores"):
            return Numeral(i, i + 3, None, _VAGUE[big])
    if word == "tens":
        return None
    again = lexed.at(i + 1) in ("upon", "and") and lexed.at(i + 2) == word  # `thousands upon thousands`
    return Numeral(i, i + 1 + 2 * again, None, _VAGUE[word])


def _with_article(lexed: Lexed, i: int) -> Numeral | None:
    word = lexed.at(i + 1)
    if word in ("few", "couple"):
        j = i + 2 + (lexed.at(i + 2) == "of")
        big = lexed.at(j)
        return Numeral(i, j + 1, None, _VAGUE_ONE[big]) if big in _VAGUE_ONE else None
    if word == "half":
        j = _hyphened(lexed, i + 1)
        return _half(lexed, i, i + 1) if lexed.at(j) in _SCALES else None
    if word in _SCALES:
        return _scaled(lexed, Numeral(i, i + 1, 1.0), money=False)
    j = i + 1 + (word in ("mere", "full", "whole", "good", "solid", "further"))
    after = lexed.at(_hyphened(lexed, j))
    alone = not after[:1].isalnum() or after in _AFTER_PART or after in _PLURAL_VERBS
    alone = alone or (lexed.at(i - 1) in _BEFORE_SHARE and after in _AFTER_SHARE)
    return _part(lexed, i, j + 1, 1 / _PARTS[lexed.at(j)]) if lexed.at(j) in _PARTS and alone else None


def _hyphened(lexed: Lexed, i: int) -> int:
    """Return the index of the word after `i`, over a hyphen that touches both."""
    if lexed.touch(i) and lexed.at(i + 1) in HYPHENS and lexed.touch(i + 1):
        return i + 2
    return i + 1


def _half(lexed: Lexed, start: int, i: int) -> Numeral:
    """Read `half a million`, `half a dozen`, `half-million`, or else the share `half`."""
    j = _hyphened(lexed, i)
    j += lexed.at(j) in ("a", "an")
    if lexed.at(j) in _SCALES:
        return Numeral(start, j + 1, 0.5 * _SCALES[lexed.at(j)], scale=_SCALES[lexed.at(j)])
    return Numeral(start, i + 1, 0.5, share=True)


def _fraction(lexed: Lexed, i: int) -> Numeral | None:
    """Read `two-thirds`, `three quarters`; None where the words are no fraction (`one third-party`, `two quarter`)."""
    top = _ONES.get(lexed.lower[i])
    j = _hyphened(lexed, i)
    bottom = _PARTS.get(lexed.at(j))
    if top is None or bottom is None or not 0 < top < bottom or (bottom == 4 and top == 2):
        return None
    if (top > 1) != lexed.at(j).endswith(("s", "lves")):
        return None
    return _part(lexed, i, j + 1, top / bottom)


def _odds(lexed: Lexed, i: int) -> Numeral | None:
    """Read `one house in three`, `two of every three`; None where what follows tells of places: `one man in two cars`.

    Without a noun between them (`one in three`) the numbers are two amounts, which `relations` joins.
    """
    top = _ONES.get(lexed.lower[i], 0.0)
    noun = lexed.at(i + 1).isalpha() and lexed.at(i + 1) not in _NO_ODDS
    j = i + 1 + noun
    every = lexed.lower[j : j + 2] in (["of", "every"], ["in", "every"])
    if not 0 < top < 10 or not (every or (noun and lexed.at(j) == "in")):
        return None
    at = j + 1 + every
    bottom, end = (digits_value(lexed.words[at]), at + 1) if lexed.is_digits(at) else _group(lexed, at)
    after = lexed.at(end)
    counted = after[:1].isalpha() and after not in _AFTER_SHARE and lexed.starts[end] not in lexed.verbs
    if bottom not in _ODDS or bottom <= top or (noun and not every and counted) or after in HYPHENS:
        return None
    return Numeral(i, end, top / bottom, share=True)


def _part(lexed: Lexed, start: int, end: int, value: float) -> Numeral:
    """Read on after a fraction: `of a million` makes it a number."""
    if lexed.at(end) == "of" and lexed.at(end + 1) in ("a", "one") and lexed.at(end + 2) in _SCALES:
        scale = _SCALES[lexed.at(end + 2)]
        return Numeral(start, end + 3, value * scale, scale=scale)
    return Numeral(start, end, value, share=True)


def _words(lexed: Lexed, i: int) -> Numeral:
    """Read a number in words: groups below a thousand, each with its scale (`two million three hundred thousand`)."""
    total, scale, end, j = 0.0, float("inf"), i, i
    biggest = 1.0
    while True:
        group, after = _group(lexed, j)
        numeral = _scaled(lexed, Numeral(j, after, group), money=False) if after > j else None
        if numeral is None or numeral.scale >= scale:
            return Numeral(i, end, total, scale=biggest)
        total += numeral.value or 0.0
        biggest, scale, end = max(biggest, numeral.scale), numeral.scale, numeral.end
        if scale < 1e3:
            return Numeral(i, end, total, scale=biggest)
        j = end + (lexed.at(end) == "and")


def _group(lexed: Lexed, i: int) -> tuple[float, int]:
    """Read a number below a hundred in words at `i`; return it and the index after it."""
    word = lexed.at(i)
    if word in _ONES:
        return _ONES[word], i + 1
    if word not in _TENS:
        return 0.0, i
    j = _hyphened(lexed, i)
    ones = _ONES.get(lexed.at(j), 0.0)
    return (_TENS[word] + ones, j + 1) if 0 < ones < 10 else (_TENS[word], i + 1)


def _digits(lexed: Lexed, i: int, money: bool) -> Numeral:
    """Read a number in digits, with a fraction or a suffix that touches it."""
    value, j = digits_value(lexed.words[i]), i + 1
    if lexed.at(j) in _GLYPHS:
        return _scaled(lexed, Numeral(i, j + 1, value + _GLYPHS[lexed.at(j)]), money)
    if lexed.at(j) == "/" and lexed.is_digits(j + 1) and lexed.glued(i, j + 1) and lexed.at(j + 2) != "/":
        bottom = digits_value(lexed.words[j + 1])
        if 0 < value < bottom <= 10:
            return Numeral(i, j + 2, value / bottom, share=True)
    suffix = (_MONEY_SUFFIXES if money else _SUFFIXES).get(lexed.words[j]) if lexed.touch(i) else None
    if suffix is not None and not (lexed.words[j] == "m" and not money and _tells_extent(lexed, j + 1)):
        return Numeral(i, j + 1, tidy(value * suffix), scale=suffix)
    return _scaled(lexed, Numeral(i, j, value, plain=True), money)


def _tells_extent(lexed: Lexed, i: int) -> bool:
    """Return whether the word at `i`, or after a hyphen there, makes an `m` before it metres: `5m high`, `5m-long`."""
    return lexed.at(i + (lexed.at(i) in HYPHENS)) in _EXTENTS


def _scaled(lexed: Lexed, numeral: Numeral, money: bool) -> Numeral:
    """Multiply by the scale words that follow, each larger than the one before: `1.5 billion`, `1.5 lakh crore`."""
    value, j, scale, last = numeral.value or 0.0, numeral.end, numeral.scale, 1.0
    if lexed.lower[j : j + 2] == ["and", "a"] and lexed.at(j + 2) in ("half", "quarter"):
        value, j = value + 1 / _PARTS[lexed.at(j + 2)], j + 3
    scales = _DIGIT_SCALES if lexed.is_digits(numeral.start) else _SCALES
    while (factor := scales.get(lexed.at(_hyphened(lexed, j - 1)), 0.0)) > last:
        j = _hyphened(lexed, j - 1) + 1
        scale, value, last = scale * factor, value * factor, factor
        if factor == _HUNDRED:
            extra, j = _after_hundred(lexed, j)
            value += extra
    if lexed.lower[j : j + 3] == ["and", "a", "half"] and scale > 1:
        value, j = value + scale / 2, j + 3
    if money and scale == 1.0 and lexed.at(j) == "m":
        scale, value, j = 1e6, value * 1e6, j + 1
    value = value if scale == 1.0 else tidy(value)
    return Numeral(numeral.start, j, value, plain=numeral.plain and j == numeral.end, scale=scale)


def _after_hundred(lexed: Lexed, j: int) -> tuple[float, int]:
    """Read the rest of `one hundred (and) forty-five` at `j`; (0, j) where another number starts there."""
    rest, after = _group(lexed, j + (lexed.at(j) == "and"))
    return (rest, after) if rest and lexed.at(after) != "hundred" else (0.0, j)
