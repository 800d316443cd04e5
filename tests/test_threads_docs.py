"""docs/threads.md: its figures are the measured ones, every stage and change has its place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest

from onrecord.threads import STAGES
from onrecord.threads.values import Revised

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "threads.md").read_text(encoding="utf-8")
WORDS = " ".join(PAGE.split())


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("copies: precision", "copies_precision"),
        ("copies: recall", "copies_recall"),
        ("threads: pairwise F1, ten histories", "threads_f1"),
        ("the same, in wordings held back", "threads_f1_held_back"),
    ],
)
def test_the_page_has_the_measured_figures(row: str, name: str) -> None:
    measured = json.loads((ROOT / "bench" / "results.json").read_text())["record"][name]
    assert f"| {row} | {measured:.3f} |" in PAGE


def test_every_stage_has_its_row() -> None:
    assert [stage for stage in STAGES if f"| {stage} |" not in PAGE] == []


def test_every_change_is_named() -> None:
    silent = {"first said", "differs"}  # nothing changed yet; named as `differ`
    assert [name for name in get_args(Revised) if name not in silent and f"`{name}`" not in WORDS] == []


def test_the_measured_figures_reach_their_bars() -> None:
    measured = json.loads((ROOT / "bench" / "results.json").read_text())["record"]
    assert measured["threads_f1"] >= 0.90
    assert measured["copies_precision"] >= 0.98
    assert measured["copies_recall"] >= 0.95
