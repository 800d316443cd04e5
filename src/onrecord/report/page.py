"""One self-contained page: every statement and claim marked in place, what was cut away folded but there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from onrecord.model import Reading, Skipped
from onrecord.report import words
from onrecord.report.marks import marked_stories, trailing


def write_page(path: Path, found: Iterable[Reading | Skipped]) -> None:
    """Write the report of all that was found to `path`; raises OSError where it cannot be written."""
    path.write_text(render_page(list(found)), encoding="utf-8")


def render_page(found: Sequence[Reading | Skipped]) -> str:
    """Return the report as one HTML page that asks for nothing from outside."""
    tally = words.Tally()
    for one in found:
        tally.add(one)
    captures = [
        {"reading": one, "number": i, "stories": marked_stories(one, f"c{i}"), "trailing": trailing(one)}
        for i, one in enumerate(found, 1)
        if isinstance(one, Reading)
    ]
    skipped = [one for one in found if isinstance(one, Skipped)]
    return _template().render(captures=captures, skipped=skipped, tally=str(tally))


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("onrecord.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("page.html")
