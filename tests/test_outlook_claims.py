"""Outlooks of claims that were read: target, direction, indicator, entity, deadline; and the command with paths."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import jsonschema
import pytest
from msgspec.structs import replace

from onrecord import cli, figures
from onrecord.model import Claim, FieldSpans, Quantity, Span, When, select
from onrecord.outlook import Outlook, Target, Unrated, outlook
from onrecord.outlook.claims import follow, target_of
from onrecord.report.lines import schema

DAY = dt.date(2025, 6, 9)
TEXT = "Britain pledged to raise defence spending to 2.5% of GDP by 2027."
PAGE = f"""Pledges before the summit

LONDON, June 9, 2025 (NWP) — {TEXT} The mayor of the harbour promised to plant 5,000 trees by 2030.
"""


def claim(quantity: Quantity | None, **changes: object) -> Claim:
    span = Span(0, len(TEXT))
    whole = Claim(
        kind="commitment",
        actor="Britain",
        measure="defence spending",
        quantity=quantity,
        when=When(text="by 2027", relation="by", end=dt.date(2027, 12, 31)),
        said_by=None,
        negated=False,
        evidence=span,
        selector=select(TEXT, span),
    )
    return replace(whole, **changes)


@pytest.mark.parametrize(
    ("indicator", "quantity", "expected"),
    [
        (
            "nato_defence_exp_pct_gdp",
            Quantity(value=2.5, unit="percent", of="GDP"),
            Target(text="2.5%", kind="share", value=2.5, unit="percent"),
        ),
        (
            "ghg_total",
            Quantity(value=55, unit="percent", of="1990 levels", change="decrease"),
            Target(text="-55% against 1990", kind="change", value=-55, unit="percent", against="1990", at_least=False),
        ),
        (
            "oda_pct_gni",
            Quantity(value=0.2, unit="percentage_point", change="increase"),
            Target(text="+0.2 points", kind="change", value=0.2, unit="percentage_point"),
        ),
        (
            "oda_pct_gni",
            Quantity(value=0.2, unit="percent", of="national income", change="increase"),
            Target(text="+0.2 points", kind="change", value=0.2, unit="percentage_point"),
        ),
        (
            "rd_exp_pct_gdp",
            Quantity(value=2, unit="times", change="increase"),
            Target(text="x2", kind="multiple", value=2, unit="times"),
        ),
        (
            "co2_territorial",
            Quantity(value=760e6, unit="t"),
            Target(text="760 million t", kind="level", value=760e6, unit="t", at_least=False),
        ),
        (
            "nato_allies_at_or_above_2pct_stated",
            Quantity(value=30, comparator="<="),
            Target(text="30", kind="count", value=30, unit="count", at_least=False),
        ),
        (
            "nato_defence_exp_pct_gdp",
            Quantity(value=2.0, unit="percent", from_=2.4),
            Target(text="2%", kind="share", value=2.0, unit="percent", at_least=False),
        ),
    ],
)
def test_a_quantity_becomes_a_target(indicator: str, quantity: Quantity, expected: Target) -> None:
    assert quantity.value is not None
    assert target_of(quantity, quantity.value, figures.load().indicator(indicator)) == expected


def test_a_commitment_that_was_read_is_that_given_by_hand() -> None:
    found = follow(claim(Quantity(value=2.5, unit="percent", of="GDP")), figures.load(), day=DAY)
    assert isinstance(found, Outlook)
    assert (found.indicator, found.entity.code, found.made) == ("nato_defence_exp_pct_gdp", "GBR", DAY)
    assert (found.status, found.deadline) == ("off track", dt.date(2027, 12, 31))
    assert found.baseline is not None
    assert found.baseline.edition < DAY


def test_of_a_range_the_end_that_is_reached_first_counts() -> None:
    found = follow(claim(Quantity(low=2.5, high=3.0, unit="percent", of="GDP")), figures.load(), day=DAY)
    assert isinstance(found, Outlook)
    assert found.target.value == 2.5


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        (claim(None), "no number"),
        (claim(Quantity(vague="billions", unit="GBP")), "no number"),
        (claim(Quantity(value=2.5, unit="percent", of="GDP"), kind="forecast"), "nothing that is to be kept or met"),
        (claim(Quantity(value=2.5, unit="percent", of="GDP"), negated=True), "nothing that is to be kept or met"),
        (
            claim(Quantity(value=2.5, unit="km"), measure="harbour wall"),
            "no indicator is meant by these words and this unit",
        ),
    ],
)
def test_what_has_no_outlook_says_why(changed: Claim, reason: str) -> None:
    assert follow(changed, figures.load(), day=DAY) == Unrated(reason)


@pytest.mark.parametrize(
    ("text", "quantity", "measure", "reason"),
    [
        (
            "Germany will cut emissions by 55 percent by 2030.",
            Quantity(value=55, unit="percent", change="decrease"),
            "emissions",
            "a cut of emissions whose base year is not said",
        ),
        (
            "Germany agreed to spend another 1.5% of GDP on defence by 2030.",
            Quantity(value=1.5, unit="percent", of="GDP"),
            "defence",
            "comes on top of something else",
        ),
        (
            "Germany, which spends at present 2.3% of GDP on defence, promised more by 2030.",
            Quantity(value=2.3, unit="percent", of="GDP"),
            "defence",
            "the state of today, not what is to be reached",
        ),
        (
            "Germany promised to grow its gross domestic product by 3% by 2030.",
            Quantity(value=3, unit="percent", change="increase"),
            "gross domestic product",
            "growth at other prices than the figures': not converted",
        ),
        (
            "Germany will raise its defence budget by 4% a year until 2030.",
            Quantity(value=4, unit="percent", change="increase", per="year"),
            "defence budget",
            "so much each year: no level to be reached",
        ),
        (
            "Germany pledged $500 million for defence by 2030.",
            Quantity(value=5e8, unit="USD"),
            "defence",
            "an amount that may be a part of the whole",
        ),
    ],
)
def test_what_may_mean_something_else_is_not_rated(text: str, quantity: Quantity, measure: str, reason: str) -> None:
    number = text.index(next(word for word in text.split() if word.strip("$")[0].isdigit()).strip("$"))
    whole = replace(
        claim(quantity, actor="Germany", measure=measure),
        evidence=Span(0, len(text)),
        selector=select(text, Span(0, len(text))),
        spans=FieldSpans(quantity=Span(number, number + 3)),
    )
    assert follow(whole, figures.load(), day=DAY) == Unrated(reason)


def test_a_change_of_a_share_is_told_apart_from_that_of_the_sum() -> None:
    found = outlook(figures.load(), "rd_exp_pct_gdp", "DEU", "x2", made=DAY)
    assert found.level is not None
    assert found.level.arithmetic.endswith(f"× 2 = {found.level.value:.4g}%")
    assert found.cautions == ("The change is taken of the share of GDP, not of the sum behind it.",)


def test_without_an_edition_of_the_day_the_period_before_it_is_the_baseline() -> None:
    found = outlook(figures.load(), "rd_exp_pct_gdp", "DEU", "3.5%", made=dt.date(2020, 6, 1))
    assert found.baseline is not None
    assert (found.baseline.period, found.baseline.edition.year) == ("2019", 2026)


def run(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr("sys.argv", ["onrecord", "outlook", *arguments])
    try:
        cli.main()
    except SystemExit as stop:
        return int(stop.code or 0)
    raise AssertionError("the command line ends with an exit status")


def test_the_command_follows_the_claims_of_a_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setenv("ONRECORD_FIGURES", str(tmp_path / "figures"))
    page = tmp_path / "page.txt"
    page.write_text(PAGE, encoding="utf-8")
    assert run([str(page)], monkeypatch) == 0
    told = " ".join(capfdbinary.readouterr().out.decode().split())
    assert "commitment: Britain pledged to raise defence spending to 2.5% of GDP by 2027." in told
    assert "status off track" in told
    assert "1 claim without an outlook: no indicator is meant by these words and this unit" in told
    assert run([str(page), str(tmp_path / "absent.txt"), "--json"], monkeypatch) == 1
    out, err = capfdbinary.readouterr()
    lines = [json.loads(line) for line in out.splitlines()]
    for line in lines:
        jsonschema.validate(line, schema())
    assert [(line["outlook"] or {}).get("status") for line in lines] == ["off track", None]
    assert b"absent.txt" in err


@pytest.mark.parametrize("arguments", [[], ["page.txt", "--target", "2"], ["--indicator", "population"]])
def test_paths_or_a_commitment_by_hand(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(arguments, monkeypatch) == 2
