"""The outlook of one entity: its level, where it stands, what it would cost, what the past lets expect."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from msgspec import Struct
from msgspec.structs import replace

from onrecord.figures import Entity, Figures, Indicator, periods
from onrecord.figures.measures import currencies
from onrecord.model import Observation
from onrecord.outlook import projection
from onrecord.outlook.projection import DRAWS, Learnt, Past
from onrecord.outlook.smoothing import Array
from onrecord.outlook.standing import comparable, stand, time
from onrecord.outlook.targets import amount, in_words, level
from onrecord.outlook.values import Bill, FanYear, Level, Outlook, Projection, Target

GDP: Final = "gdp_current_usd"
_INTERVAL: Final = np.array([0.1, 0.5, 0.9])


class Undertaking(Struct, frozen=True, kw_only=True):
    """What is to be reached, by when, said when; and the day whose knowledge it is held against (None: all)."""

    figures: Figures
    indicator: Indicator
    target: Target
    deadline: dt.date | None = None
    made: dt.date | None = None
    as_of: dt.date | None = None

    def series(self, entity: Entity, day: dt.date | None) -> tuple[Observation, ...]:
        """Return what was known of an entity on a day, in order of time."""
        known = self.figures.series(self.indicator.id, entity.code, as_of=day).observations
        return comparable(known) if known else ()


def rate(asked: Undertaking, entity: Entity) -> Outlook:
    """Return where an entity stands; whatever cannot be told has its reason in the outlook."""
    outlook = Outlook(
        indicator=asked.indicator.id,
        entity=entity,
        target=asked.target,
        deadline=asked.deadline,
        made=asked.made,
        as_of=asked.as_of,
        status="cannot be rated",
        reason="",
    )
    series = asked.series(entity, asked.as_of)
    if not series:
        return replace(outlook, reason=f"no value of {asked.indicator.id} for {entity.name} is known")
    baseline = _baseline(asked, entity, series) if asked.made else None
    outlook = replace(outlook, baseline=baseline, latest=series[-1])
    meant = level(asked.target, _base(asked.target, series, baseline), series[-1].unit)
    if isinstance(meant, str):
        return replace(outlook, reason=meant)
    return _stood(asked, replace(outlook, level=meant), series, meant)


def _baseline(asked: Undertaking, entity: Entity, series: Sequence[Observation]) -> Observation | None:
    """Return the newest value known on the day it was made; without an edition of then, that of the period before.

    Of many series only later copies are kept, whose editions say by when a value was public at the latest.
    """
    then = asked.series(entity, asked.made)
    before = [one for one in series if asked.made and periods.days(one.period)[1] < asked.made]
    return then[-1] if then else before[-1] if before else None


def _base(target: Target, series: Sequence[Observation], baseline: Observation | None) -> Observation | None:
    if target.against is None:
        return baseline
    return next((one for one in series if one.period == target.against), None)


def _stood(asked: Undertaking, outlook: Outlook, series: Sequence[Observation], meant: Level) -> Outlook:
    baseline, latest = outlook.baseline, series[-1]
    standing = stand(series, meant, asked.deadline, baseline.period if baseline else None)
    distance = (meant.value - latest.value) * (1 if meant.at_least else -1)
    found = projected(asked, series, meant)
    return replace(
        outlook,
        status=standing.status,
        reason=standing.reason,
        since=standing.since,
        distance=distance,
        pace=standing.pace.a_year if standing.pace else None,
        pace_from=standing.pace.since if standing.pace else None,
        needed=standing.needed,
        reached=standing.reached,
        bill=_bill(asked, latest, meant) if distance > 0 else None,
        projection=None if isinstance(found, str) else found,
        unprojected=found if isinstance(found, str) else None,
        cautions=_cautions(asked.indicator, outlook, standing.pace.since if standing.pace else latest.period),
    )


def projected(asked: Undertaking, series: Sequence[Observation], meant: Level) -> Projection | str:
    """Return the projection to the deadline's year; a string says why there is none."""
    learnt = projection.table().learnt(asked.indicator.id)
    ready = _ready(asked, series, learnt)
    if isinstance(ready, str):
        return ready
    past, years = ready
    first = int(series[-1].period) + 1
    fan = []
    for ahead in range(1, years + 1):
        low, median, high = projection.outcomes(past, learnt, ahead, _INTERVAL).tolist()
        fan.append(FanYear(year=first + ahead - 1, low=low, median=median, high=high))
    drawn = projection.outcomes(past, learnt, years, projection.chances(1, learnt.common)[0])
    return Projection(
        year=fan[-1].year,
        median=fan[-1].median,
        low=fan[-1].low,
        high=fan[-1].high,
        probability=float(_at_target(drawn, meant).mean()),
        draws=DRAWS,
        held=learnt.held,
        fan=tuple(fan),
    )


