"""Claims of the record in threads, and threads by their deadlines."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace
from sqlalchemy import delete, func, select, update

from onrecord.errors import UsageError
from onrecord.model import Quantity, Reading, When
from onrecord.outlook import Outlook, Unrated
from onrecord.record.adding import add
from onrecord.record.database import Record
from onrecord.record.rating import RatedBy, known_figures
from onrecord.record.schema import stories, threads
from onrecord.record.showing import ratings, show_claim, show_thread
from onrecord.record.threads import rerate
from onrecord.record.tracking import Asked, Tracked, mark, track
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
        dropped=False,
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


def test_what_is_due_today_is_not_overdue(record: Record) -> None:
    put(record, page("a", "2025-01-01", pledge("Norland vows 2% of GDP by 2026.", 2.0, 2026)))
    last = dt.date(2026, 12, 31)
    assert [one.overdue for one in track(record, Asked(within=0), today=last)] == [False]
    assert track(record, Asked(status="overdue"), today=last) == ()
    assert [one.overdue for one in track(record, Asked(status="overdue"), today=dt.date(2027, 1, 1))] == [True]


def test_what_was_dropped_or_delivered_is_settled_and_never_overdue(record: Record) -> None:
    dams = {"measure": "build dams", "quantity": Quantity(value=12.0), "when": by_year(2024)}
    put(
        record,
        page("a", "2020-01-01", Told(words="Norland will build 12 dams by 2024.", **dams)),  # type: ignore[arg-type]
        page("b", "2023-01-01", Told(words="Norland will not build 12 dams by 2024.", negated=True, **dams)),  # type: ignore[arg-type]
        page("c", "2020-01-01", Told(words="Sudland will build 12 dams by 2024.", actor="Sudland", **dams)),  # type: ignore[arg-type]
        page("d", "2024-01-01", Told(words="Sudland has built 12 dams.", kind="figure", actor="Sudland", **dams)),  # type: ignore[arg-type]
        page("e", "2020-01-01", Told(words="Westland will build 12 dams by 2024.", actor="Westland", **dams)),  # type: ignore[arg-type]
    )
    assert [(one.actor, one.sightings, one.stage, one.dropped, one.overdue) for one in listed(record)] == [
        ("Westland", 1, "said", False, True),
        ("Sudland", 2, "delivered", False, False),
        ("Norland", 2, "said", True, False),
    ]
    assert [one.actor for one in listed(record, status="dropped")] == ["Norland"]
    assert [one.actor for one in listed(record, status="overdue")] == ["Westland"]
    assert paged(record, 1) == listed(record)


def test_figures_come_due_on_no_day(record: Record) -> None:
    when = When(text="in 2019", relation="in", start=dt.date(2019, 1, 1), end=dt.date(2019, 12, 31))
    told = Told(words="Norland spent 2% of GDP in 2019.", kind="figure", quantity=share(2.0), when=when)
    put(record, page("a", "2020-01-01", told))
    assert [(one.target, one.due, one.overdue) for one in listed(record, kind="figure")] == [
        ("2% of GDP in 2019", None, False)
    ]


def test_a_thread_keeps_its_name_and_is_rated_by_all_that_is_known_of_its_target(record: Record, by: RatedBy) -> None:
    poland = {"country": "PL", "measure": "defence spending"}
    put(
        record,
        page(
            "a",
            "2014-09-05",
            pledge("Poland will spend 2% of GDP on defence by 2020.", 2.0, 2020, actor="Poland", **poland),
        ),
        page("b", "2014-10-05", pledge("Poland is to spend 2% of GDP by 2020.", 2.0, 2020, actor="Poland", **poland)),
        page(
            "c", "2015-01-05", Told(words="Warsaw stands by its 2%.", actor="Warsaw", quantity=share(2.0, ""), **poland)
        ),  # type: ignore[arg-type]
        by=by,
    )
    assert [(one.actor, one.target, one.status, one.sightings) for one in listed(record)] == [
        ("Poland", "2% of GDP by 2020", "met", 3)
    ]


def test_pages_of_any_length_are_the_list(record: Record) -> None:
    told = []
    for n in range(4):
        until = {"quantity": share(2.0 + n), "when": by_year(2022 + 3 * (n // 2))}
        told.append(Told(words=f"Land {n} vows a dam.", actor=f"Land {n}", measure="build a dam", **until))  # type: ignore[arg-type]
        told.append(Told(words=f"Reich {n} will build a dam.", actor=f"Reich {n}", measure="build a dam"))
    put(record, page("a", "2020-01-01", *told), page("b", None, Told(words="Undated will dig.", actor="Undated")))
    settled = ("Land 1", "Land 2", "Land 3", "Reich 2", "Reich 3")
    with record.writing() as connection:
        connection.execute(update(threads).where(threads.c.actor.in_(settled)).values(status="met"))
    whole = listed(record)
    assert len(whole) == 9
    for length in (1, 2, 3, 5, 8):
        assert paged(record, length) == whole
    assert paged(record, 1, within=10_000) == []
    assert paged(record, 1, status="met") == listed(record, status="met")
    assert paged(record, 1, status="overdue") == listed(record, status="overdue") != []


def test_a_page_goes_on_where_the_last_one_ended_though_that_thread_is_gone(record: Record) -> None:
    told = [pledge(f"Land {n} vows {n}% of GDP by 2030.", n, 2030, actor=f"Land {n}") for n in range(1, 6)]
    put(record, page("a", "2020-01-01", *told))
    whole = listed(record)
    with record.writing() as connection:
        connection.execute(delete(threads).where(threads.c.id == whole[2].id))
    assert listed(record, after=mark(whole[2])) == whole[3:]


@pytest.mark.parametrize(
    "after", ["", "due", "due.2030-13-01.1", "nowhere.2030-01-01.1", "due.2030-01-01.x", "said..1;"]
)
def test_a_mark_that_is_none_is_named(record: Record, after: str) -> None:
    with pytest.raises(UsageError, match="is not the mark of a line of this list"):
        listed(record, after=after)


def test_an_actor_is_found_in_any_case(record: Record) -> None:
    put(record, page("a", "2020-01-01", Told(words="Åland Port will dig.", actor="Åland Port")))
    assert [one.actor for one in listed(record, actor="Åland PORT")] == ["Åland Port"]


def test_ratings_of_several_threads_are_those_of_each(record: Record, by: RatedBy) -> None:
    put(record, FIRST, OTHER, by=by)
    numbers = [one.id for one in listed(record)]
    each = {number: show_thread(record, number, today=TODAY).rating for number in numbers}
    assert ratings(record, [*numbers, 999]) == each


def paged(record: Record, length: int, **asked: object) -> list[Tracked]:
    """Return all lines of a list, got in pages."""
    found: list[Tracked] = []
    while page := listed(record, limit=length, after=mark(found[-1]) if found else None, **asked):
        found += page
    return found


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


def test_a_beginning_too_short_to_be_an_address_is_told_so(record: Record) -> None:
    put(record, FIRST)
    (thread,) = listed(record)
    address = show_thread(record, thread.id, today=TODAY).claims[0].address
    with pytest.raises(UsageError, match="of which 8 characters are enough"):
        show_claim(record, address[:6])


def test_an_unknown_thread_is_named(record: Record) -> None:
    with pytest.raises(UsageError, match="there is no thread 7"):
        show_thread(record, 7, today=TODAY)


WORDS = (
    *("depth", "width", "length", "current", "silt", "traffic", "noise", "light", "draught"),
    *("wind", "swell", "cargo", "tide", "fog", "ice", "salt", "colour"),
)
