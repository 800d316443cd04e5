"""Reviews: what people decide about claims, beside what the machine read, and taken back at any time.

A review is never changed or deleted: one taken back only notes when. What counts of a claim is what its last review
says that was not taken back, skips left out; where there is none, the machine's reading.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final, Literal

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection, Row, Select, delete, insert, select, update

from onrecord.errors import UsageError
from onrecord.model import Claim, FieldSpans, Span, Story, Verdict
from onrecord.record import rows
from onrecord.record.database import Record
from onrecord.record.schema import captures, claims, former_claims, reviews, stories, verdicts

if TYPE_CHECKING:
    from onrecord.record.rating import RatedBy

Decision = Literal["accepted", "corrected", "rejected", "skipped"]
SKIPPED: Final = "skipped"
_LONGEST_NAME: Final = 200


class Review(Struct, frozen=True, kw_only=True):
    """One decision about a claim."""

    number: int
    address: str
    """The claim's."""
    decision: Decision
    machine: Claim
    """The claim with its verdict as it was read, before anybody decided."""
    corrected: Claim | None
    """The claim as it counts where it is not the machine's: a correction, or one made before that this review kept."""
    reviewer: str
    decided: str
    """ISO 8601, UTC."""
    undone: str | None = None
    """When it was taken back; None while it counts."""

    @property
    def claim(self) -> Claim:
        """The claim as it counts by this review."""
        return self.corrected or self.machine


class UnderReview(Struct, frozen=True, kw_only=True):
    """A claim with all that its reviewer needs to see."""

    address: str
    claim: Claim
    """As it counts now, with its verdict."""
    standing: Review | None
    """The review that counts; None where nobody has decided."""
    text: str
    """Of its capture."""
    body: tuple[tuple[int, int], ...]
    """Runs of the story's body in `text`."""
    headline: str | None
    day: dt.date | None
    outlet: str | None
    source: str
    url: str | None
    about: str
    """Headline and measures of the story's claims: what it is about, for the check against figures."""


class Decided(Struct, frozen=True, kw_only=True):
    """A decision that was stored, and the one that it takes the place of (None: nobody had decided)."""

    review: Review
    before: Review | None


class Overtaken(Struct, frozen=True, kw_only=True):
    """A decision that was not stored, because the claim is no longer as the reviewer saw it."""

    now: UnderReview

    @property
    def reason(self) -> str:
        """What happened meanwhile, in words."""
        standing = self.now.standing
        if standing is None:
            return "it was read anew, or a decision was taken back, since you saw it; nothing was stored"
        return f"{standing.reviewer} {standing.decision} it at {standing.decided}; your decision was not stored"


class Undone(Struct, frozen=True, kw_only=True):
    """A review that was taken back, and the one that counts for its claim now (None: the machine's reading)."""

    review: Review
    standing: Review | None


def look(record: Record, address: str) -> UnderReview:
    """Return the claim at an address.

    Raises:
        UsageError: The record has no such claim.
    """
    with record.reading() as connection:
        return _look(connection, address)


def decide(
    record: Record,
    address: str,
    decision: Decision,
    *,
    reviewer: str,
    corrected: Claim | None = None,
    seen: UnderReview | None = None,
    by: RatedBy | None = None,
) -> Decided | Overtaken:
    """Store a decision about a claim, and let it count, in its thread too, all at once.

    Args:
        record: The record.
        address: The claim's.
        decision: An acceptance or rejection leaves the claim as it counts now, corrected or not; a skip only moves it
            to the end of the queue.
        reviewer: Who decides.
        corrected: The claim as it is right, with its verdict, for a correction; evidence and selector stay.
        seen: What the reviewer saw; where it is no longer so, nothing is stored. None: whatever is there.
        by: Figures to rate threads with; None leaves those that change unrated.

    Raises:
        UsageError: The record has no such claim; it cannot be decided so.
        RecordError: As `Record.writing`.
    """
    if (decision == "corrected") != (corrected is not None):
        raise ValueError("a correction, and nothing else, comes with the corrected claim")
    _require_name(reviewer)
    with record.writing() as connection:
        now = _look(connection, address, to_change=True)
        if seen is not None and (_number(seen.standing), seen.claim) != (_number(now.standing), now.claim):
            return Overtaken(now=now)
        _require_sense(now, decision, corrected)
        before = _standing_row(connection, address)
        kept = before.corrected if before else None
        row = {
            "claim_address": address,
            "decision": decision,
            "machine": before.machine if before else _whole(connection, address),
            "corrected": rows.to_json(corrected) if corrected else kept,
            "reviewer": reviewer,
            "decided": rows.now(),
        }
        stored = connection.execute(insert(reviews).returning(*reviews.c), row).one()
        if decision != SKIPPED:
            let_count_in_threads(connection, address, by)
    return Decided(review=_review_of(stored), before=now.standing)


