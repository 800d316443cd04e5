"""Addresses: what is fetched, what is refused, and that the checked address is the one connected to."""

from __future__ import annotations

import gzip
import shutil
import ssl
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from onrecord.captures import url
from onrecord.captures.guard import Deadline, GuardedBackend, GuardedTransport, is_public
from onrecord.captures.url import capture_from_url
from onrecord.errors import CaptureError
from onrecord.model import Capture, Markup

LEAD = "The harbour authority of Port Ellis will deepen the main channel."


class Pages(BaseHTTPRequestHandler):
    """A news site of our own; its paths say what they do."""

    def do_GET(self) -> None:
        name = self.path.strip("/").split("/")[0]
        getattr(self, f"send_{name}", self.send_nothing)()

    def send_page(self) -> None:
        self.answer(f"<title>Page</title><p>{LEAD} {self.headers['Host']}".encode(), "text/html")

    def send_latin(self) -> None:
        self.answer("Crème brûlée pour tous".encode("cp1252"), "text/plain; charset=iso-8859-1")

    def send_packed(self) -> None:
        self.answer(gzip.compress(LEAD.encode()), "text/plain", **{"Content-Encoding": "gzip"})

    def send_large(self) -> None:
        self.answer(b"word " * (3 * 2**20), "text/plain")

    def send_bomb(self) -> None:
        self.answer(gzip.compress(b"word " * (3 * 2**20)), "text/plain", **{"Content-Encoding": "gzip"})

    def send_picture(self) -> None:
        self.answer(b"\x89PNG\r\n", "image/png")

    def send_loop(self) -> None:
        step = int(self.path.split("/")[-1])
        self.redirect("/page" if step == 0 else f"/loop/{step - 1}")

    def send_inside(self) -> None:
        self.redirect(f"http://inside.example:{self.server.server_port}/page")  # type: ignore[attr-defined]

    def send_elsewhere(self) -> None:
        self.redirect("file:///etc/hostname")

    def send_slow(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(100):
            self.wfile.write(b"word ")
            self.wfile.flush()
            time.sleep(0.05)

    def send_nothing(self) -> None:
        self.send_error(404, "Not Found")

    def answer(self, body: bytes, kind: str, **headers: str) -> None:
        self.send_response(200)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def redirect(self, where: str) -> None:
        self.send_response(302)
        self.send_header("Location", where)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def handle(self) -> None:
        try:
            super().handle()
        except (ConnectionError, ssl.SSLError):  # the other side has hung up, as it should
            self.close_connection = True


@pytest.fixture
def site() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let 127.0.0.1, where the site of our own must stand, pass for a public address; 127.0.0.2 stays private."""
    monkeypatch.setattr(
        "onrecord.captures.guard.is_public", lambda address: address == "127.0.0.1" or is_public(address)
    )


def resolver(names: dict[str, list[str]]) -> Callable[[str, int], list[str]]:
    def resolve(host: str, port: int) -> list[str]:
        if host not in names:
            raise OSError("no such name")
        return names[host]

    return resolve


NAMES = resolver(
    {"news.example": ["127.0.0.1"], "inside.example": ["127.0.0.2"], "both.example": ["127.0.0.1", "10.0.0.1"]}
)


def fetch(site: ThreadingHTTPServer, path: str, *, host: str = "news.example", **settings: object) -> Capture:
    return capture_from_url(f"http://{host}:{site.server_port}/{path}", resolver=NAMES, **settings)  # type: ignore[arg-type]


def refusal(site: ThreadingHTTPServer, path: str, **settings: object) -> str:
    with pytest.raises(CaptureError) as refused:
        fetch(site, path, **settings)  # type: ignore[arg-type]
    return refused.value.reason


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("64:ff9b::5db8:d70e", True),
        *(
            (address, False)
            for address in ("127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1")
        ),
        *(
            (address, False)
            for address in ("169.254.169.254", "100.64.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255")
        ),
        *(
            (address, False)
            for address in ("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "2001:db8::1")
        ),
        *((address, False) for address in ("::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::a00:1")),
    ],
)
def test_which_addresses_are_public(address: str, expected: bool) -> None:
    assert is_public(address) is expected


@pytest.mark.usefixtures("public")
def test_a_page_is_fetched_under_its_own_name(site: ThreadingHTTPServer) -> None:
    address = f"http://news.example:{site.server_port}/page"
    capture = fetch(site, "page")
    assert capture.source == address
    assert capture.text == f"{LEAD} news.example:{site.server_port}"
    assert capture.markup == Markup(title="Page", url=address)


@pytest.mark.usefixtures("public")
@pytest.mark.parametrize(("path", "text"), [("latin", "Crème brûlée pour tous"), ("packed", LEAD)])
def test_encodings_of_the_answer_are_undone(site: ThreadingHTTPServer, path: str, text: str) -> None:
    assert fetch(site, path).text == text


@pytest.mark.usefixtures("public")
def test_five_redirects_are_followed_and_no_more(site: ThreadingHTTPServer) -> None:
    capture = fetch(site, "loop/4")
    assert capture.markup is not None
    assert capture.markup.url == f"http://news.example:{site.server_port}/page"
    assert refusal(site, "loop/5") == "redirects more than 5 times"


@pytest.mark.usefixtures("public")
@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("missing", "answered 404 Not Found"),
        ("large", "larger than 10 MB"),
        ("bomb", "larger than 10 MB"),
        ("picture", "a PNG picture, not text or HTML"),
        ("inside", "refused, 127.0.0.2 is not a public address (--allow-private allows it)"),
    ],
)
def test_what_is_no_page_is_refused(site: ThreadingHTTPServer, path: str, reason: str) -> None:
    assert refusal(site, path) == reason


@pytest.mark.usefixtures("public")
def test_a_redirect_away_from_the_web_is_refused(site: ThreadingHTTPServer) -> None:
    assert refusal(site, "elsewhere").startswith("cannot be fetched: ")


@pytest.mark.usefixtures("public")
def test_one_private_address_among_several_refuses_the_name(site: ThreadingHTTPServer) -> None:
    assert refusal(site, "page", host="both.example").startswith("refused, 10.0.0.1 is not a public address")


def test_a_name_that_leads_to_this_machine_is_refused_unless_allowed(site: ThreadingHTTPServer) -> None:
    assert refusal(site, "page").startswith("refused, 127.0.0.1 is not a public address")
    assert fetch(site, "page", allow_private=True).text.startswith(LEAD)


def test_a_name_is_resolved_once_so_that_it_cannot_change_its_mind(
    site: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    monkeypatch.setattr("onrecord.captures.guard.is_public", lambda address: address == "127.0.0.1")
    capture = capture_from_url(f"http://news.example:{site.server_port}/page", resolver=lambda *_: answers.pop(0))
    assert capture.text.startswith(LEAD)
    assert answers == [["10.0.0.1"]]


@pytest.mark.usefixtures("public")
def test_the_next_address_is_tried_where_one_does_not_answer(site: ThreadingHTTPServer) -> None:
    address = f"http://news.example:{site.server_port}/page"
    capture = capture_from_url(address, allow_private=True, resolver=lambda *_: ["127.0.0.3", "127.0.0.1"])
    assert capture.text.startswith(LEAD)


@pytest.mark.usefixtures("public")
def test_an_answer_that_trickles_ends_at_the_deadline(site: ThreadingHTTPServer) -> None:
    began = time.monotonic()
    assert refusal(site, "slow", seconds=0.3) == "no whole answer within 0.3 s"
    assert time.monotonic() - began < 3


def test_a_resolver_that_hangs_ends_at_the_deadline() -> None:
    release = threading.Event()

    def hang(_host: str, _port: int) -> list[str]:
        release.wait(10)
        return []

    with pytest.raises(CaptureError, match=r"no whole answer within 0\.2 s"):
        capture_from_url("http://news.example/", resolver=hang, seconds=0.2)
    release.set()


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("http://nowhere.example/", "cannot be fetched: unknown host nowhere.example"),
        ("http://[::1", "cannot be fetched: "),
        ("http://", "cannot be fetched: "),
        ("http://news.example:99999/", "cannot be fetched: there is no port 99999"),
    ],
)
def test_addresses_that_lead_nowhere_are_refused_in_one_line(address: str, reason: str) -> None:
    with pytest.raises(CaptureError) as refused:
        capture_from_url(address, resolver=NAMES)
    assert refused.value.reason.startswith(reason)
    assert "\n" not in refused.value.reason


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the openssl command to make a certificate")
@pytest.mark.usefixtures("public")
def test_tls_checks_the_name_though_the_address_is_pinned(tmp_path: Path, site: ThreadingHTTPServer) -> None:
    name = "-subj /CN=news.example -addext subjectAltName=DNS:news.example"
    make = f"openssl req -x509 -newkey rsa:2048 -nodes -days 2 {name}"
    subprocess.run(
        [*make.split(), "-keyout", tmp_path / "key", "-out", tmp_path / "cert"], check=True, capture_output=True
    )
    serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    serving.load_cert_chain(tmp_path / "cert", tmp_path / "key")
    site.socket = serving.wrap_socket(site.socket, server_side=True)
    trusting = ssl.create_default_context(cafile=tmp_path / "cert")
    names = resolver({"news.example": ["127.0.0.1"], "other.example": ["127.0.0.1"]})

    def fetch_over_tls(host: str) -> Capture:
        backend = GuardedBackend(Deadline(10), allow_private=False, resolver=names)
        with httpx.Client(transport=GuardedTransport(backend, verify=trusting)) as client:
            return capture_from_url(f"https://{host}:{site.server_port}/page", client=client)

    assert fetch_over_tls("news.example").text.startswith(LEAD)
    with pytest.raises(CaptureError, match="certificate"):
        fetch_over_tls("other.example")
    with pytest.raises(CaptureError, match="certificate"):
        capture_from_url(f"https://news.example:{site.server_port}/page", resolver=names)


def test_the_limits_are_those_documented() -> None:
    assert (url.SECONDS, url.LARGEST_ANSWER, url.MOST_REDIRECTS) == (15.0, 10 * 2**20, 5)
