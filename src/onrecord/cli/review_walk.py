"""A reviewer's way through the queue: forth and back, each decision stored at once."""

from __future__ import annotations

from typing import Final

from onrecord.errors import UsageError
from onrecord.model import Claim
from onrecord.record.database import Record
from onrecord.record.rating import RatedBy
from onrecord.record.review_queue import Order, Wanted, left, queue
from onrecord.record.reviewing import Decided, Decision, Overtaken, UnderReview, Undone, decide, look, undo

_BATCH: Final = 200


class Walk:
    """Where a reviewer stands in the queue; `now` is the claim there, None behind the last one.

    `by` are the figures that corrected claims are held against, and threads rated with.
    """

    def __init__(self, record: Record, reviewer: str, wanted: Wanted, order: Order, by: RatedBy) -> None:
        self._record, self._reviewer, self._wanted, self._order = record, reviewer, wanted, order
        self.by = by
        self._addresses: list[str] = []
        self._at = 0
        self.now: UnderReview | None = None
        self._stand(0)

    @property
    def left(self) -> int:
        """How many claims wait for a decision."""
        return left(self._record, self._wanted)

    def next(self) -> None:
        """Go to the next claim, or behind the last one."""
        self._stand(min(self._at + 1, len(self._addresses)))

    def previous(self) -> None:
        """Go to the claim before; stay at the first."""
        self._stand(max(self._at - 1, 0))

    def decide(self, decision: Decision, corrected: Claim | None = None) -> Decided | Overtaken:
        """Store a decision about the claim here and go to the next undecided one.

        Where somebody else was faster nothing is stored, and the claim here is as it is now.
        """
        if self.now is None:
            raise UsageError("there is no claim here to decide about")
        seen = self.now
        done = decide(
            self._record,
            seen.address,
            decision,
            reviewer=self._reviewer,
            corrected=corrected,
            seen=seen,
            by=self.by,
        )
        if isinstance(done, Overtaken):
            self.now = done.now
            return done
        self.next()
        while self.now is not None and self.now.standing is not None:
            self.next()
        return done

    def undo(self) -> Undone:
        """Take back the reviewer's last decision and go to its claim."""
        undone = undo(self._record, self._reviewer, by=self.by)
        address = undone.review.address
        if address not in self._addresses:
            self._addresses.insert(self._at, address)
        self._stand(self._addresses.index(address))
        return undone

    def _stand(self, at: int) -> None:
        """Stand at a place; claims that are no longer read, as another process has read anew, are left out."""
        while True:
            if at == len(self._addresses):
                self._fetch()
            if at == len(self._addresses):
                self._at, self.now = at, None
                return
            try:
                self._at, self.now = at, look(self._record, self._addresses[at])
            except UsageError:
                del self._addresses[at]
            else:
                return

    def _fetch(self) -> None:
        # what was passed by undecided stands in the queue still
        known = set(self._addresses)
        found = queue(self._record, self._wanted, order=self._order, limit=_BATCH + len(known))
        self._addresses += [one.address for one in found if one.address not in known]
