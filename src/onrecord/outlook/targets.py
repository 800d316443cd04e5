"""Targets as they are said, `3.5%`, `-55%`, `x2`, and as values of a series with the arithmetic shown."""

from __future__ import annotations

import re
from typing import Final

from msgspec.structs import replace

from onrecord.errors import UsageError
from onrecord.figures.measures import Measure, currencies, measure
from onrecord.figures.rows import unit_of
from onrecord.figures.values import NATIONAL_CURRENCY, Indicator
from onrecord.model import Observation
from onrecord.outlook.values import Level, Target, TargetKind

_FORM: Final = re.compile(r"(?P<sign>[+−-]?)\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>.*)", re.DOTALL)
_MULTIPLE: Final = re.compile(r"(?:x|×)\s*(?P<first>\d+(?:\.\d+)?)|(?P<last>\d+(?:\.\d+)?)\s*(?:x|×|times)")
_SCALES: Final = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
_POINTS: Final = re.compile(r"(?:percentage )?points?|pp")
_TONNES: Final = {"kg": 1e-3, "t": 1.0, "kt": 1e3, "Mt": 1e6, "Gt": 1e9}
"""Units of mass that are read as tonnes, the unit of emissions."""


class TargetRefused(UsageError):
    """A target cannot be one of this series: it is in another unit, or lacks what it is measured against."""


def read_target(text: str, indicator: Indicator, *, against: str | None = None, at_most: bool = False) -> Target:
    """Return the target that `text` writes for an indicator.

    Args:
        text: `3.5`, `3.5%`, `3.5% of GDP`, `20`, `1.2 billion USD`, `400 Mt`; a change `-55%`, `+0.5 points`,
            `+2 billion USD`; a multiple `x2`, `3 times`. A number without a unit is in that of the indicator.
        indicator: What is measured.
        against: Period that a change or multiple is measured against; None: what was known when it was made.
        at_most: Whether values below the target meet it, as of emissions; so it is for a decrease in any case.

    Raises:
        TargetRefused: It is no such number, or is in another unit than the indicator; both units are named.
    """
    words = " ".join(text.split())
    multiple, form = _MULTIPLE.fullmatch(words), _FORM.fullmatch(words)
    if multiple:
        value = float(multiple["first"] or multiple["last"])
        target = Target(text=words, kind="multiple", value=value, unit="times", at_least=value >= 1)
    elif form:
        target = _plain(words, form, indicator)
    else:
        raise TargetRefused(f"target {text!r} is no number with a unit such as 3.5%, -55%, x2, 400 Mt")
    if against:
        if target.kind not in ("change", "multiple"):
            raise TargetRefused(f"target {words!r}: only a change (-55%, +10%) or a multiple (x2) is against a year")
        target = replace(target, against=against, text=f"{words} against {against}")
    refused = check_unit(target, indicator)
    if refused:
        raise TargetRefused(refused)
    return replace(target, at_least=target.at_least and not at_most)


def check_unit(target: Target, indicator: Indicator) -> str | None:
    """Return why a target cannot be one of `indicator`, naming both units; None if it can."""
    if target.kind == "multiple" or (target.kind == "change" and target.unit == "percent"):
        return None
    if target.unit == "percentage_point":
        fits = indicator.unit == "percent"
    else:
        unit = "t" if indicator.unit == "t" and target.unit in _TONNES else target.unit
        fits = Measure(unit=unit, of=target.of, per=target.per or indicator.per).fits(indicator)
    if fits:
        return None
    base = f" of {target.of}" if target.of else f" per {target.per}" if target.per else ""
    return f"target {target.text!r} is in {target.unit}{base}, {indicator.id} in {unit_of(indicator)}"


