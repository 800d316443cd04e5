"""The tables of the record, for SQLite and PostgreSQL; `migrations/` makes them.

    captures ─┬─ sources        where the same bytes were seen
              └─ stories ─┬─ story_bands     for finding copies of a wire story
                          ├─ statements
                          └─ claims ─┬─ verdicts
                                     └─ thread_claims ─ threads ─ thread_keys
    reviews name claims by their addresses, which survive a reread; feeds are what `watch` remembers.

What serves search alone is made by the migrations and stands not here: it differs by database.

`content` columns hold the whole value as JSON, as `onrecord schema` defines it; the columns beside them are there to
be searched, and are made from it. Days are those of the story; moments (`added`, `decided`) are ISO 8601 in UTC.
"""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Computed,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.ext.compiler import compiles

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Number = BigInteger().with_variant(Integer, "sqlite")
"""A row's number: SQLite counts by itself only where the type is INTEGER."""


def _number() -> Column[int]:
    return Column("id", Number, primary_key=True, autoincrement=True)


def _of(column: str, *, primary_key: bool = False) -> Column[int]:
    """Return a column that names a row of another table and goes with it."""
    name = column.replace(".", "_").replace("stories", "story").replace("claims", "claim").replace("threads", "thread")
    return Column(name, Number, ForeignKey(column, ondelete="CASCADE"), primary_key=primary_key, nullable=False)


ID_BITS: Final = 36
"""Bits of a position that are the row's number."""


class _Position(ColumnElement[int]):
    """A row's place in time: its day, counted as Python's `date.toordinal` does (0 for none), then its number."""

    inherit_cache = True


@compiles(_Position, "sqlite")
def _in_sqlite(*_: Any, **__: Any) -> str:
    return f"coalesce(cast(julianday(day) - 1721424.5 as integer), 0) * {1 << ID_BITS} + id"


@compiles(_Position)
def _in_postgresql(*_: Any, **__: Any) -> str:
    return f"coalesce(day - DATE '0001-01-01' + 1, 0)::bigint * {1 << ID_BITS} + id"


def _position() -> Column[int]:
    """Return the column that search is ordered by and paged through: one number, so that one index serves it."""
    return Column("position", BigInteger, Computed(_Position()))


def _of_capture(*, primary_key: bool = False) -> Column[str]:
    return Column(
        "capture_id", Text, ForeignKey("captures.id", ondelete="CASCADE"), primary_key=primary_key, nullable=False
    )


captures = Table(
    "captures",
    metadata,
    Column("id", Text, primary_key=True),  # SHA-256 of the original's bytes, in hex
    Column("source", Text, nullable=False),  # where it was first read from
    Column("url", Text),
    Column("outlet", Text),
    Column("language", Text, nullable=False),
    Column("form", Text),  # as `Original.form`; null where no original came with the reading
    Column("content_type", Text),
    Column("data", LargeBinary),  # the original's bytes, zstd
    Column("text", LargeBinary, nullable=False),  # `Capture.text`, UTF-8, zstd
    Column("markup", Text),
    Column("reader", Text, nullable=False),  # version of onrecord that read it
    Column("added", Text, nullable=False),
)

sources = Table(
    "sources",
    metadata,
    _of_capture(primary_key=True),
    Column("source", Text, primary_key=True),
    Column("url", Text),
    Column("seen", Text, nullable=False),
    Index(None, "source"),
    Index(None, "url"),
)

stories = Table(
    "stories",
    metadata,
    _number(),
    _of_capture(),
    Column("number", Integer, nullable=False),  # place in the capture, from 0
    Column("day", Date),
    Column("outlet", Text),
    Column("language", Text, nullable=False),
    Column("headline", Text),
    Column("content", Text, nullable=False),  # `Story` without its statements and claims
    Column("signature", LargeBinary),  # of its words, `threads.copies`; null where there are too few
    Column("first_id", Number, ForeignKey("stories.id", ondelete="SET NULL")),  # the story that it is a sighting of
    Column("relation", Text),  # to that one: copy or version
    _position(),
    UniqueConstraint("capture_id", "number"),
    Index(None, "position"),
    Index(None, "first_id"),
)

story_bands = Table(
    "story_bands",
    metadata,
    Column("band", BigInteger, primary_key=True),
    _of("stories.id", primary_key=True),
    Index(None, "story_id"),
)

