"""A page a thread: what was said over time, what changed, and where it stands by the figures."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from onrecord.errors import UsageError
from onrecord.model import Verdict
from onrecord.outlook import Outlook, Unrated
from onrecord.record.database import Record
from onrecord.record.rating import RatedBy
from onrecord.record.showing import ShownThread, show_thread
from onrecord.report import outlooks
from onrecord.threads import Sighting
from onrecord.web import given
from onrecord.web.gate import Refusal
from onrecord.web.pages.commitments import due_words
from onrecord.web.plot import outlook_plot
from onrecord.web.rendering import page

_NAME: Final = re.compile(r"[Tt]?(\d{1,15})", re.ASCII)
_LENGTH: Final = 100
"""Sightings of a page."""
_PICTURES: Final = {"svg": "image/svg+xml", "png": "image/png"}


@get("/threads/{name:str}", include_in_schema=False, sync_to_thread=True)
def show(
    request: Request[Any, Any, Any],
    record: NamedDependency[Record],
    by: NamedDependency[RatedBy],
    name: FromPath[str],
    start: FromQuery[str] = "",
) -> Response[str]:
    """Show a thread; `start` is the place of the first sighting that is shown, from 0."""
    today = dt.datetime.now().astimezone().date()
    shown = _thread(record, name, today)
    rating, thread, known = shown.rating, shown.thread, by.figures
    begin = given.whole("start", start, most=max(0, len(shown.events) - 1)) or 0
    outlook = rating if isinstance(rating, Outlook) and known.has(rating.indicator) else None
    here = f"/threads/T{thread.id}"
    return page(
        request,
        "thread.html",
        shown=shown,
        due=due_words(thread.due, overdue=thread.overdue, today=today),
        outlook=outlook,
        lines=[*outlooks.lines(outlook)][1:] if outlook else [],
        sources=outlooks.rests_on([outlook]) if outlook else (),
        unrated=rating if isinstance(rating, Unrated) else None,
        verdict=rating if isinstance(rating, Verdict) else None,
        plot=outlook_plot(outlook, known) if outlook else None,
        indicator=known.indicator(outlook.indicator) if outlook else None,
        pictures=[*_PICTURES] if _can_draw() else [],
        extremes=_extremes(shown),
        dropped=_dropped(shown),
        said=[*zip(shown.events, shown.claims, strict=True)][begin : begin + _LENGTH],
        begin=begin,
        before=f"{here}?start={max(0, begin - _LENGTH)}#said" if begin else None,
        after=f"{here}?start={begin + _LENGTH}#said" if begin + _LENGTH < len(shown.events) else None,
    )


@get("/threads/{name:str}/{file:str}", include_in_schema=False, sync_to_thread=True)
def picture(
    record: NamedDependency[Record], by: NamedDependency[RatedBy], name: FromPath[str], file: FromPath[str]
) -> Response[bytes]:
    """Send the plot of a thread as a picture: `plot.svg` or `plot.png`."""
    shown = _thread(record, name, dt.datetime.now().astimezone().date())
    ending = file.removeprefix("plot.")
    if file != f"plot.{ending}" or ending not in _PICTURES or not isinstance(shown.rating, Outlook):
        raise Refusal(404, "there is no such picture", f"The page of T{shown.thread.id} shows what there is.")
    from onrecord.plots import draw

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / file
        try:
            draw(shown.rating, by.figures, path)
        except UsageError as error:
            raise Refusal(404, str(error), f"The page of T{shown.thread.id} has a plot of its own.") from error
        data = path.read_bytes()
    called = f'inline; filename="onrecord-T{shown.thread.id}.{ending}"'
    return Response(data, media_type=_PICTURES[ending], headers={"Content-Disposition": called})


def _thread(record: Record, name: str, today: dt.date) -> ShownThread:
    number = _NAME.fullmatch(name)
    try:
        if number:
            return show_thread(record, int(number[1]), today=today)
    except UsageError:
        pass
    raise Refusal(
        404, f"there is no thread {name[:40]} in this record", "Commitments lists the threads that there are."
    )


def _extremes(shown: ShownThread) -> list[tuple[str, Sighting]]:
    found = shown.extremes
    return [("lowest", found.lowest), ("highest", found.highest), ("latest", found.latest)] if found else []


def _dropped(shown: ShownThread) -> Sighting | None:
    """Return the sighting by which a thread stands dropped, None where it does not."""
    if not shown.thread.dropped:
        return None
    by_it = (one for one in reversed(shown.events) if any(revision.what == "dropped" for revision in one.revisions))
    return next((event.sighting for event in by_it), None)


def _can_draw() -> bool:
    return all(map(find_spec, ("altair", "vl_convert")))


ROUTES = (show, picture)
