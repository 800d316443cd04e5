"""Several threads with one record: none spoils what another packs, and writers take turns."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from onrecord.errors import LockedRecord
from onrecord.record import database, rows
from onrecord.record.adding import add
from onrecord.record.database import open_record
from onrecord.record.searching import Query, find_stories
from tests.pages import page, pledge


def test_texts_packed_and_unpacked_at_a_time_stay_what_they_were() -> None:
    texts = [f"{number} roads and bridges ".encode() * 20_000 for number in range(8)]
    with ThreadPoolExecutor(8) as threads:
        back = list(threads.map(lambda text: rows.unpacked(rows.packed(text)), texts * 5))
    assert back == texts * 5


def test_readings_added_at_a_time_are_all_there(tmp_path: Path) -> None:
    readings = [
        page(f"https://a.example/{n}", "2025-01-01", pledge(f"Road {n} will get 3% of it by 2030.", 3, 2030))
        for n in range(12)
    ]
    with open_record(str(tmp_path / "r.db"), may_be_new=True) as record, ThreadPoolExecutor(6) as threads:
        added = list(threads.map(lambda one: add(record, one, reader="1").new, readings))
        found = find_stories(record, Query(words="road", limit=50)).hits
    assert (added, {hit.url for hit in found}) == ([True] * 12, {one.capture.source for one in readings})


@pytest.mark.parametrize("record_address", ["sqlite"], indirect=True)
def test_who_waits_too_long_for_another_thread_is_told_so(record_address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "SECONDS", 0.05)
    with (
        open_record(record_address) as record,
        record.writing(),
        pytest.raises(LockedRecord, match=r"locked by another thread of this process, still so after 0.05 s"),
        record.writing(),
    ):
        pass
