"""Time expressions: what is one, its words, and the days that it means in a story of Sunday, January 11, 2026."""

from __future__ import annotations

import datetime as dt

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.language.times import find_times
from onrecord.model import When
from tests.growth import is_linear

DAY = dt.date(2026, 1, 11)
TOKENIZE = spacy.blank("en")


def times(text: str, day: dt.date | None = DAY) -> list[tuple[str, str, str, str]]:
    """Return the times of `text`: words, relation, start and end, `-` for an open or unknown end."""
    found = [mention.when for mention in find_times(TOKENIZE(text), day)]
    return [(when.text, when.relation, str(when.start or "-"), str(when.end or "-")) for when in found]


@pytest.mark.parametrize(
    ("text", "words", "end"),
    [
        ("It will cut emissions by 2034.", "by 2034", "2034-12-31"),
        ("The bridge should stand before 2030.", "before 2030", "2029-12-31"),
        ("All are to pay by the end of this year, he said.", "by the end of this year", "2026-12-31"),
        ("It must leave before the end of the year.", "before the end of the year", "2026-12-31"),
        ("The fleet doubles by the end of the decade.", "by the end of the decade", "2029-12-31"),
        ("It will be ready by the end of the next decade.", "by the end of the next decade", "2039-12-31"),
        ("Nothing will open before the year is out.", "before the year is out", "2026-12-31"),
        ("They want it signed before 2027 ends.", "before 2027 ends", "2027-12-31"),
        ("The town will be dry within five years.", "within five years", "2031-01-11"),
        ("Troops must leave within 48 hours.", "within 48 hours", "2026-01-13"),
        ("It will pay within the next two to three years.", "within the next two to three years", "2029-01-11"),
        ("The plant will not run until 2028.", "until 2028", "2027-12-31"),
        ("The plant will run until 2028.", "until 2028", "2028-12-31"),
        ("They do not expect a vote until at least 2029.", "until at least 2029", "2028-12-31"),
        ("No tram will run before May 2027.", "before May 2027", "2027-04-30"),
        ("The talks run until Friday.", "until Friday", "2026-01-16"),
        ("Half will be sold by mid-2027.", "by mid-2027", "2027-06-30"),
        ("Half will be sold by the middle of September.", "by the middle of September", "2026-09-15"),
        ("The first jets fly by early 2027.", "by early 2027", "2027-03-31"),
        ("It should be built by summer.", "by summer", "2026-08-31"),
        ("It should be built by September.", "by September", "2026-09-30"),
        ("The roof is due by end-2026.", "by end-2026", "2026-12-31"),
        ("The rate falls by the end of Q2.", "by the end of Q2", "2026-06-30"),
        ("Debt must halve by year-end.", "by year-end", "2026-12-31"),
        ("Sea levels will rise by mid-century.", "by mid-century", "2049-12-31"),
        ("Pay up no later than 31 March 2027.", "no later than 31 March 2027", "2027-03-31"),
        ("It will close in 2035 at the latest.", "in 2035 at the latest", "2035-12-31"),
        ("The levy stays through 2028.", "through 2028", "2028-12-31"),
        ("Prices will double between now and 2030.", "between now and 2030", "2030-12-31"),
        ("They missed the deadline of 2025.", "deadline of 2025", "2025-12-31"),
    ],
)
def test_deadlines_have_no_start(text: str, words: str, end: str) -> None:
    assert times(text) == [(words, "by", "-", end)]


