"""Values to rows and back; what goes in comes out equal."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Mapping, Sequence
from typing import Any, Final, overload
from urllib.parse import urlsplit

import msgspec
import zstandard
from msgspec.structs import replace

from onrecord.model import Capture, Claim, Markup, Original, Statement, Story, Verdict

_LEVEL: Final = 9
_NUL: Final = "\0"
Row = dict[str, Any]


def capture_row(capture: Capture, reader: str, added: str) -> Row:
    """Return the row of a capture; `reader` is the version that read it, `added` the moment."""
    original = capture.original
    return {
        "id": capture.id,
        "source": storable(capture.source),
        "url": url_of(capture),
        "outlet": outlet_of(capture),
        "language": storable(capture.language),
        "form": original.form if original else None,
        "content_type": storable(original.content_type) if original else None,
        "data": packed(original.data) if original else None,
        "text": packed(capture.text.encode("utf-8", "surrogatepass")),
        "markup": to_json(capture.markup) if capture.markup else None,
        "reader": reader,
        "added": added,
    }


def capture_of(row: Mapping[Any, Any]) -> Capture:
    """Return the capture of a row, without its blocks: `capture_from_original` makes these again."""
    form, markup = row["form"], row["markup"]
    return Capture(
        source=row["source"],
        id=row["id"],
        text=text_of(row["text"]),
        blocks=(),
        language=row["language"],
        markup=msgspec.json.decode(markup, type=Markup) if markup else None,
        original=Original(unpacked(row["data"]), form, row["content_type"]) if form else None,
    )


def story_row(story: Story, capture: Capture, number: int) -> Row:
    """Return the row of a capture's story; `number` is its place there, from 0."""
    return {
        "capture_id": capture.id,
        "number": number,
        "day": story.day,
        "outlet": outlet_of(capture),
        "language": storable(story.language),
        "headline": storable(story.headline),
        "content": to_json(replace(story, statements=(), claims=())),
    }


def story_of(row: Mapping[Any, Any], statements: Sequence[Statement], claims: Sequence[Claim]) -> Story:
    """Return the story of a row with its statements and claims."""
    story = msgspec.json.decode(row["content"], type=Story)
    return replace(story, statements=tuple(statements), claims=tuple(claims))


def statement_row(statement: Statement, number: int) -> Row:
    """Return the row of a statement; the story's number is still to be set."""
    return {"number": number, "speaker": storable(statement.speaker), "content": to_json(statement)}


def statement_of(content: str) -> Statement:
    """Return the statement of a row's content."""
    return msgspec.json.decode(content, type=Statement)


def claim_row(claim: Claim, words: str) -> Row:
    """Return the columns of a claim that follow from itself; `words` are those of its evidence.

    What says where it stands (address, story, number, day, outlet, reader) is still to be set.
    """
    return {
        "kind": claim.kind,
        "actor": storable(claim.actor),
        "country": storable(claim.country),
        "measure": storable(claim.measure),
        "said_by": storable(claim.said_by),
        "words": storable(words),
        "due": claim.when.end if claim.when else None,
        "confidence": claim.confidence,
        "verdict": claim.verdict.verdict if claim.verdict else None,
        "indicator": claim.verdict.indicator if claim.verdict else None,
        "content": to_json(replace(claim, verdict=None)),
    }


def claim_of(content: str, verdict: str | None = None) -> Claim:
    """Return the claim of a row's content, with the verdict of another's."""
    claim = msgspec.json.decode(content, type=Claim)
    return replace(claim, verdict=msgspec.json.decode(verdict, type=Verdict)) if verdict else claim


def verdict_row(verdict: Verdict, claim_id: int) -> Row:
    """Return the row of a claim's verdict."""
    return {
        "claim_id": claim_id,
        "verdict": verdict.verdict,
        "reason": verdict.reason,
        "indicator": storable(verdict.indicator),
        "entity": storable(verdict.entity),
        "period": storable(verdict.period),
        "edition": verdict.edition,
        "content": to_json(verdict),
    }


def outlet_of(capture: Capture) -> str | None:
    """Return the outlet that a capture is of: the host of its address without `www.`; None where it has none."""
    try:
        host = urlsplit(url_of(capture) or "").hostname
    except ValueError:
        return None
    return storable(host.removeprefix("www.")) if host else None


def url_of(capture: Capture) -> str | None:
    """Return where a capture's page stands, None where that is not known."""
    if capture.markup and capture.markup.url:
        return storable(capture.markup.url)
    return storable(capture.source) if capture.source.startswith(("http://", "https://")) else None


def now() -> str:
    """Return this moment: ISO 8601, UTC, to the second."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def to_json(value: object) -> str:
    """Return a value as JSON. A character 0 is escaped there, so that PostgreSQL takes it."""
    return msgspec.json.encode(value).decode()


@overload
def storable(text: str) -> str: ...
@overload
def storable(text: None) -> None: ...
def storable(text: str | None) -> str | None:
    """Return a text for a column that is searched: PostgreSQL stores no character 0."""
    return text.replace(_NUL, " ") if text else text


def packed(data: bytes) -> bytes:
    """Return `data` compressed by zstd."""
    return _zstd.compressor.compress(data)


def unpacked(data: bytes) -> bytes:
    """Return what `packed` compressed."""
    return _zstd.decompressor.decompress(data)


def text_of(data: bytes) -> str:
    """Return a capture's text as it was packed."""
    return unpacked(data).decode("utf-8", "surrogatepass")


class _Zstd(threading.local):
    """Of each thread its own: two in one of these at a time spoil what it makes."""

    def __init__(self) -> None:
        self.compressor = zstandard.ZstdCompressor(level=_LEVEL)
        self.decompressor = zstandard.ZstdDecompressor()


_zstd: Final = _Zstd()
