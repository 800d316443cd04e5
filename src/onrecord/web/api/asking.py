"""Parameters that several resources share, each with what it may be."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Final

from litestar.params import PathParameter, QueryParameter
from msgspec import Struct

from onrecord.model import ClaimKind, Judgement
from onrecord.record.searching import Query, ReviewState

_LONGEST: Final = 200

Limit = Annotated[int, QueryParameter(ge=1, le=200, description="At most so many.")]
Words = Annotated[
    str,
    QueryParameter(
        max_length=_LONGEST, description='All must stand, inflected or not; "a phrase", a beginn*, this OR that.'
    ),
]
Name = Annotated[str | None, QueryParameter(max_length=_LONGEST)]
Day = Annotated[dt.date | None, QueryParameter(description="A day, such as 2025-06-09.")]
After = Annotated[
    str | None, QueryParameter(max_length=100, description="`after` of the page before; none for the first.")
]
Address = Annotated[
    str, PathParameter(min_length=1, max_length=100, description="Of a claim, such as 3f9c1a2b4d5e6f70-9b1c22d05a4e.")
]


class Answer(Struct, frozen=True, kw_only=True):
    """A part of a list."""

    after: str | None = None
    """What to ask for next; null where this is the last page."""


def claims_query(
    words: Words = "",
    kind: Annotated[ClaimKind | None, QueryParameter()] = None,
    actor: Annotated[
        str | None, QueryParameter(max_length=_LONGEST, description="Who acts; of a country all that is said for it.")
    ] = None,
    said_by: Name = None,
    measure: Name = None,
    indicator: Annotated[
        str | None, QueryParameter(max_length=_LONGEST, description="Held against it, as `/api/figures` lists it.")
    ] = None,
    verdict: Annotated[Judgement | None, QueryParameter()] = None,
    outlet: Annotated[str | None, QueryParameter(max_length=_LONGEST, description="Host, such as example.org.")] = None,
    first_day: Day = None,
    last_day: Day = None,
    review: Annotated[ReviewState | None, QueryParameter(description="Without it all but rejected ones.")] = None,
    min_confidence: Annotated[float, QueryParameter(ge=0, le=1, description="Leave out less certain; 0: none.")] = 0.0,
    limit: Limit = 20,
    after: After = None,
) -> Query:
    """Return what is looked for among claims."""
    return Query(
        words=words,
        kind=kind,
        actor=actor,
        said_by=said_by,
        measure=measure,
        indicator=indicator,
        verdict=verdict,
        outlet=outlet,
        first_day=first_day,
        last_day=last_day,
        review=review,
        min_confidence=min_confidence or None,
        limit=limit,
        after=after,
    )
