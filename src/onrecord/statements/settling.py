"""Attributions read one by one, made to fit together: what one verb says ends where the next one says more."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from spacy.tokens import Token

from onrecord.language.phrases import RELATIVE_PRONOUNS, SUBJECTS, child, relation
from onrecord.statements.reader import Attribution, Reader


def settled(reader: Reader, found: list[Attribution]) -> list[Attribution]:
    """Return the attributions with ends cut where the speaker goes on in another one, and repetitions left out.

    `said it was late, adding that ...` and `said it was late and warned that ...` are two statements of one speaker.
    Within what somebody says, their own `he added` makes no further statement; what they say of others does.
    """
    by_cue = sorted((a for a in found if a.cue), key=lambda a: a.cue or (0, 0))
    cues = [a.cue[0] for a in by_cue if a.cue]
    speakers = {id(a): a.speaker for a in found}
    ends = {id(a): a.end for a in found}
    dropped: set[int] = set()
    for k, going_on in enumerate(by_cue):
        before = _goes_on_from(reader, by_cue, k)
        if before is not None:
            speakers[id(going_on)] = speakers[id(before)]
    for outer in sorted(found, key=lambda a: (a.start, -a.end)):
        for k in range(bisect_left(cues, outer.start), bisect_left(cues, outer.end)):
            inner = by_cue[k]
            if inner is outer or id(inner) in dropped or cues[k] >= ends[id(outer)] or outer.cue == inner.cue:
                continue
            verb = reader.doc[cues[k]]
            aside = _aside(reader, verb)
            if aside is not None and outer.start < aside and speakers[id(inner)] != speakers[id(outer)]:
                ends[id(outer)] = aside
                continue
            stop = _breaks_off(reader, verb)
            if stop is not None and stop > outer.start + 1 and inner.start >= stop:
                ends[id(outer)] = stop
                speakers[id(inner)] = speakers[id(outer)]
            elif speakers[id(inner)] == speakers[id(outer)] and inner.end <= ends[id(outer)]:
                dropped.add(id(inner))
    seen: set[tuple[int, int]] = set()
    for attribution in found:  # `Lee said that it rained, he said` is one statement
        if (attribution.start, attribution.end) in seen:
            dropped.add(id(attribution))
        seen.add((attribution.start, attribution.end))
    kept = [a for a in found if id(a) not in dropped]
    return [_cut(reader, replace(a, speaker=speakers[id(a)]), ends[id(a)]) for a in kept]


def _goes_on_from(reader: Reader, by_cue: list[Attribution], k: int) -> Attribution | None:
    """Return the attribution before a participle that adds to it in the same sentence (`..., Lee said, adding that`)."""
    cue = by_cue[k].cue
    if cue is None or not reader.doc[cue[0]].lower_.endswith("ing") or _breaks_off(reader, reader.doc[cue[0]]) is None:
        return None
    first, _ = reader.sentence(cue[0])
    before = (a for a in reversed(by_cue[:k]) if a.cue and first <= a.cue[0])
    return next((a for a in before if a.speaker is not None and a.cue != cue), None)


def _cut(reader: Reader, attribution: Attribution, end: int) -> Attribution:
    if end >= attribution.end:
        return attribution
    start, end = reader.widen(attribution.start, end)
    return replace(attribution, start=start, end=end)


def _aside(reader: Reader, verb: Token) -> int | None:
    """Return where the relative clause of a verb of saying starts, set off by a comma: `, which officials say ...`."""
    if relation(verb) != "acl:relcl":
        return None
    start = verb.left_edge.i
    while start > 0 and reader.doc[start - 1].lower_ in RELATIVE_PRONOUNS:
        start -= 1
    if reader.doc[start].text == ",":
        return start
    return start - 1 if start > 0 and reader.doc[start - 1].text in {",", "—", "–"} else None


def _breaks_off(reader: Reader, verb: Token) -> int | None:
    """Return where a verb without subject or auxiliary goes on after another speaker's words; None if it does not."""
    if child(verb, SUBJECTS | {"aux", "aux:pass", "cop"}) is not None:
        return None
    start = verb.left_edge.i if verb.left_edge.i <= verb.i else verb.i
    before = reader.doc[start - 1] if start else None
    if verb.lower_.endswith("ing"):
        comma = reader.doc[start].text == "," or (before is not None and before.text in {",", "—", "–", "-"})
        return start if comma and relation(verb) not in {"acl:relcl"} else None
    if relation(verb) == "conj" and verb.lower_ != verb.lemma_ and child(verb, {"cc"}) is not None:
        return start
    return None
