"""Stories found on pages of our own making, in the shapes that captures come in."""

from __future__ import annotations

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.captures import capture_from_html, capture_from_text
from onrecord.model import Story
from onrecord.stories import find_stories

HARBOUR = (
    "The port authority of Lindesund will spend 40 million euros on a new breakwater by 2031, its director said on "
    "Tuesday, after two winters in which storms closed the harbour for weeks.",
    "“Every closed day costs the town a quarter of a million,” Marit Solheim told reporters on the quay. “We have been "
    "counting those days for too long.”",
    "Work is to begin in the spring. The authority expects 300 people to find jobs on the site, most of them from the "
    "three villages that face the sound.",
    "Fishermen, who were not consulted, doubt that the wall will hold. They want the old mole raised by two metres "
    "first, and the dredging of the channel brought forward to this autumn.",
    "The ministry of transport has promised to pay half of the bill, provided that the tender is opened to yards "
    "abroad and the breakwater is finished on time.",
)
CLINIC = (
    "Nurses at the children's clinic in Port Amal walked out on Friday over unpaid night shifts, leaving only the "
    "emergency ward staffed, hospital officials said.",
    "About 120 nurses gathered in front of the gate with drums and whistles. Their union says that the clinic owes "
    "them six months of allowances.",
    "The health ministry acknowledged the debt and asked for patience until the new budget is passed. Doctors warned "
    "that operations on infants would have to wait.",
    "Parents carried their children to the military hospital across the river, where the corridors were full by noon.",
    "“Nobody wants this strike, least of all we,” said Samira Haddad, who has worked at the clinic for 19 years.",
)
MENU = ("Skip to content", "Home", "World", "Business", "Sport", "Weather", "Sign in", "Subscribe")
FOOTER = ("Read also", "Newsletter", "Contact us", "Terms of use", "© Lindesund Courier. All rights reserved.")
CAPTIONS = (
    "Waves break over the old mole in Lindesund, Monday, March 3, 2025. (Arne Vik/Pool Photo)",
    "Port director Marit Solheim, left, shows a model of the breakwater, Tuesday, March 4, 2025. (Arne Vik/Pool Photo)",
)


def stories_of(*lines: str, gap: str = "\n\n") -> tuple[str, tuple[Story, ...]]:
    text = gap.join(lines)
    return text, find_stories(capture_from_text(text, "page"))


def bodies(text: str, stories: tuple[Story, ...]) -> list[list[str]]:
    """Return each story's body as its lines."""
    return [[line for a, b in story.body for line in text[a:b].split("\n") if line] for story in stories]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_page_gives_its_article_without_what_stands_around_it(gap: str) -> None:
    text, stories = stories_of(
        *MENU, "Harbour to get its breakwater", "By Tuva Nes", "March 4, 2025, 10:15 AM", *HARBOUR, *FOOTER, gap=gap
    )
    assert bodies(text, stories) == [list(HARBOUR)]
    assert (stories[0].headline, stories[0].byline, stories[0].published) == (
        "Harbour to get its breakwater",
        "Tuva Nes",
        "2025-03-04T10:15",
    )


def test_a_story_that_is_nothing_but_its_paragraphs_is_read_whole() -> None:
    text, stories = stories_of(*HARBOUR)
    assert bodies(text, stories) == [list(HARBOUR)]
    assert (stories[0].start, stories[0].end) == (0, len(text))


def test_two_reports_run_together_part_where_the_second_opens_with_its_dateline() -> None:
    gallery = [caption for caption in CAPTIONS for _ in range(2)]
    second = (f"PORT AMAL (AFP) — {CLINIC[0]}", *CLINIC[1:])
    text, stories = stories_of(
        *MENU[:1],
        "Harbour to get its breakwater",
        "News",
        "Harbour to get its breakwater",
        "2025-03-04 10:15 Last Updated At:10:40",
        f"LINDESUND (AP) — {HARBOUR[0]}",
        HARBOUR[1],
        "More Images",
        *gallery,
        *HARBOUR[2:],
        *gallery,
        *second,
        "Recommended Articles",
    )
    assert bodies(text, stories) == [[f"LINDESUND (AP) — {HARBOUR[0]}", *HARBOUR[1:]], list(second)]
    assert [(s.dateline, s.agency) for s in stories] == [("LINDESUND", "AP"), ("PORT AMAL", "AFP")]
    assert [len(s.photos) for s in stories] == [2, 0]


def test_whole_pages_one_after_the_other_are_as_many_stories() -> None:
    text, stories = stories_of(
        *MENU, "Harbour to get its breakwater", "March 4, 2025", *HARBOUR, *FOOTER,
        *MENU, "Nurses walk out in Port Amal", "March 7, 2025", *CLINIC, *FOOTER,
    )  # fmt: skip
    assert bodies(text, stories) == [list(HARBOUR), list(CLINIC)]
    assert [s.headline for s in stories] == ["Harbour to get its breakwater", "Nurses walk out in Port Amal"]


def test_a_live_blog_under_times_of_day_is_one_story() -> None:
    clocks = ("8:40 p.m.", "7:30 p.m.", "6 p.m.", "4:15 p.m.", "2:05 p.m.")
    entries = [line for clock, paragraph in zip(clocks, HARBOUR, strict=True) for line in (clock, paragraph)]
    text, stories = stories_of("The latest: storm closes Lindesund harbour", "Posted: March 4, 2025 8:45 PM", *entries)
    assert len(stories) == 1
    assert set(HARBOUR) <= set(bodies(text, stories)[0])


