"""Projections: what the smoothing does, that draws are fair and repeatable, and what the learnt file must keep to."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import figures
from onrecord.outlook import projection
from onrecord.outlook.projection import Past
from onrecord.outlook.smoothing import NO_CHANGE, Setting, changes, scale, smooth, years_of_trend

YEARS = list(range(2015, 2025))


def past(*values: float) -> Past:
    found = projection.past(YEARS[: len(values)], values, "share", projection.table().all)
    assert isinstance(found, Past)
    return found


def test_no_change_keeps_the_latest_value_and_no_trend() -> None:
    levels, trends = smooth(np.array([[1.0, 3.0, 2.0]]), [NO_CHANGE])
    assert levels.tolist() == [[[1.0, 3.0, 2.0]]]
    assert trends.tolist() == [[[0.0, 0.0, 0.0]]]


def test_level_and_trend_follow_by_hand() -> None:
    # level: 1, then 1 + 0.5 * (3 - 1) = 2; trend: 0.5 * 0.5 * (3 - 1) = 0.5; expected next: 2 + 0.8 * 0.5 = 2.4
    levels, trends = smooth(np.array([[1.0, 3.0, 2.4]]), [Setting(0.5, 0.5, 0.8)])
    assert levels[0, 0].tolist() == pytest.approx([1.0, 2.0, 2.4])
    assert trends[0, 0].tolist() == pytest.approx([0.0, 0.5, 0.4])


def test_a_gap_is_bridged_by_what_was_expected() -> None:
    levels, _ = smooth(np.array([[np.nan, 1.0, np.nan, 2.0]]), [NO_CHANGE])
    assert levels[0, 0, 1:].tolist() == [1.0, 1.0, 2.0]
    assert np.isnan(levels[0, 0, 0])


def test_a_trend_wears_off() -> None:
    assert float(years_of_trend(0.5, 3)) == 0.875
    assert float(years_of_trend(1.0, 3)) == 3.0


def test_a_change_over_a_gap_counts_by_the_root_of_its_years() -> None:
    total, number = changes(np.array([[1.0, 2.0, np.nan, np.nan, np.nan, 4.0]]))
    assert total[0].tolist() == [0.0, 1.0, 1.0, 1.0, 1.0, 2.0]
    assert number[0].tolist() == [0, 1, 1, 1, 1, 2]


def test_a_short_series_takes_its_scale_from_the_panel() -> None:
    assert float(scale(np.array(0.0), np.array(0.0), 0.2)) == pytest.approx(0.2)
    assert float(scale(np.array(4.0), np.array(4.0), 0.2)) == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("values", "kind", "reason"),
    [
        ((1.0, 2.0, 3.0), "share", "3 yearly values; fewer than 5 are not projected"),
        ((1.0, 2.0, 0.0, 2.0, 1.0), "amount", "a value at or below zero, which has no logarithm"),
    ],
)
def test_what_cannot_be_projected_says_why(values: tuple[float, ...], kind: str, reason: str) -> None:
    years = YEARS[: len(values)]
    assert projection.past(years, values, kind, projection.table().all) == reason  # type: ignore[arg-type]


def test_shares_stay_between_nothing_and_the_whole() -> None:
    learnt = projection.table().all
    low = projection.outcomes(past(0.1, 2.0, 0.1, 2.0, 0.1), learnt, 15, np.array([0.001, 0.999]))
    high = projection.outcomes(past(99.0, 80.0, 99.0, 80.0, 99.0), learnt, 15, np.array([0.999]))
    assert low[0] == 0.0
    assert high[0] == 100.0


def test_draws_are_the_same_every_time_and_evenly_spaced() -> None:
    first, second = projection.chances(3, 0.4, 1000), projection.chances(3, 0.4, 1000)
    assert first.tolist() == second.tolist()
    assert np.sort(first, axis=1) == pytest.approx(np.tile((np.arange(1000) + 0.5) / 1000, (3, 1)))


def test_errors_hang_together_as_told() -> None:
    apart, close = projection.chances(2, 0.0), projection.chances(2, 0.8)
    assert abs(np.corrcoef(apart)[0, 1]) < 0.05
    assert np.corrcoef(close)[0, 1] == pytest.approx(0.79, abs=0.03)


@given(st.lists(st.floats(0.2, 20), min_size=5, max_size=10), st.integers(1, 30), st.floats(0, 30), st.floats(0, 5))
def test_a_probability_is_one_and_falls_as_the_target_rises(
    values: list[float], years: int, target: float, more: float
) -> None:
    learnt = projection.table().all
    drawn = projection.outcomes(past(*values), learnt, years, projection.chances(1, learnt.common, 500)[0])
    easier, harder = (float(np.mean(drawn >= goal)) for goal in (target, target + more))
    assert 0 <= harder <= easier <= 1


@given(st.lists(st.floats(0.2, 20), min_size=5, max_size=10), st.integers(1, 29))
def test_what_is_farther_ahead_is_not_surer(values: list[float], years: int) -> None:
    one, learnt = past(*values), projection.table().all
    ends = np.array([0.1, 0.9])
    near, far = (projection.outcomes(one, learnt, ahead, ends) for ahead in (years, years + 1))
    assert far[1] - far[0] >= near[1] - near[0] - 1e-9 or far[0] == 0.0 or far[1] == one.ceiling


def test_every_built_in_indicator_was_learnt_and_its_spread_is_in_order() -> None:
    table = projection.table()
    assert set(table.indicators) == {one.id for one in figures.load().indicators}
    for learnt in (*table.indicators.values(), table.all):
        spread = np.array(learnt.spread)
        assert spread.shape == (15, len(table.levels))
        assert (np.diff(spread, axis=1) >= 0).all()
        assert not spread[:, table.levels.index(0.5)].any()
        assert 0 <= learnt.common <= 0.9


def test_an_unknown_indicator_is_not_expected_to_change() -> None:
    learnt = projection.table().learnt("made_up")
    assert (learnt.setting, learnt.usual, learnt.held) == (NO_CHANGE, None, None)
    found = projection.outcomes(past(1.0, 2.0, 3.0, 4.0, 5.0), learnt, 3, np.array([0.5]))
    assert found.tolist() == [5.0]
