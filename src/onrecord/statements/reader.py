"""A story as the readers of statements see it: tokens, sentence bounds, and quotations joined over paragraphs."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.language.analysis import Analysis
from onrecord.language.mentions import Quotation
from onrecord.language.phrases import noun_phrase, sentences, trim


@dataclass(frozen=True, slots=True)
class Attribution:
    """What somebody said at the tokens [start, end), with the tokens of the cue and of whoever said it."""

    start: int
    end: int
    speaker: str | None
    cue: tuple[int, int] | None
    source: tuple[int, int] | None


class Reader:
    """One story's tokens with what its attributions are read against."""

    def __init__(self, analysis: Analysis) -> None:
        self.doc: Doc = analysis.doc
        self.names = analysis.names
        self.quotations = _joined(analysis.doc, analysis.quotations)
        self._starts = [quotation.start for quotation in self.quotations]
        self._quotation_at = {i: q for q in self.quotations for i in range(q.start, q.end)}
        self._bounds = sentences(analysis.doc)

    def quotation(self, i: int) -> Quotation | None:
        """Return the quotation in which token `i` stands, None outside of quotation marks."""
        return self._quotation_at.get(i)

    def sentence(self, i: int) -> tuple[int, int]:
        """Return the token range of the sentence in which token `i` stands."""
        return self._bounds[i]

    def widen(self, start: int, end: int) -> tuple[int, int]:
        """Return the range trimmed, and widened to the whole of the quotations that its ends cut."""
        start, end = trim(self.doc, start, end)
        first, last = self.quotation(start), self.quotation(end - 1)
        start = min(start, first.start) if first else start
        end = max(end, last.end) if last else end
        return trim(self.doc, start, end)

    def ended_before(self, i: int) -> Quotation | None:
        """Return the quotation that ends right before `i` but for a comma or dash and is no sentence by itself."""
        last = i - 1
        while last >= 0 and (self.doc[last].text in {",", "-", "–", "—", "--"} or self.doc[last].text.isspace()):
            if "\n" in self.doc[last].text:
                return None
            last -= 1
        quotation = self.quotation(last) if last >= 0 else None
        if quotation is None or quotation.end != last + 1:
            return None
        closed = self.doc[last].text == "." or (last > quotation.start and self.doc[last - 1].text == ".")
        return None if closed and last == i - 1 and self.doc[i].text[:1].isupper() else quotation

    def quotations_within(self, start: int, end: int) -> list[Quotation]:
        """Return the quotations that open at the tokens [start, end)."""
        return self.quotations[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def set_off_before(self, i: int, reach: int) -> Quotation | None:
        """Return the quotation that ends in a comma of its own in the `reach` tokens before `i`, in one sentence."""
        first = max(self.sentence(i)[0], i - reach)
        for k in range(i - 1, first - 1, -1):
            quotation = self.quotation(k)
            if quotation is not None:
                last = self.doc[quotation.end - 2].text if quotation.end - 2 > quotation.start else ""
                return quotation if quotation.end == k + 1 and last in {",", "?", "!"} else None
            if self.doc[k].text in {":", ";"}:
                return None
        return None

    def after_break(self, first: int, end: int) -> int:
        """Return where the clause that ends at `end` begins: behind the last colon or semicolon outside quotations."""
        for i in range(end - 1, first, -1):
            if self.doc[i].text in {":", ";"} and self.quotation(i) is None and self.holds_words(i, end):
                return i + 1
        return first

    def parted(self, first: int, second: int) -> bool:
        """Return whether the end of a line or paragraph stands between two tokens."""
        return any("\n" in token.text for token in self.doc[first:second])

    def is_said(self, start: int, end: int) -> bool:
        """Return whether the tokens [start, end) can be a statement: a quotation, or two words and more."""
        if start >= end:
            return False
        return self.quotation(start) is not None or sum(token.is_alpha for token in self.doc[start:end]) > 1

    def holds_words(self, start: int, end: int) -> bool:
        """Return whether any word stands at the tokens [start, end)."""
        return any(token.is_alpha for token in self.doc[start:end])

    def next_word(self, i: int) -> int:
        """Return the first index from `i` on that is no white space, comma or colon; the story's length at its end."""
        while i < len(self.doc) and (self.doc[i].is_space or self.doc[i].text in {",", ":"}):
            i += 1
        return i

    def last_word(self, i: int) -> int:
        """Return the last index before `i` that is no white space, comma or dash; -1 at the story's start."""
        i -= 1
        while i >= 0 and (self.doc[i].is_space or self.doc[i].text in {",", "-", "–", "—", "--"}):
            i -= 1
        return i

    def attribution(self, start: int, end: int, source: Token | None, cue: tuple[int, int] | None) -> Attribution:
        """Return the attribution of [start, end), widened to whole quotations, to the noun phrase of `source`."""
        start, end = self.widen(start, end)
        if self.doc[start].lower_ == "that" and self.doc[start].pos_ == "SCONJ" and start + 1 < end:
            start += 1
        if source is None:
            return Attribution(start, end, None, cue, None)
        phrase = noun_phrase(source)
        return Attribution(start, end, self.names.resolve(*phrase), cue, phrase)


def _joined(doc: Doc, quotations: Sequence[Quotation]) -> list[Quotation]:
    """Return the quotations, those that run on over paragraphs (each opened anew, only the last closed) as one."""
    found: list[Quotation] = []
    for quotation in quotations:
        last = found[-1] if found else None
        if last is not None and not last.closed and _only_break(doc, last.end, quotation.start):
            found[-1] = Quotation(last.start, quotation.end, quotation.closed)
        else:
            found.append(quotation)
    return found


def _only_break(doc: Doc, start: int, end: int) -> bool:
    """Return whether nothing but white space stands between, or nothing at all, with a line's end in or before it."""
    return all(token.is_space for token in doc[start:end])
