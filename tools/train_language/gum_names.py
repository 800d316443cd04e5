"""Names derived from the mentions of GUM, which marks no names.

A name is a mention of a person, organisation or place whose head is a proper noun, cut down to the run of proper nouns
around the head; titles are cut off; of nested ones the outermost counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from onrecord.language.phrases import word_set

if TYPE_CHECKING:
    from tools.train_language.treebanks import NameSpan, Sentence, Word

_KINDS = {"person": "PERSON", "organization": "ORG", "place": "LOC"}
_TITLES = word_set(
    """president mr mr. mrs mrs. ms ms. dr dr. prof prof. professor senator sen. sen governor gov. gov king queen prince
    princess pope sir lord lady minister prime vice secretary chancellor mayor judge justice chief general gen. colonel
    captain lieutenant sergeant saint st. st representative rep. rep congressman congresswoman ambassador attorney
    commissioner director chairman chairwoman chair emperor duke bishop cardinal father sister brother madam speaker
    rev. reverend miss deputy first admiral major commander uncle aunt officer detective leader administrator mp mps
    republican democrat god lawyer dad mom grandma grandpa spokesman spokeswoman spokesperson foreign"""
)
_JOINTS_OF_PERSONS = word_set("de la von van der del di da bin al - – ' ’ of the")
_JOINTS = _JOINTS_OF_PERSONS | word_set("& / . for and to 's ’s")
_BRACKET = re.compile(r"\([^()]*\)?|[^()]+\)")


class _Mention(NamedTuple):
    kind: str
    start: int
    end: int
    linked: bool


def names_of_gum(sentences: Sequence[Sentence]) -> Iterator[tuple[NameSpan, ...]]:
    """Yield the names of each sentence; mentions never reach over a sentence."""
    for sentence in sentences:
        spans = {span for mention in _mentions(sentence) if (span := _name(sentence.words, mention))}
        yield tuple(sorted(_outermost(spans)))


def _mentions(sentence: Sentence) -> Iterator[_Mention]:
    """Yield the mentions of a sentence from GUM's bracket notation, `(12-person-new-...` to `12)`."""
    opened: list[tuple[str, str, int, bool]] = []
    for at, word in enumerate(sentence.words):
        for bracket in _BRACKET.findall(word.entity):
            if bracket.startswith("("):
                fields = bracket[1:].rstrip(")").split("-")
                kind = fields[1] if len(fields) > 1 else ""
                opened.append((fields[0], kind, at, len(fields) > 7))
            number = bracket.strip("()").split("-")[0]
            if bracket.endswith(")"):
                index = max((i for i, entry in enumerate(opened) if entry[0] == number), default=None)
                if index is not None:
                    _, kind, start, linked = opened.pop(index)
                    yield _Mention(kind, start, at + 1, linked)


def _name(words: Sequence[Word], mention: _Mention) -> NameSpan | None:
    head = _head(words, mention)
    if head is None or (mention.kind == "person" and words[head].form.lower() in _TITLES):
        return None
    if words[head].xpos == "NNPS" and mention.kind == "person":
        return None
    joints = _JOINTS_OF_PERSONS if mention.kind == "person" else _JOINTS if mention.linked else frozenset("-&/")
    start, end = head, head + 1
    while start > mention.start and (step := _step(words, start - 1, -1, mention, joints)):
        start -= step
    while end < mention.end and (step := _step(words, end, 1, mention, joints)):
        end += step
    if mention.kind == "person":
        while start < end and words[start].form.lower() in _TITLES:
            start += 1
    return (start, end, _KINDS.get(mention.kind, "?")) if start < end else None


def _step(words: Sequence[Word], at: int, way: int, mention: _Mention, joints: frozenset[str]) -> int:
    """Return by how many words a name goes on from `at` in direction `way`: over joints only to a proper noun."""
    for distance in range(3):
        place = at + way * distance
        if not mention.start <= place < mention.end:
            return 0
        if _is_proper(words[place]):
            return distance + 1
        if words[place].form.lower() not in joints:
            return 0
    return 0


def _head(words: Sequence[Word], mention: _Mention) -> int | None:
    inside = range(mention.start, mention.end)
    heads = [at for at in inside if words[at].head - 1 not in inside]
    if not heads or words[heads[0]].upos == "PRON":
        return None
    if _is_proper(words[heads[0]]):
        return heads[0]
    named = (
        at
        for at in inside
        if at > heads[0]
        and words[at].head - 1 == heads[0]
        and words[at].relation.split(":")[0] in {"appos", "flat"}
        and _is_proper(words[at])
    )
    return next(named, None)


def _is_proper(word: Word) -> bool:
    return word.upos == "PROPN" or word.xpos in {"NNP", "NNPS"}


def _outermost(spans: set[NameSpan]) -> Iterator[NameSpan]:
    taken: set[int] = set()
    for start, end, kind in sorted(spans, key=lambda span: (span[0] - span[1], span[2] == "?", span)):
        if taken.isdisjoint(range(start, end)):
            taken.update(range(start, end))
            if kind != "?":
                yield start, end, kind
