"""What a block looks like, as numbers: the input of the block classifier.

Nothing here knows a language. Function words, which prose is full of and menus lack, are taken from the page itself
(short words that recur in its long blocks), and scripts without spaces are measured by their characters.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from math import log1p
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from onrecord.model import Capture
from onrecord.stories.captions import looks_like_caption
from onrecord.stories.datelines import Dateline, read_dateline
from onrecord.stories.lexicon import CLASSES, MEMBERS, NAMES, WORDS
from onrecord.stories.marks import is_byline
from onrecord.stories.markup_features import MARKUP_FEATURES, markup_rows

Matrix = NDArray[np.float32]
Item = TypeVar("Item")

_WORD = re.compile(r"\w+")
_WIDE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# patterns open with the characters that they are found by and look behind them only then: that takes least time
_SENTENCE_END = re.compile(r"[.!?…。！？।۔؟](?:(?<=[。！？।۔؟])|[\"”’»“)\]]*(?=\s|$))")
_PROSE_END = re.compile(r"(?:[.!?…。！？।۔؟][\"”’»“')\]」』]*|[.!?,]?[\"”»“」』])$")
_BULLET = re.compile(r"[*•+\-–‣▪o]\s")
_CLOCK = re.compile(r"\d(?<=\b\d)\d?[:.h]\d{2}\b")
_YEAR = re.compile(r"(?:1(?<!\d1)9|2(?<!\d2)0)\d\d(?!\d)")
_QUOTES = frozenset("\"“”„«»‘’'「」")
_SET_OFF = re.compile(r"[—–―:/(\[【［（]|\s-|-\s|--|\.-")
"""One of these sets every dateline off from its sentence; most paragraphs open without any."""
_FUNCTION_WORDS = 60
_CHUNK = 4096
"""Blocks whose numbers are held as Python's own at a time."""
_FIRST = 40
"""Words of a block among which furniture is sought."""
_SAMPLE = 500
"""Characters of a block that are looked at: a longer block is prose or is not by its first paragraph's worth."""

LOOKS = 34 + len(CLASSES)
SIZE, SENTENCES, PROSE_END, OPENS = 0, 3, 4, 33
"""Columns of a block's looks: size, sentence ends, whether it ends with one, whether it opens with a dateline."""
_TELLING_CLASSES = ("comment", "more", "rights", "sign-up", "consent", "place")
WINDOW = 2
"""Neighbours on each side that the classifier sees."""
_TELLING = [LOOKS - len(CLASSES) + i for i, name in enumerate(NAMES) if name in _TELLING_CLASSES]
_SHORT = 80
"""Short blocks speak of what is around them: `Comments`, `Read also`, `Subscribe`."""
_OPENS_PROSE, _OPENS_PROSE_WIDE = 60, 24
"""A block of fewer characters is not looked at for a dateline."""
_PROSE_SIZE = 1.4
"""A block of some 65 characters or more, on the scale of `_looks`' first number."""


def _looks(text: str, words: Sequence[str], function_words: frozenset[str], wide: bool) -> list[float]:
    """Return what the letters of one block say of it."""
    sample = text[:_SAMPLE]
    size = len(text)
    full = size + (1.5 * size / len(sample) * len(_WIDE.findall(sample)) if wide else 0.0)
    count = max(1, len(words))
    first, last = sample[:1], text[-1:]
    return [
        log1p(full) / 3,
        log1p(count * size / len(sample)) / 3,
        min(3.0, len(sample) / count / 6),
        log1p(len(_SENTENCE_END.findall(sample))),
        float(bool(_PROSE_END.search(text, max(0, size - 4)))),
        float(last == ":"),
        float(text.endswith(("...", "…"))),
        min(2.0, 10 * (sample.count(",") + sample.count("、") + sample.count("，")) / count),
        sum(map(str.isdigit, words)) / count,
        sum(map(str.isupper, [word[0] for word in words])) / count,
        sum(map(str.isupper, words)) / count,
        float(first.islower()),
        float(first.isdigit()),
        sum(map(function_words.__contains__, words)) / count,
        float(first in _QUOTES),
        float(last in _QUOTES or text[-2:-1] in _QUOTES),
        float("“" in sample or '"' in sample or "„" in sample or "«" in sample or "「" in sample),
        float(bool(_BULLET.match(sample))),
        float("|" in sample or "·" in sample or "»" in sample or "›" in sample or "•" in sample),
        float("©" in sample),
        float("@" in sample),
        float("http" in sample or "www." in sample or ".com" in sample),
        float(last == ")"),
        float("/" in sample),
        float("?" in sample),
        float("!" in sample),
        float(":" in sample[:40]),
        float(bool(_CLOCK.search(sample[:100]))),
        float(bool(_YEAR.search(sample[:100]))),
        float(full < 25),
        float(full > 80),
        float(looks_like_caption(text)),
        float(size < 200 and is_byline(text)),
        0.0,  # a dateline: told for all blocks together
    ]


