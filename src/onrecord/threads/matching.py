"""Which thread a claim belongs to: keys by which a database finds candidates, and the choice among them."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.threads.values import Sighting, Thread

LATEST = 12
"""Sightings of a candidate that are looked at, from the latest; a caller need not load more to choose."""


def keys(sighting: Sighting) -> tuple[str, ...]:
    """Return the strings by which threads that the sighting may belong to are found: they share at least one.

    Empty for a claim that belongs to no thread. A thread has the keys of all its sightings; where many threads share
    a key, those that share most keys and were last added to are the ones worth loading (20 are enough).
    """
    raise NotImplementedError


def choose(sighting: Sighting, candidates: Iterable[Thread]) -> Thread | None:
    """Return the thread that the sighting belongs to: same actor, same measure, same target; None for a new one."""
    raise NotImplementedError


def begun(id: int, sighting: Sighting) -> Thread:  # noqa: A002 - the column's name
    """Return a new thread that begins with the sighting."""
    return Thread(id=id, kind=sighting.kind, sightings=(sighting,))


def added(thread: Thread, sighting: Sighting) -> Thread:
    """Return the thread with the sighting in its place by day, and the kind that it has then."""
    raise NotImplementedError
