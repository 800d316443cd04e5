"""Reviewed captures in the form of a gold file, so that `onrecord score` measures how well such pages are read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec
from sqlalchemy import Connection, Select, select

from onrecord.model import Story
from onrecord.record import rows
from onrecord.record.schema import captures, claims, statements, stories
from onrecord.scoring import GoldCapture, gold_of

_STREAMED: Final = {"yield_per": 100}


def write_gold(connection: Connection, path: Path) -> int:
    """Write to `path` every capture whose claims are all decided on; return how many there are."""
    count = 0
    with path.open("wb") as file:
        for one in reviewed(connection):
            file.write(msgspec.json.encode(one) + b"\n")
            count += 1
    return count


def reviewed(connection: Connection) -> Iterator[GoldCapture]:
    """Yield the captures whose claims, at least one, are all decided on; rejected claims are left out."""
    joined = claims.join(stories, stories.c.id == claims.c.story_id)
    own = select(claims.c.id).select_from(joined).where(stories.c.capture_id == captures.c.id).correlate(captures)
    some, open_ = own.where(claims.c.review.is_not(None)), own.where(claims.c.review.is_(None))
    decided = select(captures).where(some.exists(), ~open_.exists()).order_by(captures.c.added, captures.c.id)
    for row in connection.execute(decided, execution_options=_STREAMED):
        yield gold_of(rows.capture_of(row._mapping), _stories(connection, row.id), url=row.url)


def _stories(connection: Connection, capture_id: str) -> list[Story]:
    said, held = defaultdict(list), defaultdict(list)
    for row in connection.execute(_of_capture(statements, capture_id)):
        said[row.story_id].append(rows.statement_of(row.content))
    right = _of_capture(claims, capture_id).where(claims.c.review != "rejected")
    for row in connection.execute(right):
        held[row.story_id].append(rows.claim_of(row.content))
    told = select(stories).where(stories.c.capture_id == capture_id).order_by(stories.c.number)
    return [rows.story_of(row._mapping, said[row.id], held[row.id]) for row in connection.execute(told)]


def _of_capture(table: Any, capture_id: str) -> Select[Any]:
    columns = select(table.c.story_id, table.c.content).join(stories, stories.c.id == table.c.story_id)
    return columns.where(stories.c.capture_id == capture_id).order_by(table.c.story_id, table.c.number)
