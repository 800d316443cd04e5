"""From words to a tree in every sentence: windows over the paragraphs, whole sentences kept from each.

The encoder sees a paragraph in windows of bounded length. It says where sentences start; those of a window that are
surely whole are kept, and the next window begins with the first sentence that may go on. Arcs are chosen within a
sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.language.encoder import STATES, Encoder, Scores
from onrecord.language.trees import best_labels, best_tree

_SHORT, _LONG = 118, 248
"""Pieces of a window: the length of run that training knew best, and one for a sentence that does not end in that."""
NOWHERE = -1

Ids = NDArray[np.int64]


class Words(NamedTuple):
    """The words of a text, white space left out.

    `spaced` says whether white space follows each; `paragraphs` are ranges of them, in order, that leave none out;
    `start_at` is, for each, the word at which a sentence starts if the encoder says that one starts here: that word
    itself, one before it in its paragraph, or `NOWHERE`; `sure` says where one starts in any case.
    """

    forms: Sequence[str]
    spaced: Sequence[bool]
    paragraphs: Sequence[tuple[int, int]]
    start_at: Sequence[int]
    sure: Sequence[bool]


@dataclass(frozen=True, slots=True)
class Parse:
    """For each word: whether a sentence starts, its head (itself for a root), ids of its labels, its states."""

    starts: NDArray[np.bool_]
    heads: Ids
    parts_of_speech: Ids
    relations: Ids
    names: Ids
    states: NDArray[np.float32]
    """(n, `STATES`): see `Scores.states`."""


def parse(encoder: Encoder, words: Words) -> Parse:
    """Return sentence starts, tags, trees and names of a text's words."""
    n = len(words.forms)
    parts, relations, names = np.zeros((3, n), np.int64)
    states = np.zeros((n, STATES), np.float32)
    result = Parse(np.zeros(n, bool), np.arange(n), parts, relations, names, states)
    for start, stop in words.paragraphs:
        while start < stop:
            start = _parse_window(encoder, words, start, stop, result)
    return result


def _parse_window(encoder: Encoder, words: Words, start: int, stop: int, result: Parse) -> int:
    """Fill in `result` for the first sentences of [start, stop); return where the next one starts."""
    for pieces in (_SHORT, _LONG):
        end = _window_end(encoder, words, start, stop, pieces)
        scores = encoder.score(words.forms[start:end], words.spaced[start:end])
        bounds = _sentences(scores, words.start_at[start:end], words.sure[start:end], start)
        if end == stop or len(bounds) > 2:
            break
    if end < stop and len(bounds) > 2:
        bounds.pop()
    heads = _trees(scores.arcs, bounds)
    n = len(heads)
    kept = slice(start, start + n)
    result.starts[start + np.array(bounds[:-1])] = True
    result.heads[kept] = start + np.where(heads > 0, heads - 1, np.arange(n))
    result.parts_of_speech[kept] = scores.parts_of_speech[:n]
    result.relations[kept] = encoder.label(scores.dependents[1 : n + 1], scores.heads[heads])
    result.names[kept] = best_labels(scores.names[:n])
    result.states[kept] = scores.states[:n]
    return start + n


def _window_end(encoder: Encoder, words: Words, start: int, stop: int, pieces: int) -> int:
    for at in range(start, stop):
        pieces -= len(encoder.pieces.word(words.forms[at])[0])
        if pieces < 0 and at > start:
            return at
    return stop


def _sentences(scores: Scores, start_at: Sequence[int], sure: Sequence[bool], offset: int) -> list[int]:
    """Return where in the window sentences start, and its end."""
    seen = (start_at[at] - offset for at in np.flatnonzero(scores.starts > 0).tolist())
    places = {at for at in seen if at > 0}.union((0,), (at for at, is_sure in enumerate(sure) if is_sure))
    return [*sorted(places), len(start_at)]


def _trees(arcs: NDArray[np.float32], bounds: Sequence[int]) -> Ids:
    """Return the head of every word of the sentences between `bounds`, 1-based in the window, 0 for a root."""
    heads = np.zeros(bounds[-1], dtype=np.int64)
    for start, end in pairwise(bounds):
        places = slice(start, end + 1)
        within = arcs[places, places].copy()
        within[0], within[:, 0] = arcs[0, places], arcs[places, 0]  # the root stands where the word before stood
        found = best_tree(within)
        heads[start:end] = np.where(found > 0, start + found, 0)
    return heads
