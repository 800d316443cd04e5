"""The pages of a WARC or WET file, or of the records that begin in a part of it."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator
from functools import partial
from typing import IO, BinaryIO, Final, cast

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from onrecord.batch.found import Found, Page, too_large
from onrecord.batch.framing import Frame, Framing, Plain, framing_of, next_frame, trouble_at
from onrecord.errors import CaptureError

_PAGES: Final = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
_TEXTS: Final = ("text/html", "application/xhtml+xml", "text/plain")
_HEADER: Final = 64 * 2**10
"""Bytes that an answer's header may add to a page."""
_OK: Final = 200


def pages_of_warc(file: IO[bytes], name: str, start: int, end: int, most: int) -> Iterator[Found]:
    """Yield what the records that begin in [start, end) give, in order; what is damaged costs only itself.

    Args:
        file: The archive, plain or compressed record by record (or as a whole, which only its first part can read).
        name: Its name, for the captures' sources.
        start: First byte.
        end: Byte after the last.
        most: Bytes that a page may have.
    """
    if start == end == 0:
        yield _fault(name, 0, "empty")
        return
    framing = framing_of(file, name)
    if start == 0 and (trouble := trouble_at(file, framing, framing.first)):
        yield _fault(name, framing.first, trouble)
    at = next_frame(file, framing, max(start, framing.first), end)
    while at is not None:
        behind = yield from _pages_of_frame(file, framing, name, at, most)
        following = next_frame(file, framing, at + 1 if behind is None else behind, end)
        # also where the next part begins: only who read the frame before knows that one should begin there
        if behind is not None and following != behind and (trouble := trouble_at(file, framing, behind)):
            yield _fault(name, behind, trouble)
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
