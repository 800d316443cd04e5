"""Copies of one story: the same wire story in many outlets, cut, edited, under other headlines; and its versions.

MinHash over shingles of words finds what is alike, as a whole or in its opening, which is what a cut leaves. The
numbers then tell the same story from another one written to the same template: next month's inflation shares the
sentences, not the figures.
"""

from __future__ import annotations

import re
from typing import Final, Literal
from zlib import crc32

import msgspec
import numpy as np
import numpy.typing as npt
from msgspec import Struct
from rensa import RMinHash

from onrecord.language.word_sets import word_set

Relation = Literal["copy", "version"]

_WORD: Final = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+")
_COMMON: Final = word_set(
    """a about according add added after again against all almost along also although among an and any are around as at
    away back be became because been before began being between both but by came can could did do does down during each
    even ever every few first for from get go had has have having he her here him his how i if in into is it its just
    last like made make many may me might more most much must my near new no not now of off on once one only or other
    our out over own people per percent put reporters said same say saying says second see she should since so some
    still such take tell than that the their them then there these they this those though three through time to told
    too two under until up upon us very was way we well were what when where which while who whom whose will with
    within would year years yet you your"""
)
"""Words left out of shingles: editors change them first, and they make strangers alike."""
_DATES: Final = word_set(
    """january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday"""
)
"""Words that the next edition of a template changes like its numbers."""
_FEWEST: Final = 20
"""Content words that it takes to tell a copy."""
_OPENING: Final = 60
"""Content words of the opening, about a hundred words."""
_WHOLE, _LEAD = 192, 64
"""Hash functions over the whole story and over its opening."""
_SEED: Final = 20200229
_WHOLE_BANDS, _LEAD_BANDS = 24, 12
"""Bands of two minima each, so that also a half, edited twice over, is found; two in a million strangers share one."""


class Signature(Struct, frozen=True, array_like=True):
    """What of a story's words is kept to find its copies."""

    minima: bytes
    """Low 16 bits of each hash function's smallest value, over all shingles, then over those of the opening."""
    shingles: int
    """How many different shingles there are."""
    numbers: tuple[int, ...]
    """Hashes of the different numbers, months and weekdays, in order."""


def signature(text: str) -> Signature | None:
    """Return the signature of a story's body text, without its headline; None where it has too few words to tell.

    The same text has the same signature in every process and on every machine.
    """
    words = _WORD.findall(text.casefold())
    content = [word for word in words if word not in _COMMON]
    if len(content) < _FEWEST:
        return None
    shingles = [" ".join(three) for three in zip(content, content[1:], content[2:], strict=False)]
    numbers = {crc32(word.replace(",", "").encode()) for word in words if word[0].isdigit() or word in _DATES}
    return Signature(
        minima=_minima(shingles, _WHOLE) + _minima(shingles[: _OPENING - 2], _LEAD),
        shingles=len(set(shingles)),
        numbers=tuple(sorted(numbers)),
    )


def _minima(shingles: list[str], functions: int) -> bytes:
    minhash = RMinHash(functions, _SEED)
    minhash.update(shingles)
    return np.asarray(minhash.digest(), dtype="<u4").astype("<u2").tobytes()


def encoded(signature: Signature) -> bytes:
    """Return the signature as bytes for a database column; the same in every process and on every machine."""
    return msgspec.msgpack.encode(signature)


def decoded(data: bytes) -> Signature:
    """Return the signature that `encoded` made bytes of."""
    return msgspec.msgpack.decode(data, type=Signature)


def bands(signature: Signature) -> tuple[int, ...]:
    """Return the keys under which a story is found by its copies: they share at least one. Each fits signed 64 bits."""
    whole, lead = _parts(signature)
    pairs = np.concatenate([whole[: 2 * _WHOLE_BANDS], lead[: 2 * _LEAD_BANDS]]).reshape(-1, 2).astype(np.int64)
    return tuple(((np.arange(len(pairs)) << 32) | (pairs[:, 0] << 16) | pairs[:, 1]).tolist())


def _parts(signature: Signature) -> tuple[npt.NDArray[np.uint16], npt.NDArray[np.uint16]]:
    minima = np.frombuffer(signature.minima, dtype="<u2")
    return minima[:_WHOLE], minima[_WHOLE:]


_ALIKE: Final = 0.55
"""What the share of the shorter story's shingles that stand in the longer one and the likeness of the openings add up
to in a copy. A story that quotes another one begins with words of its own."""
_SAME_NUMBERS: Final = 0.5
"""Share of their numbers that two stories by one template hardly have in common."""
_FEW_NUMBERS: Final = 3
"""Numbers up to which they tell nothing."""
_NEARLY_ALL: Final = 0.8
"""Share of the shingles that a story keeps in which only numbers were corrected."""


def relation(story: Signature, earlier: Signature, *, same_outlet: bool = False) -> Relation | None:
    """Return what `story` is to one that was there before.

    Args:
        story: Signature of the story.
        earlier: Signature of the one that was there before.
        same_outlet: Whether both stand in the same outlet, which does not print a copy of its own story.

    Returns:
        `copy`: the same words, or part of them. `version`: the same story with numbers corrected, or told anew by the
        same outlet. None: another story.
    """
    (whole, lead), (other_whole, other_lead) = _parts(story), _parts(earlier)
    alike = float((whole == other_whole).mean())
    common = alike * (story.shingles + earlier.shingles) / (1 + alike)
    kept = min(1.0, common / min(story.shingles, earlier.shingles))
    if kept + float((lead == other_lead).mean()) < _ALIKE:
        return None
    numbers, others = set(story.numbers), set(earlier.numbers)
    fewer = min(len(numbers), len(others))
    if fewer > _FEW_NUMBERS and len(numbers & others) < _SAME_NUMBERS * fewer:
        return None
    if same_outlet and story != earlier:
        return "version"
    corrected = numbers - others and others - numbers
    return "version" if corrected and kept >= _NEARLY_ALL else "copy"
