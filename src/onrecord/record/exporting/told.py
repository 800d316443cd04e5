"""Claims as they are exported to others: each with its story and where that stood."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import Connection, Row, select

from onrecord.model import Claim
from onrecord.record import rows
from onrecord.record.exporting.choosing import Choice, conditions
from onrecord.record.schema import captures, claims, stories, verdicts

_STREAMED: Final = {"yield_per": 500}


class Told(Struct, frozen=True, kw_only=True):
    """A claim as it counts, and where it was read."""

    address: str
    claim: Claim
    words: str
    reader: str
    review: str | None
    capture_id: str
    story: int
    """Place of its story in the capture, from 0."""
    story_content: str
    """The story without its statements and claims, as JSON."""
    day: dt.date | None
    headline: str | None
    language: str
    source: str
    url: str | None
    outlet: str | None


def told(connection: Connection, choice: Choice) -> Iterator[Told]:
    """Yield the chosen claims, rejected ones left out, in the order in which they were added, story by story."""
    columns = (
        *(claims.c[name] for name in ("address", "content", "words", "reader", "review", "day")),
        *(stories.c[name] for name in ("capture_id", "headline", "language", "outlet")),
        stories.c.number.label("story"),
        stories.c.content.label("story_content"),
        captures.c.source,
        captures.c.url,
        verdicts.c.content.label("verdict"),
    )
    joined = claims.join(stories, stories.c.id == claims.c.story_id).join(captures).outerjoin(verdicts)
    query = select(*columns).select_from(joined).where(*conditions(choice))
    order = query.order_by(claims.c.story_id, claims.c.number)
    for row in connection.execute(order, execution_options=_STREAMED):
        yield _told(row)


def _told(row: Row[Any]) -> Told:
    return Told(
        address=row.address,
        claim=rows.claim_of(row.content, row.verdict),
        words=row.words,
        reader=row.reader,
        review=row.review,
        capture_id=row.capture_id,
        story=row.story,
        story_content=row.story_content,
        day=row.day,
        headline=row.headline,
        language=row.language,
        source=row.source,
        url=row.url,
        outlet=row.outlet,
    )
