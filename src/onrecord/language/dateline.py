"""The dateline that a report opens with, told by its words alone, so that the parser reads the sentence behind it."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.language.phrases import word_set

_DASHES = frozenset({"—", "–", "--", "―", "-"})
_OPENS, _CLOSES = frozenset({"(", "["}), frozenset({")", "]"})
_WITHIN = frozenset({".", "-", "'", "’"})
"""Marks that a place's name may hold: `ST. ALBA`, `PORT-AU-PRINCE`."""
_LONGEST = 20
_MONTHS = word_set(
    """january february march april may june july august september october november december
    jan feb mar apr jun jul aug sept sep oct nov dec"""
)


def dateline_end(words: Sequence[str], spaced: Sequence[bool]) -> int:
    """Return how many words a story's dateline takes, its dash or colon included (5 of `ROME (AP) — It`), 0 for none.

    Args:
        words: The story's first words, without white space.
        spaced: For each word whether white space stands behind it.
    """
    capitals = len(words) > 1 and words[0].isupper() and (len(words[0]) > 2 or words[1] in _WITHIN)
    bracketed = inside = False
    for i, word in enumerate(words[:_LONGEST]):
        if word in _OPENS or word in _CLOSES:
            inside, bracketed = word in _OPENS, bracketed or word in _CLOSES
        elif word == "-" and i and words[i - 1].isalpha() and not (spaced[i - 1] or spaced[i]):
            continue  # `PORT-AU-PRINCE`
        elif word in _DASHES and i and not inside:
            return _behind_date(words, i + 1) if _ends(words, spaced, i, capitals, bracketed) else 0
        elif word == ":" and i:
            return i + 1 if (capitals or bracketed) and i + 1 < len(words) else 0
        elif not inside and word not in {",", ".", "/"} and not (word[0].isupper() or word[0].isdigit()):
            return 0
    return 0


def _ends(words: Sequence[str], spaced: Sequence[bool], i: int, capitals: bool, bracketed: bool) -> bool:
    """Return whether the dash at `i` ends a dateline: behind an agency, a place in capitals, or a short name."""
    if i + 1 >= len(words) or not (words[i + 1][0].isalnum() or words[i + 1][0] in "\"“‘'$€£"):
        return False
    if bracketed:
        return True
    if not spaced[i - 1] and words[i] != "—":
        return False  # `UNRWA-run`, `NATO–Russia`
    return (capitals or i <= 3) and not words[i + 1][0].islower()


def _behind_date(words: Sequence[str], i: int) -> int:
    """Return the end of a date and its colon at `i` (`CAIRO – 26 July 2022:`), `i` itself where none stands there."""
    for k in range(i, min(i + 5, len(words) - 1)):
        if words[k] == ":":
            return k + 1 if any(word.isdigit() for word in words[i:k]) else i
        if not (words[k].isdigit() or words[k][0].isupper() or words[k] == ","):
            return i
    return i


def place_length(words: Sequence[str]) -> int:
    """Return how many words of a dateline name its place: 2 of `PORT AMSEL, Varonia (NWP) —`.

    0 where it opens with no name, or where neither capitals nor an agency tell that the name is a place's
    (`Ann Lee —`).
    """
    if not words or not (words[0].isupper() or _OPENS & set(words)):
        return 0
    return next((i for i, word in enumerate(words) if _ends_place(word)), len(words))


def _ends_place(word: str) -> bool:
    """Return whether a place's name cannot hold a word: a mark or number, a month; `ST. ALBA` has its full stop."""
    return not (word[0].isalpha() or word in _WITHIN) or word.lower().rstrip(".") in _MONTHS
