"""From words to a tree in every sentence: windows over the paragraphs, whole sentences kept from each.

The encoder sees a paragraph in windows of bounded length. It says where sentences start; those of a window that are surely
whole are kept, and the next window begins with the first sentence that may go on. Arcs are chosen within a sentence.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.language.encoder import Encoder, Scores
from onrecord.language.trees import best_labels, best_tree

_SHORT, _LONG = 118, 248
"""Pieces of a window: the length of run that training knew best, and one for a sentence that does not end in that."""
_AT_ONCE = 64
"""Windows that are scored together, which bounds memory."""
NOWHERE = -1

Ids = NDArray[np.int64]


class Words(NamedTuple):
    """The words of a text, white space left out.

    `spaced` says whether white space follows each; `paragraphs` are ranges of them, in order, that leave none out;
    `start_at` is, for each, the word at which a sentence starts if the encoder says that one starts here: the word itself,
    one before it in its paragraph, or `NOWHERE`.
    """

    forms: Sequence[str]
    spaced: Sequence[bool]
    paragraphs: Sequence[tuple[int, int]]
    start_at: Sequence[int]


@dataclass(frozen=True, slots=True)
class Parse:
    """For each word: whether a sentence starts, its head (itself for a root), and ids of its labels."""

    starts: NDArray[np.bool_]
    heads: Ids
    parts_of_speech: Ids
    relations: Ids
    names: Ids


class _Window(NamedTuple):
    """The words [start, end), of which the paragraph goes on to `stop`."""

    start: int
    end: int
    stop: int


class _Waiting(NamedTuple):
    """The words [start, stop) still to be read, the next window to have up to `pieces`."""

    start: int
    stop: int
    pieces: int = _SHORT


def parse(encoder: Encoder, words: Words) -> Parse:
    """Return sentence starts, tags, trees and names of a text's words."""
    n = len(words.forms)
    result = Parse(np.zeros(n, bool), np.arange(n), *(np.zeros(n, np.int64) for _ in range(3)))
    start_at = np.asarray(words.start_at, dtype=np.int64)
    waiting = [_Waiting(*paragraph) for paragraph in reversed(words.paragraphs)]
    while waiting:
        batch = [_window(encoder, words, waiting.pop()) for _ in range(min(_AT_ONCE, len(waiting)))]
        waiting += reversed(list(_parse_windows(encoder, words, batch, start_at, result)))
    return result


def _window(encoder: Encoder, words: Words, waiting: _Waiting) -> _Window:
    pieces = 0
    for at in range(waiting.start, waiting.stop):
        pieces += len(encoder.pieces.word(words.forms[at])[0])
        if pieces > waiting.pieces and at > waiting.start:
            return _Window(waiting.start, at, waiting.stop)
    return _Window(waiting.start, waiting.stop, waiting.stop)


def _parse_windows(
    encoder: Encoder, words: Words, windows: Sequence[_Window], start_at: Ids, result: Parse
) -> Iterator[_Waiting]:
    """Fill in `result` for the sentences that are whole; yield what is still to be read."""
    runs = [encoder.pieces.encode(words.forms[a:b], words.spaced[a:b]) for a, b, _ in windows]
    dependents, heads, places = [], [], []
    for number, scores in encoder.score(runs):
        window = windows[number]
        bounds = _sentences(scores, window, start_at)
        if window.end < window.stop:
            if len(bounds) > 2:
                bounds.pop()
            elif len(runs[number].ids) <= _SHORT + 2:
                yield _Waiting(window.start, window.stop, _LONG)
                continue
            yield _Waiting(window.start + bounds[-1], window.stop)
        found = _trees(scores.arcs, bounds)
        kept = slice(window.start, window.start + len(found))
        result.starts[window.start + np.array(bounds[:-1])] = True
        result.heads[kept] = window.start + np.where(found > 0, found - 1, np.arange(len(found)))
        result.parts_of_speech[kept] = scores.parts_of_speech[: len(found)]
        result.names[kept] = best_labels(scores.names[: len(found)])
        dependents.append(scores.dependents[1 : len(found) + 1])
        heads.append(scores.heads[found])
        places.append(np.arange(kept.start, kept.stop))
    if places:
        result.relations[np.concatenate(places)] = encoder.label(np.concatenate(dependents), np.concatenate(heads))


def _sentences(scores: Scores, window: _Window, start_at: Ids) -> list[int]:
    """Return where in the window sentences start, and its end."""
    placed = start_at[window.start + np.flatnonzero(scores.starts > 0)] - window.start
    return [*np.unique(np.append(placed[placed > 0], 0)).tolist(), window.end - window.start]


def _trees(arcs: NDArray[np.float32], bounds: Sequence[int]) -> Ids:
    """Return the head of every word of the sentences between `bounds`, 1-based in the window, 0 for a root."""
    heads = np.zeros(bounds[-1], dtype=np.int64)
    for start, end in pairwise(bounds):
        nodes = np.array([0, *range(start + 1, end + 1)])
        heads[start:end] = nodes[best_tree(arcs[np.ix_(nodes, nodes)])]
    return heads
