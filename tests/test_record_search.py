"""Searching the record, the same in both databases."""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import delete, select, update

from onrecord import cli
from onrecord.errors import UsageError
from onrecord.model import Observation, Verdict
from onrecord.record.adding import add
from onrecord.record.database import Record
from onrecord.record.exporting.columns import COLUMNS
from onrecord.record.rereading import take_over
from onrecord.record.schema import claims, metadata, thread_claims
from onrecord.record.searching import Hit, Query, StoryHit, find, find_stories
from onrecord.record.terms import Term, alternatives_in, spans_in
from tests.pages import Told, anew, page, pledge

REFUTED = Verdict(
    verdict="refuted",
    arithmetic="40 ferries against 31",
    indicator="ferries",
    entity="NOR",
    period="2024",
    edition=dt.date(2025, 1, 2),
    observations=(
        Observation(
            indicator="ferries",
            entity="NOR",
            period="2024",
            value=31,
            unit="count",
            edition=dt.date(2025, 1, 2),
            source="made",
        ),
    ),
)
UNKNOWN = Verdict(verdict="uncheckable", reason="no indicator", arithmetic="no indicator is named")

DEFENCE = Told(words="Britain will pay for air defence.", actor="Britain", country="GB", said_by="the defence minister")
HYPHEN = Told(words="The air-defence budget is to grow.", actor="Westland", kind="proposal", measure="budget")
APART = Told(words="Its defence is not in the air.", actor="Air Board", kind="forecast", measure=None)
CAFE = Told(words="Café owners were promised schools.", actor="the mayor of Amsel", measure="schools")
FERRIES = Told(
    words="Norland has 40 ferries.", kind="figure", country="NO", measure="ferries", more={"verdict": REFUTED}
)
BOATS = Told(
    words="Norland has 9 boats; it pledges more.", kind="figure", country="NO", measure="boats",
    more={"verdict": UNKNOWN},
)  # fmt: skip
UNDATED = pledge("Sudland pledged 3% by 2029.", 3.0, 2029, actor="Sudland", measure="spending", said_by="Ada Berg")

PAGES = (
    page("https://www.daily.example/1", "2025-03-04", DEFENCE, HYPHEN, headline="Skies"),
    page("https://late-post.example/2", "2024-12-31", CAFE, FERRIES, headline="Harbour news"),
    page("https://daily.example/3", "2025-03-05", APART, BOATS, headline="Boats"),
    page("undated.txt", None, UNDATED, headline="No day"),
)
EVERYTHING = (BOATS, APART, HYPHEN, DEFENCE, FERRIES, CAFE, UNDATED)
"""In the order in which they are found."""

READS_ONLY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.fixture
def filled(record: Record) -> Record:
    for one in PAGES:
        add(record, one, reader="1")
    return record


def words_found(record: Record, query: Query) -> list[str]:
    return [hit.words for hit in find(record, query).hits]


def words_of(*told: Told) -> list[str]:
    return [one.words for one in told]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", EVERYTHING),
        ("air defence", (APART, HYPHEN, DEFENCE)),
        ("DEFENCES", (APART, HYPHEN, DEFENCE)),
        ('"air defence"', (HYPHEN, DEFENCE)),
        ("“air defence”", (HYPHEN, DEFENCE)),
        ("air-defence budget", (HYPHEN,)),
        ("ferry", (FERRIES,)),
        ("pledge", (BOATS, UNDATED)),
        ("ferr* OR school", (FERRIES, CAFE)),
        ("boat OR ferries norland OR nonesuch", (BOATS, FERRIES)),
        ('"has 9 boa"*', (BOATS,)),
        ("no*", ()),
        ("cafe", (CAFE,)),
        ("CAFÉS", (CAFE,)),
        ("cafe\u0301", (CAFE,)),
        ("the", (APART, HYPHEN, DEFENCE, CAFE)),
        ("minister", (DEFENCE,)),
        ("OR", ()),
        ('"air', (APART, HYPHEN, DEFENCE)),
        ("words:air", ()),
        ("air AND defence", ()),
        ("NOT air", (APART,)),
        ("^air", (APART, HYPHEN, DEFENCE)),
        ("!?", ()),
        ('"air" "board', (APART,)),
        ('"in the air Air Board"', ()),
    ],
)
def test_words(filled: Record, typed: str, expected: tuple[Told, ...]) -> None:
    assert words_found(filled, Query(words=typed)) == words_of(*expected)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Query(kind="figure"), (BOATS, FERRIES)),
        (Query(actor="UK"), (DEFENCE,)),
        (Query(actor="British"), (DEFENCE,)),
        (Query(actor="westland"), (HYPHEN,)),
        (Query(actor="amsel mayor"), ()),
        (Query(actor="Mayor of Amsel"), (CAFE,)),
        (Query(actor="..."), ()),
        (Query(said_by="Berg"), (UNDATED,)),
        (Query(measure="school"), (CAFE,)),
        (Query(outlet="www.Daily.example"), (BOATS, APART, HYPHEN, DEFENCE)),
        (Query(outlet="late-post.example"), (FERRIES, CAFE)),
        (Query(outlet="example"), ()),
        (Query(outlet='daily" OR "air'), ()),
        (Query(first_day=dt.date(2025, 3, 5)), (BOATS, APART)),
        (Query(last_day=dt.date(2025, 3, 4)), (HYPHEN, DEFENCE, FERRIES, CAFE)),
        (Query(first_day=dt.date(2025, 1, 1), last_day=dt.date(2025, 3, 4)), (HYPHEN, DEFENCE)),
        (Query(verdict="refuted"), (FERRIES,)),
        (Query(indicator="ferries", words="norland"), (FERRIES,)),
        (Query(verdict="uncheckable", kind="figure"), (BOATS,)),
        (Query(min_confidence=0.8), EVERYTHING),
        (Query(min_confidence=0.81), ()),
        (Query(words="defence", kind="commitment", actor="UK", first_day=dt.date(2025, 1, 1)), (DEFENCE,)),
        (Query(words="defence", kind="commitment", actor="Norway"), ()),
    ],
)
def test_what_is_known_of_claims(filled: Record, query: Query, expected: tuple[Told, ...]) -> None:
    assert words_found(filled, query) == words_of(*expected)


