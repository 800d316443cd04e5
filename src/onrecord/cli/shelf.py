"""The record as `watch` fills it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from onrecord import __version__
from onrecord.errors import CaptureError
from onrecord.feeds import FeedState
from onrecord.model import Capture, Skipped
from onrecord.pipeline import Settings, read_guarded
from onrecord.record.adding import add, knows, knows_address
from onrecord.record.database import Record, open_record, place_of_record
from onrecord.record.rating import RatedBy, known_figures
from onrecord.record.watched import feed_state, keep_feed_state
from onrecord.report.words import how_many


class RecordShelf:
    """Reads the pages of feeds into a record, and keeps the feeds' states there."""

    def __init__(self, record: Record, by: RatedBy) -> None:
        self._record, self._by = record, by

    def add(self, capture: Capture) -> str:
        """Read and add a capture; return what was in it.

        Raises:
            CaptureError: It cannot be read.
        """
        if knows(self._record, capture):
            return "known already"
        reading = read_guarded(capture, settings=Settings(figures=self._by.figures))
        if isinstance(reading, Skipped):
            raise CaptureError(reading.source, reading.reason)
        added = add(self._record, reading, reader=__version__, by=self._by)
        return f"{how_many(added.stories, 'story')}, {how_many(added.claims, 'claim')}"

    def known(self, address: str) -> bool:
        """Return whether the page at this address has been added."""
        return knows_address(self._record, address)

    def state(self, feed: str) -> FeedState | None:
        """Return what was kept of a feed; None for a new one."""
        return feed_state(self._record, feed)

    def keep(self, state: FeedState) -> None:
        """Keep it in place of what was kept of the same feed."""
        keep_feed_state(self._record, state)


@contextmanager
def open_shelf(record: str | None) -> Iterator[RecordShelf]:
    """Open the record for as long as a watch lasts; make it where there is none."""
    with open_record(place_of_record(record), may_be_new=True) as opened:
        yield RecordShelf(opened, known_figures())
