"""One feed asked once: what is new in it, and when to ask again."""

from __future__ import annotations

import datetime as dt
from typing import Literal

import httpx
from msgspec import Struct
from msgspec.structs import replace

from onrecord.errors import CaptureError
from onrecord.feeds.entries import Feed, read_feed
from onrecord.feeds.fetching import Answer
from onrecord.feeds.hosts import PutOff, Stopped
from onrecord.feeds.intervals import back_off, interval, max_age, retry_after
from onrecord.feeds.robots import Disallowed
from onrecord.feeds.state import FeedState, Waiting
from onrecord.feeds.visiting import Visitor

Outcome = Literal["read", "unchanged", "not due", "failed", "gone"]


class Poll(Struct, frozen=True, kw_only=True):
    """How asking a feed went."""

    state: FeedState
    """With the new entries among those that wait."""
    outcome: Outcome
    reason: str | None = None
    """Why it failed or was not asked, or what is wrong with what was read; None where all is well."""
    linkless: tuple[str, ...] = ()
    """New entries whose page cannot be told, by id or title."""


def poll(state: FeedState, visitor: Visitor, *, now: dt.datetime) -> Poll:
    """Ask the feed, if it is due, for what changed since it was last asked.

    Args:
        state: What is remembered of it.
        visitor: Asks the host.
        now: When this round began; the next asking is counted from it.

    Returns:
        The state to remember from now on, and how it went; never raises for what a host or feed does.
    """
    if state.gone:
        return Poll(state=state, outcome="gone", reason="gone (410), it is not asked any more")
    if state.due and now < state.due:
        return Poll(state=state, outcome="not due", reason=f"not due before {state.due:%Y-%m-%d %H:%M} UTC")
    try:
        answer = visitor.feed(state.address, _conditions(state))
        return _answered(state, answer, now, visitor.clock.now())
    except (CaptureError, Disallowed) as error:
        return _failed(state, error.reason, visitor.clock.now())
    except PutOff as error:
        return _failed(state, error.reason, visitor.clock.now(), error.until)
    except Stopped as error:
        return Poll(state=state, outcome="not due", reason=str(error))
    except Exception as error:  # a fault of ours on one feed must not cost the others
        reason = f"internal error, please report it: {type(error).__name__}: {error}"
        return _failed(state, reason, visitor.clock.now())


def _conditions(state: FeedState) -> dict[str, str]:
    headers = {"If-None-Match": state.etag, "If-Modified-Since": state.modified}
    return {name: value for name, value in headers.items() if value}


def _answered(state: FeedState, answer: Answer, began: dt.datetime, now: dt.datetime) -> Poll:
    """Return what an answer makes of the state.

    Raises:
        CaptureError: It is an error or no feed.
        PutOff: The host says when to come again.
    """
    if answer.status == httpx.codes.NOT_MODIFIED:
        wish = max_age(answer.headers.get("Cache-Control"))
        kept = replace(state, due=began + interval(state.pace, wish), failures=0, moved=answer.moved or state.moved)
        return Poll(state=kept, outcome="unchanged")
    if answer.status == httpx.codes.GONE and not answer.strayed:
        gone = replace(state, gone=True, due=None, failures=state.failures + 1)
        return Poll(state=gone, outcome="gone", reason="answered 410 Gone, it is not asked any more")
    if not httpx.codes.is_success(answer.status):
        until = retry_after(answer.headers.get("Retry-After"), now)
        raise PutOff(answer.phrase, until) if until else CaptureError(answer.address, answer.phrase)
    if not answer.whole:
        raise CaptureError(answer.address, f"larger than {len(answer.body) >> 20} MB")
    return _read(state, answer, began)


def _read(state: FeedState, answer: Answer, began: dt.datetime) -> Poll:
    feed = read_feed(answer.body, answer.address, answer.headers.get("Content-Type"))
    done = frozenset(state.done)
    linkless = tuple(name for name in feed.linkless if name not in done)
    # what of a broken feed was not read must not be taken for known when it answers 304
    etag, modified = (None, None) if feed.broken else (_plain(answer, "ETag"), _plain(answer, "Last-Modified"))
    following = replace(
        state,
        moved=answer.moved or state.moved,
        etag=etag,
        modified=modified,
        pace=feed.pace,
        due=began + interval(feed.pace, max_age(answer.headers.get("Cache-Control"))),
        failures=0,
        waiting=_waiting(state, feed),
        done=tuple(name for name in (*(one.link for one in feed.entries), *feed.linkless) if name in done) + linkless,
    )
    reason = f"broken XML, read as far as it goes: {feed.broken}" if feed.broken else None
    return Poll(state=following, outcome="read", reason=reason, linkless=linkless)


def _waiting(state: FeedState, feed: Feed) -> tuple[Waiting, ...]:
    """Return what waited already, though it may have left the feed, and behind it what is new."""
    known = {*state.done, *(one.entry.link for one in state.waiting)}
    return state.waiting + tuple(Waiting(entry=entry) for entry in feed.entries if entry.link not in known)


def _failed(state: FeedState, reason: str, now: dt.datetime, until: dt.datetime | None = None) -> Poll:
    failures = state.failures + 1
    due = max(now + back_off(failures), until or now)
    return Poll(state=replace(state, failures=failures, due=due), outcome="failed", reason=reason)


def _plain(answer: Answer, name: str) -> str | None:
    """Return a header that can be sent back as it is; None where it is missing or cannot."""
    value = answer.headers.get(name, "")
    return value if value and value.isascii() and value.isprintable() else None
