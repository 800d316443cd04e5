"""A change: `rose 11% in 2024`, `fell by 0.2 percentage points`, `doubled since 2014`, `37% below 1990`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from msgspec.structs import replace

from onrecord.figures import Indicator
from onrecord.model import Quantity, Verdict
from onrecord.verdicts import periods
from onrecord.verdicts.bounds import Bounds, bounds
from onrecord.verdicts.judging import Claimed, Hypothesis, judge
from onrecord.verdicts.levels import words_of
from onrecord.verdicts.lexicon import base_of
from onrecord.verdicts.officials import Official, edition_days, official, periods_known, shown, value
from onrecord.verdicts.question import Question

_NOMINAL: Final = re.compile(r"\bnominal\w*|\bcash terms\b|\bcurrent prices\b|\bin (?:us )?dollars?\b|\bdollar terms\b")
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_INFLATION: Final = 8.0
"""Percentage points a year by which growth at other prices may well lie below growth at current prices."""
_OTHER_INVENTORY: Final = 12.0
"""Percentage points by which greenhouse gas inventories of other making may differ."""


def change(question: Question, quantity: Quantity) -> Verdict:
    """Return the verdict on a change between two periods."""
    if quantity.unit == "percent" and base_of(question.wording, quantity) == question.indicators[0].of and quantity.of:
        quantity = replace(quantity, unit="percentage_point")  # `an extra 0.5% of GDP`
    indicators = _meant(question, quantity)
    claimed = Claimed(f"claimed {_direction(quantity)}{words_of(quantity)}", _signed(question, quantity), quantity.unit)
    if question.wording.other_prices and any(one.prices for one in indicators):
        return question.uncheckable(
            "no indicator", f"{claimed.words}, at other prices than the figures': not converted"
        )
    if all(one.id.startswith("gdp_") for one in indicators) and not question.wording.has(_NOMINAL):
        told = f"{claimed.words}; growth is told at constant prices, the figures are at current prices: not converted"
        return question.uncheckable("no indicator", told)
    untimed = question.wording.claim.when is None and not question.stated
    if quantity.unit == "times" and untimed:
        return question.uncheckable("no period", f"{claimed.words}; from when to when is not said")
    pairs = [(one, pair) for one in indicators for pair in _pairs(question, quantity, one)]
    if not pairs:
        return question.uncheckable("no period", f"{claimed.words}; from when to when is not said")
    for indicator, (start, end) in pairs:
        broken = next((b for b in indicator.breaks if b.of == "period" and start < b.since <= end), None)
        if broken is not None:
            return question.uncheckable("no observation", f"{claimed.words}; {broken.note}", indicator.id)
    verdict = judge(claimed, list(_hypotheses(question, quantity, pairs)), question.day)
    if verdict.verdict == "refuted":
        return _in_doubt(question, quantity, verdict) or verdict
    return question.uncheckable("no observation", verdict.arithmetic) if verdict.reason else verdict


def _meant(question: Question, quantity: Quantity) -> tuple[Indicator, ...]:
    """Return the indicators whose change is meant: of amounts rather than of shares, unless a share is named."""
    shares = tuple(one for one in question.indicators if one.kind == "share")
    amounts = tuple(one for one in question.indicators if one.kind != "share")
    if quantity.unit == "percentage_point":
        return shares
    says_share = re.search(
        r"\b(?:share|percentage|proportion) of\b|\bof (?:its |their )?(?:gdp|gni)\b", question.wording.text
    )
    return shares if says_share and shares else amounts or shares


def _direction(quantity: Quantity) -> str:
    return "" if quantity.unit == "times" else {"increase": "+", "decrease": "-", "level": ""}[quantity.change]


def _signed(question: Question, quantity: Quantity) -> Bounds:
    """Return what the words allow, negative for a decrease."""
    limits = bounds(quantity, question.wording, coarse=False)
    if quantity.unit == "times" and quantity.comparator in {"=", "~"}:
        number = quantity.value or 1.0
        return Bounds(0.9 * number, 1.1 * number, 0.85 * number, 1.15 * number)
    if quantity.change == "decrease":
        return Bounds(-limits.high, -limits.low, -limits.near_high, -limits.near_low)
    return limits


def _pairs(question: Question, quantity: Quantity, indicator: Indicator) -> Iterator[tuple[str, str]]:
    """Yield first and last period of the change, each as it may be meant."""
    known = periods_known(question.figures, indicator.id, question.entity, question.day)
    when = question.wording.claim.when
    latest, before = periods.present(known, question.day)
    own = () if question.stated and not question.or_present else (*latest, *before)
    ends = (*question.stated, *own)
    base = _YEAR.search(quantity.of or "") or _base(question.wording.text)
    if base:
        yield from ((base.group()[-4:], end) for end in ends if end > base.group()[-4:])
    elif when is not None and when.relation == "since" and when.start is not None:
        yield from ((str(when.start.year), end) for end in ends)
        yield from ((str(when.start.year - 1), end) for end in ends)
    elif when is not None and when.start and when.end and periods.years_long(when):
        last = min(str(when.end.year), latest[0] if latest else "9999")
        yield str(when.start.year), last
    else:
        yield from ((str(int(end[:4]) - 1) + end[4:], end) for end in ends)


def _base(text: str) -> re.Match[str] | None:
    return re.search(
        r"\b(?:from|than in|compared (?:with|to)|relative to|against|below|above|on|since|over) (?:its |their |the )?"
        r"(?:level (?:in|of) )?(?:19|20)\d\d\b",
        text,
    )


def _hypotheses(
    question: Question, quantity: Quantity, pairs: list[tuple[Indicator, tuple[str, str]]]
) -> Iterator[Hypothesis]:
    first = pairs[0][1]
    for indicator, pair in pairs:
        days = partial(edition_days, question.figures, indicator.id, question.entity, pair)
        second = not question.stated and pair[1] != first[1]
        yield Hypothesis(partial(_value, question, indicator, pair, quantity.unit), days, second)
        if quantity.unit == "percent" and indicator.unit == "percent":
            note = "right in percentage points, not in percent"
            yield Hypothesis(partial(_value, question, indicator, pair, "percentage_point"), days, True, note)


def _value(question: Question, indicator: Indicator, pair: tuple[str, str], unit: str, day: dt.date) -> Official | None:
    per_head = question.wording.per_head and indicator.kind in {"amount", "count"}
    first, last = (
        value(question.figures, indicator, question.entity, period, day, per_head=per_head) for period in pair
    )
    if first is None or last is None or not first.value:
        return None
    if unit in {"percent", "times"}:
        number = last.value / first.value if unit == "times" else 100 * (last.value / first.value - 1)
    elif unit == last.unit or (unit == "percentage_point" and last.unit == "percent"):
        number = last.value - first.value
    else:
        return None
    told = f"{first.told} to {last.told}: {'' if unit == 'times' or number < 0 else '+'}{shown(number, unit)}"
    return official((*first.rows, *last.rows), number, told, unit)


def _in_doubt(question: Question, quantity: Quantity, verdict: Verdict) -> Verdict | None:
    """Return `uncheckable` where other prices or another inventory may explain the distance."""
    rows, number = verdict.observations, quantity.value or 0.0
    years = int(rows[-1].period[:4]) - int(rows[0].period[:4])
    found = 100 * (rows[-1].value / rows[0].value - 1)
    signed = -number if quantity.change == "decrease" else number
    priced = next((one for one in question.indicators if one.id == verdict.indicator), question.indicators[0]).prices
    if priced and quantity.unit == "percent" and 0 <= found - signed <= _INFLATION * max(years, 1):
        told = f"{verdict.arithmetic}; it may be told at constant prices, the figures are at current ones"
        return question.uncheckable("no indicator", told, verdict.indicator)
    gases = verdict.indicator in {"ghg_total", "co2_territorial"} and "co2" not in question.wording.text
    if gases and "carbon" not in question.wording.text and years > 1 and abs(found - signed) <= _OTHER_INVENTORY:
        told = f"{verdict.arithmetic}; the official inventories count otherwise"
        return question.uncheckable("no indicator", told, verdict.indicator)
    return None
