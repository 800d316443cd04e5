"""Datelines, bylines, agencies, headlines and furniture."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.stories.marks import (
    is_byline,
    is_furniture,
    looks_like_headline,
    read_agency,
    read_byline,
    read_dateline,
    read_lone_name,
    read_sign_off,
)


@pytest.mark.parametrize(
    ("opening", "place", "agency", "date"),
    [
        ("LONDON (AP) — ", "LONDON", "AP", None),
        ("ALEPPO, Syria (AP) — ", "ALEPPO, Syria", "AP", None),
        ("BRYAN COUNTY, Ga. (WJBF) – ", "BRYAN COUNTY, Ga.", "WJBF", None),
        ("ST. LOUIS (AP) -- ", "ST. LOUIS", "AP", None),
        ("BERLIN, March 3 (Reuters) - ", "BERLIN", "Reuters", "March 3"),
        ("GENEVA, Jan 9, 2023 (AFP) - ", "GENEVA", "AFP", "Jan 9, 2023"),
        ("(CNN) — ", None, "CNN", None),
        ("April 16 (Reuters) - ", None, "Reuters", "April 16"),
        ("PARIS: ", "PARIS", None, None),
        ("ROME – ", "ROME", None, None),
        ("TOKYO—", "TOKYO", None, None),
        ("CARBIS BAY, England – ", "CARBIS BAY, England", None, None),
        ("CAIRO – 26 July 2022: ", "CAIRO", None, "26 July 2022"),
        ("NEW DELHI, (PTI) ", "NEW DELHI", "PTI", None),
        ("New Delhi [India] (ANI): ", "New Delhi", "ANI", None),
        ("Tezpur, Oct 23 2023 (PTI) ", "Tezpur", "PTI", "Oct 23 2023"),
        ("Frankfurt (Germany), Aug. 26 (LaPresse) – ", "Frankfurt (Germany)", "LaPresse", "Aug. 26"),
        ("Wien/Berlin – ", "Wien/Berlin", None, None),
        ("Unterlüss (dpa) - ", "Unterlüss", "dpa", None),
        ("Paris, le 9 juin (AFP) - ", "Paris", "AFP", "9 juin"),
        ("MADRID, 5 Ene. (EUROPA PRESS) - ", "MADRID", "Europa Press", "5 Ene."),
        ("Madrid, 9 jun (EFE).- ", "Madrid", "EFE", "9 jun"),
        ("Lisboa, 09 jun 2025 (Lusa) – ", "Lisboa", "Lusa", "09 jun 2025"),
        ("(ANSA) - ROMA, 09 GIU - ", "ROMA", "ANSA", "09 GIU"),
        ("MOSCOW, September 10. /TASS/. ", "MOSCOW", "TASS", "September 10"),
        ("BEIJING, Feb. 22 (Xinhua) -- ", "BEIJING", "Xinhua", "Feb. 22"),
        ("(서울=연합뉴스) 김철수 기자 = ", "서울", "Yonhap", None),
        ("【ロンドン共同】", "ロンドン", "Kyodo", None),
        ("新华社北京6月9日电 ", "北京", "Xinhua", "6月9日"),
    ],
)
def test_a_dateline_is_read_and_ends_where_the_sentence_begins(
    opening: str, place: str | None, agency: str | None, date: str | None
) -> None:
    dateline = read_dateline(opening + "Ministers met.")
    assert dateline is not None
    assert (dateline.place, dateline.agency, dateline.date) == (place, agency, date)
    assert (opening + "Ministers met.")[dateline.end :] == "Ministers met."


@pytest.mark.parametrize("line", ["AFP, MANILA", "VIENTIANE, Nov. 16, Kyodo", "BAKU, Sunday 24 November 2024"])
def test_a_dateline_may_have_a_line_to_itself(line: str) -> None:
    dateline = read_dateline(line)
    assert dateline is not None
    assert dateline.place in ("MANILA", "VIENTIANE", "BAKU")
    assert dateline.end == len(line)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "HOUSEHOLDS would be handed a larger bill.",
        "READ MORE: What the vote means",
        "UPDATE: Talks have ended",
        "Ada Petrov (Republican) said nothing.",
        "The government said – on Monday – that it would.",
        "Poland (52 points) – nothing has changed",
        "NATO members – all 32 of them – agreed.",
        "“LONDON (AP) — ",
        "May – a quiet month",
    ],
)
def test_other_openings_are_no_datelines(text: str) -> None:
    assert read_dateline(text) is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Jane Roe and John Doe", "Jane Roe and John Doe"),
        ("By A. B. Miller The Associated Press", "A. B. Miller"),
        ("By JO ANN PELLETIER, The Associated Press", "JO ANN PELLETIER"),
        ("By Petra Lindqvist · September 19, 2019, 4:12 PM", "Petra Lindqvist"),
        ("By Kenji Morita, Staff Reporter", "Kenji Morita"),
        ("- by Kareem Noor April 21, 2022", "Kareem Noor"),
        ("Capital Radio | By Rosa Delacroix", "Rosa Delacroix"),
        ("Published June 13, 2021 | By NE Newsroom with agency reports", "NE Newsroom"),
        ("byRahel Fadhili", "Rahel Fadhili"),
        ("Rowena Hartley Diplomatic editor", "Rowena Hartley"),
        ("Natasha Varga@NatashaVarga", "Natasha Varga"),
        ("Thomas Achebe · National News", "Thomas Achebe"),
        ("Sophie LindTravel News Reporter", "Sophie Lind"),
        ("Von Anna Müller und Peter van der Berg", "Anna Müller und Peter van der Berg"),
        ("von David Kern, RBN THÜRINGEN", "David Kern"),
        ("Par Jean Lenoir", "Jean Lenoir"),
        ("Por Lucía Ibarra y Diego Soto", "Lucía Ibarra y Diego Soto"),
        ("Автор: Анна Петрова", "Анна Петрова"),
    ],
)
def test_a_byline_gives_its_names_without_role_outlet_or_agency(line: str, names: str) -> None:
    assert read_byline(line) == names
    assert is_byline(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "By the end of the year Paris will have decided",
        "By Our Correspondent, Koforidua",
        "Published June 13, 2021",
        "Local Reporting Service",
        "Plant Closings",
        "From our archive",
    ],
)
def test_lines_without_an_author_are_no_bylines(line: str) -> None:
    assert read_byline(line) is None


def test_an_agency_alone_is_a_byline_without_names() -> None:
    assert is_byline("By The Associated Press")
    assert read_byline("By The Associated Press") is None


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ana Vakaloloma", "Ana Vakaloloma"),
        ("Julia Kern | Clare Roth", "Julia Kern | Clare Roth"),
        ("Trine Holm og Lars Lund", "Trine Holm og Lars Lund"),
        ("Chus Prado, Martí Abad (Enviado especial)", "Chus Prado, Martí Abad"),
        ("Most Popular", None),
        ("FULL TEXT.", None),
        ("Sign In", None),
        ("Talks fail", None),
        ("By Jane Roe", None),
    ],
)
def test_a_name_by_itself_has_a_persons_form(line: str, names: str | None) -> None:
    assert read_lone_name(line) == names


@pytest.mark.parametrize(
    ("ending", "names"),
    [
        ("It was the strongest force in Spain.--Kim Lee.", "Kim Lee"),
        (
            "It will not be the last. (Reporting by Marta Bilyk and Owen Strand; Editing by Jo Marsden)",
            "Marta Bilyk and Owen Strand",
        ),
        ("It was the strongest force in Spain.", None),
    ],
)
def test_a_sign_off_names_the_author_after_the_last_sentence(ending: str, names: str | None) -> None:
    assert read_sign_off(ending) == names


@pytest.mark.parametrize(
    ("words", "agency"),
    [
        ("The Associated Press", "AP"),
        ("Reuters Staff", "Reuters"),
        ("РИА Новости", "RIA Novosti"),
        ("dpa", "dpa"),
        ("DPA", "dpa"),
        ("Map", None),
        ("Sid", None),
        ("Jane Roe", None),
    ],
)
def test_an_agency_is_known_by_its_names(words: str, agency: str | None) -> None:
    assert read_agency(words) == agency


@pytest.mark.parametrize(
    "line",
    [
        "Skip to content",
        "3 min read",
        "12 Comments",
        "READ ALSO: What the vote means",
        "Home | News | Sport | Weather",
        "Home › News › Education",
        "© 2021. All rights reserved.",
        "https://example.org/a-story.html",
        "Auch interessant",
        "Lire aussi : la grève continue",
        "関連記事",
        "* * *",
    ],
)
def test_furniture_is_told_by_its_words_or_its_shape(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "The council will share the cost of the new bridge with the region, it said.",
        "Fishermen return to port as storm nears",
        "Related costs rose by a tenth, and the ministry said that it had not expected so much when it drew "
        "up the plan, which is now before the upper house and may be voted on before the summer recess that "
        "begins in the second week of July.",
    ],
)
def test_sentences_and_headlines_are_no_furniture(line: str) -> None:
    assert not is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "Fishermen return to port as storm nears",
        "‘One home where six are needed’: ministers under fire",
        "Talks fail. Ministers leave early",
        "首相、来週訪米へ　首脳会談で関税協議",
        "Премьер-министр объявил о новых выборах",
    ],
)
def test_a_headline_has_a_headlines_form(line: str) -> None:
    assert looks_like_headline(line)


@pytest.mark.parametrize(
    "line",
    [
        "News",
        "World news",
        "The ministers met on Monday and decided nothing.",
        "Read more: What the vote means",
        "12.5 %",
    ],
)
def test_labels_and_sentences_are_no_headlines(line: str) -> None:
    assert not looks_like_headline(line)


@given(st.text(max_size=300))
def test_a_dateline_ends_inside_its_text(text: str) -> None:
    dateline = read_dateline(text)
    assert dateline is None or 0 <= dateline.end <= len(text)


@given(st.text(alphabet="ABab .,|-–(/)'’1By", max_size=200))
def test_a_byline_stands_in_its_line(text: str) -> None:
    names = read_byline(text)
    assert names is None or names.split()[0] in text


@pytest.mark.parametrize("piece", ["A", "A ", "By A ", "A, ", "(A) ", "A.A ", "- ", "1 ", "THE "])
def test_a_line_of_megabytes_is_looked_at_no_further_than_its_head(piece: str) -> None:
    line = piece * 2_000_000
    assert read_byline(line) is None
    assert not is_furniture(line)
    assert not looks_like_headline(line)
    read_dateline(line)
