"""Each host's turn and its robots.txt: who is asked when, and what is not asked at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import CaptureError
from onrecord.feeds.fetching import Refused
from onrecord.feeds.hosts import Hosts, PutOff, Stopped
from onrecord.feeds.robots import Disallowed
from tests.feeds_site import START, Site, StillClock, serving, visitor


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        site.put_feed("/feed")
        yield site


def test_a_host_is_left_alone_between_two_requests_and_others_are_not_held_up() -> None:
    clock = StillClock()
    hosts = Hosts(clock, 2.0)
    for host in ("a", "b", "a", "a"):
        hosts.wait(host)
    assert clock.slept == [2.0, 2.0]
    clock.on(seconds=30)
    hosts.wait("a")
    assert clock.slept == [2.0, 2.0]


@pytest.mark.parametrize(("asked", "waited"), [(None, 2.0), (0.5, 2.0), (10.0, 10.0)])
def test_the_longer_of_the_usual_delay_and_the_hosts_counts(asked: float | None, waited: float) -> None:
    clock = StillClock()
    hosts = Hosts(clock, 2.0)
    hosts.wait("a", asked)
    hosts.wait("a")
    assert clock.slept == [waited]


def test_a_turn_that_is_far_off_is_put_off_and_comes() -> None:
    clock = StillClock()
    hosts = Hosts(clock)
    hosts.hold("a", START + dt.timedelta(hours=1))
    with pytest.raises(PutOff) as put_off:
        hosts.wait("a")
    assert str(put_off.value) == "a asks to be left alone until 2026-01-05 13:00 UTC"
    assert (put_off.value.until, clock.slept) == (START + dt.timedelta(hours=1), [])
    clock.on(minutes=59)
    hosts.wait("a")
    assert clock.slept == [60.0]


def test_a_host_that_is_left_alone_for_long_is_not_asked_sooner_for_having_been_asked() -> None:
    clock = StillClock()
    hosts = Hosts(clock)
    hosts.hold("a", START + dt.timedelta(minutes=1))
    hosts.take("a")
    hosts.wait("a")
    assert clock.slept == [60.0]


def test_a_clock_that_is_set_back_makes_no_longer_wait() -> None:
    clock = StillClock()
    hosts = Hosts(clock, 2.0)
    hosts.wait("a")
    clock.on(hours=-5)
    hosts.wait("a")
    assert clock.slept == [2.0]


def test_a_clock_stopped_during_the_wait_ends_it_before_anything_is_asked() -> None:
    hosts = Hosts(StillClock(stop_after=1), 2.0)
    hosts.wait("a")
    with pytest.raises(Stopped):
        hosts.wait("a")


@given(st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 100), st.floats(0, 60)), max_size=30))
def test_no_host_is_asked_sooner_than_its_delay(asked: list[tuple[str, float, float]]) -> None:
    clock = StillClock()
    hosts = Hosts(clock, 5.0)
    free: dict[str, dt.datetime] = {}
    for host, passed, delay in asked:
        clock.on(seconds=passed)
        hosts.wait(host, delay)
        assert clock.time >= free.get(host, clock.time)
        free[host] = clock.time + dt.timedelta(seconds=max(delay, 5.0))


def test_robots_are_asked_once_a_day(site: Site) -> None:
    clock = StillClock()
    visiting = visitor(clock)
    for _ in range(2):
        visiting.feed(site.at("/feed"), {})
    clock.on(hours=25)
    visiting.feed(site.at("/feed"), {})
    assert site.asked == ["/robots.txt", "/feed", "/feed", "/robots.txt", "/feed"]
    assert {headers["User-Agent"] for headers in site.headers} == {"onrecord"}


ROBOTS = """User-agent: *
Disallow: /

