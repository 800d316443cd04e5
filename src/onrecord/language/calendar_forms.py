"""The forms in which English names a day or a period: each a pattern for `plain` text, and what it resolves to."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from onrecord.language.calendar import (
    AHEAD,
    NEAR,
    PAST,
    UNKNOWN,
    WILL,
    Lean,
    Period,
    Unit,
    around,
    date,
    from_start,
    month,
    pick,
    plus,
    shift,
    single,
    span,
    unit_of,
    year,
    years,
)
from onrecord.language.calendar_words import (
    CALENDAR_UNIT,
    DAY,
    DECADE_NAMES,
    HOW_MANY,
    MONTH,
    ORDINAL,
    PART_OF_DAY,
    SHORT_WEEKDAY,
    SPLIT_YEAR,
    UNIT,
    WEEKDAY,
    YEAR,
    YEAR_DIGITS,
    compiled,
    day_number,
    how_many,
    month_number,
    moved,
    ordinal_number,
    unit_named,
    weekday_number,
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """What relative words are resolved against.

    `last` is the time last named, `last_year` the last that stated its year, `last_day` the last day. `inside` is
    set where the period is a part of another, or bounds one (`the end of the year`, `before the year is out`).
    """

    day: dt.date | None
    lean: Lean = NEAR
    last: Period = UNKNOWN
    last_year: Period = UNKNOWN
    last_day: Period = UNKNOWN
    inside: bool = False

    def base(self, unit: Unit) -> dt.date | None:
        """Return the day from which `two years later` or `the next day` counts: of the time last named, else `day`."""
        return (self.last_day.start if unit == "day" else None) or self.last.start or self.day

    def after(self, named: Period) -> Anchor:
        """Return the anchor for what follows a time that was named."""
        if named.start is None:
            return self
        last_day = named if named.start == named.end else self.last_day
        return Anchor(self.day, NEAR, named, named if named.stated else self.last_year, last_day)


Resolve = Callable[[re.Match[str], Anchor], Period | None]
"""Resolves a match of a form; None where its words are no time after all."""

FORMS: dict[str, tuple[re.Pattern[str], Resolve]] = {}
"""Every form by its name, in the order in which they are tried."""


def _form(pattern: str) -> Callable[[Resolve], Resolve]:
    """Enter a function into `FORMS` under its name."""

    def enter(resolve: Resolve) -> Resolve:
        FORMS[resolve.__name__.strip("_")] = (compiled(rf"(?:{pattern})(?!\w)"), resolve)
        return resolve

    return enter


_OTHER_YEAR = "(?:this|last|next|that|the same|that same|the following|the previous|the current) year"
_IN_YEAR = rf"(?:(?:,? | of | in )(?P<year>{YEAR})|,? (?:of )?(?P<other>{_OTHER_YEAR}))?"


def _year_of(match: re.Match[str], anchor: Anchor) -> tuple[int | None, bool]:
    """Return the year that a form gives (`June 24, 2025`, `May last year`; 0: unknown), and if it is stated."""
    words = match["other"]
    if match["year"] or not words:
        return (int(match["year"]), True) if match["year"] else (None, False)
    base = anchor.base("year") if re.search("that|same|following|previous", words) else anchor.day
    step = 1 if re.search("next|following", words) else -1 if re.search("last|previous", words) else 0
    return base.year + step if base else 0, False


# -- days


@_form(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)")
def _iso_date(match: re.Match[str], _: Anchor) -> Period | None:
    return single(date(int(match["y"]), int(match["m"]), int(match["d"])), stated=True)


@_form(r"(?P<a>\d{1,2})(?P<mark>[./])(?P<b>\d{1,2})[./](?P<y>\d{4})")
def _numeric_date(match: re.Match[str], _: Anchor) -> Period | None:
    # `24.06.2025` is day first; with slashes it depends on the country, so that only a number over 12 tells.
    a, b, of = int(match["a"]), int(match["b"]), int(match["y"])
    if match["mark"] == "." or a > 12 or a == b:
        return single(date(of, b, a), stated=True)
    return single(date(of, a, b), stated=True) if b > 12 else UNKNOWN


_OF_WEEKDAY = rf"(?:{SHORT_WEEKDAY},? (?:the )?)?"


@_form(
    rf"(?:{_OF_WEEKDAY}(?P<month>{MONTH}) (?:the )?(?P<day>{DAY})"
    rf"(?:(?:-| to | and | & )(?P<to>{DAY})(?! [a-z](?!n |t |s |f )))?"
    rf"|{_OF_WEEKDAY}(?:the )?(?P<day_>{DAY})(?: ?(?:-| to | and | & ) ?(?P<to_>{DAY}))? (?:of )?(?P<month_>{MONTH}))"
    rf"{_IN_YEAR}"
)
def _month_day(match: re.Match[str], anchor: Anchor) -> Period | None:
    name, first = match["month"] or match["month_"], match["day"] or match["day_"]
    last = match["to"] or match["to_"] or first
    of_year, stated = _year_of(match, anchor)

    def days(of: int) -> Period:
        number = month_number(name)
        return span(date(of, number, day_number(first)), date(of, number, day_number(last)), stated=stated)

    return around(days, anchor.day, anchor.lean) if of_year is None else days(of_year)


@_form(rf"(?:(?P<which>last|next|this past|this coming|this|that|the following) )?(?P<month>{MONTH}){_IN_YEAR}")
def _month(match: re.Match[str], anchor: Anchor) -> Period | None:
    number, which = month_number(match["month"]), match["which"]
    of_year, stated = _year_of(match, anchor)
    if of_year is not None:
        return month(of_year, number, stated=stated)
    if which in (None, "this"):
        return around(lambda of: month(of, number), anchor.day, anchor.lean)
    if which in ("that", "the following"):
        return around(lambda of: month(of, number), anchor.base("month"), NEAR if which == "that" else AHEAD)
    back = which in ("last", "this past")
    beyond = shift(anchor.day, -1 if back else 1, "month")
    return around(lambda of: month(of, number), beyond, PAST if back else AHEAD)


@_form(
    rf"(?:(?P<which>last|next|this past|this coming|this|that) )?(?P<weekday>{WEEKDAY})(?: {PART_OF_DAY})?"
    r"(?: (?:of )?(?P<week>last|this|next) week)?"
)
def _weekday(match: re.Match[str], anchor: Anchor) -> Period | None:
    """Return the last such day up to the anchor unless the words, or the lean, point ahead."""
    if anchor.day is None:
        return UNKNOWN
    number, which = weekday_number(match["weekday"]), match["which"]
    in_week = plus(anchor.day, number - anchor.day.weekday())
    if match["week"] or which == "this":
        return single(plus(in_week, {"last": -7, "next": 7}.get(match["week"], 0)))
    ahead = (number - anchor.day.weekday()) % 7
    if which in ("next", "this coming") or (which is None and anchor.lean in (WILL, AHEAD)):
        return single(plus(anchor.day, ahead or (7 if which else 0)))
    if which in ("last", "this past") and not ahead:
        return single(plus(anchor.day, -7))
    return single(plus(anchor.day, ahead - 7 if ahead else 0))


@_form(r"the (?P<day>\d{1,2})(?:st|nd|rd|th)(?: of (?P<which>this|next|last) month|(?=[,.;)]| ?$))")
def _day_alone(match: re.Match[str], anchor: Anchor) -> Period | None:
    if anchor.day is None:
        return UNKNOWN
    firsts = [shift(anchor.day.replace(day=1), step, "month") for step in (-1, 0, 1)]
    options = [single(first and date(first.year, first.month, int(match["day"]))) for first in firsts]
    which = match["which"]
    return options[("last", "this", "next").index(which)] if which else pick(options, anchor.day, anchor.lean)


_NEAR_DAYS = {"yesterday": -1, "last night": -1, "tomorrow": 1}
_NEAR_DAYS |= {"the day before yesterday": -2, "the day after tomorrow": 2}


@_form(
    r"(?P<day>the day before yesterday|the day after tomorrow|last night|yesterday|tomorrow|today|tonight"
    r"|this(?: very)? day)"
    rf"(?: {PART_OF_DAY})?|this {PART_OF_DAY}|currently|presently|nowadays|right now|for the time being|at present"
    r"|at (?:the moment|the present time|the current time|the time of (?:writing|publication)|this (?:time|moment"
    r"|point))"
)
def _today(match: re.Match[str], anchor: Anchor) -> Period | None:
    return single(plus(anchor.day, _NEAR_DAYS.get(re.sub(" +", " ", match["day"] or ""), 0)))


@_form("overnight")
def _overnight(_: re.Match[str], anchor: Anchor) -> Period | None:
    return span(plus(anchor.day, -1), anchor.day)


@_form(rf"the (?:following|next) (?:day|{PART_OF_DAY})")
def _next_day(_: re.Match[str], anchor: Anchor) -> Period | None:
    return single(plus(anchor.base("day"), 1), stated=anchor.last_day.stated)


@_form(r"(?:(?P<which>last|next|this past|this coming|this|the past|the coming) |the )weekend")
def _weekend(match: re.Match[str], anchor: Anchor) -> Period | None:
    if anchor.day is None:
        return UNKNOWN
    which = match["which"] or ("this" if anchor.lean in (WILL, AHEAD) else "the past")
    over = anchor.day.weekday() < 5 and which in ("last", "this past", "the past")
    saturday = plus(anchor.day, 5 - anchor.day.weekday() + (7 if which == "next" else -7 if over else 0))
    return from_start(saturday, 2, "day")


_FEASTS = {"christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26)}
_FEASTS |= {"new year's day": (1, 1), "new year's eve": (12, 31), "valentine's day": (2, 14), "halloween": (10, 31)}


@_form(rf"(?:(?P<which>last|next|this) )?(?P<feast>{'|'.join(sorted(_FEASTS, reverse=True))}){_IN_YEAR}")
def _feast(match: re.Match[str], anchor: Anchor) -> Period | None:
    number, day = _FEASTS[re.sub(" +", " ", match["feast"])]
    of_year, stated = _year_of(match, anchor)
    if of_year is not None:
        return single(date(of_year, number, day), stated=stated)
    lean = {"last": PAST, "next": AHEAD}.get(match["which"], anchor.lean)
    return around(lambda of: single(date(of, number, day)), anchor.day, lean)


# -- calendar units, near and far


@_form(
    rf"(?P<which>this|last|next|the current|the present) (?P<unit>{CALENDAR_UNIT})(?P<cut> so far|-to-date| to date)?"
)
def _calendar_unit(match: re.Match[str], anchor: Anchor) -> Period | None:
    unit = unit_named(match["unit"])
    whole = unit_of(shift(anchor.day, {"last": -1, "next": 1}.get(match["which"], 0), unit), unit)
    return span(whole.start, anchor.day) if match["cut"] else whole


@_form(rf"(?P<which>that same|that|the same|the following|the previous|the preceding) (?P<unit>{CALENDAR_UNIT})")
def _unit_named_before(match: re.Match[str], anchor: Anchor) -> Period | None:
    """Return the unit of, before or after the time last named: `that year`, `the following month`."""
    unit = unit_named(match["unit"])
    step = {"the following": 1, "the previous": -1, "the preceding": -1}.get(match["which"], 0)
    stated = anchor.last_year.start if unit in ("year", "decade", "century") else None
    return unit_of(shift(stated or anchor.base(unit), step, unit), unit, stated=bool(stated))


@_form(rf"the (?P<which>next|coming|past|last) (?P<unit>{CALENDAR_UNIT})(?! (?:of|or)\b)")
def _unit_around(match: re.Match[str], anchor: Anchor) -> Period | None:
    """Return the unit that begins or ends on the day; the calendar's where it is cut (`the end of the next decade`)."""
    unit, step = unit_named(match["unit"]), 1 if match["which"] in ("next", "coming") else -1
    other = shift(anchor.day, step, unit)
    if anchor.inside:
        return unit_of(other, unit)
    return span(anchor.day, other) if step > 0 else span(other, anchor.day)


