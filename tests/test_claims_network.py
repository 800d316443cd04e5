"""What the network of claims is shown, and what becomes of its scores."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from onrecord.claims.candidates import Candidate, find_candidates
from onrecord.claims.context import Context, context_of
from onrecord.claims.decision import Option, load_models
from onrecord.claims.network import Network, Sight, load_network, places_of
from onrecord.claims.reading import calibrated
from onrecord.claims.views import LONGEST, view_of, windows
from onrecord.errors import ModelError
from onrecord.language import analyse, load
from onrecord.language.english import states_of
from onrecord.model import Story
from onrecord.statements import find_statements


def context(text: str) -> Context:
    story = Story(start=0, end=len(text), published="2025-03-10", language="en", body=((0, len(text)),))
    analysis = analyse(story, text)
    return context_of(analysis, find_statements(analysis))


def candidates_of(told: Context) -> list[Candidate]:
    return list(find_candidates(told, load_models()["time"]))


def sight(words: list[float], nowhere: tuple[float, float]) -> Sight:
    slots = ("actor", "measure", "when", "sayer")
    scores = dict.fromkeys(slots, np.array(words, dtype=np.float32))
    return Sight(np.zeros(6, np.float32), scores, dict.fromkeys(slots, np.array(nowhere, dtype=np.float32)))


@given(st.integers(1, 3000))
def test_every_token_is_asked_about_in_one_window_that_shows_it(length: int) -> None:
    found = list(windows(length))
    assert [i for window in found for i in range(window.start, window.end)] == list(range(length))
    for window in found:
        assert len(window.tokens) <= LONGEST
        assert (np.diff(window.tokens) > 0).all()
        assert set(range(window.start, window.end)) <= set(window.tokens.tolist())


def test_marks_tell_quantities_times_statements_names_and_paragraphs() -> None:
    told = context("Norland spent $3 billion in 2024, Ann Lee said.\n\nIt rained.")
    doc, view = told.analysis.doc, view_of(told)
    marks = dict(zip([token.text for token in doc], view.marked(np.arange(len(doc))).tolist(), strict=True))
    assert marks["billion"] == [1, 2, 5, 8, 13]
    assert marks["2024"] == [0, 3, 5, 8, 13]
    assert marks["Lee"] == [0, 2, 4, 9, 13]
    assert marks["Norland"][4] == 14


def test_an_option_is_worth_its_best_word() -> None:
    assert sight([0.5, 2.0, -1.0], (9, 9)).score("actor", Option("Norland", frozenset(), (0, 1, 2))) == 2.0


def test_a_measure_is_worth_all_its_words() -> None:
    assert sight([0.5, 2.0, -1.0], (9, 9)).score("measure", Option((0, 1, 2), frozenset(), (0, 1, 2))) == 1.5


@pytest.mark.parametrize(
    ("slot", "value", "tokens", "expected"),
    [
        ("actor", None, (), 3.0),
        ("actor", "Norland", (), 4.0),
        ("actor", "Norland", (1,), 4.0),
        ("sayer", (None, None), (), 3.0),
        ("sayer", ("Ann Lee", None), (), 4.0),
        ("when", None, (), 3.0),
        ("measure", (), (), 3.0),
    ],
)
def test_an_option_without_words_in_sight_has_a_score_of_its_own(
    slot: str, value: object, tokens: tuple[int, ...], expected: float
) -> None:
    assert sight([0.5, -np.inf], (3, 4)).score(slot, Option(value, frozenset(), tokens)) == expected


def test_the_best_word_is_one_in_sight() -> None:
    seen = sight([0.5, -np.inf, 2.0], (3, 4))
    assert seen.best("actor", [0, 1, 2]) == 2
    assert seen.best("actor", [1]) is None


def test_a_candidate_without_verb_or_noun_points_behind_the_window() -> None:
    told = context("In all: 14.")
    assert places_of(np.arange(4), candidates_of(told)).tolist()[0][2] == 4


def test_the_same_story_gives_the_same_scores() -> None:
    told = context("Norland pledged to spend $3 billion by 2030.")
    first, second = (load_network().look(told, candidates_of(told))[0] for _ in range(2))
    assert first.kinds.tolist() == second.kinds.tolist()
    assert {slot: words.tolist() for slot, words in first.words.items()} == {
        slot: words.tolist() for slot, words in second.words.items()
    }


def test_what_stands_far_behind_a_candidate_does_not_change_its_scores() -> None:
    opening = "Norland pledged to spend $3 billion by 2030. " + "The rain fell on the quiet town. " * 90
    one, other = context(opening + "Ann Lee slept."), context(opening + "The port was closed to ships.")
    first, second = (load_network().look(told, candidates_of(told)[:1])[0] for told in (one, other))
    assert first.kinds.tolist() == second.kinds.tolist()


def test_missing_weights_are_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=str(tmp_path)):
        Network(tmp_path)


def test_a_doc_of_another_pipeline_gets_the_states_of_ours() -> None:
    ours = load()("The mayor opened the port.")
    bare = Doc(spacy.blank("en").vocab, words=[t.text for t in ours], spaces=[bool(t.whitespace_) for t in ours])
    assert np.array_equal(states_of(bare), states_of(ours))
    assert bare.tensor.size == 0


@given(st.floats(0, 1), st.floats(0, 1))
def test_confidence_rises_with_the_probability(one: float, other: float) -> None:
    model = load_models()["confidence"]
    for has_quantity in (True, False):
        low, high = (calibrated(p, model, has_quantity=has_quantity) for p in sorted([one, other]))
        assert 0 <= low <= high <= 1
