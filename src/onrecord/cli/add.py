"""`onrecord add`: captures into the record."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from onrecord import __version__
from onrecord.cli.output import told_when_closed
from onrecord.model import Capture, Skipped

if TYPE_CHECKING:
    from onrecord.record.adding import Added

RecordPlace: TypeAlias = Annotated[
    str | None,
    typer.Option(
        "--record", metavar="FILE|URL", help="The record; without it $ONRECORD_RECORD, else onrecord.db here."
    ),
]


def add_command(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="What `read` takes; lines of `read --json`; folders of `batch`."),
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

    total = _Total()
    with open_record(place_of_record(record), may_be_new=True) as opened, told_when_closed():
        by = known_figures()
        settings = Settings(figures=by.figures)
        for found in read_new(paths, partial(knows, opened), allow_private=allow_private, settings=settings):
            if isinstance(found, Skipped):
                total.skipped += 1
                print(f"onrecord: {found.source}: {found.reason}", file=sys.stderr)
                continue
            if isinstance(found, Capture):
                added = Added(source=found.source, capture_id=found.id, new=False)
            else:
                added = add(opened, found, reader=__version__, by=by)
            total.add(added)
            if not quiet:
                print(_line(added), flush=True)
        print(f"{opened.place}: {total}")
    if total.skipped:
        raise typer.Exit(1)


def _line(added: Added) -> str:
    if not added.new:
        return f"known  {added.source}"
    return f"added  {added.source}: {_contents(added.stories, added.statements, added.claims)}"


def _contents(stories: int, statements: int, claims: int) -> str:
    from onrecord.report.words import how_many

    return ", ".join((how_many(stories, "story"), how_many(statements, "statement"), how_many(claims, "claim")))


class _Total:
    """What was added, for the closing line and the exit status."""

    def __init__(self) -> None:
        self.captures = self.stories = self.statements = self.claims = self.known = self.skipped = 0

    def add(self, added: Added) -> None:
        self.known += not added.new
        self.captures += added.new
        self.stories += added.stories
        self.statements += added.statements
        self.claims += added.claims

    def __str__(self) -> str:
        from onrecord.report.words import how_many

        told = f"{how_many(self.captures, 'capture')} added"
        told += f": {_contents(self.stories, self.statements, self.claims)}" if self.captures else ""
        told += f"; {self.known:,} known already" if self.known else ""
        return told + (f"; {self.skipped:,} skipped" if self.skipped else "")
