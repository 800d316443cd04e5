"""A reading cut into runs of text, each with the statements and claims that stand on it: what pages are made of."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from onrecord.model import Claim, Reading, Span, Statement, Story
from onrecord.report import words


@dataclass(frozen=True, slots=True)
class Note:
    """One statement or claim as a page shows it: what it is, where it stands, and its fields in words."""

    key: str
    kind: str
    of: Claim | Statement
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


@dataclass(frozen=True, slots=True)
class MarkedStory:
    """A story with its notes, and the runs of text from the end of the story before to its own."""

    story: Story
    key: str
    notes: tuple[Note, ...]
    parts: tuple[Part, ...]


def marked_stories(reading: Reading, key: str) -> tuple[MarkedStory, ...]:
    """Return the stories of a reading, marked; the keys of their notes begin with `key`."""
    text, at, stories = reading.capture.text, 0, []
    for number, story in enumerate(reading.stories, 1):
        own = f"{key}s{number}"
        notes, opened = _notes(own, story), set[str]()
        parts = []
        for start, end in story.body:
            parts += _cut_away(text, at, start)
            parts.append(Part(text[start:end], tuple(_pieces(text, Span(start, end), notes, opened))))
            at = end
        stories.append(MarkedStory(story, own, notes, tuple(parts)))
    return tuple(stories)


def trailing(reading: Reading) -> tuple[Part, ...]:
    """Return what was cut away behind the last story: all of it where there is none."""
    at = max((end for story in reading.stories for _, end in story.body), default=0)
    return tuple(_cut_away(reading.capture.text, at, len(reading.capture.text)))


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
    return Note(key, claim.kind, claim, tuple(filter(None, marked)) or (claim.evidence,), _filled(rows))


def _statement_note(key: str, statement: Statement) -> Note:
    rows = (
        ("statement", statement.kind),
        ("speaker", statement.speaker or "not named"),
        ("cue", statement.cue),
    )
    return Note(key, "statement", statement, (statement.content,), _filled(rows))


def _filled(rows: Iterable[tuple[str, str | None]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in rows if value)


def _pieces(text: str, run: Span, notes: Sequence[Note], opened: set[str]) -> Iterable[Piece]:
    """Cut a body run at every edge of a note, so that each piece lies under the same notes throughout.

    `opened` holds the keys of notes that have begun, in this run or before it, and is added to.
    """
    starts, ends = defaultdict[int, list[int]](list), defaultdict[int, list[int]](list)
    for number, note in enumerate(notes):
        for span in note.spans:
            if span.overlaps(run):
                starts[max(span.start, run.start)].append(number)
                ends[min(span.end, run.end)].append(number)
    on = Counter[int]()
    for start, end in itertools.pairwise(sorted({run.start, run.end, *starts, *ends})):
        on.subtract(ends[start])
        on.update(starts[start])
        on = +on  # without those that have ended
        here = tuple(notes[number] for number in sorted(on))
        opens = tuple(note for note in here if note.key not in opened)
        opened.update(note.key for note in opens)
        yield Piece(text[start:end], here, opens)
