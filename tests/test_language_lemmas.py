"""Lemmas of known and unknown words."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import ModelError
from onrecord.language.encoder import WEIGHTS
from onrecord.language.lemmas import Lemmatizer, Tables

LEMMATIZER = Lemmatizer.load(WEIGHTS / "lemmas.json")

LEMMAS = [
    (
        "VERB",
        "pledged vowed urging denies committed outpacing planned tied",
        "pledge vow urge deny commit outpace plan tie",
    ),
    ("VERB", "rose shrank led fled swore withdrew spent", "rise shrink lead flee swear withdraw spend"),
    ("VERB", "taxes fixes misled foresaw strode overthrew resold", "tax fix mislead foresee stride overthrow resell"),
    ("VERB", "defunded regreened unfriending", "defund regreen unfriend"),
    ("AUX", "was been has did ’ll wo", "be be have do will will"),
    ("NOUN", "countries houses shells taxes crises theses", "country house shell tax crisis thesis"),
    ("NOUN", "women spokespeople geese", "woman spokesperson goose"),
    ("ADJ", "higher biggest worst richer", "high big bad rich"),
    ("PART", "n't n’t not", "not not not"),
]


@pytest.mark.parametrize(("upos", "words", "lemmas"), LEMMAS)
def test_lemmas_of_words(upos: str, words: str, lemmas: str) -> None:
    assert [LEMMATIZER.lemma(word, upos, False) for word in words.split()] == lemmas.split()


@pytest.mark.parametrize(
    ("word", "upos", "first", "lemma"),
    [
        ("Talks", "NOUN", True, "talk"),
        ("SAID", "VERB", False, "say"),
        ("Norway", "PROPN", True, "Norway"),
        ("NATO", "PROPN", False, "NATO"),
        ("Syrian", "ADJ", False, "Syrian"),
        ("ne\u00adgo\u00adtiated", "VERB", False, "negotiate"),
    ],
)
def test_capitals_stay_where_they_mean_something(word: str, upos: str, first: bool, lemma: str) -> None:
    assert LEMMATIZER.lemma(word, upos, first) == lemma


def test_the_longest_suffix_decides_and_known_words_come_first() -> None:
    tables = Tables(
        suffixes={"VERB": {"": (0, ""), "s": (1, ""), "ies": (3, "y")}},
        words={"VERB": {"flies": "fly!"}},
        keeps_case=[],
    )
    lemmatizer = Lemmatizer(tables)
    assert [lemmatizer.lower(word, "VERB") for word in ("runs", "tries", "flies", "go")] == ["run", "try", "fly!", "go"]
    assert lemmatizer.lower("runs", "NOUN") == "runs"


@given(st.text(min_size=1), st.sampled_from(["VERB", "NOUN", "PROPN", "X", "PUNCT"]), st.booleans())
def test_every_word_has_a_lemma(word: str, upos: str, first: bool) -> None:
    assert LEMMATIZER.lemma(word, upos, first)


@pytest.mark.parametrize("content", [None, "{", "[]", '{"suffixes": {}}'])
def test_broken_tables_are_named_with_the_reason(content: str | None, tmp_path: Path) -> None:
    path = tmp_path / "lemmas.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(ModelError, match=r"lemmatizer cannot be loaded from .*lemmas\.json"):
        Lemmatizer.load(path)
