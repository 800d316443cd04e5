"""Readings that were made before: the lines of `onrecord read --json`."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final, cast

import msgspec

from onrecord.model import CaptureLine, Reading, Skipped, Story

_JSON_LINES: Final = re.compile(r"\.jsonl(?:\.gz)?\Z", re.IGNORECASE)
_BAD_GZIP: Final = (EOFError, gzip.BadGzipFile, zlib.error)


class _Kind(msgspec.Struct):
    """What tells a line of `read --json` from a capture that is still to be read."""

    id: str
    text: str
    stories: list[msgspec.Raw]


class _SkippedLine(msgspec.Struct):
    source: str
    skipped: str


def holds_readings(path: str) -> bool:
    """Return whether a path is a file of JSON Lines whose first line is a reading; False where it cannot be read."""
    if not _JSON_LINES.search(path):
        return False
    try:
        with _opened(path) as file:
            first = next((line for line in file if line.strip() and not _skipped(line)), b"")
        msgspec.json.decode(first, type=_Kind)
    except (OSError, ValueError, msgspec.MsgspecError, *_BAD_GZIP):
        return False
    return True


def readings_in(path: str) -> Iterator[Reading | Skipped]:
    """Yield the reading of each line of a file, or why it is none."""
    decoder = msgspec.json.Decoder(CaptureLine)
    try:
        with _opened(path) as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield _reading(line, f"{path}#{number}", decoder)
    except _BAD_GZIP:
        yield Skipped(path, "damaged gzip data, or data that ends early")
    except OSError as error:
        yield Skipped(path, (error.strerror or str(error)).lower())


def _reading(line: bytes, source: str, decoder: msgspec.json.Decoder[CaptureLine]) -> Reading | Skipped:
    try:
        reading = decoder.decode(line).reading()
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        return _skipped(line) or Skipped(source, f"not a line of `onrecord read --json`: {error}")
    fault = next(filter(None, (fault_in(story, len(reading.capture.text)) for story in reading.stories)), None)
    return Skipped(source, f"its offsets do not fit its text: {fault}") if fault else reading


def fault_in(story: Story, length: int) -> str | None:
    """Return what in a story reaches beyond a text of `length` characters, None where all of it lies within."""
    spans = [*(one.content for one in story.statements), *(claim.evidence for claim in story.claims)]
    furthest = max([story.end, *(end for _, end in story.body), *(span.end for span in spans)])
    return f"{furthest} of {length}" if furthest > length else None


def _skipped(line: bytes) -> Skipped | None:
    """Return what a line says was skipped, None for any other line."""
    try:
        found = msgspec.json.decode(line, type=_SkippedLine)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    return Skipped(found.source, found.skipped)


def _opened(path: str) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path)) if path.lower().endswith(".gz") else Path(path).open("rb")
