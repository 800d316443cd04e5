"""A claim against the figures."""

from __future__ import annotations

import datetime as dt
from typing import Final

from msgspec.structs import replace

from onrecord.figures import Figures
from onrecord.figures import entities as groups
from onrecord.language.gazetteer import country_of
from onrecord.model import Claim, Quantity, Verdict
from onrecord.verdicts import counts, periods, ranks
from onrecord.verdicts.changes import change
from onrecord.verdicts.judging import LATEST, uncheckable
from onrecord.verdicts.levels import level, words_of
from onrecord.verdicts.lexicon import fitting
from onrecord.verdicts.question import Question, has_figures
from onrecord.verdicts.whom import Country, whom
from onrecord.verdicts.wording import Wording

_DURATIONS: Final = frozenset(
    {"year", "day", "month", "week", "hour", "minute", "second", "decade", "century", "quarter"}
)
_MOVES: Final = frozenset({"percent", "percentage_point", "times"})
_OF_PLACES: Final = ("population", "gdp_", "co2_", "ghg_", "electricity_")
"""Beginnings of identifiers of what a place has rather than a government does: its capital has its own."""


def check(
    claim: Claim, figures: Figures, *, day: dt.date | None, country: Country = country_of, about: str = ""
) -> Verdict:
    """Hold a claim against official figures as they were known on a day.

    Args:
        claim: A figure; of other claims the value from which they start (`from 2.3%`) is checked.
        figures: The figures.
        day: The story's day, by which figures count as known; None where it shows none: then all editions are, and
            only claims that name their own period can be checked.
        country: Gives the ISO 3166-1 alpha-2 code that a name of the story stands for: `Names.country`.
        about: Words that tell what the story is about (headline, other claims' measures), for `its outlay`.

    Returns:
        The verdict. It is `refuted` only by a figure that was known on the day.
    """
    quantity = claim.quantity
    if claim.kind != "figure":
        if quantity is None:
            return uncheckable("not a statistic", f"a {claim.kind} without a number")
        if quantity.from_ is None:
            return uncheckable("in the future", f"a {claim.kind}: nothing that was measured")
        return check(_as_figure(claim, quantity.from_), figures, day=day, country=country, about=about)
    wording = Wording(claim, quantity, about)
    if quantity is None:
        return _check_rank(wording, figures, day, country)
    if quantity.vague is not None:
        return uncheckable("vague quantity", f"`{quantity.vague}` is no number")
    if periods.is_future(claim.when, day):
        return uncheckable("in the future", f"claimed {words_of(quantity)}, for a time after {day}")
    if quantity.unit in _DURATIONS:
        return uncheckable("not a statistic", f"claimed {words_of(quantity)}: a duration")
    if wording.is_reached and quantity.change != "level" and quantity.unit not in _MOVES:
        quantity = replace(quantity, change="level")
    return _check_members(wording, quantity, figures, day, country) or _check_value(
        wording, quantity, figures, day, country
    )


def _as_figure(claim: Claim, start: float) -> Claim:
    """Return the value from which a commitment, demand, proposal or forecast starts as a figure of the claim's day."""
    assert claim.quantity is not None  # noqa: S101  # its `from_` is given
    now = Quantity(value=start, unit=claim.quantity.unit, of=claim.quantity.of, per=claim.quantity.per)
    spans = replace(claim.spans, quantity=None)
    return replace(claim, kind="figure", quantity=now, when=None, negated=False, spans=spans)


def _check_value(
    wording: Wording, quantity: Quantity, figures: Figures, day: dt.date | None, country: Country
) -> Verdict:
    words = f"claimed {words_of(quantity)}"
    indicators = fitting(wording, quantity, figures)
    entity = whom(wording, country, cities=not any(one.id.startswith(_OF_PLACES) for one in indicators))
    if not indicators:
        return uncheckable(
            "no indicator", f"{words}; no indicator is meant by these words and this unit", entity=entity
        )
    first = indicators[0].id
    if entity is None:
        return uncheckable("no entity", f"{words}; whose is not clear", indicator=first)
    moved = quantity.change != "level" or quantity.unit in {"times", "percentage_point"}
    if entity is not None and counts.is_group(entity) and counts.is_threshold(wording, quantity):
        return uncheckable("no entity", f"{words}; that is what some members reach, not {entity}", indicator=first)
    stated = () if moved and periods.years_long(wording.claim.when) else periods.stated(wording, day)
    if isinstance(stated, str):
        return uncheckable(stated, f"{words}; when is not clear", indicator=first, entity=entity)
    if day is None and not stated:
        return uncheckable("no period", f"{words}; neither story nor claim has a date", indicator=first, entity=entity)
    entity = groups.entities()[entity].series or entity
    known = tuple(one for one in indicators if has_figures(figures, one, entity))
    question = Question(
        figures=figures,
        wording=wording,
        indicators=known or indicators,
        entity=entity,
        day=day or LATEST,
        stated=stated,
        or_present=bool(stated) and wording.claim.when is None and day is not None,
    )
    if not known:
        return question.uncheckable("no observation", f"{words}; there are no figures for {entity}")
    return change(question, quantity) if moved else level(question, quantity)


def _check_members(
    wording: Wording, quantity: Quantity, figures: Figures, day: dt.date | None, country: Country
) -> Verdict | None:
    """Return the verdict on a count of members; None where the claim is none."""
    if quantity.unit != "count" or quantity.value is None or quantity.value > 250:
        return None
    sized, asked = counts.is_size(wording, quantity), counts.meeting(wording, quantity, figures)
    if not sized and asked is None:
        return None
    stated = periods.stated(wording, day)
    if isinstance(stated, str) or (day is None and not stated):
        return uncheckable("no period", f"claimed {words_of(quantity)} members; when is not clear")
    if asked is None:
        group = counts.group_of(wording) or whom(wording, country)
        if group is None or not counts.is_group(group):
            return uncheckable("no entity", f"claimed {words_of(quantity)} members; of what group is not clear")
        return counts.size(wording, quantity, figures, group, day or LATEST, stated)
    question = Question(
        figures=figures,
        wording=wording,
        indicators=(asked.indicator,),
        entity=asked.group,
        day=day or LATEST,
        stated=stated,
        or_present=bool(stated) and wording.claim.when is None and day is not None,
    )
    return counts.count(asked, question, quantity)


def _check_rank(wording: Wording, figures: Figures, day: dt.date | None, country: Country) -> Verdict:
    asked = ranks.rank_of(wording, figures)
    if asked is None:
        return uncheckable("not a statistic", "no number and no rank")
    entity = whom(wording, country)
    if entity is None:
        return uncheckable("no entity", f"claimed to be the {asked.words}; who is not clear")
    stated = periods.stated(wording, day)
    if isinstance(stated, str) or (day is None and not stated):
        return uncheckable("no period", f"claimed to be the {asked.words}; when is not clear", entity=entity)
    return ranks.rank(asked, figures, entity, day or LATEST, stated)
