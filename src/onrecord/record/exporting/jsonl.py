"""The whole record as JSON Lines, from which `onrecord.record.importing` makes it again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec.structs import replace
from sqlalchemy import Connection, Row, Select, func, or_, select

from onrecord.feeds.state import from_json
from onrecord.model import Claim, Original
from onrecord.record import rows
from onrecord.record.exporting.lines import (
    CaptureKept,
    ClaimKept,
    End,
    FeedKept,
    FormerClaim,
    Head,
    Line,
    LooseReview,
    ReviewKept,
    SightingKept,
    SourceKept,
    StoryKept,
    ThreadKept,
)
from onrecord.record.schema import (
    captures,
    claims,
    feeds,
    former_claims,
    reviews,
    sources,
    statements,
    stories,
    thread_claims,
    thread_keys,
    threads,
    verdicts,
)
from onrecord.threads import Sighting

_AT_ONCE: Final = 32
"""Captures that are fetched together."""
_STREAMED: Final = {"yield_per": 500}
_LATEST: Final = msgspec.msgpack.Decoder(tuple[Sighting, ...])


def write_jsonl(connection: Connection, path: Path) -> int:
    """Write everything that the record holds to `path`; return how many claims that are."""
    written = count = 0
    encoder = msgspec.json.Encoder()
    with path.open("wb") as file:
        for line in _lines(connection):
            file.write(encoder.encode(line) + b"\n")
            written += 1
            if isinstance(line, CaptureKept):
                count += sum(len(story.claims) for story in line.stories)
        file.write(encoder.encode(End(written)) + b"\n")
    return count


def _lines(connection: Connection) -> Iterator[Line]:
    yield Head()
    yield from _captures(connection)
    yield from _sightings(connection)
    yield from _loose_reviews(connection)
    yield from _threads(connection)
    for row in connection.execute(select(feeds).order_by(feeds.c.url), execution_options=_STREAMED):
        yield FeedKept(url=row.url, state=from_json(row.state))


def _captures(connection: Connection) -> Iterator[CaptureKept]:
    ids = connection.execute(_in_order_of_adding(), execution_options=_STREAMED).scalars()
    for some in _in_batches(ids):
        seen, told = _sources(connection, some), _stories(connection, some)
        former = _former(connection, some)
        found = {row.id: row for row in connection.execute(select(captures).where(captures.c.id.in_(some)))}
        for capture_id in some:
            row = found[capture_id]
            original = Original(rows.unpacked(row.data), row.form, row.content_type) if row.form else None
            yield CaptureKept(
                id=row.id,
                source=row.source,
                language=row.language,
                text=rows.text_of(row.text),
                markup=rows.capture_of(row._mapping).markup,
                original=original,
                reader=row.reader,
                added=row.added,
                sources=tuple(seen[capture_id]),
                stories=tuple(told[capture_id]),
                former_claims=tuple(former[capture_id]),
            )


def _in_order_of_adding() -> Select[tuple[str]]:
    """Return the query for all captures' ids; a moment is a second long, and stories are numbered as they come."""
    first = select(func.min(stories.c.id)).where(stories.c.capture_id == captures.c.id).scalar_subquery()
    return select(captures.c.id).order_by(captures.c.added, func.coalesce(first, 0), captures.c.id)


def _sources(connection: Connection, ids: Sequence[str]) -> dict[str, list[SourceKept]]:
    found = defaultdict(list)
    own = select(sources).where(sources.c.capture_id.in_(ids)).order_by(sources.c.seen, sources.c.source)
    for row in connection.execute(own):
        found[row.capture_id].append(SourceKept(row.source, row.url, row.seen))
    return found


def _stories(connection: Connection, ids: Sequence[str]) -> dict[str, list[StoryKept]]:
    of_these = stories.c.capture_id.in_(ids)
    said = defaultdict(list)
    contents = select(statements.c.story_id, statements.c.content).join(stories).where(of_these)
    for row in connection.execute(contents.order_by(statements.c.story_id, statements.c.number)):
        said[row.story_id].append(rows.statement_of(row.content))
    held = _claims(connection, ids)
    found = defaultdict(list)
    for row in connection.execute(select(stories).where(of_these).order_by(stories.c.capture_id, stories.c.number)):
        story = rows.story_of(row._mapping, said[row.id], ())
        kept = StoryKept(story=story, claims=tuple(held[row.id]), signature=row.signature)
        found[row.capture_id].append(kept)
    return found


