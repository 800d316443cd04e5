"""Figures of the user's own: a file is taken whole or not at all."""

from __future__ import annotations

import datetime as dt
import gzip
from pathlib import Path

import pytest

from onrecord import figures
from onrecord.errors import BadRow, FiguresError
from onrecord.figures.folder import FOLDER_VARIABLE, Added, add_file, user_folder
from onrecord.figures.rows import csv_text

HEADER = "indicator,entity,period,value,unit,edition,source"
TURBINES = "turbines,Denmark,2023,6271,count,2024-02-01,Register of Windfarms,Wind turbines in operation"
HEADER_NEW = f"{HEADER},title"


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "figures"


def test_a_later_edition_of_a_built_in_series(tmp_path: Path, folder: Path) -> None:
    file = write(tmp_path / "new.csv", HEADER, "population,Britain,2024,70000001,count,2026-11-20,Census of Our Own")
    assert add_file(file, folder) == Added(added=1, known=0)
    known = figures.load(folder)
    assert len(known.editions("population", "GBR", 2024)) == 2
    newest = known.lookup("population", "GBR", 2024)
    assert newest is not None
    assert (newest.value, newest.source, newest.attribution) == (70000001, "Census of Our Own", "Census of Our Own")
    before = known.lookup("population", "GBR", 2024, as_of=dt.date(2026, 11, 19))
    assert before == figures.load().lookup("population", "GBR", 2024)


def test_a_new_indicator_with_its_title(tmp_path: Path, folder: Path) -> None:
    file = write(tmp_path / "new.csv", HEADER_NEW, TURBINES, TURBINES.replace("2023,6271", "2022,6255"))
    assert add_file(file, folder) == Added(added=2, known=0, indicators=("turbines",))
    known = figures.load(folder)
    one = known.indicator("turbines")
    assert (one.title, one.kind, one.unit, one.words) == (
        "Wind turbines in operation",
        "count",
        "count",
        ("wind turbines in operation",),
    )
    assert [row.period for row in known.series("turbines", "DNK").observations] == ["2022", "2023"]
    assert one in known.indicators


def test_money_with_scale_and_columns_by_their_other_names(tmp_path: Path, folder: Path) -> None:
    header = "indicator,entity,year,value,unit,estimate,edition,source,source_url,retrieved_via"
    row = "nato_defence_exp_national_currency,POL,2024,158.9,billion PLN,true,by 2024-09,Ministry,https://example.org/,paper"
    file = write(tmp_path / "new.csv", header, row.replace("by 2024-09", "2024-09"))
    add_file(file, folder)
    one = figures.load(folder).editions("nato_defence_exp_national_currency", "POL", 2024)[-1]
    assert (one.value, one.unit, one.estimate) == (158.9e9, "PLN", True)
    assert (one.edition, one.edition_exact) == (dt.date(2024, 9, 30), False)
    assert (one.address, one.read_from) == ("https://example.org/", "paper")


def test_adding_twice_adds_once(tmp_path: Path, folder: Path) -> None:
    file = write(tmp_path / "new.csv", HEADER_NEW, TURBINES)
    add_file(file, folder)
    assert add_file(file, folder) == Added(added=0, known=1)
    assert len(list(folder.iterdir())) == 1


def test_a_later_upper_bound_of_the_same_value_says_nothing_new(tmp_path: Path, folder: Path) -> None:
    row = "population,GBR,2031,{},count,{},Us"
    add_file(write(tmp_path / "a.csv", HEADER, row.format(5, "by 2032-01-01")), folder)
    assert add_file(write(tmp_path / "b.csv", HEADER, row.format(5, "by 2032-02-01")), folder).added == 0
    assert add_file(write(tmp_path / "c.csv", HEADER, row.format(6, "by 2032-03-01")), folder).added == 1
    assert add_file(write(tmp_path / "d.csv", HEADER, row.format(6, "2032-03-02")), folder).added == 1
    assert [one.value for one in figures.load(folder).editions("population", "GBR", 2031)] == [5, 6, 6]


def test_a_gzipped_file(tmp_path: Path, folder: Path) -> None:
    file = tmp_path / "new.csv.gz"
    file.write_bytes(gzip.compress(f"{HEADER_NEW}\n{TURBINES}\n".encode()))
    assert add_file(file, folder).added == 1


def test_what_is_shown_as_csv_reads_back_the_same(tmp_path: Path, folder: Path) -> None:
    series = figures.load().series("nato_defence_exp_pct_gdp", "GBR", editions=True)
    file = tmp_path / "shown.csv"
    file.write_text(csv_text(series), encoding="utf-8")
    assert add_file(file, folder) == Added(added=0, known=len(series.observations))


def test_a_new_series_goes_from_folder_to_folder_as_csv(tmp_path: Path, folder: Path) -> None:
    add_file(write(tmp_path / "new.csv", HEADER_NEW, TURBINES), folder)
    series = figures.load(folder).series("turbines", "DNK")
    file = tmp_path / "shown.csv"
    file.write_text(csv_text(series), encoding="utf-8")
    other = tmp_path / "other"
    add_file(file, other)
    assert figures.load(other).series("turbines", "DNK") == series


