"""Which period a claim is about."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Final

from onrecord.figures import periods
from onrecord.model import Reason, When
from onrecord.verdicts.wording import Wording

_NOW: Final = re.compile(
    r"^(?:at (?:the moment|present|this point)|now|currently|today|these days|at the time|already|so far|"
    r"as of (?:now|today)|presently|still|this week|this month|right now|for now)$"
)
_LAST_YEAR: Final = re.compile(r"\b(?:last year|a year (?:ago|earlier|before)|the previous year|the year before)\b")
_OTHER_YEAR: Final = re.compile(
    r"\b(?:set|adopted|agreed|made|pledged|joined|founded|signed|since|from|than|levels? of|by|until|with|against|"
    r"below|above|to) (?:in |of )?((?:19|20)\d\d)\b"
    r"|\b((?:19|20)\d\d)(?: levels?| prices| target| pledge| summit| agreement)"
)
"""Years that are not when something was measured: of a target, a base."""
_PART_OF_A_YEAR: Final = re.compile(r"\b(?:quarter|half[- ]year|first half|second half|(?:six|nine|three) months)\b")
_MOST_OF_A_YEAR: Final = 330
"""Days from which a period within a year means that year."""
STALE: Final = 3
"""Years after which the latest known value says little of the present: it can support, not refute."""


def is_future(when: When | None, day: dt.date | None) -> bool:
    """Return whether what is claimed lies behind the story's day."""
    if when is None or day is None:
        return False
    if when.relation == "by":
        return when.end is not None and when.end > day
    return when.start is not None and when.start > day


def is_present(when: When | None) -> bool:
    """Return whether a claim speaks of its own time: it gives no other."""
    return when is None or bool(_NOW.match(when.text.lower().strip(" ,")))


def years_long(when: When | None) -> bool:
    """Return whether a claim is about several years: a change over them, not a value in one of them."""
    return when is not None and when.start is not None and when.end is not None and when.end.year - when.start.year >= 2


def stated(wording: Wording, day: dt.date | None) -> tuple[str, ...] | Reason:
    """Return the periods that the claim itself names, empty where it means its own time."""
    when = wording.claim.when
    if is_present(when):
        return "no period" if wording.has(_PART_OF_A_YEAR) else _in_sentence(wording, day)
    assert when is not None  # noqa: S101  # else it is present
    if when.start is None and when.end is None:
        return "no period"
    if when.relation == "since":
        return ()
    if when.relation == "by" or when.start is None or when.end is None:
        end = when.end or when.start
        assert end is not None  # noqa: S101
        return (str(end.year),)
    if (when.start.year, when.end.year) == (when.start.year,) * 2 and (when.end - when.start).days < 27 and day:
        # `on Tuesday` tells when it was said or known, and series have no days
        return () if abs((day - when.end).days) < 45 else "no period"
    return _span(when.start, when.end)


@lru_cache(maxsize=4096)
def present(known: tuple[str, ...], day: dt.date) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the latest known period, and the one before it where the latest was not over on `day`."""
    if not known:
        return tuple(str(day.year - back) for back in (0, 1, 2)) if day != dt.date.max else (), ()
    over = next((period for period in reversed(known) if periods.days(period)[1] < day), known[-1])
    return (known[-1],), (over,) if over != known[-1] else ()


def is_stale(period: str, day: dt.date) -> bool:
    """Return whether a period is too long past to speak of the present of `day`."""
    return day != dt.date.max and day.year - periods.days(period)[1].year > STALE


def _span(start: dt.date, end: dt.date) -> tuple[str, ...] | Reason:
    whole = periods.spanning(start, end)
    if whole is not None:
        return (whole,)
    if start.year == end.year:
        return (str(start.year),) if (end - start).days >= _MOST_OF_A_YEAR else "no period"
    # a fiscal year, or twelve months up to a day: either calendar year may be meant
    return (str(start.year), str(end.year)) if (end - start).days < 380 else "no period"


def _in_sentence(wording: Wording, day: dt.date | None) -> tuple[str, ...]:
    """Return the years that the sentence names where the claim was read without a time: it may be one of them."""
    if wording.claim.when is not None:
        return ()
    others = {year for pair in _OTHER_YEAR.findall(wording.text) for year in pair if year}
    years = [str(year) for year in wording.years if (day is None or year <= day.year) and str(year) not in others]
    if day is not None and _LAST_YEAR.search(wording.text):
        years.append(str(day.year - 1))
    return tuple(years)
