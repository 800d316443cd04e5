"""One thread with its history, one claim with where it stands: all that the record has on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any, Final

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Row, Select, select

from onrecord.errors import UsageError
from onrecord.model import Claim, Verdict
from onrecord.outlook import Outlook, Unrated
from onrecord.record import rows
from onrecord.record.database import Record
from onrecord.record.schema import captures, claims, former_claims, stories, thread_claims, threads, verdicts
from onrecord.record.threads import load_thread
from onrecord.record.tracking import Tracked, tracked
from onrecord.threads import Event, Extremes, Reached, extremes, history, reached

_SHORTEST: Final = 8
"""Characters by which an address can be shortened to, where no other begins so."""


class Standing(Struct, frozen=True, kw_only=True):
    """Where a claim stands."""

    address: str
    claim: Claim
    words: str
    source: str
    url: str | None
    headline: str | None
    day: dt.date | None
    reader: str
    """Version of onrecord that read it."""
    review: str | None
    """accepted, corrected or rejected; None where nobody has decided."""
    thread: int | None
    gone: str | None = None
    """Version of onrecord that no longer read it; None for a claim that counts."""


class ShownThread(Struct, frozen=True, kw_only=True):
    """A thread, and all its sightings in order of day, each with what it changed."""

    thread: Tracked
    events: tuple[Event, ...]
    claims: tuple[Standing, ...]
    """The claims of the events, in the same order."""
    reached: Reached | None
    """The stage, and the sighting that is the evidence; None where it is no commitment."""
    extremes: Extremes | None
    """Of figures on one event; None for others."""
    rating: Outlook | Unrated | Verdict | None
    """By what its status is told; None where nothing was to be rated."""


def show_thread(record: Record, thread_id: int, *, today: dt.date) -> ShownThread:
    """Return a thread by its number.

    Raises:
        UsageError: There is none of this number.
    """
    with record.reading() as connection:
        row = connection.execute(select(threads).where(threads.c.id == thread_id)).first()
        thread = load_thread(connection, thread_id) if row else None
        if row is None or thread is None:
            raise UsageError(f"there is no thread {thread_id} in {record.place}; `onrecord track` lists them")
        events = history(thread)
        standing = {one.address: one for one in _standing(connection, thread_id)}
    return ShownThread(
        thread=tracked(row, today),
        events=events,
        claims=tuple(standing[event.sighting.claim] for event in events),
        reached=reached(thread),
        extremes=extremes(thread) if row.kind == "figure" else None,
        rating=_rating(row),
    )


def ratings(record: Record, numbers: Collection[int]) -> dict[int, Outlook | Unrated | Verdict]:
    """Return by what the statuses of these threads are told, by their numbers; those not rated are left out."""
    columns = (threads.c.id, threads.c.kind, threads.c.status, threads.c.rating)
    wanted: Select[Any] = select(*columns).where(threads.c.id.in_(numbers))
    with record.reading() as connection:
        rated = {row.id: _rating(row) for row in connection.execute(wanted)}
    return {number: rating for number, rating in rated.items() if rating is not None}


def said(record: Record, numbers: Collection[int]) -> dict[int, Extremes]:
    """Return the lowest, highest and latest number of threads, by the threads' numbers; those without are left out."""
    with record.reading() as connection:
        loaded = {number: load_thread(connection, number) for number in numbers}
    found = {number: extremes(thread) for number, thread in loaded.items() if thread is not None}
    return {number: one for number, one in found.items() if one is not None}


def show_claim(record: Record, address: str) -> Standing:
    """Return a claim by its address, or by the beginning of it where no other begins so.

    Raises:
        UsageError: There is none, or there are several.
    """
    with record.reading() as connection:
        found = _by_address(connection, address)
    if not found:
        reason = f"there is no claim {address} in {record.place}; `onrecord find` shows addresses"
        few = f", of which {_SHORTEST} characters are enough" if len(address) < _SHORTEST else ""
        raise UsageError(reason + few)
    if len(found) > 1:
        raise UsageError(f"several claims begin with {address}: {', '.join(one.address for one in found)}")
    return found[0]


def _by_address(connection: Connection, address: str) -> list[Standing]:
    exact = [_claim(row) for row in connection.execute(_claims().where(claims.c.address == address))]
    if exact or (gone := _former(connection, address)):
        return exact or gone
    if len(address) < _SHORTEST:
        return []
    begins = claims.c.address.between(address, address + "g")  # addresses are hexadecimal
    return [_claim(row) for row in connection.execute(_claims().where(begins).order_by(claims.c.address).limit(5))]


def _standing(connection: Connection, thread_id: int) -> list[Standing]:
    return [_claim(row) for row in connection.execute(_claims().where(thread_claims.c.thread_id == thread_id))]


def _claims() -> Any:
    columns = (
        *(claims.c.address, claims.c.content, claims.c.words, claims.c.day, claims.c.reader, claims.c.review),
        *(stories.c.headline, captures.c.source, captures.c.url, thread_claims.c.thread_id),
        verdicts.c.content.label("verdict"),
    )
    joined = select(*columns).join_from(claims, stories, claims.c.story_id == stories.c.id)
    joined = joined.join(captures, captures.c.id == stories.c.capture_id)
    joined = joined.outerjoin(verdicts, verdicts.c.claim_id == claims.c.id)
    return joined.outerjoin(thread_claims, thread_claims.c.claim_id == claims.c.id)


def _claim(row: Row[Any]) -> Standing:
    return Standing(
        address=row.address,
        claim=rows.claim_of(row.content, row.verdict),
        words=row.words,
        source=row.source,
        url=row.url,
        headline=row.headline,
        day=row.day,
        reader=row.reader,
        review=row.review,
        thread=row.thread_id,
    )


def _former(connection: Connection, address: str) -> list[Standing]:
    """Return the claim that was once read at an address, if there is one."""
    columns = (former_claims, captures.c.source, captures.c.url)
    found = select(*columns).join_from(former_claims, captures, captures.c.id == former_claims.c.capture_id)
    return [
        Standing(
            address=row.address,
            claim=rows.claim_of(row.content),
            words=row.words,
            source=row.source,
            url=row.url,
            headline=None,
            day=None,
            reader=row.reader,
            review=None,
            thread=None,
            gone=row.gone,
        )
        for row in connection.execute(found.where(former_claims.c.address == address))
    ]


def _rating(row: Row[Any]) -> Outlook | Unrated | Verdict | None:
    if row.rating is None:
        return None
    if row.kind == "forecast":
        return msgspec.json.decode(row.rating, type=Verdict)
    if row.status is None:
        return msgspec.json.decode(row.rating, type=Unrated)
    return msgspec.json.decode(row.rating, type=Outlook)
