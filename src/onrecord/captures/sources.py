"""The inputs that a user names - files, folders, `-`, addresses - to captures, one at a time."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from onrecord.captures.build import capture_from_bytes
from onrecord.errors import CaptureError
from onrecord.model import Capture, Skipped


def find_captures(
    paths: Sequence[str], *, allow_private: bool = False, client: object = None
) -> Iterator[Capture | Skipped]:
    """Yield a capture for every page under `paths`, in order, or why there is none."""
    for path in paths:
        try:
            data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
            yield capture_from_bytes(data, path)
        except CaptureError as error:
            yield Skipped(error.source, error.reason)
        except OSError as error:
            yield Skipped(path, (error.strerror or str(error)).lower())
