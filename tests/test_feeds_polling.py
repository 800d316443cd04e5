"""One feed asked once: what is remembered, when it is asked again, and what becomes of every kind of failure."""

from __future__ import annotations

import datetime as dt
import gzip
from collections.abc import Iterator

import pytest

from onrecord.feeds import Entry, FeedState, Waiting
from onrecord.feeds.polling import Poll, poll
from tests.feeds_site import START, Reply, Site, StillClock, rss, serving, visitor

FIVE = START + dt.timedelta(minutes=5)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


def ask(site: Site, path: str = "/feed", *, state: FeedState | None = None, seconds: float = 5.0) -> Poll:
    return poll(state or FeedState(feed=site.at(path)), visitor(StillClock(), seconds=seconds), now=START)


def waiting(site: Site, *paths: str) -> tuple[Waiting, ...]:
    return tuple(Waiting(entry=Entry(link=site.at(path), title=f"On {path}")) for path in paths)


def failed(site: Site, reason: str, path: str = "/feed", due: dt.datetime = FIVE) -> Poll:
    state = FeedState(feed=site.at(path), failures=1, due=due)
    return Poll(state=state, outcome="failed", reason=reason)


def test_a_feed_is_read_and_what_the_host_says_of_it_remembered(site: Site) -> None:
    site.put_feed("/feed", "/a", "/b", ETag='W/"v1"', Last_Modified="Mon, 05 Jan 2026 10:00:00 GMT")
    state = FeedState(
        feed=site.at("/feed"),
        etag='W/"v1"',
        modified="Mon, 05 Jan 2026 10:00:00 GMT",
        due=FIVE,
        waiting=waiting(site, "/a", "/b"),
    )
    assert ask(site) == Poll(state=state, outcome="read")


def test_a_feed_that_has_not_changed_is_asked_for_changes_only(site: Site) -> None:
    site.put("/feed", status=304)
    before = FeedState(feed=site.at("/feed"), etag='"v1"', modified="yesterday", failures=3, pace=600, done=("x",))
    after = FeedState(
        feed=before.feed, etag='"v1"', modified="yesterday", pace=600, done=("x",), due=START + dt.timedelta(minutes=10)
    )
    assert ask(site, state=before) == Poll(state=after, outcome="unchanged")
    sent = site.headers[-1]
    assert (sent["If-None-Match"], sent["If-Modified-Since"]) == ('"v1"', "yesterday")


def test_a_header_that_cannot_be_sent_back_is_not_remembered(site: Site) -> None:
    site.put_feed("/feed", ETag='"caf\xe9"')
    assert ask(site) == Poll(state=FeedState(feed=site.at("/feed"), due=FIVE), outcome="read")


def test_a_packed_feed_is_unpacked(site: Site) -> None:
    site.put("/feed", gzip.compress(rss("/a").encode()), Content_Encoding="gzip")
    assert ask(site).state.waiting == waiting(site, "/a")


@pytest.mark.parametrize(
    ("head", "header", "wait"),
    [
        ("", "no-store", dt.timedelta(minutes=5)),
        ("<ttl>1</ttl>", "max-age=20", dt.timedelta(minutes=5)),
        ("<ttl>30</ttl>", "max-age=20", dt.timedelta(minutes=30)),
        ("<ttl>30</ttl>", "max-age=7200", dt.timedelta(hours=2)),
        ("<ttl>99999</ttl>", "", dt.timedelta(hours=24)),
    ],
)
def test_the_feeds_and_the_hosts_wishes_lengthen_the_interval(
    site: Site, head: str, header: str, wait: dt.timedelta
) -> None:
    site.put_feed("/feed", head=head, Cache_Control=header)
    assert ask(site).state.due == START + wait


def test_only_what_is_new_is_waiting_and_what_left_the_feed_is_forgotten(site: Site) -> None:
    site.put_feed("/feed", "/new", "/late", "/read")
    late, lost = waiting(site, "/late", "/lost")
    before = FeedState(feed=site.at("/feed"), waiting=(late, lost), done=(site.at("/old"), site.at("/read")))
    after = FeedState(
        feed=before.feed, due=FIVE, waiting=(late, lost, *waiting(site, "/new")), done=(site.at("/read"),)
    )
    assert ask(site, state=before) == Poll(state=after, outcome="read")


