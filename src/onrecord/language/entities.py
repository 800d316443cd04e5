"""The named persons, bodies and places of a story: every mention of each, its fullest name, and what is said of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Doc, Token

from onrecord.language.gazetteer import country_named, country_of
from onrecord.language.gazetteer_bodies import BODY_NOUNS
from onrecord.language.gazetteer_people import HONORIFICS, PERSON_NOUNS, Gender, gender, is_given_name
from onrecord.language.phrases import NOMINAL, child, noun_phrase, relation, word_set

Kind = Literal["person", "body", "place"]

_CONNECTORS = frozenset({"of", "for", "the", "and", "&", "-", "de", "on", "in"})
_FIRM = frozenset({"inc", "co", "corp", "corporation", "company", "ltd", "plc", "llc", "group", "ag", "sa", "nv"})
_CALENDAR = word_set(
    """monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
    october november december jan. feb. mar. apr. jun. jul. aug. sept. sep. oct. nov. dec."""
)
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that the story names.

    `roles` are the noun phrases, in lower case, that titles and appositions give it (`prime minister`);
    `mentions` the token ranges of the names alone, in order.
    """

    name: str
    kind: Kind
    gender: Gender | None
    roles: tuple[str, ...]
    affiliation: str | None
    mentions: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class _Mention:
    start: int
    end: int
    kind: Kind
    words: tuple[str, ...]
    roles: list[str] = field(default_factory=list)
    title: list[str] = field(default_factory=list)
    affiliation: str | None = None


def find_entities(doc: Doc) -> tuple[Entity, ...]:
    """Return the named persons, bodies and places of a story, in order of first mention."""
    mentions = [_described(doc, mention) for mention in _find_mentions(doc)]
    groups = [*_grouped_persons(mentions), *_grouped_bodies(doc, mentions)]
    return tuple(sorted((_entity(doc, group) for group in groups), key=lambda entity: entity.mentions[0]))


# Mentions ------------------------------------------------------------------------------------------------------------


def _find_mentions(doc: Doc) -> Iterator[_Mention]:
    labels = _labels(doc)
    for start, end in _runs(doc, labels):
        yield from _split_run(doc, start, end, labels)


def _labels(doc: Doc) -> list[tuple[int, str] | None]:
    """Return for each token the number and label of the trained name it stands in, None outside."""
    labels: list[tuple[int, str] | None] = [None] * len(doc)
    for number, ent in enumerate(doc.ents):
        for i in range(ent.start, ent.end):
            labels[i] = (number, ent.label_)
    return labels


def _runs(doc: Doc, labels: list[tuple[int, str] | None]) -> Iterator[tuple[int, int]]:
    """Yield the maximal runs of name words, held together by small words only where a name word follows."""
    i = 0
    while i < len(doc):
        if not _is_name_word(doc[i], labels[i]) or doc[i].lower_ in _CONNECTORS:
            i += 1
            continue
        start = i
        end = i = i + 1
        while i < len(doc) and not doc[i].is_sent_start:
            if _is_name_word(doc[i], labels[i]):
                end = i = i + 1
            elif _joins(doc[i], labels, i):
                i += 1
            else:
                break
        i = end
        yield start, end


def _is_name_word(token: Token, label: tuple[int, str] | None) -> bool:
    if token.is_space or token.is_punct or token.text in _POSSESSIVE or token.lower_ in _CALENDAR:
        return False
    if label is not None or token.pos_ == "PROPN":
        return True
    return token.pos_ in {"ADJ", "NOUN"} and token.text[:1].isupper() and not token.is_sent_start and not token.is_digit


def _joins(token: Token, labels: list[tuple[int, str] | None], i: int) -> bool:
    """Small words join what stands around them; `and` and possessive marks only inside one trained name."""
    inside = i > 0 and labels[i - 1] is not None and labels[i] is not None and labels[i] == labels[i - 1]
    if token.lower_ in _POSSESSIVE or token.lower_ in {"and", "in", "on", "for"}:
        return inside
    return token.lower_ in _CONNECTORS


def _split_run(doc: Doc, start: int, end: int, labels: list[tuple[int, str] | None]) -> Iterator[_Mention]:
    """Yield the names in a run: a person's name apart from the offices before it, a body or place otherwise."""
    at = start
    for first, last in _persons_in(doc, start, end, labels):
        if first > at:
            yield from _body(doc, at, first, labels)
        yield _Mention(first, last, "person", tuple(doc[i].text for i in range(first, last)))
        at = last
    if at < end:
        yield from _body(doc, at, end, labels)


def _persons_in(doc: Doc, start: int, end: int, labels: list[tuple[int, str] | None]) -> Iterator[tuple[int, int]]:
    """Yield the persons' names in a run, without their titles."""
    i = start
    while i < end:
        if not _starts_person(doc, i, start, end, labels):
            i += 1
            continue
        last = i + 1
        while last < end and _goes_on(doc, last, end, labels[i], labels):
            last += 1
        while i < last and doc[i].lower_ in HONORIFICS:
            i += 1
        if i < last:  # `the Minister` alone names nobody
            yield i, last
        i = last