def draws(asked: Undertaking, outlooks: Sequence[Outlook]) -> npt.NDArray[np.bool_]:
    """Return entities x draws of whether each meets its level in the deadline's year; their errors hang together.

    `outlooks` are those with a projection.
    """
    learnt = projection.table().learnt(asked.indicator.id)
    found = []
    for one, chances in zip(outlooks, projection.chances(len(outlooks), learnt.common), strict=True):
        ready = _ready(asked, asked.series(one.entity, asked.as_of), learnt)
        if isinstance(ready, str) or one.level is None:
            raise ValueError(f"{one.entity.code} has no projection")
        past, years = ready
        found.append(_at_target(projection.outcomes(past, learnt, years, chances), one.level))
    return np.array(found)


def _at_target(values: Array, meant: Level) -> npt.NDArray[np.bool_]:
    return values >= meant.value if meant.at_least else values <= meant.value


def _ready(asked: Undertaking, series: Sequence[Observation], learnt: Learnt) -> tuple[Past, int] | str:
    """Return where a series stands and how many years there are to the deadline's; a string says why it cannot be."""
    if asked.deadline is None:
        return "no deadline to project to"
    if len(series[-1].period) != len("2024"):
        return "only yearly values are projected"
    years = asked.deadline.year - int(series[-1].period)
    if years < 1:
        return "the deadline's year is over"
    if years > projection.FARTHEST:
        return f"{years} years ahead; more than {projection.FARTHEST} are not projected"
    past = projection.past(
        [int(one.period) for one in series], [one.value for one in series], asked.indicator.kind, learnt
    )
    return past if isinstance(past, str) else (past, years)


def _bill(asked: Undertaking, latest: Observation, meant: Level) -> Bill | None:
    """Return what the distance is in money: of a share of GDP where GDP is known, or of an amount of money itself."""
    gap = meant.value - latest.value
    if latest.unit in currencies():
        told = f"{amount(meant.value, latest.unit)} − {amount(latest.value, latest.unit)}"
        return Bill(amount=gap, currency=latest.unit, arithmetic=f"{told} = {amount(gap, latest.unit)} a year")
    if asked.indicator.of != "GDP":
        return None
    years = asked.figures.series(GDP, latest.entity, as_of=asked.as_of).observations
    if not years:
        return None
    gdp = max(years, key=lambda one: time(one.period))
    cost = gap / 100 * gdp.value
    shares = f"({meant.value:.4g}% − {latest.value:.4g}% of {latest.period})"
    told = f"{shares} × GDP of {gdp.unit} {in_words(gdp.value)} in {gdp.period} = {gdp.unit} {in_words(cost)} a year"
    return Bill(amount=cost, currency=gdp.unit, arithmetic=told, gdp=gdp)


def _cautions(indicator: Indicator, outlook: Outlook, start: str) -> tuple[str, ...]:
    """Return the breaks that lie between what is compared."""
    latest, baseline = outlook.latest, outlook.baseline
    assert latest is not None  # noqa: S101
    found = []
    for one in indicator.breaks:
        years = one.of == "period" and start < one.since <= latest.period
        editions = one.of == "edition" and baseline and str(baseline.edition) < one.since <= str(latest.edition)
        if years or editions:
            found.append(f"From {one.since} ({one.of}): {one.note}.")
    if outlook.deadline and 0 < time(latest.period) - time(start) < 2:
        found.append("The pace rests on a single year.")
    if indicator.kind == "share" and outlook.target.unit in ("times", "percent") and outlook.target.kind != "share":
        found.append(f"The change is taken of the share of {indicator.of}, not of the sum behind it.")
    return tuple(found)
