"""The README's tables of measured figures, made from bench/results.json.

    python -m bench.tables

writes them between the README's markers; a test holds the README against them.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from bench.results import RESULTS

README = Path(__file__).parents[1] / "README.md"
_PART = re.compile(r"(<!-- (accuracy|speed) -->\n).*?(<!-- end -->)", flags=re.S)


def filled(readme: str) -> str:
    """Return the README with its tables as the results have them."""
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    makers = {"accuracy": accuracy, "speed": speed}
    return _PART.sub(lambda part: part[1] + makers[part[2]](results[part[2]]) + part[3], readme)


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


def _f1(scores: dict[str, float]) -> str:
    return f"{scores['F1']:.3f}"


def _table(note: str, rows: list[tuple[str, str]]) -> str:
    lines = ["| measure | figure |", "| --- | --- |", *(f"| {name} | {figure} |" for name, figure in rows)]
    return "\n".join(["", *lines, "", note, ""])


if __name__ == "__main__":
    README.write_text(filled(README.read_text(encoding="utf-8")), encoding="utf-8")
