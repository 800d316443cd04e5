"""Opening a record: a file (SQLite) or an address (`postgresql://`), made, checked and brought up to date.

    >>> with open_record("onrecord.db", may_be_new=True) as record, record.writing() as connection:
    ...     connection.execute(...)

A record is SQLite in WAL mode: readers never wait for a writer, and what a transaction has committed outlives a kill
of the process. (A power cut may cost the transactions of the last moments, never a part of one.)
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Final, Self

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from onrecord.errors import LockedRecord, NewerRecord, RecordError, UsageError
from onrecord.record.holders import holders

DEFAULT: Final = "onrecord.db"
VARIABLE: Final = "ONRECORD_RECORD"
"""Environment variable that names the record where no option does."""
NEWEST: Final = "0002"
"""Newest of `migrations/versions`."""
APPLICATION: Final = 0x6F6E7263
"""SQLite's application_id of a record: `onrc`."""
SECONDS: Final = 10.0
"""How long a lock is waited for."""

_MIGRATIONS = Path(__file__).with_name("migrations")
_SQLITE = b"SQLite format 3\0"
_POSTGRESQL = "postgresql+psycopg"
_LOCK_NOT_AVAILABLE = "55P03"  # PostgreSQL's code
_HOLDERS = text(
    "SELECT coalesce(nullif(application_name, ''), 'a client') FROM pg_stat_activity JOIN pg_locks USING (pid) "
    "WHERE locktype = 'advisory' AND granted AND objid = :key AND pg_locks.database = "
    "(SELECT oid FROM pg_database WHERE datname = current_database())"
)


def place_of_record(given: str | None = None) -> str:
    """Return where the record is: as given, else as the environment says, else `onrecord.db` in the working folder."""
    return given or os.environ.get(VARIABLE) or DEFAULT


