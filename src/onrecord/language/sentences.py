"""Where sentences may start, whatever the encoder says: rules on marks and abbreviations that need no parse."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.language.mentions import Quotation
from onrecord.language.parsing import NOWHERE
from onrecord.language.phrases import word_set

_NEVER_LAST = word_set(
    """Adm. Brig. Capt. Cmdr. Col. Cpl. Dr. Fr. Gen. Gov. Hon. Lt. Maj. Messrs. Mlle. Mme. Mr. Mrs. Ms. Pres. Prof. Pvt.
    Rep. Reps. Rev. Sec. Sen. Sens. Sgt. Sr. St. Supt. vs. v. e.g. i.e. No. no. Nos. nos. p. pp. fig. Fig. Art. art.
    approx. est. ca. c."""
)
"""Abbreviations that never end a sentence: titles, which a name follows, and those that lean on what follows."""
_OPENING = frozenset("([{“‘«„‚`") | {"``"}
_FULL_STOPS = frozenset({".", "!", "?", "…"})
_GOES_ON = frozenset({",", ";", "-", "–", "—", "--"})


def start_places(words: Sequence[str], spaced: Sequence[bool], quotations: Sequence[Quotation]) -> list[int]:
    """Return for each word where a sentence starts if one seems to start there: there, one word before, or `NOWHERE`.

    Args:
        words: The words of a text, white space left out.
        spaced: Whether white space follows each.
        quotations: Its quotations, in places of `words`; inside one, sentences start as they do elsewhere.
    """
    places = list(range(len(words)))
    for at in range(1, len(words)):
        before = words[at - 1]
        if before in _NEVER_LAST or (not spaced[at - 1] and _closes(words[at], before)):
            places[at] = NOWHERE
    for quotation in quotations:
        if quotation.start + 1 < len(words):
            places[quotation.start + 1] = places[quotation.start]
        if quotation.closed and quotation.end < len(words) and _goes_on(words, quotation.end):
            places[quotation.end] = NOWHERE
    return places


def sure_starts(words: Sequence[str], quotations: Sequence[Quotation]) -> list[bool]:
    """Return for each word whether a sentence starts there, whatever the encoder says, by the marks around a quotation.

    A quotation behind a full stop opens a sentence, and so does a capital behind one whose last mark is a full stop:
    English sets off an attribution that follows with a comma (`..., ” said Lee`).
    """
    sure = [False] * len(words)
    for quotation in quotations:
        if quotation.start > 0 and words[quotation.start - 1] in _FULL_STOPS:
            sure[quotation.start] = True
        ends = quotation.closed and quotation.end < len(words) and words[quotation.end - 2] == "."
        if ends and words[quotation.end][0].isupper():
            sure[quotation.end] = True
    return sure


def _closes(word: str, before: str) -> bool:
    """Return whether a word is a mark that belongs to the word before, to which it is glued."""
    return before not in _OPENING and word not in _OPENING and not any(map(str.isalnum, word))


def _goes_on(words: Sequence[str], end: int) -> bool:
    """Return whether the sentence goes on behind a quotation: after a comma (`,” said`) or with a small letter."""
    return words[end - 2] in _GOES_ON or words[end] in _GOES_ON or words[end][0].islower()
