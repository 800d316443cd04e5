"""Whom a claim is about: the country or group behind its actor, its measure, its sentence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Final

from onrecord.figures import entities as known
from onrecord.language.gazetteer import alpha_3, country_named, country_of, names_people
from onrecord.verdicts.wording import Wording

Country = Callable[[str], str | None]
"""Gives the ISO 3166-1 alpha-2 code that a name of the story stands for: `Names.country`."""

_TOKEN = re.compile(r"[^\W_][\w.’'&-]*")
_STANDS_FOR: Final = {
    **dict.fromkeys(
        ("alliance", "nato members", "nato allies", "nato countries", "nato states", "nato nations"), "NATO"
    ),
    **dict.fromkeys(("bloc", "union"), "EU"),
    **dict.fromkeys(("world", "worldwide", "global", "globally"), "WLD"),
    **dict.fromkeys(("donors", "dac"), "DAC"),
    "americans": "USA",
}
"""Words, in lower case, for a country or group that are not its name."""
_ELSEWHERE: Final = re.compile(
    r"\b(?:africa\w*|asia\w*|europe(?!an union)\w*|latin america\w*|south america\w*|middle east\w*|scotland|wales|"
    r"england|english|scottish|welsh|northern ireland|catalonia|bavaria\w*|quebec|ontario|texas|california|region|"
    r"province|county|district|city|the state of)\b"
)
"""Places that no figure is about: a country named beside them is not the one that is measured."""
_GENERIC: Final = re.compile(
    r"\b(?:government|ministry|minister|army|military|country|nation|state|parliament|economy|gdp|population|emissions|"
    r"spending|budget|lawmakers|taxpayers|people|electricity|power)\b"
)
_EUROPE_AND_CANADA: Final = re.compile(
    r"\beurope(?:an)?(?: nato)?(?: allies| members| countries| states)? and canada\b|\bcanada and europe(?:an)?\b"
)
_LONGEST = 6
"""Words of the longest name."""


def whom(
    wording: Wording, country: Country, *, cities: bool = True, topics: frozenset[str] = frozenset()
) -> str | None:
    """Return the code of whom the claim is about; None where its words do not say, or name several.

    `cities` tells whether a capital may stand for its country, as it does where governments act and spend; `topics`
    are words for what is measured, which is nobody.
    """
    actor = wording.claim.actor
    if _EUROPE_AND_CANADA.search(wording.text):
        return "NATO_EUR_CAN"
    if actor and actor.lower() not in topics:
        if not cities and _is_capital(actor):
            return None
        found = one(actor, country)
        if found is not None:
            return found if _agrees(found, actor, wording) else _only(wording.evidence)
        if actor[0].isupper() and not _GENERIC.search(actor.lower()):
            return None if _ELSEWHERE.search(actor.lower()) else _only(wording.claim.measure or "")
    return _only(wording.claim.measure or "") or _only(wording.evidence)


def one(name: str, country: Country = country_of) -> str | None:
    """Return the code of the country or group that `name` stands for; None where it stands for none, or for several."""
    bare = _bare(name)
    if bare in _STANDS_FOR:
        return _STANDS_FOR[bare]
    code = _known(name)
    if code is not None:
        return code
    if _ELSEWHERE.search(bare):
        return None
    stated = country(name)
    return _alpha_3(stated) if stated else _only(name, opening=False)


def mentioned(text: str) -> tuple[str, ...]:
    """Return the codes of the countries and groups that `text` names, each once, in order."""
    return tuple(dict.fromkeys(_mentions(text)))


def groups_in(text: str) -> tuple[str, ...]:
    """Return the codes of the groups that `text` names, in order."""
    return tuple(code for code in mentioned(text) if known.entities()[code].group)


def _only(text: str, *, opening: bool = True) -> str | None:
    """Return the one country, or where there is none the one group, that `text` names.

    With `opening` a country with which a sentence begins is its subject, beside which others only stand.
    """
    if _ELSEWHERE.search(text.lower()):
        return None
    codes = mentioned(text)
    countries = [code for code in codes if not known.entities()[code].group]
    groups = [code for code in codes if known.entities()[code].group]
    if len(countries) == 1 or (opening and countries and _opens(text, countries[0])):
        return countries[0]
    return groups[0] if not countries and groups and len(set(groups) - {"WLD"} or groups) == 1 else None


def _opens(text: str, code: str) -> bool:
    return mentioned(" ".join(text.split()[:3]))[:1] == (code,)


def _agrees(code: str, actor: str, wording: Wording) -> bool:
    """Return whether the sentence is not about somebody else: one other country, or one beside a group as its actor."""
    if known.entities()[code].group:  # `The US is NATO's biggest spender, with ...`
        first = mentioned(" ".join(wording.evidence.split()[:3]))[:1]
        return not first or known.entities()[first[0]].group
    if actor.lower() in wording.text:
        return True
    countries = [other for other in mentioned(wording.evidence) if not known.entities()[other].group]
    return code in countries or len(countries) != 1


def _mentions(text: str) -> Iterator[str]:
    words = [word.rstrip(".") if word.count(".") == 1 else word for word in _TOKEN.findall(text)]
    words = [re.sub(r"[’']s?$", "", word) for word in words]
    at = 0
    while at < len(words):
        size, code = _longest(words[at : at + _LONGEST])
        if code is not None:
            yield code
        at += size


def _longest(words: list[str]) -> tuple[int, str | None]:
    for size in range(len(words), 0, -1):
        code = _name(" ".join(words[:size]))
        if code is not None:
            return size, code
    return 1, None


@cache
def _name(words: str) -> str | None:
    bare = words.lower()
    if bare in _STANDS_FOR:
        return _STANDS_FOR[bare]
    if not words[0].isupper():
        return None
    stated = country_of(words)
    return _alpha_3(stated) if stated else _known(words)


def _known(name: str) -> str | None:
    found = known.find(name) if len(name) > 2 or name.isupper() else None
    return found.code if found is not None else None


def _alpha_3(code: str) -> str | None:
    found = alpha_3(code)
    return found if found in known.entities() else None


def _is_capital(name: str) -> bool:
    """Return whether `name` is a country's by its capital only."""
    return country_of(name) is not None and country_named(name) is None and not names_people(name)


def _bare(name: str) -> str:
    return re.sub(r"[’']s?$", "", name.lower().removeprefix("the ").strip())
