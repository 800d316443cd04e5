"""Training of the claims' models: which candidate each annotated claim is, and how sure the models may be."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.claims.candidates import find_candidates
from onrecord.claims.decision import load_models
from onrecord.claims.undertakings import find_undertakings
from tools.train_claims.gold import Page, quantified, read_pages, same_name, same_time, same_words, unquantified

TEXT = (
    "Norway pledged to cut its emissions by 40% by 2035. At least 14 people were killed in floods on Sunday. "
    "The Norway government said it would build new icebreakers."
)


def gold(words: str, kind: str = "figure", quantity: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    """Return a gold claim whose evidence is the sentence that begins with `words`."""
    start = TEXT.index(words)
    evidence = {"start": start, "end": TEXT.index(".", start) + 1}
    return {"kind": kind, "evidence": evidence, "quantity": quantity, "confidence": 0.5, **fields}


def amount(value: float, unit: str) -> dict[str, Any]:
    return {"value": value, "low": None, "high": None, "vague": None, "unit": unit}


CUT = gold("Norway pledged", "commitment", amount(40.0, "percent"))
KILLED = gold("At least", "figure", amount(14.0, "count"))
BUILD = gold("The Norway", "commitment", measure="build new icebreakers")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Page:
    fields = {"start": 0, "end": len(TEXT), "headline": None, "dateline": None, "published": "2025-03-10"}
    story = fields | {"body": [[0, len(TEXT)]], "claims": [KILLED, CUT, BUILD]}
    path: Path = tmp_path_factory.mktemp("gold") / "gold.jsonl"
    path.write_text(json.dumps({"id": "floods", "text": TEXT, "stories": [story]}) + "\n", encoding="utf-8")
    (found,) = read_pages([path])
    return found


def test_a_gold_story_is_read_with_its_id_and_its_day(page: Page) -> None:
    assert (page.id, str(page.context.analysis.day)) == ("floods", "2025-03-10")


def test_a_candidate_is_the_gold_claim_with_its_quantity(page: Page) -> None:
    candidates = list(find_candidates(page.context, load_models()["time"]))
    found = quantified(page, candidates)
    assert [
        (candidate.mention.quantity.value, claim)
        for candidate, claim in zip(candidates, found, strict=True)
        if candidate.mention is not None and claim is not None
    ] == [(40.0, CUT), (14.0, KILLED)]


def test_a_predicate_is_the_gold_claim_without_a_quantity(page: Page) -> None:
    found = unquantified(page, list(find_undertakings(page.context, load_models()["time"])))
    assert [claim for claim in found if claim is not None] == [BUILD]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("Lee", "Ann Lee", True), ("the Board", "Board", True), ("Ann Lee", "Tom Lee", False), (None, None, True)],
)
def test_two_names_are_one_where_one_is_a_part_of_the_other(one: str | None, other: str | None, same: bool) -> None:
    assert same_name(one, other) is same


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [("cut emissions", "the emissions", 2 / 3), ("ports", "quays", 0.0), ("the", None, 1.0)],
)
def test_closeness_of_two_phrases_is_the_share_of_their_words(one: str, other: str | None, share: float) -> None:
    assert same_words(one, other) == pytest.approx(share)


def test_a_time_is_the_gold_one_by_its_days_whatever_its_words(page: Page) -> None:
    by_2035 = page.context.analysis.times[0]
    days = {"relation": "by", "start": None, "end": "2035-12-31"}
    assert same_time(by_2035, {"text": "until the end of 2035", **days})
    assert not same_time(by_2035, None)
    assert same_time(None, None)


def test_each_gold_claim_makes_one_prediction_right_the_surest_first() -> None:
    calibrate = pytest.importorskip("tools.train_claims.calibrate", reason="calibration needs altair and scipy")
    twice = [CUT | {"confidence": 0.6}, CUT | {"confidence": 0.9}]
    found = list(calibrate.find("floods", twice, [CUT]))
    assert [(one.probability, one.right) for one in found] == [(0.9, True), (0.6, False)]


def test_the_fit_leaves_alone_what_is_as_sure_as_it_is_right() -> None:
    calibrate = pytest.importorskip("tools.train_claims.calibrate", reason="calibration needs altair and scipy")
    found = [calibrate.Found("a", has, 0.8, i < 8) for has in (True, False) for i in range(10)]
    model = calibrate.fit(found)
    assert model == pytest.approx(
        {"quantified slope": 1, "quantified offset": 0, "unquantified slope": 1, "unquantified offset": 0}, abs=0.01
    )


def test_the_table_counts_claims_by_confidence() -> None:
    calibrate = pytest.importorskip("tools.train_claims.calibrate", reason="calibration needs altair and scipy")
    assert calibrate.table([(0.95, True), (0.85, True), (0.85, False)]) == [
        {"from": 0.8, "to": 0.9, "claims": 2, "confidence": 0.85, "right": 0.5},
        {"from": 0.9, "to": 1.0, "claims": 1, "confidence": 0.95, "right": 1.0},
    ]


def test_every_option_of_a_claim_is_told_right_or_wrong(page: Page) -> None:
    pytest.importorskip("torch", reason="examples hold tensors")
    from tools.train_claims.examples import ask

    asked = [one for one in ask(page, load_models()["time"]) if one.claim is not None]
    assert len(asked) == 3
    assert all(len(one.right[slot]) == len(one.options[slot]) for one in asked for slot in one.right)
