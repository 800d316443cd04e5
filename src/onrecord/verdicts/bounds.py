"""How far a figure may be from the words that state it."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Final

from msgspec import Struct

from onrecord.model import Quantity
from onrecord.verdicts.wording import Wording

_COARSE: Final = 0.1
"""A figure farther off than this share of a rounded number is right by its rounding only (`2%` for 2.4%)."""
_BEYOND: Final = 0.05
"""Share of the number by which a figure may lie beyond its rounding and still be near (cut off, not rounded)."""
_ABOUT: Final = 0.05
"""Share that `about` allows."""
_HUNDREDTH: Final = 0.005
"""Publishers of shares count two decimals: 1.995% meets 2%."""


class Bounds(Struct, frozen=True):
    """What the words allow: `right` from `low` to `high`, near from `near_low` to `near_high`, all included."""

    low: float
    high: float
    near_low: float
    near_high: float

    def right(self, value: float) -> bool:
        """Return whether the words say `value`."""
        return self.low <= value <= self.high

    def near(self, value: float) -> bool:
        """Return whether the words say `value` imprecisely."""
        return self.near_low <= value <= self.near_high


def exactly(count: float) -> Bounds:
    """Return the bounds of a small count, which nobody rounds."""
    return Bounds(count - 0.5, count + 0.5, count - 0.5, count + 0.5)


def rounding(value: float, written: str = "") -> float:
    """Return half a unit of the last digit of `value` as it was `written`: `2.10` -> 0.005, `600 billion` -> 5 billion.

    Zeros at the end of a whole number count as rounded, but for its first two digits.
    """
    number = Decimal(written or f"{_scaled(value):.12g}")
    scale = abs(value) / float(abs(number)) if number else 1.0
    # `2.5 million` is 2.5 times a million; `half`, written without digits, is no number times anything
    scale = 10.0 ** round(math.log10(scale)) if scale > 0 else 1.0
    digits, exponent = number.as_tuple().digits, int(number.as_tuple().exponent)
    if exponent >= 0:
        zeros = len(digits) - len("".join(map(str, digits)).rstrip("0"))
        exponent = min(zeros, max(len(digits) - 2, 0))
    return float(0.5 * scale * 10.0**exponent)


def bounds(quantity: Quantity, wording: Wording, *, coarse: bool = True) -> Bounds:
    """Return what a quantity's words allow. With `coarse` a figure that only a coarse rounding makes right is near."""
    number = quantity.value
    if number is None:
        return _range(quantity)
    half = rounding(number, wording.number)
    size = abs(number)
    if quantity.comparator in {">", ">=", "<", "<="}:
        return _one_sided(quantity, number, half)
    if wording.nearly:
        return Bounds(number - max(half, 2 * _ABOUT * size), number + half / 10, number - 0.15 * size, number + half)
    if quantity.comparator == "~" or wording.is_fraction:
        wide = max(half, _ABOUT * size)
        return Bounds(number - wide, number + wide, number - 2 * wide, number + 2 * wide)
    tight = min(half, max(_COARSE * size, 1e-9)) if coarse else half
    near = half + min(half, _BEYOND * size if coarse else half)
    edge = 1e-9 * max(size, 1.0)
    return Bounds(number - tight - edge, number + tight + edge, number - near - edge, number + near + edge)


def at_least(threshold: float) -> Bounds:
    """Return the bounds of a share that meets `threshold` percent."""
    return Bounds(threshold - _HUNDREDTH, math.inf, threshold - 10 * _HUNDREDTH, math.inf)


def below(threshold: float) -> Bounds:
    """Return the bounds of a share that does not meet `threshold` percent."""
    return Bounds(-math.inf, threshold - _HUNDREDTH, -math.inf, threshold)


def _scaled(value: float) -> float:
    """Return a large number as news writes it: so many million, billion, trillion."""
    size = next((size for size in (1e12, 1e9, 1e6) if abs(value) >= size), 1.0)
    return value / size


def _range(quantity: Quantity) -> Bounds:
    low = -math.inf if quantity.low is None else quantity.low - rounding(quantity.low)
    high = math.inf if quantity.high is None else quantity.high + rounding(quantity.high)
    return Bounds(low, high, low, high)


def _one_sided(quantity: Quantity, number: float, half: float) -> Bounds:
    slack = min(_HUNDREDTH, half) if quantity.unit == "percent" else half / 100
    if quantity.comparator in {">", ">="}:
        return Bounds(number - slack, math.inf, number - 10 * slack, math.inf)
    return Bounds(-math.inf, number + slack, -math.inf, number + 10 * slack)
