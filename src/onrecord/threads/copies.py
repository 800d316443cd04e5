"""Copies of one story: the same wire story in many outlets, cut, edited, under other headlines; and its versions.

MinHash over shingles of words finds what is alike; the numbers decide whether it is the same story or another one
written to the same template.
"""

from __future__ import annotations

from typing import Literal

import msgspec
from msgspec import Struct

Relation = Literal["copy", "version"]


class Signature(Struct, frozen=True, array_like=True):
    """What of a story's words is kept to find its copies."""

    minima: tuple[int, ...]
    """The smallest value of each hash function over the shingles."""
    shingles: int
    """How many different shingles there are."""
    numbers: tuple[int, ...]
    """Hashes of the different numbers and months, in order."""


def signature(text: str) -> Signature | None:
    """Return the signature of a story's body text, without its headline; None where it has too few words to tell."""
    raise NotImplementedError


def encoded(signature: Signature) -> bytes:
    """Return the signature as bytes for a database column; the same in every process and on every machine."""
    return msgspec.msgpack.encode(signature)


def decoded(data: bytes) -> Signature:
    """Return the signature that `encoded` made bytes of."""
    return msgspec.msgpack.decode(data, type=Signature)


def bands(signature: Signature) -> tuple[int, ...]:
    """Return the keys under which a story is found by its copies: they share at least one. Each fits signed 64 bits."""
    raise NotImplementedError


def relation(story: Signature, earlier: Signature, *, same_outlet: bool = False) -> Relation | None:
    """Return what `story` is to one that was there before.

    Args:
        story: Signature of the story.
        earlier: Signature of the one that was there before.
        same_outlet: Whether both stand in the same outlet, which does not print a copy of its own story.

    Returns:
        `copy`: the same words, or part of them. `version`: the same story with numbers corrected or news added.
        None: another story.
    """
    raise NotImplementedError
