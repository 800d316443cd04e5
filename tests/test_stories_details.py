"""A story's details, read from the blocks around a body that is known."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.captures.plain import text_blocks
from onrecord.model import Capture, Photo
from onrecord.stories.details import Details, read_details

FERRY = (
    "Ferries to the island of Mull will run again from Monday, the harbour master of Oban has said.",
    "Storm damage had kept the ferries in port for nine days, and shops on the island had begun to run out of bread.",
    "“We are open,” the harbour master said, and thanked the islanders for their patience with the ferries.",
)
BRIDGE = (
    "ALEXANDRIA, Egypt (AP) — A new bridge over the western harbour was opened to lorries on Sunday.",
    "The bridge had been closed since March, when a crane struck one of its piers during a sandstorm.",
)


def capture(*lines: str, language: str = "en") -> Capture:
    text = "\n\n".join(lines)
    return Capture("page", "0" * 64, text, text_blocks(text), language)


def details_of(*lines: str, bodies: tuple[tuple[str, ...], ...] = (FERRY,)) -> list[Details]:
    page = capture(*lines)
    blocks = [block.span.of(page.text) for block in page.blocks]
    return list(read_details(page, [[blocks.index(line) for line in body] for body in bodies]))


def test_a_page_in_its_usual_order_gives_headline_byline_and_times() -> None:
    (details,) = details_of(
        "Skip to content",
        "Home | News | Sport",
        "Ferries to Mull run again after nine days",
        "Islanders had run out of bread",
        "By Ailsa Kerr",
        "Published: 9 June 2025, 14:02 BST | Updated: 9 June 2025, 16:10 BST",
        *FERRY,
        "Recommended",
    )
    assert details.headline == "Ferries to Mull run again after nine days"
    assert details.byline == "Ailsa Kerr"
    assert (details.published, details.updated) == ("2025-06-09T14:02+01:00", "2025-06-09T16:10+01:00")
    assert (details.dateline, details.agency, details.photos) == (None, None, ())


def test_a_page_that_shows_nothing_gives_nothing() -> None:
    assert details_of(*FERRY) == [Details(first=0, last=2)]


def test_a_second_story_run_on_takes_its_dateline_and_the_day_of_its_captions() -> None:
    picture = "Lorries on the new bridge in Alexandria, Egypt, Sunday, Jan. 11, 2026. (AP Photo/Nour Hadi)"
    first, second = details_of(
        "Ferries to Mull run again after nine days",
        "2025-06-09 23:36",
        *FERRY,
        *BRIDGE,
        picture,
        picture,
        "Recommended Articles",
        bodies=(FERRY, BRIDGE),
    )
    assert (first.headline, first.published) == ("Ferries to Mull run again after nine days", "2025-06-09T23:36")
    assert (second.headline, second.dateline, second.agency) == (None, "ALEXANDRIA, Egypt", "AP")
    assert second.published == "2026-01-11"
    assert [(photo.caption, photo.credit) for photo in second.photos] == [
        ("Lorries on the new bridge in Alexandria, Egypt, Sunday, Jan. 11, 2026.", "AP Photo/Nour Hadi")
    ]


def test_a_second_story_begins_at_its_headline() -> None:
    first, second = details_of(
        *FERRY,
        "New bridge opens in Alexandria harbour",
        "May 19, 2021 at 10:04 PM CDT",
        *BRIDGE,
        bodies=(FERRY, BRIDGE),
    )
    assert (first.first, first.last, second.first) == (0, 2, 3)
    assert (first.published, second.published) == (None, "2021-05-19T22:04-05:00")


def test_the_dateline_gives_the_day_where_no_stamp_does() -> None:
    body = ("OBAN, Jan 9, 2023 (AFP) - Ferries to Mull will run again, the harbour master has said.", *FERRY[1:])
    (details,) = details_of(*body, bodies=(body,))
    assert (details.dateline, details.agency, details.published) == ("OBAN", "AFP", "2023-01-09")


def test_a_name_by_itself_is_the_byline_beside_a_stamp_but_not_where_the_story_is_about_it() -> None:
    (details,) = details_of("Ferries to Mull run again", "Ailsa Kerr", "9 June 2025", *FERRY)
    assert details.byline == "Ailsa Kerr"
    body = (*FERRY, "The harbour belongs to Argyll Ports.")
    (details,) = details_of("Ferries to Mull run again", "Argyll Ports", "9 June 2025", *body, bodies=(body,))
    assert details.byline is None


def test_the_headline_stands_above_its_standfirst_and_below_its_kicker() -> None:
    standfirst = "Storm damage had kept the ferries to the island of Mull in port, and shops had run out of bread"
    (details,) = details_of("Argyll and Bute", "Ferries to Mull will run again from Monday", standfirst, *FERRY)
    assert details.headline == "Ferries to Mull will run again from Monday"


def test_an_item_of_a_list_of_other_stories_is_no_headline() -> None:
    (details,) = details_of("Most Popular", "Harbour club burns down in Oban", *FERRY)
    assert details.headline is None


def test_an_agency_named_as_a_source_is_the_agency() -> None:
    (details,) = details_of(*FERRY, "(With inputs from Reuters)")
    assert details.agency == "Reuters"


def test_a_photo_above_the_headline_is_the_storys() -> None:
    (details,) = details_of(
        "A pier in Oban. Photo / Jo Kay, Newspix", "Ferries to Mull run again", "9 June 2025", *FERRY
    )
    assert [photo.caption for photo in details.photos] == ["A pier in Oban."]
    assert all(isinstance(photo, Photo) for photo in details.photos)


@given(
    st.lists(
        st.sampled_from([*FERRY, *BRIDGE, "9 June 2025", "By Ailsa Kerr", "Photo: AFP", "News", "A. B, C"]), min_size=1
    )
)
def test_details_of_any_page_hold_together(lines: list[str]) -> None:
    page = capture(*lines)
    body = [i for i, line in enumerate(lines) if line in FERRY] or [0]
    (details,) = read_details(page, [body])
    assert 0 <= details.first <= body[0] <= details.last == body[-1]
    assert all(photo.span.of(page.text) for photo in details.photos)
