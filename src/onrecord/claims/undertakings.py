"""Every predicate that looks ahead without a quantity: promises, decisions, and what is expected by a date."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.claims.actors import doer_sort
from onrecord.claims.candidates import Candidate
from onrecord.claims.context import Context
from onrecord.claims.cues import lemma, modal, noun_classes, verb_classes
from onrecord.claims.deadlines import when_options
from onrecord.claims.decision import Model, choose
from onrecord.claims.frames import (
    Frame,
    embedding,
    frame_of,
    frame_of_verb,
    is_believed,
    is_infinitive,
    is_predicate,
    tense,
)
from onrecord.language.mentions import TimeMention
from onrecord.language.phrases import child, is_negated, is_passive, relation, subject
from onrecord.model import ClaimKind, Statement

_CUES = ("pledge", "undertake", "demand", "want", "propose", "forecast")
_LEADING = frozenset({"have", "be", "refuse", "continue", "likely", "set", "due", "ready", "able"})
"""Words over an infinitive that look ahead, besides the words of undertaking: `have to`, `due to`, `ready to`."""


def find_undertakings(context: Context, times_model: Model) -> Iterator[Candidate]:
    """Yield every predicate that may bind somebody, or tell what is expected, and has no quantity of its own."""
    busy = _verbs_with_quantities(context)
    for verb in context.analysis.doc:
        how = _construction(verb) if verb.i not in busy and is_predicate(verb) else None
        if how is None:
            continue
        frame = frame_of_verb(verb)
        when = choose(when_options(frame, context.times.get(frame.sentence, ()), ()), times_model).value
        statement = context.statement(verb)
        who = doer_sort(context, frame, statement)
        facts = (*_of_construction(how, who, when, statement), *_of_verb(frame))
        kinds = (None, "forecast") if is_believed(frame) else _kinds(how)
        yield Candidate(frame, None, when, statement, facts, kinds)


def _verbs_with_quantities(context: Context) -> frozenset[int]:
    frames = (frame_of(context.analysis.doc, m.start, m.end) for m in context.analysis.quantities)
    return frozenset(frame.verb.i for frame in frames if frame.verb is not None)


def _construction(verb: Token) -> str | None:
    """Return how a predicate looks ahead: a modal, `is to`, or the word over it with the relation; None if not."""
    while modal(verb) in {None, "can"} and _shares(verb):
        verb = verb.head
    auxiliary = modal(verb)
    if auxiliary is not None and auxiliary != "can":
        return auxiliary
    if is_infinitive(verb) and child(verb, {"cop"}) is not None:
        return "is to"
    over = verb.head
    if relation(verb) in {"xcomp", "acl", "advcl"} and over != verb:
        noun = over.pos_ == "NOUN"
        classes = noun_classes(over) if noun else verb_classes(over)
        word = next((c for c in _CUES if c in classes), lemma(over))
        return f"{word} {relation(verb)}{' noun' if noun else ''}" if word in {*_CUES, *_LEADING} else None
    itself = "pledge" in verb_classes(verb) and child(verb, {"obj"}) is not None
    return "pledge itself" if itself and child(verb, {"xcomp", "ccomp"}) is None else None


def _shares(verb: Token) -> bool:
    """Return whether a coordinated predicate shares subject and auxiliaries of the one before it."""
    joined = relation(verb) == "conj" and verb.head != verb and is_predicate(verb.head)
    return joined and child(verb, {"nsubj", "nsubj:pass", "aux"}) is None


def _kinds(how: str) -> tuple[ClaimKind | None, ...]:
    """Return what a predicate without a quantity may be: `could` binds nobody, `must` binds others."""
    first = how.split()[0]
    if first in {"may", "forecast", "likely", "able"}:
        return (None, "forecast")
    if first in {"must", "should", "have", "demand"}:
        return (None, "demand", "commitment")
    return (None, "commitment", "proposal", "forecast")


def _of_construction(how: str, who: str, when: TimeMention | None, statement: Statement | None) -> Iterator[str]:
    time = "none" if when is None else when.when.relation
    said = "unsaid" if statement is None else "carried" if statement.cue is None else statement.kind
    yield from ("bias", f"how:{how}", f"who:{who}", f"how:{how}|{who}", f"time:{time}", f"said:{said}")
    yield f"how:{how}|time:{time != 'none'}"
    yield f"how:{how}|said:{said != 'unsaid'}"


def _of_verb(frame: Frame) -> Iterator[str]:
    verb = frame.root
    yield from (f"verb:{name}" for name in verb_classes(verb))
    if lemma(verb) in {"be", "have"}:
        yield f"verb:{lemma(verb)}"
    yield from (f"has:{name}" for name in ("obj", "xcomp", "ccomp", "advcl", "expl") if child(verb, {name}) is not None)
    yield f"voice:{'passive' if is_passive(verb) else 'active'}"
    if is_negated(verb):
        yield "negated"
    over = embedding(frame)
    yield f"depth:{over[0][0] if over else relation(verb)}"
    if over:
        yield f"over:{tense(over[0][1])}"
    if relation(verb) == "conj":
        yield "conjunct"
    doer = subject(verb)
    if doer is not None and doer.pos_ == "PRON":
        yield f"doer:{doer.lower_}"
    yield from (f"mark:{c.lower_}" for c in verb.children if relation(c) == "mark" and c.lower_ != "to")
    if verb.sent.text.rstrip().endswith("?"):
        yield "question"
