"""Accuracy on the annotated captures keeps the floors of bench/floors.json, which only ever rise."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.measure import claims_scores, reading_scores
from bench.results import below_floors

SHARED = Path(__file__).parents[2] / "shared"
needs_captures = pytest.mark.skipif(not SHARED.is_dir(), reason="the annotated captures are not beside this checkout")


@needs_captures
def test_accuracy_keeps_its_floors() -> None:
    figures = {"reading": reading_scores(SHARED), "claims dev": claims_scores(SHARED, "dev")}
    assert below_floors("accuracy", figures) == []
