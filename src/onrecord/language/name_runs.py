"""Where capitalised words of a story stand together as names, whatever they name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from spacy.tokens import Doc, Token

from onrecord.language.gazetteer import country_named, country_phrase, opens_country
from onrecord.language.gazetteer_bodies import BODY_NOUNS, DEPARTMENTS
from onrecord.language.gazetteer_people import PERSON_NOUNS
from onrecord.language.phrases import relation, word_set

CONNECTORS = frozenset({"of", "for", "the", "and", "&", "-", "de", "on", "in"})
"""Small words within names."""
POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_MEMBERS = word_set("people men women children fishermen workers peoples")
"""Whose a body may be by its name."""
_AND = frozenset({"and", "&"})
_CALENDAR = word_set(
    """monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
    october november december jan. feb. mar. apr. jun. jul. aug. sept. sep. oct. nov. dec."""
)
_LONGEST_COUNTRY = 6
"""Words of a country's name that are looked at."""
_LONGEST_LIST = 14
"""Tokens over which a ministry lists its fields."""
Label = tuple[int, str] | None
"""Number and label of the trained name that a token stands in, None outside."""


def _countries(doc: Doc) -> frozenset[int]:
    """Return the tokens that name a country or its people (`South Korean`), which opening a sentence may disguise."""
    words = [token.text for token in doc]
    found: set[int] = set()
    for i, word in enumerate(words):
        if word[:1].isupper() and opens_country(word):
            found.update(range(i, i + country_phrase(words[i : i + _LONGEST_COUNTRY])))
    return frozenset(found)


def labels_of(doc: Doc) -> list[Label]:
    """Return for each token the number and label of the trained name it stands in, None outside."""
    labels: list[Label] = [None] * len(doc)
    for number, ent in enumerate(doc.ents):
        for i in range(ent.start, ent.end):
            labels[i] = (number, ent.label_)
    return labels


def find_runs(doc: Doc, labels: Sequence[Label]) -> Iterator[tuple[int, int]]:
    """Yield the maximal runs of name words, held together by small words only where a name word follows.

    `labels` are those of the trained names, by token (`labels_of`).
    """
    countries = _countries(doc)
    i = 0
    while i < len(doc):
        if not (i in countries or _is_name_word(doc[i], labels[i])) or doc[i].lower_ in CONNECTORS:
            i += 1
            continue
        start = i
        end = i = i + 1
        while i < len(doc) and not doc[i].is_sent_start:
            listed = _list_end(doc, start, i)
            if listed or i in countries or _is_name_word(doc[i], labels[i]):
                end = i = listed or i + 1
            elif _joins(doc, start, i, labels):
                i += 1
            else:
                break
        i = end
        if not _is_plain_noun(doc, start, end, labels):
            yield start, end


def _is_name_word(token: Token, label: Label) -> bool:
    if token.is_space or token.is_punct or token.text in POSSESSIVE or token.lower_ in _CALENDAR:
        return False
    if label is not None or token.pos_ == "PROPN":
        return True
    return token.pos_ in {"ADJ", "NOUN"} and token.text[:1].isupper() and not token.is_sent_start and not token.is_digit


def _is_plain_noun(doc: Doc, start: int, end: int, labels: Sequence[Label]) -> bool:
    """Return whether only its place at the head of a sentence makes a noun look like a name: `Palm oil`."""
    first = doc[start]
    if not first.is_sent_start or first.text.isupper() or (labels[start] or (0, ""))[1] == "PERSON":
        return False
    if end - start == 1:
        return labels[start] is None and relation(first) == "compound" and first.head.text.islower()
    return all(token.text.islower() and token.pos_ == "NOUN" for token in doc[start + 1 : end])


def _joins(doc: Doc, start: int, i: int, labels: Sequence[Label]) -> bool:
    """Return whether a small word at `i` holds the run from `start` together with what follows.

    `and` and possessive marks do so inside one trained name, and where what follows can only be the rest of a name.
    """
    word = doc[i].lower_
    inside = i > 0 and labels[i - 1] is not None and labels[i] is not None and labels[i] == labels[i - 1]
    if word in POSSESSIVE:
        return inside or _is_of_members(doc, i)
    if word == "and":
        return inside or _names_department(doc, start, i, labels)
    return inside if word in {"in", "on", "for"} else word in CONNECTORS


def _is_of_members(doc: Doc, i: int) -> bool:
    """Return whether a possessive mark at `i` stands in the name of people's own body: `the Fishermen's Union`."""
    members = doc[i - 1].lower_
    named = members in _MEMBERS or (members.endswith("s") and members[:-1] in PERSON_NOUNS)
    return named and any(t.lower_ in BODY_NOUNS and t.text[:1].isupper() for t in _capitals(doc, i + 1))


def _names_department(doc: Doc, start: int, i: int, labels: Sequence[Label]) -> bool:
    """Return whether `and` at `i` stands in the fields of a department: `the Roads and Transport Authority`."""
    before = doc[start:i]
    if len(before) > 2 or any(t.lower_ in BODY_NOUNS or t.text.isupper() for t in before):
        return False
    if country_named(before.text) or (labels[i - 1] or (0, ""))[1] == "PERSON":
        return False
    return any(token.lower_ in DEPARTMENTS for token in _capitals(doc, i + 1)[1:])


def _capitals(doc: Doc, i: int) -> list[Token]:
    """Return the capitalised words from `i` on, at most four."""
    return list(takewhile(lambda token: token.text[:1].isupper(), doc[i : i + 4]))


def _list_end(doc: Doc, start: int, i: int) -> int:
    """Return where a ministry's fields end whose first comma is at `i`: `Trade, Industry and Energy`; 0 if none."""
    if doc[i].text != "," or not _has_fields(doc, start, i):
        return 0
    stop = min(len(doc) - 1, i + _LONGEST_LIST)
    while i < stop and doc[i].text in {",", *_AND}:
        i += 2 if doc[i].text == "," and doc[i + 1].text in _AND else 1
        last = doc[i - 1].text in _AND
        words = _capitals(doc, i)
        if not words or country_named(words[0].text):
            return 0
        i += len(words)
        if last:
            return i
    return 0


def _has_fields(doc: Doc, start: int, end: int) -> bool:
    """Return whether the words [start, end) are a department `of` or `for` something."""
    return any(doc[k].lower_ in DEPARTMENTS and doc[k + 1].lower_ in {"of", "for"} for k in range(start, end - 1))
