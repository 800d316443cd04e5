"""What the record remembers of feeds between two rounds."""

from __future__ import annotations

from sqlalchemy import delete, insert, select

from onrecord.feeds import FeedState, from_json, to_json
from onrecord.record.database import Record
from onrecord.record.schema import feeds


def feed_state(record: Record, feed: str) -> FeedState | None:
    """Return what was kept of a feed; None for a new one."""
    with record.reading() as connection:
        state = connection.execute(select(feeds.c.state).where(feeds.c.url == feed)).scalar()
    return from_json(state) if state else None


def keep_feed_state(record: Record, state: FeedState) -> None:
    """Keep the state of a feed in place of what was kept of it before."""
    with record.writing() as connection:
        connection.execute(delete(feeds).where(feeds.c.url == state.feed))
        connection.execute(insert(feeds), {"url": state.feed, "state": to_json(state).decode()})
