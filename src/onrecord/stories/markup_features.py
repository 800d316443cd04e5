"""What the markup says of a block, as numbers: its element, the names of its places, and who else stands there."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from math import log1p

import numpy as np
from numpy.typing import NDArray

from onrecord.model import Block, Capture, Markup

_WORD = re.compile(r"\w+")
_TAGS = ("p", "h1", "h2", "h3", "h4", "li", "figcaption", "time", "blockquote", "td", "a", "div", "span", "dd")
_PLACES = {
    "article": r"article|artikel|story|post|entry|beitrag",
    "content": r"content|body|inhalt|text|paragraph|richtext|prose",
    "main": r"\bmain\b|maincontent",
    "navigation": r"\bnav|menu|breadcrumb|topbar|navbar",
    "footer": r"footer|fuss|copyright|imprint|legal",
    "header": r"header|masthead|banner",
    "aside": r"aside|sidebar|complementary|rail\b",
    "related": r"related|recommend|more-|teaser|promo|card|popular|trending|most|latest|read-?next|read-?more|also"
    r"|tease",
    "comment": r"comment|discuss|disqus|kommentar|reply|thread|coral|livefyre|talkback|\bpost-?author",
    "share": r"share|social|follow|toolbar|button|action",
    "advert": r"\bad\b|\bads\b|advert|sponsor|\bad-|-ad\b|anzeige|banner|outbrain|taboola",
    "sign-up": r"newsletter|subscri|paywall|signup|sign-up|register|regwall|cookie|consent|login"
    r"|piano|privacy|gdpr|onetrust|sourcepoint",
    "picture": r"figure|caption|image|photo|gallery|media|video|credit|slideshow|bild|carousel",
    "byline": r"byline|author|autor|meta|date|time|published|kicker|dateline",
    "standfirst": r"standfirst|summary|intro|lead\b|lede|dek\b|deck|subtitle|sub-title|subhead|abstract|excerpt"
    r"|description",
    "headline": r"headline|title|heading",
    "tags": r"\btags?\b|topics|keyword|categor",
    "list": r"\blist\b|listing|feed|river|stream|grid",
    "quote": r"pull-?quote|blockquote|zitat",
    "factbox": r"fact-?box|infobox|\bbox\b|widget|embed|inline",
    "hidden": r"hidden|modal|popup|overlay|tooltip|sr-only|visually|noscript|dialog",
}
_PLACE = tuple(re.compile(pattern) for pattern in _PLACES.values())
_TREE, _BELOW = 13, 3
"""Numbers on a block's place in the tree of elements, and below the headline."""
MARKUP_FEATURES = 10 + _TREE + _BELOW + len(_TAGS) + 2 * len(_PLACES)
_RECURS = 3
"""Blocks in whose context a name recurs that says something of the page's make-up."""
_OWN_NAMES = 4
"""Names of a block's own element and its parent, about: those before them name the place that it shares."""
_STEPS = 5
"""Elements around a block that its prose counts for."""
_NOWHERE = 99
_OPENING = 5
"""Words of a block's opening that are looked for in the page's declared body, description and headline."""


@lru_cache(maxsize=4096)
def _places(context: tuple[str, ...]) -> tuple[float, ...]:
    """Return which kinds of place the names of `context` speak of: of the last three, then of any."""
    near, far = " ".join(context[-8:]), " ".join(context)
    return tuple(float(bool(p.search(near))) for p in _PLACE) + tuple(float(bool(p.search(far))) for p in _PLACE)


def _markup(block: Block, numbers: Sequence[float], declared: Sequence[bool]) -> list[float]:
    tags = [float(block.tag == tag) for tag in _TAGS]
    return [block.link_share, *numbers, *map(float, declared), *tags, *_places(block.context)]


