"""Who is who in a story."""

from __future__ import annotations

from functools import cache

import pytest

from onrecord.language import analyse
from onrecord.language.analysis import Analysis
from onrecord.language.gazetteer import country_named, country_of
from onrecord.language.gazetteer_people import gender
from onrecord.model import Story


@cache
def analysed(text: str) -> Analysis:
    return analyse(Story(start=0, end=len(text), language="en", body=((0, len(text)),)), text)


def resolved(text: str, phrase: str, *, speaker: str | None = None) -> str | None:
    """What the last standing of `phrase` in `text` stands for."""
    analysis = analysed(text)
    at = text.rindex(phrase)
    span = analysis.doc.char_span(at, at + len(phrase))
    assert span is not None
    return analysis.names.resolve(span.start, span.end, speaker=speaker)


@pytest.mark.parametrize(
    ("text", "phrase", "name"),
    [
        ("Prime Minister Clara Nyberg met farmers. Nyberg left early.", "Nyberg", "Clara Nyberg"),
        ("Clara Nyberg met farmers. Prime Minister Nyberg left early.", "Prime Minister Nyberg", "Clara Nyberg"),
        ("Clara Nyberg met farmers. Mrs Nyberg left early.", "Mrs Nyberg", "Clara Nyberg"),
        ("Sir Peter Aldous and Mary Aldous came. Mary left early.", "Mary", "Mary Aldous"),
        ("The World Food Programme (WFP) is short of cash. The WFP needs help.", "The WFP", "World Food Programme"),
        (
            "The Coalition of Free Ports met on Monday. Later the CFP split.",
            "the CFP",
            "Coalition of Free Ports",
        ),
        ("The Oldport Chronicle wrote about it. The Chronicle named no one.", "The Chronicle", "Oldport Chronicle"),
        ("Mary Jones, the mayor of Oldport, spoke first.", "Mary Jones", "Mary Jones"),
        ("Norway's Defence Ministry spoke. The ministry gave no date.", "The ministry", "Defence Ministry"),
    ],
)
def test_a_short_name_goes_to_the_full_one(text: str, phrase: str, name: str) -> None:
    assert resolved(text, phrase) == name


@pytest.mark.parametrize(
    ("text", "phrase", "name"),
    [
        ("Clara Nyberg met farmers on Monday. She left early.", "She", "Clara Nyberg"),
        ("Peter Krall thanked Clara Nyberg. He left early.", "He", "Peter Krall"),
        ("Peter Krall thanked Clara Nyberg. She left early.", "She", "Clara Nyberg"),
        ("Farmers from Norway blocked the road. They left early.", "They", "Farmers from Norway"),
        ("Norway closed the border. It gave no reason.", "It", "Norway"),
        ("Peter Krall said Vera Lund was ill. He said the trip was off.", "He", "Peter Krall"),
        ("Peter Krall resigned. “Tom Reed will follow,” he said.", "he", "Peter Krall"),
    ],
)
def test_a_pronoun_goes_to_the_last_fitting_subject(text: str, phrase: str, name: str) -> None:
    assert resolved(text, phrase) == name


@pytest.mark.parametrize(
    ("text", "phrase", "name"),
    [
        ("Prime Minister Clara Nyberg met farmers. The prime minister left.", "The prime minister", "Clara Nyberg"),
        ("The mayor opened the bridge. Mayor Tom Reed then drove over it.", "The mayor", "Tom Reed"),
        ("Gov. Tom Reed signed the bill. The Republican governor smiled.", "The Republican governor", "Tom Reed"),
        ("NATO met in Oslo. Norway leads the talks. The alliance has time.", "The alliance", "NATO"),
        ("Germany voted on Sunday. The country now waits.", "The country", "Germany"),
        ("The broadcaster NRK showed pictures.", "The broadcaster NRK", "NRK"),
        ("Maria Holt, the group's director, spoke. The Dutchwoman left.", "The Dutchwoman", "Maria Holt"),
        ("The Harbour Board met. The report by the board is out. The report is long.", "The report", "Harbour Board"),
    ],
)
def test_a_description_goes_to_whom_it_describes(text: str, phrase: str, name: str) -> None:
    assert resolved(text, phrase) == name


@pytest.mark.parametrize(
    ("text", "phrase", "name"),
    [
        ("The U.K. government will build it.", "The U.K. government", "U.K. government"),
        ("Some residents left.", "Some residents", "Some residents"),
        ("A spokesman for the port was ill.", "A spokesman for the port", "spokesman for the port"),
        ("NATO members agreed.", "NATO members", "NATO members"),
        ("Norway and Sweden agreed.", "Norway and Sweden", "Norway and Sweden"),
        ("Maria Holt's office was closed.", "Maria Holt's office", "Maria Holt's office"),
    ],
)
def test_what_has_no_better_name_keeps_its_words(text: str, phrase: str, name: str) -> None:
    assert resolved(text, phrase) == name


def test_a_firm_s_form_is_part_of_its_name_but_a_daughter_s_name_is_another() -> None:
    text = "Acmeron Corp. and Acmeron Research met on Monday. Later Acmeron paid."
    assert resolved(text, "Acmeron") == "Acmeron Corp."


def test_others_than_the_person_whose_allies_they_are() -> None:
    assert resolved("Clara Nyberg met farmers. Nyberg allies left early.", "Nyberg allies") == "Nyberg allies"


def test_the_speaker_is_i_and_the_body_that_they_lead_is_we() -> None:
    text = "“I hope that we can help,” said British Prime Minister Clara Nyberg."
    assert resolved(text, "I", speaker="Clara Nyberg") == "Clara Nyberg"
    assert resolved(text, "we", speaker="Clara Nyberg") == "British"
    assert resolved(text, "I") is None


def test_a_pronoun_without_antecedent_stands_for_nobody() -> None:
    assert resolved("They left early.", "They") is None


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Germany", "DE"),
        ("the U.K.", "GB"),
        ("Germans", "DE"),
        ("British", "GB"),
        ("Damascus", "SY"),
        ("Syria’s", "SY"),
        ("Oldport", None),
    ],
)
def test_country_of(name: str, code: str | None) -> None:
    assert country_of(name) == code


def test_a_capital_names_no_country() -> None:
    assert country_named("Damascus") is None


def test_a_person_has_the_country_of_their_office() -> None:
    names = analysed("German Chancellor Clara Nyberg met farmers.").names
    assert names.country("Clara Nyberg") == "DE"
    assert names.country("Germany") == "DE"
    assert names.country("Nobody Known") is None


@pytest.mark.parametrize(
    ("words", "sex"), [(["Mrs"], "f"), (["spokesman"], "m"), (["Clara"], "f"), (["Peter"], "m"), (["Quill"], None)]
)
def test_gender(words: list[str], sex: str | None) -> None:
    assert gender(words) == sex


def test_every_mention_of_a_name_belongs_to_one_entity() -> None:
    names = analysed("Peter Krall met Clara Nyberg. He said the ministry would pay. She left. " * 20).names
    assert [(entity.name, len(entity.mentions)) for entity in names.entities] == [
        ("Peter Krall", 20),
        ("Clara Nyberg", 20),
    ]
