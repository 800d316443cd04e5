"""What the record keeps when processes are killed, the disk is full, or others are there too."""

from __future__ import annotations

import itertools
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from bench.faults import COMMAND, disagreements, faults_in, kill_often, made_readings, nursery
from onrecord.errors import LockedRecord, RecordError
from onrecord.model import CaptureLine, Reading
from onrecord.record import database
from onrecord.record.adding import add, knows
from onrecord.record.database import Record, open_record

READINGS = tuple(itertools.islice(made_readings(7), 40))
HOLDER = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


def lines_of(readings: tuple[Reading, ...], path: Path) -> str:
    path.write_bytes(b"".join(msgspec.json.encode(CaptureLine.of(one)) + b"\n" for one in readings))
    return str(path)


def start_adding(lines: str, place: str) -> subprocess.Popen[str]:
    command = [*COMMAND, "add", lines, "--record", place]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def given(readings: tuple[Reading, ...] = READINGS) -> dict[str, Reading]:
    return {one.capture.source: one for one in readings}


def test_kills_lose_nothing_that_was_reported_and_leave_nothing_half(tmp_path: Path) -> None:
    with nursery() as start:
        outcome = kill_often(tmp_path / "record.db", 25, start)
    assert outcome.faults == ()
    assert outcome.amid > 12  # most hit a process at work, so that this shows something
    assert outcome.reported > 50


def test_the_look_at_a_record_sees_what_is_lost_half_or_unsearchable(record: Record, record_address: str) -> None:
    for one in READINGS[:3]:
        add(record, one, reader="1")
    assert faults_in(record_address, given(READINGS[:3]), set(given(READINGS[:3]))) == []
    lost, half = READINGS[3].capture.source, READINGS[0].capture.id
    with record.writing() as connection:
        connection.exec_driver_sql(
            f"DELETE FROM statements WHERE story_id IN (SELECT id FROM stories WHERE capture_id = '{half}')"
        )
    found = faults_in(record_address, given(READINGS[:4]), {lost})
    assert found == [f"{lost}: reported, and not in the record", f"{READINGS[0].capture.source}: only in part"]


def test_two_processes_that_add_the_same_add_each_capture_once(record_address: str, tmp_path: Path) -> None:
    lines = lines_of(READINGS, tmp_path / "readings.jsonl")
    processes = [start_adding(lines, record_address) for _ in range(2)]
    printed = [process.communicate(timeout=60) for process in processes]
    assert [(process.returncode, err) for process, (_, err) in zip(processes, printed, strict=True)] == [
        (0, ""),
        (0, ""),
    ]
    said = [line.split()[0] for out, _ in printed for line in out.splitlines()[:-1]]
    assert (said.count("added"), said.count("known")) == (len(READINGS), len(READINGS))
    assert faults_in(record_address, given(), set(given()), all_of_them=True) == []


def test_two_processes_may_make_the_record_at_once(tmp_path: Path) -> None:
    lines = lines_of(READINGS[:5], tmp_path / "readings.jsonl")
    place = tmp_path / "new.db"
    processes = [start_adding(lines, str(place)) for _ in range(2)]
    printed = [process.communicate(timeout=60) for process in processes]
    assert [err for _, err in printed] == ["", ""]
    assert faults_in(place, given(READINGS[:5]), set(given(READINGS[:5])), all_of_them=True) == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)], capture_output=True, text=True, check=False
    )
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_told_in_a_line_and_what_was_reported_is_there(small_disk: Path, tmp_path: Path) -> None:
    place = small_disk / "record.db"
    open_record(str(place), may_be_new=True).close()
    room = shutil.disk_usage(small_disk).free
    (small_disk / "other").write_bytes(bytes(max(0, room - 300_000)))
    readings = tuple(itertools.islice(made_readings(8), 60))
    lines = lines_of(readings, tmp_path / "readings.jsonl")
    process = start_adding(lines, str(place))
    out, err = process.communicate(timeout=60)
    reported = {line.split()[1].rstrip(":") for line in out.splitlines()}
    assert (process.returncode, len(err.splitlines()), len(reported) > 0) == (1, 1, True), err
    assert err.startswith(f"onrecord: {place}: cannot be written: ")
    (small_disk / "other").unlink()
    assert faults_in(place, given(readings), reported) == []
    with open_record(str(place)) as record:
        for one in readings[:30]:
            if not knows(record, one.capture):
                add(record, one, reader="1")
    assert faults_in(place, given(readings[:30]), set(given(readings[:30]))) == []


