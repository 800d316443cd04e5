"""Who is bound, asked, expected or measured."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from onrecord.claims.context import Context
from onrecord.claims.cues import lemma, modal, noun_classes, verb_classes
from onrecord.claims.frames import Frame, embedding, is_predicate
from onrecord.language.gazetteer import country_of
from onrecord.language.phrases import agent, case, child, children, is_passive, relation, subject
from onrecord.model import ClaimKind, Span, Statement

_ASKING = frozenset(
    {"ask", "urge", "call", "tell", "press", "want", "expect", "require", "request", "order", "instruct", "beg"}
)
_PLACES = frozenset(
    {"in", "across", "throughout", "at", "on", "near", "within", "inside", "around", "to", "for", "from"}
)


class Actor(NamedTuple):
    """A name and where it was read; the span is None where it is inferred."""

    name: str | None
    span: Span | None


NOBODY = Actor(None, None)


def find_actor(context: Context, frame: Frame, kind: ClaimKind, statement: Statement | None) -> Actor:
    """Return who is bound, asked, expected or measured in a claim of `kind`."""
    speaker = statement.speaker if statement is not None else None
    for token in _candidates(context, frame, kind):
        name = context.name(token, speaker)
        if name is not None:
            return Actor(name, context.span(token))
    if kind == "demand":
        return NOBODY
    if speaker is not None and kind in {"commitment", "proposal"}:
        return Actor(_body_of(context, speaker), None)
    return Actor(context.place, None)


def _body_of(context: Context, speaker: str) -> str:
    """Return the country or body that a speaker binds: the one that they lead, else themselves."""
    return context.analysis.names.body_led_by(speaker) or speaker


def _candidates(context: Context, frame: Frame, kind: ClaimKind) -> list[Token]:
    found: list[Token] = []
    if kind == "demand":
        found += _asked(frame)
    found += _holders(context, frame)
    found += _doers(context, frame, kind)
    found += _owners(context, frame)
    if kind in {"figure", "forecast"}:
        found += _places(context, frame)
    return found


def _asked(frame: Frame) -> list[Token]:
    """Return who is asked: the object of the verb of asking, `on` whom one calls."""
    for token in frame.predicates:
        if lemma(token) in _ASKING:
            asked = child(token, {"obj", "iobj"}) if child(token, {"xcomp", "ccomp"}) is not None else None
            asked = asked or next((c for c in children(token, {"obl"}) if case(c) in {"on", "upon"}), None)
            if asked is not None:
                return [asked]
            inner = child(token, {"xcomp", "ccomp"})
            doer = child(inner, {"nsubj"}) if inner is not None else None
            if doer is not None:
                return [doer]
    return []


def _holders(context: Context, frame: Frame) -> list[Token]:
    """Return who holds the pledge, target or plan that stands over the quantity: `Berlin's pledge to`, `a demand by`."""
    nouns = [*frame.nouns, *(t for t in frame.above if t.pos_ == "NOUN")]
    for noun in nouns:
        if not {"pledge", "propose", "demand"} & set(noun_classes(noun)):
            continue
        for holder in children(noun, {"nmod:poss", "nmod", "compound"}):
            if relation(holder) != "nmod" or case(holder) in {"by", "of", "from"}:
                if _can_act(context, holder):
                    return [holder]
    return []


def _doers(context: Context, frame: Frame, kind: ClaimKind) -> list[Token]:
    """Return the subjects of the verb and of what it is embedded in, agents of passives first, if they can act."""
    found = []
    for name, token in [("", frame.verb), *embedding(frame)]:
        if token is None:
            continue
        if not is_predicate(token):
            continue
        if name == "ccomp" and kind in {"figure", "forecast", "demand"} and "pledge" not in verb_classes(token):
            break
        doer = agent(token) if is_passive(token) else subject(token)
        if doer is not None and doer not in (frame.counted, frame.root) and _can_act(context, doer):
            found.append(doer)
        elif doer is None and is_passive(token):
            continue
    return found


def _can_act(context: Context, token: Token) -> bool:
    """Return whether a noun phrase stands for somebody: a name, a pronoun, or a description of a person or body."""
    if token.pos_ == "PRON":
        return token.lower_ not in {"it", "this", "that", "which", "there", "these", "those", "what"} or (
            token.lower_ == "it" and relation(token) != "expl"
        )
    if token.pos_ == "PROPN" or token.i in context.entities:
        return True
    name = context.name(token)
    return name is not None and context.analysis.names.entity_named(name) is not None


def _owners(context: Context, frame: Frame) -> list[Token]:
    """Return whose the measured thing is: `Canada's jobless rate`, `exports of Ghana`, `Afghan civilians`."""
    heads = [t for t in (frame.counted, *frame.nouns, frame.top, _measured(frame)) if t is not None]
    found: list[Token] = []
    for head in heads:
        for owner in children(head, {"nmod:poss", "nmod", "compound", "amod", "nmod:desc"}):
            if owner.i in context.entities or country_of(owner.text) or relation(owner) == "nmod:poss":
                found.append(owner)
        if head.i in context.entities:
            found.append(head)
    return [t for t in found if not frame.start <= t.i < frame.end]


def _measured(frame: Frame) -> Token | None:
    return subject(frame.verb) if frame.verb is not None else None


def _places(context: Context, frame: Frame) -> list[Token]:
    """Return the places named in the clause, the nearest clause first."""
    for token in frame.predicates:
        for oblique in children(token, {"obl", "nmod"}):
            entity = context.entities.get(oblique.i)
            if entity is not None and entity.kind == "place" and case(oblique) in _PLACES:
                return [oblique]
    return []


def is_modal(verb: Token, name: str) -> bool:
    """Return whether the verb has a modal of the class `name`."""
    return modal(verb) == name
