"""The application: pages, assets and their guards around one record."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio.to_thread
from litestar import Litestar, Router
from litestar.config.csrf import CSRFConfig
from litestar.datastructures import State
from litestar.di import NamedDependency, Provide
from litestar.exceptions import HTTPException
from litestar.middleware import DefineMiddleware
from litestar.middleware.csrf import CSRFMiddleware
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin

from onrecord import __version__
from onrecord.errors import OnrecordError
from onrecord.record.database import Record
from onrecord.record.rating import RatedBy
from onrecord.web import api, failures
from onrecord.web.api.problems import StrictBodies
from onrecord.web.assets import asset
from onrecord.web.desk import Desk
from onrecord.web.gate import LARGEST_BODY, Gate, add_headers
from onrecord.web.pages import about, claims, commitments, figures, login, read, record, review, theme, threads
from onrecord.web.serving import Serving

ROUTES = (
    *(asset, login.show, login.enter, theme.choose),
    *(*read.ROUTES, *record.ROUTES, *commitments.ROUTES, *threads.ROUTES, *claims.ROUTES),
    *(*figures.ROUTES, *review.ROUTES, *about.ROUTES),
    api.ROUTER,
)


def create_app(place_of_record: str, serving: Serving = Serving()) -> Litestar:  # noqa: B008 - frozen
    """Return the application on the record at a place; it need not be there yet.

    Handlers can take `desk: NamedDependency[Desk]`, `record: NamedDependency[Record]` (where there is none, a page says
    so) and `by: NamedDependency[RatedBy]`.
    """
    desk = Desk(place_of_record, serving)
    # a name of its own for every start, for what an earlier server signed cannot be checked
    csrf = CSRFConfig(
        secret=secrets.token_hex(),
        cookie_name=f"onrecord-form-{secrets.token_hex(4)}",
        cookie_samesite="strict",
        cookie_httponly=True,
        exclude="^/api(/|$)",  # no form reaches these: `gate`
    )
    return Litestar(
        # by way of a router: the application itself wraps what shares a path in a thread twice (Litestar 2.25)
        [Router("/", route_handlers=ROUTES)],
        before_send=[add_headers],
        middleware=[Gate(serving), DefineMiddleware(CSRFMiddleware, config=csrf)],
        exception_handlers={
            HTTPException: failures.answer,
            OnrecordError: failures.answer,
            Exception: failures.answer,
        },
        dependencies={
            "desk": Provide(_desk, sync_to_thread=False),
            "record": Provide(_record),
            "by": Provide(_by),
        },
        lifespan=[_running],
        plugins=[StrictBodies()],
        openapi_config=OpenAPIConfig(
            title="onrecord",
            version=__version__,
            path="/api/schema",
            render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        ),
        request_max_body_size=LARGEST_BODY,
        state=State({"desk": desk}),
        logging_config=None,
        debug=False,
    )


@asynccontextmanager
async def _running(app: Litestar) -> AsyncIterator[None]:
    desk: Desk = app.state.desk
    desk.open()
    try:
        yield
    finally:
        await desk.close()


def _desk(state: State) -> Desk:
    found: Desk = state.desk
    return found


async def _record(desk: NamedDependency[Desk]) -> Record:
    return desk.opened if desk.opened else await anyio.to_thread.run_sync(desk.record)


async def _by(desk: NamedDependency[Desk]) -> RatedBy:
    return desk.known if desk.known else await anyio.to_thread.run_sync(desk.by)
