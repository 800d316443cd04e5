"""`onrecord show`: one thread with its history, or one claim."""

from __future__ import annotations

import datetime as dt
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.add import RecordPlace
from onrecord.cli.output import PipedConsole, told_when_closed
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.record.showing import ShownThread, Standing

_THREAD = re.compile(r"[Tt](\d{1,15})|(\d{1,7})")
"""A thread's number; of eight digits and more without the T it may be the beginning of an address."""


def show_command(
    what: Annotated[
        str, typer.Argument(metavar="THREAD|ADDRESS", help="A thread as `track` numbers it, T12; or a claim's address.")
    ],
    record: RecordPlace = None,
    plot: Annotated[
        Path | None, typer.Option("--plot", metavar="FILE.svg|png|html", help="Draw series, target and projection.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Show a thread: its words over time, what changed, its verdicts, where it stands. Or one claim."""
    from onrecord.record.database import open_record, place_of_record
    from onrecord.record.showing import ShownThread, show_claim, show_thread

    number = _THREAD.fullmatch(what)
    today = dt.datetime.now().astimezone().date()
    with open_record(place_of_record(record)) as opened:
        if number:
            shown: ShownThread | Standing = show_thread(opened, int(number.group(1) or number.group(2)), today=today)
        else:
            shown = show_claim(opened, what)
    if plot:
        _draw(shown, plot)
    with told_when_closed():
        if as_json:
            import msgspec

            sys.stdout.buffer.write(msgspec.json.encode(shown) + b"\n")
            return
        from onrecord.cli.thread_tables import claim_view, thread_view

        console = PipedConsole()
        console.print(thread_view(shown, console.width) if isinstance(shown, ShownThread) else claim_view(shown))


def _draw(shown: ShownThread | Standing, path: Path) -> None:
    from onrecord.outlook import Outlook
    from onrecord.plots import draw
    from onrecord.record.rating import known_figures

    rating = getattr(shown, "rating", None)
    if not isinstance(rating, Outlook):
        raise UsageError(f"--plot {path}: nothing to draw, there is no series that this is measured by")
    draw(rating, known_figures().figures, path)
