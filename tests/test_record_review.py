"""Reviews of claims: what is stored, what counts, what is taken back, and what is told to whoever came second."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import delete, insert, select, update

from onrecord.errors import UsageError
from onrecord.figures import load as load_figures
from onrecord.model import Capture, Claim, FieldSpans, Quantity, Reading, Span, Story, Verdict, When
from onrecord.model import select as select_words
from onrecord.record import rows
from onrecord.record.adding import add
from onrecord.record.corrections import Correction, correct
from onrecord.record.database import Record, open_record
from onrecord.record.review_queue import Order, Wanted, left, queue
from onrecord.record.reviewing import Decided, Overtaken, Undone, decide, history, look, undo
from onrecord.record.schema import claims, former_claims, reviews, threads, verdicts
from onrecord.record.searching import Query, find

SENTENCES = (
    "Norland pledged to raise harbour spending to 2.5% of output by 2030.",
    "At least 23 cranes were sold in 2025, the Norland Ports Board said.",
    "Critics asked Sudmark to cut port fees by 400 dollars this year.",
    "Germany expects 5 new piers by 2031.",
)
TEXT = "Harbour plan grows\n\n" + "\n\n".join(SENTENCES)
DAY = dt.date(2026, 3, 7)
CAPTURE = "5e" * 32


def span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def claim(sentence: int, kind: Any, actor: str, measure: str, confidence: float | None, **fields: Any) -> Claim:
    evidence = span(SENTENCES[sentence])
    return Claim(
        kind=kind,
        actor=actor,
        measure=measure,
        quantity=fields.get("quantity"),
        when=fields.get("when"),
        said_by=fields.get("said_by"),
        country=fields.get("country"),
        negated=False,
        confidence=confidence,
        evidence=evidence,
        selector=select_words(TEXT, evidence),
        spans=FieldSpans(actor=span(actor), measure=span(measure), quantity=fields.get("at")),
        verdict=fields.get("verdict"),
    )


UNCHECKABLE = Verdict(verdict="uncheckable", reason="no indicator", arithmetic="nothing published says so")
CLAIMS = (
    claim(
        0,
        "commitment",
        "Norland",
        "harbour spending",
        0.9,
        quantity=Quantity(value=2.5, unit="percent", of="output"),
        when=When(text="by 2030", relation="by", end=dt.date(2030, 12, 31)),
        at=span("2.5% of output"),
    ),
    claim(
        1,
        "figure",
        "Norland Ports Board",
        "cranes",
        0.4,
        quantity=Quantity(value=23, comparator=">="),
        at=span("At least 23"),
        verdict=UNCHECKABLE,
    ),
    claim(
        2,
        "demand",
        "Sudmark",
        "port fees",
        None,
        quantity=Quantity(value=400, unit="USD", change="decrease"),
        at=span("400 dollars"),
    ),
    claim(3, "forecast", "Germany", "piers", 0.7, quantity=Quantity(value=5), at=span("5"), country="DE"),
)


def make_record(path: Path) -> Record:
    """Return a new record in a folder, with one capture of four claims."""
    record = open_record(str(path / "review.db"), may_be_new=True)
    fill(record)
    return record


def fill(record: Record) -> None:
    """Add one capture of four claims."""
    body = (TEXT.index(SENTENCES[0]), len(TEXT))
    story = Story(start=0, end=len(TEXT), headline="Harbour plan grows", published="2026-03-07", body=(body,))
    capture = Capture(source="https://www.harbour.example/plan", id=CAPTURE, text=TEXT, blocks=(), language="en")
    add(record, Reading(capture=capture, stories=(replace(story, claims=CLAIMS),)), reader="1.0")


@pytest.fixture
def record(record: Record) -> Record:
    fill(record)
    return record


def addresses(record: Record) -> list[str]:
    """Return the addresses of the four claims, as they stand."""
    with record.reading() as connection:
        return list(connection.execute(select(claims.c.address).order_by(claims.c.number)).scalars())


def state(record: Record) -> list[tuple[Any, ...]]:
    """Return every column of every claim and verdict."""
    with record.reading() as connection:
        found = connection.execute(select(claims, verdicts).outerjoin(verdicts).order_by(claims.c.number))
        return [tuple(row) for row in found]


def corrected(record: Record, address: str, **changes: str) -> Claim:
    found = correct(look(record, address), changes)
    assert isinstance(found, Correction)
    return found.claim


# -- deciding


def test_an_acceptance_is_stored_with_the_machines_reading_and_marks_the_claim(record: Record) -> None:
    address = addresses(record)[1]
    decided = decide(record, address, "accepted", reviewer="ana")
    assert isinstance(decided, Decided)
    assert decided.before is None
    (review,) = history(record, address)
    assert review == decided.review
    assert (review.decision, review.reviewer, review.machine, review.corrected, review.undone) == (
        "accepted",
        "ana",
        CLAIMS[1],
        None,
        None,
    )
    assert look(record, address).standing == review
    assert look(record, address).claim == CLAIMS[1]


def test_a_correction_counts_everywhere_and_keeps_the_machines_reading_beside(record: Record) -> None:
    address = addresses(record)[0]
    new = corrected(record, address, actor="Ports Board", days="..2031-06-30", kind="proposal")
    decide(record, address, "corrected", reviewer="ana", corrected=new)
    with record.reading() as connection:
        row = connection.execute(select(claims).where(claims.c.address == address)).one()
    assert (row.kind, row.actor, row.due, row.review) == ("proposal", "Ports Board", dt.date(2031, 6, 30), "corrected")
    assert rows.claim_of(row.content) == new
    (review,) = history(record, address)
    assert (review.machine, review.corrected, review.claim) == (CLAIMS[0], new, new)


def test_a_correction_is_found_by_its_words_and_undone_no_longer(record: Record) -> None:
    address = addresses(record)[0]
    quay = Query(words='"quay outlay"')
    decide(record, address, "corrected", reviewer="ana", corrected=corrected(record, address, measure="quay outlay"))
    found = [hit.address for hit in find(record, quay).hits]
    undo(record, "ana")
    assert (found, find(record, quay).hits) == ([address], ())


def test_a_rejection_and_an_acceptance_of_a_correction_keep_it(record: Record) -> None:
    address = addresses(record)[0]
    new = corrected(record, address, actor="Ports Board")
    decide(record, address, "corrected", reviewer="ana", corrected=new)
    accepted = decide(record, address, "accepted", reviewer="ben")
    assert isinstance(accepted, Decided)
    assert (accepted.review.machine, accepted.review.corrected) == (CLAIMS[0], new)
    decide(record, address, "rejected", reviewer="ben")
    assert look(record, address).claim == new
    undo(record, "ana")  # what ben confirmed stands without her
    assert look(record, address).claim == new


def test_a_skip_leaves_the_claim_as_it_is_and_is_refused_where_somebody_decided(record: Record) -> None:
    address, before = addresses(record)[0], state(record)
    decide(record, address, "skipped", reviewer="ana")
    assert state(record) == before
    decide(record, address, "accepted", reviewer="ana")
    with pytest.raises(UsageError, match="accepted already; only an undecided claim is skipped"):
        decide(record, address, "skipped", reviewer="ben")


def test_a_correction_without_a_change_is_refused(record: Record) -> None:
    address = addresses(record)[0]
    with pytest.raises(UsageError, match="corrects nothing"):
        decide(record, address, "corrected", reviewer="ana", corrected=CLAIMS[0])
    assert history(record, address) == ()


@pytest.mark.parametrize("name", ["", "  ", "a\x1b[2Jb", "‮ana", "x" * 201])
def test_a_name_that_cannot_be_one_is_refused(record: Record, name: str) -> None:
    with pytest.raises(UsageError, match="not a reviewer's name"):
        decide(record, addresses(record)[0], "accepted", reviewer=name)


def test_an_unknown_and_a_former_address_are_told_apart(record: Record) -> None:
    with record.writing() as connection:
        gone = {"address": "gone", "capture_id": CAPTURE, "words": "", "content": "{}", "reader": "1.0", "gone": "2.0"}
        connection.execute(insert(former_claims), gone)
    with pytest.raises(UsageError, match="no claim of this record"):
        decide(record, "nowhere", "accepted", reviewer="ana")
    with pytest.raises(UsageError, match=r"onrecord 2\.0 no longer reads this claim"):
        history(record, "gone")


# -- two reviewers


def test_the_second_of_two_is_told_and_nothing_is_overwritten(record: Record) -> None:
    address = addresses(record)[0]
    seen = look(record, address)
    first = decide(record, address, "accepted", reviewer="ana", seen=seen)
    before = state(record)
    second = decide(record, address, "rejected", reviewer="ben", seen=seen)
    assert isinstance(first, Decided)
    assert second == Overtaken(now=look(record, address))
    assert second.reason == f"ana accepted it at {first.review.decided}; your decision was not stored"
    assert (history(record, address), state(record)) == ((first.review,), before)
    third = decide(record, address, "rejected", reviewer="ben", seen=second.now)
    assert isinstance(third, Decided)
    assert third.before == first.review


def test_of_two_at_the_same_moment_one_is_stored(record: Record, record_address: str) -> None:
    seen = {address: look(record, address) for address in addresses(record)}
    both = Barrier(2)

    def accept_all(reviewer: str) -> list[bool]:
        with open_record(record_address) as own:
            stored = []
            for address, claim in seen.items():
                both.wait(60)
                stored.append(isinstance(decide(own, address, "accepted", reviewer=reviewer, seen=claim), Decided))
        return stored

    with ThreadPoolExecutor(2) as pool:
        ana, ben = pool.map(accept_all, ("ana", "ben"))
    assert [first + second for first, second in zip(ana, ben, strict=True)] == [1, 1, 1, 1]
    assert [len(history(record, address)) for address in seen] == [1, 1, 1, 1]


def test_a_reread_since_is_told_and_a_skip_since_is_not(record: Record) -> None:
    address = addresses(record)[0]
    seen = look(record, address)
    decide(record, address, "skipped", reviewer="ana")
    with record.writing() as connection:
        other = rows.claim_row(replace(CLAIMS[0], actor="Norland’s ports"), SENTENCES[0])
        connection.execute(update(claims).where(claims.c.address == address).values(other))
    told = decide(record, address, "accepted", reviewer="ben", seen=seen)
    assert isinstance(told, Overtaken)
    assert told.reason.startswith("it was read anew")
    with record.writing() as connection:
        connection.execute(
            update(claims).where(claims.c.address == address).values(rows.claim_row(CLAIMS[0], SENTENCES[0]))
        )
    assert isinstance(decide(record, address, "accepted", reviewer="ben", seen=seen), Decided)


# -- taking back


def test_undo_takes_back_only_the_reviewers_own_last_decision(record: Record) -> None:
    first, second, *_ = addresses(record)
    decide(record, first, "accepted", reviewer="ana")
    by_ben = decide(record, second, "rejected", reviewer="ben")
    undone = undo(record, "ana")
    assert (undone.review.address, undone.standing, undone.review.undone is not None) == (first, None, True)
    assert isinstance(by_ben, Decided)
    assert look(record, second).standing == by_ben.review
    with pytest.raises(UsageError, match="ana has no decision left to take back"):
        undo(record, "ana")


def test_undo_of_a_number_takes_back_anybodys_and_brings_the_one_before_back(record: Record) -> None:
    address = addresses(record)[0]
    first = decide(record, address, "accepted", reviewer="ana")
    second = decide(record, address, "rejected", reviewer="ben")
    assert isinstance(first, Decided)
    assert isinstance(second, Decided)
    undone = undo(record, "ana", number=second.review.number)
    assert undone == Undone(review=history(record, address)[1], standing=first.review)
    with pytest.raises(UsageError, match="no review 2, or it was taken back before"):
        undo(record, "ana", number=second.review.number)


def test_a_claim_no_longer_read_keeps_its_reviews_and_they_can_be_taken_back(record: Record) -> None:
    address = addresses(record)[0]
    decide(record, address, "accepted", reviewer="ana")
    with record.writing() as connection:
        connection.execute(delete(claims).where(claims.c.address == address))
    undone = undo(record, "ana")
    assert history(record, address) == (undone.review,)


def test_undo_after_a_reread_that_found_the_sentence_elsewhere_leaves_it_there(record: Record) -> None:
    address = addresses(record)[0]
    decide(record, address, "corrected", reviewer="ana", corrected=corrected(record, address, measure="harbour"))
    moved = Span(CLAIMS[0].evidence.start + 7, CLAIMS[0].evidence.end + 7)
    with record.writing() as connection:
        reread = replace(look(record, address).claim, evidence=moved, spans=FieldSpans())
        row = rows.claim_row(reread, SENTENCES[0])
        connection.execute(update(claims).where(claims.c.address == address).values(row))
    undo(record, "ana")
    restored = look(record, address).claim
    actor = CLAIMS[0].spans.actor
    assert actor is not None
    assert (restored.measure, restored.evidence) == ("harbour spending", moved)
    assert restored.spans.actor == Span(actor.start + 7, actor.end + 7)


def test_a_corrected_figure_is_checked_anew_and_undo_brings_the_verdict_back(record: Record) -> None:
    address, before = addresses(record)[1], state(record)
    found = correct(look(record, address), {"quantity": "dozens"}, figures=load_figures())
    assert isinstance(found, Correction)
    assert found.claim.verdict is not None
    assert found.claim.verdict.reason == "vague quantity"
    decide(record, address, "corrected", reviewer="ana", corrected=found.claim)
    assert look(record, address).claim == found.claim
    undo(record, "ana")
    assert state(record) == before


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["accepted", "corrected", "rejected", "skipped", "undo"]),
        st.integers(0, 2),  # which claim
        st.sampled_from(["ana", "ben"]),
        st.sampled_from(["Ports Board", "the council", "Critics"]),
    ),
    max_size=14,
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def shared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """One record for all examples, which leave it as it was."""
    if request.param == "sqlite":
        with make_record(tmp_path_factory.mktemp("shared")) as made:
            yield made
        return
    with request.getfixturevalue("postgresql").database() as address, open_record(address) as made:
        fill(made)
        yield made


@given(actions=ACTIONS)
@settings(max_examples=25)
def test_any_sequence_gives_what_a_list_of_decisions_predicts_and_undone_wholly_the_machines_bytes(
    shared: Record, actions: list[tuple[str, int, str, str]]
) -> None:
    known, before = addresses(shared), state(shared)
    # number, claim, reviewer, decision, actor as it counts by it (None: the machine's)
    told: list[tuple[int, int, str, str, str | None]] = []

    def predicted(of: int) -> tuple[str | None, str | None]:
        counting = [(decision, actor) for _, one, _, decision, actor in told if one == of and decision != "skipped"]
        return counting[-1] if counting else (None, None)

    def check() -> None:
        for number, address in enumerate(known):
            decision, actor = predicted(number)
            now = look(shared, address)
            assert (now.standing.decision if now.standing else None) == decision
            assert now.claim.actor == (actor or CLAIMS[number].actor)
            assert actor is not None or now.claim == CLAIMS[number]

    for action, number, reviewer, actor in actions:
        if action == "undo":
            own = [one for one in told if one[2] == reviewer]
            if own:
                told.remove(own[-1])
                undo(shared, reviewer)
            continue
        decision, standing = predicted(number)
        if (action == "skipped" and decision) or (action == "corrected" and actor == standing):
            continue
        new = corrected(shared, known[number], actor=actor) if action == "corrected" else None
        decided = decide(shared, known[number], action, reviewer=reviewer, corrected=new)  # type: ignore[arg-type]
        assert isinstance(decided, Decided)
        told.append((decided.review.number, number, reviewer, action, actor if new else standing))
        check()
    for number, *_ in reversed(told):
        undo(shared, "ana", number=number)
    assert state(shared) == before
    with shared.writing() as connection:
        connection.execute(delete(reviews))


# -- threads


def commitments(record: Record) -> list[tuple[Any, ...]]:
    """Return the threads of commitments: actor, target and sightings."""
    with record.reading() as connection:
        query = select(threads.c.actor, threads.c.target, threads.c.sightings).where(threads.c.kind == "commitment")
        return [tuple(row) for row in connection.execute(query)]


def test_a_claims_thread_follows_what_is_decided_about_it(record: Record) -> None:
    address = addresses(record)[0]
    told = [commitments(record)]
    decide(record, address, "corrected", reviewer="ana", corrected=corrected(record, address, quantity="3% of output"))
    told.append(commitments(record))
    decide(record, address, "rejected", reviewer="ana")
    told.append(commitments(record))
    for _ in range(2):
        undo(record, "ana")
        told.append(commitments(record))
    machine, other = (("Norland", f"{n}% of output by 2030", 1) for n in ("2.5", "3"))
    assert told == [[machine], [other], [], [other], [machine]]


# -- the queue


def names(record: Record, order: Order = "least-certain", **wanted: Any) -> list[str | None]:
    return [one.claim.actor for one in queue(record, Wanted(**wanted), order=order)]


def test_the_least_certain_come_first_and_skipped_ones_last(record: Record) -> None:
    assert names(record) == ["Sudmark", "Norland Ports Board", "Germany", "Norland"]
    decide(record, addresses(record)[2], "skipped", reviewer="ana")
    decide(record, addresses(record)[1], "accepted", reviewer="ana")
    assert names(record) == ["Germany", "Norland", "Sudmark"]
    assert [one.skipped for one in queue(record)] == [False, False, True]
    assert left(record) == 3
    undo(record, "ana")
    undo(record, "ana")
    assert names(record) == ["Sudmark", "Norland Ports Board", "Germany", "Norland"]


def test_the_newest_stories_come_first_if_asked(record: Record) -> None:
    days = (DAY, None, dt.date(2026, 3, 9), dt.date(2020, 1, 1))
    with record.writing() as connection:
        for address, day in zip(addresses(record), days, strict=True):
            connection.execute(update(claims).where(claims.c.address == address).values(day=day))
    assert names(record, "newest") == ["Sudmark", "Norland", "Germany", "Norland Ports Board"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"kind": "figure"}, ["Norland Ports Board"]),
        ({"actor": "norland"}, ["Norland Ports Board", "Norland"]),
        ({"actor": "Berlin"}, ["Germany"]),
        ({"actor": "%"}, []),
        ({"outlet": "WWW.harbour.example"}, ["Sudmark", "Norland Ports Board", "Germany", "Norland"]),
        ({"outlet": "other.example"}, []),
        ({"min_confidence": 0.7}, ["Germany", "Norland"]),
        ({"max_confidence": 0.4}, ["Sudmark", "Norland Ports Board"]),
        ({"address": CAPTURE[:16], "kind": "demand"}, ["Sudmark"]),
        ({"address": "_"}, []),
    ],
)
def test_filters(record: Record, wanted: dict[str, Any], found: list[str]) -> None:
    assert names(record, **wanted) == found
    assert left(record, Wanted(**wanted)) == len(found)


def test_a_limit_cuts_the_queue(record: Record) -> None:
    assert [one.claim.actor for one in queue(record, limit=2)] == ["Sudmark", "Norland Ports Board"]
