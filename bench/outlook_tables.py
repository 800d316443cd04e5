"""The tables of docs/outlook.md, made from bench/results.json.

    python -m bench.outlook_tables

writes them between the page's markers; a test holds the page against them.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from bench.results import RESULTS

PAGE = Path(__file__).parents[1] / "docs" / "outlook.md"
_PART = re.compile(r"(<!-- (horizons|indicators) -->\n).*?(<!-- end -->)", flags=re.S)


def filled(page: str) -> str:
    """Return the page with its tables as the results have them."""
    results = json.loads(RESULTS.read_text(encoding="utf-8"))["backtest"]
    makers = {"horizons": _horizons, "indicators": _indicators}
    return _PART.sub(lambda part: f"{part[1]}\n{makers[part[2]](results)}\n{part[3]}", page)


def fill() -> None:
    """Write the page's tables."""
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")


def _horizons(results: dict[str, Any]) -> str:
    names = {"all": "all", "without population and GDP": "all, without population and GDP", "1": "1 year"} | {
        str(n): f"{n} years" for n in range(2, 16)
    }
    note = f"Measured {results['date']} on {results['machine']}. The outlook of NATO's 32 members, 10,000 draws each, "
    note += f"takes {results['32 members, seconds']} s (figures loaded; median of seven)."
    return f"{_table('ahead', names, results['by horizon'])}\n{note}\n"


def _indicators(results: dict[str, Any]) -> str:
    rows = results["by indicator"]
    return _table("indicator", {name: f"`{name}`" for name in rows}, rows)


def _table(first: str, names: dict[str, str], rows: dict[str, dict[str, float]]) -> str:
    lines = [
        f"| {first} | forecasts | held by the 80% interval | error / error of `no change` |",
        "| --- | --- | --- | --- |",
    ]
    for key, name in names.items():
        row = rows[key]
        lines.append(f"| {name} | {row['forecasts']:,} | {row['held']:.3f} | {row['ratio']:.3f} |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    fill()
