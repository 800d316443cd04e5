"""Verdicts from what was claimed and what was known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from msgspec import Struct

from onrecord.model import Judgement, Reason, Verdict
from onrecord.verdicts.bounds import Bounds
from onrecord.verdicts.officials import Measured, Official, shown

LATEST: Final = dt.date.max
"""The day by which everything is known: for a story without a date."""


class Hypothesis(Struct, frozen=True):
    """One reading of what a claim measures: a value as a function of the day, and on which days it changed."""

    measured: Measured
    days: Callable[[], Sequence[dt.date]]
    second: bool = False
    """Whether being right by it is only imprecise: it is not what the words mean in the first place."""
    note: str = ""


class Claimed(Struct, frozen=True):
    """What a claim says in words, and what these words allow."""

    words: str
    bounds: Bounds
    unit: str


def judge(claimed: Claimed, hypotheses: Sequence[Hypothesis], day: dt.date) -> Verdict:
    """Return the verdict: right by one first reading on the day, else nearly or otherwise right, else wrong by all."""
    known = [(one, found) for one in hypotheses if (found := one.measured(day)) is not None]
    first = [(one, found) for one, found in known if not one.second]
    for _, found in first:
        if claimed.bounds.right(found.value):
            return _verdict("supported", found, f"{claimed.words}; {found.told}")
    for one, found in known:
        if claimed.bounds.right(found.value):
            note = one.note or f"right for {found.period} only"
            return _verdict("imprecise", found, f"{claimed.words}; {found.told}: {note}")
    for found in _in_other_editions(hypotheses, day):
        if claimed.bounds.right(found.value):
            told = f"{claimed.words}; {found.told}: right in this edition only" + _against(first)
            return _verdict("imprecise", found, told)
    for _, found in first:
        if claimed.bounds.near(found.value):
            return _verdict("imprecise", found, f"{claimed.words}; {found.told}: near, not within rounding")
    if not first:
        return uncheckable("no observation", f"{claimed.words}; no figure was known{_on(day)}")
    return refuted(claimed, first[0][1])


def refuted(claimed: Claimed, found: Official) -> Verdict:
    """Return the verdict that `found` is not what was claimed, with the distance."""
    low, high = claimed.bounds.low, claimed.bounds.high
    apart = low - found.value if found.value < low else found.value - high
    side = "too high" if found.value < low else "too low"
    unit = "percentage_point" if claimed.unit == "percent" else claimed.unit
    return _verdict("refuted", found, f"{claimed.words}; {found.told}: {side} by at least {shown(apart, unit)}")


def uncheckable(
    reason: Reason, told: str, *, indicator: str | None = None, entity: str | None = None, period: str | None = None
) -> Verdict:
    """Return the verdict that a claim cannot be checked, with what could be told of it nevertheless."""
    return Verdict(
        verdict="uncheckable", reason=reason, arithmetic=told, indicator=indicator, entity=entity, period=period
    )


def _verdict(verdict: Judgement, found: Official, told: str) -> Verdict:
    return Verdict(
        verdict=verdict,
        arithmetic=told,
        indicator=found.indicator,
        entity=found.entity,
        period=found.period,
        edition=found.edition,
        observations=found.rows,
    )


def _in_other_editions(hypotheses: Sequence[Hypothesis], day: dt.date) -> Iterator[Official]:
    for one in hypotheses:
        if not one.second:
            others = (one.measured(other) for other in one.days() if other != day)
            yield from (found for found in others if found is not None)


def _against(first: Sequence[tuple[Hypothesis, Official]]) -> str:
    return f"; as known on the day {first[0][1].told}" if first else "; none was known on the day"


def _on(day: dt.date) -> str:
    return "" if day == LATEST else f" on {day}"