def markup_rows(capture: Capture, words: Sequence[Sequence[str]], prose: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a row of features a block from its place in the markup and from what the page's head declares.

    `words` are those of each block's opening, `prose` its characters of prose.
    """
    rows = np.zeros((len(words), MARKUP_FEATURES), np.float32)
    places = _containers(capture.blocks)
    masses = [_mass(keys, prose) for keys in zip(*places, strict=True)]
    known = capture.markup or Markup()
    declared = [
        _openings(_WORD.findall(text or "")) for text in (known.body, known.description, known.headline or known.title)
    ]
    tree = np.concatenate([_tree(capture.blocks, prose), _below_headline(capture.blocks, words, declared[2])], axis=1)
    for i, (block, block_words) in enumerate(zip(capture.blocks, words, strict=True)):
        opening = tuple(block_words[:_OPENING])
        numbers = [*tree[i].tolist(), *(each for mass in masses for each in mass[i])]
        rows[i] = _markup(block, numbers, [opening in each for each in declared])
    return rows


def _containers(blocks: Sequence[Block]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return two names for where each block stands: its own place, and the one around that.

    Names that hardly recur on the page (an element's own number, a style made up by a program) are left out.
    """
    counts = Counter(name for block in blocks for name in block.context)
    common = [tuple(name for name in block.context if counts[name] >= _RECURS) for block in blocks]
    return [(names, names[:-_OWN_NAMES]) for names in common]


def _mass(keys: Sequence[tuple[str, ...]], prose: NDArray[np.float32]) -> list[tuple[float, float, float]]:
    """Return for each block how much prose its container holds: of the page's, of the fullest one's, and in itself."""
    masses: Counter[tuple[str, ...]] = Counter()
    for key, characters in zip(keys, prose.tolist(), strict=True):
        masses[key] += characters
    total, most = max(1.0, float(prose.sum())), max(1.0, *masses.values())
    return [(masses[key] / total, masses[key] / most, log1p(masses[key]) / 8) for key in keys]


def _openings(words: Sequence[str]) -> frozenset[tuple[str, ...]]:
    """Return every run of words by which a block can be found again in a page's declared body."""
    return frozenset(zip(*(words[i:] for i in range(_OPENING)), strict=False))


def _tree(blocks: Sequence[Block], prose: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how much prose the three elements around each block hold, and where the page's fullest one is.

    The fullest is found as readability does (Arc90, 2009): a block's prose, less its links, counts for the elements
    around it, half as much with each step outwards.
    """
    values = [size * (1 - block.link_share) for block, size in zip(blocks, prose.tolist(), strict=True)]
    held: Counter[int] = Counter()
    paragraphs: Counter[int] = Counter()
    scores: Counter[int] = Counter()
    for block, value in zip(blocks, values, strict=True):
        for step, number in enumerate(block.within[-2 : -_STEPS - 2 : -1] if value else ()):
            held[number] += value
            paragraphs[number] += 1
            scores[number] += value / 2**step
    fullest = max(scores, key=lambda number: (scores[number], -number), default=0)
    total, most = max(1.0, sum(values)), max(1.0, scores[fullest])
    rows = np.zeros((len(blocks), _TREE), np.float32)
    for i, block in enumerate(blocks):
        around = (*block.within[-2:-5:-1], 0, 0, 0)[:3]  # elements are counted from 1: none has the number 0
        steps = block.within[::-1].index(fullest) if fullest in block.within else _NOWHERE
        rows[i] = [
            *(held[number] / total for number in around),
            *(scores[number] / most for number in around),
            *(log1p(paragraphs[number]) / 3 for number in around),
            float(steps == 1),
            float(steps < _NOWHERE),
            1 / (1 + steps),
            scores[fullest] / total,
        ]
    return rows


def _below_headline(
    blocks: Sequence[Block], words: Sequence[Sequence[str]], declared: frozenset[tuple[str, ...]]
) -> NDArray[np.float32]:
    """Return whether each block stands below the page's headline, how far off, and whether the page has one.

    That is the first `h1` that opens as the declared headline does, else the first `h1`.
    """
    rows = np.zeros((len(blocks), _BELOW), np.float32)
    found = [i for i, block in enumerate(blocks) if block.tag == "h1"]
    told = [i for i in found if tuple(words[i][:_OPENING]) in declared] or found
    if told:
        distance = np.arange(len(blocks)) - told[0]
        rows[:, 0] = distance > 0
        rows[:, 1] = np.sign(distance) * np.log1p(np.abs(distance)) / 5
        rows[:, 2] = 1
    return rows
