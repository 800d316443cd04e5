"""HTML to text and blocks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.captures.bounds import DEEPEST, limit_attributes, limit_depth
from onrecord.captures.html import CONTEXT_ELEMENTS, Page


def blocks_of(html: str) -> list[tuple[str, str]]:
    page = Page(html)
    return [(block.tag, block.span.of(page.text)) for block in page.blocks]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One</p><p>Two</p>", "One\n\nTwo"),
        ("<div>One</div><div>Two</div>", "One\nTwo"),
        ("<ul><li>Tea<li>Milk</ul><p>End", "Tea\nMilk\n\nEnd"),
        ("<p>A <b>bold</b>\n  <a href=x>link</a>, and &amp; more&nbsp;</p>", "A bold link, and & more"),
        ("<p>Ninety<i>-</i>nine</p>", "Ninety-nine"),
        ("<p>Shown<script>var x = '<p>no</p>'</script><style>p{}</style></p>", "Shown"),
        ("<p>Shown</p><noscript><p>no</p></noscript><template><p>no</p></template><svg><text>no</text></svg>", "Shown"),
        ("<p hidden>no</p><p style='color:red; DISPLAY : none'>no</p><dialog>no</dialog><p>Shown</p>", "Shown"),
        ("<dialog open>Shown</dialog>", "Shown"),
        ("<title>no</title><p>Shown<!-- no --></p>", "Shown"),
        ("One<br>Two", "One\nTwo"),
        ("<p>One<br><br>Two<br> <br/>\n<br>Three</p>", "One\n\nTwo\n\nThree"),
        ("<h1>Ferries to run<br>all night</h1>", "Ferries to run all night"),
        ("<pre>first line\n  second line\n\nthird</pre>", "first line\nsecond line\nthird"),
        ("<p>\u200b</p><p>soft\u00adhyphen\u200b</p>", "soft\u00adhyphen"),
        ("text without any tag", "text without any tag"),
        ("<p>broken <b>mark<p>up</div></b> &bogus; <", "broken mark\n\nup &bogus; <"),
        ("<frameset><frame src=x></frameset>", ""),
        ("", ""),
    ],
)
def test_the_text_is_what_a_reader_sees(html: str, expected: str) -> None:
    assert Page(html).text == expected


def test_each_block_has_the_tag_of_its_nearest_block_level_element() -> None:
    html = """<article><h1>Port to <em>grow</em></h1><p>Lead.</p><blockquote>Said.</blockquote>
        <table><tr><th>Year<td>2030</table>Loose words</article>"""
    assert blocks_of(html) == [
        ("h1", "Port to grow"),
        ("p", "Lead."),
        ("blockquote", "Said."),
        ("th", "Year"),
        ("td", "2030"),
        ("article", "Loose words"),
    ]


@pytest.mark.parametrize(
    ("html", "tag"),
    [
        ("<figure><img><figcaption>The old basin.</figcaption></figure>Text", "figcaption"),
        ("<p><img><span class='imageCaption'>The old basin.</span>Text</p>", "span"),
        ("<p><em class=photo-credit>The old basin.</em> Text</p>", "em"),
    ],
)
def test_a_caption_is_a_block_of_its_own(html: str, tag: str) -> None:
    assert blocks_of(html)[0] == (tag, "The old basin.")
    assert blocks_of(html)[1][1] == "Text"


def test_context_names_the_block_and_what_is_around_it_outermost_first_each_once() -> None:
    html = "<body class='page'><main role=main id=main-content><div class='articleBody x'><p class='lead page'>Words"
    assert Page(html).blocks[0].context == ("html", "body", "page", "main", "content", "div", "article", "p", "lead")


def test_context_is_bounded() -> None:
    html = "".join(f"<div class=level{chr(97 + i)}>" for i in range(26)) + "Words"
    context = Page(html).blocks[0].context
    assert context[-1] == "levelz"
    assert len(context) == 1 + CONTEXT_ELEMENTS
    assert "levela" not in context


@pytest.mark.parametrize(
    ("html", "share"),
    [
        ("<p>No link", 0.0),
        ("<li><a href=x>All of it</a>", 1.0),
        ("<p>four<a href=x>four</a>", 0.5),
        ("<a href=x><p>Within</p></a>", 1.0),
        ("<p><a href=x>one</a><p>two", 0.0),
    ],
)
def test_link_share(html: str, share: float) -> None:
    assert Page(html).blocks[-1].link_share == share


def test_moment_is_the_time_elements_own() -> None:
    html = "<p>Posted <time datetime=2031-05-04T08:00Z>on Sunday</time></p><p>Other</p>"
    assert [block.moment for block in Page(html).blocks] == ["2031-05-04T08:00Z", None]


@pytest.mark.parametrize("tag", ["div", "p", "b", "a", "table", "li", "font", "section", "ul><li", "td"])
def test_a_hundred_thousand_nested_elements_are_read(tag: str) -> None:
    name = tag.split("<")[0].rstrip(">")
    html = f"<{tag}>" * 100_000 + "Deep words" + f"</{name}>" * 100_000 + "<p>After"
    page = Page(html)
    assert [block.span.of(page.text) for block in page.blocks] in (
        [["Deep words", "After"], ["Deep words After"], ["Deep wordsAfter"]]
    )


def test_depth_is_limited_where_it_is_great_and_nowhere_else() -> None:
    shallow = "<div><p>Words</p></div>" * 10_000
    assert limit_depth(shallow) == shallow
    deep = limit_depth("<div>" * 20_000 + "Words" + "</div>" * 20_000)
    assert deep == "<div>" * DEEPEST + "Words" + "</div>" * DEEPEST


def test_a_flood_of_attributes_is_dropped_and_the_words_stay() -> None:
    flood = "<p class=lead " + " ".join(f"a{i}=1" for i in range(100_000)) + ">Words</p>"
    assert limit_attributes(flood) == "<p >Words</p>"
    assert Page(flood).text == "Words"
    long = '<p data-state="' + "x" * 100_000 + '">Words</p>'
    assert limit_attributes(long) == long


def test_tags_within_scripts_do_not_count_as_depth() -> None:
    html = "<script>" + "'<div>'" * 20_000 + "</script><div>Words</div>"
    assert limit_depth(html).endswith("</script><div>Words</div>")


PIECES = ["<p>", "</p>", "<div>", "</div>", "<b>", "</b>", "<a href=x>", "</a>", "<br>", "<td>", "<table>", "</table>"]
PIECES += ["<h1>", "</h1>", "<pre>", "</pre>", "<!--", "-->", "<svg>", "</svg>", "<span class=caption>", "</span>"]
PIECES += ["word", " ", "\n", "&nbsp;", "\u200b", "é", "<", "&", "<select>", "<template>", "</body>", "<frameset>"]


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_blocks_are_the_text_in_order(html: str) -> None:
    page = Page(html)
    at = 0
    for block in page.blocks:
        assert page.text[at : block.span.start].strip("\n") == ""
        assert block.span.of(page.text) == block.span.of(page.text).strip()
        assert 0 <= block.link_share <= 1
        at = block.span.end
    assert at == len(page.text)


def test_what_is_kept_grows_as_the_page_does() -> None:
    html = "<div class='a b c'><p>Some <a href=x>words</a> here</p> <br> <br> <br></div>" * 500
    once, twice = Page(html), Page(html * 2)
    assert len(twice.blocks) == 2 * len(once.blocks)
    assert len(twice.text) <= 2 * len(once.text) + 2