@_form(rf"the (?P<unit>{CALENDAR_UNIT}) (?P<way>before|after)(?= ?[,.;)]| ?$)")
def _unit_before(match: re.Match[str], anchor: Anchor) -> Period | None:
    unit = unit_named(match["unit"])
    return unit_of(shift(anchor.base(unit), 1 if match["way"] == "after" else -1, unit), unit)


@_form(
    rf"(?:(?:the |these |this )?(?P<which>past|last|previous|next|coming)|the following) (?:(?P<count>{HOW_MANY}) )?"
    rf"(?P<unit>{UNIT})(?: or so)?(?! of (?:his|her|its|their|our|my|your)\b)"
)
def _rolling(match: re.Match[str], anchor: Anchor) -> Period | None:
    """Return `the past five days`, which end on the day, or `the next five years`, which begin on it."""
    single_unit = 1.0 if not match["unit"].endswith("s") else None
    count = how_many(match["count"]) if match["count"] else single_unit
    if count is None:
        return UNKNOWN
    if match["which"] in ("next", "coming", None):
        return span(anchor.day, moved(anchor.day, count, match["unit"]))
    return span(moved(anchor.day, -count, match["unit"]), anchor.day)


@_form(
    r"(?:recent|the coming|coming|past|future) (?:day|week|month|year|decade)s|the (?:day|week|month|year)s (?:ahead"
    r"|to come)"
)
def _some_units(_: re.Match[str], __: Anchor) -> Period | None:
    return UNKNOWN


