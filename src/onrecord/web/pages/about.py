"""The page About: what onrecord can do and what it cannot, with the accuracy that was measured."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get

from onrecord.web.accuracy import accuracy
from onrecord.web.rendering import page


@get("/about", include_in_schema=False, sync_to_thread=True)
def show(request: Request[Any, Any, Any]) -> Response[str]:
    """Show the page."""
    return page(request, "about.html", accuracy=accuracy())


ROUTES = (show,)
