"""Plain text to blocks."""

from __future__ import annotations

import sys
import textwrap
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.captures.plain import text_blocks

PARAGRAPHS = (
    "The harbour authority of Port Ellis will deepen the main channel by two metres before the end of next year, its "
    "director Ines Calloway told the town council on Thursday.",
    "Work is to begin in March. About 40 fishing crews will move to the old basin for as long as the dredgers are at "
    "work, and the town will pay their mooring fees until the channel is open again.",
    "“Nobody should lose a season over this,” Calloway said.",
)


def words_of(text: str) -> list[str]:
    return [block.span.of(text) for block in text_blocks(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n\t\n \r\n", []),
        ("One line", ["One line"]),
        ("Home\nNews\nSport", ["Home", "News", "Sport"]),
        ("  A headline \r\n\r\n\tA paragraph.\r\n", ["A headline", "A paragraph."]),
        ("old Mac\rline ends", ["old Mac", "line ends"]),
        ("page one\fpage two\u2028and three\x85four", ["page one", "page two", "and three", "four"]),
        ("\ufeffFirst\n\u200b\nSecond\u200b", ["First", "Second"]),
        ("a\u00a0b\u3000", ["a\u00a0b"]),
    ],
)
def test_every_line_is_a_block_without_the_space_around_it(text: str, expected: list[str]) -> None:
    assert words_of(text) == expected


@pytest.mark.parametrize("width", [60, 72, 78, 95])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_wrapped_lines_become_one_block(width: int, newline: str) -> None:
    text = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in PARAGRAPHS).replace("\n", newline)
    assert [" ".join(words.split()) for words in words_of(text)] == list(PARAGRAPHS)


def test_a_short_line_ends_a_wrapped_paragraph_without_a_blank_line() -> None:
    text = "\n".join(textwrap.fill(paragraph, 72) for paragraph in PARAGRAPHS)
    assert [" ".join(words.split()) for words in words_of(text)] == list(PARAGRAPHS)


@pytest.mark.parametrize(
    "lines",
    [
        [
            "Ferry fares to rise again as operators count the cost of a hard winter",
            "Town hall clock to chime once more",
        ],
        ["Weather", "Ferries", "Harbour dredging to start in March, says the director of the port", "Tides"],
        ["Six dead trees felled in the park after a storm that nobody saw coming", "share"],
        [PARAGRAPHS[0], PARAGRAPHS[1], PARAGRAPHS[2]],
    ],
)
def test_lists_of_headlines_and_unwrapped_paragraphs_stay_apart(lines: list[str]) -> None:
    assert words_of("\n".join(lines)) == lines


def test_one_line_of_a_million_words_is_one_block() -> None:
    text = "word " * 1_000_000
    assert [(block.span.start, block.span.end) for block in text_blocks(text)] == [(0, len(text) - 1)]


@given(st.text(alphabet=st.sampled_from("aB. \n\r\t\u200b\u2028é中")))
def test_blocks_are_trimmed_in_order_and_hold_all_that_is_visible(text: str) -> None:
    spans = [block.span for block in text_blocks(text)]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(span.of(text) == span.of(text).strip() for span in spans)
    held = "".join(span.of(text) for span in spans)
    visible = {"a", "B", ".", "é", "中"}
    assert [c for c in held if c in visible] == [c for c in text if c in visible]


def calls_of(text: str) -> int:
    """Return how many Python function calls and lines reading `text` takes: its cost, whatever the machine."""
    count = 0

    def trace(_frame: object, _event: str, _argument: object) -> object:
        nonlocal count
        count += 1
        return trace

    sys.settrace(trace)  # type: ignore[arg-type]
    try:
        text_blocks(text)
    finally:
        sys.settrace(None)
    return count


SHAPES = (
    "Short\n" * 200,
    "\n".join(PARAGRAPHS) * 50,
    "\n\n".join(textwrap.fill(paragraph, 70) for paragraph in PARAGRAPHS) * 40,
    "\u200b \n" * 300 + "x",
)


@pytest.mark.parametrize("text", SHAPES)
def test_twice_the_text_takes_about_twice_the_steps(text: str) -> None:
    assert calls_of(text + "\n" + text) <= 2.5 * calls_of(text) + 200
