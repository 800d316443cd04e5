"""How a worker reads a capture, unless it is told otherwise."""

from __future__ import annotations

from functools import cache

import onrecord.pipeline
from onrecord.model import Capture, Reading, Skipped
from onrecord.record.rating import known_figures
from onrecord.stories import find_stories


def read(capture: Capture, *, stories_only: bool) -> Reading | Skipped:
    """Return what is read from a capture, its claims held against the known figures; or only its stories."""
    if stories_only:
        return Reading(capture=capture, stories=tuple(find_stories(capture)))
    return onrecord.pipeline.read_capture(capture, settings=_settings())


def warm(*, stories_only: bool) -> None:
    """Load all that reading needs."""
    from onrecord.captures import capture_from_text

    text = "Northern ministers\n\nThe government will spend at least 3% of GDP on roads by 2030, the minister said."
    read(capture_from_text(text, "warm-up"), stories_only=stories_only)


@cache
def _settings() -> onrecord.pipeline.Settings:
    return onrecord.pipeline.Settings(figures=known_figures().figures)
