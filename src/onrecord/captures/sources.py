"""The inputs that a user names - files, folders, `-`, addresses - to captures, one at a time, in order."""

from __future__ import annotations

import gzip
import json
import os
import re
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeAlias, cast

from msgspec.structs import replace

from onrecord.captures.build import LARGEST, capture_from_bytes, capture_from_html, capture_from_text
from onrecord.errors import CaptureError
from onrecord.model import Capture, Skipped

if TYPE_CHECKING:
    import httpx

Found: TypeAlias = Capture | Skipped

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_PAGE = re.compile(r"\.(?:txt|html?)(?:\.gz)?\Z", re.IGNORECASE)
_HTML = re.compile(r"\.html?(?:\.gz)?\Z", re.IGNORECASE)
_JSON_LINES = re.compile(r"\.jsonl(?:\.gz)?\Z", re.IGNORECASE)


def find_captures(
    paths: Sequence[str], *, allow_private: bool = False, client: httpx.Client | None = None
) -> Iterator[Found]:
    """Yield a capture for every page that `paths` lead to, or why there is none; one at a time, in order.

    A path is a file, a folder (walked in order of names; .txt, .html, .htm and .jsonl, gzipped or not), `-` for
    standard input, or an http(s) address. Each line of a .jsonl file is a capture of its own, with `text` or `html`,
    and `id` and `url` where it has them; its source is `PATH#ID`, or `PATH#NUMBER` from 1. `allow_private` lets
    addresses lead to private networks and this machine; a `client` fetches them in its own way instead.
    """
    for found in _found(paths, allow_private, client):
        yield replace(found, source=_printable(found.source))


def _printable(name: str) -> str:
    r"""Return a name with `\udce9` for what is not Unicode in it: a byte of a file's name, half a pair in JSON."""
    return name.encode("utf-8", "backslashreplace").decode()


def _found(paths: Sequence[str], allow_private: bool, client: httpx.Client | None) -> Iterator[Found]:
    for path in paths:
        if path == "-":
            yield _tried(path, lambda: capture_from_bytes(_bounded(sys.stdin.buffer, "-"), "-"))
        elif _ADDRESS.match(path):
            yield _fetched(path, allow_private, client)
        elif os.path.isdir(path):  # noqa: PTH112 - False, not an error, for a name that cannot be one
            yield from _in_folder(path)
        else:
            yield from _in_file(path)


def _tried(source: str, read: Callable[[], Capture]) -> Found:
    """Return the capture that `read` gives, or why it gives none."""
    try:
        return read()
    except CaptureError as error:
        return Skipped(error.source, error.reason)
    except (OSError, ValueError) as error:  # ValueError: a path with a zero character in it
        return Skipped(source, _reason(error))


def _reason(error: Exception) -> str:
    words = error.strerror if isinstance(error, OSError) else None
    return " ".join((words or str(error) or type(error).__name__).split()).lower()


def _fetched(address: str, allow_private: bool, client: httpx.Client | None) -> Found:
    from onrecord.captures.url import capture_from_url  # httpx takes 100 ms to import

    return _tried(address, lambda: capture_from_url(address, allow_private=allow_private, client=client))


def _in_folder(folder: str) -> Iterator[Found]:
    """Yield what the pages in a folder and its subfolders give, in order of names; folders are not links."""
    unread: list[OSError] = []
    empty = True
    for where, subfolders, names in os.walk(folder, onerror=unread.append):
        subfolders.sort()
        for name in sorted(names):
            if _PAGE.search(name) or _JSON_LINES.search(name):
                empty = False
                yield from _in_file(str(Path(where) / name))
    for error in unread:
        yield Skipped(str(error.filename), _reason(error))
    if empty and not unread:
        yield Skipped(folder, "no captures in this folder (.txt, .html, .htm, .jsonl, or these with .gz)")


def _in_file(path: str) -> Iterator[Found]:
    if _JSON_LINES.search(path):
        yield from _in_json_lines(path)
    else:
        yield _tried(path, lambda: _read_file(path))


def _read_file(path: str) -> Capture:
    with Path(path).open("rb") as file:
        data = _bounded(file, path)
    return capture_from_bytes(data, path, content_type="text/html" if _HTML.search(path) else None)


def _bounded(file: IO[bytes], source: str) -> bytes:
    data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise CaptureError(source, f"larger than {LARGEST >> 20} MB")
    return data


def _in_json_lines(path: str) -> Iterator[Found]:
    """Yield what each line that is not blank gives; where the file is damaged, a last `Skipped` says so."""
    empty = True
    try:
        with _opened(path) as file:
            number = 0
            while line := file.readline(LARGEST + 1):
                number += 1
                if len(line) > LARGEST:
                    raise CaptureError(f"{path}#{number}", f"line larger than {LARGEST >> 20} MB; the rest is not read")
                if line.strip():
                    empty = False
                    yield _in_line(line, path, number)
        if empty:
            yield Skipped(path, "empty")
    except CaptureError as error:
        yield Skipped(error.source, error.reason)
    except (EOFError, gzip.BadGzipFile, zlib.error):
        yield Skipped(path, "damaged gzip data, or data that ends early")
    except (OSError, ValueError) as error:
        yield Skipped(path, _reason(error))


def _opened(path: str) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path)) if path.lower().endswith(".gz") else Path(path).open("rb")


def _in_line(line: bytes, path: str, number: int) -> Found:
    """Return the capture of one line of JSON Lines, or why there is none."""
    source = f"{path}#{number}"
    try:
        given = json.loads(line)
    except (ValueError, RecursionError):
        return Skipped(source, "not a line of JSON")
    if not isinstance(given, dict):
        return Skipped(source, "not a JSON object")
    name = given.get("id")
    if isinstance(name, str | int) and not isinstance(name, bool):
        source = f"{path}#{name}"
    url = _printable(given["url"]) if isinstance(given.get("url"), str) else None
    html, text = given.get("html"), given.get("text")
    if isinstance(html, str):
        return _tried(source, lambda: capture_from_html(html, source, url=url))
    if isinstance(text, str):
        return _tried(source, lambda: capture_from_text(text, source, url=url))
    return Skipped(source, "no `text` or `html` in it")
