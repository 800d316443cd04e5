"""A record made again, or added to, from what `exporting.jsonl` wrote.

A record that was empty becomes what the exported one was, threads and their numbers included. In one that holds
something already, what is new joins the copies and threads that are there, as if it had been added.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeAlias, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection, Table, bindparam, delete, func, insert, select, update
from sqlalchemy.exc import DataError, IntegrityError

from onrecord.errors import RecordError, UsageError
from onrecord.feeds.state import to_json
from onrecord.model import Capture, Reading, Story
from onrecord.record import rows
from onrecord.record.adding import body_words, index_story, insert_claims, insert_stories
from onrecord.record.database import Record
from onrecord.record.exporting.lines import (
    VERSION,
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
    ThreadKept,
)
from onrecord.record.inserting import insert_if_new
from onrecord.record.rating import RatedBy
from onrecord.record.readings import fault_in
from onrecord.record.reviewing import let_count_in_threads
from onrecord.record.schema import (
    captures,
    claims,
    feeds,
    former_claims,
    reviews,
    sources,
    statements,
    stories,
    story_bands,
    thread_claims,
    thread_keys,
    threads,
)
from onrecord.record.threads import place_claims, regroup, seen_claims
from onrecord.threads import Sighting, bands, decoded

_AT_ONCE: Final = 500
_LONGEST_HEAD: Final = 1000
_Value = TypeVar("_Value")
Counts: TypeAlias = Counter[str]
"""How many of what a line added: `captures`, `known captures`, `claims`, `reviews`, `threads`, `feeds` ..."""


class Refused(Struct, frozen=True):
    """A line that was not taken, by its number from 1, and why; nothing of it is in the record."""

    number: int
    reason: str


class _BadLine(Exception):
    """Why a line cannot be taken."""


def import_lines(record: Record, path: Path, *, by: RatedBy | None = None) -> Iterator[Counts | Refused]:
    """Take what stands in a file that `exporting` wrote, each line whole or not at all.

    Args:
        record: The record.
        path: The file.
        by: Figures to rate threads with that change by what is imported; None leaves these unrated.

    Yields:
        For each line what it added, or why it was not taken; once yielded it is safe.

    Raises:
        UsageError: The file cannot be read, is none of an export, or is of a newer version.
        RecordError: The record cannot be written.
    """
    require_export(path)
    with path.open("rb") as file:
        file.readline()
        yield from _taken(_Import(record, by), file)


def require_export(path: Path) -> None:
    """Raise where a file cannot be imported.

    Raises:
        UsageError: It cannot be read, is none of an export, or is of a newer version.
    """
    try:
        with path.open("rb") as file:
            _require_head(file.readline(_LONGEST_HEAD), path)
    except OSError as error:
        raise UsageError(f"{path}: {(error.strerror or str(error)).lower()}") from error


_LINE: Final[msgspec.json.Decoder[Line]] = msgspec.json.Decoder(Line)


class _HeadOfAny(Struct):
    line: str
    version: int


def _require_head(line: bytes, path: Path) -> None:
    try:
        head = msgspec.json.decode(line, type=_HeadOfAny)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        head = _HeadOfAny("", 0)
    if head.line != Head.__struct_config__.tag:
        told = "no export of a record; `onrecord export --to FILE.jsonl` writes one, `onrecord add` reads pages"
        raise UsageError(f"{path}: {told}")
    if head.version > VERSION:
        raise UsageError(f"{path}: exported by a newer onrecord (version {head.version} of its form); update onrecord")


def _taken(importing: _Import, lines: Iterable[bytes]) -> Iterator[Counts | Refused]:
    """Take the lines after the first."""
    number, ended = 1, False
    for number, line in enumerate(lines, 2):
        if not line.strip():
            continue
        try:
            found = _decoded(line)
            if isinstance(found, End):
                ended = True
                _require_all(found, number)
                continue
            yield importing.take(found)
        except _BadLine as error:
            yield Refused(number, str(error))
    if not ended:
        yield Refused(number + 1, "the file ends early: its last line is missing")


def _decoded(line: bytes) -> Line:
    try:
        return _LINE.decode(line)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise _BadLine(f"not a line of an export: {error}") from error


def _require_all(end: End, number: int) -> None:
    if end.lines != number - 1:
        raise _BadLine(f"{end.lines:,} lines were written before this one, {number - 1:,} stand there")


class _Import:
    """The taking of lines into one record."""

    def __init__(self, record: Record, by: RatedBy | None) -> None:
        self._record, self._by = record, by
        with record.reading() as connection:
            used = [connection.execute(select(t).limit(1)).first() for t in (captures.c.id, threads.c.id)]
        self._as_exported = used == [None, None]

    def take(self, line: Line) -> Counts:
        """Take one line.

        Raises:
            _BadLine: It contradicts itself or the record; nothing of it was taken.
            RecordError: The record cannot be written.
        """
        try:
            with self._record.writing() as connection:
                return self._take(connection, line)
        except RecordError as error:
            if isinstance(error.__cause__, IntegrityError | DataError):
                raise _BadLine(f"does not fit what is there already: {error.reason}") from error
            raise

    def _take(self, connection: Connection, line: Line) -> Counts:
        if isinstance(line, CaptureKept):
            return _take_capture(connection, line, self._by, as_exported=self._as_exported)
        if isinstance(line, SightingKept):
            return _take_sighting(connection, line) if self._as_exported else Counter()
        if isinstance(line, LooseReview):
            return _add_reviews(connection, line.address, [line.review])
        if isinstance(line, ThreadKept):
            return _take_thread(connection, line, self._by, as_exported=self._as_exported)
        if isinstance(line, FeedKept):
            row = {"url": line.url, "state": to_json(line.state).decode()}
            new = _insert_if_new(connection, feeds, row)
            return Counter(["feeds" if new else "known feeds"])
        raise _BadLine(f"a second line of the kind `{line.__struct_config__.tag}`")


def _take_capture(connection: Connection, line: CaptureKept, by: RatedBy | None, *, as_exported: bool) -> Counts:
    reading = _reading(line)
    row = rows.capture_row(reading.capture, line.reader, line.added)
    new = _insert_if_new(connection, captures, row)
    counts: Counts = Counter()
    if new:
        _insert_reading(connection, line, reading, by, as_exported=as_exported)
        counts.update(captures=1, stories=len(reading.stories), claims=len(reading.claims))
        counts["statements"] = len(reading.statements)
    else:
        counts["known captures"] = 1
    for seen in line.sources:
        row = {"capture_id": line.id, "source": rows.storable(seen.source), "url": seen.url, "seen": seen.seen}
        counts["sources"] += _insert_if_new(connection, sources, row)
    for former in line.former_claims:
        counts["former claims"] += _add_former(connection, line.id, former)
        counts += _add_reviews(connection, former.address, former.reviews)
    for claim in _claims(line):
        decided = _add_reviews(connection, claim.address, claim.reviews)
        if decided["reviews"] and not new:
            let_count_in_threads(connection, claim.address, by)
        counts += decided
    return +counts


def _reading(line: CaptureKept) -> Reading:
    """Return the capture and what was read from it.

    Raises:
        _BadLine: Its bytes are not those that its id names, or an offset lies outside of its text.
    """
    if line.original and hashlib.sha256(line.original.data).hexdigest() != line.id:
        raise _BadLine("its bytes are not those that its id names")
    capture = Capture(
        source=line.source,
        id=line.id,
        text=line.text,
        blocks=(),
        language=line.language,
        markup=line.markup,
        original=line.original,
    )
    told = tuple(replace(kept.story, claims=tuple(one.claim for one in kept.claims)) for kept in line.stories)
    for story in told:
        _require_sense(story, line.text)
    return Reading(capture=capture, stories=told)


def _require_sense(story: Story, text: str) -> None:
    if fault := fault_in(story, len(text)):
        raise _BadLine(f"its offsets do not fit its text: {fault}")
    try:
        _ = story.day
    except ValueError as error:
        raise _BadLine(f"a story's day is none: {story.published}") from error


def _claims(line: CaptureKept) -> tuple[ClaimKept, ...]:
    return tuple(claim for story in line.stories for claim in story.claims)


def _insert_reading(
    connection: Connection, line: CaptureKept, reading: Reading, by: RatedBy | None, *, as_exported: bool
) -> None:
    held = _claims(line)
    addresses = tuple(claim.address for claim in held)
    if as_exported:
        _insert_stories(connection, line, reading)
    else:
        insert_stories(connection, reading, line.reader, by, addresses)
    marks = [
        {"at": claim.address, "by": claim.reader, "as": claim.review}
        for claim in held
        if claim.review or claim.reader != line.reader
    ]
    if marks:
        marked = update(claims).where(claims.c.address == bindparam("at"))
        connection.execute(marked.values(reader=bindparam("by"), review=bindparam("as")), marks)
    if not as_exported:  # those were put into threads before it was known that they are rejected
        rejected = [claim.address for claim in held if claim.review == "rejected"]
        for some in _parts(rejected):
            for claim_id in connection.execute(select(claims.c.id).where(claims.c.address.in_(some))).scalars().all():
                regroup(connection, claim_id, by)


def _insert_stories(connection: Connection, line: CaptureKept, reading: Reading) -> None:
    """Insert a capture's stories with what hangs on them, without looking for copies and threads."""
    for number, (story, kept) in enumerate(zip(reading.stories, line.stories, strict=True)):
        row = rows.story_row(story, reading.capture, number) | {"signature": kept.signature}
        story_id = connection.execute(insert(stories).returning(stories.c.id), row).scalar_one()
        index_story(connection, story_id, rows.storable(story.headline or ""), body_words(story, line.text))
        _insert_statements(connection, story, story_id)
        _insert_bands(connection, kept.signature, story_id)
        if story.claims:
            shared = {"story_id": story_id, "reader": line.reader}
            insert_claims(connection, story, reading.capture, shared, [claim.address for claim in kept.claims])