def undo(record: Record, reviewer: str, *, number: int | None = None, by: RatedBy | None = None) -> Undone:
    """Take back the reviewer's last decision that was not taken back yet, or the review of a number, whoever's.

    `by` as for `decide`.

    Raises:
        UsageError: There is none.
        RecordError: As `Record.writing`.
    """
    with record.writing() as connection:
        sought = reviews.c.reviewer == reviewer if number is None else reviews.c.id == number
        found = connection.execute(_last_first().where(sought, reviews.c.undone.is_(None)).limit(1)).first()
        if found is None:
            raise UsageError(_nothing_to_undo(reviewer, number))
        review = replace(_review_of(found), undone=rows.now())
        connection.execute(update(reviews).where(reviews.c.id == review.number).values(undone=review.undone))
        if review.decision != SKIPPED:
            let_count_in_threads(connection, review.address, by)
        return Undone(review=review, standing=_standing(connection, review.address))


def history(record: Record, address: str) -> tuple[Review, ...]:
    """Return every review of a claim in order, those taken back too; none where nobody has decided.

    Raises:
        UsageError: The record has no such claim, and never had a review of one.
    """
    with record.reading() as connection:
        found = connection.execute(select(reviews).where(reviews.c.claim_address == address).order_by(reviews.c.id))
        known = tuple(map(_review_of, found))
        if not known:
            _look(connection, address)
    return known


def decisions(record: Record, *, limit: int, before: int | None = None) -> tuple[Review, ...]:
    """Return the last decisions about any claim, newest first, those taken back too; of numbers below `before`."""
    wanted = _last_first().limit(limit)
    with record.reading() as connection:
        found = connection.execute(wanted if before is None else wanted.where(reviews.c.id < before))
        return tuple(map(_review_of, found))


def let_count(connection: Connection, address: str) -> None:
    """Write into a claim's rows what counts by its reviews; where all are taken back, what the machine read.

    The claim stays in its thread: `threads.regroup` puts it where it belongs then.

    A claim that is no longer read has no rows, and one that was only skipped is as it was read: nothing is done.
    """
    at = claims.c.address == address
    found = connection.execute(select(claims.c.id, claims.c.words, claims.c.content).where(at)).first()
    last = connection.execute(_decisions(address).limit(1)).first()
    if found is None or last is None:
        return
    standing = _standing_row(connection, address)
    # untyped, so that what is put back is what was there, to the byte: 23 stays 23, and not 23.0
    told = msgspec.json.decode((standing.corrected or standing.machine) if standing else last.machine)
    verdict = told.pop("verdict")
    claim = msgspec.convert(told, type=Claim)
    placed = _placed(claim, rows.claim_of(found.content))
    checked = msgspec.convert(verdict, type=Verdict) if verdict else None
    row = rows.claim_row(replace(placed, verdict=checked), found.words)
    row["review"] = standing.decision if standing else None
    if placed is claim:
        row["content"] = rows.to_json(told | {"verdict": None})
    connection.execute(update(claims).where(claims.c.id == found.id).values(row))
    connection.execute(delete(verdicts).where(verdicts.c.claim_id == found.id))
    if checked:
        row = rows.verdict_row(checked, found.id) | {"content": rows.to_json(verdict)}
        connection.execute(insert(verdicts), row)


def let_count_in_threads(connection: Connection, address: str, by: RatedBy | None) -> None:
    """Do as `let_count`, and put the claim into the thread where it belongs then; `by` rates threads, None does not."""
    from onrecord.record.threads import regroup  # with the language stage, which takes a second to load

    told = select(claims.c.id, claims.c.content, claims.c.review == "rejected").where(claims.c.address == address)
    before = connection.execute(told).first()
    let_count(connection, address)
    after = connection.execute(told).first()
    if before and after and tuple(before) != tuple(after):
        regroup(connection, after[0], by)


