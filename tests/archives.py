"""Archives of pages of our own wording, and a reader of them that costs nothing."""

from __future__ import annotations

import gzip
import os
import signal
from collections.abc import Iterable

from onrecord.model import Capture, Claim, Reading, Skipped, Span, Story, select

READER = "tests.archives:read"


def page(number: int, *, month: str = "2025-06", word: str = "roads") -> bytes:
    """Return an HTML page on a promise, published in a month (empty: it shows no day)."""
    day = f"<meta property='article:published_time' content='{month}-03T10:00:00Z'>" if month else ""
    return (
        f"<html><head><title>Plans {number}</title>{day}</head><body><h1>Plans {number} for {word}</h1>"
        f"<p>The government will spend at least {number} million euros on {word} by 2030, the minister said.</p>"
        "</body></html>"
    ).encode()


def record(
    body: bytes, number: int = 0, *, length: int | None = None, kind: str = "response", status: str = "200 OK",
    headers: str = "Content-Type: text/html; charset=utf-8",
) -> bytes:  # fmt: skip
    """Return a WARC record of a page, its length as told where that is given."""
    answer = f"HTTP/1.1 {status}\r\n{headers}\r\n\r\n".encode() + body if kind == "response" else body
    content_type = "application/http; msgtype=response" if kind == "response" else "text/plain"
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://news.example/{number}\r\n"
        f"WARC-Date: 2025-06-04T00:00:0{number % 10}Z\r\nContent-Type: {content_type}\r\n"
        f"Content-Length: {len(answer) if length is None else length}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def gzipped(records: Iterable[bytes]) -> bytes:
    """Return records, each a gzip member of its own."""
    return b"".join(gzip.compress(one, mtime=0) for one in records)


def read(capture: Capture, *, stories_only: bool) -> Reading | Skipped:
    """Take a page for one story with one claim; one that says SPIN, DIE or FAIL does so."""
    text = capture.text
    if "SPIN" in text:
        while True:
            pass
    if "DIE" in text:
        os.kill(os.getpid(), signal.SIGSEGV)
    if "FAIL" in text:
        raise ZeroDivisionError("on purpose")
    span = Span(0, len(text))
    kind = "commitment" if "roads" in text else "demand"
    claim = Claim(
        kind=kind, actor="government", measure="spending", quantity=None, when=None, said_by=None, negated=False,
        confidence=0.5, evidence=span, selector=select(text, span),
    )  # fmt: skip
    published = capture.markup.published if capture.markup else None
    story = Story(start=0, end=len(text), published=published, language="en", body=((0, len(text)),))
    return Reading(capture=capture, stories=(story if stories_only else _with(story, claim),))


def _with(story: Story, claim: Claim) -> Story:
    from msgspec.structs import replace

    return replace(story, claims=(claim,))
