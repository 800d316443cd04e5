"""What all pages of a server share: the record, the figures, and who reads pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from threading import Lock
from typing import Final, TypeVar

import anyio
import anyio.to_thread

from onrecord.captures.url import fetch
from onrecord.errors import CaptureError
from onrecord.model import Original, Reading, Skipped
from onrecord.record.database import Record, open_record
from onrecord.record.rating import RatedBy, known_figures
from onrecord.web.reading_process import Job
from onrecord.web.readings import Readings
from onrecord.web.serving import Serving
from onrecord.web.worker import Readers

_THREADS: Final = 4
"""Handlers that run at a time: more would only hinder one another, for one of them runs Python at any moment."""
_FETCHES: Final = 16
"""Addresses that are fetched at a time, in threads of their own: a slow host must hold up no page."""
_WRITERS: Final = 16
"""Writes that wait for their turn in threads; more wait for these."""

_Found = TypeVar("_Found")


class Desk:
    """The record and the figures of one server, each opened when first asked for; and its readers."""

    def __init__(self, place: str, serving: Serving) -> None:
        self.place, self.serving = place, serving
        self.readings = Readings()
        self._readers = Readers(serving.reader, processes=serving.readers, seconds=serving.seconds)
        self.opened: Record | None = None
        """The record, once it was asked for: who has it need not wait for a thread."""
        self.known: RatedBy | None = None
        """The figures, likewise."""
        self._opening = Lock()
        self._fetches, self._writes = anyio.CapacityLimiter(_FETCHES), anyio.CapacityLimiter(_WRITERS)

    def record(self, *, may_be_new: bool = False) -> Record:
        """Return the record; make it where there is none only if it `may_be_new`.

        Raises:
            UsageError, RecordError: As `open_record`.
        """
        with self._opening:
            if self.opened is None:
                self.opened = open_record(self.place, may_be_new=may_be_new)
            return self.opened

    def by(self) -> RatedBy:
        """Return the figures that threads are rated with, as they were when first asked for."""
        with self._opening:
            if self.known is None:
                self.known = known_figures()
            return self.known

    async def write(self, function: Callable[[], _Found]) -> _Found:
        """Return what a function returns that writes. Writers wait for one another in threads that nobody reads in.

        The record lets one write at a time; a queue on the event loop would be slower, for there a turn passes on only
        after all else that the loop has to do, several times over.
        """
        return await anyio.to_thread.run_sync(function, limiter=self._writes)

    async def read(self, original: Original, source: str) -> Reading | Skipped:
        """Read what was sent, in a process of its own; return why where it cannot be read.

        Raises:
            Refusal: Too many wait already.
        """
        with self._readers.place():
            return await self._readers.read(Job(original, source))

    async def check(self, text: str, on: dt.date) -> Reading | Skipped:
        """Hold the numbers of a few sentences, said on a day, against the figures; as `read`."""
        with self._readers.place():
            return await self._readers.read(Job(Original(text.encode("utf-8", "replace"), "text"), "sent text", on=on))

    async def read_address(self, address: str) -> Reading | Skipped:
        """Fetch a page and read it, as `read`; addresses that are not public are refused as on the command line."""
        with self._readers.place():
            try:
                original, url = await anyio.to_thread.run_sync(
                    self._fetched, address, abandon_on_cancel=True, limiter=self._fetches
                )
            except CaptureError as error:
                return Skipped(error.source, error.reason)
            return await self._readers.read(Job(original, address, url))

    def _fetched(self, address: str) -> tuple[Original, str]:
        return fetch(address, allow_private=self.serving.allow_private)

    def open(self) -> None:
        """Start the readers, on the running event loop, which this bounds the threads of."""
        anyio.to_thread.current_default_thread_limiter().total_tokens = _THREADS
        self._readers.start()

    async def close(self) -> None:
        """End the readers and close the record."""
        await self._readers.close()
        with self._opening:
            if self.opened is not None:
                self.opened.close()
                self.opened = None
