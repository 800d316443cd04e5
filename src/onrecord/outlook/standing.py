"""Where a series stands against a level: met, missed or on the way, at what pace."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from onrecord.figures import periods
from onrecord.model import Observation
from onrecord.outlook.targets import amount, reached
from onrecord.outlook.values import Level, Status

PACE_YEARS: Final = 3
"""Over how many latest years the pace is taken where no value was measured since the target was made."""


class Pace(Struct, frozen=True):
    """Change a year, and the period from which it is counted."""

    a_year: float
    since: str


class Standing(Struct, frozen=True, kw_only=True):
    """Fields as in `Outlook`."""

    status: Status
    reason: str
    since: str | None = None
    pace: Pace | None = None
    needed: float | None = None
    reached: int | None = None


def time(period: str) -> float:
    """Return the end of a period in years: 2024 for `2024`, 2023.75 for `2024-Q3`."""
    last = periods.days(period)[1]
    return last.year + last.month / 12 - 1


def comparable(observations: Sequence[Observation]) -> tuple[Observation, ...]:
    """Return the observations whose period is as long as the latest one's, in order of time."""
    ordered = sorted(observations, key=lambda one: time(one.period))
    return tuple(one for one in ordered if len(one.period) == len(ordered[-1].period))


def pace(series: Sequence[Observation], baseline: str | None) -> Pace | None:
    """Return the change a year from the baseline's period to the latest; None for a single value.

    Without a baseline, or where it is the latest value, over the latest `PACE_YEARS` years, or as many as there are.
    """
    latest, end = series[-1], time(series[-1].period)
    earlier = [one for one in series[:-1] if time(one.period) <= end - PACE_YEARS] or series[:1]
    start = next((one for one in series[:-1] if one.period == baseline), earlier[-1])
    years = end - time(start.period)
    return Pace((latest.value - start.value) / years, start.period) if years > 0 else None


def stand(series: Sequence[Observation], target: Level, deadline: dt.date | None, baseline: str | None) -> Standing:
    """Return where a series (in order of time, not empty) stands; a deadline counts by the year in which it lies.

    What decides is the value of the deadline's year; until it is known, the latest one.
    """
    decisive, latest = _decisive(series, deadline), series[-1]
    if decisive is None and deadline is not None and time(latest.period) >= deadline.year:
        return Standing(status="cannot be rated", reason=f"no value for {deadline.year}, the deadline's year")
    one = decisive or latest
    told = f"{amount(one.value, one.unit)} in {one.period}"
    if reached(one.value, target):
        begun = _since(series, one, target)
        reason = f"{told}, at the target since {begun}"
        return Standing(status="met", reason=reason, since=begun, pace=pace(series, baseline))
    if decisive is not None:
        since = _since(series, latest, target) if reached(latest.value, target) else None
        late = f"; at the target since {since}" if since else ""
        return Standing(
            status="missed", reason=f"{told}, the deadline's year{late}", since=since, pace=pace(series, baseline)
        )
    return _under_way(series, target, deadline, pace(series, baseline))


def _under_way(series: Sequence[Observation], target: Level, deadline: dt.date | None, now: Pace | None) -> Standing:
    latest = series[-1]
    end, gap = time(latest.period), target.value - latest.value
    years = gap / now.a_year if now and now.a_year * gap > 0 else math.inf
    year = math.ceil(end + years - 1e-9) if end + years < 10_000 else None
    if deadline is None:
        return Standing(status="open", reason="no deadline", pace=now, reached=year)
    needed = gap / (deadline.year - end)
    if now is None:
        return Standing(status="cannot be rated", reason="a single value gives no pace", needed=needed)
    on_track = end + years <= deadline.year + 1e-9
    reason = f"at the pace since {now.since} " + (f"reached in {year}" if year else "never reached")
    return Standing(
        status="on track" if on_track else "off track", reason=reason, pace=now, needed=needed, reached=year
    )


def _decisive(series: Sequence[Observation], deadline: dt.date | None) -> Observation | None:
    """Return the value that decides: the one at the end of the deadline's year; None where that is not known."""
    if deadline is None:
        return None
    return next((one for one in series if time(one.period) == deadline.year), None)


def _since(series: Sequence[Observation], one: Observation, target: Level) -> str:
    since = one.period
    for earlier in reversed(series[: series.index(one)]):
        if not reached(earlier.value, target):
            break
        since = earlier.period
    return since
