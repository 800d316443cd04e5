"""Rounds over feeds: every new entry's page, or why there is none, one at a time and always in the same order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from onrecord.errors import CaptureError
from onrecord.feeds.hosts import PutOff, Stopped
from onrecord.feeds.intervals import back_off
from onrecord.feeds.polling import Outcome, poll
from onrecord.feeds.robots import Disallowed
from onrecord.feeds.state import Entry, FeedState, Waiting
from onrecord.feeds.visiting import Visitor
from onrecord.model import Capture

MOST_TRIES = 5
"""A page that cannot be read is tried so often: at once, and after 5, 10, 20 and 40 minutes at the earliest."""


class Found(Struct, frozen=True, kw_only=True):
    """The page of a new entry."""

    feed: str
    entry: Entry
    capture: Capture


class Missed(Struct, frozen=True, kw_only=True):
    """An entry whose page was not read, and why, in words for a person."""

    feed: str
    address: str
    """The entry's link; its id or title where it has none."""
    reason: str
    given_up: bool
    """Whether it is not tried again."""


class Done(Struct, frozen=True, kw_only=True):
    """A feed's part in a round is over: what to remember of it from now on, and how asking it went."""

    state: FeedState
    outcome: Outcome
    reason: str | None = None

    @property
    def feed(self) -> str:
        """The feed's name."""
        return self.state.feed


Event: TypeAlias = Found | Missed | Done
Known: TypeAlias = Callable[[str], bool]


def watch(
    states: Sequence[FeedState],
    known: Known,
    visitor: Visitor,
    *,
    every: dt.timedelta,
    once: bool = False,
) -> Iterator[Event]:
    """Go round the feeds again and again, until the visitor's clock is stopped.

    Args:
        states: What is remembered of each feed; rounds go in this order.
        known: Whether the page at an address has been read already; asked just before it would be fetched.
        visitor: Asks the hosts; its clock tells the time, waits, and may be stopped.
        every: From the beginning of a round to that of the next.
        once: One round only.

    Yields:
        As `watch_round` does.
    """
    current = {state.feed: state for state in states}
    while not visitor.clock.stopped:
        began = visitor.clock.now()
        for event in watch_round(tuple(current.values()), known, visitor):
            yield event
            if isinstance(event, Done):
                current[event.feed] = event.state
        if once:
            return
        visitor.clock.sleep(max(0.0, (began + every - visitor.clock.now()).total_seconds()))


def watch_round(states: Sequence[FeedState], known: Known, visitor: Visitor) -> Iterator[Event]:
    """Ask each feed that is due, and fetch the pages of its new entries and of those that failed before.

    Yields:
        For each feed in turn: what was found and missed, in the feed's order, and then `Done` with the state to
        remember. All that was yielded before is dealt with in it, so store it after them; if it is not stored, they
        come again unless `known` says otherwise. Once the clock is stopped the feed at work is closed with its `Done`,
        and the others are left out.
    """
    now = visitor.clock.now()
    for state in states:
        if visitor.clock.stopped:
            return
        yield from _feed_events(state, known, visitor, now)


def _feed_events(state: FeedState, known: Known, visitor: Visitor, now: dt.datetime) -> Iterator[Event]:
    polled = poll(state, visitor, now=now)
    state = polled.state
    for name in polled.linkless:
        yield Missed(feed=state.feed, address=name, reason="has no link to a page on the web", given_up=True)
    if polled.outcome != "failed":  # a host that does not give its feed is not asked for pages
        for waiting in state.waiting:
            if visitor.clock.stopped:
                break
            if waiting.due and visitor.clock.now() < waiting.due:
                continue
            state, event = _entry_event(state, waiting, known, visitor)
            if event:
                yield event
    yield Done(state=state, outcome=polled.outcome, reason=polled.reason)


def _entry_event(
    state: FeedState, waiting: Waiting, known: Known, visitor: Visitor
) -> tuple[FeedState, Found | Missed | None]:
    """Try one entry; return what that makes of the state, and what came of it: None for a page known already."""
    entry = waiting.entry
    if known(entry.link):
        return _settled(state, waiting), None
    try:
        capture = visitor.page(entry.link)
    except PutOff as error:
        # no fault of the page's: it was not asked for, and that is not counted
        return _again(state, waiting, replace(waiting, due=error.until)), _missed(state, entry, error.reason)
    except Stopped:
        return state, None
    except Disallowed as error:
        return _settled(state, waiting), _missed(state, entry, error.reason, given_up=True)
    except CaptureError as error:
        reason = error.reason
    except Exception as error:  # a fault of ours on one page must not cost the others
        reason = f"internal error, please report it: {type(error).__name__}: {error}"
    else:
        return _settled(state, waiting), Found(feed=state.feed, entry=entry, capture=capture)
    tries = waiting.tries + 1
    if tries >= MOST_TRIES:
        reason = f"{reason} (given up after {tries} tries)"
        return _settled(state, waiting), _missed(state, entry, reason, given_up=True)
    return _again(
        state, waiting, Waiting(entry=entry, tries=tries, due=visitor.clock.now() + back_off(tries))
    ), _missed(state, entry, reason)


def _settled(state: FeedState, waiting: Waiting) -> FeedState:
    left = tuple(one for one in state.waiting if one is not waiting)
    return replace(state, waiting=left, done=(*state.done, waiting.entry.link))


def _again(state: FeedState, waiting: Waiting, later: Waiting) -> FeedState:
    return replace(state, waiting=tuple(later if one is waiting else one for one in state.waiting))


def _missed(state: FeedState, entry: Entry, reason: str, *, given_up: bool = False) -> Missed:
    return Missed(feed=state.feed, address=entry.link, reason=reason, given_up=given_up)
