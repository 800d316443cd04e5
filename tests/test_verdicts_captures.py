"""Claims of the annotated captures that the built-in figures cover: indicator, entity and period."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from onrecord import figures
from onrecord.model import Claim, Quantity, Span, Verdict, When, select
from onrecord.verdicts import check

SHARED = Path(__file__).parents[2] / "shared" / "claims"
LABELS = Path(__file__).parent / "data" / "covered_claims.jsonl"
needs_captures = pytest.mark.skipif(
    not SHARED.is_dir(), reason=f"{SHARED} is not here: the annotated captures are no part of the repository"
)


def captures() -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for name in ("dev.jsonl", "own.jsonl")
        for line in (SHARED / name).read_text(encoding="utf-8").splitlines()
    ]


def claim_of(row: dict[str, Any], text: str) -> Claim:
    evidence = Span(**row["evidence"])
    return Claim(
        **{name: row[name] for name in ("kind", "actor", "measure", "said_by", "negated")},
        quantity=msgspec.convert(row["quantity"], Quantity | None),
        when=msgspec.convert(row["when"], When | None),
        evidence=evidence,
        selector=select(text, evidence),
    )


def verdicts(capture: dict[str, Any]) -> list[list[Verdict]]:
    """Return the verdicts on the annotated claims, story by story."""
    known, found = figures.load(), []
    for story in capture["stories"]:
        claims = [claim_of(row, capture["text"]) for row in story["claims"]]
        day = dt.date.fromisoformat(story["published"][:10]) if story["published"] else None
        about = " ; ".join(filter(None, (story["headline"], *(claim.measure for claim in claims))))
        found.append([check(claim, known, day=day, about=about) for claim in claims])
    return found


@needs_captures
def test_covered_claims_get_their_indicator_entity_and_period() -> None:
    labels = [json.loads(line) for line in LABELS.read_text(encoding="utf-8").splitlines()]
    by_id = {capture["id"]: capture for capture in captures()}
    given = {name: verdicts(by_id[name])[0] for name in {label["capture"] for label in labels}}
    fields = ("indicator", "entity", "period")
    wrong = [
        label
        for label in labels
        if [getattr(given[label["capture"]][label["claim"]], field) for field in fields]
        != [label[field] for field in fields]
    ]
    assert len(wrong) <= 0.1 * len(labels), wrong


@needs_captures
def test_no_claim_of_the_captures_is_refuted_that_no_label_covers() -> None:
    covered = {label["capture"] for label in map(json.loads, LABELS.read_text(encoding="utf-8").splitlines())}
    for capture in captures():
        given = [one for story in verdicts(capture) for one in story]
        assert capture["id"] in covered or not [one for one in given if one.verdict == "refuted"], capture["id"]
