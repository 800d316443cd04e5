"""Bodies put right by captions, archive headlines and agency datelines."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.captures import capture_from_html
from onrecord.captures.plain import text_blocks
from onrecord.model import Capture, Markup
from onrecord.stories.refine import refine

OBAN = "OBAN, Scotland (AP) — Ferries to the island of Mull will run again from Monday, the harbour master has said."
CAIRO = "CAIRO (Reuters) - A new bridge over the western harbour was opened to lorries on Sunday."
PROSE = "Storm damage had kept them in port for nine days, and shops on the island had begun to run out of bread."
MORE = "The harbour master thanked the islanders for their patience, and said that nobody had been turned away."
PICTURE = "Ferries lie in the harbour of Oban, Monday, June 9, 2025. (Jo Kay/PA via AP)"


def refined(*lines: str, bodies: tuple[tuple[int, ...], ...], markup: Markup | None = None) -> list[list[int]]:
    text = "\n\n".join(lines)
    return refine(Capture("page", "0" * 64, text, text_blocks(text), "en", markup), bodies)


def test_a_caption_with_its_credit_leaves_the_body() -> None:
    assert refined(OBAN, PICTURE, PROSE, bodies=((0, 1, 2),)) == [[0, 2]]


def test_with_markup_captions_have_been_told_already() -> None:
    assert refined(OBAN, PICTURE, PROSE, bodies=((0, 1, 2),), markup=Markup()) == [[0, 1, 2]]


def test_with_markup_the_pages_title_is_no_body() -> None:
    capture = capture_from_html(f"<h1>Ferries run again</h1><p>{PROSE}</p><p>{MORE}</p>", "page")
    assert refine(capture, [[0, 1, 2]]) == [[1, 2]]


def test_a_paragraph_with_an_agency_dateline_right_before_a_body_opens_it() -> None:
    assert refined("News", OBAN, PROSE, MORE, bodies=((2, 3),)) == [[1, 2, 3]]


def test_an_agency_dateline_tells_two_reports_run_together_apart() -> None:
    assert refined(OBAN, PROSE, CAIRO, MORE, bodies=((0, 1, 2, 3),)) == [[0, 1], [2, 3]]


def test_the_second_reports_headline_is_no_paragraph_of_the_first() -> None:
    headline = "New bridge opens in Alexandria harbour"
    assert refined(OBAN, PROSE, MORE, headline, CAIRO, MORE, bodies=((0, 1, 2, 3, 4, 5),)) == [[0, 1, 2], [4, 5]]


def test_a_headline_that_an_archive_closes_with_a_full_stop_is_no_body() -> None:
    assert refined("Ferries to Mull to run again.", PROSE, MORE, bodies=((0, 1, 2),)) == [[1, 2]]


def test_briefs_in_a_row_end_with_their_signatures_but_letters_do_not() -> None:
    signed, letter = PROSE + "--Kim Lee.", PROSE + " --PATIENT IN OBAN"
    assert refined(OBAN, signed, MORE, PROSE, bodies=((0, 1, 2, 3),)) == [[0, 1], [2, 3]]
    assert refined(OBAN, letter, MORE, PROSE, bodies=((0, 1, 2, 3),)) == [[0, 1, 2, 3]]


def test_a_caption_whose_credit_is_the_next_block_or_that_stands_twice_leaves_the_body() -> None:
    caption = "Ferries lie in the harbour of Oban, Monday, June 9, 2025."
    assert refined(OBAN, caption, "Michael Kay, AP", PROSE, bodies=((0, 1, 3),)) == [[0, 3]]
    assert refined(OBAN, caption, caption, PROSE, bodies=((0, 1, 2, 3),)) == [[0, 3]]


@given(st.lists(st.sampled_from([OBAN, CAIRO, PROSE, MORE, PICTURE, "News"]), min_size=1, max_size=12))
def test_refined_bodies_are_ascending_and_disjoint(lines: list[str]) -> None:
    body = tuple(i for i, line in enumerate(lines) if line != "News")
    flat = [i for piece in refined(*lines, bodies=(body,) if body else ()) for i in piece]
    assert flat == sorted(set(flat))
    assert set(flat) <= set(body)
