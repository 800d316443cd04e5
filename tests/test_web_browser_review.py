"""Record and Review in a browser: searching, and reviewing by keys alone, with modifiers left to the browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeAlias

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import sync_playwright

from onrecord.record.database import open_record
from onrecord.record.reviewing import decisions
from tests.pages import page, pledge
from tests.test_web_browser import PHONE, press, serious
from tests.web_site import Site, Tab, chromium, hostile, running

Open: TypeAlias = Callable[..., Tab]
SEARCHES = ("/record?words=norland&kind=commitment", "/record?what=stories&kind=figure", "/record?words=nothingatall")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    path = chromium()
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """Serve a record of its own: what is decided stays."""
    told = [
        pledge(f"Norland will spend {share}% of GDP on defence by 2030.", share, 2030, said_by="Ana Roth")
        for share in (3, 4, 5)
    ]
    with running(tmp_path / "r.db", [page("https://news.example/1", "2025-03-04", *told), *hostile()]) as one:
        yield one


@pytest.fixture
def tab(browser: Any, site: Site) -> Iterator[Open]:
    """Open tabs; at the end none of them may have done what it must not."""
    opened: list[Tab] = []

    def open_one(**look: Any) -> Tab:
        opened.append(Tab(browser, site, **look))
        return opened[-1]

    yield open_one
    found = [one.found() for one in opened]
    for one in opened:
        one.close()
    assert found == [[] for _ in opened]


def begin(one: Tab, path: str = "/review") -> Any:
    """Give a name; return the page with the first claim."""
    shown = one.visit(path)
    shown.fill("#name", "Ana Roth")
    with shown.expect_navigation():  # to the end: until its script has run, a page takes no keys
        shown.keyboard.press("Enter")
    shown.wait_for_selector(".deciding")
    return shown


def key(shown: Any, pressed: str) -> str:
    """Press a key that leads to another page; return what that page says was done."""
    with shown.expect_navigation():
        shown.keyboard.press(pressed)
    said = shown.locator(".said")
    return str(said.first.inner_text()) if said.count() else ""


def decided(site: Site) -> list[tuple[str, bool]]:
    """Return the decisions on record, the first one first, and whether each counts."""
    with open_record(str(site.place)) as record:
        return [(one.decision, one.undone is None) for one in decisions(record, limit=99)][::-1]


def test_keys_alone_decide_correct_and_take_back(tab: Open, site: Site) -> None:
    shown = begin(tab(), "/review?order=newest")
    assert key(shown, "a").startswith("Accepted: commitment: Norland")
    assert key(shown, "r").startswith("Rejected: commitment: Norland")
    assert key(shown, "u").startswith("Taken back: rejected.")
    shown.keyboard.press("c")
    assert shown.evaluate("document.activeElement.id") == "e-kind"
    press(shown, "Tab", "#e-actor")
    shown.keyboard.press("Control+a")
    shown.keyboard.type("GDP")
    assert key(shown, "Enter").startswith("Corrected: commitment: GDP")
    assert key(shown, "s").startswith("Skipped:")
    key(shown, "n")
    key(shown, "p")
    assert decided(site) == [("accepted", True), ("rejected", False), ("corrected", True), ("skipped", True)]


def test_what_is_typed_in_a_field_and_keys_with_modifiers_decide_nothing(tab: Open, site: Site) -> None:
    shown = begin(tab())
    where = shown.url
    for pressed in ("Control+a", "Alt+a", "Meta+a", "Control+Shift+r"):
        shown.keyboard.press(pressed)
    shown.get_by_text("Choose which claims").click()
    shown.fill("#f-actor", "")
    shown.type("#f-actor", "arsucnp?")
    assert shown.input_value("#f-actor") == "arsucnp?"
    assert not shown.locator("dialog.keys").is_visible()
    shown.evaluate("""dispatchEvent(new KeyboardEvent("keydown", {key: "a", repeat: true, bubbles: true}))""")
    assert (shown.url, decided(site)) == (where, [])


def test_the_keys_are_told_and_can_be_turned_off(tab: Open, site: Site) -> None:
    one = tab()
    shown = begin(one)
    shown.keyboard.press("?")
    assert shown.locator("dialog.keys").is_visible()
    assert serious(shown) == []
    shown.keyboard.press("a")  # the keys of the page rest while they are told
    shown.locator(".keys-on").uncheck()
    shown.get_by_role("button", name="Close").click()
    shown.keyboard.press("a")
    shown.reload()
    shown.keyboard.press("a")
    assert decided(site) == []
    shown.keyboard.press("?")
    shown.locator(".keys-on").check()
    shown.keyboard.press("Escape")
    shown.wait_for_selector("dialog.keys", state="hidden")
    assert key(shown, "a").startswith("Accepted:")


def test_escape_leaves_a_correction_as_it_was(tab: Open, site: Site) -> None:
    shown = begin(tab(), "/review?order=newest")
    shown.keyboard.press("c")
    shown.fill("#e-actor", "Westria")
    shown.keyboard.press("Escape")
    assert not shown.locator("#e-actor").is_visible()
    shown.keyboard.press("c")
    assert shown.input_value("#e-actor") == "Norland"
    assert decided(site) == []


def test_without_scripts_forms_do_the_same(tab: Open, site: Site) -> None:
    shown = begin(tab(java_script_enabled=False), "/review?order=newest")
    shown.get_by_role("button", name="Accept").click()
    shown.get_by_text("Correct", exact=False).first.click()
    shown.fill("#e-days", "whenever")
    shown.get_by_role("button", name="Store the correction").click()
    assert "type days as" in shown.locator("#r-days").inner_text()
    shown.fill("#e-days", "..2031-06-30")
    shown.get_by_role("button", name="Store the correction").click()
    shown.get_by_role("button", name="Undo").click()
    assert decided(site) == [("accepted", True), ("corrected", False)]


def test_of_two_people_the_second_is_told(tab: Open, site: Site) -> None:
    first, second = begin(tab(), "/review?order=newest"), begin(tab(), "/review?order=newest")
    assert first.url == second.url
    key(first, "r")
    assert "Ana Roth rejected it at" in key(second, "a")
    assert decided(site) == [("rejected", True)]


@pytest.mark.parametrize("look", [PHONE, {"theme": "dark"}])
def test_reviewing_is_open_to_all_and_fits_a_phone(tab: Open, look: dict[str, Any]) -> None:
    one = tab(**look)
    shown = begin(one)
    for _ in range(3):
        key(shown, "a")
    shown.keyboard.press("c")
    assert serious(shown) == []
    assert one.overflow() <= 0
    one.visit("/review/log")
    assert serious(shown) == []
    assert one.overflow() <= 0


@pytest.mark.parametrize("path", SEARCHES)
def test_a_search_is_open_to_all_and_fits_a_phone(tab: Open, path: str) -> None:
    one = tab()
    shown = one.visit(path)
    assert serious(shown) == []
    shown.emulate_media(color_scheme="dark")
    assert serious(shown) == []
    shown.set_viewport_size(PHONE)
    assert one.overflow() <= 0


def test_a_search_by_keys_is_narrowed_and_widened(tab: Open) -> None:
    one = tab()
    shown = one.visit("/record")
    press(shown, "Tab", "#words")
    shown.keyboard.type("norland")
    press(shown, "Tab", "#kind")
    shown.keyboard.type("comm")
    press(shown, "Tab", "#actor")
    with shown.expect_navigation():
        shown.keyboard.press("Enter")
    assert shown.url.endswith("/record?words=norland&kind=commitment")
    assert shown.locator(".claim-row").count() == 3
    with shown.expect_navigation():
        shown.locator(".chip").first.click()
    assert shown.url.endswith("/record?kind=commitment")


def test_on_a_phone_the_facets_open_where_they_are_asked_for(tab: Open) -> None:
    one = tab(**PHONE)
    shown = one.visit("/record")
    assert not shown.locator("#kind").is_visible()
    shown.get_by_text("Narrow by kind").click()
    assert shown.locator("#kind").is_visible()
    assert one.overflow() <= 0
