"""Stories put together from a capture's blocks."""

from __future__ import annotations

from onrecord.model import Capture, Story

_PROSE_LENGTH = 80
_ENDS = tuple(".!?…。！？।”\"»’'")


def find_stories(capture: Capture) -> tuple[Story, ...]:
    """Return the stories of `capture` in order of their start; none where it holds no story."""
    text = capture.text
    body = [
        (block.span.start, block.span.end)
        for block in capture.blocks
        if block.span.end - block.span.start >= _PROSE_LENGTH and block.span.of(text).endswith(_ENDS)
    ]
    if not body:
        return ()
    return (Story(start=body[0][0], end=body[-1][1], body=tuple(body), language=capture.language),)
