"""Made histories: 200 commitments over 2,000 stories, among demands, forecasts, figures and tolls, with the truth.

Every claim comes with the thread that it truly belongs to. Wordings are those of bench.threads_wordings, either the
open ones or those held back.
"""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import NamedTuple

from bench.threads_wordings import (
    ADOPT,
    BODIES,
    COMMIT,
    COUNTERS,
    COUNTRIES,
    DEMAND,
    DROP,
    FORECAST,
    FUND,
    PLACES,
    PROPOSE,
    SAYERS,
    STATISTICS,
    TOLLS,
    Topic,
    topics,
)  # fmt: skip
from onrecord.model import ClaimKind, Comparator, Quantity, When
from onrecord.threads import Sighting, Terms, in_words

FIRST = dt.date(2019, 1, 1)
DAYS = 7 * 365
COMMITMENTS, STORIES = 200, 2000


class Made(NamedTuple):
    """A claim with the name of the thread that it truly belongs to."""

    sighting: Sighting
    thread: str


class Actor(NamedTuple):
    """Who is bound: names that stand for it, those of its leaders, its country's code if it is one."""

    code: str | None
    names: tuple[str, ...]
    leaders: tuple[str, ...]


@dataclass
class Commitment:
    """An undertaking as it stands at some time of its history."""

    name: str
    actor: Actor
    topic: Topic
    value: float | None
    year: int
    currency: str
    proposals: int
    """How many of its first sightings are proposals."""
    dropped: bool = False
    before: list[tuple[float | None, int]] = field(default_factory=list)
    twin: Commitment | None = None
    """The other one of two targets that are named in one breath, the nearer and lower first."""
    is_second: bool = False
    demanded: tuple[float | None, int] | None = None
    """What others ask of the actor in the same matter."""


def history_of_stories(*, seed: int, held: bool) -> list[Made]:
    """Return all claims of the made stories in order of time; `held` takes the wordings that were held back."""
    return _Maker(random.Random(seed), held).made()


