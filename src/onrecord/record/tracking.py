"""Threads by their deadlines: what is overdue, what comes due, and how far it has come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import ColumnElement, Row, Select, func, or_, select

from onrecord.language.gazetteer import country_of
from onrecord.model import ClaimKind
from onrecord.record.database import Record
from onrecord.record.schema import threads

SETTLED: Final = ("met", "missed", "supported", "imprecise", "refuted")
"""Statuses that a passed deadline leaves as they are: the figures have decided."""
OVERDUE: Final = "overdue"


class Asked(Struct, frozen=True, kw_only=True):
    """Which threads are asked for; None: any."""

    kind: ClaimKind = "commitment"
    actor: str | None = None
    """A name; of a country also its people or capital: all that is said for the country."""
    status: str | None = None
    """As `Outlook.status` (of forecasts as `Verdict.verdict`), or `overdue`."""
    stage: str | None = None
    within: int | None = None
    """Days from today in which the deadline lies, both ends included."""
    limit: int | None = 50


class Tracked(Struct, frozen=True, kw_only=True):
    """One thread as a line of the tracker."""

    id: int
    kind: ClaimKind
    actor: str | None
    country: str | None
    measure: str | None
    target: str
    """As said last: `3% of GDP by 2034-12-31`; empty where nothing but the undertaking itself was said."""
    due: dt.date | None
    overdue: bool
    """Whether the deadline has passed and no figure has decided."""
    stage: str | None
    status: str | None
    first_day: dt.date | None
    last_day: dt.date | None
    changed_day: dt.date | None
    """Day of the last sighting that changed something."""
    sightings: int


def track(record: Record, asked: Asked, *, today: dt.date) -> tuple[Tracked, ...]:
    """Return the threads asked for: overdue ones first, then by deadline, then those without one, then settled ones.

    Of those without a deadline the ones said last come first, of settled ones those due last.
    """
    found: list[Tracked] = []
    with record.reading() as connection:
        for part in _parts(asked, today):
            left = None if asked.limit is None else asked.limit - len(found)
            if left == 0:
                break
            found += [tracked(row, today) for row in connection.execute(part.limit(left))]
    return tuple(found)


def _parts(asked: Asked, today: dt.date) -> Iterator[Select[Any]]:
    """Yield a query for each part of the list: each walks an index in order, and stops at the limit."""
    own, due = select(threads).where(*_conditions(asked)), threads.c.due
    settled = own.where(threads.c.status.in_(SETTLED))
    open_ = own.where(or_(threads.c.status.is_(None), threads.c.status.not_in(SETTLED)))
    if asked.within is not None:
        period = due.between(today, today + dt.timedelta(days=asked.within))
        yield from (part.where(period).order_by(due, threads.c.id) for part in (open_, settled))
        return
    yield open_.where(due < today).order_by(due, threads.c.id)
    if asked.status == OVERDUE:
        return
    yield open_.where(due >= today).order_by(due, threads.c.id)
    yield open_.where(due.is_(None)).order_by(threads.c.last_day.desc(), threads.c.id.desc())
    yield settled.order_by(due.desc(), threads.c.id.desc())


def _conditions(asked: Asked) -> Iterator[ColumnElement[bool]]:
    yield threads.c.kind == asked.kind
    if asked.actor:
        country = country_of(asked.actor)
        named = func.lower(threads.c.actor) == asked.actor.lower()
        yield threads.c.country == country if country else named
    if asked.status and asked.status != OVERDUE:
        yield threads.c.status == asked.status
    if asked.stage:
        yield threads.c.stage == asked.stage


def tracked(row: Row[Any], today: dt.date) -> Tracked:
    """Return a row of `threads` as a line of the tracker."""
    return Tracked(
        id=row.id,
        kind=row.kind,
        actor=row.actor,
        country=row.country,
        measure=row.measure,
        target=row.target or "",
        due=row.due,
        overdue=row.due is not None and row.due < today and row.status not in SETTLED,
        stage=row.stage,
        status=row.status,
        first_day=row.first_day,
        last_day=row.last_day,
        changed_day=row.changed_day,
        sightings=row.sightings,
    )
