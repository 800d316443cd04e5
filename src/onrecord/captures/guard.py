"""Connections that go to public addresses only and end in time.

The name is resolved here, every address it has is checked, and the connection is made to such an address and no
other, so that a name cannot change its mind between the check and the connection. TLS still checks the name.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from threading import Thread

import httpcore
import httpx

Resolver = Callable[[str, int], list[str]]
"""From a host's name and a port to its IP addresses, best first; raises OSError where it has none."""

_LAST_PORT = 65_535
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: the last four bytes are an IPv4 address


class RefusedAddress(httpcore.ConnectError):
    """The host stands in a private network, on this machine, or nowhere public."""


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses that the system gives for `host`, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Return whether an IP address is anybody's to reach: not private, loopback, link-local, multicast or reserved.

    An IPv6 address that carries an IPv4 one (mapped, 6to4, NAT64) is as public as that one.
    """
    ip = ip_address(address)
    carried = _carried(ip) if isinstance(ip, IPv6Address) else None
    if carried is not None:
        return is_public(str(carried))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved)


def _carried(ip: IPv6Address) -> IPv4Address | None:
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour


class Deadline:
    """A moment by which all must be done; `left` gives the seconds until then and raises once it has passed."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds left, above 0.

        Raises:
            httpcore.ReadTimeout: None are left.
        """
        seconds = self._end - time.monotonic()
        if seconds <= 0:
            raise httpcore.ReadTimeout("the deadline has passed")
        return seconds


class GuardedBackend(httpcore.NetworkBackend):
    """Opens connections to checked addresses; every wait on them ends at the deadline."""

    def __init__(self, deadline: Deadline, *, allow_private: bool, resolver: Resolver) -> None:
        self._deadline, self._allow_private, self._resolver = deadline, allow_private, resolver

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline rules
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first of the host's addresses that answers."""
        if port > _LAST_PORT:
            raise httpcore.ConnectError(f"there is no port {port}")
        failure = httpcore.ConnectError(f"{host} has no address")
        for address in self._checked(host, port):
            try:
                stream = httpcore.SyncBackend().connect_tcp(
                    address, port, self._deadline.left(), local_address, socket_options
                )
            except httpcore.ConnectError as error:
                failure = error
            else:
                return _GuardedStream(stream, self._deadline)
        raise failure

    def _checked(self, host: str, port: int) -> list[str]:
        """Return the host's addresses; one that is not public refuses them all."""
        addresses = self._resolved(host, port)
        for address in addresses:
            if not self._allow_private and not is_public(address):
                raise RefusedAddress(f"{address} is not a public address")
        return addresses

    def _resolved(self, host: str, port: int) -> list[str]:
        """Resolve in a thread of its own, because the system's resolver knows no deadline."""
        outcome: list[list[str] | Exception] = []

        def look_up() -> None:
            try:
                outcome.append(self._resolver(host, port))
            except (OSError, UnicodeError) as error:  # UnicodeError: not a host name
                outcome.append(error)

        thread = Thread(target=look_up, daemon=True)
        thread.start()
        thread.join(self._deadline.left())
        if not outcome:
            raise httpcore.ConnectTimeout(f"{host} was not resolved in time")
        if isinstance(outcome[0], Exception):
            raise httpcore.ConnectError(f"unknown host {host}") from outcome[0]
        return outcome[0]


class _GuardedStream(httpcore.NetworkStream):
    """A connection whose every wait ends at the deadline, however often a byte trickles in."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002 - the deadline rules
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002 - the deadline rules
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002 - the deadline rules
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left())
        return _GuardedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


class GuardedTransport(httpx.BaseTransport):
    """Carries httpx's requests over a `GuardedBackend`; each redirect comes through here again."""

    def __init__(self, backend: httpcore.NetworkBackend, *, verify: ssl.SSLContext | None = None) -> None:
        self._pool = httpcore.ConnectionPool(verify or httpx.create_ssl_context(), network_backend=backend)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request, let httpcore's errors through, and stream the answer."""
        url = request.url
        answer = self._pool.handle_request(
            httpcore.Request(
                request.method,
                httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.read(),
            )
        )
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer), extensions=answer.extensions)

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
