"""From a candidate and its kind to the claim: every field, and where it was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from onrecord.claims.actors import actor_options
from onrecord.claims.amounts import refine
from onrecord.claims.candidates import Candidate
from onrecord.claims.context import Context
from onrecord.claims.decision import Model, choose
from onrecord.claims.frames import Frame
from onrecord.claims.measures import Words, measure_options, text_of
from onrecord.claims.negation import is_denied
from onrecord.claims.sayers import sayer_options
from onrecord.language.phrases import sentence
from onrecord.model import Claim, ClaimKind, FieldSpans, Span


@dataclass(frozen=True, slots=True)
class Before:
    """What the story's claim before the one at hand leaves to it; empty at a story's start."""

    kind: ClaimKind | None = None
    actor: str | None = None
    measure: Words = ()
    sentence: int | None = None

    def actor_in(self, sentence: int) -> str | None:
        """Return the actor if that claim stands in the same sentence: only there it is likely shared."""
        return self.actor if self.sentence == sentence else None


def build(
    context: Context, candidate: Candidate, kind: ClaimKind, models: Mapping[str, Model], before: Before
) -> tuple[Claim, Before]:
    """Return the claim that a candidate makes, and what it leaves to the next one."""
    frame, mention, statement = candidate.frame, candidate.mention, candidate.statement
    analysis = context.analysis
    quantity = refine(frame, mention.quantity) if mention is not None else None
    actor, actor_span = choose(
        actor_options(context, frame, kind, statement, before.actor_in(frame.sentence)), models["actor"]
    )
    sayer, sayer_span = choose(sayer_options(context, frame, kind, statement), models["sayer"])
    unit = quantity.unit if quantity is not None else "none"
    measure = choose(
        measure_options(frame, kind, unit, context.mentions(frame.sentence), before.measure), models["measure"]
    )
    evidence = sentence_span(context, frame)
    when = candidate.when
    claim = Claim(
        kind=kind,
        actor=actor,
        measure=text_of(frame.doc, measure),
        quantity=quantity,
        when=when.when if when is not None else None,
        said_by=sayer,
        negated=is_denied(frame),
        evidence=evidence,
        selector=analysis.selector(evidence),
        spans=FieldSpans(
            cue=analysis.span(frame.verb.i, frame.verb.i + 1) if frame.verb is not None else None,
            actor=actor_span,
            measure=analysis.span(measure[0], measure[-1] + 1) if measure else None,
            quantity=analysis.span(mention.start, mention.end) if mention is not None else None,
            when=analysis.span(when.start, when.end) if when is not None else None,
            said_by=sayer_span,
        ),
    )
    return claim, Before(kind, actor or before.actor, measure, frame.sentence)


def sentence_span(context: Context, frame: Frame) -> Span:
    """Return the capture's span of the sentence, white space at its ends left out."""
    start, end = sentence(frame.root)
    while end - 1 > start and frame.doc[end - 1].is_space:
        end -= 1
    while start < end - 1 and frame.doc[start].is_space:
        start += 1
    return context.analysis.span(start, end)
