"""The choice of colours, kept in a cookie, so that a page comes in the right ones at once."""

from __future__ import annotations

from typing import Literal

from litestar import post
from litestar.datastructures import Cookie
from litestar.params import URLEncodedBody
from litestar.response import Redirect
from msgspec import Struct

from onrecord.web.pages.login import own_path

_YEAR = 365 * 24 * 3600


class Choice(Struct):
    """The form in the footer."""

    theme: Literal["auto", "light", "dark"] = "auto"
    to: str = "/"


@post("/theme", opt={"open": True}, include_in_schema=False, status_code=303, sync_to_thread=False)
def choose(data: URLEncodedBody[Choice]) -> Redirect:
    """Keep the choice and go back to the page it was made on."""
    kept = Cookie("theme", value=data.theme, max_age=_YEAR, samesite="strict")
    return Redirect(own_path(data.to), status_code=303, cookies=[kept])
