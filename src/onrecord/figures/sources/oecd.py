"""The OECD's SDMX interface (answers in SDMX-CSV)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

import httpx

from onrecord.errors import UnknownEntity
from onrecord.figures import entities
from onrecord.figures.sources.sdmx import Flow, lines, unit

ADDRESS: Final = "https://sdmx.oecd.org/public/rest/data"
_CREDIT: Final = "OECD, {flow}; OECD terms and conditions, CC BY 4.0 unless otherwise noted"

ODA: Final = Flow(
    # the order of the key's parts changed between versions of the flow: this is the one of 1.7
    path="OECD.DCD.FSD,DSD_DAC1@DF_DAC1,1.7/.11002..1160.PT_B5G.V._Z",
    # grant equivalents begin in 2018
    params={"startPeriod": "2018", "format": "csvfile", "dimensionAtObservation": "AllDimensions"},
    same={"MEASURE": "11002", "FLOW_TYPE": "1160", "UNIT_MULT": "0"},
    row={
        "indicator": "oda_pct_gni",
        "source": "OECD DAC1, official development assistance, grant equivalent, share of GNI",
        "address": "https://www.oecd.org/en/topics/official-development-assistance-oda.html",
        "attribution": _CREDIT.format(flow="DAC1: flows by donor"),
    },
)
RESEARCH: Final = Flow(
    path="OECD.STI.STP,DSD_MSTI@DF_MSTI,/.A.G.PT_B1GQ._Z._Z",
    params={"format": "csvfile", "dimensionAtObservation": "AllDimensions"},
    same={"MEASURE": "G", "UNIT_MULT": "0"},
    row={
        "indicator": "oecd_rd_exp_pct_gdp",
        "source": "OECD, Main Science and Technology Indicators",
        "address": "https://www.oecd.org/en/data/datasets/main-science-and-technology-indicators.html",
        "attribution": _CREDIT.format(flow="Main Science and Technology Indicators"),
    },
)
_UNITS: Final = {"PT_B5G": "% of GNI", "PT_B1GQ": "% of GDP"}
_ESTIMATES: Final = frozenset({"E", "P"})
"""Observation status for estimated and provisional values."""


def fetch(client: httpx.Client, base: str) -> Iterator[dict[str, str]]:
    """Yield the values of every known flow. Raises as `sdmx.lines` and `sdmx.unit` do.

    The answer names no day of publication: the edition is `by` today, an upper bound.
    """
    today = dt.datetime.now(dt.UTC).date()
    for flow, place in ((ODA, "DONOR"), (RESEARCH, "REF_AREA")):
        for line in lines(client, base, flow, (place, "UNIT_MEASURE", "TIME_PERIOD", "OBS_VALUE")):
            try:
                entity = entities.entity(line[place]).code
            except UnknownEntity:
                continue  # a group that the catalogue has not
            yield flow.row | {
                "entity": entity,
                "period": line["TIME_PERIOD"],
                "value": line["OBS_VALUE"],
                "unit": unit(line, "UNIT_MEASURE", _UNITS),
                "estimate": "true" if line.get("OBS_STATUS") in _ESTIMATES else "false",
                "edition": f"by {today}",
            }