class _Maker:
    def __init__(self, rng: random.Random, held: bool) -> None:
        self.rng, self.held = rng, held
        self.commitments = self._commitments()
        self.events = [self._event(number) for number in range(90)]

    def made(self) -> list[Made]:
        """Return the claims of all stories."""
        found = []
        days = sorted(self.rng.randrange(DAYS) for _ in range(STORIES))
        weights = [self.rng.paretovariate(2.5) for _ in self.commitments]
        for number, after in enumerate(days):
            story, day = f"s{number}", FIRST + dt.timedelta(after)
            if self.rng.random() < 0.8:
                found += self._told(self.rng.choices(self.commitments, weights)[0], story, day)
            else:
                found += self._tolls(story, day) or self._statistics(story, day)
        return found

    # --- what is undertaken ---

    def _commitments(self) -> list[Commitment]:
        rng, every = self.rng, topics()
        actors = [Actor(code, names, leaders) for code, names, leaders in COUNTRIES]
        actors += [Actor(None, names, ()) for names in BODIES]
        pairs = rng.sample([(actor, topic) for actor in actors for topic in every], COMMITMENTS)
        found: list[Commitment] = []
        for actor, topic in pairs:
            if len(found) >= COMMITMENTS:
                break
            one = self._commitment(f"c{len(found)}", actor, topic, found)
            found.append(one)
            if one.value is not None and rng.random() < 0.25 and len(found) < COMMITMENTS:
                found.append(self._second(one))
        return found

    def _commitment(self, name: str, actor: Actor, topic: Topic, others: list[Commitment]) -> Commitment:
        rng = self.rng
        value, year = rng.choice(topic.values) if topic.values else None, rng.choice((*range(2027, 2041), 2030, 2035))
        alike = [one for one in others if one.actor == actor and one.topic.unit == topic.unit]
        if alike and rng.random() < 0.3:
            value, year = alike[-1].value, alike[-1].year  # the same number by the same day, of something else
        proposals = rng.choice((0, 0, 1, 2))
        return Commitment(name, actor, topic, value, year, rng.choice(("USD", "EUR", "GBP")), proposals)

    def _second(self, one: Commitment) -> Commitment:
        later = self.rng.randint(2, 8)
        assert one.value is not None
        value = self._next(one.topic, one.value, up=True)
        second = Commitment(
            f"{one.name}b",
            one.actor,
            one.topic,
            value,
            one.year + later,
            one.currency,
            one.proposals,
            twin=one,
            is_second=True,
        )
        one.twin = second
        return second

    def _next(self, topic: Topic, value: float, *, up: bool) -> float:
        further = [one for one in topic.values if (one > value if up else one < value)]
        if further and self.rng.random() < 0.7:
            return min(further) if up else max(further)
        factor = self.rng.choice((1.1, 1.2, 1.25, 1.5)) if up else self.rng.choice((0.9, 0.8, 0.75, 0.6))
        return float(f"{value * factor:.3g}")

    def _told(self, one: Commitment, story: str, day: dt.date) -> list[Made]:
        """Return the claims of a story about a commitment, with what stands beside it."""
        rng = self.rng
        if rng.random() < 0.15:
            self._turn(one)
        found = [self._sighting(one, story, day)]
        if one.twin is not None and rng.random() < 0.5:
            found.append(self._sighting(one.twin, story, day))
        same_actor = [c for c in self.commitments if c.actor == one.actor and c.topic != one.topic]
        same_topic = [c for c in self.commitments if c.topic == one.topic and c.actor != one.actor]
        for others, share in ((same_actor, 0.25), (same_topic, 0.2)):
            if others and rng.random() < share:
                found.append(self._sighting(rng.choice(others), story, day))
        if rng.random() < 0.12:
            found.append(self._other_kind(one, "demand", DEMAND, story, day))
        if rng.random() < 0.12:
            found.append(self._other_kind(one, "forecast", FORECAST, story, day))
        if rng.random() < 0.15:
            found += self._statistics(story, day)
        return found

    def _turn(self, one: Commitment) -> None:
        """Change the target; of two targets the nearer one stays the nearer and lower."""
        rng, before = self.rng, (one.value, one.year)
        turn = rng.choices(("up", "down", "later", "earlier", "both", "drop", "again"), (30, 10, 25, 15, 5, 10, 5))[0]
        if turn in ("up", "both", "down") and one.value is not None:
            one.value = self._next(one.topic, one.value, up=turn != "down")
        if turn in ("later", "both") or (turn == "up" and one.value is None):
            one.year += rng.randint(1, 5)
        if turn == "earlier":
            one.year = max(2026, one.year - rng.randint(1, 4))
        if one.twin is not None and not self._in_order(one):
            one.value, one.year = before
        if (one.value, one.year) != before:
            one.before.append(before)
        one.dropped = turn == "drop" or (one.dropped and turn != "again")

    def _in_order(self, one: Commitment) -> bool:
        first, second = (one.twin, one) if one.is_second else (one, one.twin)
        assert first
        assert second
        return (first.value or 0) < (second.value or 0) and first.year < second.year

    def _sighting(self, one: Commitment, story: str, day: dt.date) -> Made:
        rng = self.rng
        value, year = one.value, one.year
        if one.before and rng.random() < 0.05:
            value, year = one.before[-1]  # an outlet that has not heard of the change
        kind: ClaimKind = "commitment"
        sentences = rng.choices((COMMIT, ADOPT, FUND), (8, 1, 1))[0]
        if one.proposals:
            one.proposals -= 1
            kind, sentences = "proposal", PROPOSE
        elif one.dropped and rng.random() < 0.7:
            return self._claim(one, story, day, "commitment", DROP, value, year, negated=True, thread=one.name)
        return self._claim(one, story, day, kind, sentences, value, year, thread=one.name)

    def _other_kind(
        self, one: Commitment, kind: ClaimKind, sentences: tuple[str, ...], story: str, day: dt.date
    ) -> Made:
        """Return what others ask of, or expect from, the actor in the same matter: a thread of its own."""
        rng = self.rng
        value = None if one.value is None else self._next(one.topic, one.value, up=rng.random() < 0.5)
        year, name = one.year + rng.choice((0, 0, 2)), f"{kind} {one.name}"
        if kind == "forecast":  # of one year each, however the number moves
            name = f"{kind} {one.actor.names[0]} {one.topic.name} {year}"
        else:
            if one.demanded is None or rng.random() < 0.2:
                one.demanded = (value, year if one.demanded is None else one.demanded[1])
            value, year = one.demanded
        return self._claim(one, story, day, kind, sentences, value, year, thread=name, whole=True)

    def _claim(
        self, one: Commitment, story: str, day: dt.date, kind: ClaimKind, sentences: tuple[str, ...],
        value: float | None, year: int, *, thread: str, negated: bool = False, whole: bool = False,
    ) -> Made:  # fmt: skip
        rng = self.rng
        actor = rng.choice(one.actor.names)
        country = one.actor.code
        if one.actor.leaders and rng.random() < 0.25:
            actor = rng.choice(one.actor.leaders)
            country = country if rng.random() < 0.9 else None
        quantity = self._quantity(one, value)
        when = self._when(year)
        if not whole and quantity is not None:
            left_out = rng.random()
            when = None if left_out < 0.2 else when
            quantity = None if 0.2 <= left_out < 0.28 else quantity
        measure = rng.choice(one.topic.held if self.held else one.topic.open)
        words = rng.choice(sentences).format(actor=actor, measure=measure, target=in_words(Terms(quantity, when)))
        sayer = rng.choice((actor, None, rng.choice(SAYERS)))
        return Made(
            Sighting(
                claim=f"{story}/{thread}", story=story, source=f"outlet {rng.randrange(40)}", day=day, kind=kind,
                actor=actor, country=country, measure=measure, quantity=quantity, when=when, said_by=sayer,
                negated=negated, words=words,
            ),
            thread,
        )  # fmt: skip

    def _quantity(self, one: Commitment, value: float | None) -> Quantity | None:
        if value is None:
            return None
        unit = one.currency if one.topic.unit == "money" else one.topic.unit
        comparator: Comparator = self.rng.choices(("=", ">=", "~", "<="), (8, 1, 1, 0.5))[0]
        base = one.topic.of
        if base == "GDP":
            base = self.rng.choice(("GDP", "GDP", "gross domestic product", "economic output", None))
        elif base and self.rng.random() < 0.3:
            base = self.rng.choice((base.split()[0], None)) if base[0].isdigit() else base
        return Quantity(value=value, unit=unit, of=base, comparator=comparator, change=one.topic.change)  # type: ignore[arg-type]

    def _when(self, year: int) -> When:
        end = dt.date(year, 12, 31)
        if self.rng.random() < 0.2:
            return When(text=f"in {year}", relation="in", start=dt.date(year, 1, 1), end=end)
        return When(text=self.rng.choice((f"by {year}", f"by the end of {year}")), relation="by", end=end)

    # --- figures ---

    def _event(self, number: int) -> tuple[str, str, dt.date, dict[str, int]]:
        place = self.rng.choice(PLACES)
        day = FIRST + dt.timedelta(self.rng.randrange(DAYS - 20))
        return f"e{number}", place, day, {kind: self.rng.randint(2, 60) for kind, *_ in TOLLS}

    def _tolls(self, story: str, day: dt.date) -> list[Made]:
        """Return tolls of an event of the days before, which rise; none where nothing has happened."""
        rng = self.rng
        recent = [event for event in self.events if 0 <= (day - event[2]).days <= 12]
        if not recent:
            return []
        name, place, happened, counts = rng.choice(recent)
        found = []
        for kind, wordings, held in rng.sample(TOLLS, rng.choice((1, 2, 2))):
            sayer = rng.choice((None, *COUNTERS))
            counts[kind] += rng.randint(0, max(1, counts[kind] // 3))
            said = counts[kind] + (rng.randint(1, counts[kind]) if sayer == "rebels" else 0)
            measure = rng.choice(held if self.held else wordings)
            when = When(text="that day", relation="in", start=happened, end=happened) if rng.random() < 0.4 else None
            quantity = Quantity(value=float(said), comparator=rng.choice(("=", ">=")))
            sighting = Sighting(
                claim=f"{story}/{kind}", story=story, source=f"outlet {rng.randrange(40)}", day=day, kind="figure",
                actor=place, measure=measure, quantity=quantity, when=when, said_by=sayer, negated=False,
                words=f"{said} {measure} in {place}.",
            )  # fmt: skip
            found.append(Made(sighting, f"{name} {kind}"))
        return found

    def _statistics(self, story: str, day: dt.date) -> list[Made]:
        """Return a statistic of a country for the month before."""
        rng = self.rng
        code, names, _ = rng.choice(COUNTRIES)
        measure, unit = rng.choice(STATISTICS)
        end = day.replace(day=1) - dt.timedelta(1)
        when = When(text=f"in {end:%B}", relation="in", start=end.replace(day=1), end=end)
        value = round(random.Random(f"{code}{measure}{end}").uniform(1, 9), 1)
        sighting = Sighting(
            claim=f"{story}/{measure}", story=story, source=f"outlet {rng.randrange(40)}", day=day, kind="figure",
            actor=rng.choice(names), country=code, measure=measure, quantity=Quantity(value=value, unit=unit),
            when=when, said_by=None, negated=False, words=f"{measure} was {value} {when.text}.",
        )  # fmt: skip
        return [Made(sighting, f"{code} {measure} {end}")]
