"""Where a series stands against a target: kinds of target, status, pace, money, groups."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import figures
from onrecord.errors import UnknownEntity, UnknownIndicator, UsageError
from onrecord.figures.folder import add_file
from onrecord.model import Observation
from onrecord.outlook import Level, Target, TargetRefused, group_outlook, outlook, read_target
from onrecord.outlook.standing import Pace, Standing, comparable, stand
from onrecord.outlook.targets import level

HEADER = "indicator,entity,period,value,unit,edition,source,title\n"
END_OF_2030 = dt.date(2030, 12, 31)


def observation(period: str, value: float, unit: str = "percent", edition: str = "2025-06-01") -> Observation:
    day = dt.date.fromisoformat(edition)
    return Observation(indicator="made", entity="FRA", period=period, value=value, unit=unit, edition=day, source="us")


def series(*values: float, first: int = 2020) -> tuple[Observation, ...]:
    return tuple(observation(str(first + n), value) for n, value in enumerate(values))


def goal(value: float, *, at_least: bool = True) -> Level:
    return Level(value=value, unit="percent", at_least=at_least, arithmetic="")


@pytest.fixture
def known(tmp_path: Path) -> figures.Figures:
    """Figures of our own making beside the built-in ones."""
    rows = {
        ("made_share", "FRA", "percent of GDP"): (1.0, 1.1, 1.2, 1.3, 1.4, 1.5),
        ("made_share", "DEU", "percent of GDP"): (2.0, 2.0, 2.1, 2.1, 2.2, 2.2),
        ("made_amount", "FRA", "t"): (1000.0, 980.0, 960.0, 940.0, 920.0, 900.0),
    }
    lines = [
        f"{indicator},{entity},{2019 + n},{value},{unit},2025-01-01,us,Made\n"
        for (indicator, entity, unit), values in rows.items()
        for n, value in enumerate(values)
    ]
    file = tmp_path / "made.csv"
    file.write_text(HEADER + "".join(lines), encoding="utf-8")
    add_file(file, tmp_path / "figures")
    return figures.load(tmp_path / "figures")


@pytest.mark.parametrize(
    ("text", "against", "expected"),
    [
        ("2.5", None, Target(text="2.5%", kind="share", value=2.5, unit="percent", of="GDP")),
        ("2.5% of GDP", None, Target(text="2.5% of GDP", kind="share", value=2.5, unit="percent", of="GDP")),
        ("+5%", None, Target(text="+5%", kind="change", value=5, unit="percent")),
        (
            "+0.5% of GDP",
            None,
            Target(text="+0.5% of GDP", kind="change", value=0.5, unit="percentage_point", of="GDP"),
        ),
        ("+0.5 points", None, Target(text="+0.5 points", kind="change", value=0.5, unit="percentage_point")),
        (
            "-10%",
            "2020",
            Target(text="-10% against 2020", kind="change", value=-10, unit="percent", against="2020", at_least=False),
        ),
        ("x2", None, Target(text="x2", kind="multiple", value=2, unit="times")),
        (
            "3 times",
            "2020",
            Target(text="3 times against 2020", kind="multiple", value=3, unit="times", against="2020"),
        ),
    ],
)
def test_targets_of_a_share(known: figures.Figures, text: str, against: str | None, expected: Target) -> None:
    assert read_target(text, known.indicator("made_share"), against=against) == expected


def test_kinds_of_target_follow_the_indicator(known: figures.Figures) -> None:
    assert read_target("20", known.indicator("nato_allies_at_or_above_2pct_stated")).kind == "count"
    assert read_target("400 Mt", known.indicator("ghg_total"), at_most=True) == Target(
        text="400 Mt", kind="level", value=400, unit="Mt", at_least=False
    )


@pytest.mark.parametrize(
    ("indicator", "text", "units"),
    [
        ("made_share", "3 billion USD", ("USD", "percent of GDP")),
        ("made_share", "3% of GNI", ("percent of GNI", "percent of GDP")),
        ("ghg_total", "55%", ("percent", "t")),
        ("ghg_total", "400 GW", ("GW", "t")),
        ("gdp_current_usd", "1 trillion EUR", ("EUR", "USD")),
    ],
)
def test_another_unit_is_refused_with_both(
    known: figures.Figures, indicator: str, text: str, units: tuple[str, str]
) -> None:
    with pytest.raises(TargetRefused) as refused:
        read_target(text, known.indicator(indicator))
    assert f"is in {units[0]}, {indicator} in {units[1]}" in str(refused.value)


@pytest.mark.parametrize("text", ["", "much", "GDP 3", "3 widgets"])
def test_what_is_no_target_is_refused(known: figures.Figures, text: str) -> None:
    with pytest.raises(TargetRefused):
        read_target(text, known.indicator("made_share"))


def test_a_level_is_not_measured_against_a_year(known: figures.Figures) -> None:
    with pytest.raises(TargetRefused, match="only a change"):
        read_target("3%", known.indicator("made_share"), against="2020")


@pytest.mark.parametrize(
    ("target", "value", "arithmetic"),
    [
        ("-55%", 450.0, "1,000 t in 1990 × (1 − 55%) = 450 t"),
        ("+10%", 1100.0, "1,000 t in 1990 × (1 + 10%) = 1,100 t"),
        ("x2", 2000.0, "1,000 t in 1990 × 2 = 2,000 t"),
        ("-1 kt", 0.0, "1,000 t in 1990 − 1,000 t = 0 t"),
        ("0.4 kt", 400.0, "400 t, as stated"),
    ],
)
def test_a_target_becomes_a_level_with_its_arithmetic(
    known: figures.Figures, target: str, value: float, arithmetic: str
) -> None:
    read = read_target(target, known.indicator("made_amount"))
    found = level(read, observation("1990", 1000.0, unit="t"), "t")
    assert found == Level(value=pytest.approx(value), unit="t", at_least=read.at_least, arithmetic=arithmetic)


def test_met_since_when() -> None:
    found = stand(series(1.9, 2.1, 1.8, 2.0, 2.2), goal(2.0), END_OF_2030, None)
    assert found == Standing(
        status="met",
        reason="2.2% in 2024, at the target since 2023",
        since="2023",
        pace=Pace(pytest.approx(0.1 / 3), "2021"),
    )


def test_on_track_at_the_pace_since_the_baseline() -> None:
    found = stand(series(1.0, 1.2, 1.4, 1.6, 1.8), goal(3.0), END_OF_2030, "2022")
    assert found == Standing(
        status="on track",
        reason="at the pace since 2022 reached in 2030",
        pace=Pace(pytest.approx(0.2), "2022"),
        needed=pytest.approx(0.2),
        reached=2030,
    )


def test_off_track_where_the_pace_is_too_slow() -> None:
    found = stand(series(1.0, 1.1, 1.2, 1.3, 1.4), goal(3.0), END_OF_2030, None)
    assert (found.status, found.reached, found.needed) == ("off track", 2040, pytest.approx(1.6 / 6))


def test_off_track_where_the_pace_leads_away() -> None:
    found = stand(series(1.4, 1.3, 1.2, 1.1), goal(3.0), END_OF_2030, None)
    assert (found.status, found.reached, found.reason) == ("off track", None, "at the pace since 2020 never reached")


def test_at_most_is_met_from_below() -> None:
    assert stand(series(5.0, 4.0, 3.0), goal(3.5, at_least=False), END_OF_2030, None).status == "met"
    assert stand(series(5.0, 4.0, 3.0), goal(2.0, at_least=False), END_OF_2030, None).status == "on track"


def test_the_deadlines_year_decides_once_it_is_known() -> None:
    values = series(1.0, 2.0, 1.5, 2.5)
    assert stand(values, goal(2.0), dt.date(2021, 12, 31), None).status == "met"
    missed = stand(values, goal(2.0), dt.date(2022, 6, 30), None)
    assert (missed.status, missed.since) == ("missed", "2023")
    assert missed.reason == "1.5% in 2022, the deadline's year; at the target since 2023"


def test_no_deadline_is_open_until_it_is_met() -> None:
    values = series(1.0, 1.5)
    assert stand(values, goal(2.0), None, None) == Standing(
        status="open", reason="no deadline", pace=Pace(0.5, "2020"), reached=2022
    )
    assert stand(values, goal(1.5), None, None).status == "met"


def test_a_gap_in_the_deadlines_year_cannot_be_rated() -> None:
    values = (observation("2020", 1.0), observation("2023", 3.0))
    found = stand(values, goal(2.0), dt.date(2021, 12, 31), None)
    assert found == Standing(status="cannot be rated", reason="no value for 2021, the deadline's year")


def test_a_single_value_gives_no_pace() -> None:
    assert stand(series(1.0), goal(2.0), END_OF_2030, None).reason == "a single value gives no pace"


def test_only_periods_of_the_latest_ones_length_are_compared() -> None:
    mixed = (observation("2023", 1.0), observation("2024-Q1", 2.0), observation("2023-Q4", 3.0))
    assert [one.period for one in comparable(mixed)] == ["2023-Q4", "2024-Q1"]


def test_quarters_are_rated_by_the_deadlines_last_one() -> None:
    quarters = tuple(observation(f"2024-Q{n}", float(n)) for n in (1, 2, 3, 4))
    assert stand(quarters, goal(4.0), dt.date(2024, 12, 31), None).status == "met"
    assert stand(quarters[:3], goal(4.0), dt.date(2024, 12, 31), None).needed == pytest.approx(4.0)


@given(
    st.lists(st.floats(0.1, 10), min_size=1, max_size=12),
    st.floats(0.1, 10),
    st.sampled_from([None, 2019, 2022, 2031, 2040]),
    st.booleans(),
    st.randoms(use_true_random=False),
)
def test_laws_of_the_status(
    values: list[float], target: float, year: int | None, at_least: bool, order: random.Random
) -> None:
    deadline = dt.date(year, 12, 31) if year else None
    rows = list(series(*values))
    found = stand(comparable(rows), goal(target, at_least=at_least), deadline, None)
    order.shuffle(rows)
    assert stand(comparable(rows), goal(target, at_least=at_least), deadline, None) == found  # order is nothing
    if deadline is None or year == 2040:  # what is at the target is met, and only that
        at_target = values[-1] >= target if at_least else values[-1] <= target
        assert (found.status == "met") == at_target or abs(values[-1] - target) < 1e-6
    assert (found.status == "open") <= (deadline is None)


def test_a_whole_outlook_by_hand(known: figures.Figures) -> None:
    found = outlook(known, "made_share", "France", "2%", by=dt.date(2029, 12, 31), made=dt.date(2025, 2, 1))
    assert (found.status, found.reached, found.distance) == ("on track", 2029, pytest.approx(0.5))
    assert found.latest is not None
    assert found.baseline == found.latest  # nothing newer was measured: the pace is that of the latest years
    assert (found.pace, found.pace_from) == (pytest.approx(0.1), "2021")
    assert found.bill is not None
    gdp = known.lookup("gdp_current_usd", "FRA", 2024)
    assert gdp is not None
    assert found.bill.amount == pytest.approx(0.5 / 100 * gdp.value)
    assert found.bill.gdp == gdp
    assert found.projection is not None
    assert [year.year for year in found.projection.fan] == [2025, 2026, 2027, 2028, 2029]


def test_a_change_is_measured_against_its_year(known: figures.Figures) -> None:
    target = read_target("-12%", known.indicator("made_amount"), against="2019")
    found = outlook(known, "made_amount", "FRA", target, by=dt.date(2026, 12, 31))
    assert found.level == Level(value=880.0, unit="t", at_least=False, arithmetic="1,000 t in 2019 × (1 − 12%) = 880 t")
    assert (found.status, found.reached) == ("on track", 2025)


@pytest.mark.parametrize(
    ("indicator", "entity", "target", "reason"),
    [
        ("made_share", "ITA", "2%", "no value of made_share for Italy is known"),
        ("made_share", "FRA", "+1 points", "no value of the day it was made, against which it is measured"),
    ],
)
def test_what_cannot_be_rated_says_why(
    known: figures.Figures, indicator: str, entity: str, target: str, reason: str
) -> None:
    found = outlook(known, indicator, entity, target, by=END_OF_2030)
    assert (found.status, found.reason) == ("cannot be rated", reason)


@pytest.mark.parametrize(
    ("deadline", "reason"),
    [
        (None, "no deadline to project to"),
        (dt.date(2024, 12, 31), "the deadline's year is over"),
        (dt.date(9999, 12, 31), "7975 years ahead; more than 50 are not projected"),
    ],
)
def test_what_is_not_projected_says_why(known: figures.Figures, deadline: dt.date | None, reason: str) -> None:
    found = outlook(known, "made_share", "FRA", "2%", by=deadline)
    assert (found.projection, found.unprojected) == (None, reason)


def test_a_base_year_without_a_value_says_so(known: figures.Figures) -> None:
    target = read_target("-10%", known.indicator("made_amount"), against="1990")
    assert outlook(known, "made_amount", "FRA", target).reason == "no value of 1990, against which it is measured"


def test_unknown_names_tell_the_nearest(known: figures.Figures) -> None:
    with pytest.raises(UnknownIndicator, match="nato_defence_exp_pct_gdp"):
        outlook(known, "nato_defense_pct", "GBR", "2%")
    with pytest.raises(UnknownEntity, match="Germany"):
        outlook(known, "made_share", "Germny", "2%")


def test_what_was_known_on_a_day(known: figures.Figures) -> None:
    then = outlook(known, "nato_defence_exp_pct_gdp", "POL", "4%", by=END_OF_2030, as_of=dt.date(2023, 12, 1))
    now = outlook(known, "nato_defence_exp_pct_gdp", "POL", "4%", by=END_OF_2030)
    assert then.latest is not None
    assert (then.latest.period, then.latest.edition.year) == ("2023", 2023)
    assert (then.status, now.status) == ("on track", "met")


def test_it_cannot_be_asked_for_before_it_was_made(known: figures.Figures) -> None:
    with pytest.raises(UsageError, match="had not been made"):
        outlook(known, "made_share", "FRA", "2%", made=dt.date(2025, 1, 1), as_of=dt.date(2024, 1, 1))


def test_a_group_member_by_member_nearest_first() -> None:
    found = group_outlook(figures.load(), "nato_defence_exp_pct_gdp", "NATO", "3.5%", by=dt.date(2035, 12, 31))
    assert len(found.members) == 32
    distances = [one.distance for one in found.members if one.distance is not None]
    assert distances == sorted(distances)
    assert [one.entity.code for one in found.members if one.distance is None] == ["ISL"]
    assert found.without_bill == ("ISL",)
    assert found.bill is not None
    assert found.bill.amount == pytest.approx(sum(one.bill.amount for one in found.members if one.bill))
    assert found.meeting is not None
    chances = [one.projection.probability for one in found.members if one.projection]
    assert found.meeting.projected == len(chances) == 31
    assert found.meeting.mean == pytest.approx(sum(chances))  # hanging together moves the spread, not the mean
    assert found.meeting.low <= found.meeting.mean <= found.meeting.high


def test_a_group_among_the_members_counts_in_no_total() -> None:
    found = group_outlook(figures.load(), "military_exp_pct_gdp", "G7", "3%", by=dt.date(2035, 12, 31))
    assert "EU" in {one.entity.code for one in found.members}
    assert found.bill is not None
    bills = [one.bill.amount for one in found.members if one.bill and one.entity.code != "EU"]
    assert found.bill.amount == pytest.approx(sum(bills))
    assert found.meeting is not None
    assert found.meeting.projected == 7


def test_members_of_a_change_are_sorted_by_the_share_that_is_missing() -> None:
    known = figures.load()
    target = read_target("-55%", known.indicator("ghg_total"), against="1990")
    found = group_outlook(known, "ghg_total", "EU", target, by=END_OF_2030)
    missing = [one.distance / one.level.value for one in found.members if one.distance is not None and one.level]
    assert missing == sorted(missing)
    assert len(missing) == 27


def test_a_pace_of_a_single_year_is_said_to_be_one(known: figures.Figures) -> None:
    rows = outlook(known, "made_share", "DEU", "3%", by=END_OF_2030, made=dt.date(2024, 6, 1))
    assert (rows.pace_from, rows.cautions) == ("2023", ("The pace rests on a single year.",))


def test_a_member_alone_has_the_outlook_that_it_has_in_the_group() -> None:
    known = figures.load()
    group = group_outlook(known, "nato_defence_exp_pct_gdp", "NATO", "3.5%", by=dt.date(2035, 12, 31))
    alone = outlook(known, "nato_defence_exp_pct_gdp", "GBR", "3.5%", by=dt.date(2035, 12, 31))
    assert alone in group.members


def test_a_country_is_no_group() -> None:
    with pytest.raises(UsageError, match="France is no group"):
        group_outlook(figures.load(), "nato_defence_exp_pct_gdp", "FRA", "2%")
