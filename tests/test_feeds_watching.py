"""Rounds over feeds: what is fetched, in which order, what failures cost, and that nothing is lost by stopping."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.captures import capture_from_text
from onrecord.errors import CaptureError
from onrecord.feeds import Done, Entry, FeedState, Found, Missed, Waiting, from_json, to_json, watch, watch_round
from onrecord.feeds.fetching import Answer
from onrecord.feeds.hosts import PutOff, Stopped
from onrecord.feeds.robots import Disallowed
from onrecord.feeds.stopping import until_signalled
from onrecord.feeds.watching import Event
from onrecord.model import Capture
from tests.feeds_site import START, Reply, Site, StillClock, rss, serving, visitor

FIVE = dt.timedelta(minutes=5)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def nothing(_address: str) -> bool:
    return False


def told(site: Site, events: Sequence[Event]) -> list[str]:
    """Return the events in short words."""
    words = []
    for event in events:
        if isinstance(event, Found):
            words.append(f"found {event.capture.source}")
        elif isinstance(event, Missed):
            words.append(f"{'gave up' if event.given_up else 'missed'} {event.address}: {event.reason}")
        else:
            words.append(f"{event.outcome} {event.feed}{f': {event.reason}' if event.reason else ''}")
    return [line.replace(site.at(""), "").replace(site.at("", "other.example"), "other") for line in words]


def states(events: Sequence[Event]) -> list[FeedState]:
    return [event.state for event in events if isinstance(event, Done)]


def test_every_new_entry_is_found_once_feed_by_feed_in_order(site: Site) -> None:
    site.put_feed("/1", "/b", "/a")
    site.put_feed("/2", "/c", "/b")
    site.put_stories("a", "b", "c")
    clock, read = StillClock(), set[str]()
    visiting = visitor(clock)
    first = []
    for event in watch_round(
        [FeedState(feed=site.at("/1")), FeedState(feed=site.at("/2"))], read.__contains__, visiting
    ):
        first.append(event)
        if isinstance(event, Found):
            read.add(event.capture.source)
    assert told(site, first) == ["found /b", "found /a", "read /1", "found /c", "read /2"]
    assert states(first) == [
        FeedState(feed=site.at("/1"), due=START + FIVE, done=(site.at("/b"), site.at("/a"))),
        FeedState(feed=site.at("/2"), due=START + FIVE, done=(site.at("/c"), site.at("/b"))),
    ]
    clock.on(minutes=5)
    second = list(watch_round(states(first), nothing, visiting))
    assert told(site, second) == ["read /1", "read /2"]


def test_what_is_found_is_the_capture_of_the_entrys_page(site: Site) -> None:
    site.put_feed("/feed", "/a")
    site.put_stories("a")
    found = next(watch_round([FeedState(feed=site.at("/feed"))], nothing, visitor(StillClock())))
    assert isinstance(found, Found)
    assert found == Found(feed=site.at("/feed"), entry=Entry(link=site.at("/a"), title="On /a"), capture=found.capture)
    assert found.capture.text == "The council of Milby wrote of a that the ferry will run again by May."


def test_pages_of_one_host_are_fetched_at_its_pace(site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 3")
    site.put_feed("/feed", "/a", site.at("/b", "other.example"), "/c")
    site.put_stories("a", "b", "c")
    clock = StillClock()
    list(watch_round([FeedState(feed=site.at("/feed"))], nothing, visitor(clock, delay=1.0)))
    assert site.paths() == ["/feed", "/a", "other.example/b", "/c"]
    assert clock.slept == [3.0, 3.0]


def test_failing_entries_and_feeds_cost_only_themselves(site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /secret")
    site.put("/broken", "<rss")
    site.put_feed("/feed", "/404", "/secret", "/picture", "/cut", "/a", "mailto:x@y.example")
    site.put("/picture", b"\x89PNG\r\n", Content_Type="image/png")
    site.replies["/cut"] = Reply(b"<p>Half a st", length=100)
    site.put_stories("a")
    feeds = [FeedState(feed=site.at("/broken")), FeedState(feed=site.at("/feed"))]
    events = list(watch_round(feeds, nothing, visitor(StillClock())))
    cut = "peer closed connection without sending complete message body (received 12 bytes, expected 100)"
    assert told(site, events) == [
        "failed /broken: neither RSS nor Atom: unclosed token",
        "gave up On mailto:x@y.example: has no link to a page on the web",
        "missed /404: answered 404 Not Found",
        "gave up /secret: robots.txt does not allow it",
        "missed /picture: a PNG picture, not text or HTML",
        f"missed /cut: cannot be fetched: {cut}",
        "found /a",
        "read /feed",
    ]


def test_a_page_that_fails_is_tried_five_times_ever_later_then_given_up(site: Site) -> None:
    site.put_feed("/feed", "/a")
    site.put("/a", status=500)
    clock = StillClock()
    visiting = visitor(clock)
    state, tried = FeedState(feed=site.at("/feed")), list[tuple[float, str]]()
    for _ in range(90):
        events = list(watch_round([state], nothing, visiting))
        minute = (clock.time - START).total_seconds() / 60
        tried += [(minute, line) for line in told(site, events) if "/a" in line]
        [state] = states(events)
        clock.on(minutes=1)
    said = "/a: answered 500 Internal Server Error"
    assert tried == [
        (0, f"missed {said}"),
        (5, f"missed {said}"),
        (15, f"missed {said}"),
        (35, f"missed {said}"),
        (75, f"gave up {said} (given up after 5 tries)"),
    ]
    assert (state.waiting, state.done) == ((), (site.at("/a"),))


def test_a_page_of_a_host_that_is_not_there_is_given_up(site: Site) -> None:
    site.put_feed("/feed", "http://nowhere.test/a")
    clock = StillClock()
    visiting = visitor(clock)
    state, lines = FeedState(feed=site.at("/feed")), list[str]()
    for _ in range(8):
        events = list(watch_round([state], nothing, visiting))
        lines += [line for line in told(site, events) if "nowhere" in line]
        [state] = states(events)
        clock.on(hours=1)
    said = "http://nowhere.test/a: its robots.txt cannot be fetched: unknown host nowhere.test"
    assert lines == [f"missed {said}"] * 4 + [f"gave up {said} (given up after 5 tries)"]


def test_a_page_that_comes_back_is_found(site: Site) -> None:
    site.put_feed("/feed", "/a")
    clock = StillClock()
    visiting = visitor(clock)
    first = list(watch_round([FeedState(feed=site.at("/feed"))], nothing, visiting))
    clock.on(minutes=5)
    site.put_stories("a")
    site.put("/feed", status=304)
    second = list(watch_round(states(first), nothing, visiting))
    assert told(site, first + second) == [
        "missed /a: answered 404 Not Found",
        "read /feed",
        "found /a",
        "unchanged /feed",
    ]


def test_pages_are_not_asked_for_while_their_feed_fails(site: Site) -> None:
    site.put_stories("a")
    waiting = (Waiting(entry=Entry(link=site.at("/a"))),)
    events = list(watch_round([FeedState(feed=site.at("/feed"), waiting=waiting)], nothing, visitor(StillClock())))
    assert told(site, events) == ["failed /feed: answered 404 Not Found"]
    assert states(events)[0].waiting == waiting


def test_a_host_that_asks_for_peace_is_left_alone_without_counting_a_try(site: Site) -> None:
    site.put_feed("/feed", "/a", "/b", site.at("/c", "other.example"))
    site.put("/a", status=503, Retry_After="3600")
    site.put_stories("b", "c")
    clock = StillClock()
    visiting = visitor(clock)
    events = list(watch_round([FeedState(feed=site.at("/feed"))], nothing, visiting))
    assert told(site, events) == [
        "missed /a: answered 503 Service Unavailable",
        "missed /b: news.example asks to be left alone until 2026-01-05 13:00 UTC",
        "found other/c",
        "read /feed",
    ]
    assert site.paths() == ["/feed", "/a", "other.example/c"]
    a, b = (Waiting(entry=Entry(link=site.at(path), title=f"On {path}")) for path in ("/a", "/b"))
    assert states(events)[0].waiting == (
        Waiting(entry=a.entry, tries=1, due=START + FIVE),
        Waiting(entry=b.entry, tries=0, due=START + dt.timedelta(hours=1)),
    )


def test_a_private_page_is_refused_though_its_feed_is_public(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    from onrecord.captures.guard import is_public

    monkeypatch.setattr(
        "onrecord.captures.guard.is_public", lambda address: address == "127.0.0.1" or is_public(address)
    )
    site.put_feed("/feed", "http://127.0.0.2/admin", "/inside")
    site.put("/inside", status=302, Location="http://10.0.0.1/")
    visiting = visitor(StillClock(), allow_private=False)
    monkeypatch.setattr(visiting, "_resolver", lambda host, _: ["127.0.0.1" if host.endswith(".example") else host])
    events = list(watch_round([FeedState(feed=site.at("/feed"))], nothing, visiting))
    assert told(site, events) == [
        "missed http://127.0.0.2/admin: refused, 127.0.0.2 is not a public address (--allow-private allows it)",
        "missed /inside: refused, 10.0.0.1 is not a public address (--allow-private allows it)",
        "read /feed",
    ]


def test_a_fault_of_ours_costs_only_the_entry(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.put_feed("/feed", "/a")

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("no page for you")

    monkeypatch.setattr("onrecord.feeds.visiting.capture_from_url", fail)
    events = list(watch_round([FeedState(feed=site.at("/feed"))], nothing, visitor(StillClock())))
    assert told(site, events) == [
        "missed /a: internal error, please report it: ZeroDivisionError: no page for you",
        "read /feed",
    ]


def test_stopping_between_two_entries_keeps_the_rest_for_the_next_run(site: Site) -> None:
    site.put_feed("/feed", "/a", "/b", "/c")
    site.put_feed("/other", "/d")
    site.put_stories("a", "b", "c", "d")
    feeds = [FeedState(feed=site.at("/feed")), FeedState(feed=site.at("/other"))]
    # it waits twice: before /a and before /b, and is stopped in the second wait
    first = list(watch(feeds, nothing, visitor(StillClock(stop_after=2), delay=1.0), every=FIVE))
    assert told(site, first) == ["found /a", "read /feed"]
    assert site.paths() == ["/feed", "/a"]
    resumed = list(watch([*states(first), feeds[1]], nothing, visitor(StillClock()), every=FIVE, once=True))
    assert told(site, resumed) == [
        "found /b",
        "found /c",
        "not due /feed: not due before 2026-01-05 12:05 UTC",
        "found /d",
        "read /other",
    ]


def test_a_round_that_is_left_in_the_middle_comes_again(site: Site) -> None:
    site.put_feed("/feed", "/a", "/b")
    site.put_stories("a", "b")
    state = FeedState(feed=site.at("/feed"))
    cut = watch_round([state], nothing, visitor(StillClock()))
    assert told(site, [next(cut)]) == ["found /a"]
    cut.close()
    again = list(watch_round([state], {site.at("/a")}.__contains__, visitor(StillClock())))
    assert told(site, again) == ["found /b", "read /feed"]


def test_rounds_begin_at_the_time_given_until_stopped(site: Site) -> None:
    site.put_feed("/feed", "/a")
    site.put_stories("a")
    clock = StillClock(stop_after=3)
    events = list(watch([FeedState(feed=site.at("/feed"))], nothing, visitor(clock), every=dt.timedelta(minutes=10)))
    assert told(site, events) == ["found /a", "read /feed", "read /feed", "read /feed"]
    assert clock.slept == [600.0, 600.0, 600.0]
    assert site.asked == ["/robots.txt", "/feed", "/a", "/feed", "/feed"]


LINKS = [f"http://news.example/{name}" for name in "abcd"]
FAILURES = [
    CaptureError("", "answered 500"),
    PutOff("busy", START + dt.timedelta(hours=1)),
    Stopped("stopped"),
    Disallowed("robots.txt"),
]


class Moody:
    """A visitor whose feed and pages fail as they are told to, and do well when there is nothing more to tell."""

    def __init__(self, moods: list[Exception | None]) -> None:
        self.clock, self.moods = StillClock(), moods

    def _in_mood(self) -> None:
        mood = self.moods.pop() if self.moods else None
        if mood:
            raise mood

    def feed(self, address: str, headers: dict[str, str]) -> Answer:
        self._in_mood()
        unchanged = "If-None-Match" in headers
        return Answer(
            status=304 if unchanged else 200,
            phrase="",
            headers=httpx.Headers({"ETag": '"v1"'}),
            body=b"" if unchanged else rss(*LINKS).encode(),
            whole=True,
            address=address,
            moved=None,
        )

    def page(self, address: str) -> Capture:
        self._in_mood()
        return capture_from_text("Words.", address)


@given(
    moods=st.lists(st.none() | st.sampled_from(FAILURES), max_size=40),
    kills=st.lists(st.none() | st.integers(0, 5), max_size=10),
)
def test_whatever_fails_and_whenever_it_is_killed_every_page_is_found_once_or_given_up(
    moods: list[Exception | None], kills: list[int | None]
) -> None:
    visiting = Moody(moods)
    state, found, given_up = FeedState(feed="http://news.example/feed"), list[str](), set[str]()
    while moods or kills or state.waiting or not state.done:
        left = kills.pop() if kills else None
        for event in watch_round([state], found.__contains__, visiting):  # type: ignore[arg-type]
            if isinstance(event, Found):
                found.append(event.capture.source)
            elif isinstance(event, Missed) and event.given_up:
                given_up.add(event.address)
            elif isinstance(event, Done):
                state = from_json(to_json(event.state))
            if left is not None and (left := left - 1) < 0:
                break  # killed: what was not stored is forgotten
        visiting.clock.on(hours=1)
    assert len(found) == len(set(found))
    assert given_up | set(found) == set(LINKS)
    assert set(state.done) == set(LINKS)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_stops_the_clock_and_gives_the_handlers_back(number: signal.Signals) -> None:
    before = signal.getsignal(number)
    with until_signalled() as clock:
        assert not clock.stopped
        os.kill(os.getpid(), number)
        clock.sleep(60)
        assert clock.stopped
        assert signal.getsignal(number) == before


WAITING = """
from onrecord.feeds.stopping import until_signalled
with until_signalled() as clock:
    print("waiting", flush=True)
    clock.sleep(60)
    print("stopped" if clock.stopped else "slept", flush=True)
"""


def test_a_signal_from_outside_ends_a_wait() -> None:
    with subprocess.Popen([sys.executable, "-c", WAITING], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "waiting\n"
        time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        assert process.stdout.read() == "stopped\n"
    assert process.returncode == 0
