"""The datasets that a batch gives: their columns, and a capture's rows in each. docs/batch.md lists them.

`captures`, `stories`, `statements` and `claims` stand in folders by month of publication; `skipped` has no month.
A story, a statement and a claim also stand whole in `content`, as JSON, so that what comes out can be taken in again.
"""

from __future__ import annotations

from typing import Any, Final, Literal, TypeAlias, get_args

import pyarrow as pa
from msgspec import Struct
from msgspec.structs import replace

from onrecord import __version__
from onrecord.model import Capture, Reading, StatementKind, Story
from onrecord.record import rows
from onrecord.record.addresses import claim_addresses
from onrecord.record.exporting.columns import COLUMNS as OF_CLAIMS
from onrecord.record.exporting.columns import cell
from onrecord.record.exporting.told import Told

Table = Literal["captures", "stories", "statements", "claims", "skipped"]
Type = Literal["string", "number", "integer", "boolean", "date", "strings"]
Row: TypeAlias = dict[str, Any]
Rows: TypeAlias = dict[Table, list[Row]]

MONTH: Final = "month"
"""The column that folders of a dataset are named by: `month=2025-06`."""
UNKNOWN: Final = "unknown"
"""Month of what shows no day of publication."""
_ARROW: Final[dict[Type, pa.DataType]] = {
    "string": pa.string(),
    "number": pa.float64(),
    "integer": pa.int64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
    "strings": pa.list_(pa.field("element", pa.string())),  # as Parquet calls it
}


class Column(Struct, frozen=True):
    """A column: its name, type and meaning."""

    name: str
    type: Type
    meaning: str
    required: bool = False
    """Whether every row has a value in it."""
    one_of: tuple[str, ...] = ()
    """All values that it may have; empty: any."""


def _column(name: str, type_: Type, meaning: str, one_of: tuple[str, ...] = ()) -> Column:
    """Return a column; a `*` behind its name says that every row has a value in it."""
    return Column(name.rstrip("*"), type_, meaning, name.endswith("*"), one_of)


_SOURCE: Final = _column("source*", "string", "Where the capture lies: file, `#`, and place in it. Joins all datasets.")
_OFFSET: Final = _column("offset", "integer", "Byte of a WARC at which its record, or the record's member, begins.")
_ID: Final = _column("capture_id*", "string", "SHA-256 of the page's bytes; equal pages have equal ones.")
_STORY: Final = _column("story*", "integer", "Place of the story in its capture, from 0.")
_ABOUT: Final = (
    _column("day", "date", "Day of the story."),
    _column("headline", "string", "Headline of the story."),
    _column("language*", "string", "ISO 639-1 code of the story's language, or `und`."),
    _column("url", "string", "Where its page stands."),
    _column("outlet", "string", "Host of that address without `www.`."),
)
_IN_CLAIMS: Final = tuple(one for one in OF_CLAIMS if one.name != "review")

TABLES: Final[dict[Table, tuple[Column, ...]]] = {
    "captures": (
        _SOURCE,
        _column("number*", "integer", "Place of the capture in its shard, from 0."),
        _OFFSET,
        _ID,
        _column("url", "string", "Where the page stands."),
        _column("outlet", "string", "Host of that address without `www.`."),
        _column("captured", "string", "Moment of the capture as its archive gives it (WARC-Date)."),
        _column("day", "date", "Day of the first story that shows one."),
        _column("language*", "string", "ISO 639-1 code of the page's language, or `und`."),
        _column("stories*", "integer", "Stories found in it."),
        _column("text*", "string", "The page's text; all offsets count its characters."),
    ),
    "stories": (
        _SOURCE,
        _ID,
        _STORY,
        *_ABOUT,
        _column("dateline", "string", "Place and day before its first sentence."),
        _column("agency", "string", "News agency that it comes from."),
        _column("byline", "string", "Who wrote it."),
        _column("published", "string", "Moment of publication, as precise as shown, ISO 8601."),
        _column("updated", "string", "Moment of the last change, likewise."),
        _column("start*", "integer", "First character of the story in the capture's text, from 0."),
        _column("end*", "integer", "Character after its last."),
        _column("body*", "string", "Its body text, a line a run."),
        _column("statements*", "integer", "Statements read from it."),
        _column("claims*", "integer", "Claims read from it, before `--where`."),
        _column("notes*", "strings", "What could not be done for it, and why."),
        _column("content*", "string", "The story without statements and claims, as JSON."),
    ),
    "statements": (
        _SOURCE,
        _ID,
        _STORY,
        _column("number*", "integer", "Place of the statement in its story, from 0."),
        _column("kind*", "string", "Direct, mixed or indirect speech.", get_args(StatementKind)),
        _column("speaker", "string", "Who said it, as the story names them."),
        _column("cue", "string", "The words that attribute it."),
        _column("words*", "string", "What was said, as it stands."),
        _column("start*", "integer", "First character of `words` in the capture's text, from 0."),
        _column("end*", "integer", "Character after its last."),
        *_ABOUT,
        _column("content*", "string", "The statement, as JSON."),
    ),
    "claims": (
        _STORY,
        _column("number*", "integer", "Place of the claim in its story, from 0, before `--where`."),
        *(Column(one.name, one.type, one.meaning, one.required, one.one_of) for one in _IN_CLAIMS),
        _column("content*", "string", "The claim with its verdict, as JSON."),
    ),
    "skipped": (
        _SOURCE,
        _OFFSET,
        _column("reason*", "string", "Why it was not read."),
    ),
}


