"""One request, its redirects, and the whole answer, within a time and a size."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

import httpcore
import httpx
from msgspec import Struct

from onrecord.captures.guard import RefusedAddress
from onrecord.captures.url import MOST_REDIRECTS
from onrecord.errors import CaptureError

_FAILURES = (
    *(httpx.HTTPError, httpx.InvalidURL),
    *(httpcore.NetworkError, httpcore.ProtocolError, httpcore.ConnectionNotAvailable, httpcore.UnsupportedProtocol),
)
_FOR_GOOD = frozenset({301, 308})


class Refused(CaptureError):
    """The address leads to where nothing is asked: this machine, a private network."""


class Answer(Struct, frozen=True, kw_only=True):
    """What a host answered, an error too."""

    status: int
    phrase: str
    """In words: `answered 404 Not Found`."""
    headers: httpx.Headers
    body: bytes
    """Its packing undone."""
    whole: bool
    """Whether that is all of it."""
    address: str
    """Where it stood, after all redirects."""
    moved: str | None
    """Where redirects for good led, up to the first passing one; None without."""
    strayed: bool = False
    """Whether a passing redirect stood on the way, so that it is somebody else's answer."""


def fetch(client: httpx.Client, address: str, headers: dict[str, str], largest: int) -> Answer:
    """Return the answer, an error's too; of a body larger than `largest` bytes the beginning, as not whole.

    Raises:
        Refused: The address, or one that it redirects to, is not public.
        CaptureError: There is no answer, it is cut or badly packed, or it does not end by the client's deadline.
    """
    with _told(address), client.stream("GET", address, headers=headers) as response:
        body = bytearray()
        for piece in response.iter_bytes():
            body += piece
            if len(body) > largest:
                break
        return Answer(
            status=response.status_code,
            phrase=f"answered {response.status_code} {response.reason_phrase}".rstrip(),
            headers=response.headers,
            body=bytes(body[:largest]),
            whole=len(body) <= largest,
            address=str(response.url),
            moved=_moved(response),
            strayed=any(hop.status_code not in _FOR_GOOD for hop in response.history),
        )


@contextmanager
def _told(address: str) -> Iterator[None]:
    try:
        yield
    except RefusedAddress as error:
        raise Refused(address, f"refused, {error} (--allow-private allows it)") from error
    except (httpx.TimeoutException, httpcore.TimeoutException) as error:
        raise CaptureError(address, "no whole answer in time") from error
    except httpx.TooManyRedirects as error:
        raise CaptureError(address, f"redirects more than {MOST_REDIRECTS} times") from error
    except _FAILURES as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise CaptureError(address, f"cannot be fetched: {reason}") from error


def _moved(response: httpx.Response) -> str | None:
    hops = [*response.history, response]
    moved = None
    for hop, following in pairwise(hops):
        if hop.status_code not in _FOR_GOOD:
            break
        moved = str(following.url)
    return moved
