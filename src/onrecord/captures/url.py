"""A page from its address."""

from __future__ import annotations

from contextlib import nullcontext

import httpcore
import httpx

from onrecord.captures.build import capture_from_original
from onrecord.captures.guard import Deadline, GuardedBackend, GuardedTransport, RefusedAddress, Resolver, resolve
from onrecord.errors import CaptureError
from onrecord.model import Capture, Original

SECONDS = 15.0
"""For everything: names, connections, redirects, and all of the answer."""
LARGEST_ANSWER = 10 * 2**20
MOST_REDIRECTS = 5

_HEADERS = {
    "User-Agent": "onrecord",
    "Accept": "text/html, application/xhtml+xml, text/plain",
    "Accept-Encoding": "gzip",
}

_FAILURES = (
    *(httpx.HTTPError, httpx.InvalidURL),
    *(httpcore.NetworkError, httpcore.ProtocolError, httpcore.ConnectionNotAvailable, httpcore.UnsupportedProtocol),
)


def capture_from_url(
    address: str,
    *,
    allow_private: bool = False,
    client: httpx.Client | None = None,
    resolver: Resolver = resolve,
    seconds: float = SECONDS,
) -> Capture:
    """Return the capture of the page at an http or https address.

    Args:
        address: Where it is.
        allow_private: As for `fetch`.
        client: As for `fetch`.
        resolver: As for `fetch`.
        seconds: As for `fetch`.

    Raises:
        CaptureError: As for `fetch`, or it is no capture.
    """
    original, url = fetch(address, allow_private=allow_private, client=client, resolver=resolver, seconds=seconds)
    return capture_from_original(original, address, url=url)


def fetch(
    address: str,
    *,
    allow_private: bool = False,
    client: httpx.Client | None = None,
    resolver: Resolver = resolve,
    seconds: float = SECONDS,
) -> tuple[Original, str]:
    """Return what stands at an http or https address, as it came, and the address where that was found.

    Private, loopback and other addresses that are not public are refused, at redirects too, unless `allow_private`.
    A `client` of the caller's own fetches in its own way instead: it answers for where it connects to.

    Raises:
        CaptureError: It is refused, cannot be reached, takes longer than `seconds`, redirects more than 5 times,
            answers with an error, or is larger than 10 MB.
    """
    deadline = Deadline(seconds)
    backend = GuardedBackend(deadline, allow_private=allow_private, resolver=resolver)
    try:
        with nullcontext(client) if client else _client(backend) as fetching, fetching.stream("GET", address) as answer:
            return _read(answer, address, deadline), str(answer.url)
    except RefusedAddress as error:
        raise CaptureError(address, f"refused, {error} (--allow-private allows it)") from error
    except (httpx.TimeoutException, httpcore.TimeoutException) as error:
        raise CaptureError(address, f"no whole answer within {seconds:g} s") from error
    except httpx.TooManyRedirects as error:
        raise CaptureError(address, f"redirects more than {MOST_REDIRECTS} times") from error
    except _FAILURES as error:
        raise CaptureError(address, f"cannot be fetched: {_one_line(error)}") from error


def _client(backend: GuardedBackend) -> httpx.Client:
    return httpx.Client(
        transport=GuardedTransport(backend),
        headers=_HEADERS,
        follow_redirects=True,
        max_redirects=MOST_REDIRECTS,
        trust_env=False,  # a proxy would connect in our place, to addresses that we cannot check
    )


def _read(answer: httpx.Response, address: str, deadline: Deadline) -> Original:
    if not answer.is_success:
        raise CaptureError(address, f"answered {answer.status_code} {answer.reason_phrase}".rstrip())
    pieces: list[bytes] = []
    room = LARGEST_ANSWER
    for piece in answer.iter_bytes():
        deadline.left()
        pieces.append(piece)
        room -= len(piece)
        if room < 0:
            raise CaptureError(address, f"larger than {LARGEST_ANSWER >> 20} MB")
    return Original(b"".join(pieces), "bytes", answer.headers.get("Content-Type"))


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__
