"""The rolling-origin backtest of outlook's projections, and what the package learns from it.

    python -m bench.backtest

From every year since 1995 each built-in series is forecast up to 15 years ahead with nothing but what the years until
then could teach: setting, usual change and spread are learnt anew each year, from outcomes known by then. Writes the
figures to bench/results.json, the tables into docs/outlook.md and, from all outcomes, src/onrecord/outlook/learnt.json.
"""

from __future__ import annotations

import datetime as dt
import json
import statistics
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import NormalDist
from typing import Any, NamedTuple

import msgspec
import numpy as np
import numpy.typing as npt

from bench.outlook_errors import GRID, HORIZONS, Errors, Floats, Ints, errors, panel
from bench.outlook_tables import fill
from bench.results import save
from onrecord import figures
from onrecord.outlook import group_outlook, projection
from onrecord.outlook.projection import Learnt, Table

FIRST = 1995
WARM_UP = 8
"""Years before `FIRST` from which forecasts are made too, only to learn how much wider intervals must be."""
LEVELS = (0.005, 0.025, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.975, 0.995)
LOW, MIDDLE, HIGH = (LEVELS.index(level) for level in (0.1, 0.5, 0.9))
ENOUGH = 100
"""Errors of an indicator that it takes to learn from it."""
ENOUGH_AHEAD = 20
"""Errors at one horizon that it takes to learn a spread."""
CLEARLY = 0.98
"""A setting is taken only where its errors were at most this share of those of `no change`."""
WEIGHT_OF_ALL = 8
"""How many years of origin an indicator needs to count as much as all indicators together in its spread."""
WIDEST = 3.0
GROWING = ("population", "gdp_current_usd", "gdp_current_national_currency")
"""What nearly always grows: `no change` is easily beaten there, so the table tells the others apart."""


class Known(NamedTuple):
    """What can be learnt of an indicator by a year."""

    setting: int
    spread: Floats
    """Horizons x levels, zero in the middle; NaN where errors are too few."""
    origins: Floats
    """Years of origin by horizon."""


class Checked(NamedTuple):
    """Forecasts of one indicator from one year and what came, as arrays; all errors in usual yearly changes."""

    indicator: str
    horizon: Ints
    error: Floats
    no_change: Floats
    beyond: Floats
    """Distance from the forecast in half-widths of the 80% interval before widening: at most 1 is within."""
    within: npt.NDArray[np.bool_]


def losses(one: Errors, year: int) -> Floats:
    """Return each setting's loss known by `year` against that of `no change`; errors weigh 1/sqrt(years ahead)."""
    past = one.origin + one.horizon <= year
    sums = np.abs(one.errors[:, past]) @ (1 / np.sqrt(one.horizon[past]))
    return np.asarray(sums / sums[0])


def setting(own: Floats, everyone: Floats, origins: float) -> int:
    """Return the place in the grid of what served best; the fewer the origins, the more what serves all counts."""
    drawn = (origins * own + WEIGHT_OF_ALL * everyone) / (origins + WEIGHT_OF_ALL)
    best = int(drawn.argmin())
    return best if drawn[best] <= CLEARLY else 0


def learn(one: Errors, year: int, everyone: Floats) -> Known | None:
    """Return what the errors known by `year` teach; None where they are too few. `everyone` has the losses of all."""
    past = one.origin + one.horizon <= year
    if past.sum() < ENOUGH:
        return None
    best = setting(losses(one, year), everyone, len(np.unique(one.origin[past])))
    spread, origins = np.full((HORIZONS, len(LEVELS)), np.nan), np.zeros(HORIZONS)
    for horizon in range(1, HORIZONS + 1):
        here = past & (one.horizon == horizon)
        if here.sum() >= ENOUGH_AHEAD:
            quantiles = np.quantile(one.errors[best, here], LEVELS)
            # about the forecast: a past that always erred to one side (rearmament since 2022) need not go on so
            spread[horizon - 1] = quantiles - quantiles[MIDDLE]
            origins[horizon - 1] = len(np.unique(one.origin[here]))
    return Known(best, spread, origins)