def _goes_on(doc: Doc, i: int, end: int, label: tuple[int, str] | None, labels: list[tuple[int, str] | None]) -> bool:
    """Return whether a person's name goes on at `i`; a hyphen joins its words, other small words and bodies end it."""
    if doc[i].text == "-" and i + 1 < end:
        return labels[i + 1] is None or labels[i + 1][1] == "PERSON"  # type: ignore[index]
    if doc[i].lower_ in _CONNECTORS - {"de"} or doc[i].lower_ in BODY_NOUNS:
        return False
    after_hyphen = doc[i - 1].text == "-" and (labels[i] is None or labels[i][1] == "PERSON")  # type: ignore[index]
    return labels[i] == label or after_hyphen or (labels[i] is None and doc[i].pos_ == "PROPN")


def _starts_person(doc: Doc, i: int, start: int, end: int, labels: list[tuple[int, str] | None]) -> bool:
    """Return whether a person's name starts at `i`.

    The trained name says so; or, where it says nothing, a form of address stands before it, or it is a given name
    before one or two more words none of which is what a body is called.
    """
    label = labels[i]
    if label is not None:
        return label[1] == "PERSON"
    if i > start and doc[i - 1].lower_ in HONORIFICS and doc[i].pos_ == "PROPN":
        return True
    if not is_given_name(doc[i].text) or not 2 <= end - i <= 3 or (i > start and doc[i - 1].lower_ in _CONNECTORS):
        return False
    return all(labels[j] is None and doc[j].lower_ not in BODY_NOUNS for j in range(i, end))


def _body(doc: Doc, start: int, end: int, labels: list[tuple[int, str] | None]) -> Iterator[_Mention]:
    while start < end and doc[start].lower_ in HONORIFICS | _CONNECTORS | PERSON_NOUNS:
        start += 1  # `Minister of Agriculture`: the office is nobody's name, the ministry's field may be
    while start < end and doc[end - 1].lower_ in HONORIFICS | _CONNECTORS | PERSON_NOUNS:
        end -= 1
    if start >= end or not any(c.isalpha() for i in range(start, end) for c in doc[i].text):
        return
    words = tuple(doc[i].text for i in range(start, end))
    label = labels[start]
    place = label is not None and label[1] == "LOC" and all(labels[i] == label for i in range(start, end))
    yield _Mention(start, end, "place" if place or country_named(" ".join(words)) else "body", words)


# What is said of a mention ---------------------------------------------------------------------------------------


def _described(doc: Doc, mention: _Mention) -> _Mention:
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
    mention.roles += _set_off_roles(doc, first, end, PERSON_NOUNS if mention.kind == "person" else BODY_NOUNS)
    if mention.kind == "person":
        mention.affiliation = _affiliation(mention.roles)
    return mention


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
    words = [doc[i].text for i in range(start, end) if doc[i].pos_ not in {"DET", "SPACE"}]
    return " ".join(words)


def _affiliation(roles: Iterable[str]) -> str | None:
    """Return the country or body that a person's office belongs to, as the story writes it; None if it says none."""
    for role in roles:
        words = [word for word in role.split() if word not in _POSSESSIVE]
        for size in (4, 3, 2, 1):
            for i in range(len(words) - size + 1):
                phrase = " ".join(words[i : i + size])
                if country_of(phrase):
                    return phrase
        names = [w for w in words if w[:1].isupper() and w.lower() not in HONORIFICS | PERSON_NOUNS | _CONNECTORS]
        if names:
            return " ".join(names)
    return None


# One entity for all its mentions ------------------------------------------------------------------------------------


def _key(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word.casefold() for word in words if word not in _POSSESSIVE)


def _full_persons(mentions: list[_Mention]) -> list[tuple[str, ...]]:
    """Return the full names of persons, the longest for each: `Wang Mei-hua`, not `Wang`."""
    keys = list(dict.fromkeys(_key(m.words) for m in mentions if m.kind == "person"))
    return [key for key in keys if not any(set(key) < set(other) for other in keys)]


def _grouped_persons(mentions: list[_Mention]) -> list[list[_Mention]]:
    """Return the mentions of each person; a part of a name goes to the latest before it that has it, else the next."""
    full = _full_persons(mentions)
    groups: dict[tuple[str, ...], list[_Mention]] = {key: [] for key in full}
    by_word: dict[str, list[tuple[str, ...]]] = {}
    for key in full:
        for word in key:
            by_word.setdefault(word, []).append(key)
    latest: dict[tuple[str, ...], int] = {}
    for mention in mentions:
        key = _key(mention.words)
        if mention.kind != "person" and not (len(key) == 1 and _is_surname(mention, by_word)):
            continue
        owners = [k for k in by_word.get(key[-1], []) if set(key) <= set(k)]
        if not owners:
            continue
        owner = max(owners, key=lambda k: (latest.get(k, -1), -owners.index(k)))
        mention.kind = "person"
        latest[owner] = mention.start
        groups[owner].append(mention)
    return [group for group in groups.values() if group]


