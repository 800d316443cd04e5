"""Each host's turn: how long it is left alone between two requests."""

from __future__ import annotations

import datetime as dt

from onrecord.errors import OnrecordError
from onrecord.feeds.clock import Clock

DELAY = 1.0
"""Seconds between two requests to a host that asks for nothing else."""
LONGEST_WAIT = 120.0
"""Seconds; what would have to wait longer is put off, so that one host does not hold up the others."""


class PutOff(OnrecordError):
    """A host is not to be asked now, through no fault of the address; `until` says when it may be."""

    def __init__(self, reason: str, until: dt.datetime) -> None:
        self.reason, self.until = reason, until
        super().__init__(reason)


class Stopped(OnrecordError):
    """The clock was stopped while a host's turn was waited for: nothing was asked."""


class Hosts:
    """Remembers when each host may be asked again, and waits for it."""

    def __init__(self, clock: Clock, delay: float = DELAY) -> None:
        self._clock, self._delay = clock, delay
        self._asked: dict[str, dt.datetime] = {}
        self._free: dict[str, dt.datetime] = {}

    def wait(self, host: str, delay: float | None = None) -> None:
        """Wait for the host's turn, then take it; the next comes `delay` seconds later, or as many as usual if more.

        Raises:
            PutOff: The turn comes in more than 120 seconds.
            Stopped: The clock was stopped meanwhile.
        """
        now = self._clock.now()
        free = self._free.get(host, now)
        # a clock that was set back must not make for a wait of hours
        left = (free - max(now, self._asked.get(host, now))).total_seconds()
        if left > LONGEST_WAIT:
            raise PutOff(f"{host} asks to be left alone until {free:%Y-%m-%d %H:%M} UTC", free)
        if left > 0:
            self._clock.sleep(left)
            if self._clock.stopped:
                raise Stopped("stopped before it was asked")
        self.take(host, delay)

    def take(self, host: str, delay: float | None = None) -> None:
        """Note that the host is being asked, or just was."""
        now = self._clock.now()
        self._asked[host] = now
        self.hold(host, now + dt.timedelta(seconds=max(self._delay, delay or 0.0)))

    def hold(self, host: str, until: dt.datetime) -> None:
        """Leave the host alone until then at least."""
        self._free[host] = max(until, self._free.get(host, until))
