"""The page Read: a page is given, read, and shown with every statement and claim marked in place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from anyio import to_thread
from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.di import NamedDependency
from litestar.params import FromPath, MultipartBody
from litestar.response import Redirect
from msgspec import Struct
from sqlalchemy import select

from onrecord import __version__
from onrecord.errors import RecordError, UsageError
from onrecord.model import Claim, Original, Reading, Skipped
from onrecord.record.adding import add
from onrecord.record.addresses import claim_addresses
from onrecord.record.schema import captures
from onrecord.report.marks import MarkedStory, marked_stories, trailing
from onrecord.report.words import Tally
from onrecord.web.desk import Desk
from onrecord.web.gate import Refusal
from onrecord.web.rendering import page

_TEXT = "text/plain; charset=utf-8"
_HTML_NAME = re.compile(r"\.html?(?:\.gz)?\Z", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_LONGEST_NAME = 200


class Given(Struct):
    """The form: one of three ways to give a page."""

    text: str = ""
    address: str = ""
    file: UploadFile | None = None


@get("/", include_in_schema=False, sync_to_thread=True)
def show(request: Request[Any, Any, Any]) -> Response[str]:
    """Show the form."""
    return page(request, "read.html", given=Given(), skipped=None)


@post("/read", include_in_schema=False, status_code=303)
async def read(
    request: Request[Any, Any, Any], desk: NamedDependency[Desk], data: MultipartBody[Given]
) -> Response[Any]:
    """Read what is given and lead to it; where it cannot be read, show the form again with the reason."""
    found = await _read(desk, data)
    if isinstance(found, Skipped):
        shown = partial(page, request, "read.html", status_code=422, given=data, skipped=found)
        return await to_thread.run_sync(shown)  # what was given may be ten megabytes
    return Redirect(f"/read/{desk.readings.keep(found)}", status_code=303)


@get("/read/{key:str}", include_in_schema=False, sync_to_thread=True)
def show_reading(request: Request[Any, Any, Any], desk: NamedDependency[Desk], key: FromPath[str]) -> Response[str]:
    """Show a reading."""
    reading = _kept(desk, key)
    stories = marked_stories(reading, "")
    tally = Tally()
    tally.add(reading)
    return page(
        request,
        "reading.html",
        key=key,
        reading=reading,
        stories=stories,
        trailing=trailing(reading),
        tally=str(tally),
        addresses=_addresses(reading, stories) if _is_on_record(desk, reading) else None,
    )


@post("/read/{key:str}/add", include_in_schema=False, status_code=303, sync_to_thread=True)
def add_reading(desk: NamedDependency[Desk], key: FromPath[str]) -> Redirect:
    """Add a reading to the record; one that is there already changes nothing."""
    add(desk.record(may_be_new=True), _kept(desk, key), reader=__version__, by=desk.by())
    return Redirect(f"/read/{key}", status_code=303)


async def _read(desk: Desk, given: Given) -> Reading | Skipped:
    name = given.file.filename[:_LONGEST_NAME] if given.file else ""
    address, data = given.address.strip(), await given.file.read() if given.file else b""
    if bool(data) + bool(address) + bool(given.text.strip()) > 1:
        return Skipped("more than one page", "give a text, an address or a file, not several at once")
    if data:
        content_type = "text/html" if _HTML_NAME.search(name) else None
        return await desk.read(Original(data, "bytes", content_type), name or "file")
    if address:
        return await desk.read_address(address if _ADDRESS.match(address) else f"https://{address}")
    if given.text.strip():
        # bytes, so that pasted HTML is taken for what it is
        return await desk.read(Original(given.text.encode("utf-8", "replace"), "bytes", _TEXT), "pasted text")
    return Skipped("nothing", "paste a text, give an address or choose a file")


def _kept(desk: Desk, key: str) -> Reading:
    reading = desk.readings.get(key)
    if reading is None:
        raise Refusal(410, "this reading is no longer kept", "Read the page again; what was added stays in the record.")
    return reading


def _addresses(reading: Reading, stories: Sequence[MarkedStory]) -> dict[str, str]:
    """Return the addresses that claims have in the record, by the keys of their notes."""
    keys = [note.key for item in stories for note in item.notes if isinstance(note.of, Claim)]
    found = claim_addresses(reading.capture.id, reading.capture.text, reading.claims)
    return dict(zip(keys, found, strict=True))


def _is_on_record(desk: Desk, reading: Reading) -> bool:
    try:
        record = desk.record()
    except (UsageError, RecordError):
        return False
    with record.reading() as connection:
        found = connection.execute(select(captures.c.id).where(captures.c.id == reading.capture.id))
        return found.first() is not None


ROUTES = (show, read, show_reading, add_reading)
