"""Where sentences may start, whatever the encoder says."""

from __future__ import annotations

import pytest

from onrecord.language.mentions import Quotation
from onrecord.language.parsing import NOWHERE
from onrecord.language.sentences import start_places
from onrecord.language.tokens import words_of


def barred(text: str, *quotations: tuple[int, int]) -> list[str]:
    """Return the words, without white space, at which no sentence starts."""
    words, spaces = words_of(text)
    places = start_places(words, spaces, [Quotation(*bounds) for bounds in quotations])
    return [word for word, place in zip(words, places, strict=True) if place == NOWHERE]


@pytest.mark.parametrize(
    ("text", "quotations", "words"),
    [
        ("We go. They stay.", (), [".", "."]),
        ("He met Gen. Hale on No. 5.", (), ["Hale", "5", "."]),
        ("“We go,” Hale said.", ((0, 5),), [",", "”", "Hale", "."]),
        ("“We go?” said Hale.", ((0, 5),), ["?", "”", "said", "."]),
        ("“We go.” Hale left.", ((0, 5),), [".", "”", "."]),
        ("“We go” — Hale left.", ((0, 4),), ["”", "—", "."]),
        ("(We go.) Hale left.", (), [".", ")", "."]),
    ],
)
def test_no_sentence_starts_at(text: str, quotations: tuple[tuple[int, int], ...], words: list[str]) -> None:
    assert barred(text, *quotations) == words


def test_a_start_behind_an_opening_mark_is_the_marks() -> None:
    words, spaces = words_of("He left. “We go.”")
    assert start_places(words, spaces, [Quotation(3, 8)])[3:5] == [3, 3]