statements = Table(
    "statements",
    metadata,
    _number(),
    _of("stories.id"),
    Column("number", Integer, nullable=False),
    Column("speaker", Text),
    Column("content", Text, nullable=False),
    UniqueConstraint("story_id", "number"),
)

claims = Table(
    "claims",
    metadata,
    _number(),
    Column("address", Text, nullable=False, unique=True),  # `addresses.claim_addresses`
    _of("stories.id"),
    Column("number", Integer, nullable=False),  # place in the story, from 0
    Column("kind", Text, nullable=False),
    Column("actor", Text),
    Column("country", Text),
    Column("measure", Text),
    Column("said_by", Text),
    Column("words", Text, nullable=False),  # of its evidence
    Column("day", Date),
    Column("due", Date),  # last day of `when`
    Column("outlet", Text),
    Column("confidence", Float),
    Column("content", Text, nullable=False),  # `Claim` as it counts: corrected where somebody corrected it
    Column("reader", Text, nullable=False),
    Column("verdict", Text),  # of its verdict, as is the indicator; null where it was not checked
    Column("indicator", Text),
    Column("review", Text),  # accepted, corrected or rejected; null where nobody has decided
    _position(),
    Index(None, "story_id", "number"),
    Index(None, "position"),
    Index(None, "due"),
    Index(None, "review"),
)

former_claims = Table(  # read once, and no longer by a later version: so that a link to one still leads somewhere
    "former_claims",
    metadata,
    Column("address", Text, primary_key=True),
    _of_capture(),
    Column("words", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("reader", Text, nullable=False),
    Column("gone", Text, nullable=False),  # version that no longer read it
    Index(None, "capture_id"),
)

verdicts = Table(
    "verdicts",
    metadata,
    _of("claims.id", primary_key=True),
    Column("verdict", Text, nullable=False),
    Column("reason", Text),
    Column("indicator", Text),
    Column("entity", Text),
    Column("period", Text),
    Column("edition", Date),
    Column("content", Text, nullable=False),
)

threads = Table(
    "threads",
    metadata,
    _number(),
    Column("kind", Text, nullable=False),
    Column("actor", Text),
    Column("country", Text),
    Column("measure", Text),
    Column("target", Text),  # in words, of the latest sighting: `3% of GDP by 2034-12-31`
    Column("due", Date),  # null for figures
    Column("dropped", Boolean, nullable=False, default=False),  # refused or given up by the latest that was said
    Column("stage", Text),  # said, adopted, funded or delivered; null where it is no undertaking
    Column("status", Text),  # as `Outlook.status`, of a forecast as `Verdict.verdict`; null where it cannot be told
    Column("rating", Text),  # `Outlook`, `Unrated` or `Verdict`; null for figures
    Column("figures", Text),  # which figures it was rated with
    Column("latest", LargeBinary, nullable=False),  # the latest sightings, by which further ones are matched
    Column("first_day", Date),
    Column("last_day", Date),
    Column("changed_day", Date),  # of the last sighting that changed something
    Column("sightings", Integer, nullable=False),
    # in the tracker's order, and with all that it filters by: what does not fit is passed over without reading its row
    Index(None, "kind", "due", "last_day", "status", "stage", "dropped", "country", "actor"),
    Index(None, "country", "kind", "due"),
)

thread_keys = Table(
    "thread_keys",
    metadata,
    Column("key", Text, primary_key=True),
    _of("threads.id", primary_key=True),
    Index(None, "thread_id"),
)

thread_claims = Table(
    "thread_claims",
    metadata,
    _of("claims.id", primary_key=True),
    _of("threads.id"),
    Index(None, "thread_id"),
)

reviews = Table(
    "reviews",
    metadata,
    _number(),
    Column("claim_address", Text, nullable=False),
    Column("decision", Text, nullable=False),  # accepted, corrected, rejected or skipped
    Column("machine", Text, nullable=False),  # `Claim` as it was read, before anybody decided
    Column("corrected", Text),  # `Claim` as corrected
    Column("reviewer", Text, nullable=False),
    Column("decided", Text, nullable=False),
    Column("undone", Text),  # moment; null while it counts
    Index(None, "claim_address"),
)

feeds = Table(
    "feeds",
    metadata,
    Column("url", Text, primary_key=True),
    Column("state", Text, nullable=False),  # `feeds.FeedState`
)