@pytest.mark.parametrize(
    ("text", "words", "start", "end"),
    [
        ("Sales fell in 2024.", "in 2024", "2024-01-01", "2024-12-31"),
        ("The summit on June 24-25 is off.", "on June 24-25", "2026-06-24", "2026-06-25"),
        ("They meet from 28 December to 3 January.", "from 28 December to 3 January", "2025-12-28", "2026-01-03"),
        ("It was shut from July 2 to 4 there.", "from July 2 to 4", "2025-07-02", "2025-07-04"),
        ("It was shut on June 24 and 30 people left.", "on June 24", "2025-06-24", "2025-06-24"),
        ("It fell from March to August 2019.", "from March to August 2019", "2019-03-01", "2019-08-31"),
        (
            "It was shut from January to the end of May 2019.",
            "from January to the end of May 2019",
            "2019-01-01",
            "2019-05-31",
        ),
        ("It ran from January 23, 2014 to March 9.", "from January 23, 2014 to March 9", "2014-01-23", "2014-03-09"),
        ("It grew between last year and this year.", "between last year and this year", "2025-01-01", "2026-12-31"),
        ("It was closed from 2019 to 2023.", "from 2019 to 2023", "2019-01-01", "2023-12-31"),
        ("It grew between 2026 and 2030.", "between 2026 and 2030", "2026-01-01", "2030-12-31"),
        ("It grew in 2025 and 2026.", "in 2025 and 2026", "2025-01-01", "2026-12-31"),
        ("Rain fell in June and July.", "in June and July", "2025-06-01", "2025-07-31"),
        ("Wages for 2010-15 were flat.", "for 2010-15", "2010-01-01", "2015-12-31"),
        ("At the moment, 22 of the 32 members pay.", "At the moment", "2026-01-11", "2026-01-11"),
        ("It currently has four.", "currently", "2026-01-11", "2026-01-11"),
        ("Shells fell overnight.", "overnight", "2026-01-10", "2026-01-11"),
        ("He spoke yesterday evening.", "yesterday evening", "2026-01-10", "2026-01-10"),
        ("The army fled Tuesday.", "Tuesday", "2026-01-06", "2026-01-06"),
        ("The army fled on Sunday night.", "on Sunday night", "2026-01-11", "2026-01-11"),
        ("It was hit at 5 p.m. on Friday.", "at 5 p.m. on Friday", "2026-01-09", "2026-01-09"),
        ("Parliament will vote on Tuesday.", "on Tuesday", "2026-01-13", "2026-01-13"),
        ("A strike is due on Friday next week.", "on Friday next week", "2026-01-16", "2026-01-16"),
        ("Turnout in Sunday’s poll was low.", "Sunday", "2026-01-11", "2026-01-11"),
        ("The port shut this week.", "this week", "2026-01-05", "2026-01-11"),
        ("The port shut last weekend.", "last weekend", "2026-01-10", "2026-01-11"),
        ("It opened in October.", "in October", "2025-10-01", "2025-10-31"),
        ("It announced in March that it had opened.", "in March", "2025-03-01", "2025-03-31"),
        ("It called a vote for March.", "for March", "2026-03-01", "2026-03-31"),
        ("He said that Tuesday was quiet.", "Tuesday", "2026-01-06", "2026-01-06"),
        ("It opens late next month.", "late next month", "2026-02-15", "2026-02-28"),
        ("Three died last year.", "last year", "2025-01-01", "2025-12-31"),
        ("Three died so far this year.", "so far this year", "2026-01-01", "2026-01-11"),
        ("Three died in the past five days.", "in the past five days", "2026-01-06", "2026-01-11"),
        ("Three died in five days of clashes.", "in five days of clashes", "2026-01-06", "2026-01-10"),
        ("It fell over the past 10 months.", "over the past 10 months", "2025-03-11", "2026-01-11"),
        ("It will spend it over the next year.", "over the next year", "2026-01-11", "2027-01-11"),
        ("It will open next year.", "next year", "2027-01-01", "2027-12-31"),
        ("He left two years ago.", "two years ago", "2024-01-01", "2024-12-31"),
        ("It grew in the third quarter.", "in the third quarter", "2025-07-01", "2025-09-30"),
        ("It grew in Q3 2024.", "in Q3 2024", "2024-07-01", "2024-09-30"),
        ("It grew in the first half of next year.", "in the first half of next year", "2027-01-01", "2027-06-30"),
        (
            "In the first five months this year it grew.",
            "In the first five months this year",
            "2026-01-01",
            "2026-05-31",
        ),
        ("In the 12 months to March 2024 it grew.", "In the 12 months to March 2024", "2023-04-01", "2024-03-31"),
        ("There were two at the end of 2025.", "at the end of 2025", "2025-12-31", "2025-12-31"),
        ("It began in the early 2000s.", "in the early 2000s", "2000-01-01", "2004-12-31"),
        ("It began in the summer of 2012.", "in the summer of 2012", "2012-06-01", "2012-08-31"),
        ("It began in the 19th century.", "in the 19th century", "1800-01-01", "1899-12-31"),
        ("The Oct. 7 attacks shook it.", "Oct. 7", "2025-10-07", "2025-10-07"),
        ("It opens in 2027 or 2028.", "in 2027 or 2028", "2027-01-01", "2028-12-31"),
        ("Last June’s rate was low.", "Last June", "2025-06-01", "2025-06-30"),
        ("The 2024 elections were free.", "2024", "2024-01-01", "2024-12-31"),
        ("It was founded on 24.06.1998 there.", "on 24.06.1998", "1998-06-24", "1998-06-24"),
        (
            "The budget for fiscal 2027, which begins next April, grew.",
            "for fiscal 2027, which begins next April",
            "2026-04-01",
            "2027-03-31",
        ),
    ],
)
def test_periods_have_both_ends(text: str, words: str, start: str, end: str) -> None:
    assert times(text) == [(words, "in", start, end)]


