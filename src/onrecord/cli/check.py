"""`onrecord check`: claims against official figures."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.output import PipedConsole, counted, print_lines, told_when_closed, with_progress
from onrecord.errors import UsageError
from onrecord.model import Reading, Skipped


def check_command(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH...", help="What `read` takes: files, folders, addresses, - for standard input."),
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", metavar="SENTENCE", help="Check this instead; needs --on.")
    ] = None,
    on: Annotated[
        dt.datetime | None,
        typer.Option("--on", metavar="YYYY-MM-DD", formats=["%Y-%m-%d"], help="Day on which the sentence was said."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the JSON of `read` with a verdict a claim.")] = False,
    figures: Annotated[
        Path | None,
        typer.Option("--figures", metavar="FOLDER", help="Where added figures are kept, as for `onrecord figures`."),
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Let addresses lead to private, loopback and link-local hosts.")
    ] = False,
) -> None:
    """Hold claims against official figures as they were known on the story's day."""
    if (text is None) == (not paths):
        raise UsageError("check needs either paths or --text")
    if (text is None) != (on is None):
        raise UsageError("--text and --on go together: a sentence is checked by what was known on its day")
    from onrecord.figures import load
    from onrecord.figures.folder import user_folder
    from onrecord.pipeline import Settings, check, read_all
    from onrecord.report.words import Tally

    settings = Settings(figures=load(figures or user_folder()))
    if text is not None and on is not None:
        _print([check(text, on=on.date(), settings=settings)], as_json=as_json, whole=True)
        return
    tally = Tally()
    given = paths or []
    readings = counted(read_all(given, allow_private=allow_private, settings=settings), tally)
    _print(with_progress(readings, given), as_json=as_json, whole=False)
    print(f"onrecord: {tally}", file=sys.stderr)
    if tally.skipped:
        raise typer.Exit(1)


def _print(readings: Iterable[Reading | Skipped], *, as_json: bool, whole: bool) -> None:
    from onrecord.report.verdicts import print_verdicts

    with told_when_closed():
        if as_json:
            print_lines(readings)
            return
        console = PipedConsole()
        for reading in readings:
            if isinstance(reading, Reading):
                print_verdicts(console, reading, whole=whole)
