"""A page a claim: its words in their paragraph, its fields, its verdict and all that was decided about it."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Struct

from onrecord.errors import UsageError
from onrecord.model import Span
from onrecord.record.database import Record
from onrecord.record.rating import RatedBy
from onrecord.record.reviewing import Review, UnderReview, history, look
from onrecord.record.showing import Standing, show_claim
from onrecord.web.fragment import to_words
from onrecord.web.gate import Refusal
from onrecord.web.rendering import page

_LONGEST = 1500
"""Characters of a paragraph before and behind the words at most."""


class Passage(Struct, frozen=True):
    """Words between what stands before and behind them in their paragraph."""

    before: str
    words: str
    behind: str


@get("/claims/{address:str}", include_in_schema=False, sync_to_thread=True)
def show(
    request: Request[Any, Any, Any],
    record: NamedDependency[Record],
    by: NamedDependency[RatedBy],
    address: FromPath[str],
) -> Response[Any]:
    """Show a claim; the beginning of its address leads to it too."""
    one = _claim(record, address)
    if one.address != address:
        return Redirect(f"/claims/{quote(one.address)}", status_code=303)
    indicators = {row.indicator for row in one.claim.verdict.observations} if one.claim.verdict else set()
    return page(
        request,
        "claim.html",
        one=one,
        passage=Passage("", one.words, "") if one.gone else passage(look(record, address)),
        live=to_words(one.url, one.words),
        reviews=_reviews(record, address),
        known={name: by.figures.indicator(name).title for name in indicators if by.figures.has(name)},
    )


def passage(one: UnderReview) -> Passage:
    """Return a claim's words in their paragraph, which ends where the story's body does."""
    evidence = one.claim.evidence
    run = next((Span(*run) for run in one.body if Span(*run).contains(evidence)), evidence)
    before, behind = one.text[run.start : evidence.start], one.text[evidence.end : run.end]
    before = before[before.rfind("\n\n") + 2 :] if "\n\n" in before else before
    behind = behind.split("\n\n", 1)[0]
    if len(before) > _LONGEST:
        before = "… " + before[-_LONGEST:].split(maxsplit=1)[-1]
    if len(behind) > _LONGEST:
        behind = behind[:_LONGEST].rsplit(maxsplit=1)[0] + " …"
    return Passage(before.lstrip(), evidence.of(one.text), behind.rstrip())


def _claim(record: Record, address: str) -> Standing:
    try:
        return show_claim(record, address)
    except UsageError as error:
        several = str(error).startswith("several")
        told = str(error) if several else f"there is no claim {address[:80]} in this record"
        raise Refusal(404, told, "Search the record for its words.") from error


def _reviews(record: Record, address: str) -> tuple[Review, ...]:
    try:
        return history(record, address)
    except UsageError:  # one that is no longer read, about which nobody decided
        return ()


ROUTES = (show,)
