"""Every quantity of a story with its construction: what decides whether it is a claim, and of which kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from onrecord.claims.actors import doer_sort
from onrecord.claims.context import Context
from onrecord.claims.deadlines import when_options
from onrecord.claims.decision import Model, choose
from onrecord.claims.features import features
from onrecord.claims.frames import Frame, frame_of
from onrecord.language.mentions import QuantityMention, TimeMention
from onrecord.model import ClaimKind, Statement

KINDS: Final[tuple[ClaimKind | None, ...]] = (None, "commitment", "demand", "proposal", "forecast", "figure")
"""What a candidate may be: no claim, or one of a kind."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be a claim: its frame, its quantity if any, the innermost statement around it, its facts.

    `when` is the time that seems to belong to it as far as the construction tells; the facts rest on it.
    """

    frame: Frame
    mention: QuantityMention | None
    when: TimeMention | None
    statement: Statement | None
    facts: tuple[str, ...]
    kinds: tuple[ClaimKind | None, ...] = KINDS


def find_candidates(context: Context, times_model: Model) -> Iterator[Candidate]:
    """Yield every quantity of the story's body, in order."""
    doc = context.analysis.doc
    for sentence, mentions in context.quantities.items():
        times = context.times.get(sentence, ())
        for mention in mentions:
            frame = frame_of(doc, mention.start, mention.end)
            when = choose(when_options(frame, times, mentions), times_model).value
            statement = context.statement(frame.root)
            facts = features(
                frame,
                mention,
                when,
                statement,
                len(mentions) - 1,
                context.analysis.day,
                doer_sort(context, frame, statement),
            )
            yield Candidate(frame, mention, when, statement, tuple(facts))
