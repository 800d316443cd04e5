"""All claims of a story, with given models: candidates, decisions, and what stands twice once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from onrecord.claims.build import Before, build
from onrecord.claims.candidates import KINDS, Candidate, find_candidates
from onrecord.claims.context import Context
from onrecord.claims.decision import Model, labelled, probabilities
from onrecord.claims.selection import once
from onrecord.claims.undertakings import find_undertakings
from onrecord.model import Claim, ClaimKind

_RARER = 0.6
"""Share of `least` asked of predicates without a quantity, of which few are claims; best in cross-validation."""


def read_claims(context: Context, models: Mapping[str, Model], *, least: float = 0.5) -> tuple[Claim, ...]:
    """Return the claims of a story in order of standing: the candidates that are claims with probability `least`."""
    found = [*read_quantified(context, models, least), *read_undertakings(context, models, least)]
    return once(found)


def read_quantified(context: Context, models: Mapping[str, Model], least: float) -> Iterator[Claim]:
    """Yield the claims that carry a quantity."""
    before = Before()
    for candidate in find_candidates(context, models["when"]):
        kind = decide(facts_after(candidate, before), models["kind"], least)
        if kind is not None:
            claim, before = build(context, candidate, kind, models, before)
            yield claim


def read_undertakings(context: Context, models: Mapping[str, Model], least: float) -> Iterator[Claim]:
    """Yield the commitments without a quantity, and what else is claimed for a date."""
    before = Before()
    for candidate in find_undertakings(context, models["when"]):
        kind = decide(candidate.facts, models["undertaking"], least * _RARER, candidate.kinds)
        if kind is not None and (kind == "commitment" or candidate.when is not None):
            claim, before = build(context, candidate, kind, models, before)
            yield claim


def facts_after(candidate: Candidate, before: Before) -> list[str]:
    """Return a candidate's facts with those of the claim before it: a list of sums is mostly of one kind."""
    if before.kind is None:
        return [*candidate.facts, "first"]
    place = "same" if before.sentence == candidate.frame.sentence else "earlier"
    return [*candidate.facts, f"{place}:{before.kind}"]


def decide(
    facts: Iterable[str], model: Model, least: float, kinds: Sequence[ClaimKind | None] = KINDS
) -> ClaimKind | None:
    """Return the likeliest of `kinds`; None where the candidate is less likely than `least` to be a claim at all."""
    found = probabilities(labelled(kinds, facts), model)
    if 1 - found[0] < least:
        return None
    best = max(range(1, len(kinds)), key=lambda i: found[i])
    return kinds[best]
