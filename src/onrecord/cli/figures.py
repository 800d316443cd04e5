"""`onrecord figures`: lists indicators, shows series, adds files, fetches from publishers."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.output import PipedConsole, told_when_closed
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.figures.folder import Added

app = typer.Typer(
    invoke_without_command=True,
    help="Official figures against which claims are held. Without a command: lists the indicators.",
)

_Folder = Annotated[
    Path | None,
    typer.Option(
        "--figures",
        metavar="FOLDER",
        help="Where added figures are kept (default: ONRECORD_FIGURES, else a folder among the user's data).",
    ),
]


def _folder(given: Path | None, *, may_be_new: bool = False) -> Path:
    from onrecord.figures.folder import user_folder

    if given is not None and not may_be_new and not given.is_dir():
        raise UsageError(f"--figures {given}: no such folder")
    return given or user_folder()


@app.callback()
def list_command(context: typer.Context, figures: _Folder = None) -> None:
    """List the indicators: unit, whom and when they cover, who publishes them and under which licence."""
    if context.invoked_subcommand is not None:
        if figures is not None:
            raise UsageError("--figures stands behind the command: onrecord figures show ... --figures FOLDER")
        return
    from onrecord.cli.figures_tables import indicators_table
    from onrecord.figures import load

    known = load(_folder(figures))
    with told_when_closed():
        PipedConsole().print(indicators_table(known))


@app.command(name="show")
def show_command(
    indicator: Annotated[str, typer.Argument(help="Its identifier, as `onrecord figures` lists it.")],
    entity: Annotated[str, typer.Option("--entity", metavar="NAME", help="Country or group: GBR, Britain, NATO.")],
    as_of: Annotated[
        dt.datetime | None,
        typer.Option("--as-of", metavar="YYYY-MM-DD", formats=["%Y-%m-%d"], help="What was known on this day."),
    ] = None,
    editions: Annotated[bool, typer.Option("--editions", help="Every edition of each value.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV that `figures add` reads.")] = False,
    figures: _Folder = None,
) -> None:
    """Show a series as it was known on a day, with editions and sources."""
    if as_json and as_csv:
        raise UsageError("--json and --csv exclude each other")
    import msgspec

    from onrecord.cli.figures_tables import series_view
    from onrecord.figures import load
    from onrecord.figures.rows import csv_text

    day = as_of.date() if as_of else None
    series = load(_folder(figures)).series(indicator, entity, as_of=day, editions=editions)
    with told_when_closed():
        if as_json:
            print(msgspec.json.format(msgspec.json.encode(series)).decode())
        elif as_csv:
            print(csv_text(series), end="")
        elif series.observations:
            PipedConsole().print(series_view(series))
    if not series.observations:
        known = f" was known on {day}" if day else " is known"
        print(f"onrecord: no value of {series.indicator.id} for {series.entity.name}{known}", file=sys.stderr)
        raise typer.Exit(1)


@app.command(name="add")
def add_command(
    file: Annotated[
        Path, typer.Argument(metavar="FILE.csv", help="Plain or gzipped; docs/figures.md has its columns.")
    ],
    figures: _Folder = None,
) -> None:
    """Add the figures of a CSV file: all its rows, or none."""
    from onrecord.figures.folder import add_file

    folder = _folder(figures, may_be_new=True)
    _print_added(add_file(file, folder), str(file), folder)


@app.command(name="update")
def update_command(
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="world-bank, eurostat or oecd.")],
    address: Annotated[
        str | None, typer.Option("--address", metavar="URL", help="Base address of its interface, if another.")
    ] = None,
    figures: _Folder = None,
) -> None:
    """Fetch the newest editions from a publisher's open interface: the one figures command that opens a connection."""
    from onrecord.figures.sources import update

    folder = _folder(figures, may_be_new=True)
    _print_added(update(source, folder, address=address), source, folder)


def _print_added(done: Added, source: str, folder: Path) -> None:
    new = f"; new indicators: {', '.join(done.indicators)}" if done.indicators else ""
    print(f"{source}: {done.added:,} figures added to {folder}, {done.known:,} were there already{new}")
