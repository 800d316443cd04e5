"""Periods as text names them, cut or whole: `the end of the first quarter of next year`."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple, cast

from onrecord.language.calendar import (
    UNKNOWN,
    Period,
    first_of,
    from_start,
    last_of,
    nth_part,
    shift,
    single,
    span,
    unit_of,
)
from onrecord.language.calendar_anchor import Anchor, Forms
from onrecord.language.calendar_days import DAYS
from onrecord.language.calendar_periods import PERIODS
from onrecord.language.calendar_words import (
    COUNT,
    HOW_MANY,
    PART_OF_DAY,
    UNIT,
    compiled,
    how_many,
    ordinal_number,
    unit_named,
)

_Cut = Callable[[re.Match[str], Period, Anchor], Period]
_parts: dict[str, tuple[re.Pattern[str], _Cut]] = {}


def _part(pattern: str) -> Callable[[_Cut], _Cut]:
    """Enter a function under its name; the pattern stands before the period that is cut."""

    def enter(cut: _Cut) -> _Cut:
        _parts[cut.__name__.strip("_")] = (compiled(pattern), cut)
        return cut

    return enter


@_part(r"(?:(?:the )?(?:very )?(?:end|close)(?: of |-)|the end |(?<=by\s)end |(?<=at\s)end )")
def _end(_: re.Match[str], whole: Period, __: Anchor) -> Period:
    return single(whole.end, stated=whole.stated)


@_part(r"(?:the )?(?:very )?(?:start|beginning|outset|dawn) of ")
def _start(_: re.Match[str], whole: Period, __: Anchor) -> Period:
    return single(whole.start, stated=whole.stated)


@_part(r"(?:the )?(?:middle of |midpoint of |midway through |mid[ -])")
def _middle(_: re.Match[str], whole: Period, __: Anchor) -> Period:
    first, last = nth_part(whole, 2, 4), nth_part(whole, 3, 4)
    return Period(first.start, last.end, whole.stated, due=first.end)


@_part(r"(?:the )?(?:very )?(?P<which>early|late|later)(?P<link> in | on |[ -])(?:the )?")
def _early(match: re.Match[str], whole: Period, _: Anchor) -> Period:
    """Return the half of a month or decade, the quarter of a year or century; `later this week` is all of it."""
    if whole.start is None or whole.end is None:
        return UNKNOWN
    days = (whole.end - whole.start).days + 1
    if days <= 7 or (match["which"] == "later" and (match["link"].strip() or not whole.stated)):
        return whole
    of = 4 if 31 < days < 3000 or days > 4000 else 2
    return nth_part(whole, 1 if match["which"] == "early" else of, of)


@_part(
    rf"(?:the )?(?P<which>first|second|third|fourth|last|final|latter) "
    rf"(?:(?:(?P<count>{HOW_MANY}) (?P<unit>{UNIT})|(?P<share>half|third|quarter))(?: of | in | )"
    r"|(?P<one>day|week|month)(?: of | in ))"
)
def _share(match: re.Match[str], whole: Period, _: Anchor) -> Period:
    """Return `the second half of 2025`, `the first five months of the year`, `the third week of March`."""
    last = match["which"] in ("last", "final", "latter")
    if match["one"]:
        unit = unit_named(match["one"])
        nth = 0 if last else ordinal_number(match["which"]) - 1
        return last_of(whole, 1, unit) if last else from_start(shift(whole.start, nth, unit), 1, unit)
    if match["count"]:
        count, cut = how_many(match["count"]), last_of if last else first_of
        return UNKNOWN if count is None else cut(whole, round(count), unit_named(match["unit"]))
    of = {"half": 2, "third": 3, "quarter": 4}[match["share"]]
    number = of if last else ordinal_number(match["which"])
    return nth_part(whole, number, of) if number <= of else UNKNOWN


@_part(
    # `a year through 2030` is a rate and a bound.
    rf"(?<!\ba[ ])(?!an? )(?:the )?(?:(?P<count>{COUNT}) )?(?P<unit>{UNIT}) "
    r"(?:to|through|ended|ending|that ended|up to)(?: in| on| the)? "
)
def _up_to(match: re.Match[str], whole: Period, _: Anchor) -> Period:
    """Return that many units up to the end of the period: `the twelve months to March 2019`."""
    count = how_many(match["count"] or ("several" if match["unit"].endswith("s") else "one"))
    return UNKNOWN if count is None else last_of(whole, round(count), unit_named(match["unit"]))


@_part(r"(?:the )?(?:rest|remainder) of ")
def _rest(_: re.Match[str], whole: Period, anchor: Anchor) -> Period:
    begun = whole.start is not None and anchor.day is not None and whole.start < anchor.day
    return span(anchor.day, whole.end, stated=whole.stated) if begun else whole


@_part(r"so far(?: in)? ")
def _so_far(_: re.Match[str], whole: Period, anchor: Anchor) -> Period:
    return span(whole.start, anchor.day)


@_part(r"(?:the )?week (?:of|beginning|starting) ")
def _week_of(_: re.Match[str], whole: Period, __: Anchor) -> Period:
    return unit_of(whole.start, "week", stated=whole.stated)


@_part(
    r"(?:earlier|sometime|some time|as early as|as soon as|as late as|as recently as)(?: in| on)? "
    rf"|(?:most|much|all|part|parts|the whole|the course) of |(?:the )?(?:(?:early )?(?:{PART_OF_DAY}|hours)|month"
    rf"|decade) of "
)
def _whole(_: re.Match[str], whole: Period, __: Anchor) -> Period:
    return whole


class Named(NamedTuple):
    """A period that plain text names: where its words end, the name of its form, its days."""

    end: int
    form: str
    period: Period


def _any_of(entries: dict[str, tuple[re.Pattern[str], Callable[..., Period | None]]]) -> re.Pattern[str]:
    """Return one pattern that finds any of many and tells by its group which; their own groups lose their names."""
    bare = {name: re.sub(r"\(\?P<\w+>", "(?:", pattern.pattern) for name, (pattern, _) in entries.items()}
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in bare.items()))


_FORMS: Forms = {**DAYS, **PERIODS}
_ANY_FORM = _any_of(dict(_FORMS))
_ANY_PART = _any_of(dict(_parts))
_DEPTH = 4  # parts of parts of parts; nobody writes more


def period_at(text: str, at: int, anchor: Anchor, depth: int = _DEPTH) -> Named | None:
    """Return the period whose words begin at `at` of plain `text`, None if none does."""
    if depth and (found := _ANY_PART.match(text, at)):
        name = cast(str, found.lastgroup)
        pattern, cut = _parts[name]
        whole = period_at(text, found.end(), replace(anchor, inside=True), depth - 1)
        if whole and (match := pattern.match(text, at)):
            return Named(whole.end, name, cut(match, whole.period, anchor))
    found = _ANY_FORM.match(text, at)
    if found is None:
        return None
    name = cast(str, found.lastgroup)
    pattern, resolve = _FORMS[name]
    match = pattern.match(text, at)
    period = resolve(match, anchor) if match else None
    return None if period is None else Named(found.end(), name, period)
