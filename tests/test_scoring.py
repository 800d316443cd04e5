"""Scores of readings against what people decided: by hand on small cases, and the same figures as the scorer of the
shared gold files."""

from __future__ import annotations

import importlib.util
import json
import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.captures import capture_from_text
from onrecord.errors import OnrecordError
from onrecord.model import Quantity, Span, When
from onrecord.pipeline import read_capture
from onrecord.report.lines import line
from onrecord.scoring import (
    GoldCapture,
    GoldClaim,
    GoldStory,
    Miss,
    Share,
    Tally,
    as_json,
    gold_in,
    gold_of,
    misses,
    readings_in,
    score,
)
from onrecord.scoring.alike import same_name, same_number, same_quantity, same_words
from onrecord.scoring.gold import story_of
from tests.builders import TEXT, reading, story

CLAIMS = Path(__file__).parents[2] / "shared" / "claims"
NEEDS_SHARED = pytest.mark.skipif(not CLAIMS.exists(), reason="the shared gold files are not here")
COMMAND = [sys.executable, "-c", "from onrecord.cli import main; main()"]


def gold() -> GoldCapture:
    return gold_of(reading().capture, reading().stories)


def changed(**fields: Any) -> list[GoldStory]:
    """Return the gold's story with its only claim read otherwise."""
    one = story_of(story())
    return [msgspec.structs.replace(one, claims=(msgspec.structs.replace(one.claims[0], **fields),))]


def test_a_capture_read_as_it_is_has_everything_right() -> None:
    scores = score([(gold(), gold().stories)])
    assert {tally.f1 for tally in (scores.stories, scores.photos, scores.statements, scores.claims["full"])} == {1.0}
    assert scores.claims["full"] == Tally(1, 1, 1)
    assert scores.claims["unquantified found"] == Tally(0, 0, 0)
    assert scores.slots["when"] == Share(1, 1)
    assert scores.kinds["commitment"] == Tally(1, 1, 1)


def test_a_capture_that_was_not_read_counts_as_missed() -> None:
    scores = score([(gold(), None)])
    assert (scores.captures, scores.unread) == (1, 1)
    assert (scores.stories, scores.claims["found"]) == (Tally(0, 1, 0), Tally(0, 1, 0))


@pytest.mark.parametrize(
    ("fields", "levels", "wrong"),
    [
        ({"kind": "proposal"}, (1, 0, 0), ("kind",)),
        ({"actor": "President Ruiz"}, (1, 1, 1), ()),
        ({"actor": "Port Amsel"}, (1, 1, 0), ("actor",)),
        ({"when": When(text="by 2031", relation="by")}, (1, 1, 0), ("when",)),
        ({"negated": True, "said_by": None}, (1, 1, 0), ("said_by", "negated")),
        ({"quantity": Quantity(value=2.5, unit="percent", of="GDP", comparator=">=")}, (1, 1, 0), ("of", "comparator")),
    ],
)
def test_a_claim_is_found_by_its_quantity_and_full_when_every_slot_is_right(
    fields: dict[str, Any], levels: tuple[int, int, int], wrong: tuple[str, ...]
) -> None:
    read = changed(**fields)
    claims = score([(gold(), read)]).claims
    assert tuple(claims[level].hit for level in ("found", "core", "full")) == levels
    assert [miss.slots for miss in misses(gold(), read)] == ([wrong] if wrong else [])


def test_another_quantity_is_a_miss_and_a_false_alarm() -> None:
    there, read = gold().stories[0].claims[0], changed(quantity=Quantity(value=3.0, unit="percent"))
    words = there.evidence.of(TEXT)
    assert list(misses(gold(), read)) == [
        Miss(capture="0" * 64, words=words, gold=there, read=None),
        Miss(capture="0" * 64, words=words, gold=None, read=read[0].claims[0]),
    ]


