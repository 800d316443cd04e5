"""What official figures say: one value as known on a day, with the rows that it was taken or computed from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final

from msgspec import Struct, structs

from onrecord.figures import Figures, Indicator
from onrecord.figures import entities as known
from onrecord.figures.values import NATIONAL_CURRENCY
from onrecord.model import Observation

_SCALES: Final = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


class Official(Struct, frozen=True, kw_only=True):
    """A value with its unit, how it came about in words, and the rows behind it."""

    value: float
    unit: str
    told: str
    indicator: str
    entity: str
    period: str
    rows: tuple[Observation, ...]

    @property
    def edition(self) -> dt.date:
        """Newest edition among the rows."""
        return max(row.edition for row in self.rows)


Measured = Callable[[dt.date], Official | None]
"""What was known on a day."""


@lru_cache(maxsize=4096)
def periods_known(figures: Figures, indicator: str, entity: str, day: dt.date) -> tuple[str, ...]:
    """Return the periods that had a value on `day`, in order of time."""
    return tuple(one.period for one in figures.series(indicator, entity, as_of=day).observations)


def value(
    figures: Figures, indicator: Indicator, entity: str, period: str, day: dt.date, *, per_head: bool = False
) -> Official | None:
    """Return one value as known on `day`: the publisher's own, else for a group the sum over its members.

    With `per_head` it is divided by the population; None where a row is missing.
    """
    row = figures.lookup(indicator.id, entity, period, as_of=day)
    found = official((row,), row.value, _sentence(row)) if row else _total(figures, indicator, entity, period, day)
    if not per_head or found is None or indicator.per == "capita":
        return found
    heads = figures.lookup("population", entity, period, as_of=day) if figures.has("population") else None
    if heads is None:
        return None
    each = found.value / heads.value
    told = f"{found.told} / {shown(heads.value, 'count')} people = {shown(each, found.unit)} per head"
    return Official(
        value=each,
        unit=found.unit,
        told=told,
        indicator=indicator.id,
        entity=entity,
        period=period,
        rows=(*found.rows, heads),
    )


def official(rows: tuple[Observation, ...], number: float, told: str, unit: str | None = None) -> Official:
    """Return a value computed from `rows`, whose last is the one that it is mainly about."""
    main = rows[-1]
    return Official(
        value=number,
        unit=unit or main.unit,
        told=told,
        indicator=main.indicator,
        entity=main.entity,
        period=main.period,
        rows=rows,
    )


def edition_days(figures: Figures, indicator: str, entity: str, periods: Iterable[str]) -> tuple[dt.date, ...]:
    """Return the days on which an edition of one of the values came out, newest first."""
    days = {one.edition for period in periods for one in figures.editions(indicator, entity, period)}
    return tuple(sorted(days, reverse=True))


class Table(Struct, frozen=True):
    """The members of a group in one period."""

    members: int
    rows: tuple[Observation, ...]
    """Of those that have a figure, the largest value first."""
    last_of_others: tuple[Observation, ...]
    """The last known figure of those that have none in the period."""


@lru_cache(maxsize=1024)
def members_table(figures: Figures, indicator: str, group: str, period: str, day: dt.date) -> Table:
    """Return what was known on `day` of a group's members; all countries for the world."""
    members = _members(figures, indicator, group, period)
    found = {code: figures.lookup(indicator, code, period, as_of=day) for code in members}
    last = [figures.series(indicator, code, as_of=day).observations[-1:] for code, row in found.items() if row is None]
    rows = sorted((row for row in found.values() if row is not None), key=lambda row: -row.value)
    return Table(len(members), tuple(rows), tuple(row for one in last for row in one))


def _members(figures: Figures, indicator: str, group: str, period: str) -> tuple[str, ...]:
    if group == "WLD":
        return tuple(code for code in figures.entities(indicator) if not known.entities()[code].group)
    return tuple(code for code in figures.members(group, dt.date(int(period[:4]), 12, 31)) if code != "EU")


def name(code: str) -> str:
    """Return the name of a country or group."""
    return known.entities()[code].name


def shown(number: float, unit: str) -> str:
    """Return a value with its unit as news writes it, with four significant digits: `2.119%`, `USD 97.69 billion`."""
    size, word = next(((size, word) for size, word in _SCALES if abs(number) >= size), (1.0, ""))
    scaled = number / size
    plain = f"{scaled:,.0f}" if abs(scaled) >= 1000 else f"{scaled:.4g}"
    words = f"{plain} {word}".strip()
    if unit == "percent":
        return f"{words}%"
    if unit == "percentage_point":
        return f"{words} percentage points"
    if unit == "times":
        return f"{words} times"
    if unit == "count":
        return words
    return f"{unit} {words}" if len(unit) == 3 and unit.isupper() else f"{words} {unit}"


def _sentence(row: Observation) -> str:
    estimate = ", estimate" if row.estimate else ""
    edition = f"edition of {'' if row.edition_exact else 'at the latest '}{row.edition}"
    return f"{name(row.entity)} {row.period}: {shown(row.value, row.unit)} ({edition}{estimate})"


def _total(figures: Figures, indicator: Indicator, group: str, period: str, day: dt.date) -> Official | None:
    """Return the sum over a group's members at the end of `period`; None unless every one of them has a value."""
    if indicator.kind not in {"amount", "count"} or indicator.unit == NATIONAL_CURRENCY:
        return None
    if not known.entities()[group].group or len(period) != 4:
        return None
    members = [code for code in figures.members(group, dt.date(int(period), 12, 31)) if code != "EU"]
    rows = [figures.lookup(indicator.id, code, period, as_of=day) for code in members]
    present = tuple(row for row in rows if row is not None)
    if not members or len(present) < len(members):
        return None
    total = sum(row.value for row in present)
    newest = max(row.edition for row in present)
    told = (
        f"{name(group)} {period}: sum over {len(present)} members {shown(total, present[0].unit)} (edition of {newest})"
    )
    return Official(
        value=total,
        unit=present[0].unit,
        told=told,
        indicator=indicator.id,
        entity=group,
        period=period,
        rows=present,
    )


TONNES: Final = {"t": 1.0, "kt": 1e3, "Mt": 1e6, "Gt": 1e9, "kg": 1e-3}
"""Tonnes in each unit of mass by which emissions are told."""


def in_unit(found: Official, unit: str) -> Official | None:
    """Return a value in another unit of mass; None for money in another currency, which is never converted."""
    if found.unit == unit:
        return found
    if found.unit not in TONNES or unit not in TONNES:
        return None
    return structs.replace(found, value=found.value * TONNES[found.unit] / TONNES[unit], unit=unit)
