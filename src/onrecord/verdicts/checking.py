"""A claim against the figures."""

from __future__ import annotations

import datetime as dt
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from onrecord.figures import Figures
from onrecord.figures import entities as groups
from onrecord.language.gazetteer import country_of
from onrecord.model import Claim, Quantity, Reason, Verdict
from onrecord.units import DURATIONS
from onrecord.verdicts import counts, memberships, periods, ranks
from onrecord.verdicts.changes import change
from onrecord.verdicts.judging import LATEST, uncheckable
from onrecord.verdicts.levels import level, words_of
from onrecord.verdicts.lexicon import fitting
from onrecord.verdicts.question import Question, has_figures
from onrecord.verdicts.whom import Country, whom
from onrecord.verdicts.wording import Wording

_OF_PLACES: Final = ("population", "gdp_", "co2_", "ghg_", "electricity_")
"""Beginnings of identifiers of what a place has rather than a government does: its capital has its own."""


class _Known(Struct, frozen=True):
    """What a claim is held against, and how names are read."""

    figures: Figures
    day: dt.date | None
    country: Country


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
    known, quantity = _Known(figures, day, country), claim.quantity
    if claim.kind != "figure":
        if quantity is None:
            return uncheckable("not a statistic", f"a {claim.kind} without a number")
        if quantity.from_ is None:
            return uncheckable("in the future", f"a {claim.kind}: nothing that was measured")
        start = _start(quantity, quantity.from_)
        return _of_number(Wording(_as_figure(claim, start), start, about), start, known)
    wording = Wording(claim, quantity, about)
    if quantity is None:
        return _of_rank(wording, known)
    if quantity.vague is not None:
        return uncheckable("vague quantity", f"`{quantity.vague}` is no number")
    if periods.is_future(claim.when, day) or wording.is_ahead:
        return uncheckable("in the future", f"claimed {words_of(quantity)}, for a time to come")
    return _of_number(wording, quantity, known)


def judge(forecast: Claim, figures: Figures, *, country: Country = country_of, about: str = "") -> Verdict:
    """Hold a forecast against the figures of the time that it is for, as they are known today.

    Args:
        forecast: The forecast.
        figures: The figures.
        country: As for `check`.
        about: As for `check`.

    Returns:
        The verdict: whether it came true. It is uncheckable (`no observation`) until the figures are there.
    """
    if forecast.quantity is None:
        return uncheckable("not a statistic", "a forecast without a number")
    if forecast.quantity.vague is not None:
        return uncheckable("vague quantity", f"`{forecast.quantity.vague}` is no number")
    wording = Wording(replace(forecast, kind="figure"), forecast.quantity, about)
    return _of_number(wording, forecast.quantity, _Known(figures, None, country))


def _start(quantity: Quantity, start: float) -> Quantity:
    """Return the value from which a commitment, demand, proposal or forecast starts."""
    return Quantity(value=start, unit=quantity.unit, of=quantity.of, per=quantity.per)


def _as_figure(claim: Claim, start: Quantity) -> Claim:
    """Return the claim that `start` is so on the claim's own day."""
    spans = replace(claim.spans, quantity=None)
    return replace(claim, kind="figure", quantity=start, when=None, negated=False, spans=spans)


def _of_number(wording: Wording, quantity: Quantity, known: _Known) -> Verdict:
    if quantity.unit in DURATIONS:
        return uncheckable("not a statistic", f"claimed {words_of(quantity)}: a duration")
    if wording.is_reached and quantity.change != "level" and quantity.unit not in {"percentage_point", "times"}:
        quantity = replace(quantity, change="level")
    return _of_members(wording, quantity, known) or _of_value(wording, quantity, known)


def _of_value(wording: Wording, quantity: Quantity, known: _Known) -> Verdict:
    words = f"claimed {words_of(quantity)}"
    indicators = fitting(wording, quantity, known.figures)
    cities = not any(one.id.startswith(_OF_PLACES) for one in indicators)
    topics = frozenset(word for one in indicators for word in one.words)
    entity = whom(wording, known.country, cities=cities, topics=topics)
    if not indicators:
        return uncheckable("no indicator", f"{words}; no indicator has such words, unit and base", entity=entity)
    first = indicators[0].id
    if entity is None:
        return uncheckable("no entity", f"{words}; whose is not clear", indicator=first)
    if memberships.is_group(entity) and counts.is_threshold(wording, quantity):
        return uncheckable("no entity", f"{words}; that is what some members reach, not {entity}", indicator=first)
    moved = quantity.change != "level" or quantity.unit in {"times", "percentage_point"}
    stated = () if moved and periods.years_long(wording.claim.when) else _stated(wording, known)
    if isinstance(stated, str):
        return uncheckable(stated, f"{words}; when is not clear", indicator=first, entity=entity)
    entity = groups.entities()[entity].series or entity
    covered = tuple(one for one in indicators if has_figures(known.figures, one, entity))
    question = Question(
        figures=known.figures,
        wording=wording,
        indicators=covered or indicators,
        entity=entity,
        day=known.day or LATEST,
        stated=stated,
        or_present=bool(stated) and wording.claim.when is None and known.day is not None,
    )
    if not covered:
        return question.uncheckable("no observation", f"{words}; there are no figures for {entity}")
    return change(question, quantity) if moved else level(question, quantity)


def _stated(wording: Wording, known: _Known) -> tuple[str, ...] | Reason:
    """Return the periods that a claim names; it needs one where the story has no date."""
    stated = periods.stated(wording, known.day)
    return "no period" if known.day is None and not stated else stated


def _of_members(wording: Wording, quantity: Quantity, known: _Known) -> Verdict | None:
    """Return the verdict on a count of members; None where the claim is none."""
    if quantity.unit != "count" or quantity.value is None or quantity.value > memberships.MOST:
        return None
    words = f"claimed {words_of(quantity)} members"
    sized, asked = memberships.is_size(wording, quantity), counts.meeting(wording, quantity, known.figures)
    if not sized and asked is None:
        return None
    stated = _stated(wording, known)
    if isinstance(stated, str):
        return uncheckable(stated, f"{words}; when is not clear")
    day = known.day or LATEST
    if asked is not None:
        question = Question(
            figures=known.figures,
            wording=wording,
            indicators=(asked.indicator,),
            entity=asked.group,
            day=day,
            stated=stated,
            or_present=bool(stated) and wording.claim.when is None and known.day is not None,
        )
        return counts.count(asked, question, quantity)
    group = memberships.group_of(wording) or whom(wording, known.country)
    if group is None or not memberships.is_group(group):
        return uncheckable("no entity", f"{words}; of what group is not clear")
    return memberships.size(wording, quantity, known.figures, group, day, stated)


def _of_rank(wording: Wording, known: _Known) -> Verdict:
    asked = ranks.rank_of(wording, known.figures)
    if asked is None:
        return uncheckable("not a statistic", "no number and no rank")
    entity = whom(wording, known.country)
    if entity is None:
        return uncheckable("no entity", f"claimed to be the {asked.words}; who is not clear")
    stated = _stated(wording, known)
    if isinstance(stated, str):
        return uncheckable(stated, f"claimed to be the {asked.words}; when is not clear", entity=entity)
    return ranks.rank(asked, known.figures, entity, known.day or LATEST, stated)
