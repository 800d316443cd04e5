"""Bodies put right by what their blocks plainly say: captions leave them, datelines open them and tell them apart."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model import Capture
from onrecord.stories.bylines import read_sign_off
from onrecord.stories.captions import looks_like_caption, split_credit
from onrecord.stories.datelines import read_dateline
from onrecord.stories.marks import looks_like_headline
from onrecord.stories.stamps import caption_date

_NEAR = 2
"""Blocks before a body in which its first paragraph may have been missed."""
_BEFORE, _AFTER = 2, 2
"""Least body blocks of a story before and after a dateline that opens another one."""
_SHORTEST = 30
"""Fewest characters of a caption: less may be a line of the body with its source."""
_SIGNED = 60
"""Characters at a paragraph's end in which it is signed."""
_TITLE = 110
"""Characters that a headline between two reports stays below."""
_ARCHIVE = 14
"""Most words of a headline that an archive closes with a full stop."""


def refine(capture: Capture, bodies: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return `bodies` (block indices of each story, ascending) with captions and headlines out and datelines heeded.

    Where there is markup it has told captions from paragraphs already, and it says what the page's title is.
    """
    refined: list[list[int]] = []
    for body in bodies:
        kept = [i for i in body if not (_is_title(capture, i) if capture.markup else _is_caption(capture, i))]
        low = refined[-1][-1] + 1 if refined else 0
        if kept:
            refined += _cut(capture, _with_opening(capture, kept, low))
    return refined


def _words(capture: Capture, i: int) -> str:
    span = capture.blocks[i].span
    return capture.text[span.start : min(span.end, span.start + 1300)].strip()


def _is_title(capture: Capture, i: int) -> bool:
    return capture.blocks[i].tag == "h1"


def _is_caption(capture: Capture, i: int) -> bool:
    """Return whether a block is a caption: by its credit, by one in the next block, or set twice in a row."""
    text = _words(capture, i)
    caption, credit = split_credit(text)
    if credit is not None:
        return len(caption) > _SHORTEST
    beside = [_words(capture, j) for j in (i + 1, i - 1) if 0 <= j < len(capture.blocks)]
    if text in beside:
        return True
    credited = i + 1 < len(capture.blocks) and split_credit(beside[0])[0] == ""
    return credited and (looks_like_caption(text) or caption_date(text, language=capture.language) is not None)


def _end(capture: Capture, i: int) -> str:
    span = capture.blocks[i].span
    return capture.text[max(span.start, span.end - 200) : span.end].strip()


def _is_signed(text: str) -> bool:
    """Return whether a paragraph ends with its author's name after a dash, as briefs in a row do.

    In capitals it is a reader who signs a letter.
    """
    names = read_sign_off(text) if "--" in text[-_SIGNED:] else None
    return names is not None and not names.isupper()


def _opens(capture: Capture, i: int) -> bool:
    """Return whether a block opens a report: with an agency's dateline."""
    dateline = read_dateline(_words(capture, i))
    return dateline is not None and dateline.firm and dateline.agency is not None


def _with_opening(capture: Capture, body: list[int], low: int) -> list[int]:
    """Return `body` with the paragraph right before it that has an agency's dateline, where there is one."""
    before = [i for i in range(max(low, body[0] - _NEAR), body[0]) if _opens(capture, i)]
    if not before or _opens(capture, body[0]):
        return body
    return [before[-1], *body]


def _without_headline(capture: Capture, body: list[int]) -> list[int]:
    """Return `body` without a first block that is a headline closed with a full stop, as archives do."""
    first = _words(capture, body[0])
    if len(body) < 2 or not first.endswith(".") or len(first.split()) > _ARCHIVE:
        return body
    longer = len(_words(capture, body[1])) > 2 * len(first)
    return body[1:] if longer and looks_like_headline(first[:-1]) else body


def _cut(capture: Capture, body: list[int]) -> list[list[int]]:
    """Return `body` cut before each paragraph that opens another report, and after each that is signed."""
    cuts = [0]
    for k in range(_BEFORE, len(body) - _AFTER + 1):
        if k - cuts[-1] >= _BEFORE and _opens(capture, body[k]):
            cuts.append(k)
    signed = [k + 1 for k in range(len(body) - 1) if _is_signed(_end(capture, body[k]))]
    cuts = sorted({*cuts, *signed})
    pieces = [body[a:b] for a, b in zip(cuts, [*cuts[1:], len(body)], strict=True)]
    # the next report's headline has nothing but that report to show that it is no heading of this one
    inside = set(body)
    told = [piece if piece is pieces[-1] else _without_title(capture, piece) for piece in pieces]
    return [_without_headline(capture, piece) if piece[0] - 1 in inside or piece[0] == 0 else piece for piece in told]


def _without_title(capture: Capture, piece: list[int]) -> list[int]:
    """Return `piece` without a last block that is the next report's headline."""
    last = _words(capture, piece[-1])
    return piece[:-1] if len(piece) > 1 and len(last) < _TITLE and looks_like_headline(last) else piece
