"""Units and currencies: the tables are complete and agree with their sources."""

from __future__ import annotations

import pycountry
import pytest
from babel import Locale
from babel.core import get_global
from babel.numbers import get_currency_name

from onrecord.language.currencies import CODES, COUNTRY_CURRENCY, NAMES, NOUNS, SYMBOLS
from onrecord.units import DIMENSIONS, DURATIONS, UNIT_SYMBOLS, UNIT_WORDS, dimension

# The euro became Bulgaria's currency in 2026; CLDR releases before and after it differ.
CHANGING = {"BG", "CW", "SX", "ZW"}


def tender() -> dict[str, set[str]]:
    """Return each country's currencies in use, by CLDR."""
    territories = get_global("territory_currencies")
    return {
        country.alpha_2: {code for code, _, end, legal in territories.get(country.alpha_2, []) if end is None and legal}
        for country in pycountry.countries
    }


def test_every_country_uses_a_currency_that_is_tender_there() -> None:
    wrong = {
        country: codes
        for country, codes in tender().items()
        if codes and country not in CHANGING and COUNTRY_CURRENCY.get(country) not in codes
    }
    assert wrong == {}


def test_every_currency_in_use_is_known() -> None:
    used = {code for country, codes in tender().items() if country not in CHANGING for code in codes}
    assert used - CODES == set()


def test_every_code_is_of_iso_4217() -> None:
    recent = {"BGN", "XCG", "ZWG"}  # came or went of late, so releases of the list differ
    known = {currency.alpha_3 for currency in pycountry.currencies} | recent
    assert known >= CODES


@pytest.mark.parametrize("code", sorted(CODES - {"XCG", "ZWG"}))
@pytest.mark.parametrize("count", [1, 2])
def test_cldr_names_lead_to_their_currency(code: str, count: int) -> None:
    *before, noun = get_currency_name(code, count=count, locale=Locale("en")).lower().split()
    assert code in NOUNS[noun]
    assert not before or noun in ("sterling",) or NAMES.get(" ".join([*before, noun]), code) == code


def test_symbols_name_known_currencies() -> None:
    assert set(SYMBOLS.values()) == CODES
    assert "$" not in SYMBOLS


def test_unit_words_lead_to_units_with_a_dimension() -> None:
    assert {*UNIT_WORDS.values(), *UNIT_SYMBOLS.values()} <= DIMENSIONS.keys()
    assert all(word == word.lower() and len(word.split()) <= 3 for word in UNIT_WORDS)


@pytest.mark.parametrize(
    ("unit", "expected"),
    [("km", "length"), ("Mt", "mass"), ("EUR", "money"), ("year", "duration"), ("percent", None), ("count", None)],
)
def test_dimension_of_a_unit(unit: str, expected: str | None) -> None:
    assert dimension(unit) == expected


def test_durations_are_words_of_time() -> None:
    assert {"day", "week", "month", "year"} <= DURATIONS
    assert "km" not in DURATIONS
