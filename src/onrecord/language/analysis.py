"""What the language stage yields: a story's body, analysed once, for every later stage to read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from spacy.tokens import Doc

from onrecord.language.mentions import QuantityMention, Quotation, TimeMention
from onrecord.language.names import Names
from onrecord.language.text import BodyText
from onrecord.model import Span, Story, TextQuoteSelector, select

__all__ = ["Analysis", "QuantityMention", "Quotation", "TimeMention"]


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
