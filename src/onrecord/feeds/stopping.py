"""Ctrl-C and SIGTERM as a wish to end, seen between two requests and in the middle of a wait."""

from __future__ import annotations

import os
import select
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from onrecord.feeds.clock import Clock

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class StoppableClock(Clock):
    """The system's clock, until `stop` ends every wait on it."""

    def __init__(self) -> None:
        # a pipe, for a handler may write to it whatever the program is at; locks (threading.Event) can block there
        self._waiting, self._telling = os.pipe()
        self._stopped = False

    def sleep(self, seconds: float) -> None:
        """Wait, or return at once when stopped."""
        select.select([self._waiting], [], [], seconds)

    def stop(self) -> None:
        """End what waits, and all later waits; may be called from a signal's handler."""
        self._stopped = True
        os.write(self._telling, b".")

    def close(self) -> None:
        """Give back what the system lent."""
        os.close(self._waiting)
        os.close(self._telling)

    @property
    def stopped(self) -> bool:
        """Whether `stop` was called."""
        return self._stopped


@contextmanager
def until_signalled() -> Iterator[StoppableClock]:
    """Give a clock that the first Ctrl-C or SIGTERM stops; a second one ends the program as ever.

    Only the main thread may ask for it: signals are heard there.
    """
    clock = StoppableClock()
    before = {number: signal.getsignal(number) for number in _SIGNALS}

    def stop(_number: int, _frame: FrameType | None) -> None:
        restore()
        clock.stop()

    def restore() -> None:
        for number, handler in before.items():
            signal.signal(number, handler)

    for number in _SIGNALS:
        signal.signal(number, stop)
    try:
        yield clock
    finally:
        restore()
        clock.close()
