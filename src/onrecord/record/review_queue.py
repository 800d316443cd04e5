"""The queue of claims that nobody has decided about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final, Literal

from msgspec import Struct
from sqlalchemy import ColumnElement, Row, Select, func, or_, select

from onrecord.model import Claim, ClaimKind
from onrecord.record import rows
from onrecord.record.database import Record
from onrecord.record.reviewing import SKIPPED
from onrecord.record.schema import claims, reviews

Order = Literal["least-certain", "newest"]


class Wanted(Struct, frozen=True, kw_only=True):
    """Which claims are asked for; None: any."""

    kind: ClaimKind | None = None
    actor: str | None = None
    """Part of a name; of a country also its people or capital: all that is said of the country."""
    outlet: str | None = None
    min_confidence: float | None = None
    max_confidence: float | None = None
    """A claim of whose confidence nobody can say counts as 0."""
    address: str | None = None
    """Beginning of its address."""


ALL: Final = Wanted()


class Queued(Struct, frozen=True, kw_only=True):
    """A claim that waits for a decision."""

    address: str
    claim: Claim
    words: str
    """Of its evidence."""
    day: dt.date | None
    outlet: str | None
    skipped: bool
    """Whether somebody has skipped it: then it comes last."""


def queue(
    record: Record, wanted: Wanted = ALL, *, order: Order = "least-certain", limit: int | None = None
) -> tuple[Queued, ...]:
    """Return the undecided claims: the least certain first, or those of the newest stories; skipped ones come last."""
    found: list[Queued] = []
    with record.reading() as connection:
        for skipped in (False, True):  # one after the other, so that each can walk an index in order
            rest = None if limit is None else limit - len(found)
            if rest == 0:
                break
            found += [_queued(row, skipped) for row in connection.execute(_part(wanted, order, skipped, rest))]
    return tuple(found)


def _part(wanted: Wanted, order: Order, skipped: bool, limit: int | None) -> Select[Any]:
    own = _skips() if skipped else ~_skips()
    # the order is found first, without the contents: those of a million claims take longer to read than to sort
    first = select(claims.c.id).where(own, *_conditions(wanted)).order_by(*_ORDERS[order], claims.c.id).limit(limit)
    columns = (claims.c.address, claims.c.content, claims.c.words, claims.c.day, claims.c.outlet)
    return select(*columns).where(claims.c.id.in_(first)).order_by(*_ORDERS[order], claims.c.id)


def _queued(row: Row[Any], skipped: bool) -> Queued:
    return Queued(
        address=row.address,
        claim=rows.claim_of(row.content),
        words=row.words,
        day=row.day,
        outlet=row.outlet,
        skipped=skipped,
    )


def left(record: Record, wanted: Wanted = ALL) -> int:
    """Return how many claims wait for a decision, skipped ones too."""
    query = select(func.count()).select_from(claims).where(*_conditions(wanted))
    with record.reading() as connection:
        return int(connection.execute(query).scalar_one())


_CONFIDENCE: Final = func.coalesce(claims.c.confidence, 0.0)
_ORDERS: Final[dict[Order, tuple[ColumnElement[Any], ...]]] = {
    "least-certain": (claims.c.confidence.nulls_first(),),
    "newest": (claims.c.day.desc().nulls_last(),),
}


def _skips() -> ColumnElement[bool]:
    """Return whether somebody has skipped a claim."""
    skips = select(reviews.c.claim_address).where(reviews.c.decision == SKIPPED, reviews.c.undone.is_(None))
    return claims.c.address.in_(skips)


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    yield claims.c.review.is_(None)
    if wanted.kind:
        yield claims.c.kind == wanted.kind
    if wanted.actor:
        yield _is_actor(wanted.actor)
    if wanted.outlet:
        yield claims.c.outlet == wanted.outlet.lower().removeprefix("www.")
    if wanted.min_confidence is not None:
        yield wanted.min_confidence <= _CONFIDENCE
    if wanted.max_confidence is not None:
        yield wanted.max_confidence >= _CONFIDENCE
    if wanted.address:
        yield claims.c.address.startswith(wanted.address, autoescape=True)


def _is_actor(name: str) -> ColumnElement[bool]:
    from onrecord.language.gazetteer import country_of  # the language stage takes a second to load

    country = country_of(name)
    named = claims.c.actor.icontains(name, autoescape=True)
    return or_(named, claims.c.country == country) if country else named
