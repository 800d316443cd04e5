"""Claims of whole stories, end to end: words in, kinds and fields out."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.claims import find_claims
from onrecord.language import analyse
from onrecord.language.phrases import word_set
from onrecord.model import Claim, FieldSpans, Story
from onrecord.statements import find_statements

SHARED = Path(__file__).parents[2] / "shared"


def claims_of(text: str, published: str | None = "2025-03-10") -> tuple[Claim, ...]:
    story = Story(start=0, end=len(text), published=published, language="en", body=((0, len(text)),))
    analysis = analyse(story, text)
    return find_claims(analysis, find_statements(analysis))


def numbers(claims: tuple[Claim, ...]) -> list[tuple[str, float | str | None, str]]:
    return [(c.kind, c.quantity.value or c.quantity.vague, c.quantity.unit) for c in claims if c.quantity is not None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norland pledged to cut its emissions by 40% by 2035.", [("commitment", 40.0, "percent")]),
        ("At least 14 people were killed in the floods on Sunday.", [("figure", 14.0, "count")]),
        ("Exports rose 7% to $12 billion last year.", [("figure", 7.0, "percent"), ("figure", 12e9, "USD")]),
        ("The bank expects the economy to grow 2.1% this year.", [("forecast", 2.1, "percent")]),
        ("Norland said it will spend $3 billion on new ferries.", [("commitment", 3e9, "USD")]),
        (
            "Norland has pledged to raise aid to 0.5% of GDP by 2027 and to 0.7% by 2030.",
            [("commitment", 0.5, "percent"), ("commitment", 0.7, "percent")],
        ),
    ],
)
def test_a_quantity_is_a_claim_of_its_kind(text: str, expected: list[tuple[str, float, str]]) -> None:
    assert numbers(claims_of(text)) == expected


def test_each_target_of_a_pledge_has_its_own_deadline() -> None:
    found = claims_of("Norland has pledged to raise aid to 0.5% of GDP by 2027 and to 0.7% by 2030.")
    assert [c.when.end for c in found if c.when is not None] == [dt.date(2027, 12, 31), dt.date(2030, 12, 31)]
    assert {c.said_by for c in found} == {"Norland"}


def test_a_promise_without_a_number_is_a_commitment() -> None:
    found = claims_of("The Norland government said it would build new icebreakers.")
    assert [(c.kind, c.quantity) for c in found] == [("commitment", None)]


@pytest.mark.parametrize(
    "text",
    [
        "Norland could be ready to build new icebreakers by 2030.",
        "Ann Lee said she is confident Norland will build new icebreakers by 2030.",
    ],
)
def test_what_is_only_held_possible_binds_nobody(text: str) -> None:
    assert {c.kind for c in claims_of(text)} <= {"forecast"}


def test_ages_are_no_claims() -> None:
    assert claims_of("Ann Lee, 34, moved there with her two-year-old son.") == ()


def test_a_story_without_words_has_no_claims() -> None:
    assert claims_of(" ") == ()


def test_evidence_is_the_whole_sentence_and_nothing_else() -> None:
    text = "It rained. Norland pledged to cut its emissions by 40% by 2035. Nobody cheered."
    (claim,) = claims_of(text)
    assert claim.evidence.of(text) == "Norland pledged to cut its emissions by 40% by 2035."
    assert claim.selector.exact == claim.evidence.of(text)


def test_every_field_is_shown_where_it_was_read() -> None:
    text = "Norland pledged to cut its emissions by 40% by 2035."
    (claim,) = claims_of(text)
    assert claim.spans.quantity is not None
    assert claim.spans.quantity.of(text) == "40%"
    assert claim.spans.when is not None
    assert claim.spans.when.of(text) == "by 2035"
    assert claim.spans.measure is not None
    assert claim.spans.measure.of(text) == claim.measure


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway pledged to cut its emissions by 40% by 2035.", ("Norway", "NO")),
        ("Oslo will send 40 tanks to the border by May.", ("Oslo", "NO")),
        (
            "Norwegian Prime Minister Clara Nyberg pledged to raise spending to 3% of GDP by 2030.",
            ("Clara Nyberg", "NO"),
        ),
        ("Norway and Sweden pledged to cut emissions by 40% by 2035.", ("Norway and Sweden", None)),
        ("Acme pledged to cut its emissions by 40% by 2035.", ("Acme", None)),
    ],
)
def test_the_country_is_the_one_that_the_actor_is_or_speaks_for(text: str, expected: tuple[str, str | None]) -> None:
    assert [(claim.actor, claim.country) for claim in claims_of(text)] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Mayor Ann Lee spoke on Monday. Lee said she expects all to reach 2% by the end of this year.",
        "The Harbour Board could lower them by 25 basis points before the year is out, traders say.",
        "Norway will reach 450 gigawatts by 2030.",
    ],
)
def test_whoever_acts_or_speaks_is_not_what_is_measured(text: str) -> None:
    (claim,) = claims_of(text)
    assert claim.measure is None or not any(name in claim.measure for name in ("Lee", "Harbour Board", "Norway"))


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Mayor Ann Lee spoke on Monday. Lee said she expects all to reach 2% by the end of this year.", None),
        ("Mayor Ann Lee spoke on Monday. She expects Norway to spend 3% of GDP by 2030.", "Norway"),
    ],
)
def test_whoever_expects_others_to_act_is_not_the_actor(text: str, actor: str | None) -> None:
    assert [claim.actor for claim in claims_of(text)] == [actor]


def test_the_total_behind_what_is_counted_is_no_part_of_the_measure() -> None:
    (claim,) = claims_of("The flood destroyed 160 homes out of 500 in Oldport.")
    assert claim.quantity is not None
    assert (claim.quantity.value, claim.quantity.out_of, claim.measure) == (160, 500, "destroyed homes")


def test_what_a_refusal_would_have_bound_is_negated() -> None:
    (claim,) = claims_of("Norland will not cut its emissions by 40% by 2035.")
    assert claim.negated


def test_the_same_words_give_the_same_claims() -> None:
    text = "Norland pledged to cut its emissions by 40% by 2035. At least 14 people were killed on Sunday."
    assert claims_of(text) == claims_of(text)


WORDS = sorted(
    word_set("Norland pledged to cut 40% of its ports by 2030 , will not said “ ” who $5 million and ( ) than . is")
)


@settings(max_examples=25)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=25))
def test_any_run_of_words_is_read_and_every_span_lies_in_it(words: list[str]) -> None:
    text = " ".join(words)
    for claim in claims_of(text):
        spans = (claim.evidence, *(getattr(claim.spans, name) for name in FieldSpans.__struct_fields__))
        assert all(span is None or 0 <= span.start < span.end <= len(text) for span in spans)


@pytest.mark.skipif(not SHARED.exists(), reason="needs the shared folder with the seed capture")
def test_the_seed_capture_gives_its_claims() -> None:
    with (SHARED / "claims" / "dev.jsonl").open(encoding="utf-8") as lines:
        capture = json.loads(next(lines))
    found: set[tuple[str, float | str | None, str]] = set()
    for gold in capture["stories"]:
        fields = {key: gold[key] for key in ("start", "end", "headline", "dateline", "published")}
        story = Story(**fields, language="en", body=tuple((a, b) for a, b in gold["body"]))
        analysis = analyse(story, capture["text"])
        found.update(numbers(find_claims(analysis, find_statements(analysis))))
    wanted = {
        ("figure", 22.0, "count"),
        ("proposal", 3.5, "percent"),
        ("proposal", 1.5, "percent"),
        ("forecast", 2.0, "percent"),
        ("commitment", 2.5, "percent"),
        ("commitment", 3.0, "percent"),
        ("demand", 400.0, "percent"),
        ("demand", "thousands", "count"),
        ("demand", "millions", "count"),
        ("demand", 5.0, "percent"),
        ("figure", 23.0, "count"),
        ("figure", 140000.0, "count"),
        ("figure", "dozens", "count"),
    }
    assert wanted - found == set()
