"""Pages are read in processes of their own: none may take longer than it may, and none takes the server along."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import Iterator
from typing import Final

import msgspec

from onrecord.model import Reading, Skipped
from onrecord.web.gate import Refusal
from onrecord.web.reading_process import Answer, Job

_MEMORY: Final = 2 * 2**30
"""Bytes of addresses that a page may take besides what a warm process has."""
_MOST_WAITING: Final = 16
"""Pages that may be in work or wait; more are sent away, for they would wait too long."""
_PAUSE: Final = 2.0
_LONGEST_PAUSE: Final = 60.0
"""Seconds before another try where a process does not start: the first, doubled each time, and the most."""


class Readers:
    """Warm processes, of which each reads one page at a time; one that takes too long or dies is replaced."""

    def __init__(self, reader: str, *, processes: int, seconds: float) -> None:
        self._reader, self._processes, self._seconds = reader, processes, seconds
        self._free: asyncio.Queue[_Process] = asyncio.Queue()
        self._starting: set[asyncio.Task[None]] = set()
        self._running: set[_Process] = set()
        self._inside = 0

    def start(self) -> None:
        """Start the processes, without waiting until they are warm."""
        for _ in range(self._processes):
            self._start_one()

    async def close(self) -> None:
        """End the processes."""
        for task in self._starting:
            task.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        for process in list(self._running):
            await self._end(process)

    @contextlib.contextmanager
    def place(self) -> Iterator[None]:
        """Take a place among those who wait, for as long as a page is fetched and read.

        Raises:
            Refusal: All places are taken.
        """
        if self._inside >= _MOST_WAITING:
            step = "Wait a minute and send it again."
            raise Refusal(503, "too many pages are being read", step, headers={"Retry-After": "30"})
        self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1

    async def read(self, job: Job) -> Reading | Skipped:
        """Return what was read, or why nothing was. Call it within `place`."""
        try:
            process = await asyncio.wait_for(self._free.get(), 2 * self._seconds)
        except TimeoutError:
            return Skipped(job.source, "no reader became free in time; send it again")
        try:
            answer = await asyncio.wait_for(process.ask(job), self._seconds)
        except TimeoutError:
            await self._replace(process)
            return Skipped(job.source, f"not read within {self._seconds:g} s, so it was given up")
        except (OSError, EOFError, msgspec.DecodeError):
            await self._replace(process)
            return Skipped(job.source, "the reader broke off: the page may take more memory than there is")
        except BaseException:  # whoever asked went away: what the process does now is nobody's
            await self._replace(process)
            raise
        self._free.put_nowait(process)
        return answer

    def _start_one(self) -> None:
        task = asyncio.create_task(self._begin())
        self._starting.add(task)
        task.add_done_callback(self._starting.discard)

    async def _begin(self) -> None:
        pause = _PAUSE
        while True:
            process = await _Process.start(self._reader, self._seconds)
            self._running.add(process)
            try:
                await process.ready()
            except (OSError, EOFError):
                await self._end(process)
                await asyncio.sleep(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
            else:
                self._free.put_nowait(process)
                return

    async def _replace(self, process: _Process) -> None:
        self._start_one()
        await self._end(process)

    async def _end(self, process: _Process) -> None:
        self._running.discard(process)
        await process.kill()


class _Process:
    """One process and the pipes to it."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        assert process.stdin is not None  # noqa: S101 - both are pipes
        assert process.stdout is not None  # noqa: S101
        self._jobs, self._answers = process.stdin, process.stdout

    @classmethod
    async def start(cls, reader: str, seconds: float) -> _Process:
        """Start one; it is not ready yet."""
        command = (sys.executable, "-m", "onrecord.web.reading_process", reader, str(_MEMORY), str(seconds))
        pipe = asyncio.subprocess.PIPE
        # a session of its own, so that a Ctrl-C in the terminal reaches the server alone, which then ends it
        return cls(
            await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe, limit=2**20, start_new_session=True)
        )

    async def ready(self) -> None:
        """Wait until it says that it is; raises EOFError where it ends instead."""
        await self._receive()

    async def ask(self, job: Job) -> Reading | Skipped:
        """Have a page read; raises OSError or EOFError where the process dies over it."""
        data = await asyncio.to_thread(msgspec.msgpack.encode, job)
        self._jobs.write(len(data).to_bytes(4, "big") + data)
        await self._jobs.drain()
        answer = await asyncio.to_thread(msgspec.msgpack.decode, await self._receive(), type=Answer)
        found = answer.reading or answer.skipped
        if found is None:
            raise EOFError
        return found

    async def kill(self) -> None:
        """End it, whatever it does."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()

    async def _receive(self) -> bytes:
        try:
            length = await self._answers.readexactly(4)
            return await self._answers.readexactly(int.from_bytes(length, "big"))
        except asyncio.IncompleteReadError as error:
            raise EOFError from error
