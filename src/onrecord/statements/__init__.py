"""Who said what in a story: direct, mixed and indirect statements, each to its exact words."""

from __future__ import annotations

from onrecord.language.analysis import Analysis
from onrecord.model import Statement, StatementKind
from onrecord.statements.attributions import find_attributions
from onrecord.statements.reader import Attribution, Reader
from onrecord.statements.unattributed import find_unattributed

__all__ = ["find_statements"]


def find_statements(analysis: Analysis) -> tuple[Statement, ...]:
    """Return what a story attributes to somebody, in text order.

    A quotation that stands alone goes to whoever was speaking before it, with cue None.
    """
    reader = Reader(analysis)
    attributed = find_attributions(reader)
    found = [*attributed, *find_unattributed(reader, attributed)]
    found.sort(key=lambda a: (a.start, -a.end))
    return tuple(_statement(analysis, attribution) for attribution in found)


def _statement(analysis: Analysis, found: Attribution) -> Statement:
    content = analysis.span(found.start, found.end)
    cue = analysis.span(*found.cue) if found.cue else None
    return Statement(
        speaker=found.speaker,
        cue=analysis.doc[found.cue[0] : found.cue[1]].text if found.cue else None,
        kind=_kind(analysis, found),
        content=content,
        selector=analysis.selector(content),
        speaker_span=analysis.span(*found.source) if found.source else None,
        cue_span=cue,
    )


def _kind(analysis: Analysis, found: Attribution) -> StatementKind:
    """Direct where quotation marks hold all of it, mixed where they hold part that is more than a noun's epithet."""
    inside = [q for q in analysis.quotations if q.start < found.end and found.start < q.end]
    if inside and inside[0].start <= found.start and inside[-1].end >= found.end:
        return "direct"
    if any(not _is_epithet(analysis, q.start, q.end) for q in inside):
        return "mixed"
    return "indirect"


def _is_epithet(analysis: Analysis, start: int, end: int) -> bool:
    """Return whether quoted words only qualify the noun after them (`"gig economy" workers`): distance, not report."""
    words = analysis.doc[start:end]
    return end - start <= 5 and words.root.head.i >= end and words.root.dep_ in {"amod", "compound", "nmod"}
