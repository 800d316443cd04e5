"""`onrecord review` without its screen: single commands, lists, and what is said to a wrong call."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from onrecord import cli
from onrecord.model import Quantity
from onrecord.record.database import Record
from onrecord.record.reviewing import decide, history, look
from tests.test_record_review import CLAIMS, SENTENCES, addresses, make_record, state

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with make_record(tmp_path) as made:
        yield made


@pytest.fixture
def run(record: Record, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Run the command as ana; gives exit status, standard output and standard error."""
    monkeypatch.setenv("ONRECORD_RECORD", record.place)
    monkeypatch.setenv("ONRECORD_REVIEWER", "ana")

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["onrecord", "review", *arguments])
        try:
            cli.main()
        except SystemExit as stop:
            out, err = capsysbinary.readouterr()
            return int(stop.code or 0), out.decode(), err.decode()
        raise AssertionError("the command line ends with an exit status")

    return call


def test_the_queue_is_printed_in_lines(run: Run, record: Record) -> None:
    status, out, err = run("--list", "--limit", "2")
    third, second = addresses(record)[2], addresses(record)[1]
    assert status == 0
    assert out.splitlines() == [
        f"{third}  sure –  2026-03-07  harbour.example",
        "  demand: Sudmark, port fees, −USD 400",
        f"  {SENTENCES[2]}",
        f"{second}  sure 40%  2026-03-07  harbour.example",
        "  figure: Norland Ports Board, cranes, at least 23",
        f"  {SENTENCES[1]}",
    ]
    assert err == "onrecord: 2 of 4 claims that wait for a decision\n"


def test_the_queue_is_filtered_and_printed_as_json_lines(run: Run, record: Record) -> None:
    _, out, _ = run("--list", "--json", "--kind", "commitment", "--min-confidence", "0.5", "--order", "newest")
    (line,) = map(json.loads, out.splitlines())
    assert (line["address"], line["words"], line["claim"]["actor"]) == (addresses(record)[0], SENTENCES[0], "Norland")


@pytest.mark.parametrize(("option", "decision"), [("accept", "accepted"), ("reject", "rejected"), ("skip", "skipped")])
def test_one_decision_is_stored_and_told(run: Run, record: Record, option: str, decision: str) -> None:
    address = addresses(record)[0]
    status, out, _ = run(f"--{option}", address)
    (review,) = history(record, address)
    assert (status, review.decision, review.reviewer) == (0, decision, "ana")
    assert out == (
        f"{address}: {decision}: commitment: Norland, harbour spending, 2.5% of output, by 2030 → by 2030-12-31 "
        "[review 1]\n"
    )


def test_a_correction_sets_fields_and_warns_of_words_that_nobody_said(run: Run, record: Record) -> None:
    address = addresses(record)[0]
    status, out, err = run("--correct", address, "--set", "actor=Westmark", "--set", "quantity=at least 3% of output")
    assert (status, err) == (0, f"onrecord: {address}: actor: the capture does not say “Westmark”\n")
    assert "corrected: commitment: Westmark, harbour spending, at least 3% of output" in out
    expected = Quantity(value=3, unit="percent", of="output", comparator=">=")
    assert look(record, address).claim.quantity == expected


def test_a_corrected_claim_that_was_checked_is_checked_anew(run: Run, record: Record) -> None:
    address = addresses(record)[1]
    assert run("--correct", address, "--set", "quantity=dozens")[0] == 0
    verdict = look(record, address).claim.verdict
    assert verdict is not None
    assert verdict.reason == "vague quantity"


def test_undo_takes_back_the_last_decision_or_one_by_its_number(run: Run, record: Record) -> None:
    before = state(record)
    first, second, *_ = addresses(record)
    run("--accept", first)
    run("--reject", second)
    assert run("--undo")[1] == f"{second}: taken back: rejected; it counts now: as the machine read it\n"
    assert run("--undo", "--number", "1", "--reviewer", "ben")[0] == 0
    assert state(record) == before
    assert run("--undo") == (2, "", "onrecord: ana has no decision left to take back\n")


