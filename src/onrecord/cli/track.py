"""`onrecord track`: commitments, demands, proposals and forecasts by their deadlines."""

from __future__ import annotations

import datetime as dt
import re
import sys
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from onrecord.cli.add import RecordPlace
from onrecord.cli.output import PipedConsole, one_of, told_when_closed
from onrecord.errors import UsageError
from onrecord.model import Judgement

if TYPE_CHECKING:
    from onrecord.record.database import Record

_KINDS = ("commitment", "demand", "proposal", "forecast", "figure")
_DAYS = re.compile(r"(\d{1,5})\s*d?")


def track_command(
    kind: Annotated[str, typer.Option("--kind", metavar="KIND", help=f"One of {', '.join(_KINDS)}.")] = "commitment",
    actor: Annotated[
        str | None, typer.Option("--actor", metavar="NAME", help="Who is bound; of a country all that was said for it.")
    ] = None,
    status: Annotated[
        str | None,
        typer.Option(
            "--status", metavar="STATUS", help="met, 'on track', 'off track', missed, open, overdue, dropped."
        ),
    ] = None,
    stage: Annotated[
        str | None, typer.Option("--stage", metavar="STAGE", help="said, adopted, funded or delivered.")
    ] = None,
    due: Annotated[str | None, typer.Option("--due", metavar="DAYS", help="Due within so many days: 90d.")] = None,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, help="At most so many.")] = 50,
    rerate: Annotated[bool, typer.Option("--rerate", help="First rate all anew by the figures known now.")] = False,
    record: RecordPlace = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
) -> None:
    """List what was promised, asked or expected, by deadline: what is overdue first."""
    from onrecord.outlook.values import Status
    from onrecord.record.database import open_record, place_of_record
    from onrecord.record.showing import said
    from onrecord.record.tracking import DROPPED, OVERDUE, Asked, track
    from onrecord.threads import STAGES

    today = dt.datetime.now().astimezone().date()
    asked = Asked(
        kind=one_of("--kind", kind, _KINDS),
        actor=actor,
        status=one_of("--status", status, (*get_args(Status), *get_args(Judgement), OVERDUE, DROPPED)),
        stage=one_of("--stage", stage, STAGES),
        within=_days(due) if due else None,
        limit=limit,
    )
    with open_record(place_of_record(record)) as opened:
        if rerate:
            _rerate(opened)
        found = track(opened, asked, today=today)
        figures = said(opened, [one.id for one in found]) if asked.kind == "figure" and not as_json else {}
    with told_when_closed():
        if as_json:
            import msgspec

            sys.stdout.buffer.writelines(msgspec.json.encode(one) + b"\n" for one in found)
            return
        from onrecord.cli.thread_tables import figures_tracker, tracker

        view = figures_tracker(found, figures, asked) if asked.kind == "figure" else tracker(found, asked, today)
        PipedConsole().print(view)


def _rerate(record: Record) -> None:
    from onrecord.record.rating import known_figures
    from onrecord.record.threads import rerate

    with record.writing() as connection:
        print(f"onrecord: {rerate(connection, known_figures()):,} threads rated anew", file=sys.stderr)


def _days(given: str) -> int:
    found = _DAYS.fullmatch(given.strip())
    if not found:
        raise UsageError(f"--due {given}: not a number of days, such as 90d")
    return int(found.group(1))
