"""A story's body as one text, and the way back to the capture."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from onrecord.language.text import BodyText


def test_runs_are_joined_by_a_blank_line_and_white_space_is_plain() -> None:
    capture = "Menu\nIt costs\n5\u00a0million.\nAdvert\nThe\r\nend.\n\nReally."
    body = BodyText(capture, [(5, 25), (32, len(capture))])
    assert body.text == "It costs 5 million. \n\nThe  end.\n\nReally."
    assert body.span(body.text.index("5"), body.text.index(".")).of(capture) == "5\u00a0million"


@st.composite
def captures(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    text = draw(st.text(st.sampled_from("ab.\n\r\t \u00a0"), min_size=1, max_size=80))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=6)))
    return text, list(zip(cuts[::2], cuts[1::2], strict=False))


@given(captures())
def test_every_character_leads_back_to_its_own(capture: tuple[str, list[tuple[int, int]]]) -> None:
    text, runs = capture
    body = BodyText(text, runs)
    at = 0
    for start, end in runs:
        for place in range(start, end):
            found = body.text[at + place - start]
            assert body.offset(at + place - start) == place
            assert found == text[place] or (found == " " and text[place].isspace())
        at += end - start + 2
    assert len(body.text) == max(0, at - 2)
