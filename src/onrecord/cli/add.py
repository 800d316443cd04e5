"""`onrecord add`: captures into the record."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from onrecord import __version__
from onrecord.cli.output import told_when_closed
from onrecord.model import Capture, Skipped

if TYPE_CHECKING:
    from onrecord.record.adding import Added

RecordPlace: TypeAlias = Annotated[
    str | None,
    typer.Option("--record", metavar="FILE|URL", help="The record [default: $ONRECORD_RECORD, else onrecord.db here]."),
]


def add_command(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="What `read` takes; also the lines that `read --json` printed."),
    ],
    record: RecordPlace = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Let addresses lead to private, loopback and link-local hosts.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print only the last line.")] = False,
) -> None:
    """Read captures into the record, each with all that was read from it or not at all."""
    from onrecord.pipeline import Settings, read_new
    from onrecord.record.adding import Added, add, knows
    from onrecord.record.database import open_record, place_of_record
    from onrecord.record.rating import known_figures

    tally = Counter[str]()
    with open_record(place_of_record(record), may_be_new=True) as opened, told_when_closed():
        by = known_figures()
        settings = Settings(figures=by.figures)
        known = lambda capture: knows(opened, capture)  # noqa: E731
        for found in read_new(paths, known, allow_private=allow_private, settings=settings):
            if isinstance(found, Skipped):
                tally["skipped"] += 1
                print(f"onrecord: {found.source}: {found.reason}", file=sys.stderr)
                continue
            if isinstance(found, Capture):
                added = Added(source=found.source, capture_id=found.id, new=False)
            else:
                added = add(opened, found, reader=__version__, by=by)
            tally.update(_counts(added))
            if not quiet:
                print(_line(added), flush=True)
        print(_summary(tally, opened.place))
    if tally["skipped"]:
        raise typer.Exit(1)


def _counts(added: Added) -> dict[str, int]:
    if not added.new:
        return {"known": 1}
    return {"captures": 1, "stories": added.stories, "statements": added.statements, "claims": added.claims}


def _line(added: Added) -> str:
    if not added.new:
        return f"known  {added.source}"
    return f"added  {added.source}: {added.stories} stories, {added.statements} statements, {added.claims} claims"


def _summary(tally: Counter[str], place: str) -> str:
    new = ", ".join(f"{tally[name]:,} {name}" for name in ("captures", "stories", "statements", "claims"))
    known = f"; {tally['known']:,} known already" if tally["known"] else ""
    skipped = f"; {tally['skipped']:,} skipped" if tally["skipped"] else ""
    return f"{place}: {new} added{known}{skipped}"
