"""Verdicts on sentences of our own with a date, a third each supported, refuted, uncheckable."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import onrecord
from onrecord import figures
from onrecord.model import Verdict

DATA = Path(__file__).parent / "data"
LEAST_RIGHT = 0.9
MOST_WRONGLY_REFUTED = 0.02
_WORST = {"uncheckable": 0, "supported": 1, "imprecise": 2, "refuted": 3}


def sentences(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


@cache
def verdict(text: str, on: str) -> Verdict:
    """Return the verdict on a sentence: of its numbers the one that is farthest from right."""
    claims = onrecord.check(text, on=dt.date.fromisoformat(on)).claims
    return max((claim.verdict for claim in claims if claim.verdict), key=lambda one: _WORST[one.verdict])


@pytest.mark.parametrize("name", ["verdicts.jsonl", "verdicts_wordings.jsonl"])
def test_verdicts_keep_their_floors(name: str) -> None:
    rows = sentences(name)
    given = [verdict(row["text"], row["on"]) for row in rows]
    right = [one.verdict == row["verdict"] for one, row in zip(given, rows, strict=True)]
    wrongly = [one.verdict == "refuted" != row["verdict"] for one, row in zip(given, rows, strict=True)]
    wrong = [row["text"] for row, is_right in zip(rows, right, strict=True) if not is_right]
    assert sum(right) / len(rows) >= LEAST_RIGHT, wrong
    assert sum(wrongly) / len(rows) <= MOST_WRONGLY_REFUTED, wrong


def test_indicator_entity_period_and_reason_are_those_meant() -> None:
    rows = sentences("verdicts.jsonl")
    fields = ("indicator", "entity", "period", "reason")
    wrong = []
    for row in rows:
        given = verdict(row["text"], row["on"])
        wrong += [(row["text"], field) for field in fields if field in row and getattr(given, field) != row[field]]
    assert len(wrong) <= (1 - LEAST_RIGHT) * len(rows), wrong


def test_the_sentences_are_thirds_and_cover_every_built_in_indicator() -> None:
    rows = sentences("verdicts.jsonl")
    assert Counter(row["verdict"] for row in rows) == {"supported": 30, "refuted": 30, "uncheckable": 30}
    assert {one.id for one in figures.load().indicators} <= {row.get("indicator") for row in rows}


def test_nothing_is_refuted_by_what_was_not_known_on_the_day() -> None:
    for row in sentences("verdicts.jsonl"):
        given = verdict(row["text"], row["on"])
        if given.verdict == "refuted":
            day = dt.date.fromisoformat(row["on"])
            assert all(one.edition <= day for one in given.observations), row["text"]
