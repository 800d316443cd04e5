"""Who says it: the speaker of the statement around a claim, or whoever performs the saying in the claim's own clause."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from onrecord.claims.context import Context
from onrecord.claims.cues import lemma, noun_classes
from onrecord.claims.frames import Frame
from onrecord.language.phrases import agent, case, children, is_passive, relation, subject, word_set
from onrecord.model import Span, Statement

_PERFORMATIVE = word_set(
    """announce assure appeal ask call demand estimate expect fear forecast guarantee insist pledge predict project promise
    propose recommend reject report request suggest swear urge vow warn want calculate reckon"""
)
"""Verbs whose subject performs the saying; `plan`, `aim` and `decide` report without anybody's words."""


class Sayer(NamedTuple):
    """A name and where it was read, both None where the story speaks in its own voice."""

    name: str | None
    span: Span | None


def find_sayer(context: Context, frame: Frame, statement: Statement | None) -> Sayer:
    """Return whoever the story attributes a claim to."""
    inner = _performer(context, frame, statement)
    if inner is not None:
        return inner
    if statement is not None:
        return Sayer(statement.speaker, statement.speaker_span)
    return Sayer(None, None)


def _performer(context: Context, frame: Frame, statement: Statement | None) -> Sayer | None:
    """Return the subject of a pledging or demanding verb over the quantity, or the holder of a pledge as a noun."""
    if statement is not None:
        return None
    for noun in (*frame.nouns, *(t for t in frame.above if t.pos_ == "NOUN")):
        if {"pledge", "demand", "propose", "forecast"} & set(noun_classes(noun)):
            for holder in children(noun, {"nmod:poss", "nmod"}):
                if relation(holder) == "nmod:poss" or case(holder) in {"by", "from"}:
                    return _named(context, holder)
    for token in frame.predicates:
        if lemma(token) in _PERFORMATIVE:
            doer = agent(token) if is_passive(token) else subject(token)
            if doer is not None:
                return _named(context, doer)
    return None


def _named(context: Context, head: Token) -> Sayer:
    return Sayer(context.name(head), context.span(head))
