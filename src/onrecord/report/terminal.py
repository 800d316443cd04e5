"""A reading in the terminal: one story after another, its claims and statements in tables, or blocks if it is narrow.

No word is broken that fits into the terminal.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.model import Claim, Reading, Span, Statement, Story
from onrecord.report import words

KIND_STYLES = {
    "commitment": "green",
    "demand": "magenta",
    "proposal": "cyan",
    "forecast": "yellow",
    "figure": "blue",
}
_GAP = 2
"""Spaces between columns."""
_TABLE_WIDTH = 100
"""Columns below which six columns of claims are too narrow to read."""
_NOTHING = "–"
_WORD = re.compile(r"(?:by|since) \d\S+|\S+")
"""What stays on one line: a word, or a deadline with its day."""
_FIELD_STYLES = {
    "cue": "bold",
    "actor": "cyan",
    "measure": "green",
    "quantity": "yellow",
    "when": "magenta",
    "said_by": "blue",
}
_FIELD_NAMES = {
    "cue": "kind",
    "actor": "who",
    "measure": "what",
    "quantity": "how much",
    "when": "by when",
    "said_by": "said by",
}


def print_reading(console: Console, reading: Reading, *, explain: bool = False) -> None:
    """Print a reading; with `explain`, under every claim its sentences and the words that gave each field."""
    console.print(Text(reading.capture.source, style="dim"), soft_wrap=False)
    if not reading.stories:
        console.print(Padding(Text("no story found"), (0, 2)))
    for story in reading.stories:
        console.print()
        console.print(_heading(reading.capture.text, story))
        for note in story.notes:
            console.print(Padding(Text(note, style="yellow"), (0, 2)))
        if story.claims and explain:
            for claim in story.claims:
                console.print(Padding(_explained(reading.capture.text, claim), (1, 0, 0, 2)))
        elif story.claims:
            console.print(_claims(story.claims, console.width))
        if story.statements:
            console.print(_statements(reading.capture.text, story.statements, console.width))
    console.print()


def _heading(text: str, story: Story) -> RenderableType:
    title = story.headline or _opening(text, story)
    facts = [story.dateline, story.agency, story.published, story.updated and f"updated {story.updated}"]
    facts += [story.byline and f"by {story.byline}", _photo_count(story)]
    return Group(Text(title, style="bold"), Text(" · ".join(fact for fact in facts if fact), style="dim"))


def _opening(text: str, story: Story) -> str:
    start, end = story.body[0] if story.body else (story.start, story.end)
    opening = " ".join(text[start : min(end, start + 90)].split())
    return f"(no headline) {opening}…"


def _photo_count(story: Story) -> str | None:
    if not story.photos:
        return None
    return f"{len(story.photos)} photo" + ("s" if len(story.photos) > 1 else "")


def _claims(claims: tuple[Claim, ...], width: int) -> RenderableType:
    rows = [_cells(claim) for claim in claims]
    table = _table("Claims", list(_FIELD_NAMES.values()), rows, width) if width >= _TABLE_WIDTH else None
    return table or _blocks("Claims", [(kind, _told(*rest)) for kind, *rest in rows])


def _told(who: Text, what: Text, how_much: Text, when: Text, said_by: Text) -> Text:
    """Return who is to do what, and on a line below how much, by when and who says so, as far as it is known."""
    first = Text(": ").join(part for part in (Text(who.plain, style="bold"), what) if part.plain != _NOTHING)
    source = [Text(f"said by {said_by.plain}")] if said_by.plain != _NOTHING else []
    second = Text(" · ").join(part for part in (how_much, when, *source) if part.plain != _NOTHING)
    return Text("\n").join(line for line in (first, second) if line.plain)


def _cells(claim: Claim) -> tuple[Text, ...]:
    kind = Text(claim.kind, style=KIND_STYLES[claim.kind])
    if claim.negated:
        kind.append("\n(not)", style="red")
    return (
        kind,
        Text(claim.actor or _NOTHING),
        Text(claim.measure or _NOTHING),
        Text(words.quantity(claim.quantity) if claim.quantity else _NOTHING),
        Text(words.period(claim.when) if claim.when else _NOTHING),
        Text(claim.said_by or _NOTHING),
    )


def _statements(text: str, statements: tuple[Statement, ...], width: int) -> RenderableType:
    rows = [
        (Text(one.speaker or _NOTHING), Text(one.cue or _NOTHING), Text(" ".join(one.content.of(text).split())))
        for one in statements
    ]
    table = _table("Statements", ["speaker", "cue", "what was said"], rows, width)
    return table or _blocks("Statements", [(cue, Text("\n").join((who, said))) for who, cue, said in rows])


def _table(title: str, names: Sequence[str], rows: Sequence[Sequence[Text]], width: int) -> Table | None:
    """Return a table that breaks no word, None where it would be wider than `width`."""
    columns = [[Text(name), *cells] for name, cells in zip(names, zip(*rows, strict=True), strict=True)]
    least = [max(cell_len(word) for cell in cells for word in _WORD.findall(cell.plain)) for cells in columns]
    natural = [max(cell_len(line) for cell in cells for line in cell.plain.splitlines()) for cells in columns]
    room = width - _GAP * (len(columns) - 1)
    if sum(least) > room:
        return None
    table = Table(title=title, title_justify="left", title_style="italic", box=None, padding=(0, _GAP, 0, 0))
    for name, size in zip(names, _widths(least, natural, room), strict=True):
        table.add_column(name, header_style="dim", width=size)
    for row in rows:
        table.add_row(*row)
    return table


def _widths(least: Sequence[int], natural: Sequence[int], room: int) -> list[int]:
    """Return the columns' widths, `least` or more: none takes over half of the room before all have what they need."""
    widths = list(least)
    for goals in ([min(size, room // 2) for size in natural], natural):
        while sum(widths) < room and (short := [i for i, goal in enumerate(goals) if widths[i] < goal]):
            widths[min(short, key=lambda i: widths[i] / goals[i])] += 1
    return widths


def _blocks(title: str, blocks: Sequence[tuple[Text, Text]]) -> Table:
    """Return blocks of what is told, each beside the word that says of what kind it is."""
    table = Table(title=title, title_justify="left", title_style="italic", box=None, padding=(0, _GAP, 0, 0))
    table.show_header = False
    for _ in ("kind", "told"):
        table.add_column(overflow="fold")
    for block in blocks:
        table.add_row(*block)
    return table


def _explained(text: str, claim: Claim) -> RenderableType:
    rows = Table.grid(padding=(0, 2))
    rows.add_column(style="dim", width=9)
    rows.add_column(overflow="fold")
    rows.add_column(overflow="fold", style="dim")
    for field, value in zip(_FIELD_NAMES, _cells(claim)[:1] + _cells(claim)[1:], strict=True):
        span: Span | None = getattr(claim.spans, field)
        found = f"“{' '.join(span.of(text).split())}” {span.start}–{span.end}" if span else ""
        rows.add_row(_FIELD_NAMES[field], value, found)
    if claim.confidence is not None:
        rows.add_row("sure", Text(f"{claim.confidence:.0%}"), "")
    return Group(_marked_evidence(text, claim), Padding(rows, (0, 0, 0, 2)))


def _marked_evidence(text: str, claim: Claim) -> Text:
    evidence = claim.evidence
    marked = Text(evidence.of(text).replace("\n", " "))
    for field, style in _FIELD_STYLES.items():
        span: Span | None = getattr(claim.spans, field)
        if span and evidence.contains(span):
            marked.stylize(style, span.start - evidence.start, span.end - evidence.start)
    return marked
