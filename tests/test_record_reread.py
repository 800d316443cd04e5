"""Captures of the record read anew."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace
from sqlalchemy import func, select, update

from onrecord.model import FieldSpans, Reading, Skipped
from onrecord.record.adding import add
from onrecord.record.database import Record
from onrecord.record.rereading import Change, change_of, stored_captures, take_over
from onrecord.record.rows import claim_of
from onrecord.record.schema import captures, claims, stories, thread_claims, threads
from onrecord.record.showing import show_claim
from onrecord.record.tracking import Asked, track
from tests.pages import Told, anew, page, pledge, share

STAYS = pledge("Norland vows 4% of GDP by 2031.", 4.0, 2031)
GOES = Told(words="Norland will dredge the harbour.", measure="dredge the harbour")
CHANGES = pledge("Sudland plans 3% of GDP by 2029.", 3.0, 2029, actor="Sudland")
CHANGED = pledge("Sudland plans 3% of GDP by 2029.", 3.0, 2029, actor="Sudland", kind="proposal")
COMES = Told(
    words="Westland asked for 20 ships.", kind="demand", actor="Westland", measure="ships", quantity=share(20, "x")
)
BEFORE = page("https://daily.example/1", "2025-02-25", STAYS, GOES, CHANGES, COMES)
BEFORE = replace(BEFORE, stories=(replace(BEFORE.stories[0], claims=BEFORE.claims[:3]),))
AFTER = anew(BEFORE, STAYS, CHANGED, COMES)


def addresses(record: Record) -> dict[str, str]:
    with record.reading() as connection:
        return {row.words: row.address for row in connection.execute(select(claims.c.words, claims.c.address))}


def review(record: Record, words: str, decision: str) -> None:
    with record.writing() as connection:
        connection.execute(update(claims).where(claims.c.words == words).values(review=decision))


def test_what_changes_is_told_and_nothing_is_done(record: Record) -> None:
    add(record, BEFORE, reader="1")
    known = addresses(record)
    assert change_of(record, AFTER) == Change(
        source="https://daily.example/1",
        new=(AFTER.claims[2],),
        gone=(BEFORE.claims[1],),
        changed=((BEFORE.claims[2], AFTER.claims[1]),),
    )
    assert addresses(record) == known


def test_taking_over_keeps_addresses_and_what_is_gone_can_still_be_shown(record: Record) -> None:
    add(record, BEFORE, reader="1")
    known = addresses(record)
    take_over(record, AFTER, reader="2", by=None)
    assert addresses(record) == {
        STAYS.words: known[STAYS.words],
        CHANGES.words: known[CHANGES.words],
        COMES.words: addresses(record)[COMES.words],
    }
    assert show_claim(record, known[CHANGES.words]).claim.kind == "proposal"
    gone = show_claim(record, known[GOES.words])
    assert (gone.words, gone.reader, gone.gone) == (GOES.words, "1", "2")


def test_taking_the_old_reading_over_again_gives_the_old_record_back(record: Record) -> None:
    add(record, BEFORE, reader="1")
    before = content(record)
    take_over(record, AFTER, reader="2", by=None)
    take_over(record, BEFORE, reader="1", by=None)
    assert content(record) == before
    assert not change_of(record, BEFORE)


def content(record: Record) -> list[tuple[object, ...]]:
    columns = (claims.c.address, claims.c.kind, claims.c.words, claims.c.content, claims.c.reader, threads.c.target)
    joined = select(*columns).join(thread_claims, thread_claims.c.claim_id == claims.c.id)
    joined = joined.join(threads, threads.c.id == thread_claims.c.thread_id).order_by(claims.c.address)
    with record.reading() as connection:
        return [tuple(row) for row in connection.execute(joined)]


def test_reviewed_claims_survive_whatever_is_read_now(record: Record) -> None:
    add(record, BEFORE, reader="1")
    known = addresses(record)
    review(record, GOES.words, "accepted")
    review(record, CHANGES.words, "corrected")
    change = take_over(record, AFTER, reader="2", by=None)
    assert (change.gone, change.reviewed) == ((), 2)
    for told, decision in ((GOES, "accepted"), (CHANGES, "corrected")):
        shown = show_claim(record, known[told.words])
        assert (shown.claim.kind, shown.review, shown.gone) == ("commitment", decision, None)
    assert len(addresses(record)) == 4


def test_a_rejected_claim_stays_out_of_its_thread(record: Record) -> None:
    add(record, BEFORE, reader="1")
    review(record, CHANGES.words, "rejected")
    take_over(record, BEFORE, reader="2", by=None)
    found = track(record, Asked(kind="commitment"), today=dt.date(2026, 1, 1))
    assert [one.actor for one in found] == ["Norland", "Norland"]


def test_a_reviewed_claim_is_found_again_where_its_words_moved(record: Record) -> None:
    add(record, BEFORE, reader="1")
    review(record, STAYS.words, "accepted")
    moved = page("https://daily.example/1", "2025-02-25", STAYS, headline="A longer headline")
    moved = Reading(capture=replace(moved.capture, id=BEFORE.capture.id), stories=moved.stories)
    take_over(record, moved, reader="2", by=None)
    claim = show_claim(record, addresses(record)[STAYS.words]).claim
    assert claim.evidence.of(moved.capture.text) == STAYS.words
    assert claim.spans == FieldSpans()


def test_a_capture_whose_text_lost_a_reviewed_claim_is_left_as_it_was(record: Record) -> None:
    add(record, BEFORE, reader="1")
    review(record, STAYS.words, "accepted")
    other = page("https://daily.example/1", "2025-02-25", CHANGES)
    other = Reading(capture=replace(other.capture, id=BEFORE.capture.id), stories=other.stories)
    found = change_of(record, other)
    address = addresses(record)[STAYS.words]
    assert found == Skipped(
        "https://daily.example/1",
        f"not read anew: the words of a reviewed claim, {address}, are not in its text as it is read now",
    )


def test_a_claim_read_from_more_words_keeps_its_address(record: Record) -> None:
    short = page("a", "2025-02-25", pledge("Norland vows 4% of GDP by 2031.", 4.0, 2031))
    add(record, short, reader="1")
    wider = anew(short, replace(STAYS, number="4% of GDP"))
    assert change_of(record, wider) == Change(source="a")
    take_over(record, wider, reader="2", by=None)
    (row,) = rows_of(record)
    assert claim_of(row.content).spans.quantity == wider.claims[0].spans.quantity


def rows_of(record: Record) -> list[object]:
    with record.reading() as connection:
        return list(connection.execute(select(claims)))


def test_copies_of_a_story_that_is_read_anew_stay_its_copies(record: Record) -> None:
    filler = " ".join(
        f"Pier {number} was closed for repairs on the {number}th of the month." for number in range(4, 30)
    )
    first = page("https://wire.example/1", "2025-02-25", STAYS, filler=filler)
    copy = page("https://daily.example/2", "2025-02-26", STAYS, filler=filler, headline="Other")
    add(record, first, reader="1")
    add(record, copy, reader="1")
    take_over(record, first, reader="2", by=None)
    with record.reading() as connection:
        found = connection.execute(
            select(stories.c.outlet, stories.c.relation).where(stories.c.first_id.is_not(None))
        ).all()
    assert [tuple(row) for row in found] == [("daily.example", "copy")]


def test_stored_captures_are_made_again_from_their_originals(record: Record) -> None:
    add(record, BEFORE, reader="1")
    without = replace(BEFORE.capture, id="f" * 64, original=None)
    add(record, Reading(capture=without, stories=()), reader="1")
    first, second = sorted(stored_captures(record), key=lambda one: one.id == "f" * 64)
    assert (first.id, first.text, first.original) == (BEFORE.capture.id, BEFORE.capture.text, BEFORE.capture.original)
    assert (second.id, second.text, second.original) == ("f" * 64, BEFORE.capture.text, None)
    with record.reading() as connection:
        assert connection.execute(select(func.count()).select_from(captures)).scalar_one() == 2
