"""What stands in an address, read: a form sends every field, the empty ones too; what does not fit is told in words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection

from onrecord.web.gate import Refusal

_STEP = "Choose it in the form of the page, or mend the address."
_LONGEST = 200


def one_of(name: str, given: str, allowed: Collection[str]) -> str | None:
    """Return what is given where it is allowed, None where nothing is; raises `Refusal` (400) for anything else."""
    if not given:
        return None
    if given not in allowed:
        raise Refusal(400, f"{name}: {given[:80]!r} is not one of {', '.join(allowed)}", _STEP)
    return given


def whole(name: str, given: str, *, least: int = 0, most: int) -> int | None:
    """Return a whole number, None where nothing is given; raises `Refusal` (400) where it is none or out of range."""
    if not given.strip():
        return None
    if not re.fullmatch(r"\d{1,9}", given.strip(), re.ASCII) or not least <= int(given) <= most:
        raise Refusal(400, f"{name}: {given[:80]!r} is not a whole number from {least} to {most:,}", _STEP)
    return int(given)


def day(name: str, given: str) -> dt.date | None:
    """Return a day, None where nothing is given; raises `Refusal` (400) where it is none."""
    if not given.strip():
        return None
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", given.strip(), re.ASCII):
            return dt.date.fromisoformat(given.strip())
    except ValueError:
        pass
    raise Refusal(400, f"{name}: {given[:80]!r} is not a day such as 2025-06-09", _STEP)


def words(name: str, given: str) -> str | None:
    """Return words without the blanks around them, None where there are none; raises `Refusal` (400) for too many."""
    if len(given) > _LONGEST:
        raise Refusal(400, f"{name}: longer than {_LONGEST} characters", _STEP)
    return " ".join(given.split()) or None
