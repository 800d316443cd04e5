"""A verb of saying in its clause: whether it tells that something was said, by whom, and how far its words reach."""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.language.phrases import (
    NOMINAL,
    SUBJECTS,
    agent,
    case,
    child,
    children,
    dependents,
    is_negated,
    is_passive,
    nearest,
    noun_phrase,
    relation,
    subject,
    subtree,
    word_set,
)
from onrecord.language.saying import ADDRESSED, FIND, phrase_end, verb_of
from onrecord.statements.reader import Reader

CONTENT = frozenset({"ccomp", "parataxis"})
"""Relations by which what is said hangs on its verb."""
LONGEST_SOURCE = 30
"""Tokens between what was said and its verb of saying, at most."""
_CONTINUED = word_set("continue go begin proceed rush hasten use keep")
_QUOTING = word_set("quote cite report describe")
_AUTHOR_AND_READER = word_set("i we you me us one 's ’s let")
_TOLD_BY_THINGS = FIND | word_set(
    "confirm demand guarantee maintain promise signal stipulate stress underline underscore"
)
_CIRCUMSTANCES = frozenset({"punct", "conj", "cc", "advcl", "dep"})


def is_asserted(verb: Token) -> bool:
    """Return whether the saying is told as done: not denied, wished for, refused, or passive without a speaker."""
    if is_negated(verb) and verb_of(verb) != "deny":
        return False
    if is_passive(verb) or _is_bare_participle(verb):
        return agent(verb) is not None
    if relation(verb) == "conj" and child(verb, SUBJECTS) is None and is_infinitive(verb.head):
        return False
    return not is_infinitive(verb) or verb.head.lemma_ in _CONTINUED or verb.head.lower_ == "record"


def _is_bare_participle(verb: Token) -> bool:
    """Return whether the verb is a past participle with nothing of its own before it: `Asked whether ..., she said`."""
    if relation(verb) != "advcl" or child(verb, SUBJECTS | {"aux", "aux:pass", "mark"}) is not None:
        return False
    return not verb.lower_.endswith("ing") and verb.lower_ != verb_of(verb)


def told(source: Token) -> bool:
    """Return whether the speaker is somebody of whom the story tells: neither its author nor its reader."""
    return source.lower_ not in _AUTHOR_AND_READER


def is_infinitive(token: Token | None) -> bool:
    """Return whether the token heads an infinitive with `to`; False for None."""
    if token is None or child(token, {"cop", "aux"}) is not None:
        return False  # `prices are to rise` is a clause of its own
    return any(c.lower_ == "to" for c in children(token, {"mark"}))


def can_find(reader: Reader, verb: Token, source: Token) -> bool:
    """Return whether a verb of finding (`shows`, `indicates`) has a subject that speaks: no thing does."""
    return verb_of(verb) not in _TOLD_BY_THINGS or reader.names.can_speak(source)


def segment(reader: Reader, verb: Token) -> tuple[int, int]:
    """Return the tokens of the attribution itself: the verb with its speaker before it, hearer and circumstances."""
    start, end = verb.i, phrase_end(verb)
    told = nearest(verb, children(verb, SUBJECTS))
    for token in reversed(children(verb, SUBJECTS | {"aux", "aux:pass", "advmod"})):
        adjoins = token == told or (token.right_edge.i + 1 >= start and reader.doc[start - 1].text != ",")
        if token.i < verb.i and adjoins and reader.quotation(token.i) is None:
            start = min(start, token.left_edge.i)
    kept: set[int] = set()
    for name, token in dependents(verb):
        if token.i > verb.i and name not in CONTENT and name not in _CIRCUMSTANCES:
            kept.update(range(*subtree(token)))
    while end in kept:
        end += 1
    return start, end


def speaker_of(verb: Token) -> Token | None:
    """Return the head of the noun phrase that does the saying, None where the sentence gives none."""
    if child(verb, SUBJECTS) is None and verb.head.lemma_ in _QUOTING:
        quoting = verb.head
        if any(c.lower_ == "as" for c in children(verb, {"mark", "case"})):
            return subject(quoting) if is_passive(quoting) else child(quoting, {"obj", "iobj"})
    if relation(verb) in {"ccomp", "dep", "parataxis", "appos"} and verb.lower_.endswith("ing"):
        return subject(verb) or subject(verb.head)  # `he said it was late, adding that ...` with a tree gone wrong
    if is_passive(verb):
        return agent(verb)
    return subject(verb) or _unmarked_before(verb)


def _unmarked_before(verb: Token) -> Token | None:
    """Return the bare noun before a verb of saying that the tree gave no subject: `3 in 10 voters say`."""
    before = [c for c in children(verb, {"obl", "dep", "nmod"}) if c.i < verb.i and c.pos_ in NOMINAL]
    return next((c for c in reversed(before) if not case(c) and c.right_edge.i + 1 == verb.i), None)


def speaker_behind(verb: Token, content: int) -> Token | None:
    """Return the speaker of an attribution after its words: the verb's subject, or what follows it (`said Ann Lee`).

    `content` is a token of the words: nothing before it is the speaker. Where the tree gives the verb no subject, the
    noun phrase right behind it counts, then the last subject between the words and the verb.
    """
    own = nearest(verb, [c for c in children(verb, SUBJECTS) if c.i > content])
    if own is not None:
        return own
    if is_passive(verb):
        return agent(verb)
    if relation(verb) != "conj" and (behind := _noun_behind(verb)) is not None:
        return behind
    between = [t for t in verb.doc[content + 1 : verb.i] if relation(t) in SUBJECTS and t.pos_ in NOMINAL]
    return between[-1] if between and verb.head.lemma_ not in _QUOTING else speaker_of(verb)


def _noun_behind(verb: Token) -> Token | None:
    """Return the head of the noun phrase that starts right behind a verb, None where something else does."""
    if verb.i + 1 >= len(verb.doc):
        return None
    token = verb.doc[verb.i + 1]
    while token.head.i > token.i and token.head.pos_ in NOMINAL:
        token = token.head
    first, _ = noun_phrase(token)
    return token if token.pos_ in NOMINAL and first == verb.i + 1 and verb_of(verb) not in ADDRESSED else None
