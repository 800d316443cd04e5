"""What is remembered of a feed between two times that it is asked."""

from __future__ import annotations

import datetime as dt

import msgspec
from msgspec import Struct


class Entry(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One entry of a feed: the address of its page, and what the feed says of it."""

    link: str
    """Absolute http or https address, without fragment."""
    title: str | None = None
    published: str | None = None
    """ISO 8601, in UTC; when it was last changed where the feed says no more. None where it says nothing."""
    id: str | None = None


class Waiting(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An entry whose page has not been read yet, how often that was tried, and when it may be again (None: now)."""

    entry: Entry
    tries: int = 0
    due: dt.datetime | None = None


class FeedState(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All that is remembered of one feed; a feed that was never asked is `FeedState(feed=ADDRESS)`."""

    feed: str
    """Its address as the user gave it: the feed's name for good."""
    moved: str | None = None
    """Its new address, where it has moved for good."""
    etag: str | None = None
    modified: str | None = None
    """`Last-Modified` as the host wrote it."""
    pace: int = 0
    """Seconds between two askings that the feed itself wishes for; 0 where it says nothing."""
    due: dt.datetime | None = None
    """Not asked before; None: at once."""
    failures: int = 0
    """Failures in a row."""
    gone: bool = False
    """Whether it answered 410 Gone: it is never asked again."""
    waiting: tuple[Waiting, ...] = ()
    """Entries to be read, in the feed's order."""
    done: tuple[str, ...] = ()
    """Links, and ids of entries without one, that still stand in the feed and need no more work: read or given up."""

    @property
    def address(self) -> str:
        """Where it is asked."""
        return self.moved or self.feed


def to_json(state: FeedState) -> bytes:
    """Return the state as one JSON object without a line break."""
    return msgspec.json.encode(state)


def from_json(data: bytes | str) -> FeedState:
    """Return the state that `to_json` wrote.

    Raises:
        msgspec.DecodeError: It is none.
    """
    return msgspec.json.decode(data, type=FeedState)
