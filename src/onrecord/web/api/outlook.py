"""Where a commitment stands that is given by hand."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import Annotated

from litestar import get
from litestar.di import NamedDependency
from litestar.params import QueryParameter

from onrecord.figures import Figures
from onrecord.outlook import GroupOutlook, Outlook, group_outlook, outlook, read_target
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
        found = asked(by.figures, indicator, entity, target, against=against, at_most=at_most, **days)
    return OutlookLine(outlook=found) if isinstance(found, Outlook) else OutlookLine(group=found)


def asked(
    known: Figures,
    indicator: str,
    entity: str,
    target: str,
    *,
    against: str | None = None,
    at_most: bool = False,
    by: dt.date | None = None,
    made: dt.date | None = None,
    as_of: dt.date | None = None,
) -> Outlook | GroupOutlook:
    """Return the outlook of a country or, where its members are recorded, of a group with them.

    Raises:
        UsageError: Indicator, entity or target are not known, or do not go together.
    """
    whose = known.entity(entity)
    meant = read_target(target, known.indicator(indicator), against=against, at_most=at_most)
    whole = whose.group and bool(known.members(whose.code, as_of or dt.date.max))
    return (group_outlook if whole else outlook)(known, indicator, whose.code, meant, by=by, made=made, as_of=as_of)


ROUTES = (show,)
