"""Rows of a CSV file of figures, as observations; `docs/figures.md` documents the columns."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import math
import re
import zlib
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Final, get_args

from onrecord.errors import BadRow, FiguresError, UnknownEntity, UnknownIndicator
from onrecord.figures import catalogue, entities, periods
from onrecord.figures.columns import sort_key
from onrecord.figures.measures import Measure, measure
from onrecord.figures.values import NATIONAL_CURRENCY, Indicator, IndicatorKind, Publisher, Series
from onrecord.model import Observation

REQUIRED: Final = ("indicator", "entity", "period", "value", "unit", "edition", "source")
OPTIONAL: Final = ("estimate", "address", "read_from", "attribution", "licence", "title", "kind", "prices", "words")
_OTHER_NAMES: Final = {"year": "period", "source_url": "address", "retrieved_via": "read_from"}
_TRUTH: Final = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False, "": False}
_EDITION: Final = re.compile(r"(by )?(\d{4})(?:-(\d\d))?(?:-(\d\d))?")


class Rows:
    """The rows of one file, read: its `observations` with their `lines`, and the `indicators` that are not `known`."""

    def __init__(self, known: Mapping[str, Indicator]) -> None:
        self._known = dict(known)
        self._seen: dict[tuple[object, ...], int] = {}
        self.observations: list[Observation] = []
        self.lines: list[int] = []
        self.indicators: list[Indicator] = []

    def take(self, row: Mapping[str, str], line: int) -> None:
        """Take one row, its columns by name.

        Raises:
            ValueError: A column cannot be read, its unit is not the indicator's, or its figure stood in an earlier row.
            UnknownIndicator: The catalogue has no such indicator, and the row no title for a new one.
            UnknownEntity: Nothing known is called so.
        """
        measured = measure(row["unit"])
        indicator = self._indicator(row, measured)
        if not measured.fits(indicator):
            raise ValueError(f"unit {row['unit']!r}, but {indicator.id} is in {unit_of(indicator)}")
        one = observation(row, measured)
        earlier = self._seen.setdefault(sort_key(one), line)
        if earlier != line:
            raise ValueError(f"the same figure stands in line {earlier}")
        self.observations.append(one)
        self.lines.append(line)

    def _indicator(self, row: Mapping[str, str], measured: Measure) -> Indicator:
        name = row["indicator"]
        if name in self._known:
            return self._known[name]
        if not row.get("title"):
            raise UnknownIndicator(name, catalogue.nearest(name, self._known.values()))
        self._known[name] = new_indicator(row, measured)
        self.indicators.append(self._known[name])
        return self._known[name]


def read_file(path: Path, known: Mapping[str, Indicator]) -> Rows:
    """Return the rows of a CSV file (plain or gzipped, UTF-8), all of which can be taken.

    Raises:
        BadRow: One cannot.
        FiguresError: The file cannot be read, lacks a column, has an unknown one, or has no rows.
    """
    rows = Rows(known)
    try:
        for line, row in _lines(path):
            try:
                rows.take(row, line)
            except (ValueError, UnknownIndicator, UnknownEntity) as error:
                raise BadRow(str(path), line, str(error)) from error
    except (OSError, EOFError, UnicodeDecodeError, csv.Error, zlib.error) as error:
        raise FiguresError(f"{path}: cannot be read: {getattr(error, 'strerror', None) or error}") from error
    if not rows.observations:
        raise FiguresError(f"{path}: no rows below the header")
    return rows


def _lines(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8-sig", newline="") as text:
        reader = csv.reader(text, strict=True)
        header = _header(str(path), next(reader, []))
        for cells in filter(None, reader):
            if len(cells) != len(header):
                raise BadRow(str(path), reader.line_num, f"{len(cells)} cells, but the header has {len(header)}")
            yield reader.line_num, dict(zip(header, (cell.strip() for cell in cells), strict=True))


def _header(source: str, cells: list[str]) -> list[str]:
    header = [_OTHER_NAMES.get(cell.strip(), cell.strip()) for cell in cells]
    missing = [name for name in REQUIRED if name not in header]
    unknown = [name for name in header if name not in REQUIRED + OPTIONAL]
    if missing:
        raise FiguresError(f"{source}: no column {', '.join(missing)}; needed: {', '.join(REQUIRED)}")
    if unknown or len(set(header)) < len(header):
        odd = ", ".join(unknown) or "one twice"
        raise FiguresError(f"{source}: columns that mean nothing here: {odd}; allowed besides: {', '.join(OPTIONAL)}")
    return header


def observation(row: Mapping[str, str], measured: Measure) -> Observation:
    """Return the observation of a row whose unit was read as `measured`. Raises as `Rows.take` does."""
    estimate = row.get("estimate", "").lower()
    if estimate not in _TRUTH:
        raise ValueError(f"estimate {row['estimate']!r} is neither true nor false")
    if not row["source"]:
        raise ValueError("no source")
    day, exact = edition(row["edition"])
    return Observation(
        indicator=row["indicator"],
        entity=entities.entity(row["entity"]).code,
        period=periods.parse(row["period"]),
        value=_number(row["value"], measured.scale),
        unit=measured.unit,
        estimate=_TRUTH[estimate],
        edition=day,
        edition_exact=exact,
        source=row["source"],
        address=row.get("address", ""),
        read_from=row.get("read_from", ""),
        attribution=row.get("attribution") or row["source"],
    )


def edition(text: str) -> tuple[dt.date, bool]:
    """Return the day of an edition, and whether it is exact: `2025-08-28` is, `by 2025-08-28` and `2025-08` are not.

    Raises:
        ValueError: It is none of these.
    """
    form = _EDITION.fullmatch(text)
    if form is None:
        raise ValueError(
            f"edition {text!r} is not a day (2025-08-28), an upper bound (by 2025-08-28), a month or a year"
        )
    bound, year, month, day = form.groups()
    if not day:
        return periods.days(f"{year}-{month}" if month else year)[1], False
    try:
        return dt.date(int(year), int(month), int(day)), not bound
    except ValueError as error:
        raise ValueError(f"edition {text!r} is no day of the calendar") from error


def csv_text(series: Series) -> str:
    """Return a series as CSV with a header, which `read_file` reads back to the same values."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*REQUIRED, *OPTIONAL])
    indicator = series.indicator
    told = (indicator.publisher.licence, indicator.title, indicator.kind, indicator.prices, ";".join(indicator.words))
    for one in series.observations:
        unit = one.unit if indicator.unit == NATIONAL_CURRENCY else unit_of(indicator)
        row = [one.indicator, one.entity, one.period, repr(one.value), unit, edition_words(one), one.source]
        estimate = "true" if one.estimate else "false"
        writer.writerow([*row, estimate, one.address, one.read_from, one.attribution, *told])
    return out.getvalue()