class Origin(Struct, frozen=True):
    """Where a capture comes from, beside its own source."""

    number: int
    offset: int | None
    captured: str | None


def schema(table: Table) -> pa.Schema:
    """Return the Arrow schema of a dataset's files, each field with its meaning."""
    fields = [
        pa.field(one.name, _ARROW[one.type], nullable=not one.required, metadata={"description": one.meaning})
        for one in TABLES[table]
    ]
    return pa.schema(fields, metadata={"onrecord": f"batch {table} 1"})


def month_of(row: Row) -> str:
    """Return the month whose folder a row stands in."""
    return str(row["day"].isoformat()[:7]) if row["day"] else UNKNOWN


def rows_of(reading: Reading, origin: Origin) -> Rows:
    """Return the rows of a capture in each dataset."""
    capture = reading.capture
    found: Rows = {"captures": [_capture_row(reading, origin)], "stories": [], "statements": [], "claims": []}
    addresses = iter(claim_addresses(capture.id, capture.text, reading.claims))
    for number, story in enumerate(reading.stories):
        content = rows.to_json(replace(story, statements=(), claims=()))
        key: Row = {"source": capture.source, "capture_id": capture.id, "story": number}
        about = _about(story, capture)
        found["stories"].append({**key, **about, **_story_cells(story, capture, content)})
        found["statements"] += [{**key, **about, **cells} for cells in _statement_cells(story, capture)]
        for place, claim in enumerate(story.claims):
            told = Told(
                address=next(addresses),
                claim=claim,
                words=claim.evidence.of(capture.text),
                reader=__version__,
                review=None,
                story_content=content,
                **key,
                **about,
            )
            cells = {one.name: cell(one, told) for one in _IN_CLAIMS}
            found["claims"].append({"story": number, "number": place, **cells, "content": rows.to_json(claim)})
    return found


def _capture_row(reading: Reading, origin: Origin) -> Row:
    capture = reading.capture
    return {
        "source": capture.source,
        "number": origin.number,
        "offset": origin.offset,
        "capture_id": capture.id,
        "url": rows.url_of(capture),
        "outlet": rows.outlet_of(capture),
        "captured": origin.captured,
        "day": next((story.day for story in reading.stories if story.day), None),
        "language": capture.language,
        "stories": len(reading.stories),
        "text": capture.text,
    }


def _about(story: Story, capture: Capture) -> Row:
    return {
        "day": story.day,
        "headline": story.headline,
        "language": story.language,
        "url": rows.url_of(capture),
        "outlet": rows.outlet_of(capture),
    }


def _story_cells(story: Story, capture: Capture, content: str) -> Row:
    return {
        "dateline": story.dateline,
        "agency": story.agency,
        "byline": story.byline,
        "published": story.published,
        "updated": story.updated,
        "start": story.start,
        "end": story.end,
        "body": "\n".join(capture.text[start:end] for start, end in story.body),
        "statements": len(story.statements),
        "claims": len(story.claims),
        "notes": list(story.notes),
        "content": content,
    }


def _statement_cells(story: Story, capture: Capture) -> list[Row]:
    return [
        {
            "number": place,
            "kind": one.kind,
            "speaker": one.speaker,
            "cue": one.cue,
            "words": one.content.of(capture.text),
            "start": one.content.start,
            "end": one.content.end,
            "content": rows.to_json(one),
        }
        for place, one in enumerate(story.statements)
    ]
