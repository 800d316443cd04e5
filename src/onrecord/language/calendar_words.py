"""The vocabulary of dates: patterns for months, weekdays, counts and units, and the numbers that they stand for.

Patterns are written for `plain` text; in a pattern given to `compiled` a space stands for one or two blanks.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import cast

from onrecord.language.calendar import Unit, plus, shift

_MONTH_NAMES = "january|february|march|april|may|june|july|august|september|october|november|december"
_WEEKDAY_NAMES = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
_ONE_TO_NINE = "one|two|three|four|five|six|seven|eight|nine"
_TEEN_NAMES = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TEN_NAMES = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_ORDINAL_NAMES = (
    "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth"
    "|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty-first"
)
_MONTHS = _MONTH_NAMES.split("|")
_WEEKDAYS = _WEEKDAY_NAMES.split("|")
_ORDINALS = _ORDINAL_NAMES.split("|")
_NUMBERS = {word: number for number, word in enumerate(f"{_ONE_TO_NINE}|{_TEEN_NAMES}".split("|"), 1)}
_NUMBERS |= {word: number * 10 for number, word in enumerate(_TEN_NAMES.split("|"), 2)}
_NUMBERS |= {"a": 1, "an": 1, "dozen": 12, "hundred": 100}

MONTH = rf"(?:(?:{_MONTH_NAMES})|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
WEEKDAY = rf"(?:{_WEEKDAY_NAMES})"
SHORT_WEEKDAY = rf"(?:{WEEKDAY}|(?:mon|tues?|wed|thurs?|fri|sat|sun)\b\.?)"
DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d:%]|[.,]\d)(?! (?:million|billion|trillion|per ?cent)\b)"
YEAR_DIGITS = r"[12]\d\d\d"
YEAR = rf"{YEAR_DIGITS}(?!\d|[.,]\d)"
SPLIT_YEAR = r"(?:1[5-9]|2[01])\d\d[-/](?:\d{4}|\d\d)(?![\d-])"
ORDINAL = rf"(?:\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(reversed(_ORDINALS))})"
DECADE_NAMES = {word.replace("y", "ies"): 1900 + _NUMBERS[word] for word in _TEN_NAMES.split("|")}
COUNT = (
    rf"(?:\d{{1,3}}(?:\.\d|½| 1/2)?|a dozen|a hundred|{_ONE_TO_NINE}|{_TEEN_NAMES}"
    rf"|(?:{_TEN_NAMES})(?:-(?:{_ONE_TO_NINE}))?|dozen|an?)"
)
_SEVERAL = r"(?:(?:a |the )?few|several|many|some|a couple of|a number of|recent|dozens of|half a|more)"
HOW_MANY = rf"(?:{COUNT}(?:(?: to | or |-){COUNT})?|{_SEVERAL})"
UNIT = r"(?:hours?|days?|weeks?|months?|quarters?|years?|decades?|century|centuries)"
CALENDAR_UNIT = "(?:day|week|month|quarter|year|decade|century)"
PART_OF_DAY = "(?:morning|afternoon|evening|night|lunchtime)"

_WRITTEN_SMALL = re.compile(rf"\b(?:{_MONTH_NAMES}|mar|dec|jan|mon|wed|fri|sat|sun)\b")
_PLAIN = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
_PLAIN |= {ord(a): ord(b) for a, b in zip("’‘–—‑−\t\u00a0\u202f\u2009", "''----    ", strict=True)}


def plain(text: str) -> str:
    """Return `text` as patterns see it, character for character: lower case, straight quotes, hyphens and blanks.

    Months and weekdays that are written small (`may`, `march`, `sat`) are other words, and masked.
    """
    return _WRITTEN_SMALL.sub(lambda match: "~" * len(match[0]), text).translate(_PLAIN)


def compiled(pattern: str) -> re.Pattern[str]:
    """Return the pattern compiled, each of its spaces (but for `[ -]` and ` ?`) standing for one or two blanks."""
    return re.compile(re.sub(r" (?![?\]-])", " {1,2}", pattern))


def how_many(words: str) -> float | None:
    """Return the number of `five`, `twenty-three`, `2.5`, `ten to fifteen` (the upper one); None where vague."""
    last = re.split(r" to | or |(?<=\d)-(?=\d)", words)[-1].strip()
    if last[:1].isdigit():
        whole = re.match(r"\d+(?:\.\d)?", last)
        return float(whole[0]) + (0.5 if last.endswith(("½", "1/2")) else 0) if whole else None
    parts = [_NUMBERS.get(part) for part in re.split(r"[- ]+", last) if part != "a" or last == "a"]
    known = [part for part in parts if part is not None]
    return float(sum(known)) if known and len(known) == len(parts) else None


def unit_named(word: str) -> Unit:
    """Return the calendar unit that a word of `UNIT` names; an hour belongs to its day."""
    one = "century" if word.startswith("centur") else word.rstrip("s")
    return cast(Unit, "day" if one == "hour" else one)


def month_number(word: str) -> int:
    """Return 1 to 12 for a word of `MONTH`."""
    return [name[:3] for name in _MONTHS].index(word[:3]) + 1


def weekday_number(word: str) -> int:
    """Return 0 (Monday) to 6 for a word of `WEEKDAY`."""
    return _WEEKDAYS.index(word)


def ordinal_number(word: str) -> int:
    """Return the number of `third` or `3rd`."""
    return int(word[:-2]) if word[0].isdigit() else _ORDINALS.index(word) + 1


def day_number(word: str) -> int:
    """Return the number of a word of `DAY` (`24`, `24th`)."""
    return int(re.sub(r"\D", "", word))


def moved(day: dt.date | None, count: float | None, unit: str) -> dt.date | None:
    """Return `day` moved by a number of units, None where vague; hours count as begun days."""
    if count is None:
        return None
    if unit.startswith("hour"):
        days = -int(-abs(count) // 24)
        return plus(day, days if count > 0 else -days)
    if count != int(count) and unit_named(unit) == "year":
        return shift(day, round(count * 12), "month")
    return shift(day, round(count), unit_named(unit))
