"""Marking: the pieces of a run are its text, and each lies under just the notes that stand on it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Capture, Claim, FieldSpans, Reading, Span, Story, select
from onrecord.report.marks import marked_stories, trailing

TEXT = "".join(chr(97 + number % 26) for number in range(60))


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, 58))
    return Span(start, draw(st.integers(start + 1, 60)))


def claim(quantity: Span, when: Span | None) -> Claim:
    evidence = Span(0, 60)
    return Claim(
        kind="figure",
        actor=None,
        measure=None,
        quantity=None,
        when=None,
        said_by=None,
        negated=False,
        evidence=evidence,
        selector=select(TEXT, evidence),
        spans=FieldSpans(quantity=quantity, when=when),
    )


def reading(body: tuple[tuple[int, int], ...], claims: tuple[Claim, ...]) -> Reading:
    capture = Capture("a page", "id", TEXT, ())
    return Reading(capture=capture, stories=(Story(start=0, end=60, body=body, claims=claims),))


@given(st.lists(st.tuples(spans(), st.none() | spans()), max_size=6), st.integers(1, 59))
def test_pieces_make_up_the_text_and_lie_under_their_notes(marks: list[tuple[Span, Span | None]], cut: int) -> None:
    claims = tuple(claim(*one) for one in marks)
    (story,) = marked_stories(reading(((0, cut), (cut, 60)), claims), "")
    at = 0
    for part in story.parts:
        assert "".join(piece.text for piece in part.pieces) == part.text
        for piece in part.pieces:
            here = Span(at, at + len(piece.text))
            expected = {note.key for note in story.notes if any(span.overlaps(here) for span in note.spans)}
            assert {note.key for note in piece.notes} == expected
            at = here.end
    assert at == 60


@given(st.lists(st.tuples(spans(), st.none() | spans()), max_size=6), st.integers(1, 59))
def test_every_note_opens_once_where_its_first_words_stand(marks: list[tuple[Span, Span | None]], cut: int) -> None:
    (story,) = marked_stories(reading(((0, cut), (cut, 60)), tuple(claim(*one) for one in marks)), "k")
    opened, at = [], 0
    for part in story.parts:
        for piece in part.pieces:
            opened += [(note.key, at) for note in piece.opens]
            at += len(piece.text)
    assert sorted(opened) == sorted((note.key, min(span.start for span in note.spans)) for note in story.notes)


def test_what_was_cut_away_stands_between_the_runs_and_behind_them() -> None:
    one = reading(((10, 20), (30, 40)), ())
    (story,) = marked_stories(one, "")
    assert [(part.text, bool(part.pieces)) for part in story.parts] == [
        (TEXT[:10], False),
        (TEXT[10:20], True),
        (TEXT[20:30], False),
        (TEXT[30:40], True),
    ]
    assert [part.text for part in trailing(one)] == [TEXT[40:]]
