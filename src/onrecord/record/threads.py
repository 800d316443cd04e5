"""Claims into threads, and threads kept up to date with their sightings and the figures.

Which thread a claim belongs to is decided by `onrecord.threads`; here its candidates are fetched by their keys, and
what is shown of a thread is written into its row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Row, Select, delete, func, insert, select, update

from onrecord.figures import Figures
from onrecord.record import rows
from onrecord.record.inserting import insert_if_new
from onrecord.record.rating import UNRATED, Rated, RatedBy, rate
from onrecord.record.schema import captures, claims, stories, thread_claims, thread_keys, threads
from onrecord.threads import STAGES, Sighting, Thread, added, begun, choose, current, history, in_words, keys, reached
from onrecord.threads.matching import LATEST

_CANDIDATES: Final = 20
"""Threads that are compared with a claim: those that share most keys, of equal ones the newest."""


class _Kept(Struct, frozen=True):
    """What a thread's row knows of the sightings that are not loaded with it."""

    sightings: int = 0
    stage: str | None = None
    first_day: dt.date | None = None
    changed_day: dt.date | None = None


def place_claims(connection: Connection, found: Iterable[tuple[int, Sighting]], by: RatedBy | None) -> None:
    """Put claims, each by its number, into the threads that they belong to, or begin new ones.

    `by` rates the threads; None leaves them unrated.
    """
    for claim_id, sighting in found:
        sought = keys(sighting)
        if not sought:
            continue
        kept = _Kept()
        thread = choose(sighting, _candidates(connection, sought))
        if thread is None:
            thread = begun(_new_thread(connection, sighting), sighting)
        else:
            kept = _kept(connection, thread.id)
            thread = added(thread, sighting)
        connection.execute(insert(thread_claims), {"claim_id": claim_id, "thread_id": thread.id})
        connection.execute(insert_if_new(connection, thread_keys), _key_rows(thread.id, sought))
        _write(connection, thread, kept, kept.sightings + 1, by)


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
        _write(connection, thread, _Kept(), len(thread.sightings), by)


def regroup(connection: Connection, claim_id: int, by: RatedBy | None) -> None:
    """Put a claim that somebody has decided about, or no longer has, into the thread where it belongs now."""
    own = select(thread_claims.c.thread_id).where(thread_claims.c.claim_id == claim_id)
    before = set(connection.execute(own).scalars())
    connection.execute(delete(thread_claims).where(thread_claims.c.claim_id == claim_id))
    counting = seen_claims().where(claims.c.id == claim_id, claims.c.review.is_distinct_from("rejected"))
    found = connection.execute(counting).first()
    if found is not None:
        place_claims(connection, [(claim_id, sighting_of(found))], by)
    refresh(connection, before | set(connection.execute(own).scalars()), by)


def rerate(connection: Connection, by: RatedBy) -> int:
    """Rate all threads that were rated with other figures; return how many there were."""
    old = select(threads.c.id).where(threads.c.kind != "figure", threads.c.figures.is_distinct_from(by.edition))
    found = connection.execute(old).scalars().all()
    for thread_id in found:
        thread = load_thread(connection, thread_id)
        if thread is not None:
            values = _rating(connection, thread, by)
            connection.execute(update(threads).where(threads.c.id == thread_id).values(values))
    return len(found)


def load_thread(connection: Connection, thread_id: int) -> Thread | None:
    """Return a thread with all its sightings in order of day, rejected claims left out; None where it has none."""
    own = seen_claims().join(thread_claims, thread_claims.c.claim_id == claims.c.id)
    own = own.where(thread_claims.c.thread_id == thread_id, claims.c.review.is_distinct_from("rejected"))
    found = [sighting_of(row) for row in connection.execute(own.order_by(claims.c.id))]
    if not found:
        return None
    thread = begun(thread_id, found[0])
    for sighting in found[1:]:
        thread = added(thread, sighting)
    return thread


def sightings_in(connection: Connection, story_ids: Sequence[int]) -> list[tuple[int, Sighting]]:
    """Return the claims of stories by their numbers, in order of standing, as threads see them."""
    own = seen_claims().where(claims.c.story_id.in_(story_ids)).order_by(claims.c.story_id, claims.c.number)
    return [(row.id, sighting_of(row)) for row in connection.execute(own)]


def seen_claims() -> Select[Any]:
    """Return the query of all that `sighting_of` needs of claims, by `claims`."""
    story = func.coalesce(stories.c.first_id, stories.c.id).label("story")
    source = func.coalesce(stories.c.outlet, captures.c.source).label("source")
    columns = (claims.c.id, claims.c.address, claims.c.day, claims.c.words, claims.c.content, story, source)
    joined = select(*columns).join_from(claims, stories, claims.c.story_id == stories.c.id)
    return joined.join(captures, captures.c.id == stories.c.capture_id)


