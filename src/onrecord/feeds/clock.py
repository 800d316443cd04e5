"""The time of day, and waiting: handed in, so that tests need not wait."""

from __future__ import annotations

import datetime as dt
import time


class Clock:
    """The system's clock; a subclass may tell another time, wait otherwise, or have been stopped."""

    def now(self) -> dt.datetime:
        """Return the time of day, in UTC."""
        return dt.datetime.now(dt.UTC)

    def sleep(self, seconds: float) -> None:
        """Wait; may end early once the clock is stopped."""
        time.sleep(seconds)

    @property
    def stopped(self) -> bool:
        """Whether whoever watches should come to an end."""
        return False
