"""When a feed is asked again: back-off, the feed's and the host's wishes, and what is remembered of it all."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from email.utils import format_datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.feeds import Entry, FeedState, Waiting, from_json, to_json
from onrecord.feeds.intervals import LONGEST, SHORTEST, back_off, feed_pace, interval, max_age, retry_after
from tests.feeds_site import START


def test_the_back_off_doubles_from_five_minutes_to_a_day() -> None:
    minutes = [back_off(failures).total_seconds() / 60 for failures in range(1, 12)]
    assert minutes == [5, 10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440]
    assert back_off(10**9) == LONGEST


@given(st.lists(st.integers(min_value=-(10**12), max_value=10**12)))
def test_an_interval_is_the_longest_wish_within_bounds(wishes: list[int]) -> None:
    found = interval(*wishes)
    assert SHORTEST <= found <= LONGEST
    wished = max(wishes, default=0)
    if SHORTEST.total_seconds() <= wished <= LONGEST.total_seconds():
        assert found.total_seconds() == wished


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, 0),
        ("no-cache", 0),
        ("max-age=600", 600),
        ("public, Max-Age = 3600, must-revalidate", 3600),
        ('max-age="60"', 60),
        ("s-maxage=600", 0),
        ("max-age=soon", 0),
        ("max-age=-5", 0),
    ],
)
def test_how_long_an_answer_is_called_fresh(header: str | None, seconds: int) -> None:
    assert max_age(header) == seconds


@pytest.mark.parametrize(
    ("ttl", "period", "frequency", "seconds"),
    [
        (None, None, None, 0),
        ("60", None, None, 3600),
        (" 60 ", "hourly", "2", 3600),
        (None, "Daily", "4", 21_600),
        (None, "hourly", "0", 3600),
        (None, "now and then", "3", 0),
        ("often", "weekly", "often", 604_800),
        ("-5", None, None, 0),
        ("٣", None, None, 0),
    ],
)
def test_a_feed_says_how_often_it_changes(ttl: object, period: object, frequency: object, seconds: int) -> None:
    assert feed_pace(ttl, period, frequency) == seconds


@pytest.mark.parametrize(
    ("header", "wait"),
    [
        (None, None),
        ("", None),
        ("0", None),
        ("90", dt.timedelta(seconds=90)),
        ("99999999999", dt.timedelta(days=7)),
        (format_datetime(START + dt.timedelta(hours=2), usegmt=True), dt.timedelta(hours=2)),
        ("Mon, 05 Jan 2026 14:00:00 -0000", dt.timedelta(hours=2)),
        ("Mon, 05 Jan 2026 14:00:00 +0100", dt.timedelta(hours=1)),
        (format_datetime(START + dt.timedelta(days=99), usegmt=True), dt.timedelta(days=7)),
        (format_datetime(START - dt.timedelta(hours=2), usegmt=True), None),
        ("1.5", None),
        ("tomorrow", None),
        ("Fri, 31 Dec 9999 23:59:59 -0100", None),
        ("Mon, 99 Jan 2026 14:00:00 GMT", None),
    ],
)
def test_until_when_a_host_asks_for_peace(header: str | None, wait: dt.timedelta | None) -> None:
    assert retry_after(header, START) == (None if wait is None else START + wait)


@given(st.text() | st.from_regex(r"\A[A-Z][a-z]{2}, \d{1,2} [A-Z][a-z]{2} \d{2,4} [\d:]{2,8} [-+]?\w{2,5}\Z"))
def test_whatever_a_host_writes_the_peace_is_a_week_at_most(header: str) -> None:
    found = retry_after(header, START)
    assert found is None or START < found <= START + dt.timedelta(days=7)


MOMENTS = st.none() | st.datetimes(timezones=st.just(dt.UTC))
TEXTS = st.none() | st.text()
ENTRIES = st.builds(Entry, link=st.text(), title=TEXTS, published=TEXTS, id=TEXTS)
STATES = st.builds(
    FeedState,
    feed=st.text(),
    moved=TEXTS,
    etag=TEXTS,
    modified=TEXTS,
    pace=st.integers(0, 10**9),
    due=MOMENTS,
    failures=st.integers(0, 99),
    gone=st.booleans(),
    waiting=st.lists(st.builds(Waiting, entry=ENTRIES, tries=st.integers(0, 9), due=MOMENTS)).map(tuple),
    done=st.lists(st.text()).map(tuple),
)


@given(STATES)
def test_a_state_comes_back_from_json_as_it_went_in(state: FeedState) -> None:
    assert from_json(to_json(state)) == state


def test_a_new_state_is_but_its_name() -> None:
    assert to_json(FeedState(feed="http://a.example/")) == b'{"feed":"http://a.example/"}'


def test_a_state_of_a_later_version_is_read_without_what_is_not_known() -> None:
    assert from_json('{"feed": "a", "etag": "x", "mood": "fine"}') == FeedState(feed="a", etag="x")


def test_a_state_costs_neither_connections_nor_parsers() -> None:
    code = "import sys, onrecord.feeds; print({'httpx', 'feedparser', 'protego'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_what_is_no_state_is_refused() -> None:
    with pytest.raises(msgspec.DecodeError):
        from_json('{"feed": 3}')
