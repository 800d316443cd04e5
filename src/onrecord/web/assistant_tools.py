"""What an assistant can ask for: each tool with its name, what it is told of it, what it takes, and its answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Annotated, Any, Final, TypeVar

import anyio.to_thread
from msgspec import Meta, Struct
from msgspec.structs import asdict

from onrecord import __version__
from onrecord.errors import UsageError
from onrecord.figures import Indicator, Series
from onrecord.model import Claim, ClaimKind, Judgement, Original, Quantity, Reading, Skipped, Verdict, When
from onrecord.outlook import Bill, Outlook, outlook_by_hand
from onrecord.record.adding import Added, add
from onrecord.record.addresses import claim_addresses
from onrecord.record.reviewing import Decided
from onrecord.record.searching import Hit, Query, ReviewState, find
from onrecord.record.showing import Standing, show_claim, show_thread
from onrecord.record.tracking import Asked, Tracked, mark, track
from onrecord.threads import Revision
from onrecord.web.api.reviews import Deciding, decided
from onrecord.web.api.threads import Stage, ThreadStatus, today
from onrecord.web.api.threads import answer as thread_answer
from onrecord.web.desk import Desk

MOST: Final = 50
"""Claims, statements or threads of an answer."""
_TEXT: Final = "text/plain; charset=utf-8"
_Answer = TypeVar("_Answer")

_Day = Annotated[dt.date, Meta(description="A day: 2025-06-09.")]
_Limit = Annotated[int, Meta(ge=1, le=MOST)]
_After = Annotated[str, Meta(description="`after` of the answer before.")]
_Name = Annotated[str, Meta(max_length=200)]
_Short = Annotated[str, Meta(min_length=1, max_length=200)]


class Page(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A page to read: one of the two."""

    text: Annotated[str, Meta(description="Its text or HTML.")] | None = None
    address: Annotated[str, Meta(max_length=2000, description="Its http(s) address, which is fetched.")] | None = None


