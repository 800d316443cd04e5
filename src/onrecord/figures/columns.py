"""Observations as columns of a Parquet file, sorted by indicator, entity, period and edition.

A file carries the indicators that are its own in its metadata: no series travels without its unit and title.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec

from onrecord.errors import FiguresError
from onrecord.figures.values import Indicator
from onrecord.model import Observation

_WORDS: Final = ("indicator", "entity", "period", "unit", "source", "address", "read_from", "attribution")
"""Columns of few distinct strings: kept as numbers into a dictionary."""
_FIELDS: Final = Observation.__struct_fields__
_INDICATORS: Final = b"onrecord.indicators"
_EPOCH: Final = dt.date(1970, 1, 1).toordinal()


class Run(NamedTuple):
    """The rows of one indicator and one entity in one file."""

    columns: Columns
    start: int
    stop: int

    def observations(self) -> list[Observation]:
        """Return them, in order of period and edition."""
        return self.columns.rows(self.start, self.stop)


class Columns:
    """One file of `count` observations, read; `indicators` are those that it brings along."""

    def __init__(self, path: Path) -> None:
        """Read `path`.

        Raises:
            FiguresError: It cannot be read, or is no file of figures.
        """
        # a tenth of a second that no command but those of figures should pay
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            # not `read_table`, which loads what reads data sets of many files: five times as long
            table = pq.ParquetFile(path).read().combine_chunks()
            self._words = {name: table.column(name).combine_chunks() for name in _WORDS}
            self._dictionaries = {name: column.dictionary.to_pylist() for name, column in self._words.items()}
            self._codes = {name: column.indices.to_numpy() for name, column in self._words.items()}
            self._values = table.column("value").to_numpy()
            self.count = len(self._values)
            self._editions = table.column("edition").cast(pa.int32()).to_numpy()
            self._flags = {name: table.column(name).to_numpy() for name in ("estimate", "edition_exact")}
            metadata = table.schema.metadata or {}
            self.indicators = msgspec.json.decode(metadata.get(_INDICATORS, b"[]"), type=list[Indicator])
        except (OSError, pa.ArrowException, KeyError, AttributeError, msgspec.DecodeError) as error:
            raise FiguresError(f"{path}: not a file of figures: {error}") from error

    def runs(self) -> dict[tuple[str, str], Run]:
        """Return where the rows of each indicator and entity stand."""
        import numpy as np

        indicator, entity = self._codes["indicator"], self._codes["entity"]
        changes = (np.diff(indicator) != 0) | (np.diff(entity) != 0)
        starts = [0, *(np.flatnonzero(changes) + 1).tolist()] if len(indicator) else []
        names, codes = self._dictionaries["indicator"], self._dictionaries["entity"]
        return {
            (names[indicator[start]], codes[entity[start]]): Run(self, start, stop)
            for start, stop in zip(starts, [*starts[1:], len(indicator)], strict=True)
        }

    def rows(self, start: int, stop: int) -> list[Observation]:
        """Return the observations of rows `start` to `stop`, end excluded."""
        columns: dict[str, Sequence[Any]] = {"value": self._values[start:stop].tolist()}
        for name in _WORDS:
            dictionary = self._dictionaries[name]
            columns[name] = [dictionary[code] for code in self._codes[name][start:stop].tolist()]
        columns["edition"] = [dt.date.fromordinal(_EPOCH + day) for day in self._editions[start:stop].tolist()]
        columns |= {name: flags[start:stop].tolist() for name, flags in self._flags.items()}
        rows = zip(*(columns[name] for name in _FIELDS), strict=True)
        return [Observation(**dict(zip(_FIELDS, row, strict=True))) for row in rows]


def sort_key(one: Observation) -> tuple[str, str, str, dt.date, str]:
    """Return what observations are sorted by; no two may share it."""
    return one.indicator, one.entity, one.period, one.edition, one.source


def write(path: Path, observations: Iterable[Observation], indicators: Sequence[Indicator] = ()) -> None:
    """Write a file of `observations` and of the `indicators` that no catalogue has; same input, same bytes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = sorted(observations, key=sort_key)
    columns = {name: pa.array([getattr(one, name) for one in rows]) for name in _FIELDS}
    columns |= {name: columns[name].cast(pa.string()).dictionary_encode() for name in _WORDS}
    columns["edition"] = columns["edition"].cast(pa.date32())
    table = pa.table(columns).replace_schema_metadata({_INDICATORS: msgspec.json.encode(indicators)})
    pq.write_table(table, path, compression="zstd", compression_level=19, row_group_size=max(len(rows), 1))
