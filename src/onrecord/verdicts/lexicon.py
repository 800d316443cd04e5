"""What a claim measures: the indicators that its words, unit and base fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Final

from rapidfuzz import fuzz, process

from onrecord.figures import Figures, Indicator
from onrecord.figures.values import NATIONAL_CURRENCY
from onrecord.model import Quantity
from onrecord.units import dimension
from onrecord.verdicts.vocabulary import (
    BASE_IN_SENTENCE,
    BASELESS,
    BASES,
    BY_NATO,
    CARBON,
    ELSE,
    LIVE_THERE,
    MORE_WORDS,
    NAMED,
    NEUTRAL,
    OPINIONS,
    OTHER_POPULATIONS,
    OUTLAYS,
    SECTORS,
    SPENT_ON,
    TAKES,
)
from onrecord.verdicts.wording import HEADS, Wording, tokens

_ALIKE: Final = 88.0
"""Least similarity (0 to 100) of a measure and a catalogue's words; below it nothing is guessed."""
_LONGEST: Final = 7
"""Words of the longest phrase of a catalogue."""

_RATES: Final = frozenset({None, "year", *HEADS})
"""What an amount may be per: a year, as all are, or a head."""
_Lexicon = dict[str, tuple[Indicator, ...]]
"""Indicators by the phrases that news writes of them."""


def fitting(wording: Wording, quantity: Quantity, figures: Figures) -> tuple[Indicator, ...]:
    """Return the indicators that the claim may mean, likeliest first; empty where none fits or words are too weak."""
    found = [one for one in _by_words(wording, quantity, figures) if _fits(one, wording, quantity)]
    found = [one for one in found if not _is_part(one, wording)]
    found = [one for one in found if one.per == "capita"] or found
    if not wording.has(CARBON):
        found = _of_all_gases(found, quantity)
    return tuple(one for one in found if _named(one, wording)) or tuple(found)


def _of_all_gases(found: list[Indicator], quantity: Quantity) -> list[Indicator]:
    """Return what emissions without a word of carbon are: a change is one of all gases, an amount may be of either."""
    gases = [one for one in found if not one.id.startswith("co2_")]
    return gases if gases and quantity.change != "level" else [*gases, *(one for one in found if one not in gases)]


def topics(text: str, figures: Figures) -> tuple[Indicator, ...]:
    """Return the indicators that the words of `text` name, whatever the unit; longest phrase first."""
    lexicon = _lexicon(figures)
    return _in_order(indicator for phrase in _phrases(text, lexicon) for indicator in lexicon[phrase])


def base_of(wording: Wording, quantity: Quantity) -> str | None:
    """Return the base of a percentage as the catalogue names it, its own words where that has none; None if unsaid."""
    if quantity.of:
        of = quantity.of.lower()
        return next((name for name, pattern in BASES if pattern.search(of)), of)
    written = BASE_IN_SENTENCE.search(wording.text)
    if written is None:
        return None
    return next((name for name, pattern in BASES if pattern.search(written.group(1))), None)


def _by_words(wording: Wording, quantity: Quantity, figures: Figures) -> tuple[Indicator, ...]:
    """Return the indicators named by the measure, else by the sentence, else by words much like the measure."""
    lexicon = _lexicon(figures)
    if ELSE.search(wording.measure) or wording.has(OPINIONS):
        return ()
    zone = f"{wording.measure} {wording.claim.actor or ''}"
    found = _in_order(
        one
        for phrase in _phrases(zone, lexicon)
        if _means(phrase, wording, quantity)
        for one in lexicon[phrase]
        if _fits(one, wording, quantity)
    )
    found = found or _in_sentence(wording, quantity, lexicon) or _alike(wording.measure, lexicon)
    if not found and quantity.unit == "percent" and wording.is_target and wording.has(BY_NATO):
        found = tuple(one for one in lexicon.get("nato target", ()) if _fits(one, wording, quantity))
    return found or _in_story(wording, quantity, lexicon)


def _in_story(wording: Wording, quantity: Quantity, lexicon: _Lexicon) -> tuple[Indicator, ...]:
    """Return the indicators that the story is about, where the claim says no more than `its outlay`, with a base."""
    bare = set(tokens(wording.measure)) - set(tokens(wording.claim.actor or ""))
    if not wording.about or not bare & OUTLAYS or bare - OUTLAYS - NEUTRAL or base_of(wording, quantity) is None:
        return ()
    found = [one for phrase in _phrases(wording.about, lexicon) for one in lexicon[phrase]]
    found = [one for one in found if _fits(one, wording, quantity)]
    return _in_order(found) if found and _one_topic(found) else ()


def _in_sentence(wording: Wording, quantity: Quantity, lexicon: _Lexicon) -> tuple[Indicator, ...]:
    """Return the indicators named in the sentence: by what is spent on, or beside a base that fits."""
    found = []
    based = quantity.unit == "percent" and base_of(wording, quantity) is not None
    for phrase in _phrases(wording.text, lexicon):
        spent = wording.has(_spent_on(phrase)) or (based and wording.has(_takes(phrase)))
        if spent or ((" " in phrase or phrase in NAMED) and (based or _alone(wording))):
            found += [one for one in lexicon[phrase] if _fits(one, wording, quantity)]
    return () if len({one.unit + (one.of or "") for one in found}) > 1 and not _one_topic(found) else _in_order(found)