def _look(connection: Connection, address: str, *, to_change: bool = False) -> UnderReview:
    wanted = _looked_at().where(claims.c.address == address)
    row = connection.execute(wanted.with_for_update(of=claims) if to_change else wanted).first()
    if row is None:
        raise UsageError(_unknown(connection, address))
    story = msgspec.json.decode(row.story, type=Story)
    measures = select(claims.c.measure).where(claims.c.story_id == row.story_id).order_by(claims.c.number)
    about = filter(None, (story.headline, *connection.execute(measures).scalars()))
    return UnderReview(
        address=address,
        claim=rows.claim_of(row.content, row.verdict),
        standing=_standing(connection, address),
        text=rows.text_of(row.text),
        body=story.body,
        headline=story.headline,
        day=row.day,
        outlet=row.outlet,
        source=row.source,
        url=row.url,
        about=" ; ".join(about),
    )


def _looked_at() -> Select[Any]:
    columns = (claims.c.content, claims.c.story_id, claims.c.day, claims.c.outlet)
    others = (stories.c.content.label("story"), captures.c.text, captures.c.source, captures.c.url)
    verdict = select(verdicts.c.content).where(verdicts.c.claim_id == claims.c.id).scalar_subquery()
    joined = claims.join(stories, stories.c.id == claims.c.story_id).join(captures)
    return select(*columns, *others, verdict.label("verdict")).select_from(joined)


def _unknown(connection: Connection, address: str) -> str:
    gone = select(former_claims.c.gone).where(former_claims.c.address == address)
    version = connection.execute(gone).scalar()
    if version is None:
        return f"{address}: no claim of this record has this address"
    return f"{address}: onrecord {version} no longer reads this claim; there is nothing left to decide"


def _require_name(reviewer: str) -> None:
    if not reviewer.strip() or not reviewer.isprintable() or len(reviewer) > _LONGEST_NAME:
        raise UsageError(f"{reviewer[:_LONGEST_NAME]!r}: not a reviewer's name; --reviewer NAME says who decides")


def _require_sense(now: UnderReview, decision: Decision, corrected: Claim | None) -> None:
    if decision == SKIPPED and now.standing is not None:
        raise UsageError(f"{now.address}: {now.standing.decision} already; only an undecided claim is skipped")
    if corrected is None:
        return
    if corrected.evidence != now.claim.evidence or corrected.selector != now.claim.selector:
        raise ValueError("a correction leaves the evidence as it is")
    if replace(corrected, verdict=None) == replace(now.claim, verdict=None):
        raise UsageError(f"{now.address}: this corrects nothing; a claim that is right is accepted")


def _last_first() -> Select[Any]:
    return select(reviews).order_by(reviews.c.id.desc())


def _decisions(address: str) -> Select[Any]:
    return _last_first().where(reviews.c.claim_address == address, reviews.c.decision != SKIPPED)


def _standing(connection: Connection, address: str) -> Review | None:
    found = _standing_row(connection, address)
    return _review_of(found) if found else None


def _standing_row(connection: Connection, address: str) -> Row[Any] | None:
    return connection.execute(_decisions(address).where(reviews.c.undone.is_(None)).limit(1)).first()


def _whole(connection: Connection, address: str) -> str:
    """Return a claim as it counts now with its verdict, as JSON, its numbers written as they are stored."""
    query = select(claims.c.content, verdicts.c.content).outerjoin(verdicts).where(claims.c.address == address)
    content, verdict = connection.execute(query).one()
    told = msgspec.json.decode(content) | {"verdict": msgspec.json.decode(verdict) if verdict else None}
    return rows.to_json(told)


def _placed(claim: Claim, there: Claim) -> Claim:
    """Return a claim where it stands now: a reread may have found its sentence elsewhere in the capture's text."""
    if claim.evidence == there.evidence:
        return claim
    by, kept = there.evidence.start - claim.evidence.start, {}
    for name in FieldSpans.__struct_fields__:
        span: Span | None = getattr(claim.spans, name)
        moved = Span(span.start + by, span.end + by) if span and claim.evidence.contains(span) else None
        kept[name] = moved if moved and there.evidence.contains(moved) else None
    return replace(claim, evidence=there.evidence, selector=there.selector, spans=FieldSpans(**kept))


def _review_of(row: Row[Any]) -> Review:
    return Review(
        number=row.id,
        address=row.claim_address,
        decision=row.decision,
        machine=rows.claim_of(row.machine),
        corrected=rows.claim_of(row.corrected) if row.corrected else None,
        reviewer=row.reviewer,
        decided=row.decided,
        undone=row.undone,
    )


def _number(review: Review | None) -> int | None:
    return review.number if review else None


def _nothing_to_undo(reviewer: str, number: int | None) -> str:
    if number is None:
        return f"{reviewer} has no decision left to take back"
    return f"there is no review {number}, or it was taken back before"
