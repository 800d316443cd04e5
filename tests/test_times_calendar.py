"""Laws of calendar periods."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.language.calendar import (
    AHEAD,
    NEAR,
    PAST,
    UNKNOWN,
    WAS,
    WILL,
    Lean,
    Period,
    Unit,
    around,
    date,
    first_of,
    last_of,
    month,
    nth_part,
    plus,
    shift,
    unit_of,
    year,
    years,
)

UNITS = st.sampled_from(["day", "week", "month", "quarter", "year", "decade", "century"])


@given(st.dates(), UNITS)
def test_a_unit_holds_its_day_and_touches_the_next(day: dt.date, unit: Unit) -> None:
    whole = unit_of(day, unit)
    if whole != UNKNOWN:
        assert whole.start is not None
        assert whole.end is not None
        assert whole.start <= day <= whole.end
        after = plus(whole.end, 1)
        assert after is None or unit_of(after, unit).start in (after, None)


@given(st.dates(), UNITS, st.integers(-12000, 12000))
def test_moving_a_day_never_raises_and_keeps_its_sign(day: dt.date, unit: Unit, count: int) -> None:
    moved = shift(day, count, unit)
    assert moved is None or (moved > day) == (count > 0) or moved == day


@given(st.integers(1, 9998), st.sampled_from([2, 3, 4]))
def test_equal_parts_of_a_year_tile_it(number: int, of: int) -> None:
    parts = [nth_part(year(number), part, of) for part in range(1, of + 1)]
    assert parts[0].start == date(number, 1, 1)
    assert parts[-1].end == date(number, 12, 31)
    assert all(plus(a.end, 1) == b.start for a, b in pairwise(parts))


@pytest.mark.parametrize(
    ("period", "start", "end"),
    [
        (unit_of(dt.date(2026, 1, 11), "week"), (2026, 1, 5), (2026, 1, 11)),
        (unit_of(dt.date(2026, 1, 11), "quarter"), (2026, 1, 1), (2026, 3, 31)),
        (unit_of(dt.date(2026, 1, 11), "decade"), (2020, 1, 1), (2029, 12, 31)),
        (unit_of(dt.date(5, 1, 11), "century"), (1, 1, 1), (99, 12, 31)),
        (unit_of(dt.date(9999, 5, 1), "century"), (9900, 1, 1), (9999, 12, 31)),
        (month(2024, 2), (2024, 2, 1), (2024, 2, 29)),
        (month(2025, 12, 3), (2025, 12, 1), (2026, 2, 28)),
        (first_of(year(2024), 5, "month"), (2024, 1, 1), (2024, 5, 31)),
        (last_of(month(2019, 3), 12, "month"), (2018, 4, 1), (2019, 3, 31)),
        (nth_part(month(2025, 9), 1, 2), (2025, 9, 1), (2025, 9, 15)),
        (years(1990, 1999), (1990, 1, 1), (1999, 12, 31)),
    ],
)
def test_periods_are_whole(period: Period, start: tuple[int, int, int], end: tuple[int, int, int]) -> None:
    assert (period.start, period.end) == (dt.date(*start), dt.date(*end))


@pytest.mark.parametrize(
    ("lean", "number", "expected"),
    [
        (NEAR, 12, 2025),
        (NEAR, 6, 2026),
        (PAST, 6, 2025),
        (AHEAD, 12, 2026),
        (WAS, 6, 2025),
        (WAS, 2, 2026),
        (WILL, 12, 2025),
        (WILL, 9, 2026),
        (AHEAD, 1, 2026),
    ],
)
def test_a_month_without_a_year_is_picked_by_distance_and_lean(lean: Lean, number: int, expected: int) -> None:
    assert around(lambda of: month(of, number), dt.date(2026, 1, 11), lean) == month(expected, number)


def test_what_lies_outside_the_calendar_is_unknown() -> None:
    assert date(2025, 2, 30) is None
    assert year(10000) == UNKNOWN
    assert shift(dt.date.max, 1, "day") is None
    assert shift(dt.date.min, -1, "century") is None
    assert last_of(year(9999), 2, "month") == UNKNOWN
    assert around(lambda of: month(of, 3), None, NEAR) == UNKNOWN
