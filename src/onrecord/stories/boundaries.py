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
from onrecord.stories.features import LOOKS, PROSE_END, Matrix, Page
from onrecord.stories.lexicon import CLASSES
from onrecord.stories.marks import read_dateline

GAP_FEATURES = 26 + len(CLASSES)
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
                *_dateline(page.texts[b]),
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
    looked = sorted({*range(a + 1, min(b, a + 1 + _GAP_LOOKS)), *range(max(a + 1, b - _GAP_LOOKS), b)})
    looks = page.local[looked, LOOKS - len(CLASSES) : LOOKS]
    seen = sum(int(page.firsts[i]) <= a for i in looked)
    return [
        log1p(size) / 3,
        float(size > 0),
        seen / max(1, len(looked)),
        *(looks.sum(axis=0).clip(0, 3) / 3 if looked else np.zeros(len(CLASSES))),
        float(kinds[looked, STANDFIRST].max()) if looked else 0.0,
        *_headline(page, looked, a, b),
    ]


def _is_heading(page: Page, i: int) -> bool:
    return len(page.texts[i]) < _HEADING and page.local[i, PROSE_END] == 0


def _dateline(text: str) -> tuple[float, float]:
    """Return whether a body block opens with a dateline, and whether with one beyond doubt."""
    dateline = read_dateline(text)
    return float(dateline is not None), float(dateline is not None and dateline.firm)


def _headline(page: Page, looked: Sequence[int], a: int, b: int) -> tuple[float, float, float]:
    """Return how well the best headline in a gap fits what follows and what stood before it, and whether it recurs."""
    after = {word.lower() for i in range(b, min(b + 4, len(page.words))) for word in page.words[i] if len(word) > 3}
    ahead = {word.lower() for i in range(max(0, a - 3), a + 1) for word in page.words[i] if len(word) > 3}
    best = (0.0, 0.0, 0.0)
    for i in looked:
        words = {word.lower() for word in page.words[i] if len(word) > 3}
        if 2 <= len(words) <= 20:
            fits = len(words & after) / len(words)
            best = max(best, (fits, len(words & ahead) / len(words), float(page.firsts[i] != i)))
    return best


def _subjects(page: Page, body: Sequence[int]) -> Matrix:
    """Return for each gap how alike the words on its two sides are, near it and farther off, and any change of it."""
    ids = _word_ids(page, body)
    near, far = _likeness(ids, 2), _likeness(ids, _REACH)
    typical = float(np.median(far)) if len(far) else 0.0
    lowest = np.array([far[max(0, k - 3) : k + 4].min() >= far[k] for k in range(len(far))], np.float32)
    opened, closed = _turnover(ids)
    return np.stack([near, far, far - typical, lowest, opened, closed], axis=1).astype(np.float32)


def _turnover(ids: Sequence[NDArray[np.int64]]) -> tuple[Matrix, Matrix]:
    """Return for each gap how much of the recurring vocabulary right after it is new, and right before it is not met again."""
    first, last = np.full(_BUCKETS, len(ids)), np.full(_BUCKETS, -1)
    for i, each in enumerate(ids):
        last[each] = i
        first[each] = np.minimum(first[each], i)
    recurs = first < last
    opened, closed = (np.zeros(max(0, len(ids) - 1), np.float32) for _ in range(2))
    for k in range(len(ids) - 1):
        after = np.concatenate(ids[k + 1 : k + 1 + _TURN])
        before = np.concatenate(ids[max(0, k + 1 - _TURN) : k + 1])
        after, before = after[recurs[after]], before[recurs[before]]
        opened[k] = (first[after] > k).sum() / max(3, len(after))
        closed[k] = (last[before] <= k).sum() / max(3, len(before))
    return opened, closed


def _word_ids(page: Page, body: Sequence[int]) -> list[NDArray[np.int64]]:
    """Return each body block's content words as numbers below `_BUCKETS`, given out in order of appearance."""
    numbers: dict[str, int] = {}
    ids = []
    for i in body:
        words = {word.lower() for word in page.words[i] if len(word) > 3}
        if page.wide:
            opening = page.texts[i][:300]
            words |= {opening[j : j + 2] for j in range(len(opening) - 1)}
        ids.append(np.array(sorted(numbers.setdefault(w, len(numbers)) % _BUCKETS for w in sorted(words)), np.int64))
    return ids


def _likeness(ids: Sequence[NDArray[np.int64]], reach: int) -> Matrix:
    """Return the cosine of the word counts of `reach` blocks before and after each gap, rare words weighing more."""
    n = len(ids)
    holders = np.zeros(_BUCKETS, np.float32)
    for each in ids:
        holders[each] += 1
    weight = np.log1p(n / np.maximum(1, holders))
    out = np.zeros(max(0, n - 1), np.float32)
    for at in range(0, n - 1, _CHUNK):
        low, high = max(0, at + 1 - reach), min(n, at + _CHUNK + reach)
        sums = np.zeros((high - low + 1, _BUCKETS), np.float32)
        for row, each in enumerate(ids[low:high], 1):
            sums[row, each] = weight[each]
        sums = np.cumsum(sums, axis=0)
        gaps = np.arange(at + 1, min(n, at + _CHUNK + 1))
        left = sums[gaps - low] - sums[np.maximum(gaps - reach, low) - low]
        right = sums[np.minimum(gaps + reach, n) - low] - sums[gaps - low]
        norms = np.sqrt((left**2).sum(axis=1) * (right**2).sum(axis=1))
        out[at : at + len(gaps)] = (left * right).sum(axis=1) / np.maximum(norms, 1e-6)
    return out
