"""Threads of the record: what was promised, asked or expected, by deadline; and one with its history."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import Annotated, Literal

from litestar import get
from litestar.di import NamedDependency
from litestar.params import PathParameter, QueryParameter
from msgspec import Struct

from onrecord.model import ClaimKind, Verdict
from onrecord.outlook import Outlook, Unrated
from onrecord.record.database import Record
from onrecord.record.showing import ShownThread, Standing, show_thread
from onrecord.record.tracking import Asked, Tracked, mark, track
from onrecord.threads import Event, Extremes, Reached
from onrecord.web.api.asking import After, Answer, Limit, Name
from onrecord.web.api.problems import problems, refused

Stage = Literal["said", "adopted", "funded", "delivered"]
ThreadStatus = Literal[
    "met", "on track", "off track", "missed", "open", "overdue", "supported", "imprecise", "refuted"
]  # of undertakings, of any with a deadline, of forecasts


class Tracker(Answer, frozen=True, kw_only=True):
    """Threads: overdue ones first, then by deadline, those without one, settled ones."""

    threads: tuple[Tracked, ...]


class ThreadAnswer(Struct, frozen=True, kw_only=True):
    """A thread with all its sightings; by what its status is told stands in one of three fields."""

    thread: Tracked
    events: tuple[Event, ...]
    claims: tuple[Standing, ...]
    """Of the events, in the same order."""
    reached: Reached | None
    extremes: Extremes | None
    outlook: Outlook | None = None
    """Of an undertaking that is measured by a series."""
    unrated: str | None = None
    """Why an undertaking is not."""
    verdict: Verdict | None = None
    """Of a forecast."""


@get("/threads", tags=["threads"], responses=problems(422), sync_to_thread=True)
def list_them(
    record: NamedDependency[Record],
    kind: Annotated[ClaimKind, QueryParameter()] = "commitment",
    actor: Name = None,
    status: Annotated[ThreadStatus | None, QueryParameter()] = None,
    stage: Annotated[Stage | None, QueryParameter()] = None,
    within: Annotated[int | None, QueryParameter(ge=0, le=36_500, description="Due within so many days.")] = None,
    limit: Limit = 50,
    after: After = None,
) -> Tracker:
    """List threads, as `onrecord track` does."""
    asked = Asked(kind=kind, actor=actor, status=status, stage=stage, within=within, limit=limit + 1, after=after)
    with refused(HTTPStatus.UNPROCESSABLE_ENTITY):
        found = track(record, asked, today=today())
    return Tracker(threads=found[:limit], after=mark(found[limit - 1]) if len(found) > limit else None)


@get("/threads/{number:int}", tags=["threads"], responses=problems(), sync_to_thread=True)
def show(
    record: NamedDependency[Record], number: Annotated[int, PathParameter(ge=1, le=2**53, description="Its number.")]
) -> ThreadAnswer:
    """Show a thread with all its sightings, what each changed, and where it stands."""
    with refused(HTTPStatus.NOT_FOUND):
        return answer(show_thread(record, number, today=today()))


def answer(shown: ShownThread) -> ThreadAnswer:
    """Return a thread as it is sent."""
    rating = shown.rating
    return ThreadAnswer(
        thread=shown.thread,
        events=shown.events,
        claims=shown.claims,
        reached=shown.reached,
        extremes=shown.extremes,
        outlook=rating if isinstance(rating, Outlook) else None,
        unrated=rating.reason if isinstance(rating, Unrated) else None,
        verdict=rating if isinstance(rating, Verdict) else None,
    )


def today() -> dt.date:
    """Return the day it is here."""
    return dt.datetime.now().astimezone().date()


ROUTES = (list_them, show)
