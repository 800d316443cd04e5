"""From scores to structure: the best dependency tree of a sentence, the best run of name labels."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.floating]
Ids = NDArray[np.int64]

_NEVER = -1e9


def best_tree(scores: Scores) -> Ids:
    """Return the head of every word, 1-based, 0 for the one root.

    Args:
        scores: `scores[d, h]` for an arc from head h to dependent d, over the root (0) and the words (1 to n).

    The best head of each word is taken where that makes a tree with one root, as it mostly does; else the best tree is
    found (Chu and Liu 1965, Edmonds 1967), its root being the word that scores best as one.
    """
    scores = scores.astype(np.float64)
    np.fill_diagonal(scores, _NEVER)
    heads: Ids = scores.argmax(axis=1)
    if np.count_nonzero(heads[1:] == 0) == 1 and _cycle(heads) is None:
        return heads[1:]
    top = scores.max(axis=1, keepdims=True)
    scores -= top + np.log(np.exp(scores - top).sum(axis=1, keepdims=True))
    root = 1 + int(scores[1:, 0].argmax())
    scores[:, 0] = _NEVER
    scores[root, 0] = 0.0
    return _maximum_arborescence(scores)[1:]


def _cycle(heads: Ids) -> list[int] | None:
    """Return the nodes of a cycle, None where every node leads to 0."""
    above = heads.tolist()
    owner = [0] * len(above)
    for start in range(1, len(above)):
        path, node = [], start
        while node > 0 and not owner[node]:
            owner[node] = start
            path.append(node)
            node = above[node]
        if node > 0 and owner[node] == start:
            return path[path.index(node) :]
    return None


def _maximum_arborescence(scores: Scores) -> Ids:
    """Return the heads of the best tree: contract a cycle, solve the smaller graph, open the cycle at its entry."""
    heads: Ids = scores.argmax(axis=1)
    heads[0] = -1
    nodes = _cycle(heads)
    if nodes is None:
        return heads
    cycle = np.array(nodes)
    rest = np.setdiff1d(np.arange(len(scores)), cycle)
    last = len(rest)
    smaller = np.full((last + 1, last + 1), _NEVER)
    smaller[:last, :last] = scores[np.ix_(rest, rest)]
    leaving = scores[np.ix_(rest, cycle)]
    smaller[:last, last] = leaving.max(axis=1)
    entering = scores[np.ix_(cycle, rest)] - scores[cycle, heads[cycle]][:, None]
    smaller[last, :last] = entering.max(axis=0)
    smaller[0] = _NEVER
    np.fill_diagonal(smaller, _NEVER)
    solved = _maximum_arborescence(smaller)
    exits = leaving.argmax(axis=1)
    for node in range(1, last):
        heads[rest[node]] = rest[solved[node]] if solved[node] < last else cycle[exits[node]]
    entry = cycle[int(entering.argmax(axis=0)[solved[last]])]
    heads[entry] = rest[solved[last]]
    return heads


def best_labels(scores: Scores) -> Ids:
    """Return the best run of labels for `scores[word, label]`: 0 outside, then pairs of begin (odd) and inside (even).

    An inside follows only its own begin or inside (Viterbi).
    """
    labels: Ids = scores.argmax(axis=1)
    before = np.concatenate(([0], labels[:-1]))
    forbidden = _forbidden(scores.shape[1])
    if not forbidden[before, labels].any():
        return labels
    moves = np.where(forbidden, _NEVER, 0.0)
    reached = moves[0] + scores[0]
    back = np.zeros(scores.shape, dtype=np.int64)
    for word in range(1, len(scores)):
        paths = reached[:, None] + moves
        back[word] = paths.argmax(axis=0)
        reached = paths.max(axis=0) + scores[word]
    best = [int(reached.argmax())]
    for word in range(len(scores) - 1, 0, -1):
        best.append(int(back[word][best[-1]]))
    return np.array(best[::-1], dtype=np.int64)


@cache
def _forbidden(labels: int) -> NDArray[np.bool_]:
    """Return which label (column) must not follow which (row)."""
    before, after = np.indices((labels, labels))
    inside = (after > 0) & (after % 2 == 0)
    return np.asarray(inside & (before != after) & (before != after - 1))
