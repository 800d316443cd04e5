"""Quotations that stand alone: they go to whoever was speaking before them.

One that goes on in the paragraph of an attribution (`"Yes," she said. "We will."`) shares its cue; in a paragraph of
its own it has none.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from onrecord.language.mentions import Quotation
from onrecord.language.phrases import SUBJECTS, relation
from onrecord.statements.reader import Attribution, Reader


def find_unattributed(reader: Reader, attributed: Sequence[Attribution]) -> Iterator[Attribution]:
    """Yield the quoted sentences that no word of saying governs, with the speaker carried over."""
    starts = sorted(attributed, key=lambda a: a.start)
    first = [a.start for a in starts]
    ends = sorted(attributed, key=lambda a: (a.end, -a.start))
    last = [a.end for a in ends]
    for quotation in reader.quotations:
        k = bisect_left(first, quotation.end)
        told = any(a.end > quotation.start for a in starts[max(0, k - 3) : k])
        if not told and _stands_alone(reader, quotation):
            spoken = bisect_right(last, quotation.start)
            yield _carried(reader, quotation, ends[spoken - 1] if spoken else None)


def _stands_alone(reader: Reader, quotation: Quotation) -> bool:
    """Return whether a quotation is whole sentences of its own, and not a name or a scare quote in another's."""
    first, _ = reader.sentence(quotation.start)
    _, last = reader.sentence(quotation.end - 1)
    lead = reader.doc[first : quotation.start]
    after_colon = bool(len(lead)) and lead[-1].text == ":"
    tail = reader.doc[quotation.end : last]
    if any(t.is_alpha for t in tail) or (any(t.is_alpha for t in lead) and not after_colon):
        return False
    words = reader.doc[quotation.start : quotation.end]
    return any(relation(t) in SUBJECTS for t in words) or any(t.text in {".", "?", "!"} for t in words[-2:])


def _carried(reader: Reader, quotation: Quotation, last: Attribution | None) -> Attribution:
    """Return the quotation under the last speaker before it, or the person told of in the sentence right before it."""
    speaker = last.speaker if last is not None else None
    told = reader.names.person_told_of(quotation.start)
    if told is not None and (last is None or reader.names.sentences_between(_last_token(last), quotation.start) > 1):
        return Attribution(quotation.start, quotation.end, told, None, None)
    if last is None or reader.parted(_last_token(last), quotation.start):
        return Attribution(quotation.start, quotation.end, speaker, None, None)
    return Attribution(quotation.start, quotation.end, speaker, last.cue, last.source)


def _last_token(attribution: Attribution) -> int:
    """Return the last token of what was said and of the words that attribute it."""
    ends = (
        attribution.end,
        attribution.cue[1] if attribution.cue else 0,
        attribution.source[1] if attribution.source else 0,
    )
    return max(ends) - 1
