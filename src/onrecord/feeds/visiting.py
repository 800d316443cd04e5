"""Polite requests: feeds and pages, each as the host's robots.txt and its turn allow."""

from __future__ import annotations

import datetime as dt

import httpx

from onrecord.captures.guard import Deadline, GuardedBackend, GuardedTransport, Resolver, resolve
from onrecord.captures.url import MOST_REDIRECTS, SECONDS, capture_from_url
from onrecord.errors import CaptureError
from onrecord.feeds.clock import Clock
from onrecord.feeds.fetching import Answer, fetch
from onrecord.feeds.hosts import DELAY, Hosts
from onrecord.feeds.intervals import retry_after
from onrecord.feeds.robots import AGENT, LARGEST_ROBOTS, Robots
from onrecord.model import Capture

LARGEST_FEED = 5 * 2**20
"""Bytes, unpacked; feedparser takes seconds for so much, and a minute for the worst of it."""

_HEADERS = {"User-Agent": AGENT, "Accept-Encoding": "gzip"}
_FEED = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"
_PAGE = "text/html, application/xhtml+xml, text/plain"
_SCHEMES = frozenset({"http", "https"})
_BUSY = frozenset({429, 503})


class Visitor:
    """Asks hosts, one request at a time.

    Args:
        clock: Tells the time and waits.
        delay: Seconds between two requests to one host; its Crawl-delay counts where it is longer.
        allow_private: Whether an address may lead to a private, loopback or link-local host.
        resolver: From a host's name to its addresses.
        seconds: For a whole answer, redirects included; waiting for the host's turn is not counted.
    """

    def __init__(
        self,
        *,
        clock: Clock | None = None,
        delay: float = DELAY,
        allow_private: bool = False,
        resolver: Resolver = resolve,
        seconds: float = SECONDS,
    ) -> None:
        self.clock = clock or Clock()
        self._allow_private, self._resolver, self._seconds = allow_private, resolver, seconds
        self._hosts = Hosts(self.clock, delay)
        self._robots = Robots(self._robots_txt, self.clock)
        self._tls = httpx.create_ssl_context()  # made once: it reads all the certificates there are

    def feed(self, address: str, headers: dict[str, str]) -> Answer:
        """Return what the host answers, an error too.

        Raises:
            Disallowed: robots.txt does not allow the address, or one that it redirects to.
            PutOff: The host is not to be asked now.
            Stopped: The clock was stopped while the host's turn was waited for.
            CaptureError: There is no answer, from robots.txt either; as for `fetch`.
        """
        self._approach(address)
        with self._client() as client:
            return fetch(client, address, {"Accept": _FEED, **headers}, LARGEST_FEED)

    def page(self, address: str) -> Capture:
        """Return the capture of the page; raises as `feed` does, and CaptureError for an answer that is no capture."""
        self._approach(address)
        with self._client() as client:
            client.headers["Accept"] = _PAGE
            return capture_from_url(address, client=client, seconds=self._seconds)

    def _approach(self, address: str) -> None:
        """Wait until the address may be asked."""
        try:
            place = httpx.URL(address)
        except httpx.InvalidURL as error:
            raise CaptureError(address, f"no web address: {error}") from error
        if place.scheme not in _SCHEMES or not place.host:
            raise CaptureError(address, "no http or https address")
        self._hosts.wait(place.host, self._robots.delay(address))

    def _robots_txt(self, address: str) -> Answer:
        with _client(self._guarded()) as client:
            return fetch(client, address, {"Accept": "text/plain"}, LARGEST_ROBOTS)

    def _client(self) -> httpx.Client:
        """Return a client for one visit: its deadline begins now."""
        return _client(_Polite(self._guarded(), self._hosts, self._robots, self.clock))

    def _guarded(self) -> GuardedTransport:
        backend = GuardedBackend(Deadline(self._seconds), allow_private=self._allow_private, resolver=self._resolver)
        return GuardedTransport(backend, verify=self._tls)


class _Polite(httpx.BaseTransport):
    """Holds every hop of a redirect against robots.txt, and hears what busy hosts ask for.

    A hop does not wait for its host's turn: a visit is one request with its redirects.
    """

    def __init__(self, inner: httpx.BaseTransport, hosts: Hosts, robots: Robots, clock: Clock) -> None:
        self._inner, self._hosts, self._robots, self._clock = inner, hosts, robots, clock

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request where robots.txt allows it."""
        host = request.url.host
        if request.url.scheme not in _SCHEMES:
            raise httpx.UnsupportedProtocol(f"leads to {request.url.scheme}:, which is no web address")
        delay = self._robots.delay(str(request.url))
        answer = self._inner.handle_request(request)
        self._hosts.take(host, delay)
        if until := self._peace(answer):
            self._hosts.hold(host, until)
        return answer

    def _peace(self, answer: httpx.Response) -> dt.datetime | None:
        if answer.status_code not in _BUSY:
            return None
        return retry_after(answer.headers.get("Retry-After"), self._clock.now())

    def close(self) -> None:
        """Close every connection."""
        self._inner.close()


def _client(transport: httpx.BaseTransport) -> httpx.Client:
    return httpx.Client(
        transport=transport,
        headers=_HEADERS,
        follow_redirects=True,
        max_redirects=MOST_REDIRECTS,
        trust_env=False,  # a proxy would connect in our place, to addresses that we cannot check
    )
