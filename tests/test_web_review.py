"""The page Review without a browser: decisions by forms, what two people see, who decided what."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from onrecord.model import When
from onrecord.record.adding import add
from onrecord.record.database import Record, open_record
from onrecord.record.rating import known_figures
from onrecord.record.review_queue import ALL, queue
from onrecord.record.reviewing import decide, decisions, history, look, undo
from onrecord.web import review_line
from onrecord.web.app import create_app
from onrecord.web.review_line import line
from onrecord.web.serving import Serving
from tests.pages import Told, page, pledge
from tests.web_site import hostile

FIRST, SECOND, THIRD = (
    "Norland will spend 3% of GDP on defence by 2030.",
    "Westria will spend 4% of GDP on defence by 2031.",
    "Prices will rise next year, the bank expects.",
)
TOLD = (
    pledge(FIRST, 3, 2030, said_by="Ana Roth"),
    pledge(SECOND, 4, 2031, actor="Westria"),
    Told(words=THIRD, kind="forecast", actor="the bank", measure="prices", when=When(text="next year", relation="in")),
)
TOKEN = "a token of some length"


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(str(tmp_path / "r.db"), may_be_new=True) as one:
        add(one, page("https://news.example/1", "2025-03-04", *TOLD), reader="1.0", by=known_figures())
        yield one


def client(record: Record, **serving: Any) -> TestClient[Any]:
    settings = Serving(reader="tests.readers:read", readers=1, **serving)
    return TestClient(create_app(record.place, settings), base_url="http://127.0.0.1:8000")


@pytest.fixture
def asking(record: Record) -> Iterator[TestClient[Any]]:
    with client(record) as one:
        give_name(one, "Ana Roth")
        yield one


def address(record: Record, words: str) -> str:
    return next(one.address for one in queue(record) if one.words == words)


def hidden(answer: Any, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.text)
    assert found
    return html.unescape(found[1])


def give_name(asking: TestClient[Any], name: str) -> Any:
    form = {"_csrf_token": hidden(asking.get("/review"), "_csrf_token"), "name": name, "to": "/review"}
    return asking.post("/review/name", data=form, follow_redirects=False)


def form(asking: TestClient[Any], path: str) -> dict[str, str]:
    """Return what every form of a claim's page sends along."""
    shown = asking.get(path)
    return {name: hidden(shown, name) for name in ("_csrf_token", "seen", "within")}


def send(asking: TestClient[Any], where: str, sent: dict[str, str], **more: str) -> Any:
    return asking.post(where, data={**sent, **more}, follow_redirects=False)


def shown(answer: Any) -> str:
    """Return the words of the claim that a page shows."""
    found = re.search(r'<strong class="evidence">(.*?)</strong>', answer.text)
    return html.unescape(re.sub(r"<[^>]+>", "", found[1])) if found else ""


def problem(answer: Any) -> str:
    found = re.search(r'class="problem said" role="alert">(.*?)</p>', answer.text)
    return html.unescape(found[1]) if found else ""


def test_the_name_is_asked_for_once(record: Record) -> None:
    with client(record) as asking:
        before = asking.get("/review").text
        kept = give_name(asking, "  Žofia   Roth ")
        after = asking.get("/review").text
        where = f"/review/{address(record, FIRST)}"
        send(asking, where, form(asking, where), decision="accepted")
    assert "Who decides?" in before
    assert 'data-key="a"' not in before
    assert "Who decides?" not in after
    assert {"HttpOnly", "SameSite=strict"} <= set(kept.headers["set-cookie"].split("; "))
    assert [one.reviewer for one in decisions(record, limit=9)] == ["Žofia Roth"]


@pytest.mark.parametrize("name", ["", "  ", "a\x07b", "x" * 201, "\u202eanA"])
def test_a_name_that_cannot_be_seen_is_refused(record: Record, name: str) -> None:
    with client(record) as asking:
        answer = give_name(asking, name)
    assert answer.status_code == 422
    assert "a name has 1 to 200 letters that can be seen" in answer.text


