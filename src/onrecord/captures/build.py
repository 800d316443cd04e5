"""One input's bytes or text to a `Capture`."""

from __future__ import annotations

import hashlib
import re

from onrecord.captures.plain import text_blocks
from onrecord.errors import CaptureError
from onrecord.model import Capture

_LETTER = re.compile(r"[^\W\d_]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_HTML_OPENING = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--|<(?:!doctype html|html|head|body|script|iframe|h1|div|font|table|a|style|title|b|br|"
    r"p|article|section|main|meta|header|span|ul)[\s>/])",
    re.IGNORECASE,
)


def capture_from_text(text: str, source: str, *, id: str | None = None) -> Capture:
    """Return the capture of plain `text`, which it keeps as it is."""
    text = _SURROGATE.sub("\ufffd", text)
    _need_letters(text, source)
    return Capture(source, id or _digest(text), text, text_blocks(text), _language(text))


def capture_from_html(text: str, source: str, *, id: str | None = None) -> Capture:
    """Return the capture of an HTML page; its text is the visible text."""
    from onrecord.captures.html import read_page

    page = read_page(_SURROGATE.sub("\ufffd", text))
    visible = page.text
    _need_letters(visible, source)
    return Capture(source, id or _digest(text), visible, tuple(page.blocks), _language(visible))


def capture_from_bytes(data: bytes, source: str, *, content_type: str | None = None) -> Capture:
    """Return the capture of one file's or answer's bytes."""
    if not data.strip():
        raise CaptureError(source, "empty")
    text = data.decode("utf-8-sig", "replace")
    id = hashlib.sha256(data).hexdigest()
    if _HTML_OPENING.match(text) or "html" in (content_type or ""):
        return capture_from_html(text, source, id=id)
    return capture_from_text(text, source, id=id)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _need_letters(text: str, source: str) -> None:
    if not _LETTER.search(text):
        raise CaptureError(source, "no letters in it" if text.strip() else "empty")


def _language(text: str) -> str:
    from resiliparse.parse.lang import detect_fast

    return str(detect_fast(text[:20000])[0])
