"""What the markup says of a block, as numbers: its element, the names of its places, and who else stands there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from onrecord.model import Block, Capture, Markup

_WORD = re.compile(r"\w+")
_TAGS = ("p", "h1", "h2", "h3", "h4", "li", "figcaption", "time", "blockquote", "td", "a", "div", "span", "dd")
_TAG_NUMBERS = {tag: number for number, tag in enumerate(_TAGS)}
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
_NEAR = 8
"""Names of the elements nearest to a block: about three elements'."""
_STEPS = 5
"""Elements around a block that its prose counts for."""
_NOWHERE = 99
_OPENING = 5
"""Words of a block's opening that are looked for in the page's declared body, description and headline."""


@lru_cache(maxsize=16384)
def _places(name: str) -> int:
    """Return which kinds of place a name speaks of: a bit for each."""
    return sum(1 << i for i, pattern in enumerate(_PLACE) if pattern.search(name))


def _spoken_of(context: tuple[str, ...]) -> tuple[int, int]:
    """Return which kinds of place the last names of `context` speak of, and which any of them: a bit for each."""
    near = far = 0
    for name in context[-_NEAR:]:
        near |= _places(name)
    for name in context[:-_NEAR]:
        far |= _places(name)
    return near, near | far


def markup_rows(capture: Capture, words: Sequence[Sequence[str]], prose: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a row of features a block from its place in the markup and from what the page's head declares.

    `words` are those of each block's opening, `prose` its characters of prose.
    """
    blocks = capture.blocks
    numbers: dict[tuple[str, ...], int] = {}
    at = np.array([numbers.setdefault(block.context, len(numbers)) for block in blocks])  # blocks share most contexts
    known = capture.markup or Markup()
    told = (known.body, known.description, known.headline or known.title)
    declared = [_openings(_WORD.findall(text or "")) for text in told]
    openings = [tuple(block_words[:_OPENING]) for block_words in words]
    spoken = np.array([_spoken_of(context) for context in numbers])
    places = (spoken[:, :, None] >> np.arange(len(_PLACE))) & 1
    tags = np.array([_TAG_NUMBERS.get(block.tag, -1) for block in blocks])
    columns = [
        np.array([[block.link_share] for block in blocks]),
        _tree(blocks, prose),
        _below_headline(blocks, openings, declared[2]),
        *(_mass(containers, at, prose) for containers in _containers(list(numbers), np.bincount(at).tolist())),
        np.array([[opening in each for each in declared] for opening in openings]),
        tags[:, None] == np.arange(len(_TAGS)),
        places.reshape(len(numbers), -1)[at],
    ]
    return np.concatenate(columns, axis=1, dtype=np.float32)


def _containers(contexts: Sequence[tuple[str, ...]], held: Sequence[int]) -> list[list[tuple[str, ...]]]:
    """Return two names for each of `contexts`, in which `held` blocks stand: its own place, and the one around that.

    Names that hardly recur on the page (an element's own number, a style made up by a program) are left out.
    """
    counts: dict[str, int] = {}
    for context, blocks in zip(contexts, held, strict=True):
        for name in context:
            counts[name] = counts.get(name, 0) + blocks
    recurring = {name for name, count in counts.items() if count >= _RECURS}
    common = [tuple([name for name in context if name in recurring]) for context in contexts]
    return [common, [names[:-_OWN_NAMES] for names in common]]


def _mass(
    containers: Sequence[tuple[str, ...]], at: NDArray[np.int64], prose: NDArray[np.float32]
) -> NDArray[np.float64]:
    """Return for each block how much prose its container holds: of the page's, of the fullest one's, and in itself.

    `containers` are those of the page's contexts, `at` says for each block which of these it stands in.
    """
    numbers: dict[tuple[str, ...], int] = {}
    held_in = np.array([numbers.setdefault(names, len(numbers)) for names in containers])[at]
    masses = np.bincount(held_in, prose)
    total, most = max(1.0, float(prose.sum())), max(1.0, float(masses.max()))
    rows: NDArray[np.float64] = np.stack([masses / total, masses / most, np.log1p(masses) / 8], axis=1)[held_in]
    return rows


def _openings(words: Sequence[str]) -> frozenset[tuple[str, ...]]:
    """Return every run of words by which a block can be found again in a page's declared body."""
    return frozenset(zip(*(words[i:] for i in range(_OPENING)), strict=False))


def _tree(blocks: Sequence[Block], prose: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return how much prose the three elements around each block hold, and where the page's fullest one is.

    The fullest is found as readability does (Arc90, 2009): a block's prose, less its links, counts for the elements
    around it, half as much with each step outwards.
    """
    values = [size * (1 - block.link_share) for block, size in zip(blocks, prose.tolist(), strict=True)]
    outwards = [
        (number, value, value / 2**step)
        for block, value in zip(blocks, values, strict=True)
        if value
        for step, number in enumerate(block.within[-2 : -_STEPS - 2 : -1])
    ]
    around = np.array([(*block.within[-2:-5:-1], 0, 0, 0)[:3] for block in blocks])  # elements are counted from 1
    numbers = np.array([number for number, _, _ in outwards], np.int64)
    size = 1 + max(int(around.max()), int(numbers.max(initial=0)))
    held = np.bincount(numbers, [value for _, value, _ in outwards], size)
    scores = np.bincount(numbers, [score for _, _, score in outwards], size)
    paragraphs = np.bincount(numbers, minlength=size)
    fullest = int(scores.argmax())
    total, most = max(1.0, sum(values)), max(1.0, float(scores[fullest]))
    steps = np.array([_steps(block.within, fullest) for block in blocks])[:, None]
    share = np.full((len(blocks), 1), scores[fullest] / total)
    columns = [held[around] / total, scores[around] / most, np.log1p(paragraphs[around]) / 3]
    return np.concatenate([*columns, steps == 1, steps < _NOWHERE, 1 / (1 + steps), share], axis=1)


def _steps(within: tuple[int, ...], element: int) -> int:
    """Return how many elements lie between a block and one around it, its own included."""
    return within[::-1].index(element) if element in within else _NOWHERE


def _below_headline(
    blocks: Sequence[Block], openings: Sequence[tuple[str, ...]], declared: frozenset[tuple[str, ...]]
) -> NDArray[np.float32]:
    """Return whether each block stands below the page's headline, how far off, and whether the page has one.

    That is the first `h1` that opens as the declared headline does, else the first `h1`.
    """
    rows = np.zeros((len(blocks), _BELOW), np.float32)
    found = [i for i, block in enumerate(blocks) if block.tag == "h1"]
    told = [i for i in found if openings[i] in declared] or found
    if told:
        distance = np.arange(len(blocks)) - told[0]
        rows[:, 0] = distance > 0
        rows[:, 1] = np.sign(distance) * np.log1p(np.abs(distance)) / 5
        rows[:, 2] = 1
    return rows
