"""What is promised or measured, in the story's words, without the number and the deadline."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from onrecord.claims.cues import lemma, noun_classes, verb_classes
from onrecord.claims.frames import Frame
from onrecord.language.mentions import TimeMention
from onrecord.language.phrases import RELATIVE_PRONOUNS, case, child, children, noun_phrase, relation, subject
from onrecord.model import ClaimKind, Quantity

_DROPPED = frozenset(
    {"the", "a", "an", "more", "extra", "additional", "another", "further", "its", "their", "his", "her", "our", "some"}
)
_MOVES = frozenset({"rise", "fall"})
_PURPOSES = frozenset({"for", "on", "to", "in", "towards", "toward", "into"})


def find_measure(frame: Frame, kind: ClaimKind, quantity: Quantity, times: Iterable[TimeMention]) -> list[int]:
    """Return the tokens that say what is measured or promised, in order; empty where nothing does."""
    head, verb = _measured(frame, quantity)
    if head is None:
        return []
    tokens = set(range(*noun_phrase(head, conjuncts=head != frame.counted)))
    if verb is not None:
        tokens.add(verb.i)
    tokens -= set(range(frame.start, frame.end))
    for time in times:
        tokens -= set(range(time.start, time.end))
    return _tidy(frame.doc, tokens, head)


def words(doc: Doc, tokens: list[int]) -> str | None:
    """Return the words of `tokens` as a phrase, None for none."""
    if not tokens:
        return None
    text = "".join(doc[i].text_with_ws if i + 1 in tokens else doc[i].text + " " for i in tokens)
    return " ".join(text.split())


def _tidy(doc: Doc, tokens: set[int], head: Token) -> list[int]:
    kept = sorted(i for i in tokens if not doc[i].is_space)
    while kept and (
        doc[kept[0]].lower_ in _DROPPED or doc[kept[0]].is_punct or doc[kept[0]].pos_ in {"ADP", "CCONJ", "DET"}
    ):
        kept.pop(0)
    while kept and (
        doc[kept[-1]].is_punct or (doc[kept[-1]].pos_ in {"ADP", "CCONJ", "DET", "PART"} and doc[kept[-1]] != head)
    ):
        kept.pop()
    return kept


def _measured(frame: Frame, quantity: Quantity) -> tuple[Token | None, Token | None]:
    """Return the head of what is measured, and the verb that is part of it (`people killed`)."""
    counted = frame.counted
    if quantity.unit == "count" or counted is not None:
        if counted is not None:
            return _of_counted(frame, counted)
        if quantity.unit == "count":
            return _of_bare_count(frame)
    for noun in frame.nouns:
        inner = _inside_noun(noun)
        if inner is not None:
            return inner, None
    return _of_amount(frame)


def _of_counted(frame: Frame, counted: Token) -> tuple[Token | None, Token | None]:
    if _MOVES & set(noun_classes(counted)) or {"pledge", "forecast", "demand"} & set(noun_classes(counted)):
        inner = _inside_noun(counted)
        return (inner, None) if inner is not None else _of_amount(frame) if _amount_subject(frame) else (counted, None)
    verb = frame.verb
    if verb is None or verb.pos_ != "VERB" or counted != frame.top:
        return counted, None
    role = relation(counted)
    plain = {"rise", "fall", "be", "pledge", "undertake", "demand", "propose", "forecast", "spend"} & set(
        verb_classes(verb)
    )
    return counted, verb if role in {"obj", "nsubj:pass", "nsubj"} and not plain else None


def _of_bare_count(frame: Frame) -> tuple[Token | None, Token | None]:
    verb = frame.verb
    if verb is None:
        return None, None
    return verb, None


def _inside_noun(noun: Token) -> Token | None:
    """Return what a rise, a target or a cost is of: `a cut in spending`, `the spending target`."""
    found = next(
        (c for c in children(noun, {"nmod"}) if case(c) in {"in", "of", "for", "on", "to"} and c.pos_ != "NUM"), None
    )
    if found is not None and found.lower_ not in {"%", "percent"}:
        return found
    return None


def _amount_subject(frame: Frame) -> bool:
    return frame.verb is not None and subject(frame.verb) is not None


def _of_amount(frame: Frame) -> tuple[Token | None, Token | None]:
    """Return what an amount (money, a share) measures: the object of the verb, or what it is for, or the subject."""
    verb = frame.verb
    if verb is None:
        return (frame.nouns[-1], None) if frame.nouns else (None, None)
    if relation(frame.top) not in {"obj", "nsubj", "nsubj:pass"}:
        thing = child(verb, {"obj"})
        if thing is not None and thing.lower_ not in RELATIVE_PRONOUNS:
            return thing, None
    if relation(frame.top) in {"nsubj:pass", "nsubj", "obj"} and not _is_move(verb):
        for purpose in (*children(frame.root, {"nmod"}), *children(verb, {"obl"})):
            if case(purpose) in _PURPOSES and purpose != frame.top and purpose.pos_ in {"NOUN", "PROPN"}:
                return purpose, None
    if frame.nouns:
        return frame.nouns[0], None
    doer = subject(verb)
    if doer is not None and doer != frame.top and doer.pos_ not in {"PRON"}:
        return doer, None
    return (verb, None)


def _is_move(verb: Token) -> bool:
    return bool(_MOVES & set(verb_classes(verb))) or "be" in verb_classes(verb) or lemma(verb) == "be"
