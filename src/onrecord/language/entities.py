"""The named persons, bodies and places of a story: every mention of each, its fullest name, and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Doc

from onrecord.language.gazetteer import country_in, country_name, country_named, country_of, names_people, usual_name
from onrecord.language.gazetteer_bodies import BODY_NOUNS, TRADES
from onrecord.language.gazetteer_people import HONORIFICS, PERSON_NOUNS, WITH_FIELDS, Gender, gender
from onrecord.language.name_mentions import NameKind, NameMention, find_name_mentions
from onrecord.language.name_runs import CONNECTORS, POSSESSIVE
from onrecord.language.phrases import word_set

_OFFICE_WORDS = HONORIFICS | PERSON_NOUNS | CONNECTORS
_KINDS_OF_BODY = BODY_NOUNS | TRADES
_COUNTRY = "\0"
"""Opens the keys of countries; no word of a story is like it."""
_FIRM = word_set(
    """inc co corp corporation company ltd limited plc llc group ag sa nv se gmbh spa ab asa oyj holding holdings
    international technologies industries motors partners brothers sons enterprises solutions systems energy"""
)


@dataclass(frozen=True, slots=True)
class Entity:
    """Somebody or something that the story names.

    `roles` are the noun phrases, in lower case, that titles and appositions give it (`prime minister`);
    `affiliation` is the country or body of a person's office, or a body's country, as the story writes it; `mentions`
    are the token ranges of the names alone, in order.
    """

    name: str
    kind: NameKind
    gender: Gender | None
    roles: tuple[str, ...]
    affiliation: str | None
    mentions: tuple[tuple[int, int], ...]


def find_entities(doc: Doc, text: str = "") -> tuple[Entity, ...]:
    """Return the named persons, bodies and places of a story, in order of first mention.

    `text` may show how a name is written that `doc` mentions in capitals only.
    """
    mentions = list(find_name_mentions(doc))
    _relabel(mentions)
    groups = [*_grouped_persons(mentions), *_grouped_bodies(doc, mentions)]
    return tuple(sorted((_entity(doc, group, text) for group in groups), key=lambda entity: entity.mentions[0]))


def _key(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(word.casefold() for word in words if word not in POSSESSIVE)


def _country_key(words: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the key of a country, the same for all of its names and its adjective; None for anything else."""
    name = " ".join(words)
    code = country_named(name) or (country_of(name) if names_people(name) else None)
    return None if code is None else (_COUNTRY, code)


def _relabel(mentions: list[NameMention]) -> None:
    """Make persons what the story shows that they are: the place of its dateline, a body named more fully elsewhere.

    `Kel` after `KEL (NWP) —`; `Acme` after `Acme Corp.`. A part of a person's longer name stays a person.
    """
    persons = {word for m in mentions if m.kind == "person" and len(m.words) > 1 for word in _key(m.words)}
    bodies = {
        _key(m.words)[0] for m in mentions if m.kind == "body" and m.words[1:] and all(map(_is_form, _key(m.words)[1:]))
    }
    place = next((_key(mention.words) for mention in mentions if mention.heads), ())
    for mention in mentions:
        key = _key(mention.words)
        if mention.kind == "person" and key == place[-len(key) :] and not (len(key) == 1 and key[0] in persons):
            mention.kind = "place"
        elif mention.kind == "person" and len(key) == 1 and key[0] in bodies - persons:
            mention.kind = "body"


def _full_persons(mentions: list[NameMention]) -> list[tuple[str, ...]]:
    """Return the full names of persons, the longest for each: `Wang Mei-hua`, not `Wang`."""
    keys = list(dict.fromkeys(_key(m.words) for m in mentions if m.kind == "person"))
    by_word: dict[str, list[set[str]]] = {}
    for key in keys:
        for word in key:
            by_word.setdefault(word, []).append(set(key))
    return [key for key in keys if not any(set(key) < other for other in by_word[key[-1]])]


def _grouped_persons(mentions: list[NameMention]) -> list[list[NameMention]]:
    """Return the mentions of each person; a part of a name goes to the latest before it that has it, else the next."""
    full = _full_persons(mentions)
    groups: dict[tuple[str, ...], list[NameMention]] = {key: [] for key in full}
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


def _is_surname(mention: NameMention, by_word: dict[str, list[tuple[str, ...]]]) -> bool:
    """Whether a lone word that the trained names took for something else is a known person's last name."""
    word = mention.words[0].casefold()
    return (
        not mention.heads
        and any(key[-1] == word and len(key) > 1 for key in by_word.get(word, ()))
        and not country_named(word)
    )


def _grouped_bodies(doc: Doc, mentions: list[NameMention]) -> list[list[NameMention]]:
    """Return the mentions of each body and place; short forms and acronyms go to the full name."""
    rest = [mention for mention in mentions if mention.kind != "person"]
    groups: dict[tuple[str, ...], list[NameMention]] = {}
    for mention in rest:
        groups.setdefault(_country_key(mention.words) or _key(mention.words), []).append(mention)
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
    """Return the one longer name that ends with a short one (`the Chronicle`) or adds to it what a firm or body is.

    `Acme` is `Acme Corp.` but not `Acme Research`. None for countries, and where several names would do.
    """
    if country_of(" ".join(key)):
        return None
    ending = [k for k in by_end.get(key[-1], ()) if len(k) > len(key) and k[-len(key) :] == key]
    opening = [k for k in by_end.get(key[0], ()) if k[: len(key)] == key and all(map(_is_form, k[len(key) :]))]
    distinct = list(dict.fromkeys(k for k in (*ending, *opening) if k != key))
    return distinct[0] if len(distinct) == 1 else None


