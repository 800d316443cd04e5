"""When to ask again: what hosts and feeds wish for, and what is done after failures."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime

SHORTEST = dt.timedelta(minutes=5)
LONGEST = dt.timedelta(hours=24)
LONGEST_HOLD = dt.timedelta(days=7)
"""A host that wishes to be left alone for longer is asked again all the same."""

_MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,12})", re.IGNORECASE)
_SECONDS = re.compile(r"\d{1,12}")
_PERIODS = {"hourly": 3_600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}


def back_off(failures: int) -> dt.timedelta:
    """Return how long to wait after so many failures in a row: 5 minutes, doubled each time, at most a day."""
    doublings = min(max(failures, 1) - 1, 16)  # a day is reached after 9
    return min(SHORTEST * (1 << doublings), LONGEST)


def interval(*wishes: int) -> dt.timedelta:
    """Return the longest of the wishes, in seconds, within 5 minutes and a day."""
    seconds = min(max((0, *wishes)), int(LONGEST.total_seconds()))
    return max(SHORTEST, dt.timedelta(seconds=seconds))


def max_age(cache_control: str | None) -> int:
    """Return the seconds for which a `Cache-Control` header calls an answer fresh; 0 where it does not."""
    found = _MAX_AGE.search(cache_control or "")
    return int(found[1]) if found else 0


def feed_pace(ttl: object, period: object, frequency: object) -> int:
    """Return the seconds between two changes by a feed's own word; 0 where it has none that makes sense.

    `ttl` is RSS's, in minutes; `period` and `frequency` are `sy:updatePeriod` and `sy:updateFrequency`, so many
    times a period.
    """
    times = max(_whole(frequency), 1)
    return max(_whole(ttl) * 60, _PERIODS.get(str(period).strip().lower(), 0) // times)


def retry_after(value: str | None, now: dt.datetime) -> dt.datetime | None:
    """Return the moment up to which a `Retry-After` header (seconds, or a date) asks for peace, at most a week off.

    None where there is none, it cannot be read, or the moment has passed.
    """
    text = (value or "").strip()
    if _SECONDS.fullmatch(text):
        wished = now + min(dt.timedelta(seconds=int(text)), LONGEST_HOLD)
    else:
        try:
            wished = parsedate_to_datetime(text)
            wished = wished.replace(tzinfo=wished.tzinfo or dt.UTC).astimezone(dt.UTC)  # -0000 gives no time zone
        except (ValueError, OverflowError):  # OverflowError: the last hours of the year 9999
            return None
    return min(wished, now + LONGEST_HOLD) if wished > now else None


def _whole(value: object) -> int:
    text = str(value).strip()
    return int(text) if _SECONDS.fullmatch(text) and text.isascii() else 0