def _insert_statements(connection: Connection, story: Story, story_id: int) -> None:
    told = [rows.statement_row(one, i) | {"story_id": story_id} for i, one in enumerate(story.statements)]
    if told:
        connection.execute(insert(statements), told)


def _insert_bands(connection: Connection, signature: bytes | None, story_id: int) -> None:
    """Insert the bands by which copies of a story are found; `_take_sighting` takes those of a copy away again."""
    if not signature:
        return
    try:
        keys = bands(decoded(signature))
    except (ValueError, TypeError, IndexError) as error:
        raise _BadLine(f"a story's signature is none: {error}") from error
    connection.execute(insert(story_bands), [{"band": key, "story_id": story_id} for key in sorted(set(keys))])


def _add_former(connection: Connection, capture_id: str, former: FormerClaim) -> int:
    row = {
        "address": former.address,
        "capture_id": capture_id,
        "words": rows.storable(former.words),
        "content": rows.to_json(replace(former.claim, verdict=None)),
        "reader": former.reader,
        "gone": former.gone,
    }
    return _insert_if_new(connection, former_claims, row)


def _add_reviews(connection: Connection, address: str, kept: Sequence[ReviewKept]) -> Counts:
    """Add those reviews of a claim that are not there.

    The last one counts: so of a claim that is decided on here only later ones are taken.
    """
    if not kept:
        return Counter()
    own = select(reviews).where(reviews.c.claim_address == address).order_by(reviews.c.id)
    there = {_told_apart(dict(row._mapping)): row for row in connection.execute(own)}
    last = max((row.decided for row in there.values()), default="")
    new = []
    counts: Counts = Counter()
    for review in kept:
        row = _review_row(address, review)
        known = there.get(_told_apart(row))
        if known is None and review.decided >= last:
            new.append(row)
        elif known is None:
            counts["older reviews"] += 1
        elif review.undone and not known.undone:
            connection.execute(update(reviews).where(reviews.c.id == known.id).values(undone=review.undone))
            counts["reviews"] += 1
    if new:
        connection.execute(insert(reviews), new)
        counts["reviews"] += len(new)
    return counts


