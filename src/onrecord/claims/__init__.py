"""Claims: who is bound to, asks for, expects or reports what, how much and by when."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.claims.context import context_of
from onrecord.claims.decision import load_models
from onrecord.claims.network import load_network
from onrecord.claims.reading import read_claims
from onrecord.language import Analysis
from onrecord.model import Claim, Statement

__all__ = ["find_claims"]


def find_claims(analysis: Analysis, statements: Sequence[Statement]) -> tuple[Claim, ...]:
    """Return what a story puts on record, in order of standing; `statements` are those found in the same story."""
    context = context_of(analysis, statements)
    return read_claims(context, load_models(), load_network())
