"""From words to a tree in every sentence: windows over the paragraphs, whole sentences kept from each.

The encoder sees a paragraph in windows of bounded length. It says where sentences start; those of a window that are
surely whole are kept, and the next window begins with the first sentence that may go on. Arcs are chosen within a sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from onrecord.language.encoder import Encoder, Scores
from onrecord.language.trees import best_labels, best_tree

_WINDOW = 118
"""Pieces of a window: the length of run that training knew best."""
_AT_ONCE = 64
"""Windows that are scored together, which bounds memory."""

Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Parse:
    """For each word: where its sentence starts, its head (itself for a root), and ids of its labels."""

    starts: NDArray[np.bool_]
    heads: Ids
    parts_of_speech: Ids
    relations: Ids
    names: Ids


@dataclass(frozen=True, slots=True)
class _Window:
    """The words at `words` of a paragraph; `rest` is what follows them."""

    words: Sequence[int]
    rest: Sequence[int]


def parse(
    encoder: Encoder,
    words: Sequence[str],
    spaces: Sequence[bool],
    paragraphs: Sequence[Sequence[int]],
    no_start: Sequence[bool],
) -> Parse:
    """Return tags, trees and names.

    Args:
        encoder: The trained encoder.
        words: All words of the text.
        spaces: Whether white space follows each.
        paragraphs: Indices of each paragraph's words, in order; what stands in none keeps the value of no label, -1.
        no_start: For each word whether no sentence starts there.
    """
    n = len(words)
    result = Parse(np.zeros(n, bool), np.arange(n), np.full(n, -1), np.full(n, -1), np.zeros(n, np.int64))
    forbidden = np.asarray(no_start, dtype=bool)
    waiting = [paragraph for paragraph in reversed(paragraphs) if paragraph]
    while waiting:
        windows = [_first_window(encoder, words, waiting.pop()) for _ in range(min(_AT_ONCE, len(waiting)))]
        rests = _parse_windows(encoder, words, spaces, windows, forbidden, result)
        waiting += [rest for rest in reversed(rests) if rest]
    return result


def _first_window(encoder: Encoder, words: Sequence[str], paragraph: Sequence[int]) -> _Window:
    pieces = 0
    for count, index in enumerate(paragraph):
        pieces += len(encoder.pieces.word(words[index])[0])
        if pieces > _WINDOW and count:
            return _Window(paragraph[:count], paragraph[count:])
    return _Window(paragraph, ())


def _parse_windows(
    encoder: Encoder,
    words: Sequence[str],
    spaces: Sequence[bool],
    windows: Sequence[_Window],
    forbidden: NDArray[np.bool_],
    result: Parse,
) -> list[Sequence[int]]:
    """Fill in `result` for the sentences that are whole; return what of each window's paragraph is still to be read."""
    runs = [
        encoder.pieces.encode([words[i] for i in window.words], [spaces[i] for i in window.words]) for window in windows
    ]
    rests: list[Sequence[int]] = [()] * len(windows)
    where, dependents, heads = [], [], []
    for number, scores in encoder.score(runs):
        window = windows[number]
        at = np.asarray(window.words)
        starts = (scores.starts > 0) & ~forbidden[at]
        starts[0] = True
        kept, found = _trees(scores, starts, whole=not window.rest)
        rests[number] = (*window.words[kept:], *window.rest) if kept < len(at) else window.rest
        at = at[:kept]
        result.starts[at] = starts[:kept]
        result.parts_of_speech[at] = scores.parts_of_speech[:kept]
        result.names[at] = best_labels(scores.names[:kept])
        result.heads[at] = np.where(found > 0, at[np.maximum(found - 1, 0)], at)
        where.append(at)
        dependents.append(scores.dependents[1 : kept + 1])
        heads.append(scores.heads[found])
    result.relations[np.concatenate(where)] = encoder.label(np.concatenate(dependents), np.concatenate(heads))
    return rests


def _trees(scores: Scores, starts: NDArray[np.bool_], *, whole: bool) -> tuple[int, Ids]:
    """Return how many words are kept, and their heads in the window (1-based, 0 for a root)."""
    bounds = [*np.flatnonzero(starts).tolist(), len(starts)]
    if not whole and len(bounds) > 2:
        bounds.pop()
    heads = np.zeros(bounds[-1], dtype=np.int64)
    for start, end in zip(bounds, bounds[1:], strict=False):
        nodes = np.array([0, *range(start + 1, end + 1)])
        heads[start:end] = nodes[best_tree(scores.arcs[np.ix_(nodes, nodes)])]
    return bounds[-1], heads
