"""Sources named by a phrase instead of a verb: `according to the ministry`."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.language.phrases import NOMINAL, child, clause, noun_phrase, relation, subject
from onrecord.statements.clauses import skip_connectives
from onrecord.statements.reader import Attribution, Reader


def by_source(reader: Reader, token: Token) -> Iterator[Attribution]:
    """Yield what stands under `according to`."""
    if token.lower_ != "according" or token.i + 1 >= len(reader.doc) or reader.doc[token.i + 1].lower_ != "to":
        return
    source = _noun_from(reader, token.i + 2)
    if source is None:
        return
    first, last = reader.sentence(token.i)
    start, end = token.i, max(noun_phrase(source)[1], source.right_edge.i + 1)
    while end - 1 > start and (reader.doc[end - 1].is_space or reader.doc[end - 1].is_punct):
        end -= 1
    governor = (token.head if relation(token) == "case" else token).head
    cue = token.i, token.i + 2
    said = _under_source(reader, governor, (first, start), (end, last))
    if said is not None:
        yield reader.attribution(*said, _named_source(source), cue)


def _noun_from(reader: Reader, i: int) -> Token | None:
    """Return the head of the noun phrase that starts at `i`; it reaches over no comma, whatever the tree says."""
    if i >= len(reader.doc):
        return None
    token = reader.doc[i]
    while token.head.i > token.i and token.head.pos_ in NOMINAL:
        if any(t.text == "," for t in reader.doc[token.i : token.head.i]):
            break
        token = token.head
    return token if token.pos_ in NOMINAL else None


def _under_source(
    reader: Reader, governor: Token, before: tuple[int, int], after: tuple[int, int]
) -> tuple[int, int] | None:
    """Return the clause to which `according to` belongs: before it, after it, or around it."""
    stop = reader.last_word(before[1]) + 1
    rest = reader.next_word(after[0])
    if stop <= before[0]:
        return (rest, after[1]) if reader.holds_words(rest, after[1]) else None
    start = before[0]
    if relation(governor) in {"conj", "advcl", "acl:relcl", "ccomp"} and start < governor.left_edge.i < stop:
        start = clause(governor)[0]
    start = skip_connectives(reader, start)
    if governor.i >= rest:
        return (start, after[1])
    return (start, stop) if reader.holds_words(start, stop) else None


def _named_source(source: Token) -> Token | None:
    """Return who is meant by `what the ministry announced`: the subject; else the noun itself."""
    if source.lower_ == "what":
        told = child(source, {"acl:relcl", "acl"})
        return subject(told) if told is not None else None
    return source
