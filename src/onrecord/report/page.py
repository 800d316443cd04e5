"""One self-contained page: every statement and claim marked in place, what was cut away folded but there."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from onrecord.model import Claim, Reading, Skipped, Span, Statement, Story
from onrecord.report import words


@dataclass(frozen=True, slots=True)
class Note:
    """One statement or claim as the page shows it: where it stands, and its fields in words."""

    key: str
    kind: str
    spans: tuple[Span, ...]
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of body text under the same notes; `opens` are those that begin here."""

    text: str
    notes: tuple[Note, ...]
    opens: tuple[Note, ...]

    @property
    def classes(self) -> str:
        """CSS classes: the kinds of the notes on this piece."""
        return " ".join(dict.fromkeys(note.kind for note in self.notes))


@dataclass(frozen=True, slots=True)
class Part:
    """A run of the capture: body text in pieces, or text that was cut away (`pieces` empty)."""

    text: str
    pieces: tuple[Piece, ...]


def write_page(path: Path, found: Iterable[Reading | Skipped]) -> None:
    """Write the report of all that was found to `path`; raises OSError where it cannot be written."""
    path.write_text(render_page(list(found)), encoding="utf-8")


def render_page(found: Sequence[Reading | Skipped]) -> str:
    """Return the report as one HTML page that asks for nothing from outside."""
    tally = words.Tally()
    for one in found:
        tally.add(one)
    captures = [
        {"reading": one, "number": i, "stories": _stories(one, i), "trailing": _trailing(one)}
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


def _stories(reading: Reading, capture_number: int) -> list[dict[str, object]]:
    text, at, stories = reading.capture.text, 0, []
    for number, story in enumerate(reading.stories, 1):
        key = f"c{capture_number}s{number}"
        notes = _notes(key, story)
        parts = []
        for start, end in story.body:
            parts += _cut_away(text, at, start)
            parts.append(Part(text[start:end], tuple(_pieces(text, Span(start, end), notes))))
            at = end
        stories.append({"story": story, "key": key, "notes": notes, "parts": parts})
    return stories


def _trailing(reading: Reading) -> list[Part]:
    at = max((end for story in reading.stories for _, end in story.body), default=0)
    return _cut_away(reading.capture.text, at, len(reading.capture.text))


def _cut_away(text: str, start: int, end: int) -> list[Part]:
    cut = text[start:end].strip("\n")
    return [Part(cut, ())] if cut.strip() else []


def _notes(key: str, story: Story) -> tuple[Note, ...]:
    claims = [_claim_note(f"{key}k{i}", claim) for i, claim in enumerate(story.claims, 1)]
    statements = [_statement_note(f"{key}q{i}", one) for i, one in enumerate(story.statements, 1)]
    return (*claims, *statements)


def _claim_note(key: str, claim: Claim) -> Note:
    rows = (
        ("claim", claim.kind + (" (not)" if claim.negated else "")),
        ("who", claim.actor),
        ("what", claim.measure),
        ("how much", words.quantity(claim.quantity) if claim.quantity else None),
        ("by when", words.period(claim.when) if claim.when else None),
        ("said by", claim.said_by),
        ("sure", f"{claim.confidence:.0%}" if claim.confidence is not None else None),
    )
    spans = claim.spans
    marked = (spans.quantity, spans.when) if spans.quantity else (spans.cue, spans.when)
    return Note(key, claim.kind, tuple(filter(None, marked)) or (claim.evidence,), _filled(rows))


def _statement_note(key: str, statement: Statement) -> Note:
    rows = (
        ("statement", statement.kind),
        ("speaker", statement.speaker or "not named"),
        ("cue", statement.cue),
    )
    return Note(key, "statement", (statement.content,), _filled(rows))


def _filled(rows: Iterable[tuple[str, str | None]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in rows if value)


def _pieces(text: str, run: Span, notes: Sequence[Note]) -> Iterable[Piece]:
    """Cut a body run at every edge of a note, so that each piece lies under the same notes throughout."""
    here = [(span, note) for note in notes for span in note.spans if span.overlaps(run)]
    edges = {run.start, run.end}
    for span, _ in here:
        edges |= {max(span.start, run.start), min(span.end, run.end)}
    cuts = sorted(edges)
    for start, end in itertools.pairwise(cuts):
        piece = Span(start, end)
        on = tuple(dict.fromkeys(note for span, note in here if span.overlaps(piece)))
        opens = tuple(note for note in on if max(note.spans[0].start, run.start) == start)
        yield Piece(piece.of(text), on, opens)
