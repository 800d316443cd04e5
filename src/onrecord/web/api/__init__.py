"""The record for programs, under `/api`: one file a resource, its handlers collected in `ROUTES`.

What the pages do with forms is done here with JSON, by the same functions. Every error is problem details (RFC 9457)
with its reason in words; `/api/schema/openapi.json` describes it all. `docs/http.md` has examples.
"""

from __future__ import annotations

from litestar import Router

from onrecord.web.api import claims, figures, outlook, reading, reviews, stories, threads

ROUTES = (
    *(*reading.ROUTES, *claims.ROUTES, *stories.ROUTES, *threads.ROUTES),
    *(*reviews.ROUTES, *figures.ROUTES, *outlook.ROUTES),
)
ROUTER = Router("/api", route_handlers=ROUTES)
