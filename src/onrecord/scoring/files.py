"""Gold files, and the readings that are held against them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import TypeVar

import msgspec
from msgspec import Struct

from onrecord.errors import OnrecordError, UsageError
from onrecord.scoring.gold import GoldCapture, GoldStory

_Line = TypeVar("_Line")


class _Reading(Struct, frozen=True):
    """What of a line of `read --json` is scored; one that names what was skipped has no stories."""

    source: str = ""
    id: str = ""
    stories: tuple[GoldStory, ...] = ()


class Readings:
    """Readings by the captures that they are of."""

    def __init__(self, found: Iterator[_Reading]) -> None:
        self._stories: dict[str, tuple[GoldStory, ...]] = {}
        for one in found:
            path, _, number = one.source.partition("#")
            for name in (PurePath(path).stem, number, one.id):
                self._stories[name] = one.stories

    def of(self, capture_id: str) -> tuple[GoldStory, ...] | None:
        """Return the stories read in a capture; None where there is no reading of it.

        A reading is of the capture whose id is its own id, what stands behind `#` in its source, or the name of its
        file without the ending.
        """
        return self._stories.get(capture_id)


def gold_in(path: Path) -> Iterator[GoldCapture]:
    """Yield the captures of a gold file.

    Raises:
        UsageError: It cannot be read, or holds none.
        OnrecordError: A line is none of a gold file.
    """
    found = None
    for found in _lines(path, GoldCapture, "a gold file"):
        yield found
    if found is None:
        raise UsageError(f"{path}: holds no capture")


def readings_in(path: Path) -> Readings:
    """Return the readings of a file that `read --json` printed.

    Raises:
        UsageError: It cannot be read.
        OnrecordError: A line is none of `read --json`.
    """
    return Readings(_lines(path, _Reading, "`onrecord read --json`"))


def _lines(path: Path, type_: type[_Line], of: str) -> Iterator[_Line]:
    decoder = msgspec.json.Decoder(type_)
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield _decoded(decoder, line, f"{path}, line {number}: not a line of {of}")
    except OSError as error:
        raise UsageError(f"{path}: {(error.strerror or str(error)).lower()}") from error


def _decoded(decoder: msgspec.json.Decoder[_Line], line: bytes, refusal: str) -> _Line:
    try:
        return decoder.decode(line)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise OnrecordError(f"{refusal}: {error}") from error
