"""Whether two names stand for one actor: a country by any name, a body and its acronym, a person without title."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from rapidfuzz.distance import JaroWinkler

from onrecord.language.gazetteer import country_of
from onrecord.language.word_sets import word_set
from onrecord.threads.values import Sighting

_TITLES: Final = word_set(
    """admiral ambassador archbishop bishop brigadier captain chairman chairwoman chancellor colonel commissioner dame
    dr emir gen governor gov lady lieutenant lord madam mayor minister miss mr mrs ms premier president prof professor
    queen rep representative secretary sen senator sheikh sir spokesman spokesperson spokeswoman sultan"""
)
"""Words for whoever bears the name behind them; what stands before them (`former defence`) goes with them."""
_TITLE_WORDS: Final = 4
"""Words of a name among which a title may stand."""
_FORMS: Final = word_set(
    "ag as asa co company corp corporation group holding holdings inc limited llc ltd nv plc sa se spa"
)
"""Legal forms of companies, which go with and without them."""
_LINKS: Final = word_set("of the and for in on de la a an &")
_WORD: Final = re.compile(r"[^\W_]+(?:[.'&-][^\W_]+)*\.?|&")
_ALIKE: Final = 0.95


class Name(NamedTuple):
    """A name as it is compared."""

    words: tuple[str, ...]
    """Without title, article and legal form, casefolded; never empty."""
    acronym: str
    """Its first letters, or itself where it is an acronym; empty for a single other word."""


@lru_cache(1 << 16)
def name(text: str) -> Name | None:
    """Return a name as it is compared; None where it has no words."""
    written = [word.removesuffix("'s").removesuffix("s'") for word in _WORD.findall(text.replace("’", "'"))]
    words = [word.replace(".", "").casefold() for word in written]
    if not words:
        return None
    titles = [place for place, word in enumerate(words[:_TITLE_WORDS]) if word in _TITLES and place + 1 < len(words)]
    kept = words[titles[-1] + 1 :] if titles else words
    while len(kept) > 1 and kept[0] in _LINKS:
        kept = kept[1:]
    while len(kept) > 1 and kept[-1] in _FORMS:
        kept = kept[:-1]
    first_letters = "".join(word[0] for word in words if word not in _LINKS)
    bare = [word for word in written if word.casefold() not in _LINKS]
    if len(bare) == 1:
        single = bare[0].replace(".", "")
        first_letters = single.casefold() if single.isupper() or (len(single) <= 4 and single.istitle()) else ""
    return Name(tuple(kept), first_letters)


@lru_cache(1 << 16)
def _code(actor: str) -> str | None:
    return country_of(actor)


def country(sighting: Sighting) -> str | None:
    """Return the code of the country that the actor is or speaks for, from the sighting or its name; None without."""
    return sighting.country or (_code(sighting.actor) if sighting.actor else None)


def who(sighting: Sighting) -> str | None:
    """Return whose claim it is: the actor, or who asks where nobody in particular is asked."""
    return sighting.actor or (sighting.said_by if sighting.kind == "demand" else None)


def actor_keys(sighting: Sighting) -> tuple[str, ...]:
    """Return the strings under which the actor is found; two names of one actor share at least one."""
    code, text = country(sighting), who(sighting)
    called = name(text) if text and _is_proper(text) and not _code(text) else None
    keys = [code] if code else []
    if called:
        keys += (
            [*dict.fromkeys((called.words[0], called.words[-1], called.acronym))] if not code else [called.words[-1]]
        )
    return tuple(key for key in keys if key)


def _is_proper(text: str) -> bool:
    """Return whether it is a name: `the government` is another one in every story."""
    return any(character.isupper() or character.isdigit() for character in text.removeprefix("The "))


def same_actor(sighting: Sighting, other: Sighting) -> bool:
    """Return whether two sightings are of one actor."""
    code, other_code = country(sighting), country(other)
    if code and other_code:
        return code == other_code
    text, other_text = who(sighting), who(other)
    return bool(text and other_text) and _same_name(text or "", other_text or "")


@lru_cache(1 << 16)
def _same_name(text: str, other_text: str) -> bool:
    one, other = name(text), name(other_text)
    if one is None or other is None:
        return False
    if one.words == other.words:
        return True
    if one.acronym and one.acronym == other.acronym and 1 in (len(one.words), len(other.words)):
        return True
    short, long = sorted((one.words, other.words), key=len)
    if len(short) < len(long):
        # a surname, or a company by the first word of its name
        return short in (long[-len(short) :], long[: len(short)])
    return JaroWinkler.similarity(" ".join(short), " ".join(long)) >= _ALIKE
