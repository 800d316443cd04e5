"""Every quantity of a story with its construction: what the decision whether it is a claim, and of which kind, rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Token

from onrecord.claims.actors import sort_of
from onrecord.claims.context import Context
from onrecord.claims.cues import lemma, modal, noun_classes, verb_classes
from onrecord.claims.deadlines import when_options
from onrecord.claims.decision import Model, choose
from onrecord.claims.features import features
from onrecord.claims.frames import Frame, embedding, frame_of, frame_of_verb, is_infinitive, is_predicate, tense
from onrecord.language.mentions import QuantityMention, TimeMention
from onrecord.language.phrases import agent, child, is_negated, is_passive, relation, subject
from onrecord.model import ClaimKind, Statement


KINDS: Final[tuple[ClaimKind | None, ...]] = (None, "commitment", "demand", "proposal", "forecast", "figure")
"""What a candidate may be: no claim, or one of a kind."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be a claim: its frame, its quantity and time if any, the innermost statement around it, its facts."""

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
            when = choose(when_options(frame, times, mentions), times_model)
            statement = context.statement(frame.root)
            facts = features(
                frame,
                mention,
                when,
                statement,
                len(mentions) - 1,
                context.analysis.day,
                _who(context, frame, statement),
            )
            yield Candidate(frame, mention, when, statement, tuple(facts))


def _who(context: Context, frame: Frame, statement: Statement | None) -> str:
    """Return what kind of thing the predicate is said of (its agent, if passive)."""
    if frame.verb is None:
        return "nobody"
    doer = agent(frame.verb) if is_passive(frame.verb) else subject(frame.verb)
    if doer is None or doer in (frame.root, frame.counted):
        return "counted" if doer is not None else "nobody"
    return sort_of(context, context.name(doer, statement.speaker if statement is not None else None))


_BINDING = frozenset({"undertake", "pledge", "forecast", "demand", "propose"})
_LEADING = frozenset(
    {"have", "be", "seek", "hope", "want", "refuse", "continue", "likely", "set", "due", "ready", "able"}
)
"""Words over an infinitive that look ahead, besides the words of undertaking: `have to`, `due to`, `hopes to`."""


def find_undertakings(context: Context, times_model: Model) -> Iterator[Candidate]:
    """Yield every predicate that may bind somebody, or tell what is expected by a date, without a quantity of its own."""
    doc = context.analysis.doc
    busy = _verbs_with_quantities(context)
    for verb in doc:
        if verb.i in busy or not is_predicate(verb) or not _looks_ahead(verb):
            continue
        frame = frame_of_verb(verb)
        when = choose(when_options(frame, context.times.get(frame.sentence, ()), ()), times_model)
        statement = context.statement(verb)
        facts = _facts_ahead(context, frame, when, statement)
        yield Candidate(frame, None, when, statement, tuple(facts), _kinds(verb))


def _verbs_with_quantities(context: Context) -> frozenset[int]:
    frames = (frame_of(context.analysis.doc, m.start, m.end) for m in context.analysis.quantities)
    return frozenset(frame.verb.i for frame in frames if frame.verb is not None)


def _looks_ahead(verb: Token) -> bool:
    """Return whether a predicate tells of what is still to be: under a modal, `is to`, or a word of undertaking."""
    auxiliary = modal(verb)
    if auxiliary is not None and auxiliary != "can":
        return True
    if relation(verb) == "conj" and verb.head != verb and child(verb, {"nsubj", "nsubj:pass", "aux"}) is None:
        return is_predicate(verb.head) and _looks_ahead(verb.head)
    if is_infinitive(verb) and child(verb, {"cop"}) is not None:
        return True
    over = verb.head
    if relation(verb) in {"xcomp", "acl", "advcl"} and over != verb:
        return bool(_BINDING & {*verb_classes(over), *noun_classes(over)}) or lemma(over) in _LEADING
    return (
        "pledge" in verb_classes(verb) and child(verb, {"obj"}) is not None and child(verb, {"xcomp", "ccomp"}) is None
    )


def _construction(verb: Token) -> str:
    """Return by which construction a predicate looks ahead."""
    auxiliary = modal(verb)
    if auxiliary is not None and auxiliary != "can":
        return auxiliary
    if relation(verb) == "conj" and verb.head != verb and child(verb, {"nsubj", "nsubj:pass", "aux"}) is None:
        return _construction(verb.head)
    if is_infinitive(verb) and child(verb, {"cop"}) is not None:
        return "is to"
    over = verb.head
    if relation(verb) in {"xcomp", "acl", "advcl"} and over != verb:
        classes = noun_classes(over) if over.pos_ == "NOUN" else verb_classes(over)
        kind = next((c for c in ("pledge", "undertake", "demand", "propose", "forecast") if c in classes), lemma(over))
        return f"{kind} {relation(verb)}{' noun' if over.pos_ == 'NOUN' else ''}"
    return "pledge itself"


def _kinds(verb: Token) -> tuple[ClaimKind | None, ...]:
    """Return what a predicate without a quantity may be: `could` binds nobody, `must` binds others."""
    first = _construction(verb).split()[0]
    if first in {"may", "forecast", "likely", "hope", "able"}:
        return (None, "forecast")
    if first in {"must", "should", "have", "demand"}:
        return (None, "demand", "commitment")
    return (None, "commitment", "proposal", "forecast")


def _facts_ahead(context: Context, frame: Frame, when: TimeMention | None, statement: Statement | None) -> list[str]:
    """Return the facts of a predicate that looks ahead: how, who, by when, and how deep in its sentence."""
    verb = frame.root
    how = _construction(verb)
    doer = subject(verb)
    who = _who(context, frame, statement)
    time = "none" if when is None else when.when.relation
    said = "unsaid" if statement is None else "carried" if statement.cue is None else statement.kind
    over = embedding(frame)
    depth = over[0][0] if over else relation(verb)
    facts = [f"how:{how}", f"who:{who}", f"how:{how}|{who}", f"time:{time}", f"how:{how}|time:{time != 'none'}"]
    facts += [f"said:{said}", f"depth:{depth}", f"how:{how}|said:{said != 'unsaid'}", "bias"]
    facts += [f"verb:{c}" for c in verb_classes(verb)] + [f"verb:{lemma(verb)}"] * (lemma(verb) in {"be", "have"})
    facts += [f"has:{name}" for name in ("obj", "xcomp", "ccomp", "advcl", "expl") if child(verb, {name}) is not None]
    facts += [f"voice:{'passive' if is_passive(verb) else 'active'}"] + ["negated"] * is_negated(verb)
    facts += [f"over:{tense(over[0][1])}"] if over else []
    facts += ["conjunct"] * (relation(verb) == "conj")
    facts += [f"doer:{doer.lower_}"] if doer is not None and doer.pos_ == "PRON" else []
    facts += [f"mark:{c.lower_}" for c in verb.children if relation(c) == "mark" and c.lower_ != "to"]
    facts += ["question"] if verb.sent.text.rstrip().endswith("?") else []
    return facts
