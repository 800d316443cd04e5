"""The forms in which English names days and months: dates, weekdays, `today`, feasts."""

from __future__ import annotations

import re

from onrecord.language.calendar import (
    AHEAD,
    NEAR,
    PAST,
    UNKNOWN,
    WILL,
    Period,
    around,
    date,
    from_start,
    month,
    pick,
    plus,
    shift,
    single,
    span,
)
from onrecord.language.calendar_anchor import IN_YEAR, Anchor, Forms, form_of, year_of
from onrecord.language.calendar_words import (
    DAY,
    MONTH,
    ORDINAL,
    PART_OF_DAY,
    SHORT_WEEKDAY,
    WEEKDAY,
    day_number,
    month_number,
    ordinal_number,
    weekday_number,
)

DAYS: Forms = {}
_form = form_of(DAYS)


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


# `June 24 and 30 people` ends at the 24th.
_NO_NOUN = "(?! (?!(?:in|at|on|as|of|and|or|to|for|by|with|the|that|when|had|has|is|was|are|were|will)\\b)[a-z])"
_OF_WEEKDAY = rf"(?:{SHORT_WEEKDAY},? (?:the )?)?"


@_form(
    rf"(?:{_OF_WEEKDAY}(?P<month>{MONTH}) (?:the )?(?P<day>{DAY})"
    rf"(?:(?:-| to )(?P<to>{DAY})|(?: and | & )(?P<also>{DAY}){_NO_NOUN})?"
    rf"|{_OF_WEEKDAY}(?:the )?(?P<day_>{DAY})(?: ?(?:-| to | and | & ) ?(?P<to_>{DAY}))? (?:of )?(?P<month_>{MONTH}))"
    rf"{IN_YEAR}"
)
def _month_day(match: re.Match[str], anchor: Anchor) -> Period | None:
    name, first = match["month"] or match["month_"], match["day"] or match["day_"]
    last = match["to"] or match["also"] or match["to_"] or first
    of_year, stated = year_of(match, anchor)

    def days(of: int) -> Period:
        number = month_number(name)
        return span(date(of, number, day_number(first)), date(of, number, day_number(last)), stated=stated)

    return around(days, anchor.day, anchor.lean) if of_year is None else days(of_year)


@_form(rf"(?:the )?(?P<nth>{ORDINAL}) of (?P<month>{MONTH}){IN_YEAR}")
def _nth_of_month(match: re.Match[str], anchor: Anchor) -> Period | None:
    number, day = month_number(match["month"]), ordinal_number(match["nth"])
    of_year, stated = year_of(match, anchor)
    if of_year is not None:
        return single(date(of_year, number, day), stated=stated)
    return around(lambda of: single(date(of, number, day)), anchor.day, anchor.lean)


@_form(
    rf"(?:the )?(?:(?P<first>{MONTH})(?:-| to )(?P<last>{MONTH}) (?:period|quarter)|(?P<to>{MONTH}) quarter){IN_YEAR}"
)
def _months(match: re.Match[str], anchor: Anchor) -> Period | None:
    """Return `the April-June period`, and `the March quarter`, which ends in March."""
    last = month_number(match["last"] or match["to"])
    first = month_number(match["first"]) if match["first"] else (last - 3) % 12 + 1
    of_year, stated = year_of(match, anchor)
    if of_year is not None:
        return month(of_year, first, (last - first) % 12 + 1, stated=stated)
    lean = AHEAD if anchor.lean in (WILL, AHEAD) else PAST
    return around(lambda of: month(of, first, (last - first) % 12 + 1), anchor.day, lean)


@_form(rf"(?:(?P<which>last|next|this past|this coming|this|that|the following) )?(?P<month>{MONTH}){IN_YEAR}")
def _month(match: re.Match[str], anchor: Anchor) -> Period | None:
    number, which = month_number(match["month"]), match["which"]
    of_year, stated = year_of(match, anchor)
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


@_form(rf"(?:(?P<which>last|next|this) )?(?P<feast>{'|'.join(sorted(_FEASTS, reverse=True))}){IN_YEAR}")
def _feast(match: re.Match[str], anchor: Anchor) -> Period | None:
    number, day = _FEASTS[re.sub(" +", " ", match["feast"])]
    of_year, stated = year_of(match, anchor)
    if of_year is not None:
        return single(date(of_year, number, day), stated=stated)
    lean = {"last": PAST, "next": AHEAD}.get(match["which"], anchor.lean)
    return around(lambda of: single(date(of, number, day)), anchor.day, lean)