@pytest.mark.parametrize(
    ("text", "words", "start"),
    [
        ("It has shrunk since 2014.", "since 2014", "2014-01-01"),
        ("It has shrunk since September.", "since September", "2025-09-01"),
        ("No rain fell since mid-September.", "since mid-September", "2025-09-15"),
        ("The tax applies from April 2027.", "from April 2027", "2027-04-01"),
        ("The tax applies from 2028 onwards.", "from 2028 onwards", "2028-01-01"),
        ("The tax applies starting next year.", "starting next year", "2027-01-01"),
        ("It will rise after 2030.", "after 2030", "2031-01-01"),
        ("All who land after 4am on Saturday must pay.", "after 4am on Saturday", "2026-01-17"),
        ("It is up since the start of the year.", "since the start of the year", "2026-01-01"),
    ],
)
def test_beginnings_have_no_end(text: str, words: str, start: str) -> None:
    assert times(text) == [(words, "since", start, "-")]


@pytest.mark.parametrize(
    ("text", "words", "relation"),
    [
        ("Spending rose in fiscal 2026.", "in fiscal 2026", "in"),
        ("Spending rose in 2024-25.", "in 2024-25", "in"),
        ("Prices rose in recent months.", "in recent months", "in"),
        ("They served for two weeks.", "for two weeks", "in"),
        ("Aid will come within days.", "within days", "by"),
        ("He will go before the next election.", "before the next election", "by"),
        ("He stays until a new board is elected.", "until a new board is elected", "by"),
        ("It was due on February 30.", "on February 30", "in"),
    ],
)
def test_times_without_fixed_dates_stay_open(text: str, words: str, relation: str) -> None:
    assert times(text) == [(words, relation, "-", "-")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Profit fell in the first half.", ("in the first half", "in", "2025-01-01", "2025-06-30")),
        ("Sales fell in the second half.", ("in the second half", "in", "2025-07-01", "2025-12-31")),
        ("Sales fell in the first seven months.", ("in the first seven months", "in", "2025-01-01", "2025-07-31")),
        ("Sales fell in the September quarter.", ("in the September quarter", "in", "2025-07-01", "2025-09-30")),
        ("It is likely to rise in the March quarter.", ("in the March quarter", "in", "2026-01-01", "2026-03-31")),
        ("Sales fell in the April-June period.", ("in the April-June period", "in", "2025-04-01", "2025-06-30")),
        ("It reopens in the third week of March.", ("in the third week of March", "in", "2026-03-15", "2026-03-21")),
        ("It sold 3 trams in the year to date.", ("in the year to date", "in", "2026-01-01", "2026-01-11")),
        ("Sales fell for the full year.", ("for the full year", "in", "-", "-")),
        ("In its first year it lost 3 ships.", ("In its first year", "in", "-", "-")),
        ("The roof must be done by Easter.", ("by Easter", "by", "-", "-")),
        ("They signed by the first of March.", ("by the first of March", "by", "-", "2026-03-01")),
        ("A deal is due within the week.", ("within the week", "by", "-", "2026-01-18")),
        ("They ate 3 tonnes since the ceasefire.", ("since the ceasefire", "since", "-", "-")),
        ("It has sunk since the war in Utopia began.", ("since the war in Utopia began", "since", "-", "-")),
        ("It has sunk since the vote in June.", ("since the vote in June", "since", "2025-06-01", "-")),
        ("It has sunk since the spring of last year.", ("since the spring of last year", "since", "2025-03-01", "-")),
        ("The duty is 45% from 2030.", ("from 2030", "since", "2030-01-01", "-")),
        ("The state will pay $9 a week through August.", ("through August", "by", "-", "2026-08-31")),
        ("The state pays $9 a year through 2030.", ("through 2030", "by", "-", "2030-12-31")),
        ("Deaths rose from May to mid-September.", ("from May to mid-September", "in", "2025-05-01", "2025-09-15")),
        ("It runs until the middle of May.", ("until the middle of May", "by", "-", "2026-05-15")),
        ("In the past financial year it sank.", ("In the past financial year", "in", "-", "-")),
        ("It had sold 12 trams by the end of April.", ("by the end of April", "by", "-", "2025-04-30")),
        ("By December 267 trams had been sold.", ("By December", "by", "-", "2025-12-31")),
        ("He had promised to sell it by May.", ("by May", "by", "-", "2026-05-31")),
        ("It has offered two more free days from July.", ("from July", "since", "2026-07-01", "-")),
        ("The toll is going up in July.", ("in July", "in", "2026-07-01", "2026-07-31")),
        ("The toll takes effect July 1.", ("July 1", "in", "2026-07-01", "2026-07-01")),
        ("They lent it in July.", ("in July", "in", "2025-07-01", "2025-07-31")),
    ],
)
def test_periods_that_lean_on_the_story(text: str, expected: tuple[str, str, str, str]) -> None:
    assert times(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Rates rose, since the company lost money.",
        "It is shut since the company is broke.",
        "They led in the first half of the match.",
        "This is the season of hope.",
        "Exports fell 45% from 1990.",
    ],
)
def test_causes_matches_and_bases_are_no_times(text: str) -> None:
    assert times(text) == []


