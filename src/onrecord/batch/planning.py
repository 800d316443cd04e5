"""What is to be read, how, and how it is cut into shards: all of it known before the first page is read.

Shards depend on the inputs alone, never on who reads them or when; so do the names of the files that come of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Final

from msgspec import Struct

from onrecord import __version__
from onrecord.batch.inputs import Input, find_inputs, is_gzipped, opened
from onrecord.batch.where import Subject, parse
from onrecord.errors import OnrecordError
from onrecord.record.rating import known_figures

READER: Final = "onrecord.batch.reading:read"


class Limits(Struct, frozen=True, kw_only=True):
    """What a single capture may cost, and how large a shard is."""

    page_bytes: int = 10 * 2**20
    """Bytes of a page once unpacked."""
    seconds: float = 20.0
    """Seconds of processor time from finding a page to its last claim."""
    shard_bytes: int = 32 * 2**20
    """Bytes of an archive that make a shard, as they lie there: some thousand pages of a gzipped WARC."""
    shard_rows: int = 1_000
    """Rows of a Parquet file, or files of pages, that make a shard."""


class Settings(Struct, frozen=True, kw_only=True):
    """How pages are read and what is kept."""

    stories_only: bool = False
    where: str | None = None
    """Which claims are kept (of `stories_only`: which stories), and with them their stories and captures; None: all."""
    limits: Limits = Limits()
    reader: str = READER
    """MODULE:FUNCTION that reads a capture."""

    @property
    def subject(self) -> Subject:
        """Return the dataset whose rows `where` is about."""
        return "stories" if self.stories_only else "claims"


class Shard(Struct, frozen=True):
    """A part of the work: of one archive what begins in [start, end), bytes or rows; or whole files of pages."""

    number: int
    inputs: tuple[Input, ...]
    start: int
    end: int

    @property
    def name(self) -> str:
        """Return the name of its files, without an ending."""
        return f"shard-{self.number:06}"


class Plan(Struct, frozen=True):
    """Inputs and settings of a run, and who reads; equal plans give equal datasets."""

    inputs: tuple[Input, ...]
    rows: tuple[int, ...]
    """Rows of each Parquet file, 0 for other inputs."""
    settings: Settings
    version: str
    figures: str
    """Digest of the figures that claims are held against."""

    def shards(self) -> Iterator[Shard]:
        """Yield all shards, in order."""
        numbers, pages = count(), list[Input]()
        limits = self.settings.limits
        for one, rows in zip(self.inputs, self.rows, strict=True):
            if one.kind == "page":
                pages.append(one)
                continue
            for start, end in _ranges(one, rows, limits):
                yield Shard(next(numbers), (one,), start, end)
        for first in range(0, len(pages), limits.shard_rows):
            yield Shard(next(numbers), tuple(pages[first : first + limits.shard_rows]), 0, 0)


def plan(names: Sequence[str], settings: Settings) -> Plan:
    """Return the plan of reading everything that `names` lead to.

    Raises:
        UsageError: A name leads to nothing that can be read, or `settings.where` is no condition.
        OnrecordError: An input cannot be looked at.
    """
    if settings.where is not None:
        parse(settings.where, settings.subject)
    inputs = find_inputs(names)
    rows = tuple(_rows(one) if one.kind == "parquet" else 0 for one in inputs)
    return Plan(inputs, rows, settings, __version__, known_figures().edition)


def _ranges(one: Input, rows: int, limits: Limits) -> Iterator[tuple[int, int]]:
    """Yield where the shards of an archive start and end; one that is empty has one shard, which says so."""
    whole = rows if one.kind == "parquet" else one.size
    step = limits.shard_rows if one.kind == "parquet" else limits.shard_bytes
    if one.kind == "lines" and is_gzipped(one.name):  # nobody can begin in the middle of it
        step = whole
    if not whole:
        yield 0, 0
        return
    for start in range(0, whole, step):
        yield start, min(start + step, whole)


def _rows(one: Input) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with opened(one.name) as file:
            return int(pq.read_metadata(file).num_rows)
    except (OSError, pa.ArrowException) as error:
        raise OnrecordError(f"{one.name}: not a Parquet file that can be read: {error}") from error
