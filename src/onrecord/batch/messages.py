"""What a worker and whoever watches it tell each other."""

from __future__ import annotations

from msgspec import Struct

from onrecord.batch.planning import Shard


class Job(Struct, frozen=True):
    """A shard to be read into files below `scratch`."""

    shard: Shard
    scratch: str
    given_up: tuple[tuple[int, str], ...]
    """Captures that are not to be read, by their number in the shard, and why."""
    last: int | None
    """Number of the capture behind which nothing can be read; None for no such one."""


class Begun(Struct, frozen=True):
    """What is looked at now: the capture's number in the shard, from 0."""

    number: int


class Done(Struct, frozen=True):
    """A shard's files are written."""

    folder: str
    """Where: a folder below the job's scratch that no other try has."""
    counts: dict[str, int]
    """Rows of each dataset."""
    memory: int
    """Bytes that the process takes."""
    seconds: dict[str, float]
    """Seconds of processor time: `pages` to find and make captures, `reading`, `writing`."""


class Failed(Struct, frozen=True):
    """The process cannot work at all."""

    reason: str
