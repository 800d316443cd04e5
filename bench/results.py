"""The file of measured figures, `bench/results.json`, and the floors they must keep, `bench/floors.json`."""

from __future__ import annotations

import datetime as dt
import json
import platform
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).with_name("results.json")
FLOORS = Path(__file__).with_name("floors.json")


def save(part: str, figures: dict[str, Any]) -> None:
    """Replace one part of the results, with this machine and today's date beside it, and what the page About tells."""
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    results[part] = {"date": dt.datetime.now(dt.UTC).date().isoformat(), "machine": machine(), **figures}
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    from bench.measured import write  # which reads these results

    write()


def machine() -> str:
    """Return the processor, the number of its cores and the Python version, in words."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return f"{models[0] if models else cpu}, {len(models) or '?'} cores, Python {platform.python_version()}"


def below_floors(part: str, figures: dict[str, Any]) -> list[str]:
    """Return a line for each floor of `part` that `figures` miss by more than the floor's margin."""
    floors = json.loads(FLOORS.read_text())[part]
    margin, lines = floors["margin"], []
    for path, floor in floors["floors"].items():
        value: Any = figures
        for key in path.split(" / "):
            value = value[key]
        if value < floor * (1 - margin):
            lines.append(f"{part}: {path} is {value}, floor {floor} (margin {margin:.0%})")
    return lines
