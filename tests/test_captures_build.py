"""Bytes and text to a capture, or a reason why not."""

from __future__ import annotations

import gzip
import hashlib
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from onrecord.captures import (
    build,
    capture_from_bytes,
    capture_from_html,
    capture_from_original,
    capture_from_text,
)
from onrecord.captures.build import looks_like_html
from onrecord.errors import CaptureError
from onrecord.model import Block, Capture, Markup, Original, OriginalForm, Span

LEAD = "The harbour authority of Port Ellis will deepen the main channel before the end of next year."


def test_text_is_kept_as_it_is() -> None:
    text = f"  Port news\r\n\r\n{LEAD}\r\n"
    digest = hashlib.sha256(text.encode()).hexdigest()
    blocks = (Block(Span(2, 11)), Block(Span(15, 15 + len(LEAD))))
    expected = Capture("page.txt", digest, text, blocks, "en", original=Original(text.encode(), "text"))
    assert capture_from_text(text, "page.txt") == expected
    as_bytes = replace(expected, original=Original(text.encode(), "bytes"))
    assert capture_from_bytes(text.encode(), "page.txt") == as_bytes


def test_html_gives_its_visible_text_and_its_markup() -> None:
    html = f"<html lang=en><title>Port</title><body><p>{LEAD}"
    assert capture_from_html(html, "page") == Capture(
        source="page",
        id=hashlib.sha256(html.encode()).hexdigest(),
        text=LEAD,
        blocks=(Block(Span(0, len(LEAD)), tag="p", context=("html", "body", "p"), within=(1, 3, 4)),),
        language="en",
        markup=Markup(title="Port", language="en"),
        original=Original(html.encode(), "html"),
    )


@given(st.text(), st.sampled_from(["bytes", "text", "html"]))
def test_an_original_makes_the_same_capture_again(words: str, form: OriginalForm) -> None:
    text = f"<p>{LEAD} {words}"
    if form == "bytes":
        capture = capture_from_bytes(
            text.encode(), "page", content_type="text/html; charset=utf-8", url="https://a.example/"
        )
    else:
        build = capture_from_html if form == "html" else capture_from_text
        capture = build(text, "page", url="https://a.example/")
    assert capture.original is not None
    assert hashlib.sha256(capture.original.data).hexdigest() == capture.id
    assert capture_from_original(capture.original, "page", url="https://a.example/") == capture


def test_a_gzipped_capture_is_unpacked_and_known_by_the_bytes_given() -> None:
    data = gzip.compress(LEAD.encode(), mtime=0)
    capture = capture_from_bytes(data + gzip.compress(b" More.", mtime=0) + b"\0\0", "page")
    assert capture.text == LEAD + " More."
    assert capture_from_bytes(data, "page").id == hashlib.sha256(data).hexdigest()


def test_where_the_page_stood_goes_before_its_own_address() -> None:
    html = "<link rel=canonical href=https://a.example/><p>Words"
    assert capture_from_html(html, "page").markup == Markup(url="https://a.example/")
    assert capture_from_html(html, "page", url="https://b.example/").markup == Markup(url="https://b.example/")
    assert capture_from_text("Words", "page", url="https://b.example/").markup == Markup(url="https://b.example/")


def test_a_lone_surrogate_becomes_a_replacement_character() -> None:
    assert capture_from_text("Words \ud800 here", "page").text == "Words \ufffd here"


@pytest.mark.parametrize(
    ("text", "content_type", "expected"),
    [
        ("<!DOCTYPE html><p>x", None, True),
        ("\n<html>", None, True),
        ('<?xml version="1.0"?>\n<html xmlns="x">', None, True),
        ("<!-- saved page --><div>", None, True),
        ("<p class=x>Words", None, True),
        ("Words with <b>bold</b>", None, False),
        ("<3 is not a tag", None, False),
        ("<pete@mail.example> wrote", None, False),
        ("Words with <b>bold</b>", "text/html; charset=utf-8", True),
        ("Words without any tag, 3 < 4", "text/html", False),
    ],
)
def test_html_is_known_by_how_it_opens(text: str, content_type: str | None, expected: bool) -> None:
    assert looks_like_html(text, content_type) is expected


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t", "no text in it"),
        (b"12:30 -- 14:45 ***", "no letters in it"),
        (b"<html><head><title>Port</title></head><body><script>x</script></body></html>", "no text in it"),
        (b"<p>12:30</p>", "no letters in it"),
        (bytes(range(256)) * 8, "binary data, not text"),
        (b"\0" * 100, "binary data, not text"),
        (b"%PDF-1.7 and so on", "a PDF, not text or HTML"),
        (b"\x89PNG\r\n\x1a\n", "a PNG picture, not text or HTML"),
        (b"PK\x03\x04", "a ZIP archive or office document, not text or HTML"),
        (gzip.compress(b""), "empty"),
        (gzip.compress(b"Words " * 99)[:-12], "gzip data that ends early"),
        (gzip.compress(b"Words") + b"\x1f\x8bnot gzip", "damaged gzip data"),
        (gzip.compress(gzip.compress(b"Words")), "binary data, not text"),
    ],
)
def test_what_is_no_capture_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(CaptureError) as refusal:
        capture_from_bytes(data, "page")
    assert (refusal.value.source, refusal.value.reason) == ("page", reason)


def test_a_gzip_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "LARGEST", 2**20)
    with pytest.raises(CaptureError, match="larger than 1 MB unpacked"):
        capture_from_bytes(gzip.compress(b"Words " * 2**20), "page")


def outcome(data: bytes) -> Capture | str:
    """Return the capture of `data`, or what a person is told."""
    try:
        return capture_from_bytes(data, "page")
    except CaptureError as error:
        return str(error)


@given(st.binary(max_size=400))
def test_any_bytes_give_a_capture_or_a_reason(data: bytes) -> None:
    match outcome(data):
        case Capture(text=text, blocks=blocks):
            assert blocks
            assert all(block.span.of(text).strip() for block in blocks)
            assert text.encode().decode() == text
        case reason:
            assert isinstance(reason, str)
            assert reason.startswith("page: ")
            assert "\n" not in reason


MARKUP_BYTES = st.lists(
    st.sampled_from(
        [b"<p>", b"</div>", b"<a ", b"href=", b'"', b"\xff", b"\xc3", b"\xa9", b"word ", b"&#0;", b"<!--", b"\0"]
    ),
    max_size=60,
).map(b"".join)


@given(MARKUP_BYTES)
def test_any_broken_html_gives_a_capture_or_a_reason(data: bytes) -> None:
    first = outcome(b"<html>" + data)
    assert first == outcome(b"<html>" + data)
    assert isinstance(first, str) or first.blocks


def test_fifty_megabytes_of_one_line_are_one_block() -> None:
    text = "word " * 10_000_000
    capture = capture_from_text(text, "page")
    assert [block.span for block in capture.blocks] == [Span(0, len(text) - 1)]


def test_what_reads_the_web_and_odd_encodings_is_imported_only_when_needed() -> None:
    code = "import sys, onrecord.captures.build as b; b.capture_from_bytes('Words é'.encode(), 'x')\n"
    code += "print({'httpx', 'charset_normalizer', 'selectolax'} & set(sys.modules))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"
