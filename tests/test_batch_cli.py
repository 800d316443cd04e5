"""`onrecord batch` as it is called, `onrecord add` of what it gives, and the conditions of `--where`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from typer.testing import CliRunner

from onrecord.batch import Progress
from onrecord.batch.tables import TABLES
from onrecord.batch.where import parse
from onrecord.cli import app
from onrecord.cli.batch import progress_line
from onrecord.errors import UsageError
from onrecord.model import Reading
from onrecord.pipeline import read
from onrecord.record.readings import holds_readings, readings_in
from tests.archives import gzipped, page, record

LONGER = (
    b"<p>Anna Berg, the minister of transport, told reporters that every bridge in the country would be looked at.</p>"
)
ROW = dict.fromkeys((one.name for one in TABLES["claims"]), None) | {
    "kind": "commitment", "country": "DE", "quantity_value": 5.0, "negated": False, "day": dt.date(2025, 6, 3),
    "actor": "Anna Berg", "words": "it's and more",
}  # fmt: skip


def onrecord(*arguments: object) -> tuple[int, str]:
    found = CliRunner().invoke(app, [str(one) for one in arguments])
    if found.exception and not isinstance(found.exception, SystemExit):
        raise found.exception
    return found.exit_code, found.output


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "news.warc.gz"
    path.write_bytes(gzipped([record(page(1) + LONGER, 1), record(page(2, month="") + LONGER, 2), record(b"...", 3)]))
    return path


@pytest.fixture(scope="module")
def out(archive: Path) -> Path:
    folder = archive.parent / "out"
    assert onrecord("batch", archive, "--out", folder) == (
        0,
        f"{folder}: 2 captures, 2 stories, 4 statements, 2 claims; 1 skipped\n",
    )
    return folder


def test_begun_again_it_says_what_was_done(archive: Path, out: Path) -> None:
    status, told = onrecord("batch", archive, "--out", out)
    assert (status, told.endswith("; 1 skipped (1 of 1 shard done before)\n")) == (0, True)


def test_what_a_batch_reads_is_what_read_reads(out: Path, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(page(1) + LONGER)
    direct = read(str(tmp_path / "page.html"))
    found = next(one for one in readings_in(str(out)) if isinstance(one, Reading))
    assert found.capture.text == direct.capture.text
    assert [(c.kind, c.actor, c.evidence, c.quantity) for c in found.claims] == [
        (c.kind, c.actor, c.evidence, c.quantity) for c in direct.claims
    ]
    assert found.statements == direct.statements


def test_add_takes_a_folder_into_a_record_once(out: Path, tmp_path: Path) -> None:
    status, told = onrecord("add", "-q", out, "--record", tmp_path / "a.db")
    assert (status, told) == (0, f"{tmp_path / 'a.db'}: 2 captures added: {_contents(out)}\n")
    assert onrecord("add", "-q", out, "--record", tmp_path / "a.db")[1].endswith("0 captures added; 2 known already\n")


def _contents(out: Path) -> str:
    from onrecord.cli.add import _contents as words

    found = [one for one in readings_in(str(out)) if isinstance(one, Reading)]
    return words(*(sum(len(getattr(one, name)) for one in found) for name in ("stories", "statements", "claims")))


def test_add_refuses_what_was_not_read_for_claims(archive: Path, tmp_path: Path) -> None:
    assert onrecord("batch", archive, "--out", tmp_path / "out", "--only", "stories")[0] == 0
    status, told = onrecord("add", tmp_path / "out", "--record", tmp_path / "a.db")
    assert status == 1
    assert "made with --only stories: nothing in it was read for statements and claims" in told


def test_a_file_of_a_batch_that_is_damaged_is_named(out: Path, tmp_path: Path) -> None:
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(out, copy)
    for file in (copy / "claims").rglob("*.parquet"):
        file.write_bytes(b"PAR1")
    found = list(readings_in(str(copy)))
    assert [one.source for one in found] == [f"{copy}: shard-000000.parquet"]
    assert found[0].reason.startswith("cannot be read: ")


def test_a_folder_of_pages_is_no_batch(tmp_path: Path) -> None:
    assert not holds_readings(str(tmp_path))


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("kind = commitment", True),
        ("kind != commitment", False),
        ("quantity_value >= 5 and quantity_value < 1e6", True),
        ("country = FR or country = DE", True),
        ("country = FR or country = DE and kind = demand", False),
        ("(country = FR or country = DE) and kind = commitment", True),
        ("not negated = true", True),
        ("day > 2025-06-30", False),
        ("actor = 'Anna Berg'", True),
        ('words = "it\'s and more"', True),
        ("words = 'it''s and more'", True),
        ("said_by != nobody", False),  # there is none, of which nothing is true
        ("KIND = x or kind = demand", None),
    ],
)
def test_conditions(condition: str, holds: bool | None) -> None:
    if holds is None:
        with pytest.raises(UsageError):
            parse(condition, "claims")
    else:
        assert parse(condition, "claims")(ROW) is holds


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ("", "a column expected at its end"),
        ("kind", "=, !=, <, <=, > or >= after `kind` expected at its end"),
        ("kind =", "a value after `kind =` expected at its end"),
        ("kind is commitment", "=, !=, <, <=, > or >= expected after `kind`, not `is`"),
        ("kind = promise", "`kind` is never `promise`; it is one of commitment, demand, proposal, forecast, figure"),
        ("sort = demand", "no column `sort`; there are story, number, address, kind"),
        ("quantity_value > many", "`quantity_value` is compared with a number, not with `many`"),
        ("day = June", "`day` is compared with a day such as 2025-06-30, not with `June`"),
        ("negated = perhaps", "`negated` is compared with true or false, not with `perhaps`"),
        ("kind = demand kind = figure", "`and` or `or` expected before `kind`"),
        ("(kind = demand", "a bracket is not closed"),
        ("kind = 'demand", "cannot make sense of `'demand`"),
        ("(" * 60 + "kind = demand", "more than 50 brackets"),
    ],
)
def test_a_bad_condition_is_told_what_is_wrong_with_it(condition: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Words.")
    with pytest.raises(UsageError) as caught:
        onrecord("batch", tmp_path / "a.txt", "--out", tmp_path / "out", "--where", condition)
    assert str(caught.value).startswith(f"--where {condition!r}: {message}")
    assert not (tmp_path / "out").exists()


def test_only_knows_stories(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--only claims: there is only `stories`"):
        onrecord("batch", "a.txt", "--out", tmp_path, "--only", "claims")


def test_progress_is_a_line_with_rate_and_time_left() -> None:
    assert progress_line(Progress(20, 5, 1_234, 100.0, None)) == "5 of 20 shards, 1,234 pages, 12.3 a second"
    assert progress_line(Progress(20_000, 5_000, 1_234_567, 10_000.0, 86_400.0)) == (
        "5,000 of 20,000 shards, 1,234,567 pages, 123 a second, 24 h left"
    )
