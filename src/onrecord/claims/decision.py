"""Decisions learned from annotated stories: conditional logistic models over named facts and the network's scores.

Every decision is a choice between options, each with the facts that speak for or against it: the kind of a candidate
(or none), the time, actor, measure and sayer of a claim. An option's score is the sum of its facts' weights and of
what the network (`onrecord.claims.network`) sees in its words, its probability the softmax of the scores (McFadden
1974). `tools/train_claims` trains both together; facts that a model never saw count nothing.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar

T = TypeVar("T")
Model = Mapping[str, float]
"""Each fact's weight."""


@dataclass(frozen=True, slots=True)
class Option(Generic[T]):
    """A value that a field may take, with the facts that speak for or against it, and the tokens of its words."""

    value: T
    facts: frozenset[str]
    tokens: tuple[int, ...] = ()


@lru_cache(maxsize=1)
def load_models() -> dict[str, Model]:
    """Return the models that come with the package, by name."""
    folder = Path(__file__).with_name("weights")
    models: dict[str, Model] = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
    return models


def labelled(labels: Iterable[T], facts: Iterable[str]) -> list[Option[T]]:
    """Return an option a label, each with the same facts, which weigh differently for every label."""
    known = list(facts)
    return [Option(label, frozenset(f"{label}|{fact}" for fact in known)) for label in labels]


def probabilities(options: Sequence[Option[T]], model: Model, seen: Sequence[float] | None = None) -> list[float]:
    """Return the probability of each option, in order; they add up to 1. `seen` are the network's scores of them."""
    scores = [_score(option, model) for option in options]
    if seen is not None:
        scores = [score + more for score, more in zip(scores, seen, strict=True)]
    top = max(scores)
    parts = [math.exp(score - top) for score in scores]
    return [part / sum(parts) for part in parts]


def choose(options: Sequence[Option[T]], model: Model, seen: Callable[[Option[T]], float] | None = None) -> Option[T]:
    """Return the option that scores best, the first of equals; `seen` gives the network's score of an option.

    Raises:
        ValueError: There is no option.
    """
    return max(options, key=lambda option: _score(option, model) + (seen(option) if seen is not None else 0.0))


def _score(option: Option[T], model: Model) -> float:
    # fsum is exact, so that the order in which a set is walked does not show
    return math.fsum(filter(None, map(model.get, option.facts)))
