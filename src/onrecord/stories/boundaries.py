"""Where one story ends and the next begins: a look at every gap between two neighbouring body blocks.

A boundary shows in what stands between (a headline, a stamp, the page's furniture over again), in how the next
block opens (a dateline), and in a change of subject: the words before have little in common with those after.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from math import log1p

import numpy as np
from numpy.typing import NDArray

from onrecord.stories.classifier import BODY, STANDFIRST
from onrecord.stories.datelines import Dateline
from onrecord.stories.features import LOOKS, PROSE_END, Matrix, Page
from onrecord.stories.lexicon import CLASSES
from onrecord.stories.marks import is_byline, looks_like_headline
from onrecord.stories.stamps import read_stamp

GAP_FEATURES = 27 + len(CLASSES)
_REACH = 5
"""Body blocks on each side whose words are compared."""
_BUCKETS = 2048
_CHUNK = 1024
_HEADING = 100
"""A body block of fewer characters that ends like no sentence is a heading."""
_TURN = 3
"""Body blocks on each side whose recurring words are traced through the capture."""
_GAP_LOOKS = 12
"""Blocks of a gap that are looked at on each side of it."""
_SIGN_OFF = re.compile(r"(?:^|[\s(_*–—-])(?:AP|AFP|Reuters|dpa|ANSA|EFE|NTB|TT|Ritzau|STT)\)?[\s_.]*$|^[_*–—-]{3,}$")


def gap_features(page: Page, kinds: Matrix, body: Sequence[int]) -> Matrix:
    """Return a row for each pair of neighbours in `body` (block indices, ascending), (len(body) - 1, features)."""
    if len(body) < 2:
        return np.zeros((0, GAP_FEATURES), np.float32)
    subject = _subjects(page, body)
    before = np.cumsum([kinds[i, BODY] * len(page.texts[i]) for i in body])
    total = float(before[-1])
    rows = []
    for k, (a, b) in enumerate(pairwise(body)):
        rows.append(
            [
                *subject[k],
                *_between(page, kinds, a, b),
                float(kinds[a, BODY]),
                float(kinds[b, BODY]),
                float(kinds[b, STANDFIRST]),
                float(_is_heading(page, a)),
                float(_is_heading(page, b)),
                log1p(len(page.texts[a])) / 4,
                log1p(len(page.texts[b])) / 4,
                *_dateline(page.datelines[b]),
                float(bool(_SIGN_OFF.search(page.texts[a][-30:]))),
                log1p(float(before[k])) / 8,
                log1p(total - float(before[k])) / 8,
                float(before[k]) / total,
            ]
        )
    return np.array(rows, np.float32)


def _between(page: Page, kinds: Matrix, a: int, b: int) -> list[float]:
    """Return what stands between the body blocks `a` and `b`."""
    size = b - a - 1
    if not size:
        return [0.0] * (8 + len(CLASSES))
    looked = sorted({*range(a + 1, min(b, a + 1 + _GAP_LOOKS)), *range(max(a + 1, b - _GAP_LOOKS), b)})
    looks = page.local[looked, LOOKS - len(CLASSES) : LOOKS]
    seen = sum(int(page.firsts[i]) <= a for i in looked)
    return [
        log1p(size) / 3,
        1.0,
        seen / len(looked),
        *(looks.sum(axis=0).clip(0, 3) / 3).tolist(),
        float(kinds[looked, STANDFIRST].max()),
        *_headline(page, looked, a, b),
        float(_is_headed(page, looked)),
    ]


def _is_headed(page: Page, looked: Sequence[int]) -> bool:
    """Return whether a gap has a headline, and a byline or a time stamp after it."""
    headline = False
    for i in looked:
        text = page.texts[i]
        if headline and len(text) < _HEADING and (is_byline(text) or read_stamp(text)):
            return True
        headline = headline or (looks_like_headline(text) and not is_byline(text))
    return False


def _is_heading(page: Page, i: int) -> bool:
    return len(page.texts[i]) < _HEADING and page.local[i, PROSE_END] == 0


def _dateline(dateline: Dateline | None) -> tuple[float, float]:
    """Return whether a body block opens with a dateline, and whether with one beyond doubt."""
    return float(dateline is not None), float(dateline is not None and dateline.firm)


def _headline(page: Page, looked: Sequence[int], a: int, b: int) -> tuple[float, float, float]:
    """Return how well the best headline in a gap fits what follows and what stood before it, and whether it recurs."""
    after = frozenset().union(*page.contents[b : b + 4])
    ahead = frozenset().union(*page.contents[max(0, a - 3) : a + 1])
    best = (0.0, 0.0, 0.0)
    for i in looked:
        words = page.contents[i]
        if 2 <= len(words) <= 20:
            fits = len(words & after) / len(words)
            best = max(best, (fits, len(words & ahead) / len(words), float(page.firsts[i] != i)))
    return best


def _subjects(page: Page, body: Sequence[int]) -> Matrix:
    """Return for each gap how alike the words on its two sides are, near it and farther off, and any change of it."""
    ids = _word_ids(page, body)
    near, far = _likeness(ids)
    typical = float(np.median(far))
    values = far.tolist()
    lowest = np.array([min(values[max(0, k - 3) : k + 4]) >= value for k, value in enumerate(values)], np.float32)
    opened, closed = _turnover(ids)
    return np.stack([near, far, far - typical, lowest, opened, closed], axis=1).astype(np.float32)


def _word_ids(page: Page, body: Sequence[int]) -> list[NDArray[np.int64]]:
    """Return each body block's content words as numbers below `_BUCKETS`, given out in order of appearance."""
    numbers: dict[str, int] = {}
    ids = []
    for i in body:
        words = page.contents[i]
        if page.wide:
            opening = page.texts[i][:300]
            words = words.union(opening[j : j + 2] for j in range(len(opening) - 1))
        ids.append(np.array(sorted({numbers.setdefault(w, len(numbers)) % _BUCKETS for w in sorted(words)}), np.int64))
    return ids


