"""Threads: which claim belongs to which, how far an undertaking has come, and what its history tells."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model import Quantity, When
from onrecord.threads import (
    Extremes,
    Reached,
    Revision,
    Sighting,
    Terms,
    Thread,
    added,
    begun,
    by_sayer,
    choose,
    current,
    extremes,
    history,
    in_words,
    keys,
    reached,
    stage,
)


def percent(value: float, of: str | None = "GDP", **rest: Any) -> Quantity:
    return Quantity(value=value, unit="percent", of=of, **rest)


def by(year: int) -> When:
    return When(text=f"by {year}", relation="by", end=dt.date(year, 12, 31))


def on(day: str) -> When:
    date = dt.date.fromisoformat(day)
    return When(text=day, relation="in", start=date, end=date)


def period(first: str, last: str) -> When:
    return When(text="then", relation="in", start=dt.date.fromisoformat(first), end=dt.date.fromisoformat(last))


COUNT = iter(range(10**6))


def said(measure: str | None = "defence spending", quantity: Quantity | None = None, when: When | None = None,
         day: str | None = "2025-01-01", **rest: Any) -> Sighting:  # fmt: skip
    """Return a sighting of Britain's undertaking, unless told otherwise; each in a story of its own."""
    number = next(COUNT)
    given_day = dt.date.fromisoformat(day) if day else None
    fields: dict[str, Any] = {
        "claim": f"claim {number}", "story": f"story {number}", "source": "The Quenby Herald", "kind": "commitment",
        "actor": "Britain", "country": "GB", "said_by": None, "negated": False, "words": "",
    }  # fmt: skip
    return Sighting(day=given_day, measure=measure, quantity=quantity, when=when, **fields | rest)


def thread(*sightings: Sighting, number: int = 0) -> Thread:
    """Return a thread of the sightings."""
    found = begun(number, sightings[0])
    for sighting in sightings[1:]:
        found = added(found, sighting)
    return found


def toll(number: float, day: str, **rest: Any) -> Sighting:
    fields: dict[str, Any] = {"measure": "people killed", "actor": "Port Arden", "country": None, "kind": "figure"}
    return said(quantity=Quantity(value=number), day=day, **fields | rest)


THREE_BY_2034 = said(quantity=percent(3), when=by(2034))

SAME = [
    pytest.param(said("military expenditure", percent(3), by(2034)), id="other words"),
    pytest.param(said("spending on defence", percent(3, "gross domestic product"), by(2034)), id="base spelt out"),
    pytest.param(said(quantity=percent(3), when=by(2030)), id="brought forward"),
    pytest.param(said(quantity=percent(3.5), when=by(2034)), id="sharpened"),
    pytest.param(said(quantity=percent(3)), id="no day said"),
    pytest.param(said(when=by(2034)), id="no number said"),
    pytest.param(said(quantity=percent(3), when=by(2034), actor="London"), id="the capital"),
    pytest.param(said(quantity=percent(3), when=by(2034), actor="Helen Marsh"), id="its leader"),
    pytest.param(said(quantity=percent(3), when=by(2034), actor="the U.K.", country=None), id="code read off the name"),
    pytest.param(said(quantity=percent(3), when=by(2034), negated=True), id="dropped"),
    pytest.param(said(quantity=percent(3), when=by(2034), kind="proposal"), id="proposed"),
]
OTHER = [
    pytest.param(said("spending on research", percent(3), by(2034)), id="another measure"),
    pytest.param(said(quantity=percent(3), when=by(2034), actor="France", country="FR"), id="another country"),
    pytest.param(said(quantity=percent(10), when=by(2027)), id="another target"),
    pytest.param(said(quantity=percent(3, "the budget"), when=by(2034)), id="another base"),
    pytest.param(said(quantity=Quantity(value=3e9, unit="GBP"), when=by(2034)), id="another unit"),
    pytest.param(said(quantity=percent(3), when=by(2034), kind="demand"), id="a demand"),
    pytest.param(said("spending", percent(3.5), by(2035)), id="a word that goes with anything"),
]


@pytest.mark.parametrize("sighting", SAME)
def test_the_same_undertaking_in_other_words_or_moved_is_one_thread(sighting: Sighting) -> None:
    known = thread(THREE_BY_2034)
    assert choose(sighting, [known]) == known
    assert set(keys(sighting)) & set(keys(THREE_BY_2034))


