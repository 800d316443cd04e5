"""A made archive from start to Parquet, with one worker and with two: time, rate, split by stage, memory.

    python -m bench.batch [--pages 2000] [--workers 1 2]

The pages are the example's, no two alike, wrapped in HTML, each a record of its own of a gzipped WARC. The seconds by
stage are processor time of all workers together; the load of the machine stands beside, since others may use it.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import os
import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.results import save
from bench.speed import EXAMPLE
from onrecord.batch import Limits, Settings, plan, run
from onrecord.batch.worker import Reader

_MONTHS = 6


def pages(count: int) -> Iterator[bytes]:
    """Yield HTML pages on the example's words, a tenth of them of each length from a third of it to all of it."""
    text = EXAMPLE.read_text(encoding="utf-8")
    for number in range(count):
        paragraphs = [part for part in re.sub(r"(?m)^(\S+ )", rf"\1{_word(number)} ", text).split("\n") if part.strip()]
        kept = paragraphs[: max(3, len(paragraphs) * (number % 10 + 5) // 14)]
        body = "".join(f"<p>{html.escape(part)}</p>\n" for part in kept)
        day = f"2025-{number % _MONTHS + 1:02}-{number % 28 + 1:02}"
        head = f"<title>{html.escape(kept[0][:80])}</title><meta property='article:published_time' content='{day}'>"
        yield f"<!doctype html><html lang='en'><head>{head}</head><body><article>{body}</article></body>".encode()


def _word(number: int) -> str:
    """Return a word of its own for each number."""
    syllables = ""
    while number or not syllables:
        number, rest = divmod(number, 55)
        syllables += "bdfklmnprst"[rest % 11] + "aeiou"[rest // 11]
    return syllables + "n"


def write_archive(path: Path, count: int) -> None:
    """Write an archive of so many pages."""
    with path.open("wb") as file:
        for number, page in enumerate(pages(count)):
            answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
            head = (
                "WARC/1.1\r\nWARC-Type: response\r\nWARC-Date: 2025-07-01T00:00:00Z\r\n"
                f"WARC-Target-URI: https://news.example/{number}\r\n"
                "Content-Type: application/http; msgtype=response\r\n"
                f"Content-Length: {len(answer)}\r\n\r\n"
            )
            file.write(gzip.compress(head.encode() + answer + b"\r\n\r\n", 6))


def measured(archive: Path, count: int, workers: int, shard_bytes: int) -> dict[str, Any]:
    """Return what a whole run takes, processes started and ended."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        limits = Limits(shard_bytes=shard_bytes)
        totals = run(plan([str(archive)], Settings(limits=limits)), Path(folder, "out"), workers=workers)
        seconds = time.perf_counter() - start
        files = [one.stat().st_size for one in Path(folder, "out").rglob("*.parquet")]
    return {
        "seconds": round(seconds, 1),
        "pages a second": round(count / seconds, 2),
        "MB a worker": round(totals.memory / 2**20),
        "processor seconds by stage": {name: round(spent, 1) for name, spent in totals.seconds.items()},
        "shards": totals.shards,
        "rows": totals.counts,
        "MB of Parquet": round(sum(files) / 2**20, 1),
    }


def stages(archive: Path, most: int) -> dict[str, float]:
    """Return the share of each stage in reading the first pages of an archive, one after another in this process."""
    from onrecord.batch.found import capture_of
    from onrecord.batch.sources import find_pages
    from onrecord.claims import find_claims
    from onrecord.language import analyse, load
    from onrecord.statements import find_statements
    from onrecord.stories import find_stories

    Reader(Settings())  # warm
    language, spent = load(None), Counter[str]()
    shard = next(plan([str(archive)], Settings()).shards())

    def timed(name: str, start: float) -> float:
        now = time.process_time()
        spent[name] += now - start
        return now

    for found, _ in zip(find_pages(shard, 2**24), range(most), strict=False):
        at = time.process_time()
        page = found.page()
        assert page is not None
        capture = capture_of(page, found.source, 2**24)
        at = timed("captures", at)
        stories = find_stories(capture)
        at = timed("stories", at)
        for story in stories:
            analysis = analyse(story, capture.text, language)
            at = timed("language", at)
            statements = find_statements(analysis)
            at = timed("statements", at)
            find_claims(analysis, statements)
            at = timed("claims", at)
    whole = sum(spent.values())
    return {name: round(seconds / whole, 3) for name, seconds in spent.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=2_000)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder, "made.warc.gz")
        write_archive(archive, args.pages)
        size = archive.stat().st_size
        figures: dict[str, Any] = {
            "pages": args.pages,
            "MB of archive": round(size / 2**20, 1),
            "load of the machine before": round(os.getloadavg()[0], 1),
        }
        shard_bytes = max(size // 16, 1)
        for workers in args.workers:
            name = f"{workers} worker{'s' if workers > 1 else ''}"
            figures[name] = measured(archive, args.pages, workers, shard_bytes)
            print(json.dumps({name: figures[name]}), flush=True)
        if {1, 2} <= set(args.workers):
            figures["2 workers against 1"] = round(figures["1 worker"]["seconds"] / figures["2 workers"]["seconds"], 2)
        figures["shares of reading"] = stages(archive, min(args.pages, 200))
        figures["load of the machine after"] = round(os.getloadavg()[0], 1)
    save("batch", figures)
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
