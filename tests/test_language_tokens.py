"""Words of a text: as the treebanks cut them, nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.language.tokens import words_of
from tests.growth import is_linear

CUTS = [
    ("It costs $1.5 billion (€1.4bn).", "It|costs|$|1.5|billion|(|€|1.4|bn|)|."),
    ("US$2m, A$3.5bn and NT$5,000", "US$|2|m|,|A$|3.5|bn|and|NT$|5,000"),
    ("Rs 500 crore or Rs500", "Rs|500|crore|or|Rs|500"),
    ("2.5% of GDP", "2.5|%|of|GDP"),
    ("3.5percent of 11,000sq km", "3.5|percent|of|11,000|sq|km"),
    ("the U.K.'s and the U.S.-led", "the|U.K.|'s|and|the|U.S.|-|led"),
    ("non-U.S. forces", "non|-|U.S.|forces"),
    ("a five-year-old re-elected anti-war MP", "a|five|-|year|-|old|re-elected|anti-war|MP"),
    ("in 2025-26, on 2027-05-25", "in|2025|-|26|,|on|2027-05-25"),
    ("the 1990s, the '60s, the 5th", "the|1990s|,|the|'60s|,|the|5th"),
    ("10:30 a.m. Tuesday, 4pm", "10:30|a.m.|Tuesday|,|4|pm"),
    ("KYIV, Ukraine (AP) — It", "KYIV|,|Ukraine|(|AP|)|—|It"),
    ("ROME—The pope–emperor", "ROME|—|The|pope|–|emperor"),
    ("J. K. Hale and A.B. Hale, Gen. Tom Hale", "J.|K.|Hale|and|A.B.|Hale|,|Gen.|Tom|Hale"),
    ("No. 10 said no. No one left.", "No.|10|said|no|.|No|one|left|."),
    ("Sept. 5 and the end of Jan. They", "Sept.|5|and|the|end|of|Jan|.|They"),
    ("they’re sure, it can't, won’t and cannot", "they|’re|sure|,|it|ca|n't|,|wo|n’t|and|can|not"),
    ("he'd've gone", "he|'d|'ve|gone"),
    ("O'Hara's dogs’ home", "O'Hara|'s|dogs|’|home"),
    ("“big plan\" and ''small''", "“|big|plan|\"|and|''|small|''"),
    ("AT&T's R&D, S&P 500", "AT&T|'s|R&D|,|S&P|500"),
    ("see www.example.org/a?b=c. Mail a.b@example.org!", "see|www.example.org/a?b=c|.|Mail|a.b@example.org|!"),
    ("Why?! Well... (…)", "Why|?!|Well|...|(|…|)"),
    ("ne\u00adgo\u00adtiate nai\u0308ve", "ne\u00adgo\u00adtiate|nai\u0308ve"),
]


@pytest.mark.parametrize(("text", "cut"), CUTS)
def test_words_are_cut_as_in_the_treebanks(text: str, cut: str) -> None:
    assert words_of(text)[0] == cut.split("|")


@pytest.mark.parametrize(
    ("text", "words", "spaces"),
    [
        ("", [], []),
        (" ", [" "], [False]),
        ("a  b", ["a", " ", "b"], [True, False, False]),
        ("a\n\nb", ["a", "\n\n", "b"], [False, False, False]),
        ("a \n\n b ", ["a", "\n\n", "b"], [True, True, True]),
        ("\ta", ["\t", "a"], [False, False]),
    ],
)
def test_white_space_beyond_one_space_is_a_word(text: str, words: list[str], spaces: list[bool]) -> None:
    assert words_of(text) == (words, spaces)


pieces = st.sampled_from(
    [*"aB9.,'’\"“”-–$€% \n\u00a0\u00ad(", "U.S.", "n't", "www.", "re-", "1.5", "bn", "''", "@", "é", "語"]
)


@given(st.one_of(st.text(), st.lists(pieces, max_size=60).map("".join)))
def test_words_put_together_are_the_text(text: str) -> None:
    words, spaces = words_of(text)
    assert "".join(word + " " * space for word, space in zip(words, spaces, strict=True)) == text
    assert all(words)


HOSTILE = [
    "a",
    "1.",
    "1.1.",
    "('",
    "'s",
    "n't",
    "a'",
    "www.",
    "http://",
    "a@",
    "A&",
    "a-",
    "re-",
    "\u0301",
    "“",
    " ",
    "1",
    "-",
    "A.",
]


@pytest.mark.parametrize("unit", HOSTILE)
def test_time_grows_with_length_only(unit: str) -> None:
    assert is_linear(lambda length: (unit * length)[:length] + "!", words_of, length=25_000)