def test_rejected_claims_are_found_only_where_asked_for(filled: Record) -> None:
    with filled.writing() as connection:
        for told, decision in ((CAFE, "rejected"), (BOATS, "accepted")):
            connection.execute(update(claims).where(claims.c.words == told.words).values(review=decision))
    assert words_found(filled, Query()) == words_of(BOATS, APART, HYPHEN, DEFENCE, FERRIES, UNDATED)
    assert words_found(filled, Query(review="rejected", words="school")) == words_of(CAFE)
    assert words_found(filled, Query(review="accepted", words="norland")) == words_of(BOATS)
    assert words_found(filled, Query(review="accepted")) == words_of(BOATS)
    assert words_found(filled, Query(review="undecided")) == words_of(APART, HYPHEN, DEFENCE, FERRIES, UNDATED)


def test_a_hit_is_whole(filled: Record) -> None:
    reading = PAGES[1]
    with filled.reading() as connection:
        row = connection.execute(select(claims.c.id, claims.c.address).where(claims.c.words == FERRIES.words)).one()
        thread = connection.execute(
            select(thread_claims.c.thread_id).where(thread_claims.c.claim_id == row.id)
        ).scalar()
    assert find(filled, Query(words="ferries")).hits == (
        Hit(
            address=row.address,
            claim=reading.claims[1],
            words="Norland has 40 ferries.",
            headline="Harbour news",
            day=dt.date(2024, 12, 31),
            outlet="late-post.example",
            language="en",
            source="https://late-post.example/2",
            url="https://late-post.example/2",
            capture_id=reading.capture.id,
            reader="1",
            review=None,
            thread=thread,
        ),
    )


def test_what_changes_is_found_as_it_is_now(filled: Record) -> None:
    with filled.writing() as connection:
        own = claims.c.words == FERRIES.words
        connection.execute(update(claims).where(own).values(kind="demand", country="SE", day=dt.date(2026, 1, 1)))
        connection.execute(update(claims).where(own).values(words="Norland has 40 trams.", measure="trams"))
        connection.execute(delete(claims).where(claims.c.words == BOATS.words))
    assert words_found(filled, Query()) == ["Norland has 40 trams.", *words_of(APART, HYPHEN, DEFENCE, CAFE, UNDATED)]
    assert words_found(filled, Query(words="tram", kind="demand", actor="Sweden")) == ["Norland has 40 trams."]
    assert words_found(filled, Query(words="ferries")) == words_found(filled, Query(words="boats")) == []
    assert words_found(filled, Query(kind="figure")) == []


@READS_ONLY
@given(st.text(), st.text(), st.text(), st.text())
def test_nothing_that_is_typed_is_an_error(record: Record, words: str, actor: str, name: str, measure: str) -> None:
    queries = (Query(words=words), Query(actor=actor), Query(measure=measure, words=words), Query(said_by=measure))
    for query in (*queries, Query(outlet=name), Query(indicator=name)):
        assert find(record, query).hits == ()
    assert find_stories(record, Query(words=words, outlet=name)).hits == ()


