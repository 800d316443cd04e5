"""What is found in archives, whole and broken."""

from __future__ import annotations

import gzip
import io
import json
import struct
from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.batch import Limits, Settings, plan
from onrecord.batch.found import capture_of
from onrecord.batch.inputs import find_inputs
from onrecord.batch.sources import find_pages
from onrecord.batch.warc import pages_of_warc
from onrecord.errors import CaptureError, UsageError
from tests.archives import gzipped, page, record

MOST = 10 * 2**20
RECORDS = [record(page(n), n) for n in range(5)]
STARTS = [sum(map(len, RECORDS[:n])) for n in range(5)]
MEMBERS = [gzip.compress(one, mtime=0) for one in RECORDS]
PLACES = [sum(map(len, MEMBERS[:n])) for n in range(5)]


def told(
    data: bytes, start: int = 0, end: int | None = None, most: int = MOST, name: str = "a"
) -> list[tuple[str, str]]:
    """Return of each place its source, and the page's heading or why there is none."""
    end = len(data) if end is None else end
    return list(filter(None, map(outcome, pages_of_warc(io.BytesIO(data), name, start, end, most))))


def outcome(found, most: int = MOST) -> tuple[str, str] | None:
    try:
        if (got := found.page()) is None:
            return None
        return found.source, capture_of(got, found.source, most).text.split("\n")[0]
    except CaptureError as error:
        return error.source, error.reason


def whole(places: list[int], numbers: tuple[int, ...] = (0, 1, 2, 3, 4)) -> list[tuple[str, str]]:
    return [(f"a#{places[n]}", f"Plans {n} for roads") for n in numbers]


def zstd_with_dictionary() -> bytes:
    dictionary = zstandard.ZstdCompressionDict(b"".join(RECORDS[:2]))
    packed = zstandard.compress(dictionary.as_bytes())
    compressor = zstandard.ZstdCompressor(dict_data=dictionary)
    opening = struct.pack("<II", 0x184D2A5D, len(packed)) + packed
    return opening + b"".join(compressor.compress(one) for one in RECORDS)


@pytest.mark.parametrize(
    "data",
    [
        b"".join(RECORDS),
        b"".join(MEMBERS),
        b"".join(zstandard.compress(one) for one in RECORDS),
        zstd_with_dictionary(),
    ],
    ids=["plain", "gzip", "zstd", "zstd with a dictionary"],
)
def test_every_record_of_an_archive_is_found(data: bytes) -> None:
    assert [words for _, words in told(data)] == [f"Plans {n} for roads" for n in range(5)]


def test_sources_name_the_byte_at_which_a_record_begins() -> None:
    assert told(b"".join(RECORDS)) == whole(STARTS)
    assert told(b"".join(MEMBERS)) == whole(PLACES)


def test_a_file_gzipped_as_a_whole_is_read_by_its_first_part() -> None:
    data = gzip.compress(b"".join(RECORDS))
    assert told(data, 0, 10) == [(f"a#0{f'.{n}' if n else ''}", f"Plans {n} for roads") for n in range(5)]
    assert told(data, 10, len(data)) == []


@settings(max_examples=40)
@given(st.lists(st.integers(0, len(b"".join(MEMBERS))), max_size=4), st.sampled_from([RECORDS, MEMBERS]))
def test_parts_give_together_what_the_whole_gives(cuts: list[int], parts: list[bytes]) -> None:
    data = b"".join(parts)
    borders = sorted({0, len(data), *(cut for cut in cuts if cut < len(data))})
    apart = [one for start, end in pairwise(borders) for one in told(data, start, end)]
    assert apart == told(data)


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (MEMBERS[1][: len(MEMBERS[1]) // 2], "damaged compressed data"),
        (MEMBERS[1][:40] + bytes([MEMBERS[1][40] ^ 255]) + MEMBERS[1][41:], "damaged compressed data"),
        (gzip.compress(record(page(1), length=10**6)), "ends early: its length is wrong"),
        (b"no archive at all", "no WARC record here"),
    ],
    ids=["half a member", "a wrong byte", "a length too long", "something else"],
)
def test_what_is_broken_between_gzipped_records_costs_only_itself(broken: bytes, reason: str) -> None:
    data = MEMBERS[0] + broken + b"".join(MEMBERS[2:])
    moved = [place + len(broken) - len(MEMBERS[1]) for place in PLACES]
    assert told(data) == [*whole(PLACES, (0,)), (f"a#{PLACES[1]}", reason), *whole(moved, (2, 3, 4))]


