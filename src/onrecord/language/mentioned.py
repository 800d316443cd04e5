"""Entities in the order of the story: who was named last, who is named next."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import islice

from onrecord.language.entities import Entity

_LOOK = 60
"""Mentions that are looked at for one that fits, on either side."""


class Mentions:
    """Entities by the places where they are named."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        found = sorted(
            ((start, entity) for entity in entities for start, _ in entity.mentions), key=lambda pair: pair[0]
        )
        self._at = [start for start, _ in found]
        self._entities = [entity for _, entity in found]

    def before(self, at: int) -> Iterator[Entity]:
        """Yield the entities named before token `at`, the latest first."""
        k = bisect_left(self._at, at)
        return (self._entities[i] for i in range(k - 1, max(-1, k - 1 - _LOOK), -1))

    def after(self, at: int) -> Iterator[Entity]:
        """Yield the entities named behind token `at`, the next first."""
        k = bisect_left(self._at, at + 1)
        return islice(iter(self._entities[k : k + _LOOK]), _LOOK)


def first_name(*groups: Iterable[Entity]) -> str | None:
    """Return the name of the first of the entities, None where there is none."""
    return next((entity.name for group in groups for entity in group), None)
