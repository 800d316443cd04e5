"""The claims of a sentence given by hand: it is put to the check, so each of its numbers is a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from onrecord.model import Claim, FieldSpans
from onrecord.verdicts.wording import AHEAD

if TYPE_CHECKING:
    from onrecord.language import Analysis


def claims_of_sentence(analysis: Analysis, found: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims `found` in a text put to the check, and one for every sentence whose first number has none.

    A claim in a sentence without a word of what is to come is a figure, whatever else a story might mean by it.
    """
    claims = [_as_figure(claim) for claim in found]
    claims += [claim for claim in _others(analysis) if not any(_tells(one, claim) for one in found)]
    return tuple(sorted(claims, key=lambda claim: (claim.evidence, claim.spans.quantity or claim.evidence)))


def _tells(one: Claim, other: Claim) -> bool:
    """Return whether a claim stands in the other's sentence and, if that has a number, at its number."""
    if not one.evidence.overlaps(other.evidence):
        return False
    number, first = one.spans.quantity, other.spans.quantity
    return first is None or (number is not None and number.overlaps(first))


def _as_figure(claim: Claim) -> Claim:
    return claim if AHEAD.search(claim.selector.exact.lower()) else replace(claim, kind="figure")


def _others(analysis: Analysis) -> Iterator[Claim]:
    """Yield a claim for each sentence, of its first number, without one of a rank."""
    for sentence in analysis.doc.sents:
        start, end = sentence.start, sentence.end
        inside = [one for one in analysis.quantities if start <= one.start < end]
        times = [one for one in analysis.times if start <= one.start < end]
        quantity = inside[0] if inside else None
        span = analysis.span(start, end)
        yield Claim(
            kind="forecast" if AHEAD.search(sentence.text.lower()) else "figure",
            actor=None,
            measure=None,
            quantity=quantity.quantity if quantity else None,
            when=times[0].when if times else None,
            said_by=None,
            negated=bool(re.search(r"\bnot\b|n't\b", sentence.text)),
            evidence=span,
            selector=analysis.selector(span),
            spans=FieldSpans(quantity=analysis.span(quantity.start, quantity.end) if quantity else None),
        )