def sighting_of(row: Row[Any]) -> Sighting:
    """Return a claim as threads see it."""
    claim = rows.claim_of(row.content)
    return Sighting(
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


def _key_rows(thread_id: int, found: Iterable[str]) -> list[rows.Row]:
    return [{"key": key, "thread_id": thread_id} for key in sorted(set(found))]


def _candidates(connection: Connection, sought: Sequence[str]) -> Iterator[Thread]:
    shared = select(thread_keys.c.thread_id, func.count().label("shared")).where(thread_keys.c.key.in_(sought))
    best = shared.group_by(thread_keys.c.thread_id).order_by(func.count().desc(), thread_keys.c.thread_id.desc())
    near = best.limit(_CANDIDATES).subquery()
    found = select(threads.c.id, threads.c.kind, threads.c.latest).join(near, near.c.thread_id == threads.c.id)
    for row in connection.execute(found.order_by(near.c.shared.desc(), threads.c.id.desc())):
        yield Thread(id=row.id, kind=row.kind, sightings=_LATEST.decode(row.latest))


_LATEST: Final = msgspec.msgpack.Decoder(tuple[Sighting, ...])


def _new_thread(connection: Connection, sighting: Sighting) -> int:
    row = {"kind": sighting.kind, "sightings": 0, "latest": b""}
    return int(connection.execute(insert(threads).returning(threads.c.id), row).scalar_one())


def _kept(connection: Connection, thread_id: int) -> _Kept:
    columns = (threads.c.sightings, threads.c.stage, threads.c.first_day, threads.c.changed_day)
    return _Kept(*connection.execute(select(*columns).where(threads.c.id == thread_id)).one())


def _write(connection: Connection, thread: Thread, kept: _Kept, sightings: int, by: RatedBy | None) -> None:
    """Write what is shown of a thread into its row."""
    latest, terms = thread.sightings[-1], current(thread)
    days = [day for day in (kept.first_day, *(one.day for one in thread.sightings)) if day]
    values = {
        "kind": thread.kind,
        "actor": rows.storable(latest.actor),
        "country": next((one.country for one in reversed(thread.sightings) if one.country), None),
        "measure": rows.storable(latest.measure),
        "target": rows.storable(in_words(terms)),
        "due": terms.when.end if terms.when else None,
        "stage": _stage(thread, kept.stage),
        "latest": msgspec.msgpack.encode(thread.sightings[-LATEST:]),
        "first_day": min(days, default=None),
        "last_day": max(days, default=None),
        "changed_day": _changed(thread, kept),
        "sightings": sightings,
    }
    values |= _rating(connection, thread, by) if by else {}
    connection.execute(update(threads).where(threads.c.id == thread.id).values(values))


def _stage(thread: Thread, before: str | None) -> str | None:
    """Return the higher of the stage that the loaded sightings show and that of before: a stage never falls."""
    now = reached(thread)
    found = {before, now.stage if now else None}
    return next((stage for stage in reversed(STAGES) if stage in found), None)


def _changed(thread: Thread, kept: _Kept) -> dt.date | None:
    """Return the day of the last sighting that changed something, None where none with a day did."""
    events = history(thread)
    if kept.sightings >= LATEST:
        events = events[1:]  # earlier sightings are not loaded: what the first of these changed is not known
    days = [e.sighting.day for e in events if e.sighting.day and any(r.what != "restated" for r in e.revisions)]
    return max(days, default=kept.changed_day)


def _rating(connection: Connection, thread: Thread, by: RatedBy) -> rows.Row:
    rated = _rated(connection, thread, by.figures) if thread.kind != "figure" else UNRATED
    basis = rows.to_json(rated.basis) if rated.basis else None
    return {"status": rated.status, "rating": basis, "figures": by.edition}


def _rated(connection: Connection, thread: Thread, figures: Figures) -> Rated:
    """Rate the latest sighting whose kind is the thread's."""
    latest = next((one for one in reversed(thread.sightings) if one.kind == thread.kind), thread.sightings[-1])
    if latest.quantity is None:
        return UNRATED
    columns = (claims.c.content, claims.c.day, stories.c.headline)
    found = select(*columns).join_from(claims, stories, claims.c.story_id == stories.c.id)
    row = connection.execute(found.where(claims.c.address == latest.claim)).one()
    return rate(rows.claim_of(row.content), figures, day=row.day, headline=row.headline)
