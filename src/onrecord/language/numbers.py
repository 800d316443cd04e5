"""Numbers in words and digits: `22`, `1,500.5`, `twenty-two`, `1.5bn`, `half a million`, `two-thirds`, `dozens`.

Works on a light lexing of the text of its own (`lex`), so that it does not depend on any tokenizer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from onrecord.model import Vague

# Repeats are bounded, so that a line of digits and commas takes linear time.
_LEX: Final = re.compile(
    r"""
    (?P<digits>\d{1,3}(?:,\d{2,3}){0,8},\d{3}(?!\d)(?:\.\d+)?
              |\d{1,3}(?:[\u00a0\u202f\u2009]\d{3}){1,8}(?!\d)(?:\.\d+)?
              |\d{1,3}(?:[ ]\d{3}){2,8}(?![ ]?\d)|\d{1,3}[ ]\d\d0(?![ ]?\d)
              |\d{1,3}(?:\.\d{3}){2,8}(?!\d)
              |\d+(?:\.\d+)?
              |(?<![\w.])\.\d+)
    |(?P<word>(?:[^\W\d_]\.){2,8}
             |(?:[Mm]r|[Mm]rs|[Mm]s|[Dd]r|[Ss]t|[Nn]o|[Nn]os|[Rr]s|[Tt]k|[Ss]q|[Aa]pprox|[Ss]ept?|[Oo]ct|[Nn]ov|[Dd]ec
               |[Jj]an|[Ff]eb|[Aa]ug|[Gg]en|[Ss]en|[Rr]ep|[Gg]ov|[Cc]o|[Ii]nc|[Ll]td|[Vv]s|[Aa]rt|[Ss]ec)\.(?=\s)
             |[^\W\d_]+(?:['’][^\W\d_]+)?)
    |(?P<sign>[^\w\s]|_)
    |(?P<gap>\n\s*\n)
    """,
    re.VERBOSE,
)

_ONES: Final = {
    word: float(n)
    for n, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
_TENS: Final = {
    word: 10.0 * n for n, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
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
_DIGIT_SCALES: Final = (
    {word: scale for word, scale in _SCALES.items() if word != "dozen"}
    | {"lakhs": 1e5, "lacs": 1e5, "crores": 1e7, "millions": 1e6, "billions": 1e9, "trillions": 1e12}
    | {"mn": 1e6, "mln": 1e6, "mil": 1e6, "mio": 1e6, "bn": 1e9, "bln": 1e9, "tn": 1e12, "trn": 1e12, "tln": 1e12}
    | {"cr": 1e7}
)
# These need to touch their digits (`5m`, `$5M`, `200k`); `t` and `b` are read so only with a currency before them.
_SUFFIXES: Final = {"m": 1e6, "k": 1e3, "M": 1e6, "K": 1e3, "B": 1e9, "b": 1e9, "T": 1e12}
_MONEY_SUFFIXES: Final = frozenset("bBTK")
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
HYPHENS: Final = frozenset("-‐‑‒–—−")


@dataclass(frozen=True, slots=True)
class Lexed:
    """A text in words, digit runs and signs: `words[i]` stands at [starts[i], ends[i]); `lower[i]` is it in lower case.

    `sentences[i]` counts the sentence ends before `words[i]`, as far as the marks and the next letters tell.
    """

    text: str
    words: list[str]
    lower: list[str]
    starts: list[int]
    ends: list[int]
    sentences: list[int]

    def touch(self, i: int) -> bool:
        """Return whether nothing stands between `words[i]` and the next."""
        return i + 1 < len(self.words) and self.ends[i] == self.starts[i + 1]

    def opens_sentence(self, i: int) -> bool:
        """Return whether `words[i]` is the first of its sentence, quotation marks and brackets aside."""
        while i > 0 and not self.begins_line(i) and self.words[i - 1] not in "—–-:":
            if self.words[i - 1][-1].isalnum() or self.words[i - 1] in ",;":
                return False
            i -= 1
        return True

    def begins_line(self, i: int) -> bool:
        """Return whether `words[i]` is the first of its sentence or line."""
        return (
            i == 0 or self.sentences[i - 1] != self.sentences[i] or "\n" in self.text[self.ends[i - 1] : self.starts[i]]
        )

    def glued(self, i: int, j: int) -> bool:
        """Return whether no white space stands between `words[i]` and `words[j]`, i < j."""
        return all(self.ends[k] == self.starts[k + 1] for k in range(i, j))

    def at(self, i: int) -> str:
        """Return the lower-case word at `i`, empty outside the text."""
        return self.lower[i] if 0 <= i < len(self.lower) else ""

    def is_digits(self, i: int) -> bool:
        """Return whether a run of digits stands at `i`."""
        return 0 <= i < len(self.words) and (self.words[i][0].isdecimal() or self.words[i][-1].isdecimal())


def lex(text: str) -> Lexed:
    """Return `text` in words, digit runs and signs."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    sentences: list[int] = []
    sentence = 0
    for match in _LEX.finditer(text):
        if match.lastgroup == "gap":
            sentence += 1
            continue
        word = match.group()
        words.append(word)
        starts.append(match.start())
        ends.append(match.end())
        sentences.append(sentence)
        if word in ".!?" and _ends_sentence(text, match.end()):
            sentence += 1
    return Lexed(text, words, [word.lower() for word in words], starts, ends, sentences)


_NEXT_SENTENCE: Final = re.compile(r"[\"'”’)\]]{0,3}(?:\s+[\"'“‘(\[]{0,3}[^\W_]|\s*$)")


def _ends_sentence(text: str, at: int) -> bool:
    match = _NEXT_SENTENCE.match(text, at)
    return match is not None and not text[match.end() - 1].islower()


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at the words [start, end) of a `Lexed`: a value, or a vague word (`dozens`) without one.

    `share` marks a fraction of a whole (`half`, `two-thirds`; the value is then 0.5, 0.6667 ...); `plain` a bare run of digits;
    `scaled` one with a scale word or suffix, `scale` being their product.
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
        return _fraction(lexed, i) or _words(lexed, i)
    if word in _GLYPHS:
        return _scaled(lexed, Numeral(i, i + 1, _GLYPHS[word]), money)
    return None


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
    return Numeral(i, i + 1, None, _VAGUE[word])


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
    if lexed.at(j) in _PARTS and (
        not lexed.at(j + 1)[:1].isalnum() or lexed.at(j + 1) == "of" or lexed.at(j) == "quarter"
    ):
        return _part(lexed, i, j + 1, 1 / _PARTS[lexed.at(j)])
    return None


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
    """Read `two-thirds`, `three quarters`, `one in five` is not one."""
    top = _ONES.get(lexed.lower[i])
    j = _hyphened(lexed, i)
    bottom = _PARTS.get(lexed.at(j))
    if top is None or bottom is None or not 0 < top < bottom:
        return None
    if (top > 1) != lexed.at(j).endswith(("s", "lves")):
        return None
    return _part(lexed, i, j + 1, top / bottom)


def _part(lexed: Lexed, start: int, end: int, value: float) -> Numeral:
    """Read on after a fraction: `of a million` makes it a number."""
    if lexed.at(end) == "of" and lexed.at(end + 1) in ("a", "one") and lexed.at(end + 2) in _SCALES:
        scale = _SCALES[lexed.at(end + 2)]
        return Numeral(start, end + 3, value * scale, scale=scale)
    return Numeral(start, end, value, share=True)


def _words(lexed: Lexed, i: int) -> Numeral:
    """Read a number in words: groups below a thousand, each with its scale (`two million three hundred thousand`)."""
    total, j, scale = 0.0, i, 1.0
    smallest = float("inf")
    while True:
        group, after = _group(lexed, j)
        if after == j:
            break
        numeral = _scaled(lexed, Numeral(j, after, group), money=False)
        if numeral.scale >= smallest:
            break
        total += numeral.value or 0.0
        scale, smallest = max(scale, numeral.scale), numeral.scale
        j = end = numeral.end
        if numeral.scale < 1e3:
            break
        j = end + (lexed.at(end) == "and" and lexed.at(end + 1) in _ONES | _TENS and lexed.at(end - 1) != "half")
    else:
        end = j
    return Numeral(i, end, total, scale=scale)


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
    value = digits_value(lexed.words[i])
    j = i + 1
    plain = True
    glyph = _GLYPHS.get(lexed.at(j))
    if glyph is not None:
        return _scaled(lexed, Numeral(i, j + 1, value + glyph), money)
    if lexed.at(j) == "/" and lexed.touch(i) and lexed.touch(j) and lexed.is_digits(j + 1):
        bottom = digits_value(lexed.words[j + 1])
        if 0 < value < bottom <= 10:
            return Numeral(i, j + 2, value / bottom, share=True)
    if (
        lexed.touch(i)
        and lexed.words[j] in _SUFFIXES
        and (money or lexed.words[j] not in _MONEY_SUFFIXES or lexed.words[j] == "K")
    ):
        suffix = _SUFFIXES[lexed.words[j]]
        return Numeral(i, j + 1, value * suffix, scale=suffix)
    return _scaled(lexed, Numeral(i, j, value, plain=plain), money)


def digits_value(digits: str) -> float:
    """Return the value of a run of digits with thousands separators (comma, thin space, full stop) and decimals."""
    if digits.count(".") > 1:
        digits = digits.replace(".", "")
    return float(re.sub("[,   ]", "", digits))


def _scaled(lexed: Lexed, numeral: Numeral, money: bool) -> Numeral:
    """Multiply by the scale words that follow: `1.5 billion`, `two and a half million`, `1.5 lakh crore`, `five hundred`."""
    value, j, scale = numeral.value or 0.0, numeral.end, numeral.scale
    if lexed.at(j) == "and" and lexed.at(j + 1) == "a" and lexed.at(j + 2) in ("half", "quarter"):
        value, j = value + 1 / _PARTS[lexed.at(j + 2)], j + 3
    scales = _DIGIT_SCALES if lexed.is_digits(numeral.start) or numeral.plain else _SCALES
    while True:
        k = _hyphened(lexed, j - 1)
        word = lexed.at(k)
        if word not in scales and not (word == "dozen" and scale == 1.0):
            break
        factor = _DIGIT_SCALES.get(word) or _SCALES[word]
        scale, value, j = scale * factor, value * factor, k + 1
        if word == "hundred":
            extra, after = _group(lexed, j + (lexed.at(j) == "and"))
            if extra and after > j + (lexed.at(j) == "and"):
                value, j = value + extra, after
    if lexed.at(j) == "and" and lexed.at(j + 1) == "a" and lexed.at(j + 2) == "half" and scale > 1:
        value, j = value + scale / 2, j + 3
    if money and scale == 1.0 and lexed.at(j) == "m":
        scale, value, j = 1e6, value * 1e6, j + 1
    return Numeral(numeral.start, j, value, plain=numeral.plain and j == numeral.end, scale=scale)
