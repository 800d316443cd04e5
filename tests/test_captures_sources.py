"""Files, folders, standard input and JSON Lines to captures."""

from __future__ import annotations

import gzip
import io
import json
import sys
from pathlib import Path

import httpx
import pytest

from onrecord.captures import find_captures, sources
from onrecord.model import Capture, Markup, Skipped

LEAD = "The harbour authority of Port Ellis will deepen the main channel."


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def seen(*paths: str) -> list[tuple[str, str]]:
    """Return the source of everything found, with its text or the reason why there is none."""
    return [
        (found.source, found.text if isinstance(found, Capture) else f"! {found.reason}")
        for found in find_captures(paths)
    ]


def test_files_are_read_in_the_order_given(here: Path) -> None:
    Path("b.txt").write_text("Text b")
    Path("a.htm").write_text("<p>Text a")
    Path("c.txt.gz").write_bytes(gzip.compress(b"Text c"))
    Path("saved page").write_text("<!doctype html><p>Text d")
    assert seen("b.txt", "a.htm", "c.txt.gz", "saved page") == [
        ("b.txt", "Text b"),
        ("a.htm", "Text a"),
        ("c.txt.gz", "Text c"),
        ("saved page", "Text d"),
    ]


def test_a_folder_is_walked_in_order_of_names(here: Path) -> None:
    for name in ("z.txt", "a.HTML", "notes.md", "sub/m.txt", "sub/deeper/n.txt.gz", "empty/x.bin"):
        path = here / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(name.encode()) if name.endswith("gz") else name.encode())
    assert seen("in") == [
        ("in/a.HTML", "a.HTML"),
        ("in/z.txt", "z.txt"),
        ("in/sub/m.txt", "sub/m.txt"),
        ("in/sub/deeper/n.txt.gz", "sub/deeper/n.txt.gz"),
    ]


def test_what_cannot_be_read_is_skipped_with_its_reason_and_the_rest_is_read(here: Path) -> None:
    Path("empty.txt").touch()
    Path("binary.txt").write_bytes(b"\0\1\2" * 50)
    Path("folder").mkdir()
    Path("good.txt").write_text(LEAD)
    assert seen("empty.txt", "binary.txt", "folder", "missing.txt", "a\0b", "good.txt") == [
        ("empty.txt", "! empty"),
        ("binary.txt", "! binary data, not text"),
        ("folder", "! no captures in this folder (.txt, .html, .htm, .jsonl, or these with .gz)"),
        ("missing.txt", "! no such file or directory"),
        ("a\0b", "! embedded null byte"),
        ("good.txt", LEAD),
    ]


def test_a_file_beyond_the_limit_is_skipped(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LARGEST", 2**20)
    Path("large.txt").write_bytes(b"word " * 2**18)
    assert seen("large.txt") == [("large.txt", "! larger than 1 MB")]


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"<p>{LEAD}".encode())))
    assert seen("-") == [("-", LEAD)]


@pytest.mark.parametrize("packed", [False, True])
def test_each_line_of_json_lines_is_a_capture(here: Path, packed: bool) -> None:
    lines = [
        json.dumps({"id": "one", "text": "First text"}),
        "",
        json.dumps({"html": "<p>Third <b>text", "published": "2031-01-01"}),
        json.dumps({"id": 7, "text": "Fourth \ud83d\ude00 text", "url": "https://packet.example/4"}),
        "{broken",
        "[1, 2]",
        json.dumps({"id": "x", "text": None}),
        json.dumps({"id": "y", "text": " "}),
        "[" * 100_000,
    ]
    data = "\n".join(lines).encode()
    name = "pages.jsonl.gz" if packed else "pages.jsonl"
    Path(name).write_bytes(gzip.compress(data) if packed else data)
    assert seen(name) == [
        (f"{name}#one", "First text"),
        (f"{name}#3", "Third text"),
        (f"{name}#7", "Fourth 😀 text"),
        (f"{name}#5", "! not a line of JSON"),
        (f"{name}#6", "! not a JSON object"),
        (f"{name}#x", "! no `text` or `html` in it"),
        (f"{name}#y", "! no text in it"),
        (f"{name}#9", "! not a line of JSON"),
    ]
    fourth = list(find_captures([name]))[2]
    assert isinstance(fourth, Capture)
    assert fourth.markup == Markup(url="https://packet.example/4")


def test_damaged_json_lines_give_what_stands_before_the_damage(here: Path) -> None:
    lines = b"".join(json.dumps({"text": f"Text {i}"}).encode() + b"\n" for i in range(20_000))
    Path("cut.jsonl.gz").write_bytes(gzip.compress(lines)[:-4000])
    found = seen("cut.jsonl.gz")
    assert found[0] == ("cut.jsonl.gz#1", "Text 0")
    assert found[-1] == ("cut.jsonl.gz", "! damaged gzip data, or data that ends early")
    assert len(found) > 1000


def test_json_lines_without_a_line_are_skipped(here: Path) -> None:
    Path("none.jsonl").write_text("\n\n")
    assert seen("none.jsonl", "missing.jsonl") == [
        ("none.jsonl", "! empty"),
        ("missing.jsonl", "! no such file or directory"),
    ]


def test_captures_come_one_at_a_time(here: Path) -> None:
    Path("first.txt").write_text(LEAD)
    found = find_captures(["first.txt", "second.txt"])
    assert isinstance(next(found), Capture)
    Path("second.txt").write_text("Written after the first was read")
    assert [each.source for each in found if isinstance(each, Capture)] == ["second.txt"]


def test_an_address_is_fetched_by_the_client_given() -> None:
    client = httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(200, html=f"<p>{request.url}")))
    [found] = find_captures(["HTTPS://packet.example/a"], client=client)
    assert isinstance(found, Capture)
    assert (found.source, found.text) == ("HTTPS://packet.example/a", "https://packet.example/a")


def test_an_address_within_this_machine_is_skipped_unless_allowed() -> None:
    [found] = find_captures(["http://127.0.0.1:9/"])
    assert found == Skipped(
        "http://127.0.0.1:9/", "refused, 127.0.0.1 is not a public address (--allow-private allows it)"
    )
    [found] = find_captures(["http://127.0.0.1:9/"], allow_private=True)
    assert isinstance(found, Skipped)
    assert found.reason.startswith("cannot be fetched: ")
