"""Claims into threads, and threads kept up to date with their sightings and the figures.

Which thread a claim belongs to is decided by `onrecord.threads`; here its candidates are fetched by their keys, and
what is shown of a thread is written into its row. Statements are built once: to build one takes longer than to run it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from onrecord.threads import (
    STAGES,
    Sighting,
    Thread,
    added,
    begun,
    choose,
    current,
    history,
    in_words,
    is_dropped,
    keys,
    reached,
)
from onrecord.threads.matching import LATEST

_CANDIDATES: Final = 20
"""Threads that are compared with a claim: those that share most keys, of equal ones the newest."""


class Seen(Struct, frozen=True, kw_only=True):
    """A claim of the record, and how threads see it."""

    claim_id: int
    sighting: Sighting
    claim: Claim
    headline: str | None


class Where(Struct, frozen=True, kw_only=True):
    """The story that claims stand in, as threads see it."""

    story: int
    """Number of the story, of a copy that of the first."""
    source: str
    day: dt.date | None
    headline: str | None

    def seen(self, claim_id: int, address: str, claim: Claim, words: str) -> Seen:
        """Return a claim of this story; `words` are those of its evidence."""
        sighting = Sighting(
            claim=address,
            story=str(self.story),
            source=self.source,
            day=self.day,
            kind=claim.kind,
            actor=claim.actor,
            country=claim.country,
            measure=claim.measure,
            quantity=claim.quantity,
            when=claim.when,
            said_by=claim.said_by,
            negated=claim.negated,
            words=words,
        )
        return Seen(claim_id=claim_id, sighting=sighting, claim=claim, headline=self.headline)


class _Candidate(Struct, frozen=True, kw_only=True):
    """A thread with its latest sightings, and what its row knows of those that are not loaded with it."""

    thread: Thread
    sightings: int = 0
    stage: str | None = None
    first_day: dt.date | None = None
    changed_day: dt.date | None = None


def place_claims(connection: Connection, found: Sequence[Seen], by: RatedBy | None) -> None:
    """Put claims into the threads that they belong to, or begin new ones.

    `by` rates the threads; None leaves them unrated.
    """
    placing = _Placing(connection)
    for seen in found:
        placing.place(seen)
    placing.write({seen.sighting.claim: seen for seen in found}, by)


class _Placing:
    """Claims on their way into threads: all are placed before anything is written, once a table."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._highest: int | None = None
        self._touched: dict[int, _Candidate] = {}
        self._begun: dict[str, list[int]] = {}
        """Threads that begin here, by their keys."""
        self._links: list[rows.Row] = []
        self._keys: list[rows.Row] = []

    def place(self, seen: Seen) -> None:
        """Put a claim into its thread; one that has no keys belongs to none."""
        sought = keys(seen.sighting)
        if not sought:
            return
        near = {one.thread.id: one for one in _candidates(self._connection, sought)}
        near |= {number: self._touched[number] for number in near if number in self._touched}
        near |= {number: self._touched[number] for key in sought for number in self._begun.get(key, ())}
        chosen = choose(seen.sighting, [one.thread for one in near.values()])
        if chosen is None:
            number = self._next_number()
            longer = _Candidate(thread=begun(number, seen.sighting))
            for key in sought:
                self._begun.setdefault(key, []).append(number)
        else:
            number = chosen.id
            longer = replace(near[number], thread=added(chosen, seen.sighting))
        self._touched[number] = replace(longer, sightings=longer.sightings + 1)
        self._links.append({"claim_id": seen.claim_id, "thread_id": number})
        self._keys += _key_rows(number, sought)

    def write(self, at_hand: Mapping[str, Seen], by: RatedBy | None) -> None:
        """Write every thread that was touched, with its keys and claims."""
        new = {number for numbers in self._begun.values() for number in numbers}
        written = {number: _row(self._connection, one, by, at_hand) for number, one in self._touched.items()}
        if new:
            self._connection.execute(_BEGIN, [written[number] | {"id": number} for number in sorted(new)])
        for number in written.keys() - new:
            self._connection.execute(_SET, written[number] | {"thread": number})
        if self._links:
            self._connection.execute(_LINK, self._links)
            self._connection.execute(insert_if_new(self._connection, thread_keys), self._keys)

    def _next_number(self) -> int:
        # counted here and not by the database, which would tell each number by a statement of its own only; nobody
        # else writes meanwhile
        if self._highest is None:
            self._highest = self._connection.execute(_HIGHEST).scalar_one() or 0
        self._highest += 1
        return self._highest


def refresh(connection: Connection, thread_ids: Iterable[int], by: RatedBy | None) -> None:
    """Work threads out anew from the claims that are left in them; one without any is gone."""
    for thread_id in sorted(set(thread_ids)):
        thread = load_thread(connection, thread_id)
        if thread is None:
            connection.execute(delete(threads).where(threads.c.id == thread_id))
            continue
        connection.execute(delete(thread_keys).where(thread_keys.c.thread_id == thread_id))
        own = _key_rows(thread_id, {key for sighting in thread.sightings for key in keys(sighting)})
        if own:
            connection.execute(insert(thread_keys), own)
        row = _row(connection, _Candidate(thread=thread, sightings=len(thread.sightings)), by, {})
        connection.execute(_SET, row | {"thread": thread_id})


