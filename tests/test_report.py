"""What a person or a program gets to see of a reading."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path

import jsonschema
import pytest
from msgspec.structs import replace
from rich.console import Console
from selectolax.lexbor import LexborHTMLParser

from onrecord.model import Quantity, Reading, Skipped, When
from onrecord.report import lines, words
from onrecord.report.page import render_page, write_page
from onrecord.report.terminal import print_reading
from tests.builders import TEXT, claim, reading, story


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        (Quantity(value=23, comparator=">="), "at least 23"),
        (Quantity(value=400, unit="percent", change="increase"), "+400%"),
        (Quantity(value=55, unit="percent", change="decrease", of="1990 levels"), "−55% of 1990 levels"),
        (Quantity(value=22, out_of=32), "22 of 32"),
        (Quantity(value=2.5, unit="percent", of="GDP", from_=2.3), "2.5% of GDP (from 2.3%)"),
        (Quantity(value=1.5e9, unit="USD", per="year"), "USD 1.5 billion per year"),
        (Quantity(low=5, high=7, unit="percent"), "5 to 7%"),
        (Quantity(vague="thousands", change="increase"), "thousands more"),
        (Quantity(value=2, unit="times"), "2 times"),
        (Quantity(value=0.5, unit="percentage_point", change="increase"), "+0.5 points"),
        (Quantity(value=140000, comparator=">"), "more than 140,000"),
        (Quantity(value=40, unit="km"), "40 km"),
    ],
)
def test_quantity_in_words(amount: Quantity, expected: str) -> None:
    assert words.quantity(amount) == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2026-01-06", "2026-01-10", "2026-01-06 to 2026-01-10"),
        ("2026-01-06", "2026-01-06", "2026-01-06"),
        ("2026-01-01", "2026-12-31", "2026"),
        ("2025-12-01", "2025-12-31", "2025-12"),
        ("2024-02-01", "2024-02-29", "2024-02"),
        ("2026-01-01", "2026-06-30", "2026-01-01 to 2026-06-30"),
        ("2020-01-01", "2029-12-31", "2020-01-01 to 2029-12-31"),
        ("9999-12-01", "9999-12-31", "9999-12-01 to 9999-12-31"),
    ],
)
def test_a_period_is_named_by_its_year_or_month_where_it_is_one(start: str, end: str, expected: str) -> None:
    when = When(text="then", relation="in", start=dt.date.fromisoformat(start), end=dt.date.fromisoformat(end))
    assert words.period(when) == expected


def test_period_without_days_keeps_its_words() -> None:
    assert words.period(When(text="last Tuesday", relation="in")) == "“last Tuesday”"


def test_closing_line_counts_everything() -> None:
    tally = words.Tally()
    tally.add(reading())
    tally.add(Skipped("a.bin", "binary"))
    assert str(tally) == "1 capture: 1 story, 1 statement, 1 claim; 1 skipped"


@pytest.mark.parametrize("found", [reading(), Skipped("a.bin", "binary")])
def test_a_line_keeps_the_schema(found: Reading | Skipped) -> None:
    jsonschema.validate(json.loads(lines.line(found)), lines.schema())


def test_the_schema_refuses_a_claim_without_evidence() -> None:
    record = json.loads(lines.line(reading()))
    del record["stories"][0]["claims"][0]["evidence"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(record, lines.schema())


def test_a_line_gives_the_exact_words() -> None:
    record = json.loads(lines.line(reading()))
    claim = record["stories"][0]["claims"][0]
    evidence = record["text"][claim["evidence"]["start"] : claim["evidence"]["end"]]
    assert claim["selector"]["exact"] == evidence
    assert claim["quantity"]["from"] is None


def printed(width: int, *, explain: bool = False, shown: Reading | None = None) -> list[str]:
    out = io.StringIO()
    print_reading(Console(file=out, width=width, markup=False, highlight=False), shown or reading(), explain=explain)
    return [line.rstrip() for line in out.getvalue().splitlines()]


def crowded() -> Reading:
    """A reading whose claim has more to tell than a narrow terminal has room for."""
    long = replace(
        claim(), measure="interterritorial harbour spending on cranes and dredgers", said_by="Superintendent Ana Ruiz"
    )
    return replace(reading(), stories=(replace(story(), claims=(long, claim())),))


@pytest.mark.parametrize("width", [20, 40, 80, 200])
@pytest.mark.parametrize("explain", [False, True])
def test_the_report_is_never_wider_than_the_terminal(width: int, explain: bool) -> None:
    assert max(len(line.rstrip()) for line in printed(width, explain=explain)) <= width


@pytest.mark.parametrize("width", [50, 80, 100, 120, 200])
def test_a_word_that_fits_is_never_broken(width: int) -> None:
    shown = " ".join(printed(width, shown=crowded()))
    assert {"interterritorial", "Superintendent", "2030-12-31"} <= set(shown.split())


def test_a_deadline_stays_on_one_line() -> None:
    assert any("by 2030-12-31" in line for line in printed(100, shown=crowded()))


def test_in_a_narrow_terminal_a_claim_is_a_block() -> None:
    assert printed(80)[4:7] == [
        "Claims",
        "commitment  Ana Ruiz: harbour spending",
        "            2.5% of output · by 2030-12-31 · said by Ana Ruiz",
    ]


def test_a_block_leaves_out_what_is_not_known() -> None:
    bare = replace(claim(), actor=None, when=None, said_by=None)
    shown = printed(80, shown=replace(reading(), stories=(replace(story(), claims=(bare,)),)))
    assert shown[5:7] == ["commitment  harbour spending", "            2.5% of output"]


def test_the_report_shows_story_and_claim() -> None:
    shown = " ".join(" ".join(printed(200)).split())
    assert "Harbour plan grows PORT AMSEL · NWP · 2026-03-07" in shown
    assert "commitment Ana Ruiz harbour spending 2.5% of output by 2030-12-31 Ana Ruiz" in shown


def test_explain_shows_where_each_field_was_read() -> None:
    start = TEXT.index("by 2030")
    assert any(f"“by 2030” {start}–{start + 7}" in line for line in printed(120, explain=True))


def test_the_page_holds_the_whole_body_and_what_was_cut_away() -> None:
    page = LexborHTMLParser(render_page([reading()]))
    for card in page.css(".card"):
        card.decompose()
    (body,) = page.css("div.body")
    start, end = reading().stories[0].body[0]
    assert body.text() == TEXT[start:end]
    assert [cut.text().strip() for cut in page.css("details div")] == [
        "Menu Home\n\nHarbour plan grows",
        "A crane at work. (NWP/Lena Okafor)\n\nRead more",
    ]


def test_the_page_marks_claims_and_statements_in_place() -> None:
    page = LexborHTMLParser(render_page([reading()]))
    for card in page.css(".card"):
        card.decompose()
    assert [mark.text() for mark in page.css(".mark")] == ["2.5% of output", "by 2030", "“We will not wait,”"]


def test_the_page_asks_for_nothing_from_outside() -> None:
    page = LexborHTMLParser(render_page([reading()]))
    assert [node.tag for node in page.css("script, link, img, iframe")] == []
    assert all(node.attributes["href"].startswith("#") for node in page.css("[href]"))  # type: ignore[union-attr]


def test_the_page_escapes_what_a_capture_holds() -> None:
    hostile = Skipped("<script>alert(1)</script>", "<img src=x onerror=alert(1)>")
    page = LexborHTMLParser(render_page([hostile]))
    assert page.css("script, img") == []
    assert "<script>alert(1)</script>" in page.css_first(".skipped").text()  # type: ignore[union-attr]


def test_the_page_is_written_to_a_file(tmp_path: Path) -> None:
    write_page(tmp_path / "report.html", [reading()])
    assert (tmp_path / "report.html").read_text(encoding="utf-8").startswith("<!doctype html>")
