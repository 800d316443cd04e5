"""What was found, in the terminal and as the rows of a table."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, cast

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from onrecord.model import Claim
from onrecord.record.searching import Hit, Page, Query, StoryHit
from onrecord.record.terms import Alternatives, alternatives_in, spans_in
from onrecord.report import words
from onrecord.report.terminal import KIND_STYLES

_MARK = "bold underline"


def page_view(page: Page[Any], query: Query) -> RenderableType:
    """Return a page of claims or stories, the words that were looked for marked."""
    if not page.hits:
        return Text("nothing more found" if query.after else "nothing found")
    sought = alternatives_in(query.words)
    hits = (_claim(hit, sought) if isinstance(hit, Hit) else _story(hit, sought) for hit in page.hits)
    closing = f"{len(page.hits)} found" + (f"; there are more: --after {page.after}" if page.after else "")
    return Group(*hits, Text(closing, style="dim"))


def rows(page: Page[Any], *, stories: bool) -> Iterator[list[str]]:
    """Yield the rows of a table of claims or stories, its head first.

    That of claims has the columns which `export` writes, and `thread`.
    """
    from onrecord.record.exporting.columns import COLUMNS
    from onrecord.record.exporting.csv_table import cells, harmless
    from onrecord.record.exporting.told import Told

    if stories:
        names = StoryHit.__struct_fields__
        yield list(names)
        for hit in page.hits:
            values = (getattr(hit, name) for name in names)
            yield [harmless(str(value)) if value is not None else "" for value in values]
        return
    yield [*(column.name for column in COLUMNS), "thread"]
    for hit in page.hits:
        # a hit has every field that the columns ask for
        yield [*cells(cast("Told", hit)), f"T{hit.thread}" if hit.thread else ""]


def _claim(hit: Hit, sought: Alternatives) -> RenderableType:
    claim = hit.claim
    kind = Text(claim.kind, style=KIND_STYLES[claim.kind])
    kind.append(" (not)" if claim.negated else "", style="red")
    lines = [_marked(hit.words, sought), _fields(claim)]
    if claim.verdict and claim.verdict.verdict != "uncheckable":
        lines.append(Text(f"{claim.verdict.verdict}: {claim.verdict.arithmetic}"))
    head = Text.assemble(kind, "  ", _whence(hit))
    return _entry(head, lines, [hit.address, f"T{hit.thread}" if hit.thread else None, hit.review, hit.url])


def _story(hit: StoryHit, sought: Alternatives) -> RenderableType:
    return _entry(_whence(hit), [_marked(hit.snippet, sought)], [hit.url or hit.source])


def _entry(head: Text, lines: list[Text], where: list[str | None]) -> RenderableType:
    """Return the lines about a hit; whatever is there to be copied stands last, and is only broken where it must."""
    last = Text("  ".join(one for one in where if one), style="dim", overflow="fold")
    return Group(head, *(Padding(line, (0, 0, 0, 2)) for line in lines), Padding(last, (0, 0, 1, 2)))


def _whence(hit: Hit | StoryHit) -> Text:
    day = str(hit.day) if isinstance(hit.day, dt.date) else "no day"
    return Text.assemble(day, "  ", hit.outlet or hit.source, "  ", (hit.headline or "(no headline)", "bold"))


def _marked(text: str, sought: Alternatives) -> Text:
    plain = " ".join(text.split())
    marked = Text(plain)
    for start, end in spans_in(plain, sought):
        marked.stylize(_MARK, start, end)
    return marked


def _fields(claim: Claim) -> Text:
    """Return who, what, how much, by when and who said so; what is not known is left out."""
    told = {
        "who": claim.actor,
        "what": claim.measure,
        "how much": words.quantity(claim.quantity) if claim.quantity else None,
        "when": words.period(claim.when) if claim.when else None,
        "said by": claim.said_by,
    }
    parts = [Text.assemble((f"{name} ", "dim"), value) for name, value in told.items() if value]
    return Text("  ").join(parts)
