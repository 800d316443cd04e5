"""`onrecord watch`: its lines, its summary, and what it refuses."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from onrecord.cli import watch
from onrecord.errors import CaptureError, UsageError
from onrecord.feeds import FeedState
from onrecord.model import Capture
from tests.feeds_site import Site, serving


class List:
    """A shelf that is a list."""

    def __init__(self) -> None:
        self.captures = dict[str, Capture]()
        self.states = dict[str, FeedState]()

    def add(self, capture: Capture) -> str:
        if "secret" in capture.text:
            raise CaptureError(capture.source, "nothing for a shelf")
        self.captures[capture.source] = capture
        return "1 story, 0 claims"

    def known(self, address: str) -> bool:
        return address in self.captures

    def state(self, feed: str) -> FeedState | None:
        return self.states.get(feed)

    def keep(self, state: FeedState) -> None:
        self.states[state.feed] = state


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> List:
    shelf = List()
    monkeypatch.setattr("onrecord.cli.shelf.open_shelf", lambda _record: nullcontext(shelf))
    return shelf


def run(*arguments: str) -> tuple[int, list[str], list[str]]:
    app = typer.Typer()
    app.command()(watch.watch_command)
    result = CliRunner().invoke(app, [*arguments, "--delay", "0"])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout.splitlines(), result.stderr.splitlines()


def at(site: Site, path: str) -> str:
    return f"http://127.0.0.1:{site.port}{path}"


def test_pages_are_added_and_summed_up_by_feed(site: Site, shelf: List, tmp_path: Path) -> None:
    site.put_feed("/1", "/a", "/b")
    site.put_feed("/2", "/404", "/secret")
    site.put_stories("a", "b", "secret")
    first, second, third = (at(site, path) for path in ("/1", "/2", "/3"))
    path = tmp_path / "feeds.opml"
    path.write_text(f"<opml><outline xmlUrl='{first}'/><outline xmlUrl='{second}'/></opml>")
    code, out, err = run(str(path), third, "--once", "--allow-private")
    assert code == 1
    assert out == [
        f"added {at(site, '/a')}: 1 story, 0 claims",
        f"added {at(site, '/b')}: 1 story, 0 claims",
        "3 feeds: 2 pages added",
        f"{first}: 2 added",
        f"{second}: 0 added, 2 not",
        f"  {at(site, '/404')}: answered 404 Not Found",
        f"  {at(site, '/secret')}: nothing for a shelf",
        f"{third}: 0 added; answered 404 Not Found",
    ]
    assert err == [
        f"onrecord: {second}: {at(site, '/404')}: answered 404 Not Found",
        f"onrecord: {second}: {at(site, '/secret')}: nothing for a shelf",
        f"onrecord: {third}: answered 404 Not Found",
    ]
    assert list(shelf.captures) == [at(site, "/a"), at(site, "/b")]
    assert [state.failures for state in shelf.states.values()] == [0, 0, 1]


def test_a_second_run_goes_on_where_the_first_ended(site: Site, shelf: List) -> None:
    site.put_feed("/1", "/a")
    site.put_stories("a")
    assert run(at(site, "/1"), "--once", "--allow-private")[0] == 0
    due = shelf.states[at(site, "/1")].due
    code, out, err = run(at(site, "/1"), "--once", "--allow-private")
    assert (code, err) == (0, [])
    assert out == ["1 feed: 0 pages added", f"{at(site, '/1')}: 0 added; not due before {due:%Y-%m-%d %H:%M} UTC"]


def test_private_addresses_are_refused_without_the_option(site: Site, shelf: List) -> None:
    code, out, _ = run(at(site, "/1"), "--once")
    reason = "refused, 127.0.0.1 is not a public address (--allow-private allows it)"
    assert (code, out) == (1, ["1 feed: 0 pages added", f"{at(site, '/1')}: 0 added; {reason}"])
    assert site.asked == []


def test_a_file_that_is_no_list_of_feeds_is_named(shelf: List, tmp_path: Path) -> None:
    with pytest.raises(UsageError) as refused:
        run(str(tmp_path / "none.opml"))
    assert str(refused.value) == f"{tmp_path / 'none.opml'}: cannot be read: No such file or directory"
    assert shelf.states == {}


WATCHING = """
import sys
from contextlib import nullcontext
from onrecord.cli import shelf, watch
from tests.test_feeds_cli import List

shelf.open_shelf = lambda record: nullcontext(List())
watch.watch_command([sys.argv[1]], allow_private=True, delay=0.0)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_watch_with_its_summary(site: Site, number: signal.Signals) -> None:
    site.put_feed("/1", "/a")
    site.put_stories("a")
    command = [sys.executable, "-c", WATCHING, at(site, "/1")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == f"added {at(site, '/a')}: 1 story, 0 claims\n"
        process.send_signal(number)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, err) == (0, "")
    assert out.splitlines() == ["1 feed: 1 page added", f"{at(site, '/1')}: 1 added"]
