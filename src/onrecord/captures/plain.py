"""Plain text to blocks: a block a line, or a paragraph where lines were wrapped by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.model import Block, Span

_LINE = re.compile(r"[^\r\n\f\v\x1c-\x1e\x85\u2028\u2029]+")
_WRAP_COLUMNS = range(50, 101)
"""Widths at which mail programs, agencies' wires and editors wrap lines; RFC 5322 and habit give 65 to 80."""
_ENDS = re.compile(r"[.!?…:;。！？؟।][\"'”’»)\]]*$")  # noqa: RUF001


def text_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of `text` in order: its lines without white space around them, wrapped lines joined."""
    return tuple(Block(Span(start, end)) for start, end in _join_wrapped(text, list(_lines(text))))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Yield the span of every line that holds more than white space, trimmed."""
    for match in _LINE.finditer(text):
        line = match.group()
        stripped = line.strip()
        if stripped:
            start = match.start() + line.index(stripped[0])
            yield start, start + len(stripped)


def _join_wrapped(text: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    yield from lines
