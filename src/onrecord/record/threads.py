"""Claims into threads, and threads kept up to date with their sightings and the figures.

Which thread a claim belongs to is decided by `onrecord.threads`; here its candidates are fetched by their keys, and
what is shown of a thread is written into its row. Statements are built once: to build one takes longer than to run it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, insert, select, update

from onrecord.model import Claim
from onrecord.record import rows
from onrecord.record.inserting import insert_if_new
from onrecord.record.rating import RatedBy, rate
from onrecord.record.schema import captures, claims, stories, thread_claims, thread_keys, threads
from onrecord.threads import STAGES, Sighting, Thread, added, begun, choose, current, history, in_words, keys, reached
from onrecord.threads.matching import LATEST

_CANDIDATES: Final = 20
"""Threads that are compared with a claim: those that share most keys, of equal ones the newest."""


class Seen(Struct, frozen=True, kw_only=True):
    """A claim of the record, and how threads see it."""

    claim_id: int
    sighting: Sighting
    claim: Claim
    headline: str | None


class _Candidate(Struct, frozen=True, kw_only=True):
    """A thread with its latest sightings, and what its row knows of those that are not loaded with it."""

    thread: Thread
    sightings: int = 0
    stage: str | None = None
    first_day: dt.date | None = None
    changed_day: dt.date | None = None


def place_claims(connection: Connection, found: Iterable[Seen], by: RatedBy | None) -> None:
    """Put claims into the threads that they belong to, or begin new ones.

    `by` rates the threads; None leaves them unrated.
    """
    for seen in found:
        sought = keys(seen.sighting)
        if not sought:
            continue
        near = {one.thread.id: one for one in _candidates(connection, sought)}
        chosen = choose(seen.sighting, [one.thread for one in near.values()])
        if chosen is None:
            thread_id = _begin(connection, seen, by)
        else:
            thread_id = chosen.id
            longer = replace(near[thread_id], thread=added(chosen, seen.sighting))
            row = _row(connection, longer, longer.sightings + 1, by, seen)
            connection.execute(_SET, row | {"thread": thread_id})
        connection.execute(_LINK, {"claim_id": seen.claim_id, "thread_id": thread_id})
        connection.execute(insert_if_new(connection, thread_keys), _key_rows(thread_id, sought))


def refresh(connection: Connection, thread_ids: Iterable[int], by: RatedBy | None) -> None:
    """Work threads out anew from the claims that are left in them; one without any is gone."""
    for thread_id in sorted(set(thread_ids)):
        thread = load_thread(connection, thread_id)
        if thread is None:
            connection.execute(delete(threads).where(threads.c.id == thread_id))
            continue
        connection.execute(delete(thread_keys).where(thread_keys.c.thread_id == thread_id))
        own = {key for sighting in thread.sightings for key in keys(sighting)}
        connection.execute(insert(thread_keys), _key_rows(thread_id, own))
        row = _row(connection, _Candidate(thread=thread), len(thread.sightings), by)
        connection.execute(_SET, row | {"thread": thread_id})


def regroup(connection: Connection, claim_id: int, by: RatedBy | None) -> None:
    """Put a claim that somebody has decided about, or no longer has, into the thread where it belongs now."""
    own = select(thread_claims.c.thread_id).where(thread_claims.c.claim_id == claim_id)
    before = set(connection.execute(own).scalars())
    connection.execute(delete(thread_claims).where(thread_claims.c.claim_id == claim_id))
    place_claims(connection, seen_claims(connection, claims.c.id == claim_id, _counts()), by)
    refresh(connection, before | set(connection.execute(own).scalars()), by)


def rerate(connection: Connection, by: RatedBy) -> int:
    """Rate all threads that were rated with other figures; return how many there were."""
    old = select(threads.c.id).where(threads.c.kind != "figure", threads.c.figures.is_distinct_from(by.edition))
    found = connection.execute(old).scalars().all()
    for thread_id in found:
        thread = load_thread(connection, thread_id)
        if thread is not None:
            values = _rating(connection, thread, by, None)
            connection.execute(update(threads).where(threads.c.id == thread_id).values(values))
    return len(found)


def load_thread(connection: Connection, thread_id: int) -> Thread | None:
    """Return a thread with all its sightings in order of day, rejected claims left out; None where it has none."""
    linked = select(thread_claims.c.claim_id).where(thread_claims.c.thread_id == thread_id)
    found = [one.sighting for one in seen_claims(connection, claims.c.id.in_(linked), _counts())]
    if not found:
        return None
    thread = begun(thread_id, found[0])
    for sighting in found[1:]:
        thread = added(thread, sighting)
    return thread


def claims_in(connection: Connection, story_ids: Sequence[int]) -> list[Seen]:
    """Return the claims of stories in order of standing, as threads see them."""
    return list(seen_claims(connection, claims.c.story_id.in_(story_ids)))


def _counts() -> ColumnElement[bool]:
    return claims.c.review.is_distinct_from("rejected")


_SEEN: Final = (
    select(
        *(claims.c.id, claims.c.address, claims.c.day, claims.c.words, claims.c.content, stories.c.headline),
        func.coalesce(stories.c.first_id, stories.c.id).label("story"),
        func.coalesce(stories.c.outlet, captures.c.source).label("source"),
    )
    .join_from(claims, stories, claims.c.story_id == stories.c.id)
    .join(captures, captures.c.id == stories.c.capture_id)
    .order_by(claims.c.story_id, claims.c.number)
)


def seen_claims(connection: Connection, *conditions: ColumnElement[bool]) -> Iterator[Seen]:
    """Yield the claims that meet all conditions, as threads see them, in order of their stories and of standing."""
    for row in connection.execute(_SEEN.where(*conditions)).all():
        claim = rows.claim_of(row.content)
        sighting = Sighting(
            claim=row.address,
            story=str(row.story),
            source=row.source,
            day=row.day,
            kind=claim.kind,
            actor=claim.actor,
            country=claim.country,
            measure=claim.measure,
            quantity=claim.quantity,
            when=claim.when,
            said_by=claim.said_by,
            negated=claim.negated,
            words=row.words,
        )
        yield Seen(claim_id=row.id, sighting=sighting, claim=claim, headline=row.headline)


def _key_rows(thread_id: int, found: Iterable[str]) -> list[rows.Row]:
    return [{"key": key, "thread_id": thread_id} for key in sorted(set(found))]


_NEAR: Final = (
    select(thread_keys.c.thread_id, func.count().label("shared"))
    .where(thread_keys.c.key.in_(bindparam("keys", expanding=True)))
    .group_by(thread_keys.c.thread_id)
    .order_by(func.count().desc(), thread_keys.c.thread_id.desc())
    .limit(_CANDIDATES)
    .subquery()
)
_SHARING: Final = (
    select(
        *(threads.c.id, threads.c.kind, threads.c.latest, threads.c.sightings, threads.c.stage),
        *(threads.c.first_day, threads.c.changed_day),
    )
    .join(_NEAR, _NEAR.c.thread_id == threads.c.id)
    .order_by(_NEAR.c.shared.desc(), threads.c.id.desc())
)
_LINK: Final = insert(thread_claims)
_BEGIN: Final = insert(threads).returning(threads.c.id)
_SET: Final = update(threads).where(threads.c.id == bindparam("thread"))
_LATEST: Final = msgspec.msgpack.Decoder(tuple[Sighting, ...])


def _candidates(connection: Connection, sought: Sequence[str]) -> Iterator[_Candidate]:
    for row in connection.execute(_SHARING, {"keys": sought}):
        yield _Candidate(
            thread=Thread(id=row.id, kind=row.kind, sightings=_LATEST.decode(row.latest)),
            sightings=row.sightings,
            stage=row.stage,
            first_day=row.first_day,
            changed_day=row.changed_day,
        )


def _begin(connection: Connection, seen: Seen, by: RatedBy | None) -> int:
    first = _Candidate(thread=begun(0, seen.sighting))
    return int(connection.execute(_BEGIN, _row(connection, first, 1, by, seen)).scalar_one())


def _row(
    connection: Connection, one: _Candidate, sightings: int, by: RatedBy | None, at_hand: Seen | None = None
) -> rows.Row:
    """Return what is shown of a thread, and its rating; `at_hand` is a claim of it that need not be fetched."""
    thread = one.thread
    latest, terms = thread.sightings[-1], current(thread)
    days = [day for day in (one.first_day, *(sighting.day for sighting in thread.sightings)) if day]
    return {
        "kind": thread.kind,
        "actor": rows.storable(latest.actor),
        "country": next((sighting.country for sighting in reversed(thread.sightings) if sighting.country), None),
        "measure": rows.storable(latest.measure),
        "target": rows.storable(in_words(terms)),
        "due": terms.when.end if terms.when else None,
        "stage": _stage(thread, one.stage),
        "latest": msgspec.msgpack.encode(thread.sightings[-LATEST:]),
        "first_day": min(days, default=None),
        "last_day": max(days, default=None),
        "changed_day": _changed(one),
        "sightings": sightings,
    } | _rating(connection, thread, by, at_hand)


def _stage(thread: Thread, before: str | None) -> str | None:
    """Return the higher of the stage that the loaded sightings show and that of before: a stage never falls."""
    now = reached(thread)
    found = {before, now.stage if now else None}
    return next((stage for stage in reversed(STAGES) if stage in found), None)


def _changed(one: _Candidate) -> dt.date | None:
    """Return the day of the last sighting that changed something, None where none with a day did."""
    events = history(one.thread)
    if one.sightings >= LATEST:
        events = events[1:]  # earlier sightings are not loaded: what the first of these changed is not known
    days = [e.sighting.day for e in events if e.sighting.day and any(r.what != "restated" for r in e.revisions)]
    return max(days, default=one.changed_day)


def _rating(connection: Connection, thread: Thread, by: RatedBy | None, at_hand: Seen | None) -> rows.Row:
    """Return the rating of the latest sighting whose kind is the thread's; empty without figures to rate it by."""
    latest = next((one for one in reversed(thread.sightings) if one.kind == thread.kind), thread.sightings[-1])
    empty = {"status": None, "rating": None, "figures": by.edition if by else None}
    if by is None or thread.kind == "figure" or latest.quantity is None:
        return empty
    if at_hand is None or at_hand.sighting.claim != latest.claim:
        (at_hand,) = seen_claims(connection, claims.c.address == latest.claim)
    rated = rate(at_hand.claim, by.figures, day=latest.day, headline=at_hand.headline)
    return empty | {"status": rated.status, "rating": rows.to_json(rated.basis) if rated.basis else None}
