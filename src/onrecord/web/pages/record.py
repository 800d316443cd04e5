"""The page Record: claims and stories by words and by what is known of them; each search has an address of its own."""

from __future__ import annotations

from operator import itemgetter
from typing import Any, Final

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect, Stream

from onrecord.errors import UsageError
from onrecord.record.database import Record
from onrecord.record.rating import RatedBy
from onrecord.record.searching import Hit, StoryHit
from onrecord.record.terms import Alternatives, alternatives_in
from onrecord.web import atom
from onrecord.web.desk import Desk
from onrecord.web.downloads import FORMS, MOST, hits
from onrecord.web.gate import Refusal
from onrecord.web.marking import FIELDS, Run, marked
from onrecord.web.rendering import page, with_query
from onrecord.web.search import JUDGED, KINDS, REVIEWS, STATUSES, STORIES, VERDICTS, Search, search

_LENGTH: Final = 20
_WHAT: Final = ("claims", STORIES)
_SURE: Final = ("50", "70", "80", "90")
"""Percent."""


@get("/record", include_in_schema=False, sync_to_thread=True)
def show(request: Request[Any, Any, Any], desk: NamedDependency[Desk], by: NamedDependency[RatedBy]) -> Response[Any]:
    """Show a page of what is found; without anything asked for, the newest claims."""
    asked = _search(request, limit=_LENGTH)
    if not all(request.query_params.values()):  # a form sends what is empty too; the address to share is without
        given = {name: value for name, value in request.query_params.items() if value}
        return Redirect(with_query("/record", **given), status_code=303)
    choices = _choices(by)
    try:
        record = desk.record()
    except UsageError:
        return page(request, "record.html", search=asked, missing=True, choices=choices)
    found = asked.page(record)
    sought = alternatives_in(asked.query.words)
    return page(
        request,
        "record.html",
        search=asked,
        missing=False,
        rows=[(hit, _runs(hit, sought)) for hit in found.hits],
        found=asked.counted(record),
        further=asked.address(after=found.after) if found.after else None,
        most=MOST,
        fields=FIELDS,
        choices=choices,
    )


@get("/record/{name:str}", include_in_schema=False, sync_to_thread=True)
def download(
    request: Request[Any, Any, Any], record: NamedDependency[Record], name: FromPath[str]
) -> Response[Any] | Stream:
    """Send what is found as a file, or as a feed: `claims.csv`, `stories.atom`."""
    what, _, form = name.partition(".")
    if what not in _WHAT or form not in (*FORMS, "atom"):
        raise NotFoundException(f"there is no {name[:80]!r}: claims or stories, as {', '.join(FORMS)} or atom")
    asked = _search(request, limit=atom.LENGTH, what=what)
    if asked.left_out:
        told = f"stories are found by words, outlet and days, not by {' or '.join(asked.left_out)}"
        raise Refusal(400, told, "Leave that out, or ask for claims.")
    if form == "atom":
        return _feed(request, record, asked)
    found = hits(record, asked)
    cut = asked.number(record, MOST + 1) > MOST
    filename = f"{what}{f'-first-{MOST}' if cut else ''}.{form}"
    return Stream(
        FORMS[form].written(found, asked.stories),
        media_type=FORMS[form].media_type,
        headers={"Content-Disposition": f'attachment; filename="{filename}"'},
    )


def _choices(by: RatedBy) -> dict[str, list[tuple[str, str]]]:
    """Return what the lists of the form offer: each value, and what it is called."""
    plain = {"kinds": KINDS, "verdicts": VERDICTS, "statuses": (*STATUSES, *JUDGED), "reviews": REVIEWS}
    return {
        **{name: [(value, value) for value in values] for name, values in plain.items()},
        "sure": [(value, f"{value}% or more") for value in _SURE],
        "indicators": sorted(((one.id, one.title) for one in by.figures.indicators), key=itemgetter(1)),
    }


def _search(request: Request[Any, Any, Any], *, limit: int, what: str | None = None) -> Search:
    asked = {name: str(value) for name, value in request.query_params.items()}
    what = what or asked.get("what") or _WHAT[0]
    if what not in _WHAT:
        raise Refusal(400, f"what: {what[:80]!r} is neither claims nor stories", "Choose one of them in the form.")
    return search(asked, stories=what == STORIES, limit=limit)


def _runs(hit: Hit | StoryHit, sought: Alternatives) -> tuple[Run, ...]:
    return marked(hit.words, hit.claim, sought) if isinstance(hit, Hit) else marked(hit.snippet, sought=sought)


def _feed(request: Request[Any, Any, Any], record: Record, asked: Search) -> Response[bytes]:
    found = asked.page(record).hits
    base = str(request.base_url).rstrip("/")
    return Response(atom.feed(asked, found, atom.added(record, found), base), media_type=atom.MEDIA_TYPE)


ROUTES = (show, download)
