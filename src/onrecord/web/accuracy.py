"""How good onrecord is, as it was measured: `measured.json`, which `python -m bench.measured` writes."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec
from msgspec import Struct


class Figure(Struct, frozen=True):
    """One measure, and what was measured."""

    name: str
    told: str


class Group(Struct, frozen=True):
    """Figures that were measured in one way."""

    title: str
    about: str
    """How, and what the numbers are."""
    figures: tuple[Figure, ...]


class Accuracy(Struct, frozen=True):
    """All that was measured."""

    held_out: tuple[Group, ...]
    """On pages, wordings and years that nothing was learned from: what to expect of a new page."""
    seen: tuple[Group, ...]
    """On pages that the models learned from."""


@cache
def accuracy() -> Accuracy:
    """Return the figures that are shipped."""
    return msgspec.json.decode(files("onrecord.web").joinpath("measured.json").read_bytes(), type=Accuracy)
