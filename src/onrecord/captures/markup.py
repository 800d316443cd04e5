"""What a page's head and embedded data say of its main story: title, OpenGraph, JSON-LD, meta elements."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from selectolax.lexbor import LexborNode

from onrecord.model import Markup

MACHINE_ELEMENTS = frozenset(["base", "link", "meta", "script", "title"])
"""Elements that hold nothing to see."""

_PUBLISHED = (
    *("article:published_time", "og:article:published_time", "og:published_time", "datepublished", "parsely-pub-date"),
    *("sailthru.date", "dcterms.issued", "dc.date.issued", "dcterms.date", "dc.date"),
    *("publish-date", "publish_date", "publication_date", "pubdate", "date"),
)
_MODIFIED = ("article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "dcterms.modified")
_AUTHORS = ("author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator", "byl")
_ARTICLE_TYPES = frozenset(["BlogPosting", "LiveBlogPosting", "Report"])
"""schema.org's kinds of `Article` whose names do not end in it."""
_SALVAGED = ("headline", "description", "datePublished", "dateModified", "inLanguage", "articleBody")
_JSON_OPENING = re.compile(r"[\[{]")
_DECODER = json.JSONDecoder(strict=False)
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


@dataclass(slots=True)
class Head:
    """What a page says for machines, as it is met while the page is read."""

    language: str | None = None
    title: str | None = None
    address: str | None = None
    meta: dict[str, list[str]] = field(default_factory=dict)
    json_ld: list[str] = field(default_factory=list)

    def take(self, tag: str, node: LexborNode) -> None:
        """Keep what one of `MACHINE_ELEMENTS` says."""
        attributes = node.attributes
        if tag == "title" and self.title is None:
            self.title = node.text()
        elif tag == "meta":
            content = attributes.get("content")
            for key in ("property", "name", "itemprop", "http-equiv"):
                name = attributes.get(key)
                if name and content:
                    self.meta.setdefault(name.lower(), []).append(content)
        elif tag == "link" and attributes.get("rel") == "canonical" and self.address is None:
            self.address = attributes.get("href")
        elif tag == "script" and "ld+json" in (attributes.get("type") or "").lower():
            self.json_ld.append(node.text())


def read_markup(head: Head) -> Markup:
    """Return what the head says; JSON-LD goes before OpenGraph, and that before other meta elements."""
    article = next(_articles(head.json_ld), {})
    meta = head.meta

    def first(*names: str) -> str | None:
        return next((_folded(meta[name][0]) for name in names if name in meta), None)

    return Markup(
        title=_folded(head.title),
        headline=_text(article.get("headline")) or first("og:title", "twitter:title"),
        description=_text(article.get("description")) or first("og:description", "description", "twitter:description"),
        authors=_names(article.get("author")) or _meta_authors(meta),
        published=_text(article.get("datePublished")) or first(*_PUBLISHED),
        modified=_text(article.get("dateModified")) or first(*_MODIFIED),
        language=_text(article.get("inLanguage")) or _folded(head.language) or first("og:locale", "content-language"),
        url=_folded(head.address) or first("og:url") or _text(article.get("url")),
        site=_text(article.get("publisher")) or first("og:site_name", "application-name"),
        body=article["articleBody"] if isinstance(article.get("articleBody"), str) else None,
    )


def _articles(scripts: list[str]) -> Iterator[dict[str, Any]]:
    """Yield the JSON-LD nodes that describe an article, those with a headline first.

    Lists, `@graph` and `mainEntity` are searched; articles elsewhere (list entries, related links) are not the page's.
    """
    found = [node for script in scripts for node in _nodes(_parsed(script)) if _is_article(node)]
    yield from sorted(found, key=lambda node: "headline" not in node)


def _nodes(parsed: object) -> Iterator[dict[str, Any]]:
    waiting = [parsed]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list):
            waiting += reversed(item)
        elif isinstance(item, dict):
            yield item
            waiting += (item.get("mainEntityOfPage"), item.get("mainEntity"), item.get("@graph"))


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and (kind.endswith("Article") or kind.rpartition("/")[2] in _ARTICLE_TYPES)
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _parsed(script: str) -> object:
    """Return what a JSON-LD script holds, whatever stands around it (comments, CDATA marks).

    Of JSON that does not parse, its plain fields are read as far as they can be made out.
    """
    bare = script.replace("<![CDATA[", "")
    opening = _JSON_OPENING.search(bare)
    try:
        return _DECODER.raw_decode(bare, opening.start())[0] if opening else None
    except (ValueError, RecursionError):
        return _salvaged(bare)


def _salvaged(broken: str) -> dict[str, Any]:
    """Return the fields of an article that can be read off JSON that does not parse."""
    fields = {name: value for name in _SALVAGED if (value := _string_after(name, broken)) is not None}
    kind = _string_after("@type", broken)
    return {"@type": kind, **fields} if kind else fields


def _string_after(name: str, broken: str) -> str | None:
    match = re.search(rf'"{name}"\s*:\s*("(?:[^"\\]|\\.)*")', broken)
    try:
        return str(json.loads(match.group(1), strict=False)) if match else None
    except ValueError:
        return None


def _text(value: object) -> str | None:
    """Return a JSON-LD value as words: a string, the name of a thing, or the first of several."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
    return _folded(value) if isinstance(value, str) else None


def _names(authors: object) -> tuple[str, ...]:
    given = authors if isinstance(authors, list) else [authors]
    return tuple(dict.fromkeys(name for name in map(_text, given) if name and not _ADDRESS.match(name)))


def _meta_authors(meta: dict[str, list[str]]) -> tuple[str, ...]:
    return next(filter(None, (_names(meta.get(name)) for name in _AUTHORS)), ())


def _folded(words: str | None) -> str | None:
    """Return `words` with character references decoded and white space folded; None for no words."""
    return " ".join(html.unescape(words).split()) or None if words else None
