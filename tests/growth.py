"""Whether time grows with a text and no faster: a ratio of two readings in one process, never a bound in seconds."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")
_NOISE = 0.02
"""Seconds by which a reading may err; the short one counts as at least so long."""


def is_linear(prepare: Callable[[int], T], action: Callable[[T], object], *, length: int) -> bool:
    """Return whether `action` on four times the `length` takes nearer to four times as long (linear) than sixteen.

    Processor time, the least of three readings each, without the time that `prepare` takes.
    """
    return _seconds(prepare(4 * length), action) < 9 * max(_seconds(prepare(length), action), _NOISE)


def _seconds(prepared: T, action: Callable[[T], object]) -> float:
    readings = []
    for _ in range(3):
        gc.collect()
        start = time.process_time()
        action(prepared)
        readings.append(time.process_time() - start)
    return min(readings)
