"""Whether two targets are the same, or one the plain successor of the other: the number and the day apart."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Final, Literal

from onrecord.model import Quantity, When
from onrecord.threads.measures import likeness

Agreement = Literal["same", "open", "moved", "other"]
"""How two numbers or days go together: `open` where one of them is not said, `moved` where one may follow the other,
`other` where they are of different things."""

_EXACT, _ROUGH = 0.006, 0.05
"""Relative differences within which two numbers are one: as written, and where one says `about`."""
_FURTHEST: Final = 2.0
"""How many times as large a number may become by being sharpened."""
_SAME_DAYS: Final = 31
_FURTHEST_YEARS: Final = 10
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")


def amount(quantity: Quantity | None) -> float | None:
    """Return a quantity's number; of a range the end that is given, the upper of two; None without a number."""
    if quantity is None:
        return None
    if quantity.value is not None:
        return quantity.value
    return quantity.low if quantity.high is None else quantity.high


def numbers(quantity: Quantity | None, other: Quantity | None) -> Agreement:
    """Return how two quantities agree."""
    if quantity is None or other is None:
        return "open"
    if not compatible(quantity, other):
        return "other"
    value, other_value = amount(quantity), amount(other)
    if value is None or other_value is None:
        return "same" if quantity.vague == other.vague else "open"
    gap = abs(value - other_value)
    size = max(abs(value), abs(other_value))
    slack = _ROUGH if "~" in (quantity.comparator, other.comparator) else _EXACT
    if gap <= slack * size:
        return "same"
    if value * other_value <= 0:
        return "moved" if quantity.unit == "percent" else "other"
    return "moved" if size <= _FURTHEST * min(abs(value), abs(other_value)) else "other"


def compatible(quantity: Quantity, other: Quantity) -> bool:
    """Return whether two quantities may be of one thing: unit, base and direction."""
    if quantity.unit != other.unit or {quantity.change, other.change} == {"increase", "decrease"}:
        return False
    if quantity.per and other.per and quantity.per != other.per:
        return False
    return not (quantity.of and other.of) or _same_base(quantity.of, other.of)


@lru_cache(1 << 12)
def _same_base(base: str, other: str) -> bool:
    years, other_years = _YEAR.findall(base), _YEAR.findall(other)
    if years and other_years:
        return years == other_years
    return likeness(base, other) >= 0.5 or {base.casefold(), other.casefold()} == {"gdp", "gross domestic product"}


def last_day(when: When | None) -> dt.date | None:
    """Return the day by which something is to be, or on which its period ends; None where it is not said or known."""
    return None if when is None or when.relation == "since" else when.end


def days(when: When | None, other: When | None) -> Agreement:
    """Return how two deadlines agree."""
    day, other_day = last_day(when), last_day(other)
    if day is None or other_day is None:
        return "open"
    gap = abs((day - other_day).days)
    if gap <= _SAME_DAYS and (day.year == other_day.year or gap <= 1):
        return "same"
    return "moved" if gap <= 366 * _FURTHEST_YEARS else "other"


def same_period(when: When | None, other: When | None, slack: int = 3) -> Agreement:
    """Return whether two periods are one, to so many days at either end; `open` where one is not known."""
    if when is None or other is None or (when.end is None and when.start is None):
        return "open"
    if other.end is None and other.start is None:
        return "open"
    pairs = ((when.start, other.start), (when.end, other.end))
    gaps = [abs((one - two).days) for one, two in pairs if one is not None and two is not None]
    if not gaps or (when.relation == "since") != (other.relation == "since"):
        return "other"
    return "same" if max(gaps) <= slack else "other"


def digits(quantity: Quantity | None) -> int:
    """Return how many digits of a number say something: 2 for 2.5, 1 for 30,000, 0 for none."""
    value = amount(quantity)
    return 0 if value is None else len(f"{abs(value):.12g}".split("e")[0].replace(".", "").strip("0"))
