"""The pages of a WARC or WET file, or of the records that begin in a part of it."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from functools import partial
from typing import IO, BinaryIO, Final, cast

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from onrecord.batch.found import Found, Page, too_large
from onrecord.batch.framing import Frame, Framing, Plain, framing_of, next_frame
from onrecord.errors import CaptureError

_PAGES: Final = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
_TEXTS: Final = ("text/html", "application/xhtml+xml", "text/plain")
_HEADER: Final = 64 * 2**10
"""Bytes that an answer's header may add to a page."""
_LOOK: Final = 4_096
_OK: Final = 200
_PADDING: Final = b"\0\r\n\t "


def pages_of_warc(file: IO[bytes], name: str, start: int, end: int, most: int) -> Iterator[Found]:
    """Yield what the records that begin in [start, end) give, in order; what is damaged costs only itself.

    Args:
        file: The archive, plain or compressed record by record (or as a whole, which only its first part can read).
        name: Its name, for the captures' sources.
        start: First byte.
        end: Byte after the last.
        most: Bytes that a page may have.
    """
    framing = framing_of(file)
    at = next_frame(file, framing, start, end)
    if start == 0 and at != 0:
        yield _fault(name, 0, "no WARC record here" if end else "empty")
    while at is not None:
        behind = yield from _pages_of_frame(file, framing, name, at, most)
        following = next_frame(file, framing, at + 1 if behind is None else behind, end)
        if behind is not None and behind < end and following != behind and not _is_padding(file, behind, following):
            yield _fault(name, behind, "no WARC record here")
        at = following


def _pages_of_frame(
    file: IO[bytes], framing: Framing, name: str, at: int, most: int
) -> Generator[Found, None, int | None]:
    """Yield a frame's pages; return the byte behind it, None where it is damaged and that is not known."""
    told = False  # whether what was yielded last says already what is wrong
    try:
        frame = framing.open(file, at)
        for number, record in enumerate(_records(frame)):
            frame.allow()
            if not record.record_type & _PAGES:
                continue
            source = f"{name}#{at}" + (f".{number}" if number else "")
            if told := record.content_length > most + _HEADER:
                yield Found(source, partial(_refuse, too_large(source, most)), at)
                if isinstance(framing, Plain):
                    break
                continue
            content = record.reader.read(record.content_length)
            told = len(content) < record.content_length
            yield Found(source, partial(_page, record, content, source, most), at)
        return frame.end()
    except (CaptureError, OSError) as error:
        if not told:
            reason = error.reason if isinstance(error, CaptureError) else f"damaged: {error}".lower()
            yield _fault(name, at, reason)
    return None


def _records(frame: Frame) -> Iterable[WarcRecord]:
    return ArchiveIterator(cast("BinaryIO", frame), parse_http=False, stream_detect=False)


def _page(record: WarcRecord, content: bytes, source: str, most: int) -> Page | None:
    """Return the page of a record, None where it holds none: a picture, a redirect, an error."""
    if len(content) < record.content_length:
        raise CaptureError(source, "ends early: its length is wrong")
    headers = record.headers
    url, captured = headers.get("WARC-Target-URI"), headers.get("WARC-Date")
    content_type = headers.get("Content-Type") or ""
    body: bytes = content
    if record.record_type == WarcRecordType.response:
        if not content_type.startswith("application/http"):
            return None
        answer = WarcRecord()
        answer.set_bytes_content(content)
        answer.is_http = True
        try:
            answer.parse_http(auto_decode="all")
            if answer.http_headers.status_code != _OK:
                return None
            content_type = answer.http_headers.get("Content-Type") or ""
            body = answer.reader.read(most + 1)
        except OSError as error:
            raise CaptureError(source, f"its answer cannot be decoded: {error}".lower()) from error
    if content_type and not content_type.lower().startswith(_TEXTS):
        return None
    if record.record_type == WarcRecordType.conversion:
        content_type = "text/plain; charset=utf-8"
    return Page(content=body, content_type=content_type or None, url=url, captured=captured)


def _fault(name: str, at: int, reason: str) -> Found:
    source = f"{name}#{at}"
    return Found(source, partial(_refuse, CaptureError(source, reason)), at)


def _refuse(error: CaptureError) -> Page | None:
    raise error


def _is_padding(file: IO[bytes], start: int, end: int | None) -> bool:
    """Return whether nothing but zeros and line ends stands in a gap, as far as a first look shows."""
    file.seek(start)
    return not file.read(_LOOK if end is None else min(_LOOK, end - start)).strip(_PADDING)
