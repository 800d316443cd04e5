"""Corrections typed field by field: what they make of a claim, what is warned of and what is refused."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from onrecord.model import FieldSpans, Quantity, Span, When
from onrecord.record.corrections import FIELDS, Correction, Refused, correct, read_quantity, typed_words
from onrecord.record.database import Record
from onrecord.record.reviewing import look
from tests.test_record_review import CLAIMS, TEXT, addresses, make_record, span


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    """One record for all: nothing is written into it."""
    with make_record(tmp_path_factory.mktemp("corrections")) as made:
        yield made


def made(record: Record, number: int, **changes: str) -> Correction | Refused:
    return correct(look(record, addresses(record)[number]), changes)


def test_every_field_is_read_and_its_words_are_found_in_the_sentence(record: Record) -> None:
    found = made(
        record,
        0,
        kind="Forecast",
        actor="harbour",
        country="gb",
        measure="spending to",
        quantity="2.5%",
        when="2030",
        said_by="Norland",
        negated="yes",
    )
    evidence = CLAIMS[0].evidence
    expected = replace(
        CLAIMS[0],
        kind="forecast",
        actor="harbour",
        country="GB",
        measure="spending to",
        quantity=Quantity(value=2.5, unit="percent"),
        when=When(text="2030", relation="in", start=dt.date(2030, 1, 1), end=dt.date(2030, 12, 31)),
        said_by="Norland",
        negated=True,
        spans=FieldSpans(
            actor=Span(TEXT.index("harbour spending"), TEXT.index("harbour spending") + 7),
            measure=span("spending to"),
            quantity=span("2.5%"),
            when=span("2030"),
            said_by=Span(evidence.start, evidence.start + 7),
        ),
    )
    assert found == Correction(claim=expected)


def test_emptied_fields_are_none(record: Record) -> None:
    found = made(record, 0, actor=" ", measure="", when="", said_by="")
    assert isinstance(found, Correction)
    assert (found.claim.actor, found.claim.measure, found.claim.when, found.claim.said_by) == (None, None, None, None)
    assert (found.claim.spans.actor, found.claim.spans.when) == (None, None)


def test_words_that_the_capture_does_not_say_are_warned_of(record: Record) -> None:
    found = made(record, 0, actor="Westmark", measure="HARBOUR  spending")
    assert isinstance(found, Correction)
    assert found.warnings == ("actor: the capture does not say “Westmark”",)
    assert found.claim.spans.measure == CLAIMS[0].spans.measure


def test_a_claim_that_is_none_by_the_scheme_is_warned_of(record: Record) -> None:
    found = made(record, 2, quantity="")
    assert isinstance(found, Correction)
    assert found.warnings == ("a demand without a number or a date is no claim by the scheme",)


def test_the_country_goes_with_the_actor_unless_it_is_given(record: Record) -> None:
    countries = []
    for changes in ({"actor": "Bundesbank"}, {"actor": "Critics"}, {"actor": "Critics", "country": "France"}):
        found = made(record, 3, **changes)
        assert isinstance(found, Correction)
        countries.append(found.claim.country)
    assert countries == ["DE", None, "FR"]


@pytest.mark.parametrize(
    ("field", "words", "reason"),
    [
        ("kind", "promise", "one of commitment, demand, proposal, forecast, figure"),
        ("country", "Atlantis", "not a country"),
        ("country", "ZZ", "not a country"),
        ("quantity", "many", "no quantity"),
        ("quantity", "22 and 32 ships", "several quantities"),
        ("quantity", '{"value": 1, "low": 2}', "exactly one of a value, a range"),
        ("quantity", '{"value": "x"}', "expected `float"),
        ("quantity", '{"valu": 1}', "no field valu; there are"),
        ("quantity", '{"value": 1, "unit": "stone throws"}', "unknown unit 'stone throws'"),
        ("quantity", '{"value": 1', "truncated"),
        ("when", "whenever", "not a time that can be read"),
        ("when", "", "a relation or days, but no words"),
        ("relation", "after", "one of by, in, since"),
        ("days", "2030-02-31", "type days as"),
        ("days", "2031-01-01..2030-01-01", "cannot end"),
        ("negated", "maybe", "yes or no"),
        ("actor", "\x1b[2Jx", "control character"),
        ("actor", "a‮b", "cannot be seen"),
        ("measure", "\udce4", "cannot be seen"),
        ("measure", "x" * 501, "longer than 500 characters"),
        ("color", "red", "no field; there are kind, actor"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_reason(record: Record, field: str, words: str, reason: str) -> None:
    changes = {field: words} | ({"relation": "by"} if (field, words) == ("when", "") else {})
    found = made(record, 0, **changes)
    assert isinstance(found, Refused)
    assert reason in found.reasons[field]


def test_all_refusals_are_told_at_once(record: Record) -> None:
    found = made(record, 0, kind="x", negated="y")
    assert str(found) == ("kind: one of commitment, demand, proposal, forecast, figure; negated: yes or no")


@pytest.mark.parametrize(
    ("words", "quantity"),
    [
        ("2.5% of GDP", Quantity(value=2.5, unit="percent", of="GDP")),
        ("at least 23", Quantity(value=23, comparator=">=")),
        ("+400%", Quantity(value=400, unit="percent", change="increase")),
        ("−55%", Quantity(value=55, unit="percent", change="decrease")),
        ('{"value": 22, "out_of": 32}', Quantity(value=22, out_of=32)),
        ('{"low": 1, "from": 2, "unit": "MW"}', Quantity(low=1, from_=2, unit="MW")),
    ],
)
def test_quantities_are_typed_in_words_or_as_json(words: str, quantity: Quantity) -> None:
    assert read_quantity(words) == quantity


def test_a_time_that_cannot_be_read_takes_its_relation_and_days(record: Record) -> None:
    found = made(record, 0, when="when the quay is dry", relation="by", days="..2032-01-31")
    assert isinstance(found, Correction)
    assert found.claim.when == When(text="when the quay is dry", relation="by", end=dt.date(2032, 1, 31))


def test_one_day_is_a_period_of_one_day(record: Record) -> None:
    found = made(record, 0, days="2030-05-01", relation="in")
    assert isinstance(found, Correction)
    day = dt.date(2030, 5, 1)
    assert found.claim.when == When(text="by 2030", relation="in", start=day, end=day)


NUMBERS = st.floats(0, 1e12, allow_nan=False)
QUANTITIES = st.builds(
    Quantity,
    value=NUMBERS,
    unit=st.sampled_from(["count", "percent", "USD", "MW"]),
    of=st.none() | st.just("output"),
    comparator=st.sampled_from(["=", ">=", "~"]),
    change=st.sampled_from(["level", "increase", "decrease"]),
    from_=st.none() | NUMBERS,
    per=st.none() | st.just("year"),
)


@given(quantity=QUANTITIES)
@settings(max_examples=40)
def test_what_a_field_shows_is_read_back_as_what_it_is(record: Record, quantity: Quantity) -> None:
    under = look(record, addresses(record)[0])
    shown = typed_words(replace(under, claim=replace(under.claim, quantity=quantity)))["quantity"]
    assert read_quantity(shown) == quantity


def test_every_field_typed_as_it_is_shown_changes_nothing(record: Record) -> None:
    for number, address in enumerate(addresses(record)):
        under = look(record, address)
        typed = typed_words(under)
        assert tuple(typed) == FIELDS
        found = correct(under, typed)
        assert isinstance(found, Correction)
        assert replace(found.claim, verdict=CLAIMS[number].verdict) == CLAIMS[number]
