"""What relative times are resolved against, and how a form of naming a time is entered in a table of forms."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from onrecord.language.calendar import NEAR, UNKNOWN, Lean, Period, Unit
from onrecord.language.calendar_words import YEAR, compiled


@dataclass(frozen=True, slots=True)
class Anchor:
    """What relative words are resolved against.

    `last` is the time last named, `last_year` the last that stated its year, `last_day` the last day. `inside` is
    set where the period is a part of another, or bounds one (`the end of the year`, `before the year is out`).
    """

    day: dt.date | None
    lean: Lean = NEAR
    last: Period = UNKNOWN
    last_year: Period = UNKNOWN
    last_day: Period = UNKNOWN
    inside: bool = False

    def base(self, unit: Unit) -> dt.date | None:
        """Return the day from which `two years later` or `the next day` counts: of the time last named, else `day`."""
        return (self.last_day.start if unit == "day" else None) or self.last.start or self.day

    def after(self, named: Period) -> Anchor:
        """Return the anchor for what follows a time that was named."""
        if named.start is None:
            return self
        last_day = named if named.start == named.end else self.last_day
        return Anchor(self.day, NEAR, named, named if named.stated else self.last_year, last_day)


Resolve = Callable[[re.Match[str], Anchor], Period | None]
"""Resolves a match of a form; None where its words are no time after all."""

Forms = dict[str, tuple[re.Pattern[str], Resolve]]
"""Forms by their names, in the order in which they are tried: a pattern for `plain` text, and what resolves it."""


def form_of(forms: Forms) -> Callable[[str], Callable[[Resolve], Resolve]]:
    """Return a decorator that enters a function with its pattern into `forms`."""

    def form(pattern: str) -> Callable[[Resolve], Resolve]:
        def enter(resolve: Resolve) -> Resolve:
            forms[resolve.__name__.strip("_")] = (compiled(rf"(?:{pattern})(?!\w)"), resolve)
            return resolve

        return enter

    return form


_OTHER_YEAR = "(?:this|last|next|that|the same|that same|the following|the previous|the current) year"
IN_YEAR = rf"(?:(?:,? | of | in )(?P<year>{YEAR})|,? (?:of )?(?P<other>{_OTHER_YEAR}))?"


def year_of(match: re.Match[str], anchor: Anchor) -> tuple[int | None, bool]:
    """Return the year that a form gives (`June 24, 2025`, `May last year`; 0: unknown), and if it is stated."""
    words = match["other"]
    if match["year"] or not words:
        return (int(match["year"]), True) if match["year"] else (None, False)
    base = anchor.base("year") if re.search("that|same|following|previous", words) else anchor.day
    step = 1 if re.search("next|following", words) else -1 if re.search("last|previous", words) else 0
    return base.year + step if base else 0, False