@pytest.fixture
def holder(record_address: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", HOLDER, record_address]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.communicate()


@pytest.mark.parametrize("record_address", ["sqlite"], indirect=True)
def test_who_holds_a_file_is_named(
    record_address: str, holder: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "SECONDS", 0.1)
    with open_record(record_address) as record:
        with pytest.raises(LockedRecord, match=r"still so after 0\.1 s; nothing was changed") as told:
            add(record, READINGS[0], reader="1")
        assert not knows(record, READINGS[0].capture)
        assert [name.rpartition(" (")[2] for name in told.value.holders] == [f"process {holder.pid})"]
        holder.communicate()
        assert add(record, READINGS[0], reader="1").new


@pytest.mark.parametrize("record_address", ["postgresql"], indirect=True)
def test_who_writes_to_postgresql_is_named(record_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "SECONDS", 0.1)
    with open_record(record_address) as one, open_record(record_address) as other:
        with one.writing(), pytest.raises(LockedRecord) as told:
            add(other, READINGS[0], reader="1")
        assert told.value.holders == (f"onrecord (process {os.getpid()})",)
        assert add(other, READINGS[0], reader="1").new


@pytest.mark.parametrize("record_address", ["sqlite"], indirect=True)
def test_a_short_lock_is_waited_out(record_address: str, holder: subprocess.Popen[str], tmp_path: Path) -> None:
    process = start_adding(lines_of(READINGS[:1], tmp_path / "readings.jsonl"), record_address)
    holder.communicate()
    out, err = process.communicate(timeout=60)
    assert (process.returncode, err, out.split()[0]) == (0, "", "added")


def as_nobody(code: str, place: Path) -> str:
    """Return what Python prints that runs `code` as a user without rights; `place` is its first argument."""
    if os.geteuid() != 0:
        pytest.skip("another user can be taken on by root only")
    command = [sys.executable, "-c", NOBODY + code, str(place)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


# imported first: where Python lies may be closed to others
NOBODY = """
import os, pwd, sys
import alembic.command, sqlalchemy.dialects.sqlite
from sqlalchemy import func, select
from onrecord.errors import RecordError
from onrecord.record.database import open_record
from onrecord.record.schema import captures
with open_record(sys.argv[1] + ".root", may_be_new=True) as record, record.reading() as connection:
    connection.execute(select(captures)).all()
os.remove(sys.argv[1] + ".root")
user = pwd.getpwnam("nobody")
os.setgroups([])
os.setgid(user.pw_gid)
os.setuid(user.pw_uid)
"""
READ = """
with open_record(sys.argv[1]) as record, record.reading() as connection:
    print(connection.execute(select(func.count()).select_from(captures)).scalar_one())
"""
WRITE = """
try:
    with open_record(sys.argv[1], may_be_new=True) as record, record.writing() as connection:
        connection.exec_driver_sql("DELETE FROM captures")
except RecordError as error:
    print(error)
"""


@pytest.fixture
def readable(empty_file: Path) -> Iterator[Path]:
    """Yield a record with one capture that others may read and not write, in a folder of the same kind."""
    folder = Path("/tmp") / f"onrecord-readable-{os.getpid()}"
    folder.mkdir(mode=0o755)
    place = folder / "record #1?.db"
    shutil.copy(empty_file, place)
    with open_record(str(place)) as record:
        add(record, READINGS[0], reader="1")
    place.chmod(0o644)
    yield place
    shutil.rmtree(folder)


def test_a_record_in_a_read_only_folder_can_be_read(readable: Path) -> None:
    before = readable.read_bytes()
    assert as_nobody(READ, readable) == "1"
    assert readable.read_bytes() == before


def test_a_record_in_a_read_only_folder_is_not_written(readable: Path) -> None:
    told = "cannot be written: the file or its folder is read-only"
    assert as_nobody(WRITE, readable) == f"{readable}: {told}"
    new = readable.with_name("new.db")
    assert as_nobody(WRITE, new).startswith(f"{new}: cannot be opened: ")
    assert [path.name for path in readable.parent.iterdir()] == [readable.name]


def test_a_record_that_may_not_be_read_is_told(readable: Path) -> None:
    readable.chmod(0o600)
    assert as_nobody(WRITE, readable) == f"{readable}: permission denied"


@pytest.mark.parametrize("record_address", ["sqlite"], indirect=True)
def test_a_damaged_record_is_told(record_address: str) -> None:
    with open_record(record_address) as record:
        for one in READINGS:
            add(record, one, reader="1")
    data = bytearray(Path(record_address).read_bytes())
    data[4096:] = os.urandom(len(data) - 4096)
    Path(record_address).write_bytes(data)
    with pytest.raises(RecordError, match="damaged"), open_record(record_address) as record:
        disagreements(record)


@pytest.mark.parametrize("record_address", ["sqlite"], indirect=True)
def test_what_is_committed_outlives_the_process_and_may_not_outlive_the_machine(record_address: str) -> None:
    with open_record(record_address) as record, record.reading() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in ("journal_mode", "synchronous")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 1}
    assert sqlite3.sqlite_version_info >= (3, 22)  # from which on a journal in a read-only folder can be read
