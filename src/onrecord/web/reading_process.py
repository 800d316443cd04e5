"""A process that reads pages, one after another, for a server: what it costs is bounded, and it can be killed.

Started as `python -m onrecord.web.reading_process MODULE:FUNCTION MEMORY SECONDS`: what reads a job, the bytes that it
may take besides what a warm process has, and how long it may take. On standard input come jobs and on standard output
go answers, each as four bytes of its length and MessagePack. The first, empty, says that the process is ready.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import resource
import signal
import sys
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import IO, TYPE_CHECKING

import msgspec
from msgspec import Struct

from onrecord.errors import CaptureError, OnrecordError, UsageError
from onrecord.model import Original, Reading, Skipped

if TYPE_CHECKING:
    from onrecord.pipeline import Settings


class Job(Struct, frozen=True):
    """What is to be read, and where it came from."""

    original: Original
    source: str
    url: str | None = None
    on: dt.date | None = None
    """Day on which it was said: then it is taken for a few sentences, each number of which is checked."""


class Answer(Struct, frozen=True):
    """What came of a job: one of the two."""

    reading: Reading | None = None
    skipped: Skipped | None = None


def read(job: Job) -> Reading | Skipped:
    """Read a page as `onrecord read` does, and hold its claims against the known figures."""
    if job.on is not None:
        return _checked(job, job.on)
    from onrecord.captures import capture_from_original
    from onrecord.pipeline import read_guarded

    try:
        capture = capture_from_original(job.original, job.source, url=job.url)
    except CaptureError as error:
        return Skipped(error.source, error.reason)
    return read_guarded(capture, settings=_settings())


def _checked(job: Job, on: dt.date) -> Reading | Skipped:
    from onrecord.pipeline import check

    try:
        return check(job.original.data.decode("utf-8", "replace"), on=on, settings=_settings())
    except (CaptureError, UsageError) as error:
        return Skipped(job.source, str(error))


def warm() -> None:
    """Load all that reading needs."""
    text = b"Northern ministers\n\nThe government will spend at least 3% of GDP on roads by 2030, the minister said."
    read(Job(Original(text, "bytes", "text/plain; charset=utf-8"), "warm-up"))


@cache
def _settings() -> Settings:
    from onrecord.pipeline import Settings
    from onrecord.record.rating import known_figures

    return Settings(figures=known_figures().figures)


def main() -> None:
    """Answer jobs until standard input ends."""
    named, memory, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not come between the answers
    try:
        reader = _reader(named)
    except OnrecordError as error:
        sys.exit(f"onrecord: no page can be read: {error}")
    _limit_memory(memory)
    _send(answers, b"")
    while data := _receive(sys.stdin.buffer):
        signal.alarm(int(seconds) + 10)  # ends this process where its server died and cannot
        answer = _answer(reader, msgspec.msgpack.decode(data, type=Job))
        signal.alarm(0)
        _send(answers, msgspec.msgpack.encode(answer))


def _reader(named: str) -> Callable[[Job], Reading | Skipped]:
    """Return the function that reads, once its module is warm."""
    module_name, _, function = named.partition(":")
    module = import_module(module_name)
    getattr(module, "warm", lambda: None)()
    found: Callable[[Job], Reading | Skipped] = getattr(module, function)
    return found


def _limit_memory(memory: int) -> None:
    """Let this process take so many bytes more, where the system tells how many it has."""
    with contextlib.suppress(OSError):
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        limit = pages * resource.getpagesize() + memory
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _answer(reader: Callable[[Job], Reading | Skipped], job: Job) -> Answer:
    try:
        found = reader(job)
    except MemoryError:
        return Answer(skipped=Skipped(job.source, "to read it takes more memory than one page may take"))
    return Answer(skipped=found) if isinstance(found, Skipped) else Answer(reading=found)


def _receive(jobs: IO[bytes]) -> bytes:
    """Return the next job; empty at the end."""
    length = jobs.read(4)
    return jobs.read(int.from_bytes(length, "big")) if length else b""


def _send(answers: IO[bytes], data: bytes) -> None:
    answers.write(len(data).to_bytes(4, "big") + data)
    answers.flush()


if __name__ == "__main__":
    main()
