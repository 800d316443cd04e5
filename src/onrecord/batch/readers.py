"""Processes that read shards, each watched over by whoever started it: one that dies costs a capture, no more.

The same on this machine and in a task of a cluster.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Final

import msgspec

from onrecord.batch.messages import Begun, Done, Failed, Job
from onrecord.batch.planning import Settings, Shard
from onrecord.errors import OnrecordError

Begin = Callable[[int], None]
"""Called with the number of each capture that is begun."""

_MOST_MEMORY: Final = 600 * 2**20
"""Bytes above which a process is replaced once it has read its shard."""
_WAITING: Final = 6
"""Times the processor time of a capture that may pass before a process is taken for stuck."""
_TRIES: Final = 2
"""Processes that must end over a capture before it is given up, if each may have been ended by somebody."""
_STARTING: Final = 300.0
"""Seconds that a process may take to start."""


class GivenUp(msgspec.Struct):
    """What of a shard is not read, because a process died over it; kept so that no one tries again."""

    captures: dict[int, str] = {}
    last: int | None = None
    """Capture behind which nothing can be read, since to pass over it kills too."""


class ShardReader:
    """Reads shards in a process of its own, which it starts when needed; to be closed."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: _Process | None = None
        self._stopped = False

    def read(
        self, shard: Shard, scratch: str, given_up: GivenUp, *, note: Callable[[GivenUp], None], begin: Begin
    ) -> Done:
        """Read a shard into files below `scratch`.

        Args:
            shard: The shard.
            scratch: An existing folder, empty.
            given_up: What is known to kill; grows.
            note: Called when it grew, before the shard is read again.
            begin: Called for each capture.

        Raises:
            OnrecordError: No process can be started, or none can write.
        """
        deaths = Counter[int]()
        while True:
            number = -1
            try:
                process = self._running()
                for number in process.read(Job(shard, scratch, tuple(given_up.captures.items()), given_up.last)):
                    begin(number)
            except _Died as died:
                self.close()
                deaths[number] += 1
                if self._stopped or deaths[-1] == _TRIES:  # that often before any capture: it is none's fault
                    raise OnrecordError(f"{shard.name}: its reader ended: {died}") from None
                if number >= 0 and (died.of_capture or deaths[number] == _TRIES):
                    _give_up(given_up, number, str(died))
                    note(given_up)
                    deaths.clear()
                continue
            done = process.done
            if done.memory > _MOST_MEMORY:
                self.close()
            return done

    def stop(self) -> None:
        """End the process for good: what it reads now is not its fault."""
        self._stopped = True
        self.close()

    def close(self) -> None:
        """End the process, whatever it does; the next shard starts another."""
        if self._process:
            self._process.kill()
            self._process = None

    def _running(self) -> _Process:
        if self._stopped:
            raise _Died("it was stopped")
        if self._process is None:
            self._process = _Process(self._settings)
        return self._process


def _give_up(given_up: GivenUp, number: int, reason: str) -> None:
    if number in given_up.captures:  # to pass over it kills too
        given_up.last = number
    given_up.captures[number] = reason


class _Died(Exception):
    """A process is gone; the text says how, in words for `skipped`.

    `of_capture`: the capture that it read is certainly why, not somebody who ended it.
    """

    def __init__(self, how: str, *, of_capture: bool = False) -> None:
        self.of_capture = of_capture
        super().__init__(how)


class _Process:
    """One process and the connection to it."""

    def __init__(self, settings: Settings) -> None:
        self._seconds = settings.limits.seconds
        self._jobs, theirs = multiprocessing.Pipe()
        command = [
            sys.executable,
            "-m",
            "onrecord.batch.worker",
            str(theirs.fileno()),
            msgspec.json.encode(settings).decode(),
        ]
        threads = {"OMP_NUM_THREADS": "1"}
        # a session of its own, so that a Ctrl-C in the terminal reaches its owner alone, which then ends it
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            command,
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,  # what matters is told over the connection
            env={**os.environ, **threads},
            start_new_session=True,
        )
        theirs.close()
        self.done = Done("", {}, 0, {})
        try:
            if isinstance(told := self._told(_STARTING), Failed):
                self.kill()
                raise OnrecordError(f"a reader does not start: {told.reason}")
        except _Died as died:
            self.kill()
            raise OnrecordError(f"a reader does not start: {died}") from None

    def read(self, job: Job) -> Iterator[int]:
        """Yield the number of each capture begun; then `done` tells what came of it. Raises _Died."""
        self._send(job)
        while not isinstance(told := self._told(_WAITING * self._seconds + 60), Done):
            if isinstance(told, Failed):
                raise OnrecordError(told.reason)
            if isinstance(told, Begun):
                yield told.number
        self.done = told

    def kill(self) -> None:
        """End it."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        self._process.wait()
        self._jobs.close()

    def _send(self, job: Job) -> None:
        try:
            self._jobs.send(job)
        except OSError as error:
            raise self._death() from error

    def _told(self, seconds: float) -> object:
        try:
            if self._jobs.poll(seconds):
                return self._jobs.recv()
        except (EOFError, OSError) as error:
            raise self._death() from error
        raise _Died(f"not read within {seconds:g} s", of_capture=True)

    def _death(self) -> _Died:
        code = self._process.wait()
        if code == -signal.SIGPROF:
            return _Died(f"takes longer than {self._seconds:g} s", of_capture=True)
        ending = signal.Signals(-code).name if code < 0 else f"status {code}"
        return _Died(f"the reader broke off over it ({ending})")
