"""Projections: a damped trend learnt from all series of an indicator, and the spread of what came of such forecasts.

`learnt.json` is made by `make backtest` from the built-in series: for each indicator the setting of the smoothing that
served best, the usual yearly change, and by horizon the quantiles of past errors in multiples of that change. An
indicator that is not in it gets the setting `no change` and the spread of all indicators together.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
from msgspec import Struct

from onrecord.figures.values import IndicatorKind
from onrecord.outlook.smoothing import Array, Setting, changes, scale, smooth, years_of_trend

DRAWS: Final = 10_000
SEED: Final = 20250609
"""Seed of the draws: the same figures give the same projection."""
FARTHEST: Final = 50
"""Most years ahead that are projected; 15 were checked."""
LEAST: Final = 5
"""Fewest yearly values that are projected: with fewer, nothing was checked."""

_FILE: Final = Path(__file__).parent / "learnt.json"
_LARGEST_EXPONENT: Final = 700.0


class Learnt(Struct, frozen=True, kw_only=True):
    """What the past of an indicator says about forecasts of it."""

    setting: Setting
    usual: float | None
    """Median over the series of the usual yearly change, in percentage points for shares, in logarithms else."""
    common: float
    """Correlation of the errors of any two entities, 0 to 1."""
    held: float | None
    """Share of outcomes that 80% intervals held in the backtest."""
    spread: tuple[tuple[float, ...], ...]
    """By horizon from one year on: errors at `Table.levels`, in multiples of the usual yearly change."""

    def errors(self, years: int) -> Array:
        """Return the errors at `Table.levels` after so many years; beyond those checked, by the square root of time."""
        checked = len(self.spread)
        return np.asarray(np.array(self.spread[min(years, checked) - 1]) * max(1.0, years / checked) ** 0.5)


class Table(Struct, frozen=True):
    """The file: levels of the quantiles (0 to 1), and what was learnt for each indicator and for all together."""

    levels: tuple[float, ...]
    indicators: dict[str, Learnt]
    all: Learnt

    def learnt(self, indicator: str) -> Learnt:
        """Return what was learnt for an indicator, else for all."""
        return self.indicators.get(indicator, self.all)


class Past(Struct, frozen=True, kw_only=True):
    """Where a series stands: level and trend a year, its usual yearly change, as logarithms or not."""

    level: float
    trend: float
    change: float
    logarithms: bool
    ceiling: float
    """Largest value that can be meant: 100 for a share, or its latest value if that is larger."""


@cache
def table() -> Table:
    """Return what was learnt."""
    return msgspec.json.decode(_FILE.read_bytes(), type=Table)


def transformed(values: Sequence[float], kind: IndicatorKind) -> Array | None:
    """Return yearly values as they are projected: shares as they are, all else as logarithms; None if there is none."""
    plain = np.array(values, dtype=np.float64)
    if kind == "share":
        return plain
    return np.log(plain) if (plain > 0).all() else None


def past(years: Sequence[int], values: Sequence[float], kind: IndicatorKind, learnt: Learnt) -> Past | str:
    """Return where a yearly series stands, in order of time; a string says why it cannot be projected."""
    if len(values) < LEAST:
        return f"{len(values)} yearly values; fewer than {LEAST} are not projected"
    series = transformed(values, kind)
    if series is None:
        return "a value at or below zero, which has no logarithm"
    panel = np.full((1, years[-1] - years[0] + 1), np.nan)
    panel[0, np.array(years) - years[0]] = series
    levels, trends = smooth(panel, [learnt.setting])
    total, number = (part[0, -1] for part in changes(panel))
    usual = total / number if learnt.usual is None else learnt.usual
    return Past(
        level=float(levels[0, 0, -1]),
        trend=float(trends[0, 0, -1]),
        change=float(scale(total, number, usual)),
        logarithms=kind != "share",
        ceiling=max(100.0, values[-1]) if kind == "share" else float("inf"),
    )


def outcomes(one: Past, learnt: Learnt, years: int, chances: Array) -> Array:
    """Return the values after so many years below which they stay with `chances` (0 to 1), in the series' unit."""
    expected = one.level + float(years_of_trend(learnt.setting.phi, years)) * one.trend
    values = expected + one.change * np.interp(chances, table().levels, learnt.errors(years))
    if one.logarithms:
        return np.asarray(np.exp(np.clip(values, -_LARGEST_EXPONENT, _LARGEST_EXPONENT)))
    return np.clip(values, 0.0, one.ceiling)


def chances(entities: int, common: float, draws: int = DRAWS) -> Array:
    """Return entities x draws of chances between 0 and 1 whose errors hang together by `common` (0 to 1).

    Each row is a permutation of the same evenly spaced chances, so that an entity's interval and probability are the
    same whether it is drawn alone or in a group, and whatever the order.
    """
    generator = np.random.default_rng(SEED)
    shared = generator.standard_normal(draws)
    own = generator.standard_normal((entities, draws))
    mixed = common**0.5 * shared + (1 - common) ** 0.5 * own
    return np.asarray((mixed.argsort(axis=1).argsort(axis=1) + 0.5) / draws)
