"""A record of a million claims, made: words by Zipf, actors, outlets and threads that few have much of and most little.

Nothing here is read from pages; rows are made by the functions that `onrecord add` makes them with, and written in
bulk, in parts that overlap in time, as the captures of a newsroom do. Numbers of threads are drawn so that a few
are seen more than a thousand times.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np

from onrecord.model import (
    Capture,
    Claim,
    FieldSpans,
    Observation,
    Quantity,
    Span,
    Statement,
    Story,
    TextQuoteSelector,
    Verdict,
    When,
)
from onrecord.record import rows
from onrecord.record.adding import PUT_WORDS, body_words
from onrecord.record.database import open_record
from onrecord.threads import Sighting

COMMON, RARE, UNUSED = "government", "quillwort", "nonesuch"
"""Words of about a fifth of the claims, of some dozens of them, and of none."""
STORIES, CLAIMS_A_STORY, THREADS = 100_000, 10, 200_000
_PART = 1000
"""Stories written at once."""
_STATUSES = ("met", "missed", "on track", "off track", "open")
_FIRST, _DAYS = dt.date(2015, 1, 1), 4000
_KINDS = ("figure", "commitment", "forecast", "demand", "proposal")
_KIND_SHARES = (0.5, 0.2, 0.12, 0.1, 0.08)
_COUNTRIES = (
    *("US", "GB", "DE", "FR", "CN", "RU", "IN", "JP", "UA", "BR", "IT", "ES", "PL", "CA", "AU", "TR", "NL", "SE", "NO"),
    *("KE", "NG", "ZA", "MX", "KR", "ID", "EG", "SA", "IR", "IL", "PK"),
)
_INDICATORS = ("population", "ghg_total", "nato_defence_exp_pct_gdp", "gdp_current_usd", "oda_share_gni", "gdp_growth")
_BEGINNING = (
    *("the", "of", "to", "and", "a", "in", "said", "will", "by", "for", "that", "on", "with", "from", "at", "is"),
    *("as", "it", "its", "has", "was", "new", "year", "more", "than", "would"),
)
_NEWS = (
    *(COMMON, "minister", "percent", "million", "spend", "defence", "air", "budget", "climate", "energy", "health"),
    *("school", "emissions", "target", "pledge", "cut", "raise", "build", "border", "aid", "army", "economy"),
    *("growth", "debt", "housing", "water", "power", "plant", "treaty", "summit", "reform", "tax"),
)
_PARTS = ("ba", "de", "fi", "go", "lu", "ma", "ne", "pi", "ro", "su", "ta", "ve", "wi", "xo", "zu", "kra", "ble", "sti")


class _Words(NamedTuple):
    """A vocabulary with how often each word is used, summed up."""

    words: list[str]
    up_to: np.ndarray[Any, np.dtype[np.float64]]

    def draw(self, random: np.random.Generator, count: int) -> list[str]:
        found = np.searchsorted(self.up_to, random.random(count))
        return [self.words[n] for n in found]


class _Topic(NamedTuple):
    """What the claims of a thread have in common."""

    kind: str
    actor: str
    country: str | None
    measure: str
    quantity: Quantity
    when: When | None


def make(path: Path, *, stories: int = STORIES, seed: int = 5) -> None:
    """Write a record of `stories` stories, ten claims each, to a new file."""
    open_record(str(path), may_be_new=True).close()
    random, words = np.random.default_rng(seed), _vocabulary()
    threads = max(1, stories * THREADS // STORIES)
    topics = [_topic(random, words) for _ in range(threads)]
    seen: dict[int, list[Sighting]] = {}
    counts = np.zeros(threads, dtype=int)
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    numbers = itertools.count(1)
    for part in range(0, stories, _PART):
        told = _part(random, words, topics, range(part, min(part + _PART, stories)), stories)
        _write_part(connection, told, numbers, seen, counts)
    _write_threads(connection, random, topics, seen, counts)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _vocabulary() -> _Words:
    made = ("".join(one) for one in itertools.product(_PARTS, repeat=4))
    words = [*_BEGINNING, *_NEWS, *itertools.islice(made, 30_000)]
    shares = 1 / (np.arange(len(words)) + 8.0)
    shares /= shares.sum()
    shares[len(_BEGINNING)] = 0.009  # `COMMON`, of 24 words
    words, shares = [*words, RARE], np.append(shares, 1.5e-6)
    return _Words(words, np.cumsum(shares / shares.sum()))


def _topic(random: np.random.Generator, words: _Words) -> _Topic:
    kind = str(random.choice(_KINDS, p=_KIND_SHARES))
    place = int(random.pareto(0.7)) if random.random() < 0.8 else len(_COUNTRIES)
    country = _COUNTRIES[place] if place < len(_COUNTRIES) else None
    actor = f"the {country} {COMMON}" if country else " ".join(words.draw(random, 2))
    deadline = _FIRST + dt.timedelta(days=int(random.integers(300, 12_000)))
    when = When(text=f"by {deadline.year}", relation="by", end=deadline) if random.random() < 0.7 else None
    quantity = Quantity(value=float(random.integers(1, 5000)), unit="percent" if random.random() < 0.4 else "count")
    return _Topic(kind, actor, country, " ".join(words.draw(random, 4)), quantity, when)


Told = list[tuple[Capture, Story, list[int | None]]]
"""Captures of one story each, with the threads of its claims."""


def _part(random: np.random.Generator, words: _Words, topics: list[_Topic], numbers: range, of: int) -> Told:
    """Return a part of the record, in order of day; parts begin one after another and reach over half a year."""
    begins = numbers.start * (_DAYS - 180) // of
    days = sorted(_FIRST + dt.timedelta(days=int(begins + d)) for d in random.integers(0, 180, len(numbers)))
    return [_story(random, words, topics, number, day) for number, day in zip(numbers, days, strict=True)]


def _story(
    random: np.random.Generator, words: _Words, topics: list[_Topic], number: int, day: dt.date
) -> tuple[Capture, Story, list[int | None]]:
    places = (len(topics) * random.random(CLAIMS_A_STORY) ** 2).astype(int)
    threads = [int(n) if random.random() < 0.7 else None for n in places]
    headline = " ".join(words.draw(random, 8)).capitalize()
    text, claims = headline + "\n\n", []
    drawn = words.draw(random, 24 * CLAIMS_A_STORY)
    for n, place in enumerate(threads):
        topic = topics[place] if place is not None else topics[int(random.integers(len(topics)))]
        sentence = " ".join(drawn[24 * n : 24 * n + 24]) + "."
        claims.append(_claim(topic, sentence, len(text), float(random.random())))
        text += sentence + " "
    outlet = min(int(random.pareto(0.6)), 299)
    source = f"https://www.outlet-{outlet}.example/{day}/{number}"
    capture = Capture(
        source=source, id=hashlib.sha256(source.encode()).hexdigest(), text=text, blocks=(), language="en"
    )
    span = Span(len(headline) + 2, len(text))
    said = Statement(speaker=claims[0].said_by, cue="said", kind="indirect", content=claims[0].evidence,
                     selector=claims[0].selector)  # fmt: skip
    story = Story(
        start=0,
        end=len(text),
        headline=headline,
        published=str(day),
        language="en",
        body=((span.start, span.end),),
        statements=(said, said),
        claims=tuple(claims),
    )
    return capture, story, threads


def _claim(topic: _Topic, sentence: str, start: int, chance: float) -> Claim:
    evidence = Span(start, start + len(sentence))
    found = Span(start, start + 12)
    return Claim(
        kind=topic.kind,  # type: ignore[arg-type]
        actor=topic.actor,
        country=topic.country,
        measure=topic.measure,
        quantity=topic.quantity,
        when=topic.when,
        said_by="the minister" if chance < 0.6 else None,
        negated=False,
        confidence=round(0.4 + chance * 0.6, 3),
        evidence=evidence,
        selector=TextQuoteSelector(sentence, sentence[:32], sentence[-32:]),
        spans=FieldSpans(cue=found, actor=found, measure=found, quantity=found, when=found),
        verdict=_verdict(chance) if topic.kind == "figure" else None,
    )


def _verdict(chance: float) -> Verdict:
    indicator = _INDICATORS[int(chance * 1000) % len(_INDICATORS)]
    if chance < 0.8:
        return Verdict(verdict="uncheckable", reason="no indicator", arithmetic="no indicator is named")
    observed = Observation(
        indicator=indicator,
        entity="GBR",
        period="2020",
        value=chance,
        unit="percent",
        edition=dt.date(2021, 5, 1),
        source="made",
    )
    judged = "supported" if chance < 0.9 else "imprecise" if chance < 0.97 else "refuted"
    return Verdict(
        verdict=judged,  # type: ignore[arg-type]
        arithmetic=f"{chance:.2f} against {chance:.3f}",
        indicator=indicator,
        entity="GBR",
        period="2020",
        edition=observed.edition,
        observations=(observed,),
    )


def _write_part(
    connection: sqlite3.Connection,
    told: Told,
    numbers: Iterator[int],
    seen: dict[int, list[Sighting]],
    counts: np.ndarray[Any, Any],
) -> None:
    """Write captures with all that hangs on them in one transaction."""
    tables: dict[str, list[rows.Row]] = {
        name: [] for name in ("captures", "sources", "stories", "statements", "claims", "verdicts", "thread_claims")
    }
    bodies = []
    moment = rows.now()
    (first_story,) = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM stories").fetchone()
    for story_id, (capture, story, threads) in enumerate(told, first_story):
        tables["captures"].append(rows.capture_row(capture, "made", moment))
        tables["sources"].append({"capture_id": capture.id, "source": capture.source, "url": capture.source,
                                  "seen": moment})  # fmt: skip
        tables["stories"].append(rows.story_row(story, capture, 0) | {"id": story_id})
        body = body_words(story, capture.text)
        bodies.append({"id": story_id, "headline": story.headline, "body": body})
        said = (rows.statement_row(one, n) for n, one in enumerate(story.statements))
        tables["statements"] += [row | {"story_id": story_id} for row in said]
        for n, (claim, thread) in enumerate(zip(story.claims, threads, strict=True)):
            claim_id, address = next(numbers), f"{capture.id[:16]}-{n:012x}"
            row = rows.claim_row(claim, claim.selector.exact) | {"id": claim_id, "address": address, "number": n}
            row |= {"story_id": story_id, "day": story.day, "outlet": rows.outlet_of(capture), "reader": "made"}
            tables["claims"].append(row)
            if claim.verdict:
                tables["verdicts"].append(rows.verdict_row(claim.verdict, claim_id))
            if thread is not None:
                tables["thread_claims"].append({"claim_id": claim_id, "thread_id": thread + 1})
                sighting = _sighting(claim, address, story_id, str(row["outlet"]), story.day)
                counts[thread] += 1
                seen[thread] = [*seen.get(thread, []), sighting][-12:]
    connection.execute("BEGIN")
    for name, found in tables.items():
        _insert(connection, name, found)
    connection.executemany(PUT_WORDS.text, bodies)
    connection.execute("COMMIT")


def _sighting(claim: Claim, address: str, story_id: int, source: str, day: dt.date | None) -> Sighting:
    return Sighting(
        claim=address,
        story=str(story_id),
        source=source,
        day=day,
        kind=claim.kind,
        actor=claim.actor,
        country=claim.country,
        measure=claim.measure,
        quantity=claim.quantity,
        when=claim.when,
        said_by=claim.said_by,
        negated=False,
        words=claim.selector.exact,
    )


def _write_threads(
    connection: sqlite3.Connection,
    random: np.random.Generator,
    topics: list[_Topic],
    seen: dict[int, list[Sighting]],
    counts: np.ndarray[Any, Any],
) -> None:
    made, keys = [], []
    for place, sightings in seen.items():
        topic, days = topics[place], [one.day for one in sightings if one.day]
        rated = random.random() < 0.2
        made.append(
            {
                "id": place + 1,
                "kind": topic.kind,
                "actor": topic.actor,
                "country": topic.country,
                "measure": topic.measure,
                "target": f"{topic.quantity.value:g} by {topic.when.end}" if topic.when else "",
                "due": topic.when.end if topic.when else None,
                "stage": "said" if topic.kind == "commitment" else None,
                "status": str(random.choice(_STATUSES)) if rated else None,
                "latest": msgspec.msgpack.encode(tuple(sightings)),
                "first_day": min(days),
                "last_day": max(days),
                "changed_day": min(days),
                "sightings": int(counts[place]),
            }
        )
        keys += [{"key": f"made:{place % 50_000}:{n}", "thread_id": place + 1} for n in range(3)]
    connection.execute("BEGIN")
    _insert(connection, "threads", made)
    _insert(connection, "thread_keys", keys)
    connection.execute("COMMIT")


def _insert(connection: sqlite3.Connection, table: str, found: list[rows.Row]) -> None:
    if found:
        names = list(found[0])
        values = ([str(v) if isinstance(v, dt.date) else v for v in row.values()] for row in found)
        places = ", ".join("?" * len(names))
        connection.executemany(f"INSERT INTO {table}({', '.join(names)}) VALUES ({places})", values)
