"""What is promised or measured, in the story's words: the phrases that may say it, without number and deadline."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence

from spacy.tokens import Doc, Token

from onrecord.claims.cues import noun_classes, verb_classes
from onrecord.claims.decision import Option
from onrecord.claims.frames import Frame
from onrecord.language.mentions import QuantityMention, TimeMention
from onrecord.language.phrases import RELATIVE_PRONOUNS, case, child, children, noun_phrase, relation, subject, subtree
from onrecord.model import ClaimKind

Words = tuple[int, ...]
"""Tokens of a measure, in order; empty for none."""
_DROPPED = frozenset(
    {"the", "a", "an", "more", "extra", "additional", "another", "further", "its", "their", "his", "her", "our", "some"}
)
_OUTER = frozenset({"ADP", "CCONJ", "DET", "PART", "SCONJ", "AUX"})


def measure_options(
    frame: Frame,
    kind: ClaimKind,
    unit: str,
    others: Sequence[TimeMention | QuantityMention],
    earlier: Words = (),
    people: Container[int] = (),
) -> list[Option[Words]]:
    """Return the phrases of the construction that may say what is measured, and none.

    `others` are the sentence's times and quantities, which no measure repeats; `earlier` is the measure of the claim
    before it, which `it is to rise to 3%` takes over; `people` are the tokens of persons' names, whom nothing measures.
    """
    gone = {i for other in others for i in range(other.start, other.end)} | set(_total(frame))
    about = list(_about(frame, kind, unit))
    found: dict[Words, set[str]] = {(): {"nothing"}}
    for label, tokens in _phrases(frame, _sort(unit)):
        words = _tidy(frame.doc, sorted(tokens - gone))
        if any(frame.doc[i].pos_ not in {"PRON", "PUNCT"} and i not in people for i in words):
            found.setdefault(words, set()).update([label, *(f"{label}|{fact}" for fact in about)])
    if earlier and _points_back(frame):
        found.setdefault(earlier, set()).update({"earlier", f"earlier|{relation(frame.top)}"})
    for words, facts in found.items():
        facts.add(f"length:{min(len(words), 8)}")
    return [Option(words, frozenset(facts), words) for words, facts in found.items()]


def _total(frame: Frame) -> Iterator[int]:
    """Yield the tokens of a total that stands behind what is counted: `16 councillors out of 50`."""
    for token in frame.doc[frame.root.sent.start : frame.root.sent.end - 2]:
        if (token.lower_, token.nbor().lower_) == ("out", "of") and token.nbor(2).pos_ == "NUM":
            yield from range(token.i, token.i + 3)


def _points_back(frame: Frame) -> bool:
    """Return whether the clause is said of a pronoun, so that what is measured stands before."""
    doer = subject(frame.verb) if frame.verb is not None else None
    return doer is not None and doer.lower_ in {"it", "they", "that", "this", "these", "those", "which"}


def text_of(doc: Doc, words: Words) -> str | None:
    """Return the words of a measure as a phrase, None for none.

    A preposition goes where what it governs went, a number or a time: `raise the capacity by 5%`.
    """
    words = tuple(i for i in words if doc[i].pos_ != "ADP" or relation(doc[i]) != "case" or doc[i].head.i in words)
    kept = set(words)
    parts = [doc[i].text_with_ws if i + 1 in kept else doc[i].text + " " for i in words]
    return " ".join("".join(parts).split()) or None


def _about(frame: Frame, kind: ClaimKind, unit: str) -> Iterator[str]:
    """Yield what bears on every phrase of a construction: which one it is decides together with it."""
    role = relation(frame.top)
    yield kind
    yield _sort(unit)
    yield f"{role}:{case(frame.top)}"
    yield f"{'counted' if frame.counted is not None else 'uncounted'}|{role}"
    if frame.counted is not None:
        yield from (f"of:{name}" for name in noun_classes(frame.counted))
    if frame.verb is not None:
        yield from verb_classes(frame.verb)
    for noun in frame.nouns[:1]:
        yield "under noun"
        yield from (f"under:{name}" for name in noun_classes(noun))


def _sort(unit: str) -> str:
    if unit in {"none", "percent", "percentage_point", "times", "count"}:
        return unit
    return "money" if len(unit) == 3 and unit.isupper() else "physical"


def _phrases(frame: Frame, sort: str) -> Iterator[tuple[str, set[int]]]:
    verb = frame.verb
    if frame.counted is not None and frame.counted != frame.root.head and sort == "percent":
        yield "base", _phrase(frame.counted)  # `5% of output` measures what is told besides
    elif frame.counted is not None:
        counted = _phrase(frame.counted)
        yield "counted", counted
        yield "short counted", _short(frame.counted)
        yield from _inner("counted", frame.counted)
        if verb is not None:
            yield "counted+verb", counted | {verb.i}
            yield "counted+predicate", counted | _predicate(verb, frame)
    for depth, noun in enumerate(frame.nouns[:3]):
        yield f"noun{min(depth, 1)}", _phrase(noun)
        yield f"short noun{min(depth, 1)}", _short(noun)
        yield from _inner(f"noun{min(depth, 1)}", noun)
    yield from _inner("root", frame.root)
    if verb is None:
        return
    yield "verb", {verb.i}
    yield "predicate", _predicate(verb, frame)
    yield "whole predicate", _rest(verb)
    yield from _arguments(frame, verb, "")
    for token in frame.above[:2]:
        if token.pos_ == "NOUN":
            yield "over noun", _phrase(token)
        else:
            yield from _arguments(frame, token, "over ")


def _arguments(frame: Frame, verb: Token, prefix: str) -> Iterator[tuple[str, set[int]]]:
    doer = subject(verb)
    if doer is not None and doer.lower_ not in RELATIVE_PRONOUNS:
        yield f"{prefix}subject", _phrase(doer)
        yield from _inner(f"{prefix}subject", doer)
        if not prefix:
            yield "short subject", _short(doer)
            yield "subject+verb", _phrase(doer) | {verb.i}
    thing = child(verb, {"obj"})
    if thing is not None:
        yield f"{prefix}object", _phrase(thing)
        yield from _inner(f"{prefix}object", thing)
        if not prefix:
            yield "verb+object", _phrase(thing) | {verb.i}
    for oblique in children(verb, {"obl"}):
        if oblique not in (frame.top, frame.root):
            yield f"{prefix}oblique:{case(oblique)}", _phrase(oblique)
            if not prefix:
                yield f"verb+oblique:{case(oblique)}", _phrase(oblique) | {verb.i}
    clause = child(verb, {"xcomp", "advcl"})
    if clause is not None and not prefix:
        yield f"clause:{relation(clause)}", set(range(*subtree(clause)))


def _inner(label: str, head: Token) -> Iterator[tuple[str, set[int]]]:
    """Yield what a noun is of, in, for: `a cut in spending`; and what stands before it: `the spending target`."""
    for inner in children(head, {"nmod"}):
        yield f"{label}>{case(inner)}", _phrase(inner)
    for inner in children(head, {"acl", "acl:relcl"}):
        yield f"{label}>{relation(inner)}", set(range(*subtree(inner)))
    if children(head, {"compound", "amod"}):
        yield f"{label}>before", {c.i for c in children(head, {"compound", "amod"})}


def _phrase(head: Token) -> set[int]:
    return set(range(*noun_phrase(head)))


def _short(head: Token) -> set[int]:
    """Return the head with the words right before it, without what follows."""
    start, _ = noun_phrase(head, conjuncts=False)
    return set(range(start, head.i + 1))


def _predicate(verb: Token, frame: Frame) -> set[int]:
    """Return the verb with what follows it, without its subject, clauses that only accompany it, and punctuation."""
    tokens = {verb.i}
    for part in verb.children:
        if part.i > verb.i and relation(part) in {"obj", "obl", "xcomp", "compound:prt", "advmod", "iobj", "ccomp"}:
            tokens |= (
                set(range(*subtree(part)))
                if relation(part) != "obl"
                else _phrase(part) | {c.i for c in children(part, {"case"})}
            )
    return tokens if frame.start not in tokens or len(tokens) < 15 else {verb.i}


def _rest(verb: Token) -> set[int]:
    """Return the verb with all that follows it under it."""
    return {i for i in range(*subtree(verb)) if i >= verb.i}


def _tidy(doc: Doc, words: Sequence[int]) -> Words:
    kept = [i for i in words if not doc[i].is_space]
    while kept and (doc[kept[0]].lower_ in _DROPPED or doc[kept[0]].is_punct or _is_outer(doc[kept[0]])):
        kept = kept[1:]
    while kept and (doc[kept[-1]].is_punct or doc[kept[-1]].pos_ in _OUTER):
        kept = kept[:-1]
    return tuple(kept)


def _is_outer(token: Token) -> bool:
    return token.pos_ in _OUTER or relation(token) in {"cc", "fixed"}