@pytest.mark.parametrize(
    ("length", "reason"),
    [
        (10**6, "ends early: it is to be longer than its file"),
        (300, "its length is wrong: no record follows"),
        (50, "its length is wrong: no record follows"),
    ],
)
def test_a_wrong_length_between_plain_records_costs_only_itself(length: int, reason: str) -> None:
    broken = record(page(1), 1, length=length)
    data = RECORDS[0] + broken + b"".join(RECORDS[2:])
    moved = [place + len(broken) - len(RECORDS[1]) for place in STARTS]
    assert told(data) == [*whole(STARTS, (0,)), (f"a#{STARTS[1]}", reason), *whole(moved, (2, 3, 4))]


def test_an_archive_that_ends_early_says_so() -> None:
    assert told(b"".join(MEMBERS)[:-20])[-1] == (f"a#{PLACES[4]}", "compressed data that ends early")


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "gzip"])
def test_a_record_larger_than_a_page_may_be_is_passed_over(pack) -> None:
    parts = [pack(one) for one in (RECORDS[0], record(b"<p>" + b"x" * 2**20, 1), RECORDS[2])]
    found = told(b"".join(parts), most=2**10)
    assert [words for _, words in found] == ["Plans 0 for roads", "larger than 1,024 bytes", "Plans 2 for roads"]
    assert found[1][0] == f"a#{len(parts[0])}"


def test_a_page_packed_small_that_is_large_is_refused() -> None:
    bomb = record(gzip.compress(b"<p>" + b"x" * 2**20), headers="Content-Type: text/html\r\nContent-Encoding: gzip")
    page_ = next(pages_of_warc(io.BytesIO(bomb), "a", 0, len(bomb), 2**16))
    assert outcome(page_, 2**16) == ("a#0", "larger than 65,536 bytes")


def test_an_answer_is_decoded_and_other_records_are_no_pages() -> None:
    data = b"".join(
        [
            record(gzip.compress(page(1)), 1, headers="Content-Type: text/html\r\nContent-Encoding: gzip"),
            record(page(2), 2, status="404 Not Found"),
            record(b"\x89PNG", 3, headers="Content-Type: image/png"),
            record(b"GET / HTTP/1.1", 4, kind="request"),
            record(page(5), 5, headers="Content-Type: text/html\r\nContent-Encoding: gzip"),
            record("Für Straßen".encode(), 6, kind="conversion"),
        ]
    )
    assert [words for _, words in told(data)] == [
        "Plans 1 for roads",
        "its answer cannot be decoded: gzip decompression error: data error",
        "Für Straßen",
    ]


@settings(max_examples=60)
@given(st.binary(max_size=300), st.integers(0, 4), st.integers(0, 200))
def test_nothing_that_is_set_between_records_loses_those_around(junk: bytes, before: int, cut: int) -> None:
    part = MEMBERS[before][:cut] + junk
    data = b"".join(MEMBERS[:before]) + part + b"".join(MEMBERS[before:])
    words = [words for _, words in told(data, name="a.warc.gz")]
    assert [one for one in words if one.startswith("Plans")][-5:] == [f"Plans {n} for roads" for n in range(5)]


def pages(path: Path, **limits: int) -> list[list[tuple[str, str] | None]]:
    planned = plan([str(path)], Settings(limits=Limits(**limits)))
    return [
        [
            outcome(one) and (outcome(one)[0].removeprefix(f"{path}#"), outcome(one)[1])
            for one in find_pages(shard, MOST)
        ]
        for shard in planned.shards()
    ]


