"""Outlooks in words, the same in the terminal and on the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from onrecord.figures.rows import edition_words
from onrecord.model import Observation
from onrecord.outlook import Outlook
from onrecord.outlook.targets import amount


def lines(one: Outlook) -> Iterator[tuple[str, str]]:
    """Yield what an outlook says, line by line, each with its name; one without a name goes on with the last."""
    yield "status", one.status + (f": {one.reason}" if one.reason else "")
    if one.level:
        yield "target", one.level.arithmetic
    if one.baseline:
        yield "baseline", f"{value(one.baseline)}, edition {edition_words(one.baseline)}"
    if one.latest:
        yield "latest", f"{value(one.latest)}, edition {edition_words(one.latest)}"
        yield from _way(one, one.latest.unit)
    if one.bill:
        yield "money", one.bill.arithmetic
    yield from _projection(one)
    for caution in one.cautions:
        yield "caution", caution


def distance(one: Outlook) -> str:
    """Return how far the latest value is from the target: `0.2 points short of the target`; empty where unknown."""
    if one.distance is None or one.latest is None:
        return ""
    past = "short of the target" if one.distance > 0 else "past the target" if one.distance < 0 else "at the target"
    return f"{difference(abs(one.distance), one.latest.unit)} {past}" if one.distance else past


def value(one: Observation) -> str:
    """Return a value with its unit and period: `2.333% in 2024 (estimate)`."""
    return f"{amount(one.value, one.unit)} in {one.period}{' (estimate)' if one.estimate else ''}"


def difference(size: float, unit: str) -> str:
    """Return a difference with its unit; of percentages in points."""
    return f"{size:.2g} points" if unit == "percent" else amount(size, unit)


def chance(probability: float) -> str:
    """Return a probability in whole per cent; what rounds to none or all is told as less or more than a hundredth."""
    if 0.005 <= probability < 0.995:
        return f"{probability:.0%}"
    return "<1%" if probability < 0.5 else ">99%"


def rests_on(outlooks: Sequence[Outlook]) -> tuple[Observation, ...]:
    """Return the observations that outlooks rest on, with those of GDP."""
    rows = (row for one in outlooks for row in (one.baseline, one.latest, one.bill.gdp if one.bill else None))
    return tuple(row for row in rows if row)


def _way(one: Outlook, unit: str) -> Iterator[tuple[str, str]]:
    if told := distance(one):
        yield "distance", told
    if one.pace is not None:
        told = f"{_signed(one.pace, unit)} a year since {one.pace_from}"
        yield "pace", told + (f"; needed {_signed(one.needed, unit)} a year" if one.needed is not None else "")


def _projection(one: Outlook) -> Iterator[tuple[str, str]]:
    found = one.projection
    if found is None:
        if one.unprojected:
            yield "projection", f"none: {one.unprojected}"
        return
    unit = one.latest.unit if one.latest else ""
    low, median, high = (amount(end, unit, digits=3) for end in (found.low, found.median, found.high))
    told = f"{median} in {found.year}, 80% interval {low} to {high}"
    yield "projection", f"{told}; met with a probability of {chance(found.probability)}"
    if found.held is not None:
        yield "", f"(of past outcomes such intervals held {found.held:.0%})"


def _signed(size: float, unit: str) -> str:
    return f"{'−' if size < 0 else '+'}{difference(abs(size), unit)}"