@READS_ONLY
@given(st.text(alphabet="air defn\"*OR()-+:^{}\\'", max_size=30))
def test_nothing_that_looks_like_syntax_is_an_error(filled: Record, words: str) -> None:
    assert set(words_found(filled, Query(words=words))) <= set(words_of(*EVERYTHING))


WORDS = ("zinc", "lamp", "tidal", "moss", "kiln")


@pytest.fixture
def subsets(record: Record) -> Record:
    """Return a record with a claim of each set of `WORDS`."""
    for number in range(1, 2 ** len(WORDS)):
        held = [word for place, word in enumerate(WORDS) if number >> place & 1]
        add(record, page(f"{number}.txt", "2025-01-01", Told(words=f"Of {' '.join(held)}.")), reader="1")
    return record


@READS_ONLY
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4), min_size=1, max_size=3))
def test_what_is_found_is_what_holds_the_words(subsets: Record, either: list[list[str]]) -> None:
    hits = find(subsets, Query(words=" OR ".join(" ".join(words) for words in either), limit=100)).hits
    held = [set(hit.words.strip(".").split()[1:]) for hit in hits]
    every = (set(one) for size in range(1, 6) for one in itertools.combinations(WORDS, size))
    expected = [one for one in every if any(one.issuperset(words) for words in either)]
    assert sorted(map(sorted, held)) == sorted(map(sorted, expected))


@READS_ONLY
@given(st.integers(1, 9), st.sampled_from(["", "norland OR defence OR schools OR sudland"]))
def test_pages_hold_every_claim_once_in_order(filled: Record, limit: int, words: str) -> None:
    query, found = Query(words=words, limit=limit), []
    while True:
        page_ = find(filled, query)
        assert 0 < len(page_.hits) <= limit
        found += page_.hits
        if page_.after is None:
            break
        query = replace(query, after=page_.after)
    assert [hit.words for hit in found] == words_of(*EVERYTHING)


def test_pages_of_stories(filled: Record) -> None:
    first = find_stories(filled, Query(limit=3))
    second = find_stories(filled, Query(limit=3, after=first.after))
    assert [hit.headline for hit in (*first.hits, *second.hits)] == ["Boats", "Skies", "Harbour news", "No day"]
    assert second.after is None


@pytest.mark.parametrize("after", ["", "no page", "-1", "1" * 40])
def test_what_no_page_gave_is_refused(filled: Record, after: str) -> None:
    with pytest.raises(UsageError, match="is not where a page ended"):
        find(filled, Query(after=after))


def test_stories_are_found_by_their_headlines_and_bodies(filled: Record) -> None:
    hit = StoryHit(
        capture_id=PAGES[1].capture.id,
        story=0,
        headline="Harbour news",
        snippet="Café owners were promised schools. Norland has 40 ferries.",
        day=dt.date(2024, 12, 31),
        outlet="late-post.example",
        source="https://late-post.example/2",
        url="https://late-post.example/2",
    )
    assert find_stories(filled, Query(words="harbours 40")).hits == (hit,)
    assert find_stories(filled, Query(words="norland", outlet="late-post.example")).hits == (hit,)
    assert find_stories(filled, Query(words='"news Café"')).hits == ()
    with pytest.raises(UsageError, match="not by kind or actor"):
        find_stories(filled, Query(words="harbour", kind="figure", actor="UK"))


def test_a_story_that_is_read_anew_is_found_once(filled: Record) -> None:
    take_over(filled, anew(PAGES[0], HYPHEN), reader="2", by=None)
    assert [hit.headline for hit in find_stories(filled, Query(words="britain")).hits] == ["Skies"]
    assert words_found(filled, Query(words="air")) == words_of(APART, HYPHEN)


def test_a_snippet_shows_the_first_word_that_was_looked_for(record: Record) -> None:
    filler = "Rain fell on the quays. " * 40
    add(record, page("long.txt", "2025-01-01", DEFENCE, filler=filler.strip()), reader="1")
    (hit,) = find_stories(record, Query(words="defences")).hits
    assert hit.snippet.startswith("… ")
    assert hit.snippet.endswith("Britain will pay for air defence.")
    (hit,) = find_stories(record, Query(words="rain")).hits
    assert hit.snippet.startswith("Rain fell")
    assert hit.snippet.endswith(" …")
    assert len(hit.snippet) <= 245


def test_typed_words_are_taken_apart() -> None:
    assert alternatives_in('air-defence "a phrase" plan* OR  OR x "un closed') == (
        (Term(("air", "defence")), Term(("a", "phrase")), Term(("plan",), prefix=True)),
        (Term(("x",)), Term(("un", "closed"))),
    )


def test_hits_are_marked() -> None:
    text = "Plans to plan, planned; Cafés. Defences by 2030."
    sought = alternatives_in("planning café defen* 2030")
    assert [text[start:end] for start, end in spans_in(text, sought)] == [
        *("Plans", "plan", "planned", "Cafés", "Defences", "2030"),
    ]


