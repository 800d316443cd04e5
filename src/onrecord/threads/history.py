"""A thread's history: each sighting with what it changed; the lowest, highest and latest of figures on one event."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from msgspec.structs import replace

from onrecord.language.word_sets import word_set
from onrecord.model import Quantity, When
from onrecord.outlook.targets import amount as with_unit
from onrecord.threads import terms
from onrecord.threads.measures import concepts
from onrecord.threads.stages import STAGES, stage
from onrecord.threads.values import Event, Extremes, Revised, Revision, Sighting, Terms, Thread

_TOLD: Final = ("forecast", "figure")
"""Kinds of threads in which sources stand side by side, each with numbers of its own."""
_UNWANTED: Final = word_set("deficit debt emission methane inflation unemployment plastic poverty crude")
"""Concepts of what is to become less, so that a lower level binds more."""
_DOWN: Final = re.compile(
    r"\b(?:cut\w*|lower\w*|reduc\w+|shrink\w*|slash\w*|trim\w*|bring\w* down|down) [^.;:]{0,60}\bto\b"
)
_COMPARATORS: Final = {"=": "", ">=": "at least ", ">": "more than ", "<=": "up to ", "<": "under ", "~": "about "}


def history(thread: Thread) -> tuple[Event, ...]:
    """Return the sightings in order of day, each with what it changed against what was known before.

    What a sighting leaves open, its number or its day, is taken as known before. Forecasts and figures are held
    against what the same source said before; where it says something for the first time, against the latest of all.
    """
    return tuple(_told(thread) if thread.kind in _TOLD else _bound(thread))


def current(thread: Thread) -> Terms:
    """Return the target, or figure and time, that holds after the latest sighting."""
    return history(thread)[-1].revisions[-1].new


def is_dropped(thread: Thread) -> bool:
    """Return whether what was undertaken, proposed or asked is refused, missed or given up by the latest that was said.

    False for forecasts and figures.
    """
    if thread.kind in _TOLD:
        return False
    return next((one.negated for one in reversed(thread.sightings) if one.kind != "figure"), False)


def _bound(thread: Thread) -> Iterator[Event]:
    """Yield the events of an undertaking or a demand."""
    known: Terms | None = None
    height, dropped = 0, False
    for sighting in thread.sightings:
        # a figure that shows that it was done or paid for does not move the target
        now = known if known is not None and sighting.kind == "figure" else _filled(sighting, known)
        revisions = [*_opening(known, now)]
        if sighting.negated != dropped and sighting.kind != "figure":
            dropped = sighting.negated
            revisions.append(Revision("dropped" if dropped else "taken up again", known, now))
        elif known is not None:
            revisions += _moves(known, now, sighting)
        risen = stage(sighting)
        if risen is not None and STAGES.index(risen) > height:
            height = STAGES.index(risen)
            revisions += [Revision(risen, known, now)] if risen != "said" else []
        yield Event(sighting, tuple(revisions) or (Revision("restated", known, now),))
        known = now


def _told(thread: Thread) -> Iterator[Event]:
    """Yield the events of forecasts of one thing, or figures on it."""
    known: dict[str | None, Terms] = {}
    latest: Terms | None = None
    for sighting in thread.sightings:
        before = known.get(sighting.said_by)
        now = _filled(sighting, before)
        revisions = [*_opening(latest, now)]
        if before is not None:
            revisions += _moves(before, now, None)
        elif latest is not None and terms.numbers(latest.quantity, now.quantity) in ("moved", "other"):
            revisions.append(Revision("differs", latest, now))
        yield Event(sighting, tuple(revisions) or (Revision("restated", before or latest, now),))
        known[sighting.said_by] = latest = now


def _opening(known: Terms | None, now: Terms) -> Iterator[Revision]:
    if known is None:
        yield Revision("first said", None, now)


def _filled(sighting: Sighting, known: Terms | None) -> Terms:
    """Return a sighting's terms, with what it leaves open as known before."""
    if known is None:
        return sighting.terms
    return Terms(_with_base(sighting.quantity, known.quantity), sighting.when or known.when)


def _with_base(quantity: Quantity | None, known: Quantity | None) -> Quantity | None:
    """Return the quantity with the base that was known where it names none: `82%`, of what `82% of 1990 levels` was."""
    if quantity is None or known is None:
        return quantity or known
    if quantity.unit != "percent" or known.unit != "percent" or quantity.of or quantity.change != known.change:
        return quantity
    return replace(quantity, of=known.of)


