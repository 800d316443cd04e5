"""Phrases read off the tree: extents, subjects, passives."""

from __future__ import annotations

import pytest
from spacy.tokens import Token

from onrecord.language import load
from onrecord.language.dateline import dateline_end, place_length
from onrecord.language.phrases import (
    agent,
    auxiliaries,
    case,
    clause,
    conjuncts,
    is_negated,
    is_passive,
    is_plural,
    noun_phrase,
    subject,
)


def token(text: str, word: str) -> Token:
    """The first token `word` in `text`, parsed."""
    return next(t for t in load()(text) if t.text == word)


def words(head: Token, extent: tuple[int, int]) -> str:
    return str(head.doc[extent[0] : extent[1]].text)


@pytest.mark.parametrize(
    ("text", "head", "phrase"),
    [
        ("The old mayor of Oldport left.", "mayor", "The old mayor of Oldport"),
        ("The mayor, who was ill, left.", "mayor", "The mayor"),
        ("Maria Holt, the mayor of Oldport, left.", "Maria", "Maria Holt"),
        ("Farmers and fishermen left.", "Farmers", "Farmers and fishermen"),
        ("They spoke about the price of bread.", "price", "the price of bread"),
    ],
)
def test_noun_phrase(text: str, head: str, phrase: str) -> None:
    found = token(text, head)
    assert words(found, noun_phrase(found)) == phrase


def test_noun_phrase_without_conjuncts() -> None:
    found = token("Farmers and fishermen left.", "Farmers")
    assert words(found, noun_phrase(found, conjuncts=False)) == "Farmers"


@pytest.mark.parametrize(
    ("text", "verb", "expected"),
    [
        ("Holt has left.", "left", "Holt"),
        ("Holt sat down and smiled.", "smiled", "Holt"),
        ("Holt wants to leave.", "leave", "Holt"),
        ("Holt told Krall to leave.", "leave", "Krall"),
        ("The bridge, which closed in May, is safe.", "closed", "bridge"),
        ("Holt left early, warning of storms.", "warning", "Holt"),
        ("The bridge was closed by Holt.", "closed", "bridge"),
    ],
)
def test_subject(text: str, verb: str, expected: str) -> None:
    found = subject(token(text, verb))
    assert found is not None
    assert found.text == expected


def test_passive_with_its_agent() -> None:
    verb = token("The bridge was closed by Holt.", "closed")
    doer = agent(verb)
    assert is_passive(verb)
    assert doer is not None
    assert doer.text == "Holt"
    assert not is_passive(token("Holt closed the bridge.", "closed"))


def test_negation_and_auxiliaries() -> None:
    verb = token("Holt will not leave.", "leave")
    assert is_negated(verb)
    assert [t.text for t in auxiliaries(verb)] == ["will"]
    assert not is_negated(token("Holt will leave.", "leave"))


def test_clause_leaves_out_its_conjunction_and_full_stop() -> None:
    verb = token("Holt said that the bridge was safe.", "safe")
    assert words(verb, clause(verb)) == "the bridge was safe"


def test_case_joins_fixed_words() -> None:
    assert case(token("Prices fell because of the war.", "war")) == "because of"
    assert case(token("The war is over.", "war")) == ""


def test_conjuncts_in_text_order() -> None:
    assert [t.text for t in conjuncts(token("Farmers, bakers and fishermen left.", "Farmers"))] == [
        "Farmers",
        "bakers",
        "fishermen",
    ]


@pytest.mark.parametrize(("text", "noun", "plural"), [("The men left.", "men", True), ("One man left.", "man", False)])
def test_is_plural(text: str, noun: str, plural: bool) -> None:
    assert is_plural(token(text, noun)) is plural


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("OLDPORT ( AP ) — Holt left", "OLDPORT ( AP ) —"),
        ("OLDPORT , June 9 ( Reuters ) - Holt left", "OLDPORT , June 9 ( Reuters ) -"),
        ("Oldport – Holt left", "Oldport –"),
        ("OLDPORT : Holt left", "OLDPORT :"),
        ("OLDPORT – 26 July 2022 : Holt left", "OLDPORT – 26 July 2022 :"),
        ("ST . ALBA , Norland — Holt left", "ST . ALBA , Norland —"),
        ("OLDPORT / NEWPORT — Holt left", "OLDPORT / NEWPORT —"),
        ("Holt left OLDPORT — again", ""),
        ("Holt — the mayor — left", ""),
        ("She said : Holt left", ""),
        ("", ""),
    ],
)
def test_dateline_end(opening: str, expected: str) -> None:
    found = opening.split()
    assert " ".join(found[: dateline_end(found, [True] * len(found))]) == expected


def test_a_hyphenated_name_is_no_dateline() -> None:
    assert dateline_end(["UNRWA", "-", "Run", "schools"], [False, False, True, True]) == 0


def test_a_hyphenated_place_opens_a_dateline() -> None:
    words = ["PORT", "-", "LE", "-", "MONT", "(", "NWP", ")", "—", "Holt", "left"]
    spaced = [False, False, False, False, True, False, False, True, True, True, False]
    assert dateline_end(words, spaced) == 9


@pytest.mark.parametrize(
    ("dateline", "place"),
    [
        ("OLDPORT ( AP ) —", "OLDPORT"),
        ("NEW OLDPORT , June 9 ( Reuters ) -", "NEW OLDPORT"),
        ("NEW OLDPORT June 9 ( Reuters ) -", "NEW OLDPORT"),
        ("PORT - LE - MONT ( AP ) —", "PORT - LE - MONT"),
        ("Oldport ( AP ) —", "Oldport"),
        ("( Reuters ) -", ""),
        ("Ann Lee —", ""),
        ("", ""),
    ],
)
def test_the_place_of_a_dateline(dateline: str, place: str) -> None:
    found = dateline.split()
    assert " ".join(found[: place_length(found)]) == place
