"""Readings that were made before: the lines of `onrecord read --json`, and the folders of `onrecord batch`."""

from __future__ import annotations

import gzip
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final, cast

import msgspec

from onrecord.model import CaptureLine, Reading, Skipped, Story
from onrecord.record.batches import holds_batch, readings_in_batch

_JSON_LINES: Final = re.compile(r"\.jsonl(?:\.gz)?\Z", re.IGNORECASE)
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_LINES: Final = msgspec.json.Decoder(CaptureLine)
_BAD_GZIP: Final = (EOFError, gzip.BadGzipFile, zlib.error)


class _Kind(msgspec.Struct):
    """What tells a line of `read --json` from a capture that is still to be read."""

    source: str
    id: str
    text: str
    stories: list[msgspec.Raw]


class _SkippedLine(msgspec.Struct):
    source: str
    skipped: str


def holds_readings(path: str) -> bool:
    """Return whether a path is a batch's folder, or JSON Lines whose first is a reading; False if it cannot be read."""
    if holds_batch(path):
        return True
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
    """Yield the reading of each line of a file, or of each capture of a batch's folder, or why it is none."""
    if holds_batch(path):
        yield from map(_sound, readings_in_batch(path))
        return
    try:
        with _opened(path) as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield reading_of(line, f"{path}#{number}")
    except _BAD_GZIP:
        yield Skipped(path, "damaged gzip data, or data that ends early")
    except OSError as error:
        yield Skipped(path, (error.strerror or str(error)).lower())


def reading_of(line: bytes, source: str) -> Reading | Skipped:
    """Return the reading of one line, or why it is none; `source` names the line."""
    try:
        reading = _LINES.decode(line).reading()
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        return _skipped(line) or Skipped(source, f"not a line of `onrecord read --json`: {error}")
    fault = _fault_of(reading)
    return Skipped(source, fault) if fault else reading


def _sound(found: Reading | Skipped) -> Reading | Skipped:
    fault = _fault_of(found) if isinstance(found, Reading) else None
    return Skipped(found.capture.source, fault) if fault and isinstance(found, Reading) else found


def _fault_of(reading: Reading) -> str | None:
    """Return what is wrong with a reading that came from elsewhere, None where it is sound."""
    fault = next(filter(None, (fault_in(story, len(reading.capture.text)) for story in reading.stories)), None)
    return f"its offsets do not fit its text: {fault}" if fault else _wrong_name_or_day(reading)


def fault_in(story: Story, length: int) -> str | None:
    """Return what in a story does not lie within a text of `length` characters, None where all of it does."""
    statements = [s for one in story.statements for s in (one.content, one.speaker_span, one.cue_span)]
    claims = [s for one in story.claims for s in (one.evidence, *msgspec.structs.astuple(one.spans))]
    spans = filter(None, (*statements, *claims, *(photo.span for photo in story.photos)))
    runs = [(story.start, story.end), *story.body, *((span.start, span.end) for span in spans)]
    wrong = next((run for run in runs if not 0 <= run[0] <= run[1] <= length), None)
    return f"{wrong[0]} to {wrong[1]} of {length}" if wrong else None


def _wrong_name_or_day(reading: Reading) -> str | None:
    if not _HASH.fullmatch(reading.capture.id):
        return f"its id is no SHA-256 in hex: {reading.capture.id[:80]!r}"
    for story in reading.stories:
        try:
            story.day  # noqa: B018  # raises where it is none
        except ValueError:
            return f"not a day of publication: {(story.published or '')[:80]!r}"
    return None


def _skipped(line: bytes) -> Skipped | None:
    """Return what a line says was skipped, None for any other line."""
    try:
        found = msgspec.json.decode(line, type=_SkippedLine)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    return Skipped(found.source, found.skipped)


def _opened(path: str) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path)) if path.lower().endswith(".gz") else Path(path).open("rb")