def _moves(old: Terms, new: Terms, bound: Sighting | None) -> Iterator[Revision]:
    """Yield how the number and the day moved; `bound` is the sighting of who is bound to reach them, None for none."""
    value, other = terms.amount(old.quantity), terms.amount(new.quantity)
    if old.quantity is None and new.quantity is not None and bound is not None:
        yield Revision("sharpened", old, new)
    elif value is not None and other is not None and terms.numbers(old.quantity, new.quantity) != "same":
        yield Revision(_direction(other > value, bound, new.quantity), old, new)
    day, other_day = terms.last_day(old.when), terms.last_day(new.when)
    if day is None and other_day is not None and bound is not None:
        yield Revision("sharpened", old, new)
    elif terms.days(old.when, new.when) in ("moved", "other") and day is not None and other_day is not None:
        yield Revision("postponed" if other_day > day else "brought forward", old, new)


def _direction(higher: bool, bound: Sighting | None, quantity: Quantity | None) -> Revised:
    if bound is None:
        return "raised" if higher else "lowered"
    return "sharpened" if higher != _less_binds_more(bound, quantity) else "weakened"


def _less_binds_more(sighting: Sighting, quantity: Quantity | None) -> bool:
    """Return whether a lower number is the harder target: a cap, or a level to which something is to be cut."""
    if quantity is None or quantity.change != "level":
        return False
    unwanted = bool(concepts(sighting.measure or "") & _UNWANTED)
    return quantity.comparator == "<" or unwanted or bool(_DOWN.search(sighting.words.lower()))


def extremes(thread: Thread) -> Extremes | None:
    """Return the lowest, highest and latest number said, each by its sighting; None where no sighting has a number.

    Of a range the lower end counts for the lowest, the upper end for the highest.
    """
    counted = [one for one in thread.sightings if terms.amount(one.quantity) is not None]
    if not counted:
        return None
    return Extremes(lowest=min(counted, key=_low), highest=max(counted, key=_high), latest=counted[-1])


def _low(sighting: Sighting) -> float:
    low = sighting.quantity.low if sighting.quantity else None
    return low if low is not None else _high(sighting)


def _high(sighting: Sighting) -> float:
    return terms.amount(sighting.quantity) or 0.0


def by_sayer(thread: Thread) -> dict[str | None, tuple[Sighting, ...]]:
    """Return the sightings by who says so, None for the stories' own voice, in order of first standing."""
    found: dict[str | None, tuple[Sighting, ...]] = {}
    for sighting in thread.sightings:
        found[sighting.said_by] = (*found.get(sighting.said_by, ()), sighting)
    return found


def in_words(wanted: Terms) -> str:
    """Return a target in words: `3% of GDP by 2034`, `23 on 2026-02-19`, `by 2030-06-30`; empty without either."""
    return " ".join(filter(None, (_quantity(wanted.quantity), _when(wanted.when))))


def _quantity(quantity: Quantity | None) -> str:
    if quantity is None:
        return ""
    unit = "points" if quantity.unit == "percentage_point" else quantity.unit
    number: str
    if quantity.vague is not None:
        number = quantity.vague
    elif quantity.value is not None:
        number = with_unit(quantity.value, unit)
    else:
        ends = [one for one in (quantity.low, quantity.high) if one is not None]
        number = " to ".join(with_unit(one, unit) for one in ends)
    sign = {"increase": "+", "decrease": "−"}.get(quantity.change, "")
    per = f" per {quantity.per}" if quantity.per else ""
    return f"{_COMPARATORS[quantity.comparator]}{sign}{number}{f' of {quantity.of}' if quantity.of else ''}{per}"


def _when(when: When | None) -> str:
    if when is None:
        return ""
    day = when.start if when.relation == "since" else when.end
    if day is None:
        return when.text
    if when.relation == "in" and when.start is not None:
        return _period(when.start, day)
    whole_year = (day.month, day.day) == ((1, 1) if when.relation == "since" else (12, 31))
    return f"{when.relation} {day.year if whole_year else day}"


def _period(start: dt.date, end: dt.date) -> str:
    """Return a period: `on 2026-02-19`, `in 2024`, `in 2024-02`, `2024-07-01 to 2025-06-30`."""
    if start == end:
        return f"on {start}"
    years = start.day == start.month == 1 and (end.month, end.day) == (12, 31)
    if years:
        return f"in {start.year}" if start.year == end.year else f"in {start.year} to {end.year}"
    last = calendar.monthrange(end.year, end.month)[1]
    if start.day == 1 and (start.year, start.month, last) == (end.year, end.month, end.day):
        return f"in {str(start)[:7]}"
    return f"{start} to {end}"
