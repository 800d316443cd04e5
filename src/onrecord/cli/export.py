"""`onrecord export`: the record's claims for others."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from onrecord.cli.add import RecordPlace
from onrecord.errors import UsageError
from onrecord.model import ClaimKind


def export_command(
    to: Annotated[
        Path | None,
        typer.Option(
            "--to", metavar="FILE", help="A .parquet or .csv of claims, a .jsonld, or a .jsonl of the whole record."
        ),
    ] = None,
    gold: Annotated[
        Path | None,
        typer.Option(
            "--gold", metavar="FILE.jsonl", help="Instead: captures whose claims are all reviewed, for `score`."
        ),
    ] = None,
    record: RecordPlace = None,
    kinds: Annotated[
        list[str] | None, typer.Option("--kind", metavar="KIND", help="Only such claims; may be given again.")
    ] = None,
    actor: Annotated[
        str | None, typer.Option("--actor", metavar="NAME", help="Only claims of this actor; UK means all of the UK's.")
    ] = None,
    first: Annotated[
        dt.datetime | None,
        typer.Option("--from", metavar="YYYY-MM-DD", formats=["%Y-%m-%d"], help="Only stories from this day on."),
    ] = None,
    last: Annotated[
        dt.datetime | None,
        typer.Option("--until", metavar="YYYY-MM-DD", formats=["%Y-%m-%d"], help="Only stories up to this day."),
    ] = None,
    base: Annotated[
        str | None, typer.Option("--base", metavar="URL", help="Names in a .jsonld stand below this address.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Write the record's claims to a file."""
    from onrecord.record.database import open_record, place_of_record
    from onrecord.record.exporting import EVERYTHING, Choice, export, export_gold

    choice = Choice(
        kinds=_kinds(kinds or []),
        actor=actor,
        first=first.date() if first else None,
        last=last.date() if last else None,
    )
    if choice.first and choice.last and choice.first > choice.last:
        raise UsageError(f"--from {choice.first} lies after --until {choice.last}")
    if (to is None) == (gold is None):
        raise UsageError("one of --to FILE and --gold FILE says where to")
    if gold is not None and (choice != EVERYTHING or base is not None):
        raise UsageError("--gold takes every reviewed capture: no claims can be chosen for it")
    with open_record(place_of_record(record)) as opened:
        if gold is not None:
            done, what = export_gold(opened, gold, force=force), "reviewed captures"
        else:
            assert to is not None  # noqa: S101  # one of the two is given
            done, what = export(opened, to, choice=choice, base=base, force=force), "claims"
    beside = f", described in {done.files[1]}" if done.files[1:] else ""
    print(f"{done.files[0]}: {done.count:,} {what}{beside}")


def _kinds(given: list[str]) -> tuple[ClaimKind, ...]:
    from typing import get_args

    known: dict[str, ClaimKind] = {kind: kind for kind in get_args(ClaimKind)}
    for kind in given:
        if kind not in known:
            raise UsageError(f"--kind {kind}: none of {', '.join(known)}")
    return tuple(known[kind] for kind in given)
