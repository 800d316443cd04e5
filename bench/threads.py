"""How well copies of a story are found, and claims put into threads; on made pairs and made histories.

    python -m bench.threads

Writes the figures to bench/results.json. Claims are added one by one in order of time, through keys and choice, with a
plain dictionary as the store.
"""

from __future__ import annotations

import json
import statistics
import time
from collections import Counter
from collections.abc import Iterable
from typing import Any

from bench.copies_made import base_texts, pairs
from bench.results import RESULTS, save
from bench.threads_made import Made, history_of_stories
from onrecord.threads import Thread, added, bands, begun, choose, keys, relation, signature

LOADED = 20
"""Candidates that are looked at, those that share most keys first."""


class Store:
    """Threads in memory, found by keys as a database finds them."""

    def __init__(self) -> None:
        self.threads: dict[int, Thread] = {}
        self.by_key: dict[str, set[int]] = {}
        self.candidates: list[int] = []
        self.seconds = 0.0

    def add(self, made: Made) -> int:
        """Put a claim into its thread, or a new one, and return the thread's number."""
        start = time.perf_counter()
        found = keys(made.sighting)
        shared = Counter(number for key in found for number in self.by_key.get(key, ()))
        best = sorted(shared, key=lambda number: (-shared[number], -number))[:LOADED]
        self.candidates.append(len(shared))
        chosen = choose(made.sighting, [self.threads[number] for number in best])
        thread = added(chosen, made.sighting) if chosen else begun(len(self.threads), made.sighting)
        self.threads[thread.id] = thread
        for key in found:
            self.by_key.setdefault(key, set()).add(thread.id)
        self.seconds += time.perf_counter() - start
        return thread.id


def pairwise(truth: Iterable[str], found: Iterable[int]) -> dict[str, float]:
    """Return precision, recall and F1 over the pairs of claims that are, or were put, in one thread."""
    both = list(zip(truth, found, strict=True))
    true_pairs, found_pairs, hits = (
        sum(n * (n - 1) // 2 for n in Counter(some).values())
        for some in ((one for one, _ in both), (one for _, one in both), both)
    )
    precision, recall = hits / max(found_pairs, 1), hits / max(true_pairs, 1)
    return {
        "P": round(precision, 4),
        "R": round(recall, 4),
        "F1": round(2 * hits / max(true_pairs + found_pairs, 1), 4),
    }


PARTS: dict[str, tuple[str, ...]] = {
    "all": ("commitment", "proposal", "demand", "forecast", "figure"),
    "undertakings": ("commitment", "proposal"),
    "demands": ("demand",),
    "forecasts": ("forecast",),
    "figures": ("figure",),
}


def threads(*, seeds: Iterable[int], held: bool) -> dict[str, Any]:
    """Return how well made histories are put together: means over the seeds, by kind of claim and in all."""
    runs = [_threads(seed, held) for seed in seeds]
    figures: dict[str, Any] = {
        part: {name: round(statistics.mean(run[part][name] for run in runs), 4) for name in ("P", "R", "F1")}
        for part in PARTS
    }
    figures["F1 of each history"] = [run["all"]["F1"] for run in runs]
    for name in ("claims", "threads made", "threads found", "candidates a claim", "microseconds a claim"):
        figures[name] = round(statistics.mean(run[name] for run in runs), 1)
    return figures


def _threads(seed: int, held: bool) -> dict[str, Any]:
    made, store = history_of_stories(seed=seed, held=held), Store()
    found = [store.add(one) for one in made]
    figures: dict[str, Any] = {}
    for part, kinds in PARTS.items():
        some = [(one.thread, n) for one, n in zip(made, found, strict=True) if one.sighting.kind in kinds]
        figures[part] = pairwise(*zip(*some, strict=True))
    return figures | {
        "claims": len(made),
        "threads made": len({one.thread for one in made}),
        "threads found": len(store.threads),
        "candidates a claim": sum(store.candidates) / len(made),
        "microseconds a claim": store.seconds / len(made) * 1e6,
    }


def copies(*, half: int, seed: int, count: int = 4000) -> dict[str, Any]:
    """Return how well copies are told on made pairs: they must share a band and be told for copies or versions."""
    counts: Counter[tuple[str, str | None]] = Counter()
    for pair in pairs(count, half=half, seed=seed):
        one, other = signature(pair.first), signature(pair.second)
        found = one and other and set(bands(one)) & set(bands(other)) and relation(other, one)
        counts[pair.made if pair.label == "other" else pair.label, found or None] += 1
    same = sum(n for (made, _), n in counts.items() if made in ("copy", "version"))
    told = sum(n for (_, found), n in counts.items() if found)
    hits = sum(n for (made, found), n in counts.items() if found and made in ("copy", "version"))
    wrong = {made: n for (made, found), n in counts.items() if found and made not in ("copy", "version")}
    return {"precision": round(hits / told, 4), "recall": round(hits / same, 4), "pairs": count, "wrongly told": wrong}


def signature_microseconds(words: int = 500) -> float:
    """Return how long the signature of a story of so many words takes, the shortest of twenty."""
    text = " ".join(" ".join(base_texts(0)[:5]).split()[:words])
    taken = []
    for _ in range(20):
        start = time.perf_counter()
        signature(text)
        taken.append(time.perf_counter() - start)
    return round(min(taken) * 1e6)


SEEDS = range(201, 211)
"""Histories that nothing was improved with."""


def measure() -> dict[str, Any]:
    """Return all figures: histories in open wordings and in those held back, copies of texts not improved with."""
    opened, held, copied = threads(seeds=SEEDS, held=False), threads(seeds=SEEDS, held=True), copies(half=1, seed=77)
    return {
        "threads_f1": opened["all"]["F1"],
        "threads_f1_held_back": held["all"]["F1"],
        "copies_precision": copied["precision"],
        "copies_recall": copied["recall"],
        "threads": opened,
        "threads, wordings held back": held,
        "copies": copied,
        "signature of 500 words, microseconds": signature_microseconds(),
    }


def main() -> None:
    """Measure, print and save."""
    figures = measure()
    known = json.loads(RESULTS.read_text()).get("record", {})  # other measurements of the record stay
    save("record", {name: one for name, one in known.items() if name not in ("date", "machine")} | figures)
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
