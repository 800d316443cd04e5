"""What a page's head and embedded data say."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.captures.html import Page
from onrecord.captures.markup import read_markup
from onrecord.model import Markup

ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "Port Ellis to deepen its channel",
    "description": "Work starts in March.",
    "author": [{"@type": "Person", "name": "Ines  Calloway"}, {"@type": "Person", "name": "Tom Okafor"}],
    "datePublished": "2031-02-06T09:30:00+01:00",
    "dateModified": "2031-02-06T11:00:00+01:00",
    "inLanguage": "en-GB",
    "publisher": {"@type": "Organization", "name": "The Ellis Packet"},
    "url": "https://packet.example/channel",
    "articleBody": "The channel will be deepened.\n\nWork starts in March.",
}
READ = Markup(
    headline="Port Ellis to deepen its channel",
    description="Work starts in March.",
    authors=("Ines Calloway", "Tom Okafor"),
    published="2031-02-06T09:30:00+01:00",
    modified="2031-02-06T11:00:00+01:00",
    language="en-GB",
    url="https://packet.example/channel",
    site="The Ellis Packet",
    body="The channel will be deepened.\n\nWork starts in March.",
)


def read(html: str) -> Markup:
    return read_markup(Page(html).head)


def script(*values: object) -> str:
    written = (value if isinstance(value, str) else json.dumps(value) for value in values)
    return "".join(f'<script type="application/ld+json">{value}</script>' for value in written)


@pytest.mark.parametrize(
    "html",
    [
        pytest.param(script(ARTICLE), id="alone"),
        pytest.param(script([{"@type": "WebSite", "name": "x"}, ARTICLE]), id="in a list"),
        pytest.param(script({"@graph": [{"@type": "Person", "name": "x"}, ARTICLE]}), id="in a graph"),
        pytest.param(script({"@type": "WebPage", "mainEntity": ARTICLE}), id="main entity"),
        pytest.param(script({"@type": "BreadcrumbList"}, ARTICLE), id="second script"),
        pytest.param(script({"@type": "NewsArticle"}, ARTICLE), id="the one with a headline"),
        pytest.param(script(ARTICLE | {"@type": ["Thing", "ReportageNewsArticle"]}), id="a subtype among types"),
        pytest.param(script(ARTICLE | {"@type": "LiveBlogPosting"}), id="a live blog"),
        pytest.param(script("//<![CDATA[\n" + json.dumps(ARTICLE) + "\n//]]>"), id="in CDATA"),
        pytest.param(script("<!--" + json.dumps(ARTICLE) + "-->;"), id="in a comment"),
        pytest.param(script("{ not JSON", ARTICLE), id="beside broken JSON"),
        pytest.param("<body><p>Words</p>" + script(ARTICLE), id="in the body"),
    ],
)
def test_a_json_ld_article_is_read(html: str) -> None:
    assert read(html) == READ


def test_json_with_line_breaks_in_its_strings_is_read() -> None:
    assert read(script('{"@type": "Article", "headline": "Port\nEllis"}')).headline == "Port Ellis"


def test_plain_fields_are_read_off_json_that_does_not_parse() -> None:
    html = script(
        '{"@type": "NewsArticle", "headline": "Port \\"Ellis\\"", "author": , "datePublished": "2031-02-06",}'
    )
    assert read(html) == Markup(headline='Port "Ellis"', published="2031-02-06")


def test_articles_in_lists_of_links_are_not_the_pages_own() -> None:
    html = script({"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": ARTICLE}]})
    assert read(html) == Markup()


def test_open_graph_and_meta_elements_are_read() -> None:
    html = """<html lang=fr><head><title> Port  Ellis &amp; the sea </title>
        <link rel=canonical href=https://packet.example/a><meta name=author content="Ines Calloway">
        <meta property=og:title content="Port Ellis"><meta property="og:description" content="Work starts.">
        <meta property=article:published_time content=2031-02-06T09:30Z><meta name=DATE content=1999-01-01>
        <meta property=article:modified_time content=2031-02-07><meta property=og:site_name content="The Packet">"""
    assert read(html) == Markup(
        title="Port Ellis & the sea",
        headline="Port Ellis",
        description="Work starts.",
        authors=("Ines Calloway",),
        published="2031-02-06T09:30Z",
        modified="2031-02-07",
        language="fr",
        url="https://packet.example/a",
        site="The Packet",
    )


def test_microdata_in_the_body_is_read() -> None:
    assert read("<p>Words<meta itemprop=datePublished content=2031-02-06>").published == "2031-02-06"


def test_an_authors_address_is_no_name() -> None:
    html = "<meta property=article:author content=https://social.example/ines><meta name=byl content='By Ines'>"
    assert read(html).authors == ("By Ines",)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from([*ARTICLE, "@graph", "name", "mainEntity"]), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*ARTICLE, "@graph", "mainEntity"]), JSON))
def test_json_ld_of_any_shape_is_read_without_error(value: dict[str, object]) -> None:
    markup = read(script({"@type": "NewsArticle"} | value))
    assert all(isinstance(name, str) for name in markup.authors)
    assert markup.published is None or isinstance(markup.published, str)


@given(st.text())
def test_any_script_is_read_without_error(text: str) -> None:
    assert read(script(text.replace("<", ""))).title is None


def test_json_nested_100_000_deep_is_passed_over() -> None:
    assert read(script("[" * 100_000 + "]" * 100_000)) == Markup()