@pytest.mark.parametrize("sighting", OTHER)
def test_another_undertaking_is_another_thread(sighting: Sighting) -> None:
    assert choose(sighting, [thread(THREE_BY_2034)]) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Syrian Democratic Forces", "the SDF"),
        ("European Union", "EU"),
        ("Halden Motors plc", "Halden"),
        ("Defence Minister Rasa Petkute", "Petkute"),
        ("The Baltic Transport Corporation", "BTC"),
    ],
)
def test_an_actor_is_known_by_acronym_surname_and_without_its_form(one: str, other: str) -> None:
    first = said("homes built", Quantity(value=1200), by(2030), actor=one, country=None)
    second = said("homes built", Quantity(value=1200), by(2030), actor=other, country=None)
    assert choose(second, [thread(first)]) == thread(first)
    assert set(keys(first)) & set(keys(second))


def test_other_names_with_a_word_in_common_are_other_actors() -> None:
    first = said("jobs cut", Quantity(value=1200), by(2030), actor="General Motors", country=None)
    second = said("jobs cut", Quantity(value=1200), by(2030), actor="Corvane Motors", country=None)
    assert choose(second, [thread(first)]) is None


def test_whoever_has_no_name_is_another_one_in_every_story() -> None:
    assert keys(said("homes", Quantity(value=1200), actor="the council", country=None)) == ()


def test_of_two_targets_named_at_once_each_has_its_thread() -> None:
    near = said(quantity=percent(2.5), when=by(2027), story="one")
    far = said(quantity=percent(3), when=by(2034), story="one")
    assert choose(far, [thread(near)]) is None
    threads = [thread(near, number=1), thread(far, number=2)]
    assert choose(said(quantity=percent(3), when=by(2030)), threads) == threads[1]
    assert choose(said(quantity=percent(2.5), when=by(2028)), threads) == threads[0]
    assert choose(said(quantity=percent(2.6), when=by(2027)), threads) == threads[0]


def test_the_same_sentence_in_a_copy_of_the_story_is_one_thread() -> None:
    first = said("reactors", words="Britain will build reactors.", story="wire")
    copied = said("reactors", words="Britain will build reactors.", story="wire")
    assert choose(copied, [thread(first)]) == thread(first)
    assert choose(said("reactors", words="Britain wants reactors.", story="wire"), [thread(first)]) is None


def test_what_holds_now_comes_before_what_was_given_up() -> None:
    moved = thread(said(quantity=percent(2.5)), said(quantity=percent(3), day="2025-02-01"), number=1)
    other = thread(said(quantity=percent(2.5), when=by(2040)), number=2)
    assert choose(said(quantity=percent(2.5)), [moved, other]) == other


def test_a_proposal_that_is_adopted_stays_one_thread_and_becomes_a_commitment() -> None:
    proposed = thread(said(quantity=percent(3), when=by(2034), kind="proposal"))
    adopted = said(quantity=percent(3), when=by(2034), day="2025-03-01")
    assert choose(adopted, [proposed]) == proposed
    assert added(proposed, adopted).kind == "commitment"


def test_a_forecast_is_of_one_year_whatever_its_number() -> None:
    first = said("growth", percent(1.3, None), by(2026), kind="forecast")
    assert choose(said("economic growth", percent(0.4, None), by(2026), kind="forecast"), [thread(first)])
    assert choose(said("growth", percent(1.3, None), by(2027), kind="forecast"), [thread(first)]) is None


@pytest.mark.parametrize(
    ("sighting", "same"),
    [
        pytest.param(toll(31, "2025-06-03", measure="death toll"), True, id="risen"),
        pytest.param(toll(60, "2025-06-02", said_by="rebels"), True, id="said by others"),
        pytest.param(toll(40, "2025-06-02", measure="people injured"), False, id="another harm"),
        pytest.param(toll(25, "2025-09-01"), False, id="months later"),
        pytest.param(toll(25, "2025-06-02", actor="Kesh"), False, id="elsewhere"),
        pytest.param(toll(3, "2025-06-02", measure="Germans among the dead"), False, id="only some of them"),
        pytest.param(toll(900, "2025-06-02"), False, id="of another size"),
        pytest.param(toll(25, "2025-06-05", when=on("2025-06-05")), False, id="of another day"),
    ],
)
def test_a_toll_is_of_one_event(sighting: Sighting, same: bool) -> None:
    first = thread(toll(23, "2025-06-01", when=on("2025-06-01")))
    assert (choose(sighting, [first]) is not None) == same


