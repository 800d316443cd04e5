"""A process that reads shards, one after another, and can be killed at any moment.

Started as `python -m onrecord.batch.worker DESCRIPTOR SETTINGS` by `onrecord.batch.readers`. It writes a shard's files
into a scratch folder and says so; to put them in their place is for whoever started it. Before each capture it says
which one comes, so that one that kills it, or takes longer than it may, is known.
"""

from __future__ import annotations

import contextlib
import gc
import os
import resource
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

import msgspec

from onrecord.batch.found import Found, capture_of
from onrecord.batch.messages import Begun, Done, Failed, Job
from onrecord.batch.planning import Settings
from onrecord.batch.sources import find_pages
from onrecord.batch.tables import Origin, Rows, rows_of
from onrecord.batch.where import Condition, parse
from onrecord.batch.writing import write_rows
from onrecord.errors import CaptureError, ModelError, OnrecordError
from onrecord.model import Reading, Skipped

_MEMORY: Final = 2 * 2**30
"""Bytes of addresses that a capture may take besides what a warm process has."""


class Reader:
    """Reads shards as the settings say."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        module_name, _, function = settings.reader.partition(":")
        module = import_module(module_name)
        getattr(module, "warm", lambda **_: None)(stories_only=settings.stories_only)
        self._read: Callable[..., Reading | Skipped] = getattr(module, function)
        self._kept: Condition | None = parse(settings.where, settings.subject) if settings.where else None

    def read(self, job: Job, begin: Callable[[int | None], None]) -> Done:
        """Read a shard and write its files; `begin` is called before each capture is looked for, last with None."""
        given_up = dict(job.given_up)
        rows: Rows = {"captures": [], "stories": [], "statements": [], "claims": [], "skipped": []}
        spent = {"pages": 0.0, "reading": 0.0, "writing": 0.0}
        found = find_pages(job.shard, self._settings.limits.page_bytes)
        for number in range(sys.maxsize):
            if job.last is not None and number > job.last:
                rows["skipped"].append(_skipped(Skipped(job.shard.inputs[0].name, _REST), None))
                break
            begin(number)
            with _timed(spent, "pages"):
                one = next(found, None)
            if one is None:
                break
            self._add(rows, one, number, given_up.get(number), spent)
        begin(None)
        with _timed(spent, "writing"):
            folder = tempfile.mkdtemp(dir=job.scratch)
            counts = write_rows(rows, Path(folder), job.shard.name)
        return Done(folder, counts, _memory(), spent)

    def _add(self, rows: Rows, one: Found, number: int, given_up: str | None, spent: dict[str, float]) -> None:
        """Add the rows of one capture."""
        if given_up is not None:
            rows["skipped"].append(_skipped(Skipped(one.source, given_up), one.offset))
            return
        try:
            with _timed(spent, "pages"):
                page = one.page()
                capture = None if page is None else capture_of(page, one.source, self._settings.limits.page_bytes)
            if page is None or capture is None:
                return
            with _timed(spent, "reading"):
                reading = self._read(capture, stories_only=self._settings.stories_only)
        except CaptureError as error:
            reading = Skipped(error.source or one.source, error.reason)
        except ModelError:
            raise
        except OSError as error:
            reading = Skipped(one.source, (error.strerror or str(error)).lower())
        except MemoryError:
            reading = Skipped(one.source, "to read it takes more memory than a capture may take")
        except Exception as error:  # a fault of ours on one capture must not cost the other million
            reading = Skipped(one.source, f"internal error, please report it: {type(error).__name__}: {error}")
        if isinstance(reading, Skipped):
            rows["skipped"].append(_skipped(reading, one.offset))
            return
        with _timed(spent, "writing"):
            origin = Origin(number, one.offset, page.captured if page else None)
            for table, some in self._chosen(rows_of(reading, origin)).items():
                rows[table] += some

    def _chosen(self, rows: Rows) -> Rows:
        """Return a capture's rows that are kept: those the condition is true of, and what they stand in."""
        if self._kept is None:
            return rows
        subject = self._settings.subject
        chosen = [row for row in rows[subject] if self._kept(row)]
        kept = {row["story"] for row in chosen}
        return {
            "captures": rows["captures"] if kept else [],
            "stories": [row for row in rows["stories"] if row["story"] in kept],
            "statements": [row for row in rows["statements"] if row["story"] in kept],
            "claims": chosen if subject == "claims" else [],
        }


_REST: Final = "what follows in this part cannot be read: the reader broke off there again and again"


def _skipped(skipped: Skipped, offset: int | None) -> dict[str, Any]:
    return {"source": skipped.source, "offset": offset, "reason": skipped.reason}


@contextlib.contextmanager
def _timed(spent: dict[str, float], stage: str) -> Iterator[None]:
    start = time.process_time()
    try:
        yield
    finally:
        spent[stage] += time.process_time() - start


def main() -> None:
    """Read jobs until whoever gives them is gone."""
    gc.set_threshold(50_000)
    jobs = Connection(int(sys.argv[1]))
    settings = msgspec.json.decode(sys.argv[2], type=Settings)
    with contextlib.suppress(EOFError, BrokenPipeError, ConnectionResetError):  # nobody waits for what is done here
        try:
            reader = Reader(settings)
        except Exception as error:
            told = str(error) if isinstance(error, OnrecordError) else f"{type(error).__name__}: {error}"
            jobs.send(Failed(told))
            return
        gc.freeze()
        _limit_memory()
        jobs.send(None)
        while True:
            _answer(reader, jobs, settings.limits.seconds)


def _answer(reader: Reader, jobs: Connection, seconds: float) -> None:
    def begin(number: int | None) -> None:
        # counts processor time, and kills the process at its end
        signal.setitimer(signal.ITIMER_PROF, 0 if number is None else seconds)
        if number is not None:
            jobs.send(Begun(number))

    job = jobs.recv()
    try:
        jobs.send(reader.read(job, begin))
    except OSError as error:
        if isinstance(error, BrokenPipeError | ConnectionResetError):
            raise
        jobs.send(Failed(f"{job.scratch}: cannot be written: {error.strerror or error}"))
    except OnrecordError as error:
        jobs.send(Failed(str(error)))
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _limit_memory() -> None:
    """Let this process take so much more, where the system tells how much it has."""
    with contextlib.suppress(OSError):
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        limit = pages * resource.getpagesize() + _MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _memory() -> int:
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
