"""A claim as a question to the figures: of what, of whom, when, as known on which day."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from msgspec import Struct

from onrecord.figures import Figures, Indicator
from onrecord.figures import entities as known
from onrecord.model import Reason, Verdict
from onrecord.verdicts.judging import uncheckable
from onrecord.verdicts.wording import Wording


class Question(Struct, frozen=True, kw_only=True):
    """What a check has made out before it looks anything up."""

    figures: Figures
    wording: Wording
    indicators: tuple[Indicator, ...]
    """What may be meant, likeliest first."""
    entity: str
    day: dt.date
    """Day by which figures count as known; `judging.LATEST` for a story without one."""
    stated: tuple[str, ...] = ()
    """Periods that the claim, or its sentence, names; empty where there is none."""
    or_present: bool = False
    """Whether its own time may be meant as well: the periods are only the sentence's."""

    def uncheckable(self, reason: Reason, told: str, indicator: str | None = None) -> Verdict:
        """Return the verdict that this cannot be checked."""
        meant = indicator or (self.indicators[0].id if self.indicators else None)
        return uncheckable(reason, told, indicator=meant, entity=self.entity, period=next(iter(self.stated), None))


def has_figures(figures: Figures, indicator: Indicator, entity: str) -> bool:
    """Return whether there are figures of `indicator` for `entity`, or for the members of which it is made up."""
    one = known.entities()[entity]
    if {entity, one.series} & _observed(figures, indicator.id):
        return True
    return one.group and indicator.kind in {"amount", "count"} and bool(known.memberships().get(entity))


@lru_cache(maxsize=64)
def _observed(figures: Figures, indicator: str) -> frozenset[str | None]:
    return frozenset(figures.entities(indicator))
