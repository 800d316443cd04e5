"""Words in quotation marks: which marks open, which close, and which are apostrophes or inches.

Straight, typographic, low (German) and angled marks are known, doubled and single ones, also in mixed pairs. Only the
outermost quotation is reported, not those nested in it. Only words are looked at, so this runs before the parser.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc

from onrecord.language.mentions import Quotation

_OPENS, _EITHER, _CLOSES = 1, 0, -1
_DOUBLE = {
    '"': _EITHER,
    "＂": _EITHER,
    "“": _OPENS,
    "„": _OPENS,
    "‟": _OPENS,
    "«": _OPENS,
    "``": _OPENS,
    "”": _CLOSES,
    "»": _CLOSES,
    "''": _CLOSES,
    "‘‘": _OPENS,
    "’’": _CLOSES,
}
_SINGLE = {"'": _EITHER, "‘": _OPENS, "‚": _OPENS, "‛": _OPENS, "‹": _OPENS, "`": _OPENS, "’": _CLOSES, "›": _CLOSES}
_GLYPHS = {**_DOUBLE, **_SINGLE}
_BRACKETS_AND_DASHES = frozenset("([{<—–-/…")
_MOST_TOGETHER = 4
"""Marks that may stand side by side, and that may be open at once."""
_SENTENCE_ENDS = frozenset({".", "!", "?", "...", "…", "!!", "?!", "!?", "??"})


@dataclass(frozen=True, slots=True)
class _Mark:
    """A mark at token `at`; `glyph` and `spacing` say which way its shape and the spaces around it point."""

    at: int
    double: bool
    glyph: int
    spacing: int
    possessive: bool
    """Whether this may be the apostrophe of `the workers' plea`."""
    firm: bool
    """Whether it stands behind a punctuation mark, where no apostrophe does."""


@lru_cache(maxsize=1)  # asked for before the parse and after it; both times it is a matter of words alone
def find_quotations(doc: Doc) -> tuple[Quotation, ...]:
    """Return the outermost quotations of a text in order.

    No quotation reaches over a blank line. One of several paragraphs is a quotation a paragraph, each but the last with
    `closed` False; so is one whose mark never closes by a slip, which then ends with its sentence.
    """
    words = [token.text for token in doc]
    paragraphs = list(_paragraphs(words))
    found: list[Quotation] = []
    for number, (start, end) in enumerate(paragraphs):
        goes_on = number + 1 < len(paragraphs) and words[paragraphs[number + 1][0]] in _DOUBLE
        found += _in_paragraph(doc, words, start, end, goes_on=goes_on)
    return tuple(found)


def _paragraphs(words: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the token range of each paragraph, white space around it left out."""
    start = end = None
    for index, word in enumerate(words):
        if not word.isspace():
            start, end = index if start is None else start, index + 1
        elif word.count("\n") > 1 and start is not None and end is not None:
            yield start, end
            start = None
    if start is not None and end is not None:
        yield start, end


def _in_paragraph(doc: Doc, words: Sequence[str], start: int, end: int, *, goes_on: bool) -> Iterator[Quotation]:
    opened: list[_Mark] = []
    marks = [mark for at in range(start, end) if (mark := _mark(doc, words, at, start, end))]
    marks = _without_apostrophes(marks)
    last_single = max((mark.at for mark in marks if _may_close_single(mark)), default=start)
    for number, mark in enumerate(marks):
        if _closes(mark, opened):
            while opened[-1].double != mark.double:
                opened.pop()
            last = opened.pop()
            if not opened:
                yield Quotation(last.at, mark.at + 1)
        elif _opens(mark, opened, last_single):
            if opened and opened[-1].double and mark.double and not _nested(marks, number):
                yield Quotation(opened[0].at, _sentence_end(words, opened[0].at, mark.at), closed=False)
                opened.clear()
            opened.append(mark)
    if opened and opened[0].double:
        first = opened[0].at
        yield Quotation(first, end if goes_on else _sentence_end(words, first, end), closed=False)


def _without_apostrophes(marks: Sequence[_Mark]) -> list[_Mark]:
    """Leave out what may be an apostrophe where a single mark that cannot be one closes the quotation further on."""
    kept: list[_Mark] = []
    closed_further_on = False
    for mark in reversed(marks):
        if not mark.double:
            if closed_further_on and mark.possessive:
                continue
            closed_further_on = mark.spacing != _OPENS and (closed_further_on or mark.firm)
        kept.append(mark)
    return kept[::-1]


def _nested(marks: Sequence[_Mark], number: int) -> bool:
    """Return whether a mark that opens inside an open quotation is closed before that one is."""
    after = [mark for mark in marks[number + 1 : number + 3] if mark.double and mark.spacing == _CLOSES]
    return len(after) == 2 or marks[number].glyph == _OPENS


def _mark(doc: Doc, words: Sequence[str], at: int, start: int, end: int) -> _Mark | None:
    glyph = _GLYPHS.get(words[at])
    if glyph is None:
        return None
    left = right = at
    while left > max(start, at - _MOST_TOGETHER) and words[left] in _GLYPHS and not doc[left - 1].whitespace_:
        left -= 1
    while right + 1 < min(end, at + _MOST_TOGETHER) and words[right] in _GLYPHS and not doc[right].whitespace_:
        right += 1
    before = " " if words[left] in _GLYPHS else words[left][-1]
    after = " " if words[right] in _GLYPHS else words[right][0]
    loose_left = before.isspace() or before in _BRACKETS_AND_DASHES
    loose_right = not after.isalnum() and after not in "([{$£€¥#@"
    spacing = _EITHER if loose_left == loose_right else _OPENS if loose_left else _CLOSES
    possessive = before in "sS" and after == " " and at + 1 < end and words[at + 1][0].islower()
    return _Mark(at, words[at] in _DOUBLE, glyph, spacing, possessive, firm=before in ".,!?…")


def _closes(mark: _Mark, opened: Sequence[_Mark]) -> bool:
    if not any(other.double == mark.double for other in opened):
        return False
    if not mark.double:
        return _may_close_single(mark)
    return mark.spacing == _CLOSES or mark.glyph == _CLOSES or (mark.spacing == mark.glyph == _EITHER)


def _may_close_single(mark: _Mark) -> bool:
    return not mark.double and mark.spacing != _OPENS and mark.glyph != _OPENS


def _opens(mark: _Mark, opened: Sequence[_Mark], last_single: int) -> bool:
    if len(opened) == _MOST_TOGETHER:
        return False
    if mark.double:
        points = mark.spacing == _OPENS or mark.glyph == _OPENS or (mark.spacing == _EITHER and not opened)
        return points and mark.glyph + mark.spacing >= 0
    alone = not any(not other.double for other in opened)
    return alone and mark.spacing == _OPENS and mark.glyph != _CLOSES and mark.at < last_single


def _sentence_end(words: Sequence[str], start: int, end: int) -> int:
    """Return the end of the sentence that holds `start`, at most `end`."""
    return next((at + 1 for at in range(start, end) if words[at] in _SENTENCE_ENDS), end)
