"""Times of day beside a date, with their time zones."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

from msgspec import Struct

_OFFSETS = {
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "bst": 60, "west": 60, "cet": 60, "mez": 60, "wat": 60, "cest": 120,
    "mesz": 120, "cat": 120, "sast": 120, "eet": 120, "eest": 180, "eat": 180, "msk": 180, "trt": 180, "gst": 240,
    "amt": 240, "pkt": 300, "wib": 420, "ict": 420, "wita": 480, "hkt": 480, "sgt": 480, "myt": 480, "pht": 480,
    "awst": 480, "jst": 540, "kst": 540, "wit": 540, "acst": 570, "aest": 600, "acdt": 630, "aedt": 660, "nzst":
    720, "nzdt": 780, "nst": -210, "ndt": -150, "adt": -180, "brt": -180, "art": -180, "edt": -240, "est": -300,
    "cdt": -300, "cst": -360, "mdt": -360, "mst": -420, "pdt": -420, "pst": -480, "akdt": -480, "akst": -540, "hst":
    -600,
}  # fmt: skip
"""Minutes east of Greenwich. Abbreviations that the press uses for several zones (`IST`, `AST`) are left out."""
_PLACES = {"et": "America/New_York", "ct": "America/Chicago", "mt": "America/Denver", "pt": "America/Los_Angeles"}
"""Zone names that leave it to the date whether summer time holds."""

_AM = {"am", "a", "오전", "午前", "上午", "凌晨", "早上", "sa", "πμ", "ص"}
_PM = {"pm", "p", "오후", "午後", "下午", "晚上", "ch", "μμ", "م"}
_HALF = r"[ap]\.?\s?m\b\.?|π\.?μ\.?|μ\.?μ\.?|SA\b|CH\b|[صم](?!\w)"
_HALF_BEFORE = r"(?:오전|오후|午前|午後|上午|下午|凌晨|早上|晚上)"
_NAMES = "|".join(sorted((name.upper() for name in {*_OFFSETS, *_PLACES}), key=lambda name: (-len(name), name)))
_ZONE = (
    rf"(?-i:(?:UTC|GMT)\s?[+−-]\s?\d{{1,2}}(?::?\d\d)?(?!\d)|(?:{_NAMES})(?:\b|(?=[A-Z][a-z]))|[+−-]\d\d:?\d\d(?!\d))"
)
_CLOCK = re.compile(
    rf"(?P<before>{_HALF_BEFORE})?\s?(?<!\d)(?<!\d[.,:])(?P<h>\d{{1,2}})(?:\s?(?::|\.|[hH]|時|时|点|시)\s?(?P<m>\d\d)(?!\d)(?:\s?[:.分분]\s?(?P<s>\d\d)(?!\d))?"
    rf"(?:\.\d+)?\s?[分분]?|(?=\s?[ap]\.?\s?m\b)|(?=\s?Uhr\b)|\s?[시時时点])\s?(?P<half>{_HALF})?(?:\s?Uhr\b|\s?Hrs\b|\s?hrs\b|\s?[hH]\b)?"
    rf"\s?\(?(?P<zone>{_ZONE})?\)?",
    re.IGNORECASE,
)
_REACH = 24
_SPLIT = re.compile(r"[^\W\d_]{2,}\s+[^\W\d_]{2,}\s+[^\W\d_]{2,}")


class Clock(Struct, frozen=True):
    """A time of day in minutes after midnight, with the zone as written (lower case), None where none stands."""

    minutes: int
    zone: str | None = None

    def iso(self, day: dt.date) -> str:
        """Return the time on `day` in ISO 8601: minute, and the zone's offset where it is known."""
        time = f"{self.minutes // 60:02}:{self.minutes % 60:02}"
        offset = _offset(self.zone, day, self.minutes) if self.zone else None
        return time if offset is None else f"{time}{_signed(offset)}"


def _signed(minutes: int) -> str:
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _offset(zone: str, day: dt.date, minutes: int) -> int | None:
    """Return minutes east of Greenwich of `zone` at that time, None where it is not known."""
    number = re.search(r"([+-])\s?(\d{1,2}):?(\d\d)?$", zone)
    if number:
        size = 60 * int(number[2]) + int(number[3] or 0)
        return size if number[1] == "+" else -size
    if zone in _PLACES:
        moment = dt.datetime.combine(day, dt.time(minutes // 60, minutes % 60), ZoneInfo(_PLACES[zone]))
        delta = moment.utcoffset()
        return None if delta is None else int(delta.total_seconds()) // 60
    return _OFFSETS.get(zone)


def _clock(match: re.Match[str]) -> Clock | None:
    hour, minute = int(match["h"]), int(match["m"] or 0)
    half = re.sub(r"[.\s]", "", (match["half"] or match["before"] or "").casefold())
    if half in _PM and hour < 12:
        hour += 12
    elif half in _AM and hour == 12:
        hour = 0
    if hour > 23 or minute > 59:
        return None
    zone = (match["zone"] or "").casefold().replace("−", "-") or None
    return Clock(60 * hour + minute, zone)


def read_clock_after(text: str, at: int, reach: int = _REACH) -> tuple[Clock | None, int]:
    """Return the time of day that starts within `reach` characters after `at`, and its end; (None, at) where none does.

    Three words in between mean that it belongs to something else.
    """
    near = text[at : at + reach + 24]  # cut, so that a year glued to the time (`20194:29 AM`) is not seen
    match = _CLOCK.search(near)
    if match is None or match.start("h") > reach or _SPLIT.search(near, 0, match.start("h")):
        return None, at
    clock = _clock(match)
    return (clock, at + match.end()) if clock else (None, at)


def read_clock_before(text: str, at: int, low: int) -> tuple[Clock | None, int]:
    """Return the last time of day that ends within reach before `at`, not before `low`, and its start; (None, at)."""
    for match in reversed(list(_CLOCK.finditer(text, max(low, at - _REACH - 20), at))):
        clock = _clock(match)
        if clock and at - match.end() <= _REACH and not _SPLIT.search(text, match.end(), at):
            return clock, match.start()
    return None, at