def _is_surname(mention: _Mention, by_word: dict[str, list[tuple[str, ...]]]) -> bool:
    """Whether a lone word that the trained names took for something else is a known person's last name."""
    word = mention.words[0].casefold()
    return any(key[-1] == word and len(key) > 1 for key in by_word.get(word, ())) and not country_named(word)


def _grouped_bodies(doc: Doc, mentions: list[_Mention]) -> list[list[_Mention]]:
    """Return the mentions of each body and place; short forms and acronyms go to the full name."""
    rest = [mention for mention in mentions if mention.kind != "person"]
    groups: dict[tuple[str, ...], list[_Mention]] = {}
    for mention in rest:
        groups.setdefault(_key(mention.words), []).append(mention)
    keys = list(groups)
    short = _acronyms(doc, keys, groups)
    by_end: dict[str, list[tuple[str, ...]]] = {}
    for key in keys:
        if len(key) > 1:
            by_end.setdefault(key[0], []).append(key)
            by_end.setdefault(key[-1], []).append(key)
    for key in keys:
        longer = short.get(key) or _longer_name(key, by_end)
        if longer is not None and longer != key and longer in groups:
            groups[longer] += groups.pop(key)
    return [sorted(group, key=lambda mention: mention.start) for group in groups.values()]


def _longer_name(key: tuple[str, ...], by_end: dict[str, list[tuple[str, ...]]]) -> tuple[str, ...] | None:
    """Return the one longer name that begins or ends with a short one (`the Chronicle`); None for a country's."""
    if country_of(" ".join(key)) or (len(key) == 1 and key[0] in BODY_NOUNS and len(by_end.get(key[0], ())) > 1):
        return None
    candidates = [
        k for k in by_end.get(key[-1], ()) if len(k) > len(key) and (k[-len(key) :] == key or k[: len(key)] == key)
    ]
    candidates += [k for k in by_end.get(key[0], ()) if len(k) > len(key) and k[: len(key)] == key]
    distinct = list(dict.fromkeys(candidates))
    return distinct[0] if len(distinct) == 1 else None


def _acronyms(
    doc: Doc, keys: list[tuple[str, ...]], groups: dict[tuple[str, ...], list[_Mention]]
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the full name of each acronym: by its initials, or by brackets after the full name."""
    initials: dict[str, tuple[str, ...]] = {}
    for key in keys:
        if len(key) > 1:
            for letters in _initials(key):
                initials.setdefault(letters, key)
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for key in keys:
        letters = key[0].replace(".", "").replace("&", "")
        shown = groups[key][0].words[0].replace(".", "")
        if len(key) == 1 and 2 <= len(letters) <= 8 and sum(c.isupper() for c in shown) >= 2:
            full = initials.get(letters) or _bracketed(doc, groups[key][0], groups)
            if full is not None:
                found[key] = full
    return found


def _initials(key: tuple[str, ...]) -> tuple[str, ...]:
    """Return the letters by which a name may be known: of all its words, of the weighty ones, without `Inc.`."""
    parts = [part for word in key for part in word.replace("&", "").split("-") if part]
    weighty = [part for part in parts if part not in _CONNECTORS]
    firm = [part for part in weighty if part.strip(".") not in _FIRM]
    return tuple("".join(part[0] for part in words) for words in (parts, weighty, firm))


def _bracketed(doc: Doc, mention: _Mention, groups: dict[tuple[str, ...], list[_Mention]]) -> tuple[str, ...] | None:
    """Return the name that stands right before `(ACRONYM)`."""
    at = mention.start
    if at < 2 or doc[at - 1].text != "(":
        return None
    return next((key for key, group in groups.items() if any(m.end == at - 1 for m in group)), None)


def _entity(doc: Doc, group: list[_Mention]) -> Entity:
    best = max(group, key=lambda mention: (len(mention.words), -mention.start))
    words = [word for mention in group for word in (*mention.title, *mention.roles)]
    person = best.kind == "person"
    return Entity(
        name=_written(doc, best),
        kind=best.kind,
        gender=gender([*words, *best.words]) if person else None,
        roles=tuple(dict.fromkeys(role.lower() for mention in group for role in mention.roles)),
        affiliation=next((m.affiliation for m in group if m.affiliation), None),
        mentions=tuple((mention.start, mention.end) for mention in group),
    )


def _written(doc: Doc, mention: _Mention) -> str:
    return " ".join(doc[mention.start : mention.end].text.split())