def _furniture(blocks_words: Sequence[Sequence[str]]) -> NDArray[np.float64]:
    """Return how much of each block's first words belongs to each class of furniture words."""
    found = [
        len(CLASSES) * row + member
        for row, words in enumerate(blocks_words)
        for word in WORDS.intersection([word.lower() for word in words[:_FIRST]])
        for member in MEMBERS[word]
    ]
    size = len(blocks_words) * len(CLASSES)
    counts = np.bincount(np.array(found, np.int64), minlength=size).reshape(-1, len(CLASSES))
    shares = 1 / np.array([max(4, min(len(words), _FIRST)) for words in blocks_words])
    return np.minimum(1, 3 * counts * shares[:, None])


def _function_words(blocks_words: Sequence[Sequence[str]]) -> frozenset[str]:
    """Return the page's own function words: the commonest short words inside its long blocks."""
    long = [words[1:] for words in blocks_words if len(words) >= 12]
    counts = Counter([word for words in long for word in words if len(word) <= 4 and word.islower()])
    return frozenset(word for word, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_FUNCTION_WORDS])


def _smooth(values: Matrix, width: float) -> Matrix:
    """Return `values` averaged over neighbours with weights falling by exp(-distance / width), in linear time."""
    keep = float(np.exp(-1 / width))
    shares = (values.astype(np.float64) * (1 - keep)).tolist()
    forth = list(accumulate(shares, lambda at, share: at * keep + share))
    back = list(accumulate(reversed(shares), lambda at, share: at * keep + share))
    return np.array([forth, back[::-1]], np.float32).T


def _page(lengths: Matrix, prose: Matrix, furniture: Matrix) -> Matrix:
    """Return each block's place among the page's prose; `lengths` in characters, `prose` the prose characters."""
    n = len(lengths)
    index = np.arange(n, dtype=np.float32)
    before = np.cumsum(prose) - prose
    total = max(1.0, float(prose.sum()))
    position = np.stack(
        [
            index / n,
            np.log1p(index) / 4,
            np.log1p(n - 1 - index) / 4,
            before / total,
            (total - before - prose) / total,
            np.log1p(before) / 8,
            np.log1p(np.maximum(0, total - before - prose)) / 8,
            np.full(n, np.log1p(total) / 8),
            np.full(n, total / max(1.0, float(lengths.sum()))),
            np.full(n, np.log1p(n) / 4),
        ],
        axis=1,
    )
    scaled = np.log1p(prose)
    density = [_smooth(scaled, width) for width in (1.5, 4.0, 12.0, 40.0)]
    around = [_smooth(furniture[:, i], 8.0) for i in range(furniture.shape[1])]
    so_far = np.log1p(np.cumsum(furniture, axis=0)) / 3
    return np.concatenate([position, *density, *around, so_far], axis=1)


def _cohesion(contents: Sequence[frozenset[str]], prose: Sequence[bool]) -> Matrix:
    """Return how much of each block's long words the page's other prose shares: the share, and how many."""
    holders: Counter[str] = Counter()
    sets = [{word for word in words if len(word) > 4} for words in contents]
    for words, is_prose in zip(sets, prose, strict=True):
        if is_prose:
            holders.update(words)
    recurring = {word for word, count in holders.items() if count > 1}
    shares = []
    for words, is_prose in zip(sets, prose, strict=True):
        shared = len((recurring if is_prose else holders.keys()) & words)
        shares.append((shared / max(1, len(words)), log1p(shared)))
    return np.array(shares, np.float32)


