"""Readings into the record: a capture with all that was read from it in one transaction, and never twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct
from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    column,
    func,
    insert,
    literal_column,
    or_,
    select,
    table,
    text,
    update,
)

from onrecord.model import Capture, Reading, Story
from onrecord.record import rows
from onrecord.record.addresses import claim_addresses
from onrecord.record.copies import find_place
from onrecord.record.database import Record
from onrecord.record.inserting import insert_if_new
from onrecord.record.rating import RatedBy
from onrecord.record.schema import captures, claims, sources, statements, stories, verdicts
from onrecord.record.threads import Seen, Where, place_claims

# made once: to put a statement together, and find its compiled form, takes SQLAlchemy longer than SQLite to run it
_KNOWN: Final = select(captures.c.id).where(captures.c.id == bindparam("capture_id"))
_NOTED: Final = select(sources.c.source).where(
    sources.c.capture_id == bindparam("capture_id"), sources.c.source == bindparam("source")
)
_PUT_STORY: Final = insert(stories).returning(stories.c.id)
_PUT_STATEMENT: Final = insert(statements)
_PUT_CLAIM: Final = insert(claims)  # their numbers are asked for afterwards: to return them takes a statement each
_IDS: Final = select(claims.c.id).where(claims.c.story_id == bindparam("story")).order_by(claims.c.number)
_PUT_VERDICT: Final = insert(verdicts)
# with the story's outlet as one token, as the migration makes those of claims
PUT_WORDS: Final = text("""
    INSERT INTO story_words(rowid, headline, body, facets)
    SELECT position, :headline, :body,
        char(57344) || replace(replace(replace(outlet, '.', '0'), '-', '1'), '_', '2') || char(57344)
    FROM stories WHERE id = :id
""")
_TAKE_WORDS: Final = text("""
    INSERT INTO story_words(story_words, rowid, headline, body, facets)
    SELECT 'delete', position, :headline, :body,
        char(57344) || replace(replace(replace(outlet, '.', '0'), '-', '1'), '_', '2') || char(57344)
    FROM stories WHERE id = :id
""")
_documents: Final = table("stories", column("id"), column("document"))  # PostgreSQL's column, which no table here has
_NO_PHRASE: Final[ColumnElement[str]] = literal_column("'''/'':1'::tsvector")
"""A lexeme between two texts, so that no phrase reaches from one into the other."""
_SEARCHED: Final = 400_000
"""Characters of a body that PostgreSQL searches: of more, a tsvector may be larger than it takes."""


class Added(Struct, frozen=True, kw_only=True):
    """What came of adding one capture."""

    source: str
    capture_id: str
    new: bool
    """False where the record had the same bytes already: then nothing was added but, if new, where they were seen."""
    stories: int = 0
    statements: int = 0
    claims: int = 0


def add(record: Record, reading: Reading, *, reader: str, by: RatedBy | None = None) -> Added:
    """Add a reading, all of it or, after an error, nothing; its claims join their threads.

    Args:
        record: The record.
        reading: The capture and what was read from it.
        reader: Version of onrecord that read it.
        by: Figures to rate threads with; None leaves them unrated.

    Raises:
        RecordError: As `Record.writing`.
    """
    capture = reading.capture
    with record.writing() as connection:
        moment = rows.now()
        new = _insert_capture(connection, rows.capture_row(capture, reader, moment))
        _insert_source(connection, capture, moment)
        if not new:
            return Added(source=capture.source, capture_id=capture.id, new=False)
        insert_stories(connection, reading, reader, by)
    return Added(
        source=capture.source,
        capture_id=capture.id,
        new=True,
        stories=len(reading.stories),
        statements=len(reading.statements),
        claims=len(reading.claims),
    )


def knows(record: Record, capture: Capture) -> bool:
    """Return whether the record has the capture's bytes; if so, where they were seen now is noted."""
    with record.reading() as connection:
        if connection.execute(_KNOWN, {"capture_id": capture.id}).first() is None:
            return False
        at = {"capture_id": capture.id, "source": capture.source}
        noted = connection.execute(_NOTED, at).first() is not None
    if not noted:
        with record.writing() as connection:
            _insert_source(connection, capture, rows.now())
    return True


