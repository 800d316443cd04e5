"""Reviews: the queue of what nobody has decided, decisions about a claim, and taking one back."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import Annotated

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter
from msgspec import Meta, Struct

from onrecord.model import Claim, ClaimKind
from onrecord.record.corrections import Refused, correct
from onrecord.record.database import Record
from onrecord.record.rating import RatedBy
from onrecord.record.review_queue import Order, Queued, Wanted, queue
from onrecord.record.reviewing import (
    Decided,
    Decision,
    Overtaken,
    Review,
    UnderReview,
    Undone,
    decide,
    history,
    look,
    undo,
)
from onrecord.web.api.asking import Address, Limit, Name
from onrecord.web.api.problems import problems, refused
from onrecord.web.desk import Desk
from onrecord.web.gate import Refusal

Reviewer = Annotated[str, Meta(min_length=1, max_length=200, description="Who decides.")]
_Number = Annotated[int, Meta(ge=1, le=2**53)]


class Deciding(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A decision about a claim."""

    address: Annotated[str, Meta(min_length=1, max_length=100)]
    """The claim's."""
    decision: Decision
    reviewer: Reviewer
    fields: dict[str, str] = {}
    """Of a correction: what is right, in words, by field, as `onrecord review --set` takes it."""
    over: _Number | None = None
    """Number of the review that this takes the place of: needed where somebody else has decided."""


class Taking(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which decision to take back: the reviewer's last one, or the review of a number."""

    reviewer: Reviewer
    number: _Number | None = None


class Queue(Struct, frozen=True, kw_only=True):
    """Claims that wait for a decision."""

    claims: tuple[Queued, ...]


class Reviews(Struct, frozen=True, kw_only=True):
    """All reviews of a claim, the first first, with those that were taken back."""

    reviews: tuple[Review, ...]


@get("/reviews/queue", tags=["reviews"], responses=problems(), sync_to_thread=True)
def show_queue(
    record: NamedDependency[Record],
    kind: Annotated[ClaimKind | None, QueryParameter()] = None,
    actor: Name = None,
    outlet: Name = None,
    order: Annotated[Order, QueryParameter()] = "least-certain",
    limit: Limit = 20,
) -> Queue:
    """List the claims that nobody has decided about."""
    wanted = Wanted(kind=kind, actor=actor, outlet=outlet)
    return Queue(claims=queue(record, wanted, order=order, limit=limit))


@get("/claims/{address:str}/reviews", tags=["reviews"], responses=problems(), sync_to_thread=True)
def show_history(record: NamedDependency[Record], address: Address) -> Reviews:
    """List the reviews of a claim."""
    with refused(HTTPStatus.NOT_FOUND):
        return Reviews(reviews=history(record, address))


@post("/reviews", tags=["reviews"], status_code=201, responses=problems(409, 422, body=True))
async def review(
    desk: NamedDependency[Desk],
    record: NamedDependency[Record],
    by: NamedDependency[RatedBy],
    data: JSONBody[Deciding],
) -> Decided:
    """Accept, correct, reject or skip a claim; stored at once, and counted in its thread."""
    return await desk.write(partial(decided, record, by, data))


@post("/reviews/undo", tags=["reviews"], status_code=200, responses=problems(422, body=True))
async def take_back(
    desk: NamedDependency[Desk],
    record: NamedDependency[Record],
    by: NamedDependency[RatedBy],
    data: JSONBody[Taking],
) -> Undone:
    """Take back a decision; what counted before it counts again."""
    with refused(HTTPStatus.NOT_FOUND):
        return await desk.write(partial(undo, record, data.reviewer, number=data.number, by=by))


def decided(record: Record, by: RatedBy, given: Deciding) -> Decided:
    """Store a decision about a claim.

    Raises:
        Refusal: There is no such claim (404), it cannot be decided so (422), or somebody else has decided (409).
    """
    with refused(HTTPStatus.NOT_FOUND):
        seen = look(record, given.address)
    standing = seen.standing
    if standing and standing.reviewer != given.reviewer and given.over != standing.number:
        step = f"Give its number as `over`: {standing.number}."
        raise Refusal(409, f"{standing.reviewer} {standing.decision} it at {standing.decided}", step)
    corrected = _corrected(seen, given, by)
    with refused(HTTPStatus.UNPROCESSABLE_ENTITY):
        done = decide(
            record, seen.address, given.decision, reviewer=given.reviewer, corrected=corrected, seen=seen, by=by
        )
    if isinstance(done, Overtaken):
        raise Refusal(409, done.reason, "Look at it once more.")
    return done


def _corrected(seen: UnderReview, given: Deciding, by: RatedBy) -> Claim | None:
    if (given.decision == "corrected") != bool(given.fields):
        raise Refusal(422, "a correction, and nothing else, comes with fields")
    if not given.fields:
        return None
    found = correct(seen, given.fields, figures=by.figures)
    if isinstance(found, Refused):
        raise Refusal(422, str(found))
    return found.claim


ROUTES = (show_queue, show_history, review, take_back)