def test_without_a_name_nothing_is_stored(record: Record) -> None:
    with client(record) as asking:
        sent = {"_csrf_token": hidden(asking.get("/review"), "_csrf_token"), "decision": "accepted"}
        answer = send(asking, f"/review/{address(record, FIRST)}", sent)
    assert (answer.status_code, decisions(record, limit=9)) == (422, ())
    assert "nobody said who decides; nothing was stored" in answer.text


@pytest.mark.parametrize("decision", ["accepted", "rejected", "skipped"])
def test_a_decision_is_stored_and_leads_to_the_next_claim(
    asking: TestClient[Any], record: Record, decision: str
) -> None:
    first = asking.get("/review")
    where = str(first.url.path)
    answer = send(asking, where, form(asking, where), decision=decision)
    following = asking.get(answer.headers["location"])
    assert answer.status_code == 303
    assert [(one.decision, one.reviewer, one.address) for one in decisions(record, limit=9)] == [
        (decision, "Ana Roth", where.rsplit("/", 1)[1])
    ]
    assert {shown(first), shown(following)} < {FIRST, SECOND, THIRD}
    assert shown(first) != shown(following)
    assert f'role="status"><span class="clamped">{decision.capitalize()}:' in following.text


def test_skipped_claims_come_last_and_the_end_is_told(asking: TestClient[Any], record: Record) -> None:
    order, where = [], str(asking.get("/review").url.path)
    for _ in range(3):
        order.append(shown(asking.get(where)))
        answer = send(asking, where, form(asking, where), decision="skipped" if len(order) == 1 else "accepted")
        where = answer.headers["location"].split("?")[0]
    again = asking.get(answer.headers["location"])
    assert sorted(order) == sorted([FIRST, SECOND, THIRD])
    assert shown(again) == order[0]
    send(asking, str(again.url.path), form(asking, str(again.url.path)), decision="rejected")
    assert "No claim waits for a decision." in asking.get("/review").text


def test_passing_by_ends_behind_the_last_claim(asking: TestClient[Any]) -> None:
    answer, seen = asking.get("/review"), []
    while shown(answer):
        seen.append(shown(answer))
        further = re.search(r'href="([^"]+)" data-key="n"', answer.text)
        assert further
        answer = asking.get(html.unescape(further[1]))
    assert sorted(seen) == sorted([FIRST, SECOND, THIRD])
    assert "That was the last one." in answer.text
    assert 'href="/review">Begin again' in answer.text


def test_previous_leads_back(asking: TestClient[Any]) -> None:
    first = asking.get("/review")
    further = re.search(r'href="([^"]+)" data-key="n"', first.text)
    assert further
    second = asking.get(html.unescape(further[1]))
    back = re.search(r'href="([^"]+)" data-key="p"', second.text)
    assert back
    assert shown(asking.get(html.unescape(back[1]))) == shown(first)
    assert 'data-key="p"' not in first.text


def test_the_walk_keeps_to_what_was_chosen(asking: TestClient[Any], record: Record) -> None:
    shown_first = asking.get("/review?kind=forecast&order=newest&actor=")
    assert shown(shown_first) == THIRD
    where = str(shown_first.url.path)
    sent = form(asking, f"{where}?kind=forecast&order=newest")
    assert sent["within"] == "kind=forecast&order=newest"
    answer = send(asking, where, sent, decision="accepted")
    assert answer.headers["location"].startswith("/review?kind=forecast&order=newest&done=")
    assert "None of these claims waits" in asking.get("/review?kind=forecast").text


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("kind=vow", "kind: &#39;vow&#39; is not one of"),
        ("order=best", "order: &#39;best&#39; is not one of least-certain, newest"),
        ("unsure=many", "unsure: &#39;many&#39; is not a whole number from 0 to 100"),
        (f"actor={'x' * 201}", "actor: longer than 200 characters"),
    ],
)
def test_what_cannot_be_meant_is_told(asking: TestClient[Any], query: str, told: str) -> None:
    answer = asking.get(f"/review?{query}")
    assert (answer.status_code, told in answer.text) == (400, True)


