"""The web page as a reader meets it: from the click on Read to marked text on screen, and what the first page weighs.

    python -m bench.browser --shared ../shared

A server is started as `onrecord serve` starts it; Debian's Chromium pastes captures of the seed's size, no two the
same, once its readers are warm. The median is written to bench/results.json.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from bench.results import save
from bench.speed import EXAMPLE, variants
from onrecord.web.serving import Serving
from tests.web_site import chromium, running

RUNS = 15
WARM_UP = 4
"""Captures read before the measured ones: two for each reader."""


def main() -> None:
    """Measure, print and save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    seed = parser.parse_args().shared / "claims" / "seed.txt"
    path = seed if seed.exists() else EXAMPLE
    text = path.read_text(encoding="utf-8")
    texts = itertools.islice(variants(text, 100), WARM_UP + RUNS)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page()
        with running(Path(folder) / "empty.db", [], Serving()) as site:
            weight = _weight(page, site.address)
            spent = [_marked(page, site.address, one) for one in texts][WARM_UP:]
        browser.close()
    measured = {
        "capture": path.name,
        "characters": len(text),
        "pasted to marked text on screen, seconds": round(statistics.median(spent), 2),
        "slowest of 15": round(max(spent), 2),
        "first page over the wire, bytes": weight,
    }
    print(measured)
    save("browser", measured)


def _weight(page: Any, address: str) -> int:
    sizes: list[int] = []
    hear = lambda answer: sizes.append(len(answer.body()) + len(str(answer.all_headers())))  # noqa: E731
    page.on("response", hear)
    page.goto(address + "/", wait_until="networkidle")
    page.remove_listener("response", hear)
    return sum(sizes)


def _marked(page: Any, address: str, text: str) -> float:
    page.goto(address + "/")
    page.fill("#text", text)
    began = time.perf_counter()
    page.get_by_role("button", name="Read", exact=True).click()
    page.wait_for_selector("a.mark", timeout=60_000)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
