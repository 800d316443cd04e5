"""Quotations: which marks open, which close, and which are no quotation marks."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from onrecord.language.quotations import find_quotations
from onrecord.language.tokens import words_of
from tests.growth import is_linear

VOCAB = spacy.blank("en").vocab


def quotations(text: str) -> list[tuple[str, bool]]:
    """Return the words of each quotation and whether it is closed."""
    words, spaces = words_of(text)
    doc = spacy.tokens.Doc(VOCAB, words=words, spaces=spaces)
    return [(doc[found.start : found.end].text, found.closed) for found in find_quotations(doc)]


CLOSED = [
    ('She said: "We go." He left.', ['"We go."']),
    ("“We go,” she said. “We stay.”", ["“We go,”", "“We stay.”"]),
    ("«Non», he said. « Non merci », she said.", ["«Non»", "« Non merci »"]),
    ("„So ist es“, he said. »So nicht«, she said.", ["„So ist es“", "»So nicht«"]),
    ("``Old style,'' he said.", ["``Old style,''"]),
    ('A “quantum leap" and a "great day” too.', ['“quantum leap"', '"great day”']),
    ("A ”typed alike” or “typed alike“ mark.", ["”typed alike”", "“typed alike“"]),
    ("'We go,' the minister said.", ["'We go,'"]),
    ("‘It’s our plan,’ he said, and it’s good.", ["‘It’s our plan,’"]),
    ("'We met the workers' union and left,' he said.", ["'We met the workers' union and left,'"]),
    ("The workers' union and the teachers' union didn't agree.", []),
    ("Rock 'n' roll of the '90s, the ’80s and 6'2\" tall.", []),
    ("“He told us ‘never again’ and left,” she said.", ["“He told us ‘never again’ and left,”"]),
    ('"He told us "never again" and left," she said.', ['"He told us "never again" and left,"']),
    ("'He told us \"never again\",' she said.", ["'He told us \"never again\",'"]),
    ('The plan ("a folly") fell—"a pity"—at once.', ['("a folly")'[1:-1], '"a pity"']),
    ('It is "[very] good" at "$5bn".', ['"[very] good"', '"$5bn"']),
    ('A stray mark" closes nothing.', []),
    ("", []),
]


@pytest.mark.parametrize(("text", "found"), CLOSED)
def test_closed_quotations(text: str, found: list[str]) -> None:
    assert quotations(text) == [(words, True) for words in found]


def test_a_quotation_of_several_paragraphs_is_one_a_paragraph() -> None:
    text = "“We go. We stay.\n\n“And then,” she said, “we go.\n\n“The end.” He left."
    assert quotations(text) == [
        ("“We go. We stay.", False),
        ("“And then,”", True),
        ("“we go.", False),
        ("“The end.”", True),
    ]


def test_a_mark_that_never_closes_ends_with_its_sentence() -> None:
    assert quotations('She said "no way. He left.\n\nThey "went.') == [('"no way.', False), ('"went.', False)]


def test_a_forgotten_mark_does_not_swallow_the_next_quotation() -> None:
    assert quotations('She said "no way. He said "yes" and left.') == [('"no way.', False), ('"yes"', True)]


def test_no_quotation_reaches_over_a_blank_line() -> None:
    assert quotations('He said "no.\n\nWay" is what he said.') == [('"no.', False)]


marks = st.sampled_from([*"\"'“”‘’„«»` aZ1.,?\n-(", "\n\n", "''", "n't", "'s"])


@given(st.one_of(st.text(), st.lists(marks, max_size=50).map("".join)))
def test_quotations_stand_in_order_and_apart(text: str) -> None:
    words, spaces = words_of(text)
    found = find_quotations(spacy.tokens.Doc(VOCAB, words=words, spaces=spaces))
    bounds = [bound for quotation in found for bound in (quotation.start, quotation.end)]
    assert bounds == sorted(bounds)
    assert all(quotation.start < quotation.end <= len(words) for quotation in found)


@pytest.mark.parametrize("unit", ['"', "'", "“", "'a ", '"a ', "a' ", "“‘a ", "’ "])
def test_time_grows_with_length_only(unit: str) -> None:
    def doc_of(length: int) -> spacy.tokens.Doc:
        words, spaces = words_of(unit * length)
        return spacy.tokens.Doc(VOCAB, words=words, spaces=spaces)

    assert is_linear(doc_of, find_quotations, length=5_000)
