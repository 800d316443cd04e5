"""What a percentage or share is of: `2.5% of GDP`, `55% below 1990 levels`, `24% from the same period last year`."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from onrecord.language.amounts import Amount
from onrecord.language.lexing import Lexed, words
from onrecord.units import DURATIONS

# Words at which a noun phrase ends, as far as closed word classes tell.
_ENDS: Final = words(
    "in by to for on at from with that which who whose whom is are was were be been has have had do does "
    "did will would can could may might must should shall and or but as than if while when where after "
    "before since until during through over under about into onto within without against among between "
    "because so yet nor not also only still today yesterday tomorrow said says say compared rather up "
    "down despite amid per each every this last next annually"
)
_POSSESSIVES: Final = words("the its their his her our my your all those these that this")
_PRONOUNS: Final = words("it them us him her you which whom")
_SUBJECTS: Final = words("it they he she we i you those this that")
_MOVED: Final = words("by grew grow grows growing up down rose rise rises fell fall falls dropped climbed jumped")
_CUES: Final = words("from below above on over against than versus compared")
_ON_THE_WAY: Final = words("in it did was its their levels level those of")
_EARLIER: Final = frozenset(["earlier", "ago", "before"])
_SAME: Final = words("same previous prior preceding year corresponding")
_REFERENCE: Final = words(
    "level levels average baseline peak high low estimate forecast projection target total figure"
)
_MOVES: Final = (
    "cut",
    "reduc",
    "lower",
    "fall",
    "fell",
    "declin",
    "drop",
    "decreas",
    "ris",
    "rose",
    "increas",
    "less",
    "more",
    "fewer",
)
_REACH: Final = 14


def read_bases(lexed: Lexed, amounts: list[Amount]) -> list[Amount]:
    """Return the amounts with `of` set on percentages and shares where the words tell."""
    out: list[Amount] = []
    shared: str | None = None  # the base of the share right before, for the next one in its sentence
    for k, amount in enumerate(amounts):
        until = amounts[k + 1].start if k + 1 < len(amounts) else len(lexed.words)
        if not out or lexed.sentences[out[-1].start] != lexed.sentences[amount.start]:
            shared = None
        if amount.unit in ("percent", "percentage_point"):
            whole = _whole(lexed, amount) or _opening_whole(lexed, amount)
            base = whole or _compared_base(lexed, amount, until)
            state = amount.unit == "percent" and amount.change == "level"
            state = state and lexed.at(amount.start - 1) not in _MOVED
            if base is None and shared is not None and state:
                whole = base = shared
            shared = whole if amount.unit == "percent" and amount.change == "level" else None
            amount = replace(amount, of=base)
        elif amount.unit not in DURATIONS:
            shared = None
        out.append(amount)
    return out


def _words(lexed: Lexed, i: int, j: int) -> str | None:
    return " ".join(lexed.text[lexed.starts[i] : lexed.ends[j - 1]].split()) if j > i else None


def _whole(lexed: Lexed, amount: Amount) -> str | None:
    """Read `of GDP` right after the amount; after a share also `half the members`."""
    j = amount.end
    if lexed.at(j) == "out" and lexed.at(j + 1) == "of":
        j += 1
    if lexed.at(j) == "of" and amount.unit == "percentage_point" and lexed.at(j + 1).endswith("ing"):
        return None  # points of easing
    if lexed.at(j) == "of":
        return None if lexed.at(j + 1) in _PRONOUNS else _words(lexed, j + 1, noun_phrase_end(lexed, j + 1))
    if amount.numeral.share and lexed.at(j) in _POSSESSIVES:
        return _words(lexed, j, noun_phrase_end(lexed, j))
    return None


def _opening_whole(lexed: Lexed, amount: Amount) -> str | None:
    """Read `Of the members who voted, 87% ...`: a whole that opens the sentence, up to its comma."""
    sentence = lexed.sentences[amount.start]
    i = comma = amount.start
    while i > 0 and lexed.sentences[i - 1] == sentence and i > amount.start - 30:
        i -= 1
        comma = i if lexed.words[i] == "," else comma
    if lexed.at(i) == "of" and i < comma < amount.start and lexed.begins_line(i):
        return _words(lexed, i + 1, comma)
    return None


def noun_phrase_end(lexed: Lexed, i: int) -> int:
    """Return the index after the noun phrase that starts at word `i`; `i` itself where none does.

    A clause that belongs to it (`those who want to work`, `what jets burn`) counts, up to the next sign or the verb
    whose subject all of it is.
    """
    j = i
    clause = lexed.at(i) == "what" or (
        lexed.at(i) in ("those", "people") and lexed.at(i + 1) in ("who", "that", "which")
    )
    limit = _next_verb(lexed, i) if clause else min(i + _REACH, len(lexed.words))
    while j < limit and lexed.sentences[j] == lexed.sentences[i]:
        word = lexed.lower[j]
        if not word[0].isalnum() and word not in "-‑&":
            break
        if j > i and lexed.starts[j] in lexed.verbs and not clause:
            break
        if j > i and lexed.words[j][0].isupper() and lexed.begins_line(j):
            break
        this_period = word in ("this", "last", "next") and (j == i or lexed.lower[j - 1] == "of")
        if (
            word in _ENDS
            and not clause
            and not this_period
            and not (word in ("that", "this", "each", "every") and j == i)
        ):
            break
        j += 1
    while j > i and lexed.lower[j - 1] in ("of", "the", "a", "an", "-"):
        j -= 1
    return j


def _next_verb(lexed: Lexed, i: int) -> int:
    """Return where the second verb after word `i` starts, past a chain (`want to work`), or the reach's end."""
    end, last = min(i + _REACH, len(lexed.words)), -1
    for j in range(i, end):
        if lexed.starts[j] in lexed.verbs:
            chained = last >= 0 and (j == last + 1 or lexed.lower[j - 1] in ("to", "and", "or", "not"))
            if last >= 0 and not chained:
                return j
            last = j
    return end


