"""RSS and Atom feeds, watched politely: from the addresses of feeds to the captures of their new entries."""

from __future__ import annotations

from onrecord.feeds.opml import find_feeds
from onrecord.feeds.state import Entry, FeedState, Waiting, from_json, to_json
from onrecord.feeds.visiting import Visitor
from onrecord.feeds.watching import Done, Found, Missed, watch, watch_round

__all__ = [
    "Done",
    "Entry",
    "FeedState",
    "Found",
    "Missed",
    "Visitor",
    "Waiting",
    "find_feeds",
    "from_json",
    "to_json",
    "watch",
    "watch_round",
]
