"""The words of claims: whole words, with the endings that the lists give."""

from __future__ import annotations

import pytest

from onrecord.verdicts import vocabulary


@pytest.mark.parametrize(
    ("measure", "told"),
    [
        ("budget deficits", True),
        ("taxation", True),
        ("industries", True),
        ("syntax", False),
        ("weapons systems", True),
        ("weapons and research", False),
        ("investment in ports", True),
        ("investment in education", False),
    ],
)
def test_words_of_what_no_indicator_measures(measure: str, told: bool) -> None:
    assert bool(vocabulary.ELSE.search(measure)) is told


@pytest.mark.parametrize(
    ("part", "told"),
    [("airlines", True), ("industry", True), ("trade and industry", False), ("gas", True), ("greenhouse gas", False)],
)
def test_words_of_parts_that_are_not_the_country_s(part: str, told: bool) -> None:
    assert bool(vocabulary.SECTORS.search(part)) is told


@pytest.mark.parametrize(
    ("base", "name"),
    [
        ("gross national income", "GNI"),
        ("economic output", "GDP"),
        ("the defense budget", "defence expenditure"),
        ("all power", "electricity generation"),
        ("power demand", None),
    ],
)
def test_a_base_has_the_catalogue_s_name(base: str, name: str | None) -> None:
    assert next((known for known, pattern in vocabulary.BASES if pattern.search(base)), None) == name
