"""Which claims are exported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct
from sqlalchemy import ColumnElement, func

from onrecord.language.gazetteer import country_of
from onrecord.model import ClaimKind
from onrecord.record.schema import claims


class Choice(Struct, frozen=True, kw_only=True):
    """What a claim must be; None and empty: anything."""

    kinds: tuple[ClaimKind, ...] = ()
    actor: str | None = None
    """A name or whole words of one; of a country also its people or capital: all that is said for the country."""
    first: dt.date | None = None
    """The earliest day of its story; a story without a day is then left out."""
    last: dt.date | None = None
    """The latest one, likewise."""


EVERYTHING = Choice()


def conditions(choice: Choice) -> Iterator[ColumnElement[bool]]:
    """Yield what a row of `claims` must fulfil; a rejected claim is none."""
    yield claims.c.review.is_distinct_from("rejected")
    if choice.kinds:
        yield claims.c.kind.in_(choice.kinds)
    if choice.actor:
        country = country_of(choice.actor)
        words = " " + func.lower(claims.c.actor) + " "
        named = words.contains(f" {choice.actor.lower()} ", autoescape=True)
        yield claims.c.country == country if country else named
    if choice.first:
        yield claims.c.day >= choice.first
    if choice.last:
        yield claims.c.day <= choice.last
