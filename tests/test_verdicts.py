"""A claim against the figures: every form, every refusal, how far words may be from a figure."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import figures
from onrecord.model import Claim, Quantity, Span, Verdict, When, select
from onrecord.verdicts import check
from onrecord.verdicts.bounds import Bounds, bounds, rounding
from onrecord.verdicts.whom import one
from onrecord.verdicts.wording import Wording

KNOWN = figures.load()
JUNE_2025, AUGUST_2026 = dt.date(2025, 6, 9), dt.date(2026, 8, 1)


def year(number: int) -> When:
    return When(text=f"in {number}", relation="in", start=dt.date(number, 1, 1), end=dt.date(number, 12, 31))


def claim(
    text: str, actor: str | None, measure: str | None, *, when: When | None = None, kind: Any = "figure", **fields: Any
) -> Claim:
    """Return a claim of a whole text; `fields` are those of its quantity, none for a claim without a number."""
    evidence = Span(0, len(text))
    return Claim(
        kind=kind,
        actor=actor,
        measure=measure,
        quantity=Quantity(**fields) if fields else None,
        when=when,
        said_by=None,
        negated=" not " in text,
        evidence=evidence,
        selector=select(text, evidence),
    )


def judged(found: Verdict) -> tuple[str, str | None, str | None, str | None]:
    return found.verdict, found.indicator, found.entity, found.period


def defence(value: float, text: str = "Germany spends {}% of GDP on defence.", **fields: Any) -> Claim:
    return claim(text.format(value), "Germany", "defence", value=value, unit="percent", of="GDP", **fields)


# Forms -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (2.1, "supported"),
        (2.12, "supported"),
        (2.0, "imprecise"),
        (2.2, "imprecise"),
        (1.2, "refuted"),
        (3.0, "refuted"),
    ],
)
def test_a_level_is_right_within_the_rounding_of_its_words(value: float, expected: str) -> None:
    found = check(defence(value), KNOWN, day=JUNE_2025)
    assert judged(found) == (expected, "nato_defence_exp_pct_gdp", "DEU", "2024")


def test_a_refutation_tells_value_and_distance() -> None:
    found = check(defence(3.5), KNOWN, day=JUNE_2025)
    assert "2.119%" in found.arithmetic
    assert "too high by at least 1.331 percentage points" in found.arithmetic
    assert found.edition == dt.date(2024, 6, 17)
    assert found.observations[0].address.startswith("https://www.nato.int/")
    assert "credit NATO" in found.observations[0].attribution


def test_what_is_right_in_another_edition_only_is_imprecise_and_names_it() -> None:
    said = claim(
        "Germany spent 2.00% of GDP on defence.", "Germany", "defence", when=year(2024), value=2.0, unit="percent"
    )
    found = check(said, KNOWN, day=JUNE_2025)
    assert found.verdict == "imprecise"
    assert found.edition == dt.date(2025, 8, 28)
    assert "in this edition only" in found.arithmetic
    assert "2024-06-17" in found.arithmetic


def test_the_edition_known_on_the_day_counts() -> None:
    said = claim(
        "France spent 1.9% of GDP on defence.", "France", "defence", when=year(2023), value=1.9, unit="percent"
    )
    editions = {day: check(said, KNOWN, day=day).edition for day in (dt.date(2023, 8, 1), dt.date(2024, 5, 1))}
    assert editions == {dt.date(2023, 8, 1): dt.date(2023, 7, 7), dt.date(2024, 5, 1): dt.date(2024, 3, 14)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Poland meets NATO's 2% target.", "supported"),
        ("Poland does not meet NATO's 2% target.", "refuted"),
        ("Poland falls short of NATO's 2% target.", "refuted"),
    ],
)
def test_a_target_is_met_from_it_upwards(text: str, expected: str) -> None:
    said = claim(text, "Poland", "NATO's target", value=2, unit="percent")
    assert check(said, KNOWN, day=JUNE_2025).verdict == expected


@pytest.mark.parametrize(
    ("count", "total", "expected"),
    [(22, 32, "supported"), (22, 30, "refuted"), (12, 32, "refuted"), (23, 32, "imprecise")],
)
def test_members_meeting_a_target_are_counted(count: int, total: int, expected: str) -> None:
    text = f"{count} of NATO's {total} members meet the 2% guideline."
    said = claim(text, "NATO", "meet the guideline", value=count, out_of=total)
    assert check(said, KNOWN, day=JUNE_2025).verdict == expected


def test_members_above_another_threshold_are_counted_in_the_table() -> None:
    said = claim(
        "In 2024 five NATO allies spent more than 3% of GDP on defence.", "NATO", "allies", when=year(2024), value=5
    )
    found = check(said, KNOWN, day=JUNE_2025)
    assert judged(found) == ("supported", "nato_defence_exp_pct_gdp", "NATO", "2024")
    assert "5 of 31 members with a figure are at or above 3%" in found.arithmetic
    assert len(found.observations) == 31


@pytest.mark.parametrize(
    ("text", "size", "day", "expected"),
    [
        ("NATO has 32 members.", 32, JUNE_2025, "supported"),
        ("NATO has 31 members.", 31, JUNE_2025, "refuted"),
        ("NATO has 31 members.", 31, dt.date(2023, 6, 1), "supported"),
        ("The EU has 28 member states.", 28, dt.date(2019, 6, 1), "supported"),
        ("The G7 has 7 members.", 7, JUNE_2025, "supported"),
    ],
)
def test_a_group_has_its_members_of_the_day(text: str, size: int, day: dt.date, expected: str) -> None:
    found = check(claim(text, text.split(" has")[0], "members", value=size), KNOWN, day=day)
    assert (found.verdict, found.indicator) == (expected, "members")
    assert found.observations[0].source


@pytest.mark.parametrize(
    ("change", "unit", "value", "expected"),
    [
        ("increase", "percent", 34, "supported"),
        ("decrease", "percent", 34, "refuted"),
        ("increase", "percent", 90, "refuted"),
    ],
)
def test_a_change_is_that_of_the_two_years(change: Any, unit: str, value: float, expected: str) -> None:
    said = claim(
        f"Germany's defence spending moved by {value}% in 2024.",
        "Germany",
        "defence spending",
        when=year(2024),
        value=value,
        unit=unit,
        change=change,
    )
    found = check(said, KNOWN, day=JUNE_2025)
    assert found.verdict == expected
    assert [one.period for one in found.observations] == ["2023", "2024"]


def test_percent_and_percentage_points_are_kept_apart() -> None:
    text = "The share of GDP that Germany spends on defence rose by 0.5 {} in 2024."
    told = {"when": year(2024), "value": 0.5, "change": "increase"}
    points = claim(text.format("points"), "Germany", "defence", unit="percentage_point", **told)
    percent = claim(text.format("percent"), "Germany", "defence", unit="percent", **told)
    assert check(points, KNOWN, day=JUNE_2025).verdict == "supported"
    found = check(percent, KNOWN, day=JUNE_2025)
    assert found.verdict == "imprecise"
    assert "right in percentage points, not in percent" in found.arithmetic


def test_a_change_against_a_base_year() -> None:
    said = claim(
        "Germany has cut its CO2 emissions by 46% from 1990 levels.",
        "Germany",
        "CO2 emissions",
        value=46,
        unit="percent",
        of="1990 levels",
        change="decrease",
    )
    found = check(said, KNOWN, day=AUGUST_2026)
    assert judged(found) == ("supported", "co2_territorial", "DEU", "2024")


def test_a_series_is_not_compared_across_its_break() -> None:
    said = claim(
        "Britain's foreign aid has risen by 3% of national income since 2014.",
        "Britain",
        "foreign aid",
        when=When(text="since 2014", relation="since", start=dt.date(2014, 1, 1)),
        value=3,
        unit="percent",
        change="increase",
    )
    found = check(said, KNOWN, day=AUGUST_2026)
    assert found.reason == "no observation"
    assert "not comparable" in found.arithmetic


def test_a_total_over_a_group_is_summed_over_its_members() -> None:
    said = claim(
        "The G7 countries have a combined population of 786 million.", "G7", "combined population", value=786e6
    )
    found = check(said, KNOWN, day=AUGUST_2026)
    assert judged(found) == ("supported", "population", "G7", "2024")
    assert "sum over 7 members" in found.arithmetic


@pytest.mark.parametrize(
    ("text", "actor", "expected"),
    [
        ("Germany is the third largest economy in the world.", "Germany", "supported"),
        ("India is the third largest economy in the world.", "India", "refuted"),
        ("Norway is the most generous donor of aid.", "Norway", "supported"),
        ("Norway is the largest donor of aid.", "Norway", "uncheckable"),
        ("Poland is the biggest defence spender in Eastern Europe.", "Poland", "uncheckable"),
    ],
)
def test_a_rank_is_told_among_the_group(text: str, actor: str, expected: str) -> None:
    assert check(claim(text, actor, None), KNOWN, day=AUGUST_2026).verdict == expected


def test_a_figure_per_head_is_published_or_divided_by_the_population() -> None:
    published = claim("Qatar emits 38.8 tonnes of CO2 per person.", "Qatar", "CO2", value=38.8, unit="t", per="capita")
    divided = claim(
        "GDP per head in the U.S. is $84,534.", "U.S.", "GDP per head", value=84534, unit="USD", per="capita"
    )
    assert check(published, KNOWN, day=AUGUST_2026).indicator == "co2_per_capita"
    found = check(divided, KNOWN, day=AUGUST_2026)
    assert found.verdict == "supported"
    assert {one.indicator for one in found.observations} == {"gdp_current_usd", "population"}


def test_the_baseline_of_a_commitment_is_checked() -> None:
    said = claim(
        "Britain will raise defence spending from 2.3% to 2.5% of GDP by 2027.",
        "Britain",
        "defence spending",
        kind="commitment",
        when=When(text="by 2027", relation="by", end=dt.date(2027, 12, 31)),
        value=2.5,
        unit="percent",
        of="GDP",
        from_=2.3,
    )
    assert judged(check(said, KNOWN, day=JUNE_2025)) == ("supported", "nato_defence_exp_pct_gdp", "GBR", "2024")


# Refusals ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "day", "reason"),
    [
        (
            claim("Germany's inflation was 2%.", "Germany", "inflation", value=2, unit="percent"),
            JUNE_2025,
            "no indicator",
        ),
        (
            claim("It spends 2.1% of GDP on defence.", None, "defence", value=2.1, unit="percent", of="GDP"),
            JUNE_2025,
            "no entity",
        ),
        (defence(2.1), None, "no period"),
        (defence(2.1), dt.date(2015, 1, 1), "no observation"),
        (
            claim("Thousands of people live in Japan.", "Japan", "people", vague="thousands"),
            JUNE_2025,
            "vague quantity",
        ),
        (claim("The minister vowed to act.", "minister", "act"), JUNE_2025, "not a statistic"),
        (claim("A term of 3 years.", "Germany", "term", value=3, unit="year"), JUNE_2025, "not a statistic"),
        (defence(2.1, when=year(2030)), JUNE_2025, "in the future"),
        (claim("A plan", "Germany", "plan", kind="commitment", value=3), JUNE_2025, "in the future"),
    ],
)
def test_what_cannot_be_checked_says_why(said: Claim, day: dt.date | None, reason: str | None) -> None:
    assert check(said, KNOWN, day=day).reason == reason


def test_what_is_far_from_the_figure_is_most_likely_something_else() -> None:
    said = claim("Britons emitted 4.5 tonnes of CO2.", "Britain", "CO2", when=year(2023), value=4.5, unit="t")
    found = check(said, KNOWN, day=AUGUST_2026)
    assert found.reason == "no indicator"
    assert "something else must be meant" in found.arithmetic


def test_the_total_of_a_count_is_the_size_of_the_group() -> None:
    said = claim("Seven of 30 NATO members met the 2% goal.", "NATO", "NATO members", when=year(2022), value=30)
    assert judged(check(said, KNOWN, day=JUNE_2025)) == ("supported", "members", "NATO", "2022-12")


def test_money_is_never_converted() -> None:
    said = claim("Britain's GDP was €3.2 trillion.", "Britain", "GDP", when=year(2023), value=3.2e12, unit="EUR")
    found = check(said, KNOWN, day=AUGUST_2026)
    assert found.reason == "no indicator"
    assert "the figures are in USD and GBP: not converted" in found.arithmetic


def test_other_prices_are_said_as_such() -> None:
    said = claim(
        "In real terms the U.S. spent $900 billion on defence.",
        "U.S.",
        "defence",
        when=year(2024),
        value=9e11,
        unit="USD",
    )
    found = check(said, KNOWN, day=JUNE_2025)
    assert found.reason == "no indicator"
    assert "real terms" in found.arithmetic


def test_economic_growth_is_not_told_by_current_prices() -> None:
    said = claim(
        "The German economy grew 3%.", "Germany", "economy", when=year(2024), value=3, unit="percent", change="increase"
    )
    assert check(said, KNOWN, day=AUGUST_2026).reason == "no indicator"


def test_an_old_figure_does_not_refute_the_present() -> None:
    said = claim("Japan spends 14% of GDP on health.", "Japan", "health", value=14, unit="percent", of="GDP")
    found = check(said, KNOWN, day=AUGUST_2026)
    assert found.reason == "no observation"
    assert "too old to tell of 2026" in found.arithmetic


def test_a_story_without_a_date_is_held_against_the_newest_edition_where_the_claim_has_its_own() -> None:
    found = check(defence(2.0, when=year(2024)), KNOWN, day=None)
    assert found.verdict == "supported"
    assert found.edition == dt.date(2025, 8, 28)


# Parts -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Germany", "DEU"),
        ("German", "DEU"),
        ("Berlin", "DEU"),
        ("the U.K. government", "GBR"),
        ("the alliance", "NATO"),
        ("NATO members", "NATO"),
        ("the European Union", "EU"),
        ("Bavaria", None),
        ("Scotland", None),
        ("Keir Starmer", None),
        ("France and Germany", None),
    ],
)
def test_names_stand_for_countries_and_groups(name: str, code: str | None) -> None:
    assert one(name) == code


def test_a_leader_stands_for_the_country_that_the_story_gives() -> None:
    said = claim(
        "Starmer said it spends 2.3% of GDP on defence.", "Starmer", "defence", value=2.3, unit="percent", of="GDP"
    )
    assert check(said, KNOWN, day=JUNE_2025, country={"Starmer": "GB"}.get).entity == "GBR"


@pytest.mark.parametrize(
    ("value", "written", "half"),
    [
        (2.1, "2.1", 0.05),
        (2.1, "2.10", 0.005),
        (2, "2", 0.5),
        (83e6, "83", 5e5),
        (6e11, "600", 5e9),
        (1234, "1234", 0.5),
    ],
)
def test_rounding_is_half_a_unit_of_the_last_digit_written(value: float, written: str, half: float) -> None:
    assert rounding(value, written) == pytest.approx(half)


@pytest.mark.parametrize(
    ("comparator", "right", "wrong"),
    [
        ("=", (2.06, 2.14), (1.9, 2.3)),
        ("~", (2.0, 2.2), (1.5, 2.6)),
        (">", (2.2, 9.0), (1.8,)),
        ("<", (1.0, 2.0), (2.4,)),
    ],
)
def test_words_beside_a_number_widen_or_open_it(
    comparator: Any, right: tuple[float, ...], wrong: tuple[float, ...]
) -> None:
    said = defence(2.1, comparator=comparator)
    assert said.quantity is not None
    limits = bounds(said.quantity, Wording(said, said.quantity))
    assert all(map(limits.right, right))
    assert not any(map(limits.near, wrong))


def test_bounds_hold_each_other() -> None:
    limits = Bounds(1, 2, 0, 3)
    assert (limits.right(2.5), limits.near(2.5), limits.near(3.5)) == (False, True, False)


# Laws --------------------------------------------------------------------------------------------------------------

_quantities = st.builds(
    Quantity,
    value=st.floats(min_value=-1e15, max_value=1e15, allow_nan=False),
    unit=st.sampled_from(["percent", "percentage_point", "times", "count", "USD", "EUR", "t", "Mt", "km", "year"]),
    of=st.sampled_from([None, "GDP", "GNI", "electricity", "1990 levels", "voters"]),
    out_of=st.sampled_from([None, 32.0]),
    comparator=st.sampled_from(["=", ">", ">=", "<", "<=", "~"]),
    change=st.sampled_from(["level", "increase", "decrease"]),
    from_=st.sampled_from([None, 2.3]),
    per=st.sampled_from([None, "capita", "year"]),
)
_claims = st.builds(
    lambda quantity, actor, measure, when, kind, text: Claim(
        kind=kind,
        actor=actor,
        measure=measure,
        quantity=quantity,
        when=when,
        said_by=None,
        negated=False,
        evidence=Span(0, len(text)),
        selector=select(text, Span(0, len(text))),
    ),
    _quantities,
    st.sampled_from([None, "Germany", "NATO", "EU", "the world", "Bavaria", "Starmer", ""]),
    st.sampled_from([None, "defence spending", "population", "CO2 emissions", "members", "GDP", "aid", "health"]),
    st.sampled_from([None, year(2024), year(2035), When(text="once", relation="in"), When(text="now", relation="in")]),
    st.sampled_from(["figure", "commitment", "forecast"]),
    st.sampled_from(
        ["Germany spends 2% of GDP on defence", "22 of NATO's 32 members meet the 2% target", "x", "Élan 2"]
    ),
)


@given(_claims, st.sampled_from([None, dt.date(1990, 1, 1), JUNE_2025, AUGUST_2026]))
def test_every_claim_gets_a_verdict_and_only_what_was_known_refutes(said: Claim, day: dt.date | None) -> None:
    found = check(said, KNOWN, day=day)
    assert found.arithmetic
    assert "\n" not in found.arithmetic
    assert found == check(said, KNOWN, day=day)
    if found.verdict == "refuted":
        assert day is None or all(row.edition <= day for row in found.observations)
