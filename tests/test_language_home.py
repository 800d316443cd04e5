"""The country that a story comes from, and so whose dollars its sums are."""

from __future__ import annotations

import pytest

from onrecord.language import analyse
from onrecord.language.home import home_country
from onrecord.model import Story

SENTENCE = "The minister said the new bridge would cost $40 million and open in two years."


@pytest.mark.parametrize(
    ("text", "dateline", "currency"),
    [
        (SENTENCE, None, "USD"),
        (SENTENCE, "SYDNEY, Australia", "AUD"),
        (SENTENCE, "OTTAWA", "CAD"),
        (f"Australia needs bridges. {SENTENCE} Australian firms will build it.", None, "AUD"),
        (f"Australia and Canada both need bridges. {SENTENCE}", None, "USD"),
        (SENTENCE.replace("$", "US$"), "OTTAWA", "USD"),
    ],
)
def test_a_bare_dollar_is_the_dollar_of_the_story(text: str, dateline: str | None, currency: str) -> None:
    story = Story(start=0, end=len(text), dateline=dateline, body=((0, len(text)),), language="en")
    (money,) = (m.quantity for m in analyse(story, text).quantities if m.quantity.unit.isupper())
    assert (money.value, money.unit) == (40_000_000, currency)


def test_a_story_of_several_countries_has_none() -> None:
    text = "France told Spain that Italy and Greece had agreed with Portugal."
    story = Story(start=0, end=len(text), body=((0, len(text)),), language="en")
    assert home_country(analyse(story, text).doc, None) is None