def _told_apart(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(row[name] for name in ("decision", "machine", "reviewer", "decided"))


def _review_row(address: str, review: ReviewKept) -> rows.Row:
    return {
        "claim_address": rows.storable(address),
        "decision": review.decision,
        "machine": rows.to_json(review.machine),
        "corrected": rows.to_json(review.corrected) if review.corrected else None,
        "reviewer": rows.storable(review.reviewer),
        "decided": rows.storable(review.decided),
        "undone": review.undone,
    }


def _take_sighting(connection: Connection, line: SightingKept) -> Counts:
    """Note that a story is a copy or version of another; a copy is found by that one's bands, not by its own."""
    story = _story_id(connection, line.capture, line.number)
    first = _story_id(connection, line.of_capture, line.of_number)
    noted = {"first_id": first, "relation": line.relation}
    connection.execute(update(stories).where(stories.c.id == story).values(noted))
    if line.relation == "copy":
        connection.execute(delete(story_bands).where(story_bands.c.story_id == story))
    return Counter(sightings=1)


def _story_id(connection: Connection, capture_id: str, number: int) -> int:
    query = select(stories.c.id).where(stories.c.capture_id == capture_id, stories.c.number == number)
    found = connection.execute(query).scalar()
    if found is None:
        raise _BadLine(f"there is no story {number} in a capture {capture_id}")
    return int(found)


def _take_thread(connection: Connection, line: ThreadKept, by: RatedBy | None, *, as_exported: bool) -> Counts:
    """Take a thread as it was; where that cannot be, put those of its claims that are in none where they belong.

    It cannot be in a record with threads of its own, nor where a claim is missing because its line was not taken.
    """
    found = _claim_ids(connection, line.claims)
    if as_exported and len(found) == len(line.claims):
        _insert_thread(connection, line, found)
        return Counter(threads=1)
    placed = select(thread_claims.c.claim_id).where(thread_claims.c.claim_id == claims.c.id).exists()
    loose = 0
    for some in _parts(found):
        left = list(seen_claims(connection, claims.c.id.in_(some), ~placed))
        place_claims(connection, left, by)
        loose += len(left)
    return Counter({"placed claims": loose}) if loose else Counter({"known threads": 1} if found else {})


def _claim_ids(connection: Connection, addresses: Sequence[str]) -> list[int]:
    found: list[int] = []
    for some in _parts(addresses):
        found += connection.execute(select(claims.c.id).where(claims.c.address.in_(some))).scalars()
    return found


def _insert_thread(connection: Connection, line: ThreadKept, claim_ids: Sequence[int]) -> None:
    row = {name: getattr(line, name) for name in threads.c.keys()}  # noqa: SIM118  # a collection of columns
    rating = bytes(line.rating).decode()
    row["rating"] = None if rating == "null" else rating
    row["latest"] = msgspec.msgpack.encode(_in_stories(connection, line.latest))
    connection.execute(insert(threads), row)
    if connection.dialect.name == "postgresql":  # which does not notice numbers that are given to it
        last = select(func.max(threads.c.id)).scalar_subquery()
        connection.execute(select(func.setval(func.pg_get_serial_sequence("threads", "id"), last)))
    if line.keys:
        connection.execute(insert(thread_keys), [{"key": key, "thread_id": line.id} for key in line.keys])
    if claim_ids:
        connection.execute(insert(thread_claims), [{"claim_id": one, "thread_id": line.id} for one in claim_ids])


def _insert_if_new(connection: Connection, table: Table, row: rows.Row) -> int:
    """Insert a row unless it is there; return how many were inserted."""
    key = next(iter(table.primary_key))
    inserted = insert_if_new(connection, table).values(row).returning(key)
    return int(connection.execute(inserted).first() is not None)


def _in_stories(connection: Connection, latest: Sequence[Sighting]) -> list[Sighting]:
    """Return sightings with the numbers that their stories have here; an export leaves them out."""
    story = func.coalesce(stories.c.first_id, stories.c.id)
    own = select(claims.c.address, story.label("story")).join(stories, stories.c.id == claims.c.story_id)
    named = own.where(claims.c.address.in_([sighting.claim for sighting in latest]))
    found = {row.address: str(row.story) for row in connection.execute(named)}
    return [replace(sighting, story=found.get(sighting.claim, "")) for sighting in latest]


def _parts(values: Sequence[_Value]) -> Iterator[Sequence[_Value]]:
    """Yield `values` in parts that a query can name."""
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]
