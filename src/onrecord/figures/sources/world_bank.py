"""The World Bank's Indicators API, version 2: World Development Indicators as JSON, a page at a time."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

import httpx
from msgspec import DecodeError, Struct, json

from onrecord.figures import catalogue, entities
from onrecord.figures.rows import unit_of

ADDRESS: Final = "https://api.worldbank.org/v2"
_PER_PAGE: Final = 5000

# The API leaves the field `unit` empty: the unit stands in the title alone. So a title that is no longer this one is
# refused, for its unit may have changed with it.
SERIES: Final = {
    "MS.MIL.XPND.GD.ZS": ("military_exp_pct_gdp", "Military expenditure (% of GDP)", "world_bank_sipri"),
    "NY.GDP.MKTP.CD": ("gdp_current_usd", "GDP (current US$)", "world_bank"),
    "SP.POP.TOTL": ("population", "Population, total", "world_bank"),
    "GB.XPD.RSDV.GD.ZS": ("rd_exp_pct_gdp", "Research and development expenditure (% of GDP)", "world_bank_unesco"),
    "SE.XPD.TOTL.GD.ZS": (
        "education_exp_gov_pct_gdp",
        "Government expenditure on education, total (% of GDP)",
        "world_bank_unesco",
    ),
    "SH.XPD.CHEX.GD.ZS": ("health_exp_pct_gdp", "Current health expenditure (% of GDP)", "world_bank"),
}
_GROUPS: Final = {"EUU": "EU27", "EMU": "EURO_AREA", "OED": "OECD"}


class _Head(Struct):
    pages: int
    lastupdated: str


class _Series(Struct):
    value: str


class _Value(Struct):
    indicator: _Series
    countryiso3code: str
    date: str
    value: Decimal | None
    unit: str = ""


def fetch(client: httpx.Client, base: str) -> Iterator[dict[str, str]]:
    """Yield the values of every known series for countries and groups that the catalogue has.

    Raises:
        httpx.HTTPError: The interface cannot be reached or refuses.
        ValueError: An answer is not of the known form, or a series has got another title.
    """
    for code in SERIES:
        page, pages = 1, 1
        while page <= pages:
            answer = client.get(
                f"{base}/country/all/indicator/{code}", params={"format": "json", "per_page": _PER_PAGE, "page": page}
            )
            answer.raise_for_status()
            head, values = _content(code, answer.content)
            pages, page = head.pages, page + 1
            for value in values:
                yield from _row(code, head, value)


def _content(code: str, answer: bytes) -> tuple[_Head, list[_Value]]:
    try:
        return json.decode(answer, type=tuple[_Head, list[_Value]])
    except DecodeError as error:
        raise ValueError(f"{code}: not an answer of the Indicators API: {error}") from error


def _row(code: str, head: _Head, value: _Value) -> Iterator[dict[str, str]]:
    indicator, title, publisher = SERIES[code]
    entity = _GROUPS.get(value.countryiso3code, value.countryiso3code)
    if value.indicator.value != title:
        raise ValueError(f"{code} is called {value.indicator.value!r} now, not {title!r}: its unit is uncertain")
    if value.value is None or entity not in entities.entities():
        return  # no value for that year, or a region or income group
    yield {
        "indicator": indicator,
        "entity": entity,
        "period": value.date,
        "value": str(value.value),
        "unit": value.unit or unit_of(catalogue.indicators()[indicator]),
        "edition": head.lastupdated,
        "source": f"World Bank, World Development Indicators, {code}",
        "address": f"https://data.worldbank.org/indicator/{code}",
        "attribution": catalogue.publishers()[publisher].attribution,
    }
