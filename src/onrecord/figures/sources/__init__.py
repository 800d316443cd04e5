"""Publishers whose open interfaces `onrecord figures update` asks; nothing else in `figures` opens a connection."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import httpx

from onrecord.errors import FiguresError, UnknownEntity, UnknownIndicator, UsageError
from onrecord.figures.folder import Added, add, known_indicators
from onrecord.figures.rows import Rows
from onrecord.figures.sources import eurostat, oecd, world_bank
from onrecord.figures.store import load

Fetch = Callable[[httpx.Client, str], Iterator[dict[str, str]]]
"""From a client and a base address to rows with the columns of `figures add`."""

SOURCES: Final[dict[str, tuple[str, Fetch]]] = {
    "world-bank": (world_bank.ADDRESS, world_bank.fetch),
    "eurostat": (eurostat.ADDRESS, eurostat.fetch),
    "oecd": (oecd.ADDRESS, oecd.fetch),
}
_TIMEOUT: Final = 60.0
"""Seconds without an answer after which a publisher is given up."""


def update(source: str, folder: Path, *, address: str | None = None) -> Added:
    """Fetch the figures of `source` and add to `folder` what is new, all or nothing.

    Args:
        source: `world-bank`, `eurostat` or `oecd`.
        folder: Folder of added figures.
        address: Base address of the interface, if not the publisher's own.

    Raises:
        UsageError: There is no such source.
        FiguresError: It cannot be reached, answers something else, or leaves out a unit; nothing is added.
    """
    if source not in SOURCES:
        raise UsageError(f"unknown source {source!r}; known: {', '.join(SOURCES)}")
    base, fetch = SOURCES[source]
    known = load(folder)
    rows = Rows(known_indicators(known))
    try:
        with httpx.Client(timeout=_TIMEOUT, follow_redirects=True, headers={"user-agent": "onrecord"}) as client:
            for number, row in enumerate(fetch(client, address or base), 1):
                _take(rows, row, number)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise FiguresError(f"{source}: {address or base} cannot be read: {error}; nothing was added") from error
    except (ValueError, csv.Error) as error:
        raise FiguresError(f"{source}: {error}; nothing was added") from error
    if not rows.observations:
        raise FiguresError(f"{source}: {address or base} has no figures; nothing was added")
    return add(rows, known, folder, lambda _, reason: FiguresError(f"{source}: {reason}; nothing was added"))


def _take(rows: Rows, row: dict[str, str], number: int) -> None:
    try:
        rows.take(row, number)
    except (ValueError, UnknownIndicator, UnknownEntity) as error:
        raise ValueError(f"{row['indicator']} of {row['entity']} in {row['period']}: {error}") from error
