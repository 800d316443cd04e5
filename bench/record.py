"""Speed of the record: adding captures that were read already, and asking a record of a million claims.

    python -m bench.record --shared ../shared
    python -m bench.record --shared ../shared --only million

The captures are those of `claims/own.jsonl`, read once, then many times over with other words. The record of a million
claims is made by `bench.record_made` into build/, in some minutes, and kept there. Every question is asked of a record
that was just opened, as a command does it. Writes bench/results.json.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
import hashlib
import itertools
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bench.record_made import COMMON, RARE, STORIES, UNUSED, make
from bench.results import RESULTS, save
from onrecord.model import Reading
from onrecord.pipeline import Settings, read_new
from onrecord.record.adding import add, knows
from onrecord.record.database import Record, open_record
from onrecord.record.rating import known_figures
from onrecord.record.schema import claims, threads
from onrecord.record.searching import Query, find, find_stories
from onrecord.record.showing import show_claim, show_thread
from onrecord.record.tracking import Asked, track

MADE = Path(__file__).parents[1] / "build" / "record-made.db"
CAPTURES = 3000
ROUNDS = 7
_WORDED = {"text", "headline", "measure", "actor", "speaker", "said_by", "exact", "prefix", "suffix"}
"""Fields of a line whose words are changed."""
_LONG_WORD = re.compile(r"\b[a-z]{5,}\b")


def adding(shared: Path) -> dict[str, Any]:
    """Return how many captures, and claims, a second are added: as `onrecord add` adds lines of `read --json`."""
    with tempfile.TemporaryDirectory() as folder:
        lines, place = Path(folder) / "readings.jsonl", Path(folder) / "record.db"
        command = [str(Path(sys.executable).with_name("onrecord")), "read", "--json", str(shared / "claims/own.jsonl")]
        read = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
        lines.write_text("\n".join(itertools.islice(_varied(read), CAPTURES)), encoding="utf-8")
        by = known_figures()
        gc.set_threshold(50_000)  # as the command does
        start, used, added = time.perf_counter(), time.process_time(), []
        with open_record(str(place), may_be_new=True) as record:
            for found in read_new([str(lines)], partial(knows, record), settings=Settings(figures=by.figures)):
                assert isinstance(found, Reading)
                added.append(add(record, found, reader="bench", by=by))
        seconds, processor = time.perf_counter() - start, time.process_time() - used
    assert all(one.new for one in added)
    found_claims = sum(one.claims for one in added)
    return {
        "captures a second": round(len(added) / seconds),
        "captures a second of processor time": round(len(added) / processor),
        "claims a second": round(found_claims / seconds),
        "captures": len(added),
        "claims": found_claims,
    }


def _varied(lines: list[str]) -> Iterator[str]:
    """Yield lines over and over; each time every third of the longer words is another one, of the same length."""
    for turn in itertools.count():
        chance = random.Random(turn)
        for number, line in enumerate(lines):
            value = json.loads(line)
            long_words = sorted(set(_LONG_WORD.findall(value["text"])))
            chosen = chance.sample(long_words, len(long_words) // 3)
            other = {word: "".join(chance.choices("aeioustrnlmd", k=len(word))) for word in chosen}
            value["id"] = hashlib.sha256(f"{turn} {number}".encode()).hexdigest()
            value["source"] = f"https://outlet-{number}.example/{turn}"
            yield json.dumps(_reworded(value, other))


def _reworded(value: Any, other: dict[str, str], name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _reworded(one, other, key) for key, one in value.items()}
    if isinstance(value, list):
        return [_reworded(one, other, name) for one in value]
    if isinstance(value, str) and name in _WORDED:
        return _LONG_WORD.sub(lambda match: other.get(match[0], match[0]), value)
    return value


def questions(record: Record) -> dict[str, Callable[[Record], object]]:
    """Return what is asked of the record of a million claims."""
    with record.reading() as connection:
        most = connection.execute(select(threads.c.id).order_by(threads.c.sightings.desc()).limit(1)).scalar_one()
        address = connection.execute(select(claims.c.address).where(claims.c.id == 500_000)).scalar_one()
    late, half = dt.date(2025, 1, 1), dt.date(2020, 6, 1)
    first = find(record, Query(last_day=dt.date(2015, 2, 1), limit=1))
    queries = {
        "a rare word": Query(words=RARE),
        "no such word": Query(words=UNUSED),
        "a common word": Query(words=COMMON),
        "the most common word": Query(words="the"),
        "three common words": Query(words=f"{COMMON} minister percent"),
        "a phrase": Query(words='"minister percent"'),
        "a beginning": Query(words="gove*"),
        "word, actor, kind, from": Query(words=COMMON, actor="UK", kind="commitment", first_day=late),
        "word, rare actor, kind": Query(words="the", actor="Pakistan", kind="proposal"),
        "word, outlet": Query(words=COMMON, outlet="outlet-250.example"),
        "kind": Query(kind="commitment"),
        "actor, kind": Query(actor="Kenya", kind="demand"),
        "an actor who is no country": Query(actor="treaty reform"),
        "verdict": Query(verdict="refuted"),
        "verdict, indicator, word": Query(verdict="refuted", indicator="ghg_total", words=COMMON),
        "no filter": Query(),
        "days": Query(first_day=half, last_day=half),
        "last pages": Query(after=first.after),
        "last pages of a word": Query(words=COMMON, after=first.after),
    }
    asked: dict[str, Callable[[Record], object]] = {
        f"find: {name}": partial(find, query=query) for name, query in queries.items()
    }
    asked["find --stories: a common word"] = partial(find_stories, query=queries["a common word"])
    asked["find --stories: word, outlet"] = partial(find_stories, query=queries["word, outlet"])
    lists = {
        "track": Asked(),
        "track --actor": Asked(actor="UK"),
        "track --due": Asked(within=90),
        "track --kind figure": Asked(kind="figure"),
        "track --status overdue": Asked(status="overdue"),
        "track --status met": Asked(status="met"),
    }
    asked |= {name: partial(track, asked=one, today=late) for name, one in lists.items()}
    asked["show: a claim"] = partial(show_claim, address=address)
    asked["show: a thread"] = partial(show_thread, thread_id=100_000, today=late)
    asked["show: the thread seen most"] = partial(show_thread, thread_id=most, today=late)
    return asked


def million() -> dict[str, Any]:
    """Return the milliseconds that questions take of a record of a million claims, and of whole processes."""
    if not MADE.exists():
        MADE.parent.mkdir(exist_ok=True)
        make(MADE)
    with open_record(str(MADE)) as record:
        asked = questions(record)
    took = {name: _milliseconds(question) for name, question in asked.items()}
    return {
        "claims": STORIES * 10,
        "MB": round(MADE.stat().st_size / 1e6),
        "median ms": {name: round(statistics.median(one), 1) for name, one in took.items()},
        "worst ms": {name: round(max(one), 1) for name, one in took.items()},
        "whole command": _process(["find", COMMON, "--actor", "UK"]),
    }


def _milliseconds(question: Callable[[Record], object]) -> list[float]:
    took = []
    for _ in range(ROUNDS):
        with open_record(str(MADE)) as record:
            start = time.perf_counter()
            question(record)
            took.append((time.perf_counter() - start) * 1000)
    return took


def _process(arguments: list[str]) -> dict[str, float]:
    command = [str(Path(sys.executable).with_name("onrecord")), *arguments, "--record", str(MADE)]
    seconds, before = [], os.times()
    for _ in range(ROUNDS):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        seconds.append(time.perf_counter() - start)
    after = os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return {"seconds": round(statistics.median(seconds), 2), "seconds of processor time": round(processor / ROUNDS, 2)}


def main() -> None:
    """Measure and save; what others measured of the record stays."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--only", choices=["adding", "million"])
    given = parser.parse_args()
    figures: dict[str, Any] = {}
    if given.only != "million":
        figures["adding"] = adding(given.shared)
    if given.only != "adding":
        figures["a million claims"] = million()
    print(json.dumps(figures, indent=1))
    known = json.loads(RESULTS.read_text()).get("record", {}) if RESULTS.exists() else {}
    save("record", {name: one for name, one in known.items() if name not in ("date", "machine")} | figures)


if __name__ == "__main__":
    main()
