"""Errors as answers: a page with a next step, or problem details (RFC 9457) for programs; never a traceback."""

from __future__ import annotations

import sys
import traceback
from http import HTTPStatus
from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException
from msgspec import Struct

from onrecord.errors import LockedRecord, OnrecordError, RecordError, UsageError
from onrecord.web.gate import LoginNeeded, Refusal, is_api
from onrecord.web.rendering import page


class Problem(Struct, frozen=True, omit_defaults=True):
    """Problem details as a program gets them."""

    title: str
    status: int
    detail: str
    type: str = "about:blank"
    step: str = ""
    """What can be done about it."""


def answer(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """Return the answer to a request that failed."""
    if isinstance(error, LoginNeeded):
        return Response(None, status_code=303, headers=error.headers)
    problem = _problem(request, error)
    headers = error.headers if isinstance(error, HTTPException) and error.headers else {}
    if is_api(request):
        return Response(problem, status_code=problem.status, media_type="application/problem+json", headers=headers)
    found = page(request, "failure.html", status_code=problem.status, problem=problem)
    found.headers.update(headers)
    return found


def _problem(request: Request[Any, Any, Any], error: Exception) -> Problem:
    status, detail, step = _told(request, error)
    return Problem(HTTPStatus(status).phrase, status, detail, step=step)


def _told(request: Request[Any, Any, Any], error: Exception) -> tuple[int, str, str]:
    """Return the status, the reason and a next step."""
    if isinstance(error, Refusal):
        return error.status_code, error.detail, error.step
    if isinstance(error, HTTPException) and error.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
        return error.status_code, _first_reason(error), _STEPS.get(error.status_code, "")
    if isinstance(error, UsageError):
        return 404, str(error), "Read a page and add it: that makes a record where there is none."
    if isinstance(error, LockedRecord):
        return 503, str(error), "Wait a moment and load the page again."
    if isinstance(error, RecordError):
        return 500, str(error), "See to the record, then load the page again."
    if isinstance(error, OnrecordError):
        return 422, str(error), ""
    place = traceback.extract_tb(error.__traceback__)[-1:]
    where = f" at {place[0].filename}:{place[0].lineno}" if place else ""
    fault = f"internal error, please report it: {type(error).__name__}: {error}"
    print(f"onrecord: {request.method} {request.url.path}: {fault}{where}", file=sys.stderr)
    return 500, "internal error, please report it", "Go back and try again; what is in the record is safe."


_STEPS = {
    403: "The form is older than this server. Load the page again and send it once more.",
    404: "Use the navigation above, or search the record.",
    405: "Use the links and forms of the pages.",
    413: "Send a smaller file, or its text alone.",
}


def _first_reason(error: HTTPException) -> str:
    """Return why: of an input that does not fit, which one and how."""
    extra = error.extra if isinstance(error.extra, list) else []
    reasons = [f"{one.get('key', '')}: {one['message']}" for one in extra if isinstance(one, dict) and "message" in one]
    return "; ".join(reasons) or str(error.detail)
