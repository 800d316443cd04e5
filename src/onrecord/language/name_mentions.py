"""Where a story names persons, bodies and places, and what titles and appositions beside the names say of them.

Trained names find most spans but often the wrong kind; runs of capitalised words, forms of address, given names and
what bodies are called decide with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Doc, Token

from onrecord.language.dateline import dateline_end, place_length
from onrecord.language.gazetteer import country_named, country_phrase, names_people
from onrecord.language.gazetteer_bodies import BODY_NOUNS, TRADES
from onrecord.language.gazetteer_people import HONORIFICS, PERSON_NOUNS, TITLES, WITH_FIELDS, is_given_name
from onrecord.language.name_runs import CONNECTORS, POSSESSIVE, Label, find_runs, labels_of
from onrecord.language.phrases import NOMINAL, child, noun_phrase, relation, word_set

NameKind = Literal["person", "body", "place"]

_UNNAMED = HONORIFICS | CONNECTORS | (PERSON_NOUNS - BODY_NOUNS)
"""Words that open or end nobody's name: `Minister of Agriculture` is an office, `Water Authority` is a body."""
_OFFICES = HONORIFICS | word_set("commissioner")
"""Words before a person's name that are no part of it."""
_OPENING = 40
"""Tokens in which a dateline ends."""


@dataclass(slots=True)
class NameMention:
    """A name at the tokens [start, end): its words, the words before it that are its title, and its roles.

    `heads` tells that it is the place that the story's dateline opens with.
    """

    start: int
    end: int
    kind: NameKind
    words: tuple[str, ...]
    title: list[str] = field(default_factory=list)
    roles: list[str] = field(default_factory=list)
    heads: bool = False


def find_name_mentions(doc: Doc) -> Iterator[NameMention]:
    """Yield the names of a story in text order, each with what titles and appositions beside it say."""
    labels = labels_of(doc)
    place, dateline = _dateline(doc)
    if place is not None:
        yield place
    placed = place is not None
    for start, end in find_runs(doc, labels):
        if start < dateline and placed:  # `(Reuters)`: the dateline names its agency, who has no part in the story
            continue
        placed = True
        yield from (_described(doc, mention) for mention in _split_run(doc, start, end, labels))


def _dateline(doc: Doc) -> tuple[NameMention | None, int]:
    """Return the place that the story's dateline opens with, and the first token behind the dateline, 0 without one."""
    tokens = [token for token in doc[:_OPENING] if not token.is_space]
    words = [token.text for token in tokens]
    end = dateline_end(words, [bool(token.whitespace_) for token in tokens])
    size = place_length(words[:end])
    place = NameMention(tokens[0].i, tokens[size - 1].i + 1, "place", tuple(words[:size]), heads=True) if size else None
    return place, tokens[end - 1].i + 1 if end else 0


def _split_run(doc: Doc, start: int, end: int, labels: Sequence[Label]) -> Iterator[NameMention]:
    """Yield the names in a run: a person's name apart from the offices before it, a body or place otherwise."""
    at = start = start + _is_trade(doc, start, end)
    if any(token.text == "&" for token in doc[start:end]):  # `Smith & Lee` is a firm
        yield from _body(doc, start, end, labels)
        return
    for first, last in _persons_in(doc, start, end, labels):
        if first > at:
            yield from _body(doc, at, first, labels)
        yield NameMention(first, last, "person", tuple(doc[i].text for i in range(first, last)))
        at = last
    if at < end:
        yield from _body(doc, at, end, labels)


def _is_trade(doc: Doc, start: int, end: int) -> bool:
    """Return whether a run opens with what a body does, written large as the sentence's first word: `Carmaker Acme`."""
    word = doc[start].lower_
    trade = word in TRADES or (word.endswith("maker") and len(word) > len("maker"))
    return trade and bool(doc[start].is_sent_start) and end - start > 1 and doc[start + 1].lower_ not in CONNECTORS