def test_an_entry_without_a_page_is_told_once(site: Site) -> None:
    site.put_feed("/feed", "mailto:a@b.example")
    first = ask(site)
    assert first.linkless == ("On mailto:a@b.example",)
    again = ask(site, state=FeedState(feed=first.state.feed, done=first.state.done))
    assert again == Poll(state=first.state, outcome="read")


def test_a_broken_feed_is_read_but_its_etag_not_trusted(site: Site) -> None:
    site.put("/feed", rss("/a", "/b").removesuffix("</channel></rss>"), ETag='"v1"')
    state = FeedState(feed=site.at("/feed"), due=FIVE, waiting=waiting(site, "/a", "/b"))
    reason = "broken XML, read as far as it goes: no element found"
    assert ask(site) == Poll(state=state, outcome="read", reason=reason)


def redirect(site: Site, status: int, path: str, target: str) -> None:
    site.put(path, status=status, Location=target)


@pytest.mark.parametrize(
    ("hops", "moved"),
    [
        ([301], "/1"),
        ([308], "/1"),
        ([301, 308], "/2"),
        ([302], None),
        ([307], None),
        ([301, 302], "/1"),
        ([302, 301], None),
    ],
)
def test_only_a_move_for_good_is_remembered(site: Site, hops: list[int], moved: str | None) -> None:
    for step, status in enumerate(hops):
        redirect(site, status, f"/{step}", f"/{step + 1}")
    site.put_feed(f"/{len(hops)}", "/a")
    state = FeedState(
        feed=site.at("/0"), moved=site.at(moved) if moved else None, due=FIVE, waiting=waiting(site, "/a")
    )
    assert ask(site, "/0") == Poll(state=state, outcome="read")
    site.paths()
    ask(site, state=FeedState(feed=state.feed, moved=state.moved))
    assert site.paths()[0] == (moved or "/0")


def test_a_move_to_a_feed_that_has_not_changed_is_remembered(site: Site) -> None:
    redirect(site, 301, "/feed", "/new")
    site.put("/new", status=304)
    state = FeedState(feed=site.at("/feed"), moved=site.at("/new"), due=FIVE)
    assert ask(site) == Poll(state=state, outcome="unchanged")


def test_a_move_to_what_is_no_feed_is_not_remembered(site: Site) -> None:
    redirect(site, 301, "/feed", "/home")
    site.put("/home", "<!DOCTYPE html><title>Milby Post</title>", Content_Type="text/html")
    assert ask(site) == failed(site, "an HTML page, no feed")


def test_redirects_in_a_circle_end(site: Site) -> None:
    redirect(site, 301, "/feed", "/feed2")
    redirect(site, 301, "/feed2", "/feed")
    assert ask(site) == failed(site, "redirects more than 5 times")
    assert len(site.paths()) == 6


def test_a_feed_that_is_gone_is_never_asked_again(site: Site) -> None:
    site.put("/feed", status=410)
    gone = FeedState(feed=site.at("/feed"), gone=True, failures=1)
    assert ask(site) == Poll(state=gone, outcome="gone", reason="answered 410 Gone, it is not asked any more")
    site.paths()
    again = ask(site, state=gone)
    assert again == Poll(state=gone, outcome="gone", reason="gone (410), it is not asked any more")
    assert site.paths() == []


def test_a_feed_is_gone_by_whatever_spelling_of_its_address(site: Site) -> None:
    site.put("/feed", status=410)
    assert ask(site, state=FeedState(feed=site.at("/feed", "NEWS.example").replace("http:", "HTTP:"))).outcome == "gone"


def test_behind_a_passing_redirect_only_something_else_is_gone(site: Site) -> None:
    redirect(site, 302, "/feed", "/elsewhere")
    site.put("/elsewhere", status=410)
    assert ask(site) == failed(site, "answered 410 Gone")


def test_a_feed_is_not_asked_before_it_is_due(site: Site) -> None:
    state = FeedState(feed=site.at("/feed"), due=FIVE)
    assert ask(site, state=state) == Poll(state=state, outcome="not due", reason="not due before 2026-01-05 12:05 UTC")
    assert site.asked == []


