"""Where and how a server listens, and the names by which it may be asked for."""

from __future__ import annotations

import socket
from contextlib import suppress
from ipaddress import ip_address
from typing import Final

from msgspec import Struct

from onrecord.errors import UsageError

LOOPBACK: Final = "127.0.0.1"
SHORTEST_TOKEN: Final = 16
"""Characters of a token at least: one that can be guessed protects nothing."""


class Serving(Struct, frozen=True, kw_only=True):
    """What a server is told."""

    host: str = LOOPBACK
    """Address that it listens on."""
    token: str | None = None
    """What a caller has to show; None asks nobody, which only a loopback address may."""
    names: tuple[str, ...] = ()
    """Further names by which it may be asked for, such as that of a proxy before it."""
    allow_private: bool = False
    """Whether an address to read may lead to private, loopback and link-local hosts."""
    readers: int = 2
    """Processes that read pages."""
    seconds: float = 20.0
    """How long the reading of one page may take."""
    reader: str = "onrecord.web.reading_process:read"
    """`module:function` that the processes read with; another one only in tests."""

    def __post_init__(self) -> None:
        if self.token is None and not is_loopback(self.host):
            raise UsageError(f"--host {self.host}: others can reach it, so a token is needed: --token-file FILE")
        if self.token is not None and len(self.token) < SHORTEST_TOKEN:
            raise UsageError(f"the token has {len(self.token)} characters; it needs {SHORTEST_TOKEN} or more")

    def allowed_names(self) -> frozenset[str]:
        """Return the names and addresses, in lower case, that a request's Host may hold."""
        given = {self.host, *self.names}
        if is_loopback(self.host):
            given |= {"localhost", LOOPBACK, "::1"}
        elif _is_any(self.host):
            given |= _own_names()
        return frozenset(name.lower().strip("[]") for name in given)


def is_loopback(host: str) -> bool:
    """Return whether only this machine can reach what listens on `host`."""
    if host.lower() == "localhost":
        return True
    with suppress(ValueError):
        return ip_address(host.strip("[]")).is_loopback
    return False


def _is_any(host: str) -> bool:
    with suppress(ValueError):
        return ip_address(host.strip("[]")).is_unspecified
    return False


def _own_names() -> set[str]:
    own = {"localhost", LOOPBACK, "::1", socket.gethostname(), socket.getfqdn()}
    with suppress(OSError):
        own |= {str(found[4][0]) for found in socket.getaddrinfo(socket.gethostname(), None)}
    return own
