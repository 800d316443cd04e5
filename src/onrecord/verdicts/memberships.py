"""The members of a group: `NATO has 32 members`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import partial
from typing import Final

from onrecord.figures import Figures, Membership, entities
from onrecord.figures import periods as calendar
from onrecord.model import Observation, Quantity, Verdict
from onrecord.verdicts.bounds import Bounds, bounds, exactly
from onrecord.verdicts.judging import LATEST, Claimed, Hypothesis, judge, uncheckable
from onrecord.verdicts.levels import words_of
from onrecord.verdicts.officials import Official, name, official
from onrecord.verdicts.vocabulary import TARGET
from onrecord.verdicts.whom import groups_in
from onrecord.verdicts.wording import Wording

MOST: Final = 250
"""Members of the largest group that is counted: no more than there are countries."""
MEMBERS: Final = re.compile(r"\b(?:members?|member states|allies|countries|nations|states|donors)\b")
_SIZE: Final = re.compile(
    r"\b(?:has|have|had|counts?|counted|numbers?|numbered|grew to|with|comprises?|includes?|made up of|consists? of|"
    r"group of|alliance of|total of) (?:[a-z]+ ){0,2}(\d+)\b|\b(\d+)-(?:member|nation|country|strong)"
)
_TOTAL: Final = re.compile(r"\b(?:\d+|[a-z]+) of (?:(?:the|its|their|all|nato's|alliance's|bloc's|eu's) )*(\d+)\b")
_SPELT_SIZE: Final = re.compile(r"\b(?:has|have|had|counts?|numbers?) (?:[a-z]+-)?[a-z]+ (?:members?|member states)\b")


def is_total(wording: Wording, quantity: Quantity) -> bool:
    """Return whether a number is that of all members of whom some are told of: 32 in `22 of the 32`."""
    totals = _TOTAL.findall(wording.text)
    return any(float(number) == quantity.value and wording.text.count(number) == 1 for number in totals)


def is_size(wording: Wording, quantity: Quantity) -> bool:
    """Return whether a claim counts the members of a group and says nothing else of them."""
    if quantity.unit != "count" or quantity.out_of is not None or quantity.change != "level":
        return False
    named = f"{wording.measure} {wording.claim.actor or ''}".lower() if wording.measure else wording.text
    if not MEMBERS.search(named):
        return False
    if is_total(wording, quantity):
        return True
    written = {float(number) for pair in _SIZE.findall(wording.text) for number in pair if number}
    spelt = not wording.number and wording.has(_SPELT_SIZE)
    return (quantity.value in written or spelt) and not wording.has(TARGET)


def size(
    wording: Wording, quantity: Quantity, figures: Figures, group: str, day: dt.date, stated: Sequence[str]
) -> Verdict:
    """Return the verdict on how many members a group has, or had in a stated period."""
    claimed = Claimed(f"claimed {words_of(quantity)} members", counted(wording, quantity), "count")
    ends = [calendar.days(period) for period in stated] or [(day, day)]
    days = [min(end, day) for first, last in ends for end in (last, first)]
    hypotheses = [Hypothesis(partial(_measured, figures, group, at), tuple) for at in dict.fromkeys(days)]
    verdict = judge(claimed, hypotheses, day)
    dated = all(one.since for one in figures.memberships(group))
    if verdict.verdict == "supported" or (verdict.verdict != "uncheckable" and dated):
        return verdict
    told = f"{claimed.words}; the members of {name(group)} are not recorded, or not with their dates"
    return uncheckable("no observation", told, entity=group)


def counted(wording: Wording, quantity: Quantity) -> Bounds:
    """Return what a count of members allows: nobody rounds one, unless it says so."""
    if quantity.comparator == "=" and quantity.value is not None and not wording.nearly:
        return exactly(quantity.value)
    return bounds(quantity, wording)


def is_group(code: str) -> bool:
    """Return whether `code` is a group's."""
    return entities.entities()[code].group


def group_of(wording: Wording) -> str | None:
    """Return the group whose members a claim counts; None where it names none."""
    groups = [one for one in groups_in(f"{wording.evidence} {wording.claim.actor or ''}") if one != "WLD"]
    if not groups and re.search(r"\ballies\b|\balliance\b", wording.text):
        return "NATO"
    return groups[0] if groups else None


def size_on(figures: Figures, group: str, at: dt.date) -> Official | None:
    """Return how many members a group had on a day, as one row of the table of members; None where none are known."""
    listed = figures.memberships(group)
    # the EU sits at the G7's table and is not counted, at the G20's it is
    members = [one for one in listed if one.holds(at) and not (group == "G7" and one.entity == "EU")]
    if not members or at == LATEST:
        return None
    row = _row(group, members, listed, at)
    return official((row,), row.value, f"{name(group)} had {len(members)} members on {at}")


def _measured(figures: Figures, group: str, at: dt.date, day: dt.date) -> Official | None:
    del day  # accessions are known when they happen
    return size_on(figures, group, at)


def _row(group: str, members: Sequence[Membership], listed: Sequence[Membership], at: dt.date) -> Observation:
    changes = [day for one in listed for day in (one.since, one.until) if day is not None and day <= at]
    last = max((one for one in members if one.since), key=lambda one: one.since or dt.date.min, default=members[0])
    return Observation(
        indicator="members",
        entity=group,
        period=f"{at:%Y-%m}",
        value=float(len(members)),
        unit="count",
        edition=max(changes, default=at),
        edition_exact=bool(changes),
        source=last.source,
        address=last.address,
        attribution=last.source,
    )
