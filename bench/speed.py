"""Speed and memory, on one core.

    python -m bench.speed --shared ../shared

Captures of the seed's size, no two the same, are read in one process (model loaded, one thread); whole processes of
`onrecord read` are timed from their start to their last line. Medians; written to bench/results.json.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gc
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

from msgspec.structs import replace

from bench.results import below_floors, save
from onrecord import figures
from onrecord.captures import capture_from_text
from onrecord.model import Quantity
from onrecord.pipeline import check, read_capture
from onrecord.stories import find_stories
from onrecord.verdicts import check as check_claim

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


def claims_checked(count: int = 10_000) -> float:
    """Return how many claims a second are checked once the figures are loaded; no two have the same number."""
    data = Path(__file__).parents[1] / "tests" / "data"
    lines = [line for path in sorted(data.glob("verdicts*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    said = [(row["text"], dt.date.fromisoformat(row["on"])) for row in map(json.loads, lines)]
    read = [(claim, day) for text, day in said for claim in check(text, on=day).claims]
    claims = [
        (replace(claim, quantity=claim.quantity and _moved(claim.quantity, n)), day)
        for n, (claim, day) in zip(range(count), itertools.cycle(read), strict=False)
    ]
    known = figures.load()
    start = time.process_time()  # one thread, short: what else runs on the machine would weigh too much
    for claim, day in claims:
        check_claim(claim, known, day=day)
    return round(count / (time.process_time() - start))


def _moved(quantity: Quantity, n: int) -> Quantity:
    return quantity if quantity.value is None else replace(quantity, value=quantity.value * (1 + n / 1e5))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    args = parser.parse_args()
    gc.set_threshold(50_000)  # as the command line does
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    seed = args.shared / "claims" / "seed.txt"
    path = seed if seed.exists() else EXAMPLE
    text = path.read_text(encoding="utf-8")
    texts = itertools.cycle(variants(text, 3000))
    measured = {
        "capture": path.name,
        "characters": len(text),
        "read whole, captures a second": rate(lambda: read_capture(capture_from_text(next(texts), "seed")), seconds=15),
        "stories alone, captures a second": rate(
            lambda: find_stories(capture_from_text(next(texts), "seed")), seconds=5
        ),
        "onrecord read": process(path),
        "claims checked a second": claims_checked(),
    }
    save("speed", measured)
    print(json.dumps(measured, indent=1))
    raise SystemExit("\n".join(below_floors("speed", measured)) or 0)


if __name__ == "__main__":
    main()
