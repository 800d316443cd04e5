"""`onrecord outlook`: at two widths, as JSON that keeps the schema, as plots, and what it says to a wrong call."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from onrecord import cli
from onrecord.report.lines import schema

NATO = ("--indicator", "nato_defence_exp_pct_gdp", "--entity", "NATO", "--target", "3.5", "--by", "2035")
BRITAIN = ("--indicator", "nato_defence_exp_pct_gdp", "--entity", "Britain", "--target", "2.5%", "--by", "2027")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> Run:
    """Run the command; gives exit status, standard output and standard error."""
    monkeypatch.setenv("ONRECORD_FIGURES", str(tmp_path / "figures"))

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["onrecord", "outlook", *arguments])
        try:
            cli.main()
        except SystemExit as stop:
            out, err = capsysbinary.readouterr()
            return int(stop.code or 0), out.decode(), err.decode()
        raise AssertionError("the command line ends with an exit status")

    return call


@pytest.mark.parametrize("columns", [80, 200])
def test_a_group_prints_all_its_members_and_the_bill(run: Run, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    status, out, _ = run(*NATO)
    assert status == 0
    assert max(map(len, out.splitlines())) <= columns
    table = out.split("member ")[1]
    for name in ("Lithuania", "United", "Slovenia", "Iceland", "cannot be"):
        assert name in table
    assert table.index("Lithuania") < table.index("Slovenia") < table.index("Iceland")
    assert "sum of 26 members short of the target = USD" in " ".join(out.split())
    assert "credit NATO" in out


@pytest.mark.parametrize("columns", [80, 200])
def test_one_country_line_by_line(run: Run, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    status, out, _ = run(*BRITAIN, "--made", "2025-02-25")
    told = " ".join(out.split())
    assert status == 0
    assert max(map(len, out.splitlines())) <= columns
    assert "United Kingdom (GBR): 2.5% by 2027-12-31, said on 2025-02-25" in told
    assert "baseline 2.332% in 2024 (estimate), edition 2024-06-17" in told
    assert "× GDP of USD 3.686 trillion in 2024 = USD 7.372 billion a year" in told
    assert "80% interval" in told


def test_a_change_shows_its_arithmetic(run: Run) -> None:
    _, out, _ = run("--indicator", "ghg_total", "--entity", "DEU", "--target=-55%", "--against", "1990", "--by", "2030")
    assert "× (1 − 55%) = 558 million t" in out


@pytest.mark.parametrize("arguments", [NATO, BRITAIN])
def test_json_keeps_the_schema(run: Run, arguments: tuple[str, ...]) -> None:
    status, out, _ = run(*arguments, "--json")
    assert status == 0
    (line,) = out.splitlines()
    jsonschema.validate(json.loads(line), schema())


def test_the_same_call_gives_the_same_bytes(run: Run) -> None:
    assert run(*NATO, "--json") == run(*NATO, "--json")


def test_a_deadline_that_is_over_is_no_error(run: Run) -> None:
    status, out, _ = run("--indicator", "nato_defence_exp_pct_gdp", "--entity", "ESP", "--target", "2", "--by", "2024")
    assert status == 0
    assert "missed: 1.42% in 2024, the deadline's year; at the target since" in out


def test_a_series_without_values_cannot_be_rated(run: Run) -> None:
    status, out, _ = run("--indicator", "nato_defence_exp_pct_gdp", "--entity", "ISL", "--target", "2", "--by", "2030")
    assert status == 1
    assert "cannot be rated: no value of nato_defence_exp_pct_gdp for Iceland is known" in " ".join(out.split())


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--indicator", "nato_defense", "--entity", "GBR", "--target", "2"), "nearest: nato_defence_exp_pct_gdp"),
        (("--indicator", "population", "--entity", "Frence", "--target", "2"), "France (FRA)"),
        (("--indicator", "ghg_total", "--entity", "FRA", "--target", "3%"), "is in percent, ghg_total in t"),
        ((*BRITAIN[:-1], "soon"), "--by soon: neither a year (2035) nor a day"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(run: Run, arguments: tuple[str, ...], told: str) -> None:
    status, _, err = run(*arguments)
    assert status == 2
    assert told in err


@pytest.mark.parametrize(
    ("name", "begins"), [("plot.svg", b"<svg"), ("plot.png", b"\x89PNG"), ("plot.html", b"<!DOCTYPE html>")]
)
@pytest.mark.parametrize("arguments", [NATO, BRITAIN])
def test_a_plot_is_written(run: Run, tmp_path: Path, arguments: tuple[str, ...], name: str, begins: bytes) -> None:
    pytest.importorskip("vl_convert", reason="the extra `plots` is not installed")
    status, _, _ = run(*arguments, "--plot", str(tmp_path / name))
    assert status == 0
    assert (tmp_path / name).read_bytes().lstrip().startswith(begins)


def test_a_plot_tells_target_deadline_interval_and_credit(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("vl_convert", reason="the extra `plots` is not installed")
    run(*BRITAIN, "--plot", str(tmp_path / "plot.svg"))
    drawn = (tmp_path / "plot.svg").read_text(encoding="utf-8")
    for words in ("target 2.5%", "deadline 2027", "projection", "80% interval", "pace needed", "credit NATO"):
        assert words in drawn


def test_a_plot_of_another_kind_is_refused(run: Run, tmp_path: Path) -> None:
    status, _, err = run(*BRITAIN, "--plot", str(tmp_path / "plot.pdf"))
    assert status == 2
    assert "the ending must be one of svg, png, html" in err


def test_a_missing_extra_is_named(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    status, _, err = run(*BRITAIN, "--plot", str(tmp_path / "plot.svg"))
    assert status == 2
    assert "pip install 'onrecord[plots]'" in err


def test_a_plot_of_nothing_is_refused(run: Run, tmp_path: Path) -> None:
    pytest.importorskip("vl_convert", reason="the extra `plots` is not installed")
    nothing = ("--indicator", "nato_defence_exp_pct_gdp", "--entity", "ISL", "--target", "2", "--by", "2030")
    status, _, err = run(*nothing, "--plot", str(tmp_path / "plot.svg"))
    assert status == 2
    assert "nothing to draw: no value of nato_defence_exp_pct_gdp for Iceland is known" in err
