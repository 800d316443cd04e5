"""Claims: who is bound to, asks for, expects or reports what, how much and by when."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.claims.build import build
from onrecord.claims.candidates import find_candidates
from onrecord.claims.context import context_of
from onrecord.claims.decision import decide, load_model
from onrecord.language import Analysis
from onrecord.model import Claim, Statement

__all__ = ["find_claims"]


def find_claims(analysis: Analysis, statements: Sequence[Statement]) -> tuple[Claim, ...]:
    """Return what a story puts on record, in order of standing; `statements` are those found in the same story."""
    context = context_of(analysis, statements)
    model = load_model("quantified")
    claims = []
    for candidate in find_candidates(context):
        decision = decide(candidate.facts, model)
        if decision is not None:
            claims.append(build(context, candidate, decision[0]))
    return tuple(claims)
