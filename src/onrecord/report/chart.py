"""The chart of an outlook in letters: series, target, deadline and projection, for a terminal."""

from __future__ import annotations

import plotext

from onrecord.figures import Figures
from onrecord.outlook import Outlook
from onrecord.outlook.standing import time

_HEIGHT = 14
_WIDEST = 100
_FEWEST = 2
_TICKS = 6


def chart(one: Outlook, known: Figures, *, width: int) -> str | None:
    """Return the chart of an outlook, at most `width` letters wide, without colours.

    None where there is no target in the series' unit, or no two values to draw.
    """
    values = known.series(one.indicator, one.entity.code, as_of=one.as_of).observations
    if one.level is None or len(values) < _FEWEST:
        return None
    years = [time(value.period) for value in values]
    fan = one.projection.fan if one.projection else ()
    last = max([years[-1], *(year.year for year in fan), *([one.deadline.year] if one.deadline else [])])
    plotext.clear_figure()
    plotext.theme("clear")
    plotext.plotsize(min(width, _WIDEST), _HEIGHT)
    plotext.plot([years[0], last], [one.level.value] * 2, marker="-")
    plotext.plot(years, [value.value for value in values], marker="braille")
    if fan:
        ahead = [year.year for year in fan]
        plotext.scatter(ahead, [year.low for year in fan], marker="·")
        plotext.scatter(ahead, [year.high for year in fan], marker="·")
        plotext.scatter(ahead, [year.median for year in fan], marker="•")
    if one.deadline:
        plotext.vline(one.deadline.year)
    ticks = _ticks(round(years[0]), round(last))
    plotext.xticks(ticks, [str(year) for year in ticks])
    drawn = "\n".join(line.rstrip() for line in plotext.uncolorize(plotext.build()).rstrip().splitlines())
    key = f"line: series; ---: target {one.target.text}"
    key += "; •: median projected, ·: its 80% interval" if fan else ""
    return f"{drawn}\n{key}" + ("; upright: deadline" if one.deadline else "")


def _ticks(first: int, last: int) -> list[int]:
    step = max(1, -(-(last - first) // _TICKS))
    return list(range(last, first - 1, -step))[::-1]