def test_a_decision_of_an_unknown_kind_is_refused(asking: TestClient[Any], record: Record) -> None:
    where = f"/review/{address(record, FIRST)}"
    answers = [send(asking, where, form(asking, where), decision=one).status_code for one in ("liked", "corrected", "")]
    assert (answers, decisions(record, limit=9)) == ([400, 400, 400], ())


def test_a_claim_that_there_is_not_is_told_with_a_next_step(asking: TestClient[Any]) -> None:
    answer = asking.get("/review/0123456789abcdef-0123456789ab")
    assert answer.status_code == 404
    assert "no claim of this record has this address" in answer.text


def test_who_comes_second_is_told_and_nothing_of_his_is_stored(asking: TestClient[Any], record: Record) -> None:
    one = address(record, FIRST)
    sent = form(asking, f"/review/{one}")
    decide(record, one, "rejected", reviewer="Ben")
    answer = send(asking, f"/review/{one}", sent, decision="accepted")
    assert answer.status_code == 409
    assert problem(answer).startswith("Ben rejected it at ")
    assert problem(answer).endswith("your decision was not stored.")
    assert [review.reviewer for review in history(record, one)] == ["Ben"]
    again = {name: hidden(answer, name) for name in ("_csrf_token", "seen", "within")}
    assert send(asking, f"/review/{one}", again, decision="accepted").status_code == 303
    assert [review.decision for review in history(record, one)] == ["rejected", "accepted"]


def test_a_correction_of_a_claim_that_changed_meanwhile_is_not_stored(asking: TestClient[Any], record: Record) -> None:
    one = address(record, FIRST)
    sent = form(asking, f"/review/{one}")
    decide(record, one, "accepted", reviewer="Ben")
    answer = send(asking, f"/review/{one}/correct", sent, kind="demand")
    assert (answer.status_code, len(history(record, one))) == (409, 1)


def test_a_form_sent_twice_is_stored_once(asking: TestClient[Any], record: Record) -> None:
    where = f"/review/{address(record, FIRST)}"
    sent = form(asking, where)
    statuses = [send(asking, where, sent, decision="accepted").status_code for _ in range(2)]
    assert (statuses, len(decisions(record, limit=9))) == ([303, 409], 1)


def test_a_correction_is_stored_as_typed(asking: TestClient[Any], record: Record) -> None:
    one = address(record, FIRST)
    sent = form(asking, f"/review/{one}")
    fields = {"kind": "demand", "quantity": "at least 3% of GDP", "when": "by 2030", "days": "..2030-06-30"}
    answer = send(asking, f"/review/{one}/correct", sent, **fields)
    claim = look(record, one).claim
    assert answer.status_code == 303
    assert (claim.kind, claim.quantity.comparator, str(claim.when.end)) == ("demand", ">=", "2030-06-30")  # type: ignore[union-attr]
    assert claim.actor == "Norland"
    told = asking.get(f"/review/{one}").text
    assert "the machine read" in told
    assert "kind commitment, how much 3% of GDP" in told


def test_what_cannot_be_meant_is_told_by_field_and_kept_as_typed(asking: TestClient[Any], record: Record) -> None:
    one = address(record, FIRST)
    sent = form(asking, f"/review/{one}")
    fields = {"country": "Nowhere", "quantity": "some", "actor": 'A "quoted" <b>name</b>'}
    answer = send(asking, f"/review/{one}/correct", sent, **fields)
    assert (answer.status_code, decisions(record, limit=9)) == (422, ())
    assert problem(answer) == "This cannot be meant; nothing was stored."
    assert re.findall(r'id="r-(\w+)">(.{13})', answer.text) == [
        ("country", "not a country"),
        ("quantity", "no quantity; "),
    ]
    assert 'value="A &#34;quoted&#34; &lt;b&gt;name&lt;/b&gt;"' in answer.text
    assert '<details class="correcting" id="correct" open>' in answer.text