_NEARLY = "about|around|nearly|almost|roughly|some|just over|just under|over|more than|less than"


@_form(
    rf"(?:(?:{_NEARLY}) )?(?P<count>{HOW_MANY}) (?P<unit>{UNIT}) "
    r"(?P<way>ago|back|from now|hence|earlier|later|(?:before|after|afterwards)(?= ?[,.;)]| ?$))"
)
def _ago(match: re.Match[str], anchor: Anchor) -> Period | None:
    """Return the unit that far off: `two years ago` is that calendar year."""
    unit, count, way = unit_named(match["unit"]), how_many(match["count"]), match["way"]
    told = way in ("ago", "back", "from now", "hence")
    if count is None or (way in ("later", "after", "afterwards") and anchor.last.start is None):
        return UNKNOWN
    ahead = way in ("from now", "hence", "later", "after", "afterwards")
    return unit_of(moved(anchor.day if told else anchor.base(unit), count if ahead else -count, match["unit"]), unit)


@_form(r"then|that (?:time|point|date)")
def _then(_: re.Match[str], anchor: Anchor) -> Period | None:
    return anchor.last_year if anchor.last_year.start else anchor.last


# -- years, their parts and longer

_YEAR_BOUND = (
    r"(?:,? (?:which |that )?(?P<way>begins?|starts?|began|started|ends?|ended|ending|beginning|starting|runs|running"
    r"|from|to)"
    rf"(?: (?:in|on|from))?(?: (?P<which>next|last|this))? (?P<month>{MONTH})(?: (?P<day>{DAY}))?"
    rf"(?: (?:to|through|until) {MONTH}(?: {DAY})?)?)?"
)


