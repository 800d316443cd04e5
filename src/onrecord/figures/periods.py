"""Periods of observations: `2024`, `2024-S1` (half-year), `2024-Q3`, `2024-07`."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from typing import Final

_FORM: Final = re.compile(r"([1-9]\d{3})(?:-?(?:(?P<part>[SQ])(?P<nth>\d)|M?(?P<month>\d\d)))?")
_MONTHS: Final = {"S": 6, "Q": 3}


def parse(text: str) -> str:
    """Return the period that `text` writes, in the form kept here; SDMX and World Bank spellings (`2024M07`) are read.

    Raises:
        ValueError: It is no year, half-year, quarter or month.
    """
    form = _FORM.fullmatch(text.strip().upper())
    if form is None:
        raise ValueError(
            f"period {text!r} is not a year (2024), half-year (2024-S1), quarter (2024-Q3) or month (2024-07)"
        )
    year, part, nth, month = form.group(1), form["part"], form["nth"], form["month"]
    period = f"{year}-{part}{nth}" if part else f"{year}-{month}" if month else year
    days(period)
    return period


def days(period: str) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of `period`.

    Raises:
        ValueError: It is no period, or none of the calendar (`2024-Q5`).
    """
    year, _, part = period.partition("-")
    length = _MONTHS.get(part[:1], 1 if part else 12)
    first = (int(part.lstrip("SQ")) - 1) * length + 1 if part else 1
    if not 1 <= first <= 12:
        raise ValueError(f"period {period!r} is not one of the calendar")
    last = first + length - 1
    return dt.date(int(year), first, 1), dt.date(int(year), last, calendar.monthrange(int(year), last)[1])


def spanning(first: dt.date, last: dt.date) -> str | None:
    """Return the period whose first and last day these are; None if no period has exactly these days."""
    year = first.year
    candidates = [f"{year}", *(f"{year}-S{n}" for n in (1, 2)), *(f"{year}-Q{n}" for n in range(1, 5))]
    candidates.append(f"{year}-{first.month:02}")
    return next((period for period in candidates if days(period) == (first, last)), None)