def _persons_in(doc: Doc, start: int, end: int, labels: Sequence[Label]) -> Iterator[tuple[int, int]]:
    """Yield the persons' names in a run, without their titles."""
    i = start
    while i < end:
        if not _starts_person(doc, i, start, end, labels):
            i += 1
            continue
        last = i + 1
        while last < end and _goes_on(doc, last, end, labels):
            last += 1
        while i < last and (doc[i].lower_ in _OFFICES or _is_body_before_name(doc, i, last)):
            i += 1
        if last - i > 2 and doc[i].text == "State" and doc[i - 1].lower_ == "of":  # `Minister of State Ann Lee`
            i += 1
        if i < last:  # `the Minister` alone names nobody
            yield i, last
        i = last


def _is_body_before_name(doc: Doc, i: int, end: int) -> bool:
    """Return whether capitals before two more words of a name are their body's (`WHO Ann Lee`), not initials."""
    return end - i > 2 and len(doc[i]) > 2 and doc[i].text.isupper() and doc[i].is_alpha and not doc[i + 1].is_upper


def _goes_on(doc: Doc, i: int, end: int, labels: Sequence[Label]) -> bool:
    """Return whether a person's name goes on at `i`; a hyphen joins its words, other small words and bodies end it."""
    if doc[i].text == "-" and i + 1 < end:
        return labels[i + 1] is None or labels[i + 1][1] == "PERSON"  # type: ignore[index]
    if doc[i].lower_ in CONNECTORS - {"de"} or doc[i].lower_ in BODY_NOUNS:
        return False
    after_hyphen = doc[i - 1].text == "-" and (labels[i] is None or labels[i][1] == "PERSON")  # type: ignore[index]
    return after_hyphen or (labels[i][1] == "PERSON" if labels[i] else doc[i].pos_ == "PROPN")  # type: ignore[index]


def _starts_person(doc: Doc, i: int, start: int, end: int, labels: Sequence[Label]) -> bool:
    """Return whether a person's name starts at `i`.

    The trained name says so; or, where it says nothing, a form of address stands before it, or it is a given name
    before one or two more words none of which is what a body is called.
    """
    label = labels[i]
    if label is not None:
        return label[1] == "PERSON"
    if i > start and doc[i - 1].lower_ in HONORIFICS and doc[i].pos_ == "PROPN":
        return True
    if not is_given_name(doc[i].text) or not 2 <= end - i <= 3 or (i > start and doc[i - 1].lower_ in CONNECTORS):
        return False
    return all(labels[j] is None and doc[j].lower_ not in BODY_NOUNS for j in range(i, end))


def _body(doc: Doc, start: int, end: int, labels: Sequence[Label]) -> Iterator[NameMention]:
    while start < end and doc[start].lower_ in _UNNAMED and doc[start + 1].text not in POSSESSIVE:
        start += 1
    while start < end and doc[end - 1].lower_ in _UNNAMED:
        end -= 1
    if end < len(doc) and doc[end].lower_ in WITH_FIELDS and not doc[start:end].text.isupper():
        end = start + country_phrase([token.text for token in doc[start:end]])  # of `French Health Minister` the French
    if start >= end or not any(c.isalpha() for i in range(start, end) for c in doc[i].text):
        return
    words = tuple(doc[i].text for i in range(start, end))
    if words == ("State",):
        return  # `Minister of State`, `the State`: whose, others tell
    label = labels[start]
    place = label is not None and label[1] == "LOC" and all(labels[i] == label for i in range(start, end))
    people = names_people(" ".join(words))
    if people and not _is_attribute(doc[end - 1]):
        return  # `Canadians`, `the French` are many; they are not Canada or France
    if not people and all(token.pos_ == "ADJ" and _is_attribute(token) for token in doc[start:end]):
        return  # `African leaders`, `a Kurdish town`
    known = place or people or country_named(" ".join(words))
    yield NameMention(start, end, "place" if known else "body", words)


def _is_attribute(token: Token) -> bool:
    """Return whether an adjective or noun only tells of what kind another noun is: `Thai exports`."""
    while relation(token) == "conj" and token.head.i < token.i:
        token = token.head
    return relation(token) in {"amod", "compound", "flat", "nmod:desc"} and token.head.i > token.i


