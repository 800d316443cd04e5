"""A thread's history: each sighting with what it changed; the lowest, highest and latest of figures on one event."""

from __future__ import annotations

from onrecord.threads.values import Event, Extremes, Sighting, Terms, Thread


def history(thread: Thread) -> tuple[Event, ...]:
    """Return the sightings in order of day, each with what it changed against what was known before."""
    raise NotImplementedError


def current(thread: Thread) -> Terms:
    """Return the target, or figure and time, that holds after the latest sighting."""
    raise NotImplementedError


def extremes(thread: Thread) -> Extremes | None:
    """Return the lowest, highest and latest number said; None where no sighting has a number."""
    raise NotImplementedError


def by_sayer(thread: Thread) -> dict[str | None, tuple[Sighting, ...]]:
    """Return the sightings by who says so, None for the stories' own voice, in order of first standing."""
    raise NotImplementedError


def in_words(terms: Terms) -> str:
    """Return a target in words: `3% of GDP by 2034`, `23`, `by 2030-06-30`; empty where neither is said."""
    raise NotImplementedError
