"""The page Figures: indicators, series with their editions, sources; and how what is given in an address is read."""

from __future__ import annotations

import datetime as dt
import gzip
import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from litestar.testing import TestClient

from onrecord import figures
from onrecord.figures.folder import add_file
from onrecord.figures.rows import csv_text
from onrecord.web import app as web_app
from onrecord.web import given
from onrecord.web.gate import Refusal
from onrecord.web.plot import series_plot
from onrecord.web.serving import Serving

BRITAIN = "/figures/nato_defence_exp_pct_gdp/GBR"
TRICK = "<script>alert(1)</script>"
NAME = f"Cranes {TRICK}"
OWN = f"""indicator,entity,period,value,unit,edition,source,address,attribution,licence,title
own_cranes,GBR,2023,41,count,2024-02-01,Harbour Office,https://harbour.example/1,Harbour Office,free,{NAME}
own_cranes,GBR,2023,43,count,2025-02-01,Harbour \u202eOffice,javascript:alert(1),Harbour Office {TRICK},free,{NAME}
own_cranes,GBR,2024,1234.5,count,by 2025-02-01,Harbour Office,https://harbour.example/1,Harbour Office,free,{NAME}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient[Any]]:
    """Ask a server that knows an indicator of its user's own beside those built in."""
    folder = tmp_path_factory.mktemp("figures")
    (folder / "own.csv").write_text(OWN, encoding="utf-8")
    add_file(folder / "own.csv", folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ONRECORD_FIGURES", str(folder))
        app = web_app.create_app(str(folder / "none.db"), Serving(readers=1))
        with TestClient(app, base_url="http://127.0.0.1:8000") as one:
            yield one


def shown(response: Any) -> str:
    """Return what a page says, in one line, without its navigation and footer."""
    main = response.text.split("<main", 1)[1].split("</main>", 1)[0]
    main = re.sub(r"<(?:datalist|svg).*?</(?:datalist|svg)>", " ", main, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", main.split(">", 1)[1])).split())


def listed(response: Any) -> list[str]:
    return re.findall(r'<h2><a href="/figures/(\w+)', response.text)


# --- indicators ---


def test_every_indicator_is_listed_with_unit_publisher_and_licence(site: TestClient[Any]) -> None:
    response = site.get("/figures")
    assert sorted(listed(response)) == sorted([one.id for one in figures.load().indicators] + ["own_cranes"])
    told = (
        "percent of GDP · 33 countries and groups · NATO · NATO terms of use: credit NATO; not for sale or advertising"
    )
    assert told in shown(response)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("words=Renewables", ["electricity_share_renewables"]),
        ("words=co2+capita", ["co2_per_capita"]),
        ("words=harbour+unicorns", []),
        ("entity=Norway&words=sipri", ["military_exp_pct_gdp"]),
        ("entity=Iceland&words=national+currency+nato", []),
        ("words=&entity=&x=1", None),
    ],
)
def test_indicators_are_found_by_words_and_by_whom_they_are_of(
    site: TestClient[Any], query: str, found: list[str] | None
) -> None:
    assert listed(site.get(f"/figures?{query}")) == (listed(site.get("/figures")) if found is None else found)


def test_of_a_country_the_list_leads_to_its_series(site: TestClient[Any]) -> None:
    assert 'href="/figures/population/NOR"' in site.get("/figures?entity=Norway&words=population").text


def test_nothing_found_says_what_to_do(site: TestClient[Any]) -> None:
    assert "No indicator fits. Try fewer words" in shown(site.get("/figures?words=unicorns"))


def test_an_indicator_tells_its_breaks_its_notes_and_whom_it_covers(site: TestClient[Any]) -> None:
    response = site.get("/figures/nato_defence_exp_pct_gdp")
    told = shown(response)
    for part in ("break From edition 2026-03-26 on: NATO calls", "beware NATO's definition", "licence NATO terms"):
        assert part in told
    assert f'<a href="{BRITAIN}">United Kingdom</a>' in response.text


