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
_PHRASAL: Final = words(
    "add adds added adding sum sums summed live lives lived go goes going gone went move moves moved push pushed"
)


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
    """Return whether the word at `i` belongs to a stretch of time (`the past 10 months`) or a verb (`adds up to`)."""
    if lexed.lower[i] == "up":
        return lexed.at(i - 1) in _PHRASAL
    return lexed.lower[i] == "past" and (period or lexed.at(i - 1) in ("the", "this", "these", "over"))


def comparator_after(lexed: Lexed, j: int) -> tuple[Comparator, int] | None:
    """Return the comparison at word `j`, right after a number, and the index after it; None if none stands there."""
    phrase = f"{lexed.at(j)} {lexed.at(j + 1)}"
    if phrase in _AFTER and not (phrase == "or so" and lexed.at(j + 2) == "far"):
        return _AFTER[phrase], j + 2
    if lexed.at(j) == "+":
        return ">=", j + 1
    return (">=", j + 2) if lexed.at(j) in HYPHENS and lexed.at(j + 1) == "plus" else None
