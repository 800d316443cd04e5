"""Which kind of claim a candidate is, if any: a logistic model over the facts of its construction.

The weights are trained by `tools/train_claims.py` and kept as JSON beside this module.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import cast

from onrecord.model import ClaimKind

NONE = "none"
"""Label of a candidate that is no claim."""
Model = tuple[tuple[str, ...], dict[str, list[float]]]


@lru_cache(maxsize=4)
def load_model(name: str) -> Model:
    """Return the labels of a model in order, and each fact's weight for every label."""
    content = json.loads((Path(__file__).parent / f"{name}.json").read_text(encoding="utf-8"))
    return tuple(content["labels"]), content["weights"]


def probabilities(facts: Iterable[str], model: Model) -> dict[str, float]:
    """Return the probability of each label for a candidate with these facts; facts that the model never saw count nothing."""
    labels, weights = model
    scores = [0.0] * len(labels)
    for fact in facts:
        for i, weight in enumerate(weights.get(fact, ())):
            scores[i] += weight
    top = max(scores)
    parts = [math.exp(score - top) for score in scores]
    return {label: part / sum(parts) for label, part in zip(labels, parts, strict=True)}


def decide(facts: Iterable[str], model: Model, *, least: float = 0.5) -> tuple[ClaimKind, float] | None:
    """Return the likeliest kind and the probability that the candidate is a claim of it.

    None where the candidate is less likely than `least` to be a claim at all.
    """
    found = probabilities(facts, model)
    if 1 - found.get(NONE, 0.0) < least:
        return None
    kind = max((label for label in found if label != NONE), key=lambda label: found[label])
    return cast(ClaimKind, kind), found[kind]
