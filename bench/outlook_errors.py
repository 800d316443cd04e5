"""Every forecast that the built-in series let be made and checked: from each year, with what was known then.

A series counts in its newest edition. Amounts, counts, rates and indices are taken as logarithms, shares as they are.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from onrecord.figures import Figures
from onrecord.outlook.projection import transformed
from onrecord.outlook.smoothing import NO_CHANGE, Setting, changes, scale, smooth, years_of_trend

HORIZONS = 15
"""Longest forecast, years."""
LEAST = 5
"""Fewest values that a series must have had before a forecast is checked."""
GRID = [
    NO_CHANGE,
    *(
        Setting(a, b, p)
        for a in (1.0, 0.85, 0.7, 0.5)
        for b in (0.1, 0.2, 0.3, 0.45, 0.6)
        for p in (0.8, 0.9, 0.95, 1.0)
    ),
    *(Setting(a, 0.0, 1.0) for a in (0.85, 0.7, 0.5)),
]

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


class Errors(NamedTuple):
    """Errors of one indicator: one column a checked forecast, in multiples of the series' usual yearly change."""

    series: Ints
    origin: Ints
    """Year from which was forecast."""
    horizon: Ints
    errors: Floats
    """One row a setting of the grid."""
    usual: dict[int, float]
    """Usual yearly change over the indicator's series, by the year in which it was known."""


def panel(known: Figures, indicator: str) -> tuple[int, Floats]:
    """Return the first year, and an indicator's series as rows of years, transformed; NaN where there is no value."""
    kind = known.indicator(indicator).kind
    rows = []
    for entity in known.entities(indicator):
        observations = known.series(indicator, entity).observations
        values = transformed([one.value for one in observations], kind)
        if values is not None:
            rows.append(dict(zip((int(one.period) for one in observations), values, strict=True)))
    first, last = min(min(row) for row in rows), max(max(row) for row in rows)
    return first, np.array([[row.get(year, np.nan) for year in range(first, last + 1)] for row in rows])


def errors(first: int, values: Floats) -> Errors:
    """Return the errors of every forecast of up to `HORIZONS` years that can be made in a panel and checked."""
    levels, trends = smooth(values, GRID)
    total, number = changes(values)
    with np.errstate(invalid="ignore", divide="ignore"):
        own = np.where(number >= 3, total / number, np.nan)
    usual = [float(np.nanmedian(year)) if np.isfinite(year).any() else np.nan for year in own.T]
    scales = scale(total, number, np.array(usual))
    phi = np.array([[[one.phi]] for one in GRID])
    found: list[list[npt.NDArray[Any]]] = [[], [], [], []]
    for horizon in range(1, min(HORIZONS, values.shape[1] - 1) + 1):
        now, then = slice(0, -horizon), slice(horizon, None)
        forecast = levels[:, :, now] + years_of_trend(phi, horizon) * trends[:, :, now]
        known = ~np.isnan(values[:, now]) & (number[:, now] >= LEAST - 1) & (scales[:, now] > 0)
        series, origin = np.nonzero(known & ~np.isnan(values[:, then]))
        missed = (values[:, then] - forecast)[:, series, origin] / scales[series, origin]
        for parts, part in zip(found, (series, first + origin, np.full(len(series), horizon), missed), strict=True):
            parts.append(part)
    return Errors(*(np.concatenate(parts, axis=-1) for parts in found), {first + n: one for n, one in enumerate(usual)})