@cache
def _takes(phrase: str) -> re.Pattern[str]:
    return re.compile(TAKES.replace("{phrase}", re.escape(phrase)))


@cache
def _spent_on(phrase: str) -> re.Pattern[str]:
    return re.compile(SPENT_ON.replace("{phrase}", re.escape(phrase)))


def _one_topic(found: Sequence[Indicator]) -> bool:
    """Return whether all are of one thing, by their words."""
    first = set(found[0].words)
    return all(first & set(one.words) for one in found)


def _alike(measure: str, lexicon: _Lexicon) -> tuple[Indicator, ...]:
    words = " ".join(word for word in tokens(measure) if word not in {"the", "its", "their", "of", "on"})
    if len(words) < 6:
        return ()
    found = process.extractOne(words, lexicon.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=_ALIKE)
    return lexicon[found[0]] if found and len(found[0]) >= 6 else ()


def _is_part(indicator: Indicator, wording: Wording) -> bool:
    """Return whether the sentence is about a part of what the indicator measures: an industry's emissions, wolves."""
    if indicator.id == "population":
        told = "population" in wording.measure or wording.has(LIVE_THERE)
        return not told or bool(OTHER_POPULATIONS.search(wording.evidence))
    if not indicator.id.startswith(("co2_", "ghg_")):
        return False
    return wording.has(SECTORS)


def _means(phrase: str, wording: Wording, quantity: Quantity) -> bool:
    """Return whether a phrase of the measure is what is measured, and not a part of something else.

    A base says so (`of GDP`); without one nothing may stand beside the phrase, but words that change nothing.
    """
    if quantity.unit == "percent" and base_of(wording, quantity) is not None:
        return True
    actor = set(tokens(wording.claim.actor or ""))
    rest = set(tokens(wording.measure)) - set(phrase.split()) - NEUTRAL - actor
    names = set(tokens(" ".join(word for word in (wording.claim.measure or "").split() if word[0].isupper())))
    return not rest - names


def _fits(indicator: Indicator, wording: Wording, quantity: Quantity) -> bool:
    """Return whether a quantity of this unit and base can be one of the indicator's, or a change of one."""
    if (indicator.per == "capita" and not wording.per_head) or quantity.per not in _RATES:
        return False
    if quantity.change != "level" or quantity.unit == "times":
        based = base_of(wording, quantity) if quantity.of else None
        if based is not None and based in {name for name, _ in BASES}:
            return indicator.of == based
        same = quantity.unit in {"percent", "times"} or _same_unit(indicator, quantity)
        return same or (quantity.unit == "percentage_point" and indicator.unit == "percent")
    if not _same_unit(indicator, quantity):
        return False
    return indicator.kind != "share" or _fits_base(indicator, wording, quantity)


def _fits_base(indicator: Indicator, wording: Wording, quantity: Quantity) -> bool:
    base = base_of(wording, quantity)
    if base is None:
        return any(word.startswith(BASELESS) for word in indicator.words[:4])
    return base == indicator.of


def _same_unit(indicator: Indicator, quantity: Quantity) -> bool:
    if indicator.unit == NATIONAL_CURRENCY or dimension(indicator.unit) == "money":
        return dimension(quantity.unit) == "money"
    if dimension(indicator.unit) is not None:
        return dimension(indicator.unit) == dimension(quantity.unit)
    return indicator.unit == quantity.unit


def _named(indicator: Indicator, wording: Wording) -> bool:
    """Return whether the sentence names the publisher of the indicator (`SIPRI`), whose definition then counts."""
    return "SIPRI" in indicator.title and "sipri" in wording.text


def _alone(wording: Wording) -> bool:
    """Return whether the sentence has one number beside years."""
    return len(re.findall(r"(?<![\w.,])\d[\d.,]*", re.sub(r"\b(?:19|20)\d\d\b|\bco2\b", "", wording.text))) <= 1


@lru_cache(maxsize=8)
def _lexicon(figures: Figures) -> _Lexicon:
    found: dict[str, list[Indicator]] = {}
    for indicator in figures.indicators:
        if indicator.id.startswith("nato_allies"):
            continue  # a count of members has a form of its own
        for phrase in (*indicator.words, *MORE_WORDS.get(indicator.id, ())):
            found.setdefault(" ".join(tokens(phrase)), []).append(indicator)
    return {phrase: _in_order(ones) for phrase, ones in found.items() if phrase}


def _phrases(text: str, lexicon: _Lexicon) -> list[str]:
    """Return the phrases that stand in `text`, the longest first, none inside another."""
    words, at = tokens(text), 0
    found: list[str] = []
    while at < len(words):
        sizes = range(min(_LONGEST, len(words) - at), 0, -1)
        size = next((size for size in sizes if " ".join(words[at : at + size]) in lexicon), 0)
        if size:
            found.append(" ".join(words[at : at + size]))
        at += size or 1
    return sorted(found, key=lambda phrase: -phrase.count(" "))


def _in_order(found: Iterable[Indicator]) -> tuple[Indicator, ...]:
    return tuple({one.id: one for one in found}.values())
