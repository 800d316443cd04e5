"""The frozen values of the catalogue: indicators, entities, memberships, series."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import Struct

from onrecord.model import Observation

IndicatorKind = Literal["share", "amount", "count", "rate", "index"]

NATIONAL_CURRENCY = "national currency"
"""Unit of an indicator whose observations are each in their entity's own currency."""


class Publisher(Struct, frozen=True, kw_only=True):
    """Who publishes figures, under which licence, and the words of credit that this asks for."""

    name: str
    licence: str
    attribution: str
    address: str


class Break(Struct, frozen=True, kw_only=True):
    """From where on values are not comparable with earlier ones without saying so."""

    since: str
    """First period (`2018`), or day of the first edition (`2026-07-10`), of the new kind."""
    of: Literal["period", "edition"]
    note: str


class MemberCount(Struct, frozen=True, kw_only=True):
    """Which members of a group an indicator counts: those that reach a threshold of another indicator."""

    group: str
    """The group's code: `NATO`."""
    indicator: str
    """Identifier of what is to reach the threshold."""
    at_least: float
    """The threshold, in that indicator's unit."""
    told: str
    """How the count came about, in words for a person: `as stated`."""


class Indicator(Struct, frozen=True, kw_only=True):
    """What is measured: one entry of the catalogue."""

    id: str
    title: str
    kind: IndicatorKind
    """`share` of a base, `amount` of money or mass, `count` of things, `rate` (amount per something), `index`."""
    unit: str
    """Unit of every observation, as in `Quantity.unit`; `national currency` where it differs from entity to entity."""
    of: str | None = None
    """Base of a percentage: `GDP`."""
    per: str | None = None
    """What a rate is per: `capita`."""
    prices: str | None = None
    """For money: `current`, or the year of constant prices. None for anything else."""
    publisher: Publisher
    words: tuple[str, ...] = ()
    """Words by which news writes about it, lower case."""
    breaks: tuple[Break, ...] = ()
    notes: tuple[str, ...] = ()
    """Cautions for whoever compares with it."""
    counts: MemberCount | None = None
    """For a count of a group's members that meet a target: which. None for anything else."""


class Entity(Struct, frozen=True, kw_only=True):
    """A country or a group that figures are about."""

    code: str
    """ISO 3166-1 alpha-3 (`XKX` for Kosovo), or a group's code (`NATO`)."""
    name: str
    group: bool = False
    series: str | None = None
    """Code under which its figures stand where that is another one: `EU27` for `EU`."""


class Membership(Struct, frozen=True, kw_only=True):
    """A member of a group and when. No `since` means that the date was not collected, not that it always was one."""

    group: str
    entity: str
    since: dt.date | None = None
    """First day; where only the year is known, its last day, from which on it is certain."""
    until: dt.date | None = None
    """Last day; None while it lasts."""
    source: str = ""
    address: str = ""

    def holds(self, day: dt.date) -> bool:
        """Return whether the entity was a member on `day`."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


class Series(Struct, frozen=True, kw_only=True):
    """What was known of one indicator for one entity on a day, in order of time: one observation a period.

    With every edition, where these were asked for, oldest first.
    """

    indicator: Indicator
    entity: Entity
    as_of: dt.date | None
    """The day; None for the newest editions."""
    observations: tuple[Observation, ...]