def test_somebody_elses_decision_is_not_overwritten(run: Run, record: Record) -> None:
    address = addresses(record)[0]
    decide(record, address, "accepted", reviewer="ben")
    status, out, err = run("--reject", address)
    assert (status, out) == (1, "")
    assert "decided already (1: accepted by ben at" in err
    assert "onrecord review --undo --number 1" in err
    assert len(history(record, address)) == 1


def test_ones_own_decision_is_changed_and_the_former_one_named(run: Run, record: Record) -> None:
    address = addresses(record)[0]
    run("--accept", address)
    assert f"{address}: rejected (was accepted): commitment" in run("--reject", address)[1]


def test_the_history_tells_who_decided_what_when(run: Run, record: Record) -> None:
    address = addresses(record)[2]
    run("--correct", address, "--set", "measure=fees")
    run("--undo")
    first, second = run("--history", address)[1].splitlines()
    (review,) = history(record, address)
    assert first == (
        f"1: corrected by ana at {review.decided}; the machine read measure port fees (taken back at {review.undone})"
    )
    assert second == "  demand: Sudmark, fees, −USD 400"
    (line,) = map(json.loads, run("--history", address, "--json")[1].splitlines())
    assert (line["decision"], line["machine"]["measure"], line["corrected"]["measure"]) == (
        "corrected",
        CLAIMS[2].measure,
        "fees",
    )
    assert run("--history", addresses(record)[0]) == (0, "", f"onrecord: {addresses(record)[0]}: nobody has decided\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--list", "--undo"), "one at a time"),
        (("--accept", "x", "--reject", "y"), "one at a time"),
        (("--accept", "x", "--kind", "figure"), "filters choose from the queue"),
        (("--accept", "x", "--set", "actor=y"), "go together"),
        (("--correct", "x"), "go together"),
        (("--undo", "--json"), "--json goes with"),
        (("--list", "--number", "1"), "--number goes with --undo"),
        (("--list", "--kind", "promise"), "--kind promise: one of commitment"),
        (("--list", "--order", "oldest"), "--order oldest: one of least-certain, newest"),
        (("--accept", "nowhere"), "nowhere: no claim of this record has this address"),
        (("--accept", "nowhere", "--record", "none.db"), "none.db: there is no record"),
        (("--accept", "{0}", "--reviewer", "a\x1bb"), "not a reviewer's name"),
        (("--correct", "{0}", "--set", "actor"), "--set actor: a field and its words"),
        (("--correct", "{0}", "--set", "kind=a", "--set", "kind=b"), "--set kind: given twice"),
        (("--correct", "{0}", "--set", "kind=promise", "--set", "negated=so"), "figure; negated: yes or no"),
        (("--correct", "{0}", "--set", "actor=Norland"), "corrects nothing"),
        ((), "the full screen needs a terminal"),
    ],
)
def test_a_wrong_call_is_told_and_nothing_is_stored(
    run: Run, record: Record, arguments: tuple[str, ...], message: str
) -> None:
    before, known = state(record), addresses(record)
    status, out, err = run(*(one.replace("{0}", known[0]) for one in arguments))
    assert (status, out) == (2, "")
    assert err.startswith("onrecord: ")
    assert message in err
    assert (state(record), history(record, known[0])) == (before, ())


def test_a_missing_extra_is_named(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.delitem(sys.modules, "onrecord.cli.review_screen", raising=False)
    monkeypatch.setitem(sys.modules, "textual", None)
    status, _, err = run()
    assert (status, "pip install 'onrecord[review]'" in err) == (2, True)


def test_the_login_name_decides_where_no_other_is_given(
    run: Run, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ONRECORD_REVIEWER")
    monkeypatch.setenv("LOGNAME", "carla")
    run("--accept", addresses(record)[0])
    assert history(record, addresses(record)[0])[0].reviewer == "carla"