def _compared_base(lexed: Lexed, amount: Amount, until: int) -> str | None:
    """Read what a change is measured against, at a word such as `below`, `from`, `than` or `compared with`."""
    sentence = lexed.sentences[amount.start]
    near = amount.end + (
        lexed.at(amount.end) in ("lower", "higher", "less", "more", "fewer", "down", "up", "smaller", "bigger")
    )
    for i in range(amount.end, min(until, amount.end + _REACH, len(lexed.words))):
        if lexed.sentences[i] != sentence or lexed.words[i] in ":;":
            return None
        cue = lexed.lower[i]
        if cue not in _CUES:
            continue
        j = i + 1 + (cue == "compared" and lexed.at(i + 1) in ("with", "to"))
        while lexed.at(j) in _ON_THE_WAY:
            j += 1
        base = _period(lexed, amount, j, cue) or (_reference(lexed, j, until, cue) if i <= near else None)
        if base is not None:
            return base
    return None


def _period(lexed: Lexed, amount: Amount, j: int, cue: str) -> str | None:
    """Read a time as a base: `1990 levels`, `a year earlier`, `last year`, `the same period last year`."""
    word = lexed.at(j)
    if lexed.is_digits(j) and len(word) == 4 and word[:2] in ("19", "20"):
        if lexed.at(j + 1) in _REFERENCE:
            return _words(lexed, j, j + 2)
        before = lexed.lower[max(0, amount.start - 8) : j]
        moved = amount.change != "level" or any(w.startswith(_MOVES) for w in before)
        return _words(lexed, j, j + 1) if moved or cue in ("below", "above", "compared", "than") else None
    if word in ("a", "one") and lexed.at(j + 2) in _EARLIER:
        return _words(lexed, j, j + 3)
    if word == "last" and lexed.at(j + 1) in DURATIONS and cue != "over" and cue != "than":
        return _words(lexed, j, j + 2)
    if word == "the" and lexed.at(j + 1) in _SAME:
        end = noun_phrase_end(lexed, j)
        end += lexed.at(end) == "before" and lexed.at(end - 1) in DURATIONS
        end += 2 * (lexed.at(end) in ("last", "a", "in", "of") and lexed.at(end + 1)[:1].isalnum())
        return _words(lexed, j, end)
    return None


def _reference(lexed: Lexed, j: int, until: int, cue: str) -> str | None:
    """Read a noun phrase as a base right after the amount: `below pre-war levels`, `less than forecast in July`."""
    end = noun_phrase_end(lexed, j)
    if (lexed.at(j) in _SUBJECTS and end == j + 1) or (cue == "on" and lexed.at(j) == "average"):
        return None  # more than they did, up 5% on average
    if end > until or end == j or not lexed.at(j)[:1].isalpha():
        return None
    possessive = any(word.endswith(("'s", "’s")) for word in lexed.lower[j:end])
    if cue in ("below", "above", "than") or lexed.lower[end - 1] in _REFERENCE or possessive:
        return _words(lexed, j, end)
    return None
