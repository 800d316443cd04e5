"""The page Record without a browser: what is found, how it is told, and its files and feed."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import feedparser
import msgspec
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar.testing import TestClient
from msgspec.structs import replace

from onrecord import cli
from onrecord.model import FieldSpans, Span
from onrecord.record.adding import add
from onrecord.record.database import open_record
from onrecord.record.rating import known_figures
from onrecord.record.reviewing import decide
from onrecord.record.searching import Query, count, count_stories, find
from onrecord.record.terms import alternatives_in
from onrecord.web import downloads
from onrecord.web.app import create_app
from onrecord.web.marking import Run, marked
from onrecord.web.search import search
from onrecord.web.serving import Serving
from tests.builders import claim
from tests.pages import Told, page, pledge, share
from tests.web_site import TRICKS, hostile


@contextlib.contextmanager
def serving(place: Path, readings: list[Any]) -> Iterator[TestClient[Any]]:
    with open_record(str(place), may_be_new=True) as record:
        for reading in readings:
            add(record, reading, reader="1.0", by=known_figures())
    app = create_app(str(place), Serving(reader="tests.readers:read", readers=1))
    with TestClient(app, base_url="http://127.0.0.1:8000") as one:
        yield one


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("record") / "r.db"


@pytest.fixture(scope="module")
def asking(place: Path) -> Iterator[TestClient[Any]]:
    with serving(place, NEWSROOM) as one:
        yield one


def rows(answer: Any) -> list[str]:
    """Return the words of each hit on a page, marks taken away."""
    return [re.sub(r"<[^>]+>", "", one) for one in re.findall(r'<p class="words"><bdi>(.*?)</bdi>', answer.text)]


ROADS = "Norland will spend 3% of GDP on defence by 2030, the minister said."
LATER = "Norland will spend 3.5% of GDP on defence by 2032."
PRICES = "Prices will rise by 4% next year, the bank expects."
HURT = "About 140 people were hurt in the storm."
NEWSROOM = [
    page(
        "https://news.example/norland-roads",
        "2025-03-04",
        pledge(ROADS, 3, 2030, said_by="Ana Roth"),
        Told(words=HURT, kind="figure", actor=None, measure="hurt in the storm"),
        headline="Norland sets out its plans",
    ),
    page(
        "https://paper.example/norland-later",
        "2025-06-01",
        pledge(LATER, 3.5, 2032, said_by="Ana Roth"),
        headline="Norland moves its goal",
    ),
    page(
        "https://paper.example/forecast",
        "2024-02-11",
        Told(
            words=PRICES,
            kind="forecast",
            actor="Bank of Westria",
            measure="consumer prices",
            quantity=share(4, "prices"),
        ),
        headline="Bank of Westria sees prices up",
    ),
]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [LATER, HURT, ROADS, PRICES]),
        ("words=defence", [LATER, ROADS]),
        ("words=defence&kind=&actor=&from=&to=&sure=&what=", [LATER, ROADS]),
        ("kind=forecast", [PRICES]),
        ("actor=Norland&from=2025-06-01", [LATER]),
        ("to=2024-12-31", [PRICES]),
        ("outlet=News.example", [HURT, ROADS]),
        ("said_by=Ana+Roth", [LATER, ROADS]),
        ("measure=consumer+prices", [PRICES]),
        ("review=undecided&kind=figure", [HURT]),
        ("review=accepted", []),
        ("sure=80", [LATER, HURT, ROADS, PRICES]),
        ("sure=81", []),
        ("status=met", []),
        ("verdict=refuted&indicator=population", []),
    ],
)
def test_a_search_shows_its_claims_newest_first(asking: TestClient[Any], query: str, expected: list[str]) -> None:
    assert sorted(rows(asking.get(f"/record?{query}"))) == sorted(expected)


def test_a_claim_is_told_with_marks_fields_source_and_links(asking: TestClient[Any], place: Path) -> None:
    with open_record(str(place)) as record:
        hit = find(record, Query(words="3.5%")).hits[0]
    html = asking.get("/record?words=3.5+defence").text
    assert '<mark><span class="of quantity">3</span></mark><span class="of quantity">.</span>' in html
    assert "<mark>defence</mark>" in html
    for told in ("Norland", "defence spending", "3.5% of GDP", "by 2032-12-31", "Ana Roth", "2025-06-01"):
        assert told in html
    assert 'href="https://paper.example/norland-later"' in html
    assert f'href="/claims/{hit.address}"' in html
    assert f'href="/threads/T{hit.thread}"' in html


def test_stories_are_found_and_what_asks_about_claims_is_left_out_with_a_word(asking: TestClient[Any]) -> None:
    answer = asking.get("/record?what=stories&words=storm&kind=figure")
    assert rows(answer) == [f"{ROADS} {HURT}"]
    assert "left out: kind" in answer.text
    assert 'href="/record/stories.csv?words=storm"' in answer.text


def test_every_way_to_narrow_can_be_left_out_again(asking: TestClient[Any]) -> None:
    html = asking.get("/record?words=defence&kind=commitment").text
    assert re.findall(r'class="chip" href="([^"]+)"', html) == ["/record?kind=commitment", "/record?words=defence"]


def test_pages_follow_one_another_and_hold_each_claim_once(tmp_path: Path) -> None:
    told = [pledge(f"Norland will spend {n}% of GDP by 2040.", n, 2040) for n in range(1, 46)]
    with serving(tmp_path / "r.db", [page("https://a.example/1", "2025-01-02", *told)]) as asking:
        path, found, lengths = "/record?kind=commitment", [], []
        while path:
            answer = asking.get(path)
            found += rows(answer)
            lengths.append(len(rows(answer)))
            further = re.search(r'href="([^"]+)" rel="next"', answer.text)
            path = further[1].replace("&amp;", "&") if further else ""
        assert "<b>45</b> claims found" in answer.text
        assert 'href="/record?kind=commitment" rel="first"' in answer.text
    assert lengths == [20, 20, 5]
    assert sorted(found) == sorted(one.words for one in told)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("kind=pledge", "kind: &#39;pledge&#39; is not one of commitment, demand, proposal, forecast, figure"),
        ("verdict=true", "verdict: &#39;true&#39; is not one of"),
        ("status=late", "status: &#39;late&#39; is not one of"),
        ("review=done", "review: &#39;done&#39; is not one of"),
        ("from=yesterday", "from: &#39;yesterday&#39; is not a day such as 2025-06-09"),
        ("to=2025-02-30", "to: &#39;2025-02-30&#39; is not a day"),
        ("from=2025-02-02&to=2025-01-01", "from 2025-02-02 lies after to 2025-01-01"),
        ("sure=101", "sure: &#39;101&#39; is not a whole number from 0 to 100"),
        ("after=behind", "after: &#39;behind&#39; is not where a page ended"),
        (f"words={'x' * 201}", "words: longer than 200 characters"),
    ],
)
@pytest.mark.parametrize("path", ["/record", "/record/claims.csv", "/record/claims.atom"])
def test_what_cannot_be_meant_is_told_with_a_next_step(
    asking: TestClient[Any], path: str, query: str, told: str
) -> None:
    answer = asking.get(f"{path}?{query}")
    assert answer.status_code == 400
    assert told in answer.text


@pytest.mark.parametrize(
    "query", ["words=nothingatall", "words=***", "actor=%F0%9F%92%A9", "outlet=%2F%2F", "indicator=%27"]
)
def test_nothing_found_is_a_page_that_says_what_to_do(asking: TestClient[Any], query: str) -> None:
    answer = asking.get(f"/record?{query}")
    assert answer.status_code == 200
    assert "Nothing is found." in answer.text
    assert "Fewer words find more" in answer.text


def test_what_is_looked_for_is_claims_or_stories(asking: TestClient[Any]) -> None:
    answer = asking.get("/record?what=people")
    assert (answer.status_code, "neither claims nor stories" in answer.text) == (400, True)


def test_an_address_to_share_holds_only_what_is_asked(asking: TestClient[Any]) -> None:
    answer = asking.get("/record?words=&kind=forecast&what=&after=", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/record?kind=forecast")


def test_without_a_record_the_page_leads_to_read(tmp_path: Path) -> None:
    app = create_app(str(tmp_path / "none.db"), Serving(reader="tests.readers:read", readers=1))
    with TestClient(app, base_url="http://127.0.0.1:8000") as asking:
        answer = asking.get("/record")
    assert answer.status_code == 200
    assert "Nothing is on record yet." in answer.text


@pytest.mark.parametrize("query", [Query(), Query(words="defence"), Query(kind="forecast"), Query(status="met")])
def test_what_is_counted_is_what_is_found(place: Path, asking: TestClient[Any], query: Query) -> None:
    with open_record(str(place)) as record:
        assert count(record, query, 100) == len(find(record, query).hits)
        assert count(record, query, 1) == min(1, len(find(record, query).hits))
        assert count_stories(record, Query(words=query.words), 100) == (2 if query.words else 3)


def test_claims_are_found_by_where_their_thread_stands(tmp_path: Path) -> None:
    told = pledge("Kenya will spend 0.1% of GDP on its military by 2020.", 0.1, 2020, actor="Kenya", country="KE",
                  measure="military spending")  # fmt: skip
    with open_record(str(tmp_path / "r.db"), may_be_new=True) as record:
        add(record, page("https://a.example/1", "2015-01-02", told), reader="1.0", by=known_figures())
        hit = find(record, Query()).hits[0]
        with record.reading() as connection:
            stands = connection.exec_driver_sql("select status from threads").scalar()
        assert stands
        assert [one.address for one in find(record, Query(status=stands)).hits] == [hit.address]
        assert [one.address for one in find(record, Query(status=stands, words="military")).hits] == [hit.address]
        assert find(record, Query(status="supported")).hits == ()


@pytest.mark.parametrize("query", ["", "words=defence", "kind=forecast", "words=nothingatall"])
@pytest.mark.parametrize(("form", "option"), [("csv", "--csv"), ("jsonl", "--json")])
@pytest.mark.parametrize("what", ["claims", "stories"])
def test_a_file_is_what_the_command_prints(
    asking: TestClient[Any],
    place: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsysbinary: pytest.CaptureFixture[bytes],
    query: str,
    form: str,
    option: str,
    what: str,
) -> None:
    if what == "stories" and query.startswith("kind"):
        assert asking.get(f"/record/{what}.{form}?{query}").status_code == 400
        return
    name, _, value = query.partition("=")
    options = [value] if name == "words" else [f"--{name}", value] if value else []
    chosen = ["--stories"] if what == "stories" else []
    monkeypatch.setattr("sys.argv", ["onrecord", "find", *options, option, *chosen, "--record", str(place)])
    with contextlib.suppress(SystemExit):
        cli.main()
    assert asking.get(f"/record/{what}.{form}?{query}").content == capsysbinary.readouterr().out


def test_a_parquet_file_has_the_rows_of_the_csv(asking: TestClient[Any]) -> None:
    table = pq.read_table(io.BytesIO(asking.get("/record/claims.parquet?words=defence").content))
    lines = asking.get("/record/claims.csv?words=defence").text.splitlines()
    assert table.column_names == lines[0].split(",")
    assert table.column("words").to_pylist() == [LATER, ROADS]
    assert str(table.schema.field("day").type) == "date32[day]"
    stories = pq.read_table(io.BytesIO(asking.get("/record/stories.parquet").content))
    assert stories.column("headline").to_pylist()[0] == "Norland moves its goal"


def test_a_file_that_does_not_hold_all_says_so_in_its_name(
    asking: TestClient[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [asking.get("/record/claims.jsonl").headers["content-disposition"]]
    monkeypatch.setattr("onrecord.web.pages.record.MOST", 3)
    monkeypatch.setattr(downloads, "MOST", 3)
    cut = asking.get("/record/claims.jsonl")
    names.append(cut.headers["content-disposition"])
    assert names == ['attachment; filename="claims.jsonl"', 'attachment; filename="claims-first-3.jsonl"']
    assert len(cut.text.splitlines()) == 3


def test_a_file_goes_on_over_pages(place: Path, asking: TestClient[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    whole = asking.get("/record/claims.csv").content
    monkeypatch.setattr(downloads, "_AT_ONCE", 1)
    assert asking.get("/record/claims.csv").content == whole


@pytest.mark.parametrize("name", ["claims.xlsx", "people.csv", "claims", "claims.csv.gz", "..%2f"])
def test_a_file_that_there_is_not_is_not_found(asking: TestClient[Any], name: str) -> None:
    assert asking.get(f"/record/{name}").status_code == 404


def test_a_search_is_a_feed_of_itself(asking: TestClient[Any], place: Path) -> None:
    answer = asking.get("/record/claims.atom?words=defence")
    found = feedparser.parse(answer.content)
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert (found.bozo, found.version) == (False, "atom10")
    assert found.feed.title == "onrecord: claims, defence"
    assert found.feed.author == "onrecord"
    assert found.feed.updated == max(entry.updated for entry in found.entries)
    links = {link.rel: link.href for link in found.feed.links}
    assert links == {
        "self": "http://127.0.0.1:8000/record/claims.atom?words=defence",
        "alternate": "http://127.0.0.1:8000/record?words=defence",
    }
    assert [entry.content[0].value for entry in found.entries] == [LATER, ROADS]
    assert [entry.published for entry in found.entries] == ["2025-06-01T00:00:00Z", "2025-03-04T00:00:00Z"]
    assert found.entries[0].title == "commitment: Norland, defence spending, 3.5% of GDP, by 2032-12-31"
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", entry.updated) for entry in found.entries)
    assert asking.get(f"/claims/{found.entries[0].link.rsplit('/', 1)[1]}").status_code == 200


def test_ids_of_a_feed_last_and_differ(asking: TestClient[Any]) -> None:
    one = feedparser.parse(asking.get("/record/claims.atom?words=defence").content)
    again = feedparser.parse(asking.get("/record/claims.atom?kind=&words=defence").content)
    whole = feedparser.parse(asking.get("/record/claims.atom").content)
    stories = feedparser.parse(asking.get("/record/stories.atom").content)
    assert one.feed.id == again.feed.id
    assert [entry.id for entry in one.entries] == [entry.id for entry in again.entries]
    ids = [entry.id for found in (whole, stories) for entry in found.entries]
    assert {entry.id for entry in one.entries} < set(ids)
    assert len(set(ids)) == len(ids) == 7
    assert len({one.feed.id, whole.feed.id, stories.feed.id}) == 3
    assert all(key.startswith("urn:uuid:") for key in [*ids, one.feed.id])


def test_a_feed_of_nothing_is_a_feed(asking: TestClient[Any]) -> None:
    found = feedparser.parse(asking.get("/record/claims.atom?words=nothingatall").content)
    assert (found.bozo, found.entries, found.feed.updated) == (False, [], "1970-01-01T00:00:00Z")


def test_hostile_text_is_text_in_page_feed_and_file(tmp_path: Path) -> None:
    with serving(tmp_path / "r.db", hostile()) as asking:
        html = asking.get("/record").text
        feed = asking.get("/record/claims.atom")
        table = asking.get("/record/claims.csv").text
        asked = asking.get("/record", params={"words": '"><script>alert(1)</script>'}).text
    for bad in ("<script>fetch", "<img src=//", "<svg/onload", "<style>", 'href="javascript:', "\u202e", "\u200b"):
        assert bad not in html
        assert bad not in feed.text
    assert "&lt;script&gt;fetch(" in html
    assert "<script>alert" not in asked
    parsed = feedparser.parse(feed.content)
    assert (parsed.bozo, len(parsed.entries)) == (False, len(TRICKS))
    assert not [line for line in table.splitlines() if line.startswith(("=", "+", "@"))]


def test_control_characters_do_not_break_a_feed(tmp_path: Path) -> None:
    told = pledge("Norland\x00\x1b\ufffe will spend 3% of GDP by 2040.", 3, 2040)
    with serving(tmp_path / "r.db", [page("https://a.example/1", "2025-01-02", told)]) as asking:
        found = feedparser.parse(asking.get("/record/claims.atom").content)
    assert found.bozo is False
    assert "␛" in found.entries[0].content[0].value


def test_rejected_claims_are_left_out_unless_asked_for(tmp_path: Path) -> None:
    place = tmp_path / "r.db"
    with serving(place, NEWSROOM) as asking:
        with open_record(str(place)) as record:
            decide(record, find(record, Query(kind="forecast")).hits[0].address, "rejected", reviewer="Ana")
        assert rows(asking.get("/record?kind=forecast")) == []
        assert rows(asking.get("/record?kind=forecast&review=rejected")) == [PRICES]


def test_words_are_cut_where_marks_begin_and_end() -> None:
    spans = FieldSpans(actor=Span(10, 15), quantity=Span(13, 20), when=Span(2, 5))
    one = replace(claim(), evidence=Span(10, 30), spans=spans)
    assert marked("Abcdefghijklmnopqrst", one, alternatives_in("Abcdefghijklmnopqrst")) == (
        Run("Abc", ("actor",), True),
        Run("de", ("actor", "quantity"), True),
        Run("fghij", ("quantity",), True),
        Run("klmnopqrst", (), True),
    )


@given(st.text(alphabet="ab c\n-é", max_size=40), st.text(alphabet="ab c*", max_size=8))
def test_runs_joined_are_the_words(words: str, sought: str) -> None:
    assert "".join(run.text for run in marked(words, sought=alternatives_in(sought))) == words


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "words": st.text("ab é&=%+", min_size=1, max_size=9)
            .map(str.strip)
            .filter(bool)
            .map(lambda t: " ".join(t.split())),
            "kind": st.sampled_from(["commitment", "figure"]),
            "from": st.dates().map(str),
            "sure": st.integers(1, 100).map(str),
            "status": st.just("on track"),
        },
    )
)
def test_a_search_is_told_as_it_was_asked(asked: dict[str, str]) -> None:
    told = search(asked, stories=False, limit=20).told()
    assert told == asked
    assert search(told, stories=False, limit=20) == search(asked, stories=False, limit=20)


def test_json_lines_hold_every_field(asking: TestClient[Any]) -> None:
    hits = [msgspec.json.decode(line) for line in asking.get("/record/claims.jsonl?kind=forecast").content.splitlines()]
    assert [(hit["words"], hit["claim"]["kind"], hit["outlet"]) for hit in hits] == [
        (PRICES, "forecast", "paper.example")
    ]
