"""Who says it: the speaker of the statement around a claim, or whoever performs the saying in its sentence."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.claims.actors import Standing
from onrecord.claims.context import Context
from onrecord.claims.cues import noun_classes, verb_classes
from onrecord.claims.decision import Option
from onrecord.claims.frames import Frame, embedding
from onrecord.language.phrases import agent, case, children, is_passive, relation, subject, word_set
from onrecord.language.saying import is_saying
from onrecord.model import ClaimKind, Span, Statement

Sayer = tuple[str | None, Span | None]
"""A name and where it was read, both None where the story speaks in its own voice."""
_PERFORMATIVE = word_set(
    """announce appeal ask assure calculate call demand estimate expect fear forecast guarantee insist pledge predict
    project promise propose reckon recommend reject report request suggest swear urge vow want warn"""
)
"""Verbs whose subject performs the saying; `plan`, `aim` and `decide` report without anybody's words."""


def sayer_options(
    context: Context, frame: Frame, kind: ClaimKind, statement: Statement | None, standing: Standing
) -> list[Option[Sayer]]:
    """Return the story's own voice, and everybody to whom the claim's sentence may attribute it.

    `standing` are the `names_in_sight` of the claim.
    """
    around = "said" if statement is not None and statement.speaker is not None else "unsaid"
    facts: dict[Sayer, set[str]] = {(None, None): {"own voice", f"own voice:{around}", f"own voice:{kind}:{around}"}}
    for source, sayer in _sayers(context, frame, statement):
        facts.setdefault(sayer, set()).update({source, f"{source}:{around}", f"{source}:{kind}"})
    return [
        Option(sayer, frozenset(found), tuple(standing.get(sayer[0], ())) if sayer[0] else ())
        for sayer, found in facts.items()
    ]


def _sayers(context: Context, frame: Frame, statement: Statement | None) -> Iterator[tuple[str, Sayer]]:
    speaker = None
    if statement is not None and statement.speaker is not None:
        speaker = statement.speaker
        cue = "carried" if statement.cue is None else "cued"
        yield f"statement:{statement.kind}:{cue}", (speaker, statement.speaker_span)
        yield "statement", (speaker, statement.speaker_span)
    for noun in (*frame.nouns, *(t for t in frame.above if t.pos_ == "NOUN")):
        if {"pledge", "demand", "propose", "forecast"} & set(noun_classes(noun)):
            for holder in children(noun, {"nmod:poss", "nmod"}):
                if relation(holder) == "nmod:poss" or case(holder) in {"by", "from"}:
                    yield f"holder:{relation(holder)}", _named(context, holder, speaker)
    steps = ([("own", frame.verb)] if frame.verb is not None else []) + embedding(frame)[:4]
    for depth, (name, token) in enumerate(steps):
        yield from _performers(context, frame, statement, speaker, (f"{min(depth, 1)}", name, token))


def _performers(
    context: Context,
    frame: Frame,
    statement: Statement | None,
    speaker: str | None,
    step: tuple[str, str, Token],
) -> Iterator[tuple[str, Sayer]]:
    depth, name, token = step
    doer = agent(token) if is_passive(token) else subject(token)
    if doer is None or doer in (frame.root, frame.counted):
        return
    sayer = _named(context, doer, speaker)
    if sayer[0] is None:
        return
    inside = "inside" if statement is not None and context.statement(token) is statement else "outside"
    if str(token.lemma_).lower() in _PERFORMATIVE:
        yield f"performer{depth}:{inside}", sayer
        yield from ((f"performer:{c}:{inside}", sayer) for c in verb_classes(token))
    elif is_saying(token) and name == "ccomp":
        yield f"sayer{depth}:{inside}", sayer
    else:
        yield from ((f"doer{depth}:{c}:{inside}", sayer) for c in verb_classes(token))


def _named(context: Context, head: Token, speaker: str | None) -> Sayer:
    return context.name(head, speaker), context.span(head)
