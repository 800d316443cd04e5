"""The World Bank's Indicators API, version 2: World Development Indicators as JSON, a page at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

import httpx

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
            head, values = _content(code, answer.text)
            pages, page = int(head["pages"]), page + 1
            for value in values:
                yield from _row(code, head, value)


def _content(code: str, text: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    # numbers stay as written: 2.30268 must not become 2.3026800000000001
    content = json.loads(text, parse_float=Decimal)
    if not isinstance(content, list) or len(content) != 2 or not isinstance(content[1], list):
        raise ValueError(f"{code}: not an answer of the Indicators API: {text[:200]}")
    return content[0], content[1]


def _row(code: str, head: dict[str, Any], value: dict[str, Any]) -> Iterator[dict[str, str]]:
    indicator, title, publisher = SERIES[code]
    entity = _GROUPS.get(value["countryiso3code"], value["countryiso3code"])
    if value["indicator"]["value"] != title:
        raise ValueError(f"{code} is called {value['indicator']['value']!r} now, not {title!r}: its unit is uncertain")
    if value["value"] is None or entity not in entities.entities():
        return  # no value for that year, or a region or income group
    yield {
        "indicator": indicator,
        "entity": entity,
        "period": value["date"],
        "value": str(value["value"]),
        "unit": value.get("unit") or unit_of(catalogue.indicators()[indicator]),
        "edition": head["lastupdated"],
        "source": f"World Bank, World Development Indicators, {code}",
        "address": f"https://data.worldbank.org/indicator/{code}",
        "attribution": catalogue.publishers()[publisher].attribution,
    }
