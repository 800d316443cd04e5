"""Claims as CSV with a Frictionless Data Package beside it (https://datapackage.org/standard/data-package/).

Texts of strangers go into spreadsheets here, and a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage
return would be taken for a formula: it gets an apostrophe set before it, as does one that begins with an apostrophe,
so that taking one away gives every text back. Numbers, days and words of a closed list stay as they are.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import re
from pathlib import Path
from typing import Any, Final

import msgspec
from sqlalchemy import Connection

from onrecord.record.exporting.choosing import Choice
from onrecord.record.exporting.columns import COLUMNS, Column, cell
from onrecord.record.exporting.told import Told, told

_DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r", "'")
_NOT_IN_NAMES: Final = re.compile(r"[^a-z0-9._-]+")
_NOTE: Final = (
    "One row a claim. A text that begins with =, +, -, @, a tab, a carriage return or an apostrophe has an apostrophe "
    "set before it, so that no spreadsheet takes it for a formula. An empty cell is one without a value."
)
_PROFILE: Final = "https://datapackage.org/profiles/2.0/datapackage.json"


def descriptor_path(path: Path) -> Path:
    """Return where the description of a CSV file lies: `claims.datapackage.json` beside `claims.csv`."""
    return path.with_suffix(".datapackage.json")


def write_csv(connection: Connection, path: Path, choice: Choice) -> int:
    """Write the chosen claims to `path` (UTF-8, lines ending in CR LF); return how many there are."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([one.name for one in COLUMNS])
        for row in told(connection, choice):
            writer.writerow(cells(row))
            count += 1
    return count


def write_descriptor(path: Path, table: Path, name: str) -> None:
    """Write to `path` what describes a table, which is now at `table` and will be a file called `name`."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(_descriptor(table, name)), indent=2) + b"\n")


def cells(row: Told) -> list[str]:
    """Return the cells of a claim, in the order of `COLUMNS`."""
    return [_written(one, cell(one, row)) for one in COLUMNS]


def harmless(text: str) -> str:
    """Return a text as it stands in a cell."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def _written(column: Column, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value).removesuffix(".0")
    if isinstance(value, int | dt.date):
        return str(value)
    return str(value) if column.one_of else harmless(str(value))


def _descriptor(table: Path, name: str) -> dict[str, Any]:
    with table.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    slug = _NOT_IN_NAMES.sub("-", Path(name).stem.lower()).strip("-") or "claims"
    resource = {
        "name": slug,
        "type": "table",
        "path": name,
        "title": "Claims",
        "description": _NOTE,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": table.stat().st_size,
        "hash": f"sha256:{digest}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {"fields": [_field(one) for one in COLUMNS], "primaryKey": ["address"], "missingValues": [""]},
    }
    return {"$schema": _PROFILE, "name": slug, "title": "Claims on record", "resources": [resource]}


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.type, "format": "default"}
    field["description"] = column.meaning
    if column.type == "boolean":
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    if column.one_of:
        constraints["enum"] = list(column.one_of)
    return field | ({"constraints": constraints} if constraints else {})
