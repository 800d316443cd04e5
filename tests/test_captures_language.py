"""Which language a capture is in."""

from __future__ import annotations

import pytest

from onrecord.captures import capture_from_html, capture_from_text
from tests.test_captures_encoding import SENTENCES

NAVIGATION = "Home\nNews\nSport\nContact\n"


@pytest.mark.parametrize(("language", "sentence"), SENTENCES.items())
def test_the_language_is_told_from_the_prose(language: str, sentence: str) -> None:
    capture = capture_from_text(NAVIGATION + " ".join([sentence] * 3), "page")
    assert capture.language == language.split("-")[0]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<html lang=en-GB><p>Port Ellis", "en"),
        ("<html lang=nb><p>Bergen", "no"),
        ("<meta property=og:locale content=sv_SE><p>Malmö", "sv"),
        ("<html lang=x-default><p>Port Ellis", "und"),
        ("<p>Port Ellis", "und"),
    ],
)
def test_too_little_text_has_the_declared_language_or_none(html: str, expected: str) -> None:
    assert capture_from_html(html, "page").language == expected


def test_a_wrong_declaration_does_not_count_against_the_text() -> None:
    assert capture_from_html(f"<html lang=en><p>{SENTENCES['de']} {SENTENCES['de']}", "page").language == "de"


def test_a_declaration_decides_between_languages_that_fit_about_as_well() -> None:
    words = "Menteri mengatakan pelabuhan baru akan dibuka sebelum akhir tahun dan nelayan akan mendapat bantuan."
    assert capture_from_html(f"<html lang=id><p>{words}", "page").language == "id"
