"""How many members of a group meet a threshold: `22 of the 32 members meet the 2% target`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final

from msgspec import Struct

from onrecord.figures import Figures, Indicator
from onrecord.figures import periods as calendar
from onrecord.figures.values import MemberCount
from onrecord.model import Quantity, Verdict
from onrecord.verdicts import periods
from onrecord.verdicts.bounds import exactly
from onrecord.verdicts.judging import LATEST, Claimed, Hypothesis, judge, refuted
from onrecord.verdicts.levels import MEETS, MISSES, words_of
from onrecord.verdicts.lexicon import topics
from onrecord.verdicts.memberships import MEMBERS, counted, group_of, is_total, size_on
from onrecord.verdicts.officials import Official, edition_days, members_table, name, official, periods_known
from onrecord.verdicts.question import Question
from onrecord.verdicts.vocabulary import TARGET
from onrecord.verdicts.wording import Wording

_SOME_MEMBERS: Final = re.compile(
    r"\b(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|twenty|thirty|most|some|several|half|many|all|dozens|few|only|every|each|none|no)(?:-\w+)? "
    r"(?:of )?(?:[\w.'-]+ ){0,3}(?:members?|member states|allies|ally|countries|nations|states)\b"
)
_GIVES: Final = re.compile(r"\bspen[dt]\w*\b|\bgives?\b|\bgave\b")
_PERCENT: Final = re.compile(
    r"(\d+(?:\.\d+)?)\s?(?:%|percent\b|per cent\b|pc\b)|\b(two|three|five) ?(?:percent|per cent)\b"
)
_WORDS: Final = {"two": 2.0, "three": 3.0, "five": 5.0}
_ENOUGH: Final = 0.95
"""Share of the members that need a figure for a count: Iceland, without armed forces, has none in NATO's tables."""


class Meeting(Struct, frozen=True):
    """Members of a group that reach `threshold` percent of an indicator, or do not."""

    group: str
    indicator: Indicator
    threshold: float
    missed: bool

    @property
    def told(self) -> str:
        """The threshold in words."""
        return f"{'below' if self.missed else 'at or above'} {self.threshold:g}%"


def is_threshold(wording: Wording, quantity: Quantity) -> bool:
    """Return whether a percentage is what some members of a group reach, and no figure of the group."""
    return quantity.unit == "percent" and wording.has(_SOME_MEMBERS)


def meeting(wording: Wording, quantity: Quantity, figures: Figures) -> Meeting | None:
    """Return what members are said to meet; None where the claim is no count of such members."""
    if (
        quantity.unit != "count"
        or is_total(wording, quantity)
        or not MEMBERS.search(f"{wording.measure} {wording.text}")
    ):
        return None
    if not any(map(wording.has, (MEETS, MISSES, _GIVES))):
        return None
    group, threshold = group_of(wording), _threshold(wording)
    found = [one for one in topics(wording.text, figures) if one.kind == "share"]
    target = next(iter(_published(figures, group)), None)
    if not found and target is not None and figures.has(target.indicator):
        found = [figures.indicator(target.indicator)]
    if threshold is None and target is not None and wording.has(TARGET):
        threshold = target.at_least
    if group is None or threshold is None or not found:
        return None
    missed = wording.claim.negated or wording.has(MISSES)
    return Meeting(group, found[0], threshold, missed)


def count(asked: Meeting, question: Question, quantity: Quantity) -> Verdict:
    """Return the verdict on how many members meet a threshold: as stated by the publisher, or counted in its table."""
    claimed = Claimed(
        f"claimed {words_of(quantity)} members {asked.told}", counted(question.wording, quantity), "count"
    )
    hypotheses = list(_stated(question, asked))
    if not any(one.measured(question.day) for one in hypotheses):
        hypotheses += _counted(question, asked)
    verdict = judge(claimed, _newest_only(hypotheses, question.day), question.day)
    if verdict.verdict == "uncheckable":
        return question.uncheckable("no observation", verdict.arithmetic)
    return _with_total(question, asked, quantity, verdict)


def _threshold(wording: Wording) -> float | None:
    found = _PERCENT.search(wording.text)
    if found is None:
        return None
    return float(found.group(1)) if found.group(1) else _WORDS[found.group(2)]


