"""Who is who in a story."""

from __future__ import annotations

from functools import cache

import pycountry
import pytest

from onrecord.language import analyse
from onrecord.language.analysis import Analysis
from onrecord.language.gazetteer import alpha_3, country_named, country_of
from onrecord.language.gazetteer_people import gender
from onrecord.model import Photo, Span, Story


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
    assert resolved(text, "we", speaker="Clara Nyberg") == "United Kingdom"
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


@pytest.mark.parametrize(
    ("text", "phrase", "name"),
    [
        ("Carmaker Voltane will close. Voltane made vans.", "Voltane", "Voltane"),
        ("The Roads and Harbours Authority will open a line.", "Authority", "Roads and Harbours Authority"),
        ("The Ministry of Trade, Fish and Ports spoke.", "The Ministry", "Ministry of Trade, Fish and Ports"),
        ("The Fishermen's Union will strike on Monday.", "The Fishermen's Union", "Fishermen's Union"),
        ("Dorval & Sons will pay for the road.", "Dorval", "Dorval & Sons"),
        ("Jean-Luc Dorval spoke. Dorval left.", "Dorval", "Jean-Luc Dorval"),
        ("Minister of State Ann Dorval spoke.", "Ann", "Ann Dorval"),
        ("NORWAY will pay. Norway has oil.", "NORWAY", "Norway"),
    ],
)
def test_where_a_name_begins_and_ends(text: str, phrase: str, name: str) -> None:
    assert resolved(text, phrase) == name


@pytest.mark.parametrize(
    ("text", "phrase", "name"),
    [
        ("Thailand sells rice. Its Thai name is long.", "Thai", "Thailand"),
        ("Dutch farmers blocked the road.", "Dutch", "Netherlands"),
        ("South Korean ships left early.", "South Korean", "South Korea"),
        ("The Dutch eat much bread.", "The Dutch", "Dutch"),
        ("Half of Norwegians own a boat.", "Norwegians", "Norwegians"),
    ],
)
def test_an_adjective_is_its_country_and_a_people_is_itself(text: str, phrase: str, name: str) -> None:
    assert resolved(text, phrase) == name


@pytest.mark.parametrize(
    ("text", "phrase", "name"),
    [
        ("Norway spoke with the International Monetary Fund. The airline left.", "The airline", "airline"),
        ("The Miners' Union met Dorval Corp. on Monday. The company paid.", "The company", "Dorval Corp."),
        ("Norway has a wage council. The council met. The central bank waited.", "The central bank", "central bank"),
        ("Statistics Norway counted them. This newspaper asked why.", "This newspaper", "newspaper"),
        ("Malta and Italy met in Oslo. The island is small.", "The island", "Malta"),
        ("Norway met Sweden, where U.S. forces train, and the country paid.", "the country", "Sweden"),
        ("Four countries met in Norway. The two countries left.", "The two countries", "two countries"),
        ("The Tass agency asked twice.", "The Tass agency", "Tass"),
        ("Tom Reed spoke near a statue of Peter Krall. The Dutchman smiled.", "The Dutchman", "Tom Reed"),
    ],
)
def test_a_description_takes_only_what_it_can_describe(text: str, phrase: str, name: str) -> None:
    assert resolved(text, phrase) == name


@pytest.mark.parametrize(
    ("text", "phrase", "name"),
    [
        ("Hotels and bars closed early.", "Hotels and bars", "Hotels and bars"),
        ("Some aid agencies on Wednesday asked for help.", "Some aid agencies on Wednesday", "Some aid agencies"),
        ("Norway, which has oil, will pay.", "which", "Norway"),
        ("Help goes to those who stay.", "those", "those"),
        ("OSLO (Reuters) - Norway will pay. It has oil.", "It", "Norway"),
        ("Norwegian ships left. They had waited for days.", "They", "Norwegian ships"),
    ],
)
def test_phrases_and_pronouns_keep_to_their_own(text: str, phrase: str, name: str) -> None:
    assert resolved(text, phrase) == name


def test_the_country_is_the_dateline_s_where_no_other_is_named() -> None:
    text = "The country lacks schools, a teacher said."
    story = Story(start=0, end=len(text), language="en", dateline="MANILA", body=((0, len(text)),))
    assert analyse(story, text).names.resolve(0, 2) == "Philippines"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("VELDHAVEN (NWP) - The mayor of Veldhaven paid.", "Veldhaven"),
        ("KEL — The town of Kel will pay $3 million.", "Kel"),
        ("ST. ALBA, Norland — The mayor of St. Alba paid.", "St. Alba"),
        ("PORT-LE-MONT (NWP) — The mayor of Port-le-Mont paid.", "Port-le-Mont"),
        ("OSLO, June 9 (NWP) - The mayor paid.", "Oslo"),
        ("LAS PALDAS (NWP) - The mayor paid.", "LAS PALDAS"),
    ],
)
def test_a_dateline_in_capitals_is_the_place_as_the_story_writes_it(text: str, name: str) -> None:
    (place,) = analysed(text).names.entities
    assert (place.name, place.kind) == (name, "place")


