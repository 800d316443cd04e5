"""The second reader: a server of the tests' own that answers well, badly, slowly, in broken JSON, and not at all."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord import Claim, Settings, Story, read
from onrecord.second_reader import ChatServer
from onrecord.second_reader.folded import FoldedText

PAGE = (
    "PORT AMSEL (NWP) — The mayor opened the “Long Quay” on Tuesday in front of a large crowd of dock workers.\n\n"
    "Residents will get free passes as soon as the new ferry line opens, the harbour office said in a notice.\n\n"
    "The harbour office has pledged to spend 40 million crowns on the quay by 2030, the mayor told reporters."
)
PLEDGE = "The harbour office has pledged to spend 40 million crowns on the quay by 2030, the mayor told reporters."


def answer(**changes: Any) -> dict[str, Any]:
    claim = {
        "kind": "commitment",
        "words": PLEDGE,
        "actor": "harbour office",
        "measure": "the quay",
        "quantity": {"value": 40_000_000, "vague": None, "unit": "CZK"},
        "when": "by 2030",
        "said_by": None,
        "negated": False,
    }
    return claim | changes


def completion(claims: list[Any]) -> bytes:
    content = json.dumps({"claims": claims})
    return json.dumps({"choices": [{"message": {"content": f"```json\n{content}\n```"}}]}).encode()


@contextmanager
def server(respond: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with suppress(BrokenPipeError, ConnectionResetError):  # the reader may give up, as it should
                respond(self)

        def log_message(self, *arguments: object) -> None:
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{httpd.server_port}/v1"
    finally:
        httpd.shutdown()
        thread.join()
        httpd.server_close()


def says(body: bytes, status: int = 200) -> Callable[[BaseHTTPRequestHandler], None]:
    def respond(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.end_headers()
        handler.wfile.write(body)

    return respond


def story_read_with(respond: Callable[[BaseHTTPRequestHandler], None], *, seconds: float = 10) -> Story:
    with server(respond) as url:
        chat = ChatServer(url, "a-model", seconds=seconds)
        (story,) = read(PAGE, settings=Settings(second_reader=chat)).stories
    return story


def rules_alone() -> tuple[Claim, ...]:
    (story,) = read(PAGE).stories
    return story.claims


def test_a_claim_that_both_find_stands_once_with_both_readers() -> None:
    claims = story_read_with(says(completion([answer()]))).claims
    assert [(c.kind, c.readers) for c in claims if c.quantity] == [("commitment", ("rules", "llm"))]


def test_a_claim_of_the_model_alone_is_added_with_exact_words() -> None:
    words = "Residents will get free passes as soon as the new ferry line opens, the harbour office said in a notice."
    new = answer(
        kind="forecast", words=words, actor="residents".title(), measure="free passes", quantity=None, when=None
    )
    (added,) = [c for c in story_read_with(says(completion([new]))).claims if c.readers == ("llm",)]
    assert (added.actor, added.measure, added.evidence.of(PAGE)) == ("Residents", "free passes", words)


def test_a_claim_of_the_model_alone_has_the_country_of_its_actor_s_full_name() -> None:
    page = (
        "Norwegian Prime Minister Clara Nyberg opened the quay on Tuesday before a large crowd of dock workers.\n\n"
        "Free passes are what Nyberg has in mind for everybody who lives near the harbour and its three old docks."
    )
    words = "Free passes are what Nyberg has in mind for everybody who lives near the harbour and its three old docks."
    new = answer(kind="proposal", words=words, actor="Nyberg", measure="Free passes", quantity=None, when=None)
    with server(says(completion([new]))) as url:
        (story,) = read(page, settings=Settings(second_reader=ChatServer(url, "a-model"))).stories
    assert [(c.actor, c.country) for c in story.claims if c.readers == ("llm",)] == [("Nyberg", "NO")]


@pytest.mark.parametrize(
    "invented",
    [
        answer(words="The harbour office swore to spend 90 million crowns."),
        answer(quantity={"value": 90_000_000, "vague": None, "unit": "CZK"}),
        answer(actor="the admiral"),
        answer(said_by="Jane Nobody"),
        answer(kind="prophecy"),
        "not even an object",
        {"words": PLEDGE},
    ],
)
def test_what_the_model_invents_is_dropped_and_counted(invented: object) -> None:
    story = story_read_with(says(completion([invented])))
    assert story.claims == rules_alone()
    assert story.notes == ("second reader: 1 answers dropped, not in the story's words",)


@pytest.mark.parametrize(
    ("respond", "reason"),
    [
        (says(b"{ this is not JSON"), "the answer is not a chat completion"),
        (says(b'{"choices": []}'), "the answer is not a chat completion"),
        (says(json.dumps({"choices": [{"message": {"content": "Sorry, no."}}]}).encode()), "not the JSON asked for"),
        (says(b"overloaded", status=503), "HTTP status 503"),
        (says(b" " * 3_000_000), "answer over 2,000,000 bytes"),
    ],
)
def test_a_bad_answer_leaves_the_rules_reading_and_says_why(
    respond: Callable[[BaseHTTPRequestHandler], None], reason: str
) -> None:
    story = story_read_with(respond)
    assert story.claims == rules_alone()
    assert reason in story.notes[0]


def test_a_server_that_drips_is_given_up() -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(100):
            handler.wfile.write(b" ")
            time.sleep(0.05)

    story = story_read_with(drip, seconds=0.3)
    assert story.claims == rules_alone()
    assert "no answer within 0.3 s" in story.notes[0]


def test_a_server_that_is_not_there_is_named() -> None:
    chat = ChatServer("http://127.0.0.1:9/v1", "a-model")
    (story,) = read(PAGE, settings=Settings(second_reader=chat)).stories
    assert story.claims == rules_alone()
    assert story.notes[0].startswith("second reader failed: http://127.0.0.1:9/v1: ")


def test_the_key_is_sent_and_never_shown() -> None:
    seen: list[str] = []

    def respond(handler: BaseHTTPRequestHandler) -> None:
        seen.append(handler.headers["Authorization"])
        says(completion([]))(handler)

    with server(respond) as url:
        chat = ChatServer(url, "a-model", key="secret")
        chat.ask("A story.")
    assert seen == ["Bearer secret"]
    assert "secret" not in repr(chat)


@given(st.text(alphabet=" \n\tab“”\"’'—é", max_size=40), st.data())
def test_found_words_are_the_words_of_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    words = text[start : data.draw(st.integers(start, len(text)))]
    span = FoldedText(text).find(words)
    plain = str.maketrans("“”’—", '""\'-')
    if not words.strip():
        assert span is None
    else:
        assert span is not None
        assert span.of(text).translate(plain).split() == words.translate(plain).split()
