"""`onrecord export`: claims as CSV, Parquet and JSON-LD, reviewed captures as gold; files whole or not at all."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from pyld import jsonld

from onrecord.errors import OnrecordError, UsageError
from onrecord.model import Quantity, Reading
from onrecord.record.adding import add
from onrecord.record.database import Record, open_record
from onrecord.record.exporting import FORMATS, Choice, Exported, export, export_gold
from onrecord.record.exporting.columns import COLUMNS, Column
from onrecord.record.exporting.csv_table import harmless
from onrecord.record.exporting.jsonl import write_jsonl
from onrecord.record.exporting.parquet import ROWS, schema
from onrecord.record.reviewing import decide
from onrecord.record.schema import metadata
from onrecord.scoring import gold_in, gold_of
from tests.builders import claim
from tests.record_filled import exported, fill, page, readings, refuted

COMMAND = [sys.executable, "-c", "from onrecord.cli import main; main()"]
DOCS = (Path(__file__).parents[1] / "docs" / "record-formats.md").read_text(encoding="utf-8")


@pytest.fixture
def filled(record: Record) -> Record:
    fill(record)
    return record


@pytest.fixture
def small(tmp_path: Path, empty_file: Path) -> Record:
    """Return a record of one capture with a refuted claim, in SQLite."""
    opened = open_record(str(shutil.copy(empty_file, tmp_path / "small.db")))
    add(opened, page("one", verdict=refuted()), reader="1")
    return opened


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


# --- CSV


def test_a_csv_holds_every_claim_that_counts(filled: Record, tmp_path: Path) -> None:
    done = export(filled, tmp_path / "claims.csv")
    assert done == Exported(4, (tmp_path / "claims.csv", tmp_path / "claims.datapackage.json"))
    rows = table(tmp_path / "claims.csv")
    assert sorted(row["review"] for row in rows) == ["", "", "", "corrected"]
    assert list(rows[0]) == [column.name for column in COLUMNS]


def test_cells_are_written_as_the_description_says(small: Record, tmp_path: Path) -> None:
    export(small, tmp_path / "claims.csv")
    (row,) = table(tmp_path / "claims.csv")
    told = ("kind", "quantity_value", "quantity_unit", "quantity_comparator", "when_end", "negated", "verdict_edition")
    assert [row[name] for name in told] == ["commitment", "2.5", "percent", "=", "2030-12-31", "false", "2026-01-02"]
    assert (row["quantity_low"], row["review"], row["country"]) == ("", "", "")
    assert row["url"] == "https://www.example.org/one?a=b c"


def test_numbers_stay_numbers_also_below_zero(small: Record, tmp_path: Path) -> None:
    cold = replace(claim(), quantity=Quantity(value=-3.0, unit="degC"))
    reading = page("cold")
    told = replace(reading, stories=(replace(reading.stories[0], claims=(cold,)),))
    add(small, told, reader="1")
    export(small, tmp_path / "claims.csv")
    assert [row["quantity_value"] for row in table(tmp_path / "claims.csv")] == ["2.5", "-3"]


def test_no_text_begins_as_a_formula(filled: Record, tmp_path: Path) -> None:
    export(filled, tmp_path / "claims.csv")
    rows = table(tmp_path / "claims.csv")
    assert "'=Ruiz" in {row["actor"] for row in rows}
    free = [column.name for column in COLUMNS if column.type == "string" and not column.one_of]
    assert [row[name] for row in rows for name in free if row[name].startswith(("=", "+", "-", "@", "\t", "\r"))] == []


@given(st.text())
def test_every_text_can_be_had_back(text: str) -> None:
    written = harmless(text)
    assert written == "" or written[0] not in "=+-@\t\r"
    assert (written[1:] if written.startswith("'") else written) == text


def test_the_description_keeps_to_the_data_package_standard(filled: Record, tmp_path: Path) -> None:
    export(filled, tmp_path / "My Claims.csv")
    told = json.loads((tmp_path / "My Claims.datapackage.json").read_text(encoding="utf-8"))
    assert told["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    (resource,) = told["resources"]
    assert re.fullmatch(r"[a-z0-9._-]+", resource["name"])
    assert (resource["path"], resource["type"], resource["encoding"]) == ("My Claims.csv", "table", "utf-8")
    data = (tmp_path / "My Claims.csv").read_bytes()
    assert (resource["bytes"], resource["hash"]) == (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}")
    fields = resource["schema"]["fields"]
    assert [field["name"] for field in fields] == list(table(tmp_path / "My Claims.csv")[0])
    assert {field["type"] for field in fields} <= {"string", "number", "integer", "boolean", "date"}
    assert resource["schema"]["primaryKey"] == ["address"]


def test_every_row_keeps_to_its_description(filled: Record, tmp_path: Path) -> None:
    export(filled, tmp_path / "claims.csv")
    fields = json.loads((tmp_path / "claims.datapackage.json").read_text())["resources"][0]["schema"]["fields"]
    form = {
        "string": r"(?s:.*)",
        "number": r"-?\d+(\.\d+)?([eE][+-]?\d+)?",
        "integer": r"-?\d+",
        "boolean": r"true|false",
        "date": r"\d{4}-\d\d-\d\d",
    }
    for row in table(tmp_path / "claims.csv"):
        for field in fields:
            value, rules = row[field["name"]], field.get("constraints", {})
            assert value or not rules.get("required")
            assert not value or re.fullmatch(form[field["type"]], value)
            assert not value or value in rules.get("enum", [value])


# --- Parquet


def test_a_parquet_file_has_the_same_claims_with_their_types(filled: Record, tmp_path: Path) -> None:
    export(filled, tmp_path / "claims.parquet")
    export(filled, tmp_path / "claims.csv")
    found = pq.read_table(tmp_path / "claims.parquet")
    assert found.schema.equals(schema(), check_metadata=False)
    rows = table(tmp_path / "claims.csv")
    assert found.column("address").to_pylist() == [row["address"] for row in rows]
    assert found.column("actor").to_pylist() == [row["actor"].removeprefix("'") or None for row in rows]
    assert found.column("quantity_value").to_pylist() == [float(row["quantity_value"]) for row in rows]
    assert pq.ParquetFile(tmp_path / "claims.parquet").metadata.row_group(0).column(0).compression == "ZSTD"


def test_the_types_of_columns_are_stable() -> None:
    assert {str(field.type) for field in schema()} == {"string", "double", "int64", "bool", "date32[day]"}
    assert [(field.name, str(field.type)) for field in schema() if str(field.type) != "string"] == [
        ("quantity_value", "double"),
        ("quantity_low", "double"),
        ("quantity_high", "double"),
        ("quantity_out_of", "double"),
        ("quantity_from", "double"),
        ("when_start", "date32[day]"),
        ("when_end", "date32[day]"),
        ("negated", "bool"),
        ("confidence", "double"),
        ("day", "date32[day]"),
        ("evidence_start", "int64"),
        ("evidence_end", "int64"),
        ("verdict_edition", "date32[day]"),
    ]


def test_an_empty_record_gives_files_without_rows(record: Record, tmp_path: Path) -> None:
    assert [export(record, tmp_path / f"claims{ending}").count for ending in FORMATS] == [0, 0, 0, 0]
    assert pq.read_table(tmp_path / "claims.parquet").num_rows == 0
    assert json.loads((tmp_path / "claims.jsonld").read_text())["@graph"] == []


def test_rows_go_into_groups(small: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ROWS > 1000
    add(small, page("two", claims=4), reader="1")
    monkeypatch.setattr("onrecord.record.exporting.parquet.ROWS", 2)
    assert export(small, tmp_path / "claims.parquet").count == 5
    file = pq.ParquetFile(tmp_path / "claims.parquet")
    assert (file.metadata.num_row_groups, file.metadata.num_rows) == (3, 5)


@settings(max_examples=15)
@given(found=st.lists(readings(), max_size=3, unique_by=lambda one: one.capture.id))
def test_csv_and_parquet_say_the_same_of_any_claims(empty_file: Path, found: list[Reading]) -> None:
    with TemporaryDirectory() as name, open_record(str(shutil.copy(empty_file, Path(name) / "a.db"))) as record:
        for reading in found:
            add(record, reading, reader="1")
        export(record, Path(name) / "claims.csv")
        export(record, Path(name) / "claims.parquet")
        rows = table(Path(name) / "claims.csv")
        typed = pq.read_table(Path(name) / "claims.parquet").to_pylist()
    assert [{one: _read_back(one, row[one.name]) for one in COLUMNS} for row in rows] == [
        {one: row[one.name] if row[one.name] != "" else None for one in COLUMNS} for row in typed
    ]


def _read_back(column: Column, cell: str) -> Any:
    """Return a cell's value as the description of the table says."""
    if cell == "":
        return None
    if column.type == "string":
        return cell if column.one_of or not cell.startswith("'") else cell[1:]
    return {"number": float, "integer": int, "boolean": "true".__eq__, "date": dt.date.fromisoformat}[column.type](cell)


