"""The guards of the web page: who may ask, what is refused, and how errors are told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar import get, post
from litestar.testing import TestClient

from onrecord.errors import LockedRecord, UsageError
from onrecord.web import app as web_app
from onrecord.web.gate import LARGEST_BODY
from onrecord.web.plain import seen
from onrecord.web.rendering import SECTIONS, safe_link, with_query
from onrecord.web.serving import SHORTEST_TOKEN, Serving, is_loopback
from onrecord.web.worker import _MEMORY, _MOST_WAITING
from tests.web_site import PAGES

TOKEN = "a-token-of-some-length"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


@get("/break", include_in_schema=False, sync_to_thread=True)
def broken() -> str:
    raise KeyError("secret detail")


@get("/api/break", include_in_schema=False, sync_to_thread=True)
def broken_for_programs() -> str:
    raise LockedRecord("r.db", 10, ["process 7"])


@post("/api/take", include_in_schema=False, sync_to_thread=True)
def take() -> str:
    return "taken"


def client(place: Path, **serving: Any) -> TestClient[Any]:
    settings = Serving(reader="tests.readers:read", readers=1, **serving)
    return TestClient(web_app.create_app(str(place / "r.db"), settings), base_url="http://127.0.0.1:8000")


@pytest.fixture
def asking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient[Any]]:
    monkeypatch.setattr(web_app, "ROUTES", (*web_app.ROUTES, broken, broken_for_programs, take))
    with client(tmp_path) as one:
        yield one


def form_token(asking: TestClient[Any], path: str = "/") -> str:
    found = re.search(r'name="_csrf_token" value="(\w+)"', asking.get(path).text)
    assert found
    return found[1]


@pytest.mark.parametrize("path", [*PAGES, "/login", "/break", "/api/break"])
def test_every_answer_tells_the_browser_to_run_and_keep_nothing_else(asking: TestClient[Any], path: str) -> None:
    headers = asking.get(path).headers
    names = ("content-security-policy", "x-content-type-options", "referrer-policy", "cache-control")
    assert [headers[name] for name in names] == [POLICY, "nosniff", "same-origin", "no-store"]


@pytest.mark.parametrize("path", PAGES)
def test_pages_hold_neither_script_nor_style_nor_handlers(asking: TestClient[Any], path: str) -> None:
    html = asking.get(path).text
    assert re.findall(r"<script(?![^>]* src=)[^>]*>|<style|\sstyle=|\son\w+=|javascript:", html) == []


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:8000", 200),
        ("localhost:9999", 200),
        ("LOCALHOST", 200),
        ("[::1]:8000", 200),
        ("evil.example", 421),
        ("127.0.0.1.evil.example", 421),
        ("evil.example@127.0.0.1", 421),
        ("", 421),
    ],
)
def test_only_a_name_of_this_server_is_answered(asking: TestClient[Any], host: str, status: int) -> None:
    assert asking.get("/about", headers={"Host": host}).status_code == status


def test_a_server_for_others_goes_by_its_own_names() -> None:
    serving = Serving(host="192.0.2.7", token=TOKEN, names=("Record.Example",))
    assert serving.allowed_names() == {"192.0.2.7", "record.example"}


@pytest.mark.parametrize(
    ("host", "expected"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("a.b", False)],
)
def test_what_only_this_machine_reaches(host: str, expected: bool) -> None:
    assert is_loopback(host) == expected


def test_others_are_served_with_a_token_only() -> None:
    with pytest.raises(UsageError, match="others can reach it, so a token is needed: --token-file FILE"):
        Serving(host="0.0.0.0")
    with pytest.raises(UsageError, match="the token has 5 characters; it needs 16 or more"):
        Serving(host="0.0.0.0", token="short")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 303),
        ({"Origin": "http://127.0.0.1:8000"}, 303),
        ({"Origin": "http://127.0.0.1:9000"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 303),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_a_write_comes_from_our_own_page(asking: TestClient[Any], headers: dict[str, str], status: int) -> None:
    form = {"theme": "dark", "_csrf_token": form_token(asking)}
    assert asking.post("/theme", data=form, headers=headers, follow_redirects=False).status_code == status


@pytest.mark.parametrize("token", [None, "", "0" * 128])
@pytest.mark.parametrize("path", ["/theme", "/login", "/read", "/read/key/add"])
def test_a_form_without_its_token_is_refused(asking: TestClient[Any], path: str, token: str | None) -> None:
    form_token(asking)
    answer = asking.post(path, data={} if token is None else {"_csrf_token": token}, follow_redirects=False)
    assert answer.status_code == 403
    assert "Load the page again" in answer.text


def test_a_form_of_an_earlier_server_is_refused_and_a_new_page_goes(tmp_path: Path) -> None:
    with client(tmp_path) as earlier:
        old = form_token(earlier)
        cookies = dict(earlier.cookies)
    with client(tmp_path) as now:
        now.cookies.update(cookies)
        stale = now.post("/theme", data={"_csrf_token": old}, follow_redirects=False)
        fresh = now.post("/theme", data={"_csrf_token": form_token(now)}, follow_redirects=False)
    assert (stale.status_code, fresh.status_code) == (403, 303)


def test_the_cookie_of_forms_stays_on_this_site_and_out_of_scripts(asking: TestClient[Any]) -> None:
    cookie = asking.get("/about").headers["set-cookie"].lower()
    assert cookie.startswith("onrecord-form-")
    assert "samesite=strict" in cookie
    assert "httponly" in cookie


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("application/json", 201),
        ("application/octet-stream", 201),
        ("application/x-www-form-urlencoded", 415),
        ("multipart/form-data; boundary=x", 415),
        ("Text/Plain;charset=utf-8", 415),
    ],
)
def test_programs_send_what_no_other_page_can(asking: TestClient[Any], kind: str, status: int) -> None:
    assert asking.post("/api/take", content=b"{}", headers={"Content-Type": kind}).status_code == status


def test_a_body_over_ten_megabytes_is_refused_with_a_next_step(asking: TestClient[Any]) -> None:
    answer = asking.post("/read", content=b"x" * (10 * 2**20 + 1))
    assert answer.status_code == 413
    assert "Send a smaller file, or its text alone." in answer.text


def test_a_body_that_does_not_say_how_long_it_is_is_refused_too(asking: TestClient[Any]) -> None:
    token = form_token(asking)

    def pieces() -> Iterator[bytes]:
        yield f"_csrf_token={token}&text=".encode()
        for _ in range(11):
            yield b"x" * 2**20

    answer = asking.post("/read", content=pieces(), headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 413


def test_an_error_is_a_page_that_tells_nothing_of_the_inside(
    asking: TestClient[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    answer = asking.get("/break")
    assert answer.status_code == 500
    assert "internal error, please report it" in answer.text
    assert "secret detail" not in answer.text
    assert "Traceback" not in answer.text + capsys.readouterr().err


def test_an_error_is_problem_details_for_a_program(asking: TestClient[Any]) -> None:
    answer = asking.get("/api/break")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "title": "Service Unavailable",
        "status": 503,
        "detail": "r.db: locked by process 7, still so after 10 s; nothing was changed",
        "step": "Wait a moment and load the page again.",
    }


def test_what_is_not_there_is_told_as_page_and_as_problem(asking: TestClient[Any]) -> None:
    page, problem = asking.get("/nowhere"), asking.get("/api/nowhere")
    assert (page.status_code, problem.status_code) == (404, 404)
    assert page.headers["content-type"].startswith("text/html")
    assert problem.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", PAGES)
def test_with_a_token_a_page_leads_to_the_login(tmp_path: Path, path: str) -> None:
    with client(tmp_path, token=TOKEN) as asking:
        answer = asking.get(path, follow_redirects=False)
    if path == "/no-such-page":
        assert answer.status_code == 404
    else:
        assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/login")


def test_a_login_leads_back_to_the_search_it_was_asked_on(tmp_path: Path) -> None:
    with client(tmp_path, token=TOKEN) as asking:
        answer = asking.get("/about?words=a+b&kind=figure", follow_redirects=False)
    assert answer.headers["location"] == "/login?to=%2Fabout%3Fwords%3Da%2Bb%26kind%3Dfigure"


@pytest.mark.parametrize(
    ("shown", "status"),
    [(f"Bearer {TOKEN}", 200), ("Bearer another-token-here", 303), (TOKEN, 303), ("Bearer ", 303), ("Bearer ü", 303)],
)
def test_a_token_can_be_shown_with_each_request(tmp_path: Path, shown: str, status: int) -> None:
    with client(tmp_path, token=TOKEN) as asking:
        answer = asking.get("/about", headers={"Authorization": shown.encode()}, follow_redirects=False)
    assert answer.status_code == status


def test_a_login_opens_the_pages_and_its_cookie_does_not_tell_the_token(tmp_path: Path) -> None:
    with client(tmp_path, token=TOKEN) as asking:
        form = {"token": TOKEN, "to": "/about", "_csrf_token": form_token(asking, "/login")}
        entered = asking.post("/login", data=form, follow_redirects=False)
        cookie = entered.headers["set-cookie"]
        after = asking.get("/about", follow_redirects=False)
    assert (entered.status_code, entered.headers["location"], after.status_code) == (303, "/about", 200)
    assert TOKEN not in cookie
    assert "httponly" in cookie.lower()
    assert "samesite=strict" in cookie.lower()


def test_a_wrong_token_opens_nothing(tmp_path: Path) -> None:
    with client(tmp_path, token=TOKEN) as asking:
        form = {"token": "not the token at all", "_csrf_token": form_token(asking, "/login")}
        wrong = asking.post("/login", data=form, follow_redirects=False)
        after = asking.get("/about", follow_redirects=False)
    assert (wrong.status_code, after.status_code) == (403, 303)
    assert "set-cookie" not in wrong.headers


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", ""]
)
def test_a_login_leads_to_no_other_site(tmp_path: Path, to: str) -> None:
    with client(tmp_path, token=TOKEN) as asking:
        form = {"token": TOKEN, "to": to, "_csrf_token": form_token(asking, "/login")}
        assert asking.post("/login", data=form, follow_redirects=False).headers["location"] == "/"


def test_a_program_without_the_token_is_told_how_to_send_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_app, "ROUTES", (*web_app.ROUTES, broken_for_programs))
    with client(tmp_path, token=TOKEN) as asking:
        answer = asking.get("/api/break")
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, 'Bearer realm="onrecord"')
    assert answer.json()["step"] == "Send it as Authorization: Bearer TOKEN."


def test_assets_may_be_kept_by_their_digest_only(asking: TestClient[Any]) -> None:
    path = re.search(r'href="(/assets/\w+/onrecord.css)"', asking.get("/").text)
    assert path
    kept, other = asking.get(path[1]), asking.get("/assets/0000/onrecord.css")
    assert (kept.status_code, kept.headers["cache-control"]) == (200, "public, max-age=31536000, immutable")
    assert (other.status_code, other.headers["cache-control"]) == (200, "no-store")
    assert [asking.get(f"/assets/0/{name}").status_code for name in ("..%2Fapp.py", "none.css", "%2e%2e")] == [404] * 3


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://a.example/x?y=1#z", "https://a.example/x?y=1#z"),
        ("http://a.example", "http://a.example"),
        ("HTTPS://a.example", "HTTPS://a.example"),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        (" https://a.example", None),
        ("data:text/html,x", None),
        ("//a.example", None),
        ("https://", None),
        ("https://[", None),
        ("notes.txt", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_become_links(link: str | None, expected: str | None) -> None:
    assert safe_link(link) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain – “text” à 3 €", "plain – “text” à 3 €"),
        ("two\nlines", "two\nlines"),
        ("pay\u202edap\u202c", "pay⟨U+202E⟩dap⟨U+202C⟩"),
        ("pay\u200bpal", "pay⟨U+200B⟩pal"),
        ("pay\u200dpal", "pay⟨U+200D⟩pal"),
        ("نامه\u200cها", "نامه\u200cها"),
        ("soft\u00adhyphen", "softhyphen"),
        ("a\x1b[31m", "a␛[31m"),
        ("a\u0300\u0301\u0302", "a\u0300\u0301⟨U+0302⟩"),
        ("tab\there", "tab here"),
        ("وزارة", "وزارة"),
    ],
)
def test_nothing_in_a_text_hides_or_turns_letters(text: str, expected: str) -> None:
    assert seen(text) == expected


def test_the_docs_name_the_pages_and_the_limits_that_hold() -> None:
    docs = (Path(__file__).parents[1] / "docs" / "web.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| ([A-Z]\w+) \|", docs, re.MULTILINE) == [name for name, _ in SECTIONS]
    assert f"up to {LARGEST_BODY >> 20} MB" in docs
    assert f"longer than {Serving().seconds:g} s to read, or {_MEMORY >> 30} GB" in docs
    assert f"{_MOST_WAITING} may wait" in docs
    assert f"of {SHORTEST_TOKEN} letters or more" in docs


def test_a_query_holds_what_is_given() -> None:
    assert with_query("/record", words="a b", kind=None, actor="", page=2) == "/record?words=a+b&page=2"
    assert with_query("/record") == "/record"
