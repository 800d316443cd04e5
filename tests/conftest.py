"""Settings that all tests share, and the records of `tests.records`."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from onrecord.record.database import Record, open_record
from tests.records import Server, running_server

# the machine's speed decides no test: neither a deadline for an example nor slow generation of the first one
settings.register_profile(
    "onrecord", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.load_profile("onrecord")


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty record in a file, for copies: to make one takes ten times as long."""
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    open_record(str(path), may_be_new=True).close()
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def record_address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield str(shutil.copy(request.getfixturevalue("empty_file"), tmp_path / "record.db"))
        return
    with request.getfixturevalue("postgresql").database() as made:
        yield made


@pytest.fixture
def record(record_address: str) -> Iterator[Record]:
    with open_record(record_address) as opened:
        yield opened
