"""Words of comparison beside a number: `at least`, `more than`, `up to`, `nearly`, `or fewer`."""

from __future__ import annotations

from typing import Final

from onrecord.language.lexing import HYPHENS, Lexed, words
from onrecord.model import Comparator

_PHRASES: Final[dict[Comparator, tuple[str, ...]]] = {
    ">=": (
        "at least|a minimum of|minimum of|minimum|no less than|no fewer than|not less than|not fewer than|at the least",
        "as few as|as little as|starting at|upwards of|upward of|a floor of|no lower than|no smaller than|not below",
    ),
    ">": (
        "more than|over|above|greater than|higher than|larger than|bigger than|longer than|heavier than|in excess of",
        "exceeding|exceed|exceeds|exceeded|beyond|past|north of|topping|surpassing|well over|just over|upwards from",
        "would top|could top|will top|may top|might top|to top|should top|topped|tops",
    ),
    "<=": (
        "up to|as many as|as much as|at most|at the most|no more than|not more than|no longer than|no larger than",
        "no greater than|no higher than|a maximum of|maximum of|maximum|a ceiling of|a cap of|a limit of|capped at",
        "limited to|not exceed|not exceeding|as high as|as low as|as far as|as long as|not over|not above",
    ),
    "<": (
        "less than|fewer than|under|below|lower than|smaller than|shorter than|just under|well under|shy of",
        "just shy of|short of|south of",
    ),
    "~": (
        "about|around|nearly|almost|roughly|some|an estimated|estimated|the estimated|approximately|approx.|approx",
        "circa|ca.|c.|close to|near|nearer|estimated at|virtually|practically|perhaps|maybe|probably|possibly",
        "in the region of|in the order of|of the order of|somewhere around|approaching|nearing|barely|more or less",
    ),
}
_BEFORE: Final[dict[str, Comparator]] = {
    phrase: comparator for comparator, rows in _PHRASES.items() for row in rows for phrase in row.split("|")
}
_AFTER: Final[dict[str, Comparator]] = {
    "or more": ">=",
    "or higher": ">=",
    "or above": ">=",
    "or over": ">=",
    "or greater": ">=",
    "and more": ">=",
    "and above": ">=",
    "or fewer": "<=",
    "or less": "<=",
    "or lower": "<=",
    "or below": "<=",
    "or so": "~",
    "or thereabouts": "~",
}
# What may stand between the words of comparison and the number: `up to another 40`, `about an additional $5m`.
_SKIPPED: Final = words("another further additional extra combined record whopping staggering mere other total")
# Verbs whose own `up` stands before `to` (`stepped up to 6%`), and those that are so only over an object (`put it up
# to 35%`; `put up to 35 men there` is a bound).
_PHRASAL: Final = words(
    "add adds added adding sum sums summed live lives lived go goes going gone went move moves moved push pushes "
    "pushed step steps stepped stepping revise revised revising creep creeps crept edge edges edged inch inches "
    "inched round rounds rounded scale scaled ramp ramped bump bumped"
)
_PHRASAL_OVER: Final = _PHRASAL | words(
    "put puts putting bring brings brought bringing take takes took taken drove driven"
)
_OBJECTS: Final = words("it them this that him her us")
# Nouns and verbs that `over` and `about` tell the matter of, and verbs that own an `over`.
_MATTERS: Final = words(
    "talk talks talked talking row dispute disputes battle fight clash lawsuit negotiations negotiation discussion "
    "discussions debate debates question questions argument quarrel doubts worry worries complaint complaints"
)
_OWN_OVER: Final = words("hand hands handed handing")
_BE: Final = words("is are was were be been being remains remain remained")
_MATTER_REACH: Final = 4


def comparator_before(lexed: Lexed, i: int, *, period: bool) -> tuple[Comparator, int] | None:
    """Return the comparison that stands right before word `i` and where it starts, None if none does.

    `period` says that the number counts a stretch of time, before which `past` is no comparison.
    """
    end = i
    while end > 0 and (lexed.lower[end - 1] in _SKIPPED or (lexed.lower[end - 1] in ("a", "an") and end < i)):
        end -= 1
    for start in range(max(0, end - 4), end):
        comparator = _BEFORE.get(" ".join(lexed.lower[start:end]))
        if comparator is not None and not _is_other_sense(lexed, start, period=period):
            return comparator, start
    return None


def _is_other_sense(lexed: Lexed, i: int, *, period: bool) -> bool:
    """Return whether the word at `i` is no comparison there.

    It may belong to a stretch of time (`the past 10 months`) or a verb (`adds up to`, `hands over`, `are short of`),
    or tell the matter of talks (`talks with lenders over £5m`).
    """
    word, before = lexed.lower[i], lexed.at(i - 1)
    if word == "up":
        return before in _PHRASAL or (before in _OBJECTS and lexed.at(i - 2) in _PHRASAL_OVER)
    if word == "short":
        return before in _BE
    if word in ("over", "about"):
        own = word == "over" and before in _OWN_OVER
        return own or _tells_matter(lexed, i)
    return lexed.lower[i] == "past" and (period or lexed.at(i - 1) in ("the", "this", "these", "over"))


def _tells_matter(lexed: Lexed, i: int) -> bool:
    """Return whether `over` or `about` at `i` follows talks or a quarrel, at once or over who takes part."""
    if lexed.at(i - 1) in _MATTERS:
        return True
    return any(
        lexed.at(k) in _MATTERS and lexed.at(k + 1) in ("with", "between") for k in range(i - _MATTER_REACH, i - 1)
    )


def comparator_after(lexed: Lexed, j: int) -> tuple[Comparator, int] | None:
    """Return the comparison at word `j`, right after a number, and the index after it; None if none stands there."""
    phrase = f"{lexed.at(j)} {lexed.at(j + 1)}"
    other = (phrase == "or so" and lexed.at(j + 2) == "far") or lexed.at(j + 2) == "than"  # 5 years and more than $2m
    if phrase in _AFTER and not other:
        return _AFTER[phrase], j + 2
    if lexed.at(j) == "+":
        return ">=", j + 1
    return (">=", j + 2) if lexed.at(j) in HYPHENS and lexed.at(j + 1) == "plus" else None
