"""Outlooks of claims that were read: their target, indicator, entity and deadline.

Which indicator and whom a claim is about is told by the same functions as for verdicts.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Final

from onrecord.figures import Figures, Indicator
from onrecord.language.gazetteer import country_of
from onrecord.model import Claim, Quantity, When
from onrecord.outlook.rating import Undertaking, rate
from onrecord.outlook.targets import check_unit, in_words
from onrecord.outlook.values import Outlook, Target, TargetKind, Unrated
from onrecord.verdicts.lexicon import fitting
from onrecord.verdicts.question import has_figures
from onrecord.verdicts.whom import Country, whom
from onrecord.verdicts.wording import Wording

KINDS: Final = frozenset({"commitment", "demand", "proposal"})
"""Kinds of claims that are to be kept or met by somebody."""
_ON_TOP: Final = "another|extra|additional|further|plus"
_PRESENT: Final = "at present|currently|now|today|already|from"
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")


def follow(
    claim: Claim,
    figures: Figures,
    *,
    day: dt.date | None,
    country: Country = country_of,
    about: str = "",
    as_of: dt.date | None = None,
) -> Outlook | Unrated:
    """Return where a commitment, demand or proposal stands.

    Args:
        claim: The claim.
        figures: The figures.
        day: The story's day, on which it was made; None where it shows none.
        country: Gives the ISO 3166-1 alpha-2 code that a name of the story stands for: `Names.country`.
        about: Words that tell what the story is about.
        as_of: Day whose knowledge counts; None: all that is known.
    """
    quantity = claim.quantity
    if claim.kind not in KINDS or claim.negated:
        return Unrated("nothing that is to be kept or met")
    number = _number(quantity)
    if quantity is None or number is None:
        return Unrated("no number")
    wording = Wording(claim, quantity, about)
    fits = _meant(fitting(wording, quantity, figures), quantity)
    if not fits:
        return Unrated("no indicator is meant by these words and this unit")
    entity = whom(wording, country)
    if entity is None:
        return Unrated("whose it is is not clear")
    indicator = next((one for one in fits if _holds(one, entity, quantity, number, figures)), fits[0])
    target = target_of(quantity, number, indicator)
    refused = check_unit(target, indicator) or _doubt(wording, target, indicator, quantity)
    if refused:
        return Unrated(refused)
    asked = Undertaking(
        figures=figures, indicator=indicator, target=target, deadline=_deadline(claim.when), made=day, as_of=as_of
    )
    return rate(asked, figures.entity(entity))


def _holds(indicator: Indicator, entity: str, quantity: Quantity, number: float, figures: Figures) -> bool:
    """Return whether there are figures of `indicator` for `entity` in the target's unit."""
    return has_figures(figures, indicator, entity) and not check_unit(target_of(quantity, number, indicator), indicator)


def _doubt(wording: Wording, target: Target, indicator: Indicator, quantity: Quantity) -> str | None:
    """Return why a target may mean something else than the series' value at the deadline; None where it hardly can."""
    moved = target.kind in ("change", "multiple")
    if indicator.prices and (wording.other_prices or (moved and indicator.id.startswith("gdp_"))):
        return "growth at other prices than the figures': not converted"
    if moved and quantity.per:
        return f"so much each {quantity.per}: no level to be reached"
    if moved and indicator.unit == "t" and target.unit == "percent" and not target.against:
        return "a cut of emissions whose base year is not said"
    if _stands_before(_ON_TOP, wording):
        return "comes on top of something else"
    if _stands_before(_PRESENT, wording):
        return "the state of today, not what is to be reached"
    if target.unit not in ("percent", "percentage_point", "times") and (moved or not wording.is_reached):
        return "an amount that may be a part of the whole"
    return None


def _stands_before(words: str, wording: Wording) -> bool:
    """Return whether one of `words` stands right before the claim's number."""
    return bool(wording.number) and wording.has(re.compile(rf"\b(?:{words})\W+{re.escape(wording.number)}"))


def target_of(quantity: Quantity, number: float, indicator: Indicator) -> Target:
    """Return a quantity as a target of `indicator`; `number` is its value, or the end of its range that is nearer."""
    moved = quantity.change != "level" or quantity.unit == "percentage_point"
    kind: TargetKind = "multiple" if quantity.unit == "times" else "change" if moved else _kind(indicator)
    sign = -1 if quantity.change == "decrease" and kind == "change" else 1
    year = _YEAR.search(quantity.of or "") if kind in ("change", "multiple") else None
    against = year.group() if year else None
    # `raise by 0.5% of GDP` is half a point of it, `raise by 5%` a twentieth of what there is
    points = (
        kind == "change" and quantity.unit == "percent" and quantity.of and not year and indicator.unit == "percent"
    )
    unit = "percentage_point" if points else quantity.unit
    value = 1 / number if kind == "multiple" and quantity.change == "decrease" and number else number * sign
    return Target(
        text=_words(value, unit, kind) + (f" against {against}" if against else ""),
        kind=kind,
        value=value,
        unit=unit,
        per=quantity.per if quantity.per == indicator.per else None,
        against=against,
        at_least=not _at_most(quantity, number, indicator),
    )


def _at_most(quantity: Quantity, number: float, indicator: Indicator) -> bool:
    """Return whether values below the target meet it: after a decrease, under a ceiling, for a level of emissions."""
    falls = quantity.from_ is not None and quantity.from_ > number
    level_of_emissions = indicator.unit == "t" and quantity.change == "level" and quantity.unit != "times"
    return quantity.change == "decrease" or quantity.comparator in ("<=", "<") or falls or level_of_emissions


def _meant(indicators: Sequence[Indicator], quantity: Quantity) -> tuple[Indicator, ...]:
    """Return the indicators whose move is meant: shares for points, rather amounts for a change in per cent."""
    if quantity.unit == "percentage_point" or (quantity.of and not _YEAR.search(quantity.of)):
        return tuple(one for one in indicators if one.unit == "percent")
    if quantity.change == "level" or quantity.unit not in ("percent", "times"):
        return tuple(indicators)
    return tuple(one for one in indicators if one.kind != "share") or tuple(indicators)


def _number(quantity: Quantity | None) -> float | None:
    """Return the value of a quantity, of a range the end that is reached first; None where there is none."""
    if quantity is None:
        return None
    if quantity.value is not None:
        return quantity.value
    ends = (quantity.high, quantity.low) if quantity.change == "decrease" else (quantity.low, quantity.high)
    return next((end for end in ends if end is not None), None)


def _deadline(when: When | None) -> dt.date | None:
    return when.end if when and when.relation in ("by", "in") else None


def _kind(indicator: Indicator) -> TargetKind:
    return indicator.kind if indicator.kind in ("share", "count") else "level"


def _words(value: float, unit: str, kind: TargetKind) -> str:
    if kind == "multiple":
        return f"x{value:g}"
    sign = "+" if kind == "change" and value > 0 else ""
    told = {"percent": "%", "percentage_point": " points", "count": ""}.get(unit, f" {unit}")
    return f"{sign}{in_words(value, digits=6)}{told}"
