"""Which country or city a story's descriptions are: `the country`, `his country`, `the island`, `the city`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import chain

from spacy.tokens import Doc, Token

from onrecord.language.entities import Entity
from onrecord.language.gazetteer import ISLANDS, KINGDOMS, LANDSCAPES, country_name, country_named, country_of
from onrecord.language.gazetteer_bodies import COUNTRY_NOUNS
from onrecord.language.mentioned import Mentions, first_name
from onrecord.language.phrases import case, child, children, relation

_LANDS = {"island": ISLANDS, "kingdom": KINGDOMS}
"""Nouns for some countries only."""
_CITIES = frozenset({"city", "town", "village"})


class Places:
    """The countries and cities of one story.

    `home` is the ISO code of the country that the story comes from or is about, None where it cannot be told; `named`
    gives the name of the noun phrase headed by a token: it is asked whose country is meant.
    """

    def __init__(
        self, doc: Doc, entities: Sequence[Entity], home: str | None, named: Callable[[Token], str | None]
    ) -> None:
        self._doc = doc
        self._named = named
        self._by_name = {entity.name: entity for entity in reversed(entities)}
        self._entity_at = {i: e for e in entities for start, end in e.mentions for i in range(start, end)}
        self._countries = Mentions(e for e in entities if country_named(e.name))
        self._home = self._home_name(home, entities)
        self._cities = Mentions(filter(_is_city, entities))

    def describes(self, noun: str) -> bool:
        """Return whether a common noun is what a country or city may be called."""
        return noun in COUNTRY_NOUNS or noun in _LANDS or noun in _CITIES

    def behind(self, head: Token) -> str | None:
        """Return the place that the definite description headed by `head` is; None where the story names none."""
        return self._city(head) if head.lemma_.lower() in _CITIES else self._country(head)

    def _country(self, head: Token) -> str | None:
        """Return the country that `the country`, `his country` or `the island` is.

        The owner's; else the last named in the sentence itself for its own sake (not `British ships`); else the
        story's; else the one named nearest. Islands and kingdoms are only those that are.
        """
        lands = _LANDS.get(head.lemma_.lower())
        owner = child(head, {"nmod:poss"})
        person = self._by_name.get(self._named(owner) or "") if owner is not None else None
        if person is not None and person.affiliation and (code := country_of(person.affiliation)) and lands is None:
            return self._home_name(code, self._by_name.values())

        def fitting(entity: Entity) -> bool:
            return lands is None or country_named(entity.name) in lands

        first = head.sent.start
        here = (self._entity_at.get(i) for i in range(head.i - 1, first - 1, -1) if not _only_tells(self._doc[i]))
        own = next((e.name for e in here if e is not None and country_named(e.name) and fitting(e)), None)
        if own is None and self._home is not None and (lands is None or country_named(self._home) in lands):
            own = self._home
        return own or first_name(filter(fitting, chain(self._countries.before(head.i), self._countries.after(head.i))))

    def _city(self, head: Token) -> str | None:
        """Return the city that `the city` is: the one that it is said to be (`the city of Oslo`), or the last named."""
        named = (self._entity_at.get(c.i) for c in children(head, {"nmod"}) if case(c) == "of")
        return first_name(e for e in named if e is not None) or first_name(self._cities.before(head.i))

    def _home_name(self, code: str | None, entities: Iterable[Entity]) -> str | None:
        """Return the name of the country with an ISO code as the story writes it, else as news does."""
        if code is None:
            return None
        return next((e.name for e in entities if country_named(e.name) == code), country_name(code))


def _is_city(entity: Entity) -> bool:
    """Return whether a named place may be a city: no country, no part of the world, no mountain."""
    if entity.kind != "place" or country_named(entity.name):
        return False
    return not LANDSCAPES.intersection(entity.name.lower().split())


def _only_tells(token: Token) -> bool:
    """Return whether a name only tells of what kind something else is: `U.S. forces`."""
    return relation(token) in {"amod", "compound", "flat"} and token.head.i > token.i
