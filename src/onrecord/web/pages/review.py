"""The page Review."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get

from onrecord.web.rendering import page


@get("/review", include_in_schema=False, sync_to_thread=True)
def show(request: Request[Any, Any, Any]) -> Response[str]:
    """Show the page."""
    return page(request, "review.html")


ROUTES = (show,)
