"""Captures read anew by another version: what changes by it, and taking it over.

Claims are matched by their addresses, and where these differ by their words, so that a claim keeps its address. What
somebody has reviewed stays as it was decided; what is no longer read is kept in `former_claims`.
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import Connection, delete, insert, select, update

from onrecord.captures import capture_from_original, capture_from_text
from onrecord.errors import CaptureError
from onrecord.model import Capture, Claim, FieldSpans, Reading, Skipped, Span
from onrecord.model import select as select_words
from onrecord.record import rows
from onrecord.record.adding import body_words, insert_stories, unindex_story
from onrecord.record.addresses import anchor, claim_addresses
from onrecord.record.database import Record
from onrecord.record.rating import RatedBy
from onrecord.record.schema import captures, claims, former_claims, stories, thread_claims
from onrecord.record.threads import refresh


class Change(Struct, frozen=True, kw_only=True):
    """What reading one capture anew changes."""

    source: str
    new: tuple[Claim, ...] = ()
    gone: tuple[Claim, ...] = ()
    changed: tuple[tuple[Claim, Claim], ...] = ()
    """Claims before and after: in any field but confidence and verdict."""
    reviewed: int = 0
    """Claims that stay as somebody decided, whatever is read now."""

    def __bool__(self) -> bool:
        """Return whether any claim changes."""
        return bool(self.new or self.gone or self.changed)


class _Kept(Struct, frozen=True):
    """A claim that the record has, with its words."""

    address: str
    claim: Claim
    words: str
    anchor: str
    reader: str
    review: str | None


class _Matched(Struct, frozen=True):
    """A new reading as it is to be recorded, and what becomes of the claims before."""

    reading: Reading
    addresses: tuple[str, ...]
    """Of its claims, in order."""
    reviewed: dict[str, str]
    """Address to decision, of the claims that stay as they were decided."""
    gone: tuple[_Kept, ...]
    change: Change


def stored_captures(record: Record) -> Iterator[Capture | Skipped]:
    """Yield every capture of the record, made again from its original, or from its text where there is none."""
    with record.reading() as connection:
        ids = connection.execute(select(captures.c.id).order_by(captures.c.id)).scalars().all()
    for capture_id in ids:
        with record.reading() as connection:
            row = connection.execute(select(captures).where(captures.c.id == capture_id)).mappings().first()
        if row is not None:
            yield _made_again(rows.capture_of(row))


def change_of(record: Record, reading: Reading) -> Change | Skipped:
    """Return what taking over a new reading of a stored capture would change, or why it cannot be taken over."""
    try:
        with record.reading() as connection:
            return _matched(connection, reading).change
    except CaptureError as error:
        return Skipped(error.source, error.reason)


def take_over(record: Record, reading: Reading, *, reader: str, by: RatedBy | None) -> Change:
    """Put a new reading of a stored capture in the place of the one before, all of it or nothing.

    Args:
        record: The record.
        reading: The capture, made again from what is stored, and what was read from it.
        reader: Version of onrecord that read it.
        by: Figures to rate threads with; None leaves them unrated.

    Raises:
        CaptureError: The words of a reviewed claim do not stand in the capture's new text; nothing was changed.
        RecordError: As `Record.writing`.
    """
    capture = reading.capture
    with record.writing() as connection:
        matched = _matched(connection, reading)
        threads = _threads(connection, capture.id)
        _move_to_former(connection, matched, reader)
        copies = _delete_stories(connection, capture.id)
        text = rows.packed(capture.text.encode("utf-8", "surrogatepass"))
        read = {"text": text, "language": capture.language, "reader": reader}
        connection.execute(update(captures).where(captures.c.id == capture.id).values(read))
        insert_stories(connection, matched.reading, reader, by, matched.addresses)
        _point_copies_at(connection, capture.id, copies)
        for address, decision in matched.reviewed.items():
            connection.execute(update(claims).where(claims.c.address == address).values(review=decision))
        refresh(connection, threads | _threads(connection, capture.id), by)
    return matched.change


def _made_again(stored: Capture) -> Capture | Skipped:
    url = rows.url_of(stored)
    try:
        if stored.original:
            return capture_from_original(stored.original, stored.source, url=url)
        return replace(capture_from_text(stored.text, stored.source, url=url), id=stored.id, original=None)
    except CaptureError as error:
        return Skipped(error.source, error.reason)


def _matched(connection: Connection, reading: Reading) -> _Matched:
    """Return a new reading with each claim at its address of before, and reviewed claims as they were decided."""
    capture, before = reading.capture, _before(connection, reading.capture)
    read = dict(zip(_addresses(reading, before), reading.claims, strict=True))
    reviewed = {address: old for address, old in before.items() if old.review}
    gone = tuple(old for address, old in before.items() if address not in read and not old.review)
    told = read | {address: _relocated(old, capture) for address, old in reviewed.items()}
    placed: list[list[tuple[str, Claim]]] = [[] for _ in reading.stories]
    for address, claim in sorted(told.items(), key=lambda item: item[1].evidence):
        placed[_story_of(claim, reading)].append((address, claim))
    stories_ = zip(reading.stories, placed, strict=True)
    pairs = [(before[address].claim, claim) for address, claim in read.items() if address in before]
    return _Matched(
        reading=replace(reading, stories=tuple(replace(s, claims=tuple(c for _, c in own)) for s, own in stories_)),
        addresses=tuple(address for own in placed for address, _ in own),
        reviewed={address: str(old.review) for address, old in reviewed.items()},
        gone=gone,
        change=Change(
            source=capture.source,
            new=tuple(claim for address, claim in read.items() if address not in before),
            gone=tuple(old.claim for old in gone),
            changed=tuple((old, new) for old, new in pairs if _as_told(old) != _as_told(new)),
            reviewed=len(reviewed),
        ),
    )


def _before(connection: Connection, capture: Capture) -> dict[str, _Kept]:
    """Return the claims that the record has of a capture, by address, in order of standing."""
    columns = (claims.c.address, claims.c.content, claims.c.words, claims.c.reader, claims.c.review, captures.c.text)
    found = select(*columns).join_from(claims, stories, claims.c.story_id == stories.c.id)
    found = found.join(captures, captures.c.id == stories.c.capture_id).where(captures.c.id == capture.id)
    kept, text = {}, None
    for row in connection.execute(found.order_by(stories.c.number, claims.c.number)):
        text = text or rows.text_of(row.text)
        claim = rows.claim_of(row.content)
        words = anchor(claim).of(text)
        kept[row.address] = _Kept(row.address, claim, claim.evidence.of(text), words, row.reader, row.review)
    return kept


def _addresses(reading: Reading, before: dict[str, _Kept]) -> list[str]:
    """Return the addresses of a new reading's claims: those of before, where the words are alike."""
    text = reading.capture.text
    found = list(claim_addresses(reading.capture.id, text, reading.claims))
    left = {address: old for address, old in before.items() if address not in found}
    for number, claim in enumerate(reading.claims):
        if found[number] in before:
            continue
        same = next((old for old in left.values() if _alike(old, claim, text)), None)
        if same:
            found[number] = same.address
            del left[same.address]
    return found


