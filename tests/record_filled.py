"""A record in which there is something of everything, and readings drawn at random."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import insert

from onrecord.feeds.state import Entry, FeedState, Waiting, to_json
from onrecord.model import (
    Capture,
    Claim,
    Markup,
    Observation,
    Original,
    Quantity,
    Reading,
    Span,
    Statement,
    Story,
    Verdict,
    When,
    select,
)
from onrecord.record import rows
from onrecord.record.adding import add
from onrecord.record.database import Record
from onrecord.record.exporting import export
from onrecord.record.reviewing import decide, undo
from onrecord.record.schema import feeds, former_claims, reviews
from tests.builders import TEXT, claim, reading, story


def refuted() -> Verdict:
    row = Observation(
        indicator="harbour-spending",
        entity="NWP",
        period="2025",
        value=1.5,
        unit="percent",
        edition=dt.date(2026, 1, 2),
        source="Harbour Office",
        address="https://example.org/harbour",
        attribution="Harbour Office, free to use",
    )
    return Verdict(
        verdict="refuted",
        arithmetic="2.5% claimed; 1.5% in 2025: too high by at least 0.9 points",
        indicator="harbour-spending",
        entity="NWP",
        period="2025",
        edition=dt.date(2026, 1, 2),
        observations=(row,),
    )


def page(name: str, text: str = TEXT, *, verdict: Verdict | None = None, claims: int = 1) -> Reading:
    """Return a reading of `text` at an address that ends in `name`, with its bytes."""
    original = Original(f"{text}\n{name}".encode(), "bytes", "text/plain")
    capture = Capture(
        source=f"https://www.example.org/{name}",
        id=hashlib.sha256(original.data).hexdigest(),
        text=text,
        blocks=(),
        language="en",
        markup=Markup(title="=Harbour", url=f"https://www.example.org/{name}?a=b c"),
        original=original,
    )
    held = (replace(claim(), verdict=verdict), *(replace(claim(), actor=f"+{i}") for i in range(1, claims)))
    return Reading(capture=capture, stories=(replace(story(), claims=held),))


def fill(record: Record) -> tuple[str, str]:
    """Put something of everything into a record; return the addresses of the claims of its second capture."""
    add(record, page("one", verdict=refuted()), reader="1")
    add(record, page("two", claims=2), reader="1")
    add(record, page("three", TEXT.replace("crane", "tug")), reader="2")
    add(record, reading(), reader="1")  # without its bytes
    add(record, replace(page("one"), capture=replace(page("one").capture, source="copy.html")), reader="1")
    with record.reading() as connection:
        second = page("two").capture.id
        found = connection.exec_driver_sql("SELECT address FROM claims ORDER BY id").scalars().all()
        first, other = (address for address in found if address.startswith(second[:16]))
    decide(record, first, "corrected", reviewer="ana", corrected=replace(claim(), actor="=Ruiz"))
    decide(record, other, "rejected", reviewer="ana")
    decide(record, found[0], "accepted", reviewer="ana")
    undo(record, "ana")
    with record.writing() as connection:
        gone = {"address": "gone-1", "capture_id": second, "words": "w", "content": rows.to_json(claim())}
        connection.execute(insert(former_claims), gone | {"reader": "1", "gone": "2"})
        review = {"decision": "accepted", "machine": rows.to_json(claim()), "reviewer": "b", "decided": rows.now()}
        connection.execute(insert(reviews), [review | {"claim_address": at} for at in ("gone-1", "nowhere-1")])
        waiting = Waiting(entry=Entry(link="https://example.org/a"), tries=2)
        state = FeedState(feed="https://example.org/feed", etag='"x"', waiting=(waiting,))
        connection.execute(insert(feeds), {"url": state.feed, "state": to_json(state).decode()})
    return first, other


def exported(record: Record, folder: Path, name: str = "exported.jsonl") -> bytes:
    """Return the record as JSON Lines."""
    export(record, folder / name, force=True)
    return (folder / name).read_bytes()


_WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
_DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1))


@st.composite
def _claims(draw: st.DrawFn, text: str) -> Claim:
    evidence = draw(_spans(text))
    number = draw(st.floats(allow_nan=False, allow_infinity=False))
    quantity = st.sampled_from(
        [None, Quantity(value=number), Quantity(low=number, of="output"), Quantity(vague="dozens")]
    )
    verdicts = st.sampled_from([None, refuted(), Verdict(verdict="uncheckable", reason="no period", arithmetic="-")])
    end = draw(st.none() | _DAYS)
    return Claim(
        kind=draw(st.sampled_from(["commitment", "demand", "proposal", "forecast", "figure"])),
        actor=draw(st.none() | _WORDS),
        country=draw(st.sampled_from([None, "FR"])),
        measure=draw(st.none() | _WORDS),
        quantity=draw(quantity),
        when=draw(st.sampled_from([None, When(text="then", relation="by", end=end)])),
        said_by=draw(st.none() | _WORDS),
        negated=draw(st.booleans()),
        confidence=draw(st.none() | st.floats(0, 1)),
        evidence=evidence,
        selector=select(text, evidence),
        verdict=draw(verdicts),
    )


@st.composite
def _spans(draw: st.DrawFn, text: str) -> Span:
    start = draw(st.integers(0, len(text) - 1))
    return Span(start, draw(st.integers(start + 1, len(text))))


@st.composite
def _stories(draw: st.DrawFn, text: str) -> Story:
    said = draw(_spans(text))
    told = Statement(speaker=draw(_WORDS), cue=None, kind="direct", content=said, selector=select(text, said))
    return Story(
        start=0,
        end=len(text),
        headline=draw(st.none() | _WORDS),
        published=draw(st.none() | _DAYS.map(str)),
        language=draw(st.sampled_from(["en", "fr", "und"])),
        body=((0, len(text)),),
        statements=draw(st.sampled_from([(), (told,)])),
        claims=tuple(draw(st.lists(_claims(text), max_size=3))),
    )


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """Return a reading of any text, with anything read from it."""
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=3, max_size=60))
    data = draw(st.binary(max_size=20)) + text.encode()
    original = Original(data, draw(st.sampled_from(["bytes", "html"])), draw(st.none() | _WORDS))
    capture = Capture(
        source=draw(st.sampled_from(["https://example.org/", "page.txt", "p#"])) + draw(_WORDS),
        id=hashlib.sha256(data).hexdigest(),
        text=text,
        blocks=(),
        language=draw(st.sampled_from(["en", "und"])),
        markup=draw(st.sampled_from([None, Markup(title="t", authors=("a",), url="https://example.org/a")])),
        original=draw(st.sampled_from([None, original])),
    )
    return Reading(capture=capture, stories=tuple(draw(st.lists(_stories(text), max_size=2))))