def _turnover(ids: Sequence[NDArray[np.int64]]) -> tuple[Matrix, Matrix]:
    """Return for each gap how much recurring vocabulary is new right after it, and how much goes right before it.

    Of the words of the `_TURN` blocks after a gap that stand in several blocks, the share that stands in none before
    it; and the same the other way round.
    """
    n = len(ids)
    words = np.concatenate(ids)
    block = np.repeat(np.arange(n), [len(each) for each in ids])
    first, last = np.full(_BUCKETS, n), np.full(_BUCKETS, -1)
    np.minimum.at(first, words, block)
    np.maximum.at(last, words, block)
    recurs = first[words] < last[words]
    words, block = words[recurs], block[recurs]
    opened, closed, after, before = (np.zeros(n - 1, np.float32) for _ in range(4))
    counts = np.bincount(block, minlength=n)
    for reach in range(1, min(_TURN, n - 1) + 1):
        gaps = n - reach
        new = np.bincount(block[first[words] > block - reach], minlength=n)
        gone = np.bincount(block[last[words] < block + reach], minlength=n)
        opened[:gaps] += new[reach:]
        after[:gaps] += counts[reach:]
        closed[reach - 1 :] += gone[:gaps]
        before[reach - 1 :] += counts[:gaps]
    return np.divide(opened, np.maximum(3, after)), np.divide(closed, np.maximum(3, before))


def _likeness(ids: Sequence[NDArray[np.int64]]) -> tuple[Matrix, Matrix]:
    """Return the cosine of the word counts before and after each gap, over two blocks and over `_REACH`.

    Rare words weigh more. Gaps are looked at a chunk at a time, so that memory stays flat.
    """
    n = len(ids)
    holders = np.bincount(np.concatenate(ids))
    weight = np.log1p(n / np.maximum(1, holders)).astype(np.float32)
    out = np.zeros((2, n - 1), np.float32)
    for at in range(0, n - 1, _CHUNK):
        low, high = max(0, at + 1 - _REACH), min(n, at + _CHUNK + _REACH)
        sums = np.zeros((high - low + 1, len(holders)), np.float32)
        for row, each in enumerate(ids[low:high], 1):
            sums[row, each] = weight[each]
        np.cumsum(sums, axis=0, out=sums)
        gaps = np.arange(at + 1, min(n, at + _CHUNK + 1))
        middle = sums[gaps - low]
        for k, reach in enumerate((2, _REACH)):
            left = middle - sums[np.maximum(gaps - reach, low) - low]
            right = sums[np.minimum(gaps + reach, high) - low] - middle
            norms = np.sqrt(np.einsum("ij,ij->i", left, left) * np.einsum("ij,ij->i", right, right))
            out[k, at : at + len(gaps)] = np.einsum("ij,ij->i", left, right) / np.maximum(norms, 1e-6)
    return out[0], out[1]
