"""What the language stage yields: a story's body, analysed once, for every later stage to read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from spacy.tokens import Doc

from onrecord.language.names import Names
from onrecord.language.text import BodyText
from onrecord.model import Quantity, Span, Story, TextQuoteSelector, When, select


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


@dataclass(frozen=True, slots=True)
class Analysis:
    """A story's body: tokens, tags, dependencies and sentences (`doc`), and what is read off them."""

    story: Story
    body: BodyText
    doc: Doc
    quotations: tuple[Quotation, ...]
    times: tuple[TimeMention, ...]
    quantities: tuple[QuantityMention, ...]
    names: Names

    @property
    def day(self) -> dt.date | None:
        """Day of publication, None where the capture shows none."""
        return self.story.day

    def span(self, start: int, end: int) -> Span:
        """Return the capture's span of the tokens [start, end)."""
        last = self.doc[end - 1]
        return self.body.span(self.doc[start].idx, last.idx + len(last))

    def selector(self, span: Span) -> TextQuoteSelector:
        """Return the text quote selector of a span of the capture."""
        return select(self.body.capture_text, span)