@_form(
    rf"(?:the )?(?:(?:this|last|next|current|coming|previous) )?(?:(?P<before>{SPLIT_YEAR}|{YEAR}) )?"
    rf"(?:(?:fiscal|financial|budget|tax|academic|school|marketing|crop) years?(?: (?P<after>{SPLIT_YEAR}|{YEAR}))?"
    rf"|(?:fiscal|fy) ?(?:{SPLIT_YEAR}|{YEAR}|\d\d(?!\d))){_YEAR_BOUND}"
)
def _fiscal_year(match: re.Match[str], anchor: Anchor) -> Period | None:
    """Return a fiscal year's days where the text tells the first or last of them (`which begins on April 1`)."""
    if not match["month"]:
        return UNKNOWN
    ends = match["way"] in ("end", "ends", "ended", "ending", "to")

    def bound(of: int) -> Period:
        whole = month(of, month_number(match["month"]))
        given = date(of, month_number(match["month"]), day_number(match["day"])) if match["day"] else None
        return single(given or (whole.end if ends else whole.start))

    named = match["before"] or match["after"] or ""
    past = match["way"] in ("began", "started", "ended") or match["which"] == "last"
    lean = PAST if past else AHEAD if match["which"] == "next" or ends else NEAR
    limit = bound(int(named[:4]) + ends) if len(named) > 4 else around(bound, anchor.day, lean)
    return from_start(plus(shift(limit.start, -1, "year"), 1) if ends else limit.start, 1, "year")


@_form(rf"(?P<a>{YEAR_DIGITS})[-/](?P<b>\d{{4}}|\d\d)(?![\d-])")
def _year_range(match: re.Match[str], _: Anchor) -> Period | None:
    # `2012-13` and `2012/13` are years of some other calendar, without known dates; `2010-15` are whole years.
    first = int(match["a"])
    last = int(match["b"]) if len(match["b"]) == 4 else first // 100 * 100 + int(match["b"])
    if last % 100 == (first + 1) % 100:
        return UNKNOWN
    return years(first, last) if last > first else None


_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