def test_a_doubtful_correction_is_asked_about_once(asking: TestClient[Any], record: Record) -> None:
    one = address(record, FIRST)
    sent = form(asking, f"/review/{one}")
    doubtful = send(asking, f"/review/{one}/correct", sent, actor="Sudmark")
    assert (doubtful.status_code, decisions(record, limit=9)) == (422, ())
    assert "actor: the capture does not say “Sudmark”" in doubtful.text
    warned = hidden(doubtful, "warned")
    other = send(asking, f"/review/{one}/correct", sent, actor="Ostmark", warned=warned)
    stored = send(asking, f"/review/{one}/correct", sent, actor="Sudmark", warned=warned)
    assert (other.status_code, stored.status_code) == (422, 303)
    assert look(record, one).claim.actor == "Sudmark"


def test_a_correction_that_changes_nothing_is_not_stored(asking: TestClient[Any], record: Record) -> None:
    one = address(record, FIRST)
    answer = send(asking, f"/review/{one}/correct", form(asking, f"/review/{one}"), kind="commitment", actor="Norland")
    assert (answer.status_code, decisions(record, limit=9)) == (422, ())
    assert problem(answer) == "Nothing was changed; a claim that is right is accepted."


def test_every_field_comes_back_as_it_is_shown(asking: TestClient[Any], record: Record) -> None:
    """What the form shows, sent back untouched, changes nothing."""
    one = address(record, FIRST)
    answer = asking.get(f"/review/{one}")
    part = answer.text[answer.text.index('class="entries"') :]
    typed = {
        name: html.unescape(value)
        for name, value in re.findall(r'<input id="e-\w+" name="(\w+)" value="([^"]*)"', part)
    }
    typed |= dict(re.findall(r'<select id="e-\w+" name="(\w+)">.*?<option value="([^"]*)" selected', part))
    assert len(typed) == 10
    again = send(asking, f"/review/{one}/correct", form(asking, f"/review/{one}"), **typed)
    assert problem(again) == "Nothing was changed; a claim that is right is accepted."


def test_the_last_decision_is_taken_back(asking: TestClient[Any], record: Record) -> None:
    where = f"/review/{address(record, FIRST)}"
    send(asking, where, form(asking, where), decision="rejected")
    answer = send(asking, "/review/undo", form(asking, where))
    back = asking.get(answer.headers["location"])
    assert shown(back) == FIRST
    assert "Taken back: rejected." in back.text
    assert look(record, where.rsplit("/", 1)[1]).standing is None
    assert send(asking, "/review/undo", form(asking, where)).status_code == 409


def test_the_log_tells_who_decided_what_and_takes_back_by_number(asking: TestClient[Any], record: Record) -> None:
    decide(record, address(record, FIRST), "accepted", reviewer="Ben")
    decide(record, address(record, SECOND), "rejected", reviewer="Cleo <b>")
    undo(record, "Cleo <b>")
    log = asking.get("/review/log")
    plain = html.unescape(re.sub(r"<[^>]+>", "", log.text.replace("&lt;b&gt;", "[b]")))
    assert re.findall(r"(accepted|rejected) by ([^,]+)", plain) == [("rejected", "Cleo [b]"), ("accepted", "Ben")]
    assert plain.count("taken back") >= 1
    assert len(re.findall(r'name="number"', log.text)) == 1
    send(asking, "/review/undo", {name: hidden(log, name) for name in ("_csrf_token", "number", "within")})
    assert all(one.undone for one in decisions(record, limit=9))


