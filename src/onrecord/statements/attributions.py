"""Words of saying with their speaker and with what was said.

A verb is read in three ways: with words in quotation marks beside it, with the rest of the sentence around an
attribution set off in it (`..., said Ann Lee, ...`), and with the clause that it governs (`said that ...`).
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.language.phrases import agent, child, children, clause, is_negated, is_passive, relation
from onrecord.language.saying import (
    ACCUSE,
    ANY,
    BELIEVE,
    LABEL,
    REPORT_OBJECT,
    SAY,
    SPEAK,
    is_phrase,
    phrase_end,
    verb_of,
)
from onrecord.statements.clauses import around, content_head, governed, opens_colon, opens_with_that, set_off_clause
from onrecord.statements.quoted import quotation_before, quotations_after, quoted_object
from onrecord.statements.reader import Attribution, Reader
from onrecord.statements.settling import settled
from onrecord.statements.sources import by_source
from onrecord.statements.verbs import can_find, is_asserted, is_infinitive, segment, speaker_behind, speaker_of, told

_NAMING = LABEL | REPORT_OBJECT | BELIEVE
"""Verbs that put a quoted name or object on record."""


def find_attributions(reader: Reader) -> list[Attribution]:
    """Return what the story's verbs of saying and `according to` attribute, in text order of the cues."""
    found: list[Attribution] = []
    for token in reader.doc:
        if reader.quotation(token.i) is None:
            found += _by_verb(reader, token)
            found += by_source(reader, token)
    return settled(reader, found)


def _by_verb(reader: Reader, verb: Token) -> Iterator[Attribution]:
    if verb.pos_ not in {"VERB", "AUX"}:
        return
    lemma = verb_of(verb)
    if lemma in ACCUSE:
        yield from _accusation(reader, verb)
        return
    if not is_asserted(verb):
        yield from _hearsay(reader, verb)
        return
    cue = verb.i, phrase_end(verb)
    if lemma in ANY or is_phrase(verb):
        said = list(_said(reader, verb))
        yield from (reader.attribution(*part, cue) for part in said if reader.is_said(*part[:2]) and told(part[2]))
        if said:
            return
    source = speaker_of(verb) if lemma in _NAMING else None
    if source is not None and told(source):
        named = quoted_object(reader, verb)
        if named is not None:
            yield reader.attribution(*named, source, cue)


def _hearsay(reader: Reader, verb: Token) -> Iterator[Attribution]:
    """Yield what `it was reported that` reports, which nobody is named for."""
    told_of = child(verb, {"nsubj:pass", "expl", "nsubj"})
    if (
        verb_of(verb) not in SAY
        or is_negated(verb)
        or not is_passive(verb)
        or told_of is None
        or told_of.lower_ != "it"
    ):
        return
    clauses = (c for c in children(verb, {"ccomp", "csubj:pass", "csubj"}) if c.i > verb.i and opens_with_that(c))
    for head in clauses:
        yield reader.attribution(*clause(head), None, (verb.i, verb.i + 1))


def _said(reader: Reader, verb: Token) -> Iterator[tuple[int, int, Token]]:
    """Yield the ranges of what a verb of saying reports, each with the head of the speaker's noun phrase."""
    start, end = segment(reader, verb)
    if verb_of(verb) in SPEAK - SAY and any(c.i > verb.i for c in children(verb, {"xcomp", "ccomp"})):
        return
    before = quotation_before(reader, verb, start)
    after = list(quotations_after(reader, verb, end, resumed=before is not None))
    if before is not None or after:
        source = speaker_behind(verb, before[1] - 1) if before is not None else speaker_of(verb)
        if source is not None:
            yield from ((first, last, source) for first, last in [*([before] if before else []), *after])
        return
    if verb_of(verb) in SPEAK - SAY or is_infinitive(child(verb, {"xcomp"})):
        return
    head = content_head(verb)
    if head is None:
        head, start = set_off_clause(reader, verb, start)
    if head is not None and head.i < start and not opens_colon(reader, verb, end):
        source = speaker_behind(verb, head.i)
        if source is not None:
            start = min(start, source.left_edge.i) if source.i > head.i else start
            yield from ((first, last, source) for first, last in around(reader, head, start, end))
        return
    source = speaker_of(verb)
    if source is None or not can_find(reader, verb, source):
        return
    if opens_colon(reader, verb, end):
        yield end + 1, reader.sentence(verb.i)[1], source
        return
    found = governed(reader, verb, head, start, end)
    if found is not None:
        yield *found, source


def _accusation(reader: Reader, verb: Token) -> Iterator[Attribution]:
    """Yield what somebody is accused of: with the accused where the accusation is active."""
    if relation(verb) == "acl" or is_negated(verb):
        return
    accused = child(verb, {"obj", "iobj"})
    charge = next((t for t in verb.subtree if t.lower_ == "of" and t.i > (accused or verb).i), None)
    if charge is None:
        return
    end = _joined_gerunds(reader, charge.head.right_edge.i + 1)
    cue = verb.i, verb.i + 1
    if is_passive(verb) or accused is None:
        yield reader.attribution(charge.i, end, agent(verb), cue)
    else:
        yield reader.attribution(accused.left_edge.i, end, speaker_of(verb), cue)


def _joined_gerunds(reader: Reader, end: int) -> int:
    """Return where a charge ends with the gerunds joined to it, wherever the tree hung them: `and disrupting trade`."""
    while end + 1 < len(reader.doc) and reader.doc[end].pos_ == "CCONJ" and reader.doc[end + 1].lower_.endswith("ing"):
        end = max(end + 2, reader.doc[end + 1].right_edge.i + 1)
    return end
