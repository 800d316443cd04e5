"""What a page's markup declares of its main story, brought to the form in which a story records it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from onrecord.model import Block, Markup
from onrecord.stories.agencies import read_agency

_SITE = re.compile(r"\s+[|·•–—-]\s+[^|·•–—]{2,40}$")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOST_AUTHORS = 8


def declared_time(written: str | None) -> str | None:
    """Return a time stamp of the markup in ISO 8601, to the minute, with its zone where given; None if it is none."""
    if not written:
        return None
    try:
        moment = dt.datetime.fromisoformat(written.strip())
    except ValueError:
        day = _DAY.match(written.strip())
        return _valid_day(day[0]) if day else None
    return moment.date().isoformat() if len(written.strip()) <= 10 else moment.isoformat(timespec="minutes")


def _valid_day(day: str) -> str | None:
    try:
        return dt.date.fromisoformat(day).isoformat()
    except ValueError:
        return None


def fold(text: str) -> str:
    """Return the words of `text` in lower case, single spaces between them; soft hyphens are no part of a word."""
    return " ".join(re.findall(r"\w+", text[:300].replace("\u00ad", "").casefold()))


def declared_headline(markup: Markup, blocks: Iterable[tuple[Block, str]]) -> str | None:
    """Return the main story's headline: the declared one as a block shows it, else the only `h1`, else as declared.

    `blocks` are the page's blocks before the body, each with its words. None where nothing is declared.
    """
    declared = [_SITE.sub("", title) for title in (markup.headline, markup.title) if title]
    if not declared:
        return None
    shown = list(blocks)
    said: dict[str, str] = {}
    for _, text in shown:
        said.setdefault(fold(text), text)
    for title in declared:
        if fold(title) in said:
            return said[fold(title)]
    titles = {text for block, text in shown if block.tag == "h1" and len(text.split()) > 2}
    return titles.pop() if len(titles) == 1 else declared[0]


def declared_byline(markup: Markup) -> str | None:
    """Return the declared authors as one byline; None where none is declared, or none that has a person's name."""
    names = [name.strip() for name in markup.authors if _is_person(name.strip(), markup.site)]
    return ", ".join(dict.fromkeys(names)) if 0 < len(names) <= _MOST_AUTHORS else None


def declared_agency(markup: Markup) -> str | None:
    """Return the agency among the declared authors, None where there is none."""
    return next((agency for name in markup.authors if (agency := read_agency(name.strip()))), None)


def _is_person(name: str, site: str | None) -> bool:
    words = name.split()
    plain = not any(c.isdigit() or c in "@/:|()" for c in name) and not re.search(r"\.\w{2,}$", name)
    return (
        plain and 2 <= len(words) <= 5 and read_agency(name) is None and name.casefold() not in (site or "").casefold()
    )
