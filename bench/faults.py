"""Kills a process that adds to a record, at random moments, and looks what became of the record.

    python -m bench.faults --kills 200      the whole command each time; writes bench/results.json under "record"

Each kill hits a process that adds further captures to the same record, at a moment drawn anew: after a random one of
its lines, and a random part of the time that a capture takes. What the process had said by then must be in the record,
whole; nothing may be there in part, and everything that finds it must agree with it.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import itertools
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Protocol

import msgspec
from sqlalchemy import Connection, select, text

from bench.results import RESULTS, save
from onrecord import __version__
from onrecord.model import Capture, CaptureLine, Claim, Quantity, Reading, Span, Statement, Story, When
from onrecord.model import select as quote
from onrecord.record import rows
from onrecord.record.adding import add
from onrecord.record.database import Record, open_record
from onrecord.record.schema import captures, claims, statements, stories, thread_claims

COMMAND = (sys.executable, "-c", "from onrecord.cli import main; main()")
_ROUND = 12
"""Captures that one process is given."""
_CAPTURE = 0.02
"""Seconds that a capture takes at most, as drawn: longer than it does, so that some kills hit what comes after it."""
_ACTORS = ("Norland", "Ruritania", "Varonia", "the harbour board", "Port Amsel")
_MEASURES = ("defence spending", "harbour dues", "emissions", "aid", "school meals")
_NURSERY = """
import os, sys
import onrecord.pipeline, onrecord.record.adding, onrecord.record.rating
from onrecord.cli import main
onrecord.record.rating.known_figures()
child = None
for line in sys.stdin:
    if child:
        os.waitpid(child, 0)
    out, *sys.argv[1:] = line.rstrip("\\n").split("\\t")
    child = os.fork()
    if child == 0:
        os.dup2(os.open(out, os.O_WRONLY), 1)
        try:
            main()
        except SystemExit:
            os._exit(0)  # at a real end libraries wait for their threads, which a fork has not
    print(child, flush=True)
