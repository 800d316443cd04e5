"""`onrecord serve`: the record in the browser."""

from __future__ import annotations

import contextlib
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.add import RecordPlace
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.web.serving import Serving

_PORT = 8000
_WAITING = 128
"""Connections that the system holds until they are taken."""


def serve_command(
    record: RecordPlace = None,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Listen there; others than this machine need a token.")
    ] = "127.0.0.1",
    port: Annotated[
        int | None,
        typer.Option(
            "--port",
            min=0,
            max=65_535,
            metavar="N",
            help="8000, or a free one where that is taken, unless given; 0: a free one.",
        ),
    ] = None,
    open_page: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    token_file: Annotated[
        Path | None, typer.Option("--token-file", metavar="FILE", help="Its first line is what a caller has to know.")
    ] = None,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", metavar="HOST", help="One more name that it goes by, such as that of a proxy."),
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Let addresses lead to private, loopback and link-local hosts.")
    ] = False,
) -> None:
    """Open the record in the browser: read, search, follow, review (Ctrl-C stops)."""
    try:
        import litestar  # noqa: F401
        import uvicorn
    except ModuleNotFoundError as error:
        raise UsageError("the web page needs an extra: pip install 'onrecord[web]'") from error
    from onrecord.record.database import place_of_record
    from onrecord.web.app import create_app
    from onrecord.web.serving import Serving

    token = _token(token_file) if token_file else None
    serving = Serving(host=host, token=token, names=tuple(name or ()), allow_private=allow_private)
    place = place_of_record(record)
    with _listening(serving, port) as listener:
        address = _address(host, listener.getsockname()[1])
        print(f"onrecord: {address} (record {_without_password(place)}); Ctrl-C stops", flush=True)
        server = uvicorn.Server(
            uvicorn.Config(
                create_app(place, serving),
                log_level="warning",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                timeout_graceful_shutdown=3,
            )
        )
        if open_page:
            import webbrowser

            webbrowser.open(address)  # connections wait in the listener until the server takes them
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[listener])


def _token(file: Path) -> str:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UsageError(f"--token-file {file}: {reason.lower()}") from error
    token = lines[0].strip() if lines else ""
    if not token or not token.isascii() or not token.isprintable():
        raise UsageError(f"--token-file {file}: its first line is the token, in printable ASCII letters")
    return token


def _listening(serving: Serving, port: int | None) -> socket.socket:
    """Return a socket that listens; where no port was asked for and 8000 is taken, on a free one."""
    try:
        return _bound(serving.host, _PORT if port is None else port)
    except OSError as error:
        if port is None:
            with contextlib.suppress(OSError):
                return _bound(serving.host, 0)
        reason = (error.strerror or str(error)).lower()
        raise UsageError(
            f"cannot listen on {serving.host}, port {_PORT if port is None else port}: {reason}"
        ) from error


def _bound(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(
        host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )[0]
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(_WAITING)
    except OSError:
        listener.close()
        raise
    return listener


def _address(host: str, port: int) -> str:
    bare = host.strip("[]")
    shown = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(bare, f"[{bare}]" if ":" in bare else bare)  # noqa: S104
    return f"http://{shown}:{port}/"


def _without_password(place: str) -> str:
    from sqlalchemy.engine import make_url

    return make_url(place).render_as_string(hide_password=True) if "://" in place else place
