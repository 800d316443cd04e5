"""Values for tests, built by hand."""

from __future__ import annotations

import datetime as dt

from onrecord.model import Capture, Claim, FieldSpans, Photo, Quantity, Reading, Span, Statement, Story, When, select

TEXT = (
    "Menu Home\n\nHarbour plan grows\n\nPORT AMSEL (NWP) — Mayor Ana Ruiz pledged to raise harbour spending to 2.5% of "
    "output by 2030. “We will not wait,” she said.\n\nA crane at work. (NWP/Lena Okafor)\n\nRead more"
)


def span(words: str, text: str = TEXT) -> Span:
    """Return the span of the first standing of `words`."""
    start = text.index(words)
    return Span(start, start + len(words))


def claim() -> Claim:
    evidence = span("PORT AMSEL (NWP) — Mayor Ana Ruiz pledged to raise harbour spending to 2.5% of output by 2030.")
    return Claim(
        kind="commitment",
        actor="Ana Ruiz",
        measure="harbour spending",
        quantity=Quantity(value=2.5, unit="percent", of="output"),
        when=When(text="by 2030", relation="by", end=dt.date(2030, 12, 31)),
        said_by="Ana Ruiz",
        negated=False,
        evidence=evidence,
        selector=select(TEXT, evidence),
        spans=FieldSpans(
            cue=span("pledged"),
            actor=span("Mayor Ana Ruiz"),
            measure=span("harbour spending"),
            quantity=span("2.5% of output"),
            when=span("by 2030"),
            said_by=span("Mayor Ana Ruiz"),
        ),
    )


def statement() -> Statement:
    content = span("“We will not wait,”")
    return Statement(speaker="Ana Ruiz", cue="said", kind="direct", content=content, selector=select(TEXT, content))


def story() -> Story:
    body = span(TEXT[TEXT.index("PORT") : TEXT.index("\n\nA crane")])
    return Story(
        start=11,
        end=TEXT.index("\n\nRead"),
        headline="Harbour plan grows",
        dateline="PORT AMSEL",
        agency="NWP",
        published="2026-03-07",
        language="en",
        body=((body.start, body.end),),
        photos=(Photo("A crane at work.", "NWP/Lena Okafor", span("A crane at work.")),),
        statements=(statement(),),
        claims=(claim(),),
    )


def reading() -> Reading:
    capture = Capture(source="harbour.txt", id="0" * 64, text=TEXT, blocks=(), language="en")
    return Reading(capture=capture, stories=(story(),))
