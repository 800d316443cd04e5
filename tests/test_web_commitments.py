"""The tracker, the page of a thread, the page of a claim, and the plots on them."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from litestar.testing import TestClient
from sqlalchemy import select, update

from onrecord.model import Quantity, Reading
from onrecord.outlook import outlook
from onrecord.record.adding import add
from onrecord.record.database import open_record
from onrecord.record.rating import RatedBy, known_figures
from onrecord.record.schema import claims, threads
from onrecord.web import app as web_app
from onrecord.web.fragment import to_words
from onrecord.web.pages import threads as thread_page
from onrecord.web.pages.commitments import due_words
from onrecord.web.plot import Point, Spark, outlook_plot, spark
from onrecord.web.serving import Serving
from tests.pages import Told, page, pledge
from tests.record_filled import fill
from tests.web_site import TRICKS, hostile

BRITAIN = {"actor": "Britain", "country": "GB"}
READINGS = (
    page(
        "https://daily.example/1",
        "2025-02-25",
        pledge("Britain will spend 2.5% of GDP on defence by 2027.", 2.5, 2027, said_by="Keira Stone", **BRITAIN),
        headline="Britain plans",
    ),
    page(
        "https://post.example/2",
        "2025-09-01",
        pledge("London now says it will reach 3% of GDP by 2029.", 3.0, 2029, **BRITAIN),
        filler="A paragraph before.",
    ),
    page("https://post.example/3", "2012-03-01", pledge("Norland vows 4% of GDP by 2020.", 4.0, 2020)),
    page(
        "https://wire.example/4",
        "2025-01-02",
        Told(
            words="At least 120 people died in the quake.", kind="figure", actor="Norland", measure="died in the quake",
            quantity=Quantity(value=120, comparator=">="), number="120", said_by="the governor",
        ),
    ),
    page(
        "https://wire.example/5",
        "2025-01-03",
        Told(
            words="The quake killed 180 people.", kind="figure", actor="Norland", measure="killed in the quake",
            quantity=Quantity(value=180), number="180", said_by="the Red Cross",
        ),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def by() -> RatedBy:
    return known_figures()


def asking(place: Path) -> TestClient[Any]:
    return TestClient(web_app.create_app(str(place), Serving(readers=1)), base_url="http://127.0.0.1:8000")


def put(place: Path, by: RatedBy, *readings: Reading) -> Path:
    with open_record(str(place), may_be_new=True) as record:
        for one in readings:
            add(record, one, reader="1", by=by)
    return place


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, by: RatedBy) -> Iterator[TestClient[Any]]:
    with asking(put(tmp_path_factory.mktemp("site") / "r.db", by, *READINGS)) as one:
        yield one


def shown(response: Any) -> str:
    """Return what a page says, in one line, without its navigation and footer."""
    main = response.text.split("<main", 1)[1].split("</main>", 1)[0]
    main = re.sub(r"<(?:select|svg|title).*?</(?:select|svg|title)>", " ", main, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", main.split(">", 1)[1])).split())


def thread_of(site: TestClient[Any], actor: str, kind: str = "commitment") -> str:
    found = re.search(r'href="/threads/(T\d+)"', site.get(f"/commitments?kind={kind}&actor={actor}").text)
    assert found
    return found[1]


def claim_of(site: TestClient[Any], thread: str, number: int = 0) -> str:
    return re.findall(r'<a href="/claims/([^"]+)">this claim', site.get(f"/threads/{thread}").text)[number]


# --- the tracker ---


def test_the_tracker_says_in_words_what_is_overdue(site: TestClient[Any]) -> None:
    first = site.get("/commitments").text.split("<li class=")[-2:]
    assert [one.startswith('"tracked late"') for one in first] == [True, False]
    assert re.search(r"Norland.*overdue for [\d,]+ days.*! *</span> overdue", first[0], re.DOTALL)


def test_a_row_has_target_stage_status_how_far_and_a_sparkline_in_words(site: TestClient[Any]) -> None:
    response = site.get("/commitments?actor=Britain")
    told = shown(response)
    for part in ("Britain : defence spending", "3% of GDP by 2029", "2029-12-31", "said twice", "●○○○ said"):
        assert part in told
    assert re.search(r"[\d.]+% in \d{4}(?: \(estimate\))?; [\d.]+ points short of the target", told)
    (label,) = re.findall(r'<svg class="spark" role="img" aria-label="([^"]*)"', response.text)
    assert re.fullmatch(r"[\d.]+% in \d{4} to [\d.]+% in \d{4}; target 3% by 2029", label)


@pytest.mark.parametrize(
    ("query", "actors"),
    [
        ("", ["Norland", "Britain"]),
        ("?actor=UK", ["Britain"]),
        ("?actor=norland", ["Norland"]),
        ("?status=overdue", ["Norland"]),
        ("?stage=said", ["Norland", "Britain"]),
        ("?stage=delivered", []),
        ("?within=0", []),
        ("?within=36525", ["Britain"]),
        ("?kind=&actor=&status=&stage=&within=&after=", ["Norland", "Britain"]),
        ("?kind=figure", ["Norland"]),
        ("?kind=demand", []),
    ],
)
def test_a_view_lists_what_its_address_asks_for(site: TestClient[Any], query: str, actors: list[str]) -> None:
    names = re.findall(
        r'<h2><a href="/threads/T\d+"><bdi class="name">(.*?)</bdi>', site.get(f"/commitments{query}").text
    )
    assert names == actors


def test_a_view_keeps_in_its_form_what_was_asked(site: TestClient[Any]) -> None:
    form = site.get("/commitments?kind=demand&actor=Ana+%22R%22&status=missed&stage=funded&within=90").text
    assert re.findall(r'<option value="(\w+)" selected>', form) == ["demand", "missed", "funded"]
    assert 'value="Ana &#34;R&#34;"' in form
    assert 'name="within" value="90"' in form


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("kind=promise", "kind: 'promise' is not one of commitment, demand, proposal, forecast, figure"),
        ("status=late", "status: 'late' is not one of"),
        ("stage=done", "stage: 'done' is not one of said, adopted, funded, delivered"),
        ("within=soon", "within: 'soon' is not a whole number from 0 to 36,525"),
        ("within=99999", "within: '99999' is not a whole number"),
        ("within=-1", "within: '-1' is not"),
        ("after=%3Cb%3E", "after: '<b>' is not the mark of a line of this list"),
        ("status=overdue&within=3", "what is overdue is not due within days to come"),
        ("actor=" + "x" * 201, "actor: longer than 200 characters"),
    ],
)
def test_what_an_address_cannot_ask_for_is_told(site: TestClient[Any], query: str, told: str) -> None:
    response = site.get(f"/commitments?{query}")
    assert response.status_code == 400
    assert told in shown(response)


def test_pages_lead_through_the_whole_list_and_back(tmp_path: Path, by: RatedBy) -> None:
    told = [pledge(f"Land {n} vows {n}% of GDP by 2030.", n, 2030, actor=f"Land {n}") for n in range(1, 61)]
    with asking(put(tmp_path / "r.db", by, page("https://a.example/", "2025-01-01", *told))) as site:
        seen: list[str] = []
        address: str | None = "/commitments?stage=said"
        while address:
            text = site.get(address).text
            seen += re.findall(r'<h2><a href="/threads/(T\d+)"', text)
            further = re.search(r'href="([^"]*)" rel="next"', text)
            first = re.search(r'href="([^"]*)" rel="first"', text)
            address = html.unescape(further[1]) if further else None
        assert len(seen) == len(set(seen)) == 60
        assert first
        assert html.unescape(first[1]) == "/commitments?stage=said"


def test_an_empty_list_says_what_to_do(tmp_path: Path, by: RatedBy) -> None:
    with asking(put(tmp_path / "r.db", by)) as site:
        assert "No commitment is on record. Read a page and add it" in shown(site.get("/commitments"))
        assert "No forecast fits all of this." in shown(site.get("/commitments?kind=forecast&actor=Ana"))
    with asking(tmp_path / "none.db") as site:
        response = site.get("/commitments")
        assert response.status_code == 404
        assert "there is no record" in shown(response)


@pytest.mark.parametrize(
    ("due", "overdue", "told"),
    [
        (dt.date(2025, 1, 1), False, "today"),
        (dt.date(2025, 1, 2), False, "in 1 day"),
        (dt.date(2028, 1, 1), False, "in 1,095 days"),
        (dt.date(2024, 12, 30), True, "overdue for 2 days"),
        (dt.date(2024, 12, 30), False, "2 days ago"),
        (None, False, ""),
    ],
)
def test_a_deadline_is_counted_in_days(due: dt.date | None, overdue: bool, told: str) -> None:
    assert due_words(due, overdue=overdue, today=dt.date(2025, 1, 1)) == told


# --- a thread ---


def test_a_thread_shows_its_words_over_time_and_what_changed(site: TestClient[Any]) -> None:
    told = shown(site.get(f"/threads/{thread_of(site, 'Britain')}"))
    first, second = told.split("What was said", 1)[1].split("sharpened")[:2]
    assert "2025-02-25 first said 2.5% of GDP by 2027" in first
    assert "“Britain will spend 2.5% of GDP on defence by 2027.” Keira Stone · daily.example · this claim" in first
    assert "from 2.5% of GDP by 2027 → to 3% of GDP by 2029" in second
    assert "post.example" in second


def test_a_thread_says_where_it_stands_on_what_and_whom_to_credit(site: TestClient[Any]) -> None:
    told = shown(site.get(f"/threads/{thread_of(site, 'Britain')}"))
    for part in ("stage said, by what was said on 2025-02-25", "target 3%, as stated", "baseline", "latest", "pace"):
        assert part in told
    assert "80% interval" in told
    assert "Source: NATO (nato.int)" in told
    unrated = shown(site.get(f"/threads/{thread_of(site, 'Norland')}"))
    assert "status not rated: whose it is is not clear" in unrated
    assert "overdue" in unrated


def test_what_was_dropped_is_settled_and_says_by_which_words(tmp_path: Path, by: RatedBy) -> None:
    given_up = pledge("Norland drops its goal of 4% of GDP by 2020.", 4.0, 2020, negated=True)
    with asking(put(tmp_path / "r.db", by, READINGS[2], page("https://x.example/", "2015-01-02", given_up))) as site:
        listed = shown(site.get("/commitments?status=dropped"))
        told = shown(site.get("/threads/T1"))
        overdue = shown(site.get("/commitments?status=overdue"))
    assert "Norland : defence spending 4% of GDP by 2020" in listed
    assert "· dropped" in listed
    assert "dropped by what was said on 2015-01-02 in x.example" in told
    assert "No commitment fits all of this." in overdue


def test_figures_of_an_event_are_shown_with_their_extremes_and_who_says_so(site: TestClient[Any]) -> None:
    told = shown(site.get(f"/threads/{thread_of(site, 'Norland', 'figure')}"))
    assert "lowest at least 120 , says the governor , in these words , 2025-01-02" in told
    assert "highest 180 , says the Red Cross , in these words , 2025-01-03" in told


def test_a_plot_is_there_as_drawing_table_and_words(site: TestClient[Any], by: RatedBy) -> None:
    text = site.get(f"/threads/{thread_of(site, 'Britain')}").text
    plot = text[text.index('<figure class="plot"') : text.index("</figure>")]
    rows = re.findall(r'<tr(?: class="ahead")? data-x="([\d.]+)" data-y="([\d.]+)"><th scope="row">([^<]*)', plot)
    known = by.figures.series("nato_defence_exp_pct_gdp", "GBR").observations
    assert [period for *_, period in rows] == [
        *(one.period for one in known),
        *map(str, range(int(known[-1].period) + 1, 2030)),
    ]
    assert all(0 <= float(place) <= 100 for row in rows for place in row[:2])
    assert plot.count("<circle") > len(known)
    assert 'aria-label="Defence expenditure as a share of GDP (NATO definition), United Kingdom: ' in plot
    assert re.findall(r'type="checkbox" class="([\w-]+)"', plot) == ["show-editions", "show-fan", "show-needed"]
    for drawing in re.findall(r'<svg role="img".*?\n  </svg>', plot, re.DOTALL):
        ElementTree.fromstring(html.unescape(drawing).replace("&", "&amp;"))


def test_only_a_page_with_a_plot_loads_its_script(site: TestClient[Any]) -> None:
    loads = [
        "plot.js" in site.get(path).text
        for path in (
            "/commitments",
            f"/threads/{thread_of(site, 'Britain')}",
            f"/threads/{thread_of(site, 'Norland')}",
        )
    ]
    assert loads == [False, True, False]


def test_a_plot_is_there_as_a_picture(site: TestClient[Any]) -> None:
    pytest.importorskip("altair")
    pytest.importorskip("vl_convert")
    britain = thread_of(site, "Britain")
    svg, png = (site.get(f"/threads/{britain}/plot.{ending}") for ending in ("svg", "png"))
    assert (svg.headers["content-type"], png.headers["content-type"]) == ("image/svg+xml", "image/png")
    assert svg.content.startswith(b"<svg")
    assert png.content.startswith(b"\x89PNG")
    assert svg.headers["content-disposition"] == f'inline; filename="onrecord-{britain}.svg"'
    assert f'href="/threads/{britain}/plot.png"' in site.get(f"/threads/{britain}").text


def test_without_the_extra_no_picture_is_offered(site: TestClient[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thread_page, "find_spec", lambda name: None)
    assert "As a picture" not in site.get(f"/threads/{thread_of(site, 'Britain')}").text


@pytest.mark.parametrize(
    "name", ["T999", "999", "T", "x", "T1x", "T" + "9" * 30, "%3Cscript%3E", "T1/plot.gif", "T3/plot.svg"]
)
def test_an_unknown_thread_or_picture_is_told_with_a_next_step(site: TestClient[Any], name: str) -> None:
    response = site.get(f"/threads/{name}")
    assert response.status_code == 404
    assert "there is no" in shown(response)
    assert "Commitments lists" in shown(response) or "The page of T" in shown(response)


def test_a_long_history_is_shown_page_by_page(tmp_path: Path, by: RatedBy) -> None:
    said = [
        page(
            f"https://o{n}.example/",
            str(dt.date(2020, 1, 1) + dt.timedelta(n)),
            pledge(f"Norland vows 4% of GDP by 2031, paper {n} says.", 4, 2031),
        )
        for n in range(103)
    ]
    with asking(put(tmp_path / "r.db", by, *said)) as site:
        first = site.get("/threads/T1").text
        second = site.get("/threads/T1?start=100").text
        beyond = site.get("/threads/T1?start=103")
    assert [text.count('<li class="event') for text in (first, second)] == [100, 3]
    assert 'href="/threads/T1?start=100#said" rel="next"' in first
    assert 'href="/threads/T1?start=0#said" rel="prev"' in second
    assert beyond.status_code == 400


# --- a claim ---


def test_a_claim_stands_marked_in_its_paragraph_with_a_link_to_its_words(site: TestClient[Any]) -> None:
    britain = thread_of(site, "Britain")
    address = claim_of(site, britain, 1)
    text = site.get(f"/claims/{address}").text
    assert "<bdi><mark>London now says it will reach 3% of GDP by 2029.</mark></bdi>" in text
    link = "https://post.example/2#:~:text=London%20now%20says%20it%20will%20reach%203%25%20of%20GDP%20by%202029."
    assert f'href="{link}"' in text
    assert f'href="/threads/{britain}"' in text


def test_the_beginning_of_an_address_leads_to_the_claim(site: TestClient[Any]) -> None:
    address = claim_of(site, thread_of(site, "Britain"))
    response = site.get(f"/claims/{address[:10]}", follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (303, f"/claims/{address}")


@pytest.mark.parametrize("address", ["0", "ffffffffffff", "'; DROP TABLE claims; --", "%3Cscript%3E"])
def test_an_unknown_claim_is_told_with_a_next_step(site: TestClient[Any], address: str) -> None:
    response = site.get(f"/claims/{address}")
    assert response.status_code == 404
    assert "there is no claim" in shown(response)
    assert "Search the record for its words." in shown(response)


def test_a_claim_shows_verdict_sources_and_reviews_and_a_former_one_since_when_it_is_gone(tmp_path: Path) -> None:
    with open_record(str(tmp_path / "r.db"), may_be_new=True) as record:
        corrected, rejected = fill(record)
        with record.reading() as connection:
            refuted = connection.execute(select(claims.c.address).where(claims.c.verdict == "refuted")).scalar_one()
    with asking(tmp_path / "r.db") as site:
        judged, changed, gone = (shown(site.get(f"/claims/{one}")) for one in (refuted, corrected, "gone-1"))
        rejection = shown(site.get(f"/claims/{rejected}"))
        link = site.get(f"/claims/{refuted}").text
    assert "2.5% claimed; 1.5% in 2025: too high by at least 0.9 points" in judged
    assert "harbour-spending NWP 2025 1.5 percent 2026-01-02 Harbour Office Harbour Office, free to use" in judged
    assert 'href="https://example.org/harbour"' in link
    assert "accepted by ana" in judged
    assert "taken back" in judged
    assert "corrected by ana" in changed
    assert "=Ruiz" in changed
    assert "rejected by ana" in rejection
    assert "No longer read since version 2 of onrecord. Version 1 read it" in gone


@pytest.mark.parametrize(
    ("address", "words", "link"),
    [
        (None, "a b", None),
        ("https://a.example/", "", "https://a.example/"),
        ("https://a.example/", "a-b, c&d", "https://a.example/#:~:text=a%2Db%2C%20c%26d"),
        ("https://a.example/#top", "a", "https://a.example/#top:~:text=a"),
        ("https://a.example/", "one two three\nfour five six seven eight nine ten", "https://a.example/#:~:text=one%20two%20three%20four,seven%20eight%20nine%20ten"),
        ("https://a.example/", "word " * 40, "https://a.example/#:~:text=word%20word%20word%20word,word%20word%20word%20word"),
        ("https://a.example/", "one two\nthree", "https://a.example/#:~:text=one%20two"),
        ("https://a.example/", "\ud800", "https://a.example/#:~:text=%3F"),
    ],
)  # fmt: skip
def test_a_link_leads_to_the_words(address: str | None, words: str, link: str | None) -> None:
    assert to_words(address, words) == link


# --- hostile captures ---


def test_pages_of_hostile_captures_hold_nothing_active(tmp_path: Path, by: RatedBy) -> None:
    place = put(tmp_path / "r.db", by, *hostile())
    with open_record(str(place)) as record, record.reading() as connection:
        addresses = connection.execute(select(claims.c.address)).scalars().all()
        numbers = connection.execute(select(threads.c.id)).scalars().all()
    with asking(place) as site:
        paths = ["/commitments", *(f"/threads/T{one}" for one in numbers), *(f"/claims/{one}" for one in addresses)]
        pages = [site.get(path) for path in paths]
    assert {one.status_code for one in pages} == {200}
    assert len(addresses) == len(TRICKS)
    text = "".join(one.text for one in pages)
    assert (
        re.findall(r"<script(?! (?:type=\"module\" )?src=\"/assets/)|<style|<img|<svg/|\sstyle=|<[^>]*\son\w+=\"", text)
        == []
    )
    assert re.findall(r'(?:href|src|action)="\s*javascript:', text) == []
    assert {"\u202e", "\u200b", "\u2060"} & set(text) == set()
    assert "&lt;script&gt;fetch(" in text


# --- plots ---


@pytest.mark.parametrize("target", ["0.1%", "2.5%", "90%"])
def test_everything_drawn_lies_within_the_area(by: RatedBy, target: str) -> None:
    one = outlook(by.figures, "nato_defence_exp_pct_gdp", "GBR", target, by=dt.date(2035, 12, 31))
    plot = outlook_plot(one, by.figures)
    small = spark(one, by.figures)
    assert plot
    assert small
    drawn = " ".join((plot.line, plot.band, plot.median, plot.needed))
    places = [float(number) for number in re.findall(r"-?[\d.]+", drawn)]
    places += [place for point in (*plot.points, *plot.earlier) for place in (point.x, point.y)]
    places += [tick.at for tick in (*plot.up, *plot.across)]
    assert all(0 <= place <= 100 for place in places)
    assert all(0 <= float(number) <= small.width for number in re.findall(r"-?[\d.]+", small.line))
    assert 2 <= len(plot.up) <= 7
    assert 2 <= len(plot.across) <= 13


def test_a_higher_value_stands_higher_and_a_later_one_further_right(by: RatedBy) -> None:
    one = outlook(by.figures, "nato_defence_exp_pct_gdp", "GBR", "2.5%", by=dt.date(2027, 12, 31))
    plot = outlook_plot(one, by.figures)
    assert plot
    values = [row.value for row in by.figures.series("nato_defence_exp_pct_gdp", "GBR").observations]
    by_height = sorted(range(len(values)), key=lambda n: -plot.points[n].y)
    assert [values[n] for n in by_height] == sorted(values)
    across = [point.x for point in plot.points]
    assert across == sorted(set(across))


def test_a_target_without_value_or_level_is_not_drawn(by: RatedBy) -> None:
    one = outlook(by.figures, "nato_defence_exp_pct_gdp", "ISL", "2%", by=dt.date(2027, 12, 31))
    assert outlook_plot(one, by.figures) is None
    assert spark(one, by.figures) is None


def test_a_sparkline_shows_the_target_and_a_deadline_within_its_reach(by: RatedBy) -> None:
    near, far = (
        spark(outlook(by.figures, "nato_defence_exp_pct_gdp", "GBR", "2.5%", by=dt.date(year, 12, 31)), by.figures)
        for year in (2028, 2090)
    )
    assert isinstance(near, Spark)
    assert isinstance(far, Spark)
    assert near.deadline == near.width - 3
    assert far.deadline is None
    assert isinstance(near.last, Point)
    assert near.target < near.last.y  # higher than the latest value


def test_a_thread_whose_indicator_is_no_longer_known_still_has_its_page(tmp_path: Path, by: RatedBy) -> None:
    place = put(tmp_path / "r.db", by, READINGS[0])
    with open_record(str(place)) as record, record.writing() as connection:
        rating = connection.execute(select(threads.c.rating)).scalar_one()
        connection.execute(update(threads).values(rating=rating.replace("nato_defence_exp_pct_gdp", "own_series")))
    with asking(place) as site:
        assert site.get("/commitments").status_code == 200
        told = site.get("/threads/T1")
    assert told.status_code == 200
    assert "first said 2.5% of GDP by 2027" in shown(told)
