"""Official figures: indicators, and their series as they were known on a day."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from litestar import get
from litestar.di import NamedDependency
from litestar.params import PathParameter, QueryParameter
from msgspec import Struct

from onrecord.figures import Indicator, Series
from onrecord.record.rating import RatedBy
from onrecord.web.api.asking import Day
from onrecord.web.api.problems import problems, refused

_IndicatorName = Annotated[str, PathParameter(min_length=1, max_length=200, description="Identifier of an indicator.")]


class Indicators(Struct, frozen=True, kw_only=True):
    """Every indicator that has observations."""

    indicators: tuple[Indicator, ...]


class Covered(Struct, frozen=True, kw_only=True):
    """An indicator, and the codes of all that it has observations of."""

    indicator: Indicator
    entities: tuple[str, ...]


@get("/figures", tags=["figures"], responses=problems(), sync_to_thread=True)
def list_them(by: NamedDependency[RatedBy]) -> Indicators:
    """List the indicators, with publishers and licences."""
    return Indicators(indicators=by.figures.indicators)


@get("/figures/{indicator:str}", tags=["figures"], responses=problems(), sync_to_thread=True)
def show_indicator(by: NamedDependency[RatedBy], indicator: _IndicatorName) -> Covered:
    """Show an indicator, and whom it covers."""
    with refused(HTTPStatus.NOT_FOUND):
        return Covered(indicator=by.figures.indicator(indicator), entities=by.figures.entities(indicator))


@get("/figures/{indicator:str}/{entity:str}", tags=["figures"], responses=problems(), sync_to_thread=True)
def show_series(
    by: NamedDependency[RatedBy],
    indicator: _IndicatorName,
    entity: Annotated[
        str, PathParameter(min_length=1, max_length=200, description="Country or group: GBR, Britain, NATO.")
    ],
    as_of: Day = None,
    editions: Annotated[bool, QueryParameter(description="Every edition of each value.")] = False,
) -> Series:
    """Show a series as it was known on a day (without one, by now); empty where nothing was known."""
    with refused(HTTPStatus.NOT_FOUND):
        return by.figures.series(indicator, entity, as_of=as_of, editions=editions)


ROUTES = (list_them, show_indicator, show_series)
