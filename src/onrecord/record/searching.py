"""Searching the record: claims and stories by words and by what is known of them, newest first, page by page.

    >>> page = find(record, Query(words='"air defence" pledg*', actor="UK", kind="commitment"))
    >>> further = find(record, replace(query, after=page.after))

Rows come in order of their positions (`schema`), in SQLite out of the full-text index itself: a page is full long
before a common word's last row is read, and the next one goes on where it ended.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, Generic, Literal, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import BigInteger, ColumnElement, Row, Select, Table, column, func, literal_column, select, table

from onrecord.errors import UsageError
from onrecord.model import Claim, ClaimKind, Judgement, Story
from onrecord.record import rows
from onrecord.record.database import Record
from onrecord.record.schema import ID_BITS, captures, claims, stories, thread_claims, threads, verdicts
from onrecord.record.terms import Alternatives, Term, alternatives_in, fts5, spans_in, tsquery, words_in

ReviewState = Literal["accepted", "corrected", "rejected", "undecided"]


class Query(Struct, frozen=True, kw_only=True):
    """What is looked for; None and empty ask for nothing in particular."""

    words: str = ""
    """As `terms` reads them: all must stand; "a phrase", a beginn*, this OR that."""
    kind: ClaimKind | None = None
    actor: str | None = None
    """A country by any of its names: claims whose actor is the country or speaks for it; any other name: as it is."""
    said_by: str | None = None
    measure: str | None = None
    indicator: str | None = None
    verdict: Judgement | None = None
    outlet: str | None = None
    """Host of its address, such as `example.org`."""
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    review: ReviewState | None = None
    """None: all but those that were rejected."""
    status: str | None = None
    """Where a claim's thread stands: as `Outlook.status`, of a forecast as `Verdict.verdict`."""
    min_confidence: float | None = None
    limit: int = 20
    after: str | None = None
    """`Page.after` of the page before."""

    def __post_init__(self) -> None:
        if self.limit < 1:
            raise ValueError(f"a page holds at least one hit, not {self.limit}")


class Hit(Struct, frozen=True, kw_only=True):
    """A claim that was found."""

    address: str
    claim: Claim
    words: str
    """Of its evidence."""
    headline: str | None
    day: dt.date | None
    """Of its story."""
    outlet: str | None
    language: str
    source: str
    url: str | None
    capture_id: str
    reader: str
    """Version of onrecord that read it."""
    review: str | None
    """accepted, corrected or rejected; None where nobody has decided."""
    thread: int | None


class StoryHit(Struct, frozen=True, kw_only=True):
    """A story that was found."""

    capture_id: str
    story: int
    """Place in the capture, from 0."""
    headline: str | None
    snippet: str
    """Words of its body about the first that was looked for; its beginning where none stands there."""
    day: dt.date | None
    outlet: str | None
    source: str
    url: str | None


Found = TypeVar("Found", Hit, StoryHit)


class Page(Struct, Generic[Found], frozen=True):
    """Hits, newest first, those without a day last."""

    hits: tuple[Found, ...] = ()
    after: str | None = None
    """What to give as `Query.after` for the next page; None where this is the last."""


OF_CLAIMS: Final = ("kind", "actor", "said_by", "measure", "indicator", "verdict", "review", "status", "min_confidence")
"""Fields of a query that ask about claims."""

_MARK: Final = re.compile(r"[0-9a-f]{1,15}")
"""A position in hexadecimal."""
_NAME: Final = re.compile(r"[\w.-]+")
"""Whatever an outlet or an indicator may be called."""
_FEW: Final = 5000
_SNIPPET: Final = 240
"""Characters of a snippet, about."""
_FACET: Final = "\ue000"
"""Stands on both sides of what SQLite's index has in `facets`; no word can hold it."""
_ID: Final = (1 << ID_BITS) - 1
"""The bits of a position that are the row's number."""
_WEIGHTS: Final = {"actor": "A", "measure": "B", "said_by": "C"}
"""Of the words of these columns in PostgreSQL's `claims.document`."""


class _Sought(Struct, frozen=True, kw_only=True):
    """What the full-text index is asked for."""

    words: Alternatives = ()
    columns: dict[str, Term] = {}
    """Phrases, by the columns in which they stand."""
    facets: dict[str, str] = {}

    def __bool__(self) -> bool:
        return bool(self.words or self.columns or self.facets)


def find(record: Record, query: Query) -> Page[Hit]:
    """Return a page of claims.

    Raises:
        UsageError: `after` is not what a page gave.
        RecordError: As `Record.reading`.
    """
    sought = _sought(query)
    if sought is None:
        return Page()
    found, position = _claims(record, query, sought)
    rest = (claims.c[name] for name in ("address", "content", "words", "day", "outlet", "reader", "review"))
    found = found.add_columns(*rest, *_STORY, thread_claims.c.thread_id, verdicts.c.content.label("verdict"))
    found = found.join(stories, stories.c.id == claims.c.story_id)
    found = found.join(captures, captures.c.id == stories.c.capture_id)
    found = found.outerjoin(verdicts, verdicts.c.claim_id == claims.c.id)
    found = found.outerjoin(thread_claims, thread_claims.c.claim_id == claims.c.id)
    rows_, after = _page(record, found, position, query.limit)
    return Page(tuple(map(_hit, rows_)), after)


