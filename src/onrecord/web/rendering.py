"""Pages out of templates: all text is escaped, and what captures say can neither act nor lead astray."""

from __future__ import annotations

from functools import cache
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from litestar import MediaType, Request, Response
from litestar.types import Empty
from litestar.utils.scope.state import ScopeState

from onrecord import __version__
from onrecord.report import words
from onrecord.threads import in_words
from onrecord.web.assets import address
from onrecord.web.plain import seen

THEMES: Final = ("auto", "light", "dark")
SECTIONS: Final = (
    ("Read", "/"),
    ("Record", "/record"),
    ("Commitments", "/commitments"),
    ("Figures", "/figures"),
    ("Review", "/review"),
    ("About", "/about"),
)
"""The navigation: what stands there, and where it leads."""


def page(request: Request[Any, Any, Any], template: str, *, status_code: int = 200, **context: Any) -> Response[str]:
    """Return a page. Call it where the handler runs, off the event loop (`sync_to_thread=True`).

    Args:
        request: What it answers.
        template: Name of a file in `templates`; it extends `base.html`.
        status_code: Of the answer.
        context: What the template shows besides `request`, `here` (the section's address), `theme`, `form_token`.
    """
    html = (
        environment()
        .get_template(template)
        .render(
            request=request,
            here=_section(request.url.path),
            theme=theme_of(request),
            form_token=form_token(request),
            **context,
        )
    )
    return Response(html, status_code=status_code, media_type=MediaType.HTML)


def theme_of(request: Request[Any, Any, Any]) -> str:
    """Return the colours that the reader chose: light, dark, or as the system has them (auto)."""
    chosen = request.cookies.get("theme", "auto")
    return chosen if chosen in THEMES else "auto"


def form_token(request: Request[Any, Any, Any]) -> str:
    """Return what every form has to send along as `_csrf_token`; empty on a page that has none."""
    token = ScopeState.from_scope(request.scope).csrf_token
    return "" if token is Empty else str(token)


def safe_link(link: str | None) -> str | None:
    """Return an address of a capture where it is one to follow: http or https, with a host; None for any other."""
    if not link or any(ord(character) <= 0x20 for character in link):
        return None
    try:
        parts = urlsplit(link)
    except ValueError:
        return None
    return link if parts.scheme in {"http", "https"} and parts.hostname else None


def with_query(path: str, **given: Any) -> str:
    """Return a path with a query of what is given, without what is None or empty."""
    query = urlencode({name: value for name, value in given.items() if value not in (None, "")}, doseq=True)
    return f"{path}?{query}" if query else path


@cache
def environment() -> Environment:
    """Return where templates are found, with what they can use."""
    made = Environment(
        loader=PackageLoader("onrecord.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"asset": address, "sections": SECTIONS, "themes": THEMES, "version": __version__}
    made.globals["with_query"] = with_query
    made.filters |= {"quantity": words.quantity, "period": words.period, "number": words.number}
    made.filters |= {"in_full": words.in_full, "terms": in_words}
    made.filters |= {"safe_link": safe_link, "seen": seen}
    return made


_PART_OF: Final = {"/read": "/", "/claims": "/record", "/threads": "/commitments"}
"""Pages that stand in a section of another address."""


def _section(path: str) -> str:
    """Return the address of the section that a path belongs to; empty for none."""
    first = "/" + path.split("/")[1]
    section = _PART_OF.get(first, first)
    return section if section in {address for _, address in SECTIONS} else ""
