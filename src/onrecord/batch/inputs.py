"""What a user names - files, folders, globs, addresses of object stores - to the files meant, in a fixed order."""

from __future__ import annotations

import glob
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, Any, Final, Literal, cast

from msgspec import Struct

from onrecord.errors import OnrecordError, UsageError

Kind = Literal["warc", "parquet", "lines", "page"]

_KINDS: Final[tuple[tuple[re.Pattern[str], Kind], ...]] = (
    (re.compile(r"\.(?:warc|wet)(?:\.gz|\.zst)?\Z", re.IGNORECASE), "warc"),
    (re.compile(r"\.parquet\Z", re.IGNORECASE), "parquet"),
    (re.compile(r"\.(?:jsonl|ndjson)(?:\.gz)?\Z", re.IGNORECASE), "lines"),
    (re.compile(r"\.(?:txt|html?)(?:\.gz)?\Z", re.IGNORECASE), "page"),
)
ENDINGS: Final = ".warc, .wet (plain, .gz, .zst), .parquet, .jsonl, .ndjson, .txt, .html, .htm (plain or .gz)"
_GLOB: Final = re.compile(r"[*?\[]")


class Input(Struct, frozen=True):
    """One file: its name as it will stand in `source`, and what tells this state of it from another."""

    name: str
    kind: Kind
    size: int
    """Bytes."""
    stamp: str
    """Moment of its last change, or an object store's tag; empty where neither is known."""


def find_inputs(names: Sequence[str]) -> tuple[Input, ...]:
    """Return every file that `names` lead to, each once, in order of the names given and then of names within.

    Raises:
        UsageError: A name leads to nothing, to a file of an unknown kind, or needs an extra that is not installed.
        OnrecordError: It cannot be looked at.
    """
    found: dict[str, Input] = {}
    for name in names:
        try:
            inputs = tuple(_remote(name) if is_remote(name) else _local(name))
        except OSError as error:
            raise OnrecordError(f"{name}: {_reason(error)}") from error
        if not inputs:
            raise UsageError(f"{name}: no file to read ({ENDINGS})")
        for one in inputs:
            found.setdefault(one.name, one)
    return tuple(found.values())


def opened(name: str) -> IO[bytes]:
    """Return an input's file, open for reading at any place; raises OSError where it cannot be opened."""
    if not is_remote(name):
        return Path(name).open("rb")
    files, path = _file_system(name)
    return cast("IO[bytes]", files.open(path, "rb"))


def is_gzipped(name: str) -> bool:
    """Return whether a file's name says that it is gzipped."""
    return name.lower().endswith(".gz")


def is_remote(name: str) -> bool:
    """Return whether a name is an address of an object store."""
    return "://" in name


def _local(name: str) -> Iterator[Input]:
    if os.path.isdir(name):  # noqa: PTH112 - False, not an error, for a name that cannot be one
        yield from _walked(name)
    elif Path(name).exists() or not _GLOB.search(name):
        yield _of_file(name)
    else:
        for one in sorted(glob.glob(name, recursive=True)):  # noqa: PTH207 - keeps the pattern's own spelling
            yield from _walked(one) if Path(one).is_dir() else iter([_of_file(one)])


def _walked(folder: str) -> Iterator[Input]:
    """Yield the files of known kinds in a folder and its subfolders, in order of names."""
    for where, subfolders, names in os.walk(folder):
        subfolders.sort()
        yield from (_of_file(str(Path(where) / name)) for name in sorted(names) if _kind(name))


def _of_file(name: str) -> Input:
    status = Path(name).stat()
    return Input(name, _known_kind(name), status.st_size, str(status.st_mtime_ns))


def _remote(name: str) -> Iterator[Input]:
    files, path = _file_system(name)
    protocol = name.partition("://")[0]
    try:
        if _GLOB.search(path):
            paths = sorted(files.glob(path))
        elif files.isdir(path):
            paths = sorted(one for one in files.find(path) if _kind(one))
        else:
            paths = [path]
        for one in paths:
            told = files.info(one)
            if told["type"] == "file":
                full = files.unstrip_protocol(one) if len(paths) > 1 or one != path else name
                yield Input(full, _known_kind(one), int(told["size"]), _stamp(told))
    except OSError:
        raise
    except Exception as error:  # each store's client raises its own: no credentials, no such bucket
        raise OnrecordError(f"{name}: {protocol} says: {_reason(error)}") from error


def _file_system(name: str) -> tuple[Any, str]:
    """Return the store that an address leads to, and the path there."""
    protocol = name.partition("://")[0]
    if protocol.lower() in {"http", "https"}:
        raise UsageError(f"{name}: web addresses are for `onrecord read`; download an archive first, or name its store")
    try:
        import fsspec

        return cast("tuple[Any, str]", fsspec.core.url_to_fs(name))
    except ImportError as error:
        raise UsageError(
            f"{name}: to read from {protocol}:// install the extra: pip install 'onrecord[remote]'"
        ) from error
    except ValueError as error:
        raise UsageError(f"{name}: {_reason(error)}") from error


def _stamp(told: dict[str, Any]) -> str:
    keys = ("ETag", "etag", "LastModified", "updated", "mtime")
    return next((str(told[key]) for key in keys if told.get(key)), "")


def _kind(name: str) -> Kind | None:
    return next((kind for pattern, kind in _KINDS if pattern.search(name)), None)


def _known_kind(name: str) -> Kind:
    kind = _kind(name)
    if kind is None:
        raise UsageError(f"{name}: not a kind of file that is read ({ENDINGS})")
    return kind


def _reason(error: Exception) -> str:
    words = error.strerror if isinstance(error, OSError) else None
    return " ".join((words or str(error) or type(error).__name__).split())
