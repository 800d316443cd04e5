"""The pages in a browser: nothing is asked for outside, nothing acts that must not, keys reach all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import pytest

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from tests.web_site import PAGES, Site, Tab, chromium, hostile, ordinary, running

Open: TypeAlias = Callable[..., Tab]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    path = chromium()
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Site]]:
    folder = tmp_path_factory.mktemp("web")
    with running(folder / "ordinary.db", ordinary()) as one, running(folder / "hostile.db", hostile()) as other:
        yield {"ordinary": one, "hostile": other}


@pytest.fixture
def tab(browser: Any, sites: dict[str, Site]) -> Iterator[Open]:
    """Open tabs; at the end none of them may have done what it must not."""
    opened: list[Tab] = []

    def open_one(site: str = "ordinary", **look: Any) -> Tab:
        opened.append(Tab(browser, sites[site], **look))
        return opened[-1]

    yield open_one
    found = [one.found() for one in opened]
    for one in opened:
        one.close()
    assert found == [[] for _ in opened]


def serious(page: Any) -> list[str]:
    """Return what axe finds serious or critical, with where it is."""
    violations = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node['failureSummary']}"
        for one in violations
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_page_is_open_to_all_in_both_colours(tab: Open, path: str, theme: str) -> None:
    one = tab(theme=theme)
    assert serious(one.visit(path)) == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_hostile_captures_neither_acts_nor_overflows(tab: Open, path: str) -> None:
    one = tab("hostile", width=360, height=740)
    assert serious(one.visit(path)) == []
    assert one.overflow() <= 0


@pytest.mark.parametrize("path", PAGES)
def test_a_page_fits_a_phone(tab: Open, path: str) -> None:
    one = tab(width=360, height=740)
    one.visit(path)
    assert one.overflow() <= 0
