"""The headline of a story whose body is known."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from onrecord.stories.marks import length, looks_like_headline
from onrecord.stories.reader import BlockReader
from onrecord.stories.words import LIST_HEADINGS

_LIST = re.compile(rf"\W*(?:{LIST_HEADINGS})\b.{{0,20}}$", re.IGNORECASE)
_LISTED = 4
"""Blocks under a list's heading that are taken for its items."""
HEADER = 60
"""Blocks before a body that are looked at, besides a page's first few."""
_OPENING = 12
_SUBJECT = 8
"""Body blocks whose words say what the story is about."""
_LEAST = 0.8
"""Least score of a block that is taken for the headline."""
_MARGIN = 1.6
"""How much less than its standfirst's a headline's score may be."""
_KICKER, _KICKER_SHARE = 25.0, 0.4
"""A block above the best one is a kicker if it is shorter than this, or than this share of it."""
_ARCHIVE = 14
"""Most words of a headline that an archive closes with a full stop."""

_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0eff]+")
_LETTERS = re.compile(r"[\w\u0900-\u0dff]{4,}")
"""Runs of four letters or more; the vowel signs of India's scripts, which `\\w` lacks, are letters too."""


def _content_words(text: str) -> set[str]:
    """Return the longer words of `text`, cut to six letters so that inflections agree; letter pairs in wide scripts."""
    words = {word[:6] for word in _LETTERS.findall(text.casefold())}
    for run in () if text.isascii() else _WIDE.findall(text):
        words |= {run[j : j + 2] for j in range(len(run) - 1)}
    return words


def find_headline(reader: BlockReader, low: int, body: Sequence[int]) -> int | None:
    """Return the index of the headline's block among those before `body`, from `low` on; None where none fits."""
    first = body[0]
    zone = [i for i in range(low, first) if i >= first - HEADER or i < low + _OPENING]
    subject = set().union(*(_content_words(reader.text(i)) for i in body[:_SUBJECT])) if zone else set()
    standing = Counter(_key(reader.text(i)) for i in zone)
    scores = {i: _headline_score(reader, i, zone, standing, subject) for i in zone}
    best = max(zone, key=lambda i: (scores[i], -i), default=None)
    if best is None or scores[best] < _LEAST:
        return None
    best = _above_standfirst(reader, best, scores)
    # a breadcrumb trail or a kicker may be run together with the headline
    text = reader.text(best)
    inner = (i for i in zone if scores[i] > _LEAST and text.endswith(reader.text(i)) and reader.text(i) != text)
    return next(inner, best)


def _above_standfirst(reader: BlockReader, best: int, scores: dict[int, float]) -> int:
    """Return `best`, or the block right above it that it is the standfirst of: both tell of the subject."""
    above = best - 1
    while above in scores and scores[above] > max(_LEAST, scores[best] - _MARGIN):
        if length(reader.text(above)) < max(_KICKER, _KICKER_SHARE * length(reader.text(best))):
            break
        best, above = above, above - 1
    return best


def _key(text: str) -> str:
    return " ".join(re.findall(r"\w+", text[:300].casefold()))


def _headline_score(
    reader: BlockReader, i: int, zone: Sequence[int], standing: Counter[str], subject: set[str]
) -> float:
    """Return how well the i-th block serves as headline of a body about `subject`; 0 or less where it cannot."""
    text = reader.text(i)
    bare = text[:-1] if text.endswith(".") and len(text.split()) <= _ARCHIVE else text
    if not looks_like_headline(bare) or reader.kind(i):  # in this order: the form is told faster
        return 0.0
    words = _content_words(text)
    told = len(words & subject)
    near = any(
        reader.kind(j) in ("stamp", "byline") for j in range(i - 1, min(i + 4, zone[-1] + 1)) if j in zone and j != i
    )
    if not (told or near):
        return 0.0
    count = len(text.split())
    brief = count < 4 and length(text) < 30
    # two is added to the words' number, since one word or two are told of by chance
    score = 3.0 * told / (len(words) + 2) + 0.25 * min(told, 4)
    score += 0.0 if brief else min(2, standing[_key(text)] - 1)
    score += -0.5 if brief else 0.5 if 5 <= count <= 22 or length(text) > 30 else 0.0
    score -= 0.7 if bare != text else 0.0
    score -= 1.0 if text.isupper() and count < 5 else 0.0
    score += 1.5 if reader.capture.blocks[i].tag == "h1" else 0.0
    score += 0.7 if near else 0.0
    score += 0.5 if i == zone[0] == 0 else 0.0
    score -= 0.0 if near or not _is_listed(reader, i) else 1.5
    return score - 0.01 * (zone[-1] - i)


def _is_listed(reader: BlockReader, i: int) -> bool:
    """Return whether the i-th block is among the first under the heading of a list of other stories."""
    return any(_LIST.match(reader.text(j)) for j in range(max(0, i - _LISTED), i))
