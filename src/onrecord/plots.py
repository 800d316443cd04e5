"""Plots of outlooks, drawn with Vega-Altair and written by vl-convert: no browser, no network.

A plot is SVG, PNG or one self-contained HTML page, by its file's ending. What is shown is labelled where it stands.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from onrecord.errors import UsageError
from onrecord.figures.rows import unit_of
from onrecord.outlook.standing import time
from onrecord.outlook.targets import amount
from onrecord.outlook.values import GroupOutlook, Outlook

if TYPE_CHECKING:
    from onrecord.figures import Figures

ENDINGS: Final = ("svg", "png", "html")
_WIDTH: Final = 620
_HEIGHT: Final = 340
_ROW: Final = 19
"""Height of a member's row, in pixels."""
_APART: Final = 0.055
"""Least distance of two labels on the right, as a share of the height."""
_SERIES, _EDITIONS, _TARGET, _NEEDED, _FAN = "#1b4f8a", "#9aa5b1", "#b3261e", "#8a5a00", "#3f7fbf"
_DEADLINE: Final = "#5f6b76"
_LETTERS: Final = 104
"""Letters of a line under the title."""


def draw(found: Outlook | GroupOutlook, known: Figures, path: Path) -> None:
    """Write a plot of an outlook to `path`.

    Raises:
        UsageError: The ending is none of `ENDINGS`, there is nothing to draw, the folder does not take the file, or
            the extra `plots` is not installed.
    """
    ending = path.suffix.removeprefix(".").lower()
    if ending not in ENDINGS:
        raise UsageError(f"--plot {path}: the ending must be one of {', '.join(ENDINGS)}")
    try:
        import altair
        import vl_convert
    except ImportError as error:
        raise UsageError("plots need the extra `plots`: pip install 'onrecord[plots]'") from error
    chart = _entity_chart(altair, found, known) if isinstance(found, Outlook) else _group_chart(altair, found, known)
    spec = chart.to_dict()
    try:
        if ending == "png":
            path.write_bytes(vl_convert.vegalite_to_png(spec, scale=2))
        else:
            convert = vl_convert.vegalite_to_svg if ending == "svg" else _html
            path.write_text(convert(spec), encoding="utf-8")
    except OSError as error:
        raise UsageError(f"--plot {path}: cannot be written: {error.strerror}") from error


def _html(spec: dict[str, Any]) -> str:
    import vl_convert

    return str(vl_convert.vegalite_to_html(spec, bundle=True))


def _entity_chart(alt: Any, one: Outlook, known: Figures) -> Any:
    if one.latest is None or one.level is None:
        raise UsageError(f"nothing to draw: {one.reason}")
    scale = _scale(one.latest.unit, _history(one, known, editions=True), one)
    layers = [
        *_fan(alt, one, scale),
        *_series(alt, one, known, scale),
        *_target(alt, one, scale),
        *_ends(alt, one, scale),
    ]
    told = "Line: newest edition. Grey dots: earlier editions." + (" Band: 80% interval." if one.projection else "")
    told += " Dotted: pace needed." if one.needed is not None else ""
    goal = f"{'at most ' if not one.level.at_least else ''}{_short(one.level.value, one.level.unit)}"
    goal += f" by {one.deadline.year}" if one.deadline else ""
    heading = f"{one.entity.name}: {goal} – {one.status}"
    return _finished(alt, alt.layer(*layers).properties(width=_WIDTH, height=_HEIGHT), heading, told, one, known)


def _series(alt: Any, one: Outlook, known: Figures, scale: _Scale) -> list[Any]:
    earlier = [{"x": x, "y": y / scale.size} for x, y in _history(one, known, editions=True)]
    newest = [{"x": x, "y": y / scale.size} for x, y in _history(one, known, editions=False)]
    x, y = scale.axes(alt)
    return [
        alt.Chart(alt.Data(values=earlier))
        .mark_point(color=_EDITIONS, filled=True, size=22, opacity=0.7)
        .encode(x=x, y=y),
        alt.Chart(alt.Data(values=newest))
        .mark_line(color=_SERIES, point={"color": _SERIES, "size": 28})
        .encode(x=x, y=y),
    ]


