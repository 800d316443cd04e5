"""Claims as JSON-LD: schema.org's `NewsArticle`, `Claim` and `ClaimReview`, with W3C Web Annotations of their words.

A `ClaimReview` stands only where official figures gave a verdict. Of each claim two things are annotated: its words on
the live page, by a text quote, and its place in the capture's text, which the capture's hash names.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

import msgspec
from msgspec import Struct
from sqlalchemy import Connection

from onrecord.model import Judgement, Observation, Story, Verdict
from onrecord.record.exporting.choosing import Choice
from onrecord.record.exporting.told import Told, told

CONTEXT: Final = "https://schema.org"
ANNOTATION_CONTEXT: Final = "http://www.w3.org/ns/anno.jsonld"
RATINGS: Final[dict[Judgement, tuple[int, str]]] = {
    "supported": (5, "Supported by official figures"),
    "imprecise": (3, "Imprecise by official figures"),
    "refuted": (1, "Refuted by official figures"),
}
"""On a scale from 1 to 5, and in words."""
_SAFE: Final = "%/:=&?~#+!$,;'@()*[]"
_Node = dict[str, Any]


class Names(Struct, frozen=True):
    """Names of what is exported: below `base`, or where that is None as `urn:onrecord:claim:ADDRESS`."""

    base: str | None = None

    def of(self, kind: str, key: str) -> str:
        """Return the name of the thing of a kind."""
        return f"{self.base.rstrip('/')}/{kind}/{key}" if self.base else f"urn:onrecord:{kind}:{key}"


def write_jsonld(connection: Connection, path: Path, choice: Choice, base: str | None = None) -> int:
    """Write the chosen claims to `path`; return how many there are."""
    names, count = Names(base), 0
    encoder = msgspec.json.Encoder()
    with path.open("wb") as file:
        file.write(b'{"@context":' + encoder.encode(CONTEXT) + b',"@graph":[')
        separator = b"\n"
        for _, group in groupby(told(connection, choice), key=lambda one: (one.capture_id, one.story)):
            held = tuple(group)
            count += len(held)
            for node in _nodes(held, names):
                file.write(separator + encoder.encode(node))
                separator = b",\n"
        file.write(b"\n]}\n")
    return count


def _nodes(held: tuple[Told, ...], names: Names) -> Iterator[_Node]:
    """Yield what there is to say of one story and its claims."""
    article = names.of("story", f"{held[0].capture_id}-{held[0].story}")
    yield _article(held[0], article)
    for one in held:
        yield _claim(one, article, names)
        yield _annotation(one, names)
        verdict = one.claim.verdict
        if verdict and verdict.verdict in RATINGS:
            yield _review(one, verdict, names)


def _article(one: Told, name: str) -> _Node:
    story = msgspec.json.decode(one.story_content, type=Story)
    return _given(
        {
            "@type": "NewsArticle",
            "@id": name,
            "url": _address(one),
            "headline": story.headline,
            "dateline": story.dateline,
            "datePublished": story.published,
            "dateModified": story.updated,
            "inLanguage": None if story.language == "und" else story.language,
            "author": _named("Person", story.byline),
            "publisher": _named("Organization", one.outlet),
            "provider": _named("Organization", story.agency),
        }
    )


def _claim(one: Told, article: str, names: Names) -> _Node:
    return _given(
        {
            "@type": "Claim",
            "@id": names.of("claim", one.address),
            "identifier": one.address,
            "text": one.words,
            "keywords": one.claim.kind,
            "about": _named("Thing", one.claim.actor),
            "author": _named(None, one.claim.said_by),  # whether a person or an organisation is not on record
            "datePublished": one.day,
            "appearance": {"@id": article},
        }
    )


def _review(one: Told, verdict: Verdict, names: Names) -> _Node:
    name = names.of("review", one.address)
    value, words = RATINGS[verdict.verdict]
    rating = {
        "@type": "Rating",
        "ratingValue": value,
        "bestRating": 5,
        "worstRating": 1,
        "alternateName": words,
        "ratingExplanation": verdict.arithmetic,
    }
    sources = {(row.source, row.address): _source(row) for row in verdict.observations}
    return {
        "@type": "ClaimReview",
        "@id": name,
        "url": name,
        "author": {"@type": "Organization", "name": "onrecord"},
        "claimReviewed": one.words,
        "itemReviewed": {"@id": names.of("claim", one.address)},
        "reviewRating": rating,
        "isBasedOn": list(sources.values()),
    }


def _source(row: Observation) -> _Node:
    return _given(
        {
            "@type": "Dataset",
            "name": row.source,
            "description": f"{row.indicator}, {row.entity}, {row.period}",
            "url": row.address or None,
            "creditText": row.attribution or None,
        }
    )


def _annotation(one: Told, names: Names) -> _Node:
    quote_of = msgspec.to_builtins(one.claim.selector) | {"type": "TextQuoteSelector"}
    place = msgspec.to_builtins(one.claim.evidence) | {"type": "TextPositionSelector"}
    capture = names.of("capture", one.capture_id)
    return {
        "@context": ANNOTATION_CONTEXT,
        "id": names.of("annotation", one.address),
        "type": "Annotation",
        "motivation": "identifying",
        "body": names.of("claim", one.address),
        "target": [
            {"type": "SpecificResource", "source": _address(one) or capture, "selector": quote_of},
            {"type": "SpecificResource", "source": capture, "selector": place},
        ],
    }


def _address(one: Told) -> str | None:
    return quote(one.url, safe=_SAFE) if one.url else None


def _named(type_: str | None, name: str | None) -> _Node | None:
    return _given({"@type": type_, "name": name}) if name else None


def _given(node: _Node) -> _Node:
    """Return a node without what is None: JSON-LD has no word for it."""
    return {key: value for key, value in node.items() if value is not None}
