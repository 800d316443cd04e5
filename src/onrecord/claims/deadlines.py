"""Which of a sentence's times belongs to a claim: the deadline or the period, not the day on which it was said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from onrecord.claims.decision import Option
from onrecord.claims.frames import Frame, embedding, is_predicate
from onrecord.language.mentions import QuantityMention, TimeMention
from onrecord.language.phrases import child, relation
from onrecord.language.saying import is_saying


def when_options(
    frame: Frame, times: Sequence[TimeMention], quantities: Sequence[QuantityMention]
) -> list[Option[TimeMention | None]]:
    """Return no time, and each of the sentence's times with where it hangs and how far off it stands.

    `times` and `quantities` are those of the sentence: in `to 2.5% by 2027 and to 3% by 2034` each has its own.
    """
    options: list[Option[TimeMention | None]] = [Option(None, frozenset({"none", f"none:{min(len(times), 2)}"}))]
    near = [time for time in times if time.end <= frame.start or frame.end <= time.start]
    ranked = sorted(near, key=lambda time: _gap(frame, time))
    for rank, time in enumerate(ranked):
        root = frame.doc[time.start : time.end].root.i
        options.append(Option(time, frozenset(_facts(frame, time, quantities, rank)), (root,)))
    return options


def _gap(frame: Frame, time: TimeMention) -> int:
    return max(frame.start, time.start) - min(frame.end, time.end)


def _facts(frame: Frame, time: TimeMention, quantities: Sequence[QuantityMention], rank: int) -> Iterator[str]:
    place, verb = _attachment(frame, time)
    side = "after" if time.start >= frame.end else "before"
    low, high = min(frame.end, time.end), max(frame.start, time.start)
    between = sum(low <= q.start and q.end <= high for q in quantities)
    form = time.when.relation
    yield "time"
    yield f"at:{place}"
    yield f"at:{place}:{side}"
    yield f"at:{place}:{form}"
    yield f"{side}:between:{min(between, 2)}"
    yield f"rank:{min(rank, 2)}"
    yield f"gap:{min(_gap(frame, time) // 4, 5)}"
    if verb is not None and is_saying(verb):
        with_clause = child(verb, {"ccomp", "xcomp", "obj"}) is not None
        yield f"saying:{form}:{'clause' if with_clause else 'bare'}"
    if frame.doc[time.start].pos_ not in {"ADP", "SCONJ"}:
        yield f"bare:{place}"


def _attachment(frame: Frame, time: TimeMention) -> tuple[str, Token | None]:
    """Return where in the tree a time hangs, seen from the claim, and the predicate that it belongs to."""
    root = frame.doc[time.start : time.end].root
    own = {frame.root, *frame.nouns} | ({frame.counted} if frame.counted is not None else set())
    governor = root.head
    while not is_predicate(governor) and governor.head != governor:
        if governor in own:
            return "phrase", None
        governor = governor.head
    if governor in own and governor != frame.verb:
        return "phrase", None
    if governor == frame.verb:
        return "verb", governor
    for depth, (name, token) in enumerate(embedding(frame)):
        if token == governor:
            return f"over{min(depth, 1)}:{name}", governor
    if frame.verb is not None and frame.verb in governor.ancestors:
        return f"under:{relation(governor)}", governor
    joined = frame.verb
    while joined is not None and relation(joined) in {"conj", "advcl", "parataxis"}:
        joined = joined.head
        if joined == governor:
            return "joined", governor
    return "elsewhere", governor
