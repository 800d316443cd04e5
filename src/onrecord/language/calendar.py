"""Periods of days on the proleptic Gregorian calendar, and the arithmetic of calendar units.

Nothing here raises: what falls outside the years 1 to 9999, or does not exist (`February 30`), is None or `UNKNOWN`.
"""

from __future__ import annotations

import datetime as dt
import math
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

Unit = Literal["day", "week", "month", "quarter", "year", "decade", "century"]
Lean = tuple[float, float]
"""How many times its distance a period before, and one after, the anchor counts, when one of several is picked."""

PAST: Lean = (1, math.inf)
WAS: Lean = (1, 8)
NEAR: Lean = (1, 1)
WILL: Lean = (3, 1)
AHEAD: Lean = (math.inf, 1)

_MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `start` to `end`, both included; None where they can't be resolved.

    `stated` says whether the words themselves give the year, so that the anchor played no part.
    """

    start: dt.date | None = None
    end: dt.date | None = None
    stated: bool = False
    due: dt.date | None = None
    """The day that `by` and `since` mean in the middle of a period: by mid-September is by the 15th."""


UNKNOWN = Period()
"""A time whose days can't be resolved."""


def date(year: int, month: int, day: int) -> dt.date | None:
    """Return the date, or None where there is no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def plus(day: dt.date | None, days: int) -> dt.date | None:
    """Return the date `days` after `day`, or None where that lies outside the calendar."""
    try:
        return day + dt.timedelta(days=days) if day else None
    except OverflowError:
        return None


def shift(day: dt.date | None, count: int, unit: Unit) -> dt.date | None:
    """Return `day` moved by `count` units; the 31st becomes the last day of a shorter month."""
    if day is None:
        return None
    if unit in ("day", "week"):
        return plus(day, count * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 + count * _MONTHS[unit]
    year, month = divmod(months, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return None
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def span(start: dt.date | None, end: dt.date | None, *, stated: bool = False) -> Period:
    """Return the period from `start` to `end`, `UNKNOWN` unless both are known and in order."""
    return Period(start, end, stated) if start and end and start <= end else UNKNOWN


def single(day: dt.date | None, *, stated: bool = False) -> Period:
    """Return the period of one day, `UNKNOWN` for None."""
    return span(day, day, stated=stated)


def from_start(start: dt.date | None, count: int, unit: Unit, *, stated: bool = False) -> Period:
    """Return the period of `count` units that begins on `start`: 12 months from April 1 end on March 31."""
    return span(start, plus(shift(start, count, unit), -1), stated=stated)


def unit_of(day: dt.date | None, unit: Unit, *, stated: bool = False) -> Period:
    """Return the calendar unit that holds `day`: weeks from Monday, decades and centuries from a round year."""
    if day is None:
        return UNKNOWN
    if unit == "day":
        return single(day, stated=stated)
    if unit == "week":
        return from_start(plus(day, -day.weekday()), 1, "week", stated=stated)
    months = _MONTHS[unit]
    first = (day.year * 12 + day.month - 1) // months * months
    start = date(max(first // 12, dt.MINYEAR), first % 12 + 1, 1)
    end = date(min((first + months - 1) // 12, dt.MAXYEAR), (first + months - 1) % 12 + 1, 1)
    return span(start, end and end.replace(day=monthrange(end.year, end.month)[1]), stated=stated)


def year(number: int) -> Period:
    """Return the calendar year `number`."""
    return unit_of(date(number, 1, 1), "year", stated=True)


def years(first: int, last: int) -> Period:
    """Return the period from January 1 of `first` to December 31 of `last`."""
    return span(date(first, 1, 1), date(last, 12, 31), stated=True)


def join(first: Period, last: Period) -> Period:
    """Return the period from the first day of `first` to the last day of `last`."""
    return span(first.start, last.end, stated=first.stated and last.stated)


def touching(first: Period, last: Period) -> bool:
    """Return whether `last` begins on the day after `first` ends."""
    return last.start is not None and plus(first.end, 1) == last.start


def pick(options: Iterable[Period], anchor: dt.date, lean: Lean) -> Period:
    """Return the option closest to `anchor` as `lean` weighs it, `UNKNOWN` if there is none."""
    weighed = [(_distance(option, anchor, lean), option) for option in options if option.start]
    distance, nearest = min(weighed, key=lambda pair: pair[0], default=(math.inf, UNKNOWN))
    return UNKNOWN if distance == math.inf else nearest


def _distance(period: Period, anchor: dt.date, lean: Lean) -> float:
    if period.start and anchor < period.start:
        return (period.start - anchor).days * lean[1]
    if period.end and anchor > period.end:
        return (anchor - period.end).days * lean[0]
    return 0


def around(make: Callable[[int], Period], anchor: dt.date | None, lean: Lean) -> Period:
    """Return what `make` gives for the year before, of or after `anchor`, whichever `lean` asks for."""
    if anchor is None:
        return UNKNOWN
    return pick((make(anchor.year + step) for step in (0, -1, 1)), anchor, lean)


def month(year: int, number: int, count: int = 1, *, stated: bool = False) -> Period:
    """Return `count` months from month `number` of `year`."""
    return from_start(date(year, number, 1), count, "month", stated=stated)


def nth_part(whole: Period, number: int, of: int) -> Period:
    """Return part `number` (from 1) of `of` equal parts of a period: in whole months where that works, else in days."""
    start, end = whole.start, whole.end
    if start is None or end is None:
        return UNKNOWN
    after = plus(end, 1)
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if start.day == 1 and after is not None and after.day == 1 and months % of == 0:
        share = months // of
        return from_start(shift(start, (number - 1) * share, "month"), share, "month", stated=whole.stated)
    days = (end - start).days + 1
    first, last = days * (number - 1) // of, days * number // of - 1
    return span(plus(start, first), plus(start, max(first, last)), stated=whole.stated)


def first_of(whole: Period, count: int, unit: Unit) -> Period:
    """Return the first `count` units of a period: the first five months of the year."""
    return from_start(whole.start, count, unit, stated=whole.stated)


def last_of(whole: Period, count: int, unit: Unit) -> Period:
    """Return the last `count` units of a period."""
    return span(shift(plus(whole.end, 1), -count, unit), whole.end, stated=whole.stated)
