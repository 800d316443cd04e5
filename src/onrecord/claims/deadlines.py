"""Which of a sentence's times belongs to a claim: the promise's deadline or the figure's period, not the day of saying."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from onrecord.claims.frames import Frame, embedding, is_predicate
from onrecord.language.mentions import QuantityMention, TimeMention
from onrecord.language.phrases import child, relation
from onrecord.language.saying import is_saying


def find_when(
    frame: Frame, times: Sequence[TimeMention], quantities: Sequence[QuantityMention] = ()
) -> TimeMention | None:
    """Return the time that belongs to the claim with this frame, None if none does.

    `times` and `quantities` are those of the sentence: in `to 2.5% by 2027 and to 3% by 2034` each has its own.
    """
    ranked = [(_distance(frame, time), time) for time in times if not _inside(frame, time)]
    fitting = [(rank, *_nearness(frame, time, quantities), time) for rank, time in ranked if rank is not None]
    return min(fitting, key=lambda entry: entry[:-1])[-1] if fitting else None


def _inside(frame: Frame, time: TimeMention) -> bool:
    return time.start < frame.end and frame.start < time.end


def _nearness(frame: Frame, time: TimeMention, quantities: Sequence[QuantityMention]) -> tuple[int, int]:
    """Rank by the quantities that stand between, then by words; a time after the quantity goes before one ahead of it."""
    low, high = min(frame.end, time.end), max(frame.start, time.start)
    between = sum(low <= q.start and q.end <= high for q in quantities)
    return between, high - low + (5 if time.start < frame.start else 0)


def _distance(frame: Frame, time: TimeMention) -> int | None:
    """Return how far in the tree a time is from the claim: 0 in its own phrase, 1 at its verb; None where it is another's."""
    root = frame.doc[time.start : time.end].root
    own = {frame.root, frame.top, *frame.nouns} | ({frame.counted} if frame.counted is not None else set())
    own.discard(frame.verb)
    governor = root.head if root.head != root else root
    while not is_predicate(governor) and governor.head != governor:
        if governor in own:
            return 0
        governor = governor.head
    if governor in own and governor != frame.verb:
        return 0
    if governor == frame.verb:
        return None if _tells_when_said(governor, time) else 1
    return _through_clauses(frame, governor, time)


def _through_clauses(frame: Frame, governor: Token, time: TimeMention) -> int | None:
    below = frame.verb
    for depth, (name, token) in enumerate(embedding(frame)):
        if token == governor:
            return None if _cuts(name, token) or _tells_when_said(token, time) else 2 + depth
        if _cuts(name, token):
            break
        below = token
    if below is not None and frame.verb is not None and frame.verb in governor.ancestors:
        return 4 if relation(governor) in {"xcomp", "advcl", "acl", "ccomp"} else None
    if relation(governor) == "conj" and frame.verb is not None and governor.head == frame.verb:
        return None
    joined = frame.verb
    while joined is not None and relation(joined) in {"conj", "advcl", "parataxis"}:
        joined = joined.head
        if joined == governor and time.end <= frame.start:
            return 6
    return None


def _cuts(name: str, token: Token) -> bool:
    """Return whether what stands over the clause tells of the saying, not of what is said."""
    return name in {"ccomp", "parataxis"} and is_saying(token)


def _tells_when_said(verb: Token, time: TimeMention) -> bool:
    """Return whether a day or month at a verb of saying tells when it was said (`pledged on Monday to`)."""
    return is_saying(verb) and time.when.relation == "in" and child(verb, {"ccomp", "xcomp", "obj"}) is not None
