"""`onrecord track`, `show` and `reread` as a person calls them."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import msgspec
import pytest

from onrecord.cli import main
from onrecord.model import Quantity
from onrecord.record.adding import add
from onrecord.record.database import open_record
from onrecord.record.rating import known_figures
from onrecord.record.showing import Standing
from onrecord.record.tracking import Tracked
from tests.pages import Told, page, pledge

BRITAIN = {"actor": "Britain", "country": "GB"}
PAGES = (
    page("https://daily.example/1", "2025-02-25", pledge("Britain pledged 2.5% of GDP by 2027.", 2.5, 2027, **BRITAIN)),
    page("https://post.example/2", "2025-09-01", pledge("Britain pledged 3% of GDP by 2027.", 3.0, 2027, **BRITAIN)),
    page("https://post.example/3", "2019-03-01", pledge("Norland vows 4% of GDP by 2021.", 4.0, 2021)),
    page(
        "https://post.example/4",
        "2025-03-01",
        Told(words="Sudland will dig a canal.", actor="Sudland", measure="dig a canal"),
    ),
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", "80")
    path = str(tmp_path / "onrecord.db")
    with open_record(path, may_be_new=True) as record:
        for one in PAGES:
            add(record, one, reader="0.0.1", by=known_figures())
    return path


def call(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["onrecord", *arguments])
    try:
        main()
    except SystemExit as left:
        return int(left.code or 0)
    return 0


def test_the_tracker_lists_what_is_overdue_first_within_80_columns(
    place: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(monkeypatch, "track", "--record", place) == 0
    out = capsys.readouterr().out
    assert [line for line in out.splitlines() if len(line.rstrip()) > 80] == []
    order = [out.index(words) for words in ("Norland", "Britain", "Sudland")]
    assert order == sorted(order)
    assert "overdue" in out
    assert "3 in all" in out


def test_the_tracker_in_json_is_a_line_a_thread(
    place: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(monkeypatch, "track", "--record", place, "--actor", "United Kingdom", "--json") == 0
    (line,) = capsys.readouterr().out.splitlines()
    one = msgspec.json.decode(line, type=Tracked)
    assert (one.actor, one.target, one.sightings, one.overdue) == ("Britain", "3% of GDP by 2027", 2, False)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--kind", "promise"), "--kind promise: not one of commitment, demand, proposal, forecast, figure"),
        (("--stage", "done"), "--stage done: not one of said, adopted, funded, delivered"),
        (
            ("--status", "late"),
            "--status late: not one of met, on track, off track, missed, open, cannot be rated, "
            "supported, imprecise, refuted, uncheckable, overdue, dropped",
        ),
        (("--due", "soon"), "--due soon: not a number of days, such as 90d"),
    ],
)
def test_a_wrong_call_of_the_tracker_is_named(
    arguments: tuple[str, ...],
    told: str,
    place: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert call(monkeypatch, "track", "--record", place, *arguments) == 2
    assert capsys.readouterr().err == f"onrecord: {told}\n"


def test_nothing_to_track_is_said(
    place: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(monkeypatch, "track", "--record", place, "--kind", "demand") == 0
    assert capsys.readouterr().out == "no such demand is on record\n"


def test_a_thread_shows_its_words_what_changed_and_its_chart(
    place: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(monkeypatch, "show", "T1", "--record", place) == 0
    out = capsys.readouterr().out
    assert [line for line in out.splitlines() if len(line.rstrip()) > 80] == []
    for words in ("Britain: defence spending", "sharpened", "“Britain pledged 3% of GDP by 2027.”", "post.example"):
        assert words in out
    assert "---: target 3%" in out
    assert "Source: NATO" in out


def test_a_thread_and_a_claim_in_json(
    place: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(monkeypatch, "show", "1", "--record", place, "--json") == 0
    thread = msgspec.json.decode(capsys.readouterr().out)
    assert [event["sighting"]["source"] for event in thread["events"]] == ["daily.example", "post.example"]
    address = thread["claims"][0]["address"]
    assert call(monkeypatch, "show", address, "--record", place, "--json") == 0
    claim = msgspec.json.decode(capsys.readouterr().out, type=Standing)
    assert (claim.words, claim.thread) == ("Britain pledged 2.5% of GDP by 2027.", 1)


def test_the_plot_of_a_thread_is_drawn_or_refused_in_words(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("altair", reason="the extra `plots` is not installed")
    drawn = tmp_path / "thread.svg"
    assert call(monkeypatch, "show", "T1", "--record", place, "--plot", str(drawn)) == 0
    assert "<svg" in drawn.read_text(encoding="utf-8")
    assert call(monkeypatch, "show", "T2", "--record", place, "--plot", str(drawn)) == 2
    assert "nothing to draw" in capsys.readouterr().err


def test_a_dry_run_of_reread_shows_what_would_change_and_changes_nothing(
    place: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = Path(place).read_bytes()
    assert call(monkeypatch, "reread", "--record", place, "--dry-run") == 0
    assert "4 captures read anew with" in capsys.readouterr().out.splitlines()[-1]
    assert Path(place).read_bytes() == before


def test_reread_takes_over_what_this_version_reads(
    place: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(monkeypatch, "reread", "--record", place, "--yes") == 0
    assert capsys.readouterr().out.splitlines()[-1] == "4 captures taken over"
    assert call(monkeypatch, "reread", "--record", place, "--yes", "--details") == 0
    assert "+0 -0 ~0 claims in 0 of them" in capsys.readouterr().out


@pytest.mark.parametrize("columns", ["0", "1", "none", "-3"])
def test_no_columns_at_all_do_not_empty_the_tracker(
    place: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    assert call(monkeypatch, "track", "--record", place) == 0
    assert "overd" in capsys.readouterr().out


def test_a_toll_is_tracked_with_who_says_the_least_and_the_most(
    place: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    toll = {"kind": "figure", "actor": "Norport", "measure": "people killed"}
    with open_record(place) as record:
        for number, sayer, day in ((12.0, "police", "2025-07-03"), (44.0, "coast guard", "2025-07-04")):
            told = Told(
                words=f"{number:g} killed, say {sayer}.", quantity=Quantity(value=number), said_by=sayer, **toll
            )
            add(record, page(f"https://daily.example/{number:g}", day, told), reader="0.0.1")
    assert call(monkeypatch, "track", "--record", place, "--kind", "figure") == 0
    out = " ".join(capsys.readouterr().out.split())
    assert "2025-07-04 Norport: people killed: 44 from 12 (police) to 44 (coast guard); last 44 (coast guard)" in out
    assert "overdue" not in out


def test_where_nobody_answers_nothing_is_taken_over(
    place: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    assert call(monkeypatch, "reread", "--record", place) == 0
    assert capsys.readouterr().out.endswith("nothing was changed\n")
