"""Reading in processes of their own: none takes longer than it may, and none takes others along."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

import pytest

from onrecord.model import Original, Reading, Skipped
from onrecord.web.gate import Refusal
from onrecord.web.reading_process import Job
from onrecord.web.worker import Readers

Found = TypeVar("Found")


@asynccontextmanager
async def readers(*, processes: int = 1, seconds: float = 20.0) -> AsyncIterator[Readers]:
    made = Readers("tests.readers:read", processes=processes, seconds=seconds)
    made.start()
    try:
        yield made
    finally:
        await made.close()


def job(text: str) -> Job:
    return Job(Original(text.encode(), "bytes"), "a page")


def lives(process: int) -> bool:
    """Return whether a process runs; one that has ended and waits to be noticed does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def run(ask: Callable[[Readers], Awaitable[Found]], **settings: float) -> Found:
    async def whole() -> Found:
        async with readers(**settings) as made:  # type: ignore[arg-type]
            return await ask(made)

    return asyncio.run(whole())


def test_what_a_process_reads_comes_back_whole() -> None:
    found = run(lambda made: made.read(job("A plain page.")))
    assert isinstance(found, Reading)
    assert (found.capture.text, found.capture.original) == ("A plain page.", Original(b"A plain page.", "text"))


def test_a_refusal_comes_back_with_its_reason() -> None:
    assert run(lambda made: made.read(job("refuse"))) == Skipped("a page", "refused as asked")


def test_what_a_library_prints_does_not_disturb_the_answers() -> None:
    assert isinstance(run(lambda made: made.read(job("print"))), Reading)


def test_a_page_that_takes_for_ever_is_given_up_while_others_are_read() -> None:
    async def ask(made: Readers) -> tuple[Reading | Skipped, Reading | Skipped, bool, Reading | Skipped]:
        await asyncio.gather(made.read(job("warm")), made.read(job("warm")))
        slow = asyncio.create_task(made.read(job("for ever")))
        await asyncio.sleep(0)
        quick = await made.read(job("quick"))
        before = not slow.done()
        return quick, await slow, before, await made.read(job("after"))

    quick, slow, before, after = run(ask, processes=2, seconds=3)
    assert isinstance(quick, Reading)
    assert before
    assert slow == Skipped("a page", "not read within 3 s, so it was given up")
    assert isinstance(after, Reading)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("die", "the reader broke off: the page may take more memory than there is"),
        ("too much", "to read it takes more memory than one page may take"),
    ],
)
def test_a_page_that_breaks_a_process_or_takes_its_memory_is_told_and_the_next_is_read(text: str, reason: str) -> None:
    async def ask(made: Readers) -> tuple[Reading | Skipped, Reading | Skipped]:
        return await made.read(job(text)), await made.read(job("after"))

    broken, after = run(ask)
    assert broken == Skipped("a page", reason)
    assert isinstance(after, Reading)


def test_a_process_whose_server_died_ends_too() -> None:
    server = "import asyncio, sys; from onrecord.web.worker import Readers; from tests.test_web_worker import job\n"
    server += "async def run():\n  made = Readers('tests.readers:read', processes=1, seconds=20); made.start()\n"
    server += "  await made.read(job('warm')); print(next(iter(made._running))._process.pid, flush=True)\n"
    server += "  await asyncio.sleep(60)\nasyncio.run(run())"
    with subprocess.Popen([sys.executable, "-c", server], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        reader = int(process.stdout.readline())
        before = lives(reader)
        process.kill()
    until = time.monotonic() + 20
    while lives(reader) and time.monotonic() < until:
        time.sleep(0.05)
    assert (before, lives(reader)) == (True, False)


def test_who_goes_away_leaves_a_reader_for_the_next() -> None:
    async def ask(made: Readers) -> Reading | Skipped:
        await made.read(job("warm"))
        gone = asyncio.create_task(made.read(job("for ever")))
        await asyncio.sleep(0.05)
        gone.cancel()
        return await made.read(job("after"))

    assert isinstance(run(ask), Reading)


def test_more_than_can_wait_are_sent_away_and_places_come_free_again() -> None:
    made = Readers("tests.readers:read", processes=1, seconds=1)
    places = [made.place() for _ in range(16)]
    for place in places:
        place.__enter__()
    with pytest.raises(Refusal) as refused, made.place():
        pass
    places[0].__exit__(None, None, None)
    with made.place():
        pass
    assert (refused.value.status_code, refused.value.headers) == (503, {"Retry-After": "30"})


def test_no_process_outlives_the_server() -> None:
    async def ask() -> int:
        async with readers() as made:
            await made.read(job("warm"))
            return next(iter(made._running))._process.pid

    process = asyncio.run(ask())
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
