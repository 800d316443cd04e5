"""What is read of a feed: RSS and Atom of all ages, broken ones, and what is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import CaptureError
from onrecord.feeds import Entry
from onrecord.feeds.entries import Feed, read_feed
from tests.feeds_site import rss

ADDRESS = "https://news.example/feeds/all.xml"


def reason(body: bytes) -> str:
    with pytest.raises(CaptureError) as refused:
        read_feed(body, ADDRESS)
    assert refused.value.source == ADDRESS
    return refused.value.reason


def test_rss_with_its_dates_ids_and_pace() -> None:
    body = """<?xml version="1.0" encoding="utf-8"?>
    <rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>Milby Post</title>
    <ttl>30</ttl><sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency>
    <item><title>Ferry &amp; bridge
      to reopen</title><link>/2026/ferry?from=rss#top</link><guid isPermaLink="false">id 7</guid>
      <pubDate>Mon, 05 Jan 2026 10:30:00 +0100</pubDate></item>
    <item><guid>https://news.example/2026/guid</guid></item>
    <item><title>Ferry, again</title><link>../2026/ferry?from=rss</link></item>
    </channel></rss>"""
    assert read_feed(body.encode(), ADDRESS) == Feed(
        entries=(
            Entry(
                link="https://news.example/2026/ferry?from=rss",
                title="Ferry & bridge to reopen",
                published="2026-01-05T09:30:00+00:00",
                id="id 7",
            ),
            Entry(link="https://news.example/2026/guid", id="https://news.example/2026/guid"),
        ),
        pace=3600,
    )


def test_atom_with_relative_links_and_only_a_day_of_change() -> None:
    body = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://other.example/a/"><title>Milby</title>
    <entry><id>urn:x:1</id><title type="html">&lt;b&gt;Tram&lt;/b&gt; sold</title>
    <updated>2026-01-04T08:00:00Z</updated>
    <link rel="self" href="self.xml"/><link href="tram.html"/></entry></feed>"""
    entry = Entry(
        link="https://other.example/a/tram.html",
        title="<b>Tram</b> sold",
        published="2026-01-04T08:00:00+00:00",
        id="urn:x:1",
    )
    assert read_feed(body.encode(), ADDRESS) == Feed(entries=(entry,))


def test_rss_1_0_is_read() -> None:
    body = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Milby</title></channel>
    <item rdf:about="y"><title>Old</title><link>http://a.example/old</link><dc:date>2026-01-03</dc:date></item></rdf:RDF>"""
    entry = Entry(link="http://a.example/old", title="Old", published="2026-01-03T00:00:00+00:00", id="y")
    assert read_feed(body.encode(), ADDRESS).entries == (entry,)


@pytest.mark.parametrize(
    ("prolog", "content_type", "encoding"),
    [
        ('<?xml version="1.0" encoding="iso-8859-2"?>', "application/xml", "iso-8859-2"),
        ("", "text/xml; charset=iso-8859-2", "iso-8859-2"),
        ('<?xml version="1.0" encoding="utf-16"?>', "application/rss+xml", "utf-16"),
        ("", None, "utf-8"),
    ],
)
def test_the_declared_encoding_is_undone(prolog: str, content_type: str | None, encoding: str) -> None:
    body = (prolog + rss("/a").replace("On /a", "Łódź czeka")).encode(encoding)
    assert read_feed(body, ADDRESS, content_type).entries == (Entry(link="https://news.example/a", title="Łódź czeka"),)


def test_an_empty_feed_is_a_feed() -> None:
    assert read_feed(rss().encode(), ADDRESS) == Feed(entries=())


def test_broken_xml_is_read_as_far_as_it_goes() -> None:
    feed = read_feed(rss("/a", "/b", "/c").partition("On /c")[0].encode(), ADDRESS)
    assert [entry.link for entry in feed.entries] == ["https://news.example/a", "https://news.example/b"]
    assert feed.linkless == ("entry 3",)
    assert feed.broken == "no element found"


def test_entries_without_a_page_on_the_web_are_named() -> None:
    body = rss("/a", "mailto:desk@news.example", "http://[bad").replace("</channel>", "<item></item></channel>")
    feed = read_feed(body.encode(), ADDRESS)
    assert feed.entries == (Entry(link="https://news.example/a", title="On /a"),)
    assert feed.linkless == ("On mailto:desk@news.example", "On http://[bad", "entry 4")


PAGE = b"<!DOCTYPE html><html><head>%s</head><body><p>The ferry will run again.</p></body></html>"
NAMED = b'<link rel="alternate" type="application/rss+xml" href="/rss.xml"><link rel=icon href=x>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", "empty, no feed"),
        (b" \n", "empty, no feed"),
        (PAGE % b"", "an HTML page, no feed"),
        (PAGE % NAMED, "an HTML page, no feed; it names the feed https://news.example/rss.xml"),
        (b"The ferry will run again.", "neither RSS nor Atom: syntax error"),
        (b'{"version": "https://jsonfeed.org/version/1.1"}', "neither RSS nor Atom: not well-formed (invalid token)"),
        (b"<opml><body/></opml>", "neither RSS nor Atom"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "neither RSS nor Atom"),
        (
            b"<rss version='2.0'><channel><title>Mil",
            "broken XML without an entry that can be read: no element found",
        ),
    ],
)
def test_what_is_no_feed_is_refused_with_the_reason(body: bytes, expected: str) -> None:
    assert reason(body).startswith(expected)


def test_bytes_that_are_the_name_of_a_file_do_not_open_it(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text(rss("/a"))
    assert reason(str(path).encode()).startswith("neither RSS nor Atom")


def test_entities_neither_grow_nor_bring_in_files(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("hidden words")
    layers = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE rss [<!ENTITY e0 "ha ha">{layers}<!ENTITY f SYSTEM "{secret.as_uri()}">]>'
    body = head + rss("/a").replace("On /a", "&e9;&f;")
    feed = read_feed(body.encode(), ADDRESS)
    assert [entry.link for entry in feed.entries] == ["https://news.example/a"]
    assert len(str(feed)) < 1_000
    assert "hidden" not in str(feed)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: rss("/a", text).encode()))
def test_any_bytes_are_a_feed_or_refused(body: bytes) -> None:
    try:
        links = [entry.link for entry in read_feed(body, ADDRESS).entries]
    except CaptureError as error:
        links = [error.source]
    assert all(link.startswith(("http://", "https://")) for link in links)
