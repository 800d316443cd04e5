"""The page Read without a browser: what is given comes back marked, refused with its reason, or on record."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from onrecord.record.database import open_record
from onrecord.record.searching import Query, find_stories
from onrecord.web.app import create_app
from onrecord.web.readings import Readings
from onrecord.web.serving import Serving
from tests.pages import page

PAGE = b"A page that was fetched, about roads and bridges in Norland."


def client(place: Path, **serving: Any) -> TestClient[Any]:
    settings = Serving(**{"reader": "tests.readers:read", "readers": 1, **serving})
    return TestClient(create_app(str(place), settings), base_url="http://127.0.0.1:8000")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "r.db"


@pytest.fixture
def asking(place: Path) -> Iterator[TestClient[Any]]:
    with client(place) as one:
        yield one


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """Yield the address of a page on a server of the test's own."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/plain; charset=utf-8")
            self.end_headers()
            self.wfile.write(PAGE)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/page"
    server.shutdown()
    server.server_close()


def token(asking: TestClient[Any]) -> str:
    found = re.search(r'name="_csrf_token" value="(\w+)"', asking.get("/").text)
    assert found
    return found[1]


def give(asking: TestClient[Any], file: tuple[str, bytes] | None = None, **given: str) -> Any:
    """Send the form as a browser does, with an empty file where none was chosen."""
    files = {"file": file or ("", b"")}
    return asking.post("/read", data={"_csrf_token": token(asking), "text": "", "address": "", **given}, files=files)


def told(answer: Any) -> str:
    """Return the problem that a page shows, in plain words."""
    found = re.search(r'class="problem" role="alert">(.*?)</p>', answer.text)
    return re.sub(r"<[^>]+>", "", found[1]) if found else ""


def test_a_text_is_read_and_shown_under_an_address_of_its_own(asking: TestClient[Any]) -> None:
    answer = give(asking, text="Roads will be built.")
    assert answer.status_code == 200
    assert re.fullmatch(r"/read/[\w-]{16}", answer.url.path)
    assert "Roads will be built." in answer.text
    assert asking.get(answer.url.path).text.count("Roads will be built.") == answer.text.count("Roads will be built.")


def test_a_file_is_read_under_its_name(asking: TestClient[Any]) -> None:
    answer = give(asking, file=("plans <b>.txt", b"Roads will be built."))
    assert "plans &lt;b&gt;.txt" in answer.text
    assert "Roads will be built." in answer.text


@pytest.mark.parametrize(
    ("given", "file", "expected"),
    [
        ({}, None, "nothing: paste a text, give an address or choose a file"),
        ({"text": " \n"}, ("empty.txt", b""), "nothing: paste a text, give an address or choose a file"),
        (
            {"text": "a", "address": "b.example"},
            None,
            "more than one page: give a text, an address or a file, not several at once",
        ),
        ({"text": "refuse this"}, None, "pasted text: refused as asked"),
        ({"text": "die"}, None, "pasted text: the reader broke off: the page may take more memory than there is"),
    ],
)
def test_what_cannot_be_read_is_told_and_the_form_kept(
    asking: TestClient[Any], given: dict[str, str], file: tuple[str, bytes] | None, expected: str
) -> None:
    answer = give(asking, file, **given)
    assert (answer.status_code, told(answer)) == (422, expected)
    assert f">{given.get('text', '')}</textarea>" in answer.text


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "localhost", "http://169.254.169.254/latest", "[::1]"])
def test_an_address_in_a_private_network_is_refused(asking: TestClient[Any], address: str) -> None:
    answer = give(asking, address=address)
    assert answer.status_code == 422
    assert "is not a public address" in told(answer)


def test_a_private_address_is_read_where_the_server_allows_it(place: Path, elsewhere: str) -> None:
    with client(place, allow_private=True) as asking:
        answer = give(asking, address=elsewhere)
    assert answer.status_code == 200
    assert PAGE.decode() in answer.text


def test_a_page_that_takes_for_ever_holds_up_no_other_request(place: Path) -> None:
    with client(place, readers=2, seconds=3) as asking, ThreadPoolExecutor(1) as pool:
        give(asking, text="warm")
        give(asking, text="warm")
        slow = pool.submit(give, asking, text="for ever")
        others = [asking.get("/about").status_code, give(asking, text="quick").status_code]
        undecided = not slow.done()
        answer = slow.result()
    assert (others, undecided) == ([200, 200], True)
    assert (answer.status_code, told(answer)) == (422, "pasted text: not read within 3 s, so it was given up")


def test_a_reading_is_added_once_and_makes_the_record(asking: TestClient[Any], place: Path) -> None:
    path = give(asking, text="Roads will be built.").url.path
    assert not place.exists()
    added = asking.post(f"{path}/add", data={"_csrf_token": token(asking)})
    again = asking.post(f"{path}/add", data={"_csrf_token": token(asking)})
    assert ("on record" in added.text, "Add to record" in added.text) == (True, False)
    assert again.text.count("on record") == added.text.count("on record")
    with open_record(str(place)) as record:
        assert [hit.headline for hit in find_stories(record, Query()).hits] == ["Read"]


def test_a_reading_that_is_no_longer_kept_says_so(asking: TestClient[Any]) -> None:
    for answer in (asking.get("/read/none"), asking.post("/read/none/add", data={"_csrf_token": token(asking)})):
        assert answer.status_code == 410
        assert "Read the page again" in answer.text


def test_the_oldest_readings_make_room() -> None:
    kept = Readings()
    keys = [kept.keep(page(f"https://a.example/{number}", None)) for number in range(102)]
    assert [kept.get(key) is None for key in keys[:3]] == [True, True, False]
    assert len(set(keys)) == 102
