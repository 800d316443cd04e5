"""Opening a record and adding to it, in SQLite and in PostgreSQL."""

from __future__ import annotations

import gzip
import itertools
import sqlite3
from pathlib import Path
from typing import Any

import msgspec
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import delete, func, select, text

from bench.faults import disagreements, kept
from onrecord.errors import NewerRecord, OnrecordError, RecordError, UsageError
from onrecord.model import Capture, CaptureLine, Markup, Original, Reading, Skipped
from onrecord.record import rows
from onrecord.record.adding import Added, add, knows
from onrecord.record.database import Record, open_record, place_of_record
from onrecord.record.readings import holds_readings, readings_in
from onrecord.record.schema import captures, claims, metadata, sources, stories
from tests import builders
from tests.records import PASSWORD, Server

ODD = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=40),
    st.sampled_from(
        ["\0", "a\0b", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "\u202eabc\u202c", "é" * 9000, "'; DROP TABLE claims; --", "\\x00", "%s :name"]
    ),
)

_NUMBERS = itertools.count(1)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Return readings whose every text is odd; what they say stands in a text that fits."""
    odd = lambda: draw(st.none() | ODD)  # noqa: E731
    claim = replace(builders.claim(), actor=odd(), country=odd(), measure=odd(), said_by=odd())
    statement = replace(builders.statement(), speaker=odd(), cue=odd())
    story = replace(
        builders.story(),
        headline=odd(),
        byline=odd(),
        language=draw(ODD),
        notes=(draw(ODD),),
        claims=(claim,) * draw(st.integers(0, 2)),
        statements=(statement,) * draw(st.integers(0, 2)),
    )
    surrogates = draw(st.text(max_size=5) | st.just("\udce9"))
    data = draw(st.binary(max_size=50))
    capture = Capture(
        source=draw(ODD),
        id="",
        text=builders.TEXT + draw(ODD) + surrogates,
        blocks=(),
        language=draw(ODD),
        markup=draw(st.none() | st.builds(Markup, title=ODD, url=ODD)),
        original=draw(st.none() | st.builds(Original, st.just(data), st.just("bytes"), st.none() | ODD)),
    )
    return Reading(capture=capture, stories=(story,) * draw(st.integers(0, 2)))


def without_zero(reading: Reading) -> Reading:
    """Return a reading as it comes back: a column that PostgreSQL stores has no character 0."""
    capture = reading.capture
    original = capture.original and replace(capture.original, content_type=rows.storable(capture.original.content_type))
    source, language = rows.storable(capture.source), rows.storable(capture.language)
    return replace(reading, capture=replace(capture, source=source, language=language, original=original))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(reading=readings())
def test_what_goes_in_comes_out_equal_whatever_its_texts(record: Record, reading: Reading) -> None:
    reading = replace(reading, capture=replace(reading.capture, id=f"{next(_NUMBERS):016x}" + "0" * 48))
    added = add(record, reading, reader="1")
    assert (added.new, added.stories, added.claims) == (True, len(reading.stories), len(reading.claims))
    with record.reading() as connection:
        assert kept(connection, reading) == without_zero(reading)
    assert disagreements(record) == []


def count(record: Record, table: Any) -> int:
    with record.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def test_adding_again_changes_nothing_and_says_so(record: Record) -> None:
    reading = builders.reading()
    parts = {"stories": 1, "statements": 1, "claims": 1}
    whole = Added(source="harbour.txt", capture_id="0" * 64, new=True, **parts)
    assert add(record, reading, reader="1") == whole
    assert add(record, reading, reader="2") == Added(source="harbour.txt", capture_id="0" * 64, new=False)
    assert [count(record, table) for table in (captures, sources, stories, claims)] == [1, 1, 1, 1]
    with record.reading() as connection:
        assert connection.execute(select(captures.c.reader)).scalar_one() == "1"


def test_another_source_of_the_same_bytes_is_noted(record: Record) -> None:
    reading = builders.reading()
    assert not knows(record, reading.capture)
    add(record, reading, reader="1")
    assert knows(record, replace(reading.capture, source="https://a.example/copy"))
    with record.reading() as connection:
        found = connection.execute(select(sources.c.source, sources.c.url).order_by(sources.c.source)).all()
    assert [tuple(row) for row in found] == [
        ("harbour.txt", None),
        ("https://a.example/copy", "https://a.example/copy"),
    ]


def test_what_fails_in_the_middle_leaves_nothing(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OnrecordError("stopped here")

    monkeypatch.setattr("onrecord.record.adding.place_claims", fail)
    with pytest.raises(OnrecordError, match="stopped here"):
        add(record, builders.reading(), reader="1")
    assert [count(record, table) for table in (captures, sources, stories, claims)] == [0, 0, 0, 0]
    assert disagreements(record) == []


def test_a_capture_goes_with_all_that_was_read_from_it(record: Record) -> None:
    add(record, builders.reading(), reader="1")
    own = [table for table in metadata.sorted_tables if table.name not in {"threads", "thread_keys"}]
    with record.writing() as connection:
        connection.execute(delete(captures))
    assert [table.name for table in own if count(record, table)] == []


def test_the_migrations_make_what_the_schema_says(record: Record) -> None:
    def ours(_: object, name: str | None, kind: str, __: bool, other: object) -> bool:
        if kind == "table":
            return name in metadata.tables
        return name != "document" if kind == "column" else kind != "index" or name in known

    known = {index.name for table in metadata.tables.values() for index in table.indexes}
    with record.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_a_record_of_a_newer_version_is_left_alone(record: Record, record_address: str) -> None:
    with record.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerRecord, match=r"made by a newer onrecord \(tables 9999"):
        open_record(record_address, may_be_new=True)


@pytest.mark.parametrize(
    "data",
    [b"Menu Home\n", b"SQLite format 3\0", b"\0" * 200, gzip.compress(b"x")],
    ids=["text", "a beginning only", "zeros", "gzip"],
)
def test_a_file_that_is_no_record_is_left_as_it_is(data: bytes, tmp_path: Path) -> None:
    place = tmp_path / "page.txt"
    place.write_bytes(data)
    with pytest.raises(RecordError, match="not a record"):
        open_record(str(place), may_be_new=True)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"page.txt": data}


@pytest.mark.parametrize("mark", [0, 42])
@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_a_database_of_something_else_is_left_as_it_is(mark: int, journal: str, tmp_path: Path) -> None:
    place = tmp_path / "other.db"
    with sqlite3.connect(place) as other:
        other.execute(f"PRAGMA journal_mode = {journal}")
        other.execute(f"PRAGMA application_id = {mark}")
        other.execute("CREATE TABLE captures (id)")
    other.close()
    before = place.read_bytes()
    with pytest.raises(RecordError, match="nothing was changed"):
        open_record(str(place), may_be_new=True)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"other.db": before}


def test_an_empty_file_becomes_a_record(tmp_path: Path) -> None:
    place = tmp_path / "empty.db"
    place.touch()
    with open_record(str(place), may_be_new=True) as record:
        assert add(record, builders.reading(), reader="1").new


@pytest.mark.parametrize(
    ("place", "error", "words"),
    [
        (".", RecordError, "a folder, not a record"),
        ("missing/record.db", UsageError, "its folder does not exist"),
        (":memory:", UsageError, "not the name of a file"),
        ("sqlite://", UsageError, "not the name of a file"),
        ("a\0b", UsageError, "not the name of a file"),
        ("mysql://me:secret@db/x", UsageError, "a record is a file or a postgresql:// address"),
        ("postgresql://me:secret@db:port/x", UsageError, "not the address of a record"),
        ("postgresql://me:se/cr@et@[db/x", UsageError, "not the address of a record"),
        ("postgresql://me:secret@127.0.0.1:1/x", RecordError, "refused"),
        ("postgresql://127.0.0.1:1/x?user=me&password=secret", RecordError, "refused"),
    ],
)
def test_what_cannot_be_opened_is_told_without_a_password(
    place: str, error: type[OnrecordError], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(error, match=words) as told:
        open_record(place, may_be_new=True)
    assert "secret" not in str(told.value)
    assert "cr@et" not in str(told.value)
    assert list(tmp_path.iterdir()) == []


def test_there_is_no_record_where_none_was_made(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no record"):
        open_record(str(tmp_path / "none.db"))
    assert list(tmp_path.iterdir()) == []


def test_the_place_is_as_given_else_of_the_environment_else_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_RECORD", "there.db")
    assert (place_of_record("given.db"), place_of_record()) == ("given.db", "there.db")
    monkeypatch.delenv("ONRECORD_RECORD")
    assert place_of_record() == "onrecord.db"


def test_an_address_of_sqlite_is_a_file(tmp_path: Path) -> None:
    with open_record(f"sqlite:///{tmp_path}/x.db", may_be_new=True) as record:
        assert record.place == f"{tmp_path}/x.db"


def test_a_wrong_password_is_told_and_not_shown(postgresql: Server) -> None:
    with pytest.raises(RecordError, match="password authentication failed") as told:
        open_record(postgresql.address("postgres", password="wrong-crane"))
    assert "wrong-crane" not in str(told.value)


@pytest.mark.parametrize("record_address", ["postgresql"], indirect=True)
def test_the_place_in_postgresql_shows_no_password(record: Record) -> None:
    assert PASSWORD not in record.place
    assert record.place.startswith("postgresql")


LINE = msgspec.json.encode(CaptureLine.of(builders.reading()))


def changed(**fields: Any) -> bytes:
    return msgspec.json.encode(msgspec.json.decode(LINE) | fields)


def story(**fields: Any) -> bytes:
    return changed(stories=[msgspec.json.decode(LINE)["stories"][0] | fields])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"{", "not a line of `onrecord read --json`"),
        (b"[" * 100_000, "not a line of `onrecord read --json`"),
        (b"\xff\xfe", "not a line of `onrecord read --json`"),
        (b'{"text": "\\ud800"}', "not a line of `onrecord read --json`"),
        (changed(text=5), "not a line of `onrecord read --json`"),
        (changed(text="short"), "its offsets do not fit its text"),
        (changed(id="../x"), "its id is no SHA-256 in hex"),
        (story(end=-1), "its offsets do not fit its text"),
        (story(body=[[9, 3]]), "its offsets do not fit its text"),
        (story(body=[[-4, 3]]), "its offsets do not fit its text"),
        (story(published="yesterday"), "not a day of publication"),
        (b'{"source": "a.txt", "skipped": "empty"}', "empty"),
    ],
)
def test_a_line_that_is_no_reading_is_named_and_the_others_are_taken(line: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "readings.jsonl"
    path.write_bytes(LINE + b"\n" + line + b"\n\n" + LINE)
    first, bad, last = readings_in(str(path))
    assert first == last == msgspec.json.decode(LINE, type=CaptureLine).reading()
    assert isinstance(bad, Skipped)
    assert bad.source == ("a.txt" if reason == "empty" else f"{path}#2")
    assert bad.reason.startswith(reason)


def test_damaged_gzip_gives_what_stands_before_the_damage(tmp_path: Path) -> None:
    path = tmp_path / "readings.jsonl.gz"
    path.write_bytes(gzip.compress(LINE + b"\n" + LINE)[:-9])
    assert holds_readings(str(path))
    *before, last = readings_in(str(path))
    assert last == Skipped(str(path), "damaged gzip data, or data that ends early")
    assert all(isinstance(one, Reading) for one in before)
