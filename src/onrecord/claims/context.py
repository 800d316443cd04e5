"""One story as the readers of claims see it: its analysis, which statement each word stands in, whom it is about."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from spacy.tokens import Token

from onrecord.language import Analysis
from onrecord.language.entities import Entity
from onrecord.language.mentions import QuantityMention, TimeMention
from onrecord.language.phrases import noun_phrase
from onrecord.model import Span, Statement

T = TypeVar("T", QuantityMention, TimeMention)


@dataclass(frozen=True, slots=True)
class Context:
    """An analysed story with what its claims are read from, by token and by sentence (its first token)."""

    analysis: Analysis
    statements: tuple[Statement | None, ...]
    """For each token the innermost statement that it stands in."""
    times: dict[int, tuple[TimeMention, ...]]
    quantities: dict[int, tuple[QuantityMention, ...]]
    entities: dict[int, Entity]
    """The named entity that a token is part of."""
    place: str | None
    """The place that the story is about: the country or place that it names most, early and often."""

    def statement(self, token: Token) -> Statement | None:
        """Return the innermost statement that a token stands in."""
        return self.statements[token.i]

    def name(self, head: Token, speaker: str | None = None) -> str | None:
        """Return the most specific name that the story has for the noun phrase headed by `head`."""
        return self.analysis.names.resolve(*noun_phrase(head), speaker=speaker)

    def span(self, head: Token) -> Span:
        """Return where in the capture the noun phrase headed by `head` stands."""
        return self.analysis.span(*noun_phrase(head))


def context_of(analysis: Analysis, statements: Sequence[Statement]) -> Context:
    """Return the context of a story's claims."""
    doc = analysis.doc
    entities = {i: e for e in analysis.names.entities for start, end in e.mentions for i in range(start, end)}
    return Context(
        analysis,
        _innermost(analysis, statements),
        _by_sentence(analysis, analysis.times),
        _by_sentence(analysis, analysis.quantities),
        entities,
        _place(analysis) if len(doc) else None,
    )


def _innermost(analysis: Analysis, statements: Sequence[Statement]) -> tuple[Statement | None, ...]:
    offsets = [analysis.body.offset(token.idx) for token in analysis.doc]
    found: list[Statement | None] = [None] * len(offsets)
    for statement in sorted(statements, key=lambda s: s.content.start - s.content.end):
        first, last = (bisect_left(offsets, at) for at in (statement.content.start, statement.content.end))
        found[first:last] = [statement] * (last - first)
    return tuple(found)


def _by_sentence(analysis: Analysis, mentions: Sequence[T]) -> dict[int, tuple[T, ...]]:
    found: dict[int, list[T]] = {}
    for mention in mentions:
        found.setdefault(analysis.doc[mention.start].sent.start, []).append(mention)
    return {start: tuple(group) for start, group in found.items()}


def _place(analysis: Analysis) -> str | None:
    """Return the place named most often, the lead's places counting more; the dateline's where the body names none."""
    weights: Counter[str] = Counter()
    for entity in analysis.names.entities:
        if entity.kind == "place":
            weights[entity.name] = len(entity.mentions) + (2 if entity.mentions[0][0] < 60 else 0)
    if weights:
        return max(weights, key=lambda name: (weights[name], -_first(analysis, name)))
    dateline = analysis.story.dateline
    return dateline.split(",")[0] if dateline else None


def _first(analysis: Analysis, name: str) -> int:
    entity = analysis.names.entity_named(name)
    return entity.mentions[0][0] if entity is not None else 0
