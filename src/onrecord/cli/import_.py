"""`onrecord import`: a record from what `export --to FILE.jsonl` wrote."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.add import RecordPlace
from onrecord.cli.output import told_when_closed


def import_command(
    file: Annotated[Path, typer.Argument(metavar="FILE.jsonl", help="What `export --to FILE.jsonl` wrote.")],
    record: RecordPlace = None,
) -> None:
    """Take an exported record into this one: all that it does not have yet."""
    from onrecord.record.database import open_record, place_of_record
    from onrecord.record.importing import Refused, import_lines, require_export
    from onrecord.record.rating import known_figures

    require_export(file)  # before a record is made for nothing
    counts, refused = Counter[str](), 0
    with open_record(place_of_record(record), may_be_new=True) as opened, told_when_closed():
        for found in import_lines(opened, file, by=known_figures()):
            if isinstance(found, Refused):
                refused += 1
                print(f"onrecord: {file}, line {found.number}: {found.reason}", file=sys.stderr)
            else:
                counts.update(found)
        print(_summary(counts, refused, opened.place))
    if refused:
        raise typer.Exit(1)


_NEW = (
    *("captures", "stories", "statements", "claims", "sources", "former claims", "reviews", "sightings", "threads"),
    "feeds",
)
_KNOWN = ("known captures", "known threads", "known feeds")


def _summary(counts: Counter[str], refused: int, place: str) -> str:
    """Return what was added, what was there already, and what was left out."""
    new = ", ".join(f"{counts[name]:,} {name}" for name in _NEW if counts[name]) or "nothing"
    known = ", ".join(f"{counts[name]:,} {name.removeprefix('known ')}" for name in _KNOWN if counts[name])
    parts = [f"{place}: {new} added"]
    parts += [f"{known} known already"] if known else []
    parts += [f"{counts['placed claims']:,} claims put into threads"] if counts["placed claims"] else []
    if counts["older reviews"]:
        parts.append(f"{counts['older reviews']:,} reviews left out: the claim was decided on here later")
    parts += [f"{refused:,} lines not taken"] if refused else []
    return "; ".join(parts)
