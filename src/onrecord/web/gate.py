"""Who may ask: by the right name, from our own pages, and with the token where one is set."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from litestar import Request
from litestar.exceptions import HTTPException
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.web.serving import Serving

COOKIE: Final = "onrecord-key"
LARGEST_BODY: Final = 10 * 2**20
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_HEADERS: Final = {
    b"content-security-policy": (
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        b"font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"same-origin",  # with `no-referrer` a browser sends `Origin: null` with our own forms
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"cache-control": b"no-store",
}


class Refusal(HTTPException):
    """A request that is not answered; `detail` says why, `step` what its sender can do."""

    def __init__(self, status_code: int, detail: str, step: str = "", *, headers: dict[str, str] | None = None) -> None:
        super().__init__(detail, status_code=status_code, headers=headers)
        self.step = step


class LoginNeeded(HTTPException):
    """A page that is shown only after login; `to` is where it leads back."""

    def __init__(self, to: str) -> None:
        super().__init__("log in first", status_code=303, headers={"Location": f"/login?{urlencode({'to': to})}"})


class Gate(ASGIMiddleware):
    """Lets through what may be answered. Stands before everything that reads a request's body."""

    def __init__(self, serving: Serving) -> None:
        self._serving, self._names = serving, serving.allowed_names()

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Answer a request, or refuse it by raising `Refusal`."""
        request = Request[Any, Any, Any](scope)
        self._require_name(request)
        if request.method not in _SAFE:
            _require_own_page(request)
        _require_size(request)
        if not scope["route_handler"].opt.get("open"):
            self._require_token(request)
        await next_app(scope, receive, send)

    def _require_name(self, request: Request[Any, Any, Any]) -> None:
        """Refuse a name that is not this server's: a page from elsewhere whose name was turned to this machine."""
        host = request.headers.get("host", "")
        if _name(host) not in self._names:
            step = "Ask for it by the address that onrecord serve printed, or start it with --name NAME."
            raise Refusal(421, f"this server does not go by the name {host[:100]!r}", step)

    def _require_token(self, request: Request[Any, Any, Any]) -> None:
        token = self._serving.token
        if token is None or _shows(request, token):
            return
        if is_api(request):
            raise Refusal(
                401,
                "a token is needed",
                "Send it as Authorization: Bearer TOKEN.",
                headers={"WWW-Authenticate": 'Bearer realm="onrecord"'},
            )
        query = f"?{request.url.query}" if request.url.query else ""
        raise LoginNeeded(request.url.path + query if request.method in _SAFE else "/")


def is_api(request: Request[Any, Any, Any]) -> bool:
    """Return whether a program asks: its errors are problem details, not pages."""
    return request.url.path == "/api" or request.url.path.startswith("/api/")


def session_key(token: str) -> str:
    """Return what the cookie of a login holds: it opens what the token opens, but does not tell it."""
    return hmac.new(token.encode(), b"onrecord session", hashlib.sha256).hexdigest()


async def add_headers(message: Message, _: Scope) -> None:
    """Put on every answer what tells the browser to run, load and keep nothing but what is meant."""
    if message["type"] == "http.response.start":
        given = {name.lower() for name, _ in message["headers"]}
        message["headers"] = [
            *message["headers"],
            *((name, value) for name, value in _HEADERS.items() if name not in given),
        ]


def _shows(request: Request[Any, Any, Any], token: str) -> bool:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return hmac.compare_digest(given.strip().encode(), token.encode())
    return hmac.compare_digest(request.cookies.get(COOKIE, "").encode(), session_key(token).encode())


def _require_own_page(request: Request[Any, Any, Any]) -> None:
    """Refuse a write that a page from elsewhere sent; a program that is no browser names no page."""
    origin = request.headers.get("origin")
    own = origin is None or urlsplit(origin).netloc.lower() == request.headers.get("host", "").lower()
    if not own or request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise Refusal(403, "a page from elsewhere sent this", "Open the page here and try again.")
    simple = ("application/x-www-form-urlencoded", "multipart/form-data", "text/plain")
    if is_api(request) and request.headers.get("content-type", "").split(";")[0].strip().lower() in simple:
        # any page can make a browser send these unasked; a program has no reason to
        raise Refusal(415, "not a form: JSON, or a capture as text/html or application/octet-stream")


def _require_size(request: Request[Any, Any, Any]) -> None:
    length = request.headers.get("content-length", "0")
    if length.isdigit() and int(length) > LARGEST_BODY:
        raise Refusal(413, f"larger than {LARGEST_BODY >> 20} MB", "Send a smaller file, or its text alone.")


def _name(host: str) -> str | None:
    try:
        return urlsplit(f"//{host}").hostname if host and not set(host) & set("/?#@\\") else None
    except ValueError:
        return None
