"""A claim's words cut into runs: which of its fields each was read from, and which are words that were looked for."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from msgspec import Struct

from onrecord.model import Claim, Span
from onrecord.record.terms import Alternatives, spans_in

FIELDS = {
    "cue": "kind",
    "actor": "who",
    "measure": "what",
    "quantity": "how much",
    "when": "by when",
    "said_by": "said by",
}
"""The fields whose words are marked, and what a person calls them."""


class Run(Struct, frozen=True):
    """Words under the same marks throughout."""

    text: str
    fields: tuple[str, ...] = ()
    """Names of `FIELDS` that were read from them."""
    found: bool = False
    """Whether they were looked for."""


def marked(words: str, claim: Claim | None = None, sought: Alternatives = ()) -> tuple[Run, ...]:
    """Return `words`, those of a claim's evidence where it is one's, in runs; joined these are the words again."""
    fields = list(_fields(claim, len(words))) if claim else []
    hits = [Span(*span) for span in spans_in(words, sought)] if sought else []
    return tuple(
        Run(
            piece.of(words),
            tuple(name for name, span in fields if span.overlaps(piece)),
            any(span.overlaps(piece) for span in hits),
        )
        for piece in _pieces(len(words), [*(span for _, span in fields), *hits])
    )


def _fields(claim: Claim, length: int) -> Iterable[tuple[str, Span]]:
    """Yield the fields that stand in the claim's evidence, and where, counted from its beginning."""
    first = claim.evidence.start
    for name in FIELDS:
        span: Span | None = getattr(claim.spans, name)
        if span and claim.evidence.contains(span) and span.end - first <= length:
            yield name, Span(span.start - first, span.end - first)


def _pieces(length: int, spans: Iterable[Span]) -> Iterable[Span]:
    cuts = sorted({0, length, *(at for span in spans for at in (span.start, span.end))})
    return (Span(start, end) for start, end in pairwise(cuts))
