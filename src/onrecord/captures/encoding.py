"""Bytes to characters: by byte order mark, as UTF-8 where they are, as declared, or by detection.

UTF-8 comes before the declaration: bytes beyond ASCII are hardly ever valid UTF-8 by chance, whereas pages are often
served under the wrong name. Labels are read as the WHATWG encoding standard reads them (`latin-1` is `windows-1252`).
"""

from __future__ import annotations

import codecs
import re

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf_8"),
    (codecs.BOM_UTF32_LE, "utf_32_le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf_32_be"),
    (codecs.BOM_UTF16_LE, "utf_16_le"),
    (codecs.BOM_UTF16_BE, "utf_16_be"),
)
_SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "hz": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
}
_WEB_ENCODINGS = frozenset(
    ["utf-8", "big5hkscs", "cp866", "cp874", "cp932", "cp949", "euc_jp", "gb18030", "iso2022_jp", "koi8-r", "koi8-u"]
    + ["mac-roman", "mac-cyrillic"]
    + [f"cp{page}" for page in range(1250, 1259)]
    + [f"iso8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)]
)
_CHARSET = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:+-]{2,40})""", re.IGNORECASE)
_DECLARATION = re.compile(rb"<meta\s[^>]{0,500}>|<\?xml[^>]{0,200}>", re.IGNORECASE)
_HEAD = 16_384
"""Bytes of a page in which its declaration is looked for; the standard's 1,024 are too few for pages in the wild."""
_SAMPLE = 65_536
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_REPLACED = "\ufffd"


def decode(data: bytes, *, declared: str | None = None) -> str:
    """Return the characters of `data`; what cannot be decoded becomes U+FFFD. Never raises.

    `declared` is the label that came with the bytes (HTTP); without it the page's own declaration counts.
    """
    for mark, marked in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(marked, "replace")
    head = data[:_HEAD]
    label = declared or _own_label(head)
    encoding = _unmarked_utf16(head) or (_web_encoding(label) if label else None)
    if encoding in ("iso2022_jp", "utf_16_le", "utf_16_be"):  # written in bytes that are valid UTF-8 too
        return data.decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_other(data, encoding)


def _decode_other(data: bytes, encoding: str | None) -> str:
    """Decode bytes that are not valid UTF-8: damaged UTF-8, the declared encoding, or what detection says."""
    text = data.decode("utf-8", "replace")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    if 5 * text.count(_REPLACED) <= beyond_ascii:
        return text
    if encoding is not None and encoding != "utf-8":
        text = data.decode(encoding, "replace")
        if 100 * text.count(_REPLACED) <= len(text):
            return text
    return data.decode(_detected(_sample(data)), "replace")


def _own_label(head: bytes) -> str | None:
    """Return the encoding that a page's `meta` elements or XML declaration name."""
    for declaration in _DECLARATION.finditer(head):
        charset = _CHARSET.search(declaration.group())
        if charset:
            return charset.group(1).decode("ascii", "replace")
    return None


def _web_encoding(label: str) -> str | None:
    """Return Python's name of an encoding that pages are written in; None for any other label."""
    try:
        name = codecs.lookup(label.strip()).name
    except (LookupError, ValueError):
        return None
    name = _SUPERSETS.get(name, name)
    return name if name in _WEB_ENCODINGS else None


def _unmarked_utf16(head: bytes) -> str | None:
    """Return the UTF-16 whose every other byte is mostly zero, as in Latin script; None where neither is."""
    pairs = len(head) // 2
    if pairs < 4:
        return None
    even, odd = head[: 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if 2 * odd > pairs and 20 * even < pairs:
        return "utf_16_le"
    return "utf_16_be" if 2 * even > pairs and 20 * odd < pairs else None


def _sample(data: bytes) -> bytes:
    """Return up to 64 kB of `data` around its bytes beyond ASCII, which tell encodings apart."""
    if len(data) <= _SAMPLE:
        return data
    pieces: list[bytes] = []
    at = taken = 0
    while taken < _SAMPLE and (match := _BEYOND_ASCII.search(data, at)):
        piece = data[max(at, match.start() - 64) : match.start() + 448]
        pieces.append(piece)
        taken += len(piece)
        at = match.start() + 448
    return b"\n".join(pieces)


def _detected(sample: bytes) -> str:
    """Return the likeliest encoding by uchardet, and where it has no answer by charset-normalizer.

    In this order because charset-normalizer takes one sentence of French for ISO-8859-14.
    """
    from resiliparse.parse.encoding import detect_encoding

    found = _web_encoding(detect_encoding(sample, html5_compatible=False) or "")
    if found and found != "utf-8":
        return found
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=sorted(_WEB_ENCODINGS - {"utf-8"})).best()
    return (best and _web_encoding(best.encoding)) or "cp1252"
