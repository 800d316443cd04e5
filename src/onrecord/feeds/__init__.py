"""RSS and Atom feeds, watched politely: from the addresses of feeds to the captures of their new entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onrecord.feeds.opml import find_feeds
from onrecord.feeds.state import Entry, FeedState, Waiting, from_json, to_json

if TYPE_CHECKING:
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


def __getattr__(name: str) -> Any:
    # at first use: who only stores a state must not wait for httpx and feedparser
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from onrecord.feeds import watching

    return getattr(watching, name)