def _is_form(word: str) -> bool:
    """Return whether a word at a name's end only says what kind of body bears it."""
    return word.strip(".") in _FIRM or word in BODY_NOUNS or word.removesuffix("s") in BODY_NOUNS


def _acronyms(
    doc: Doc, keys: list[tuple[str, ...]], groups: dict[tuple[str, ...], list[NameMention]]
) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the full name of each acronym: by its initials, or by brackets after the full name."""
    initials: dict[str, tuple[str, ...]] = {}
    for key in keys:
        if len(key) > 1:
            for letters in _initials(key):
                initials.setdefault(letters, key)
    by_end = {mention.end: key for key in keys for mention in groups[key]}
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for key in keys:
        letters = key[0].replace(".", "").replace("&", "")
        shown = groups[key][0].words[0].replace(".", "")
        if len(key) == 1 and 2 <= len(letters) <= 8 and sum(c.isupper() for c in shown) >= 2:
            full = initials.get(letters) or _before_bracket(doc, groups[key][0], by_end)
            if full is not None:
                found[key] = full
    return found


def _before_bracket(doc: Doc, mention: NameMention, by_end: dict[int, tuple[str, ...]]) -> tuple[str, ...] | None:
    """Return the name that stands right before `(ACRONYM)`."""
    at = mention.start
    return by_end.get(at - 1) if at > 1 and doc[at - 1].text == "(" else None


def _initials(key: tuple[str, ...]) -> tuple[str, ...]:
    """Return the letters by which a name may be known: of all its words, of the weighty ones, without `Inc.`."""
    parts = [part for word in key for part in word.replace("&", "").split("-") if part]
    weighty = [part for part in parts if part not in CONNECTORS]
    firm = [part for part in weighty if part.strip(".") not in _FIRM]
    return tuple("".join(part[0] for part in words) for words in (parts, weighty, firm))


def _entity(doc: Doc, group: list[NameMention], text: str) -> Entity:
    named = [mention for mention in group if not names_people(" ".join(mention.words))]
    best = max(named or group, key=lambda mention: (len(mention.words), not _is_loud(mention), -mention.start))
    words = [word for mention in group for word in (*mention.title, *mention.roles)]
    person = best.kind == "person"
    name = _written(doc, best) if named else country_name(country_of(_written(doc, best)) or "")
    return Entity(
        name=usual_writing(name, text) if _is_loud(best) else name,
        kind=best.kind,
        gender=gender([*words, *best.words]) if person else None,
        roles=tuple(dict.fromkeys(role.lower() for mention in group for role in mention.roles)),
        affiliation=_affiliation(role for mention in group for role in mention.roles) if person else _owner(group),
        mentions=tuple((mention.start, mention.end) for mention in group),
    )


def _is_loud(mention: NameMention) -> bool:
    """Return whether a name is written in capitals alone that is no acronym, as at the head of a report: `MALAWI`."""
    capitals = all(word.isupper() for word in mention.words if word[0].isalpha())
    return capitals and (mention.heads or len(mention.words) > 1 or len(mention.words[0]) > 4)


def usual_writing(name: str, text: str) -> str:
    """Return a name given in capitals as `text` writes it elsewhere, else as the gazetteer does, else as it is."""
    words = r"\s+".join(map(re.escape, name.split()))
    found = (match.group() for match in re.finditer(rf"\b{words}(?!\w)", text, flags=re.IGNORECASE))
    written = next((" ".join(one.split()) for one in found if one[:1].isupper() and not one.isupper()), None)
    return written or usual_name(name) or name


def _written(doc: Doc, mention: NameMention) -> str:
    return " ".join(doc[mention.start : mention.end].text.split())


def _affiliation(roles: Iterable[str]) -> str | None:
    """Return the country or body that a person's office belongs to, as the story writes it; None if it says none."""
    for role in roles:
        words = [word for word in role.split() if word not in POSSESSIVE]
        country = _country_in(words)
        if country is not None:
            return country
        if names := _named_in(words):
            return " ".join(names)
    return None


def _owner(group: list[NameMention]) -> str | None:
    """Return the country whose a body is by the words right before its name: `Russia's Defence Ministry`."""
    titles = ([word for word in mention.title if word not in POSSESSIVE] for mention in group if mention.kind == "body")
    return next(filter(None, map(_country_in, titles)), None)


def _country_in(words: list[str]) -> str | None:
    """Return the country that an office's words name, or whose people or capital they name."""
    found = country_in(words)
    return country_name(country_of(found) or "") if found is not None and names_people(found) else found


def _named_in(words: list[str]) -> list[str]:
    """Return the capitalised words of an office that name a body: not `Minister`, nor the field of one (`Health`)."""
    names = []
    for i, word in enumerate(words):
        field = any(after.lower() in WITH_FIELDS for after in words[i + 1 : i + 4]) and not word.isupper()
        office = word.lower() in _OFFICE_WORDS
        if word[:1].isupper() and not office and not field:
            names.append(word)
    return [] if all(name.lower() in _KINDS_OF_BODY for name in names) else names
