"""Claims of the record: found by words and facets, or one by its address."""

from __future__ import annotations

from http import HTTPStatus

from litestar import get
from litestar.di import NamedDependency, Provide

from onrecord.record.database import Record
from onrecord.record.searching import Hit, Query, find
from onrecord.record.showing import Standing, show_claim
from onrecord.web.api.asking import Address, Answer, claims_query
from onrecord.web.api.problems import problems, refused


class ClaimsPage(Answer, frozen=True, kw_only=True):
    """Claims, newest first, those without a day last."""

    claims: tuple[Hit, ...]


@get(
    "/claims",
    tags=["claims"],
    responses=problems(422),
    dependencies={"sought": Provide(claims_query, sync_to_thread=False)},
    sync_to_thread=True,
)
def find_claims(record: NamedDependency[Record], sought: NamedDependency[Query]) -> ClaimsPage:
    """Find claims by words and by what is known of them, as `onrecord find` does."""
    with refused(HTTPStatus.UNPROCESSABLE_ENTITY):
        found = find(record, sought)
    return ClaimsPage(claims=found.hits, after=found.after)


@get("/claims/{address:str}", tags=["claims"], responses=problems(), sync_to_thread=True)
def show(record: NamedDependency[Record], address: Address) -> Standing:
    """Show a claim by its address, or by the beginning of it where no other begins so."""
    with refused(HTTPStatus.NOT_FOUND):
        return show_claim(record, address)


ROUTES = (find_claims, show)
