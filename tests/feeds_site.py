"""A web of the test suite's own on 127.0.0.1, and a clock that never waits."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from onrecord.feeds import Visitor
from onrecord.feeds.clock import Clock

START = dt.datetime(2026, 1, 5, 12, 0, tzinfo=dt.UTC)
STORY = "<title>{name}</title><p>The council of Milby wrote of {name} that the ferry will run again by May."


class StillClock(Clock):
    """Stands at `START` until somebody sleeps on it; remembers the sleeps, and stops after so many of them."""

    def __init__(self, *, stop_after: int | None = None) -> None:
        self.time, self.slept = START, list[float]()
        self.stop_after = stop_after

    def now(self) -> dt.datetime:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += dt.timedelta(seconds=seconds)

    def on(self, **by: float) -> dt.datetime:
        """Let time pass; return what time it is."""
        self.time += dt.timedelta(**by)
        return self.time

    @property
    def stopped(self) -> bool:
        return self.stop_after is not None and len(self.slept) >= self.stop_after


@dataclass
class Reply:
    """What the site answers; `length` claims another length than the body's, `trickle` is seconds between bytes."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    trickle: float = 0.0


@dataclass
class Site:
    """Answers each path (or `host/path`) with its reply, all others with 404; remembers what it was asked."""

    port: int = 0
    replies: dict[str, Reply] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def at(self, path: str, host: str = "news.example") -> str:
        return f"http://{host}:{self.port}{path}"

    def put(self, path: str, body: str | bytes = b"", status: int = 200, **headers: str) -> None:
        """Answer so at this path from now on; headers with `_` for `-`."""
        data = body.encode() if isinstance(body, str) else body
        self.replies[path] = Reply(data, status, {name.replace("_", "-"): value for name, value in headers.items()})

    def put_feed(self, path: str, *links: str, head: str = "", **headers: str) -> None:
        self.put(path, rss(*links, head=head), Content_Type="application/rss+xml", **headers)

    def put_stories(self, *names: str) -> None:
        for name in names:
            self.put(f"/{name}", STORY.format(name=name), Content_Type="text/html")

    def paths(self) -> list[str]:
        """What was asked since the last call, without robots.txt."""
        asked = [path for path in self.asked if not path.endswith("/robots.txt")]
        self.asked.clear()
        return asked


def rss(*links: str, head: str = "") -> str:
    items = "".join(f"<item><title>On {link}</title><link>{link}</link></item>" for link in links)
    return f'<rss version="2.0"><channel><title>Milby Post</title>{head}{items}</channel></rss>'


def visitor(clock: Clock, *, delay: float = 0.0, allow_private: bool = True, seconds: float = 5.0) -> Visitor:
    """Return a visitor for whom every name ending in .example is on this machine."""

    def resolve(host: str, _port: int) -> list[str]:
        if not host.endswith(".example"):
            raise OSError("no such name")
        return ["127.0.0.1"]

    return Visitor(clock=clock, delay=delay, allow_private=allow_private, resolver=resolve, seconds=seconds)


@contextmanager
def serving() -> Iterator[Site]:
    """Serve a site until the end of the block."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            host = self.headers["Host"].partition(":")[0]
            site.asked.append(self.path if host == "news.example" else f"{host}{self.path}")
            site.headers.append(dict(self.headers))
            reply = site.replies.get(f"{host}{self.path}") or site.replies.get(self.path) or Reply(status=404)
            self.send(reply)

        def send(self, reply: Reply) -> None:
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(reply.body) if reply.length is None else reply.length))
            self.end_headers()
            step = 1 if reply.trickle else len(reply.body) or 1
            for start in range(0, len(reply.body), step):
                self.wfile.write(reply.body[start : start + step])
                time.sleep(reply.trickle)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def handle(self) -> None:
            try:
                super().handle()
            except ConnectionError:  # the other side has hung up, as it should
                self.close_connection = True

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