def test_the_figure_of_another_month_contradicts_nothing() -> None:
    march = When(text="in March", relation="in", start=dt.date(2025, 3, 1), end=dt.date(2025, 3, 31))
    april = When(text="in April", relation="in", start=dt.date(2025, 4, 1), end=dt.date(2025, 4, 30))
    first = thread(said("inflation", percent(2.6, None), march, kind="figure"))
    assert choose(said("inflation", percent(2.6, None), march, kind="figure"), [first]) == first
    assert choose(said("inflation", percent(2.6, None), april, kind="figure"), [first]) is None


def test_a_figure_that_shows_the_thing_done_joins_the_undertaking() -> None:
    tanks = said("battle tanks", Quantity(value=44), by(2027))
    done = said("battle tanks", Quantity(value=44), kind="figure", words="All 44 battle tanks were delivered in May.")
    assert choose(done, [thread(tanks)]) == thread(tanks)
    assert set(keys(done)) & set(keys(tanks))
    bare = said("battle tanks", Quantity(value=44), kind="figure", words="Britain has 44 battle tanks.")
    assert choose(bare, [thread(tanks)]) is None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Britain will raise defence spending to 3% by 2034.", "said"),
        ("Parliament approved the plan on Tuesday.", "adopted"),
        ("Ministers agreed to raise the share to 3%.", "adopted"),
        ("The law requires a share of 3% by 2034.", "adopted"),
        ("The plan has not been approved.", "said"),
        ("It will be adopted in spring, the minister said.", "said"),
        ("Once parliament has approved it, spending will rise.", "said"),
        ("The government has set aside $3 billion for the jets.", "funded"),
        ("The budget earmarked £2.9bn for the navy.", "funded"),
        ("She urged the cabinet to see that the money is allocated.", "said"),
        ("The last of the 12 frigates was delivered on Friday.", "delivered"),
        ("So far 4 of the 12 frigates were delivered.", "said"),
        ("The frigates are to be delivered by 2030.", "said"),
        ("Britain has met its target, the minister said.", "delivered"),
        ("The minister, who has met 21 delegations, promised frigates.", "said"),
        ("The two sides have reached an agreement on 3%.", "said"),
    ],
)
def test_the_stage_is_read_from_the_words(words: str, expected: str) -> None:
    assert stage(said("frigates", words=words)) == expected


@pytest.mark.parametrize(
    "sighting",
    [
        said(kind="proposal", words="Parliament approved it."),
        said(negated=True, words="Parliament approved it."),
        said(kind="figure", quantity=percent(2), words="Spending was 2%."),
    ],
)
def test_what_is_proposed_denied_or_only_counted_is_evidence_of_no_stage(sighting: Sighting) -> None:
    assert stage(sighting) is None


def test_a_stage_keeps_its_first_evidence_and_never_falls() -> None:
    plain = said(words="Britain will spend 3%.")
    passed = said(words="Parliament passed the bill.", day="2025-02-01")
    again = said(words="The law enacted in spring stands.", day="2025-03-01")
    later = said(words="Britain aims for 3%.", day="2025-04-01")
    assert reached(thread(plain, passed, again, later)) == Reached("adopted", passed)


def test_only_commitments_have_a_stage() -> None:
    assert reached(thread(said(kind="demand"))) is None


def test_a_history_tells_what_each_sighting_changed() -> None:
    sightings = [
        said(quantity=percent(3), when=by(2034), day="2025-01-01"),
        said(quantity=percent(3), day="2025-02-01"),
        said(quantity=percent(3), when=by(2030), day="2025-03-01"),
        said(quantity=percent(3.5), day="2025-04-01"),
        said(quantity=percent(3.5), when=by(2035), day="2025-05-01"),
        said(quantity=percent(3.2), day="2025-06-01"),
        said(when=by(2035), negated=True, day="2025-07-01"),
        said(quantity=percent(3.2), day="2025-08-01", words="Parliament adopted the target."),
    ]
    told = [[one.what for one in event.revisions] for event in history(thread(*sightings))]
    assert told == [
        ["first said"],
        ["restated"],
        ["brought forward"],
        ["sharpened"],
        ["postponed"],
        ["weakened"],
        ["dropped"],
        ["taken up again", "adopted"],
    ]


def test_a_revision_has_the_terms_before_and_after() -> None:
    old, new = said(quantity=percent(3), when=by(2034)), said(when=by(2030), day="2025-03-01")
    assert history(thread(old, new))[1].revisions == (
        Revision("brought forward", Terms(percent(3), by(2034)), Terms(percent(3), by(2030))),
    )
    assert current(thread(old, new)) == Terms(percent(3), by(2030))


