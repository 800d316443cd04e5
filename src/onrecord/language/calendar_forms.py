"""The forms in which English names a day or a period, each a pattern with the function that resolves it.

Patterns are matched on `plain` text (lower case, straight quotes and hyphens, see `plain`), so they are written that way;
a space in a pattern stands for one or two blanks. `period_at` reads one period, parts of it included
(`the end of the first quarter of next year`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, cast

from onrecord.language.calendar import (
    UNKNOWN,
    Lean,
    Period,
    Unit,
    around,
    date,
    first_of,
    from_start,
    join,
    last_of,
    month,
    nth_part,
    pick,
    plus,
    shift,
    single,
    span,
    unit_of,
    year,
    years,
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """What relative words are resolved against: the day of publication, the lean, and the time last named."""

    day: dt.date | None
    lean: Lean = "near"
    last: Period = UNKNOWN

    @property
    def base(self) -> dt.date | None:
        """The time last named, else the day: what `two years later` counts from."""
        return self.last.start or self.day


Form = Callable[[re.Match[str], Anchor], Period | None]
"""Resolves a match; None where its words are no time after all."""

_MONTHS = "january february march april may june july august september october november december".split()
_WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first".split()
_ONES = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_NUMBERS = {word: number for number, word in enumerate(_ONES, 1)} | {"a": 1, "an": 1, "dozen": 12, "hundred": 100}
_NUMBERS |= {word: number * 10 for number, word in enumerate(_TENS, 2)}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}

MONTH = rf"(?:(?:{'|'.join(_MONTHS)})|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
WEEKDAY = rf"(?:{'|'.join(_WEEKDAYS)})"
SHORT_WEEKDAY = rf"(?:{WEEKDAY}|(?:mon|tues?|wed|thurs?|fri|sat|sun)\b\.?)"
DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d:%]|[.,]\d)(?! (?:million|billion|trillion|per ?cent)\b)"
YEAR_DIGITS = r"[12]\d\d\d"
YEAR = rf"{YEAR_DIGITS}(?!\d|[.,]\d)"
COUNT = rf"(?:\d{{1,3}}(?:\.\d)?|an?|{'|'.join(_ONES)}|(?:{'|'.join(_TENS)})(?:-(?:{'|'.join(_ONES[:9])}))?|(?:a )?dozen|a hundred)"
VAGUE = r"(?:(?:a |the )?few|several|many|some|a couple of|a number of|recent|dozens of|half a|more)"
HOW_MANY = rf"(?:{COUNT}(?:(?: to | or |-){COUNT})?|{VAGUE})"
UNIT = r"(?:hour|day|week|month|quarter|year|decade|centur(?=y|ies))(?:s|y|ies)?"
DAY_PART = r"(?: (?:morning|afternoon|evening|night|lunchtime))?"
REL_YEAR = r"(?:of )?(?:this|last|next|that|the same|that same|the following|the previous|the current) year"
IN_YEAR = rf"(?:(?:,? | of )(?P<year>{YEAR})|,? (?P<rel>{REL_YEAR}))?"
QUARTER = r"(?:first|second|third|fourth|1st|2nd|3rd|4th|last|final)"


def plain(text: str) -> str:
    """Return `text` as patterns see it, character for character: lower case, straight quotes, hyphens and blanks.

    Months and weekdays that are written small (`may`, `march`, `sat`) are other words, and masked.
    """
    return _SMALL.sub(lambda match: "~" * len(match[0]), text).translate(_PLAIN)


_SMALL = re.compile(rf"\b(?:{'|'.join(_MONTHS)}|mar|dec|jan|mon|wed|fri|sat|sun)\b")
_PLAIN = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}
_PLAIN |= {ord(a): b for a, b in zip("’‘–—‑−\t\u00a0\u202f\u2009", "''----    ", strict=True)}

_forms: dict[str, tuple[re.Pattern[str], Form]] = {}


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(re.sub(r" (?![?\]-])", " {1,2}", pattern))


def _form(pattern: str) -> Callable[[Form], Form]:
    """Enter a form under its function's name; forms are tried in the order in which they stand."""

    def enter(resolve: Form) -> Form:
        _forms[resolve.__name__.strip("_")] = (_compiled(rf"(?:{pattern})(?!\w)"), resolve)
        return resolve

    return enter


