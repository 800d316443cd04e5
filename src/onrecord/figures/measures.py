"""Units as files and publishers write them: `% of GDP`, `million EUR`, `t per capita`."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Final

from babel import Locale
from msgspec import Struct

from onrecord.figures.values import NATIONAL_CURRENCY, Indicator
from onrecord.units import DIMENSIONS, UNIT_WORDS

_SCALES: Final = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_FORM: Final = re.compile(
    rf"(?:(?P<scale>{'|'.join(_SCALES)})s? )?(?P<unit>.+?)(?: of (?P<of>.+?))?(?: per (?P<per>.+))?", re.IGNORECASE
)
_OTHERS: Final = {"%": "percent", "per cent": "percent"} | {
    name: name for name in ("percent", "percentage_point", "times", "count", "index")
}


class Measure(Struct, frozen=True, kw_only=True):
    """A unit, what it is of and per, and by how much a number written in it has to be multiplied."""

    unit: str
    of: str | None = None
    per: str | None = None
    scale: Decimal = Decimal(1)

    def fits(self, indicator: Indicator) -> bool:
        """Return whether values so measured are values of `indicator`; a base that is not written is not asked for."""
        same = self.unit == indicator.unit or (indicator.unit == NATIONAL_CURRENCY and self.unit in currencies())
        base = self.of is None or _plain(self.of) == _plain(indicator.of)
        return same and base and _plain(self.per) == _plain(indicator.per)


@cache
def measure(text: str) -> Measure:
    """Return what `text` measures.

    Raises:
        ValueError: No unit stands there, or none that is known.
    """
    if not text.strip():
        raise ValueError("no unit")
    form = _FORM.fullmatch(" ".join(text.split()).replace("per cent", "%"))
    unit = _unit(form["unit"]) if form else None
    if form is None or unit is None:
        raise ValueError(
            f"unknown unit {text!r}; known: percent or % (of GDP), count, index, ISO 4217 codes such as EUR, "
            "unit symbols such as t or GWh, with million or billion before and per capita behind"
        )
    scale = Decimal(10) ** _SCALES[form["scale"].lower()] if form["scale"] else Decimal(1)
    return Measure(unit=unit, of=form["of"], per=form["per"], scale=scale)


@cache
def currencies() -> frozenset[str]:
    """Return the ISO 4217 codes, of past currencies too."""
    return frozenset(Locale("en").currencies)


def _unit(text: str) -> str | None:
    if text in DIMENSIONS or text in currencies():
        return text
    return _OTHERS.get(text.lower()) or UNIT_WORDS.get(text.lower())


def _plain(text: str | None) -> str:
    return (text or "").casefold().strip()
