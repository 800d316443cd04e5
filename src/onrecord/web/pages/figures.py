"""The page Figures: indicators, and their series with every edition side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from msgspec import Struct

from onrecord.errors import UnknownEntity, UnknownIndicator
from onrecord.figures import Entity, Figures, Indicator, Series
from onrecord.figures.rows import csv_text, edition_words, unit_of
from onrecord.figures.values import NATIONAL_CURRENCY
from onrecord.model import Observation
from onrecord.record.rating import RatedBy
from onrecord.web import given
from onrecord.web.gate import Refusal
from onrecord.web.plot import series_plot
from onrecord.web.rendering import page, with_query


class Listed(Struct, frozen=True):
    """An indicator as the list shows it."""

    indicator: Indicator
    unit: str
    entities: int


class Source(Struct, frozen=True, kw_only=True):
    """A publication, its address (empty where none is known), and whom to credit."""

    source: str
    address: str
    attribution: str


@get("/figures", include_in_schema=False, sync_to_thread=True)
def show(
    request: Request[Any, Any, Any],
    by: NamedDependency[RatedBy],
    words: FromQuery[str] = "",
    entity: FromQuery[str] = "",
) -> Response[str]:
    """Show the indicators in whose title, words or publisher all words stand; of an entity, those that it has."""
    known, wanted, name = by.figures, given.words("words", words), given.words("entity", entity)
    whose = _entity(known, name, status=400) if name else None
    found = [one for one in known.indicators if _matches(one, wanted or "")]
    if whose:
        found = [one for one in found if _has(known, one, whose)]
    return page(
        request,
        "figures.html",
        found=[Listed(one, unit_of(one), len(known.entities(one.id))) for one in found],
        words=wanted or "",
        whose=whose,
        names=_names(known, {code for one in known.indicators for code in known.entities(one.id)}),
    )


@get("/figures/{indicator:str}", include_in_schema=False, sync_to_thread=True)
def show_indicator(
    request: Request[Any, Any, Any],
    by: NamedDependency[RatedBy],
    indicator: FromPath[str],
    entity: FromQuery[str] = "",
    as_of: FromQuery[str] = "",
) -> Response[Any]:
    """Show an indicator, with all that has figures of it; with an entity lead to its series."""
    known = by.figures
    one = _indicator(known, indicator)
    if name := given.words("entity", entity):
        return Redirect(_address(one, _entity(known, name, status=400), given.day("as_of", as_of)), status_code=303)
    return page(
        request,
        "indicator.html",
        one=one,
        unit=unit_of(one),
        names=_names(known, known.entities(one.id)),
    )


@get("/figures/{indicator:str}/{entity:str}", include_in_schema=False, sync_to_thread=True)
def show_series(
    request: Request[Any, Any, Any],
    by: NamedDependency[RatedBy],
    indicator: FromPath[str],
    entity: FromPath[str],
    as_of: FromQuery[str] = "",
) -> Response[Any]:
    """Show a series as it was known on a day, with its editions side by side."""
    known, day = by.figures, given.day("as_of", as_of)
    one, whose = _indicator(known, indicator), _entity(known, entity, status=404)
    if entity != whose.code:
        return Redirect(_address(one, whose, day), status_code=303)
    series = known.series(one.id, whose.code, as_of=day, editions=True)
    newest_first = sorted(series.observations, key=_edition, reverse=True)
    return page(
        request,
        "series.html",
        series=series,
        unit=_unit(series),
        editions=tuple(dict.fromkeys(map(edition_words, newest_first))),
        table=_side_by_side(series.observations),
        sources=_sources(series.observations),
        plot=series_plot(series),
        first=_first_edition(known, one, whose) if day and not series.observations else None,
        names=_names(known, known.entities(one.id)),
        table_address=with_query(f"{_address(one, whose, None)}/series.csv", as_of=day),
    )


@get("/figures/{indicator:str}/{entity:str}/series.csv", include_in_schema=False, sync_to_thread=True)
def send_series(
    by: NamedDependency[RatedBy], indicator: FromPath[str], entity: FromPath[str], as_of: FromQuery[str] = ""
) -> Response[str]:
    """Send a series with all its editions as a table that `onrecord figures add` reads."""
    known, day = by.figures, given.day("as_of", as_of)
    one, whose = _indicator(known, indicator), _entity(known, entity, status=404)
    called = f'attachment; filename="{one.id}-{whose.code}.csv"'
    return Response(
        csv_text(known.series(one.id, whose.code, as_of=day, editions=True)),
        media_type="text/csv",
        headers={"Content-Disposition": called},
    )


def _matches(one: Indicator, words: str) -> bool:
    said = " ".join((one.id, one.title, *one.words, one.publisher.name, unit_of(one))).casefold()
    return all(word in said for word in words.casefold().split())


def _has(known: Figures, one: Indicator, whose: Entity) -> bool:
    return bool({whose.code, whose.series} & set(known.entities(one.id)))


def _names(known: Figures, codes: Sequence[str] | set[str]) -> dict[str, str]:
    """Return the names of entities by their codes, in order of name."""
    return dict(sorted(((code, known.entity(code).name) for code in codes), key=lambda one: one[1]))


def _indicator(known: Figures, name: str) -> Indicator:
    try:
        return known.indicator(name)
    except UnknownIndicator as error:
        near = f"Nearest: {', '.join(error.nearest)}. " if error.nearest else ""
        raise Refusal(404, f"there is no indicator {name[:80]}", f"{near}Figures lists them all.") from error


def _entity(known: Figures, name: str, *, status: int) -> Entity:
    try:
        return known.entity(name)
    except UnknownEntity as error:
        near = f"Nearest: {', '.join(error.nearest)}." if error.nearest else "Give a name or code: Britain, GBR, NATO."
        raise Refusal(status, f"no country or group is known as {name[:80]}", near) from error


def _address(one: Indicator, whose: Entity, day: dt.date | None) -> str:
    return with_query(f"/figures/{quote(one.id, safe='')}/{quote(whose.code, safe='')}", as_of=day)


def _unit(series: Series) -> str:
    if series.indicator.unit == NATIONAL_CURRENCY and series.observations:
        return series.observations[-1].unit
    return unit_of(series.indicator)


def _edition(row: Observation) -> tuple[dt.date, bool]:
    return row.edition, not row.edition_exact


def _side_by_side(rows: Sequence[Observation]) -> dict[str, dict[str, Observation]]:
    """Return the observations by period, the newest first, then by the words of their edition, the newest last."""
    table: dict[str, dict[str, Observation]] = {}
    for row in rows:
        table.setdefault(row.period, {})[edition_words(row)] = row
    return dict(reversed(table.items()))


def _sources(rows: Sequence[Observation]) -> dict[Source, list[str]]:
    """Return the publications with the editions that come from each."""
    found: dict[Source, dict[str, None]] = {}
    for row in sorted(rows, key=_edition):
        source = Source(source=row.source, address=row.address, attribution=row.attribution)
        found.setdefault(source, {})[edition_words(row)] = None
    return {source: [*editions] for source, editions in found.items()}


def _first_edition(known: Figures, one: Indicator, whose: Entity) -> str | None:
    """Return when a series was first public: `on 2025-08-28`, `by 2026-03-06`; None where there is no value at all."""
    rows = known.series(one.id, whose.code, editions=True).observations
    first = min(rows, key=_edition, default=None)
    return f"{'on ' if first.edition_exact else ''}{edition_words(first)}" if first else None


ROUTES = (show, show_indicator, show_series, send_series)
