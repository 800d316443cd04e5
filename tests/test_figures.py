"""The built-in figures: what is known, in which edition, on which day."""

from __future__ import annotations

import datetime as dt

import pytest

from onrecord import figures
from onrecord.errors import UnknownEntity, UnknownIndicator
from onrecord.figures import catalogue, entities, periods
from onrecord.figures.measures import Measure, currencies, measure
from onrecord.figures.values import NATIONAL_CURRENCY
from onrecord.units import DIMENSIONS

DEFENCE = "nato_defence_exp_pct_gdp"


@pytest.fixture(scope="module")
def known() -> figures.Figures:
    return figures.load()


def test_a_lookup_gives_the_edition_that_was_public_on_the_day(known: figures.Figures) -> None:
    day = dt.date(2025, 6, 9)
    one = known.lookup(DEFENCE, "GBR", 2024, as_of=day)
    assert one is not None
    assert (one.value, one.unit, one.edition, one.edition_exact) == (2.33226, "percent", dt.date(2024, 6, 17), True)
    assert one.estimate
    assert "NATO" in one.attribution


def test_without_a_day_the_newest_edition_counts(known: figures.Figures) -> None:
    newest = known.editions(DEFENCE, "GBR", 2024)[-1]
    assert known.lookup(DEFENCE, "GBR", 2024) == newest
    assert newest.edition > dt.date(2025, 6, 9)


def test_nothing_was_known_before_the_first_edition(known: figures.Figures) -> None:
    assert known.lookup(DEFENCE, "GBR", 2024, as_of=dt.date(2023, 1, 1)) is None


def test_an_edition_counts_from_its_own_day_on(known: figures.Figures) -> None:
    first = known.editions(DEFENCE, "GBR", 2024)[0]
    assert known.lookup(DEFENCE, "GBR", 2024, as_of=first.edition) == first
    assert known.lookup(DEFENCE, "GBR", 2024, as_of=first.edition - dt.timedelta(days=1)) is None


def test_every_edition_is_kept_oldest_first(known: figures.Figures) -> None:
    editions = [one.edition for one in known.editions(DEFENCE, "GBR", 2023)]
    assert editions == sorted(editions)
    assert len(editions) == 4


@pytest.mark.parametrize(
    ("indicator", "entity", "period", "edition"),
    [
        (DEFENCE, "GRC", 2022, dt.date(2022, 12, 31)),  # "2022" in the source
        (DEFENCE, "BEL", 2024, dt.date(2025, 4, 24)),  # "a Thursday in April 2025": the last one
        ("population", "GBR", 2020, dt.date(2026, 3, 6)),  # the day its copy entered a repository
    ],
)
def test_a_day_that_is_only_an_upper_bound_says_so(
    known: figures.Figures, indicator: str, entity: str, period: int, edition: dt.date
) -> None:
    exact = {one.edition: one.edition_exact for one in known.editions(indicator, entity, period)}
    assert exact[edition] is False


def test_a_series_has_one_value_a_period_in_order_of_time(known: figures.Figures) -> None:
    rows = known.series(DEFENCE, "GBR", as_of=dt.date(2025, 6, 9)).observations
    assert [one.period for one in rows] == [str(year) for year in range(2012, 2025)]


def test_an_entity_may_be_given_by_name(known: figures.Figures) -> None:
    assert known.series(DEFENCE, "Britain") == known.series(DEFENCE, "GBR")


def test_figures_of_the_union_are_those_of_its_27_members(known: figures.Figures) -> None:
    one = known.lookup("gdp_current_usd", "EU", 2023)
    assert one is not None
    assert one.entity == "EU27"


def test_values_have_their_scale_applied(known: figures.Figures) -> None:
    one = known.lookup("nato_defence_exp_usd_current", "USA", 2014)
    assert one is not None
    assert one.unit == "USD"
    assert 6e11 < one.value < 7e11


def test_money_in_national_currency_names_the_currency(known: figures.Figures) -> None:
    defence, product = "nato_defence_exp_national_currency", "gdp_current_national_currency"
    units = {
        key: one.unit
        for key in ((defence, "DNK"), (defence, "NOR"), (defence, "POL"), (product, "GBR"), (product, "DEU"))
        if (one := known.lookup(*key, 2020)) is not None
    }
    assert list(units.values()) == ["DKK", "NOK", "PLN", "GBP", "EUR"]


def test_no_figure_is_without_unit_source_and_credit_and_none_is_sipris(known: figures.Figures) -> None:
    for indicator in known.indicators:
        for entity in known.entities(indicator.id):
            for one in known.series(indicator.id, entity, editions=True).observations:
                national = indicator.unit == NATIONAL_CURRENCY and one.unit in currencies()
                assert one.unit == indicator.unit or national
                assert one.source
                assert one.address
                assert one.attribution
                assert not one.source.startswith("SIPRI")
                assert "sipri.org" not in one.address


def test_every_indicator_is_described() -> None:
    pure = {"percent", "count", NATIONAL_CURRENCY}
    for one in catalogue.indicators().values():
        assert one.title
        assert one.words
        assert all(word == word.lower() for word in one.words)
        assert one.publisher.licence
        assert one.unit in pure | set(DIMENSIONS) | currencies()
        assert (one.of is not None) == (one.unit == "percent")
        assert (one.prices is not None) == (one.unit == NATIONAL_CURRENCY or one.unit in currencies())


