"""Readings that a batch made: its datasets in a folder, taken in again capture by capture."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar

import msgspec
from msgspec.structs import replace

from onrecord.model import Capture, Claim, Markup, Reading, Skipped, Statement, Story

_PLAN: Final = ("_batch", "plan.json")
_CAPTURE: Final = ("source", "number", "capture_id", "url", "language", "text")
_STORY: Final = ("source", "capture_id", "story", "content")
_PART: Final = ("source", "capture_id", "story", "number", "content")
_Row: TypeAlias = dict[str, Any]
_Value = TypeVar("_Value")


class _Settings(msgspec.Struct):
    stories_only: bool


class _Plan(msgspec.Struct):
    settings: _Settings


def holds_batch(path: str) -> bool:
    """Return whether a path is a folder that `onrecord batch` wrote to."""
    return Path(path, *_PLAN).is_file()


def readings_in_batch(path: str) -> Iterator[Reading | Skipped]:
    """Yield each capture's reading, shard by shard; a file that cannot be read is yielded as `Skipped`.

    What it holds is not checked. A capture has its text but neither its bytes nor its blocks; of one that was read
    with `--where` only what was kept.
    """
    import pyarrow as pa

    folder = Path(path)
    try:
        plan = msgspec.json.decode(folder.joinpath(*_PLAN).read_bytes(), type=_Plan)
    except (OSError, msgspec.MsgspecError):
        yield Skipped(path, "its _batch/plan.json cannot be read")
        return
    if plan.settings.stories_only:
        yield Skipped(path, "made with --only stories: nothing in it was read for statements and claims")
        return
    for name in sorted({file.name for file in folder.glob("captures/*/*.parquet")}):
        try:
            yield from _of_shard(folder, name)
        except (OSError, pa.ArrowException, KeyError, ValueError, msgspec.MsgspecError) as error:
            yield Skipped(f"{path}: {name}", f"cannot be read: {' '.join(str(error).split())}")


def _of_shard(folder: Path, name: str) -> Iterator[Reading]:
    stories = _by_capture(_rows(folder, "stories", name, _STORY))
    statements = _by_capture(_rows(folder, "statements", name, _PART))
    claims = _by_capture(_rows(folder, "claims", name, _PART))
    captures = _rows(folder, "captures", name, _CAPTURE)
    for row in sorted(captures, key=lambda row: int(row["number"])):
        key = (row["source"], row["capture_id"])
        found = tuple(
            replace(
                msgspec.json.decode(content, type=Story),
                statements=_values(statements[key], number, Statement),
                claims=_values(claims[key], number, Claim),
            )
            for (number, _), content in sorted(stories[key].items())
        )
        markup = Markup(url=row["url"]) if row["url"] else None
        capture = Capture(row["source"], row["capture_id"], row["text"], (), row["language"], markup)
        yield Reading(capture=capture, stories=found)


def _rows(folder: Path, table: str, name: str, columns: Sequence[str]) -> list[_Row]:
    import pyarrow.parquet as pq

    files = sorted(folder.glob(f"{table}/*/{name}"))
    # each by itself: what the name of its folder says is no column
    return [row for file in files for row in pq.ParquetFile(file).read(columns=list(columns)).to_pylist()]


def _by_capture(found: list[_Row]) -> dict[tuple[str, str], dict[tuple[int, int], str]]:
    """Return the contents of each capture's rows, by number of the story and within it.

    Of a capture that stands twice in an archive, by the same name, the rows are equal and count once.
    """
    grouped: dict[tuple[str, str], dict[tuple[int, int], str]] = defaultdict(dict)
    for row in found:
        grouped[row["source"], row["capture_id"]][row["story"], row.get("number", 0)] = row["content"]
    return grouped


def _values(contents: dict[tuple[int, int], str], story: int, kind: type[_Value]) -> tuple[_Value, ...]:
    return tuple(msgspec.json.decode(text, type=kind) for (of, _), text in sorted(contents.items()) if of == story)
