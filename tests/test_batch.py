"""Archives to datasets: what is in them, what a stop costs, and what a hostile page does."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from onrecord.batch import Limits, Progress, Settings, plan, run
from onrecord.batch.tables import TABLES, schema
from onrecord.errors import OnrecordError, UsageError
from tests.archives import READER, gzipped, page, record

SMALL = Limits(shard_bytes=1_500, seconds=1.0)
QUICK = Settings(limits=SMALL, reader=READER)
COUNT = 24


def archive(folder: Path, pages: list[bytes] | None = None) -> Path:
    """Return an archive of pages of three months and of none."""
    folder.mkdir(exist_ok=True)
    months = ("2025-05", "2025-06", "")
    pages = pages or [page(n, month=months[n % 3], word=("roads", "rail")[n % 2]) for n in range(COUNT)]
    path = folder / "news.warc.gz"
    path.write_bytes(gzipped(record(one, n) for n, one in enumerate(pages)))
    os.utime(path, (1_700_000_000, 1_700_000_000))
    return path


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files of a finished batch, what it needs to go on included."""
    return {str(one.relative_to(folder)): one.read_bytes() for one in sorted(folder.rglob("*")) if one.is_file()}


def table(folder: Path, name: str) -> list[dict]:
    return ds.dataset(folder / name, partitioning="hive").to_table().to_pylist() if (folder / name).exists() else []


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return an archive and the folder that one worker made of it without a stop."""
    folder = tmp_path_factory.mktemp("batch")
    path = archive(folder)
    run(plan([str(path)], QUICK), folder / "out")
    return path, folder / "out"


def test_datasets_hold_every_page_by_month_with_their_own_schemas(undisturbed: tuple[Path, Path]) -> None:
    _, out = undisturbed
    assert sorted(one.name for one in (out / "claims").iterdir()) == ["month=2025-05", "month=2025-06", "month=unknown"]
    for name in ("captures", "stories", "claims"):
        rows = table(out, name)
        assert len(rows) == len({row["source"] for row in rows}) == COUNT
        for file in (out / name).rglob("*.parquet"):
            assert pq.read_schema(file).equals(schema(name), check_metadata=True)
            assert pq.ParquetFile(file).metadata.row_group(0).column(0).compression == "ZSTD"
    row = next(row for row in table(out, "captures") if row["url"] == "https://news.example/4")
    assert (row["month"], row["outlet"], row["captured"]) == ("2025-06", "news.example", "2025-06-04T00:00:04Z")
    assert row["source"].endswith(f"news.warc.gz#{row['offset']}")


def test_workers_change_nothing(undisturbed: tuple[Path, Path], tmp_path: Path) -> None:
    path, out = undisturbed
    seen: list[Progress] = []
    totals = run(plan([str(path)], QUICK), tmp_path / "out", workers=3, told=seen.append)
    assert contents(tmp_path / "out") == contents(out)
    assert totals.counts == {"captures": COUNT, "stories": COUNT, "statements": 0, "claims": COUNT, "skipped": 0}
    assert (seen[-1].done, seen[-1].shards, seen[-1].pages, seen[-1].left) == (
        totals.shards,
        totals.shards,
        COUNT,
        0,
    )


def test_killed_at_random_moments_it_does_what_is_left(undisturbed: tuple[Path, Path], tmp_path: Path) -> None:
    path, out = undisturbed
    code = (
        "from pathlib import Path; from onrecord.batch import *; from tests.test_batch import QUICK;"
        f"run(plan([{str(path)!r}], QUICK), Path({str(tmp_path / 'out')!r}), workers=2)"
    )
    moments, kills = random.Random(7), 0
    done = tmp_path / "out" / "_batch" / "done"
    while True:
        had = len(list(done.glob("*.json")))
        process = subprocess.Popen([sys.executable, "-c", code])
        while process.poll() is None and kills < 4 and len(list(done.glob("*.json"))) <= had:
            time.sleep(0.01)
        if kills == 4:
            assert process.wait() == 0
            break
        time.sleep(moments.uniform(0, 0.05))
        process.send_signal(signal.SIGKILL)
        process.wait()
        kills += 1
    assert contents(tmp_path / "out") == contents(out)


def test_a_stop_between_the_files_of_a_shard_leaves_nothing_twice(
    undisturbed: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onrecord.batch import folder as module

    path, out = undisturbed
    planned = plan([str(path)], QUICK)
    real = module._write

    def stopped(place: Path, data: bytes) -> None:
        if "done" in place.parts and place.stem == "shard-000001":
            raise KeyboardInterrupt
        real(place, data)

    monkeypatch.setattr(module, "_write", stopped)
    with pytest.raises(KeyboardInterrupt):
        run(planned, tmp_path / "out")
    stray = tmp_path / "out" / "claims" / "month=1999-01" / "shard-000001.parquet"
    stray.parent.mkdir()
    stray.write_bytes(b"of a try that gave other rows")
    monkeypatch.undo()
    totals = run(planned, tmp_path / "out")
    assert totals.earlier == 1
    assert contents(tmp_path / "out") == contents(out)


def test_a_hostile_page_costs_only_itself(tmp_path: Path) -> None:
    pages = [
        page(0),
        page(1, word="SPIN"),
        page(2),
        page(3, word="DIE"),
        page(4, word="FAIL"),
        page(5),
        b"<p>" + b"x" * 9_000,
    ]
    path = archive(tmp_path, pages)
    settings = Settings(limits=Limits(seconds=0.5, page_bytes=5_000), reader=READER)
    run(plan([str(path)], settings), tmp_path / "out")
    assert sorted(row["url"][-1] for row in table(tmp_path / "out", "captures")) == ["0", "2", "5"]
    skipped = table(tmp_path / "out", "skipped")
    assert [row["reason"] for row in skipped] == [
        "takes longer than 0.5 s",
        "the reader broke off over it (SIGSEGV)",
        "internal error, please report it: ZeroDivisionError: on purpose",
        "larger than 5,000 bytes",
    ]
    assert [row["source"] for row in skipped] == [f"{path}#{row['offset']}" for row in skipped]
    # what was given up is known: begun again, nobody dies of it a second time
    (tmp_path / "out" / "_batch" / "done" / "shard-000000.json").unlink()
    before = contents(tmp_path / "out")
    run(plan([str(path)], settings), tmp_path / "out")
    assert {name: data for name, data in contents(tmp_path / "out").items() if "done" not in name} == before


def test_a_worker_that_somebody_ends_costs_no_page(undisturbed: tuple[Path, Path], tmp_path: Path) -> None:
    path, out = undisturbed
    killed = list[int]()

    def kill_one(progress: Progress) -> None:
        if not killed:
            children = " ".join(one.read_text() for one in Path("/proc/self/task").glob("*/children")).split()
            workers = [pid for pid in children if b"batch.worker" in Path("/proc", pid, "cmdline").read_bytes()]
            os.kill(int(workers[0]), signal.SIGKILL)
            killed.append(int(workers[0]))

    run(plan([str(path)], QUICK), tmp_path / "out", told=kill_one)
    assert killed
    assert contents(tmp_path / "out") == contents(out)


@pytest.mark.parametrize(
    ("settings", "other", "message"),
    [
        (
            Settings(limits=SMALL, reader=READER, stories_only=True),
            False,
            "begun with --only stories False, now it is True",
        ),
        (
            Settings(limits=SMALL, reader=READER, where="kind = demand"),
            False,
            "begun with --where not given, now it is kind",
        ),
        (QUICK, True, "is new; name a new folder"),
    ],
)
def test_another_run_is_not_mixed_in(
    settings: Settings, other: bool, message: str, undisturbed: tuple[Path, Path], tmp_path: Path
) -> None:
    path, out = undisturbed
    names = [str(path)]
    if other:
        (tmp_path / "more.txt").write_text("More.")
        names.append(str(tmp_path / "more.txt"))
    with pytest.raises(UsageError, match=message):
        run(plan(names, settings), out)


def test_an_input_that_changed_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path, [page(1)])
    run(plan([str(path)], QUICK), tmp_path / "out")
    archive(tmp_path, [page(1), page(2)])
    with pytest.raises(UsageError, match=r"news\.warc\.gz: it was changed since"):
        run(plan([str(path)], QUICK), tmp_path / "out")


def test_a_folder_of_something_else_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "in", [page(1)])
    with pytest.raises(UsageError, match="holds something else"):
        run(plan([str(path)], QUICK), tmp_path / "in")


def test_two_at_a_time_are_refused(undisturbed: tuple[Path, Path]) -> None:
    from onrecord.batch.folder import OutputFolder

    path, out = undisturbed
    planned = plan([str(path)], QUICK)
    with OutputFolder(out, planned), pytest.raises(OnrecordError, match="another batch is writing to it"):
        OutputFolder(out, planned)


def test_a_reader_that_cannot_start_ends_the_run(tmp_path: Path) -> None:
    path = archive(tmp_path, [page(1)])
    with pytest.raises(OnrecordError, match="a reader does not start: ModuleNotFoundError"):
        run(plan([str(path)], Settings(reader="tests.nowhere:read")), tmp_path / "out")


def test_without_ray_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    path = archive(tmp_path / "in")
    with pytest.raises(UsageError, match=r"pip install 'onrecord\[cluster\]'"):
        run(plan([str(path)], QUICK), tmp_path / "out", ray="auto")


def test_a_condition_keeps_its_claims_and_what_they_stand_in(tmp_path: Path) -> None:
    path = archive(tmp_path)
    run(plan([str(path)], Settings(where="kind = demand and day >= 2025-06-01", reader=READER)), tmp_path / "out")
    kept = [n for n in range(COUNT) if n % 2 and n % 3 == 1]
    for name in ("captures", "stories", "claims"):
        assert sorted(row["url"] for row in table(tmp_path / "out", name)) == sorted(
            f"https://news.example/{n}" for n in kept
        )


def test_only_stories_holds_no_claims(tmp_path: Path) -> None:
    path = archive(tmp_path)
    run(plan([str(path)], Settings(stories_only=True, where="language = en", reader=READER)), tmp_path / "out")
    assert len(table(tmp_path / "out", "stories")) == COUNT
    assert table(tmp_path / "out", "claims") == []


@pytest.mark.parametrize("name", sorted(TABLES))
def test_schemas_stay_as_they_are(name: str) -> None:
    """A column may be added at the end; one that is renamed, moved or of another type breaks who reads it."""
    told = [f"{one.name} {one.type}{'' if one.nullable else ' not null'}" for one in schema(name)]
    assert told == SCHEMAS[name]
    assert pa.schema(schema(name)).metadata == {b"onrecord": f"batch {name} 1".encode()}


SCHEMAS = {
    "captures": [
        "source string not null",
        "number int64 not null",
        "offset int64",
        "capture_id string not null",
        "url string",
        "outlet string",
        "captured string",
        "day date32[day]",
        "language string not null",
        "stories int64 not null",
        "text string not null",
    ],
    "stories": [
        "source string not null",
        "capture_id string not null",
        "story int64 not null",
        "day date32[day]",
        "headline string",
        "language string not null",
        "url string",
        "outlet string",
        "dateline string",
        "agency string",
        "byline string",
        "published string",
        "updated string",
        "start int64 not null",
        "end int64 not null",
        "body string not null",
        "statements int64 not null",
        "claims int64 not null",
        "notes list<element: string> not null",
        "content string not null",
    ],
    "statements": [
        "source string not null",
        "capture_id string not null",
        "story int64 not null",
        "number int64 not null",
        "kind string not null",
        "speaker string",
        "cue string",
        "words string not null",
        "start int64 not null",
        "end int64 not null",
        "day date32[day]",
        "headline string",
        "language string not null",
        "url string",
        "outlet string",
        "content string not null",
    ],
    "claims": [
        "story int64 not null",
        "number int64 not null",
        "address string not null",
        "kind string not null",
        "actor string",
        "country string",
        "measure string",
        "quantity_value double",
        "quantity_low double",
        "quantity_high double",
        "quantity_vague string",
        "quantity_unit string",
        "quantity_of string",
        "quantity_out_of double",
        "quantity_comparator string",
        "quantity_change string",
        "quantity_from double",
        "quantity_per string",
        "when_text string",
        "when_relation string",
        "when_start date32[day]",
        "when_end date32[day]",
        "said_by string",
        "negated bool not null",
        "confidence double",
        "words string not null",
        "day date32[day]",
        "headline string",
        "source string not null",
        "url string",
        "outlet string",
        "language string not null",
        "capture_id string not null",
        "evidence_start int64 not null",
        "evidence_end int64 not null",
        "verdict string",
        "verdict_reason string",
        "verdict_arithmetic string",
        "verdict_indicator string",
        "verdict_entity string",
        "verdict_period string",
        "verdict_edition date32[day]",
        "reader string not null",
        "content string not null",
    ],
    "skipped": [
        "source string not null",
        "offset int64",
        "reason string not null",
    ],
}
