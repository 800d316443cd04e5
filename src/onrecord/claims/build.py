"""From a candidate and its kind to the claim: every field, and where it was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from onrecord.claims.actors import actor_options, names_in_sight
from onrecord.claims.amounts import refine
from onrecord.claims.candidates import Candidate
from onrecord.claims.context import Context
from onrecord.claims.deadlines import when_options
from onrecord.claims.decision import Model, Option, choose
from onrecord.claims.frames import Frame
from onrecord.claims.measures import Words, measure_options, text_of
from onrecord.claims.negation import is_denied
from onrecord.claims.network import Sight
from onrecord.claims.sayers import sayer_options
from onrecord.language.phrases import sentence
from onrecord.model import Claim, ClaimKind, FieldSpans, Span


@dataclass(frozen=True, slots=True)
class Before:
    """What the story's claim before the one at hand leaves to it; empty at a story's start."""

    actor: str | None = None
    measure: Words = ()
    sentence: int | None = None

    def actor_in(self, sentence: int) -> str | None:
        """Return the actor if that claim stands in the same sentence: only there it is likely shared."""
        return self.actor if self.sentence == sentence else None


class Builder:
    """Makes claims of one story, in order of standing, each with what the one before it left."""

    def __init__(self, context: Context, models: Mapping[str, Model]) -> None:
        self._context, self._models, self._before = context, models, Before()

    def build(self, candidate: Candidate, sight: Sight, kind: ClaimKind, confidence: float) -> Claim:
        """Return the claim that a candidate of `kind` makes."""
        context, frame, mention = self._context, candidate.frame, candidate.mention
        quantity = refine(frame, mention.quantity) if mention is not None else None
        options = options_of(context, candidate, kind, self._before)
        pick = {slot: self._choose(slot, options[slot], sight) for slot in ("actor", "when", "sayer")}
        when, (sayer, sayer_span) = pick["when"].value, pick["sayer"].value
        actor = pick["actor"].value
        told = sight.best("actor", pick["actor"].tokens)
        named = {name for name in (actor, sayer) if name and context.analysis.names.entity_named(name)}
        things = [option for option in options["measure"] if text_of(frame.doc, _things(frame, option)) not in named]
        measure = self._choose("measure", things, sight).value  # whoever acts or speaks is not what is measured
        self._before = Before(actor or self._before.actor, measure, frame.sentence)
        analysis, evidence = context.analysis, sentence_span(context, frame)
        return Claim(
            kind=kind,
            actor=actor,
            country=analysis.names.country(actor) if actor is not None else None,
            measure=text_of(frame.doc, measure),
            quantity=quantity,
            when=when.when if when is not None else None,
            said_by=sayer,
            negated=is_denied(frame),
            confidence=confidence,
            evidence=evidence,
            selector=analysis.selector(evidence),
            spans=FieldSpans(
                cue=analysis.span(frame.verb.i, frame.verb.i + 1) if frame.verb is not None else None,
                actor=context.span(frame.doc[told]) if actor is not None and told is not None else None,
                measure=analysis.span(measure[0], measure[-1] + 1) if measure else None,
                quantity=analysis.span(mention.start, mention.end) if mention is not None else None,
                when=analysis.span(when.start, when.end) if when is not None else None,
                said_by=sayer_span,
            ),
        )

    def _choose(self, slot: str, options: Sequence[Option[Any]], sight: Sight) -> Option[Any]:
        return choose(options, self._models[slot], partial(sight.score, slot))


def options_of(context: Context, candidate: Candidate, kind: ClaimKind, before: Before) -> dict[str, list[Option[Any]]]:
    """Return for each field of a claim of `kind` what it may be; `before` is what the claim before it left."""
    frame, statement, mention = candidate.frame, candidate.statement, candidate.mention
    unit = mention.quantity.unit if mention is not None else "none"
    times = context.times.get(frame.sentence, ())
    quantities = context.quantities.get(frame.sentence, ()) if mention is not None else ()
    standing = names_in_sight(context, frame, statement)
    people = {i for i, entity in context.entities.items() if entity.kind == "person"}
    return {
        "actor": actor_options(context, frame, kind, statement, standing, before.actor_in(frame.sentence)),
        "measure": measure_options(frame, kind, unit, context.mentions(frame.sentence), before.measure, people),
        "when": when_options(frame, times, quantities),
        "sayer": sayer_options(context, frame, kind, statement, standing),
    }


def _things(frame: Frame, option: Option[Words]) -> Words:
    """Return a measure's words without its verb: of `Norway reach` Norway alone."""
    return tuple(i for i in option.value if frame.doc[i] != frame.verb)


def sentence_span(context: Context, frame: Frame) -> Span:
    """Return the capture's span of the sentence, white space at its ends left out."""
    start, end = sentence(frame.root)
    while end - 1 > start and frame.doc[end - 1].is_space:
        end -= 1
    while start < end - 1 and frame.doc[start].is_space:
        start += 1
    return context.analysis.span(start, end)
