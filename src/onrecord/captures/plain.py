"""Plain text to blocks: a block a line, or a paragraph where lines were wrapped at a width."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from onrecord.model import Block, Span

INVISIBLE = "\u00ad\u200b\u2060\ufeff"
"""Soft hyphen, zero-width space, word joiner, byte order mark: at the edge of a block they are white space."""

_LINE = re.compile("[^\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
_BREAKS = re.compile("\r\n|[\n\r\f\v\x1c-\x1e\x85\u2028\u2029]")
_BLANK = (
    " \t\x1f\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000" + INVISIBLE
)
_NARROWEST, _WIDEST = 50, 100
"""Columns at which mail programs, wires and editors wrap prose (RFC 5322 asks for 78); longer lines are paragraphs."""
_SHORT_SHARE = 0.2
"""Lines of a wrapped run that may be short without closing a sentence, to a full one."""

_Line = tuple[int, int]
"""Start and end of a line in the text, without the white space around it."""


def text_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of `text` in order: its lines without the white space around them, wrapped lines joined."""
    runs = list(_runs(text))
    widths = [_width(run) if _is_wrapped(text, run) else None for run in runs]
    usual = _usual_width(runs, [width for width in widths if width is not None])
    return tuple(
        Block(Span(start, end))
        for run, width in zip(runs, widths, strict=True)
        for start, end in _paragraphs(text, run, width or usual)
    )


def _usual_width(runs: list[list[_Line]], widths: list[int]) -> int | None:
    """Return the width at which the whole text was wrapped; None unless most of its runs of lines show wrapping.

    With it a run too short to show wrapping by itself is joined too.
    """
    several = sum(len(run) > 1 for run in runs)
    return max(widths) if widths and 2 * len(widths) >= several else None


def _runs(text: str) -> Iterator[list[_Line]]:
    """Yield the lines that hold something visible, in runs without a blank line between them."""
    run: list[_Line] = []
    for match in _LINE.finditer(text):
        line = match.group()
        start = match.start() + len(line) - len(line.lstrip(_BLANK))
        end = match.start() + len(line.rstrip(_BLANK))
        if start >= end:
            continue
        if run and len(_BREAKS.findall(text, run[-1][1], start)) > 1:
            yield run
            run = []
        run.append((start, end))
    if run:
        yield run


def _width(run: list[_Line]) -> int:
    return max(end - start for start, end in run)


def _is_full(text: str, line: _Line, following: _Line, width: int) -> bool:
    """Return whether the next line's first word would not have fitted, as where a program wraps at `width`."""
    start, end = following
    space = text.find(" ", start, end)
    first_word = (space if space >= 0 else end) - start
    return line[1] - line[0] + 1 + first_word > width


def _is_wrapped(text: str, run: list[_Line]) -> bool:
    """Return whether a run of lines is prose wrapped at a width.

    Its lines are full or close a paragraph with a mark, as the last one does, and at least half of the full ones go on
    with a small letter: entries of a list seldom do. Writing without capitals is never joined.
    """
    width = _width(run)
    if len(run) < 2 or not _NARROWEST <= width <= _WIDEST or text[run[-1][1] - 1].isalnum():
        return False
    full: list[tuple[_Line, _Line]] = []
    short: list[tuple[_Line, _Line]] = []
    for line, following in pairwise(run):
        (full if _is_full(text, line, following, width) else short).append((line, following))
    unfinished = sum(text[end - 1].isalnum() for (_, end), _ in short)
    small = sum(text[start].islower() for _, (start, _) in full)
    return unfinished <= _SHORT_SHARE * len(full) and 2 * small >= len(full) >= len(short)


def _paragraphs(text: str, run: list[_Line], width: int | None) -> Iterator[_Line]:
    """Yield the paragraphs of a run wrapped at `width`: a line that is not full ends one. None: a line each."""
    if width is None or _width(run) > width:
        yield from run
        return
    start = run[0][0]
    for line, following in pairwise(run):
        if not _is_full(text, line, following, width):
            yield start, line[1]
            start = following[0]
    yield start, run[-1][1]
