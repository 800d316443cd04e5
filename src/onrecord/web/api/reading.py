"""Pages: reading them, checking what they say, and adding them to the record."""

from __future__ import annotations

import datetime as dt
import re
from functools import partial
from typing import Annotated, Any, Final

import anyio.to_thread
from litestar import Request, Response, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIMediaType, Operation, RequestBody, Schema
from litestar.openapi.spec.enums import OpenAPIType
from litestar.params import JSONBody, QueryParameter
from msgspec import Meta, Struct

from onrecord import __version__
from onrecord.model import CaptureLine, Original, Reading, Skipped
from onrecord.record.adding import Added, add
from onrecord.record.readings import reading_of
from onrecord.web.api.problems import problems
from onrecord.web.desk import Desk
from onrecord.web.gate import LARGEST_BODY, Refusal

_TEXT: Final = "text/plain; charset=utf-8"
_NAMED: Final = re.compile(r"https?://", re.IGNORECASE)
_LONGEST_SENTENCES: Final = 10_000

FileName = Annotated[str, QueryParameter(max_length=200, description="Name of the file, to tell it by.")]


class Given(Struct, frozen=True, forbid_unknown_fields=True):
    """A page: its text, or HTML, or the address that it stands at; one of the two."""

    text: str | None = None
    address: Annotated[str, Meta(max_length=2000)] | None = None


class Said(Struct, frozen=True, forbid_unknown_fields=True):
    """Sentences, and the day on which they were said."""

    text: Annotated[str, Meta(min_length=1, max_length=_LONGEST_SENTENCES)]
    on: dt.date


class _FileOperation(Operation):
    """An operation whose body is a file as it is."""

    def __post_init__(self) -> None:
        as_bytes = OpenAPIMediaType(
            schema=Schema(type=OpenAPIType.STRING, content_media_type="application/octet-stream")
        )
        as_html = OpenAPIMediaType(schema=Schema(type=OpenAPIType.STRING, content_media_type="text/html"))
        self.request_body = RequestBody(
            content={"application/octet-stream": as_bytes, "text/html": as_html},
            description="The file's bytes. Of text/html they are HTML; of anything else, what they look like.",
            required=True,
        )


@post("/read", tags=["read"], status_code=200, responses=problems(422, body=True))
async def read(desk: NamedDependency[Desk], data: JSONBody[Given]) -> CaptureLine:
    """Read a page: its stories, statements and claims, each with its verdict, as `onrecord read --json` prints it."""
    return CaptureLine.of(await _read(desk, data))


@post(
    "/read/file",
    tags=["read"],
    status_code=200,
    responses=problems(422, body=True),
    operation_class=_FileOperation,
)
async def read_file(
    request: Request[Any, Any, Any], desk: NamedDependency[Desk], name: FileName = "file"
) -> CaptureLine:
    """Read a file that is sent as it is, as `read` does."""
    return CaptureLine.of(await _read_file(desk, request, name))


@post("/check", tags=["read"], status_code=200, responses=problems(422, body=True))
async def check(desk: NamedDependency[Desk], data: JSONBody[Said]) -> CaptureLine:
    """Hold every number of a few sentences against official figures as they were known on a day."""
    return CaptureLine.of(_reading(await desk.check(data.text, data.on)))


_KNOWN = {200: ResponseSpec(Added, description="The record had it already.", generate_examples=False)}


@post("/captures", tags=["captures"], status_code=201, responses=_KNOWN | problems(422, body=True))
async def add_capture(desk: NamedDependency[Desk], data: JSONBody[Given]) -> Response[Added]:
    """Read a page and add it to the record, which is made where there is none."""
    return await _added(desk, await _read(desk, data))


@post(
    "/captures/file",
    tags=["captures"],
    status_code=201,
    responses=_KNOWN | problems(422, body=True),
    operation_class=_FileOperation,
)
async def add_file(
    request: Request[Any, Any, Any], desk: NamedDependency[Desk], name: FileName = "file"
) -> Response[Added]:
    """Read a file that is sent as it is, and add it to the record."""
    return await _added(desk, await _read_file(desk, request, name))


class _LineOperation(Operation):
    """An operation whose body is a line of `onrecord read --json`."""

    def __post_init__(self) -> None:
        line = OpenAPIMediaType(schema=Schema(type=OpenAPIType.OBJECT))
        self.request_body = RequestBody(
            content={"application/json": line},
            description="What `onrecord read --json` printed; `onrecord schema` describes it.",
            required=True,
        )


@post(
    "/captures/reading",
    tags=["captures"],
    status_code=201,
    responses=_KNOWN | problems(422, body=True),
    operation_class=_LineOperation,
)
async def add_reading(request: Request[Any, Any, Any], desk: NamedDependency[Desk]) -> Response[Added]:
    """Add a page that was read before: a line of `onrecord read --json`."""
    line = await request.body()
    return await _added(desk, _reading(await anyio.to_thread.run_sync(reading_of, line, "the line")))


async def _read(desk: Desk, given: Given) -> Reading:
    text, address = (given.text or "").strip(), (given.address or "").strip()
    if bool(text) == bool(address):
        raise Refusal(422, "give a text or an address, one of the two")
    if address:
        return _reading(await desk.read_address(address if _NAMED.match(address) else f"https://{address}"))
    # bytes, so that HTML is taken for what it is
    return _reading(await desk.read(Original(text.encode("utf-8", "replace"), "bytes", _TEXT), "sent text"))


async def _read_file(desk: Desk, request: Request[Any, Any, Any], name: str) -> Reading:
    data = await request.body()
    if len(data) > LARGEST_BODY:
        raise Refusal(413, f"larger than {LARGEST_BODY >> 20} MB")
    html = request.headers.get("content-type", "").split(";")[0].strip().lower() == "text/html"
    return _reading(await desk.read(Original(data, "bytes", "text/html" if html else None), name or "file"))


def _reading(found: Reading | Skipped) -> Reading:
    if isinstance(found, Skipped):
        raise Refusal(422, f"{found.source}: {found.reason}")
    return found


async def _added(desk: Desk, reading: Reading) -> Response[Added]:
    added = await desk.write(partial(_add, desk, reading))
    return Response(added, status_code=201 if added.new else 200)


def _add(desk: Desk, reading: Reading) -> Added:
    return add(desk.record(may_be_new=True), reading, reader=__version__, by=desk.by())


ROUTES = (read, read_file, check, add_capture, add_file, add_reading)
