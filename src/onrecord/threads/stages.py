"""How far an undertaking has come: said, adopted, funded, delivered; read from words, never from the calendar."""

from __future__ import annotations

from onrecord.threads.values import Reached, Sighting, Stage, Thread

STAGES: tuple[Stage, ...] = ("said", "adopted", "funded", "delivered")


def stage(sighting: Sighting) -> Stage | None:
    """Return the stage that a sighting is evidence of; None where it is evidence of none, such as a proposal."""
    raise NotImplementedError


def reached(thread: Thread) -> Reached | None:
    """Return the highest stage that a commitment has reached, with the first sighting that shows it.

    None for a thread that is no commitment.
    """
    raise NotImplementedError
