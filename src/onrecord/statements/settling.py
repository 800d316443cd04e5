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
    told = _with_speakers_before(reader, sorted(found, key=lambda a: (a.cue or (0, 0), a.start)))
    cues = [a.cue[0] if a.cue else 0 for a in told]
    ends = [a.end for a in told]
    dropped: set[int] = set()
    for outer in sorted(range(len(told)), key=lambda k: (told[k].start, -told[k].end)):
        for inner in range(bisect_left(cues, told[outer].start), bisect_left(cues, told[outer].end)):
            if told[inner].cue == told[outer].cue or inner in dropped or cues[inner] >= ends[outer]:
                continue
            same = told[inner].speaker == told[outer].speaker
            stop = _stop(reader, reader.doc[cues[inner]], same_speaker=same)
            if stop is not None and told[outer].start + 1 < stop <= told[inner].start:
                ends[outer] = min(ends[outer], stop)
                if not _aside(reader, reader.doc[cues[inner]]):
                    told[inner] = replace(told[inner], speaker=told[outer].speaker)
            elif same and told[inner].end <= ends[outer]:
                dropped.add(inner)
    kept = {
        (a.start, end): _cut(reader, a, end)
        for k, (a, end) in reversed(list(enumerate(zip(told, ends, strict=True))))
        if k not in dropped
    }
    return sorted(kept.values(), key=lambda a: (a.start, a.end))


def _with_speakers_before(reader: Reader, told: list[Attribution]) -> list[Attribution]:
    """Return the attributions, those of a participle (`..., Lee said, adding that ...`) with the speaker before it."""
    found: list[Attribution] = []
    for attribution in told:
        verb = reader.doc[attribution.cue[0]] if attribution.cue else None
        last = found[-1] if found else None
        if verb is not None and last is not None and last.cue and last.speaker is not None:
            goes_on = verb.lower_.endswith("ing") and _breaks_off(reader, verb) is not None
            if goes_on and last.cue[0] >= reader.sentence(verb.i)[0] and last.cue != attribution.cue:
                attribution = replace(attribution, speaker=last.speaker)
        found.append(attribution)
    return found


def _stop(reader: Reader, verb: Token, *, same_speaker: bool) -> int | None:
    """Return where the words around a verb of saying end because of it, None where they go on."""
    aside = _aside(reader, verb)
    if aside is not None:
        return None if same_speaker else aside
    return _breaks_off(reader, verb)


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
