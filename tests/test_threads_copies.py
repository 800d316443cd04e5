"""Copies of one story: cuts, edits, corrections; stories by one template and stories that quote are others."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.threads import bands, decoded, encoded, relation, signature
from onrecord.threads.copies import Signature

STORY = (
    "The harbour town of Quenby will get a second lock after the county council voted on Tuesday to spend 41 million "
    "crowns on it, ending an argument that had lasted for 16 years. Fishermen had long complained that their boats "
    "waited up to five hours for the tide.\n\n"
    "Work is to begin in March and to take three summers, engineer Signe Aldal told the meeting, which 212 residents "
    "attended. The old lock, dug by hand in 1887, will be kept for pleasure craft.\n\n"
    "A group of house owners said that it would go to court, because the new basin swallows a row of gardens on the "
    "eastern quay. Mayor Ottar Brune offered them 9,000 crowns each, which they turned down.\n\n"
    "The lock at Quenby lifts vessels by 4.2 metres. Last year 3,480 of them passed through it, a quarter more than "
    "ten years before, and the harbour master expects 5,000 by 2031."
)
REPORT = (
    "Prices of houses in Arden rose {a}% in {month} from a year before, the land registry said on {day}, after a rise "
    "of {b}% the month before. Lenders had expected {c}%. Flats went up {d}% while detached houses changed by {e}%. "
    "The average house now costs {f} crowns, and {g} changed hands during the month. The registry said that the "
    "market had found its footing and that the coming spring would show whether buyers return in numbers."
)
MARCH = REPORT.format(a="4.1", b="3.8", c="4.5", d="2.2", e="5.6", f="310,400", g="8,112", month="March", day="Monday")
APRIL = REPORT.format(a="3.3", b="4.1", c="3.9", d="2.7", e="3.9", f="311,950", g="7,506", month="April", day="Friday")


def signed(text: str) -> Signature:
    """Return the signature of a text that has words enough for one."""
    found = signature(text)
    assert found is not None
    return found


def found_as(text: str, earlier: str, *, same_outlet: bool = False) -> str | None:
    """Return what a text is to an earlier one where both share a band, else None."""
    one, other = signed(text), signed(earlier)
    if not set(bands(one)) & set(bands(other)):
        return None
    return relation(one, other, same_outlet=same_outlet)


def first_half(text: str) -> str:
    return "\n\n".join(text.split("\n\n")[:2])


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(STORY, id="the same words"),
        pytest.param(f"QUENBY, Norland (Wire) - {STORY}", id="a dateline"),
        pytest.param(f"Town gets its lock at last\n\n{STORY}\n\nSign up to our newsletter.", id="a headline"),
        pytest.param(first_half(STORY), id="the first half"),
        pytest.param(STORY.replace("will get", "is to have").replace("complained", "grumbled"), id="other words"),
        pytest.param(STORY.replace(" Mayor Ottar Brune offered them 9,000 crowns each, which they turned down.", ""),
                     id="a sentence less"),
    ],
)  # fmt: skip
def test_what_an_outlet_does_to_a_story_leaves_a_copy(text: str) -> None:
    assert found_as(text, STORY) == "copy"
    assert found_as(STORY, text) == "copy"


def test_a_corrected_number_makes_a_version() -> None:
    assert found_as(STORY.replace("41 million", "47 million"), STORY) == "version"


def test_an_outlet_prints_no_copy_of_its_own_story_but_a_version() -> None:
    assert found_as(first_half(STORY), STORY, same_outlet=True) == "version"


def test_the_next_edition_of_a_template_is_another_story() -> None:
    assert found_as(APRIL, MARCH) is None


def test_a_story_that_quotes_a_paragraph_is_another_story() -> None:
    own = (
        "Ferries between Norland and the islands stood still on Thursday as crews walked out over pay. Some 1,400 "
        "travellers were stranded in six ports, and supermarkets on Hestoy ran out of milk by noon. The union wants 7% "
        "more from January and calls the owners' offer of 2.5% an insult. Talks resume on Saturday in the capital, "
        "where a mediator has asked both sides for new figures. The owners' federation warned that a longer strike "
        "would cost the islands a tenth of the summer's guests."
    )
    assert found_as(f"{own}\n\n{STORY.split(chr(10) * 2)[3]}", STORY) is None


def test_too_few_words_have_no_signature() -> None:
    assert signature("Rain stopped play on Sunday.") is None


def test_signatures_are_the_same_in_every_process_and_version() -> None:
    # stored signatures must stay comparable: where the library's hashing changes, records need to be signed anew
    here = bands(signed(STORY))[:3]
    command = f"from onrecord.threads import bands, signature; print(bands(signature({STORY!r}))[:3])"
    there = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True).stdout
    assert there.strip() == str(here)
    assert here == PINNED


PINNED = (3490607579, 7388649301, 11752484673)

words = st.lists(st.sampled_from([*STORY.split(), "7%", "Ærø", "1,200", "ž"]), min_size=0, max_size=120).map(" ".join)


@given(words)
def test_a_text_with_a_signature_is_a_copy_of_itself_and_survives_its_bytes(text: str) -> None:
    found = signature(text)
    if found is not None:
        assert relation(found, found) == "copy"
        assert decoded(encoded(found)) == found
        assert all(-(2**63) <= band < 2**63 for band in bands(found))