def knows_address(record: Record, address: str) -> bool:
    """Return whether a page was added that was fetched from an address, or says that it stands there."""
    at = select(sources.c.capture_id).where(or_(sources.c.source == address, sources.c.url == address))
    with record.reading() as connection:
        return connection.execute(at.limit(1)).first() is not None


def insert_stories(
    connection: Connection, reading: Reading, reader: str, by: RatedBy | None, addresses: Sequence[str] | None = None
) -> None:
    """Insert a capture's stories with their statements, claims and verdicts, and find their copies and threads.

    `addresses` are those of the claims, in order; None: as `claim_addresses` makes them. `by` as for `add`.
    """
    capture = reading.capture
    outlet = rows.outlet_of(capture)
    left = list(addresses or claim_addresses(capture.id, capture.text, reading.claims))
    seen: list[Seen] = []
    for number, story in enumerate(reading.stories):
        words = body_words(story, capture.text)
        place = find_place(connection, words, outlet)
        row = rows.story_row(story, capture, number) | place.columns()
        story_id = connection.execute(_PUT_STORY, row).scalar_one()
        place.put_bands(connection, story_id)
        index_story(connection, story_id, rows.storable(story.headline or ""), words)
        told = [rows.statement_row(one, i) | {"story_id": story_id} for i, one in enumerate(story.statements)]
        if told:
            connection.execute(_PUT_STATEMENT, told)
        own, left = left[: len(story.claims)], left[len(story.claims) :]
        if own:
            ids = insert_claims(connection, story, capture, {"story_id": story_id, "reader": reader}, own)
            source = outlet or rows.storable(capture.source)
            where = Where(story=place.first_id or story_id, source=source, day=story.day, headline=story.headline)
            evidence = [rows.storable(claim.evidence.of(capture.text)) for claim in story.claims]
            seen += map(where.seen, ids, own, story.claims, evidence)
    place_claims(connection, seen, by)


def insert_claims(
    connection: Connection, story: Story, capture: Capture, shared: rows.Row, addresses: Sequence[str]
) -> list[int]:
    """Insert a story's claims with their verdicts and return their numbers, in order.

    `shared` are the columns that all of them have alike.
    """
    shared = shared | {"day": story.day, "outlet": rows.outlet_of(capture)}
    new = [
        rows.claim_row(claim, claim.evidence.of(capture.text)) | shared | {"number": number, "address": address}
        for number, (claim, address) in enumerate(zip(story.claims, addresses, strict=True))
    ]
    connection.execute(_PUT_CLAIM, new)
    ids = list(connection.execute(_IDS, {"story": shared["story_id"]}).scalars())
    checked = [rows.verdict_row(c.verdict, i) for c, i in zip(story.claims, ids, strict=True) if c.verdict]
    if checked:
        connection.execute(_PUT_VERDICT, checked)
    return ids


def index_story(connection: Connection, story_id: int, headline: str, body: str) -> None:
    """Put a story's headline and body into the full-text search."""
    if connection.dialect.name == "sqlite":
        connection.execute(PUT_WORDS, {"id": story_id, "headline": headline, "body": body})
        return
    document = func.onrecord_words(headline).concat(_NO_PHRASE).concat(func.onrecord_words(body[:_SEARCHED]))
    connection.execute(update(_documents).where(_documents.c.id == story_id).values(document=document))


def unindex_story(connection: Connection, story_id: int, headline: str, body: str) -> None:
    """Take a story's headline and body, as they were put there, out of the full-text search."""
    if connection.dialect.name == "sqlite":  # elsewhere they go with the story's row
        connection.execute(_TAKE_WORDS, {"id": story_id, "headline": headline, "body": body})


def body_words(story: Story, text: str) -> str:
    """Return the text of a story's body."""
    return rows.storable("\n".join(text[start:end] for start, end in story.body))


def _insert_capture(connection: Connection, row: rows.Row) -> bool:
    return connection.execute(insert_if_new(connection, captures).returning(captures.c.id), row).first() is not None


def _insert_source(connection: Connection, capture: Capture, moment: str) -> None:
    row = {
        "capture_id": capture.id,
        "source": rows.storable(capture.source),
        "url": rows.url_of(capture),
        "seen": moment,
    }
    connection.execute(insert_if_new(connection, sources), row)
