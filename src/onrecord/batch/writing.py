"""A shard's rows to Parquet files, the same bytes whenever and by whomever they are written."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from onrecord.batch.tables import MONTH, TABLES, Row, Rows, Table, month_of, schema

_GROUP: Final = 5_000
"""Rows of a group."""


def file_in(table: Table, month: str | None, name: str) -> Path:
    """Return where a shard's rows of a month lie in a folder of datasets; None: the table has no months."""
    return Path(table, *([f"{MONTH}={month}"] if month else []), f"{name}.parquet")


def write_rows(rows: Rows, folder: Path, name: str) -> dict[str, int]:
    """Write a shard's rows below `folder`, in files of this name; return how many there are of each dataset.

    Raises:
        OSError: A file cannot be written.
    """
    counts: dict[str, int] = {}
    for table in TABLES:
        of_table = rows.get(table, [])
        counts[table] = len(of_table)
        parts: dict[str | None, list[Row]] = defaultdict(list)
        for row in of_table:
            parts[None if table == "skipped" else month_of(row)].append(row)
        for month, some in parts.items():
            _write(some, table, folder / file_in(table, month, name))
    return counts


def _write(rows: Sequence[Row], table: Table, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    form = schema(table)
    with pq.ParquetWriter(path, form, compression="zstd") as writer:
        writer.write_table(pa.Table.from_pylist(list(rows), schema=form), row_group_size=_GROUP)
    with path.open("rb") as file:
        os.fsync(file.fileno())