SEARCH_ALONE = ("claim_words", "story_words", "document", "ix_claims_", "ix_stories_document")
"""Beginnings of the names of what the migrations make for search, beside `schema`."""


def test_the_migrations_make_what_the_schema_says(record: Record) -> None:
    def compared(_: Any, name: str | None, __: str, reflected: bool, ours: Any) -> bool:
        return not (reflected and ours is None and str(name).startswith(SEARCH_ALONE))

    with record.reading() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": compared, "compare_type": True})
        assert compare_metadata(context, metadata) == []


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes], filled: Record,
        record_address: str) -> Run:  # fmt: skip
    """Run the command on the filled record; gives exit status, standard output and standard error."""

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["onrecord", "find", "--record", record_address, *arguments])
        try:
            cli.main()
        except SystemExit as stop:
            out, err = capsysbinary.readouterr()
            return int(stop.code or 0), out.decode(), err.decode()
        raise AssertionError("the command line ends with an exit status")

    return call


@pytest.mark.parametrize("columns", [80, 200])
def test_hits_in_the_terminal(run: Run, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    status, out, _ = run("air", "defence", "--actor", "UK", "--kind", "commitment", "--from", "2025-01-01")
    assert status == 0
    assert max(map(len, out.splitlines())) <= columns
    lines = [line.strip() for line in out.splitlines() if line.strip()]
    assert lines[0] == "commitment  2025-03-04  daily.example  Skies"
    assert lines[1] == "Britain will pay for air defence."
    assert lines[2] == "who Britain  what defence spending  said by the defence minister"
    assert lines[3].startswith(PAGES[0].capture.id[:16])
    assert lines[3].endswith("https://www.daily.example/1")
    assert lines[4] == "1 found"


def test_a_verdict_is_told_with_its_arithmetic(run: Run) -> None:
    _, out, _ = run("--verdict", "refuted")
    assert "refuted: 40 ferries against 31" in out


def test_nothing_found_is_said_and_no_failure(run: Run) -> None:
    assert run("nonesuch") == (0, "nothing found\n", "")
    assert run("nonesuch", "--json") == (0, "", "")


def test_json_lines_are_the_hits(run: Run, filled: Record) -> None:
    status, out, err = run("norland", "--json", "--limit", "1")
    page_ = find(filled, Query(words="norland", limit=1))
    assert status == 0
    assert tuple(msgspec.json.decode(line, type=Hit) for line in out.splitlines()) == page_.hits
    assert err == f"onrecord: there are more: --after {page_.after}\n"
    _, out, err = run("norland", "--json", "--after", str(page_.after))
    assert [msgspec.json.decode(line, type=Hit).words for line in out.splitlines()] == words_of(FERRIES)
    assert err == ""


def test_the_table_of_claims_has_the_columns_of_an_export(run: Run) -> None:
    _, out, _ = run("ferries", "--csv")
    head, row = csv.reader(io.StringIO(out))
    assert head == [*(column.name for column in COLUMNS), "thread"]
    told = dict(zip(head, row, strict=True))
    assert (told["words"], told["verdict"], told["outlet"]) == (FERRIES.words, "refuted", "late-post.example")


def test_the_table_of_stories(run: Run) -> None:
    _, out, _ = run("ferries", "--stories", "--csv")
    head, row = csv.reader(io.StringIO(out))
    assert head == ["capture_id", "story", "headline", "snippet", "day", "outlet", "source", "url"]
    assert row[1:3] == ["0", "Harbour news"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--kind", "promise"), "--kind promise: not one of commitment,"),
        (("--verdict", "false"), "--verdict false: not one of supported,"),
        (("--review", "open"), "--review open: not one of accepted,"),
        (("--from", "2025-02-01", "--to", "2025-01-01"), "--from 2025-02-01 lies after --to 2025-01-01"),
        (("--json", "--csv"), "--json and --csv exclude each other"),
        (("--after", "yesterday"), "is not where a page ended"),
        (("--stories", "--kind", "figure"), "not by kind"),
    ],
)
def test_a_wrong_call_is_told(run: Run, arguments: tuple[str, ...], told: str) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert told in err


def test_finding_loads_nothing_that_reads_pages(empty_file: Path) -> None:
    heavy = ("numpy", "spacy", "onnxruntime", "pyarrow", "onrecord.pipeline", "onrecord.figures.store")
    code = (
        "import sys; from onrecord import cli; sys.argv = ['onrecord', 'find', 'x', '--actor', 'UK', '--record', "
        f"{str(empty_file)!r}]\n"
        f"try: cli.main()\nfinally: print([name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["nothing found", "[]"]
