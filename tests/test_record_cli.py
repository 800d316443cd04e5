"""`onrecord add` as a user calls it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from onrecord.cli import main
from onrecord.model import CaptureLine
from onrecord.record import database
from onrecord.record.database import open_record
from onrecord.record.readings import holds_readings
from tests import builders
from tests.pages import page, pledge
from tests.records import PASSWORD

FIRST = page("https://daily.example/1", "2025-02-25", pledge("Norland vows 3% of GDP by 2031.", 3.0, 2031))
LINES = [msgspec.json.encode(CaptureLine.of(one)) + b"\n" for one in (FIRST, builders.reading())]


def call(*arguments: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """Call the command line; return its exit status."""
    monkeypatch.setattr(sys, "argv", ["onrecord", *arguments])
    try:
        main()
    except SystemExit as left:
        return int(left.code or 0)
    return 0


@pytest.fixture
def lines(tmp_path: Path) -> str:
    path = tmp_path / "readings.jsonl"
    path.write_bytes(b"".join(LINES))
    return str(path)


def test_what_is_added_is_told_line_by_line_and_summed_up(
    record_address: str, lines: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call("add", lines, "--record", record_address, monkeypatch=monkeypatch) == 0
    out, err = capsys.readouterr()
    with open_record(record_address) as record:
        place = record.place
    assert out.splitlines() == [
        "added  https://daily.example/1: 1 story, 0 statements, 1 claim",
        "added  harbour.txt: 1 story, 1 statement, 1 claim",
        f"{place}: 2 captures added: 2 stories, 1 statement, 2 claims",
    ]
    assert (err, PASSWORD in out) == ("", False)
    assert call("add", lines, "--record", record_address, "--quiet", monkeypatch=monkeypatch) == 0
    assert capsys.readouterr().out == f"{place}: 0 captures added; 2 known already\n"


def test_a_bad_line_is_named_and_ends_with_1(
    record_address: str, lines: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(lines).write_bytes(LINES[0] + b"{\n" + LINES[1])
    assert call("add", lines, "--record", record_address, monkeypatch=monkeypatch) == 1
    out, err = capsys.readouterr()
    assert err.startswith(f"onrecord: {lines}#2: not a line of `onrecord read --json`: ")
    assert len(err.splitlines()) == 1
    assert out.splitlines()[-1].endswith("2 captures added: 2 stories, 1 statement, 2 claims; 1 skipped")


@pytest.mark.parametrize(
    ("place", "status", "told"),
    [
        (".", 1, "a folder, not a record"),
        ("page.txt", 1, "not a record of onrecord; nothing was changed"),
        ("missing/record.db", 2, "its folder does not exist"),
        ("mysql://me:***@db/x", 2, "a record is a file or a postgresql:// address"),
    ],
)
def test_a_place_that_is_no_record_is_told_in_a_line(
    place: str,
    status: int,
    told: str,
    lines: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("page.txt").write_text("Menu Home")
    assert call("add", lines, "--record", place.replace("***", "secret"), monkeypatch=monkeypatch) == status
    assert capsys.readouterr() == ("", f"onrecord: {place}: {told}\n")
    assert Path("page.txt").read_text() == "Menu Home"


@pytest.mark.parametrize("record_address", ["sqlite"], indirect=True)
def test_a_locked_record_is_told_in_a_line(
    record_address: str, lines: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(database, "SECONDS", 0.1)
    with open_record(record_address) as record, record.writing():
        assert call("add", lines, "--record", record_address, monkeypatch=monkeypatch) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"onrecord: {record_address}: locked by ")
    assert err.endswith(f"(process {os.getpid()}), still so after 0.1 s; nothing was changed\n")


def test_a_name_that_is_not_unicode_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name = os.fsdecode(bytes(tmp_path / "caf") + b"\xe9.txt")
    try:
        Path(name).write_text("Menu Home")
    except OSError:
        pytest.skip("this file system has names in Unicode only")
    assert call("add", name, "--record", str(tmp_path / "new.db"), monkeypatch=monkeypatch) == 0
    assert capsys.readouterr().out.startswith(f"added  {tmp_path}/caf\\udce9.txt: 0 stories")


def test_reading_alone_starts_without_the_databases_library() -> None:
    code = "import sys, onrecord.cli, onrecord.pipeline; print({'sqlalchemy', 'alembic'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_adding_what_is_known_starts_without_what_reads_pages() -> None:
    code = (
        "import sys, onrecord.record.adding, onrecord.record.rating; print({'spacy', 'onnxruntime'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_annotated_captures_are_read_and_not_taken_for_readings(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    gold.write_bytes(
        msgspec.json.encode({"id": "a", "text": "Norland will build a dam.", "published": None, "stories": []})
    )
    assert not holds_readings(str(gold))
    line = tmp_path / "read.jsonl"
    line.write_bytes(msgspec.json.encode(CaptureLine.of(builders.reading())))
    assert holds_readings(str(line))
