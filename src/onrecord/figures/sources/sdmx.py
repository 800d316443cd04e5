"""SDMX-CSV, the flat form in which SDMX interfaces answer: a header, then an observation a line."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping

import httpx
from msgspec import Struct


class Flow(Struct, frozen=True, kw_only=True):
    """One data flow, narrowed to one indicator by its key."""

    path: str
    """Below the interface's base address: flow, `/`, key."""
    params: dict[str, str]
    same: dict[str, str] = {}
    """Columns that must have these values in every line: a key that is understood otherwise must not go unseen."""
    row: dict[str, str]
    """Columns of `figures add` that are the same for every value: indicator, title, source, address, attribution."""


def lines(client: httpx.Client, base: str, flow: Flow, needed: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Yield the observations of `flow`, by the columns of the answer; those without a value are left out.

    Raises:
        httpx.HTTPError: The interface cannot be reached or refuses.
        ValueError: The answer is not SDMX-CSV, lacks a column of `needed`, or has something else than was asked for.
    """
    answer = client.get(f"{base}/{flow.path}", params=flow.params)
    answer.raise_for_status()
    reader = csv.DictReader(answer.text.splitlines(), restval="")
    missing = [name for name in (*needed, *flow.same) if name not in (reader.fieldnames or ())]
    if missing:
        raise ValueError(f"{flow.path}: the answer has no column {', '.join(missing)}")
    for line in reader:
        for name, value in flow.same.items():
            if line[name] != value:
                raise ValueError(f"{flow.path}: {name} is {line[name]!r}, not {value!r}")
        if line["OBS_VALUE"] not in {"", ":", "NaN"}:
            yield line


def unit(line: Mapping[str, str], column: str, units: Mapping[str, str]) -> str:
    """Return the unit of an observation by its code in `column`.

    Raises:
        ValueError: It has none, or one that `units` does not know.
    """
    code = line[column]
    if code not in units:
        raise ValueError(f"unit {code!r}, known: {', '.join(units)}" if code else "no unit")
    return units[code]
