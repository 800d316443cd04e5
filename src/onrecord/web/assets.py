"""Style, scripts and pictures as they are shipped; an address holds a digest, so that a browser may keep them."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import Final

from litestar import Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from msgspec import Struct

_TYPES: Final = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "svg": "image/svg+xml",
}


class Asset(Struct, frozen=True):
    """One file as it is sent."""

    data: bytes
    media_type: str
    digest: str


@cache
def assets() -> dict[str, Asset]:
    """Return every file of `static`, by its name; what else is asked for does not exist."""
    found = {}
    for file in files("onrecord.web").joinpath("static").iterdir():
        ending = file.name.rpartition(".")[2]
        if ending in _TYPES:
            data = file.read_bytes()
            found[file.name] = Asset(data, _TYPES[ending], hashlib.sha256(data).hexdigest()[:16])
    return found


def address(name: str) -> str:
    """Return the address of the file called `name` in `static`; raises KeyError where there is none."""
    return f"/assets/{assets()[name].digest}/{name}"


@get("/assets/{digest:str}/{name:str}", opt={"open": True}, include_in_schema=False, sync_to_thread=False)
def asset(digest: FromPath[str], name: FromPath[str]) -> Response[bytes]:
    """Send a file. One asked for under an old digest is sent too, but not to be kept."""
    found = assets().get(name)
    if found is None:
        raise NotFoundException(f"there is no file {name}")
    kept = "public, max-age=31536000, immutable" if digest == found.digest else "no-store"
    return Response(found.data, media_type=found.media_type, headers={"Cache-Control": kept})
