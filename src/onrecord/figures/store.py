"""Figures: every edition of every series, and what was known on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from onrecord.errors import UnknownEntity, UnknownIndicator
from onrecord.figures import catalogue, entities
from onrecord.figures.columns import Columns, Run, sort_key
from onrecord.figures.values import Entity, Indicator, Membership, Series
from onrecord.model import Observation

BUILT_IN: Final = Path(__file__).parent / "built_in.parquet"

_Editions = dict[str, list[Observation]]
"""The editions of each period, oldest first; periods in order of time."""


class Figures:
    """The figures that are known: those of the files it was loaded from. Nothing in it ever changes."""

    def __init__(self, files: Iterable[Columns]) -> None:
        own: dict[str, Indicator] = {}
        self._runs: dict[tuple[str, str], list[Run]] = {}
        self._known: dict[tuple[str, str], _Editions] = {}
        for columns in files:
            own |= {one.id: one for one in columns.indicators}
            for key, run in columns.runs().items():
                self._runs.setdefault(key, []).append(run)
        self._indicators = own | catalogue.indicators()
        self._observed = {indicator for indicator, _ in self._runs}

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Every indicator that has observations, the user's first."""
        return tuple(one for one in self._indicators.values() if one.id in self._observed)

    def has(self, indicator: str) -> bool:
        """Return whether there are observations of `indicator`, an identifier."""
        return indicator in self._observed

    def indicator(self, name: str) -> Indicator:
        """Return the indicator whose identifier is `name`; it may have no observations yet.

        Raises:
            UnknownIndicator: There is none; it carries the nearest identifiers.
        """
        if name not in self._indicators:
            raise UnknownIndicator(name, catalogue.nearest(name, self.indicators))
        return self._indicators[name]

    def entity(self, name: str) -> Entity:
        """Return the country or group that `name` names, a code or a name; see `entities.entity`.

        Raises:
            UnknownEntity: Nothing known is called so; it carries the nearest names.
        """
        return entities.entity(name)

    def entities(self, indicator: str) -> tuple[str, ...]:
        """Return the codes of all that `indicator` has observations of, in alphabetical order."""
        self.indicator(indicator)
        return tuple(sorted(entity for name, entity in self._runs if name == indicator))

    def lookup(
        self, indicator: str, entity: str, period: str | int, *, as_of: dt.date | None = None
    ) -> Observation | None:
        """Return the newest edition of one value that was public on `as_of` (None: the newest); None if there was none.

        An edition whose date is an upper bound counts from that day on. `entity` is a code or a name.

        Raises:
            UnknownIndicator: The catalogue has no such indicator.
            UnknownEntity: Nothing known is called so.
        """
        return _newest(self._editions(indicator, entity).get(str(period), ()), as_of)

    def editions(self, indicator: str, entity: str, period: str | int) -> tuple[Observation, ...]:
        """Return every edition of one value, oldest first; empty if there is none. Raises as `lookup` does."""
        return tuple(self._editions(indicator, entity).get(str(period), ()))

    def series(self, indicator: str, entity: str, *, as_of: dt.date | None = None, editions: bool = False) -> Series:
        """Return what was known on `as_of` (None: by now) for every period; with `editions` all of them, oldest first.

        Raises as `lookup` does.
        """
        found: list[Observation] = []
        for known in self._editions(indicator, entity).values():
            public = [one for one in known if as_of is None or one.edition <= as_of]
            found += public if editions else public[-1:]
        return Series(
            indicator=self.indicator(indicator),
            entity=_entity(entity),
            as_of=as_of,
            observations=tuple(found),
        )

    def members(self, group: str, day: dt.date) -> tuple[str, ...]:
        """Return the codes of who was a member of `group` on `day`, in alphabetical order.

        Members without dates (G7, G20, DAC) count on any day; empty where the members of a group are not recorded.

        Raises:
            UnknownEntity: `group` is not the code of a group.
        """
        return tuple(sorted(one.entity for one in self.memberships(group) if one.holds(day)))

    def memberships(self, group: str) -> tuple[Membership, ...]:
        """Return all members that `group` has or had, with dates and sources. Raises as `members` does."""
        known = entities.entities().get(group)
        if known is None or not known.group:
            raise UnknownEntity(group, [one.code for one in entities.entities().values() if one.group])
        return entities.memberships().get(group, ())

    def _editions(self, indicator: str, entity: str) -> _Editions:
        known = self._known.get((indicator, entity))
        if known is None:
            known = self._known[indicator, entity] = self._read(self.indicator(indicator).id, entity)
        return known

    def _read(self, indicator: str, entity: str) -> _Editions:
        known = _entity(entity)
        runs = self._runs.get((indicator, known.code)) or self._runs.get((indicator, known.series or ""), [])
        rows = [one for run in runs for one in run.observations()]
        editions: _Editions = {}
        for one in sorted(rows, key=sort_key) if len(runs) > 1 else rows:
            editions.setdefault(one.period, []).append(one)
        return editions


def _entity(name: str) -> Entity:
    return entities.entities().get(name) or entities.entity(name)


def _newest(editions: Iterable[Observation], as_of: dt.date | None) -> Observation | None:
    newest = None
    for one in editions:
        if as_of is not None and one.edition > as_of:
            break
        newest = one
    return newest


@cache
def _built_in() -> Columns:
    return Columns(BUILT_IN)


def load(folder: Path | None = None) -> Figures:
    """Return the built-in figures, and those that were added to `folder` (`user_folder()` is the usual one).

    Raises:
        FiguresError: A file of the folder cannot be read; a folder that does not exist holds nothing.
    """
    added = [Columns(path) for path in sorted(folder.glob("*.parquet"))] if folder is not None else []
    return Figures([_built_in(), *added])
