"""Where a commitment stands that is given by hand."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import Annotated

from litestar import get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from onrecord.outlook import Outlook, outlook_by_hand
from onrecord.record.rating import RatedBy
from onrecord.report.lines import OutlookLine
from onrecord.web.api.asking import Day
from onrecord.web.api.problems import problems, refused

_Required = Annotated[str, QueryParameter(min_length=1, max_length=200)]
Year = Annotated[str | None, QueryParameter(pattern=r"^[0-9]{4}$", description="A year, such as 1990.")]


@get("/outlook", tags=["outlook"], responses=problems(422), sync_to_thread=True)
def show(
    by: NamedDependency[RatedBy],
    indicator: _Required,
    entity: _Required,
    target: Annotated[
        str, QueryParameter(min_length=1, max_length=200, description="2.5, 2.5%, 400 Mt; a change: -55%, x2.")
    ],
    against: Year = None,
    at_most: Annotated[bool, QueryParameter(description="Values below the target meet it.")] = False,
    deadline: Annotated[dt.date | None, QueryParameter(name="by", description="The day; its year counts.")] = None,
    made: Day = None,
    as_of: Day = None,
) -> OutlookLine:
    """Show where a target stands, as `onrecord outlook --json` does: `outlook`, or of a group `group`."""
    with refused(HTTPStatus.UNPROCESSABLE_ENTITY):
        days = {"by": deadline, "made": made, "as_of": as_of}
        found = outlook_by_hand(by.figures, indicator, entity, target, against=against, at_most=at_most, **days)
    return OutlookLine(outlook=found) if isinstance(found, Outlook) else OutlookLine(group=found)


ROUTES = (show,)