def _alike(old: _Kept, claim: Claim, text: str) -> bool:
    """Return whether a claim was read from the words of `old`, or from more or fewer of them."""
    pairs = ((old.words, claim.evidence.of(text)), (old.anchor, anchor(claim).of(text)))
    return all(one in other or other in one for one, other in pairs)


def _as_told(claim: Claim) -> Claim:
    """Return a claim without what no reader of it would call a change."""
    return replace(claim, confidence=None, verdict=None, spans=FieldSpans(), readers=())


def _relocated(old: _Kept, capture: Capture) -> Claim:
    """Return a reviewed claim where its words stand in the text as it is now.

    Raises:
        CaptureError: They do not stand there any more.
    """
    if old.claim.evidence.of(capture.text) == old.words:
        return old.claim
    start = capture.text.find(old.words)
    if start < 0:
        reason = f"not read anew: the words of a reviewed claim, {old.address}, are not in its text as it is read now"
        raise CaptureError(capture.source, reason)
    evidence = Span(start, start + len(old.words))
    return replace(old.claim, evidence=evidence, selector=select_words(capture.text, evidence), spans=FieldSpans())


def _story_of(claim: Claim, reading: Reading) -> int:
    """Return the number of the story in which a claim's words stand, else of the last one before them.

    Raises:
        CaptureError: No story is left, and the claim is reviewed.
    """
    if not reading.stories:
        raise CaptureError(reading.capture.source, "not read anew: no story is left for its reviewed claims")
    starts = [number for number, story in enumerate(reading.stories) if story.start <= claim.evidence.start]
    return max(starts, default=0)


def _threads(connection: Connection, capture_id: str) -> set[int]:
    own = select(thread_claims.c.thread_id).join(claims, claims.c.id == thread_claims.c.claim_id)
    own = own.join(stories, stories.c.id == claims.c.story_id).where(stories.c.capture_id == capture_id)
    return set(connection.execute(own).scalars())


def _move_to_former(connection: Connection, matched: _Matched, reader: str) -> None:
    """Keep the claims that are no longer read, and forget of those that are read again that they once were not."""
    for addresses in (matched.addresses, [old.address for old in matched.gone]):
        connection.execute(delete(former_claims).where(former_claims.c.address.in_(addresses)))
    capture_id = matched.reading.capture.id
    gone = [
        {
            "address": old.address,
            "capture_id": capture_id,
            "words": rows.storable(old.words),
            "content": rows.to_json(old.claim),
            "reader": old.reader,
            "gone": reader,
        }
        for old in matched.gone
    ]
    if gone:
        connection.execute(insert(former_claims), gone)


def _delete_stories(connection: Connection, capture_id: str) -> dict[int, list[int]]:
    """Delete a capture's stories with all that hangs on them.

    Returns:
        For each story's number in the capture the stories elsewhere that are its copies or versions.
    """
    text = rows.text_of(connection.execute(select(captures.c.text).where(captures.c.id == capture_id)).scalar_one())
    copies: dict[int, list[int]] = {}
    for row in connection.execute(select(stories).where(stories.c.capture_id == capture_id)).mappings().all():
        pointing = select(stories.c.id).where(stories.c.first_id == row["id"], stories.c.capture_id != capture_id)
        copies[row["number"]] = list(connection.execute(pointing).scalars())
        story = rows.story_of(row, (), ())
        unindex_story(connection, row["id"], rows.storable(story.headline or ""), body_words(story, text))
    connection.execute(delete(stories).where(stories.c.capture_id == capture_id))
    return copies


def _point_copies_at(connection: Connection, capture_id: str, copies: dict[int, list[int]]) -> None:
    """Let the copies of stories that were deleted be copies of those in their places."""
    for row in connection.execute(
        select(stories.c.id, stories.c.number).where(stories.c.capture_id == capture_id)
    ).all():
        if pointing := copies.get(row.number):
            connection.execute(update(stories).where(stories.c.id.in_(pointing)).values(first_id=row.id))
