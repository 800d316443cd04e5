"""The frozen values of outlooks: targets, where they stand, projections, bills."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import Struct

from onrecord.figures.values import Entity
from onrecord.model import Claim, Observation

TargetKind = Literal["level", "share", "count", "change", "multiple"]
Status = Literal["met", "on track", "off track", "missed", "open", "cannot be rated"]


class Target(Struct, frozen=True, kw_only=True):
    """What is to be reached, as it was said; `levels.level` turns it into a value of the series."""

    text: str
    """Its words: `3.5%`, `-55% against 1990`."""
    kind: TargetKind
    """`level` of an amount, rate or index, `share` of a base, `count`; `change` or `multiple` of a base value."""
    value: float
    """In `unit`; a change has its sign, a multiple of 2 doubles."""
    unit: str
    """As in `Quantity.unit`; `percent` or `percentage_point` for such changes, `times` for multiples."""
    of: str | None = None
    """Base of a share, if it was said: `GDP`."""
    per: str | None = None
    against: str | None = None
    """Period that a change or multiple is measured against; None: what was known when it was made."""
    at_least: bool = True
    """Whether values above the target meet it; False where values below do."""


class Level(Struct, frozen=True, kw_only=True):
    """A target as a value of the series, and how it was got."""

    value: float
    unit: str
    at_least: bool
    arithmetic: str
    """One line: `4,876,350,000 t in 1990 × (1 − 55%) = 2,194,357,500 t`."""


class FanYear(Struct, frozen=True, kw_only=True):
    """The projection for one year, in the series' unit: `low` and `high` are the ends of the 80% interval."""

    year: int
    low: float
    median: float
    high: float


class Projection(Struct, frozen=True, kw_only=True):
    """What the past lets expect of the deadline's year, in the series' unit."""

    year: int
    median: float
    low: float
    high: float
    """Ends of the 80% interval: one outcome in ten lies below `low`, one in ten above `high`."""
    probability: float
    """Of meeting the target in that year, 0 to 1."""
    draws: int
    held: float | None
    """Share of past outcomes that lay within such intervals for this indicator (`make backtest`); None: not known."""
    fan: tuple[FanYear, ...]
    """Every year from the latest value's next one to the deadline's."""


class Bill(Struct, frozen=True, kw_only=True):
    """What it would take in money to stand at the target today, over what is spent already."""

    amount: float
    """A year, in `currency`."""
    currency: str
    arithmetic: str
    gdp: Observation | None = None
    """The GDP that a share was multiplied by."""


class Outlook(Struct, frozen=True, kw_only=True):
    """Where one target of one entity stands."""

    indicator: str
    entity: Entity
    target: Target
    deadline: dt.date | None
    made: dt.date | None
    as_of: dt.date | None
    """Day whose knowledge was used; None for all that is known."""
    status: Status
    reason: str
    """One line: why this status."""
    since: str | None = None
    """Period from which on the target has been met without a break."""
    level: Level | None = None
    baseline: Observation | None = None
    """The newest value known on the day it was made, in the edition of then; if none is kept, of the period before."""
    latest: Observation | None = None
    distance: float | None = None
    """From the latest value to the target in the series' unit: positive while there is a way to go."""
    pace: float | None = None
    """Change a year since the baseline; without one, over the latest years."""
    pace_from: str | None = None
    """Period from which `pace` is counted."""
    needed: float | None = None
    """Change a year from the latest value that reaches the target in the deadline's year."""
    reached: int | None = None
    """Year in which the target is reached at the present pace; None if never."""
    bill: Bill | None = None
    projection: Projection | None = None
    unprojected: str | None = None
    """Why there is no projection."""
    cautions: tuple[str, ...] = ()


class Members(Struct, frozen=True, kw_only=True):
    """How many member countries will meet the target in the deadline's year, of those that can be projected."""

    projected: int
    mean: float
    low: int
    high: int
    """Ends of the 80% interval."""


class GroupOutlook(Struct, frozen=True, kw_only=True):
    """A target of a group: as a whole, and member by member, nearest to the target first."""

    whole: Outlook
    members: tuple[Outlook, ...]
    bill: Bill | None = None
    """Of all member countries that are short of the target and whose GDP is known."""
    without_bill: tuple[str, ...] = ()
    """Codes of members that are short of the target, or have no value, and are not in the bill."""
    meeting: Members | None = None


class Unrated(Struct, frozen=True):
    """Why a claim has no target that could be held against a series."""

    reason: str


class Followed(Struct, frozen=True, kw_only=True):
    """A commitment, demand or proposal that was read, and where it stands."""

    claim: Claim
    outlook: Outlook | Unrated