def regroup(connection: Connection, claim_id: int, by: RatedBy | None) -> None:
    """Put a claim that somebody has decided about, or no longer has, into the thread where it belongs now."""
    own = select(thread_claims.c.thread_id).where(thread_claims.c.claim_id == claim_id)
    before = set(connection.execute(own).scalars())
    connection.execute(delete(thread_claims).where(thread_claims.c.claim_id == claim_id))
    place_claims(connection, list(seen_claims(connection, claims.c.id == claim_id, _counts())), by)
    refresh(connection, before | set(connection.execute(own).scalars()), by)


def rerate(connection: Connection, by: RatedBy) -> int:
    """Rate all threads that were rated with other figures; return how many there were."""
    old = select(threads.c.id).where(threads.c.kind != "figure", threads.c.figures.is_distinct_from(by.edition))
    found = connection.execute(old).scalars().all()
    for thread_id in found:
        thread = load_thread(connection, thread_id)
        if thread is not None:
            values = _rating(connection, thread, by, {})
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
        where = Where(story=row.story, source=row.source, day=row.day, headline=row.headline)
        yield where.seen(row.id, row.address, rows.claim_of(row.content), row.words)


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
_HIGHEST: Final = select(func.max(threads.c.id))
_BEGIN: Final = insert(threads)
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


def _row(connection: Connection, one: _Candidate, by: RatedBy | None, at_hand: Mapping[str, Seen]) -> rows.Row:
    """Return what is shown of a thread, and its rating; claims `at_hand`, by address, need not be fetched."""
    thread = one.thread
    actor, measure = _name(thread)
    terms = current(thread)
    days = [day for day in (one.first_day, *(sighting.day for sighting in thread.sightings)) if day]
    return {
        "kind": thread.kind,
        "actor": rows.storable(actor),
        "country": next((sighting.country for sighting in reversed(thread.sightings) if sighting.country), None),
        "measure": rows.storable(measure),
        "target": rows.storable(in_words(terms)),
        "due": terms.when.end if terms.when and thread.kind != "figure" else None,
        "dropped": is_dropped(thread),
        "stage": _stage(thread, one.stage),
        "latest": msgspec.msgpack.encode(thread.sightings[-LATEST:]),
        "first_day": min(days, default=None),
        "last_day": max(days, default=None),
        "changed_day": _changed(one),
        "sightings": one.sightings,
    } | _rating(connection, thread, by, at_hand)


def _name(thread: Thread) -> tuple[str | None, str | None]:
    """Return actor and measure in the words that the latest sightings use most, of equal ones those used first.

    A body that acts for the actor, or a story in words of its own, does not rename what is followed.
    """
    told = [one for one in thread.sightings[-LATEST:] if one.kind == thread.kind] or thread.sightings[-1:]
    actors, measures = Counter(one.actor for one in told), Counter(one.measure for one in told)
    return max(actors, key=actors.__getitem__), max(measures, key=measures.__getitem__)


def _stage(thread: Thread, before: str | None) -> str | None:
    """Return the higher of the stage that the loaded sightings show and that of before: a stage never falls."""
    now = reached(thread)
    found = {before, now.stage if now else None}
    return next((stage for stage in reversed(STAGES) if stage in found), None)


def _changed(one: _Candidate) -> dt.date | None:
    """Return the day of the last sighting that changed something, None where none with a day did."""
    events = history(one.thread)
    if one.sightings > len(one.thread.sightings):
        events = events[1:]  # earlier sightings are not loaded: what the first of these changed is not known
    days = [e.sighting.day for e in events if e.sighting.day and any(r.what != "restated" for r in e.revisions)]
    return max(days, default=one.changed_day)


def _rating(connection: Connection, thread: Thread, by: RatedBy | None, at_hand: Mapping[str, Seen]) -> rows.Row:
    """Return the rating of the latest sighting whose kind is the thread's; empty without figures to rate it by.

    What that one leaves open, its number, base or day, is taken as said before, as in the target that is shown.
    """
    latest = next((one for one in reversed(thread.sightings) if one.kind == thread.kind), thread.sightings[-1])
    terms = current(thread)
    empty = {"status": None, "rating": None, "figures": by.edition if by else None}
    if by is None or thread.kind == "figure" or terms.quantity is None:
        return empty
    seen = at_hand.get(latest.claim) or next(seen_claims(connection, claims.c.address == latest.claim))
    claim = replace(seen.claim, quantity=terms.quantity, when=terms.when)
    rated = rate(claim, by.figures, day=latest.day, headline=seen.headline)
    return empty | {"status": rated.status, "rating": rows.to_json(rated.basis) if rated.basis else None}
