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
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="PATH...", help="What `read` takes; or a commitment by hand, with the options below."),
    ] = None,
    indicator: Annotated[
        str | None, typer.Option("--indicator", metavar="ID", help="As `onrecord figures` lists it.")
    ] = None,
    entity: Annotated[
        str | None, typer.Option("--entity", metavar="NAME", help="Country or group: GBR, Britain, NATO.")
    ] = None,
    target: Annotated[
        str | None,
        typer.Option("--target", metavar="VALUE", help="2.5, 2.5%, 400 Mt; a change: -55%, +0.5 points, x2."),
    ] = None,
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
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Let addresses lead to private, loopback and link-local hosts.")
    ] = False,
) -> None:
    """Show where commitments stand: met, on track, off track, missed; the pace needed; what to expect."""
    from onrecord.figures import load
    from onrecord.figures.folder import user_folder
    from onrecord.outlook import outlook_by_hand

    by_hand = (indicator, entity, target)
    known = load(figures or user_folder())
    if paths and not any((*by_hand, against, at_most, by, made, plot)):
        _follow(paths, known, as_of=_day(as_of), as_json=as_json, allow_private=allow_private)
        return
    if paths or indicator is None or entity is None or target is None:
        raise UsageError("outlook needs either paths or --indicator, --entity and --target")
    days = {"by": _deadline(by), "made": _day(made), "as_of": _day(as_of)}
    found = outlook_by_hand(known, indicator, entity, target, against=against, at_most=at_most, **days)
    _show(found, known, as_json=as_json)
    if plot:
        from onrecord.plots import draw

        draw(found, known, plot)
    if _unrated(found):
        raise typer.Exit(1)


def _follow(paths: list[str], known: Figures, *, as_of: dt.date | None, as_json: bool, allow_private: bool) -> None:
    """Print where the commitments, demands and proposals of captures stand."""
    from onrecord.cli.outlook_tables import followed_view
    from onrecord.model import Skipped
    from onrecord.pipeline import follow
    from onrecord.report.lines import followed_line

    console = PipedConsole()
    skipped = False
    with told_when_closed():
        for found in follow(paths, known, as_of=as_of, allow_private=allow_private):
            if isinstance(found, Skipped):
                print(f"onrecord: {found.source}: {found.reason}", file=sys.stderr)
                skipped = True
                continue
            capture, followed = found
            if as_json:
                sys.stdout.buffer.writelines(followed_line(capture, one) for one in followed)
                sys.stdout.buffer.flush()
            else:
                console.print(followed_view(capture, followed, known))
    if skipped:
        raise typer.Exit(1)


def _show(found: Outlook | GroupOutlook, known: Figures, *, as_json: bool) -> None:
    from onrecord.outlook import Outlook

    with told_when_closed():
        if as_json:
            from onrecord.report.lines import outlook_line

            sys.stdout.buffer.write(outlook_line(found))
            return
        from onrecord.cli.outlook_tables import group_view, outlook_view

        console = PipedConsole()
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
