"""The HTTP interface: the same values as the command line gives, and every bad call told in words."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient

from onrecord import figures, pipeline
from onrecord.model import CaptureLine
from onrecord.outlook import outlook
from onrecord.record.database import open_record
from onrecord.record.searching import Query, find, find_stories
from onrecord.record.showing import show_claim, show_thread
from onrecord.record.tracking import Asked, track
from onrecord.report.lines import OutlookLine
from onrecord.web.app import create_app
from onrecord.web.serving import Serving
from tests.small_record import FIGURE, FORECAST, MOVED, PROMISE, make, readings

TOKEN = "a-token-of-some-length"


def client(place: Path, **serving: Any) -> TestClient[Any]:
    settings = Serving(**{"reader": "tests.readers:read", "readers": 0, **serving})
    return TestClient(create_app(str(place), settings), base_url="http://127.0.0.1:8000")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("made") / "r.db")


@pytest.fixture
def place(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path))


@pytest.fixture
def asking(place: Path) -> Iterator[TestClient[Any]]:
    """Yield a client of a server that reads no pages."""
    with client(place) as one:
        yield one


@pytest.fixture(scope="module")
def sending(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient[Any]]:
    """Yield a client of a server that reads pages."""
    with client(tmp_path_factory.mktemp("sent") / "r.db", readers=1) as one:
        yield one


def plain(value: object) -> Any:
    """Return a value as JSON has it."""
    return json.loads(msgspec.json.encode(value))


def problem(title: str, status: int, detail: str, step: str | None = None) -> dict[str, Any]:
    found: dict[str, Any] = {"title": title, "status": status, "detail": detail}
    return found | ({"step": step} if step else {})


def words_of(answer: Any) -> list[str]:
    return [claim["words"] for claim in answer.json()["claims"]]


def test_claims_are_found_as_the_library_finds_them(asking: TestClient[Any], place: Path) -> None:
    with open_record(str(place)) as record:
        expected = find(record, Query(words="norland", kind="commitment", limit=1))
    answer = asking.get("/api/claims", params={"words": "norland", "kind": "commitment", "limit": 1})
    assert answer.json() == {"after": expected.after, "claims": plain(expected.hits)}


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, [MOVED, PROMISE, FIGURE, FORECAST]),
        ({"kind": "forecast"}, [FORECAST]),
        ({"actor": "Norland"}, [MOVED, PROMISE]),
        ({"said_by": "Ana Roth"}, [PROMISE]),
        ({"measure": "hurt"}, [FIGURE]),
        ({"outlet": "paper.example"}, [MOVED, FORECAST]),
        ({"first_day": "2025-03-04", "last_day": "2025-03-04"}, [PROMISE, FIGURE]),
        ({"min_confidence": "0.9"}, []),
        ({"review": "accepted"}, []),
        ({"verdict": "refuted"}, []),
        ({"words": "stor*"}, [FIGURE]),
    ],
)
def test_claims_are_narrowed(asking: TestClient[Any], asked: dict[str, str], expected: list[str]) -> None:
    assert sorted(words_of(asking.get("/api/claims", params=asked))) == sorted(expected)


def test_pages_of_claims_follow_one_another(asking: TestClient[Any]) -> None:
    first = asking.get("/api/claims", params={"limit": 3})
    second = asking.get("/api/claims", params={"limit": 3, "after": first.json()["after"]})
    assert [*words_of(first), *words_of(second)] == words_of(asking.get("/api/claims"))
    assert second.json()["after"] is None


def test_a_claim_is_shown_by_its_address_or_the_beginning_of_it(asking: TestClient[Any], place: Path) -> None:
    (claim,) = asking.get("/api/claims", params={"words": "storm"}).json()["claims"]
    with open_record(str(place)) as record:
        expected = plain(show_claim(record, claim["address"]))
    assert asking.get(f"/api/claims/{claim['address']}").json() == expected
    assert asking.get(f"/api/claims/{claim['address'][:22]}").json() == expected


def test_stories_are_found_as_the_library_finds_them(asking: TestClient[Any], place: Path) -> None:
    with open_record(str(place)) as record:
        expected = find_stories(record, Query(words="storm"))
    assert asking.get("/api/stories?words=storm").json() == {"after": None, "stories": plain(expected.hits)}


def test_threads_are_listed_page_by_page(asking: TestClient[Any], place: Path) -> None:
    today = dt.datetime.now().astimezone().date()
    with open_record(str(place)) as record:
        expected = [plain(track(record, Asked(kind=kind), today=today)) for kind in ("commitment", "forecast")]
    found = [asking.get("/api/threads", params={"kind": kind}).json() for kind in ("commitment", "forecast")]
    assert found == [{"after": None, "threads": one} for one in expected]
    assert all(one["threads"] for one in found)


def test_a_thread_is_shown_with_its_sightings(asking: TestClient[Any], place: Path) -> None:
    (thread,) = asking.get("/api/threads?actor=Norland").json()["threads"]
    with open_record(str(place)) as record:
        shown = show_thread(record, thread["id"], today=dt.datetime.now().astimezone().date())
    found = asking.get(f"/api/threads/{thread['id']}").json()
    assert {name: found[name] for name in ("thread", "events", "claims", "reached")} == {
        "thread": plain(shown.thread),
        "events": plain(shown.events),
        "claims": plain(shown.claims),
        "reached": plain(shown.reached),
    }
    assert found["unrated"] == shown.rating.reason  # type: ignore[union-attr]


def test_figures_are_those_of_the_library(asking: TestClient[Any]) -> None:
    known, name = figures.load(), "nato_defence_exp_pct_gdp"
    day = dt.date(2024, 7, 1)
    assert asking.get("/api/figures").json()["indicators"] == plain(known.indicators)
    covered = asking.get(f"/api/figures/{name}").json()
    assert covered == {"indicator": plain(known.indicator(name)), "entities": list(known.entities(name))}
    series = asking.get(f"/api/figures/{name}/Britain", params={"as_of": str(day)}).json()
    assert series == plain(known.series(name, "GBR", as_of=day))


def test_an_outlook_is_that_of_the_library(asking: TestClient[Any]) -> None:
    name = "nato_defence_exp_pct_gdp"
    given = {"indicator": name, "entity": "GBR", "target": "2.5%", "by": "2027-12-31"}
    expected = outlook(figures.load(), name, "GBR", "2.5%", by=dt.date(2027, 12, 31))
    assert asking.get("/api/outlook", params=given).json() == plain(OutlookLine(outlook=expected))
    group = asking.get("/api/outlook", params=given | {"entity": "NATO"}).json()
    assert (group["outlook"], group["group"]["whole"]["entity"]["code"]) == (None, "NATO")


def test_a_text_is_read_as_the_command_reads_it(sending: TestClient[Any]) -> None:
    text = "A quiet harbour, and nothing else."
    found = sending.post("/api/read", json={"text": text}).json()
    assert (found["text"], found["source"], found["stories"][0]["headline"]) == (text, "sent text", "Read")
    assert found.keys() == set(CaptureLine.__struct_fields__)


@pytest.mark.parametrize("content_type", ["text/html", "application/octet-stream"])
def test_a_file_is_read_as_it_is(sending: TestClient[Any], content_type: str) -> None:
    found = sending.post("/api/read/file?name=a.txt", content=b"Roads.", headers={"Content-Type": content_type})
    assert (found.status_code, found.json()["source"], found.json()["text"]) == (200, "a.txt", "Roads.")


def test_sentences_are_checked_with_the_real_reader(place: Path) -> None:
    said = {"text": "Britain spent 2.3% of GDP on defence in 2023.", "on": "2024-07-10"}
    with client(place, readers=1, reader="onrecord.web.reading_process:read") as asking:
        (story,) = asking.post("/api/check", json=said).json()["stories"]
    expected = pipeline.check(said["text"], on=dt.date(2024, 7, 10))
    assert story["claims"] == plain(expected.claims)
    assert [claim["verdict"]["verdict"] for claim in story["claims"]] == ["supported"]


def test_a_page_is_added_once_and_found(sending: TestClient[Any]) -> None:
    sent = {"text": "A new bridge for the harbour."}
    answers = [sending.post("/api/captures", json=sent) for _ in range(2)]
    assert [(one.status_code, one.json()["new"]) for one in answers] == [(201, True), (200, False)]
    (story,) = sending.get("/api/stories?words=bridge").json()["stories"]
    assert story["capture_id"] == answers[0].json()["capture_id"]


def test_the_first_page_makes_the_record(tmp_path: Path) -> None:
    with client(tmp_path / "new.db", readers=1) as asking:
        before = asking.get("/api/claims")
        asking.post("/api/captures/file", content=b"Roads.", headers={"Content-Type": "text/html"})
        assert (before.status_code, asking.get("/api/claims").status_code) == (404, 200)


def test_a_reading_made_before_is_added_as_it_is(tmp_path: Path) -> None:
    reading = readings()[0]
    with client(tmp_path / "new.db") as asking:
        answer = asking.post(
            "/api/captures/reading",
            content=msgspec.json.encode(CaptureLine.of(reading)),
            headers={"Content-Type": "application/json"},
        )
        assert (answer.status_code, answer.json()["claims"]) == (201, 2)
        assert sorted(words_of(asking.get("/api/claims"))) == sorted([PROMISE, FIGURE])


def decide(asking: TestClient[Any], **given: Any) -> Any:
    return asking.post("/api/reviews", json=given)


@pytest.fixture
def address(asking: TestClient[Any]) -> str:
    return str(asking.get("/api/claims?words=storm").json()["claims"][0]["address"])


def test_a_decision_counts_until_it_is_taken_back(asking: TestClient[Any], address: str) -> None:
    assert address in [one["address"] for one in asking.get("/api/reviews/queue").json()["claims"]]
    done = decide(asking, address=address, decision="rejected", reviewer="ana")
    assert (done.status_code, done.json()["review"]["decision"], done.json()["before"]) == (201, "rejected", None)
    assert FIGURE not in words_of(asking.get("/api/claims"))
    assert address not in [one["address"] for one in asking.get("/api/reviews/queue").json()["claims"]]
    undone = asking.post("/api/reviews/undo", json={"reviewer": "ana"})
    assert (undone.status_code, undone.json()["standing"]) == (200, None)
    assert FIGURE in words_of(asking.get("/api/claims"))
    (kept,) = asking.get(f"/api/claims/{address}/reviews").json()["reviews"]
    assert (kept["decision"], kept["undone"] is not None) == ("rejected", True)


def test_a_correction_is_typed_in_words(asking: TestClient[Any], address: str) -> None:
    fields = {"actor": "the harbour office", "quantity": "at least 130"}
    done = decide(asking, address=address, decision="corrected", reviewer="ana", fields=fields).json()
    corrected = done["review"]["corrected"]
    assert (corrected["actor"], corrected["quantity"]["value"], corrected["quantity"]["comparator"]) == (
        "the harbour office",
        130.0,
        ">=",
    )


def test_a_decision_of_somebody_else_is_replaced_only_by_who_has_seen_it(asking: TestClient[Any], address: str) -> None:
    given = {"address": address, "decision": "accepted"}
    number = decide(asking, **given, reviewer="ana").json()["review"]["number"]
    unseen = decide(asking, **given, reviewer="ben")
    assert (unseen.status_code, unseen.json()["step"]) == (409, f"Give its number as `over`: {number}.")
    seen = decide(asking, **given, reviewer="ben", over=number)
    assert (seen.status_code, seen.json()["before"]["reviewer"]) == (201, "ana")


BAD: list[tuple[str, int, str]] = [
    ("/api/claims?limit=0", 400, "limit: Expected `int` >= 1"),
    ("/api/claims?limit=201", 400, "limit: Expected `int` <= 200"),
    ("/api/claims?limit=ten", 400, "limit: Expected `int`, got `str`"),
    ("/api/claims?kind=lie", 400, "kind: Invalid enum value 'lie'"),
    ("/api/claims?first_day=2025-02-30", 400, "first_day: Invalid RFC3339 encoded date"),
    ("/api/claims?min_confidence=2", 400, "min_confidence: Expected `float` <= 1.0"),
    (f"/api/claims?words={'x' * 201}", 400, "words: Expected `str` of length <= 200"),
    ("/api/claims?after=nowhere", 422, "'nowhere' is not where a page ended"),
    ("/api/stories?after=nowhere", 422, "'nowhere' is not where a page ended"),
    ("/api/threads?after=nowhere", 422, "'nowhere' is not the mark of a line of this list"),
    ("/api/threads/0", 400, "number: Expected `int` >= 1"),
    (f"/api/threads/{10**20}", 400, "number: Expected `int` <= 9007199254740992"),
    ("/api/threads/x", 404, "Not Found"),
    ("/api/no-such-thing", 404, "Not Found"),
    ("/api/outlook?indicator=a&entity=b", 400, "Missing required query parameter 'target' for path /api/outlook"),
    (
        "/api/outlook?indicator=nato_defence_exp_pct_gdp&entity=GBR&target=much",
        422,
        "target 'much' is no number with a unit such as 3.5%, -55%, x2, 400 Mt",
    ),
]


@pytest.mark.parametrize(("path", "status", "detail"), BAD)
def test_a_bad_call_is_told_in_words(asking: TestClient[Any], path: str, status: int, detail: str) -> None:
    answer = asking.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["detail"].startswith(detail)


@pytest.mark.parametrize(
    ("path", "body", "status", "detail"),
    [
        ("/api/read", {}, 422, "give a text or an address, one of the two"),
        ("/api/read", {"text": "a", "address": "b"}, 422, "give a text or an address, one of the two"),
        ("/api/read", {"texts": "a"}, 400, "data: Object contains unknown field `texts`"),
        ("/api/read", {"text": "refuse"}, 422, "sent text: refused as asked"),
        ("/api/read", {"address": "http://127.0.0.1:1/"}, 422, "http://127.0.0.1:1/: refused, 127.0.0.1 is not a"),
        ("/api/check", {"text": "a", "on": "yesterday"}, 400, "on: Invalid RFC3339 encoded date"),
        ("/api/captures/reading", {"text": "a"}, 422, "the line: not a line of `onrecord read --json`"),
        ("/api/reviews", {"address": "x", "decision": "accepted", "reviewer": "a"}, 404, "x: no claim of this record"),
        ("/api/reviews", {"address": "x", "decision": "maybe", "reviewer": "a"}, 400, "decision: Invalid enum value"),
        ("/api/reviews/undo", {"reviewer": "a"}, 404, "a has no decision left to take back"),
    ],
)
def test_a_bad_body_is_told_in_words(
    sending: TestClient[Any], path: str, body: dict[str, str], status: int, detail: str
) -> None:
    answer = sending.post(path, json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["detail"].startswith(detail)


@pytest.mark.parametrize(
    ("given", "detail"),
    [
        ({"decision": "corrected"}, "a correction, and nothing else, comes with fields"),
        ({"decision": "accepted", "fields": {"actor": "x"}}, "a correction, and nothing else, comes with fields"),
        ({"decision": "corrected", "fields": {"colour": "red"}}, "colour: no field; there are"),
        ({"decision": "accepted", "reviewer": "a\nb"}, "'a\\nb': not a reviewer's name"),
    ],
)
def test_a_decision_that_cannot_be_meant_is_told(
    asking: TestClient[Any], address: str, given: dict[str, Any], detail: str
) -> None:
    answer = decide(asking, **({"address": address, "reviewer": "ana"} | given))
    assert (answer.status_code, answer.json()["detail"].startswith(detail)) == (422, True)


def test_json_that_is_none_is_told(asking: TestClient[Any]) -> None:
    answer = asking.post("/api/read", content=b"{", headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


def test_a_form_is_not_taken(asking: TestClient[Any]) -> None:
    answer = asking.post("/api/read", data={"text": "a"})
    detail = "not a form: JSON, or a capture as text/html or application/octet-stream"
    assert (answer.status_code, answer.json()) == (415, problem("Unsupported Media Type", 415, detail))


@pytest.mark.parametrize("path", ["/api/read/file", "/api/captures/file"])
def test_a_file_that_is_too_large_is_refused(asking: TestClient[Any], path: str) -> None:
    answer = asking.post(path, content=bytes(10 * 2**20 + 1), headers={"Content-Type": "application/octet-stream"})
    assert (answer.status_code, answer.json()["detail"]) == (413, "larger than 10 MB")


@pytest.mark.parametrize("method", ["get", "post"])
def test_with_a_token_set_everything_needs_it(place: Path, method: str) -> None:
    path = {"get": "/api/claims", "post": "/api/reviews/undo"}[method]
    with client(place, token=TOKEN) as asking:
        without = asking.request(method, path, json={"reviewer": "a"})
        given = asking.request(method, path, json={"reviewer": "a"}, headers={"Authorization": f"Bearer {TOKEN}"})
    step = "Send it as Authorization: Bearer TOKEN."
    assert without.json() == problem("Unauthorized", 401, "a token is needed", step)
    assert given.status_code == {"get": 200, "post": 404}[method]


def test_words_of_captures_come_as_they_stand(sending: TestClient[Any]) -> None:
    text = "<script>alert(1)</script> \u202eroads\u200b"
    assert sending.post("/api/read", json={"text": text}).json()["text"] == text


def test_it_describes_itself_in_openapi(asking: TestClient[Any]) -> None:
    described = asking.get("/api/schema/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert all(path.startswith("/api/") for path in described["paths"])
    statuses = {
        status: answer["content"].keys()
        for path in described["paths"].values()
        for operation in path.values()
        for status, answer in operation["responses"].items()
        if int(status) >= 400
    }
    assert {media for medias in statuses.values() for media in medias} == {"application/problem+json"}


PAGE = (Path(__file__).parents[1] / "docs" / "http.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^curl -s '(?P<address>[^']+)'(?: --json '(?P<body>[^']+)')?$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("address", "body"), EXAMPLES)
def test_the_examples_of_the_docs_run(place: Path, address: str, body: str) -> None:
    with client(place, readers=1 if body else 0) as asking:
        if address.endswith("/undo"):
            found = asking.get("/api/claims?words=storm").json()["claims"][0]["address"]
            decide(asking, address=found, decision="accepted", reviewer="ana")
        method, path = ("POST" if body else "GET"), address.removeprefix("http://127.0.0.1:8000")
        answer = asking.request(method, path, content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (200, 201), answer.text


def test_the_docs_name_every_operation_and_every_parameter(asking: TestClient[Any]) -> None:
    described = asking.get("/api/schema/openapi.json").json()["paths"]
    rows = {
        tuple(row[0].split("?")[0].split(" ")): set(re.findall(r"`(\w+)`", row[1]))
        for row in re.findall(r"^\| `((?:GET|POST) /api/[^`]*)` \| (.*) \|$", PAGE, re.MULTILINE)
    }
    operations = {
        (method.upper(), path): {one["name"] for one in operation.get("parameters", []) if one["in"] == "query"}
        for path, found in described.items()
        for method, operation in found.items()
    }
    assert rows.keys() == operations.keys()
    everywhere = {"limit", "after", "name"}
    assert {key: names - everywhere - rows[key] for key, names in operations.items()} == {key: set() for key in rows}


def test_the_docs_name_every_status_of_an_error(asking: TestClient[Any]) -> None:
    described = asking.get("/api/schema/openapi.json").json()["paths"]
    statuses = {
        status
        for found in described.values()
        for operation in found.values()
        for status in operation["responses"]
        if int(status) >= 400
    }
    assert sorted(statuses) == re.findall(r"^\| (\d{3}) \|", PAGE, re.MULTILINE)
