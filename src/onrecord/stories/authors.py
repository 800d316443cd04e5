"""Who wrote a story, and which agency it came from, by the lines around its body."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.stories.captions import looks_like_caption
from onrecord.stories.marks import is_byline, read_agency, read_byline, read_lone_name, read_sign_off
from onrecord.stories.reader import BlockReader
from onrecord.stories.stamps import find_moments

_SIGNED = 3
"""Blocks after a body in which it may be signed."""
_TOLD = 12
"""Body blocks in which a name is looked for that may be the subject's instead of the author's."""
_LEAD_IN = re.compile(r"(?:by|von|par|por|di|door|av|af|author|autor|written by|words by):?", re.IGNORECASE)
_PIECES = re.compile(
    r"\s*[|·•,;–—()]\s*|\s-\s|\b(?:by|from|von|source|quelle|credit|agency|inputs?|with|mit|avec|con|und|et|and|y)\b:?\s*",
    re.IGNORECASE,
)
_STAFF = re.compile(r"\s(?:staff|writers?|reporters?|correspondents?)$", re.IGNORECASE)


def read_authors(
    reader: BlockReader, beside: Sequence[int], body: Sequence[int], footer: Sequence[int]
) -> tuple[str | None, str | None]:
    """Return a story's byline and, where a line beside it names one, its agency.

    `beside` are the blocks near the headline and the body's opening, `footer` those right after the body.
    """
    above = [i for i in reversed(beside) if i < body[0] and reader.kind(i) != "caption"]
    below = [i for i in beside if i > body[0] and not looks_like_caption(reader.text(i))]
    lines = [*above, *below]
    byline = next((name for i in lines if (name := read_byline(reader.text(i)))), None)
    byline = byline or _lone_authors(reader, lines, set(body)) or read_sign_off(reader.text(body[-1]))
    byline = byline or next((name for i in footer[:_SIGNED] if (name := read_byline(reader.text(i)))), None)
    return byline, next((agency for i in [*lines, *footer[:_SIGNED]] if (agency := _line_agency(reader.text(i)))), None)


def _lone_authors(reader: BlockReader, lines: Sequence[int], body: set[int]) -> str | None:
    """Return the names that stand by themselves in or beside a time stamp or beside the body, joined by commas."""
    for i in lines:
        if reader.kind(i) == "stamp":
            name = _name_in_stamp(reader, i)
            if name:
                return name
        elif _is_author(reader, read_lone_name(reader.text(i)), body) and _is_beside(reader, i, lines, body):
            names = [read_lone_name(reader.text(j)) for j in range(i - 4, i + 3) if j in lines]
            return ", ".join(dict.fromkeys(name for name in names if name and _is_author(reader, name, body)))
    return None


def _name_in_stamp(reader: BlockReader, i: int) -> str | None:
    """Return the name before or after the times of a stamp line (`June 9, 2025 Jane Roe`)."""
    text = reader.text(i)
    moments = find_moments(text, language=reader.capture.language)
    if not moments:
        return None
    return read_lone_name(text[moments[-1].end :]) or read_lone_name(text[: moments[0].start])


def _is_beside(reader: BlockReader, i: int, lines: Sequence[int], body: set[int]) -> bool:
    """Return whether the i-th block is next, or next but one, to the body, or to a time stamp or `By` in `lines`."""
    near = [j for j in (i - 2, i - 1, i + 1, i + 2) if j in body or j in lines]
    return any(j in body or reader.kind(j) == "stamp" or _LEAD_IN.fullmatch(reader.text(j)) for j in near)


def _is_author(reader: BlockReader, name: str | None, body: set[int]) -> bool:
    """Return whether `name` could be the author's: a place or a topic in a name's form is what the body is about."""
    return name is not None and not any(name in reader.text(i) for i in sorted(body)[:_TOLD])


def _line_agency(text: str) -> str | None:
    """Return the agency that a line beside a story names as source (`By Reuters Staff`, `With inputs from ANI`)."""
    if len(text) > 160:
        return None
    for piece in filter(None, _PIECES.split(text)):
        agency = read_agency(piece) or (read_agency(piece.split()[0]) if _STAFF.search(piece) else None)
        if agency:
            return agency
    words = text.split()
    tails = (" ".join(words[-k:]) for k in (3, 2, 1) if len(words) > k + 1)
    return next((agency for tail in tails if (agency := read_agency(tail))), None) if is_byline(text) else None
