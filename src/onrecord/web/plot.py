"""Plots as shapes for a template: a series with its editions, and of an outlook its target, deadline and projection.

Places are in per cent of the plot's area, from its left and its top, so that one drawing fits every width.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from onrecord.figures import Figures, Series
from onrecord.figures.rows import edition_words, unit_of
from onrecord.figures.values import NATIONAL_CURRENCY
from onrecord.model import Observation
from onrecord.outlook import Outlook
from onrecord.outlook.standing import comparable, time
from onrecord.outlook.targets import amount
from onrecord.outlook.values import Level

_FEWEST: Final = 2
"""Values at least: one alone is no plot."""
_ROOM: Final = 0.08
"""Share of the height that stays free above and below."""
_ACROSS, _UP = 12, 5
"""Ticks at most."""
_SIZES: Final = (("trillion", 1e12), ("billion", 1e9), ("million", 1e6))
_SPARK_WIDTH, _SPARK_HEIGHT, _SPARK_EDGE = 160.0, 36.0, 3.0
_SPARK_YEARS: Final = 15
"""A sparkline shows so many years until the latest value, and so many behind it at most."""


class Point(Struct, frozen=True):
    """A place in the area."""

    x: float
    y: float


class Tick(Struct, frozen=True):
    """A mark on an axis; a `minor` one has no room on a phone."""

    at: float
    text: str
    minor: bool = False


class Label(Struct, frozen=True):
    """A line across the area and its words, which stand at its `end` or at its beginning."""

    at: float
    text: str
    end: bool


class PlotRow(Struct, frozen=True, kw_only=True):
    """What the plot shows for one period, in words."""

    period: str
    at: Point
    value: str
    interval: str = ""
    needed: str = ""
    edition: str = ""
    earlier: tuple[str, ...] = ()
    """Other editions, oldest first, each with its value."""


class Plot(Struct, frozen=True, kw_only=True):
    """A plot, ready to be drawn; paths are as in SVG."""

    told: str
    """What it shows, in words."""
    unit: str
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    line: str
    points: tuple[Point, ...]
    earlier: tuple[Point, ...]
    rows: tuple[PlotRow, ...]
    ahead: tuple[PlotRow, ...] = ()
    """What is projected or needed, for each year until the deadline's; the value is then the median."""
    target: Label | None = None
    deadline: Label | None = None
    band: str = ""
    median: str = ""
    needed: str = ""


class Spark(Struct, frozen=True, kw_only=True):
    """A series as a small line, with the target as a line across; in pixels of a box of `width` by `height`."""

    told: str
    line: str
    last: Point
    target: float | None
    deadline: float | None
    width: float = _SPARK_WIDTH
    height: float = _SPARK_HEIGHT


class _Frame(Struct, frozen=True):
    """What the area reaches over: years and values."""

    first: float
    last: float
    low: float
    high: float

    @classmethod
    def around(cls, years: Sequence[float], values: Sequence[float]) -> _Frame:
        low, high = min(values), max(values)
        room = (high - low or abs(high) or 1.0) * _ROOM
        # zero is no place to stop short of, nor one to fall below where nothing lies there
        bottom = 0.0 if 0 <= low < 0.25 * high or 0 <= low < room else low - room
        first, last = min(years), max(years)
        return cls(first, last if last > first else first + 1, bottom, high + room)

    def at(self, year: float, value: float) -> Point:
        return Point(self.x(year), self.y(value))

    def x(self, year: float) -> float:
        return round(100 * (year - self.first) / (self.last - self.first), 2)

    def y(self, value: float) -> float:
        return round(100 * (self.high - value) / (self.high - self.low), 2)


def outlook_plot(one: Outlook, known: Figures) -> Plot | None:
    """Return the plot of an outlook; None where it has no target in the series' unit, or no two values."""
    if one.level is None or one.latest is None:
        return None
    editions = known.series(one.indicator, one.entity.code, as_of=one.as_of, editions=True)
    newest = _newest(editions)
    if len(newest) < _FEWEST:
        return None
    fan = one.projection.fan if one.projection else ()
    years = [float(one.deadline.year)] if one.deadline else []
    values = [one.level.value, *(end for year in fan for end in (year.low, year.high))]
    frame = _Frame.around([*_years(newest), *years], [*_values(editions, newest), *values])
    return replace(
        _series(editions, newest, frame),
        told=_told(editions, newest, one),
        **_lines(one, one.level, frame, frame.at(time(newest[0].period), newest[0].value)),
        **_fan(one, frame),
    )


