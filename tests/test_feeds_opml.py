"""Feeds that a user names: which addresses are taken from an OPML file, and what is refused."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import UsageError
from onrecord.feeds import find_feeds
from onrecord.feeds.opml import read_opml


def opml(folder: Path, body: str | bytes, name: str = "feeds.opml") -> Path:
    path = folder / name
    path.write_bytes(body if isinstance(body, bytes) else body.encode())
    return path


def test_outlines_in_outlines_are_found_in_order_and_once(tmp_path: Path) -> None:
    path = opml(
        tmp_path,
        """<?xml version="1.0"?><opml version="2.0"><head><title>Mine</title></head><body>
        <outline text="Papers"><outline text="North"><outline type="rss" xmlUrl="https://north.example/rss"/></outline>
        <outline xmlurl=" http://west.example/a?b=1&amp;c=2 "/></outline>
        <outline text="again" XMLURL="https://north.example/rss"/><outline text="feed:" xmlUrl="feed://east.example/x"/>
        </body></opml>""",
    )
    assert read_opml(path) == (
        "https://north.example/rss",
        "http://west.example/a?b=1&c=2",
        "http://east.example/x",
    )


def test_files_and_addresses_mix_in_the_order_given(tmp_path: Path) -> None:
    path = opml(tmp_path, '<opml><body><outline xmlUrl="https://b.example/"/></body></opml>')
    named = ["https://c.example/feed", str(path), "feed:https://a.example/feed", "https://b.example/"]
    assert find_feeds(named) == ("https://c.example/feed", "https://b.example/", "https://a.example/feed")


def test_another_encoding_is_read_as_declared(tmp_path: Path) -> None:
    body = (
        '<?xml version="1.0" encoding="windows-1252"?><opml><outline text="Café €" xmlUrl="http://a.example/"/></opml>'
    )
    assert read_opml(opml(tmp_path, body.encode("cp1252"))) == ("http://a.example/",)


def test_outlines_nested_deeper_than_any_stack_are_read(tmp_path: Path) -> None:
    deep = 20_000
    body = "<opml>" + "<outline>" * deep + '<outline xmlUrl="http://a.example/"/>' + "</outline>" * deep + "</opml>"
    assert read_opml(opml(tmp_path, body)) == ("http://a.example/",)


LAUGHS = """<!DOCTYPE opml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<opml><outline xmlUrl="http://a.example/&b;"/></opml>"""
OUTSIDE = '<!DOCTYPE opml [<!ENTITY a SYSTEM "file:///etc/hostname">]><opml><outline xmlUrl="http://x/&a;"/></opml>'


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("", "no OPML, its XML is broken: no element found: line 1, column 0"),
        ("<opml><body></opml>", "no OPML, its XML is broken: mismatched tag: line 1, column 14"),
        ("milk, bread", "no OPML, its XML is broken: syntax error: line 1, column 0"),
        ("<rss><channel/></rss>", "no OPML, its XML is <rss>"),
        ("<opml><outline text='A'/></opml>", "names no feed (no outline with an xmlUrl)"),
        (
            "<opml><outline xmlUrl='file:///etc/hostname'/></opml>",
            "names file:///etc/hostname, which is no http or https address",
        ),
        (LAUGHS, "declares an entity (a), which is not read"),
        (OUTSIDE, "declares an entity (a), which is not read"),
        ('<?xml version="1.0" encoding="klingon"?><opml/>', "no OPML, its XML is broken: unknown encoding"),
        (b" " * (10 * 2**20 + 1), "larger than 10 MB, no list of feeds"),
    ],
)
def test_a_file_without_feeds_is_named_with_the_reason(tmp_path: Path, body: str | bytes, reason: str) -> None:
    path = opml(tmp_path, body)
    with pytest.raises(UsageError) as refused:
        read_opml(path)
    assert str(refused.value).startswith(f"{path}: {reason}")


@pytest.mark.parametrize(
    ("name", "reason"), [("missing.opml", "No such file or directory"), (".", "Is a directory"), ("a\0b", "")]
)
def test_a_path_that_cannot_be_read_is_named(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(UsageError) as refused:
        find_feeds([str(tmp_path / name)])
    assert str(refused.value).startswith(f"{tmp_path / name}: cannot be read: {reason}")


@given(
    st.lists(
        st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S"]), min_size=1).map("http://a/{}".format)
    )
)
def test_every_address_written_is_read_back(addresses: list[str]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        outlines = "".join(f"<outline xmlUrl={quoteattr(address)}/>" for address in addresses)
        path = opml(Path(folder), f"<opml>{outlines}<outline xmlUrl='http://last/'/></opml>")
        assert read_opml(path) == tuple(dict.fromkeys([*addresses, "http://last/"]))