def learn_all(found: dict[str, Errors], year: int) -> dict[str, Known | None]:
    """Return what can be learnt of every indicator by `year`."""
    enough = [one for one in found.values() if (one.origin + one.horizon <= year).sum() >= ENOUGH]
    everyone = np.median([losses(one, year) for one in enough], axis=0) if enough else np.ones(len(GRID))
    return {name: learn(one, year, everyone) for name, one in found.items()}


def together(known: list[Known]) -> Floats:
    """Return the spread of all indicators, the mean of theirs; beyond their horizons by the square root of time."""
    stacked = np.stack([one.spread for one in known])
    counts = (~np.isnan(stacked)).sum(axis=0)
    spread = np.nansum(stacked, axis=0) / np.maximum(counts, 1)
    for n in range(1, HORIZONS):
        if not counts[n].all():
            spread[n] = spread[n - 1] * np.sqrt((n + 1) / n)
    return spread


def mixed(one: Known | None, everyone: Floats) -> Floats:
    """Return an indicator's spread, drawn towards that of all the more the fewer years it was seen in."""
    if one is None:
        return everyone
    own = one.origins[:, None]
    spread = (own * np.nan_to_num(one.spread) + WEIGHT_OF_ALL * everyone) / (own + WEIGHT_OF_ALL)
    # what is farther ahead is never surer, even where few origins make it look so
    spread[:, :MIDDLE] = np.minimum.accumulate(spread[:, :MIDDLE])
    spread[:, MIDDLE:] = np.maximum.accumulate(spread[:, MIDDLE:])
    return spread


def widening(checked: dict[int, list[Checked]], year: int) -> Floats:
    """Return by horizon how much wider the intervals of the past had to be to hold 80% of what came by `year`.

    The past is calmer than the future: long forecasts are learnt from old origins. Never narrower, nor for a longer
    horizon less than for a shorter one.
    """
    wider = np.ones(HORIZONS)
    for horizon in range(1, HORIZONS + 1):
        seen = [one for origin, some in checked.items() if origin + horizon <= year for one in some]
        beyond = np.concatenate([one.beyond[one.horizon == horizon] for one in seen]) if seen else np.array([])
        before = wider[horizon - 2] if horizon > 1 else 1.0
        needed = float(np.quantile(beyond, 0.8)) if len(beyond) >= 200 else 1.0
        wider[horizon - 1] = np.clip(max(before, needed), 1.0, WIDEST)
    return wider


def widened(spread: Floats, wider: Floats) -> Floats:
    """Return a spread stretched about the forecast."""
    return spread * wider[:, None]


def check(indicator: str, one: Errors, year: int, known: Known | None, spread: Floats, wider: Floats) -> Checked | None:
    """Return how the forecasts from `year` fared; None where there are none."""
    now = one.origin == year
    if not now.any():
        return None
    horizon, place = one.horizon[now], one.horizon[now] - 1
    error = one.errors[known.setting if known else 0, now]
    beyond = error / np.where(error >= 0, spread[place, HIGH], spread[place, LOW])
    return Checked(indicator, horizon, error, one.errors[0, now], beyond, beyond <= wider[place])


def roll(found: dict[str, Errors]) -> tuple[dict[int, list[Checked]], int]:
    """Return the checked forecasts by their year of origin, and the last year of any outcome."""
    last = max(int((one.origin + one.horizon).max()) for one in found.values())
    checked: dict[int, list[Checked]] = {}
    for year in range(FIRST - WARM_UP, last):
        known = learn_all(found, year)
        enough = [one for one in known.values() if one]
        if enough:
            everyone, wider = together(enough), widening(checked, year)
            fared = (check(n, e, year, known[n], mixed(known[n], everyone), wider) for n, e in found.items())
            checked[year] = [one for one in fared if one]
    return checked, last


def common(one: Errors, place: int) -> float:
    """Return the correlation of two entities' errors from the same year: of normal scores, by horizon."""
    normal, found = NormalDist(), []
    for horizon in range(1, HORIZONS + 1):
        here = np.flatnonzero(one.horizon == horizon)
        ranks = (one.errors[place, here].argsort().argsort() + 0.5) / max(len(here), 1)
        scores = np.array([normal.inv_cdf(rank) for rank in ranks])
        for origin in np.unique(one.origin[here]):
            group = scores[one.origin[here] == origin]
            if len(group) >= 10:
                found.append((group.mean() ** 2 - 1 / len(group)) / (1 - 1 / len(group)))
    return round(float(np.clip(np.mean(found), 0, 0.9)), 2) if found else 0.0