def test_a_caption_shows_how_a_name_in_capitals_is_written() -> None:
    text = "LAS PALDAS (NWP) - The mayor paid.\n\nA crane in Las Paldas."
    caption = Photo("A crane in Las Paldas.", None, Span(36, len(text)))
    story = Story(start=0, end=len(text), language="en", body=((0, 34),), photos=(caption,))
    assert [entity.name for entity in analyse(story, text).names.entities] == ["Las Paldas"]


def test_a_person_named_in_full_is_not_the_dateline_s_place() -> None:
    names = analysed("KEL — Ann Kel met farmers. Kel left early.").names
    assert [(entity.name, entity.kind) for entity in names.entities] == [("Kel", "place"), ("Ann Kel", "person")]


def test_an_acronym_keeps_its_capitals() -> None:
    names = analysed("The TIDE party will pay, said Tide.").names
    assert [entity.name for entity in names.entities] == ["TIDE"]


def test_the_field_of_a_minister_is_no_body_that_they_lead() -> None:
    names = analysed("“We can wait,” Health Minister Clara Nyberg said.").names
    assert names.body_led_by("Clara Nyberg") is None


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("British Prime Minister Clara Nyberg met farmers.", "Clara Nyberg", "GB"),
        ("The U.K. government will build it.", "U.K. government", "GB"),
        ("Damascus accused its neighbour.", "Damascus", "SY"),
        ("Russia's Defence Ministry confirmed it.", "Defence Ministry", "RU"),
        ("The Egyptian Ministry of Ports spoke.", "Egyptian Ministry of Ports", "EG"),
        ("The Central Bank of Kenya waited.", "Central Bank of Kenya", "KE"),
        ("The Bundesbank waited.", "Bundesbank", "DE"),
        ("Tom Reed, a spokesman for the Pentagon, spoke.", "Tom Reed", "US"),
        ("Kenya grows tea. Kenya sells tea. Finance Minister Tom Reed spoke.", "Tom Reed", "KE"),
        ("Kenya grows tea. Kenya sells tea. The government spoke.", "government", "KE"),
        ("Kenya grows tea. Kenya sells tea. Dorval Corp. spoke.", "Dorval Corp.", None),
        ("Kenya grows tea. Kenya sells tea. Tom Reed, president of Dorval Corp., spoke.", "Tom Reed", None),
        ("The government spoke.", "government", None),
        ("Thai exports fell.", "Thai exports", None),
    ],
)
def test_the_country_of_a_name(text: str, name: str, code: str | None) -> None:
    assert analysed(text).names.country(name) == code


def test_every_country_has_its_code_of_three_letters() -> None:
    codes = {country.alpha_2: country.alpha_3 for country in pycountry.countries}
    named = [country.alpha_2 for country in pycountry.countries if country_named(country.name)]
    assert {code: alpha_3(code) for code in named} == {code: codes[code] for code in named}
    assert len(named) > 150
    assert alpha_3("XK") == "XKX"


@pytest.mark.parametrize(
    ("text", "phrase", "name"),
    [
        ("Retailer Dorvalo will close. Its shops are old.", "Its", "Dorvalo"),
        ("The regulator Watcher told banks to wait. The regulator fined one.", "The regulator", "Watcher"),
        ("Dorval Corp. will close. The regulator had asked it to wait.", "The regulator", "regulator"),
        ("The Harbour Authority spoke. The authority has cranes.", "The authority", "Harbour Authority"),
        ("The United States pays for its ships.", "its", "United States"),
        ("President Jens Dorval spoke to farmers. He left early.", "He", "Jens Dorval"),
        (
            "Clara Nyberg spoke. Nyberg left. The foreign policy chief was ill.",
            "The foreign policy chief",
            "Clara Nyberg",
        ),
        ("A baker left early, and minister Tom Reed stayed. Bread is dear, he said.", "he", "Tom Reed"),
    ],
)
def test_whoever_is_told_of_is_who_is_meant(text: str, phrase: str, name: str) -> None:
    assert resolved(text, phrase) == name


def test_the_field_of_an_office_names_nobody() -> None:
    names = analysed("French Health Minister Clara Nyberg spoke to UN Secretary Tom Reed.").names
    assert [entity.name for entity in names.entities] == ["France", "Clara Nyberg", "UN", "Tom Reed"]


@pytest.mark.parametrize(
    ("text", "phrase", "name"),
    [
        ("Rain fell on Oldport in Norway. The city needs pumps.", "The city", "Oldport"),
        ("Rain fell in Europe on Monday. The city needs pumps.", "The city", "city"),
        ("Rain fell on Bergen on Monday. The city of Oslo needs pumps.", "The city of Oslo", "Oslo"),
    ],
)
def test_the_city_is_the_one_named_last(text: str, phrase: str, name: str) -> None:
    assert resolved(text, phrase) == name
