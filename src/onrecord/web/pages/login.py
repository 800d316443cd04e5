"""The login: the token once, then a cookie."""

from __future__ import annotations

import asyncio
import hmac
from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from onrecord.web.desk import Desk
from onrecord.web.gate import COOKIE, session_key
from onrecord.web.rendering import page

_PAUSE = 0.5
"""Seconds after a wrong token."""


class Login(Struct):
    """The login form."""

    token: str = ""
    to: str = "/"


@get("/login", opt={"open": True}, include_in_schema=False, sync_to_thread=True)
def show(request: Request[Any, Any, Any], to: FromQuery[str] = "/") -> Response[str]:
    """Show the form."""
    return page(request, "login.html", to=own_path(to), wrong=False)


@post("/login", opt={"open": True}, include_in_schema=False, status_code=200)
async def enter(
    request: Request[Any, Any, Any],
    desk: NamedDependency[Desk],
    data: URLEncodedBody[Login],
) -> Response[Any]:
    """Take the token; with the right one go on to where the reader came from."""
    token = desk.serving.token
    if token is not None and not hmac.compare_digest(data.token.strip().encode(), token.encode()):
        await asyncio.sleep(_PAUSE)
        return page(request, "login.html", status_code=403, to=own_path(data.to), wrong=True)
    key = Cookie(COOKIE, value=session_key(token) if token else "", httponly=True, samesite="strict")
    return Redirect(own_path(data.to), status_code=303, cookies=[key])


def own_path(to: str) -> str:
    """Return `to` where it is a path of this server, else the first page."""
    inside = to.startswith("/") and not to.startswith("//") and "\\" not in to and to.isprintable()
    return to if inside else "/"
