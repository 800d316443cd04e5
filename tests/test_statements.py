"""Who said what: each construction by which English attributes words to somebody."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.language import analyse
from onrecord.language.analysis import Analysis
from onrecord.model import Statement, Story, select
from onrecord.statements import find_statements


@cache
def analysed(text: str) -> Analysis:
    return analyse(Story(start=0, end=len(text), language="en", body=((0, len(text)),)), text)


def said(text: str) -> list[tuple[str | None, str | None, str, str]]:
    """Speaker, cue, kind and words of every statement in `text`."""
    return [(s.speaker, s.cue, s.kind, s.content.of(text)) for s in find_statements(analysed(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Maria Holt said that the bridge would reopen in May.",
            ("Maria Holt", "said", "indirect", "the bridge would reopen in May"),
        ),
        (
            "The transport ministry announced it would buy 40 new trains.",
            ("transport ministry", "announced", "indirect", "it would buy 40 new trains"),
        ),
        (
            "Maria Holt told reporters on Monday that the bridge was safe.",
            ("Maria Holt", "told", "indirect", "the bridge was safe"),
        ),
        (
            "The bridge is safe, the mayor of Oldport said on Monday.",
            ("mayor of Oldport", "said", "indirect", "The bridge is safe"),
        ),
        (
            "However, the bridge is safe, inspectors said.",
            ("inspectors", "said", "indirect", "the bridge is safe"),
        ),
        (
            "The repairs, officials said, have cost 3 million euros so far.",
            ("officials", "said", "indirect", "The repairs, officials said, have cost 3 million euros so far"),
        ),
        (
            "After a cold winter, the agency said, prices will fall.",
            ("agency", "said", "indirect", "prices will fall"),
        ),
        (
            "According to the United Nations, 40,000 people have fled the valley.",
            ("United Nations", "According to", "indirect", "40,000 people have fled the valley"),
        ),
        (
            "Some 40,000 people have fled the valley, according to the United Nations.",
            ("United Nations", "according to", "indirect", "Some 40,000 people have fled the valley"),
        ),
        (
            "The minister pointed out that rents had doubled.",
            ("minister", "pointed out", "indirect", "rents had doubled"),
        ),
        (
            "Maria Holt asked how the city would pay for the bridge.",
            ("Maria Holt", "asked", "indirect", "how the city would pay for the bridge"),
        ),
        (
            "The opposition accused the government of hiding the costs of the bridge.",
            ("opposition", "accused", "indirect", "the government of hiding the costs of the bridge"),
        ),
        (
            "The council said a new lock and a ramp would be built.",
            ("council", "said", "indirect", "a new lock and a ramp would be built"),
        ),
        (
            "Maria Holt told the paper in a statement that the bridge was safe.",
            ("Maria Holt", "told", "indirect", "the bridge was safe"),
        ),
        (
            "It was reported that the bridge was safe.",
            (None, "reported", "indirect", "the bridge was safe"),
        ),
        (
            "Prices fell, the bank said, and would go on falling.",
            ("bank", "said", "indirect", "Prices fell, the bank said, and would go on falling"),
        ),
        (
            "Asked whether the bridge was safe, Maria Holt said it would last.",
            ("Maria Holt", "said", "indirect", "it would last"),
        ),
        (
            "Maria Holt described the bridge as a work of art.",
            ("Maria Holt", "described", "indirect", "the bridge as a work of art"),
        ),
    ],
)
def test_reported_clause(text: str, expected: tuple[str | None, str, str, str]) -> None:
    assert said(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“The bridge is safe,” Maria Holt said.", ("Maria Holt", "said", "direct", "“The bridge is safe,”")),
        ('"The bridge is safe," said Maria Holt.', ("Maria Holt", "said", "direct", '"The bridge is safe,"')),
        ('Maria Holt said: "The bridge is safe."', ("Maria Holt", "said", "direct", '"The bridge is safe."')),
        (
            "'The bridge is safe,' said Maria Holt, who runs the port.",
            ("Maria Holt", "said", "direct", "'The bridge is safe,'"),
        ),
        (
            "“The bridge is safe. It was never closed,” Maria Holt told reporters on Monday.",
            ("Maria Holt", "told", "direct", "“The bridge is safe. It was never closed,”"),
        ),
        (
            "“The bridge is safe,” Maria Holt, the mayor of Oldport, said afterwards.",
            ("Maria Holt", "said", "direct", "“The bridge is safe,”"),
        ),
        (
            "Maria Holt said the bridge was “as safe as a church”.",
            ("Maria Holt", "said", "mixed", "the bridge was “as safe as a church”"),
        ),
        (
            "The bridge was “as safe as a church”, Maria Holt said.",
            ("Maria Holt", "said", "mixed", "The bridge was “as safe as a church”"),
        ),
        (
            "Maria Holt called the closure “a bad joke”.",
            ("Maria Holt", "called", "mixed", "the closure “a bad joke”"),
        ),
        (
            "Maria Holt dismissed the report as “pure fiction”.",
            ("Maria Holt", "dismissed", "mixed", "the report as “pure fiction”"),
        ),
        (
            "Maria Holt believes that the port “can breathe again”.",
            ("Maria Holt", "believes", "mixed", "the port “can breathe again”"),
        ),
    ],
)
def test_quoted_words(text: str, expected: tuple[str, str, str, str]) -> None:
    assert said(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Maria Holt declined to say whether the bridge was safe.",
        "Maria Holt did not say when the bridge would reopen.",
        "Maria Holt urged drivers to leave the old bridge.",
        "Maria Holt announced a plan for the old bridge.",
        "Maria Holt believes that the old bridge will last.",
        "The boat was called “Morning Star”.",
        "The so-called “gig economy” is growing.",
        "Video footage shows that the bridge swayed.",
        "I said that the bridge was safe.",
        "We wanted to say that the bridge was safe.",
        "The bridge, which was reported to be safe, closed.",
    ],
)
def test_no_statement(text: str) -> None:
    assert said(text) == []


def test_quotation_broken_by_its_attribution_is_two() -> None:
    text = "“The bridge is safe,” said Maria Holt, “and it will stay safe.”"
    assert said(text) == [
        ("Maria Holt", "said", "direct", "“The bridge is safe,”"),
        ("Maria Holt", "said", "direct", "“and it will stay safe.”"),
    ]


def test_a_quotation_may_go_on_behind_and() -> None:
    text = "“We are late,” the minister said, and “nobody is to blame but us.”"
    assert [words for _, _, _, words in said(text)] == ["“We are late,”", "“nobody is to blame but us.”"]


def test_quotation_over_paragraphs_is_one() -> None:
    text = "“The bridge is safe.\n\n“It was never closed,” said Maria Holt."
    assert said(text) == [("Maria Holt", "said", "direct", "“The bridge is safe.\n\n“It was never closed,”")]


def test_quotation_that_stands_alone_takes_the_last_speaker() -> None:
    text = "“The bridge is safe,” said Maria Holt.\n\n“Nobody needs to drive around it.”"
    assert said(text)[1] == ("Maria Holt", None, "direct", "“Nobody needs to drive around it.”")


def test_quotation_that_goes_on_behind_its_attribution_shares_the_cue() -> None:
    text = "“The bridge is safe,” said Maria Holt. “Nobody needs to drive around it.”"
    assert said(text)[1] == ("Maria Holt", "said", "direct", "“Nobody needs to drive around it.”")


def test_quotation_that_stands_alone_after_somebody_acted_is_theirs() -> None:
    text = (
        "“The bridge is safe,” said Maria Holt. The harbour was full of people that day. "
        "Peter Krall waved his hat. “We waited for this.”"
    )
    assert said(text)[1] == ("Peter Krall", None, "direct", "“We waited for this.”")


def test_crossheads_in_quotation_marks_are_no_statements() -> None:
    text = "Maria Holt said the bridge was safe.\n\n'Worst of winters'\n\nThe bridge was built in 1931."
    assert said(text) == [("Maria Holt", "said", "indirect", "the bridge was safe")]


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        (
            "Maria Holt said the bridge was safe, adding that it had been tested twice.",
            ("Maria Holt", "said", "indirect", "the bridge was safe"),
            ("Maria Holt", "adding", "indirect", "it had been tested twice"),
        ),
        (
            "The bridge is safe, Maria Holt said, warning that the road was not.",
            ("Maria Holt", "said", "indirect", "The bridge is safe"),
            ("Maria Holt", "warning", "indirect", "the road was not"),
        ),
        (
            "Maria Holt said the city would pay and insisted that nobody had been hurt.",
            ("Maria Holt", "said", "indirect", "the city would pay"),
            ("Maria Holt", "insisted", "indirect", "nobody had been hurt"),
        ),
    ],
)
def test_what_a_speaker_adds_is_a_statement_of_its_own(
    text: str, first: tuple[str, str, str, str], second: tuple[str, str, str, str]
) -> None:
    assert said(text) == [first, second]


def test_each_speaker_of_nested_statements_is_recorded() -> None:
    text = "Maria Holt said that engineers from Norway had told her that the bridge was safe."
    assert [(speaker, words) for speaker, _, _, words in said(text)] == [
        ("Maria Holt", "engineers from Norway had told her that the bridge was safe"),
        ("engineers from Norway", "the bridge was safe"),
    ]


def test_a_speaker_s_own_words_of_saying_within_their_statement_are_not_repeated() -> None:
    text = "Maria Holt said she had told the council that the bridge was safe."
    assert [words for _, _, _, words in said(text)] == ["she had told the council that the bridge was safe"]


def test_a_relative_clause_may_hold_a_statement() -> None:
    text = "The army found mines that it said had been left by the rebels."
    assert ("army", "said", "indirect", "had been left by the rebels") in said(text)


def test_a_dateline_is_no_part_of_what_is_said() -> None:
    text = "OLDPORT (AP) — The bridge is safe, the mayor said Monday."
    assert said(text) == [("mayor", "said", "indirect", "The bridge is safe")]


def test_a_passive_accusation_has_no_speaker() -> None:
    text = "The company has been accused of poisoning the river."
    assert said(text) == [(None, "accused", "indirect", "of poisoning the river")]


def test_statements_carry_the_spans_of_cue_and_speaker() -> None:
    text = "The mayor, Maria Holt, said that the bridge was safe."
    (statement,) = find_statements(analysed(text))
    assert statement.cue_span is not None
    assert statement.speaker_span is not None
    assert statement.cue_span.of(text) == "said"
    assert statement.speaker_span.of(text) == "The mayor"
    assert statement.speaker == "Maria Holt"


def _laws(text: str, statements: tuple[Statement, ...]) -> None:
    for statement in statements:
        words = statement.content.of(text)
        assert words == words.strip()
        assert statement.selector == select(text, statement.content)
        assert statement.selector.exact == words
        assert statement.cue is None or statement.cue_span is not None
        assert statement.cue_span is None or statement.cue_span.of(text) == statement.cue
    assert list(statements) == sorted(statements, key=lambda s: (s.content.start, -s.content.end))


_PIECES = st.sampled_from(
    [
        "Maria Holt said",
        "“The bridge is safe,”",
        "he added",
        "that it would close",
        "the ministry",
        "according to",
        "\n\n",
        ". ",
        ", ",
        '"',
        "“",
        "told",
        "whether",
        "which they say",
        "was accused of",
        "adding that",
        ":",
        "—",
        "(",
        "Rome",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_PIECES, max_size=25).map(" ".join))
def test_every_statement_gives_its_words_back(text: str) -> None:
    if text.strip():
        _laws(text, find_statements(analysed(text)))


def test_the_same_text_gives_the_same_statements() -> None:
    text = "“The bridge is safe,” said Maria Holt. She told us it was “the safest”, adding that it would last."
    first = find_statements(analysed(text))
    analysed.cache_clear()
    assert find_statements(analysed(text)) == first
