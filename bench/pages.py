"""How fast stories are found in HTML pages, beside trafilatura and resiliparse on the same pages.

    python -m bench.pages --shared ../shared

Every page is given as the bytes that it came as, to each of the three in turn; processor time, since others may use
the machine. The median of five rounds, in which no page is remembered from the round before; written to
bench/results.json.
"""

from __future__ import annotations

import argparse
import functools
import gc
import gzip
import json
import os
import statistics
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.results import RESULTS, save

Extract = Callable[[bytes], object]
ROUNDS = 5


def pages_figures(shared: Path) -> dict[str, Any]:
    """Return the milliseconds that a page takes each reader, and how many times others' onrecord is as fast."""
    pages = [gzip.decompress(path.read_bytes()) for path in sorted((shared / "reading" / "html").glob("*.html.gz"))]
    readers: dict[str, Extract] = {"onrecord": _onrecord, "trafilatura": _trafilatura, "resiliparse": _resiliparse}
    rounds = [_round(pages, readers) for _ in range(ROUNDS + 1)][1:]  # the first one loads what each needs
    spent = {name: statistics.median(one[name] for one in rounds) for name in readers}
    return {
        "pages": len(pages),
        "versions": {name: version(name) for name in ("trafilatura", "resiliparse")},
        "ms a page": {name: round(1000 * seconds / len(pages), 2) for name, seconds in spent.items()},
        "times as fast as": {
            name: round(statistics.median(one[name] / one["onrecord"] for one in rounds), 2)
            for name in ("trafilatura", "resiliparse")
        },
    }


def _round(pages: list[bytes], readers: dict[str, Extract]) -> dict[str, float]:
    """Return the seconds of processor time that each reader takes for all pages, read by one after the other."""
    _forget_pages()
    spent = dict.fromkeys(readers, 0.0)
    for page in pages:
        for name, read in readers.items():
            start = time.process_time()
            read(page)
            spent[name] += time.process_time() - start
    return spent


def _forget_pages() -> None:
    """Empty every cache that says something of texts; what takes no arguments is loaded once a process."""
    gc.collect()
    caches = [each for each in gc.get_objects() if isinstance(each, functools._lru_cache_wrapper)]
    for cache in caches:
        if cache.__module__.startswith("onrecord.") and cache.cache_parameters()["maxsize"] != 1:
            cache.cache_clear()


def _onrecord(page: bytes) -> object:
    from onrecord.captures import capture_from_bytes
    from onrecord.stories import find_stories

    return find_stories(capture_from_bytes(page, "page", content_type="text/html"))


def _trafilatura(page: bytes) -> object:
    import trafilatura

    return trafilatura.extract(page, include_comments=False)


def _resiliparse(page: bytes) -> object:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.encoding import detect_encoding
    from resiliparse.parse.html import HTMLTree

    return extract_plain_text(HTMLTree.parse_from_bytes(page, detect_encoding(page)), main_content=True)


def one_core() -> None:
    """Keep this process to one core, and collect garbage as seldom as the command line does."""
    gc.set_threshold(50_000)
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    args = parser.parse_args()
    one_core()
    measured = pages_figures(args.shared)
    known = json.loads(RESULTS.read_text(encoding="utf-8")).get("speed", {}) if RESULTS.exists() else {}
    save("speed", {**known, "pages": measured})
    print(json.dumps(measured, indent=1))


if __name__ == "__main__":
    main()
