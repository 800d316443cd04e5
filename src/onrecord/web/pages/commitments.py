"""The page Commitments: what was promised, asked or expected, by its deadline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final, get_args

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery
from msgspec import Struct
from msgspec.structs import replace

from onrecord.errors import UsageError
from onrecord.figures import Figures
from onrecord.model import ClaimKind, Verdict
from onrecord.outlook import Outlook, Unrated
from onrecord.record.database import Record
from onrecord.record.rating import RatedBy
from onrecord.record.showing import ratings
from onrecord.record.tracking import DROPPED, OVERDUE, Asked, Tracked, mark, track
from onrecord.report import outlooks
from onrecord.threads import STAGES
from onrecord.web import given
from onrecord.web.gate import Refusal
from onrecord.web.plot import Spark, spark
from onrecord.web.rendering import page, with_query

KINDS: Final = get_args(ClaimKind)
STATUSES: Final = ("on track", "off track", "met", "missed", "open", "cannot be rated")
JUDGED: Final = ("supported", "imprecise", "refuted")
"""Statuses of forecasts."""
_LENGTH: Final = 25
_FURTHEST: Final = 36_525
"""Days: a hundred years."""


class Row(Struct, frozen=True, kw_only=True):
    """A line of the tracker."""

    thread: Tracked
    due: str
    """How long until the deadline, or since it; empty without one."""
    far: str
    """How far it has come, or why that cannot be told; empty where nothing was to be rated."""
    spark: Spark | None


@get("/commitments", include_in_schema=False, sync_to_thread=True)
def show(
    request: Request[Any, Any, Any],
    record: NamedDependency[Record],
    by: NamedDependency[RatedBy],
    kind: FromQuery[str] = "",
    actor: FromQuery[str] = "",
    status: FromQuery[str] = "",
    stage: FromQuery[str] = "",
    within: FromQuery[str] = "",
    after: FromQuery[str] = "",
) -> Response[str]:
    """Show a page of the tracker; every view has an address of its own."""
    asked = Asked(
        kind=given.one_of("kind", kind, KINDS) or "commitment",  # type: ignore[arg-type]  # just checked
        actor=given.words("actor", actor),
        status=given.one_of("status", status, (OVERDUE, DROPPED, *STATUSES, *JUDGED)),
        stage=given.one_of("stage", stage, STAGES),
        within=given.whole("within", within, most=_FURTHEST),
        limit=_LENGTH + 1,
        after=after or None,
    )
    if asked.status == OVERDUE and asked.within is not None:
        raise Refusal(400, "what is overdue is not due within days to come", "Choose one of the two.")
    today = dt.datetime.now().astimezone().date()
    found = _track(record, asked, today)
    return page(
        request,
        "commitments.html",
        rows=_rows(record, by.figures, found[:_LENGTH], today),
        asked=asked,
        filtered=any((asked.actor, asked.status, asked.stage, asked.within is not None)),
        first=_address(replace(asked, after=None)) if asked.after else None,
        further=_address(replace(asked, after=mark(found[_LENGTH - 1]))) if len(found) > _LENGTH else None,
        choices={"kinds": KINDS, "statuses": (OVERDUE, DROPPED, *STATUSES), "judged": JUDGED, "stages": STAGES},
    )


def due_words(due: dt.date | None, *, overdue: bool, today: dt.date) -> str:
    """Return how long it is until a deadline, or since it: `in 90 days`, `overdue for 2 days`; empty without one."""
    if due is None:
        return ""
    days = (due - today).days
    told = f"{abs(days):,} day{'' if abs(days) == 1 else 's'}"
    if overdue:
        return f"overdue for {told}"
    return "today" if days == 0 else f"in {told}" if days > 0 else f"{told} ago"


def _track(record: Record, asked: Asked, today: dt.date) -> tuple[Tracked, ...]:
    try:
        return track(record, asked, today=today)
    except UsageError as error:
        raise Refusal(400, f"after: {error}", "Begin at the first page of the list.") from error


def _rows(record: Record, known: Figures, found: Sequence[Tracked], today: dt.date) -> list[Row]:
    rated = ratings(record, [one.id for one in found]) if found else {}
    return [_row(one, rated.get(one.id), known, today) for one in found]


def _row(one: Tracked, rating: Outlook | Unrated | Verdict | None, known: Figures, today: dt.date) -> Row:
    outlook = rating if isinstance(rating, Outlook) else None
    drawn = spark(outlook, known) if outlook and known.has(outlook.indicator) else None
    return Row(thread=one, due=due_words(one.due, overdue=one.overdue, today=today), far=_far(rating), spark=drawn)


def _far(rating: Outlook | Unrated | Verdict | None) -> str:
    if isinstance(rating, Outlook):
        return "; ".join(filter(None, (outlooks.value(rating.latest) if rating.latest else "", _way(rating))))
    if isinstance(rating, Verdict):
        return rating.arithmetic
    return f"not rated: {rating.reason}" if rating else ""


def _way(one: Outlook) -> str:
    return outlooks.distance(one) or one.reason


def _address(asked: Asked) -> str:
    shown = {name: getattr(asked, name) for name in ("actor", "status", "stage", "within", "after")}
    return with_query("/commitments", kind=None if asked.kind == "commitment" else asked.kind, **shown)


ROUTES = (show,)