def count(record: Record, query: Query, most: int) -> int:
    """Return how many claims a query finds, from the beginning (`after` is left out of account), `most` at most.

    Raises:
        RecordError: As `Record.reading`.
    """
    sought = _sought(query)
    if sought is None:
        return 0
    found, position = _claims(record, replace(query, after=None), sought)
    return _counted(record, found.order_by(position.desc()), most)


def count_stories(record: Record, query: Query, most: int) -> int:
    """Return how many stories a query finds, as `count`; what it asks about claims is left out of account."""
    sought = _sought(query)
    if sought is None:
        return 0
    found, position = _stories(record, replace(query, after=None), sought)
    return _counted(record, found.order_by(position.desc()), most)


def _counted(record: Record, found: Select[Any], most: int) -> int:
    with record.reading() as connection:
        return int(connection.execute(select(func.count()).select_from(found.limit(most).subquery())).scalar_one())


def find_stories(record: Record, query: Query) -> Page[StoryHit]:
    """Return a page of stories, by words, outlet and days.

    Raises:
        UsageError: The query asks about claims, or `after` is not what a page gave.
        RecordError: As `Record.reading`.
    """
    if wrong := [name for name in OF_CLAIMS if getattr(query, name) is not None]:
        raise UsageError(f"stories are found by words, outlet and days, not by {' or '.join(wrong)}")
    sought = _sought(query)
    if sought is None:
        return Page()
    found, position = _stories(record, query, sought)
    rest = (stories.c.number, stories.c.content, stories.c.day, stories.c.outlet, captures.c.text)
    found = found.add_columns(*rest, *_STORY).join(captures, captures.c.id == stories.c.capture_id)
    rows_, after = _page(record, found, position, query.limit)
    return Page(tuple(_story_hit(row, sought.words) for row in rows_), after)


_STORY: Final = (stories.c.headline, stories.c.language, stories.c.capture_id, captures.c.source, captures.c.url)


def _sought(query: Query) -> _Sought | None:
    """Return what a query asks the full-text index for; None where what it asks for holds no word to be found."""
    country = _country(query.actor) if query.actor else None
    phrases = {"actor": None if country else query.actor, "measure": query.measure, "said_by": query.said_by}
    columns = {name: Term(words_in(phrase)) for name, phrase in phrases.items() if phrase is not None}
    words = alternatives_in(query.words)
    names = (name for name in (query.outlet, query.indicator) if name is not None)
    if (query.words and not words) or not all(term.words for term in columns.values()) or not all(map(_is_name, names)):
        return None
    facets = {
        "kind": query.kind,
        "country": country,
        "outlet": query.outlet and plain_outlet(query.outlet),
        "verdict": query.verdict,
        "indicator": query.indicator,
        "review": None if query.review == "undecided" else query.review,
    }
    return _Sought(words=words, columns=columns, facets={name: value for name, value in facets.items() if value})


def _is_name(text: str) -> bool:
    return _NAME.fullmatch(text) is not None


def plain_outlet(outlet: str) -> str:
    """Return an outlet as the record names it: `example.org` for `www.Example.org`."""
    return outlet.casefold().removeprefix("www.")


def _country(actor: str) -> str | None:
    from onrecord.language.gazetteer import country_of  # takes its time, and not every search names somebody

    return country_of(actor)


def _claims(record: Record, query: Query, sought: _Sought) -> tuple[Select[Any], ColumnElement[int]]:
    """Return the query for the claims of a search, and their position."""
    found, position = _matching(record, claims, sought)
    # before the claim's row is read, where the index gives its number
    number = claims.c.id if position is claims.c.position else position.bitwise_and(_ID)
    return found.where(*_stands(record, number, query), *_facts(query, sought), *_window(position, query)), position


def _stories(record: Record, query: Query, sought: _Sought) -> tuple[Select[Any], ColumnElement[int]]:
    """Return the query for the stories of a search, and their position."""
    found, position = _matching(record, stories, sought)
    outlet = (stories.c.outlet == sought.facets["outlet"],) if query.outlet else ()
    return found.where(*outlet, *_window(position, query)), position


