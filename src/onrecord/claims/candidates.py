"""Every quantity of a story with its construction: what the decision whether it is a claim, and of which kind, rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.claims.context import Context
from onrecord.claims.deadlines import when_options
from onrecord.claims.decision import Model, choose
from onrecord.claims.features import features
from onrecord.claims.frames import Frame, frame_of
from onrecord.language.mentions import QuantityMention, TimeMention
from onrecord.model import Statement


@dataclass(frozen=True, slots=True)
class Candidate:
    """A quantity that may be a claim: its frame, its time, the innermost statement around it, and the facts of it."""

    frame: Frame
    mention: QuantityMention
    when: TimeMention | None
    statement: Statement | None
    facts: tuple[str, ...]


def find_candidates(context: Context, times_model: Model) -> Iterator[Candidate]:
    """Yield every quantity of the story's body, in order."""
    doc = context.analysis.doc
    for sentence, mentions in context.quantities.items():
        times = context.times.get(sentence, ())
        for mention in mentions:
            frame = frame_of(doc, mention.start, mention.end)
            when = choose(when_options(frame, times, mentions), times_model)
            statement = context.statement(frame.root)
            facts = features(frame, mention, when, statement, len(mentions) - 1)
            yield Candidate(frame, mention, when, statement, tuple(facts))
