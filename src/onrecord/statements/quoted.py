"""Quotations beside a verb: before it, behind it, or within its object."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.language.phrases import case, child, children, clause, dependents, relation, subtree, word_set
from onrecord.language.saying import BELIEVE, SAY, verb_of
from onrecord.statements.clauses import skip_connectives
from onrecord.statements.reader import Reader
from onrecord.statements.verbs import LONGEST_SOURCE, is_infinitive

_OBJECTS = frozenset({"obj", "iobj", "xcomp", "obl", "ccomp", "acl", "advmod"})
_NAMES_AS = word_set("call describe characterise characterize brand label denounce dismiss hail portray praise dub")


def quotation_before(reader: Reader, verb: Token, start: int) -> tuple[int, int] | None:
    """Return the words that end with a quotation right before an attribution, from their sentence's start.

    Right before is: nothing but a comma between; or the quotation ends in a comma of its own, as English sets off
    `..." said X`, and no other word of saying stands between.
    """
    quotation = reader.ended_before(start)
    if quotation is None:
        quotation = reader.set_off_before(verb.i, LONGEST_SOURCE)
        if quotation is None or any(_is_cue(t) for t in reader.doc[quotation.end : verb.i]):
            return None
    first, _ = reader.sentence(quotation.start)
    first = skip_connectives(reader, first)
    return min(first, quotation.start), quotation.end


def _is_cue(token: Token) -> bool:
    return token.pos_ == "VERB" and verb_of(token) in SAY


def quotations_after(reader: Reader, verb: Token, end: int, *, resumed: bool) -> Iterator[tuple[int, int]]:
    """Yield the quotation that follows a verb of saying, and those joined to it by `and`.

    `resumed` says that another stands before the verb: then `and` may also join the one that follows to that.
    """
    at = reader.next_word(end)
    if resumed and at < len(reader.doc) and reader.doc[at].pos_ == "CCONJ":
        at = reader.next_word(at + 1)
    if at < len(reader.doc) and reader.doc[at].lower_ == "that" and reader.quotation(at) is None:
        at = reader.next_word(at + 1)
    first = reader.doc[at - 1].text != ":" and not reader.doc[at - 1].is_space and reader.doc[at - 1].pos_ != "CCONJ"
    while at < len(reader.doc):
        quotation = reader.quotation(at)
        if quotation is None or quotation.start != at:
            return
        clause_head = next((c for c in children(verb, {"ccomp"}) if c.i > verb.i), None)
        if first and clause_head is not None and not _within(clause_head, quotation.start, quotation.end):
            return
        first = False
        yield quotation.start, quotation.end
        at = reader.next_word(quotation.end)
        if at >= len(reader.doc) or reader.doc[at].lower_ not in {"and", "or"}:
            return
        at = reader.next_word(at + 1)


def _within(head: Token, start: int, end: int) -> bool:
    first, last = clause(head)
    return start <= first and last <= end + 1


def quoted_object(reader: Reader, verb: Token) -> tuple[int, int] | None:
    """Return the object of a verb with what it is called, where quotation marks stand in it."""
    parts = [c for c in children(verb, _OBJECTS) if c.i > verb.i]
    start, end = verb.i + 1, verb.i + 1
    for part in parts:
        first, last = subtree(part)
        if first > end + 1:
            break
        end = last
    if start < end and reader.doc[start].lower_ == "that":
        start += 1
    inside = reader.quotations_within(start, end)
    if not inside and _names_as(verb, parts):
        return start, end
    if verb_of(verb) in BELIEVE and child(verb, {"ccomp"}) is None:
        return None
    if verb.head.lower_ == "what" or any(c.lower_ == "what" for _, c in dependents(verb)):
        return None
    if not inside or all(_is_title(reader, q.start, q.end) for q in inside):
        return None
    return start, end


def _names_as(verb: Token, parts: list[Token]) -> bool:
    """Return whether a verb calls its object something in so many words: `described it as a relief`."""
    if verb_of(verb) not in _NAMES_AS or relation(verb) in {"acl", "acl:relcl"} or not parts:
        return False
    if relation(parts[0]) not in {"obj", "iobj"} or parts[0].lower_ in {"what", "which", "on", "for"}:
        return False
    if verb_of(verb) in {"call", "dub", "brand", "label"}:
        return any(relation(part) in {"xcomp", "obj"} and not is_infinitive(part) for part in parts[1:])
    return any(case(part) == "as" for part in parts[1:])


def _is_title(reader: Reader, start: int, end: int) -> bool:
    """Return whether quoted words are a name: every word of weight with a capital."""
    words = [t.text for t in reader.doc[start:end] if t.is_alpha and len(t) > 3]
    return bool(words) and all(word[0].isupper() for word in words)
