"""Captions, their credits, and photos counted once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.captures.plain import text_blocks
from onrecord.model import Capture
from onrecord.stories.captions import find_photos, looks_like_caption, split_credit


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        ("The two meet in Lisbon. (Jordan Pell/PA via AP)", "The two meet in Lisbon.", "Jordan Pell/PA via AP"),
        ("The harbour at low water [File: Reuters]", "The harbour at low water", "File: Reuters"),
        ("A hearing in The Hague. (Photo: UN Photo / Frank Beek)", "A hearing in The Hague.", "UN Photo / Frank Beek"),
        ("Jobseekers queue in Oban. Photo by Dana Kay/Bloomberg", "Jobseekers queue in Oban.", "Dana Kay/Bloomberg"),
        ("A launcher near Vilnius. REUTERS/Jonas Petraitis", "A launcher near Vilnius.", "REUTERS/Jonas Petraitis"),
        ("A cyclist in La Paz. © Reuters / David Soto", "A cyclist in La Paz.", "Reuters / David Soto"),
        ("The house in Braunau.Leon Foger / Reuters file", "The house in Braunau.", "Leon Foger / Reuters file"),
        ("Union members in Dudley. Picture: Steve Holroyd", "Union members in Dudley.", "Steve Holroyd"),
        (
            "Jim Chalmers in Canberra. Photo / Lachlan Boyd, Newspix",
            "Jim Chalmers in Canberra.",
            "Lachlan Boyd, Newspix",
        ),
        ("Generalstreik vor dem Werk (Foto: Max Kern/dpa)", "Generalstreik vor dem Werk", "Max Kern/dpa"),
        ("Photo: AFP", "", "AFP"),
        ("Natalie Nasser | Bloomberg | Getty Images", "", "Natalie Nasser | Bloomberg | Getty Images"),
        ("Getty Images", "", "Getty Images"),
        ("He told Reuters.", "He told Reuters.", None),
        ("22 members (of 32) met the target", "22 members (of 32) met the target", None),
        ("© 2021 The Valley Independent", "© 2021 The Valley Independent", None),
        ("AP", "AP", None),
        ("Home | World | China", "Home | World | China", None),
    ],
)
def test_a_credit_is_split_from_its_caption(text: str, caption: str, credit: str | None) -> None:
    assert split_credit(text) == (caption, credit)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FILE - Boats leave the harbour in Oban.", True),
        ("Jo Marsden, left, and Ada Petrov in Oban.", True),
        ("Ada Petrov (l.) und Jo Marsden in Kiel", True),
        ("The ministers met on Monday and decided nothing.", False),
    ],
)
def test_a_caption_is_told_by_its_form(text: str, expected: bool) -> None:
    assert looks_like_caption(text) is expected


def capture(*lines: str) -> Capture:
    text = "\n\n".join(lines)
    return Capture("page", "0" * 64, text, text_blocks(text), "en")


def photos_of(*lines: str, headline: str | None = None) -> list[tuple[str, str | None]]:
    page = capture(*lines)
    photos = find_photos(page, range(len(page.blocks)), headline=headline)
    assert all(photo.span.of(page.text) == (photo.caption or photo.span.of(page.text)) for photo in photos)
    return [(photo.caption, photo.credit) for photo in photos]


def test_a_gallery_that_stands_four_times_gives_each_photo_once() -> None:
    first, second = "Boats leave Oban. (Jo Kay/PA via AP)", "A pier in Oban. (Jo Kay/PA via AP)"
    expected = [("Boats leave Oban.", "Jo Kay/PA via AP"), ("A pier in Oban.", "Jo Kay/PA via AP")]
    assert photos_of(first, first, second, second, first, first, second, second) == expected


def test_a_credit_on_a_line_of_its_own_belongs_to_the_caption_before_it() -> None:
    assert photos_of("Boats leave the harbour in Oban.", "Michael Kay, AP") == [
        ("Boats leave the harbour in Oban.", "Michael Kay, AP")
    ]


def test_a_credit_repeated_under_its_caption_is_no_second_photo() -> None:
    assert photos_of("Boats leave Oban. (Hiro Tanabe / Pool Photo)", "Hiro Tanabe / Pool Photo") == [
        ("Boats leave Oban.", "Hiro Tanabe / Pool Photo")
    ]


def test_a_sentence_set_twice_in_a_row_is_a_caption_unless_it_is_the_headline() -> None:
    line = "Demonstrators with a cardboard tank in front of the chancellery."
    assert photos_of(line, line) == [(line, None)]
    assert photos_of(line, line, headline=line) == []


def test_a_credit_alone_is_a_photo_without_a_caption() -> None:
    assert photos_of("Photo: Chen Yi-ting, Taipei Standard") == [("", "Chen Yi-ting, Taipei Standard")]


@given(st.text(max_size=400))
def test_a_caption_is_what_its_block_opens_with(text: str) -> None:
    caption, _ = split_credit(text)
    assert text.strip().startswith(caption)


@pytest.mark.parametrize("piece", ["AB ", "(", "A. ", "Photo: ", "© ", "[a](b ", "/ ", "| "])
def test_a_line_of_megabytes_is_no_caption(piece: str) -> None:
    line = piece * 1_000_000
    assert split_credit(line) == (line.strip(), None)
    assert not looks_like_caption(line)
