"""The shards of a plan, read by processes of this machine or of a cluster, into one folder."""

from __future__ import annotations

import queue
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Lock, Thread
from typing import Final

from msgspec import Struct

from onrecord.batch.folder import OutputFolder, write_given_up
from onrecord.batch.messages import Done
from onrecord.batch.planning import Plan, Shard
from onrecord.batch.readers import ShardReader
from onrecord.errors import OnrecordError

_TOLD: Final = 0.5
"""Seconds between two reports of progress."""


class Progress(Struct, frozen=True):
    """How far a run has come."""

    shards: int
    """All of the plan."""
    done: int
    """Of these, those that are done, in earlier runs too."""
    pages: int
    """Pages looked at in this run."""
    seconds: float
    """Since it began."""
    left: float | None
    """Seconds that the rest will take at this rate; None where no shard is done yet in this run."""


class Totals(Struct, frozen=True):
    """What a folder holds, and what this run took."""

    counts: dict[str, int]
    """Rows of each dataset."""
    shards: int
    earlier: int
    """Shards that were done before."""
    seconds: dict[str, float]
    """Seconds of processor time in this run, by stage, over all processes."""
    memory: int
    """Most bytes that a process had after a shard; 0 where nothing was left to do."""


def run(
    plan: Plan,
    out: Path,
    *,
    workers: int = 1,
    ray: str | None = None,
    told: Callable[[Progress], None] = lambda _: None,
) -> Totals:
    """Read the shards of a plan that are left into a folder.

    Args:
        plan: What is to be read.
        out: The folder; a new one, or one that the same plan was begun in.
        workers: Processes on this machine.
        ray: Address of a Ray cluster (`auto` for the one of this machine) whose processes read instead; `out` and the
            inputs then lie where all of them reach them by the same name.
        told: Called now and then.

    Raises:
        UsageError: The folder belongs to something else, or Ray is not installed.
        OnrecordError: It cannot be written, or no reader starts.
    """
    with OutputFolder(out, plan) as folder:
        done = folder.done()
        left = [shard for shard in plan.shards() if shard.name not in done]
        run_ = _Run(total=len(done) + len(left), earlier=len(done), told=told)
        if ray is not None:
            from onrecord.batch.cluster import read_on_cluster

            results = read_on_cluster(ray, plan, folder, left)
        else:
            results = _read_here(plan, folder, left, workers, run_.begun)
        memory, seconds = 0, Counter[str]()
        for shard, result in results:
            done[shard.name] = result.counts
            memory = max(memory, result.memory)
            seconds.update(result.seconds)
            run_.finished(sum(result.counts[name] for name in ("captures", "skipped")) if ray is not None else 0)
        folder.finish()
    counts = Counter[str]()
    for one in done.values():
        counts.update(one)
    return Totals(dict(counts), len(done), run_.earlier, dict(seconds), memory)


class _Run:
    """Counts what is done, for whoever wants to be told."""

    def __init__(self, total: int, earlier: int, told: Callable[[Progress], None]) -> None:
        self.earlier, self._total, self._told = earlier, total, told
        self._start = self._last = time.monotonic()
        self._done = self._pages = 0

    def begun(self, pages: int = 1) -> None:
        """Count pages; called by several threads, which may lose one of a thousand."""
        self._pages += pages
        if time.monotonic() - self._last > _TOLD:
            self._tell()

    def finished(self, pages: int) -> None:
        """Count a shard."""
        self._done += 1
        self._pages += pages
        self._tell()

    def _tell(self) -> None:
        self._last = time.monotonic()
        seconds = self._last - self._start
        undone = self._total - self.earlier - self._done
        left = seconds / self._done * undone if self._done else None
        self._told(Progress(self._total, self.earlier + self._done, self._pages, seconds, left))


def read_shard(reader: ShardReader, folder: OutputFolder, shard: Shard, begun: Callable[[], None]) -> Done:
    """Read one shard and put its files in their places."""
    with folder.scratch() as scratch:
        done = reader.read(
            shard,
            scratch,
            folder.given_up(shard),
            note=lambda given_up: write_given_up(folder.notes(shard), given_up),
            begin=lambda number: begun() if number else None,  # one begins where another ended
        )
        folder.keep(shard, done)
    return done


def _read_here(
    plan: Plan, folder: OutputFolder, shards: list[Shard], workers: int, begun: Callable[[], None]
) -> Iterator[tuple[Shard, Done]]:
    """Yield each shard with what came of it, as they are done; each process has a thread that watches it."""
    waiting = iter(shards)
    taking = Lock()
    answers: queue.SimpleQueue[tuple[Shard, Done] | BaseException] = queue.SimpleQueue()
    readers = [ShardReader(plan.settings) for _ in range(min(workers, len(shards)))]

    def work(reader: ShardReader) -> None:
        try:
            while True:
                with taking:
                    shard = next(waiting, None)
                if shard is None:
                    return
                answers.put((shard, read_shard(reader, folder, shard, begun)))
        except BaseException as error:
            answers.put(error)

    threads = [Thread(target=work, args=(reader,), daemon=True) for reader in readers]
    try:
        for thread in threads:
            thread.start()
        for _ in shards:
            answer = answers.get()
            if isinstance(answer, OSError):
                raise OnrecordError(f"cannot be written: {answer.strerror or answer}") from answer
            if isinstance(answer, BaseException):
                raise answer
            yield answer
    finally:
        for reader in readers:
            reader.stop()
        for thread in threads:
            thread.join()
