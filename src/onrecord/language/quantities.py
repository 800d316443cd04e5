"""Quantities: every number with a public meaning in a story, with its unit, base, comparison, change and rate."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc

from onrecord.language.amounts import Amount, read_amount
from onrecord.language.bases import read_bases
from onrecord.language.circumstances import read_circumstances
from onrecord.language.lexing import Lexed, lex
from onrecord.language.mentions import QuantityMention, TimeMention
from onrecord.language.money import Setting, setting_of
from onrecord.language.multiples import STARTS as MULTIPLES
from onrecord.language.multiples import read_multiple, times_unit
from onrecord.language.not_quantities import is_none, is_only_reference
from onrecord.language.numbers import STARTS
from onrecord.language.relations import relate
from onrecord.model import Quantity


def find_quantities(
    doc: Doc, times: Sequence[TimeMention] = (), *, country: str | None = None
) -> tuple[QuantityMention, ...]:
    """Return the quantities of `doc` in order of standing; numbers inside `times` are none.

    `country` (ISO 3166 alpha-2) is where the story comes from: it decides what a bare `$`, `pounds` and `pesos` are.
    """
    lexed = lex(doc.text, _verbs(doc))
    closed = [(doc[time.start].idx, doc[time.end - 1].idx + len(doc[time.end - 1])) for time in times]
    amounts = _amounts(lexed, closed, setting_of(lexed, country))
    for read in (_percentage_points, relate, read_circumstances, read_bases):
        amounts = read(lexed, amounts)
    starts = [token.idx for token in doc]
    return tuple(_mention(lexed, amount, starts) for amount in amounts if not is_only_reference(lexed, amount))


def _verbs(doc: Doc) -> frozenset[int]:
    """Return where the verbs of clauses start, participles after a noun (`staff employed at ...`) left out."""
    if not doc.has_annotation("DEP"):
        return frozenset()
    return frozenset(
        t.idx for t in doc if t.pos_ in ("VERB", "AUX") and t.dep_.partition(":")[0] not in ("acl", "amod")
    )


def _amounts(lexed: Lexed, closed: Sequence[tuple[int, int]], setting: Setting) -> list[Amount]:
    """Return the amounts as they stand, one by one, those that start in the `closed` stretches of text left out."""
    amounts: list[Amount] = []
    i, gate = 0, 0
    while i < len(lexed.words):
        while gate < len(closed) and closed[gate][1] <= lexed.starts[i]:
            gate += 1
        if gate < len(closed) and closed[gate][0] <= lexed.starts[i]:
            i += 1
            continue
        amount = _read(lexed, i, setting)
        if amount is not None and not is_none(lexed, amount):
            amounts.append(amount)
        i = i + 1 if amount is None else max(i + 1, amount.end)
    return amounts


def _read(lexed: Lexed, i: int, setting: Setting) -> Amount | None:
    word = lexed.lower[i]
    if word in MULTIPLES:
        return read_multiple(lexed, i)
    if word not in STARTS and not lexed.is_digits(i):
        return None
    amount = read_amount(lexed, i, setting)
    if amount is None or amount.unit is not None:
        return amount
    return times_unit(lexed, amount) or amount


def _percentage_points(lexed: Lexed, amounts: list[Amount]) -> list[Amount]:
    """Make points that stand beside percentages percentage points: `a rise of two points, to 22%`.

    Not where one restates the other, as of an index (`500 points, or 1.2%`).
    """
    relative = {lexed.sentences[amount.start] for amount in amounts if amount.unit == "percent"}
    return [
        replace(amount, unit="percentage_point", end=amount.end + 1)
        if amount.unit is None
        and lexed.sentences[amount.start] in relative
        and lexed.at(amount.end) in ("point", "points")
        and not {"or", "("} & set(lexed.lower[amount.end + 1 : amount.end + 3])
        else amount
        for amount in amounts
    ]


def _mention(lexed: Lexed, amount: Amount, starts: Sequence[int]) -> QuantityMention:
    start = bisect_right(starts, lexed.starts[amount.start]) - 1
    end = bisect_left(starts, lexed.ends[amount.end - 1])
    return QuantityMention(max(0, start), end, _quantity(amount))


def _quantity(amount: Amount) -> Quantity:
    return Quantity(
        value=amount.value,
        low=amount.low,
        high=amount.high,
        vague=amount.vague,
        unit=amount.unit or "count",
        of=amount.of,
        out_of=amount.out_of,
        comparator=amount.comparator,
        change=amount.change,
        from_=amount.from_,
        per=amount.per,
    )
