"""`onrecord outlook`: where commitments stand, given by hand or read from captures."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.output import PipedConsole, told_when_closed
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.figures import Figures
    from onrecord.outlook import GroupOutlook, Outlook

_DAYS = ["%Y-%m-%d"]


def outlook_command(
    indicator: Annotated[str, typer.Option("--indicator", metavar="ID", help="As `onrecord figures` lists it.")],
    entity: Annotated[str, typer.Option("--entity", metavar="NAME", help="Country or group: GBR, Britain, NATO.")],
    target: Annotated[
        str, typer.Option("--target", metavar="VALUE", help="2.5, 2.5%, 400 Mt; a change: -55%, +0.5 points, x2.")
    ],
    against: Annotated[
        str | None, typer.Option("--against", metavar="YEAR", help="Base year of a change or multiple.")
    ] = None,
    at_most: Annotated[bool, typer.Option("--at-most", help="Values below the target meet it.")] = False,
    by: Annotated[str | None, typer.Option("--by", metavar="YEAR|DAY", help="Deadline; its year counts.")] = None,
    made: Annotated[
        dt.datetime | None,
        typer.Option("--made", metavar="YYYY-MM-DD", formats=_DAYS, help="Day on which it was said."),
    ] = None,
    as_of: Annotated[
        dt.datetime | None,
        typer.Option("--as-of", metavar="YYYY-MM-DD", formats=_DAYS, help="What was known on this day."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
    plot: Annotated[
        Path | None, typer.Option("--plot", metavar="FILE.svg|png|html", help="Draw series, target and projection.")
    ] = None,
    figures: Annotated[
        Path | None, typer.Option("--figures", metavar="FOLDER", help="Where added figures are kept.")
    ] = None,
) -> None:
    """Show where a commitment stands: met, on track, off track, missed; the pace needed; what to expect."""
    from onrecord.figures import load
    from onrecord.figures.folder import user_folder
    from onrecord.outlook import group_outlook, outlook, read_target

    known = load(figures or user_folder())
    whose = known.entity(entity)
    meant = read_target(target, known.indicator(indicator), against=against, at_most=at_most)
    days = {"by": _deadline(by), "made": _day(made), "as_of": _day(as_of)}
    whole = whose.group and bool(known.members(whose.code, days["as_of"] or dt.date.max))
    found = (group_outlook if whole else outlook)(known, indicator, whose.code, meant, **days)
    _show(found, known, as_json=as_json)
    if plot:
        from onrecord.plots import draw

        draw(found, known, plot)
    if _unrated(found):
        raise typer.Exit(1)


def _show(found: Outlook | GroupOutlook, known: Figures, *, as_json: bool) -> None:
    from onrecord.outlook import Outlook

    with told_when_closed():
        if as_json:
            from onrecord.report.lines import outlook_line

            sys.stdout.buffer.write(outlook_line(found))
            return
        from onrecord.cli.outlook_tables import group_view, outlook_view

        console = PipedConsole(highlight=False, emoji=False, markup=False)
        console.print(outlook_view(found, known) if isinstance(found, Outlook) else group_view(found, known))


def _unrated(found: Outlook | GroupOutlook) -> bool:
    """Return whether nothing could be rated."""
    from onrecord.outlook import Outlook

    several = (found,) if isinstance(found, Outlook) else (found.whole, *found.members)
    return all(one.status == "cannot be rated" for one in several)


def _day(given: dt.datetime | None) -> dt.date | None:
    return given.date() if given else None


def _deadline(given: str | None) -> dt.date | None:
    """Return the day of a deadline: a year's last day for a year.

    Raises:
        UsageError: It is neither a year nor a day.
    """
    if given is None:
        return None
    try:
        return dt.date.fromisoformat(f"{given}-12-31" if len(given) == len("2035") else given)
    except ValueError as error:
        raise UsageError(f"--by {given}: neither a year (2035) nor a day (2035-06-30)") from error
