"""A claim under review in words: the same on the screen and in lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from rich.text import Text

from onrecord.model import Claim, FieldSpans, Span, When
from onrecord.record.reviewing import Review, UnderReview
from onrecord.report import words
from onrecord.report.visible import visible

STYLES: Final = {
    "kind": "bold",
    "actor": "bold #5fd7d7",
    "measure": "bold #87d75f",
    "quantity": "bold #ffaf5f",
    "when": "bold #ff87d7",
    "said_by": "bold #87afff",
}
"""How a field's name and its words in the sentence are marked; words of two fields bear both."""
_AROUND: Final = 400
"""Characters of its paragraph that are shown on each side of a claim's sentence."""
_WHOLE: Final = 3_000
"""Characters of a sentence that is shown whole; of a longer one what stands around its fields."""
_NEAR: Final = 200
_LONGEST: Final = 300
_LONGEST_FIELD: Final = 120
"""Characters of a field's value that are shown."""


def field_words(claim: Claim) -> dict[str, str]:
    """Return what a claim says, by the names of its fields, `–` for nothing."""
    actor = f"{claim.actor} ({claim.country})" if claim.actor and claim.country else claim.actor
    told = {
        "kind": claim.kind + (", negated" if claim.negated else ""),
        "actor": actor,
        "measure": claim.measure,
        "quantity": words.quantity(claim.quantity) if claim.quantity else None,
        "when": _when(claim.when),
        "said_by": claim.said_by,
    }
    return {name: shortened(visible(value), _LONGEST_FIELD) if value else "–" for name, value in told.items()}


def told(claim: Claim) -> str:
    """Return a claim in one line: `commitment: Norland, harbour spending, 2.5% of output, by 2030-12-31`."""
    fields = field_words(claim)
    kind = fields.pop("kind")
    by = fields.pop("said_by")
    said = f"; said by {by}" if by != "–" else ""
    return f"{kind}: {', '.join(value for value in fields.values() if value != '–') or 'nothing'}{said}"


def differences(machine: Claim, claim: Claim) -> str:
    """Return what the machine read otherwise: `actor Norland, when –`; empty where nothing."""
    read, now = field_words(machine), field_words(claim)
    return ", ".join(f"{label(name)} {value}" for name, value in read.items() if value != now[name])


def decision_words(review: Review) -> str:
    """Return one line on a review: `3: corrected by ana at 2026-03-07T10:00:00Z, was: actor Norland`."""
    was = differences(review.machine, review.claim)
    line = f"{review.number}: {review.decision} by {visible(review.reviewer)} at {review.decided}"
    line += f"; the machine read {was}" if was else ""
    return line + (f" (taken back at {review.undone})" if review.undone else "")


def confidence_words(claim: Claim) -> str:
    """Return how sure the machine is: `90%`; `–` where nobody can say."""
    return "–" if claim.confidence is None else f"{claim.confidence:.0%}"


def verdict_words(claim: Claim) -> str:
    """Return the verdict with its arithmetic in one line."""
    verdict = claim.verdict
    if verdict is None:
        return "not checked"
    reason = f" ({verdict.reason})" if verdict.reason else ""
    return shortened(visible(f"{verdict.verdict}{reason}: {verdict.arithmetic}"))


def label(field: str) -> str:
    """Return a field's name as a person reads it."""
    return field.replace("_", " ")


def shortened(text: str, longest: int = _LONGEST) -> str:
    """Return a text with an ellipsis for what is too long to be shown in a line or two."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def passage(under: UnderReview) -> Text:
    """Return a claim's sentence in its paragraph, with the words of each field marked."""
    claim, shown, last = under.claim, Text(), under.claim.evidence.start
    for start, end in _runs(under):
        if start > last:
            shown.append(_left_out(start - last), "italic")
        for piece in _pieces(start, end, [claim.evidence, *(span for _, span in _marks(claim.spans))]):
            shown.append(visible(piece.of(under.text)), _style(piece, claim))
        last = end
    if last < claim.evidence.end:
        shown.append(_left_out(claim.evidence.end - last), "italic")
    return shown


def _left_out(characters: int) -> str:
    return f" […{characters:,} characters…] "


def _runs(under: UnderReview) -> list[tuple[int, int]]:
    """Return the stretches of text that are shown: a paragraph, or of a very long sentence parts of it."""
    claim, text = under.claim, under.text
    evidence = claim.evidence
    start, end = next((r for r in under.body if r[0] <= evidence.start and evidence.end <= r[1]), (0, len(text)))
    start = max(
        start, text.rfind("\n\n", start, evidence.start) + 2 if "\n\n" in text[start : evidence.start] else start
    )
    found = text.find("\n\n", evidence.end, end)
    end = found if found >= 0 else end
    start, end = max(start, evidence.start - _AROUND), min(end, evidence.end + _AROUND)
    if evidence.end - evidence.start <= _WHOLE:
        return [(start, end)]
    near = [Span(evidence.start, evidence.start + 1), *(span for _, span in _marks(claim.spans))]
    runs: list[tuple[int, int]] = []
    for span in sorted(near):
        first, after = max(start, span.start - _NEAR), min(end, span.end + _NEAR)
        if runs and first <= runs[-1][1]:
            runs[-1] = (runs[-1][0], max(after, runs[-1][1]))
        else:
            runs.append((first, after))
    return runs


def _marks(spans: FieldSpans) -> Iterator[tuple[str, Span]]:
    for name in STYLES:
        span: Span | None = getattr(spans, "cue" if name == "kind" else name)
        if span:
            yield name, span


def _pieces(start: int, end: int, spans: list[Span]) -> Iterator[Span]:
    """Yield [start, end) cut wherever a span begins or ends."""
    cuts = sorted({start, end, *(at for span in spans for at in (span.start, span.end) if start < at < end)})
    for first, after in pairwise(cuts):
        yield Span(first, after)


def _style(piece: Span, claim: Claim) -> str:
    if not claim.evidence.overlaps(piece):
        return "dim"
    marks = [STYLES[name] for name, span in _marks(claim.spans) if span.overlaps(piece)]
    return " ".join([*marks, "underline"]) if marks else ""


def _when(when: When | None) -> str | None:
    if when is None:
        return None
    days = words.period(when)
    return when.text if days == f"“{when.text}”" else f"{when.text} → {days}"