@pytest.mark.parametrize("more", ["Read more", "W140 Full Story"])
def test_a_list_page_has_no_story(more: str) -> None:
    teasers = [
        ("Harbour to get its breakwater", HARBOUR[0][:110] + " ..."),
        ("Nurses walk out in Port Amal", CLINIC[0][:100] + " ..."),
        (
            "Ferry line to close after 80 years",
            "The last boat between the islands will leave on 30 June, its owner ...",
        ),
        (
            "School roof gives way under snow",
            "Nobody was hurt when the roof of a gymnasium in Vik came down on Sunday ...",
        ),
        (
            "Three bids for the old brewery",
            "A hotel, a museum and a climbing hall compete for the brick halls at the ...",
        ),
        (
            "Council votes down toll on bridge",
            "Drivers will go on crossing the Orsa bridge for free, the town council ...",
        ),
    ]
    lines = [line for title, teaser in teasers for line in (title, "4 March 2025", teaser, more)]
    assert stories_of("Lindesund Courier", *MENU, *lines, *FOOTER)[1] == ()


@pytest.mark.parametrize("lines", [MENU, FOOTER, ("12:30 Uhr",), ("a",), CAPTIONS[:1]])
def test_a_page_without_a_story_gives_none(lines: tuple[str, ...]) -> None:
    assert stories_of(*lines)[1] == ()


def test_a_capital_that_was_set_apart_belongs_to_its_paragraph() -> None:
    text, stories = stories_of("T", HARBOUR[0][1:], *HARBOUR[1:])
    assert bodies(text, stories) == [["T", HARBOUR[0][1:], *HARBOUR[1:]]]


def test_a_standfirst_before_the_byline_is_no_body() -> None:
    standfirst = "Town and state share the cost of a wall that fishermen say will not hold"
    text, stories = stories_of("Harbour to get its breakwater", standfirst, "By Tuva Nes", "March 4, 2025", *HARBOUR)
    assert bodies(text, stories) == [list(HARBOUR)]


def test_a_german_page_is_read_like_an_english_one() -> None:
    article = (
        "Die Stadtwerke von Oberthal wollen bis 2030 alle Kohlekessel abschalten. Das kündigte Geschäftsführerin Ute "
        "Brandt am Mittwoch vor dem Gemeinderat an, nachdem die Preise erneut gestiegen waren.",
        "„Wir heizen mit dem, was wir haben, und das ist Wasser“, sagte Brandt. Eine Wärmepumpe am Fluss soll 4000 "
        "Haushalte versorgen und rund 60 Millionen Euro kosten.",
        "Die Opposition hält die Rechnung für zu knapp. Sie verlangt, dass zuerst die undichten Leitungen im Süden der "
        "Stadt erneuert werden, bevor neue Schulden gemacht werden.",
        "Der Rat will im Herbst entscheiden. Bis dahin soll ein Gutachten klären, ob der Fluss im Sommer genug Wasser "
        "führt.",
    )
    text, stories = stories_of(
        "Startseite", "Politik", "Sport", "Anmelden", "Oberthal steigt aus der Kohle aus", "Von Jana Weiß",
        "05.03.2025, 14:20 Uhr", *article, "Mehr zum Thema", "Newsletter abonnieren", "Impressum", "Datenschutz",
    )  # fmt: skip
    assert bodies(text, stories) == [list(article)]


def test_markup_tells_an_article_from_the_comments_below_it() -> None:
    article = "".join(f"<p>{paragraph}</p>" for paragraph in HARBOUR)
    comments = "".join(f'<div class="comment"><p>{paragraph}</p></div>' for paragraph in CLINIC[:3])
    html = (
        "<html><head><title>Harbour to get its breakwater</title></head><body><nav><ul><li><a href=/>Home</a></li>"
        f"<li><a href=/s>Sport</a></li></ul></nav><article><h1>Harbour to get its breakwater</h1>{article}</article>"
        f'<section class="comments" id="comments"><h3>Comments</h3>{comments}</section>'
        "<footer><a href=/t>Terms of use</a></footer></body></html>"
    )
    capture = capture_from_html(html, "page")
    text, stories = capture.text, find_stories(capture)
    assert bodies(text, stories)[0] == list(HARBOUR)


LINE = st.sampled_from([*HARBOUR, *CLINIC, *MENU, *FOOTER, *CAPTIONS, "", "LINDESUND (AP) — It rained.", "6 p.m."])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(LINE | st.text(max_size=200), min_size=1, max_size=40)
    .map("\n".join)
    .filter(lambda t: any(map(str.isalpha, t)))
)
def test_bodies_are_ordered_runs_inside_their_stories_and_always_the_same(text: str) -> None:
    capture = capture_from_text(text, "page")
    stories = find_stories(capture)
    runs = [run for story in stories for run in story.body]
    assert all(a < b for a, b in runs)
    assert all(first[1] < second[0] for first, second in pairwise(runs))
    assert all(s.start <= s.body[0][0] and s.body[-1][1] <= s.end <= len(capture.text) for s in stories)
    assert [s.start for s in stories] == sorted(s.start for s in stories)
    starts, ends = {b.span.start for b in capture.blocks}, {b.span.end for b in capture.blocks}
    assert {a for a, _ in runs} <= starts
    assert {b for _, b in runs} <= ends
    assert find_stories(capture_from_text(text, "page")) == stories


def test_time_stays_linear_in_the_length_of_a_capture() -> None:
    def seconds(pages: int) -> float:
        lines = []
        for i in range(pages):
            lines += [*MENU, f"Day {i} of the storm", *(f"{p} This was day {i}." for p in (*HARBOUR, *CLINIC)), *FOOTER]
        capture = capture_from_text("\n\n".join(lines), "page")
        times = []
        for _ in range(3):
            start = process_time()
            assert find_stories(capture)
            times.append(process_time() - start)
        return min(times)

    seconds(1)
    assert seconds(320) < 32 * seconds(40)  # eight times as long; a square law would make it 64 times