@dataclass(frozen=True, slots=True)
class Page:
    """A capture's blocks as the models see them; a row or an item a block."""

    texts: tuple[str, ...]
    words: tuple[Sequence[str], ...]
    """Words of each block's opening (`_SAMPLE` characters)."""
    contents: tuple[frozenset[str], ...]
    """The longer ones among them, in lower case."""
    datelines: tuple[Dateline | None, ...]
    wide: bool
    """Whether some of it is in a script without spaces."""
    marked: bool
    """Whether it came with markup."""
    local: Matrix
    """What each block looks like by itself, and what its markup says where there is any."""
    place: Matrix
    """Where it stands among the page's prose."""
    firsts: NDArray[np.int64]
    """Index of the first block with the same words."""


def look_at(capture: Capture) -> Page:
    """Return what `capture`'s blocks look like; it must have one at least."""
    text = capture.text
    texts = tuple(block.span.of(text) for block in capture.blocks)
    wide = bool(_WIDE.search(text))
    first_of: dict[str, int] = {}
    firsts = np.array([first_of.setdefault(block, i) for i, block in enumerate(texts)])
    words = _once(firsts, lambda i: _WORD.findall(texts[i][:_SAMPLE]))
    contents = _once(firsts, lambda i: frozenset([word.lower() for word in words[i] if len(word) > 3]))
    least = _OPENS_PROSE_WIDE if wide else _OPENS_PROSE
    datelines = _once(firsts, lambda i: _dateline(texts[i], least))
    looks = _all_looks(texts, words, datelines, firsts, wide)
    lengths = np.array([len(block) for block in texts], np.float32)
    is_prose = (looks[:, SIZE] > _PROSE_SIZE) & (looks[:, PROSE_END] > 0)
    prose = np.where(is_prose, lengths, 0).astype(np.float32)
    repeats = np.log1p(np.bincount(firsts, minlength=len(texts))[firsts] - 1)
    columns = [looks, _cohesion(contents, is_prose.tolist()), np.minimum(3, repeats)[:, None]]
    marked = any(block.tag for block in capture.blocks)
    columns += [markup_rows(capture, words, prose)] if marked else []
    local = np.concatenate(columns, axis=1, dtype=np.float32)
    place = _page(lengths, prose, looks[:, _TELLING] * (lengths < _SHORT)[:, None])
    return Page(texts, words, contents, datelines, wide, marked, local, place, firsts)


def without_markup(page: Page) -> Page:
    """Return `page` as it would be seen without markup."""
    return replace(page, marked=False, local=page.local[:, :-MARKUP_FEATURES]) if page.marked else page


def _dateline(text: str, least: int) -> Dateline | None:
    return read_dateline(text) if len(text) > least and _SET_OFF.search(text, 0, 140) else None


def _once(firsts: NDArray[np.int64], of: Callable[[int], Item]) -> tuple[Item, ...]:
    """Return what `of` gives for each block; blocks with the same words are looked at once."""
    items: list[Item] = []
    for i, first in enumerate(firsts.tolist()):
        items.append(items[first] if first < i else of(i))
    return tuple(items)


def _all_looks(
    texts: Sequence[str],
    words: Sequence[Sequence[str]],
    datelines: Sequence[Dateline | None],
    firsts: NDArray[np.int64],
    wide: bool,
) -> Matrix:
    """Return the looks of each block, put into numbers a chunk at a time."""
    function_words = _function_words(words)
    looks = np.zeros((len(texts), LOOKS), np.float32)
    for at in range(0, len(texts), _CHUNK):
        chunk = [i for i in range(at, min(len(texts), at + _CHUNK)) if firsts[i] == i]
        if chunk:
            looks[chunk, : -len(CLASSES)] = [_looks(texts[i], words[i], function_words, wide) for i in chunk]
            looks[chunk, -len(CLASSES) :] = _furniture([words[i] for i in chunk])
    looks = looks[firsts]
    looks[:, OPENS] = [dateline is not None for dateline in datelines]
    return looks


def rows_around(page: Page, start: int, end: int) -> Matrix:
    """Return the classifier's input for the blocks [start, end): each with its neighbours, and its place."""
    n, width = page.local.shape
    low, high = max(0, start - WINDOW), min(n, end + WINDOW)
    padded = np.zeros((end - start + 2 * WINDOW, width + 1), np.float32)
    at = low - (start - WINDOW)
    padded[at : at + high - low, :width] = page.local[low:high]
    padded[at : at + high - low, width] = 1
    around = [padded[i : i + end - start] for i in range(2 * WINDOW + 1)]
    return np.concatenate([*around, page.place[start:end]], axis=1)