def series_plot(editions: Series) -> Plot | None:
    """Return the plot of a series with all its editions; None where it has no two values."""
    newest = _newest(editions)
    if len(newest) < _FEWEST:
        return None
    return _series(editions, newest, _Frame.around(_years(newest), _values(editions, newest)))


def spark(one: Outlook, known: Figures) -> Spark | None:
    """Return the sparkline of an outlook; None where `outlook_plot` has nothing to show either."""
    if one.level is None or one.latest is None:
        return None
    series = comparable(known.series(one.indicator, one.entity.code, as_of=one.as_of).observations)
    end = time(series[-1].period) if series else 0.0
    series = tuple(row for row in series if time(row.period) >= end - _SPARK_YEARS)
    if len(series) < _FEWEST:
        return None
    due = min(float(one.deadline.year), end + _SPARK_YEARS) if one.deadline else end
    years = [time(row.period) for row in series]
    frame = _Frame.around([*years, due], [*(row.value for row in series), one.level.value])
    places = [_small(frame.at(year, row.value)) for year, row in zip(years, series, strict=True)]
    told = f"{_from_to(series)}; target {_goal(one.level)}"
    return Spark(
        told=told + (f" by {one.deadline.year}" if one.deadline else ""),
        line=_path(places),
        last=places[-1],
        target=_small(frame.at(frame.first, one.level.value)).y,
        deadline=_small(frame.at(due, frame.low)).x if one.deadline and one.deadline.year <= due else None,
    )


def _small(at: Point) -> Point:
    inside = _SPARK_WIDTH - 2 * _SPARK_EDGE, _SPARK_HEIGHT - 2 * _SPARK_EDGE
    return Point(
        *(round(_SPARK_EDGE + share * size / 100, 1) for share, size in zip((at.x, at.y), inside, strict=True))
    )


def _newest(editions: Series) -> tuple[Observation, ...]:
    """Return the newest edition of each period that is as long as the latest one."""
    newest = {row.period: row for row in editions.observations}
    return comparable([*newest.values()]) if newest else ()


def _years(series: Sequence[Observation]) -> list[float]:
    return [time(row.period) for row in series]


def _values(editions: Series, newest: Sequence[Observation]) -> list[float]:
    shown = {row.period for row in newest}
    return [row.value for row in editions.observations if row.period in shown]


def _series(editions: Series, newest: Sequence[Observation], frame: _Frame) -> Plot:
    """Return the plot of a series alone."""
    of_period: dict[str, list[Observation]] = {row.period: [] for row in newest}
    for row in editions.observations:
        of_period.get(row.period, []).append(row)
    places = [frame.at(time(row.period), row.value) for row in newest]
    earlier = [row for rows in of_period.values() for row in rows[:-1]]
    size, word = _size(newest[-1].unit, (frame.low, frame.high))
    return Plot(
        told=_told(editions, newest, None),
        unit=_unit(editions, newest[-1], word),
        across=tuple(_across(frame)),
        up=tuple(_up(frame, size)),
        line=_path(places),
        points=tuple(places),
        earlier=tuple(frame.at(time(row.period), row.value) for row in earlier),
        rows=tuple(_observed(row, of_period[row.period], at) for row, at in zip(newest, places, strict=True)),
    )


def _lines(one: Outlook, level: Level, frame: _Frame, first: Point) -> dict[str, Any]:
    """Return target, deadline and the pace needed, as fields of the plot."""
    assert one.latest is not None  # noqa: S101  # the caller has looked
    last, y = frame.at(time(one.latest.period), one.latest.value), frame.y(level.value)
    end = frame.y(one.projection.median) if one.projection else last.y
    # its words stand where the line is further from the series
    lines: dict[str, Any] = {"target": Label(y, f"target {_goal(level)}", end=abs(end - y) > abs(first.y - y))}
    if one.deadline:
        x = frame.x(one.deadline.year)
        lines["deadline"] = Label(x, f"deadline {one.deadline.year}", end=True)
        if one.needed is not None:
            lines["needed"] = _path([last, Point(x, y)])
    return lines