def test_the_form_leads_to_the_series_under_its_code(site: TestClient[Any]) -> None:
    response = site.get("/figures/ghg_total?entity=the+U.K.&as_of=2026-01-05", follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (303, "/figures/ghg_total/GBR?as_of=2026-01-05")
    response = site.get("/figures/ghg_total/Britain", follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (303, "/figures/ghg_total/GBR")


# --- series ---


def test_editions_stand_side_by_side_the_newest_first_and_bold(site: TestClient[Any]) -> None:
    text = site.get(BRITAIN).text
    table = text[text.index("editions-table") :]
    editions = re.findall(r'<th scope="col" class="num">(?:by )?([\d-]+)</th>', table)
    assert editions == sorted(editions, reverse=True)
    known = figures.load().series("nato_defence_exp_pct_gdp", "GBR", editions=True).observations
    assert table.count('<td class="num"><b>') == len({one.period for one in known})
    (row,) = re.findall(r'<tr><th scope="row">2023</th>(.*?)</tr>', table)
    cells = [re.sub(r"<[^>]*>", "", cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", row)]
    assert [cell for cell in cells if cell] == ["2.248638", "2.302683 e", "2.28 e", "2.066565 e"]


def test_a_series_is_shown_as_it_was_known_on_a_day(site: TestClient[Any]) -> None:
    then = site.get(f"{BRITAIN}?as_of=2024-07-01")
    assert "as known on 2024-07-01" in shown(then)
    assert "2025-08-28" not in shown(then)
    assert "2.302683" in shown(then)
    before = shown(site.get(f"{BRITAIN}?as_of=1999-01-01"))
    assert "Nothing was known on that day. The first edition was public on 2017-06-29." in before


def test_a_series_without_values_says_where_there_are_some(site: TestClient[Any]) -> None:
    assert "No value of this is known for Japan" in shown(site.get("/figures/nato_defence_exp_pct_gdp/JPN"))


def test_every_source_is_named_once_with_its_editions_and_credit(site: TestClient[Any]) -> None:
    told = shown(site.get("/figures/own_cranes/GBR"))
    sources = told[told.index("Sources") : told.index("About the indicator")]
    assert sources.count("Harbour Office : editions 2024-02-01, by 2025-02-01 Harbour Office") == 1
    assert f"Harbour ⟨U+202E⟩Office : edition 2025-02-01 Harbour Office {TRICK}" in sources


def test_figures_of_the_users_own_cannot_act(site: TestClient[Any]) -> None:
    for path in ("/figures", "/figures/own_cranes", "/figures/own_cranes/GBR"):
        text = site.get(path).text
        assert "<script>alert" not in text
        assert "&lt;script&gt;alert" in text
        assert re.findall(r'(?:href|src)="\s*javascript:', text) == []


def test_a_series_is_there_as_a_table_for_programs(site: TestClient[Any]) -> None:
    response = site.get(f"{BRITAIN}/series.csv?as_of=2024-07-01")
    day = dt.date(2024, 7, 1)
    series = figures.load().series("nato_defence_exp_pct_gdp", "GBR", as_of=day, editions=True)
    assert response.text == csv_text(series)
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert f'href="{BRITAIN}/series.csv?as_of=2024-07-01"' in site.get(f"{BRITAIN}?as_of=2024-07-01").text


def test_figures_need_no_record(site: TestClient[Any]) -> None:
    assert site.get(BRITAIN).status_code == 200


def test_a_long_series_stays_small_over_the_wire(site: TestClient[Any]) -> None:
    assert len(gzip.compress(site.get("/figures/gdp_current_usd/USA").content)) < 20_000


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/figures/populaton", 404, "there is no indicator populaton Nearest: population"),
        ("/figures/%3Cb%3E/GBR", 404, "there is no indicator <b>"),
        ("/figures/population/Atlantis", 404, "no country or group is known as Atlantis Nearest: "),
        ("/figures/population?entity=Atlantis", 400, "no country or group is known as Atlantis"),
        ("/figures?entity=Atlantis", 400, "no country or group is known as Atlantis"),
        ("/figures/population/GBR?as_of=yesterday", 400, "as_of: 'yesterday' is not a day such as 2025-06-09"),
        ("/figures/population/GBR?as_of=2025-02-30", 400, "as_of: '2025-02-30' is not a day"),
        ("/figures/population/GBR/series.csv?as_of=x", 400, "as_of: 'x' is not a day"),
        ("/figures/population/GBR/series.txt", 404, "Not Found"),
        ("/figures?words=" + "x" * 201, 400, "words: longer than 200 characters"),
    ],
)
def test_what_is_not_there_or_cannot_be_asked_is_told(site: TestClient[Any], path: str, status: int, told: str) -> None:
    response = site.get(path)
    assert response.status_code == status
    assert told in shown(response)


# --- plots of series ---


def test_the_units_of_an_axis_are_words_where_numbers_are_large() -> None:
    known = figures.load()
    units = {
        name: plot.unit
        for name in ("population", "gdp_current_usd", "ghg_total", "co2_per_capita", "oda_pct_gni")
        if (plot := series_plot(known.series(name, "GBR", editions=True)))
    }
    assert units == {
        "population": "million",
        "gdp_current_usd": "trillion USD",
        "ghg_total": "million t",
        "co2_per_capita": "t per capita",
        "oda_pct_gni": "percent of GNI",
    }


def test_a_single_value_is_no_plot() -> None:
    known = figures.load()
    early = known.series("nato_defence_exp_pct_gdp", "GBR", as_of=dt.date(2017, 7, 1), editions=True)
    assert len(early.observations) == 1
    assert series_plot(early) is None


# --- what is given ---


@pytest.mark.parametrize(
    ("text", "day"),
    [("", None), ("  ", None), ("2024-02-29", dt.date(2024, 2, 29)), (" 2025-01-01 ", dt.date(2025, 1, 1))],
)
def test_a_day_is_read(text: str, day: dt.date | None) -> None:
    assert given.day("as_of", text) == day


@pytest.mark.parametrize("text", ["2024-2-9", "20240209", "2023-02-29", "٢٠٢٤-٠١-٠١", "2024-01-01T00:00"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="is not a day"):
        given.day("as_of", text)


@pytest.mark.parametrize("text", ["1.5", "-1", "101", "1e1", "٣", "9" * 30])
def test_what_is_no_whole_number_in_range_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="is not a whole number from 0 to 100"):
        given.whole("n", text, most=100)


def test_words_lose_their_blanks_and_nothing_is_nothing() -> None:
    assert given.words("actor", "  Ana \t Roth ") == "Ana Roth"
    assert given.words("actor", " \n") is None
    assert given.one_of("kind", "", ("a",)) is None
    assert given.whole("n", " 7 ", most=7) == 7
