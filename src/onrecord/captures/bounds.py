"""Keep an HTML page within bounds, so that parsing it takes time linear in its size.

The HTML standard looks through all open elements at every tag of a block, and through all attributes at every new one:
100,000 nested `div` take 20 s, 80,000 attributes on one element 22 s.
"""

from __future__ import annotations

import re

DEEPEST = 512
"""Elements that may be open at once; Chromium and WebKit have the same limit."""

MOST_ATTRIBUTES = 3_000
"""Words that a tag longer than 16 kB may have; one with more loses its attributes. Real pages reach 2,400."""

_LONG = 16_000
_LONG_TAG = re.compile(rf"([a-z][a-z0-9-]{{0,40}})[^<>]{{{_LONG},}}", re.IGNORECASE)
_SHALLOW_ENOUGH = 10_000
"""A page with fewer tags cannot be deep enough to matter."""
_TAG = re.compile(r"<(/?)([a-z][a-z0-9-]*)[^<>]*>?", re.IGNORECASE)
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
_LEFT_OPEN = {"dd", "dt", "li", "option", "p", "rp", "rt", "tbody", "td", "tfoot", "th", "thead", "tr"}
_UNCOUNTED = frozenset(_VOID | _LEFT_OPEN | {"body", "head", "html"})
"""Elements without an end, and those often left open because the next one closes them."""
_RAW = frozenset(["script", "style", "textarea", "title"])


def limit_attributes(html: str) -> str:
    """Return `html` without the attributes of elements that have more than `MOST_ATTRIBUTES`."""
    opened, *pieces = html.split("<")  # a piece a tag, with what stands behind it: few are long enough to be looked at
    long = {i: match for i, piece in enumerate(pieces) if len(piece) > _LONG and (match := _LONG_TAG.match(piece))}
    if not long:
        return html
    for i, match in long.items():
        pieces[i] = _short_tag(match) + pieces[i][match.end() :]
    return "<".join([opened, *pieces])


def _short_tag(match: re.Match[str]) -> str:
    return match.group() if len(match.group().split()) <= MOST_ATTRIBUTES else f"{match.group(1)} "


def limit_depth(html: str) -> str:
    """Return `html` without the tags of elements that stand deeper than `DEEPEST`; their words stay."""
    if html.count("<") < _SHALLOW_ENOUGH:
        return html
    depth = 0
    raw = ""

    def keep_or_drop(match: re.Match[str]) -> str:
        nonlocal depth, raw
        closing, name = match.group(1), match.group(2).lower()
        if (raw and not (closing and name == raw)) or name in _UNCOUNTED:
            return match.group() if depth <= DEEPEST else ""
        if name in _RAW:
            raw = "" if closing else name
            return match.group()
        depth = max(0, depth - 1) if closing else depth + 1
        return match.group() if depth + bool(closing) <= DEEPEST else ""

    return _TAG.sub(keep_or_drop, html)
