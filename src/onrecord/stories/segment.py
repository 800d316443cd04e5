"""A capture's body blocks, put together to stories."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import log1p

import numpy as np

from onrecord.model import Capture
from onrecord.stories.boundaries import gap_features
from onrecord.stories.captions import looks_like_caption
from onrecord.stories.classifier import BODY, OTHER, STANDFIRST
from onrecord.stories.features import PROSE_END, SENTENCES, Matrix, Page
from onrecord.stories.marks import is_byline
from onrecord.stories.network import Network
from onrecord.stories.stamps import read_stamp

_BODY_FLOOR = 0.5
_STANDFIRST_FLOOR = 0.7
_BOUNDARY_FLOOR = 0.5
_MOST = 0.5
"""Share of the body's characters that its own element holds."""
_DOUBT = 0.8
"""Probability of being something else below which a block beside the body's paragraphs is one of them."""
_STANDFIRST = 400
"""Characters before a byline, a time stamp or a dateline that are a standfirst and not the story's opening."""
_STANDFIRST_BLOCKS = 3
_TEASER = 400
"""Characters that a section page's teaser stays below."""
_LIST = 4
"""Teasers that make a section page."""
_LEAST = 120
"""Characters of body below which nothing is told."""


_CONTRIBUTORS = re.compile(
    r"[\W_]*(?:with )?(?:additional )?(?:reporting|writing|editing|written|edited|reported|compiled|translated)\b"
    r".{0,20}?\bby\b"
    r"|.{3,200}\bcontributed (?:to (?:this|the) (?:report|story|article)|reporting)"
    r"|[\W_]*(?:bericht|geschrieben|redigiert|unter mitarbeit|mit material) von\b|[\W_]*mitarbeit:"
    r"|[\W_]*(?:reportage|rédigé|rédaction|édité|avec la contribution)\b.{0,15}?\b(?:par|de|d['’])"
    r"|[\W_]*(?:con )?(?:reporte|reporteo|información|escrito|editado|edición)(?: adicional)? (?:de|por)\b"
    r"|[\W_]*(?:reportagem|texto|edição)(?: adicional)? (?:de|por)\b"
    r"|[\W_]*(?:ha collaborato|hanno collaborato|con il contributo)\b",
    re.IGNORECASE,
)
_SIGN_OFF = 2
"""Blocks after a body in which its contributors may be named."""


def body_blocks(kinds: Matrix, page: Page) -> list[int]:
    """Return the blocks that are body, by their probabilities; a bare number (a counter, a page's id) never is.

    A block that could be a standfirst or an opening paragraph is kept: to lose the opening costs more than to tell a
    summary twice.
    """
    told = kinds[:, BODY] + np.where(kinds[:, STANDFIRST] < _STANDFIRST_FLOOR, kinds[:, STANDFIRST], 0)
    return [i for i in (told > _BODY_FLOOR).nonzero()[0].tolist() if not page.texts[i].isdigit()]


def with_siblings(capture: Capture, kinds: Matrix, body: Sequence[int]) -> list[int]:
    """Return `body` with the blocks that were in doubt and stand in one element with most of it, under the same tag.

    Without markup nothing is known of elements, and `body` stays as it is.
    """
    homes = [(block.within[-2:-1], block.tag) for block in capture.blocks]
    held: Counter[tuple[int, ...]] = Counter()
    for i in body:
        span = capture.blocks[i].span
        held[homes[i][0]] += span.end - span.start
    known = {homes[i] for i in body if homes[i][0] and held[homes[i][0]] >= _MOST * held.total()}
    doubted = {i for i in (kinds[:, OTHER] < _DOUBT).nonzero()[0].tolist() if homes[i] in known}
    bare = {i for i in doubted if capture.blocks[i].span.of(capture.text).isdigit()}
    return sorted({*body} | doubted - bare)


def split_body(page: Page, kinds: Matrix, body: Sequence[int], net: Network) -> list[list[int]]:
    """Return `body` cut where a new story begins."""
    if not body:
        return []
    stories = [[body[0]]]
    if len(body) > 1:
        begins = net.probabilities(gap_features(page, kinds, body))[:, 1] > _BOUNDARY_FLOOR
        for (_, block), new in zip(pairwise(body), begins, strict=True):
            if new:
                stories.append([])
            stories[-1].append(block)
    return stories


def tidy(page: Page, stories: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the stories' bodies put right at their ends; none where all are but a section page's teasers."""
    following = [*stories[1:], [len(page.texts)]]
    bodies = [
        _with_contributors(page, _with_opening(page, _without_standfirst(page, list(body))), after[0])
        for body, after in zip(stories, following, strict=False)
    ]
    told = [body for body in bodies if _size(page, body) >= _LEAST]
    teasers = [body for body in told if len(body) == 1 and _size(page, body) < _TEASER]
    return [] if len(teasers) >= _LIST and len(teasers) == len(told) else told


def _size(page: Page, body: Sequence[int]) -> int:
    return sum(len(page.texts[i]) for i in body)


def _without_standfirst(page: Page, body: list[int]) -> list[int]:
    """Return `body` from the block on with which the report opens: a firm dateline, or the first after its byline."""
    for k in range(1, min(_STANDFIRST_BLOCKS + 1, len(body))):
        opening = _size(page, body[:k])
        if opening > _STANDFIRST or 2 * opening > _size(page, body):
            break
        dateline = page.datelines[body[k]]
        between = (page.texts[i] for i in range(body[k - 1] + 1, body[k]))
        if (dateline and dateline.firm) or any(is_byline(text) or read_stamp(text) for text in between):
            return body[k:]
    return body


def _with_opening(page: Page, body: list[int]) -> list[int]:
    """Return `body` with what opens it and was passed over, if that stands right before it.

    That is the lone capital that its first word lacks, or a paragraph of several sentences right below the byline or
    the time stamp.
    """
    before = body[0] - 1
    if before < 0:
        return body
    text = page.texts[before]
    if len(text) == 1 and text.isupper() and page.texts[body[0]][:1].islower():
        return [before, *body]
    tells = (
        page.local[before, SENTENCES] >= log1p(2) and page.local[before, PROSE_END] and page.firsts[before] == before
    )
    above = page.texts[before - 1] if before else ""
    if tells and not looks_like_caption(text) and (is_byline(above) or read_stamp(above)):
        return [before, *body]
    return body


def _with_contributors(page: Page, body: list[int], end: int) -> list[int]:
    """Return `body` with the line below it that names who reported, wrote and edited it."""
    below = range(body[-1] + 1, min(end, body[-1] + 1 + _SIGN_OFF))
    named = next((i for i in below if len(page.texts[i]) < _STANDFIRST and _CONTRIBUTORS.match(page.texts[i])), None)
    return body if named is None else [*body, named]
