"""A level: `spends 2.1% of GDP on defence`, `meets the 2% target`, `8.4 tonnes per person`, a total over a group."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from onrecord.figures import Indicator
from onrecord.model import Quantity, Verdict
from onrecord.units import dimension
from onrecord.verdicts import periods
from onrecord.verdicts.bounds import Bounds, at_least, below, bounds
from onrecord.verdicts.judging import LATEST, Claimed, Hypothesis, judge
from onrecord.verdicts.officials import TONNES, Official, edition_days, in_unit, periods_known, shown, value
from onrecord.verdicts.question import Question

MEETS: Final = re.compile(
    r"\b(?:meet\w*|met|hit\w*|reach\w*|above|exceed\w*|surpass\w*|over|clear\w*|achiev\w*|fulfil\w*|attain\w*|satisf\w*|"
    r"beat\w*|cross\w*|compl\w+ with|at least|more than)\b"
)
MISSES: Final = re.compile(
    r"\b(?:below|fail\w*|miss\w*|short of|under|less than|(?:do|does|did|has|have|had)(?: not|n't)|"
    r"not (?:yet )?(?:met|meet\w*|reach\w*|hit)|yet to|undershoot\w*|lag\w*)\b"
)
_FAR: Final = 50.0
"""Times by which an amount may be wrong and still be meant: beyond, it is most likely a part, or per something."""
_SIGNS: Final = {"=": "", ">": "more than ", ">=": "at least ", "<": "less than ", "<=": "at most ", "~": "about "}


def level(question: Question, quantity: Quantity) -> Verdict:
    """Return the verdict on a level, by every indicator that the words fit."""
    claimed = _claimed(question, quantity)
    hypotheses = list(_hypotheses(question, quantity.unit))
    if question.wording.other_prices and any(one.prices for one in question.indicators):
        told = (
            f"{claimed.words}, `{question.wording.other_prices}`; the figures are at prices of their own: not converted"
        )
        return question.uncheckable("no indicator", told)
    if dimension(quantity.unit) == "money" and not any(_known_at_all(one) for one in hypotheses):
        units = _currencies(question)
        if quantity.unit in units:
            return question.uncheckable("no observation", f"{claimed.words}; no figure of that period is known")
        told = f"{claimed.words}; the figures are in {' and '.join(units)}: not converted"
        return question.uncheckable("no indicator", told)
    verdict = judge(claimed, hypotheses, question.day)
    if verdict.verdict == "refuted" and not question.stated and periods.is_stale(verdict.period or "", question.day):
        told = f"{verdict.arithmetic}; too old to tell of {question.day.year}"
        return question.uncheckable("no observation", told, verdict.indicator)
    if verdict.verdict == "refuted" and _is_another_thing(quantity, verdict):
        return question.uncheckable("no indicator", f"{verdict.arithmetic}; something else must be meant")
    if verdict.verdict == "uncheckable":
        return question.uncheckable("no observation", verdict.arithmetic)
    return verdict


def _is_another_thing(quantity: Quantity, verdict: Verdict) -> bool:
    """Return whether an amount or count is so far from the figure that it can hardly be meant to be it."""
    found, said = verdict.observations[-1].value, quantity.value
    if not said or not found or quantity.unit == "percent" or len(verdict.observations) > 1:
        return False
    said *= TONNES.get(quantity.unit, 1.0)
    return not 1 / _FAR < abs(said / found) < _FAR


def words_of(quantity: Quantity) -> str:
    """Return a quantity in words: `about 2.1%`."""
    if quantity.value is None:
        return f"{shown(quantity.low or 0.0, quantity.unit)} to {shown(quantity.high or 0.0, quantity.unit)}"
    return _SIGNS[quantity.comparator] + shown(quantity.value, quantity.unit)


def _claimed(question: Question, quantity: Quantity) -> Claimed:
    """Return what the quantity's words allow: a target is met from it upwards, a denial is true of everything else."""
    wording, words, number = question.wording, words_of(quantity), quantity.value
    limits: Bounds | None = None
    if number is not None and quantity.unit == "percent" and (wording.is_target or wording.claim.negated):
        missed = wording.claim.negated or wording.has(MISSES)
        if missed or wording.has(MEETS):
            limits = (below if missed else at_least)(number)
            words = f"{'less than' if missed else 'at least'} {shown(number, 'percent')}"
    return Claimed(f"claimed {words}", limits or bounds(quantity, wording), quantity.unit)


def _hypotheses(question: Question, unit: str) -> Iterator[Hypothesis]:
    for indicator in question.indicators:
        known = periods_known(question.figures, indicator.id, question.entity, question.day)
        first, second = (
            ((), ()) if question.stated and not question.or_present else periods.present(known, question.day)
        )
        for period in dict.fromkeys((*question.stated, *first, *second)):
            yield Hypothesis(
                partial(_value, question, indicator, period, unit),
                partial(edition_days, question.figures, indicator.id, question.entity, (period,)),
                period in second and period not in question.stated,
                f"right for {period}, not for {first[0]}, the latest known" if first else "",
            )


def _value(question: Question, indicator: Indicator, period: str, unit: str, day: dt.date) -> Official | None:
    per_head = question.wording.per_head and indicator.kind in {"amount", "count"}
    found = value(question.figures, indicator, question.entity, period, day, per_head=per_head)
    return in_unit(found, unit) if found is not None else None


def _known_at_all(hypothesis: Hypothesis) -> bool:
    return hypothesis.measured(LATEST) is not None


def _currencies(question: Question) -> tuple[str, ...]:
    """Return the currencies in which there are figures."""
    rows = (
        row
        for indicator in question.indicators
        for row in question.figures.series(indicator.id, question.entity).observations[-1:]
    )
    return tuple(dict.fromkeys(row.unit for row in rows))
