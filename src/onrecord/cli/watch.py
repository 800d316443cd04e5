"""`onrecord watch`: polls feeds and adds the pages of their new entries to the record."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Annotated, Protocol

import typer

from onrecord.cli.add import RecordPlace
from onrecord.cli.output import told_when_closed
from onrecord.errors import CaptureError
from onrecord.model import Capture

if TYPE_CHECKING:
    from onrecord.feeds import Done, FeedState, Found, Missed


class Shelf(Protocol):
    """Where pages are added, and where what is known of feeds is kept from one run to the next."""

    def add(self, capture: Capture) -> str:
        """Read and add a capture; return what was in it: `2 stories, 5 claims`.

        Raises:
            CaptureError: It cannot be added, but others can.
        """

    def known(self, address: str) -> bool:
        """Return whether the page at this address has been added."""

    def state(self, feed: str) -> FeedState | None:
        """Return what was kept of a feed; None for a new one."""

    def keep(self, state: FeedState) -> None:
        """Keep it in place of what was kept of the same feed."""


def watch_command(
    feeds: Annotated[
        list[str], typer.Argument(metavar="FEEDS.opml|URL...", help="OPML files, and addresses of RSS and Atom feeds.")
    ],
    once: Annotated[bool, typer.Option("--once", help="Go round the feeds once, and stop.")] = False,
    every: Annotated[
        float, typer.Option("--every", metavar="MINUTES", min=1, max=10_080, help="From one round to the next.")
    ] = 15.0,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Let addresses lead to private, loopback and link-local hosts.")
    ] = False,
    record: RecordPlace = None,
    delay: Annotated[
        float,
        typer.Option("--delay", metavar="SECONDS", min=0, max=60, help="At least, between two requests to one host."),
    ] = 1.0,
) -> None:
    """Poll feeds, and add the pages of their new entries to the record, until stopped (Ctrl-C)."""
    from onrecord.feeds import FeedState, Visitor, find_feeds, watch
    from onrecord.feeds.stopping import until_signalled

    found = find_feeds(feeds)
    with told_when_closed(), _shelf(record) as shelf, until_signalled() as clock:
        visitor = Visitor(clock=clock, delay=delay, allow_private=allow_private)
        states = [shelf.state(feed) or FeedState(feed=feed) for feed in found]
        events = watch(states, shelf.known, visitor, every=dt.timedelta(minutes=every), once=once)
        failed = report(events, shelf)
    if failed:
        raise typer.Exit(1)


def _shelf(record: str | None) -> AbstractContextManager[Shelf]:
    """Open the record for as long as the watch lasts."""
    from onrecord.cli.shelf import open_shelf  # what reads pages takes a second to load

    return open_shelf(record)


def report(events: Iterable[Found | Missed | Done], shelf: Shelf) -> bool:
    """Add what is found, print a line for it and a summary by feed at the end; return whether anything failed."""
    from onrecord.feeds import Done, Found

    parts: dict[str, _Part] = {}
    for event in events:
        part = parts.setdefault(event.feed, _Part(event.feed))
        if isinstance(event, Found):
            _add(event, shelf, part)
        elif isinstance(event, Done):
            shelf.keep(event.state)
            part.close(event)
        else:
            part.miss(event.address, event.reason)
    added = sum(part.added for part in parts.values())
    print(f"{_counted(len(parts), 'feed')}: {_counted(added, 'page')} added")
    for part in parts.values():
        print(part)
    return any(part.failed for part in parts.values())


def _add(found: Found, shelf: Shelf, part: _Part) -> None:
    try:
        contents = shelf.add(found.capture)
    except CaptureError as error:
        part.miss(found.entry.link, error.reason)
    else:
        part.add(found.entry.link)
        print(f"added {found.entry.link}: {contents}", flush=True)


class _Part:
    """What came of one feed so far; as text the lines of it in the summary."""

    def __init__(self, feed: str) -> None:
        self._feed, self.added = feed, 0
        self._missed: dict[str, str] = {}
        self._reason: str | None = None
        self._broken = False

    @property
    def failed(self) -> bool:
        """Whether the feed could not be had when last asked, or a page of it not at all."""
        return self._broken or bool(self._missed)

    def add(self, address: str) -> None:
        self.added += 1
        self._missed.pop(address, None)

    def miss(self, address: str, reason: str) -> None:
        self._missed[address] = reason
        print(f"onrecord: {self._feed}: {address}: {reason}", file=sys.stderr)

    def close(self, done: Done) -> None:
        if done.outcome == "not due" and self._reason is not None:
            return  # what the round before said of it stands
        self._reason, self._broken = done.reason, done.outcome in ("failed", "gone")
        if done.reason and done.outcome != "not due":
            print(f"onrecord: {self._feed}: {done.reason}", file=sys.stderr)

    def __str__(self) -> str:
        missed = f", {len(self._missed)} not" if self._missed else ""
        reason = f"; {self._reason}" if self._reason else ""
        lines = [f"{self._feed}: {self.added} added{missed}{reason}"]
        return "\n".join(lines + [f"  {address}: {why}" for address, why in self._missed.items()])


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