class Record:
    """An open record. Close it, or use it in a `with` statement."""

    def __init__(self, engine: Engine, place: str) -> None:
        self._engine, self.place = engine, place
        self._turn = Lock()

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._engine.dialect.name

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Yield a connection that sees one state of the record, whatever others write meanwhile."""
        with _told(self.place):
            connection = self._engine.connect()
            if not _is_sqlite(self._engine):  # where each query sees what is committed by then, unless told otherwise
                connection = connection.execution_options(isolation_level="REPEATABLE READ")
            with connection, connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Yield a connection whose changes are kept together, or, after an error, not at all.

        Raises:
            LockedRecord: Another process holds the lock for longer than `SECONDS`.
            RecordError: The record cannot be written: full disk, read-only folder.
        """
        with _told(self.place), self._only_writer():
            connection = self._engine.connect().execution_options(onrecord_writes=True)
            with connection, connection.begin():
                _wait_for_turn(connection, self.place)
                yield connection

    @contextmanager
    def _only_writer(self) -> Iterator[None]:
        """Let one thread write at a time: who waits for SQLite looks again by and by, who waits here is woken."""
        if not self._turn.acquire(timeout=SECONDS):
            raise LockedRecord(self.place, SECONDS, ["another thread of this process"])
        try:
            yield
        finally:
            self._turn.release()

    def close(self) -> None:
        """Close every connection."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_record(place: str, *, may_be_new: bool = False) -> Record:
    """Return the record at `place`, a file's path or a `postgresql://` address, brought up to date.

    Args:
        place: Where it is.
        may_be_new: Whether to make it where there is none.

    Raises:
        UsageError: There is none, or the address is none.
        NewerRecord: A newer version of onrecord made it.
        LockedRecord: It has to be brought up to date, and another process holds it.
        RecordError: It is no record, or cannot be opened.
    """
    url = _url(place)
    place = str(url.database) if _is_file(url) else _without_password(url)
    with _told(place):
        new = _require_record(Path(str(url.database)), place, may_be_new=may_be_new) if _is_file(url) else False
        engine = _engine(url)
        try:
            _bring_up_to_date(engine, place, may_be_new=may_be_new or new)
        except BaseException:
            engine.dispose()
            raise
    return Record(engine, place)


def _url(place: str) -> URL:
    if "://" not in place:
        return _file_url(place, place)
    shown = re.sub(r"(://[^:/@]*:).*@", r"\1***@", place)
    try:
        url = make_url(place)
    except (ArgumentError, ValueError):
        raise UsageError(f"{shown}: not the address of a record") from None  # the cause would show the password
    if url.drivername == "sqlite":
        return _file_url(url.database or "", shown)
    if url.drivername not in {"postgresql", "postgres", _POSTGRESQL}:
        raise UsageError(f"{shown}: a record is a file or a postgresql:// address")
    if "@" in (url.host or ""):
        raise UsageError(f"{shown}: not the address of a record (an @ in a password is written %40)")
    return url.set(drivername=_POSTGRESQL)


def _file_url(path: str, shown: str) -> URL:
    if not path or path == ":memory:" or "\0" in path:
        raise UsageError(f"{shown}: not the name of a file")
    return URL.create("sqlite", database=path)


def _without_password(url: URL) -> str:
    secret = {name: "***" for name in url.query if "password" in name}
    return url.set(drivername="postgresql").update_query_dict(secret).render_as_string(hide_password=True)


def _is_file(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _require_record(path: Path, place: str, *, may_be_new: bool) -> bool:
    """Return whether a record is to be made at `path`; raise where what stands there is no record."""
    if not path.exists():
        if not may_be_new:
            raise UsageError(f"{place}: there is no record; `onrecord add` makes one (--record FILE|URL names another)")
        if not path.absolute().parent.is_dir():
            raise UsageError(f"{place}: its folder does not exist")
        return True
    if path.is_dir():
        raise RecordError(place, "a folder, not a record")
    with path.open("rb") as file:
        header = file.read(100)
    if not header:
        return True  # a file that was made and never written to
    written_by = int.from_bytes(header[68:72], "big")  # https://www.sqlite.org/fileformat.html#the_database_header
    if not header.startswith(_SQLITE) or written_by not in {APPLICATION, 0}:
        raise RecordError(place, "not a record of onrecord; nothing was changed")
    return False


def _engine(url: URL) -> Engine:
    if not _is_file(url):
        waits = {} if "connect_timeout" in url.query else {"connect_timeout": int(SECONDS)}
        named = {"fallback_application_name": f"onrecord (process {os.getpid()})"}
        try:
            return create_engine(url, pool_pre_ping=True, connect_args=waits | named)
        except ModuleNotFoundError as error:
            raise UsageError("a record in PostgreSQL needs an extra: pip install 'onrecord[postgres]'") from error
    target = _sqlite_target(Path(str(url.database)))
    connect = partial(sqlite3.connect, target, timeout=SECONDS, check_same_thread=False, uri=True)
    engine = create_engine(url, creator=connect)
    event.listen(engine, "connect", _set_up_connection)
    event.listen(engine, "begin", _begin)
    return engine


def _sqlite_target(path: Path) -> str:
    """Return how SQLite is to open a file: where it can make none beside it, as one that nobody changes.

    A journal beside it says that somebody does, or did: then SQLite needs what stands there.
    """
    path = path.absolute()
    journal = path.with_name(path.name + "-wal")
    unchanging = path.exists() and not os.access(path.parent, os.W_OK) and not journal.exists()
    return path.as_uri() + ("?immutable=1" if unchanging else "")


def _set_up_connection(connection: sqlite3.Connection, _: Any) -> None:
    connection.isolation_level = None  # Python's own BEGIN comes too late and never IMMEDIATE; `_begin` sends it
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA cache_size = -65536")  # 64 MB
    # the journal is taken over into the file every 40 MB and not every 4: a page that many captures change is written
    # once for all of them
    connection.execute("PRAGMA wal_autocheckpoint = 10000")
    connection.execute("PRAGMA mmap_size = 268435456")


def _begin(connection: Connection) -> None:
    # a transaction that reads first and writes later cannot wait for a lock: a writer asks for it at once
    writes = connection.get_execution_options().get("onrecord_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _wait_for_turn(connection: Connection, place: str) -> None:
    """Let one process write at a time, in PostgreSQL as SQLite does by itself: threads and copies are found by reading.

    Raises:
        LockedRecord: Another one writes for longer than `SECONDS`.
    """
    if _is_sqlite(connection):
        return
    connection.execute(text(f"SET LOCAL lock_timeout = {round(SECONDS * 1000)}"))
    try:
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": APPLICATION})
    except OperationalError as error:
        if getattr(error.orig, "sqlstate", None) != _LOCK_NOT_AVAILABLE:
            raise
        with connection.engine.connect() as other:
            found = other.execute(_HOLDERS, {"key": APPLICATION}).scalars().all()
        raise LockedRecord(place, SECONDS, found) from error


def _bring_up_to_date(engine: Engine, place: str, *, may_be_new: bool) -> None:
    with engine.connect() as connection:
        found = _revision(connection)
        foreign = _holds_something_else(connection)
    if foreign:
        raise RecordError(place, "a database of something else, not a record; nothing was changed")
    if found == NEWEST:
        return
    if found is not None and found > NEWEST:
        raise NewerRecord(place, found, NEWEST)
    if found is None and not may_be_new:
        raise RecordError(place, "no record of onrecord is in it; nothing was changed")
    if _is_sqlite(engine):
        with engine.connect() as connection:  # outside of a transaction, where alone the journal's mode can change
            driver = connection.connection.driver_connection
            assert driver is not None  # noqa: S101  # a connection just made has one
            driver.execute("PRAGMA journal_mode = WAL")
    with engine.connect().execution_options(onrecord_writes=True) as connection, connection.begin():
        _wait_for_turn(connection, place)
        _migrate(connection)


def _is_sqlite(engine: Engine | Connection) -> bool:
    return engine.dialect.name == "sqlite"


def _revision(connection: Connection) -> str | None:
    """Return the revision of the record's tables, None where there are none."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return None
    row = connection.execute(text("SELECT version_num FROM alembic_version")).first()
    return str(row[0]) if row else None


