"""A story as the network of claims sees it: arrays over its tokens, and the windows in which it looks at them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from onrecord.claims.context import Context
from onrecord.language.english import States, states_of
from onrecord.language.phrases import relation
from onrecord.model import Statement

Ids = NDArray[np.int64]


def _in_order(names: str) -> tuple[str, ...]:
    return tuple(names.split())


PARTS: Final = _in_order("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X SPACE")
"""Parts of speech in the order of the network's table."""
RELATIONS: Final = (
    "",
    *_in_order(
        """acl advcl advmod amod appos aux case cc ccomp compound conj cop csubj dep det discourse expl fixed flat iobj
        list mark nmod nsubj nummod obj obl orphan parataxis punct root vocative xcomp reparandum dislocated goeswith"""
    ),
)
"""Relations without their subtypes, in the order of the network's table; the first stands for all others."""
MARKS: Final = 15
"""Rows of the network's table of marks: in a quantity or not, in a time or not, four kinds of statement, five of
names, first of its paragraph or not."""
LONGEST: Final = 600
"""Tokens of a window."""
_LEAD, _BEFORE = 60, 120
"""Tokens of a story's lead that every window begins with, and tokens before those that a window is about."""
_STATEMENTS = {"indirect": 1, "mixed": 2, "direct": 3}
_NAMES = {"person": 1, "body": 2, "place": 3}
_OTHER_NAME = 4
_PART_IDS = {part: number for number, part in enumerate(PARTS)}
_RELATION_IDS = {name: number for number, name in enumerate(RELATIONS)}


class View(NamedTuple):
    """A story's n tokens: states (n, 768), ids of parts of speech and relations (n,), marks (n, 4), paragraphs (n,)."""

    states: States
    parts: Ids
    relations: Ids
    marks: Ids
    paragraphs: Ids

    def marked(self, tokens: Ids) -> Ids:
        """Return the marks of a window's tokens, with a fifth that says which are the first of a paragraph there."""
        paragraphs = self.paragraphs[tokens]
        first = np.ones(len(tokens), dtype=np.int64)
        first[1:] = paragraphs[1:] != paragraphs[:-1]
        return np.concatenate([self.marks[tokens], 13 + first[:, None]], axis=1)


class Window(NamedTuple):
    """Tokens that the network sees together, and which of them, [start, end) of the story, it is asked about."""

    tokens: Ids
    start: int
    end: int


def view_of(context: Context) -> View:
    """Return the arrays of a story."""
    doc = context.analysis.doc
    marks = np.tile(np.array([0, 2, 4, 8]), (len(doc), 1))
    for quantity in context.analysis.quantities:
        marks[quantity.start : quantity.end, 0] = 1
    for time in context.analysis.times:
        marks[time.start : time.end, 1] = 3
    marks[:, 2] += [_of_statement(statement) for statement in context.statements]
    for i, entity in context.entities.items():
        marks[i, 3] = 8 + _NAMES.get(entity.kind, _OTHER_NAME)
    return View(states_of(doc), _parts(doc), _relations(doc), marks, _paragraphs(doc))


def windows(length: int) -> Iterator[Window]:
    """Yield the windows over a story of `length` tokens: the whole of it, or runs that follow each other.

    Every run comes with the story's lead and what stands before it, so that the work is linear in the length.
    """
    if length <= LONGEST:
        yield Window(np.arange(length), 0, length)
        return
    run = LONGEST - _LEAD - _BEFORE
    for start in range(0, length, run):
        end, first = min(length, start + run), max(0, start - _BEFORE)
        lead = np.arange(min(_LEAD, first))
        yield Window(np.concatenate([lead, np.arange(first if first > _LEAD else len(lead), end)]), start, end)


def _of_statement(statement: Statement | None) -> int:
    return 0 if statement is None else _STATEMENTS[statement.kind]


def _parts(doc: Doc) -> Ids:
    unknown = _PART_IDS["X"]
    return np.array([_PART_IDS.get(token.pos_, unknown) for token in doc], dtype=np.int64)


def _relations(doc: Doc) -> Ids:
    return np.array([_RELATION_IDS.get(relation(token).split(":")[0], 0) for token in doc], dtype=np.int64)


def _paragraphs(doc: Doc) -> Ids:
    return np.cumsum([token.is_space and token.text.count("\n") > 1 for token in doc], dtype=np.int64)
