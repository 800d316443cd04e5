"""When two readings of a field say the same: names by their telling words, wordings by half of their words."""

from __future__ import annotations

import re
from typing import Final

from onrecord.model import Quantity, When

_TITLE_WORDS: Final = """
the a an mr mrs ms dr sir dame lord president prime minister secretary general chancellor king queen pope sen rep gov
governor senator chief foreign defense defence
"""
_TITLES: Final = frozenset(_TITLE_WORDS.split())
_SHORT: Final = {
    "uk": ("united kingdom", "britain", "great britain"),
    "us": ("united states", "united states of america", "america", "usa"),
    "un": ("united nations",),
    "eu": ("european union",),
}
_SHORT_OF: Final = {name: short for short, names in _SHORT.items() for name in names}
_SMALL: Final = "the a an of in on for to and its their his her new more total at by from with"
_SMALL_WORDS: Final = frozenset(_SMALL.split())
_POSSESSIVE: Final = re.compile(r"['’]s\b")
_ARTICLE: Final = re.compile(r"^(?:the|a|an)\s+")
_DOTTED: Final = re.compile(r"\b(?:[a-z]\.)+[a-z]\b\.?")
_NAME_WORD: Final = re.compile(r"[\w.&'’-]+")
_WORD: Final = re.compile(r"[a-z0-9]+")
_ENDING: Final = re.compile(r"(?:(?P<ies>ies)|es|s)$")
_TOLERANCE: Final = 1e-6


def same_name(one: str | None, other: str | None) -> bool:
    """Return whether two names are of the same: one's words are among the other's, titles aside, or its initials."""
    if one and other and (_is_acronym(one, other) or _is_acronym(other, one)):
        return True
    words, others = _name_words(one), _name_words(other)
    if not words or not others:
        return words == others
    return words <= others or others <= words


def same_words(one: str | None, other: str | None) -> bool:
    """Return whether two wordings share at least half of their words, small ones and endings of plurals aside."""
    words, others = _telling_words(one), _telling_words(other)
    if not words or not others:
        return words == others
    return 4 * len(words & others) >= len(words) + len(others)


def same_number(one: float | None, other: float | None) -> bool:
    """Return whether two numbers are equal but for rounding, or both missing."""
    if one is None or other is None:
        return one is other
    return abs(one - other) <= _TOLERANCE * max(1.0, abs(one), abs(other))


def same_quantity(one: Quantity | None, other: Quantity | None) -> bool:
    """Return whether two quantities have the same number and unit; what else they say is compared field by field."""
    if one is None or other is None:
        return one is other
    numbers = ((one.value, other.value), (one.low, other.low), (one.high, other.high))
    return all(same_number(*pair) for pair in numbers) and (one.vague, one.unit) == (other.vague, other.unit)


def same_when(one: When | None, other: When | None) -> bool:
    """Return whether two times are the same days in the same relation, whatever their words."""
    if one is None or other is None:
        return one is other
    return (one.relation, one.start, one.end) == (other.relation, other.start, other.end)


def plain(text: str | None) -> str:
    """Return the words of a text alone, in lower case."""
    return " ".join(re.findall(r"\w+", (text or "").casefold()))


def _is_acronym(short: str, name: str) -> bool:
    letters = re.sub(r"[^A-Za-z]", "", short)
    if not 2 <= len(letters) <= 8 or not letters.isupper():
        return False
    firsts = [word[0] for word in re.findall(r"[A-Za-z]+", name)]
    return letters in {"".join(firsts).upper(), "".join(filter(str.isupper, firsts))}


def _name_words(name: str | None) -> frozenset[str]:
    text = _POSSESSIVE.sub("", (name or "").casefold()).strip(" .,")
    text = _DOTTED.sub(lambda found: found.group().replace(".", ""), _ARTICLE.sub("", text))
    text = _SHORT_OF.get(text, text)
    words = [word.strip(".") for word in _NAME_WORD.findall(text.replace("’", "'"))]
    return frozenset(word for word in words if word not in _TITLES) or frozenset(words)


def _telling_words(text: str | None) -> frozenset[str]:
    found = _WORD.findall((text or "").casefold().replace("defence", "defense"))
    return frozenset(_singular(word) for word in found if word not in _SMALL_WORDS)


def _singular(word: str) -> str:
    return _ENDING.sub(lambda ending: "y" if ending["ies"] else "", word) if len(word) > 3 else word
