"""What was read lately, kept for a while: to be looked at again, or added, it need not be read a second time."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from threading import Lock
from typing import Final

from onrecord.model import Reading

_MOST: Final = 100
_LARGEST: Final = 128 * 2**20
"""Bytes of captures that are kept."""


class Readings:
    """The last readings, by keys that cannot be guessed; the oldest make room."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Reading] = OrderedDict()
        self._lock = Lock()

    def keep(self, reading: Reading) -> str:
        """Keep a reading and return its key."""
        key = secrets.token_urlsafe(12)
        with self._lock:
            self._kept[key] = reading
            while len(self._kept) > 1 and (len(self._kept) > _MOST or self._size() > _LARGEST):
                self._kept.popitem(last=False)
        return key

    def get(self, key: str) -> Reading | None:
        """Return the reading with this key, None where there is none any more."""
        with self._lock:
            return self._kept.get(key)

    def _size(self) -> int:
        return sum(_size(reading) for reading in self._kept.values())


def _size(reading: Reading) -> int:
    original = reading.capture.original
    return 4 * len(reading.capture.text) + (len(original.data) if original else 0)
