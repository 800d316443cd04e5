"""docs/batch.md lists every column of every dataset as the code has it, every option, and the limits."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.main import get_command

from onrecord.batch import Limits
from onrecord.batch.tables import TABLES, Column
from onrecord.cli import app

PAGE = (Path(__file__).parents[1] / "docs" / "batch.md").read_text(encoding="utf-8")


def line(column: Column) -> str:
    type_ = {"strings": "list of strings"}.get(column.type, column.type)
    values = f" One of {', '.join(f'`{one}`' for one in column.one_of)}." if column.one_of else ""
    return f"| `{column.name}` | {type_}{', always' if column.required else ''} | {column.meaning}{values} |"


@pytest.mark.parametrize("table", sorted(TABLES))
def test_every_column_stands_there(table: str) -> None:
    section = PAGE.split(f"### `{table}`\n")[1].split("\n#")[0]
    assert [row for row in section.splitlines() if row.startswith("| `")] == [line(one) for one in TABLES[table]]


def test_every_option_stands_there() -> None:
    options = [one for one in get_command(app).commands["batch"].params if one.param_type_name == "option"]
    named = [
        name for one in options for name in one.opts if name.startswith("--") and name not in {"--quiet", "--help"}
    ]
    assert [name for name in named if f"| `{name} " not in PAGE] == []


def test_the_limits_are_those_of_the_code() -> None:
    limits = Limits()
    assert f"| size of a page, unpacked | {limits.page_bytes >> 20} MB |" in PAGE
    assert f"| processor time of a capture | {limits.seconds:g} s;" in PAGE
    assert f"some {limits.shard_bytes >> 20} MB of an archive, a thousand rows" in PAGE
    assert limits.shard_rows == 1_000
