"""`onrecord import`: what an export holds makes the same record again, or adds to one what it lacks."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import func, select

from onrecord.errors import UsageError
from onrecord.model import Reading
from onrecord.record.adding import add
from onrecord.record.database import Record, open_record
from onrecord.record.exporting.lines import VERSION
from onrecord.record.importing import Counts, Refused, import_lines
from onrecord.record.rating import known_figures
from onrecord.record.reviewing import decide, undo
from onrecord.record.schema import captures, claims, metadata, reviews, thread_claims, threads
from tests.builders import claim
from tests.pages import page as told_page
from tests.pages import pledge
from tests.record_filled import exported, fill, page, readings

COMMAND = [sys.executable, "-c", "from onrecord.cli import main; main()"]


def imported(record: Record, path: Path) -> tuple[Counts, list[Refused]]:
    counts: Counts = Counter()
    refused = []
    for found in import_lines(record, path):
        if isinstance(found, Refused):
            refused.append(found)
        else:
            counts.update(found)
    return counts, refused


def count(record: Record, name: str) -> int:
    with record.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(metadata.tables[name])).scalar_one())


@pytest.fixture
def other(tmp_path: Path, empty_file: Path) -> Record:
    return open_record(str(shutil.copy(empty_file, tmp_path / "other.db")))


def test_a_record_comes_back_equal_with_something_of_everything(record: Record, other: Record, tmp_path: Path) -> None:
    fill(other)
    before = exported(other, tmp_path)
    counts, refused = imported(record, tmp_path / "exported.jsonl")
    assert refused == []
    assert exported(record, tmp_path, "again.jsonl") == before
    assert {name: count(record, name) for name in metadata.tables} == {
        name: count(other, name) for name in metadata.tables
    }
    assert counts["captures"] == 4


def test_what_was_imported_goes_on_as_a_record(record: Record, other: Record, tmp_path: Path) -> None:
    fill(other)
    exported(other, tmp_path)
    imported(record, tmp_path / "exported.jsonl")
    added = add(record, page("four"), reader="3")
    assert (added.new, added.claims) == (True, 1)
    with record.reading() as connection:
        found = connection.execute(select(threads.c.sightings).order_by(threads.c.sightings.desc())).scalars().first()
    assert found == 1 + max(json.loads(line)["sightings"] for line in _lines(tmp_path, "thread"))


def _lines(folder: Path, kind: str) -> list[str]:
    every = (folder / "exported.jsonl").read_text(encoding="utf-8").splitlines()
    return [line for line in every if json.loads(line)["line"] == kind]


@settings(max_examples=15)
@given(found=st.lists(readings(), max_size=4, unique_by=lambda one: one.capture.id), decided=st.data())
def test_any_record_comes_back_equal(empty_file: Path, found: list[Reading], decided: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        first, second = (str(shutil.copy(empty_file, Path(folder) / name)) for name in ("a.db", "b.db"))
        with open_record(first) as one, open_record(second) as other:
            for reading in found:
                add(one, reading, reader=decided.draw(st.sampled_from(["1", "2"])))
            with one.reading() as connection:
                addresses = connection.execute(select(claims.c.address)).scalars().all()
            for address in addresses:
                if (decision := decided.draw(st.sampled_from(["accepted", "rejected", "skipped", None]))) is not None:
                    decide(one, address, decision, reviewer="ana")
            before = exported(one, Path(folder))
            assert imported(other, Path(folder) / "exported.jsonl")[1] == []
            assert exported(other, Path(folder), "again.jsonl") == before


def test_importing_again_adds_nothing(record: Record, tmp_path: Path) -> None:
    fill(record)
    before = exported(record, tmp_path)
    counts, refused = imported(record, tmp_path / "exported.jsonl")
    assert refused == []
    assert {name for name in counts if not name.startswith("known")} == set()
    assert counts["known captures"] == 4
    assert exported(record, tmp_path) == before


def test_only_what_is_missing_is_added(record: Record, other: Record, tmp_path: Path) -> None:
    fill(other)
    exported(other, tmp_path)
    add(record, page("one"), reader="9")
    counts, refused = imported(record, tmp_path / "exported.jsonl")
    assert refused == []
    assert (counts["captures"], counts["known captures"], counts["feeds"]) == (3, 1, 1)
    with record.reading() as connection:
        readers = {row.id: row.reader for row in connection.execute(select(captures.c.id, captures.c.reader))}
        misplaced = connection.exec_driver_sql(
            "SELECT count(*) FROM claims"
            " WHERE (id IN (SELECT claim_id FROM thread_claims)) = (coalesce(review, '') = 'rejected')"
        ).scalar_one()
    assert readers[page("one").capture.id] == "9"
    assert misplaced == 0


def test_claims_of_an_import_cut_short_find_their_threads(record: Record, other: Record, tmp_path: Path) -> None:
    fill(other)
    whole = exported(other, tmp_path).splitlines(keepends=True)
    (tmp_path / "cut.jsonl").write_bytes(b"".join(whole[:3]))
    _, refused = imported(record, tmp_path / "cut.jsonl")
    assert refused == [Refused(4, "the file ends early: its last line is missing")]
    imported(record, tmp_path / "exported.jsonl")
    assert count(record, "thread_claims") == count(other, "thread_claims")
    assert count(record, "captures") == 4


def test_reviews_of_claims_that_are_there_count(record: Record, other: Record, tmp_path: Path) -> None:
    add(record, page("two", claims=2), reader="1")
    first, second = fill(other)
    exported(other, tmp_path)
    counts, _ = imported(record, tmp_path / "exported.jsonl")
    with record.reading() as connection:
        found = connection.execute(
            select(claims.c.address, claims.c.actor, claims.c.review).where(claims.c.address.in_([first, second]))
        )
        assert set(map(tuple, found)) == {(first, "=Ruiz", "corrected"), (second, "+1", "rejected")}
        threaded = connection.execute(select(claims.c.address).join(thread_claims))
        assert second not in set(threaded.scalars())
    assert counts["older reviews"] == 0


def test_a_rejected_claim_of_an_imported_capture_is_in_no_thread(record: Record, other: Record, tmp_path: Path) -> None:
    add(record, told_page("a", "2014-09-05", pledge("Norland vows 2% of GDP by 2020.", 2.0, 2020)), reader="1")
    add(other, told_page("b", "2015-09-05", pledge("Norland stands by 2% of GDP by 2020.", 2.0, 2020)), reader="1")
    with other.reading() as connection:
        address = connection.execute(select(claims.c.address)).scalar_one()
    decide(other, address, "rejected", reviewer="Ada")
    exported(other, tmp_path)
    imported(record, tmp_path / "exported.jsonl")
    with record.reading() as connection:
        assert connection.execute(select(threads.c.sightings)).scalars().all() == [1]


def test_threads_that_grow_by_an_import_stay_rated(record: Record, other: Record, tmp_path: Path) -> None:
    figures, poland = known_figures(), {"actor": "Poland", "country": "PL"}
    first = told_page("a", "2014-09-05", pledge("Poland will spend 2% of GDP on defence by 2020.", 2.0, 2020, **poland))
    later = told_page("b", "2015-09-05", pledge("Poland stands by 2% of GDP by 2020.", 2.0, 2020, **poland))
    add(record, first, reader="1", by=figures)
    add(other, later, reader="1", by=figures)
    exported(other, tmp_path)
    assert [
        one for one in import_lines(record, tmp_path / "exported.jsonl", by=figures) if isinstance(one, Refused)
    ] == []
    with record.reading() as connection:
        found = connection.execute(select(threads.c.status, threads.c.sightings)).all()
    assert [tuple(one) for one in found] == [("met", 2)]


def test_a_decision_here_is_not_overruled_by_an_older_one(record: Record, other: Record, tmp_path: Path) -> None:
    add(record, page("two", claims=2), reader="1")
    first, _ = fill(other)
    exported(other, tmp_path)
    decide(record, first, "rejected", reviewer="bo")
    with record.writing() as connection:
        connection.execute(reviews.update().values(decided="9999-01-01T00:00:00Z"))
    counts, _ = imported(record, tmp_path / "exported.jsonl")
    assert counts["older reviews"] == 1
    with record.reading() as connection:
        assert connection.execute(select(claims.c.review).where(claims.c.address == first)).scalar() == "rejected"


def test_what_was_taken_back_there_is_taken_back_here(record: Record, other: Record, tmp_path: Path) -> None:
    first, _ = fill(other)
    exported(other, tmp_path)
    imported(record, tmp_path / "exported.jsonl")
    with other.reading() as connection:
        number = connection.execute(select(reviews.c.id).where(reviews.c.claim_address == first)).scalar_one()
    undo(other, "ana", number=number)
    exported(other, tmp_path)
    imported(record, tmp_path / "exported.jsonl")
    with record.reading() as connection:
        row = connection.execute(select(claims.c.actor, claims.c.review).where(claims.c.address == first)).one()
    assert tuple(row) == (claim().actor, None)


def test_a_bad_line_is_named_and_the_others_are_taken(record: Record, other: Record, tmp_path: Path) -> None:
    fill(other)
    lines = exported(other, tmp_path).splitlines()
    spoilt = json.loads(lines[1])
    spoilt["original"]["data"] = "AAAA"
    short = json.loads(lines[2])
    short["text"] = "short"
    lines[1:4] = [json.dumps(spoilt).encode(), json.dumps(short).encode(), b'{"line": "capture"']
    lines.insert(5, b'{"line": "crane"}')
    (tmp_path / "bad.jsonl").write_bytes(b"\n".join(lines) + b"\n")
    counts, refused = imported(record, tmp_path / "bad.jsonl")
    told = {one.number: one.reason for one in refused}
    assert told[2] == "its bytes are not those that its id names"
    assert told[3].startswith("its offsets do not fit its text: ")
    assert told[4].startswith("not a line of an export: ")
    assert told[6].startswith("not a line of an export: ")
    assert "lines were written before this one" in told[len(lines)]
    assert counts["captures"] == 1


def test_claims_of_a_thread_that_is_not_whole_find_one_of_their_own(
    record: Record, other: Record, tmp_path: Path
) -> None:
    fill(other)
    lines = exported(other, tmp_path).splitlines(keepends=True)
    one = next(number for number, line in enumerate(lines) if page("one").capture.id.encode() in line)
    lines[one] = b"{}\n"
    (tmp_path / "bad.jsonl").write_bytes(b"".join(lines))
    counts, refused = imported(record, tmp_path / "bad.jsonl")
    assert [line.number for line in refused] == [one + 1]
    assert counts["placed claims"] == count(record, "thread_claims") > 0


@pytest.mark.parametrize("spoilt", [{"published": "some day"}, {"end": 10**30}, {"end": -1, "body": [[-5, 10**30]]}])
def test_a_story_without_sense_is_refused(
    record: Record, other: Record, tmp_path: Path, spoilt: dict[str, object]
) -> None:
    add(other, page("one"), reader="1")
    lines = [json.loads(line) for line in exported(other, tmp_path).splitlines()]
    lines[1]["stories"][0]["story"] |= spoilt
    (tmp_path / "bad.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    _, refused = imported(record, tmp_path / "bad.jsonl")
    assert [line.number for line in refused] == [2]


def test_a_character_that_a_database_does_not_take_costs_at_most_its_line(
    record: Record, other: Record, tmp_path: Path
) -> None:
    add(other, page("one"), reader="1")
    lines = [json.loads(line) for line in exported(other, tmp_path).splitlines()]
    lines[1]["stories"][0]["claims"][0]["address"] = "a\0b"
    lines.insert(2, lines[1] | {"id": "0" * 64, "original": None, "stories": []})
    (tmp_path / "bad.jsonl").write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    _, refused = imported(record, tmp_path / "bad.jsonl")
    assert 2 in {line.number for line in refused} or record.dialect == "sqlite"
    assert count(record, "captures") == (2 if record.dialect == "sqlite" else 1)


def test_a_line_that_contradicts_the_record_is_refused_whole(record: Record, other: Record, tmp_path: Path) -> None:
    add(other, page("one"), reader="1")
    exported(other, tmp_path)
    add(record, page("two"), reader="1")
    with record.writing() as connection:
        held = other_address(other)
        connection.execute(claims.update().values(address=held))
    _, refused = imported(record, tmp_path / "exported.jsonl")
    assert [one.number for one in refused] == [2]
    assert refused[0].reason.startswith("does not fit what is there already")
    assert count(record, "captures") == 1


def other_address(record: Record) -> str:
    with record.reading() as connection:
        return str(connection.execute(select(claims.c.address)).scalars().one())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no export of a record"),
        ("address,kind\n", "no export of a record"),
        ('{"source": "a", "id": "b"}\n', "no export of a record"),
        (f'{{"line": "onrecord", "version": {VERSION + 1}}}\n', "a newer onrecord"),
    ],
)
def test_a_file_that_is_no_export_is_refused(record: Record, tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "a.jsonl").write_text(text)
    with pytest.raises(UsageError, match=told):
        list(import_lines(record, tmp_path / "a.jsonl"))


def test_the_command_says_what_it_added_and_what_was_there(tmp_path: Path, other: Record) -> None:
    fill(other)
    exported(other, tmp_path)
    done = [_run(tmp_path, "import", "exported.jsonl", "--record", "new.db") for _ in range(2)]
    assert [(one.returncode, one.stderr) for one in done] == [(0, ""), (0, "")]
    assert done[0].stdout.startswith("new.db: 4 captures, 4 stories, 4 statements, 5 claims, 5 sources, ")
    assert done[1].stdout.startswith("new.db: nothing added; 4 captures, ")


def test_the_command_makes_no_record_for_a_file_that_is_none(tmp_path: Path) -> None:
    done = _run(tmp_path, "import", "nowhere.jsonl", "--record", "new.db")
    assert (done.returncode, done.stderr) == (2, "onrecord: nowhere.jsonl: no such file or directory\n")
    assert not (tmp_path / "new.db").exists()


def test_the_command_names_a_bad_line(tmp_path: Path, other: Record) -> None:
    add(other, replace(page("one")), reader="1")
    exported(other, tmp_path)
    with (tmp_path / "exported.jsonl").open("ab") as file:
        file.write(b"no line\n")
    done = _run(tmp_path, "import", "exported.jsonl", "--record", "new.db")
    assert done.returncode == 1
    assert done.stderr.startswith("onrecord: exported.jsonl, line ")
    assert "1 captures" in done.stdout
    assert done.stdout.endswith("; 1 lines not taken\n")


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, check=False, cwd=folder)