def _fan(alt: Any, one: Outlook, scale: _Scale) -> list[Any]:
    if one.projection is None or one.latest is None:
        return []
    start = {"x": time(one.latest.period), "low": one.latest.value, "y": one.latest.value, "high": one.latest.value}
    years = [{"x": year.year, "low": year.low, "y": year.median, "high": year.high} for year in one.projection.fan]
    rows = [
        {name: value if name == "x" else value / scale.size for name, value in row.items()} for row in (start, *years)
    ]
    x, y = scale.axes(alt)
    base = alt.Chart(alt.Data(values=rows))
    band = base.mark_area(color=_FAN, opacity=0.25).encode(x=x, y=alt.Y("low:Q", title=scale.title), y2="high:Q")
    return [band, base.mark_line(color=_FAN, strokeWidth=2).encode(x=x, y=y)]


def _target(alt: Any, one: Outlook, scale: _Scale) -> list[Any]:
    assert one.level is not None  # noqa: S101  # the caller has looked
    assert one.latest is not None  # noqa: S101
    target = one.level.value / scale.size
    x, y = scale.axes(alt)
    ends = alt.Data(values=[{"x": scale.first, "y": target}, {"x": scale.last, "y": target}])
    layers = [alt.Chart(ends).mark_line(color=_TARGET, strokeDash=[6, 4]).encode(x=x, y=y)]
    if one.deadline:
        top = alt.Chart(alt.Data(values=[{"x": one.deadline.year, "y": scale.high}]))
        layers.append(top.mark_rule(color=_DEADLINE, strokeDash=[2, 3]).encode(x=x))
    if one.needed is not None and one.deadline:
        way = [(time(one.latest.period), one.latest.value / scale.size), (one.deadline.year, target)]
        rows = alt.Data(values=[{"x": a, "y": b} for a, b in way])
        layers.append(alt.Chart(rows).mark_line(color=_NEEDED, strokeDash=[2, 2], strokeWidth=2).encode(x=x, y=y))
    return layers


def _ends(alt: Any, one: Outlook, scale: _Scale) -> list[Any]:
    """Return the labels to the right of the plot, moved apart where they would overlap."""
    assert one.level is not None  # noqa: S101  # the caller has looked
    unit = one.level.unit
    labels = [(one.level.value, f"target {_short(one.level.value, unit)}", _TARGET)]
    if one.projection:
        found = one.projection
        labels += [(found.median, f"projection {_short(found.median, unit)}", _FAN)]
        labels += [(found.high, _short(found.high, unit), _FAN), (found.low, _short(found.low, unit), _FAN)]
    labels = [(value / scale.size, text, colour) for value, text, colour in labels]
    x, y = scale.axes(alt)
    layers = []
    for (_, text, colour), at in zip(labels, _apart([value for value, _, _ in labels], scale), strict=True):
        row = alt.Data(values=[{"x": scale.last, "y": at, "text": text}])
        mark = alt.Chart(row).mark_text(align="left", dx=6, color=colour, fontSize=11)
        layers.append(mark.encode(x=x, y=y, text="text:N"))
    return [*layers, *_deadline(alt, one, scale)]


def _deadline(alt: Any, one: Outlook, scale: _Scale) -> list[Any]:
    """Return the label above the deadline's line."""
    if one.deadline is None:
        return []
    x, y = scale.axes(alt)
    row = alt.Data(values=[{"x": one.deadline.year, "y": scale.high, "text": f"deadline {one.deadline.year}"}])
    mark = alt.Chart(row).mark_text(dy=-8, color=_DEADLINE, fontSize=11)
    return [mark.encode(x=x, y=y, text="text:N")]


def _group_chart(alt: Any, group: GroupOutlook, known: Figures) -> Any:
    rated = [one for one in group.members if one.latest and one.level]
    if not rated:
        raise UsageError("nothing to draw: no member has a value")
    whole, unit = group.whole, rated[0].latest.unit if rated[0].latest else ""
    size, word = _size(unit, [one.latest.value for one in rated if one.latest])
    rows = [_member(one, size) for one in rated]
    names = [row["name"] for row in rows]
    y = alt.Y("name:N", sort=names, title=None, axis=alt.Axis(ticks=False, domain=False))
    base = alt.Chart(alt.Data(values=rows))
    title = _axis(whole, known, word)
    layers = [
        base.mark_bar(color=_FAN, opacity=0.3, height=8).encode(x=alt.X("low:Q", title=title), x2="high:Q", y=y),
        base.mark_tick(color=_FAN, thickness=2, size=10).encode(x="median:Q", y=y),
        base.mark_point(color=_SERIES, filled=True, size=50, opacity=1).encode(x=alt.X("latest:Q", title=title), y=y),
        base.mark_tick(color=_TARGET, thickness=2, size=15).encode(x="target:Q", y=y),
    ]
    year = whole.deadline.year if whole.deadline else None
    told = "Dot: latest value. Red: target." + (
        f" Bar: 80% interval for {year}, its tick the projection." if year else ""
    )
    missing = [one.entity.name for one in group.members if one not in rated]
    told += f" Without a value: {', '.join(missing)}." if missing else ""
    heading = f"{whole.entity.name}: {whole.target.text}{f' by {year}' if year else ''}, member by member"
    chart = alt.layer(*layers).properties(width=_WIDTH, height=_ROW * len(rows))
    return _finished(alt, chart, heading, told, rated[0], known)


