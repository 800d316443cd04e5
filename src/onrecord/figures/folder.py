"""The folder with the figures that a user added: one Parquet file an addition, never changed afterwards."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct
from platformdirs import user_data_path

from onrecord.errors import BadRow, FiguresError
from onrecord.figures.catalogue import indicators as built_in_indicators
from onrecord.figures.columns import sort_key, write
from onrecord.figures.rows import Rows, edition_words, read_file
from onrecord.figures.store import Figures, load
from onrecord.figures.values import Indicator
from onrecord.model import Observation

FOLDER_VARIABLE: Final = "ONRECORD_FIGURES"


class Added(Struct, frozen=True, kw_only=True):
    """What an addition did."""

    added: int
    """Observations that are new."""
    known: int
    """Observations that were there already, just the same."""
    indicators: tuple[str, ...] = ()
    """Identifiers of the indicators that are new."""


def user_folder() -> Path:
    """Return the folder of added figures: `ONRECORD_FIGURES` if that is set, else one in the user's data folder."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named) if named else user_data_path("onrecord") / "figures"


def add_file(path: Path, folder: Path) -> Added:
    """Add the rows of a CSV file to `folder`, all or none.

    Raises:
        BadRow: A row cannot be taken, or says something else of a known edition: none is overwritten.
        FiguresError: The file cannot be read, or the folder not written.
    """
    known = load(folder)
    rows = read_file(path, known_indicators(known))

    def refuse(line: int, reason: str) -> FiguresError:
        return BadRow(str(path), line, reason)

    return add(rows, known, folder, refuse)


def known_indicators(known: Figures) -> dict[str, Indicator]:
    """Return every indicator by identifier, also those of the catalogue that have no observations yet."""
    return built_in_indicators() | {one.id: one for one in known.indicators}


def add(rows: Rows, known: Figures, folder: Path, refuse: Callable[[int, str], FiguresError]) -> Added:
    """Write to `folder` those of `rows` that are not `known`; `refuse` makes the error for a line and a reason."""
    new = []
    for one, line in zip(rows.observations, rows.lines, strict=True):
        earlier = _same(one, known)
        if earlier is None:
            new.append(one)
        elif (earlier.value, earlier.unit) != (one.value, one.unit):
            told = f"{one.indicator} of {one.entity} in {one.period}, edition {edition_words(earlier)}"
            raise refuse(line, f"{told}, is {earlier.value:g} {earlier.unit} already; an edition is never overwritten")
    if new:
        _store(new, rows.indicators, folder)
    names = tuple(one.id for one in rows.indicators)
    return Added(added=len(new), known=len(rows.observations) - len(new), indicators=names)


def _same(one: Observation, known: Figures) -> Observation | None:
    """Return the known observation of the same edition, which `one` must not contradict; None if it is a new one."""
    if not known.has(one.indicator):
        return None
    editions = known.editions(one.indicator, one.entity, one.period)
    same = next((other for other in editions if sort_key(other) == sort_key(one)), None)
    if same is not None or one.edition_exact:
        return same
    # `by` a day on which just that was known already is nothing new: the OECD's answers are `by` the day of the update
    earlier = [other for other in editions if other.edition <= one.edition and other.source == one.source]
    return earlier[-1] if earlier and earlier[-1].value == one.value else None


def _store(new: Sequence[Observation], indicators: Sequence[Indicator], folder: Path) -> None:
    """Write a file named by its content, whole or not at all: two additions at once cannot lose or mix anything."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            written = Path(scratch) / "figures"
            write(written, new, indicators)
            digest = hashlib.sha256(written.read_bytes()).hexdigest()[:16]
            written.replace(folder / f"{digest}.parquet")
    except OSError as error:
        raise FiguresError(f"{folder}: cannot be written: {error.strerror}; nothing was added") from error