def test_the_log_goes_on_page_by_page(asking: TestClient[Any], record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    for words in (FIRST, SECOND, THIRD):
        decide(record, address(record, words), "accepted", reviewer="Ben")
    monkeypatch.setattr("onrecord.web.pages.review._LOGGED", 2)
    first = asking.get("/review/log")
    further = re.search(r'href="([^"]+)" rel="next"', first.text)
    assert further
    second = asking.get(further[1])
    assert [one.text.count(" by <bdi") for one in (first, second)] == [2, 1]
    assert asking.get("/review/log?before=x").status_code == 400


@pytest.mark.parametrize("path", ["/review/name", "/review/undo", "/review/{one}", "/review/{one}/correct"])
def test_writes_without_the_forms_token_or_from_elsewhere_are_refused(
    asking: TestClient[Any], record: Record, path: str
) -> None:
    one = address(record, FIRST)
    sent = form(asking, f"/review/{one}")
    where, fields = path.format(one=one), {"seen": sent["seen"], "decision": "accepted", "kind": "demand"}
    bare = asking.post(where, data=fields, follow_redirects=False)
    foreign = asking.post(
        where, data={**fields, **sent}, headers={"Origin": "https://evil.example"}, follow_redirects=False
    )
    assert (bare.status_code, foreign.status_code) == (403, 403)
    assert decisions(record, limit=9) == ()


def test_writes_need_the_token_where_one_is_set(record: Record) -> None:
    one = address(record, FIRST)
    with client(record, token=TOKEN) as asking:
        shown_by_token = asking.get(f"/review/{one}", headers={"Authorization": f"Bearer {TOKEN}"})
        sent = {name: hidden(shown_by_token, name) for name in ("_csrf_token",)}
        answer = send(asking, f"/review/{one}", sent, decision="accepted")
    assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/login")
    assert decisions(record, limit=9) == ()


def test_hostile_text_is_text(tmp_path: Path) -> None:
    with open_record(str(tmp_path / "r.db"), may_be_new=True) as record:
        for reading in hostile():
            add(record, reading, reader="1.0", by=known_figures())
        with client(record) as asking:
            give_name(asking, '"><script>alert(1)</script>')
            for one in queue(record):
                where = f"/review/{one.address}"
                text = asking.get(where).text
                assert re.findall(r"<script(?![^>]* src=)[^>]*>|<style|\sstyle=|\son\w+=\"", text) == []
                assert not set("\u202e\u200b\u2060") & set(text)
                assert send(asking, where, form(asking, where), decision="accepted").status_code == 303
            log = asking.get("/review/log").text
    assert "<script>alert" not in log
    assert "&lt;script&gt;alert(1)" in log


def test_without_a_record_the_page_leads_to_read(tmp_path: Path) -> None:
    app = create_app(str(tmp_path / "none.db"), Serving(reader="tests.readers:read", readers=1))
    with TestClient(app, base_url="http://127.0.0.1:8000") as asking:
        answer = asking.get("/review")
    assert (answer.status_code, "Nothing is on record yet." in answer.text) == (200, True)


def test_a_line_is_fetched_in_parts_and_passes_by_what_is_decided(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review_line, "_PART", 1)
    order = [one.address for one in queue(record)]
    one = line(record, ALL, "least-certain")
    assert [one.after(), one.after(order[0]), one.after(order[1]), one.after(order[2])] == [*order, None]
    decide(record, order[1], "accepted", reviewer="Ben")
    assert (one.after(order[0]), one.before(order[2]), one.before(order[0])) == (order[2], order[1], None)
    one.put_last(order[0])
    assert (one.after(), one.after(order[2])) == (order[2], order[0])


def test_a_line_knows_claims_that_came_later(record: Record) -> None:
    one = line(record, ALL, "newest")
    assert one.after()
    for known in queue(record):
        decide(record, known.address, "accepted", reviewer="Ben")
    assert one.after() is None
    add(record, page("https://news.example/2", "2025-05-05", pledge("A will spend 5% by 2040.", 5, 2040)), reader="1.0")
    assert one.after() == queue(record)[0].address
