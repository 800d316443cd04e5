"""Speed and memory, on one core.

    python -m bench.speed --shared ../shared

Captures of the seed's size, no two the same, are read in one process (model loaded, one thread); whole processes of
`onrecord read` are timed from their start to their last line. Medians; written to bench/results.json.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench.results import below_floors, save
from onrecord.captures import capture_from_text
from onrecord.pipeline import read_capture
from onrecord.stories import find_stories

EXAMPLE = Path(__file__).parents[1] / "examples" / "captured-page.txt"


def rate(action: Callable[[], object], *, seconds: float, rounds: int = 5) -> float:
    """Return how often `action` runs a second: the median of `rounds` rounds of about `seconds` / `rounds` each."""
    action()
    rates = []
    for _ in range(rounds):
        start, n = time.perf_counter(), 0
        while (spent := time.perf_counter() - start) < seconds / rounds:
            action()
            n += 1
        rates.append(n / spent)
    return round(statistics.median(rates), 1)


def variants(text: str, count: int) -> list[str]:
    """Return as many captures about as long as `text` that share no paragraph, so that nothing remembered helps."""
    words = ("".join(letters) for letters in itertools.product("bdfklmnprst", "aeiou", "bdfklmnprst", "aeiou"))
    return [re.sub(r"(?m)^(\S+ )", rf"\1{word} ", text) for word in itertools.islice(words, count)]


def process(path: Path, *, runs: int = 7) -> dict[str, float]:
    """Return seconds (median) and memory (largest, MB) of whole `onrecord read` processes."""
    command = [str(Path(sys.executable).with_name("onrecord")), "read", str(path)]
    seconds = []
    for _ in range(runs):
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        seconds.append(time.perf_counter() - start)
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"seconds": round(statistics.median(seconds), 2), "MB": round(megabytes)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    args = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    seed = args.shared / "claims" / "seed.txt"
    path = seed if seed.exists() else EXAMPLE
    text = path.read_text(encoding="utf-8")
    texts = itertools.cycle(variants(text, 3000))
    figures = {
        "capture": path.name,
        "characters": len(text),
        "read whole, captures a second": rate(lambda: read_capture(capture_from_text(next(texts), "seed")), seconds=15),
        "stories alone, captures a second": rate(
            lambda: find_stories(capture_from_text(next(texts), "seed")), seconds=5
        ),
        "onrecord read": process(path),
    }
    save("speed", figures)
    print(json.dumps(figures, indent=1))
    raise SystemExit("\n".join(below_floors("speed", figures)) or 0)


if __name__ == "__main__":
    main()
