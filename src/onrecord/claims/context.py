"""One story as the readers of claims see it: its analysis, which statement each word stands in, whom it is about."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import TypeVar

from spacy.tokens import Token

from onrecord.language import Analysis
from onrecord.language.entities import Entity
from onrecord.language.gazetteer import country_of
from onrecord.language.mentions import QuantityMention, TimeMention
from onrecord.language.phrases import noun_phrase, relation, sentence, sentences
from onrecord.model import Span, Statement

_MEASURES = frozenset({"GDP", "GNI", "GNP", "GW", "MW", "TW", "VAT", "CPI", "CO2", "PPP", "EV", "EVs", "AI"})
"""Measures that look like the names of bodies."""
_LEAD = 60
"""Tokens that count as the story's lead."""
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
    salient: tuple[str, ...]
    """The three names that the story gives most often, the lead's counting more."""
    headline: tuple[str, ...]
    """The names that the story's headline gives, in order."""
    place: str | None
    """The place among the names that the story gives most often."""
    body: str | None
    """The body among them."""
    dateline: str | None
    heads: tuple[int, ...]
    """Heads of the story's noun phrases, pronouns among them."""
    sentences: tuple[int, ...]
    """For each token the number of its sentence."""
    _names: dict[int, str | None] = field(default_factory=dict)
    """What `name_at` found, by token: most candidates ask for the same ones."""

    def sentence(self, i: int) -> int:
        """Return the number of the sentence that the token `i` stands in."""
        return self.sentences[i]

    def name_at(self, head: Token) -> str | None:
        """Return `name(head)`, worked out once."""
        if head.i not in self._names:
            self._names[head.i] = self.name(head)
        return self._names[head.i]

    def statement(self, token: Token) -> Statement | None:
        """Return the innermost statement that a token stands in."""
        return self.statements[token.i]

    def mentions(self, sentence: int) -> tuple[TimeMention | QuantityMention, ...]:
        """Return the times and quantities of a sentence."""
        return (*self.times.get(sentence, ()), *self.quantities.get(sentence, ()))

    def name(self, head: Token, speaker: str | None = None) -> str | None:
        """Return the most specific name that the story has for the noun phrase headed by `head`."""
        return self.analysis.names.resolve(*noun_phrase(head), speaker=speaker)

    def latest(self, at: int) -> tuple[str, ...]:
        """Return the names given in the sentence that ends before the token `at`, each once."""
        if at == 0:
            return ()
        before = range(*sentence(self.analysis.doc[at - 1]))
        return tuple(dict.fromkeys(self.entities[i].name for i in before if i in self.entities))

    def span(self, head: Token) -> Span:
        """Return where in the capture the noun phrase headed by `head` stands."""
        return self.analysis.span(*noun_phrase(head))


def context_of(analysis: Analysis, statements: Sequence[Statement]) -> Context:
    """Return the context of a story's claims."""
    dates = {i for time in analysis.times for i in range(time.start, time.end)}
    agency = analysis.story.agency
    named = [e for e in analysis.names.entities if e.mentions[0][0] not in dates and e.name not in {*_MEASURES, agency}]
    kinds = {entity.name: entity.kind for entity in named}
    ranked = _by_salience(named)
    entities = {i: e for e in named for start, end in e.mentions for i in range(start, end)}
    return Context(
        analysis,
        _innermost(analysis, statements),
        _by_sentence(analysis, analysis.times),
        _by_sentence(analysis, analysis.quantities),
        entities,
        tuple(ranked[:3]),
        _in_headline(analysis, named),
        next((name for name in ranked if kinds[name] == "place"), None),
        next((name for name in ranked if kinds[name] == "body"), None),
        _dateline(analysis, named),
        _heads(analysis),
        tuple(accumulate(int(i == start > 0) for i, (start, _) in enumerate(sentences(analysis.doc)))),
    )


def _heads(analysis: Analysis) -> tuple[int, ...]:
    inner = {"compound", "flat"}
    return tuple(t.i for t in analysis.doc if t.pos_ in {"NOUN", "PROPN", "PRON"} and relation(t) not in inner)


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
        found.setdefault(sentence(analysis.doc[mention.start])[0], []).append(mention)
    return {start: tuple(group) for start, group in found.items()}


def _by_salience(entities: Sequence[Entity]) -> list[str]:
    """Return the story's names, those given most often first; a name of the lead counts as three more."""
    weights = {e.name: len(e.mentions) + (3 if e.mentions[0][0] < _LEAD else 0) for e in entities}
    return sorted(weights, key=lambda name: -weights[name])


def _dateline(analysis: Analysis, entities: Sequence[Entity]) -> str | None:
    """Return the dateline's place as the story writes it, None where it has none."""
    place = (analysis.story.dateline or "").split(",")[0].strip()
    named = next((e.name for e in entities if e.name.casefold() == place.casefold()), None)
    return named or analysis.names.written(place) or None


def _in_headline(analysis: Analysis, entities: Sequence[Entity]) -> tuple[str, ...]:
    """Return the names that the headline gives, in whole or by their last word or country, in its order."""
    words = re.findall(r"[\w.&'’-]+", analysis.story.headline or "")
    found = []
    for word in words:
        bare = word.removesuffix("'s").removesuffix("’s")
        code = country_of(bare)
        found += [e.name for e in entities if bare in e.name.split() or (code and country_of(e.name) == code)]
    return tuple(dict.fromkeys(found))
