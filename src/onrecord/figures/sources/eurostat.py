"""Eurostat's dissemination API (SDMX 2.1, answers in SDMX-CSV)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

import httpx

from onrecord.errors import UnknownEntity
from onrecord.figures import entities
from onrecord.figures.sources.sdmx import Flow, lines, unit

ADDRESS: Final = "https://ec.europa.eu/eurostat/api/dissemination/sdmx/2.1/data"
_NEEDED: Final = ("LAST UPDATE", "unit", "geo", "TIME_PERIOD", "OBS_VALUE", "OBS_FLAG")
_UNITS: Final = {"PC_GDP": "% of GDP", "CP_MEUR": "million EUR", "PC": "%"}
# Eurostat's own codes; its other countries are ISO 3166-1 alpha-2, and other groups are left out
_PLACES: Final = {"EL": "GRC", "UK": "GBR", "EU27_2020": "EU27", "XK": "XKX"}
_ESTIMATES: Final = frozenset("ep")
"""Flags for estimated and provisional values."""


def _flow(path: str, indicator: str) -> Flow:
    dataset = path.partition("/")[0]
    return Flow(
        path=path,
        params={"format": "SDMX-CSV"},
        row={
            "indicator": indicator,
            "source": f"Eurostat, {dataset}",
            "address": f"https://ec.europa.eu/eurostat/databrowser/view/{dataset}/default/table",
            "attribution": f"Eurostat, {dataset}; reuse with credit to the source (Decision 2011/833/EU)",
        },
    )


FLOWS: Final = (
    _flow("gov_10a_exp/A.PC_GDP.S13.GF02.TE.", "eurostat_defence_exp_gov_pct_gdp"),
    _flow("rd_e_gerdtot/A.TOTAL.PC_GDP.", "eurostat_rd_exp_pct_gdp"),
    _flow("nama_10_gdp/A.CP_MEUR.B1GQ.", "eurostat_gdp_current_eur"),
    _flow("nrg_ind_ren/A.REN.PC.", "eurostat_renewable_energy_share"),
)


def fetch(client: httpx.Client, base: str) -> Iterator[dict[str, str]]:
    """Yield the values of every known flow. Raises as `sdmx.lines` and `sdmx.unit` do."""
    for flow in FLOWS:
        for line in lines(client, base, flow, _NEEDED):
            entity = _PLACES.get(line["geo"], line["geo"])
            try:
                code = entities.entity(entity).code
            except UnknownEntity:
                continue  # a group that the catalogue has not, such as EA20
            yield flow.row | {
                "entity": code,
                "period": line["TIME_PERIOD"],
                "value": line["OBS_VALUE"],
                "unit": unit(line, "unit", _UNITS),
                "estimate": "true" if _ESTIMATES & set(line["OBS_FLAG"]) else "false",
                "edition": str(dt.datetime.strptime(line["LAST UPDATE"][:8], "%d/%m/%y").date()),
            }