def edition_words(one: Observation) -> str:
    """Return the edition of `one` as `edition` reads it."""
    return f"{'' if one.edition_exact else 'by '}{one.edition}"


def unit_of(indicator: Indicator) -> str:
    """Return the unit of `indicator` in words: `percent of GDP`, `t per capita`."""
    base = f" of {indicator.of}" if indicator.of else ""
    return f"{indicator.unit}{base}{f' per {indicator.per}' if indicator.per else ''}"


def new_indicator(row: Mapping[str, str], measured: Measure) -> Indicator:
    """Return the indicator that a row with a title describes.

    Raises:
        ValueError: Its kind is not one.
    """
    kind = row.get("kind") or _kind(measured)
    kinds: tuple[IndicatorKind, ...] = get_args(IndicatorKind)
    if kind not in kinds:
        raise ValueError(f"kind {kind!r} is none of {', '.join(kinds)}")
    title, attribution = row["title"], row.get("attribution") or row["source"]
    words = [word.strip().lower() for word in row.get("words", "").split(";") if word.strip()]
    return Indicator(
        id=row["indicator"],
        title=title,
        kind=kinds[kinds.index(kind)],
        unit=measured.unit,
        of=measured.of,
        per=measured.per,
        prices=row.get("prices") or None,
        publisher=Publisher(
            name=row["source"],
            licence=row.get("licence") or "not stated",
            attribution=attribution,
            address=row.get("address", ""),
        ),
        words=tuple(words or [title.lower()]),
    )


def _kind(measured: Measure) -> str:
    if measured.per:
        return "rate"
    special = {"percent": "share", "percentage_point": "share", "count": "count", "index": "index", "times": "index"}
    return special.get(measured.unit, "amount")


def _number(text: str, scale: Decimal) -> float:
    try:
        # Decimal would take 1_000 and figures of other scripts, which no publisher means
        number = float(Decimal(text if text.isascii() and "_" not in text else "NaN") * scale)
    except (InvalidOperation, OverflowError):
        number = math.nan
    if not math.isfinite(number):
        raise ValueError(f"value {text!r} is not a number (1234.5, no thousands separators)")
    return number
