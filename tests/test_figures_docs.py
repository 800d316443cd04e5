"""docs/figures.md names every indicator, every licence, every column and every source; and its example runs."""

from __future__ import annotations

import re
from pathlib import Path

from onrecord import figures
from onrecord.figures import catalogue
from onrecord.figures.rows import OPTIONAL, REQUIRED
from onrecord.figures.sources import SOURCES

PAGE = (Path(__file__).parents[1] / "docs" / "figures.md").read_text(encoding="utf-8")


def test_every_built_in_indicator_stands_there_with_licence_and_count() -> None:
    known = figures.load()
    for one in known.indicators:
        row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{one.id}` |"))
        assert one.publisher.licence in row
        assert f"| {len(known.entities(one.id))} |" in row


def test_every_column_stands_there() -> None:
    section = PAGE.split("## Columns of `add`")[1].split("\n## ")[0]
    assert re.findall(r"^\| `(\w+)`(?: \(or `\w+`\))? \|", section, re.MULTILINE) == [*REQUIRED, *OPTIONAL]


def test_every_source_of_updates_stands_there() -> None:
    assert all(f"`{name}`" in PAGE.split("## Update")[1] for name in SOURCES)


def test_the_example_runs() -> None:
    example = re.search(r"```python\n(.*?)```", PAGE, re.S)
    assert example is not None
    names: dict[str, object] = {}
    exec(example.group(1), names)
    assert names["one"] is not None


def test_every_indicator_that_an_update_brings_is_in_the_catalogue() -> None:
    from onrecord.figures.sources import eurostat, oecd, world_bank

    flows = [*eurostat.FLOWS, oecd.ODA, oecd.RESEARCH]
    fetched = {flow.row["indicator"] for flow in flows} | {name for name, _, _ in world_bank.SERIES.values()}
    assert fetched <= set(catalogue.indicators())
