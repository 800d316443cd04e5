"""Quantities, periods and counts in words, the same in the terminal and on the page."""

from __future__ import annotations

import datetime as dt

from onrecord.model import Quantity, Reading, Skipped, When

_COMPARATORS = {"=": "", ">=": "at least ", ">": "more than ", "<=": "up to ", "<": "under ", "~": "about "}
_SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


def number(value: float) -> str:
    """Return `value` as news writes it: `1.5 billion`, `140,000`, `66.67`."""
    for size, word in _SCALES:
        scaled = value / size
        if abs(scaled) >= 1 and round(scaled, 3) == scaled:
            return f"{_plain(scaled)} {word}"
    return _plain(value)


def in_full(value: float) -> str:
    """Return `value` in full, as published, with separators between thousands."""
    return f"{value:,}".removesuffix(".0")


def quantity(amount: Quantity) -> str:
    """Return the quantity in words: `at least 23`, `+400%`, `22 of 32`, `2.5% of GDP (from 2.3%)`."""
    parts = [_COMPARATORS[amount.comparator] + _sign(amount) + _amount(amount)]
    if amount.out_of is not None:
        parts.append(f"of {number(amount.out_of)}")
    if amount.of:
        parts.append(f"of {amount.of}")
    if amount.per:
        parts.append(f"per {amount.per}")
    if amount.change == "increase" and amount.vague:
        parts.append("more")
    if amount.change == "decrease" and amount.vague:
        parts.append("fewer")
    if amount.from_ is not None:
        parts.append(f"(from {_with_unit(number(amount.from_), amount.unit)})")
    return " ".join(parts)


def period(when: When) -> str:
    """Return the period: `by 2034-12-31`, `2026-01-06 to 2026-01-10`, `2026` for a whole year, `2026-01` for a month.

    Its own words where it is unresolved.
    """
    start, end = when.start, when.end
    if when.relation == "by" and end:
        return f"by {end}"
    if when.relation == "since" and start:
        return f"since {start}"
    if start and end:
        return _days(start, end)
    return f"“{when.text}”"


def _days(start: dt.date, end: dt.date) -> str:
    if start == end:
        return str(start)
    after = end + dt.timedelta(days=1) if end < dt.date.max else end
    if start.day == after.day == 1:
        if start.month == after.month == 1 and after.year == start.year + 1:
            return f"{start.year:04}"
        if (after.year, after.month) == (start.year + start.month // 12, start.month % 12 + 1):
            return str(start)[:7]
    return f"{start} to {end}"


def counts(readings: int, stories: int, statements: int, claims: int, skipped: int) -> str:
    """Return the closing line: `3 captures: 4 stories, 51 statements, 38 claims; 1 skipped`."""
    line = f"{how_many(readings, 'capture')}: {how_many(stories, 'story')}, {how_many(statements, 'statement')}, "
    line += how_many(claims, "claim")
    return f"{line}; {skipped} skipped" if skipped else line


class Tally:
    """Counts what passes by, for the closing line and the exit status."""

    def __init__(self) -> None:
        self.readings = self.stories = self.statements = self.claims = self.skipped = 0

    def add(self, found: Reading | Skipped) -> None:
        """Count one reading or one skipped input."""
        if isinstance(found, Skipped):
            self.skipped += 1
            return
        self.readings += 1
        self.stories += len(found.stories)
        self.statements += len(found.statements)
        self.claims += len(found.claims)

    def __str__(self) -> str:
        return counts(self.readings, self.stories, self.statements, self.claims, self.skipped)


def how_many(n: int, noun: str) -> str:
    """Return a number with its noun: `1 story`, `2 stories`, `1,000 claims`."""
    if n != 1:
        noun = noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
    return f"{n:,} {noun}"


def _plain(value: float) -> str:
    return f"{value:,.10f}".rstrip("0").rstrip(".")


def _sign(amount: Quantity) -> str:
    if amount.vague:
        return ""
    return {"level": "", "increase": "+", "decrease": "−"}[amount.change]


def _amount(amount: Quantity) -> str:
    if amount.vague:
        return _with_unit(amount.vague, amount.unit)
    if amount.value is not None:
        return _with_unit(number(amount.value), amount.unit)
    if amount.low is None or amount.high is None:
        bound = amount.low if amount.low is not None else amount.high
        return _with_unit(number(bound if bound is not None else 0), amount.unit)
    return _with_unit(f"{number(amount.low)} to {number(amount.high)}", amount.unit)


def _with_unit(words: str, unit: str) -> str:
    if unit == "count":
        return words
    if unit == "percent":
        return words + "%"
    if unit == "percentage_point":
        return f"{words} points"
    if unit == "times":
        return f"{words} times"
    if len(unit) == 3 and unit.isupper():
        return f"{unit} {words}"
    return f"{words} {unit}"