def test_an_edition_is_never_overwritten(tmp_path: Path, folder: Path) -> None:
    add_file(write(tmp_path / "new.csv", HEADER_NEW, TURBINES), folder)
    changed = write(tmp_path / "changed.csv", HEADER_NEW, TURBINES.replace("6271", "6272"))
    with pytest.raises(BadRow, match=r"line 2: turbines of DNK in 2023, edition 2024-02-01, is 6271 count already"):
        add_file(changed, folder)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("population,GBR,2024,1,,2026-01-01,Us", "no unit"),
        ("population,GBR,2024,1,bananas,2026-01-01,Us", "unknown unit 'bananas'"),
        ("population,GBR,2024,1,percent,2026-01-01,Us", "unit 'percent', but population is in count"),
        ("rd_exp_pct_gdp,GBR,2024,1,% of GNI,2026-01-01,Us", "but rd_exp_pct_gdp is in percent of GDP"),
        ("co2_per_capita,GBR,2024,1,t,2026-01-01,Us", "but co2_per_capita is in t per capita"),
        ("population,Atlantis,2024,1,count,2026-01-01,Us", "unknown country or group 'Atlantis'"),
        ("populaton,GBR,2024,1,count,2026-01-01,Us", "unknown indicator 'populaton'; nearest: population"),
        ("population,GBR,lately,1,count,2026-01-01,Us", "period 'lately'"),
        ('population,GBR,2024,"1,000",count,2026-01-01,Us', "value '1,000' is not a number"),
        ("population,GBR,2024,nan,count,2026-01-01,Us", "value 'nan' is not a number"),
        ("population,GBR,2024,1e999,count,2026-01-01,Us", "value '1e999' is not a number"),
        ("population,GBR,2024,1_000,count,2026-01-01,Us", "value '1_000' is not a number"),
        ("population,GBR,2024,,count,2026-01-01,Us", "value '' is not a number"),
        ("population,GBR,2024,1,count,01.01.2026,Us", "edition '01.01.2026'"),
        ("population,GBR,2024,1,count,2026-02-30,Us", "edition '2026-02-30'"),
        ("population,GBR,2024,1,count,2026-01-01,", "no source"),
        ("population,GBR,2024,1,count,2026-01-01", "6 cells, but the header has 7"),
        ("population,GBR,2023,1,count,2026-01-01,Us", "the same figure stands in line 2"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_added(tmp_path: Path, folder: Path, row: str, reason: str) -> None:
    good = "population,GBR,2023,1,count,2026-01-01,Us"
    file = write(tmp_path / "bad.csv", HEADER, good, row)
    with pytest.raises(BadRow) as caught:
        add_file(file, folder)
    assert (caught.value.source, caught.value.line) == (str(file), 3)
    assert reason in caught.value.reason
    assert "nothing was added" in str(caught.value)
    assert not folder.exists()


def test_an_estimate_is_true_or_false(tmp_path: Path, folder: Path) -> None:
    file = write(tmp_path / "bad.csv", f"{HEADER},estimate", "population,GBR,2023,1,count,2026-01-01,Us,maybe")
    with pytest.raises(BadRow, match="estimate 'maybe'"):
        add_file(file, folder)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no column indicator"),
        (f"{HEADER}\n".encode(), "no rows"),
        (b"indicator,entity,period,value,edition,source\n", "no column unit"),
        (f"{HEADER},colour\n".encode(), "columns that mean nothing here: colour"),
        (f"{HEADER},source\n".encode(), "one twice"),
        (f"{HEADER}\n".encode() + b"\xff\xfe", "cannot be read"),
        (f'{HEADER}\n"population'.encode(), "cannot be read"),
    ],
)
def test_a_file_that_is_no_table_of_figures(tmp_path: Path, folder: Path, content: bytes, reason: str) -> None:
    file = tmp_path / "bad.csv"
    file.write_bytes(content)
    with pytest.raises(FiguresError, match=reason):
        add_file(file, folder)
    assert not folder.exists()


def test_a_damaged_gzipped_file(tmp_path: Path, folder: Path) -> None:
    file, whole = tmp_path / "bad.csv.gz", gzip.compress(f"{HEADER_NEW}\n{TURBINES}\n".encode())
    for damaged in (whole[:-12], whole[:12] + bytes(9) + whole[21:], b"no gzip"):
        file.write_bytes(damaged)
        with pytest.raises(FiguresError, match="cannot be read"):
            add_file(file, folder)


def test_a_file_that_is_not_there(tmp_path: Path, folder: Path) -> None:
    with pytest.raises(FiguresError, match="No such file"):
        add_file(tmp_path / "none.csv", folder)


def test_a_broken_file_among_the_added_ones_is_named(folder: Path) -> None:
    folder.mkdir()
    (folder / "broken.parquet").write_bytes(b"PAR1 not")
    with pytest.raises(FiguresError, match=r"broken\.parquet: not a file of figures"):
        figures.load(folder)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(FiguresError, match="cannot be written"):
        add_file(write(tmp_path / "new.csv", HEADER_NEW, TURBINES), tmp_path / "file" / "figures")


def test_the_users_folder_is_named_by_a_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(FOLDER_VARIABLE, str(tmp_path))
    assert user_folder() == tmp_path
    monkeypatch.delenv(FOLDER_VARIABLE)
    assert user_folder().name == "figures"
