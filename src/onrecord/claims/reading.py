"""All claims of a story, with given models: candidates, decisions, and what stands twice once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from onrecord.claims.build import build
from onrecord.claims.candidates import find_candidates
from onrecord.claims.context import Context
from onrecord.claims.decision import Model, labelled, probabilities
from onrecord.model import Claim, ClaimKind

KINDS: Final[tuple[ClaimKind | None, ...]] = (None, "commitment", "demand", "proposal", "forecast", "figure")


def read_claims(context: Context, models: Mapping[str, Model], *, least: float = 0.5) -> tuple[Claim, ...]:
    """Return the claims of a story in order of standing: the candidates that are claims with probability `least`."""
    claims: list[Claim] = []
    earlier: str | None = None
    for candidate in find_candidates(context, models["when"]):
        kind = decide(candidate.facts, models["kind"], least)
        if kind is not None:
            claim = build(context, candidate, kind, models, earlier)
            earlier = claim.actor or earlier
            claims.append(claim)
    return tuple(claims)


def decide(facts: Iterable[str], model: Model, least: float) -> ClaimKind | None:
    """Return the likeliest kind; None where the candidate is less likely than `least` to be a claim at all."""
    found = probabilities(labelled(KINDS, facts), model)
    if 1 - found[0] < least:
        return None
    best = max(range(1, len(KINDS)), key=lambda i: found[i])
    return KINDS[best]