def table(found: dict[str, Errors], checked: dict[int, list[Checked]], last: int) -> Table:
    """Return what all outcomes together teach: what the package projects with."""
    known = learn_all(found, last)
    everyone, wider = together([one for one in known.values() if one]), widening(checked, last)
    held = {name: row["held"] for name, row in by_indicator(checked).items()}
    learnt = {}
    for name, one in found.items():
        teacher = known[name]
        place = teacher.setting if teacher else 0
        learnt[name] = Learnt(
            setting=GRID[place],
            usual=float(f"{one.usual[max(one.usual)]:.4g}"),
            common=common(one, place),
            held=held.get(name),
            spread=_rounded(widened(mixed(teacher, everyone), wider)),
        )
    usual = float(np.median([one.common for one in learnt.values()]))
    every = Learnt(setting=GRID[0], usual=None, common=usual, held=None, spread=_rounded(widened(everyone, wider)))
    return Table(LEVELS, learnt, every)


def _rounded(spread: Floats) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(round(float(value), 3) for value in row) for row in spread)


def by_horizon(checked: dict[int, list[Checked]]) -> dict[str, dict[str, float]]:
    """Return the figures over all indicators, by horizon in years."""
    every = list(_since_first(checked))
    rows = {"all": _figures(every, range(1, HORIZONS + 1))}
    others = [one for one in every if one.indicator not in GROWING]
    rows["without population and GDP"] = _figures(others, range(1, HORIZONS + 1))
    return rows | {str(horizon): _figures(every, (horizon,)) for horizon in range(1, HORIZONS + 1)}


def by_indicator(checked: dict[int, list[Checked]]) -> dict[str, dict[str, float]]:
    """Return the figures of each indicator, over all horizons."""
    every = list(_since_first(checked))
    names = dict.fromkeys(one.indicator for one in every)
    return {name: _figures([one for one in every if one.indicator == name], range(1, HORIZONS + 1)) for name in names}


def _since_first(checked: dict[int, list[Checked]]) -> Iterator[Checked]:
    for year, some in checked.items():
        if year >= FIRST:
            yield from some


def _figures(some: list[Checked], horizons: tuple[int, ...] | range) -> dict[str, float]:
    here = [np.isin(one.horizon, horizons) for one in some]
    error = np.concatenate([np.abs(one.error[mask]) for one, mask in zip(some, here, strict=True)])
    still = np.concatenate([np.abs(one.no_change[mask]) for one, mask in zip(some, here, strict=True)])
    within = np.concatenate([one.within[mask] for one, mask in zip(some, here, strict=True)])
    return {
        "forecasts": len(error),
        "held": round(float(within.mean()), 3),
        "error": round(float(error.mean()), 3),
        "error of no change": round(float(still.mean()), 3),
        "ratio": round(float(error.sum() / still.sum()), 3),
    }


def seconds() -> float:
    """Return how long the outlook of NATO's 32 members takes, 10,000 draws each, figures loaded: median of seven."""
    known, taken = figures.load(), []
    for _ in range(8):
        start = time.perf_counter()
        group_outlook(known, "nato_defence_exp_pct_gdp", "NATO", "3.5%", by=dt.date(2035, 12, 31))
        taken.append(time.perf_counter() - start)
    return round(statistics.median(taken[1:]), 2)


def main() -> None:
    """Run the backtest and write what it found."""
    known = figures.load()
    found = {one.id: errors(*panel(known, one.id)) for one in known.indicators}
    checked, last = roll(found)
    results: dict[str, Any] = {"by horizon": by_horizon(checked), "by indicator": by_indicator(checked)}
    learnt = msgspec.json.encode(table(found, checked, last))
    Path(projection.__file__).with_name("learnt.json").write_bytes(msgspec.json.format(learnt, indent=0) + b"\n")
    save("backtest", {"32 members, seconds": seconds(), **results})
    fill()
    print(json.dumps(results["by horizon"]["all"]))


if __name__ == "__main__":
    main()
