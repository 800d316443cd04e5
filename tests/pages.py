"""Readings for tests of the record, built from sentences by hand."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from onrecord.model import Capture, Claim, FieldSpans, Markup, Original, Quantity, Reading, Span, Story, When, select


class Told(Struct, frozen=True, kw_only=True):
    """A sentence, and what is claimed in it."""

    words: str
    kind: str = "commitment"
    actor: str | None = "Norland"
    country: str | None = None
    measure: str | None = "defence spending"
    quantity: Quantity | None = None
    when: When | None = None
    said_by: str | None = None
    negated: bool = False
    number: str | None = None
    """The words of the quantity; None where there is none."""
    more: dict[str, Any] = {}


def by_year(year: int) -> When:
    return When(text=f"by {year}", relation="by", end=dt.date(year, 12, 31))


def share(value: float, of: str = "GDP") -> Quantity:
    return Quantity(value=value, unit="percent", of=of)


def pledge(words: str, value: float, year: int, **others: Any) -> Told:
    """Return a pledge of `value` % of GDP by `year`."""
    return Told(words=words, quantity=share(value), when=by_year(year), number=f"{value:g}%", **others)


def page(source: str, day: str | None, *told: Told, headline: str = "Plans", filler: str = "") -> Reading:
    """Return the reading of a page with one story; its body has `filler` and each sentence as a paragraph."""
    text = "\n\n".join([headline, *filter(None, [filler]), *(one.words for one in told)])
    url = source if source.startswith("http") else None
    data = text.encode()
    capture = Capture(
        source=source,
        id=hashlib.sha256(data).hexdigest(),
        text=text,
        blocks=(),
        language="en",
        markup=Markup(url=url) if url else None,
        original=Original(data, "text"),
    )
    body = ((len(headline) + 2, len(text)),)
    claims = tuple(_claim(text, one) for one in told)
    story = Story(start=0, end=len(text), headline=headline, published=day, language="en", body=body, claims=claims)
    return Reading(capture=capture, stories=(story,))


def anew(reading: Reading, *told: Told) -> Reading:
    """Return the same page read otherwise: its claims are now those of `told`."""
    text = reading.capture.text
    story = replace(reading.stories[0], claims=tuple(_claim(text, one) for one in told))
    return Reading(capture=reading.capture, stories=(story,))


def _claim(text: str, one: Told) -> Claim:
    start = text.index(one.words)
    evidence = Span(start, start + len(one.words))
    number = _within(text, evidence, one.number)
    return Claim(
        kind=one.kind,  # type: ignore[arg-type]
        actor=one.actor,
        country=one.country,
        measure=one.measure,
        quantity=one.quantity,
        when=one.when,
        said_by=one.said_by,
        negated=one.negated,
        confidence=0.8,
        evidence=evidence,
        selector=select(text, evidence),
        spans=FieldSpans(quantity=number),
        **one.more,
    )


def _within(text: str, evidence: Span, words: str | None) -> Span | None:
    if words is None:
        return None
    start = text.index(words, evidence.start)
    return Span(start, start + len(words))
