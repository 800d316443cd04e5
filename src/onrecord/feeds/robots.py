"""robots.txt (RFC 9309): what a host lets be read, and how fast."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import httpx
from msgspec import Struct
from protego import Protego

from onrecord.errors import CaptureError, OnrecordError
from onrecord.feeds.clock import Clock
from onrecord.feeds.fetching import Answer, Refused

AGENT = "onrecord"
"""The name by which robots.txt calls us."""
LARGEST_ROBOTS = 500_000
"""Bytes; what stands behind them is not read."""
KEPT = dt.timedelta(days=1)
KEPT_UNREACHABLE = dt.timedelta(minutes=5)
MOST_HOSTS = 1_000
"""Hosts whose rules are kept, so that weeks of watching take no more memory than a day."""
_TOO_MANY_REQUESTS = 429
_LONGEST_DELAY = 86_400.0


class Disallowed(OnrecordError):
    """robots.txt does not let the address be read."""

    reason = "robots.txt does not allow it"


class _Known(Struct, frozen=True):
    """A host's rules, or why there are none for the time being."""

    rules: Protego | None
    reason: str
    until: dt.datetime


class Robots:
    """The rules of each host, asked for when first needed and kept for a day.

    `fetch` gets the address of a robots.txt and gives the answer, or raises CaptureError.
    """

    def __init__(self, fetch: Callable[[str], Answer], clock: Clock) -> None:
        self._fetch, self._clock = fetch, clock
        self._known: dict[str, _Known] = {}

    def delay(self, address: str) -> float | None:
        """Return the seconds that the host wants between two requests; None where it says nothing.

        Raises:
            Disallowed: It does not let this address be read.
            CaptureError: Its robots.txt cannot be had, so that nothing is allowed for the time being, or it is a host
                that is never asked.
        """
        place = httpx.URL(address)
        known = self._rules(str(place.copy_with(raw_path=b"/robots.txt", fragment=None)))
        if known.rules is None:
            raise CaptureError(address, f"its robots.txt {known.reason}")
        if not known.rules.can_fetch(address, AGENT):
            raise Disallowed(f"{address}: {Disallowed.reason}")
        wished = known.rules.crawl_delay(AGENT)
        return None if wished is None else min(wished, _LONGEST_DELAY)

    def _rules(self, address: str) -> _Known:
        known = self._known.get(address)
        if known is None or known.until <= self._clock.now():
            self._known.pop(address, None)
            if len(self._known) >= MOST_HOSTS:
                del self._known[next(iter(self._known))]  # the one that was asked longest ago
            known = self._known[address] = self._asked(address)
        return known

    def _asked(self, address: str) -> _Known:
        try:
            answer = self._fetch(address)
        except Refused:
            raise
        except CaptureError as error:
            return _Known(None, error.reason, self._clock.now() + KEPT_UNREACHABLE)
        # a host that is asked too much has not said that it allows everything, though 429 is a 4xx
        if answer.status >= httpx.codes.INTERNAL_SERVER_ERROR or answer.status == _TOO_MANY_REQUESTS:
            return _Known(None, answer.phrase, self._clock.now() + KEPT_UNREACHABLE)
        text = answer.body.decode("utf-8-sig", "replace") if answer.status < httpx.codes.BAD_REQUEST else ""
        return _Known(Protego.parse(text), "", self._clock.now() + KEPT)
