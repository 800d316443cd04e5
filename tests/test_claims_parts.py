"""The parts that claims are read with, each on its own."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Token

from onrecord.claims.decision import Option, choose, labelled, load_models, probabilities
from onrecord.claims.features import mood
from onrecord.claims.frames import Frame, embedding, frame_of, frame_of_verb, tense
from onrecord.claims.measures import text_of
from onrecord.claims.negation import is_denied
from onrecord.claims.selection import once
from onrecord.language import analyse
from onrecord.language.analysis import Analysis
from onrecord.model import Claim, Quantity, Span, Story, When, select


def analysed(text: str) -> Analysis:
    return analyse(Story(start=0, end=len(text), published="2025-03-10", language="en", body=((0, len(text)),)), text)


def frame_in(text: str) -> Frame:
    analysis = analysed(text)
    mention = analysis.quantities[0]
    return frame_of(analysis.doc, mention.start, mention.end)


def word(text: str, wanted: str) -> Token:
    return next(token for token in analysed(text).doc if token.text == wanted)


@pytest.mark.parametrize(
    ("text", "counted", "verb"),
    [
        ("The council will build 400 homes.", "homes", "build"),
        ("Thousands of soldiers were moved to the coast.", "soldiers", "moved"),
        ("Exports rose 12% in May.", None, "rose"),
        ("The port needs hundreds more cranes.", "cranes", "needs"),
        ("Twelve of the 30 lenders passed the test.", "lenders", "passed"),
    ],
)
def test_a_frame_knows_what_is_counted_and_its_verb(text: str, counted: str | None, verb: str) -> None:
    frame = frame_in(text)
    assert (frame.counted.text if frame.counted is not None else None) == counted
    assert frame.verb is not None
    assert frame.verb.text == verb


def test_embedding_leads_from_the_verb_to_the_saying() -> None:
    frame = frame_in("The minister said the railway had promised to cut fares by 5%.")
    assert [(relation, token.text) for relation, token in embedding(frame)] == [
        ("xcomp", "promised"),
        ("ccomp", "said"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bank will lend $5 million to farmers.", ("will", "-")),
        ("The bank pledged to lend $5 million to farmers.", ("pledge", "-")),
        ("The bank must lend $5 million to farmers.", ("must", "-")),
        ("Fares are to rise 5%.", ("is-to", "-")),
        ("The agency expects that output will grow 3%.", ("will", "forecast")),
        ("Output grew 3%.", ("past", "-")),
        ("The mayor proposed a levy of 2%.", ("propose", "-")),
    ],
)
def test_mood_is_the_nearest_cue_of_kind_and_the_next(text: str, expected: tuple[str, str]) -> None:
    assert mood(frame_in(text)) == expected


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("Output grew.", "grew", "past"),
        ("Output has grown.", "grown", "past"),
        ("Output grows.", "grows", "present"),
        ("They urged that it be closed.", "closed", "subjunctive"),
        ("They want to close it.", "close", "infinitive"),
    ],
)
def test_tense(text: str, verb: str, expected: str) -> None:
    assert tense(word(text, verb)) == expected


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("The airline will not meet the target.", "meet", True),
        ("The airline failed to meet the target.", "meet", True),
        ("The airline refused to pay.", "pay", True),
        ("The airline will meet the target.", "meet", False),
        ("The airline did not say it would pay.", "pay", False),
    ],
)
def test_a_claim_is_denied_by_its_own_clause_not_by_the_saying(text: str, verb: str, expected: bool) -> None:
    assert is_denied(frame_of_verb(word(text, verb))) is expected


def test_the_words_of_a_measure_keep_their_spacing_and_skip_what_was_left_out() -> None:
    doc = analysed("The city's 400 new-built homes stood empty.").doc
    words = tuple(token.i for token in doc if token.text in {"new", "-", "built", "homes"})
    assert text_of(doc, words) == "new-built homes"
    assert text_of(doc, ()) is None


def test_a_measure_ends_no_preposition_in_the_number_that_was_left_out() -> None:
    doc = analysed("They will raise the capacity of the cables by 250% to keep warm.").doc
    words = tuple(token.i for token in doc if token.text not in {"They", "will", "250", "%", "."})
    assert text_of(doc, words) == "raise the capacity of the cables to keep warm"


@given(st.lists(st.frozensets(st.sampled_from("abcdef")), min_size=1, max_size=6))
def test_probabilities_add_up_to_one(facts: list[frozenset[str]]) -> None:
    options = [Option(i, found) for i, found in enumerate(facts)]
    found = probabilities(options, {"a": 3.0, "b": -2.0, "c": 700.0})
    assert sum(found) == pytest.approx(1)
    assert choose(options, {"a": 3.0}).value == found_first(facts)


def found_first(facts: list[frozenset[str]]) -> int:
    return next((i for i, found in enumerate(facts) if "a" in found), 0)


def test_facts_weigh_differently_for_each_label() -> None:
    options = labelled(["none", "figure"], ["past"])
    assert choose(options, {"none|past": 0.1, "figure|past": 0.2}).value == "figure"


def test_the_models_of_the_package_are_complete() -> None:
    assert sorted(load_models()) == ["actor", "confidence", "kind", "measure", "sayer", "time", "when"]


TEXT = "Spending will reach 2% by 2030. The 40,000 jobs come later. Another 40,000 jobs will come. It is at 2% now."


def claim(sentence: str, value: float, unit: str, measure: str, when: When | None = None) -> Claim:
    start = TEXT.index(sentence)
    span = Span(start, start + len(sentence))
    return Claim(
        kind="commitment",
        actor=None,
        measure=measure,
        quantity=Quantity(value=value, unit=unit),
        when=when,
        said_by=None,
        negated=False,
        evidence=span,
        selector=select(TEXT, span),
    )


def test_what_is_told_again_stands_once_at_its_fullest() -> None:
    bare = claim("The 40,000 jobs come later.", 40000, "count", "jobs")
    full = claim("Another 40,000 jobs will come.", 40000, "count", "new jobs", When(text="by 2030", relation="by"))
    assert once([bare, full]) == (full,)
    assert once([full, bare]) == (full,)


def test_equal_shares_of_different_things_stay_apart() -> None:
    one = claim("Spending will reach 2% by 2030.", 2, "percent", "spending")
    other = claim("It is at 2% now.", 2, "percent", "inflation")
    assert once([other, one]) == (one, other)


def test_a_deadline_is_carried_with_its_days() -> None:
    analysis = analysed("The city will plant 300 trees by 2030.")
    assert analysis.times[0].when.end == dt.date(2030, 12, 31)