def _matching(record: Record, of: Table, sought: _Sought) -> tuple[Select[Any], ColumnElement[int]]:
    """Return the query for the rows of claims or stories that the full-text index gives, and their position."""
    if record.dialect == "sqlite":
        if not sought:
            return select(of.c.position).select_from(of), of.c.position
        index = table("claim_words" if of is claims else "story_words", column("rowid", BigInteger))
        found = select(index.c.rowid.label("position")).join_from(index, of, of.c.id == index.c.rowid.bitwise_and(_ID))
        return found.where(literal_column(index.name).op("MATCH")(_fts5(sought))), index.c.rowid
    document: ColumnElement[Any] = literal_column(f"{of.name}.document")
    queries = [tsquery(sought.words)] if sought.words else []
    queries += [tsquery(((term,),), _WEIGHTS[name]) for name, term in sought.columns.items()]
    return select(of.c.position).select_from(of).where(*(document.op("@@")(one) for one in queries)), of.c.position


def _fts5(sought: _Sought) -> str:
    parts = [f"({fts5(sought.words)})"] if sought.words else []
    parts += [f"{name} : {fts5(((term,),))}" for name, term in sought.columns.items()]
    parts += [f'facets : "{_FACET}{_as_token(value)}{_FACET}"' for value in sought.facets.values()]
    return " AND ".join(parts)


def _as_token(facet: str) -> str:
    """Return a facet as the index has it."""
    return facet.replace(".", "0").replace("-", "1").replace("_", "2")


def _facts(query: Query, sought: _Sought) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions on a claim's columns; the full-text index may have narrowed by some of them already."""
    for name, value in sought.facets.items():
        yield claims.c[name] == value
    if query.min_confidence is not None:
        yield claims.c.confidence >= query.min_confidence
    if query.review is None:
        yield claims.c.review.is_distinct_from("rejected")
    elif query.review == "undecided":
        # not `is null`: the index of reviews would be taken then, instead of the one in the order of a page
        yield func.coalesce(claims.c.review, "") == ""


def _stands(record: Record, number: ColumnElement[int], query: Query) -> Iterator[ColumnElement[bool]]:
    """Yield the condition on the thread of the claim of a number.

    Where few claims stand so they are fetched, where many do each row is asked: a page is full soon then.
    """
    if query.status is None:
        return
    joined = thread_claims.join(threads, threads.c.id == thread_claims.c.thread_id)
    stand = select(thread_claims.c.claim_id).select_from(joined).where(threads.c.status == query.status)
    if _counted(record, stand, _FEW) < _FEW:
        yield number.in_(stand)
    else:
        yield stand.where(thread_claims.c.claim_id == number).correlate_except(thread_claims, threads).exists()


def _window(position: ColumnElement[int], query: Query) -> Iterator[ColumnElement[bool]]:
    """Yield the conditions on the position: the days, and where the page before ended."""
    if query.first_day or query.last_day:
        yield position >= (query.first_day or dt.date.min).toordinal() << ID_BITS
    if query.last_day:
        yield position < query.last_day.toordinal() + 1 << ID_BITS
    if query.after is not None:
        if not _MARK.fullmatch(query.after):
            raise UsageError(f"{query.after!r} is not where a page ended")
        yield position < int(query.after, 16)


def _page(
    record: Record, found: Select[Any], position: ColumnElement[int], limit: int
) -> tuple[Sequence[Row[Any]], str | None]:
    """Return the rows of a page, and where it ended if there are more."""
    with record.reading() as connection:
        got = connection.execute(found.order_by(position.desc()).limit(limit + 1)).all()
    return got[:limit], f"{got[limit - 1].position:x}" if len(got) > limit else None


def _hit(row: Row[Any]) -> Hit:
    return Hit(
        address=row.address,
        claim=rows.claim_of(row.content, row.verdict),
        words=row.words,
        headline=row.headline,
        day=row.day,
        outlet=row.outlet,
        language=row.language,
        source=row.source,
        url=row.url,
        capture_id=row.capture_id,
        reader=row.reader,
        review=row.review,
        thread=row.thread_id,
    )


def _story_hit(row: Row[Any], words: Alternatives) -> StoryHit:
    text, story = rows.text_of(row.text), msgspec.json.decode(row.content, type=Story)
    return StoryHit(
        capture_id=row.capture_id,
        story=row.number,
        headline=row.headline,
        snippet=_snippet(" ".join(" ".join(text[start:end] for start, end in story.body).split()), words),
        day=row.day,
        outlet=row.outlet,
        source=row.source,
        url=row.url,
    )


def _snippet(text: str, words: Alternatives) -> str:
    """Return the part of a text about the first of the words, from the beginning of a word to the end of one."""
    first = next(iter(spans_in(text, words)), (0, 0))[0]
    start = text.rfind(" ", 0, first - _SNIPPET // 3) + 1 if first > _SNIPPET // 2 else 0
    end = text.rfind(" ", first, start + _SNIPPET) if start + _SNIPPET < len(text) else len(text)
    end = end if end > start else min(start + _SNIPPET, len(text))
    return ("… " if start else "") + text[start:end] + (" …" if end < len(text) else "")
