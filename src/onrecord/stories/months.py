"""Names of months and weekdays in the languages of CLDR (`months.txt`, written by `tools/make_month_names.py`)."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from pathlib import Path

_MUCH = 4
"""How many times more languages must mean one month by a name than another for it to be taken as that month."""
_EXTRA = {"sept": 9, "thurs": 0, "tues": 0, "weds": 0}
"""Abbreviations that the press uses and CLDR lacks: of a month its number, of a weekday 0."""


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, dict[str, int]], frozenset[str]]:
    """Return each month name's number by language, and all weekday names."""
    months: dict[str, dict[str, int]] = {}
    weekdays = {name for name, month in _EXTRA.items() if not month}
    for line in Path(__file__).with_name("months.txt").read_text(encoding="utf-8").splitlines():
        code, *cells = line.split("\t")
        weekdays.update(cells[12].split("|"))
        for number, cell in enumerate(cells[:12], 1):
            for name in cell.split("|"):
                months.setdefault(name, {})[code] = number
    for name, number in _EXTRA.items():
        if number:
            months.setdefault(name, {})["en"] = number
    months.pop("", None)
    return months, frozenset(weekdays - {""})


def fold(word: str) -> str:
    """Return `word` as the table writes it."""
    return word.casefold().strip(".,\u200e\u200f")


@lru_cache(maxsize=4096)
def month_number(word: str, language: str = "und") -> int | None:
    """Return the number of the month that `word` names in `language`, 1 to 12; None where it names none for sure.

    A name that other languages use too is taken from them, unless they disagree among themselves
    (`listopad` is October in Croatian, November in Czech and Polish).
    """
    readings = _table()[0].get(fold(word))
    if readings is None:
        return None
    if language in readings:
        return readings[language]
    (number, votes), *rest = Counter(readings.values()).most_common()
    return number if not rest or votes >= _MUCH * rest[0][1] else None


@lru_cache(maxsize=4096)
def is_weekday(word: str) -> bool:
    """Return whether `word` is the name of a weekday in some language."""
    return fold(word) in _table()[1]
