"""A search as an address tells it: read, and told again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, get_args

from msgspec import Struct
from msgspec.structs import replace

from onrecord.errors import UsageError
from onrecord.model import ClaimKind, Judgement
from onrecord.record.database import Record
from onrecord.record.searching import (
    OF_CLAIMS,
    Hit,
    Page,
    Query,
    ReviewState,
    StoryHit,
    count,
    count_stories,
    find,
    find_stories,
)
from onrecord.web import given
from onrecord.web.gate import Refusal
from onrecord.web.rendering import with_query

KINDS: Final = get_args(ClaimKind)
VERDICTS: Final = get_args(Judgement)
REVIEWS: Final = get_args(ReviewState)
STATUSES: Final = ("on track", "off track", "met", "missed", "open", "cannot be rated")
JUDGED: Final = ("supported", "imprecise", "refuted")
"""Statuses of forecasts."""
STORIES: Final = "stories"
_NAMES: Final = {
    "words": "words",
    "kind": "kind",
    "actor": "actor",
    "said_by": "said_by",
    "measure": "measure",
    "indicator": "indicator",
    "verdict": "verdict",
    "status": "status",
    "outlet": "outlet",
    "from": "first_day",
    "to": "last_day",
    "review": "review",
    "sure": "min_confidence",
}
"""What stands in an address, and the field of a query that it is."""
_COUNTED: Final = 1000
_COUNTED_ONE_BY_ONE: Final = 100
"""Where the index of words and facets does not hold what is asked for, and every row is looked at."""


class Search(Struct, frozen=True, kw_only=True):
    """What is looked for: claims, or stories."""

    query: Query
    stories: bool = False
    left_out: tuple[str, ...] = ()
    """What was asked about claims where stories are looked for, by its name in the address."""

    def told(self) -> dict[str, str]:
        """Return what is asked for, as an address tells it, the page left out."""
        told = {name: _told(name, getattr(self.query, field)) for name, field in _NAMES.items()}
        return {name: value for name, value in told.items() if value}

    def address(self, path: str = "/record", **more: str | None) -> str:
        """Return where this search is; `more` stands for what is to be otherwise, None for nothing."""
        what = {"what": STORIES} if self.stories and path == "/record" else {}
        return with_query(path, **{**self.told(), **what, **more})

    def page(self, record: Record) -> Page[Hit] | Page[StoryHit]:
        """Return the hits of a page.

        Raises:
            Refusal: There is no such page.
            RecordError: As `Record.reading`.
        """
        try:
            return find_stories(record, self.query) if self.stories else find(record, self.query)
        except UsageError as error:
            raise Refusal(400, f"after: {error}", "Begin at the first page of the search.") from error

    def counted(self, record: Record) -> str:
        """Return how much is found in all, as far as that is told quickly: `12`, `1,000+`."""
        slow = self.query.status is not None or self.query.min_confidence is not None
        most = _COUNTED_ONE_BY_ONE if slow else _COUNTED
        found = self.number(record, most + 1)
        return f"{found:,}" if found <= most else f"{most:,}+"

    def number(self, record: Record, most: int) -> int:
        """Return how much is found, `most` at most."""
        return (count_stories if self.stories else count)(record, self.query, most)


def search(asked: Mapping[str, str], *, stories: bool, limit: int) -> Search:
    """Return the search that an address tells.

    Raises:
        Refusal: What is asked cannot be meant.
    """
    query = Query(
        words=given.words("words", asked.get("words", "")) or "",
        kind=_one_of("kind", asked, KINDS),
        actor=_words("actor", asked),
        said_by=_words("said_by", asked),
        measure=_words("measure", asked),
        indicator=_words("indicator", asked),
        verdict=_one_of("verdict", asked, VERDICTS),
        status=_one_of("status", asked, (*STATUSES, *JUDGED)),
        outlet=_words("outlet", asked),
        first_day=given.day("from", asked.get("from", "")),
        last_day=given.day("to", asked.get("to", "")),
        review=_one_of("review", asked, REVIEWS),
        min_confidence=_share("sure", asked),
        limit=limit,
        after=asked.get("after") or None,
    )
    if query.first_day and query.last_day and query.first_day > query.last_day:
        raise Refusal(400, f"from {query.first_day} lies after to {query.last_day}", "Give the earlier day first.")
    if not stories:
        return Search(query=query)
    left_out = tuple(name for name, field in _NAMES.items() if field in OF_CLAIMS and getattr(query, field) is not None)
    return Search(query=replace(query, **dict.fromkeys(OF_CLAIMS)), stories=True, left_out=left_out)


def _words(name: str, asked: Mapping[str, str]) -> str | None:
    return given.words(name, asked.get(name, ""))


def _one_of(name: str, asked: Mapping[str, str], allowed: tuple[str, ...]) -> Any:
    return given.one_of(name, asked.get(name, ""), allowed)


def _share(name: str, asked: Mapping[str, str]) -> float | None:
    percent = given.whole(name, asked.get(name, ""), most=100)
    return None if not percent else percent / 100


def _told(name: str, value: Any) -> str:
    if value is None:
        return ""
    return f"{100 * value:.0f}" if name == "sure" else str(value)