def _fan(one: Outlook, frame: _Frame) -> dict[str, Any]:
    """Return the projection as fields of the plot, and the rows of all that is ahead."""
    assert one.latest is not None  # noqa: S101  # the caller has looked
    fan = one.projection.fan if one.projection else ()
    last = frame.at(time(one.latest.period), one.latest.value)
    high, low = ([frame.at(year.year, getattr(year, end)) for year in fan] for end in ("high", "low"))
    return {
        "band": _path([last, *high, *reversed(low)]) + "Z" if fan else "",
        "median": _path([last, *(frame.at(year.year, year.median) for year in fan)]) if fan else "",
        "ahead": tuple(_ahead(one, frame)),
    }


def _ahead(one: Outlook, frame: _Frame) -> Iterator[PlotRow]:
    """Yield what is ahead, year by year: what is projected, and what the pace needed would come to."""
    assert one.latest is not None  # noqa: S101  # the caller has looked
    unit, needed = one.latest.unit, dict(_needed(one, one.latest))
    fan = {year.year: year for year in (one.projection.fan if one.projection else ())}
    for year in sorted(fan.keys() | needed.keys()):
        shown, wanted = fan.get(year), needed.get(year)
        yield PlotRow(
            period=str(year),
            at=frame.at(year, shown.median if shown else needed[year]),
            value=amount(shown.median, unit, digits=3) if shown else "",
            interval=_range(shown.low, shown.high, unit) if shown else "",
            needed=amount(wanted, unit, digits=3) if wanted is not None else "",
        )


def _needed(one: Outlook, latest: Observation) -> Iterator[tuple[int, float]]:
    if one.needed is None or one.deadline is None:
        return
    begin = time(latest.period)
    for year in range(math.floor(begin) + 1, one.deadline.year + 1):
        yield year, latest.value + one.needed * (year - begin)


def _observed(row: Observation, editions: Sequence[Observation], at: Point) -> PlotRow:
    earlier = (f"{amount(one.value, one.unit)} ({edition_words(one)})" for one in editions[:-1])
    return PlotRow(
        period=row.period,
        at=at,
        value=amount(row.value, row.unit) + (" (estimate)" if row.estimate else ""),
        edition=edition_words(row),
        earlier=tuple(earlier),
    )


def _goal(level: Level) -> str:
    return f"{'' if level.at_least else 'at most '}{amount(level.value, level.unit, digits=3)}"


def _range(low: float, high: float, unit: str) -> str:
    return f"{amount(low, unit, digits=3)} to {amount(high, unit, digits=3)}"


def _from_to(series: Sequence[Observation]) -> str:
    first, last = series[0], series[-1]
    return (
        f"{amount(first.value, first.unit, digits=3)} in {first.period} to "
        f"{amount(last.value, last.unit, digits=3)} in {last.period}"
    )


def _told(series: Series, newest: Sequence[Observation], one: Outlook | None) -> str:
    told = f"{series.indicator.title}, {series.entity.name}: {_from_to(newest)}."
    if one is None or one.level is None:
        return told
    told += f" Target: {_goal(one.level)}{f' by {one.deadline}' if one.deadline else ''}."
    if one.projection:
        found, unit = one.projection, one.level.unit
        told += f" Projected for {found.year}: {amount(found.median, unit, digits=3)}, "
        told += f"80% interval {_range(found.low, found.high, unit)}."
    return told


def _unit(series: Series, last: Observation, word: str) -> str:
    indicator = series.indicator
    unit = last.unit if indicator.unit == NATIONAL_CURRENCY else unit_of(indicator)
    return " ".join(filter(None, (word, unit.removeprefix("count").strip() if word else unit)))


def _size(unit: str, values: Sequence[float]) -> tuple[float, str]:
    """Return by what to divide the values of an axis, and its word."""
    largest = max(map(abs, values))
    if unit != "percent":
        for word, size in _SIZES:
            if largest >= size:
                return size, word
    return 1.0, ""


def _across(frame: _Frame) -> Iterator[Tick]:
    years = frame.last - frame.first
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if years / step < _ACROSS)
    first = math.ceil(frame.first / step) * step
    for number, year in enumerate(range(first, math.floor(frame.last) + 1, step)):
        yield Tick(frame.x(year), str(year), minor=bool(number % 2))


def _up(frame: _Frame, size: float) -> Iterator[Tick]:
    low, high = frame.low / size, frame.high / size
    rough = (high - low) / _UP
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough * (1 - 1e-9))
    for number in range(math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9) + 1):
        yield Tick(frame.y(number * step * size), f"{number * step:,.6g}")


def _path(points: Iterable[Point]) -> str:
    return "M" + "L".join(f"{point.x:g} {point.y:g}" for point in points)
