"""Which thread a claim belongs to: keys by which a database finds candidates, and the choice among them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from onrecord.model import ClaimKind
from onrecord.threads import terms
from onrecord.threads.actors import actor_keys, country, same_actor
from onrecord.threads.measures import anchors, is_harm, likeness, may_be_one, nations, shared
from onrecord.threads.stages import is_done
from onrecord.threads.terms import Agreement
from onrecord.threads.values import Sighting, Thread

LATEST: Final = 24
"""Sightings of a candidate that are looked at, from the latest; a caller need not load more to choose."""
_RANK: Final[tuple[ClaimKind, ...]] = ("figure", "forecast", "demand", "proposal", "commitment")
_FAMILY: Final[dict[ClaimKind, str]] = {
    "commitment": "u",
    "proposal": "u",
    "demand": "d",
    "forecast": "f",
    "figure": "g",
}
"""Kinds that may be of one thread: what is proposed may be undertaken."""
_EVENT: Final = dt.timedelta(days=21)
"""How long after a toll the next one of the same event may come."""
_RISEN: Final = 10.0
"""How many times as large a toll may become from one story to the next."""
_SAME_FIGURE: Final = dt.timedelta(days=45)
"""How long a figure without a period is one."""


_COPIED: Final = 3.0
"""Fit of the very same words; more than any other."""
_SAME_MEASURE: Final = 0.75
"""How alike the measures of two claims of one story are that say the same."""
_OLDER: Final = 0.3
"""How much less a sighting counts for each other number named after it: what holds comes before what was given up."""


def keys(sighting: Sighting) -> tuple[str, ...]:
    """Return the strings by which threads that the sighting may belong to are found: they share at least one.

    Empty for a claim that belongs to no thread. A thread has the keys of all its sightings; where many threads share
    a key, those that share most keys and were last added to are the ones worth loading (20 are enough).
    """
    actors = actor_keys(sighting)
    found = [f"{actor}|{what}" for actor in actors for what in _what(sighting)]
    return tuple(dict.fromkeys(found))


def _what(sighting: Sighting) -> Iterator[str]:
    """Yield the parts of keys that say what is measured, promised or asked."""
    family, concepts = _FAMILY[sighting.kind], anchors(sighting.measure or "")
    number = terms.amount(sighting.quantity)
    value = f"{number:.3g} {sighting.quantity.unit}" if number is not None and sighting.quantity else ""
    if sighting.kind == "figure":
        yield from (f"{family}|{concept}|{time}" for concept in concepts[:2] for time in _times(sighting, value))
        if not is_done(sighting):
            return
        family = "u"
    day = terms.last_day(sighting.when) if sighting.kind == "forecast" else None
    yield from (f"{family}{day.year if day else ''}|{concept}" for concept in concepts)
    if value:
        yield f"{family}|{value}"


def _times(sighting: Sighting, value: str) -> Iterator[str]:
    """Yield what dates a figure: its period or, as some stories leave it out, its value; the months of a toll."""
    when, day = sighting.when, sighting.day
    if when is not None and when.relation == "since" and when.start is not None:
        yield f"since {when.start:%Y-%m}"
    elif is_harm(sighting.measure or "") and day is not None:
        yield from dict.fromkeys((f"{day:%Y-%m}", f"{day - _EVENT:%Y-%m}"))
    else:
        end = terms.last_day(when)
        yield from filter(None, (f"{end:%Y-%m}" if end else "", value))


def choose(sighting: Sighting, candidates: Iterable[Thread]) -> Thread | None:
    """Return the thread that the sighting belongs to: same actor, same measure, same target; None for a new one.

    Of equal ones it is the one that was last heard of, then the newer one. Of each candidate the latest `LATEST`
    sightings count. Two claims of one story share a thread only where they say the same.
    """
    fits = [(_fit(sighting, thread), thread) for thread in candidates]
    best = max(fits, key=lambda fit: (fit[0], fit[1].sightings[-1].day or dt.date.min, fit[1].id), default=None)
    return best[1] if best and best[0] else None


def _fit(sighting: Sighting, thread: Thread) -> float:
    """Return how well a sighting fits a thread; 0 where it does not belong there."""
    rule, latest = _rule(sighting, thread), thread.sightings[-LATEST:]
    if rule is None or not any(same_actor(sighting, other) for other in latest):
        return 0.0
    best, number = 0.0, terms.amount(sighting.quantity)
    named: list[float] = []
    for other in reversed(latest):
        named_here = terms.amount(other.quantity)
        if named_here is not None and named_here not in named:
            named.append(named_here)
        alike = likeness(sighting.measure or "", other.measure or "")
        if _is_copied(sighting, other):
            return _COPIED
        if other.story == sighting.story and not _says_the_same(sighting, other, alike):
            return 0.0
        if alike >= _LEAST or number == named_here:
            fit = rule(sighting, other, alike)
            age = max(len(named) - 1, 0) if named_here is None else named.index(named_here)
            best = max(best, fit - _OLDER * age if fit else 0.0)
    return best


def _is_copied(sighting: Sighting, other: Sighting) -> bool:
    """Return whether two claims are the same words, as in copies of a story."""
    same = sighting.words == other.words and sighting.measure == other.measure and sighting.terms == other.terms
    return same and bool(sighting.words)


_Rule = Callable[[Sighting, Sighting, float], float]
"""Gives how well two sightings fit, their measures being so much alike; 0 where they are not of one thread."""


def _rule(sighting: Sighting, thread: Thread) -> _Rule | None:
    if sighting.kind == "figure" and _FAMILY[thread.kind] == "u":
        return _done if is_done(sighting) else None
    if _FAMILY[sighting.kind] != _FAMILY[thread.kind]:
        return None
    if sighting.kind == "figure":
        return _toll if is_harm(sighting.measure or "") else _figure
    return _forecast if sighting.kind == "forecast" else _undertaking


def _says_the_same(sighting: Sighting, other: Sighting, alike: float) -> bool:
    """Return whether two claims of one story say the same, or are what two sources say of the same."""
    if alike < _SAME_MEASURE:
        return False
    if sighting.said_by != other.said_by and sighting.kind in ("figure", "forecast"):
        return True
    number, day = terms.numbers(sighting.quantity, other.quantity), terms.days(sighting.when, other.when)
    return {number, day} <= {"same", "open"} and "same" in (number, day) and not _other_words(sighting, other)


def _other_words(sighting: Sighting, other: Sighting) -> bool:
    """Return whether both name a time, and not known to be the same one: `by summer`, `by Christmas`."""
    one, two = sighting.when, other.when
    return one is not None and two is not None and one.text != two.text and terms.days(one, two) != "same"


_LEAST: Final = 0.3
"""Likeness of measures below which only one number by one day may make two claims one."""
# How alike measures must be, and how much the agreement counts in the choice, by how numbers and deadlines agree.
_NEEDED: Final[dict[tuple[Agreement, Agreement], tuple[float, float]]] = {
    ("same", "same"): (_LEAST, 1.0),
    ("same", "open"): (0.4, 0.7),
    ("same", "moved"): (0.4, 0.6),
    ("open", "same"): (0.5, 0.5),
    ("moved", "same"): (0.6, 0.4),
    ("moved", "open"): (0.9, 0.2),
    ("open", "open"): (0.9, 0.2),
    ("open", "moved"): (0.85, 0.1),
    ("moved", "moved"): (0.9, 0.0),
}
_JUMP: Final = 1.5
_TELLING: Final = 2
"""Digits of a number that is hardly said of two things by one deadline."""


def _undertaking(sighting: Sighting, other: Sighting, alike: float) -> float:
    number, day = terms.numbers(sighting.quantity, other.quantity), terms.days(sighting.when, other.when)
    needed, counts = _NEEDED.get((number, day), (2.0, 0.0))
    if number == day == "same":
        return alike + counts if alike >= needed or _may_be_one(sighting, other, alike) else 0.0
    if alike < needed or (number == "moved" and day != "same" and _jumps(sighting, other)):
        return 0.0
    # words that go with anything are no measure; one word alone is too little where no target is named
    common, weight = shared(sighting.measure or "", other.measure or "")
    return alike + counts if weight >= 1 and (common > 1 or (number, day) != ("open", "open")) else 0.0


def _jumps(sighting: Sighting, other: Sighting) -> bool:
    """Return whether the numbers lie so far apart that, without one day, they are of two targets."""
    low, high = sorted(abs(terms.amount(one.quantity) or 0.0) for one in (sighting, other))
    return high > _JUMP * low


def _may_be_one(sighting: Sighting, other: Sighting, alike: float) -> bool:
    """Return whether one number by one day may be of one thing though the measures differ: where it tells enough.

    The more so where a measure is said in words that the table of terms does not know.
    """
    telling = terms.digits(sighting.quantity)
    if telling > _TELLING:
        return alike > 0
    return telling == _TELLING and may_be_one(sighting.measure or "", other.measure or "")


def _forecast(sighting: Sighting, other: Sighting, alike: float) -> float:
    """Fit a forecast: it is of one period, and the number may move as it will."""
    number, day = terms.numbers(sighting.quantity, other.quantity), terms.days(sighting.when, other.when)
    if number == "other" and not _comparable(sighting, other):
        return 0.0
    if number == day == "same":
        return alike + 1.0 if alike >= _LEAST or _may_be_one(sighting, other, alike) else 0.0
    if day == "same":
        return alike + 1.0 if alike >= 0.6 else 0.0
    return alike + 0.5 if (number, day) == ("same", "open") and alike >= 0.6 else 0.0


def _comparable(sighting: Sighting, other: Sighting) -> bool:
    one, two = sighting.quantity, other.quantity
    return one is not None and two is not None and terms.compatible(one, two)


def _toll(sighting: Sighting, other: Sighting, alike: float) -> float:
    """Fit a toll: of one event at one place, told within weeks, or since the same day."""
    if alike < 0.6 or not _comparable(sighting, other) or _counts_some(sighting, other):
        return 0.0
    number, period = terms.numbers(sighting.quantity, other.quantity), terms.same_period(sighting.when, other.when)
    since = [one is not None and one.relation == "since" for one in (sighting.when, other.when)]
    if all(since):
        return alike + 1.0 if period == "same" else 0.0
    if any(since) or (period == "other" and number != "same") or not _within(sighting, other, _EVENT):
        return 0.0
    value, other_value = terms.amount(sighting.quantity), terms.amount(other.quantity)
    if value and other_value and max(value, other_value) > _RISEN * min(value, other_value):
        return 0.0
    return alike + (1.0 if number == "same" else 0.5) + (0.5 if period == "same" else 0.0)


def _counts_some(sighting: Sighting, other: Sighting) -> bool:
    """Return whether one counts only the people of some country among those whom the other counts."""
    own = f"@{country(sighting)}"
    return bool((nations(sighting.measure or "") ^ nations(other.measure or "")) - {own})


def _figure(sighting: Sighting, other: Sighting, alike: float) -> float:
    """Fit a figure: of one period, or without one, where the number is the same, for some weeks."""
    if not _comparable(sighting, other):
        return 0.0
    number, period = terms.numbers(sighting.quantity, other.quantity), terms.same_period(sighting.when, other.when)
    if period == "same":
        return alike + 1.0 if alike >= (0.5 if number == "same" else 0.7) and number != "other" else 0.0
    if period == "open" and number == "same" and _within(sighting, other, _SAME_FIGURE):
        return alike + 0.5 if alike >= 0.6 else 0.0
    return 0.0


def _done(sighting: Sighting, other: Sighting, alike: float) -> float:
    """Fit a figure that says that the money was set aside, or the thing done: evidence of an undertaking's stage."""
    number = terms.numbers(sighting.quantity, other.quantity)
    return alike + 0.5 if number == "same" and alike >= 0.6 else 0.0


def _within(sighting: Sighting, other: Sighting, span: dt.timedelta) -> bool:
    return sighting.day is not None and other.day is not None and abs(sighting.day - other.day) <= span


def begun(id: int, sighting: Sighting) -> Thread:  # noqa: A002 - the column's name
    """Return a new thread that begins with the sighting."""
    return Thread(id=id, kind=sighting.kind, sightings=(sighting,))


def added(thread: Thread, sighting: Sighting) -> Thread:
    """Return the thread with the sighting in its place by day, and the kind that it has then."""
    sightings = sorted((*thread.sightings, sighting), key=lambda one: one.day or dt.date.min)
    kind = max(thread.kind, sighting.kind, key=_RANK.index)
    return Thread(id=thread.id, kind=kind, sightings=tuple(sightings))
