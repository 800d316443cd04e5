"""One input's bytes or text to a `Capture`."""

from __future__ import annotations

import hashlib
import re
import zlib

from msgspec.structs import replace

from onrecord.captures.encoding import decode
from onrecord.captures.language import detect_language
from onrecord.captures.plain import text_blocks
from onrecord.errors import CaptureError
from onrecord.model import Capture, Markup, Original, OriginalForm

LARGEST = 256 * 2**20
"""Bytes that one capture may have once unpacked."""

_GZIP = b"\x1f\x8b"
_FORMATS = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"WARC/", "a WARC file"),
)
_LETTER = re.compile(r"[^\W\d_]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROL = bytes({*range(9), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F})
_REPLACED = "\ufffd"
_CONTROL_SHARE = 0.1
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:+-]+)", re.IGNORECASE)
_MARKUP_OPENING = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--|<(?:!doctype html|a|article|b|body|br|div|font|h1|head|header|html|iframe|main|"
    r"meta|p|script|section|span|style|table|title|ul)[\s>/])",
    re.IGNORECASE,
)
"""What the WHATWG MIME sniffing standard takes for HTML, and HTML5's elements of the same use."""
_ANY_TAG = re.compile(r"</?[a-z][a-z0-9]*[\s>/]", re.IGNORECASE)


def capture_from_text(text: str, source: str, *, url: str | None = None) -> Capture:
    """Return the capture of plain `text`, which is kept as it is (a lone surrogate becomes U+FFFD).

    `url` is where the page stood, if known.

    Raises:
        CaptureError: There are no letters in it.
    """
    return _from_text(_storable(text), source, _encoded(text, "text"), url)


def capture_from_html(text: str, source: str, *, url: str | None = None) -> Capture:
    """Return the capture of an HTML page, whose text is what a reader sees.

    `url` is where the page stood, if known; without it the page's own canonical address counts.

    Raises:
        CaptureError: There are no letters to see in it.
    """
    return _from_html(_storable(text), source, _encoded(text, "html"), url)


def capture_from_bytes(data: bytes, source: str, *, content_type: str | None = None, url: str | None = None) -> Capture:
    """Return the capture of a file's or an answer's bytes: text or HTML, gzipped or not, in any encoding.

    `content_type` is what came with them (`text/html; charset=utf-8`); without it the bytes decide.

    Raises:
        CaptureError: They are empty, not text, damaged, too large, or without letters.
    """
    plain = unpack(data, source) if data.startswith(_GZIP) else data
    _refuse_other_formats(plain, source)
    charset = _CHARSET.search(content_type or "")
    text = decode(plain, declared=charset.group(1) if charset else None)
    if _controls(text) > _CONTROL_SHARE * len(text):
        raise CaptureError(source, "binary data, not text")
    build = _from_html if looks_like_html(text, content_type) else _from_text
    return build(text, source, Original(data, "bytes", content_type), url)


def capture_from_original(original: Original, source: str, *, url: str | None = None) -> Capture:
    """Return the capture made again from what it was made from; equal to the first where the version is the same.

    Raises:
        CaptureError: As `capture_from_bytes`.
    """
    if original.form == "bytes":
        return capture_from_bytes(original.data, source, content_type=original.content_type, url=url)
    build = capture_from_html if original.form == "html" else capture_from_text
    return build(original.data.decode("utf-8", "surrogatepass"), source, url=url)


def _controls(text: str) -> int:
    """Return how many control characters of `text` no text has, and how many could not be decoded."""
    data = text.encode("utf-8", "surrogatepass")  # bytes, which are counted faster; no other character has these
    return len(data) - len(data.translate(None, _CONTROL)) + text.count(_REPLACED)


def looks_like_html(text: str, content_type: str | None = None) -> bool:
    """Return whether `text` opens as HTML does, or has any tag where `content_type` says that it is HTML."""
    if content_type and "html" in content_type.lower():
        return bool(_ANY_TAG.search(text))
    return bool(_MARKUP_OPENING.match(text))


def unpack(data: bytes, source: str) -> bytes:
    """Return what was gzipped.

    Raises:
        CaptureError: It is damaged, ends early, or is larger than `LARGEST`.
    """
    unpacked: list[bytes] = []
    room = LARGEST
    while data.strip(b"\0"):  # padding after the last member
        member = zlib.decompressobj(wbits=31)
        try:
            unpacked.append(member.decompress(data, room + 1))
        except zlib.error as error:
            raise CaptureError(source, "damaged gzip data") from error
        room -= len(unpacked[-1])
        if room < 0:
            raise CaptureError(source, f"larger than {LARGEST >> 20} MB unpacked")
        if not member.eof:
            raise CaptureError(source, "gzip data that ends early")
        data = member.unused_data
    return b"".join(unpacked)


def _from_text(text: str, source: str, original: Original, url: str | None) -> Capture:
    _require_letters(text, source)
    blocks = text_blocks(text)
    markup = Markup(url=url) if url else None
    return Capture(source, _digest(original), text, blocks, detect_language(text, blocks), markup, original)


def _from_html(html: str, source: str, original: Original, url: str | None) -> Capture:
    from onrecord.captures.html import Page
    from onrecord.captures.markup import read_markup

    page = Page(html)
    _require_letters(page.text, source)
    markup = read_markup(page.head)
    language = detect_language(page.text, page.blocks, markup.language)
    markup = replace(markup, url=url or markup.url)
    return Capture(source, _digest(original), page.text, tuple(page.blocks), language, markup, original)


def _storable(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)


def _encoded(text: str, form: OriginalForm) -> Original:
    return Original(text.encode("utf-8", "surrogatepass"), form)


def _digest(original: Original) -> str:
    return hashlib.sha256(original.data).hexdigest()


def _refuse_other_formats(data: bytes, source: str) -> None:
    if not data:
        raise CaptureError(source, "empty")
    for opening, name in _FORMATS:
        if data.startswith(opening):
            raise CaptureError(source, f"{name}, not text or HTML")


def _require_letters(text: str, source: str) -> None:
    if not _LETTER.search(text):
        raise CaptureError(source, "no letters in it" if text.strip() else "no text in it")