def _claims(connection: Connection, ids: Sequence[str]) -> dict[int, list[ClaimKept]]:
    own = select(claims.c.address).join(stories).where(stories.c.capture_id.in_(ids))
    decided = _reviews(connection, own)
    columns = (claims.c.story_id, claims.c.address, claims.c.content, claims.c.reader, claims.c.review)
    found = select(*columns, verdicts.c.content.label("verdict")).join_from(claims, stories).outerjoin(verdicts)
    held = defaultdict(list)
    for row in connection.execute(found.where(stories.c.capture_id.in_(ids)).order_by(claims.c.number)):
        kept = ClaimKept(
            address=row.address,
            claim=rows.claim_of(row.content, row.verdict),
            reader=row.reader,
            review=row.review,
            reviews=tuple(decided[row.address]),
        )
        held[row.story_id].append(kept)
    return held


def _former(connection: Connection, ids: Sequence[str]) -> dict[str, list[FormerClaim]]:
    of_these = former_claims.c.capture_id.in_(ids)
    decided = _reviews(connection, select(former_claims.c.address).where(of_these, ~_still_held(former_claims)))
    found = defaultdict(list)
    for row in connection.execute(select(former_claims).where(of_these).order_by(former_claims.c.address)):
        kept = FormerClaim(
            address=row.address,
            words=row.words,
            claim=rows.claim_of(row.content),
            reader=row.reader,
            gone=row.gone,
            reviews=tuple(decided[row.address]),
        )
        found[row.capture_id].append(kept)
    return found


def _still_held(table: Any) -> Any:
    return select(claims.c.id).where(claims.c.address == table.c.address).exists()


def _reviews(connection: Connection, addresses: Select[tuple[str]]) -> dict[str, list[ReviewKept]]:
    found = defaultdict(list)
    own = select(reviews).where(reviews.c.claim_address.in_(addresses)).order_by(reviews.c.id)
    for row in connection.execute(own):
        found[row.claim_address].append(_review(row))
    return found


def _review(row: Row[Any]) -> ReviewKept:
    corrected: Claim | None = rows.claim_of(row.corrected) if row.corrected else None
    return ReviewKept(
        decision=row.decision,
        machine=rows.claim_of(row.machine),
        corrected=corrected,
        reviewer=row.reviewer,
        decided=row.decided,
        undone=row.undone,
    )


def _sightings(connection: Connection) -> Iterator[SightingKept]:
    first, capture = stories.alias(), captures.alias()
    own = (stories.c.capture_id, stories.c.number, stories.c.relation)
    query = select(*own, first.c.capture_id.label("of_capture"), first.c.number.label("of_number"))
    query = query.join(first, stories.c.first_id == first.c.id).join(capture, capture.c.id == stories.c.capture_id)
    order = (capture.c.added, stories.c.capture_id, stories.c.number)
    for row in connection.execute(query.order_by(*order), execution_options=_STREAMED):
        yield SightingKept(
            capture=row.capture_id,
            number=row.number,
            of_capture=row.of_capture,
            of_number=row.of_number,
            relation=row.relation,
        )


def _loose_reviews(connection: Connection) -> Iterator[LooseReview]:
    address = reviews.c.claim_address
    held = select(claims.c.id).where(claims.c.address == address).exists()
    former = select(former_claims.c.address).where(former_claims.c.address == address).exists()
    loose = select(reviews).where(~or_(held, former)).order_by(reviews.c.id)
    for row in connection.execute(loose, execution_options=_STREAMED):
        yield LooseReview(address=row.claim_address, review=_review(row))


def _threads(connection: Connection) -> Iterator[ThreadKept]:
    every = connection.execute(select(threads).order_by(threads.c.id), execution_options=_STREAMED)
    for some in _in_batches(every):
        ids = [row.id for row in some]
        keys, held = defaultdict(list), defaultdict(list)
        named = select(thread_keys).where(thread_keys.c.thread_id.in_(ids)).order_by(thread_keys.c.key)
        for row in connection.execute(named):
            keys[row.thread_id].append(row.key)
        own = select(thread_claims.c.thread_id, claims.c.address).join_from(thread_claims, claims)
        for row in connection.execute(own.where(thread_claims.c.thread_id.in_(ids)).order_by(claims.c.address)):
            held[row.thread_id].append(row.address)
        for row in some:
            values = dict(row._mapping)
            values["rating"] = msgspec.Raw((row.rating or "null").encode())
            # a story's number is this record's own; it follows from the claim's address
            values["latest"] = tuple(replace(one, story="") for one in _LATEST.decode(row.latest))
            yield ThreadKept(**values, keys=tuple(keys[row.id]), claims=tuple(held[row.id]))


def _in_batches(found: Iterable[Any]) -> Iterator[Sequence[Any]]:
    left = iter(found)
    while some := tuple(islice(left, _AT_ONCE)):
        yield some
