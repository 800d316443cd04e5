"""The pages of a shard, one at a time, in order, whatever kind of archive it is of."""

from __future__ import annotations

import datetime as dt
import gzip
import zlib
from collections.abc import Iterator
from functools import partial
from typing import IO, Any, Final, cast

import msgspec

from onrecord.batch.found import Found, Page, too_large
from onrecord.batch.inputs import Input, is_gzipped, is_remote, opened
from onrecord.batch.planning import Shard
from onrecord.batch.warc import pages_of_warc
from onrecord.errors import CaptureError, OnrecordError

_COLUMNS: Final = ("text", "html", "url", "id", "published")
_BLOCK: Final = 2**20
_ROWS: Final = 64
"""Rows of a Parquet file that are held at a time."""


def find_pages(shard: Shard, most: int) -> Iterator[Found]:
    """Yield where the shard's pages lie, in order; an archive that breaks off says so in the place of what is left.

    Args:
        shard: The shard.
        most: Bytes that a page may have.

    Raises:
        OnrecordError: An object store does not answer.
    """
    for one in shard.inputs:
        try:
            if one.kind == "page":
                yield Found(one.name, partial(_page_of_file, one, most))
            elif one.kind == "warc":
                with opened(one.name) as file:
                    yield from pages_of_warc(file, one.name, shard.start, shard.end, most)
            elif one.kind == "lines":
                yield from _in_lines(one, shard.start, shard.end, most)
            else:
                yield from _in_rows(one, shard.start, shard.end)
        except OSError as error:
            if is_remote(one.name):  # which may be well again in a minute
                raise OnrecordError(f"{one.name}: its store broke off: {error}; start again to go on") from error
            yield _fault(one.name, f"cannot be read any further: {error.strerror or error}".lower())


def _page_of_file(one: Input, most: int) -> Page:
    with opened(one.name) as file:
        data = file.read(most + 1)
    html = ".htm" in one.name.lower().rpartition("/")[2]
    return Page(content=data, content_type="text/html" if html else None)


def _in_lines(one: Input, start: int, end: int, most: int) -> Iterator[Found]:
    """Yield what the lines that begin in [start, end) give; of a gzipped file all lines."""
    longest = 2 * most + 2**16  # JSON escapes a page's line ends and quotes
    with opened(one.name) as raw:
        whole = is_gzipped(one.name)
        file = cast("IO[bytes]", gzip.GzipFile(fileobj=raw)) if whole else raw
        if not whole and start:
            file.seek(start - 1)
            _skip_line(file)
        if one.size == 0:
            yield _fault(f"{one.name}#0", "empty")
        try:
            while whole or file.tell() < end:
                at = file.tell()
                line = file.readline(longest + 1)
                if not line:
                    return
                source = f"{one.name}#{at}"
                if len(line) > longest:
                    _skip_line(file)
                    yield Found(source, partial(_refuse, too_large(source, most)))
                elif line.strip():
                    yield _of_line(line, one.name, at)
        except (EOFError, gzip.BadGzipFile, zlib.error):
            yield _fault(f"{one.name}#{file.tell()}", "damaged gzip data, or data that ends early")


def _skip_line(file: IO[bytes]) -> None:
    while (part := file.readline(_BLOCK)) and not part.endswith(b"\n"):
        pass


def _of_line(line: bytes, name: str, at: int) -> Found:
    try:
        given = msgspec.json.decode(line)
    except (msgspec.DecodeError, ValueError, RecursionError):
        return _fault(f"{name}#{at}", "not a line of JSON")
    return _of_fields(given, name, at) if isinstance(given, dict) else _fault(f"{name}#{at}", "not a JSON object")


def _in_rows(one: Input, start: int, end: int) -> Iterator[Found]:
    """Yield what the rows [start, end) of a Parquet file give."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    if end == 0:
        yield _fault(f"{one.name}#0", "empty")
        return
    with opened(one.name) as file:
        parquet = pq.ParquetFile(file)
        groups, at = _groups(parquet.metadata, start, end)
        columns = [name for name in _COLUMNS if name in parquet.schema_arrow.names]
        try:
            for batch in parquet.iter_batches(batch_size=_ROWS, row_groups=groups, columns=columns):
                begin = min(max(start - at, 0), batch.num_rows)
                rows = batch.slice(begin, max(0, min(end - at, batch.num_rows) - begin)).to_pylist()
                yield from (_of_fields(row, one.name, at + begin + n) for n, row in enumerate(rows))
                at += batch.num_rows
                if at >= end:
                    return
        except (OSError, pa.ArrowException) as error:
            reason = " ".join(str(error).split())
            yield _fault(f"{one.name}#{at}", f"damaged from here on: {reason}")


def _groups(metadata: Any, start: int, end: int) -> tuple[list[int], int]:
    """Return the row groups that hold the rows [start, end), and the number of their first row."""
    groups, first, at = list[int](), 0, 0
    for group in range(metadata.num_row_groups):
        rows = metadata.row_group(group).num_rows
        if at < end and at + rows > start:
            if not groups:
                first = at
            groups.append(group)
        at += rows
    return groups, first


def _of_fields(given: dict[str, Any], name: str, at: int) -> Found:
    """Return the page of a row or line, named by its `id` where it has one, else by where it lies."""
    own = given.get("id")
    named = isinstance(own, str | int) and not isinstance(own, bool) and own != ""
    source = f"{name}#{own if named else at}".encode("utf-8", "backslashreplace").decode()
    return Found(source, partial(_page_of_fields, given, source))


def _page_of_fields(given: dict[str, Any], source: str) -> Page:
    html, text, url = (given.get(name) for name in ("html", "text", "url"))
    content = html if isinstance(html, str | bytes) and html else text
    if not isinstance(content, str | bytes):
        raise CaptureError(source, "no `text` or `html` in it")
    return Page(
        content=content,
        html=content is html,
        content_type="text/html" if content is html and isinstance(content, bytes) else None,
        url=url if isinstance(url, str) and url else None,
        published=_moment(given.get("published")),
    )


def _moment(given: object) -> str | None:
    """Return a moment of publication in ISO 8601; None where none is given."""
    if isinstance(given, dt.date):  # a datetime is one too
        return given.isoformat()
    return given if isinstance(given, str) and given else None


def _fault(source: str, reason: str) -> Found:
    return Found(source, partial(_refuse, CaptureError(source, reason)))


def _refuse(error: CaptureError) -> Page:
    raise error