# --- JSON-LD

_SCHEMA = {
    "@vocab": "http://schema.org/",
    "type": "@type",
    "id": "@id",
    **{name: {"@type": "@id"} for name in ("url", "appearance", "isBasedOn", "itemReviewed")},
}
_ANNO = {
    "oa": "http://www.w3.org/ns/oa#",
    "id": {"@type": "@id", "@id": "@id"},
    "type": {"@type": "@id", "@id": "@type"},
    **{name: f"oa:{name}" for name in ("Annotation", "SpecificResource", "TextQuoteSelector", "TextPositionSelector")},
    "identifying": "oa:identifying",
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
    "body": {"@type": "@id", "@id": "oa:hasBody"},
    "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"},
    "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    **{name: f"oa:{name}" for name in ("exact", "prefix", "suffix", "start", "end")},
}
"""What of the two published contexts is used here."""
_CONTEXTS = {"https://schema.org": _SCHEMA, "http://www.w3.org/ns/anno.jsonld": _ANNO}


def _load(url: str, _: Any) -> dict[str, Any]:
    document = {"@context": _CONTEXTS[url]}  # no other address is ever asked for
    return {"contextUrl": None, "documentUrl": url, "document": document, "contentType": "application/ld+json"}


def expanded(path: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the file's nodes by their types."""
    found: dict[str, list[dict[str, Any]]] = {}
    for node in jsonld.expand(json.loads(path.read_text(encoding="utf-8")), {"documentLoader": _load}):
        found.setdefault(node["@type"][0], []).append(node)
    return found


SCHEMA_ORG, OA = "http://schema.org/", "http://www.w3.org/ns/oa#"


def value(node: dict[str, Any], name: str) -> Any:
    (found,) = node[name]
    return found.get("@value", found.get("@id"))


def test_claims_are_linked_to_their_article_and_annotated(small: Record, tmp_path: Path) -> None:
    export(small, tmp_path / "claims.jsonld")
    nodes = expanded(tmp_path / "claims.jsonld")
    (article,), (told,) = nodes[f"{SCHEMA_ORG}NewsArticle"], nodes[f"{SCHEMA_ORG}Claim"]
    assert value(article, f"{SCHEMA_ORG}headline") == "Harbour plan grows"
    assert value(article, f"{SCHEMA_ORG}url") == "https://www.example.org/one?a=b%20c"
    assert value(told, f"{SCHEMA_ORG}appearance") == article["@id"]
    assert value(told, f"{SCHEMA_ORG}text").startswith("PORT AMSEL")
    (note,) = nodes[f"{OA}Annotation"]
    assert (value(note, f"{OA}hasBody"), value(note, f"{OA}motivatedBy")) == (told["@id"], f"{OA}identifying")
    on_page, in_text = note[f"{OA}hasTarget"]
    assert value(on_page, f"{OA}hasSource") == value(article, f"{SCHEMA_ORG}url")
    (quote,), (place,) = on_page[f"{OA}hasSelector"], in_text[f"{OA}hasSelector"]
    evidence = claim().evidence
    assert quote["@type"] == [f"{OA}TextQuoteSelector"]
    assert value(quote, f"{OA}exact") == value(told, f"{SCHEMA_ORG}text")
    assert (value(place, f"{OA}start"), value(place, f"{OA}end")) == (evidence.start, evidence.end)
    assert value(in_text, f"{OA}hasSource") == f"urn:onrecord:capture:{page('one').capture.id}"


def test_a_verdict_gives_a_review_with_all_that_fact_checks_need(small: Record, tmp_path: Path) -> None:
    export(small, tmp_path / "claims.jsonld", base="https://example.org/facts")
    nodes = expanded(tmp_path / "claims.jsonld")
    (review,), (told,) = nodes[f"{SCHEMA_ORG}ClaimReview"], nodes[f"{SCHEMA_ORG}Claim"]
    (rating,) = review[f"{SCHEMA_ORG}reviewRating"]
    told_of = ("ratingValue", "bestRating", "worstRating", "alternateName")
    assert [value(rating, SCHEMA_ORG + name) for name in told_of] == [1, 5, 1, "Refuted by official figures"]
    assert value(review, f"{SCHEMA_ORG}url").startswith("https://example.org/facts/review/")
    assert value(review, f"{SCHEMA_ORG}itemReviewed") == told["@id"]
    assert value(review, f"{SCHEMA_ORG}claimReviewed") == value(told, f"{SCHEMA_ORG}text")
    (author,), (source,) = review[f"{SCHEMA_ORG}author"], review[f"{SCHEMA_ORG}isBasedOn"]
    assert (author["@type"], value(author, f"{SCHEMA_ORG}name")) == ([f"{SCHEMA_ORG}Organization"], "onrecord")
    assert value(source, f"{SCHEMA_ORG}creditText") == "Harbour Office, free to use"


def test_without_a_verdict_there_is_no_review(filled: Record, tmp_path: Path) -> None:
    assert export(filled, tmp_path / "claims.jsonld").count == 4
    counts = {name: len(found) for name, found in expanded(tmp_path / "claims.jsonld").items()}
    one_each = {f"{SCHEMA_ORG}NewsArticle": 4, f"{SCHEMA_ORG}Claim": 4, f"{OA}Annotation": 4}
    assert counts == one_each | {f"{SCHEMA_ORG}ClaimReview": 1}


def test_every_node_has_a_name_of_its_own(filled: Record, tmp_path: Path) -> None:
    export(filled, tmp_path / "claims.jsonld")
    names = [node["@id"] for found in expanded(tmp_path / "claims.jsonld").values() for node in found]
    assert len(names) == len(set(names)) == 13
    assert all(name.startswith("urn:onrecord:") for name in names)


# --- choosing


@pytest.mark.parametrize(
    ("choice", "count"),
    [
        (Choice(kinds=("commitment",)), 4),
        (Choice(kinds=("demand", "figure")), 0),
        (Choice(actor="ana ruiz"), 3),
        (Choice(actor="Ruiz"), 3),
        (Choice(actor="Rui"), 0),
        (Choice(actor="%"), 0),
        (Choice(actor="France"), 0),
        (Choice(first=dt.date(2026, 3, 7), last=dt.date(2026, 3, 7)), 4),
        (Choice(first=dt.date(2026, 3, 8)), 0),
        (Choice(last=dt.date(2026, 3, 6)), 0),
    ],
)
def test_claims_are_chosen(filled: Record, tmp_path: Path, choice: Choice, count: int) -> None:
    assert export(filled, tmp_path / "claims.csv", choice=choice).count == count
    assert export(filled, tmp_path / "claims.jsonld", choice=choice).count == count


# --- gold


def test_captures_whose_claims_are_all_decided_make_a_gold_file(filled: Record, tmp_path: Path) -> None:
    done = export_gold(filled, tmp_path / "gold.jsonl")
    corrected = replace(claim(), actor="=Ruiz")
    two = page("two")
    story = replace(two.stories[0], claims=(corrected,))
    expected = gold_of(two.capture, [story], url="https://www.example.org/two?a=b c")
    assert done.count == 1
    assert list(gold_in(tmp_path / "gold.jsonl")) == [expected]


def test_a_gold_file_can_be_scored(small: Record, tmp_path: Path) -> None:
    with small.reading() as connection:
        address = connection.exec_driver_sql("SELECT address FROM claims").scalar_one()
    decide(small, address, "accepted", reviewer="ana")
    export_gold(small, tmp_path / "gold.jsonl")
    done = _run(tmp_path, "score", "gold.jsonl", "--json")
    assert json.loads(done.stdout)["claims"]["found"]["gold"] == 1


# --- files


def test_a_file_that_is_there_is_kept_unless_forced(small: Record, tmp_path: Path) -> None:
    (tmp_path / "claims.datapackage.json").write_text("mine")
    with pytest.raises(UsageError, match="there is such a file already"):
        export(small, tmp_path / "claims.csv")
    assert not (tmp_path / "claims.csv").exists()
    export(small, tmp_path / "claims.csv", force=True)
    assert json.loads((tmp_path / "claims.datapackage.json").read_text())["name"] == "claims"


def test_an_export_that_fails_leaves_nothing_and_keeps_what_was_there(
    small: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "all.jsonl").write_text("before")

    def full(connection: Any, path: Path) -> int:
        write_jsonl(connection, path)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("onrecord.record.exporting.write_jsonl", full)
    with pytest.raises(OnrecordError, match=r"all\.jsonl: cannot be written: No space left on device"):
        export(small, tmp_path / "out" / "all.jsonl", force=True)
    assert [(one.name, one.read_text()) for one in (tmp_path / "out").iterdir()] == [("all.jsonl", "before")]


@pytest.mark.parametrize(
    ("name", "options", "told"),
    [
        ("claims.xlsx", {}, "its ending says the form"),
        ("claims", {}, "its ending says the form"),
        ("nowhere/claims.csv", {}, "its folder does not exist"),
        ("all.jsonl", {"choice": Choice(actor="UK")}, "a .jsonl holds the whole record"),
        ("claims.csv", {"base": "https://example.org"}, "--base is for a .jsonld"),
        ("claims.jsonld", {"base": "example.org"}, "not an http or https address"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    small: Record, tmp_path: Path, name: str, options: dict[str, Any], told: str
) -> None:
    with pytest.raises(UsageError, match=told):
        export(small, tmp_path / name, **options)


def test_every_column_of_the_record_is_exported_or_follows_from_what_is(filled: Record, tmp_path: Path) -> None:
    follows = {
        "captures": {"url", "outlet", "form", "content_type", "data"},
        "sources": {"capture_id"},
        "stories": {"id", "capture_id", "number", "day", "outlet", "language", "headline", "content", "first_id"}
        | {"position"},
        "story_bands": {"band", "story_id"},
        "statements": {"id", "story_id", "number", "speaker", "content"},
        "claims": {"id", "story_id", "number", "content", "position", "kind", "actor", "country", "measure", "said_by"}
        | {"words", "day", "due", "outlet", "confidence"},
        "former_claims": {"capture_id", "content"},
        "verdicts": set(metadata.tables["verdicts"].c.keys()),
        "threads": set(),
        "thread_keys": {"key", "thread_id"},
        "thread_claims": {"claim_id", "thread_id"},
        "reviews": {"id", "claim_address"},
        "feeds": set(),
    }
    lines = [json.loads(line) for line in exported(filled, tmp_path).splitlines()]
    named = {name for line in lines for name in _names(line)}
    for table_name, columns in metadata.tables.items():
        left = set(columns.c.keys()) - follows[table_name] - named
        assert not left, f"{table_name}: {left}"


def _names(value: Any) -> set[str]:
    if isinstance(value, dict):
        return set(value) | {name for one in value.values() for name in _names(one)}
    return {name for one in value for name in _names(one)} if isinstance(value, list) else set()


def test_an_export_sees_one_state_whatever_is_added_meanwhile(record: Record, record_address: str) -> None:
    both = "SELECT (SELECT count(*) FROM captures), (SELECT count(*) FROM claims)"
    add(record, page("one"), reader="1")
    with open_record(record_address) as other, record.reading() as connection:
        before = tuple(connection.exec_driver_sql(both).one())
        add(other, page("two"), reader="1")
        after = tuple(connection.exec_driver_sql(both).one())
    assert before == after == (1, 1)


# --- docs


def test_the_docs_define_every_column_as_it_is() -> None:
    defined = re.findall(r"^\| `(\w+)` \| (\w+) \| ([\w\[\]]+) \| (.+?) \|$", DOCS, re.M)
    assert defined == [
        (one.name, one.type, str(schema().field(one.name).type), one.meaning + _one_of(one.one_of)) for one in COLUMNS
    ]


def _one_of(values: tuple[str, ...]) -> str:
    return f" One of {', '.join(f'`{value}`' for value in values)}." if values else ""


# --- the command


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, check=False, cwd=folder)


def test_the_command_says_what_it_wrote(small: Record, tmp_path: Path) -> None:
    done = _run(tmp_path, "export", "--to", "claims.csv", "--record", "small.db", "--from", "2026-01-01")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "claims.csv: 1 claims, described in claims.datapackage.json\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ((), "one of --to FILE and --gold FILE says where to"),
        (("--to", "a.csv", "--gold", "b.jsonl"), "one of --to FILE and --gold FILE says where to"),
        (("--to", "a.csv", "--kind", "promise"), "--kind promise: none of commitment, demand, "),
        (("--gold", "a.jsonl", "--actor", "UK"), "--gold takes every reviewed capture"),
        (("--to", "a.csv", "--from", "2026-02-01", "--until", "2026-01-01"), "--from 2026-02-01 lies after"),
    ],
)
def test_the_command_refuses_what_cannot_be_meant(
    small: Record, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    done = _run(tmp_path, "export", *arguments, "--record", "small.db")
    assert done.returncode == 2
    assert done.stderr.startswith(f"onrecord: {told}")
