"""A page that was found in an archive, before anything of it is looked at."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct
from msgspec.structs import replace

from onrecord.captures import capture_from_bytes, capture_from_text
from onrecord.captures.build import capture_from_html
from onrecord.errors import CaptureError
from onrecord.model import Capture, Markup


class Page(Struct, frozen=True, kw_only=True):
    """A page as its archive gives it."""

    content: bytes | str
    """Bytes in any encoding; or text, of which `html` says whether it is HTML."""
    html: bool = False
    content_type: str | None = None
    url: str | None = None
    published: str | None = None
    """When it was published, as the archive says; what the page itself says counts more."""
    captured: str | None = None
    """When it was captured, likewise."""


class Found(Struct, frozen=True):
    """A place in an archive where a page should be; `page` gives it, or raises CaptureError."""

    source: str
    page: Callable[[], Page | None]
    """None: what lies there is no page (a picture, an answer of an error), which nobody misses."""
    offset: int | None = None
    """Byte of a WARC at which its record begins, or the compressed member that holds it."""


def capture_of(page: Page, source: str, most: int) -> Capture:
    """Return the capture of a page of at most so many bytes.

    Raises:
        CaptureError: It is larger, or no capture can be made of it.
    """
    if len(page.content) > most:
        raise too_large(source, most)
    if isinstance(page.content, bytes):
        capture = capture_from_bytes(page.content, source, content_type=page.content_type, url=page.url)
    else:
        build = capture_from_html if page.html else capture_from_text
        capture = build(page.content, source, url=page.url)
    markup = capture.markup or Markup()
    if page.published and not markup.published:
        return replace(capture, markup=replace(markup, published=page.published))
    return capture


def too_large(source: str, most: int) -> CaptureError:
    """Return the error of a page of more bytes than a page may have."""
    size = f"{most / 2**20:g} MB" if most >= 2**20 else f"{most:,} bytes"
    return CaptureError(source, f"larger than {size}")