def _holds_something_else(connection: Connection) -> bool:
    """Return whether there are tables, but none of ours: a file's mark decides, in PostgreSQL the tables' names."""
    tables = set(inspect(connection).get_table_names())
    if _is_sqlite(connection):
        return bool(tables) and connection.exec_driver_sql("PRAGMA application_id").scalar_one() != APPLICATION
    return "alembic_version" in tables and "captures" not in tables


def _migrate(connection: Connection) -> None:
    from alembic import command  # takes 0.2 s, for a new or older record only
    from alembic.config import Config

    if _is_sqlite(connection):
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
    if _revision(connection) == NEWEST:
        return  # another process was faster
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


@contextmanager
def _told(place: str) -> Iterator[None]:
    """Turn what the database says into words for a person."""
    try:
        yield
    except DBAPIError as error:
        raise _refusal(error, place) from error
    except OSError as error:
        raise RecordError(place, (error.strerror or str(error)).lower()) from error


def _refusal(error: DBAPIError, place: str) -> RecordError:
    words = " ".join(str(error.orig).split())
    if getattr(error.orig, "sqlstate", None) == _LOCK_NOT_AVAILABLE:
        return LockedRecord(place, SECONDS)
    if isinstance(error, OperationalError) and "locked" in words:
        return LockedRecord(place, SECONDS, holders(Path(place)))
    if "readonly" in words:
        return RecordError(place, "cannot be written: the file or its folder is read-only")
    if "unable to open" in words:
        return RecordError(place, "cannot be opened: this user may not read it, or not write into its folder")
    if "disk is full" in words or "disk I/O" in words:
        return RecordError(place, f"cannot be written: {words}; what was reported as added is safe")
    if "not a database" in words or "malformed" in words:
        return RecordError(place, f"not a record, or a damaged one: {words}")
    return RecordError(place, words)
