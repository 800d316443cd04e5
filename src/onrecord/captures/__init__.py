"""From bytes to a `Capture`: its text, its blocks and what its markup says, wherever it came from."""

from __future__ import annotations

from onrecord.captures.build import capture_from_bytes, capture_from_html, capture_from_original, capture_from_text
from onrecord.captures.sources import find_captures

__all__ = ["capture_from_bytes", "capture_from_html", "capture_from_original", "capture_from_text", "find_captures"]