# -- words to numbers


def how_many(words: str) -> float | None:
    """Return the number of `five`, `twenty-three`, `2.5`, `ten to fifteen` (the upper one); None where vague."""
    words = re.split(r" to | or |(?<=\d)-(?=\d)", words)[-1].strip()
    if words[0].isdigit():
        return float(words)
    parts = [_NUMBERS.get(part) for part in re.split(r"[- ]+", words) if part != "a" or words == "a"]
    known = [part for part in parts if part is not None]
    return float(sum(known)) if known and len(known) == len(parts) else None


def _unit(word: str) -> Unit:
    return cast(Unit, "century" if word.startswith("centur") else word.rstrip("s"))


def _month_number(word: str) -> int:
    return [name[:3] for name in _MONTHS].index(word[:3]) + 1


def _ordinal(word: str) -> int:
    return int(word.rstrip("sthndr")) if word[0].isdigit() else _ORDINALS.index(word) + 1


def moved(day: dt.date | None, count: float | None, unit: str) -> dt.date | None:
    """Return `day` moved by a number of units as written; hours count as begun days, halves of a year as months."""
    if count is None:
        return None
    sign = -1 if count < 0 else 1
    if unit.startswith("hour"):
        return plus(day, sign * -int(-abs(count) // 24))
    if count != int(count) and _unit(unit) == "year":
        return shift(day, round(count * 12), "month")
    return shift(day, round(count), _unit(unit))


def _year_of(match: re.Match[str], anchor: Anchor) -> tuple[int | None, bool]:
    """Return the year that a form's own words give (`June 24, 2025`, `May last year`), and whether they state it."""
    if match["year"]:
        return int(match["year"]), True
    words = match["rel"]
    if not words:
        return None, False
    base = anchor.base if re.search("that|same|following|previous", words) else anchor.day
    if base is None:
        return 0, False
    return base.year + (
        1 if re.search("next|following", words) else -1 if re.search("last|previous", words) else 0
    ), False


# -- dates


@_form(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)")
def _iso_date(match: re.Match[str], anchor: Anchor) -> Period | None:
    return single(date(int(match["y"]), int(match["m"]), int(match["d"])), stated=True)


@_form(r"(?P<a>\d{1,2})(?P<sep>[./])(?P<b>\d{1,2})[./](?P<y>\d{4})")
def _numeric_date(match: re.Match[str], anchor: Anchor) -> Period | None:
    """`24.06.2025` is day first; with slashes it depends on the country, so only one over 12 tells."""
    a, b, number = int(match["a"]), int(match["b"]), int(match["y"])
    if match["sep"] == "." or a > 12 or a == b:
        return single(date(number, b, a), stated=True)
    return single(date(number, a, b), stated=True) if b > 12 else UNKNOWN


_DAYS = rf"(?P<day>{DAY})(?:(?:-| to | and | & )(?P<day2>{DAY})(?! [a-z](?!n |t |s of )))?"


@_form(
    rf"(?:(?:{SHORT_WEEKDAY},? )?(?P<month>{MONTH}) {_DAYS}|(?:{SHORT_WEEKDAY},? )?(?:the )?{_DAYS.replace('day', 'd')} (?:of )?(?P<month2>{MONTH})){IN_YEAR}"
)
def _month_day(match: re.Match[str], anchor: Anchor) -> Period | None:
    number = _month_number(match["month"] or match["month2"])
    first = int(re.sub(r"\D", "", match["day"] or match["d"]))
    last = int(re.sub(r"\D", "", match["day2"] or match["d2"] or str(first)))
    in_year, stated = _year_of(match, anchor)

    def days(of: int) -> Period:
        return span(date(of, number, first), date(of, number, last), stated=stated)

    return days(in_year) if in_year is not None else around(days, anchor.day, anchor.lean)


@_form(rf"(?:(?P<which>last|next|this past|this coming|this) )?(?P<month>{MONTH}){IN_YEAR}")
def _month(match: re.Match[str], anchor: Anchor) -> Period | None:
    number, which = _month_number(match["month"]), match["which"]
    in_year, stated = _year_of(match, anchor)
    if in_year is not None:
        return month(in_year, number, stated=stated)
    if which in ("last", "this past", "next", "this coming") and anchor.day is not None:
        back = which in ("last", "this past")
        beyond = shift(anchor.day, -1 if back else 1, "month")
        return UNKNOWN if beyond is None else around(lambda of: month(of, number), beyond, "past" if back else "ahead")
    return around(lambda of: month(of, number), anchor.day, anchor.lean)


@_form(rf"(?:(?P<which>last|next|this past|this coming|this|that) )?(?P<weekday>{WEEKDAY}){DAY_PART}")
def _weekday(match: re.Match[str], anchor: Anchor) -> Period | None:
    if anchor.day is None:
        return UNKNOWN
    ahead = (_WEEKDAYS.index(match["weekday"]) - anchor.day.weekday()) % 7
    which = match["which"]
    if which in ("next", "this coming") or (which is None and anchor.lean == "ahead"):
        return single(plus(anchor.day, ahead or (7 if which else 0)))
    if which == "this":
        return single(plus(anchor.day, _WEEKDAYS.index(match["weekday"]) - anchor.day.weekday()))
    if which in ("last", "this past") and not ahead:
        return single(plus(anchor.day, -7))
    return single(plus(anchor.day, ahead - 7 if ahead else 0))


@_form(
    r"the (?P<day>\d{1,2})(?:st|nd|rd|th)(?= of (?:this|next|last) month|[,.;)]| ?$)(?: of (?P<rel>this|next|last) month)?"
)
def _month_day_alone(match: re.Match[str], anchor: Anchor) -> Period | None:
    if anchor.day is None:
        return UNKNOWN
    number, which = int(match["day"]), match["rel"]
    firsts = [shift(anchor.day.replace(day=1), step, "month") for step in (-1, 0, 1)]
    options = [single(first and date(first.year, first.month, number)) for first in firsts]
    return options[("last", "this", "next").index(which)] if which else pick(options, anchor.day, anchor.lean)


_DEICTIC = {
    "yesterday": -1,
    "last night": -1,
    "tomorrow": 1,
    "the day before yesterday": -2,
    "the day after tomorrow": 2,
}


@_form(
    r"the day (?:before yesterday|after tomorrow)|(?:yesterday|tomorrow|today|this) (?:morning|afternoon|evening|night)"
    r"|today|tonight|yesterday|tomorrow|last night|this (?:very )?day|currently|presently|nowadays|at present"
    r"|at the (?:moment|present time|current time|time of (?:writing|publication))|at this (?:time|moment|point)|for the time being|right now"
)
def _today(match: re.Match[str], anchor: Anchor) -> Period | None:
    words = re.sub(" +", " ", match[0])
    step = _DEICTIC.get(words, _DEICTIC.get(words.split(" ")[0], 0))
    return single(plus(anchor.day, step))


@_form("overnight")
def _overnight(match: re.Match[str], anchor: Anchor) -> Period | None:
    return span(plus(anchor.day, -1), anchor.day)


@_form(r"(?:(?P<which>last|next|this past|this coming|this|the past|the coming) |the )weekend")
def _weekend(match: re.Match[str], anchor: Anchor) -> Period | None:
    if anchor.day is None:
        return UNKNOWN
    saturday = plus(anchor.day, 5 - anchor.day.weekday())
    which = match["which"] or ("this" if anchor.lean == "ahead" else "the past")
    step = (
        7 if which == "next" else -7 if which in ("last", "this past", "the past") and anchor.day.weekday() < 5 else 0
    )
    return from_start(plus(saturday, step), 2, "day")


# -- calendar units, near and far


@_form(
    r"(?P<which>this|last|next|the current|the present) (?P<unit>week|month|quarter|year|decade|century)(?: so far|-to-date| to date)?"
)
def _calendar_unit(match: re.Match[str], anchor: Anchor) -> Period | None:
    step = {"last": -1, "next": 1}.get(match["which"], 0)
    whole = unit_of(shift(anchor.day, step, _unit(match["unit"])), _unit(match["unit"]))
    return span(whole.start, anchor.day) if match[0].endswith(("so far", "date")) else whole


@_form(
    r"(?P<which>that|that same|the same|the following|the previous|the preceding|the next) (?P<unit>day|week|month|quarter|year|decade|century)"
)
def _named_unit(match: re.Match[str], anchor: Anchor) -> Period | None:
    """`that year` and `the following month` look back to the time last named."""
    step = {"the following": 1, "the next": 1, "the previous": -1, "the preceding": -1}.get(match["which"], 0)
    unit = _unit(match["unit"])
    return unit_of(shift(anchor.base, step, unit), unit, stated=anchor.last.stated)


@_form(r"the (?P<unit>day|week|month|quarter|year|decade|century) (?:before|after)(?= ?[,.;)]| ?$)")
def _unit_before(match: re.Match[str], anchor: Anchor) -> Period | None:
    unit = _unit(match["unit"])
    return unit_of(shift(anchor.base, 1 if match[0].endswith("after") else -1, unit), unit, stated=anchor.last.stated)


@_form(r"the (?P<unit>day|week|month|quarter|year|decade|century)")
def _this_unit(match: re.Match[str], anchor: Anchor) -> Period | None:
    """`the year` is a time only inside another (`the end of the year`); `period_at` sees to that."""
    return unit_of(anchor.day, _unit(match["unit"]))


@_form(
    rf"(?:the |these )?(?P<which>past|last|previous|next|coming|following) (?:(?P<count>{HOW_MANY}) )?(?P<unit>{UNIT})(?: or so)?"
)
def _rolling(match: re.Match[str], anchor: Anchor) -> Period | None:
    """`the past five days` ends on the day, `the next five years` begins on it; a single unit counts as one."""
    plural = match["unit"].endswith("s")
    count = how_many(match["count"]) if match["count"] else (None if plural else 1.0)
    if count is None:
        return UNKNOWN
    if match["which"] in ("next", "coming", "following"):
        return span(anchor.day, moved(anchor.day, count, match["unit"]))
    return span(moved(anchor.day, -count, match["unit"]), anchor.day)


@_form(rf"(?:recent|the coming|coming|past|future|the) (?:day|week|month|year|decade)s(?: ahead| to come)?")
def _vague_units(match: re.Match[str], anchor: Anchor) -> Period | None:
    words = match[0]
    return (
        None
        if words.startswith("the ") and not words.endswith(("ahead", "come")) and "coming" not in words
        else UNKNOWN
    )


@_form(
    rf"(?:(?:about|around|nearly|almost|roughly|some|just over|over|more than|less than) )?(?P<count>{HOW_MANY}) (?P<unit>{UNIT}) (?P<way>ago|back|earlier|later|before|after|from now|hence|afterwards)(?! (?:the|a|an|his|her|its|their|he|she|it|they)\b)"
)
def _ago(match: re.Match[str], anchor: Anchor) -> Period | None:
    """`two years ago` is that calendar year: as fine as its unit."""
    count = how_many(match["count"])
    base = anchor.day if match["way"] in ("ago", "back", "from now", "hence") else anchor.base
    sign = -1 if match["way"] in ("ago", "back", "earlier", "before") else 1
    if match["unit"].startswith("hour"):
        return single(moved(base, sign * count, "hour")) if count is not None else UNKNOWN
    return unit_of(moved(base, count and sign * count, match["unit"]), _unit(match["unit"]))


@_form(r"then|that (?:time|point|date)|the (?:same )?time")
def _then(match: re.Match[str], anchor: Anchor) -> Period | None:
    return anchor.last


# -- years and longer


_SPLIT_YEAR = r"(?:1[5-9]|2[01])\d\d[-/](?:\d{4}|\d\d)(?![\d-])"


@_form(
    rf"(?:the |this |last |next |the (?:current|coming|previous|next|last) )*(?:(?P<before>{_SPLIT_YEAR}|{YEAR}) )?(?:(?:fiscal|financial|budget|tax|academic|school|marketing|crop) years?(?: (?P<after>{_SPLIT_YEAR}|{YEAR}))?|(?:fiscal|fy) ?(?P<after2>{_SPLIT_YEAR}|{YEAR}|\d\d(?!\d)))"
    rf"(?:(?:, which| that)? (?P<way>begins?|starts?|ends?|ended|ending|beginning|starting|runs|running|from|to)(?: (?:in|on|from))?(?: next| last| this)? (?P<month>{MONTH})(?: (?P<day>{DAY}))?(?: (?:to|through|until) {MONTH}(?: {DAY})?)?)?"
)
def _fiscal_year(match: re.Match[str], anchor: Anchor) -> Period | None:
    """A fiscal year has dates only where the text tells its first or last day."""
    if not match["month"]:
        return UNKNOWN
    ends = match["way"] in ("ends", "end", "ended", "ending", "to")
    number, day = _month_number(match["month"]), match["day"] and int(re.sub(r"\D", "", match["day"]))

    def bound(of: int) -> Period:
        whole = month(of, number)
        return single(date(of, number, day) if day else whole.end if ends else whole.start)

    named = match["before"] or match["after"]
    split = named and int(named[:4]) if named and len(named) > 4 else None
    limit = bound(split + ends) if split else around(bound, anchor.day, anchor.lean)
    first = plus(shift(limit.start, -1, "year"), 1) if ends else limit.start
    return from_start(first, 1, "year")


@_form(rf"(?P<a>{YEAR_DIGITS})[-/](?P<b>\d{{4}}|\d\d)(?![\d-])")
def _year_range(match: re.Match[str], anchor: Anchor) -> Period | None:
    """`2012-13` and `2012/13` are split years without known dates; `2010-15` runs from January to December."""
    first = int(match["a"])
    last = int(match["b"]) if len(match["b"]) == 4 else first // 100 * 100 + int(match["b"])
    return (
        UNKNOWN
        if last == first + 1 or last % 100 == (first + 1) % 100
        else years(first, last)
        if last > first
        else None
    )


@_form(
    rf"(?:(?P<which>this|last|next|this past|this coming|the|the following) )?(?P<season>spring|summer|autumn|fall|winter)(?:(?: of)? (?P<year>{YEAR})(?:-\d\d(?:\d\d)?)?)?(?! of)"
)
def _season(match: re.Match[str], anchor: Anchor) -> Period | None:
    """Seasons are whole months of the northern half, spring from March, winter into the next year."""
    first, which = _SEASONS[match["season"]], match["which"]

    def season(of: int) -> Period:
        return month(of, first, 3, stated=bool(match["year"]))

    if match["year"]:
        return season(int(match["year"]))
    if which in ("last", "this past", "next", "this coming", "the following"):
        back = which in ("last", "this past")
        beyond = shift(anchor.day, -3 if back else 3, "month")
        return around(season, beyond, "past" if back else "ahead")
    return around(season, anchor.day, anchor.lean)


@_form(rf"(?:the )?(?:(?P<which>{QUARTER})[ -]quarter|q(?P<q>[1-4]))(?:,? (?:of )?(?P<year>{YEAR}))?(?! of)")
def _quarter(match: re.Match[str], anchor: Anchor) -> Period | None:
    """Without a year, the last such quarter that had begun on the day."""
    words = match["which"] or match["q"]
    number = 4 if words in ("last", "final") else int(words) if match["q"] else _ordinal(words)
    if match["year"]:
        return month(int(match["year"]), number * 3 - 2, 3, stated=True)
    lean: Lean = "ahead" if anchor.lean == "ahead" else "past"
    return around(lambda of: month(of, number * 3 - 2, 3), anchor.day, lean)


_DECADES = {word.replace("y", "ies"): number * 10 for number, word in enumerate(_TENS, 2)}


@_form(rf"(?:the )?(?:(?P<year>(?:1\d|2\d)\d0)|'?(?P<short>[2-9]0))'?s|the (?P<word>{'|'.join(_DECADES)})")
def _decade(match: re.Match[str], anchor: Anchor) -> Period | None:
    """`the 1990s`, `the '90s`; `the 1600s` is a century, and so are all `00s` before the 2000s."""
    if match["year"]:
        first = int(match["year"])
        return years(first, first + (99 if first % 100 == 0 and first < 2000 else 9))
    if match["short"] and not match[0].startswith(("the", "'")):
        return None
    return years(*(1900 + int(match["short"] or _DECADES[match["word"]]) + step for step in (0, 9)))


@_form(
    rf"(?:the )?(?P<number>\d{{1,2}}(?:st|nd|rd|th)|{'|'.join(reversed(_ORDINALS))})[ -]century(?P<era> (?:bce?|b\.c\.))?"
)
def _century(match: re.Match[str], anchor: Anchor) -> Period | None:
    first = (_ordinal(match["number"]) - 1) * 100
    return UNKNOWN if match["era"] else years(max(first, 1), first + 99)


@_form(rf"(?:(?P<year>{YEAR}) )?(?P<end>year|month|quarter)[ -]end(?: (?P<after>{YEAR}))?")
def _year_end(match: re.Match[str], anchor: Anchor) -> Period | None:
    stated = match["year"] or match["after"]
    whole = year(int(stated)) if stated else unit_of(anchor.day, _unit(match["end"]))
    return single(whole.end, stated=bool(stated))


@_form(rf"(?:a\.?d\.? ?)(?P<ad>\d{{1,4}})|(?P<number>\d{{1,5}}) (?P<era>a\.?d\.?|b\.?c\.?e?\.?|ce)")
def _era_year(match: re.Match[str], anchor: Anchor) -> Period | None:
    return UNKNOWN if match["era"] and match["era"][0] == "b" else year(int(match["ad"] or match["number"]))


@_form(rf"(?:(?:the )?(?:calendar )?year )?(?P<year>{YEAR})")
def _year(match: re.Match[str], anchor: Anchor) -> Period | None:
    return year(int(match["year"]))


_FEASTS = {
    "christmas": (12, 25),
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "boxing day": (12, 26),
    "halloween": (10, 31),
}
_FEASTS |= {
    "new year's day": (1, 1),
    "new year": (1, 1),
    "new year's eve": (12, 31),
    "valentine's day": (2, 14),
    "may day": (5, 1),
}


@_form(rf"(?:last |next |this |the )?(?P<feast>{'|'.join(sorted(_FEASTS, reverse=True))}){IN_YEAR}")
def _feast(match: re.Match[str], anchor: Anchor) -> Period | None:
    number, day = _FEASTS[re.sub(" +", " ", match["feast"])]
    in_year, stated = _year_of(match, anchor)
    if in_year is not None:
        return single(date(in_year, number, day), stated=stated)
    lean: Lean = "past" if match[0].startswith("last") else "ahead" if match[0].startswith("next") else anchor.lean
    return around(lambda of: single(date(of, number, day)), anchor.day, lean)


@_form(r"(?:the |this )(?:next |coming |current )?(?:parliament|election|legislative session|legislature)s?")
def _term(match: re.Match[str], anchor: Anchor) -> Period | None:
    """A term of office or an election bounds a promise, on days that only a calendar of events knows."""
    return UNKNOWN


# -- parts of a period: each stands before the period that it is a part of


Part = Callable[[re.Match[str], Period, Anchor], Period]
_parts: dict[str, tuple[re.Pattern[str], Part]] = {}


def _part(pattern: str) -> Callable[[Part], Part]:
    def enter(resolve: Part) -> Part:
        _parts[resolve.__name__.strip("_")] = (_compiled(pattern), resolve)
        return resolve

    return enter


@_part(r"(?:the )?(?:very )?(?P<part>end|close)(?: of | in |[ -])")
def _end(match: re.Match[str], whole: Period, anchor: Anchor) -> Period:
    return single(whole.end, stated=whole.stated)


@_part(r"(?:the )?(?:very )?(?:start|beginning|outset|dawn)(?: of | in )")
def _start(match: re.Match[str], whole: Period, anchor: Anchor) -> Period:
    return single(whole.start, stated=whole.stated)


@_part(r"(?:the )?(?:middle of |midpoint of |midway through |mid[ -])")
def _middle(match: re.Match[str], whole: Period, anchor: Anchor) -> Period:
    third = nth_part(whole, 2, 3)
    return Period(third.start, third.end, third.stated, nth_part(whole, 1, 2).end)


@_part(r"(?:the )?(?:very )?(?P<part>early|late|later)(?: in | on |[ -])(?:the )?")
def _early(match: re.Match[str], whole: Period, anchor: Anchor) -> Period:
    """The first or the last third; `later this week` only says which part is ahead."""
    later = match["part"] == "later"
    if whole.start == whole.end or (later and not whole.stated):
        return whole
    return nth_part(whole, 1 if match["part"] == "early" else 3, 3)


@_part(
    rf"(?:the )?(?P<which>first|second|third|fourth|last|final|latter) (?:(?P<count>{COUNT}) (?P<unit>{UNIT})|(?P<share>half|third|quarter))(?: of | in | )"
)
def _share(match: re.Match[str], whole: Period, anchor: Anchor) -> Period:
    """`the second half of 2025`, `the first five months of the year`."""
    last = match["which"] in ("last", "final")
    if match["count"]:
        count = how_many(match["count"])
        cut = last_of if last else first_of
        return (
            UNKNOWN
            if count is None or match["unit"].startswith("hour")
            else cut(whole, round(count), _unit(match["unit"]))
        )
    of = {"half": 2, "third": 3, "quarter": 4}[match["share"]]
    number = of if last or match["which"] == "latter" else _ordinal(match["which"])
    return nth_part(whole, number, of) if number <= of else UNKNOWN


@_part(
    rf"(?:the )?(?:(?P<count>{COUNT}) )?(?P<unit>{UNIT}) (?:to|through|ended|ending|that ended|up to)(?: in| on| the)? "
)
def _up_to(match: re.Match[str], whole: Period, anchor: Anchor) -> Period:
    """`the twelve months to March 2019`: that many units up to the end of the period."""
    count = how_many(match["count"]) if match["count"] else 1.0
    if count is None or match["unit"].startswith("hour"):
        return UNKNOWN
    return last_of(whole, round(count), _unit(match["unit"]))


@_part(r"(?:the )?(?:rest|remainder) of ")
def _rest(match: re.Match[str], whole: Period, anchor: Anchor) -> Period:
    """What is left of a period that has begun."""
    if whole.start and anchor.day and whole.start < anchor.day:
        return span(anchor.day, whole.end, stated=whole.stated)
    return whole


@_part(r"so far(?: in)? ")
def _so_far(match: re.Match[str], whole: Period, anchor: Anchor) -> Period:
    return span(whole.start, anchor.day) if anchor.day else UNKNOWN


@_part(r"(?:the )?week (?:of|beginning|starting) ")
def _week_of(match: re.Match[str], whole: Period, anchor: Anchor) -> Period:
    return unit_of(whole.start, "week", stated=whole.stated)


@_part(
    r"(?:the )?(?:earlier|sometime|some time|as early as|as soon as|as late as|as recently as)(?: in| on)? |(?:most|much|all|part|parts|some|the whole|the course) of "
    r"|(?:the )?(?:(?:early )?(?:morning|afternoon|evening|night|hours)|month|decade|latter part|early part) of "
)
def _whole(match: re.Match[str], whole: Period, anchor: Anchor) -> Period:
    """Words that leave the period as it is."""
    return whole


# -- reading


def _bare(pattern: str) -> str:
    """Return a pattern without its group names, so that many stand side by side in one."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


_ANY_FORM = re.compile("|".join(f"(?P<{name}>{_bare(pattern.pattern)})" for name, (pattern, _) in _forms.items()))
_ANY_PART = re.compile("|".join(f"(?P<{name}>{_bare(pattern.pattern)})" for name, (pattern, _) in _parts.items()))
_DEPTH = 4  # parts of parts; nobody writes more


def period_at(
    text: str, at: int, anchor: Anchor, *, inner: bool = False, depth: int = _DEPTH
) -> tuple[int, str, Period] | None:
    """Return where the period that begins at `at` of plain `text` ends, its form's name and its days; None for none.

    `inner` admits what is a time only inside another or under a word of time: `the year`.
    """
    if depth and (found := _ANY_PART.match(text, at)):
        name = cast(str, found.lastgroup)
        pattern, part = _parts[name]
        if rest := period_at(text, found.end(), anchor, inner=True, depth=depth - 1):
            match = cast("re.Match[str]", pattern.match(text, at))
            return rest[0], name, part(match, rest[2], anchor)
    found = _ANY_FORM.match(text, at)
    if found is None:
        return None
    name = cast(str, found.lastgroup)
    if name == "this_unit" and not inner:
        return None
    pattern, form = _forms[name]
    match = cast("re.Match[str]", pattern.match(text, at))
    period = form(match, anchor)
    return None if period is None else (match.end(), name, period)
