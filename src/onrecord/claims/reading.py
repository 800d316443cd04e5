"""All claims of a story, with given models: candidates, decisions, and what stands twice once."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

from onrecord.claims.build import Builder
from onrecord.claims.candidates import KINDS, Candidate, find_candidates
from onrecord.claims.context import Context
from onrecord.claims.decision import Model, labelled, probabilities
from onrecord.claims.network import Network, Sight
from onrecord.claims.selection import once
from onrecord.claims.undertakings import find_undertakings
from onrecord.model import Claim, ClaimKind

_LEAST = {True: 0.4, False: 0.4}
"""Probability asked of a candidate with a quantity, and without one, to be a claim at all."""


def read_claims(context: Context, models: Mapping[str, Model], network: Network) -> tuple[Claim, ...]:
    """Return the claims of a story in order of standing."""
    quantified = list(find_candidates(context, models["time"]))
    undertakings = list(find_undertakings(context, models["time"]))
    sights = network.look(context, [*quantified, *undertakings])
    found = [
        *_read(context, models, quantified, sights[: len(quantified)]),
        *_read(context, models, undertakings, sights[len(quantified) :]),
    ]
    return once(found)


def _read(
    context: Context, models: Mapping[str, Model], candidates: Sequence[Candidate], sights: Sequence[Sight]
) -> Iterator[Claim]:
    builder = Builder(context, models)
    for candidate, sight in zip(candidates, sights, strict=True):
        kind, probability = decide(candidate, sight, models["kind"])
        if kind is not None and counts(candidate, kind):
            has_quantity = candidate.mention is not None
            confidence = calibrated(probability, models["confidence"], has_quantity=has_quantity)
            yield builder.build(candidate, sight, kind, confidence)


def counts(candidate: Candidate, kind: ClaimKind) -> bool:
    """Return whether a candidate of this kind goes on record: without number or date only a commitment does."""
    return candidate.mention is not None or kind == "commitment" or candidate.when is not None


def decide(candidate: Candidate, sight: Sight, model: Model) -> tuple[ClaimKind | None, float]:
    """Return a candidate's likeliest kind, None where it is too unlikely to be a claim at all, with its probability."""
    seen = [float(sight.kinds[KINDS.index(kind)]) for kind in candidate.kinds]
    found = probabilities(labelled(candidate.kinds, candidate.facts), model, seen)
    none = candidate.kinds.index(None)
    best = max((i for i in range(len(found)) if i != none), key=lambda i: found[i])
    if 1 - found[none] < _LEAST[candidate.mention is not None]:
        return None, found[none]
    return candidate.kinds[best], found[best]


def calibrated(probability: float, model: Model, *, has_quantity: bool) -> float:
    """Return how likely a claim with this probability of its kind is right, to two decimals.

    Platt scaling: a logistic curve over the log odds, fitted on annotated captures that the models had not seen.
    """
    sort = "quantified" if has_quantity else "unquantified"
    line = model[f"{sort} slope"] * log_odds(probability) + model[f"{sort} offset"]
    return round(1 / (1 + math.exp(-line)), 2)


def log_odds(probability: float) -> float:
    """Return the natural log of the odds; what is nearer than 0.5 % to 0 or 1 counts as 0.5 %, never as certain."""
    bounded = min(max(probability, 0.005), 0.995)
    return math.log(bounded / (1 - bounded))