User-agent: onrecord
Crawl-delay: 7.5
Disallow: /private
Allow: /private/feed$
"""


def test_rules_of_so_many_hosts_are_kept(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onrecord.feeds.robots.MOST_HOSTS", 2)
    visiting = visitor(StillClock())
    for host in ("a", "b", "b", "c", "b", "a"):
        visiting.feed(site.at("/feed", f"{host}.example"), {})
    asked = [path.partition(".")[0] for path in site.asked if path.endswith("/robots.txt")]
    assert asked == ["a", "b", "c", "a"]


def test_the_rules_written_for_us_are_kept(site: Site) -> None:
    clock = StillClock()
    site.put("/robots.txt", ROBOTS)
    site.put_feed("/private/feed")
    visiting = visitor(clock)
    with pytest.raises(Disallowed):
        visiting.page(site.at("/private/x"))
    assert visiting.feed(site.at("/private/feed"), {}).status == 200
    assert visiting.feed(site.at("/feed"), {}).status == 200
    assert (site.paths(), clock.slept) == (["/private/feed", "/feed"], [7.5])


def test_a_redirect_to_what_robots_do_not_allow_is_not_followed(site: Site) -> None:
    site.put("/robots.txt", ROBOTS)
    site.put("/moved", status=302, Location="/private/x")
    site.put("/away", status=302, Location=site.at("/x", "other.example"))
    site.put("other.example/robots.txt", "User-agent: *\nDisallow: /x")
    for path in ("/moved", "/away"):
        with pytest.raises(Disallowed):
            visitor(StillClock()).page(site.at(path))
    assert site.paths() == ["/moved", "/away"]


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_robots_that_are_not_there_allow_everything(site: Site, status: int) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /", status=status)
    assert visitor(StillClock()).feed(site.at("/feed"), {}).status == 200


@pytest.mark.parametrize(("status", "said"), [(429, "Too Many Requests"), (500, "Internal Server Error")])
def test_robots_that_cannot_be_had_allow_nothing_for_five_minutes(site: Site, status: int, said: str) -> None:
    clock = StillClock()
    visiting = visitor(clock)
    site.put("/robots.txt", status=status)
    for _ in range(2):
        with pytest.raises(CaptureError) as refused:
            visiting.feed(site.at("/feed"), {})
    assert refused.value.reason == f"its robots.txt answered {status} {said}"
    assert site.asked == ["/robots.txt"]
    clock.on(minutes=5)
    site.put("/robots.txt", "")
    assert visiting.feed(site.at("/feed"), {}).status == 200


def test_a_byte_order_mark_hides_no_rule(site: Site) -> None:
    site.put("/robots.txt", b"\xef\xbb\xbfUser-agent: onrecord\nDisallow: /feed")
    with pytest.raises(Disallowed):
        visitor(StillClock()).feed(site.at("/feed"), {})


def test_a_host_that_a_redirect_led_to_has_had_its_turn(site: Site) -> None:
    clock = StillClock()
    site.put("/feed", status=302, Location=site.at("/there", "other.example"))
    visiting = visitor(clock, delay=2.0)
    visiting.feed(site.at("/feed"), {})
    visiting.feed(site.at("/there", "other.example"), {})
    assert clock.slept == [2.0]


def test_no_proxy_is_asked_in_our_place(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    assert visitor(StillClock()).feed(site.at("/feed"), {}).status == 200


def test_robots_that_redirect_are_followed(site: Site) -> None:
    site.put("/robots.txt", status=301, Location=site.at("/rules", "other.example"))
    site.put("other.example/rules", "User-agent: onrecord\nDisallow: /feed")
    with pytest.raises(Disallowed):
        visitor(StillClock()).feed(site.at("/feed"), {})


def test_robots_are_read_up_to_half_a_megabyte(site: Site) -> None:
    line = b"Disallow: /feed\n"
    filler = b"User-agent: *\n" + b"#" * (500_000 - 14 - len(line) - 1) + b"\n"
    site.put("/robots.txt", filler + line)
    with pytest.raises(Disallowed):
        visitor(StillClock()).feed(site.at("/feed"), {})
    site.put("/robots.txt", b"User-agent: *\n" + b"#" * 500_000 + b"\n" + line)
    assert visitor(StillClock()).feed(site.at("/feed"), {}).status == 200


def test_a_host_that_is_not_known_is_told() -> None:
    with pytest.raises(CaptureError) as refused:
        visitor(StillClock()).feed("http://nowhere.test/feed", {})
    assert refused.value.reason == "its robots.txt cannot be fetched: unknown host nowhere.test"


def test_a_private_address_is_refused_and_nothing_is_asked(site: Site) -> None:
    with pytest.raises(Refused) as refused:
        visitor(StillClock(), allow_private=False).feed(site.at("/feed"), {})
    assert refused.value.reason == "refused, 127.0.0.1 is not a public address (--allow-private allows it)"
    assert site.asked == []


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("ftp://news.example/feed", "no http or https address"),
        ("http://", "no http or https address"),
        ("http://[::1", "no web address: "),
    ],
)
def test_an_address_that_is_none_is_refused(address: str, reason: str) -> None:
    with pytest.raises(CaptureError) as refused:
        visitor(StillClock()).feed(address, {})
    assert refused.value.reason.startswith(reason)
