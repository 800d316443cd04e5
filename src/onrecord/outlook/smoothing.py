"""Exponential smoothing with a damped trend, for a panel of yearly series and several settings at once.

The method is Gardner and McKenzie's (Management Science 31, 1985): a level and a trend that follow each new value, and
a trend that wears off. Two things differ from the textbook. It starts without a trend, so that a short series without
one is forecast as `no change`. And its settings are learnt from all series of an indicator together
(`bench/backtest.py`), for a dozen yearly values cannot tell three of them apart.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from msgspec import Struct

Array: TypeAlias = npt.NDArray[np.float64]

_WEIGHT_OF_THE_PANEL = 4.0
"""How many yearly changes of its own a series needs to count as much as the panel in its scale."""


class Setting(Struct, frozen=True):
    """How fast level and trend follow new values (`alpha`, `beta`); what is left of a trend after a year (`phi`)."""

    alpha: float
    beta: float
    phi: float


NO_CHANGE = Setting(1.0, 0.0, 1.0)
"""The forecast that any other has to beat: the latest value stays."""


def smooth(panel: Array, settings: list[Setting]) -> tuple[Array, Array]:
    """Return level and trend a year after each year of `panel` (series x years, NaN where there is no value).

    Both are settings x series x years, in the panel's unit and in that a year; the level is NaN before the first value.
    """
    alpha, beta, phi = (np.array([[getattr(one, name)] for one in settings]) for name in ("alpha", "beta", "phi"))
    level = np.full((len(settings), len(panel)), np.nan)
    trend = np.zeros_like(level)
    levels, trends = [], []
    for values in panel.T:
        expected, kept = level + phi * trend, phi * trend
        surprise = np.where(np.isnan(values), 0.0, values - expected)
        begins = np.isnan(level)
        level = np.where(begins, values, expected + alpha * surprise)
        trend = np.where(begins, 0.0, kept + alpha * beta * np.nan_to_num(surprise))
        levels.append(level)
        trends.append(trend)
    return np.stack(levels, axis=2), np.stack(trends, axis=2)


def years_of_trend(phi: float | Array, years: int) -> Array:
    """Return how many years' worth of today's trend are still to come within `years`: phi + phi^2 + ..."""
    return np.asarray(np.sum([np.power(phi, n) for n in range(1, years + 1)], axis=0))


def changes(panel: Array) -> tuple[Array, Array]:
    """Return up to each year the sum of absolute changes from value to value, and their number; series x years.

    A change over a gap of n years counts as the square root of n yearly ones would: by 1/sqrt(n) of its size.
    """
    sums, counts = np.zeros_like(panel), np.zeros_like(panel)
    total, number = np.zeros(len(panel)), np.zeros(len(panel))
    latest, since = np.full(len(panel), np.nan), np.zeros(len(panel))
    for year, values in enumerate(panel.T):
        since += 1
        here = ~np.isnan(values)
        changed = here & ~np.isnan(latest)
        total += np.where(changed, np.abs(np.nan_to_num(values - latest)) / np.sqrt(since), 0.0)
        number += changed
        latest, since = np.where(here, values, latest), np.where(here, 0.0, since)
        sums[:, year], counts[:, year] = total, number
    return sums, counts


def scale(total: Array, number: Array, usual: float | Array) -> Array:
    """Return the usual change from a year to the next: of the series itself, drawn towards the panel's `usual` one."""
    return np.asarray((total + _WEIGHT_OF_THE_PANEL * usual) / (number + _WEIGHT_OF_THE_PANEL))
