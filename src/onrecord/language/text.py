"""The body of a story as one text, with the way back to the capture.

Body runs are joined by a blank line, so that what stood between them (captions, adverts, navigation) is not read,
and every offset in the joined text leads back to its character in the capture. Every other white space becomes a plain
space, one for one, so that a number and its unit stay neighbours.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from onrecord.model import Span

_GAP = "\n\n"
_SPACE = re.compile(r"\s+")


def _plain(space: re.Match[str]) -> str:
    """Return white space of the same length: spaces, or as it is where it holds a blank line."""
    return space.group() if space.group().count("\n") > 1 else " " * len(space.group())


class BodyText:
    """A story's body as one string (`text`), and `span` to get from its offsets to the capture's."""

    def __init__(self, capture_text: str, runs: Sequence[tuple[int, int]]) -> None:
        self.capture_text = capture_text
        self.text = _GAP.join(_SPACE.sub(_plain, capture_text[a:b]) for a, b in runs)
        self._origins = [a for a, _ in runs]
        self._starts: list[int] = []
        at = 0
        for a, b in runs:
            self._starts.append(at)
            at += b - a + len(_GAP)

    def offset(self, at: int) -> int:
        """Return the offset in the capture of the character at `at`, 0 <= at < len(text)."""
        run = max(0, bisect_right(self._starts, at) - 1)
        return self._origins[run] + at - self._starts[run]

    def span(self, start: int, end: int) -> Span:
        """Return the capture's span of [start, end); across runs it covers what stands between them too."""
        return Span(self.offset(start), self.offset(end - 1) + 1)
