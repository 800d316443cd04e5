"""`onrecord figures`, its commands, and that nothing but an update opens a connection."""

from __future__ import annotations

import csv
import io
import json
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord import cli, figures

DEFENCE = "nato_defence_exp_pct_gdp"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run the command line with an own folder of figures; gives exit status, standard output and standard error."""
    monkeypatch.setenv("ONRECORD_FIGURES", str(tmp_path / "figures"))

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["onrecord", "figures", *arguments])
        try:
            cli.main()
        except SystemExit as stop:
            return int(stop.code or 0), *capsys.readouterr()
        raise AssertionError("the command line ends with an exit status")

    return call


@pytest.mark.parametrize("columns", [80, 200])
def test_the_list_has_every_indicator_whole(run: Run, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    status, out, _ = run()
    assert status == 0
    assert max(map(len, out.splitlines())) <= columns
    known = figures.load()
    for one in known.indicators:
        row = next(line.split() for line in out.splitlines() if line.startswith(f"{one.id} "))
        assert row[-1] == str(len(known.entities(one.id)))
    assert "not for sale or advertising" in " ".join(out.split())


def test_a_series_as_known_on_a_day_with_edition_source_and_credit(run: Run) -> None:
    status, out, _ = run("show", DEFENCE, "--entity", "GBR", "--as-of", "2025-06-09")
    assert status == 0
    assert "United Kingdom (GBR), percent of GDP, as known on 2025-06-09" in out
    assert any(line.split() == ["2024", "2.33226", "estimate", "2024-06-17", "[2]"] for line in out.splitlines())
    assert "https://www.nato.int/" in out
    assert "Source: NATO (nato.int)" in out


def test_an_upper_bound_is_shown_as_one(run: Run) -> None:
    _, out, _ = run("show", "population", "--entity", "Britain")
    assert "by 2026-03-06" in out


def test_json_is_the_series(run: Run) -> None:
    status, out, _ = run("show", DEFENCE, "--entity", "GBR", "--as-of", "2025-06-09", "--json")
    series = json.loads(out)
    assert status == 0
    assert series["indicator"]["id"] == DEFENCE
    assert series["as_of"] == "2025-06-09"
    last = series["observations"][-1]
    assert (last["period"], last["value"], last["unit"], last["edition"]) == ("2024", 2.33226, "percent", "2024-06-17")
    assert last["attribution"]


def test_csv_goes_into_another_folder_and_comes_out_the_same(run: Run, tmp_path: Path) -> None:
    _, out, _ = run("show", DEFENCE, "--entity", "GBR", "--editions", "--csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {row["unit"] for row in rows} == {"percent of GDP"}
    file = tmp_path / "shown.csv"
    file.write_text(out.replace(DEFENCE, "ours"), encoding="utf-8")
    status, told, _ = run("add", str(file))
    assert status == 0
    assert f"{len(rows)} figures added" in told
    assert "new indicators: ours" in told
    assert run("show", "ours", "--entity", "GBR", "--editions", "--csv")[1] == out.replace(DEFENCE, "ours")


def test_the_folder_may_be_named(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "new.csv"
    header, row = "indicator,entity,period,value,unit,edition,source,title", "bees,GBR,2024,9,count,2025-01-01,Us,Bees"
    file.write_text(f"{header}\n{row}\n", encoding="utf-8")
    run("add", str(file), "--figures", str(tmp_path / "other"))
    assert run("show", "bees", "--entity", "GBR", "--figures", str(tmp_path / "other"))[0] == 0
    assert run("show", "bees", "--entity", "GBR")[0] == 2


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (("show", "defense", "--entity", "GBR"), 2, "unknown indicator 'defense'; nearest: nato_"),
        (("show", DEFENCE, "--entity", "Germny"), 2, "unknown country or group 'Germny'; nearest: Germany (DEU)"),
        (("show", DEFENCE, "--entity", "GBR", "--json", "--csv"), 2, "exclude each other"),
        (("show", DEFENCE, "--entity", "JPN"), 1, f"no value of {DEFENCE} for Japan is known"),
        (("show", DEFENCE, "--entity", "GBR", "--as-of", "2001-01-01"), 1, "was known on 2001-01-01"),
        (("show", DEFENCE, "--entity", "GBR", "--as-of", "soon"), 2, "soon"),
        (("show", "eurostat_gdp_current_eur", "--entity", "DEU"), 1, "no value of eurostat_gdp_current_eur"),
        (("show", DEFENCE, "--entity", "GBR", "--figures", "nowhere"), 2, "--figures nowhere: no such folder"),
        (("add", "none.csv"), 1, "none.csv: cannot be read: No such file"),
        (("update", "imf"), 2, "unknown source 'imf'; known: world-bank, eurostat, oecd"),
        (("update", "oecd", "--address", "http://127.0.0.1:9"), 1, "nothing was added"),
        (("update", "oecd", "--address", "nonsense"), 1, "nothing was added"),
        (("--figures", "here", "show", DEFENCE, "--entity", "GBR"), 2, "--figures stands behind the command"),
    ],
)
def test_what_goes_wrong_is_told_without_a_traceback(
    run: Run, arguments: tuple[str, ...], status: int, told: str
) -> None:
    got, _, error = run(*arguments)
    assert got == status
    assert told in error
    assert "Traceback" not in error


def test_a_bad_row_is_named_with_its_line(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    header = "indicator,entity,period,value,unit,edition,source"
    file.write_text(f"{header}\npopulation,GBR,2024,1,,2026-01-01,Us\n", encoding="utf-8")
    status, out, error = run("add", str(file))
    assert (status, out) == (1, "")
    assert error == f"onrecord: {file}, line 2: no unit; nothing was added\n"


def test_nothing_but_an_update_opens_a_connection(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert run()[0] == 0
    assert run("show", DEFENCE, "--entity", "GBR")[0] == 0
