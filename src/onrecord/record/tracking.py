"""Threads by their deadlines: what is overdue, what comes due, and how far it has come."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from msgspec import Struct
from sqlalchemy import Column, ColumnElement, Row, Select, func, not_, or_, select

from onrecord.errors import UsageError
from onrecord.language.gazetteer import country_of
from onrecord.model import ClaimKind
from onrecord.record.database import Record
from onrecord.record.schema import threads

SETTLED: Final = ("met", "missed", "supported", "imprecise", "refuted")
"""Statuses that a passed deadline leaves as they are: the figures have decided."""
OVERDUE: Final = "overdue"
DROPPED: Final = "dropped"
_MARK: Final = re.compile(r"(?P<part>[a-z]+)\.(?P<day>\d{4}-\d\d-\d\d|)\.(?P<id>\d{1,15})")


class Asked(Struct, frozen=True, kw_only=True):
    """Which threads are asked for; None: any."""

    kind: ClaimKind = "commitment"
    actor: str | None = None
    """A name; of a country also its people or capital: all that is said for the country."""
    status: str | None = None
    """As `Outlook.status` (of forecasts as `Verdict.verdict`), or `overdue`, or `dropped`."""
    stage: str | None = None
    within: int | None = None
    """Days from today in which the deadline lies, both ends included."""
    limit: int | None = 50
    after: str | None = None
    """`mark` of the line behind which to go on; None: from the first."""


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
    """None where no day was said or can be told, and for figures, which come due on none."""
    overdue: bool
    """Whether the deadline has passed and nothing has settled it: no figures, no words that it is done or dropped."""
    dropped: bool
    """Whether it was refused, missed or given up, by the latest that was said."""
    stage: str | None
    status: str | None
    first_day: dt.date | None
    last_day: dt.date | None
    changed_day: dt.date | None
    """Day of the last sighting that changed something."""
    sightings: int


_COLUMNS: Final = tuple(threads.c[name] for name in Tracked.__struct_fields__ if name != "overdue")


def track(record: Record, asked: Asked, *, today: dt.date) -> tuple[Tracked, ...]:
    """Return the threads asked for: overdue ones first, then by deadline, then those without one, then settled ones.

    Settled is what the figures have decided, and what was delivered or dropped by the words of its stories.

    Of those without a deadline the ones said last come first, of settled ones those due last.

    Raises:
        UsageError: `after` is not the mark of a line.
    """
    found: list[Tracked] = []
    with record.reading() as connection:
        for part in _queries(asked, today):
            left = None if asked.limit is None else asked.limit - len(found)
            if left == 0:
                break
            found += [tracked(row, today) for row in connection.execute(part.limit(left))]
    return tuple(found)


def mark(one: Tracked) -> str:
    """Return where a line stands in every list that it is in: what `Asked.after` takes."""
    if _is_settled(one.status, one.stage, one.dropped):
        name, day = ("settled" if one.due else "undated"), one.due
    elif one.due:
        name, day = "due", one.due
    else:
        name, day = ("said" if one.last_day else "unsaid"), one.last_day
    return f"{name}.{day or ''}.{one.id}"


class _Part(NamedTuple):
    """A part of the list: its threads, ordered by a day that each of them has (None: by none), then by number."""

    name: str
    chosen: tuple[ColumnElement[bool], ...]
    day: Column[dt.date] | None
    rises: bool = False

    def query(self) -> Select[Any]:
        """Return the query of the whole part, in order."""
        order = [column for column in (self.day, threads.c.id) if column is not None]
        return select(*_COLUMNS).where(*self.chosen).order_by(*(one if self.rises else one.desc() for one in order))

    def behind(self, day: dt.date | None, number: int) -> Iterator[ColumnElement[bool]]:
        """Yield what holds for the lines behind a place; the day stands by itself, so that an index can be entered."""
        own = threads.c.id > number if self.rises else threads.c.id < number
        if self.day is None or day is None:
            yield own
        elif self.rises:
            yield from (self.day >= day, or_(self.day > day, own))
        else:
            yield from (self.day <= day, or_(self.day < day, own))


def _queries(asked: Asked, today: dt.date) -> Iterator[Select[Any]]:
    """Yield a query for each part of the list from `after` on: each walks an index in order, and stops at the limit."""
    parts, own = [*_parts(asked, today)], [*_conditions(asked)]
    here: tuple[ColumnElement[bool], ...] = ()
    if asked.after is not None:
        name, day, number = _place(asked.after)
        names = [part.name for part in parts]
        if name not in names:
            raise UsageError(f"{asked.after!r} is not the mark of a line of this list")
        parts = parts[names.index(name) :]
        here = tuple(parts[0].behind(day, number))
    for part in parts:
        yield part.query().where(*own, *here)
        here = ()


def _parts(asked: Asked, today: dt.date) -> Iterator[_Part]:
    due, last = threads.c.due, threads.c.last_day
    # not `in` alone: an index by status would be taken then, instead of the one in the list's order
    settled = or_(
        func.coalesce(threads.c.status, "").in_(SETTLED),
        func.coalesce(threads.c.stage, "") == "delivered",
        threads.c.dropped,
    )
    open_ = not_(settled)
    if asked.status == OVERDUE:
        yield _Part("due", (open_, due < today), due, rises=True)
        return
    if asked.within is not None:
        period = due.between(today, today + dt.timedelta(days=asked.within))
        yield _Part("due", (open_, period), due, rises=True)
        yield _Part("settled", (settled, period), due, rises=True)
        return
    yield _Part("due", (open_, due.is_not(None)), due, rises=True)
    yield _Part("said", (open_, due.is_(None), last.is_not(None)), last)
    yield _Part("unsaid", (open_, due.is_(None), last.is_(None)), None)
    yield _Part("settled", (settled, due.is_not(None)), due)
    yield _Part("undated", (settled, due.is_(None)), None)


def _place(given: str) -> tuple[str, dt.date | None, int]:
    found = _MARK.fullmatch(given)
    try:
        if found:
            return found["part"], dt.date.fromisoformat(found["day"]) if found["day"] else None, int(found["id"])
    except ValueError:
        pass
    raise UsageError(f"{given!r} is not the mark of a line of this list")


def _conditions(asked: Asked) -> Iterator[ColumnElement[bool]]:
    yield threads.c.kind == asked.kind
    if asked.actor:
        country = country_of(asked.actor)
        named = func.lower(threads.c.actor) == func.lower(asked.actor)
        yield threads.c.country == country if country else named
    if asked.status == DROPPED:
        yield threads.c.dropped
    elif asked.status and asked.status != OVERDUE:
        yield threads.c.status == asked.status
    if asked.stage:
        yield threads.c.stage == asked.stage


def _is_settled(status: str | None, stage: str | None, dropped: bool) -> bool:
    return status in SETTLED or stage == "delivered" or dropped


def tracked(row: Row[Any], today: dt.date) -> Tracked:
    """Return a row of `threads` as a line of the tracker."""
    settled = _is_settled(row.status, row.stage, row.dropped)
    return Tracked(
        id=row.id,
        kind=row.kind,
        actor=row.actor,
        country=row.country,
        measure=row.measure,
        target=row.target or "",
        due=row.due,
        overdue=row.due is not None and row.due < today and not settled,
        dropped=row.dropped,
        stage=row.stage,
        status=row.status,
        first_day=row.first_day,
        last_day=row.last_day,
        changed_day=row.changed_day,
        sightings=row.sightings,
    )
