"""The built-in figures against the reference set in ../shared/figures, and its second sources."""

from __future__ import annotations

import csv
import importlib
from pathlib import Path

import pytest

from onrecord import figures
from onrecord.figures.columns import Columns
from onrecord.figures.rows import edition
from onrecord.figures.store import BUILT_IN

ROOT = Path(__file__).parents[1]
CHECKS = ROOT.parent / "shared" / "figures" / "spot_checks.csv"
IN_MILLIONS = {"nato_defence_exp_usd_current", "nato_defence_exp_national_currency"}

needs_checks = pytest.mark.skipif(not CHECKS.is_file(), reason=f"{CHECKS} is not here: it is no part of the repository")


@needs_checks
def test_figures_agree_with_their_second_sources() -> None:
    known = figures.load()
    agree, absent = 0, 0
    with CHECKS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            scale = 1e6 if row["indicator"] in IN_MILLIONS else 1
            day, _ = edition(row["edition"])
            editions = {one.edition: one for one in known.editions(row["indicator"], row["entity"], row["year"])}
            if day not in editions:
                # SIPRI's own editions are not in the package
                assert row["indicator"] == "military_exp_pct_gdp", row
                absent += 1
                continue
            value = editions[day].value / scale
            assert value == pytest.approx(float(row["value"])), row
            near = abs(value - float(row["second_value"])) <= float(row["tolerance"]) + 1e-9
            assert near == (row["agrees"] == "yes"), row
            agree += near
    assert agree + absent >= 190
    assert agree >= 185


@needs_checks
def test_the_package_holds_what_make_figures_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "tools"))
    make_figures = importlib.import_module("make_figures")
    make_figures.main(CHECKS.parent, tmp_path)
    made, kept = Columns(tmp_path / BUILT_IN.name), Columns(BUILT_IN)
    assert made.rows(0, made.count) == kept.rows(0, kept.count)
    assert (tmp_path / "members.csv").read_text() == (BUILT_IN.parent / "members.csv").read_text()
