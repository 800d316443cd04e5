"""The dateline that a report opens with, told by its words alone, so that the parser reads the sentence behind it."""

from __future__ import annotations

from collections.abc import Sequence

_DASHES = frozenset({"—", "–", "--", "―", "-"})
_OPENS, _CLOSES = frozenset({"(", "["}), frozenset({")", "]"})
_LONGEST = 20


def dateline_end(words: Sequence[str], spaced: Sequence[bool]) -> int:
    """Return how many words a story's dateline takes, its dash or colon included (5 of `ROME (AP) — It`), 0 for none.

    Args:
        words: The story's first words, without white space.
        spaced: For each word whether white space stands behind it.
    """
    capitals = len(words) > 0 and words[0].isupper() and len(words[0]) > 2
    bracketed = inside = False
    for i, word in enumerate(words[:_LONGEST]):
        if word in _OPENS or word in _CLOSES:
            inside, bracketed = word in _OPENS, bracketed or word in _CLOSES
        elif word in _DASHES and i and not inside:
            return _behind_date(words, i + 1) if _ends(words, spaced, i, capitals, bracketed) else 0
        elif word == ":" and i:
            return i + 1 if (capitals or bracketed) and i + 1 < len(words) else 0
        elif not inside and word not in {",", "."} and not (word[0].isupper() or word[0].isdigit()):
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
