"""The README's tables: measured figures from bench/results.json, and what onrecord reads in the example.

    python -m bench.tables

writes them between the README's markers; a test holds the README against them.
"""

from __future__ import annotations

import json
import re
import statistics
from pathlib import Path
from typing import Any

from bench.results import RESULTS
from onrecord import read
from onrecord.report import words

EXAMPLE = Path(__file__).parents[1] / "examples" / "captured-page.txt"
README = Path(__file__).parents[1] / "README.md"
_PART = re.compile(r"(<!-- (example|accuracy|speed|record) -->\n).*?(<!-- end -->)", flags=re.S)


def filled(readme: str) -> str:
    """Return the README with its tables as the results have them."""
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    makers = {
        "example": example,
        "accuracy": lambda: accuracy(results["accuracy"]),
        "speed": lambda: speed(results["speed"]),
        "record": lambda: record(results["record"], results["web"]),
    }
    return _PART.sub(lambda part: part[1] + makers[part[2]]() + part[3], readme)


def example() -> str:
    """Return the claims that onrecord reads in the README's sentence of the example page."""
    reading = read(EXAMPLE)
    lines = ["| kind | who | what | how much | by when | said by |", "| --- | --- | --- | --- | --- | --- |"]
    for claim in reading.claims:
        if claim.quantity and "Reid has pledged" in claim.evidence.of(reading.capture.text):
            when = words.period(claim.when) if claim.when else "–"
            cells = [claim.kind, claim.actor, claim.measure, words.quantity(claim.quantity), when, claim.said_by]
            lines.append(f"| {' | '.join(cell or '–' for cell in cells)} |")
    return "\n".join(["", *lines, "", ""])


def accuracy(figures: dict[str, Any]) -> str:
    """Return the table of accuracy: each measure, and its figure."""
    reading, dev = figures["reading"], figures["claims dev"]
    rows = [
        (f"story body, {name}: macro F1 (aeb / fundus)", f"{scores['aeb']:.3f} / {scores['fundus']:.3f}")
        for name, scores in reading.items()
        if name != "fused"
    ]
    rows.append(("fused captures: macro F1", f"{reading['fused']['macro F1']:.3f}"))
    rows += [
        ("stories found: F1", _f1(dev["stories"])),
        ("quantified claims: found / core / full F1", " / ".join(_f1(dev[f"quantified claims {k}"]) for k in LEVELS)),
        ("undertakings without a number: found F1", _f1(dev["unquantified claims found"])),
        ("statements: F1 / speakers right", f"{_f1(dev['statements'])} / {dev['speaker accuracy']:.3f}"),
        (
            "quoted statements: recall / speakers right",
            f"{dev['quoted statements recall']:.3f} / {dev['quoted speaker accuracy']:.3f}",
        ),
        *((f"claim slot: {slot}", f"{share:.3f}") for slot, share in dev["slot accuracy"].items()),
    ]
    return _table(f"Measured {figures['date']} on {figures['machine']}.", rows)


LEVELS = ("found", "core", "full")


def speed(figures: dict[str, Any]) -> str:
    """Return the table of speed, one core, on a capture of about 12,600 characters."""
    rows = [
        ("whole reading, model loaded", f"{figures['read whole, captures a second']:g} captures/s"),
        ("stories alone", f"{figures['stories alone, captures a second']:g} captures/s"),
        (
            "`onrecord read` of one capture, start to last line",
            f"{figures['onrecord read']['seconds']:.2f} s, {figures['onrecord read']['MB']:.0f} MB",
        ),
    ]
    return _table(f"Measured {figures['date']} on {figures['machine']}, one core; medians.", rows)


def record(figures: dict[str, Any], web: dict[str, Any]) -> str:
    """Return the table of the record: how fast it is, what it withstands, how well threads and copies are told."""
    asked = figures["a million claims"]["median ms"]
    rows = [
        ("captures read before, added to SQLite", f"{figures['adding']['captures a second']} a second"),
        *((f"`{name}` among a million claims, median", _slowest(asked, name)) for name in ("find", "track", "show")),
        ("32 clients on a million claims, 5% writes: 99th percentile", f"{web['p99 ms']:.0f} ms"),
        ("requests that failed, writes that were lost", f"{web['errors']}, {web['lost']} of {web['stored']}"),
        (f"{figures['kills']} kills of `onrecord add`: captures lost", str(figures["lost"])),
        (
            "threads of made histories, pairwise F1: wordings at hand / held back",
            f"{figures['threads_f1']:.3f} / {figures['threads_f1_held_back']:.3f}",
        ),
        (
            "copies of a story among made pairs: precision / recall",
            f"{figures['copies_precision']:.3f} / {figures['copies_recall']:.3f}",
        ),
    ]
    return _table(f"Measured {figures['date']} on {figures['machine']}.", rows)


def _slowest(asked: dict[str, float], command: str) -> str:
    """Return how long the questions of a command take: most of them, and the slowest."""
    taken = sorted(ms for name, ms in asked.items() if name.startswith(command))
    return f"{statistics.median(taken):.0f} ms, the slowest question {taken[-1]:.0f} ms"


def _f1(scores: dict[str, float]) -> str:
    return f"{scores['F1']:.3f}"


def _table(note: str, rows: list[tuple[str, str]]) -> str:
    lines = ["| measure | figure |", "| --- | --- |", *(f"| {name} | {figure} |" for name, figure in rows)]
    return "\n".join(["", *lines, "", note, ""])


if __name__ == "__main__":
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")
