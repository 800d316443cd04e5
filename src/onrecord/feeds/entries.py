"""The entries of a feed: RSS and Atom of every kind, broken ones as far as they go."""

from __future__ import annotations

import datetime as dt
import io
import time
from urllib.parse import urldefrag, urljoin
from xml.sax import SAXException

import feedparser
from msgspec import Struct
from selectolax.lexbor import LexborHTMLParser

from onrecord.errors import CaptureError
from onrecord.feeds.intervals import feed_pace
from onrecord.feeds.state import Entry

_LONGEST_TITLE = 300
_FEED_TYPES = ("application/rss+xml", "application/atom+xml")


class Feed(Struct, frozen=True, kw_only=True):
    """What a feed says."""

    entries: tuple[Entry, ...]
    """Each link once, in the feed's order."""
    linkless: tuple[str, ...] = ()
    """Ids or titles of the entries whose page cannot be told: no link, or none to the web."""
    pace: int = 0
    """Seconds between two askings that the feed wishes for; 0 where it says nothing."""
    broken: str | None = None
    """What is wrong with its XML; None where nothing is."""


def read_feed(body: bytes, address: str, content_type: str | None = None) -> Feed:
    """Return what the feed at `address` says; relative links are resolved against that address.

    Raises:
        CaptureError: It is no feed, or so broken that nothing can be read of it.
    """
    if not body.strip():
        raise CaptureError(address, "empty, no feed")
    headers = {"content-location": address} | ({"content-type": content_type} if content_type else {})
    # a file object: bytes would be tried as the name of a file first
    parsed = feedparser.parse(
        io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    fault = parsed.get("bozo_exception")
    # without the line, which feedparser moves: it writes a declaration of its own before the first
    broken = " ".join(fault.getMessage().split()) if isinstance(fault, SAXException) else None
    if not parsed.version:
        raise CaptureError(address, _no_feed(body, address, broken))
    if broken and not parsed.entries:
        raise CaptureError(address, f"broken XML without an entry that can be read: {broken}")
    return _feed(parsed, address, broken)


def _feed(parsed: feedparser.FeedParserDict, address: str, broken: str | None) -> Feed:
    entries: dict[str, Entry] = {}
    linkless: dict[str, None] = {}
    for number, raw in enumerate(parsed.entries, start=1):
        link = _link(raw, address)
        title, identity = _words(raw.get("title")), _words(raw.get("id"))
        if link:
            entry = Entry(link=link, title=title, published=_published(raw), id=identity)
            entries.setdefault(link, entry)
        else:
            linkless[identity or title or f"entry {number}"] = None
    about = parsed.feed
    pace = feed_pace(about.get("ttl"), about.get("sy_updateperiod"), about.get("sy_updatefrequency"))
    return Feed(entries=tuple(entries.values()), linkless=tuple(linkless), pace=pace, broken=broken)


def _link(raw: feedparser.FeedParserDict, address: str) -> str | None:
    """Return the absolute address of the entry's page; None where it has none on the web."""
    written = str(raw.get("link") or "").strip()
    if not written:
        return None
    try:
        link = urldefrag(urljoin(address, written)).url
    except ValueError:  # brackets that are no IPv6 address
        return None
    return link if link.lower().startswith(("http://", "https://")) else None


def _published(raw: feedparser.FeedParserDict) -> str | None:
    # `dict.get`, because feedparser's own takes one date for the other, with a warning
    moment = dict.get(raw, "published_parsed") or dict.get(raw, "updated_parsed")
    if not isinstance(moment, time.struct_time):
        return None
    try:
        return dt.datetime(*moment[:6], tzinfo=dt.UTC).isoformat()
    except ValueError:
        return None


def _words(text: object) -> str | None:
    return " ".join(str(text or "").split())[:_LONGEST_TITLE] or None


def _no_feed(body: bytes, address: str, broken: str | None) -> str:
    """Say what it is instead, and where a page names its feed."""
    start = body[:2_000].lower()
    if b"<html" not in start and b"<!doctype html" not in start:
        return f"neither RSS nor Atom: {broken}" if broken else "neither RSS nor Atom"
    for link in LexborHTMLParser(body).css("link[rel~=alternate][href]"):
        if (link.attributes.get("type") or "").strip().lower() in _FEED_TYPES:
            return f"an HTML page, no feed; it names the feed {urljoin(address, link.attributes['href'] or '')}"
    return "an HTML page, no feed"
