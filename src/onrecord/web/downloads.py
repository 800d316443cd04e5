"""What a search finds as a file: CSV, JSON Lines and Parquet, with the columns of `onrecord export` and the thread."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, Final, cast, get_type_hints

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from onrecord.record.database import Record
from onrecord.record.exporting.columns import COLUMNS, cell
from onrecord.record.exporting.csv_table import cells, harmless
from onrecord.record.exporting.told import Told
from onrecord.record.searching import Hit, StoryHit
from onrecord.web.search import Search

MOST: Final = 10_000
"""Rows of a file."""
_AT_ONCE: Final = 500
_STORY_COLUMNS: Final = StoryHit.__struct_fields__


class Form(Struct, frozen=True):
    """A form of file."""

    media_type: str
    written: Callable[[Iterable[Any], bool], Iterator[bytes]]
    """From hits (of stories where the second says so) to the file, in parts."""


def hits(record: Record, search: Search) -> Iterator[Hit | StoryHit]:
    """Yield what a search finds from its page on, `MOST` at most; the first is fetched before this returns.

    Raises:
        Refusal: As `Search.page`.
    """
    search = replace(search, query=replace(search.query, limit=_AT_ONCE))
    page = search.page(record)

    def further() -> Iterator[Hit | StoryHit]:
        now = page
        while True:
            yield from now.hits
            if now.after is None:
                return
            now = replace(search, query=replace(search.query, after=now.after)).page(record)

    return islice(further(), MOST)


def table(found: Iterable[Any], stories: bool) -> Iterator[bytes]:
    """Yield CSV, as `onrecord find --csv` prints it."""
    names = [*_STORY_COLUMNS] if stories else [*(column.name for column in COLUMNS), "thread"]
    yield _lines([names])
    rows = map(_story_cells if stories else _claim_cells, found)
    while some := list(islice(rows, _AT_ONCE)):
        yield _lines(some)


def lines(found: Iterable[Any], stories: bool) -> Iterator[bytes]:  # noqa: ARG001  # a hit says itself what it is
    """Yield JSON Lines, as `onrecord find --json` prints them."""
    encoded = (msgspec.json.encode(one) + b"\n" for one in found)
    while some := b"".join(islice(encoded, _AT_ONCE)):
        yield some


def parquet(found: Iterable[Any], stories: bool) -> Iterator[bytes]:
    """Yield a Parquet file; its columns have the types of `onrecord export`."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = _story_schema() if stories else _claim_schema()
    values = map(_story_values if stories else _claim_values, found)
    file = io.BytesIO()
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        while some := list(islice(values, _AT_ONCE)):
            columns = [
                pa.array(column, field.type) for column, field in zip(zip(*some, strict=True), schema, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))
    yield file.getvalue()


FORMS: Final = {
    "csv": Form("text/csv; charset=utf-8", table),
    "jsonl": Form("application/jsonl; charset=utf-8", lines),
    "parquet": Form("application/vnd.apache.parquet", parquet),
}
"""By the ending of their names."""


def _lines(rows: Iterable[list[str]]) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file).writerows(rows)
    return file.getvalue().encode("utf-8", "replace")


def _thread(hit: Hit) -> str | None:
    return f"T{hit.thread}" if hit.thread else None


def _claim_cells(hit: Hit) -> list[str]:
    return [*cells(cast("Told", hit)), _thread(hit) or ""]  # a hit has every field that the columns ask for


def _claim_values(hit: Hit) -> list[Any]:
    return [*(cell(column, cast("Told", hit)) for column in COLUMNS), _thread(hit)]


def _story_cells(hit: StoryHit) -> list[str]:
    return [harmless(str(value)) if value is not None else "" for value in _story_values(hit)]


def _story_values(hit: StoryHit) -> list[Any]:
    return [getattr(hit, name) for name in _STORY_COLUMNS]


def _claim_schema() -> Any:
    import pyarrow as pa

    from onrecord.record.exporting.parquet import schema

    return schema().append(pa.field("thread", pa.string(), metadata={"description": "Its thread in the record."}))


def _story_schema() -> Any:
    import pyarrow as pa

    types = {int: pa.int64(), dt.date | None: pa.date32()}
    hints = get_type_hints(StoryHit)
    return pa.schema([pa.field(name, types.get(hints[name], pa.string())) for name in _STORY_COLUMNS])
