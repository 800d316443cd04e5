"""What all pages of a server share: the record, the figures, and who reads pages."""

from __future__ import annotations

from threading import Lock

from onrecord.record.database import Record, open_record
from onrecord.record.rating import RatedBy, known_figures
from onrecord.web.serving import Serving


class Desk:
    """The record and the figures of one server, each opened when first asked for."""

    def __init__(self, place: str, serving: Serving) -> None:
        self.place, self.serving = place, serving
        self._record: Record | None = None
        self._by: RatedBy | None = None
        self._opening = Lock()

    def record(self, *, may_be_new: bool = False) -> Record:
        """Return the record; make it where there is none only if it `may_be_new`.

        Raises:
            UsageError, RecordError: As `open_record`.
        """
        with self._opening:
            if self._record is None:
                self._record = open_record(self.place, may_be_new=may_be_new)
            return self._record

    def by(self) -> RatedBy:
        """Return the figures that threads are rated with, as they were when first asked for."""
        with self._opening:
            if self._by is None:
                self._by = known_figures()
            return self._by

    def close(self) -> None:
        """Close the record."""
        with self._opening:
            if self._record is not None:
                self._record.close()
                self._record = None
