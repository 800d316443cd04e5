"""Claims of the record in threads, and threads by their deadlines."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace
from sqlalchemy import func, select

from onrecord.errors import UsageError
from onrecord.model import Reading
from onrecord.outlook import Outlook, Unrated
from onrecord.record.adding import add
from onrecord.record.database import Record
from onrecord.record.rating import RatedBy, known_figures
from onrecord.record.schema import stories, threads
from onrecord.record.showing import show_claim, show_thread
from onrecord.record.threads import rerate
from onrecord.record.tracking import Asked, Tracked, track
from tests.pages import Told, by_year, page, pledge, share

TODAY = dt.date(2026, 11, 28)
BRITAIN = {"actor": "Britain", "country": "GB"}
FIRST = page(
    "https://daily.example/1",
    "2025-02-25",
    pledge("Britain will spend 2.5% of GDP on defence by 2027.", 2.5, 2027, **BRITAIN),
)
LATER = page(
    "https://post.example/2",
    "2025-09-01",
    pledge("London now says it will reach 3% of GDP by 2027.", 3.0, 2027, **BRITAIN),
)
OTHER = page("https://post.example/3", "2025-03-01", pledge("Norland vows 4% of GDP by 2031.", 4.0, 2031))


@pytest.fixture(scope="module")
def by() -> RatedBy:
    return known_figures()


def put(record: Record, *readings: Reading, by: RatedBy | None = None) -> None:
    for reading in readings:
        add(record, reading, reader="1", by=by)


def listed(record: Record, **asked: object) -> list[Tracked]:
    return list(track(record, Asked(**asked), today=TODAY))  # type: ignore[arg-type]


def test_a_sharpened_pledge_is_one_thread_with_both_sightings(record: Record) -> None:
    put(record, FIRST, LATER, OTHER)
    britain = next(one for one in listed(record) if one.country == "GB")
    assert britain == Tracked(
        id=britain.id,
        kind="commitment",
        actor="Britain",
        country="GB",
        measure="defence spending",
        target="3% of GDP by 2027",
        due=dt.date(2027, 12, 31),
        overdue=False,
        stage="said",
        status=None,
        first_day=dt.date(2025, 2, 25),
        last_day=dt.date(2025, 9, 1),
        changed_day=dt.date(2025, 9, 1),
        sightings=2,
    )
    shown = show_thread(record, britain.id, today=TODAY)
    assert shown.thread == britain
    assert [(e.sighting.source, [r.what for r in e.revisions]) for e in shown.events] == [
        ("daily.example", ["first said"]),
        ("post.example", ["sharpened"]),
    ]
    assert [one.words for one in shown.claims] == [
        "Britain will spend 2.5% of GDP on defence by 2027.",
        "London now says it will reach 3% of GDP by 2027.",
    ]


def test_pages_added_in_any_order_give_the_same_thread(record: Record) -> None:
    put(record, LATER, OTHER, FIRST)
    (britain,) = listed(record, actor="UK")
    assert (britain.target, britain.first_day, britain.last_day, britain.sightings) == (
        "3% of GDP by 2027",
        dt.date(2025, 2, 25),
        dt.date(2025, 9, 1),
        2,
    )


def test_overdue_first_then_by_deadline_then_without_one_then_settled(record: Record, by: RatedBy) -> None:
    put(
        record,
        page("a", "2020-01-01", pledge("Norland vows 2% of GDP by 2022.", 2.0, 2022)),
        page("b", "2020-01-01", pledge("Sudland vows 2% of GDP by 2030.", 2.0, 2030, actor="Sudland")),
        page("c", "2020-01-01", pledge("Westland vows 2% of GDP by 2028.", 2.0, 2028, actor="Westland")),
        page("d", "2020-01-01", Told(words="Ostland will build a dam.", actor="Ostland", measure="build a dam")),
        page(
            "e",
            "2014-09-05",
            pledge("Poland will spend 2% of GDP on defence by 2020.", 2.0, 2020, actor="Poland", country="PL"),
        ),
        by=by,
    )
    assert [(one.actor, one.overdue, one.status) for one in listed(record)] == [
        ("Norland", True, None),
        ("Westland", False, None),
        ("Sudland", False, None),
        ("Ostland", False, None),
        ("Poland", False, "met"),
    ]
    assert [one.actor for one in listed(record, status="overdue")] == ["Norland"]
    assert [one.actor for one in listed(record, status="met")] == ["Poland"]
    assert [one.actor for one in listed(record, within=1000)] == ["Westland"]
    assert [one.actor for one in listed(record, limit=2)] == ["Norland", "Westland"]


def test_a_thread_is_rated_by_its_series_or_says_why_not(record: Record, by: RatedBy) -> None:
    put(record, FIRST, OTHER, by=by)
    rated, unrated = (show_thread(record, one.id, today=TODAY).rating for one in listed(record))
    assert isinstance(rated, Outlook)
    assert (rated.indicator, rated.entity.code, rated.target.text) == ("nato_defence_exp_pct_gdp", "GBR", "2.5%")
    assert unrated == Unrated("whose it is is not clear")


def test_threads_are_rated_anew_by_other_figures_only(record: Record, by: RatedBy) -> None:
    put(record, FIRST)
    with record.writing() as connection:
        assert rerate(connection, by) == 1
        assert rerate(connection, by) == 0
        status = connection.execute(select(threads.c.status)).scalar_one()
    assert status in {"met", "on track", "off track", "missed"}


def test_a_forecast_is_judged_when_its_figures_are_there(record: Record, by: RatedBy) -> None:
    known = by.figures.lookup("nato_defence_exp_pct_gdp", "POL", 2024)
    assert known is not None
    value = round(known.value, 1)
    come = Told(
        words=f"NATO expects Poland to spend {value}% of GDP on defence in 2024.",
        kind="forecast",
        actor="Poland",
        country="PL",
        quantity=share(value),
        when=replace(by_year(2024), relation="in", start=dt.date(2024, 1, 1)),
        number=f"{value}%",
    )
    ahead = replace(
        come,
        words="Poland is expected to spend 5% of GDP on defence in 2031.",
        quantity=share(5.0),
        when=replace(by_year(2031), relation="in", start=dt.date(2031, 1, 1)),
        number="5%",
    )
    put(record, page("a", "2024-06-20", come), page("b", "2024-06-20", ahead), by=by)
    found = {one.due: one.status for one in listed(record, kind="forecast")}
    assert found == {dt.date(2024, 12, 31): "supported", dt.date(2031, 12, 31): None}


def test_a_copy_in_another_outlet_is_a_sighting_of_the_first_story(record: Record) -> None:
    filler = " ".join(f"The {word} of the harbour was measured by the port authority last spring." for word in WORDS)
    first = page(
        "https://wire.example/1", "2025-02-25", pledge("Norland vows 4% of GDP by 2031.", 4.0, 2031), filler=filler
    )
    copy = page(
        "https://daily.example/9",
        "2025-02-26",
        pledge("Norland vows 4% of GDP by 2031.", 4.0, 2031),
        filler=filler,
        headline="Vow",
    )
    put(record, first, copy)
    with record.reading() as connection:
        found = connection.execute(
            select(stories.c.outlet, stories.c.first_id, stories.c.relation).order_by(stories.c.id)
        ).all()
        first_id = connection.execute(select(func.min(stories.c.id))).scalar_one()
    assert [tuple(row) for row in found] == [("wire.example", None, None), ("daily.example", first_id, "copy")]
    (thread,) = listed(record)
    assert thread.sightings == 2


def test_a_claim_is_shown_by_its_address_or_the_beginning_of_it(record: Record) -> None:
    put(record, FIRST)
    (thread,) = listed(record)
    address = show_thread(record, thread.id, today=TODAY).claims[0].address
    shown = show_claim(record, address)
    assert (shown.words, shown.url, shown.thread) == (
        "Britain will spend 2.5% of GDP on defence by 2027.",
        "https://daily.example/1",
        thread.id,
    )
    assert show_claim(record, address[:10]) == shown


@pytest.mark.parametrize("address", ["", "0", "ffffffffffff", "'; DROP TABLE claims; --"])
def test_an_unknown_address_is_named(record: Record, address: str) -> None:
    put(record, FIRST)
    with pytest.raises(UsageError, match="there is no claim"):
        show_claim(record, address)


def test_an_unknown_thread_is_named(record: Record) -> None:
    with pytest.raises(UsageError, match="there is no thread 7"):
        show_thread(record, 7, today=TODAY)


WORDS = (
    *("depth", "width", "length", "current", "silt", "traffic", "noise", "light", "draught"),
    *("wind", "swell", "cargo", "tide", "fog", "ice", "salt", "colour"),
)
