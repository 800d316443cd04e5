"""Publishers' open interfaces, played by a server on loopback with answers of our own making."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from onrecord import figures
from onrecord.errors import FiguresError, UsageError
from onrecord.figures.sources import update, world_bank

Answer = Callable[[str, dict[str, list[str]]], str | None]
"""From path and query to a body; None for 404."""


@pytest.fixture
def served() -> Iterator[Callable[[Answer], str]]:
    """Start servers; each gives its base address."""
    servers = []

    def start(answer: Answer) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                url = urlsplit(self.path)
                body = answer(url.path, parse_qs(url.query))
                self.send_response(200 if body is not None else 404)
                self.end_headers()
                self.wfile.write((body or "").encode())

            def log_message(self, *_: Any) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def world_bank_answer(path: str, query: dict[str, list[str]], **changes: Any) -> str:
    """Two pages a series: values for a country, a region and a group, then one that is missing."""
    code, page = path.rsplit("/", 1)[1], int(query["page"][0])
    values = [("GBR", 12.345678), ("ARB", 3), ("EUU", 7)] if page == 1 else [("FRA", None)]
    rows = [{"countryiso3code": place, "date": "2031", "value": value} for place, value in values]
    shared = {"indicator": {"id": code, "value": world_bank.SERIES[code][1]}, "unit": "", "decimal": 1}
    head = {"page": page, "pages": 2, "per_page": 3, "total": 4, "sourceid": "2", "lastupdated": "2032-04-01"}
    return json.dumps([head, [shared | row | changes for row in rows]])


def test_world_bank(served: Callable[[Answer], str], tmp_path: Path) -> None:
    base = served(world_bank_answer)
    done = update("world-bank", tmp_path, address=base)
    assert (done.added, done.known) == (2 * len(world_bank.SERIES), 0)
    known = figures.load(tmp_path)
    one = known.lookup("military_exp_pct_gdp", "GBR", 2031)
    assert one is not None
    assert (one.value, one.unit, one.edition, one.edition_exact) == (12.345678, "percent", dt.date(2032, 4, 1), True)
    assert "World Bank" in one.attribution
    assert known.lookup("population", "EU", 2031) is not None
    assert known.lookup("military_exp_pct_gdp", "GBR", 2031, as_of=dt.date(2032, 3, 31)) is None
    again = update("world-bank", tmp_path, address=base)
    assert (again.added, again.known) == (0, done.added)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"indicator": {"id": "x", "value": "Military expenditure"}}, "its unit is uncertain"),
        ({"unit": "bananas"}, "unknown unit 'bananas'"),
        ({"unit": "EUR"}, "unit 'EUR', but military_exp_pct_gdp is in percent of GDP"),
        ({"date": "recent"}, "period 'recent'"),
    ],
)
def test_world_bank_answers_that_are_refused(
    served: Callable[[Answer], str], tmp_path: Path, changes: dict[str, Any], reason: str
) -> None:
    base = served(lambda path, query: world_bank_answer(path, query, **changes))
    with pytest.raises(FiguresError, match=reason):
        update("world-bank", tmp_path, address=base)
    assert not list(tmp_path.iterdir())


NOT_FOUND = '[{"message": [{"value": "The indicator was not found"}]}]'


@pytest.mark.parametrize("body", ["", "<html>", "{}", NOT_FOUND, "[{}, []]", "[null, [null]]", "\xff"])
def test_world_bank_answers_that_are_none(served: Callable[[Answer], str], tmp_path: Path, body: str) -> None:
    with pytest.raises(FiguresError, match="nothing was added"):
        update("world-bank", tmp_path, address=served(lambda *_: body))


EUROSTAT = "DATAFLOW,LAST UPDATE,freq,unit,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS"
EUROSTAT_UNITS = {"gov_10a_exp": "PC_GDP", "rd_e_gerdtot": "PC_GDP", "nama_10_gdp": "CP_MEUR", "nrg_ind_ren": "PC"}


def eurostat_answer(path: str, query: dict[str, list[str]]) -> str:
    assert query["format"] == ["SDMX-CSV"]
    start = f"ESTAT:X(1.0),01/10/31 11:00:00,A,{EUROSTAT_UNITS[path.split('/')[1]]}"
    rows = ["EL,2030,2.5,,", "UK,2030,2.25,p,", "EA20,2030,1.5,,", "DE,2030,,,", "EU27_2020,2030,1.75,b,"]
    return "\n".join([EUROSTAT, *(f"{start},{row}" for row in rows)])


def test_eurostat(served: Callable[[Answer], str], tmp_path: Path) -> None:
    done = update("eurostat", tmp_path, address=served(eurostat_answer))
    assert done.added == 3 * len(EUROSTAT_UNITS)
    known = figures.load(tmp_path)
    one = known.lookup("eurostat_gdp_current_eur", "GRC", 2030)
    assert one is not None
    assert (one.value, one.unit, one.edition, one.estimate) == (2.5e6, "EUR", dt.date(2031, 10, 1), False)
    british = known.lookup("eurostat_rd_exp_pct_gdp", "GBR", 2030)
    assert british is not None
    assert british.estimate
    assert known.lookup("eurostat_renewable_energy_share", "EU", 2030) is not None


def oecd_answer(path: str, _: dict[str, list[str]]) -> str:
    dac = "DAC1" in path
    place, start = ("DONOR", "11002,1160,PT_B5G") if dac else ("REF_AREA", "G,_Z,PT_B1GQ")
    header = f"MEASURE,FLOW_TYPE,UNIT_MEASURE,{place},TIME_PERIOD,OBS_VALUE,OBS_STATUS,UNIT_MULT"
    return "\n".join([header, f"{start},SWE,2030,0.91,P,0", f"{start},ALLM,2030,0.4,A,0"])


def test_oecd(served: Callable[[Answer], str], tmp_path: Path) -> None:
    assert update("oecd", tmp_path, address=served(oecd_answer)).added == 2
    known = figures.load(tmp_path)
    one = known.lookup("oda_pct_gni", "SWE", 2030)
    assert one is not None
    assert (one.value, one.unit, one.estimate, one.edition_exact) == (0.91, "percent", True, False)
    assert known.lookup("oecd_rd_exp_pct_gdp", "SWE", 2030) is not None


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("PC_GDP", "", "no unit"),
        ("PC_GDP", "PPS", "unit 'PPS'"),
        (",unit,", ",measure,", "no column unit"),
        ("01/10/31", "lately!", "lately!"),
        ("2.25", "much", "value 'much' is not a number"),
    ],
)
def test_eurostat_answers_that_are_refused(
    served: Callable[[Answer], str], tmp_path: Path, old: str, new: str, reason: str
) -> None:
    base = served(lambda path, query: eurostat_answer(path, query).replace(old, new))
    with pytest.raises(FiguresError, match=reason):
        update("eurostat", tmp_path, address=base)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("PT_B5G", "USD", "unit 'USD'"),
        ("P,0", "P,6", "UNIT_MULT is '6', not '0'"),
        ("11002", "1010", "MEASURE is '1010', not '11002'"),
    ],
)
def test_oecd_answers_that_are_refused(
    served: Callable[[Answer], str], tmp_path: Path, old: str, new: str, reason: str
) -> None:
    base = served(lambda path, query: oecd_answer(path, query).replace(old, new))
    with pytest.raises(FiguresError, match=reason):
        update("oecd", tmp_path, address=base)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("source", ["world-bank", "eurostat", "oecd"])
def test_a_publisher_that_does_not_answer(served: Callable[[Answer], str], tmp_path: Path, source: str) -> None:
    with pytest.raises(FiguresError, match="404"):
        update(source, tmp_path, address=served(lambda *_: None))


def test_an_address_that_cannot_be_reached(tmp_path: Path) -> None:
    with pytest.raises(FiguresError, match="cannot be read"):
        update("oecd", tmp_path, address="http://127.0.0.1:9")


def test_an_unknown_source_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="known: world-bank, eurostat, oecd"):
        update("worldbank", tmp_path)
