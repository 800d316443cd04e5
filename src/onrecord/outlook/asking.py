"""Outlooks of commitments given by hand: of a country or group, and of a group member by member."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence

import numpy as np

from onrecord.errors import UsageError
from onrecord.figures import Figures
from onrecord.figures.values import Indicator
from onrecord.outlook.rating import Undertaking, draws, rate
from onrecord.outlook.targets import TargetRefused, check_unit, in_words, read_target
from onrecord.outlook.values import Bill, GroupOutlook, Members, Outlook, Target


def outlook(
    figures: Figures,
    indicator: str,
    entity: str,
    target: str | Target,
    *,
    by: dt.date | None = None,
    made: dt.date | None = None,
    as_of: dt.date | None = None,
) -> Outlook:
    """Return where a target of one country or group stands.

    Args:
        figures: The figures.
        indicator: Identifier of what is measured.
        entity: Code or name of a country or group.
        target: As `read_target` reads it, or read.
        by: Deadline; its year counts. None: open.
        made: Day on which it was said; the value then known is its baseline.
        as_of: Day whose knowledge counts; None: all that is known.

    Raises:
        UnknownIndicator, UnknownEntity: Nothing known is called so; the nearest names are told.
        TargetRefused: The target is in another unit than the series.
    """
    asked = undertaking(figures, indicator, target, by=by, made=made, as_of=as_of)
    return rate(asked, figures.entity(entity))


def group_outlook(
    figures: Figures,
    indicator: str,
    group: str,
    target: str | Target,
    *,
    by: dt.date | None = None,
    made: dt.date | None = None,
    as_of: dt.date | None = None,
) -> GroupOutlook:
    """Return where a group stands as a whole and each of its members, nearest to the target first.

    Its members are those of `as_of`, today's without it. Arguments and errors are those of `outlook`; a country, or a
    group whose members are not recorded, is a UsageError.
    """
    asked = undertaking(figures, indicator, target, by=by, made=made, as_of=as_of)
    whole = figures.entity(group)
    codes = figures.members(whole.code, as_of or dt.date.max) if whole.group else ()
    if not codes:
        raise UsageError(f"{whole.name} is no group whose members are recorded")
    members = tuple(sorted((rate(asked, figures.entity(code)) for code in codes), key=_by_distance))
    # the EU sits in the G7 beside some of its own members: what is theirs would count twice
    countries = [one for one in members if not one.entity.group]
    return GroupOutlook(
        whole=rate(asked, whole),
        members=members,
        bill=_total(countries),
        without_bill=tuple(one.entity.code for one in countries if one.bill is None and _is_short(one)),
        meeting=_meeting(asked, countries),
    )


def undertaking(
    figures: Figures,
    indicator: str,
    target: str | Target,
    *,
    by: dt.date | None = None,
    made: dt.date | None = None,
    as_of: dt.date | None = None,
) -> Undertaking:
    """Return what is asked, checked; arguments and errors as of `outlook`."""
    known: Indicator = figures.indicator(indicator)
    if made and as_of and as_of < made:
        raise UsageError(f"as of {as_of} it had not been made: that was on {made}")
    if isinstance(target, str):
        target = read_target(target, known)
    refused = check_unit(target, known)
    if refused:
        raise TargetRefused(refused)
    return Undertaking(figures=figures, indicator=known, target=target, deadline=by, made=made, as_of=as_of)


def _is_short(one: Outlook) -> bool:
    return one.distance is None or one.distance > 0


def _by_distance(one: Outlook) -> tuple[float, str]:
    """Return what members are sorted by: where targets differ, as a share of these; without a value last."""
    if one.distance is None or one.level is None:
        return math.inf, one.entity.code
    own = one.target.kind in ("change", "multiple")
    return one.distance / (abs(one.level.value) or 1.0 if own else 1.0), one.entity.code


def _total(members: Sequence[Outlook]) -> Bill | None:
    bills = [one.bill for one in members if one.bill]
    if not bills or len({one.currency for one in bills}) > 1:
        return None
    currency, whole = bills[0].currency, math.fsum(one.amount for one in bills)
    told = f"sum of {len(bills)} members short of the target = {currency} {in_words(whole)} a year"
    return Bill(amount=whole, currency=currency, arithmetic=told)


def _meeting(asked: Undertaking, members: Sequence[Outlook]) -> Members | None:
    projected = [one for one in members if one.projection]
    if not projected:
        return None
    counts = draws(asked, projected).sum(axis=0)
    low, high = np.quantile(counts, [0.1, 0.9], method="nearest")
    return Members(projected=len(projected), mean=float(counts.mean()), low=int(low), high=int(high))


def outlook_by_hand(
    figures: Figures,
    indicator: str,
    entity: str,
    target: str,
    *,
    against: str | None = None,
    at_most: bool = False,
    by: dt.date | None = None,
    made: dt.date | None = None,
    as_of: dt.date | None = None,
) -> Outlook | GroupOutlook:
    """Return the outlook of a country or, where its members are recorded, of a group with them.

    Args:
        figures: The figures.
        indicator: Identifier of what is measured.
        entity: Code or name of a country or group.
        target: As `read_target` reads it, with `against` and `at_most`.
        against: As for `read_target`.
        at_most: As for `read_target`.
        by: As for `outlook`.
        made: As for `outlook`.
        as_of: As for `outlook`.

    Raises:
        UsageError: Indicator, entity or target are not known, or do not go together.
    """
    whose = figures.entity(entity)
    meant = read_target(target, figures.indicator(indicator), against=against, at_most=at_most)
    whole = whose.group and bool(figures.members(whose.code, as_of or dt.date.max))
    return (group_outlook if whole else outlook)(figures, indicator, whose.code, meant, by=by, made=made, as_of=as_of)