def level(target: Target, base: Observation | None, unit: str) -> Level | str:
    """Return a target as a value of a series in `unit`; a string says why that cannot be told.

    `base` is the observation that a change or multiple is measured against.
    """
    if target.kind not in ("change", "multiple"):
        value = target.value * (_TONNES.get(target.unit, 1.0) if unit == "t" else 1.0)
        if target.unit in currencies() and target.unit != unit:
            return f"target {target.text!r} is in {target.unit}, the series in {unit}"
        return Level(value=value, unit=unit, at_least=target.at_least, arithmetic=f"{amount(value, unit)}, as stated")
    if base is None:
        return f"no value of {target.against or 'the day it was made'}, against which it is measured"
    value, step = _moved(target, base, unit)
    start = f"{amount(base.value, unit)} in {base.period}"
    return Level(value=value, unit=unit, at_least=target.at_least, arithmetic=f"{start} {step} = {amount(value, unit)}")


def reached(value: float, target: Level) -> bool:
    """Return whether a value meets the target; a billionth short of it is rounding of the machine."""
    slack = 1e-9 * max(abs(value), abs(target.value))
    return value >= target.value - slack if target.at_least else value <= target.value + slack


def amount(value: float, unit: str, *, digits: int = 4) -> str:
    """Return a value with its unit, to so many digits: `2.333%`, `USD 7.412 billion`, `412.3 million t`."""
    if unit == "percent":
        return f"{value:.{digits}g}%"
    if unit in currencies():
        return f"{unit} {in_words(value, digits=digits)}"
    return f"{value:,.0f}" if unit == "count" else f"{in_words(value, digits=digits)} {unit}"


def in_words(value: float, *, digits: int = 4) -> str:
    """Return a large number with its scale word, to so many digits; below a million without."""
    for word, size in (("trillion", 1e12), ("billion", 1e9), ("million", 1e6)):
        if abs(value) >= size:
            return f"{value / size:.{digits}g} {word}"
    return f"{value:,.{digits}g}" if abs(value) < 10**digits else f"{value:,.0f}"


def _moved(target: Target, base: Observation, unit: str) -> tuple[float, str]:
    if target.kind == "multiple":
        return base.value * target.value, f"× {target.value:g}"
    sign = "−" if target.value < 0 else "+"
    size = abs(target.value)
    if target.unit == "percent":
        return base.value * (1 + target.value / 100), f"× (1 {sign} {size:g}%)"
    if target.unit == "percentage_point":
        return base.value + target.value, f"{sign} {size:g} points"
    moved = target.value * (_TONNES.get(target.unit, 1.0) if unit == "t" else 1.0)
    return base.value + moved, f"{sign} {amount(abs(moved), unit)}"


def _unit(text: str, indicator: Indicator) -> Measure:
    """Return what stands behind the number, read as the indicator's own unit where nothing stands there."""
    if _POINTS.fullmatch(text):
        return Measure(unit="percentage_point")
    if text in _SCALES:
        text = f"{text} {indicator.unit}" if indicator.unit != NATIONAL_CURRENCY else text
    try:
        return measure(text) if text else Measure(unit=indicator.unit, of=indicator.of, per=indicator.per)
    except ValueError as error:
        raise TargetRefused(f"target in {text!r}, {indicator.id} in {unit_of(indicator)}: {error}") from error


def _kind(indicator: Indicator) -> TargetKind:
    return indicator.kind if indicator.kind in ("share", "count") else "level"


def _plain(words: str, form: re.Match[str], indicator: Indicator) -> Target:
    """Return the target that a number with its unit is: with a sign a change."""
    value = float(form["number"].replace(",", ""))
    said = _unit(form["unit"].strip(), indicator)
    falls = form["sign"] in ("-", "−")
    if words == form["number"] and indicator.unit != NATIONAL_CURRENCY:
        words += {"percent": "%", "count": ""}.get(indicator.unit, f" {indicator.unit}")
    # +0.5% of GDP is half a point of it, +0.5% half a hundredth of what there is
    points = bool(form["sign"] and said.of) and said.fits(indicator)
    return Target(
        text=words,
        kind="change" if form["sign"] else _kind(indicator),
        value=value * float(said.scale) * (-1 if falls else 1),
        unit="percentage_point" if points else said.unit,
        of=said.of,
        per=said.per,
        at_least=not falls,
    )
