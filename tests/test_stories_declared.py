"""What a page's markup declares of its main story."""

from __future__ import annotations

import pytest

from onrecord.model import Block, Markup, Span
from onrecord.stories.declared import declared_agency, declared_byline, declared_headline, declared_time


@pytest.mark.parametrize(
    ("written", "time"),
    [
        ("2025-06-09T14:02:11.5+02:00", "2025-06-09T14:02+02:00"),
        ("2025-06-09T12:02:11Z", "2025-06-09T12:02+00:00"),
        ("2025-06-09 14:02", "2025-06-09T14:02"),
        ("2025-06-09", "2025-06-09"),
        ("2025-06-09T25:99", "2025-06-09"),
        ("9 June", None),
        ("2025-13-40", None),
        ("", None),
        (None, None),
    ],
)
def test_a_declared_time_is_iso_to_the_minute(written: str | None, time: str | None) -> None:
    assert declared_time(written) == time


def blocks(*lines: tuple[str, str]) -> list[tuple[Block, str]]:
    return [(Block(Span(0, len(text)), tag=tag), text) for tag, text in lines]


def test_the_headline_is_the_declared_one_as_the_page_shows_it() -> None:
    shown = blocks(("li", "News"), ("h1", "Ferries to Mull\u00ad run again!"))
    assert (
        declared_headline(Markup(title="Ferries to Mull run again | The Pier"), shown)
        == "Ferries to Mull\u00ad run again!"
    )


def test_the_only_first_heading_stands_in_for_a_declared_headline_that_is_not_shown() -> None:
    shown = blocks(("h1", "Ferries to Mull run again"), ("p", "Islanders had run out of bread"))
    assert declared_headline(Markup(headline="Bread for Mull at last"), shown) == "Ferries to Mull run again"
    assert declared_headline(Markup(headline="Bread for Mull at last"), []) == "Bread for Mull at last"
    assert declared_headline(Markup(), shown) is None


@pytest.mark.parametrize(
    ("authors", "byline", "agency"),
    [
        (("Ailsa Kerr", "Jo Marsden"), "Ailsa Kerr, Jo Marsden", None),
        (("Ailsa Kerr", "Reuters"), "Ailsa Kerr", "Reuters"),
        (("pier.example",), None, None),
        (("https://pier.example/ailsa",), None, None),
        ((), None, None),
    ],
)
def test_declared_authors_are_persons_and_agencies(
    authors: tuple[str, ...], byline: str | None, agency: str | None
) -> None:
    markup = Markup(authors=authors, site="The Pier")
    assert (declared_byline(markup), declared_agency(markup)) == (byline, agency)