@_form(
    r"(?:(?P<which>this|last|next|this past|this coming|the following|the) )?(?P<season>spring|summer|autumn|fall"
    r"|winter)"
    rf"(?:(?: of)? (?P<year>{YEAR_DIGITS})(?!\d)(?:-\d\d(?:\d\d)?)?|(?! (?:of|in)\b))"
)
def _season(match: re.Match[str], anchor: Anchor) -> Period | None:
    """Return whole months of the northern half's season: spring from March, winter into the next year."""
    first, which = _SEASONS[match["season"]], match["which"]
    if match["year"]:
        return month(int(match["year"]), first, 3, stated=True)
    if which in (None, "this", "the"):
        return around(lambda of: month(of, first, 3), anchor.day, anchor.lean)
    back = which in ("last", "this past")
    beyond = shift(anchor.day, -3 if back else 3, "month")
    return around(lambda of: month(of, first, 3), beyond, PAST if back else AHEAD)


@_form(
    rf"(?:the )?(?:(?P<which>first|second|third|fourth|1st|2nd|3rd|4th|last|final)[ -]quarter|q(?P<number>[1-4]))"
    rf"(?:,? (?:of )?(?P<year>{YEAR}))?(?! of\b)"
)
def _quarter(match: re.Match[str], anchor: Anchor) -> Period | None:
    """Return a quarter; without a year, the last such one that had begun on the day."""
    which = match["which"]
    number = int(match["number"] or 0) or (4 if which in ("last", "final") else ordinal_number(which))
    if match["year"]:
        return month(int(match["year"]), number * 3 - 2, 3, stated=True)
    lean = AHEAD if anchor.lean in (WILL, AHEAD) else PAST
    return around(lambda of: month(of, number * 3 - 2, 3), anchor.day, lean)


@_form(
    rf"(?:the )?(?P<year>[12]\d\d0)s|the (?:(?P<apart>[12]\d\d0)'s|'?(?P<short>[2-9]0)'?s"
    rf"|(?P<word>{'|'.join(DECADE_NAMES)}))"
)
def _decade(match: re.Match[str], _: Anchor) -> Period | None:
    """Return ten years; `the 1600s` is a century, and so are all `00s` before the 2000s."""
    first = int(match["year"] or match["apart"] or 0) or DECADE_NAMES.get(match["word"]) or 1900 + int(match["short"])
    return years(first, first + (99 if first % 100 == 0 and first < 2000 else 9))


@_form(rf"(?:the )?(?P<number>{ORDINAL})[ -]century(?P<era> (?:bce?|b\.c\.))?")
def _century(match: re.Match[str], _: Anchor) -> Period | None:
    first = (ordinal_number(match["number"]) - 1) * 100
    return UNKNOWN if match["era"] else years(max(first, 1), first + 99)


@_form(rf"(?:(?P<year>{YEAR}) )?(?P<unit>year|month|quarter)(?:'s)?[ -]end(?: (?P<after>{YEAR}))?")
def _year_end(match: re.Match[str], anchor: Anchor) -> Period | None:
    stated = match["year"] or match["after"]
    whole = year(int(stated)) if stated else unit_of(anchor.day, unit_named(match["unit"]))
    return single(whole.end, stated=bool(stated))


@_form(r"a\.?d\.? ?(?P<ad>\d{1,4})|(?P<number>\d{1,5}) (?P<era>a\.?d\.?|b\.?c\.?e?\.?|ce)")
def _era_year(match: re.Match[str], _: Anchor) -> Period | None:
    before_common_era = (match["era"] or "").startswith("b")
    return UNKNOWN if before_common_era else year(int(match["ad"] or match["number"]))


@_form(rf"(?:(?:the )?(?:calendar )?year )?(?P<year>{YEAR})")
def _year(match: re.Match[str], _: Anchor) -> Period | None:
    return year(int(match["year"]))


@_form(
    r"(?:the (?:next|coming) (?:general |presidential )?(?:election|parliament|legislature|legislative session)"
    r"|(?:this|the current) (?:parliament|legislature|legislative session)|(?P<plain>the (?:parliament|election"
    r"|session)))"
)
def _term(match: re.Match[str], anchor: Anchor) -> Period | None:
    # Terms of office and elections bound promises, on days that only a calendar of events knows.
    return None if match["plain"] and not anchor.inside else UNKNOWN


@_form(rf"(?:the )?(?P<unit>{CALENDAR_UNIT})")
def _this_unit(match: re.Match[str], anchor: Anchor) -> Period | None:
    return unit_of(anchor.day, unit_named(match["unit"])) if anchor.inside else None