def _described(doc: Doc, mention: NameMention) -> NameMention:
    start, end = mention.start, mention.end
    first = _title_start(doc, start)
    if first < start:
        mention.title = [doc[i].text for i in range(first, start)]
        mention.roles.append(_role(doc, first, start))
    for token in (doc[i] for i in range(start, end)):
        for head in _told_of(token):
            a, b = noun_phrase(head)
            if b <= start or a >= end:
                mention.roles.append(_role(doc, a, b))
    if mention.kind != "person" and _is_titled(doc, mention):
        mention.kind = "person"
    elif len(mention.words) == 1 and mention.title and mention.title[-1].lower() in BODY_NOUNS - PERSON_NOUNS:
        mention.kind = mention.kind if mention.kind == "place" else "body"  # `the regulator Ofgem`
    mention.roles += _set_off_roles(doc, first, end, PERSON_NOUNS if mention.kind == "person" else BODY_NOUNS)
    return mention


def _is_titled(doc: Doc, mention: NameMention) -> bool:
    """Return whether a name that the trained names took for a body or place bears an office: `minister Eva Lund`."""
    words = [word.lower() for word in mention.words]
    if len(words) < 2 or not all(word.isalpha() for word in words) or BODY_NOUNS & set(words):
        return False
    before = doc[mention.start - 1] if mention.start else None
    if before is not None and before.text == "," and mention.start > 1:
        before = doc[mention.start - 2]
    return before is not None and before.lower_ in TITLES and not country_named(" ".join(words))


def _title_start(doc: Doc, start: int) -> int:
    """Return where the title before a name starts: nouns, adjectives and possessors right before it."""
    first = start
    while first > 0 and not doc[first].is_sent_start and start - first < 12:
        token = doc[first - 1]
        if (
            token.lower_ in {"of", "for"}
            and first - 2 >= 0
            and doc[first - 2].pos_ in {"NOUN", "PROPN"}
            and first < start
        ):
            first -= 2  # `Minister of State Ann Lee`
            continue
        if (token.pos_ not in NOMINAL | {"ADJ", "PART"} and token.text not in {"-", "&"}) or token.pos_ == "PRON":
            break
        first -= 1
    return first


def _set_off_roles(doc: Doc, start: int, end: int, nouns: frozenset[str]) -> list[str]:
    """Return the noun phrases set off by commas beside a name that tell what it is: `Ann Lee, 61, the mayor of Y,`."""
    roles = []
    after = end
    while after + 1 < len(doc) and doc[after].text == "," and doc[after + 1].pos_ == "NUM":
        after += 2
    if after + 1 < len(doc) and doc[after].text == ",":
        stop = after + 1
        while stop < min(len(doc), after + 14) and _in_role(doc[stop]):
            stop += 1
        roles.append((after + 1, stop))
    if start > 1 and doc[start - 1].text == ",":
        first = start - 1
        while first > max(0, start - 14) and _in_role(doc[first - 1]) and not doc[first].is_sent_start:
            first -= 1
        if doc[first].lower_ in {"the", "a", "an", "his", "her", "its", "their"}:
            roles.append((first, start - 1))
    return [_role(doc, a, b) for a, b in roles if any(t.lemma_.lower() in nouns for t in doc[a:b])]


def _in_role(token: Token) -> bool:
    return token.pos_ not in {"VERB", "AUX", "PUNCT", "SPACE", "SCONJ"} and token.lower_ not in {"who", "which", "that"}


def _told_of(token: Token) -> Iterator[Token]:
    """Yield the nouns that an apposition or `is` says of a name's word."""
    yield from (c for c in token.children if relation(c) in {"appos", "nmod:desc"} and c.pos_ in NOMINAL)
    head = token.head
    if relation(token) in {"appos", "flat", "nmod:desc"} and head.pos_ in NOMINAL and head != token:
        yield head
    if relation(token) == "nsubj" and head.pos_ == "NOUN" and child(head, {"cop"}) is not None:
        yield head


def _role(doc: Doc, start: int, end: int) -> str:
    words = [token for token in doc[start:end] if token.pos_ not in {"DET", "SPACE"}]
    return " ".join(t.lower_ if t.is_sent_start and t.pos_ != "PROPN" else t.text for t in words)
