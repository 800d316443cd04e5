"""A reading in the terminal: one story after another, its claims and statements in tables."""

from __future__ import annotations

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
_DEADLINE_WIDTH = len("by 2034-12-31")
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
            console.print(_claims_table(story.claims))
        if story.statements:
            console.print(_statements_table(reading.capture.text, story.statements))
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


def _claims_table(claims: tuple[Claim, ...]) -> Table:
    table = _table("Claims", {"kind": 0, "who": 3, "what": 5, "how much": 4, "by when": 0, "said by": 3})
    for claim in claims:
        table.add_row(*_cells(claim))
    return table


def _cells(claim: Claim) -> tuple[Text, ...]:
    kind = Text(claim.kind, style=KIND_STYLES[claim.kind])
    if claim.negated:
        kind.append("\n(not)", style="red")
    return (
        kind,
        Text(claim.actor or "–"),
        Text(claim.measure or "–"),
        Text(words.quantity(claim.quantity) if claim.quantity else "–"),
        Text(words.period(claim.when) if claim.when else "–"),
        Text(claim.said_by or "–"),
    )


def _statements_table(text: str, statements: tuple[Statement, ...]) -> Table:
    table = _table("Statements", {"speaker": 2, "cue": 0, "what was said": 7})
    for statement in statements:
        said = " ".join(statement.content.of(text).split())
        table.add_row(Text(statement.speaker or "–"), Text(statement.cue or "–"), Text(said))
    return table


def _table(title: str, shares: dict[str, int]) -> Table:
    """Return an empty table as wide as the terminal; `shares` of its width by column, 0 for a deadline's."""
    table = Table(title=title, title_justify="left", title_style="italic", expand=True, box=None, pad_edge=False)
    for name, share in shares.items():
        width = None if share else _DEADLINE_WIDTH
        table.add_column(name, header_style="dim", overflow="fold", max_width=width, ratio=share or None)
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
