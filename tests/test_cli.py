"""`onrecord` as a user calls it."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from onrecord import __version__
from onrecord.report.lines import schema

EXAMPLE = Path(__file__).parents[1] / "examples" / "captured-page.txt"
COMMAND = [sys.executable, "-c", "from onrecord.cli import main; main()"]


def run(*arguments: str, stdin: bytes = b"", columns: int = 80) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, *arguments], input=stdin, capture_output=True, check=False, env={"COLUMNS": str(columns)}
    )


def errors(done: subprocess.CompletedProcess[bytes]) -> list[str]:
    lines = done.stderr.decode().splitlines()
    assert not [line for line in lines if "Traceback" in line]
    return lines


def test_the_example_reads_as_two_stories() -> None:
    done = run("read", str(EXAMPLE), "--json")
    assert (done.returncode, len(errors(done))) == (0, 1)
    record = json.loads(done.stdout)
    jsonschema.validate(record, schema())
    stories = [(story["dateline"], story["agency"], story["published"]) for story in record["stories"]]
    assert [(place, agency, day[:10]) for place, agency, day in stories] == [
        ("EDINBURGH, Scotland", "NWP", "2026-03-03"),
        ("PORT AMSEL, Varonia", "NWP", "2026-03-07"),
    ]
    assert [len(story["photos"]) for story in record["stories"]] == [3, 2]


def test_the_example_gives_its_commitments() -> None:
    record = json.loads(run("read", str(EXAMPLE), "--json").stdout)
    claims = [claim for story in record["stories"] for claim in story["claims"]]
    pledged = {
        (claim["actor"], claim["quantity"]["value"], claim["quantity"]["unit"], claim["when"]["end"])
        for claim in claims
        if claim["kind"] == "commitment" and claim["quantity"] and claim["when"]
    }
    assert {("Callum Reid", 1.4e9, "GBP", "2028-12-31"), ("Callum Reid", 2e9, "GBP", "2032-12-31")} <= pledged


def test_output_for_a_pipe_has_no_colour_and_keeps_to_the_width() -> None:
    done = run("read", str(EXAMPLE), columns=72)
    shown = done.stdout.decode().splitlines()
    assert b"\x1b" not in done.stdout
    assert max(map(len, shown)) <= 72
    assert shown[-1].startswith("1 capture: 2 stories, ")


def test_one_bad_input_among_others_costs_only_itself(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(EXAMPLE.read_bytes())
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "c.html.gz").write_bytes(gzip.compress(b"<p>Short page of a few words.</p>"))
    done = run("read", str(tmp_path), "--json")
    assert done.returncode == 1
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    for line in lines:
        jsonschema.validate(line, schema())
    assert [Path(line["source"]).name for line in lines] == ["a.txt", "b.txt", "c.html.gz"]
    assert [set(line) == {"source", "skipped"} for line in lines] == [False, True, False]
    assert any("b.txt" in line for line in errors(done))


def test_standard_input_is_read() -> None:
    done = run("read", "-", "--json", stdin=b"The mayor said she would resign.")
    assert done.returncode == 0
    assert json.loads(done.stdout)["source"] == "-"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["read"], "Missing argument"),
        (["read", "--nonsense", "x"], "--nonsense"),
        (["read", str(EXAMPLE), "--json", "--explain"], "--explain"),
        (["read", str(EXAMPLE), "--report", "/no/such/folder/page.html"], "/no/such/folder/page.html"),
        (["read", str(EXAMPLE), "--language-model", "no_such_model"], "no_such_model"),
    ],
)
def test_a_wrong_call_says_what_is_wrong(arguments: list[str], words: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert words in " ".join(errors(done))


@pytest.mark.parametrize("name", ["missing.txt", "http://127.0.0.1:9/page", "http://169.254.169.254/"])
def test_an_unreachable_input_is_named(name: str) -> None:
    done = run("read", name)
    assert done.returncode == 1
    assert any(name in line for line in errors(done))


def test_output_closed_early_is_no_traceback(tmp_path: Path) -> None:
    for i in range(40):
        (tmp_path / f"{i:02}.txt").write_bytes(EXAMPLE.read_bytes())
    process = subprocess.Popen(
        [*COMMAND, "read", str(tmp_path), "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.read(10)
    process.stdout.close()
    told = process.stderr.read().decode()
    process.stderr.close()
    assert process.wait() == 1
    assert told == "onrecord: standard output was closed early; stopped there\n"


def test_explain_shows_the_words_of_a_field() -> None:
    shown = run("read", str(EXAMPLE), "--explain", columns=200).stdout.decode()
    assert "“by 2028”" in shown


def test_the_report_is_written(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    assert run("read", str(EXAMPLE), "--report", str(page)).returncode == 0
    assert "Callum Reid" in page.read_text(encoding="utf-8")


def test_another_language_is_read_as_a_story_and_says_so() -> None:
    text = (
        "PARIS (AFP) — Le gouvernement a annoncé lundi une hausse du budget de la culture de trois pour cent. "
        "La ministre a déclaré que cette hausse serait votée avant la fin de l'année par les deux chambres.\n\n"
        "Les syndicats ont salué cette décision, tout en demandant des garanties pour les salariés des musées. "
        "Ils rappellent que les effectifs ont baissé pendant dix ans et que les salaires n'ont pas suivi les prix."
    )
    done = run("read", "-", "--json", stdin=text.encode())
    (story,) = json.loads(done.stdout)["stories"]
    assert story["notes"] == ["language not supported for claims: fr"]
    assert story["claims"] == []


def test_version_and_schema_are_printed() -> None:
    assert run("--version").stdout.decode() == f"onrecord {__version__}\n"
    assert json.loads(run("schema").stdout) == schema()


def test_the_same_bytes_give_the_same_output() -> None:
    assert run("read", str(EXAMPLE), "--json").stdout == run("read", str(EXAMPLE), "--json").stdout


def test_a_sentence_is_checked() -> None:
    sentence = "22 of NATO's 32 members meet the 2% guideline"
    for columns in (80, 200):
        done = run("check", "--text", sentence, "--on", "2025-06-09", columns=columns)
        assert (done.returncode, errors(done)) == (0, [])
        shown = done.stdout.decode().splitlines()
        assert max(map(len, shown)) <= columns
        assert "supported" in {line.strip() for line in shown}
        assert "edition of 2025-04-24" in " ".join(" ".join(shown).split())
    done = run("check", "--text", sentence, "--on", "2025-06-09", "--json")
    record = json.loads(done.stdout)
    jsonschema.validate(record, schema())
    verdict = record["stories"][0]["claims"][0]["verdict"]
    assert (verdict["verdict"], verdict["reason"], verdict["entity"]) == ("supported", None, "NATO")
    assert verdict["observations"][0]["address"].startswith("https://")


def test_every_claim_of_a_checked_page_has_a_verdict() -> None:
    done = run("check", str(EXAMPLE), "--json")
    assert done.returncode == 0
    record = json.loads(done.stdout)
    jsonschema.validate(record, schema())
    verdicts = [claim["verdict"] for story in record["stories"] for claim in story["claims"]]
    assert verdicts
    assert all(verdict["verdict"] == "uncheckable" and verdict["reason"] for verdict in verdicts)
    assert b"not checked: " in run("check", str(EXAMPLE)).stdout


def test_a_wrong_check_is_refused() -> None:
    for call in ([], ["--text", "x"], ["--on", "2025-06-09"], [str(EXAMPLE), "--text", "x", "--on", "2025-06-09"]):
        done = run("check", *call)
        assert (done.returncode, done.stdout) == (2, b"")
    assert run("check", "--text", " ", "--on", "2025-06-09").returncode in {1, 2}
