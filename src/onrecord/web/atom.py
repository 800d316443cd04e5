"""A search as an Atom feed of itself (RFC 4287): its newest hits, by ids that last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

from sqlalchemy import select

from onrecord.record.database import Record
from onrecord.record.schema import captures
from onrecord.record.searching import Hit, StoryHit
from onrecord.report import words
from onrecord.web.plain import seen
from onrecord.web.rendering import safe_link
from onrecord.web.search import Search

LENGTH: Final = 50
"""Entries of a feed."""
MEDIA_TYPE: Final = "application/atom+xml; charset=utf-8"
_SPACE: Final = "http://www.w3.org/2005/Atom"
_NEVER: Final = "1970-01-01T00:00:00Z"
"""When a feed without entries was updated: it is the same until something is found."""


def feed(search: Search, hits: Sequence[Hit | StoryHit], added: Mapping[str, str], base: str) -> bytes:
    """Return the feed of what a search found.

    Args:
        search: What was looked for; its feed has the same id wherever it is asked for.
        hits: What was found.
        added: When the capture of each was added, by its id.
        base: Address of this server, `http://127.0.0.1:8000`.
    """
    path = search.address("/record/stories.atom" if search.stories else "/record/claims.atom")
    root = ET.Element("feed", xmlns=_SPACE)
    _add(root, "id", _id(path))
    _add(root, "title", _title(search))
    _add(root, "updated", max((added[hit.capture_id] for hit in hits), default=_NEVER))
    _add(_add(root, "author"), "name", "onrecord")
    _add(root, "link", rel="self", type="application/atom+xml", href=base + path)
    _add(root, "link", rel="alternate", type="text/html", href=base + search.address())
    for hit in hits:
        entry = _add(root, "entry")
        if isinstance(hit, Hit):
            _claim(entry, hit, base)
        else:
            _story(entry, hit)
        _add(entry, "updated", added[hit.capture_id])
        if hit.day:
            _add(entry, "published", f"{hit.day.isoformat()}T00:00:00Z")
        _add(_add(entry, "author"), "name", hit.outlet or hit.source)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True))


def added(record: Record, hits: Sequence[Hit | StoryHit]) -> dict[str, str]:
    """Return when the captures of hits were added to the record, by their ids."""
    wanted = select(captures.c.id, captures.c.added).where(captures.c.id.in_({hit.capture_id for hit in hits}))
    with record.reading() as connection:
        return {row.id: row.added for row in connection.execute(wanted)}


def _claim(entry: ET.Element, hit: Hit, base: str) -> None:
    claim = hit.claim
    _add(entry, "id", f"urn:uuid:{uuid5(NAMESPACE_URL, f'urn:onrecord:claim:{hit.address}')}")
    amount = words.quantity(claim.quantity) if claim.quantity else None
    when = words.period(claim.when) if claim.when else None
    fields = ", ".join(filter(None, (claim.actor, claim.measure, amount, when)))
    arithmetic = claim.verdict.arithmetic if claim.verdict else None
    _add(entry, "title", f"{claim.kind}{' (not)' if claim.negated else ''}: {fields or hit.words}")
    _add(entry, "category", term=claim.kind)
    _add(
        entry,
        "content",
        "\n\n".join(filter(None, (hit.words, arithmetic))),
        type="text",
    )
    _add(entry, "link", rel="alternate", type="text/html", href=f"{base}/claims/{hit.address}")
    _via(entry, "via", hit.url)


def _story(entry: ET.Element, hit: StoryHit) -> None:
    _add(entry, "id", f"urn:uuid:{uuid5(NAMESPACE_URL, f'urn:onrecord:story:{hit.capture_id}:{hit.story}')}")
    _add(entry, "title", hit.headline or "(no headline)")
    _add(entry, "content", hit.snippet, type="text")
    _via(entry, "alternate", hit.url)


def _via(entry: ET.Element, relation: str, address: str | None) -> None:
    if link := safe_link(address):
        _add(entry, "link", rel=relation, href=link)


def _id(path: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'urn:onrecord:search:{path}')}"


def _title(search: Search) -> str:
    told = ", ".join(value if name == "words" else f"{name} {value}" for name, value in search.told().items())
    return f"onrecord: {'stories' if search.stories else 'claims'}{f', {told}' if told else ''}"


def _add(to: ET.Element, name: str, text: str | None = None, /, **attributes: str) -> ET.Element:
    """Add an element; what XML does not allow in a text is shown in its place."""
    one = ET.SubElement(to, name, {key: seen(value) for key, value in attributes.items()})
    one.text = seen(text) if text is not None else None
    return one
