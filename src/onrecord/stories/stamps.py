"""Time stamps: the line under a headline that says when a story was published and when it was updated."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from onrecord.stories.clocks import Clock, read_clock_after, read_clock_before
from onrecord.stories.months import is_weekday, month_number
from onrecord.stories.words import UPDATED

_HEAD = 240
"""A stamp line is looked at no further than this; a longer block is prose."""
_MOST_BEFORE = 6
"""Most words before the date on such a line where nothing sets them apart: a caption has more."""
_MOST_WORDS = 14
"""Most words besides dates, times and labels that a stamp line holds (a name, a desk, a place)."""

_WORD = r"[^\W\d_][^\s\d,;:|()/\[\]·•–—-]*"
# shapes open with their first digit, looking behind it only then: the search for a digit is what takes least time
_YEAR = r"(?P<y>\d{4})(?=\D|$|\d{1,2}:\d\d)"
_YEAR_FIRST = r"(?P<y>\d(?<!\d\d)\d{3})"
_DAY = r"(?P<d>\d{1,2})"
_DAY_FIRST = r"(?P<d>\d(?<!\d\d)\d?)"
_NTH = r"(?:st|nd|rd|th|er|re|ª|º|°|\.)?"
_GAP = r"[\s.,/’'-]{1,4}"
_DAY_YEAR = rf"{_DAY}{_NTH}(?:{_GAP}|(?=\d)){_YEAR}"
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        r"(?P<y>\d(?<![\d.]\d)\d{3})\s?[-/.年년]\s?(?P<m>\d{1,2})\s?[-/.月월]\s?(?P<d>\d{1,2})(?!\d)\s?[日일]?",
        rf"{_DAY_FIRST}\s+(?:tháng|thg)\s+(?P<m>\d{{1,2}}),?\s+(?:năm\s+)?{_YEAR}",
        rf"(?P<d>\d(?<![\d:.]\d)\d?){_NTH}{_GAP}?(?P<n>{_WORD}(?:{_GAP}{_WORD}){{0,2}}){_GAP}{_YEAR}",
        rf"(?<![^\W\d_])(?P<n>{_WORD}){_GAP}{_DAY_YEAR}",
        rf"{_YEAR_FIRST}\.?{_GAP}(?P<n>{_WORD}(?:{_GAP}{_WORD}){{0,1}}){_GAP}{_DAY}(?!\d)",
        rf"{_YEAR_FIRST}\.?{_GAP}{_WORD}{_GAP}{_DAY}\.?{_GAP}(?P<n>{_WORD})",
    )
)
_FOUR_DIGITS = re.compile(r"\d{4}")
_NUMERIC = re.compile(
    r"(?P<a>\d(?<![\d.,/-]\d)\d?)\s?(?P<sep>[./-])\s?(?P<b>\d{1,2})\s?(?P=sep)\s?(?P<y>\d{4}|\d\d)(?![\d/]|\.\d)"
)

_DAY_CLOCK = re.compile(r"[\s,|–—-]{1,4}(?:at\s)?(?:1[3-9]|2[0-3]|0\d):\d\d(?::\d\d)?(?!\s?[AaPp]\.?\s?[Mm]|\d)")
_PARTS = re.compile(r"[\s,/'’-]+|(?<=[a-z])(?=[A-Z])")
"""Between words, also where flattening has glued two together (`readApril`)."""
_UPDATE = re.compile(UPDATED, re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_BORDER = re.compile(r"[|·•:@/]")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_PROSE = re.compile(r"[.!?](?<=[^\W\d_]{4}[.!?])\s+[^\W\d_]{2,}\s+[^\W\d_]{2,}\s+[^\W\d_]{2,}\s+[^\W\d_]{2,}")
_ARCHIVE = re.compile(r"^\W*(?:file|archiv|archives?|archivo|arquivo|archivio)\b", re.IGNORECASE)


class Stamp(Struct, frozen=True):
    """When a line says that a story was published and updated: ISO 8601 dates, with minute and zone where shown."""

    published: str | None
    updated: str | None = None


class Moment(Struct, frozen=True):
    """A date in a text, [start, end) with its time of day where one stands beside it."""

    start: int
    end: int
    day: dt.date
    clock: Clock | None = None

    @property
    def iso(self) -> str:
        """The moment in ISO 8601, as precise as shown."""
        return self.day.isoformat() + (f"T{self.clock.iso(self.day)}" if self.clock else "")


@lru_cache(maxsize=256)
def _ascii_digit(mark: str) -> str:
    return str(int(mark)) if mark.isdecimal() else mark


def _western(text: str) -> str:
    """Return `text` with the decimal digits of every script as 0 to 9, of the same length."""
    return text if text.isascii() else "".join(map(_ascii_digit, text))


def _date(year: str, month: int | None, day: str) -> dt.date | None:
    number = int(year)
    if len(year) == 2:
        number += 2000 if number < 70 else 1900
    elif 2440 < number < 2640:
        number -= 543  # the Buddhist era of Thailand
    if month is None or not 1800 < number < 2200:
        return None
    try:
        return dt.date(number, month, int(day))
    except ValueError:
        return None


def _named_month(words: str, language: str) -> int | None:
    """Return the month that one or more of `words` name (`de junio de`, `tháng sáu`)."""
    parts = [part for part in _PARTS.split(words) if part]
    pairs = [f"{a} {b}" for a, b in pairwise(parts)]
    # longest first: the little words beside a month (`de`) are short names of months elsewhere
    months = (month_number(name, language) for name in sorted([*parts, *pairs], key=len, reverse=True))
    return next((month for month in months if month), None)


def _ordered(first: str, second: str, separator: str, day_first: bool | None) -> tuple[str, int] | None:
    """Return day and month of two numbers; None where their order cannot be known."""
    a, b = int(first), int(second)
    if a > 12 or a == b or separator == ".":
        return first, b
    if b > 12:
        return second, a
    if day_first is None:
        return None
    return (first, b) if day_first else (second, a)


def _dates(text: str, language: str, day_first: bool | None) -> Iterator[tuple[int, int, dt.date]]:
    """Yield [start, end) and day of every date in `text`; spans may overlap."""
    for shape in _SHAPES if _FOUR_DIGITS.search(text) else ():
        for match in shape.finditer(text):
            groups = match.groupdict()
            month = int(groups["m"]) if groups.get("m") else _named_month(groups["n"], language)
            day = _date(groups["y"], month, groups["d"])
            if day:
                yield match.start(), match.end(), day
    for match in _NUMERIC.finditer(text):
        # where the day has 24 hours its date starts with the day: the month stands first beside a.m. and p.m. only
        known = True if day_first is None and _DAY_CLOCK.match(text, match.end()) else day_first
        order = _ordered(match["a"], match["b"], match["sep"], known)
        day = _date(match["y"], order[1], order[0]) if order else None
        if day:
            yield match.start(), match.end(), day


def find_moments(text: str, *, language: str = "und", day_first: bool | None = None) -> tuple[Moment, ...]:
    """Return the full dates (day, month and year) in the first few hundred characters of `text`, in order.

    `language` is an ISO 639-1 code or `und`. `day_first` says how to read 03/04/2025; with None it is read by a
    24-hour clock beside it (the day comes first there), or left out.
    """
    text = _western(text[:_HEAD])
    if not _DIGIT.search(text):
        return ()
    moments: list[Moment] = []
    for start, end, day in sorted(_dates(text, language, day_first), key=lambda found: (found[0], -found[1])):
        low = moments[-1].end if moments else 0
        if start < low:
            continue
        clock, stop = read_clock_after(text, end)
        if clock is None:
            clock, start = read_clock_before(text, start, low)
        moments.append(Moment(start, stop, day, clock))
    return tuple(moments)


def _is_update(text: str, moments: tuple[Moment, ...], i: int) -> bool:
    """Return whether the words before (or right after, as in Japanese) the i-th moment call it an update."""
    low = moments[i - 1].end if i else 0
    high = moments[i + 1].start if i + 1 < len(moments) else len(text)
    before, after = text[low : moments[i].start], text[moments[i].end : high]
    return bool(_UPDATE.search(before)) or (bool(_UPDATE.match(after.lstrip(" (")[:8])) and not after.isascii())


def _is_prose(text: str, number: int) -> bool:
    """Return whether `text` is told at sight from a stamp line: by its sentences, or its words before its first number.

    `number` is the offset of that number; the name of a month may be before it.
    """
    words = _LETTERS.findall(text, 0, number)
    return (len(words) > _MOST_BEFORE + 3 and not _BORDER.search(text)) or _PROSE.search(text) is not None


def _is_stamp_line(text: str, moments: tuple[Moment, ...]) -> bool:
    """Return whether `text` holds little besides its moments: a line about the story, not one of it."""
    opening = text[: moments[0].start]
    if len(_LETTERS.findall(opening)) > _MOST_BEFORE and not _BORDER.search(opening):
        return False
    rest, at = [], 0
    for moment in moments:
        rest.append(text[at : moment.start])
        at = moment.end
    rest.append(text[at:])
    words = [word for word in _LETTERS.findall(" ".join(rest)) if not is_weekday(word)]
    return len(words) <= _MOST_WORDS and sum(word.islower() for word in words) <= 6


@lru_cache(maxsize=1024)
def read_stamp(text: str, *, language: str = "und", day_first: bool | None = None) -> Stamp | None:
    """Return the publication and update times of a time-stamp line; None where `text` is no such line or shows no date.

    `language` is an ISO 639-1 code or `und`; `day_first` as in `find_moments`. A line with one date that it calls an
    update has `updated` alone. A second time without a date (`Last updated at 23:41`) is of the first one's day.
    """
    number = _DIGIT.search(text) if len(text) <= _HEAD else None
    if number is None or _is_prose(text, number.start()):
        return None
    moments = find_moments(text, language=language, day_first=day_first)
    if not moments or not _is_stamp_line(text, moments):
        return None
    published = [m for i, m in enumerate(moments) if not _is_update(text, moments, i)]
    updated = [m for i, m in enumerate(moments) if _is_update(text, moments, i)]
    late = updated[0].iso if updated else _later_clock(text, moments[-1])
    return Stamp(published[0].iso if published else None, late)


def _later_clock(text: str, moment: Moment) -> str | None:
    """Return the same day's time that follows `moment` under a label of updating, if any."""
    label = _UPDATE.search(text, moment.end)
    if label is None:
        return None
    clock, _ = read_clock_after(_western(text), label.end(), reach=20)
    return Moment(0, 1, moment.day, clock).iso if clock else None


def caption_date(text: str, *, language: str = "und") -> dt.date | None:
    """Return the day that a photo's caption gives with its weekday (`..., Monday, June 9, 2025.`).

    None where there is none, and for archive pictures: their day says nothing of the story's.
    """
    if _ARCHIVE.match(text):
        return None
    tail_at = max(0, len(text) - _HEAD)
    tail = text[tail_at:]
    days = [m.day for m in find_moments(tail, language=language) if _has_weekday(tail, m)]
    return max(days) if days else None


def _has_weekday(text: str, moment: Moment) -> bool:
    words = _LETTERS.findall(text[max(0, moment.start - 16) : moment.start])
    return bool(words) and len(words[-1]) > 2 and is_weekday(words[-1])
