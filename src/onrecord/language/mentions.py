"""What is read off a story's `Doc` and carried by its `Analysis`: quantities, times, quotations."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.model import Quantity, When


@dataclass(frozen=True, slots=True)
class QuantityMention:
    """A quantity at the tokens [start, end) of the story's `Doc`, its comparator and unit words included."""

    start: int
    end: int
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time expression at the tokens [start, end) of the story's `Doc`, its preposition included (`by 2034`)."""

    start: int
    end: int
    when: When


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks, at the tokens [start, end) of the story's `Doc`, the marks included.

    `closed` is False where the mark never closes (a paragraph of a longer quotation, or a slip).
    """

    start: int
    end: int
    closed: bool = True