def test_an_unknown_indicator_gives_the_nearest(known: figures.Figures) -> None:
    with pytest.raises(UnknownIndicator, match="populaton") as caught:
        known.lookup("populaton", "GBR", 2020)
    assert caught.value.nearest[0] == "population"


def test_an_unknown_entity_gives_the_nearest(known: figures.Figures) -> None:
    with pytest.raises(UnknownEntity, match="Germny") as caught:
        known.lookup("population", "Germny", 2020)
    assert caught.value.nearest[0] == "Germany (DEU)"


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Britain", "GBR"),
        ("the U.K.", "GBR"),
        ("GB", "GBR"),
        ("Germany", "DEU"),
        ("the United States", "USA"),
        ("U.S.", "USA"),
        ("Türkiye", "TUR"),
        ("Turkiye", "TUR"),
        ("Côte d’Ivoire", "CIV"),
        ("Kosovo", "XKX"),
        ("NATO", "NATO"),
        ("European Union", "EU"),
        ("the eurozone", "EURO_AREA"),
        ("Group of Seven", "G7"),
        ("the world", "WLD"),
    ],
)
def test_entities_by_name(name: str, code: str) -> None:
    assert figures.entity(name).code == code


@pytest.mark.parametrize("name", ["us", "can", "the alliance", "the bloc", "", "Atlantis"])
def test_what_is_no_name_is_no_entity(name: str) -> None:
    with pytest.raises(UnknownEntity):
        figures.entity(name)


def test_a_word_that_is_an_acronym_in_lower_case_gives_that_first() -> None:
    with pytest.raises(UnknownEntity) as caught:
        figures.entity("usa")
    assert caught.value.nearest[0] == "United States (USA)"


@pytest.mark.parametrize(
    ("group", "day", "count"),
    [
        ("NATO", dt.date(1949, 4, 4), 12),
        ("NATO", dt.date(2023, 4, 3), 30),
        ("NATO", dt.date(2023, 4, 4), 31),
        ("NATO", dt.date(2024, 3, 7), 32),
        ("NATO_EUR_CAN", dt.date(2024, 3, 7), 31),
        ("EU", dt.date(2020, 1, 31), 28),
        ("EU", dt.date(2020, 2, 1), 27),
        ("EU27", dt.date(2020, 1, 31), 0),
        ("EU27", dt.date(2020, 2, 1), 27),
        ("OECD", dt.date(2025, 1, 1), 38),
        ("OECD", dt.date(2021, 6, 1), 37),  # only the year of Costa Rica's accession is recorded
        ("G7", dt.date(2025, 1, 1), 8),  # the European Union among them
        ("G20", dt.date(2025, 1, 1), 20),
        ("DAC", dt.date(2025, 1, 1), 33),
        ("WLD", dt.date(2025, 1, 1), 0),
    ],
)
def test_members_by_date(known: figures.Figures, group: str, day: dt.date, count: int) -> None:
    assert len(known.members(group, day)) == count


def test_members_are_codes_of_known_entities(known: figures.Figures) -> None:
    for group in catalogue.groups():
        for one in known.memberships(group.code):
            assert one.entity in entities.entities()
            assert one.source


def test_a_country_has_no_members(known: figures.Figures) -> None:
    with pytest.raises(UnknownEntity, match="GBR"):
        known.members("GBR", dt.date(2025, 1, 1))


@pytest.mark.parametrize(
    ("text", "period", "first", "last"),
    [
        ("2024", "2024", dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
        ("2024-S2", "2024-S2", dt.date(2024, 7, 1), dt.date(2024, 12, 31)),
        ("2024Q1", "2024-Q1", dt.date(2024, 1, 1), dt.date(2024, 3, 31)),
        ("2024M02", "2024-02", dt.date(2024, 2, 1), dt.date(2024, 2, 29)),
        ("2024-11", "2024-11", dt.date(2024, 11, 1), dt.date(2024, 11, 30)),
    ],
)
def test_periods(text: str, period: str, first: dt.date, last: dt.date) -> None:
    assert periods.parse(text) == period
    assert periods.days(period) == (first, last)
    assert periods.spanning(first, last) == period


@pytest.mark.parametrize("text", ["", "24", "2024-Q5", "2024-13", "2024-S0", "spring 2024", "2024-W01", "0000"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="period"):
        periods.parse(text)


def test_days_of_no_period() -> None:
    assert periods.spanning(dt.date(2024, 1, 2), dt.date(2024, 12, 31)) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("% of GDP", Measure(unit="percent", of="GDP")),
        ("percent", Measure(unit="percent")),
        ("million EUR", Measure(unit="EUR", scale=measure("million EUR").scale)),
        ("tonnes per capita", Measure(unit="t", per="capita")),
        ("count", Measure(unit="count")),
        ("GWh", Measure(unit="GWh")),
    ],
)
def test_units(text: str, expected: Measure) -> None:
    assert measure(text) == expected


@pytest.mark.parametrize("text", ["", " ", "bananas", "EURO", "of GDP", "million"])
def test_what_is_no_unit_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="unit"):
        measure(text)


def test_a_count_of_members_counts_those_that_reach_a_known_indicator(known: figures.Figures) -> None:
    counts = [one.counts for one in known.indicators if one.counts is not None]
    assert {(one.group, one.indicator, one.at_least) for one in counts} == {("NATO", "nato_defence_exp_pct_gdp", 2.0)}
    assert all(known.entity(one.group).group and known.indicator(one.indicator).unit == "percent" for one in counts)
