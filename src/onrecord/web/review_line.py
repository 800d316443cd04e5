"""The queues that reviewers walk through in the browser, fetched in parts: of a million claims that takes a while."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import Final
from weakref import WeakKeyDictionary

from sqlalchemy import func, select

from onrecord.record.database import Record
from onrecord.record.review_queue import Order, Wanted, queue
from onrecord.record.schema import claims

_PART: Final = 200
_KEPT: Final = 600.0
"""Seconds after which a line is fetched anew, for claims that came meanwhile."""
_LINES: Final = 50
"""Lines of a record that are kept."""


class Line:
    """The addresses of claims that wait, in order; those that were decided about meanwhile are passed by."""

    def __init__(self, record: Record, wanted: Wanted, order: Order) -> None:
        self._record, self._wanted, self._order = record, wanted, order
        self._addresses: list[str] = []
        self._fetched = 0.0
        self._lock = Lock()

    def after(self, address: str | None = None) -> str | None:
        """Return the next claim that waits behind one (None, or one that is not here: the first); None at the end."""
        with self._lock:
            if not self._fetched or time.monotonic() > self._fetched + _KEPT:
                self._addresses = []
                self._fetch()
            found = self._waiting(self._behind(address))
            if found is None:
                self._fetch()
                found = self._waiting(self._behind(address))
            return found

    def before(self, address: str) -> str | None:
        """Return the claim before one, decided about or not; None where there is none."""
        with self._lock:
            at = self._addresses.index(address) if address in self._addresses else 0
            return self._addresses[at - 1] if at else None

    def put_last(self, address: str) -> None:
        """Put a claim at the end: somebody has skipped it."""
        with self._lock:
            if address in self._addresses:
                self._addresses.remove(address)
                self._addresses.append(address)

    def _behind(self, address: str | None) -> list[str]:
        here = address is not None and address in self._addresses
        return self._addresses[self._addresses.index(address) + 1 :] if here else self._addresses  # type: ignore[arg-type]

    def _waiting(self, addresses: Sequence[str]) -> str | None:
        # not `is null`: with many addresses the index of reviews would be taken, which holds most of the record
        undecided = func.coalesce(claims.c.review, "") == ""
        wanted = select(claims.c.address).where(claims.c.address.in_(addresses), undecided)
        with self._record.reading() as connection:
            waiting = set(connection.execute(wanted).scalars())
        return next((one for one in addresses if one in waiting), None)

    def _fetch(self) -> None:
        """Add what waits and is not here yet."""
        known = set(self._addresses)
        found = queue(self._record, self._wanted, order=self._order, limit=_PART + len(known))
        self._addresses += [one.address for one in found if one.address not in known][:_PART]
        self._fetched = time.monotonic()


_OF: Final[WeakKeyDictionary[Record, OrderedDict[tuple[Wanted, Order], Line]]] = WeakKeyDictionary()
_FINDING: Final = Lock()


def line(record: Record, wanted: Wanted, order: Order) -> Line:
    """Return the line of these claims of a record, the same for all who walk through it."""
    with _FINDING:
        lines = _OF.setdefault(record, OrderedDict())
        found = lines.pop((wanted, order), None) or Line(record, wanted, order)
        lines[wanted, order] = found
        while len(lines) > _LINES:
            lines.popitem(last=False)
        return found
