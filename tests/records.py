"""Empty records for tests, in SQLite and in a PostgreSQL server of the tests' own.

A test that takes `record` (an open, empty `Record`) or `record_address` (where it is, as `--record` takes it) runs once
on each. Both lead to the same record, so that a test with several processes, or with a second connection, writes:

    def test_two_see_the_same(record: Record, record_address: str) -> None:
        add(record, reading(), reader="1")
        with open_record(record_address) as other:
            assert knows(other, reading().capture)

`record_address` alone makes the record but leaves it closed. A test for one of them only is marked:

    @pytest.mark.parametrize("record_address", ["sqlite"], indirect=True)

The server is started by the first test that needs it: on a free port of 127.0.0.1, with a folder of its own in the
system's temporary folder, and as another user where the tests run as root, for PostgreSQL refuses that. It stops when
the tests end or their process dies. Without a server installed its tests are skipped; where CI is set they fail.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL
from sqlalchemy.exc import OperationalError

from onrecord.record.database import open_record

PASSWORD = "harbour-crane"
_TEMPLATE = "empty_record"
_SMALL = ("fsync=off", "shared_buffers=16MB", "max_connections=40", "unix_socket_directories=", "autovacuum=off")
_STARTS_WITHIN = 60.0
# ends with its standard input, which the tests' process holds: also where that is killed
_UNTIL_LEFT = '"$0" "$@" & server=$!; read -r _; kill -INT $server; wait $server'


class Server:
    """A running PostgreSQL server."""

    def __init__(self, port: int) -> None:
        self.port, self._made = port, 0

    def address(self, database: str, *, password: str = PASSWORD) -> str:
        """Return the address of a database, with the password."""
        url = URL.create("postgresql", "tester", password, "127.0.0.1", self.port, database)
        return url.render_as_string(hide_password=False)

    def prepare(self) -> None:
        """Wait until it answers, then make the empty record that others are copies of."""
        until = time.monotonic() + _STARTS_WITHIN
        while True:
            try:
                self.execute("SELECT 1")
                break
            except OperationalError:
                if time.monotonic() > until:
                    raise
                time.sleep(0.05)
        self.execute(f"CREATE DATABASE {_TEMPLATE}")
        open_record(self.address(_TEMPLATE), may_be_new=True).close()

    @contextlib.contextmanager
    def database(self, *, template: str = _TEMPLATE) -> Iterator[str]:
        """Yield the address of a new database, a copy of `template`; drop it at the end."""
        self._made += 1
        name = f"record_{self._made}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield self.address(name)
        finally:
            self.execute(f"DROP DATABASE {name} WITH (FORCE)")

    def execute(self, statement: str) -> None:
        """Execute one statement in the database `postgres`, outside of a transaction."""
        engine = create_engine(
            self.address("postgres").replace("postgresql:", "postgresql+psycopg:"), isolation_level="AUTOCOMMIT"
        )
        try:
            with engine.connect() as connection:
                connection.execute(text(statement))
        finally:
            engine.dispose()


@contextlib.contextmanager
def running_server() -> Iterator[Server]:
    """Yield a server; skip the test where none is installed, fail where CI is set."""
    programs = _programs()
    if programs is None:
        reason = "no PostgreSQL server is installed (Debian: apt-get install postgresql)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    user = _unprivileged()
    home = Path(tempfile.mkdtemp(prefix="onrecord-postgresql-"))
    try:
        if user:
            os.chown(home, user["user"], user["group"])
        _make_cluster(programs, home, user)
        port = _free_port()
        command = [str(programs / "postgres"), "-D", str(home / "data"), "-h", "127.0.0.1", "-p", str(port)]
        command += [word for setting in _SMALL for word in ("-c", setting)]
        with (home / "log").open("wb") as log:
            process = subprocess.Popen(
                ["/bin/sh", "-c", _UNTIL_LEFT, *command],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd=home,
                **user,
            )
        try:
            server = Server(port)
            server.prepare()
            yield server
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(_STARTS_WITHIN)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _make_cluster(programs: Path, home: Path, user: dict[str, Any]) -> None:
    (home / "password").write_text(PASSWORD)
    (home / "password").chmod(0o644)  # read by another user; the folder is open to that one alone
    command = [str(programs / "initdb"), "-D", str(home / "data"), "-U", "tester", "-A", "scram-sha-256", "--no-sync"]
    command += ["--encoding", "UTF8", "--no-locale", "--pwfile", str(home / "password")]
    made = subprocess.run(command, capture_output=True, text=True, cwd=home, check=False, **user)
    assert made.returncode == 0, made.stderr


def _programs() -> Path | None:
    """Return the folder of the newest server's programs, None where there is none."""
    found = shutil.which("postgres")
    if found and shutil.which("initdb"):
        return Path(found).resolve().parent
    installed = Path("/usr/lib/postgresql").glob("*/bin/postgres")
    return max((path.parent for path in installed), key=lambda path: int(path.parent.name), default=None)


def _unprivileged() -> dict[str, Any]:
    """Return as whom to run the server: as is, or where that is root as another user."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": ()}
    pytest.skip("PostgreSQL does not run as root, and there is neither a user postgres nor nobody")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
