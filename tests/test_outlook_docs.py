"""docs/outlook.md: its tables are the measured figures, its example runs, every status and field has its place."""

from __future__ import annotations

import json
import re
from typing import get_args

import pytest

from bench.outlook_tables import PAGE, filled
from bench.results import RESULTS
from onrecord.outlook.values import Bill, GroupOutlook, Members, Outlook, Projection, Status, Target, TargetKind

TEXT = PAGE.read_text(encoding="utf-8")


def test_the_tables_are_what_was_measured() -> None:
    assert filled(TEXT) == TEXT


def test_every_status_and_kind_of_target_stands_there() -> None:
    assert re.findall(r"^\| `([a-z ]+)` \|", TEXT.split("## Status")[1], re.M)[:6] == [
        "met",
        "missed",
        "on track",
        "off track",
        "open",
        "cannot be rated",
    ]
    assert all(f"`{name}`" in TEXT for name in (*get_args(Status), *get_args(TargetKind)))


@pytest.mark.parametrize(
    "value", [Outlook, Target, Projection, Bill, GroupOutlook, Members], ids=lambda one: one.__name__
)
def test_every_field_is_defined(value: type) -> None:
    defined = set(re.findall(r"`(\w+)`", TEXT.split("## Fields")[1].split("\n## ")[0]))
    assert set(value.__struct_fields__) <= defined


def test_the_example_runs() -> None:
    example = re.search(r"```python\n(.*?)```", TEXT, re.S)
    assert example is not None
    names: dict[str, object] = {}
    exec(example.group(1), names)
    assert names["one"] is not None


def test_intervals_and_forecasts_reach_their_bars() -> None:
    by_horizon = json.loads(RESULTS.read_text(encoding="utf-8"))["backtest"]["by horizon"]
    assert all(0.75 <= row["held"] <= 0.85 for row in by_horizon.values())
    assert by_horizon["all"]["ratio"] <= 1
    assert max(by_horizon["1"]["ratio"], by_horizon["2"]["ratio"]) < 1
