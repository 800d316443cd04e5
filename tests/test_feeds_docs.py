"""The page on feeds says what is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from onrecord.captures.url import LARGEST_ANSWER, MOST_REDIRECTS, SECONDS
from onrecord.feeds.hosts import DELAY, LONGEST_WAIT
from onrecord.feeds.intervals import LONGEST, LONGEST_HOLD, SHORTEST
from onrecord.feeds.robots import KEPT, KEPT_UNREACHABLE, LARGEST_ROBOTS
from onrecord.feeds.visiting import LARGEST_FEED
from onrecord.feeds.watching import MOST_TRIES

PAGE = (Path(__file__).parents[1] / "docs" / "feeds.md").read_text(encoding="utf-8")


def test_the_limits_are_those_documented() -> None:
    assert (DELAY, LONGEST_WAIT, SECONDS, MOST_REDIRECTS, MOST_TRIES) == (1.0, 120.0, 15.0, 5, 5)
    assert (LARGEST_ROBOTS, LARGEST_FEED, LARGEST_ANSWER) == (500_000, 5 * 2**20, 10 * 2**20)
    times = [str(time) for time in (SHORTEST, LONGEST, LONGEST_HOLD, KEPT, KEPT_UNREACHABLE)]
    assert times == ["0:05:00", "1 day, 0:00:00", "7 days, 0:00:00", "1 day, 0:00:00", "0:05:00"]


def test_the_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    Path("feeds.opml").write_text("<opml><outline xmlUrl='http://127.0.0.1:1/feed'/></opml>")
    [example] = re.findall(r"```python\n(.*?)```", PAGE, flags=re.DOTALL)
    exec(example, {})
    assert capsys.readouterr().out.startswith("FeedState(feed='http://127.0.0.1:1/feed', moved=None, etag=None,")