def test_each_claim_is_paired_once_and_best_first() -> None:
    one = gold().stories[0].claims[0]
    twice = (msgspec.structs.replace(one, actor="Somebody else"), one)
    read = [msgspec.structs.replace(gold().stories[0], claims=twice)]
    assert score([(gold(), read)]).claims["full"] == Tally(1, 1, 2)
    assert [(miss.gold, miss.read) for miss in misses(gold(), read)] == [(None, twice[0])]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("the U.K.", "Britain", True),
        ("Prime Minister Ana Ruiz", "Ruiz", True),
        ("Northern Water Authority", "NWA", True),
        ("Ana Ruiz’s", "ana ruiz", True),
        ("Ana Ruiz", "Lena Okafor", False),
        (None, "", True),
        (None, "Ruiz", False),
    ],
)
def test_names_are_the_same_by_their_telling_words(one: str | None, other: str | None, same: bool) -> None:
    assert same_name(one, other) is same_name(other, one) is same


def test_wordings_are_the_same_by_half_of_their_words() -> None:
    assert same_words("harbour defences", "the harbour defense")
    assert same_words("new ferries for islands", "island ferry")
    assert not same_words("harbour spending", "school meals")


@given(st.none() | st.floats(allow_nan=False, allow_infinity=False), st.none() | st.integers(-(10**9), 10**9))
def test_numbers_compare_both_ways_and_with_themselves(one: float | None, other: float | None) -> None:
    assert same_number(one, one)
    assert same_number(one, other) == same_number(other, one)
    quantity = Quantity(value=one) if one is not None else None
    assert same_quantity(quantity, quantity)


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("scorer", CLAIMS / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _in_our_names(told: dict[str, Any]) -> dict[str, Any]:
    """Return what the shared scorer tells as `as_json` calls it."""
    tallies = {"precision": "P", "recall": "R", "f1": "F1", "hit": "hit", "gold": "gold", "predicted": "predicted"}

    def tally(found: dict[str, Any]) -> dict[str, Any]:
        return {ours: found[theirs] for ours, theirs in tallies.items()}

    levels = [f"{part}{level}" for part in ("", "quantified ", "unquantified ") for level in ("found", "core", "full")]
    parts = {name: name.rpartition(" ")[0] + " claims " + name.rpartition(" ")[2] for name in levels}
    return {
        "captures": told["captures"],
        "unread": told["captures without a prediction"],
        "stories": tally(told["stories"]),
        "body_characters": tally(told["body characters"]),
        "details": told["story metadata accuracy"],
        "photos": tally(told["photos"]),
        "statements": tally(told["statements"]),
        "speakers": told["speaker accuracy"],
        "quoted_statements": told["quoted statements recall"],
        "quoted_speakers": told["quoted speaker accuracy"],
        "claims": {name: tally(told[part.strip()]) for name, part in parts.items()},
        "slots": told["slot accuracy"],
        "kinds": {kind: tally(found) for kind, found in told["core by kind"].items()},
    }


def _without_counts(ours: dict[str, Any]) -> dict[str, Any]:
    """Return our JSON with a share as its value alone."""

    def plain(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return value["share"] if "share" in value else {name: plain(one) for name, one in value.items()}

    return {name: plain(value) for name, value in ours.items()}


def _spoilt(stories: Sequence[GoldStory], luck: random.Random) -> list[GoldStory]:
    """Return stories as a poor reader would read them."""
    replace = msgspec.structs.replace

    def claim(one: GoldClaim) -> GoldClaim:
        moved = Span(max(0, one.evidence.start - luck.randrange(60)), one.evidence.end)
        fields: list[dict[str, Any]] = [
            {"evidence": moved},
            {"kind": luck.choice(("figure", "demand"))},
            {"actor": luck.choice((None, "Ana Ruiz", (one.actor or "x").split()[-1]))},
            {"when": None, "negated": not one.negated},
            {"measure": " ".join((one.measure or "").split()[::2]) or None},
            {"quantity": Quantity(value=2.0)},
            {},
        ]
        return replace(one, **luck.choice(fields))

    def told(one: GoldStory) -> GoldStory:
        kept = [claim(c) for c in one.claims if luck.random() < 0.8]
        statements = [
            replace(s, speaker=luck.choice((s.speaker, "Ruiz"))) for s in one.statements if luck.random() < 0.8
        ]
        body = tuple((a, max(a + 1, b - luck.choice((0, 0, (b - a) // 3)))) for a, b in one.body)
        some = {"body": body, "claims": (*kept, *kept[:1]), "statements": tuple(statements)}
        return replace(one, headline=luck.choice((one.headline, None)), photos=one.photos[1:], **some)

    return [told(one) for one in stories if luck.random() < 0.9]


@NEEDS_SHARED
@pytest.mark.parametrize("name", ["dev", "own"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_scores_are_those_of_the_shared_scorer(name: str, seed: int) -> None:
    luck = random.Random(seed)
    captures = list(gold_in(CLAIMS / f"{name}.jsonl"))
    read = {one.id: _spoilt(one.stories, luck) for one in captures if luck.random() < 0.95}
    predictions = {key: {"stories": msgspec.to_builtins(stories)} for key, stories in read.items()}
    plain = [json.loads(text) for text in (CLAIMS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    theirs = _in_our_names(_scorer().score(plain, predictions))
    assert _without_counts(as_json(score((one, read.get(one.id)) for one in captures))) == theirs


@NEEDS_SHARED
def test_the_scores_of_the_present_version_are_those_of_the_shared_scorer(tmp_path: Path) -> None:
    captures = [one for one in gold_in(CLAIMS / "dev.jsonl") if len(one.text) < 3000][:3]
    lines = [line(read_capture(capture_from_text(one.text, f"gold/{one.id}.txt"))) for one in captures]
    (tmp_path / "read.jsonl").write_bytes(b"".join(lines))
    found = readings_in(tmp_path / "read.jsonl")
    plain = [json.loads(msgspec.json.encode(one)) for one in captures]
    predictions = {one.id: json.loads(told) for one, told in zip(captures, lines, strict=True)}
    theirs = _in_our_names(_scorer().score(plain, predictions))
    assert len(captures) == 3
    assert _without_counts(as_json(score((one, found.of(one.id)) for one in captures))) == theirs


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, check=False, env={"COLUMNS": "80"})


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    (tmp_path / "gold.jsonl").write_bytes(msgspec.json.encode(gold()) + b"\n")
    (tmp_path / "read.jsonl").write_bytes(line(reading()))
    return tmp_path / "gold.jsonl", tmp_path / "read.jsonl"


def test_score_prints_a_table_within_the_width(files: tuple[Path, Path]) -> None:
    done = _run("score", str(files[0]), "--predicted", str(files[1]))
    assert (done.returncode, done.stderr) == (0, "")
    assert "full" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_score_prints_one_json_object(files: tuple[Path, Path]) -> None:
    done = _run("score", str(files[0]), "--predicted", str(files[1]), "--json")
    assert json.loads(done.stdout)["claims"]["full"] == {
        "precision": 1.0,
        "recall": 1.0,
        "f1": 1.0,
        "hit": 1,
        "gold": 1,
        "predicted": 1,
    }


def test_score_names_what_is_wrong(files: tuple[Path, Path]) -> None:
    wrong = msgspec.structs.replace(gold(), stories=tuple(changed(actor="Port Amsel")))
    files[0].write_bytes(msgspec.json.encode(wrong) + b"\n")
    done = _run("score", str(files[0]), "--predicted", str(files[1]), "--misses")
    assert "wrong actor" in done.stdout
    assert "Port Amsel" in done.stdout


def test_score_reads_the_texts_where_no_readings_are_given(files: tuple[Path, Path]) -> None:
    found = json.loads(_run("score", str(files[0]), "--json").stdout)
    assert (found["captures"], found["unread"], found["stories"]["gold"]) == (1, 0, 1)


@pytest.mark.parametrize("text", ["", "no json\n", '{"id": "a", "text": "b"}\n'])
def test_a_file_that_is_no_gold_is_refused_by_its_line(tmp_path: Path, text: str) -> None:
    (tmp_path / "gold.jsonl").write_text(text)
    with pytest.raises(OnrecordError, match=r"gold\.jsonl"):
        list(gold_in(tmp_path / "gold.jsonl"))
    done = _run("score", str(tmp_path / "gold.jsonl"))
    assert done.returncode in {1, 2}
    assert "Traceback" not in done.stderr