def _member(one: Outlook, size: float) -> dict[str, Any]:
    found, level, latest = one.projection, one.level, one.latest
    assert level is not None and latest is not None  # noqa: S101, PT018  # only rated members are drawn
    ends = {"low": found.low / size, "median": found.median / size, "high": found.high / size} if found else {}
    return {"name": one.entity.name, "latest": latest.value / size, "target": level.value / size, **ends}


def _finished(alt: Any, chart: Any, heading: str, told: str, one: Outlook, known: Figures) -> Any:
    credit = one.latest.attribution if one.latest else ""
    lines = [known.indicator(one.indicator).title, *textwrap.wrap(told, _LETTERS), *textwrap.wrap(credit, _LETTERS)]
    title = alt.TitleParams(text=heading, subtitle=lines, anchor="start", fontSize=15, subtitleColor="#555", offset=22)
    view = chart.properties(title=title, padding=12, background="white")
    return view.configure_view(stroke=None).configure_axis(labelFontSize=11, titleFontSize=11, gridColor="#eee")


class _Scale:
    """What the axes of one entity's plot share: first and last year, lowest and highest value, and their unit."""

    def __init__(self, first: float, last: float, low: float, high: float, size: float, title: str) -> None:
        self.first, self.last, self.low, self.high, self.size, self.title = first, last, low, high, size, title

    def axes(self, alt: Any) -> tuple[Any, Any]:
        """Return the channels `x` (a year) and `y` (a value in the axis's unit)."""
        across = alt.Scale(domain=[self.first, self.last], nice=False)
        up = alt.Scale(domain=[self.low, self.high], nice=False, zero=False)
        years = alt.Axis(format="d", tickMinStep=1, grid=False)
        return alt.X("x:Q", scale=across, axis=years, title=None), alt.Y("y:Q", scale=up, title=self.title)


def _scale(unit: str, history: Sequence[tuple[float, float]], one: Outlook) -> _Scale:
    assert one.level is not None  # noqa: S101  # the caller has looked
    fan = one.projection.fan if one.projection else ()
    values = [value for _, value in history] + [one.level.value]
    values += [value for year in fan for value in (year.low, year.high)]
    years = [year for year, _ in history] + ([float(one.deadline.year)] if one.deadline else [])
    size, word = _size(unit, values)
    low, high = min(values) / size, max(values) / size
    room = (high - low or abs(high) or 1.0) * 0.08
    bottom = low - room if low - room > 0 or low < 0 else 0.0
    title = f"{word} {unit}".strip() if unit != "percent" else "percent"
    return _Scale(min(years), max(years), bottom, high + room, size, title)


def _apart(values: Sequence[float], scale: _Scale) -> list[float]:
    """Return heights of labels near `values` that keep their order and their distance."""
    least = _APART * (scale.high - scale.low)
    order = sorted(range(len(values)), key=values.__getitem__)
    placed = dict.fromkeys(order, 0.0)
    below = -float("inf")
    for n in order:
        placed[n] = below = max(values[n], below + least)
    over = below - max(values)
    return [placed[n] - over / 2 for n in range(len(values))]


def _history(one: Outlook, known: Figures, *, editions: bool) -> list[tuple[float, float]]:
    series = known.series(one.indicator, one.entity.code, as_of=one.as_of, editions=editions).observations
    return [(time(row.period), row.value) for row in series]


def _size(unit: str, values: Sequence[float]) -> tuple[float, str]:
    """Return by what to divide values for the axis, and its word."""
    largest = max(map(abs, values))
    if unit != "percent":
        for word, size in (("trillion", 1e12), ("billion", 1e9), ("million", 1e6)):
            if largest >= size:
                return size, word
    return 1.0, ""


def _axis(one: Outlook, known: Figures, word: str) -> str:
    return f"{word} {unit_of(known.indicator(one.indicator))}".strip()


def _short(value: float, unit: str) -> str:
    return amount(value, unit, digits=3)
