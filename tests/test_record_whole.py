"""The record as a newsroom uses it, command by command: what pages said over two years, told truly."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from onrecord.cli import main

SCHOLZ = (
    "BERLIN (NWP) — Germany will raise defence spending to 3% of GDP by 2034, Chancellor Olaf Scholz said on "
    "Wednesday, in the firmest promise yet from Europe's largest economy.",
    "Speaking in the Bundestag, Scholz said the country could no longer rely on others. Opposition lawmakers called "
    "the promise too little and too slow.",
)
PAGES = {
    "daily.example": ("2025-01-15", "Germany promises 3% for defence by 2034", *SCHOLZ),
    "gazette.example": ("2025-01-16", "Berlin raises its sights", *SCHOLZ),
    "post.example": (
        "2025-06-24",
        "Germany brings its defence goal forward",
        "BERLIN — Germany will raise defence spending to 3.5% of GDP by 2030, Chancellor Friedrich Merz "
        "said on Tuesday.",
    ),
    "north.example": (
        "2025-11-20",
        "Bundestag passes law on 3.5% for defence",
        "BERLIN — The Bundestag on Thursday passed a law that commits Germany to spend 3.5% of GDP on defence by 2030.",
    ),
    "quay.example": (
        "2025-03-03",
        "Britain pledges eight frigates",
        "LONDON — Britain will build eight new frigates by the end of 2028, Defence Secretary John Healey "
        "said on Monday.",
    ),
    "sea.example": (
        "2025-10-09",
        "Frigates to arrive late",
        "LONDON — Britain now plans to build eight new frigates by the end of 2034, the Ministry of Defence "
        "said on Thursday.",
    ),
    "isle.example": (
        "2025-02-10",
        "Denmark vows to cut emissions",
        "COPENHAGEN — Denmark will cut greenhouse gas emissions by 82% by 2098, Prime Minister Mette Frederiksen said.",
    ),
    "fjord.example": (
        "2026-05-05",
        "Denmark drops climate goal",
        "COPENHAGEN — Denmark will not cut greenhouse gas emissions by 82% by 2098, the government said on Tuesday.",
    ),
    "tree.example": (
        "2025-06-02",
        "Ethiopia to plant 7.5 billion trees",
        "ADDIS ABABA — Ethiopia pledged on Monday to plant 7.5 billion trees by the end of 2025, Prime "
        "Minister Abiy Ahmed "
        "said.",
    ),
    "leaf.example": (
        "2025-12-29",
        "Ethiopia has planted 7.5 billion trees",
        "ADDIS ABABA — Ethiopia has planted 7.5 billion trees this year, Prime Minister Abiy Ahmed said on "
        "Monday, meeting "
        "the target that it had set in June.",
    ),
    "ferry.example": (
        "2025-07-03",
        "Ferry sinks off Cebu",
        "CEBU, Philippines — At least 12 people were killed when a ferry sank off Cebu on Thursday, the "
        "coast guard said.",
    ),
    "strait.example": (
        "2025-07-06",
        "Cebu ferry: 44 dead",
        "CEBU, Philippines — At least 44 people were killed when the ferry sank off Cebu, the coast guard "
        "said on Sunday, "
        "while the owner of the ship said 29 people were killed.",
    ),
}
Call = Callable[..., str]


def html(outlet: str, day: str, headline: str, *paragraphs: str) -> str:
    told = "".join(f"<p>{one}</p>" for one in (*paragraphs, "Reporters asked for more, and were told to wait."))
    return (
        f'<html lang="en"><head><title>{headline} | {outlet}</title><link rel="canonical" href="https://{outlet}/1">'
        f'<meta property="og:type" content="article"><meta property="article:published_time" content="{day}T08:00:00Z">'
        '</head><body><header><nav><a href="/">Home</a> <a href="/world">World</a></nav></header><main><article>'
        f'<h1>{headline}</h1><p class="byline">By Ruth Adeyemi</p><time datetime="{day}">{day}</time>{told}'
        f"</article></main><footer>© {outlet}. All rights reserved.</footer></body></html>"
    )


@pytest.fixture
def call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., str]:
    """Return the command as called in a folder with the pages; it gives what was printed."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for outlet, (day, headline, *paragraphs) in PAGES.items():
        (folder / f"{day} {outlet}.html").write_text(html(outlet, day, headline, *paragraphs), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("ONRECORD_REVIEWER", "Ada")

    def called(*arguments: str, status: int = 0) -> str:
        monkeypatch.setattr(sys, "argv", ["onrecord", *arguments])
        try:
            main()
            left: object = 0
        except SystemExit as end:
            left = end.code or 0
        out, error = capsysbinary.readouterr()
        assert left == status, error.decode()
        return out.decode()

    return called


def lines(printed: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in printed.splitlines()]


def tracked(printed: str) -> dict[str, tuple[Any, ...]]:
    """Return of each thread, by its country: target, stage, dropped, overdue, how often it was seen."""
    names = ("target", "stage", "dropped", "overdue", "sightings")
    return {one["country"]: tuple(one[name] for name in names) for one in lines(printed)}


def past(year: int) -> bool:
    return dt.date.today().year > year


TOLD = {
    "DE": ("3.5% of GDP by 2030", "adopted", False, past(2030), 4),
    "GB": ("+8 by 2034", "said", False, past(2034), 2),
    "DK": ("−82% by 2098", "said", True, False, 2),
    "ET": ("7,500,000,000 by 2025", "delivered", False, False, 2),
}


def test_the_record_tells_the_story_of_its_pages(call: Call, tmp_path: Path) -> None:
    added = call("add", "pages")
    assert added.splitlines()[-1].startswith("onrecord.db: 12 captures added: 12 stories")
    assert call("add", "pages").splitlines()[-1] == "onrecord.db: 0 captures added; 12 known already"

    # searching
    found = lines(call("find", "frigates", "--kind", "commitment", "--json"))
    assert [(one["day"], one["claim"]["when"]["end"]) for one in found] == [
        ("2025-10-09", "2034-12-31"),
        ("2025-03-03", "2028-12-31"),
    ]

    # threads: restated by a wire copy, sharpened, adopted; postponed; dropped; delivered
    assert tracked(call("track", "--json")) == TOLD
    assert tracked(call("track", "--status", "dropped", "--json")) == {"DK": TOLD["DK"]}
    number = {one["country"]: f"T{one['id']}" for one in lines(call("track", "--json"))}
    shown = json.loads(call("show", number["DE"], "--json"))
    changes = [[one["what"] for one in event["revisions"]] for event in shown["events"]]
    assert changes == [["first said"], ["restated"], ["sharpened", "brought forward"], ["adopted"]]
    assert "+8 by 2028 → +8 by 2034" in call("show", number["GB"])

    # a toll: every source's number stands
    (toll,) = lines(call("track", "--kind", "figure", "--json"))
    ends = json.loads(call("show", f"T{toll['id']}", "--json"))["extremes"]
    assert {name: (one["quantity"]["value"], one["said_by"]) for name, one in ends.items()} == {
        "lowest": (12, "coast guard"),
        "highest": (44, "coast guard"),
        "latest": (29, "owner of the ship"),
    }

    # a fact-checker decides: the sighting is no longer in its thread, also once all is read anew
    (dropped,) = lines(call("find", "--actor", "Denmark", "--to", "2026-12-31", "--from", "2026-01-01", "--json"))
    assert "rejected" in call("review", "--reject", dropped["address"])
    after = TOLD | {"DK": ("−82% by 2098", "said", False, False, 1)}
    assert tracked(call("track", "--json")) == after
    assert call("reread", "--yes").splitlines()[-1] == "12 captures taken over"
    assert tracked(call("track", "--json")) == after

    # taken elsewhere and back: the same, and exported again the same bytes
    call("export", "--to", "all.jsonl")
    call("import", "all.jsonl", "--record", "other.db")
    assert tracked(call("track", "--record", "other.db", "--json")) == after
    call("export", "--to", "again.jsonl", "--record", "other.db")
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "all.jsonl").read_bytes()

    # taken back
    call("review", "--undo")
    assert tracked(call("track", "--json")) == TOLD