def test_lines_are_cut_where_they_begin(tmp_path: Path) -> None:
    lines = [json.dumps({"text": f"Plan {n} is made.", **({"id": f"n{n}"} if n else {})}) for n in range(4)]
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join([lines[0], "nonsense", "[1]", "{}", *lines[1:]]) + "\n", encoding="utf-8")
    at = len(lines[0]) + 1
    expected = [
        ("0", "Plan 0 is made."), (f"{at}", "not a line of JSON"), (f"{at + 9}", "not a JSON object"),
        (f"{at + 13}", "no `text` or `html` in it"), *((f"n{n}", f"Plan {n} is made.") for n in (1, 2, 3)),
    ]  # fmt: skip
    for size in (1, 7, 60, 10_000):
        assert [one for shard in pages(path, shard_bytes=size) for one in shard] == expected
    packed = tmp_path / "b.jsonl.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    assert pages(packed, shard_bytes=10) == [expected]
    packed.write_bytes(gzip.compress(path.read_bytes())[:-20])
    assert pages(packed)[0][-1][1] == "damaged gzip data, or data that ends early"


def test_rows_of_parquet_are_cut_across_its_groups(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    rows = [{"text": f"Plan {n} is made.", "url": None, "published": "2025-06-03"} for n in range(10)]
    pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=3)
    assert pages(path, shard_rows=4) == [
        [(f"{n}", f"Plan {n} is made.") for n in some] for some in (range(4), range(4, 8), range(8, 10))
    ]


def test_a_moment_that_the_archive_gives_counts_where_the_page_has_none(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    rows = [
        {"html": page(n, month=month).decode(), "published": "2025-02-03"} for n, month in ((1, ""), (2, "2025-01"))
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    shard = next(plan([str(path)], Settings()).shards())
    captures = [capture_of(one.page(), one.source, MOST) for one in find_pages(shard, MOST)]
    assert [one.markup.published for one in captures] == ["2025-02-03", "2025-01-03T10:00:00Z"]


def test_inputs_are_found_in_folders_globs_and_stores_in_order(tmp_path: Path) -> None:
    for name in ("b.warc.gz", "a.warc.wet.gz", "c/x.jsonl", "c/d.html", "c/no.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    names = [f"{tmp_path}/{name}" for name in ("a.warc.wet.gz", "b.warc.gz", "c/d.html", "c/x.jsonl")]
    assert [one.name for one in find_inputs([str(tmp_path)])] == names
    assert [one.name for one in find_inputs([f"{tmp_path}/*.gz", str(tmp_path)])] == names
    assert [one.name for one in find_inputs([f"file://{tmp_path}/*.gz"])] == [f"file://{name}" for name in names[:2]]
    assert [one.name for one in find_inputs([f"file://{tmp_path}/c"])] == [f"file://{name}" for name in names[2:]]


def test_an_archive_in_a_store_is_read_as_one_here(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz").write_bytes(gzipped(RECORDS))
    shard = next(plan([f"file://{tmp_path}/a.warc.gz"], Settings()).shards())
    assert [outcome(one)[1] for one in find_pages(shard, MOST)] == [f"Plans {n} for roads" for n in range(5)]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere.warc", "nowhere.warc: No such file or directory"),
        ("empty", "empty: no file to read"),
        ("no.pdf", "no.pdf: not a kind of file that is read"),
        ("https://news.example/a.warc.gz", "web addresses are for `onrecord read`"),
        ("nosuch://bucket/a.warc", "nosuch"),
    ],
)
def test_an_input_that_cannot_be_meant_is_named(
    name: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty").mkdir()
    Path("no.pdf").touch()
    with pytest.raises(Exception, match=message.replace("(", r"\(")) as caught:
        find_inputs([name])
    assert isinstance(caught.value, UsageError) or name.startswith("nowhere")


def test_without_the_extra_a_store_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "fsspec", None)
    with pytest.raises(UsageError, match=r"install the extra: pip install 'onrecord\[remote\]'"):
        find_inputs(["s3://bucket/a.warc.gz"])