@pytest.mark.parametrize(
    ("measure", "old", "new", "what"),
    [
        ("emissions", percent(55, None, change="decrease"), percent(65, None, change="decrease"), "sharpened"),
        ("budget deficit", percent(4), percent(3), "sharpened"),
        ("share of coal", percent(20, None, comparator="<"), percent(30, None, comparator="<"), "weakened"),
        ("homes", Quantity(value=1000), Quantity(value=1500), "sharpened"),
    ],
)
def test_what_binds_more_is_sharpened(measure: str, old: Quantity, new: Quantity, what: str) -> None:
    events = history(thread(said(measure, old, by(2030)), said(measure, new, by(2030), day="2025-02-01")))
    assert [one.what for one in events[1].revisions] == [what]


def test_sources_that_differ_stand_side_by_side() -> None:
    first = toll(23, "2025-06-01", said_by="police")
    accused = toll(60, "2025-06-02", said_by="rebels")
    risen = toll(31, "2025-06-03", said_by="police")
    found = thread(first, accused, risen)
    assert extremes(found) == Extremes(lowest=first, highest=accused, latest=risen)
    assert by_sayer(found) == {"police": (first, risen), "rebels": (accused,)}
    assert [event.revisions[0].what for event in history(found)] == ["first said", "differs", "raised"]
    assert history(found)[2].revisions[0].old == first.terms


def test_without_a_number_there_are_no_extremes() -> None:
    assert extremes(thread(said())) is None


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Terms(percent(3), by(2034)), "3% of GDP by 2034"),
        (Terms(Quantity(value=23.0, comparator=">=")), "at least 23"),
        (Terms(None, on("2030-06-30")), "on 2030-06-30"),
        (Terms(None, period("2024-02-01", "2024-02-29")), "in 2024-02"),
        (Terms(None, period("2024-02-01", "2024-02-28")), "2024-02-01 to 2024-02-28"),
        (Terms(None, period("2024-01-01", "2024-12-31")), "in 2024"),
        (Terms(None, period("2024-01-01", "2025-12-31")), "in 2024 to 2025"),
        (Terms(Quantity(value=0.5, unit="percentage_point", change="increase")), "+0.5 points"),
        (Terms(percent(55, "1990 levels", change="decrease")), "−55% of 1990 levels"),
        (Terms(Quantity(low=5.0, high=7.0, unit="GW")), "5 GW to 7 GW"),
        (Terms(Quantity(vague="dozens")), "dozens"),
        (Terms(None, When(text="this winter", relation="in")), "this winter"),
        (Terms(), ""),
    ],
)
def test_terms_in_words(wanted: Terms, words: str) -> None:
    assert in_words(wanted) == words


sightings = st.builds(
    said,
    measure=st.sampled_from(["defence spending", "military budget", "homes built", "net zero", "people killed", None]),
    quantity=st.sampled_from([None, percent(3), percent(2.5), Quantity(value=1200), Quantity(vague="dozens")]),
    when=st.sampled_from([None, by(2030), by(2034), on("2025-01-02"), When(text="soon", relation="in")]),
    day=st.sampled_from([None, "2025-01-01", "2025-01-03", "2026-05-01"]),
    kind=st.sampled_from(["commitment", "proposal", "demand", "forecast", "figure"]),
    actor=st.sampled_from([None, "Britain", "NATO", "the government", "Helen Marsh"]),
    country=st.sampled_from([None, "GB"]),
    story=st.sampled_from(["one", "two", "three"]),
    said_by=st.sampled_from([None, "police"]),
    negated=st.booleans(),
    words=st.sampled_from(["", "Parliament approved it.", "It was delivered."]),
)


@given(st.lists(sightings, min_size=1, max_size=12))
def test_a_thread_stands_in_order_of_day_and_tells_of_every_sighting(some: list[Sighting]) -> None:
    found = thread(*some)
    days = [one.day or dt.date.min for one in found.sightings]
    assert days == sorted(days)
    assert sorted(one.claim for one in found.sightings) == sorted(one.claim for one in some)
    assert tuple(event.sighting for event in history(found)) == found.sightings
    assert all(event.revisions for event in history(found))


@given(st.lists(sightings, min_size=1, max_size=6), sightings)
def test_the_order_of_candidates_does_not_matter(some: list[Sighting], sighting: Sighting) -> None:
    threads = [begun(number, one) for number, one in enumerate(some)]
    assert choose(sighting, threads) == choose(sighting, reversed(threads))
