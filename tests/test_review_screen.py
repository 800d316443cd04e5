"""The full screen of `onrecord review`: keys pressed, and what the record and the screen hold then."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot
from textual.widgets import Input, Static

from onrecord.cli.review_screen import ReviewScreen
from onrecord.cli.review_walk import Walk
from onrecord.cli.review_words import passage
from onrecord.errors import LockedRecord
from onrecord.model import Capture, Claim, FieldSpans, Quantity, Reading, Span, Story
from onrecord.model import select as select_words
from onrecord.record.adding import add
from onrecord.record.database import Record, open_record
from onrecord.record.rating import known_figures
from onrecord.record.review_queue import ALL, Wanted
from onrecord.record.reviewing import decide, history, look
from onrecord.report.visible import visible
from tests.test_record_review import CLAIMS, SENTENCES, addresses, make_record, state

SIZES = [(80, 24), (200, 50)]


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with make_record(tmp_path) as made:
        yield made


def act(
    record: Record,
    does: Callable[[Pilot[None], ReviewScreen], Awaitable[None]],
    *,
    size: tuple[int, int] = (80, 24),
    wanted: Wanted = ALL,
) -> None:
    """Run the screen as ana in a terminal of a size, and do something there."""

    async def run() -> None:
        app = ReviewScreen(Walk(record, "ana", wanted, "least-certain", known_figures()))
        async with app.run_test(size=size) as pilot:
            await does(pilot, app)

    asyncio.run(run())


def press(record: Record, *keys: str, size: tuple[int, int] = (80, 24), wanted: Wanted = ALL) -> dict[str, str]:
    """Press keys one by one; return the text of every panel then."""
    shown: dict[str, str] = {}

    async def does(pilot: Pilot[None], app: ReviewScreen) -> None:
        for key in keys:
            await pilot.press(key)
            await pilot.pause()
        shown.update(panels(app))

    act(record, does, size=size, wanted=wanted)
    return shown


def panels(app: ReviewScreen) -> dict[str, str]:
    names = ("place", "left", "headline", "facts", "passage", "claim", "message")
    lines = {name: [strip.text.rstrip() for strip in _strips(app, name)] for name in names}
    return {name: "\n".join(line.strip() for line in found if line.strip()) for name, found in lines.items()}


def _strips(app: ReviewScreen, name: str) -> list[Any]:
    widget = app.query_one(f"#{name}", Static)
    return [widget.render_line(y) for y in range(widget.size.height)]


def decisions(record: Record) -> list[tuple[str, ...]]:
    """Return what was decided about each of the four claims, taken back ones in brackets."""
    told = [history(record, address) for address in addresses(record)]
    return [tuple(f"({one.decision})" if one.undone else one.decision for one in own) for own in told]


# -- what is shown


@pytest.mark.parametrize("size", SIZES)
def test_a_claim_is_shown_with_sentence_fields_source_and_what_is_left(record: Record, size: tuple[int, int]) -> None:
    shown = press(record, "n", size=size)
    assert shown["place"] == addresses(record)[1]
    assert shown["left"] == "4 left"
    assert shown["headline"] == "Harbour plan grows"
    assert shown["facts"] == "harbour.example · 2026-03-07 · https://www.harbour.example/plan"
    assert shown["passage"] == SENTENCES[1]
    assert [tuple(line.split(maxsplit=1)) for line in shown["claim"].splitlines()] == [
        ("kind", "figure"),
        ("actor", "Norland Ports Board"),
        ("measure", "cranes"),
        ("quantity", "at least 23"),
        ("when", "–"),
        ("said", "by    –"),
        ("review", "nobody has decided"),
        ("sure", "40%"),
        ("verdict", "uncheckable (no indicator): nothing published says so"),
    ]


def test_the_words_of_each_field_are_marked_in_the_sentence(record: Record) -> None:
    marked = passage(look(record, addresses(record)[0]))
    words = [marked.plain[span.start : span.end] for span in marked.spans if "underline" in str(span.style)]
    assert words == ["Norland", "harbour spending", "2.5% of output"]


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_wider_than_the_terminal_and_the_keys_are_shown(record: Record, size: tuple[int, int]) -> None:
    async def does(pilot: Pilot[None], app: ReviewScreen) -> None:
        await pilot.press("c")
        await pilot.pause()
        for name in ("place", "headline", "facts", "passage", "kind", "negated", "message"):
            region = app.query_one(f"#{name}").region
            assert 0 <= region.x <= region.right <= size[0]
            assert 0 <= region.y <= region.bottom < size[1]
        assert " Leave as it was" in app.export_screenshot().replace("&#160;", " ")

    act(record, does, size=size)


def test_filters_choose_what_is_walked_through(record: Record) -> None:
    shown = press(record, wanted=Wanted(kind="forecast"))
    assert (shown["passage"], shown["left"]) == (SENTENCES[3], "1 left")


def test_an_empty_queue_says_so(record: Record) -> None:
    shown = press(record, "a", "r", "s", "c", wanted=Wanted(kind="proposal"))
    assert (shown["headline"], shown["left"]) == ("That was the last one.", "0 left")
    assert decisions(record) == [(), (), (), ()]


# -- deciding


@pytest.mark.parametrize("size", SIZES)
def test_every_decision_is_stored_at_once_and_the_next_claim_follows(record: Record, size: tuple[int, int]) -> None:
    shown = press(record, "a", "r", "s", size=size)  # Sudmark, the Board, Germany
    assert decisions(record) == [(), ("rejected",), ("accepted",), ("skipped",)]
    assert (shown["passage"], shown["left"]) == (SENTENCES[0], "2 left")
    assert shown["message"] == "skipped: forecast: Germany (DE), piers, 5"


def test_undo_goes_back_to_its_claim_and_restores_it(record: Record) -> None:
    before = state(record)
    shown = press(record, "a", "r", "u", "u")
    assert decisions(record) == [(), ("(rejected)",), ("(accepted)",), ()]
    assert state(record) == before
    assert (shown["passage"], shown["message"], shown["left"]) == (SENTENCES[2], "taken back: accepted", "4 left")
    assert press(record, "u")["message"] == "ana has no decision left to take back"


def test_next_and_previous_decide_nothing_and_stop_at_both_ends(record: Record) -> None:
    assert press(record, "p")["passage"] == SENTENCES[2]
    assert press(record, "n", "n", "n", "n", "n")["headline"] == "That was the last one."
    assert press(record, "n", "n", "n", "n", "p", "left")["passage"] == SENTENCES[3]
    assert decisions(record) == [(), (), (), ()]


def test_a_decided_claim_is_decided_anew_and_only_passed_by_with_s(record: Record) -> None:
    shown = press(record, "a", "p", "s", "p", "r")
    assert decisions(record) == [(), (), ("accepted", "rejected"), ()]
    assert shown["passage"] == SENTENCES[1]


def test_somebody_elses_faster_decision_is_told_and_kept(record: Record) -> None:
    shown: dict[str, str] = {}

    async def does(pilot: Pilot[None], app: ReviewScreen) -> None:
        decide(record, addresses(record)[2], "rejected", reviewer="ben")
        await pilot.press("a")
        await pilot.pause()
        shown.update(panels(app))
        await pilot.press("a")  # now having seen it

    act(record, does)
    assert "ben rejected it" in shown["message"]
    assert "1: rejected by ben" in shown["claim"]
    assert [(one.decision, one.reviewer) for one in history(record, addresses(record)[2])] == [
        ("rejected", "ben"),
        ("accepted", "ana"),
    ]


def test_a_record_that_cannot_be_read_or_written_is_told_and_the_screen_stays(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []

    async def does(pilot: Pilot[None], app: ReviewScreen) -> None:
        for key in ("a", "n", "u"):
            with monkeypatch.context() as patched:
                patched.setattr(Record, "writing", _locked)
                patched.setattr(Record, "reading", _locked)
                await pilot.press(key)
                await pilot.pause()
            told.append(panels(app)["message"])
        await pilot.press("a")

    act(record, does)
    assert told == ["review.db: locked, still so after 10 s; nothing was changed"] * 3
    assert decisions(record) == [(), (), ("accepted",), ()]


def _locked(_: Record) -> Any:
    raise LockedRecord("review.db", 10)


# -- correcting


async def type_into(pilot: Pilot[None], app: ReviewScreen, field: str, words: str) -> None:
    """Go down to a field of the form and put words in place of what it has."""
    while app.focused is None or app.focused.id != field:
        await pilot.press("down")
    app.query_one(f"#{field}", Input).value = words
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
def test_a_field_is_corrected_in_place(record: Record, size: tuple[int, int]) -> None:
    shown: dict[str, str] = {}

    async def does(pilot: Pilot[None], app: ReviewScreen) -> None:
        await pilot.press("c")
        await pilot.pause()
        assert {name: app.query_one(f"#{name}", Input).value for name in ("kind", "actor", "quantity", "negated")} == {
            "kind": "demand",
            "actor": "Sudmark",
            "quantity": "a cut of 400 dollars",
            "negated": "no",
        }
        await type_into(pilot, app, "quantity", "40%")
        assert panels(app)["message"] == "read as demand: Sudmark, port fees, 40%"
        await type_into(pilot, app, "days", "2026-01-01..2026-12-31")
        assert "days: a relation or days, but no words" in panels(app)["message"]
        await type_into(pilot, app, "when", "this year")
        await pilot.press("enter")
        await pilot.pause()
        shown.update(panels(app))

    act(record, does, size=size)
    address = addresses(record)[2]
    (review,) = history(record, address)
    assert (review.decision, review.machine) == ("corrected", CLAIMS[2])
    now = look(record, address).claim
    assert now.quantity == Quantity(value=40, unit="percent")
    assert now.when is not None
    assert (str(now.when.start), str(now.when.end)) == ("2026-01-01", "2026-12-31")
    assert (shown["left"], shown["passage"]) == ("3 left", SENTENCES[1])


def test_what_cannot_be_meant_is_refused_and_the_form_stays_open(record: Record) -> None:
    async def does(pilot: Pilot[None], app: ReviewScreen) -> None:
        await pilot.press("c")
        await pilot.pause()
        await type_into(pilot, app, "negated", "perhaps")
        await pilot.press("enter")
        await pilot.pause()
        assert panels(app)["message"] == "negated: yes or no"
        assert app.query_one("#form").display
        assert app.focused is app.query_one("#negated")

    act(record, does)
    assert decisions(record) == [(), (), (), ()]


def test_leaving_the_form_and_storing_nothing_new_store_nothing(record: Record) -> None:
    before = state(record)

    async def does(pilot: Pilot[None], app: ReviewScreen) -> None:
        await pilot.press("c")
        await pilot.pause()
        await type_into(pilot, app, "actor", "Somebody")
        await pilot.press("escape")
        await pilot.pause()
        assert not app.query_one("#form").display
        await pilot.press("c", "enter")
        await pilot.pause()
        assert panels(app)["message"] == "left as it was"

    act(record, does)
    assert (state(record), decisions(record)) == (before, [(), (), (), ()])


def test_letters_typed_into_a_field_are_no_commands(record: Record) -> None:
    async def does(pilot: Pilot[None], app: ReviewScreen) -> None:
        await pilot.press("c")
        await pilot.pause()
        await pilot.press("tab", "end", *"arsunpq")
        await pilot.pause()
        assert app.query_one("#actor", Input).value == "Sudmarkarsunpq"

    act(record, does)
    assert decisions(record) == [(), (), (), ()]


def test_help_lists_the_keys_and_any_key_goes_back(record: Record) -> None:
    async def does(pilot: Pilot[None], app: ReviewScreen) -> None:
        await pilot.press("question_mark")
        await pilot.pause()
        assert len(app.screen_stack) == 2
        await pilot.press("a")
        await pilot.pause()
        assert len(app.screen_stack) == 1

    act(record, does)
    assert decisions(record) == [(), (), (), ()]


# -- hostile text

EVIL = "Mayor [bold red]Ana[/] \x1b[2J\x1b]0;x\x07 ‮Ruiz\r\npledged\x00 5 cranes[/no " + "and more " * 900 + "by 2030."


@pytest.fixture
def evil(tmp_path: Path) -> Iterator[Record]:
    text = f"Top\n\n{EVIL}\n\nEnd."
    evidence = Span(5, 5 + len(EVIL))
    claim = Claim(
        kind="commitment",
        actor="[bold red]Ana[/] \x1b[2J‮",
        measure="cranes[/no",
        quantity=Quantity(value=5),
        when=None,
        said_by="x" * 700,
        negated=False,
        evidence=evidence,
        selector=select_words(text, evidence),
        spans=FieldSpans(actor=Span(text.index("Ana"), text.index("Ana") + 3)),
    )
    story = Story(start=0, end=len(text), headline="[red]\x1b[2J‮" + "h" * 900, body=((5, len(text)),), claims=(claim,))
    capture = Capture(source="evil\x1b[2J.html", id="ab" * 32, text=text, blocks=(), language="en")
    with open_record(str(tmp_path / "evil.db"), may_be_new=True) as made:
        add(made, Reading(capture=capture, stories=(story,)), reader="1.0")
        yield made


@pytest.mark.parametrize("size", SIZES)
def test_hostile_text_is_shown_harmlessly_and_can_be_corrected(evil: Record, size: tuple[int, int]) -> None:
    async def does(pilot: Pilot[None], app: ReviewScreen) -> None:
        shown = panels(app)
        assert all(character.isprintable() or character == "\n" for character in "".join(shown.values()))
        assert shown["facts"] == "no date · evil␛[2J.html"
        assert "Mayor [bold red]Ana[/] ␛[2J␛]0;x␇ ⟨U+202E⟩Ruiz  pledged␀ 5 cranes[/no" in " ".join(
            shown["passage"].split("\n")
        )
        assert "actor      [bold red]Ana[/] ␛[2J⟨U+202E⟩" in shown["claim"]
        assert app.query_one("#claim").region.height < size[1]
        await pilot.press("c")
        await pilot.pause()
        await type_into(pilot, app, "actor", "Ana[/]")
        assert "Ana[/]" in panels(app)["message"]
        await pilot.press("enter")
        await pilot.pause()

    act(evil, does, size=size)
    assert look(evil, addresses(evil)[0]).claim.actor == "Ana[/]"


def test_of_a_very_long_sentence_the_parts_around_its_fields_are_shown(evil: Record) -> None:
    shown = passage(look(evil, addresses(evil)[0])).plain
    assert "characters…]" in shown
    assert len(shown) < 1500


@given(st.text())
def test_visible_text_can_be_seen_and_text_that_can_be_seen_stays(text: str) -> None:
    shown = visible(text)
    assert shown.isprintable()
    assert visible(shown) == shown
    assert not text.isascii() or not text.isprintable() or shown == text
