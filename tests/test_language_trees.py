"""Trees and runs of labels from scores."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from onrecord.language.trees import best_labels, best_tree


def is_tree(heads: list[int]) -> bool:
    """Whether 1-based heads form one tree with one root."""
    if heads.count(0) != 1:
        return False
    for node in range(1, len(heads) + 1):
        steps = 0
        while node:
            node, steps = heads[node - 1], steps + 1
            if steps > len(heads):
                return False
    return True


def scores_of(n: int) -> st.SearchStrategy[np.ndarray]:
    return arrays(np.float32, (n + 1, n + 1), elements=st.integers(-20, 20).map(float))


def test_best_heads_are_taken_where_they_make_a_tree() -> None:
    scores = np.zeros((4, 4))
    scores[1, 2] = scores[2, 0] = scores[3, 2] = 5
    assert best_tree(scores).tolist() == [2, 0, 2]


def test_a_cycle_is_broken_where_that_costs_least() -> None:
    scores = np.full((4, 4), -9.0)
    scores[1, 2] = scores[2, 1] = 9.0  # a cycle of 1 and 2
    scores[1, 3], scores[2, 3] = 1.0, 5.0
    scores[3, 0] = 3.0
    assert best_tree(scores).tolist() == [2, 3, 0]


def test_two_roots_become_one() -> None:
    scores = np.full((3, 3), -1.0)
    scores[1, 0], scores[2, 0] = 5.0, 6.0
    assert best_tree(scores).tolist() == [2, 0]


@given(st.integers(1, 25).flatmap(scores_of))
def test_every_result_is_a_tree(scores: np.ndarray) -> None:
    assert is_tree(best_tree(scores).tolist())


@given(scores_of(4))
def test_no_tree_with_the_same_root_scores_better(scores: np.ndarray) -> None:
    found = best_tree(scores).tolist()
    normal = scores.astype(float)
    np.fill_diagonal(normal, -np.inf)
    normal -= np.log(np.exp(normal).sum(axis=1, keepdims=True))

    def total(heads: tuple[int, ...]) -> float:
        return float(sum(normal[d, h] for d, h in enumerate(heads, start=1) if h))

    same_root = [
        heads for heads in product(range(5), repeat=4) if is_tree(list(heads)) and heads.index(0) == found.index(0)
    ]
    assert total(tuple(found)) == pytest.approx(max(map(total, same_root)))


def test_an_inside_label_follows_its_own_begin() -> None:
    scores = np.array([[0.0, 0, 0, 0, 0], [0, 0, 3.0, 2.5, 0], [0, 0, 0, 0, 4.0]])
    assert best_labels(scores).tolist() == [0, 3, 4]


@given(st.integers(1, 12).flatmap(lambda n: arrays(np.float32, (n, 7), elements=st.integers(-9, 9).map(float))))
def test_no_run_of_labels_is_ill_formed(scores: np.ndarray) -> None:
    labels = [0, *best_labels(scores).tolist()]
    for before, label in pairwise(labels):
        assert label % 2 == 1 or label == 0 or before in {label, label - 1}