def _published(figures: Figures, group: str | None) -> dict[MemberCount, Indicator]:
    """Return the published counts of a group's members that meet a target, each with what counts them."""
    return {one.counts: one for one in figures.indicators if one.counts is not None and one.counts.group == group}


def _stated(question: Question, asked: Meeting) -> Iterator[Hypothesis]:
    for counted_by, indicator in _published(question.figures, asked.group).items():
        if counted_by.at_least == asked.threshold and not asked.missed:
            look_up = partial(_looked_up, question.figures, indicator.id, counted_by)
            yield from _by_period(question, indicator.id, asked.group, look_up)


def _counted(question: Question, asked: Meeting) -> Iterator[Hypothesis]:
    yield from _by_period(
        question, asked.indicator.id, _sample(question, asked), partial(_tally, question.figures, asked)
    )


def _sample(question: Question, asked: Meeting) -> str:
    """Return the group, or where it has no figures of its own the member with the most, by whose periods is counted."""
    if periods_known(question.figures, asked.indicator.id, asked.group, LATEST):
        return asked.group
    members = question.figures.members(asked.group, question.day)
    return max(
        members,
        key=lambda code: len(periods_known(question.figures, asked.indicator.id, code, LATEST)),
        default=asked.group,
    )


def _by_period(
    question: Question, indicator: str, entity: str, measured: Callable[[str, dt.date], Official | None]
) -> Iterator[Hypothesis]:
    known = periods_known(question.figures, indicator, entity, question.day)
    own = bool(question.stated) and not question.or_present
    first, second = ((), ()) if own else periods.present(known, question.day)
    for period in dict.fromkeys((*question.stated, *first, *second)):
        days = partial(edition_days, question.figures, indicator, entity, (period,))
        late = period in second and period not in question.stated
        yield Hypothesis(partial(measured, period), days, late)


def _looked_up(figures: Figures, indicator: str, counted_by: MemberCount, period: str, day: dt.date) -> Official | None:
    row = figures.lookup(indicator, counted_by.group, period, as_of=day)
    if row is None:
        return None
    told = f"{name(counted_by.group)} {period}: {row.value:g} members {counted_by.told} (edition of {row.edition})"
    return official((row,), row.value, told)


def _tally(figures: Figures, asked: Meeting, period: str, day: dt.date) -> Official | None:
    """Return how many members in `period` reach the threshold; None unless nearly all have a figure."""
    table = members_table(figures, asked.indicator.id, asked.group, period, day)
    rows = table.rows
    if not rows or len(rows) < _ENOUGH * table.members:
        return None
    # two decimals, as NATO counts: 1.995 meets 2
    reach = [row for row in rows if (round(row.value, 2) >= asked.threshold) != asked.missed]
    newest = max(row.edition for row in rows)
    told = f"{len(reach)} of {len(rows)} members with a figure are {asked.told} (editions up to {newest})"
    return Official(
        value=float(len(reach)),
        unit="count",
        told=f"{name(asked.group)} {period}: {told}",
        indicator=asked.indicator.id,
        entity=asked.group,
        period=period,
        rows=rows,
    )


def _newest_only(hypotheses: Sequence[Hypothesis], day: dt.date) -> list[Hypothesis]:
    """Return the hypotheses; of those on one period, others than the newest edition's are right only imprecisely."""
    known = [(one, found) for one in hypotheses if not one.second and (found := one.measured(day))]
    newest: dict[str, dt.date] = {}
    for _, found in known:
        newest[found.period] = max(found.edition, newest.get(found.period, found.edition))
    older = [one for one, found in known if found.edition < newest[found.period]]
    note = "right in this older edition only"
    return [Hypothesis(one.measured, one.days, True, note) if one in older else one for one in hypotheses]


def _with_total(question: Question, asked: Meeting, quantity: Quantity, verdict: Verdict) -> Verdict:
    """Return the verdict, or that the total is wrong where the claim names one (`of the 32 members`)."""
    if quantity.out_of is None or verdict.verdict == "refuted":
        return verdict
    end = calendar.days(verdict.period)[1] if verdict.period else question.day
    sizes = [
        found
        for day in (question.day, min(end, question.day))
        if (found := size_on(question.figures, asked.group, day))
    ]
    if not sizes or any(found.value == quantity.out_of for found in sizes):
        return verdict
    return refuted(Claimed(f"claimed {quantity.out_of:g} members in all", exactly(quantity.out_of), "count"), sizes[0])
