"""Claims as a Parquet file with stable column types."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq
from sqlalchemy import Connection

from onrecord.record.exporting.choosing import Choice
from onrecord.record.exporting.columns import COLUMNS, Type, cell
from onrecord.record.exporting.told import Told, told

ROWS: Final = 20_000
"""Rows of a group, and most that are held at a time."""
_TYPES: Final[dict[Type, pa.DataType]] = {
    "string": pa.string(),
    "number": pa.float64(),
    "integer": pa.int64(),
    "boolean": pa.bool_(),
    "date": pa.date32(),
}


def schema() -> pa.Schema:
    """Return the Arrow schema of the file, each field with its meaning."""
    fields = [
        pa.field(one.name, _TYPES[one.type], nullable=not one.required, metadata={"description": one.meaning})
        for one in COLUMNS
    ]
    return pa.schema(fields, metadata={"onrecord": "claims 1"})


def write_parquet(connection: Connection, path: Path, choice: Choice) -> int:
    """Write the chosen claims to `path`; return how many there are."""
    found, count = told(connection, choice), 0
    with pq.ParquetWriter(path, schema(), compression="zstd") as writer:
        for some in _groups(found):
            columns = [pa.array([cell(one, row) for row in some], _TYPES[one.type]) for one in COLUMNS]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema()))
            count += len(some)
    return count


def _groups(found: Iterator[Told]) -> Iterator[tuple[Told, ...]]:
    while some := tuple(islice(found, ROWS)):
        yield some