"""


class Adder(Protocol):
    """Starts `onrecord add` with arguments; yields what it prints line by line, and what kills it."""

    def __call__(self, *arguments: str) -> contextlib.AbstractContextManager[Running]: ...


class Running(msgspec.Struct):
    """A process that adds."""

    process: int
    output: IO[str]

    def kill(self) -> None:
        os.kill(self.process, signal.SIGKILL)


class Outcome(msgspec.Struct, frozen=True):
    """What came of all kills."""

    kills: int
    reported: int
    """Captures that were said to be added by processes that were killed."""
    amid: int
    """Kills that hit a process before it had added all it was given."""
    faults: tuple[str, ...]
    """What was lost, half, or did not agree, in words."""


@contextlib.contextmanager
def whole_command(*arguments: str) -> Iterator[Running]:
    """Start the command as a user does."""
    with subprocess.Popen([*COMMAND, "add", *arguments], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield Running(process.pid, process.stdout)


@contextlib.contextmanager
def nursery() -> Iterator[Adder]:
    """Yield what forks a process that has everything loaded: it starts in a hundredth of the time."""
    command = [sys.executable, "-c", _NURSERY]
    with (
        tempfile.TemporaryDirectory() as folder,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process,
    ):
        pipe = Path(folder) / "out"
        os.mkfifo(pipe)

        @contextlib.contextmanager
        def start(*arguments: str) -> Iterator[Running]:
            assert process.stdin is not None
            assert process.stdout is not None
            print(pipe, "add", *arguments, sep="\t", file=process.stdin, flush=True)
            child = int(process.stdout.readline())
            with pipe.open() as output:
                yield Running(child, output)

        yield start


def kill_often(record: Path, kills: int, start: Adder, *, seed: int = 5) -> Outcome:
    """Kill a process that adds to `record`, a file that need not exist yet, `kills` times, and look after each."""
    rng, faults = random.Random(seed), list[str]()
    reported_in_all = amid = 0
    made = made_readings(seed)
    lines = record.with_name("readings.jsonl")
    given: list[Reading] = []
    for number in range(kills):
        given = [*given, *itertools.islice(made, _ROUND - len(given))]
        lines.write_bytes(b"".join(msgspec.json.encode(CaptureLine.of(one)) + b"\n" for one in given))
        with start(str(lines), "--record", str(record)) as running:
            reported = _killed(running, rng)
        reported_in_all += len(reported)
        amid += len(reported) < len(given)
        found = faults_in(record, {one.capture.source: one for one in given}, reported)
        faults += [f"kill {number + 1}: {fault}" for fault in found]
        given = [one for one in given if one.capture.source not in reported]
    with start(str(lines), "--record", str(record)) as running:
        reported = _reported(running.output)
    whole = list(itertools.islice(made_readings(seed), reported_in_all + len(given)))
    faults += faults_in(record, {one.capture.source: one for one in whole}, reported, all_of_them=True)
    if grouped(record) != _grouped_unharmed(whole):
        faults.append("threads are not those of a record that no kill hit")
    return Outcome(kills, reported_in_all, amid, tuple(faults))


def grouped(place: Path | str) -> set[frozenset[str]]:
    """Return the threads of a record, each as the addresses of its claims."""
    threads: dict[int, set[str]] = {}
    with open_record(str(place)) as record, record.reading() as connection:
        joined = select(thread_claims.c.thread_id, claims.c.address).join_from(thread_claims, claims)
        for thread, address in connection.execute(joined):
            threads.setdefault(thread, set()).add(address)
    return set(map(frozenset, threads.values()))


def _grouped_unharmed(readings: list[Reading]) -> set[frozenset[str]]:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "unharmed.db"
        with open_record(str(place), may_be_new=True) as record:
            for one in readings:
                add(record, one, reader=__version__)
        return grouped(place)


def _killed(running: Running, rng: random.Random) -> set[str]:
    """Kill a process after some of its lines and a moment; return what it had reported by then."""
    awaited = rng.randrange(_ROUND)
    first = list(itertools.islice(running.output, awaited))
    time.sleep(rng.random() * _CAPTURE)
    running.kill()
    return _reported([*first, *running.output])


def _reported(lines: IO[str] | list[str]) -> set[str]:
    """Return the sources of which whole lines say that they were added or known."""
    said = (line.split(maxsplit=1) for line in lines if line.endswith("\n"))
    return {words[1].partition(": ")[0].strip() for words in said if words[0] in {"added", "known"}}


def faults_in(
    place: Path | str, given: dict[str, Reading], reported: set[str], *, all_of_them: bool = False
) -> list[str]:
    """Return what is wrong with a record to which captures were added, by sources; `reported` are said to be there."""
    if isinstance(place, Path) and not place.exists():
        return [f"{source}: reported, and there is no record" for source in reported]
    faults = []
    with open_record(str(place), may_be_new=True) as record:
        with record.reading() as connection:
            there = set(connection.execute(select(captures.c.source)).scalars())
            sought = given if all_of_them else {source: one for source, one in given.items() if source in there}
            faults += [f"{source}: reported, and not in the record" for source in sorted(reported - there)]
            faults += [f"{source}: only in part" for source, one in sought.items() if kept(connection, one) != one]
        faults += disagreements(record)
    return faults


def kept(connection: Connection, reading: Reading) -> Reading | None:
    """Return a reading as the record has it, None where it has not."""
    own = connection.execute(select(captures).where(captures.c.id == reading.capture.id)).mappings().one_or_none()
    if own is None:
        return None
    found = []
    by_capture = select(stories).where(stories.c.capture_id == reading.capture.id).order_by(stories.c.number)
    for row in connection.execute(by_capture).mappings().all():
        told = select(statements.c.content).where(statements.c.story_id == row["id"]).order_by(statements.c.number)
        said = select(claims.c.content).where(claims.c.story_id == row["id"]).order_by(claims.c.number)
        parts = (
            [rows.statement_of(content) for content in connection.execute(told).scalars()],
            [rows.claim_of(content) for content in connection.execute(said).scalars()],
        )
        found.append(rows.story_of(row, *parts))
    return Reading(capture=rows.capture_of(own), stories=tuple(found))


_NOTHING = {
    "threads without a claim": "SELECT id FROM threads WHERE id NOT IN (SELECT thread_id FROM thread_claims)",
    "captures without where they were seen": "SELECT id FROM captures WHERE id NOT IN (SELECT capture_id FROM sources)",
    "threads that count wrong": "SELECT id FROM threads t WHERE sightings <> "
    "(SELECT count(*) FROM thread_claims c WHERE c.thread_id = t.id)",
}
_NOTHING_IN_SQLITE = {
    "broken references": "PRAGMA foreign_key_check",
    "claims that search does not know": "SELECT position FROM claims EXCEPT SELECT id FROM claim_words_docsize",
    "claims that only search knows": "SELECT id FROM claim_words_docsize EXCEPT SELECT position FROM claims",
    "stories that search does not know": "SELECT position FROM stories EXCEPT SELECT id FROM story_words_docsize",
    "stories that only search knows": "SELECT id FROM story_words_docsize EXCEPT SELECT position FROM stories",
}
_NOTHING_IN_POSTGRESQL = {"stories that search does not know": "SELECT id FROM stories WHERE document IS NULL"}


def disagreements(record: Record) -> list[str]:
    """Return where the parts of a record do not agree with each other, or the database calls itself damaged."""
    sqlite = record.dialect == "sqlite"
    nothing = _NOTHING | (_NOTHING_IN_SQLITE if sqlite else _NOTHING_IN_POSTGRESQL)
    with record.reading() as connection:
        counts = {fault: len(connection.execute(text(query)).all()) for fault, query in nothing.items()}
        checked = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all() if sqlite else ["ok"]
    faults = [f"{count} {fault}" for fault, count in counts.items() if count]
    faults += [line for line in checked if line != "ok"]
    if sqlite:
        with record.writing() as connection:
            for index in ("claim_words", "story_words"):
                try:
                    connection.exec_driver_sql(f"INSERT INTO {index}({index}) VALUES ('integrity-check')")
                except sqlite3.DatabaseError as error:
                    faults.append(f"{index}: {error}")
    return faults


def made_readings(seed: int) -> Iterator[Reading]:
    """Yield readings without end, each of other bytes and of a source without blanks; many tell of the same threads."""
    rng = random.Random(seed)
    for number in itertools.count():
        yield _made_reading(f"https://harbour.example/{number}", rng)


def _made_reading(source: str, rng: random.Random) -> Reading:
    told = [_made_sentence(rng) for _ in range(rng.randint(1, 4))]
    whole = "\n\n".join([f"Plans, {source}", *(words for words, _ in told), "“We will not wait,” she said."])
    found = [_made_claim(whole, words, year) for words, year in told]
    content = _span(whole, "“We will not wait,”")
    said = Statement(speaker="she", cue="said", kind="direct", content=content, selector=quote(whole, content))
    story = Story(
        start=0,
        end=len(whole),
        headline=whole.partition("\n")[0],
        published=f"2025-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
        language="en",
        body=((whole.index("\n\n") + 2, len(whole)),),
        statements=(said,),
        claims=tuple(found),
    )
    capture = Capture(source=source, id=f"{rng.getrandbits(256):064x}", text=whole, blocks=(), language="en")
    return Reading(capture=capture, stories=(story,))


def _made_sentence(rng: random.Random) -> tuple[str, int]:
    year = rng.randint(2026, 2040)
    return f"{rng.choice(_ACTORS)} will raise {rng.choice(_MEASURES)} to {rng.randint(1, 90)}% of GDP by {year}.", year


def _made_claim(whole: str, words: str, year: int) -> Claim:
    actor, _, rest = words.partition(" will raise ")
    measure, _, rest = rest.partition(" to ")
    evidence = _span(whole, words)
    return Claim(
        kind="commitment",
        actor=actor,
        measure=measure,
        quantity=Quantity(value=float(rest.partition("%")[0]), unit="percent", of="GDP"),
        when=When(text=f"by {year}", relation="by", end=dt.date(year, 12, 31)),
        said_by=None,
        negated=False,
        evidence=evidence,
        selector=quote(whole, evidence),
    )


def _span(whole: str, words: str) -> Span:
    start = whole.index(words)
    return Span(start, start + len(words))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    kills = parser.parse_args().kills
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        outcome = kill_often(Path(folder) / "record.db", kills, whole_command)
    seconds = time.perf_counter() - began
    print(
        f"{outcome.kills} kills, {outcome.amid} amid adding, in {seconds:.0f} s; {outcome.reported} captures reported"
    )
    print(*(outcome.faults or ["nothing lost, nothing half"]), sep="\n")
    others = msgspec.json.decode(RESULTS.read_bytes()).get("record", {}) if RESULTS.exists() else {}
    others = {name: figure for name, figure in others.items() if name not in {"date", "machine"}}
    figures = {"kills": outcome.kills, "amid": outcome.amid, "reported": outcome.reported, "lost": len(outcome.faults)}
    save("record", {**others, **figures})
    sys.exit(1 if outcome.faults else 0)


if __name__ == "__main__":
    main()