def test_without_a_day_only_absolute_times_resolve() -> None:
    text = "By 2034 it will have cut, from last year, what it planned on Tuesday in December 2024 within five years."
    assert times(text, None) == [
        ("By 2034", "by", "-", "2034-12-31"),
        ("from last year", "since", "-", "-"),
        ("on Tuesday", "in", "-", "-"),
        ("in December 2024", "in", "2024-12-01", "2024-12-31"),
        ("within five years", "by", "-", "-"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "22 of the 32 members pay.",
        "He is 34 years old.",
        "A 24-hour strike and a four-day week.",
        "A two-year deal for $2,000.",
        "Emissions are 55% below 1990 levels.",
        "Emissions fell 55 percent from 1990.",
        "It may march on, sat there in the sun.",
        "May said that April was wrong.",
        "Shops open on Black Friday, and every Monday.",
        "Prices rose after the fall in demand.",
        "He lives on the 24th floor, in room 2014.",
        "It makes 5 million tons a year.",
        "It was the worst flood in 30 years.",
        "It took 2000 protesters and killed 2024 civilians.",
        "Around 2000 people came, for 1800 euros each.",
        "The fall of the city was on 9/11.",
        "A 1500-page report for 5 million a day.",
    ],
)
def test_other_numbers_and_words_are_no_times(text: str) -> None:
    assert times(text) == []


def test_a_denial_reaches_its_own_sentence_only() -> None:
    text = "It is not open. The plant will run until 2028, and pay by 2029 and 2030."
    assert times(text) == [
        ("until 2028", "by", "-", "2028-12-31"),
        ("by 2029", "by", "-", "2029-12-31"),
        ("2030", "in", "2030-01-01", "2030-12-31"),
    ]


def test_later_times_look_back_to_earlier_ones() -> None:
    text = "In 2031 the mine closes. By then it will be empty; that year, and two years later, the town will be."
    assert times(text) == [
        ("In 2031", "in", "2031-01-01", "2031-12-31"),
        ("By then", "by", "-", "2031-12-31"),
        ("that year", "in", "2031-01-01", "2031-12-31"),
        ("two years later", "in", "2033-01-01", "2033-12-31"),
    ]


def test_two_deadlines_in_a_row_are_two_mentions() -> None:
    found = find_times(TOKENIZE("Spending goes to 2.5% by 2027 and to 3% by 2034."), DAY)
    assert [(mention.start, mention.end, mention.when) for mention in found] == [
        (5, 7, When(text="by 2027", relation="by", end=dt.date(2027, 12, 31))),
        (11, 13, When(text="by 2034", relation="by", end=dt.date(2034, 12, 31))),
    ]


WORDS = (
    "by before until not within in on since from to and between the of end start first last next past this that year "
    "years month days week decade century quarter half two ten 5 24 31 2024 2025-26 9999 0001 1000 May June Feb. 30 29 "
    "Tuesday early mid- late then ago later before fiscal 2026 which begins April year-end 1990s '90s 20th winter 24th "
    "February Q4 hours a an few 4am , . 99/99/9999 9999-12-31 0000-00-00 31.12.9999 BC AD 5 ago is out so far"
)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(WORDS.split(" ")), max_size=14), st.none() | st.dates())
def test_any_words_on_any_day_give_exact_spans_in_order(words: list[str], day: dt.date | None) -> None:
    doc = TOKENIZE(" ".join(words))
    end = 0
    for mention in find_times(doc, day):
        assert end <= mention.start < mention.end
        assert mention.when.text in doc[mention.start : mention.end].text
        end = mention.end


@settings(max_examples=150, deadline=None)
@given(st.text(), st.sampled_from([None, dt.date.min, dt.date.max, DAY]))
def test_no_text_raises(text: str, day: dt.date | None) -> None:
    assert find_times(TOKENIZE(text), day) == find_times(TOKENIZE(text), day)


@pytest.mark.parametrize(
    "unit", ["over just ", "the end of ", "not until the ", "24 to ", "May 1-", "a few ", "by the year "]
)
def test_time_grows_in_line_with_the_text(unit: str) -> None:
    assert is_linear(lambda count: TOKENIZE(unit * count), lambda doc: find_times(doc, DAY), length=1000)
