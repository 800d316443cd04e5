"""`onrecord find`: claims and stories of the record by words and by what is known of them."""

from __future__ import annotations

import csv
import datetime as dt
import sys
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from onrecord.cli.add import RecordPlace
from onrecord.cli.output import PipedConsole, one_of, told_when_closed
from onrecord.errors import UsageError
from onrecord.model import ClaimKind, Judgement

if TYPE_CHECKING:
    from onrecord.record.searching import Hit, Page, StoryHit

_DAYS = ["%Y-%m-%d"]
_REVIEWS = ("accepted", "corrected", "rejected", "undecided")


def find_command(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORDS", help='All must stand, inflected or not; "a phrase", pledg*, this OR that.'),
    ] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="KIND", help=f"{', '.join(get_args(ClaimKind))}.")
    ] = None,
    actor: Annotated[
        str | None, typer.Option("--actor", metavar="NAME", help="Who acts; of a country all that is said for it.")
    ] = None,
    said_by: Annotated[str | None, typer.Option("--said-by", metavar="NAME", help="Who said it.")] = None,
    measure: Annotated[str | None, typer.Option("--measure", metavar="WORDS", help="What is promised.")] = None,
    first: Annotated[
        dt.datetime | None, typer.Option("--from", metavar="YYYY-MM-DD", formats=_DAYS, help="First day of stories.")
    ] = None,
    last: Annotated[
        dt.datetime | None, typer.Option("--to", metavar="YYYY-MM-DD", formats=_DAYS, help="Last day of stories.")
    ] = None,
    outlet: Annotated[str | None, typer.Option("--outlet", metavar="HOST", help="Such as example.org.")] = None,
    indicator: Annotated[
        str | None, typer.Option("--indicator", metavar="ID", help="Held against it, as `onrecord figures` lists it.")
    ] = None,
    verdict: Annotated[
        str | None, typer.Option("--verdict", metavar="VERDICT", help=", ".join(get_args(Judgement)))
    ] = None,
    review: Annotated[
        str | None,
        typer.Option("--review", metavar="STATE", help=f"{', '.join(_REVIEWS)}; without it all but rejected ones"),
    ] = None,
    min_confidence: Annotated[
        float | None,
        typer.Option("--min-confidence", metavar="0..1", min=0, max=1, help="Leave out less certain."),
    ] = None,
    stories: Annotated[bool, typer.Option("--stories", help="Find stories, by words, outlet and days.")] = False,
    limit: Annotated[int, typer.Option("--limit", metavar="N", min=1, max=100_000, help="At most so many.")] = 20,
    after: Annotated[
        str | None, typer.Option("--after", metavar="MARK", help="Go on where a search before says that it ended.")
    ] = None,
    record: RecordPlace = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV, with the columns of `export`.")] = False,
) -> None:
    """Find claims, newest first."""
    from onrecord.record.database import open_record, place_of_record
    from onrecord.record.searching import Query, find, find_stories

    if as_json and as_csv:
        raise UsageError("--json and --csv exclude each other")
    if first and last and first > last:
        raise UsageError(f"--from {first.date()} lies after --to {last.date()}")
    query = Query(
        words=" ".join(words or ()),
        kind=one_of("--kind", kind, get_args(ClaimKind)),
        actor=actor,
        said_by=said_by,
        measure=measure,
        indicator=indicator,
        verdict=one_of("--verdict", verdict, get_args(Judgement)),
        outlet=outlet,
        first_day=first.date() if first else None,
        last_day=last.date() if last else None,
        review=one_of("--review", review, _REVIEWS),
        min_confidence=min_confidence,
        limit=limit,
        after=after,
    )
    with open_record(place_of_record(record)) as opened:
        page: Page[Hit] | Page[StoryHit] = (find_stories if stories else find)(opened, query)
    with told_when_closed():
        if as_json:
            import msgspec

            sys.stdout.buffer.writelines(msgspec.json.encode(one) + b"\n" for one in page.hits)
        elif as_csv:
            from onrecord.cli.find_tables import rows

            csv.writer(sys.stdout).writerows(rows(page, stories=stories))
        else:
            from onrecord.cli.find_tables import page_view

            PipedConsole().print(page_view(page, query))
    if page.after and (as_json or as_csv):
        print(f"onrecord: there are more: --after {page.after}", file=sys.stderr)