@pytest.mark.parametrize(
    ("status", "header", "wait"),
    [
        (503, "7200", dt.timedelta(hours=2)),
        (429, "Mon, 05 Jan 2026 14:00:00 GMT", dt.timedelta(hours=2)),
        (503, "10", dt.timedelta(minutes=5)),
        (503, "soon", dt.timedelta(minutes=5)),
        (404, "", dt.timedelta(minutes=5)),
        (500, "", dt.timedelta(minutes=5)),
    ],
)
def test_an_error_is_told_and_the_host_left_alone_as_long_as_it_asks(
    site: Site, status: int, header: str, wait: dt.timedelta
) -> None:
    site.put("/feed", status=status, Retry_After=header)
    phrases = {404: "Not Found", 429: "Too Many Requests", 500: "Internal Server Error", 503: "Service Unavailable"}
    assert ask(site) == failed(site, f"answered {status} {phrases[status]}", due=START + wait)


def test_failures_in_a_row_are_counted_and_keep_what_was_known(site: Site) -> None:
    before = FeedState(feed=site.at("/feed"), etag='"v1"', failures=3, waiting=waiting(site, "/a"), done=("x",))
    after = FeedState(
        feed=before.feed,
        etag='"v1"',
        failures=4,
        waiting=before.waiting,
        done=("x",),
        due=START + dt.timedelta(minutes=40),
    )
    assert ask(site, state=before) == Poll(state=after, outcome="failed", reason="answered 404 Not Found")


def test_an_answer_that_is_cut_is_not_taken(site: Site) -> None:
    body = rss("/a", "/b").encode()
    site.replies["/feed"] = Reply(body, length=len(body) + 10)
    assert ask(site) == failed(
        site,
        "cannot be fetched: peer closed connection without sending complete message body "
        f"(received {len(body)} bytes, expected {len(body) + 10})",
    )


def test_an_answer_that_is_longer_than_it_says_is_read_as_long_as_it_says(site: Site) -> None:
    body = rss("/a").encode()
    site.replies["/feed"] = Reply(body + b"<more/>", length=len(body))
    assert ask(site).state.waiting == waiting(site, "/a")


def test_badly_packed_answers_are_refused(site: Site) -> None:
    site.put("/feed", b"no gzip", Content_Encoding="gzip")
    reason = ask(site).reason
    assert reason is not None
    assert reason.startswith("cannot be fetched: ")


def test_an_answer_that_trickles_ends_in_time(site: Site) -> None:
    site.put("/robots.txt")
    site.replies["/feed"] = Reply(rss("/a").encode(), trickle=0.05)
    assert ask(site, seconds=0.5) == failed(site, "no whole answer in time")


@pytest.mark.parametrize("packed", [False, True])
def test_a_feed_larger_than_five_megabytes_is_refused(site: Site, packed: bool) -> None:
    body = rss("/a").encode() + b" " * (5 * 2**20)
    if packed:
        site.put("/feed", gzip.compress(body), Content_Encoding="gzip")
    else:
        site.put("/feed", body)
    assert ask(site) == failed(site, "larger than 5 MB")


def test_no_more_is_read_of_an_answer_than_its_limit(site: Site) -> None:
    site.replies["/feed"] = Reply(b" " * (5 * 2**20 + 1), length=10**9)
    assert ask(site) == failed(site, "larger than 5 MB")


def test_what_robots_do_not_allow_is_told(site: Site) -> None:
    site.put("/robots.txt", "User-agent: *\nDisallow: /feed")
    assert ask(site) == failed(site, "robots.txt does not allow it")
    assert site.paths() == []


def test_a_private_address_is_told(site: Site) -> None:
    state = FeedState(feed=site.at("/feed"))
    refusing = visitor(StillClock(), allow_private=False)
    reason = "refused, 127.0.0.1 is not a public address (--allow-private allows it)"
    assert poll(state, refusing, now=START) == failed(site, reason)


def test_a_fault_of_ours_costs_only_the_feed(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.put_feed("/feed")

    def fail(*_: object) -> None:
        raise ZeroDivisionError("no feed for you")

    monkeypatch.setattr("onrecord.feeds.polling.read_feed", fail)
    assert ask(site) == failed(site, "internal error, please report it: ZeroDivisionError: no feed for you")