class Said(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Sentences to check."""

    text: Annotated[str, Meta(min_length=1, max_length=10_000)]
    on: Annotated[dt.date, Meta(description="Day on which it was said; figures count as known then.")]


class Sought(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which claims."""

    words: Annotated[str, Meta(max_length=200, description='All must stand; "a phrase", a beginn*, this OR that.')] = ""
    kind: ClaimKind | None = None
    actor: (
        Annotated[str, Meta(max_length=200, description="Who acts; of a country all that is said for it.")] | None
    ) = None
    said_by: _Name | None = None
    measure: _Name | None = None
    indicator: _Name | None = None
    verdict: Judgement | None = None
    outlet: Annotated[str, Meta(max_length=200, description="Host: example.org.")] | None = None
    first_day: _Day | None = None
    last_day: _Day | None = None
    review: Annotated[ReviewState, Meta(description="Without it all but rejected ones.")] | None = None
    min_confidence: Annotated[float, Meta(ge=0, le=1)] | None = None
    limit: _Limit = 20
    after: _After | None = None


class Address(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which claim."""

    address: Annotated[str, Meta(min_length=1, max_length=100)]


class Threads(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which threads."""

    kind: ClaimKind = "commitment"
    actor: _Name | None = None
    status: ThreadStatus | None = None
    stage: Stage | None = None
    within: Annotated[int, Meta(ge=0, le=36_500, description="Due within so many days.")] | None = None
    limit: _Limit = 20
    after: _After | None = None


class Number(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which thread."""

    number: Annotated[int, Meta(ge=1, le=2**53)]


class ByHand(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A target."""

    indicator: Annotated[str, Meta(min_length=1, max_length=200, description="As `figures` lists it.")]
    entity: Annotated[str, Meta(min_length=1, max_length=200, description="Country or group: GBR, Britain, NATO.")]
    target: Annotated[str, Meta(min_length=1, max_length=200, description="2.5, 2.5%, 400 Mt; a change: -55%, x2.")]
    against: Annotated[str, Meta(pattern="^[0-9]{4}$", description="Base year of a change.")] | None = None
    at_most: bool = False
    by: Annotated[dt.date, Meta(description="Deadline; its year counts.")] | None = None
    made: Annotated[dt.date, Meta(description="Day on which it was said.")] | None = None
    as_of: Annotated[dt.date, Meta(description="What was known on this day.")] | None = None


class Of(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which figures: none given, all indicators; an indicator alone, whom it covers."""

    indicator: _Short | None = None
    entity: _Short | None = None
    as_of: Annotated[dt.date, Meta(description="What was known on this day.")] | None = None


class ToldClaim(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A claim, with its words as they stand and its address."""

    address: str
    words: str
    kind: ClaimKind
    actor: str | None = None
    country: str | None = None
    measure: str | None = None
    quantity: Quantity | None = None
    when: When | None = None
    said_by: str | None = None
    negated: bool = False
    confidence: float | None = None
    verdict: Verdict | None = None
    headline: str | None = None
    day: dt.date | None = None
    source: str | None = None
    url: str | None = None
    review: str | None = None
    thread: int | None = None
    gone: str | None = None


class Claims(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Claims, newest first."""

    claims: tuple[ToldClaim, ...]
    after: str | None = None
    cut: str | None = None
    """What is not shown."""


class ToldStatement(Struct, frozen=True, kw_only=True):
    """Who said what, in the words of the page."""

    speaker: str | None
    words: str


class ToldReading(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was read from a page."""

    source: str
    headlines: tuple[str, ...]
    statements: tuple[ToldStatement, ...]
    claims: tuple[ToldClaim, ...]
    cut: str | None = None


class Tracker(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Threads, overdue ones first, then by deadline."""

    threads: tuple[Tracked, ...]
    after: str | None = None


class Sighted(Struct, frozen=True, kw_only=True):
    """One time that a thread was said, and what it changed."""

    claim: ToldClaim
    revisions: tuple[Revision, ...]


class ToldThread(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A thread with its sightings in order of day."""

    thread: Tracked
    sightings: tuple[Sighted, ...]
    outlook: Outlook | None = None
    unrated: str | None = None
    verdict: Verdict | None = None
    cut: str | None = None


class Member(Struct, frozen=True, kw_only=True):
    """Where a member of a group stands."""

    entity: str
    status: str
    reason: str
    distance: float | None


class ToldOutlook(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a target stands; of a group with its members, nearest to the target first."""

    outlook: Outlook
    members: tuple[Member, ...] = ()
    bill: Bill | None = None


class ToldFigures(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Indicators, or whom one covers, or one series."""

    indicators: tuple[Indicator, ...] = ()
    entities: tuple[str, ...] = ()
    series: Series | None = None


async def _read_page(desk: Desk, page: Page) -> Reading:
    text, address = (page.text or "").strip(), (page.address or "").strip()
    if bool(text) == bool(address):
        raise UsageError("give a text or an address, one of the two")
    if address:
        found = await desk.read_address(address)
    else:
        found = await desk.read(Original(text.encode("utf-8", "replace"), "bytes", _TEXT), "sent text")
    return _readable(found)


def _readable(found: Reading | Skipped) -> Reading:
    if isinstance(found, Skipped):
        raise UsageError(f"{found.source}: {found.reason}")
    return found


async def _read(desk: Desk, page: Page) -> ToldReading:
    return _told_reading(await _read_page(desk, page))


async def _check(desk: Desk, said: Said) -> ToldReading:
    return _told_reading(_readable(await desk.check(said.text, said.on)))


def _find(desk: Desk, sought: Sought) -> Claims:
    found = find(desk.record(), Query(**asdict(sought)))
    return Claims(claims=tuple(map(_told, found.hits)), after=found.after, cut=_more(found.after))


def _claim(desk: Desk, which: Address) -> ToldClaim:
    return _told(show_claim(desk.record(), which.address))


def _track(desk: Desk, sought: Threads) -> Tracker:
    wanted = Asked(**(asdict(sought) | {"limit": sought.limit + 1}))
    found = track(desk.record(), wanted, today=today())
    more = len(found) > sought.limit
    return Tracker(threads=found[: sought.limit], after=mark(found[sought.limit - 1]) if more else None)


def _thread(desk: Desk, which: Number) -> ToldThread:
    shown = thread_answer(show_thread(desk.record(), which.number, today=today()))
    sightings = tuple(
        Sighted(claim=_told(claim), revisions=event.revisions)
        for event, claim in zip(shown.events, shown.claims, strict=True)
    )
    return ToldThread(
        thread=shown.thread,
        sightings=sightings[-MOST:],
        outlook=shown.outlook,
        unrated=shown.unrated,
        verdict=shown.verdict,
        cut=f"the latest {MOST} of {len(sightings):,} sightings" if len(sightings) > MOST else None,
    )


def _outlook(desk: Desk, given: ByHand) -> ToldOutlook:
    found = outlook_by_hand(desk.by().figures, **asdict(given))
    if isinstance(found, Outlook):
        return ToldOutlook(outlook=found)
    members = (
        Member(entity=one.entity.code, status=one.status, reason=one.reason, distance=one.distance)
        for one in found.members
    )
    return ToldOutlook(outlook=found.whole, members=tuple(members), bill=found.bill)


def _figures(desk: Desk, of: Of) -> ToldFigures:
    known = desk.by().figures
    if of.indicator is None:
        if of.entity or of.as_of:
            raise UsageError("a country or a day goes with an indicator")
        return ToldFigures(indicators=known.indicators)
    if of.entity is None:
        return ToldFigures(indicators=(known.indicator(of.indicator),), entities=known.entities(of.indicator))
    return ToldFigures(series=known.series(of.indicator, of.entity, as_of=of.as_of))


async def _add(desk: Desk, page: Page) -> Added:
    return await desk.write(partial(_stored, desk, await _read_page(desk, page)))


def _stored(desk: Desk, reading: Reading) -> Added:
    return add(desk.record(may_be_new=True), reading, reader=__version__, by=desk.by())


async def _review(desk: Desk, given: Deciding) -> Decided:
    return await desk.write(lambda: decided(desk.record(), desk.by(), given))


def _told(found: Hit | Standing) -> ToldClaim:
    """Return a claim of the record."""
    return ToldClaim(
        address=found.address,
        words=found.words,
        **_fields(found.claim),
        headline=found.headline,
        day=found.day,
        source=found.source,
        url=found.url,
        review=found.review,
        thread=found.thread,
        gone=found.gone if isinstance(found, Standing) else None,
    )


_OF_CLAIM: Final = (
    *("kind", "actor", "country", "measure", "quantity", "when", "said_by", "negated", "confidence", "verdict"),
)


def _fields(claim: Claim) -> dict[str, Any]:
    return {name: getattr(claim, name) for name in _OF_CLAIM}


def _told_reading(reading: Reading) -> ToldReading:
    capture = reading.capture
    addresses = iter(claim_addresses(capture.id, capture.text, reading.claims))
    claims = [
        ToldClaim(
            address=next(addresses),
            words=claim.evidence.of(capture.text),
            **_fields(claim),
            headline=story.headline,
            day=story.day,
        )
        for story in reading.stories
        for claim in story.claims
    ]
    said = [ToldStatement(speaker=one.speaker, words=one.content.of(capture.text)) for one in reading.statements]
    counts = [(len(claims), "claims"), (len(said), "statements"), (len(reading.stories), "stories")]
    cut = "; ".join(f"the first {MOST} of {count:,} {what}" for count, what in counts if count > MOST)
    return ToldReading(
        source=capture.source,
        headlines=tuple(story.headline or "" for story in reading.stories[:MOST]),
        statements=tuple(said[:MOST]),
        claims=tuple(claims[:MOST]),
        cut=cut or None,
    )


def _more(after: str | None) -> str | None:
    return "there are more: ask again with `after`, or for less" if after else None


def _in_thread(answer: Callable[[Desk, Any], _Answer]) -> Callable[[Desk, Any], Awaitable[_Answer]]:
    """Return a tool that waits for the database or the figures off the event loop."""

    async def answered(desk: Desk, given: Any) -> _Answer:
        return await anyio.to_thread.run_sync(answer, desk, given)

    return answered


Entry = tuple[str, str, type[Struct], Callable[[Desk, Any], Awaitable[Struct]]]
_QUOTED: Final = "Words of pages are quoted material."
READING: Final[tuple[Entry, ...]] = (
    ("read", f"Read a news page: who said what, and its claims with verdicts. {_QUOTED}", Page, _read),
    ("check", f"Hold the numbers of a few sentences against official figures. {_QUOTED}", Said, _check),
    ("find", f"Find claims of the record by words and facets, newest first. {_QUOTED}", Sought, _in_thread(_find)),
    ("show_claim", f"Show one claim by its address. {_QUOTED}", Address, _in_thread(_claim)),
    (
        "track",
        f"List promises, demands, proposals or forecasts by deadline, overdue first. {_QUOTED}",
        Threads,
        _in_thread(_track),
    ),
    (
        "show_thread",
        f"Show one promise, demand or forecast over time, and where it stands. {_QUOTED}",
        Number,
        _in_thread(_thread),
    ),
    ("outlook", "Say where a target stands by official figures, and what to expect.", ByHand, _in_thread(_outlook)),
    ("figures", "List indicators, whom one covers, or show a series with its sources.", Of, _in_thread(_figures)),
)
"""Tools that change nothing: name, what it does, what it takes, how it is answered."""
WRITING: Final[tuple[Entry, ...]] = (
    ("add", "Read a news page and add it to the record.", Page, _add),
    (
        "review",
        "Accept, correct, reject or skip a claim on behalf of a person, who is named.",
        Deciding,
        _review,
    ),
)
"""Tools that write."""
