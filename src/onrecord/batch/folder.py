"""The folder that a batch writes to: its datasets, and beside them in `_batch` what is needed to go on after a stop.

A shard's files get their names one after another, then its mark is written: a shard without one is read again, and its
files of the earlier try are removed. One process at a time works on a folder.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from onrecord.batch.messages import Done
from onrecord.batch.planning import Plan, Shard
from onrecord.batch.readers import GivenUp
from onrecord.batch.tables import TABLES
from onrecord.errors import OnrecordError, UsageError

STATE: Final = "_batch"
"""Readers of datasets pass over names that begin with `_`."""
_BEGUN: Final = ".begun-"
"""Opening of the name of a small file that is not whole yet."""


class OutputFolder:
    """The folder of one plan, held until it is closed."""

    def __init__(self, path: Path, plan: Plan) -> None:
        self._path, self._state = path, path / STATE
        self._done = self._state / "done"
        self._given_up = self._state / "given-up"
        self._scratch = self._state / "scratch"
        self._lock: int | None = None
        try:
            self._open(plan)
        except OSError as error:
            self.close()
            raise OnrecordError(f"{path}: cannot be written: {error.strerror or error}") from error
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> OutputFolder:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let others work on it."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def done(self) -> dict[str, dict[str, int]]:
        """Return the rows of each dataset that each shard gave which is done, by the shard's name."""
        return {
            one.stem: msgspec.json.decode(one.read_bytes(), type=dict[str, int]) for one in self._done.glob("*.json")
        }

    def given_up(self, shard: Shard) -> GivenUp:
        """Return what of a shard is not to be tried again."""
        path = self.notes(shard)
        return msgspec.json.decode(path.read_bytes(), type=GivenUp) if path.exists() else GivenUp()

    def notes(self, shard: Shard) -> Path:
        """Return the file for what of a shard is not to be tried again; `write_given_up` writes it."""
        return self._given_up / f"{shard.name}.json"

    @contextlib.contextmanager
    def scratch(self) -> Iterator[str]:
        """Yield an empty folder for a shard's files, on the same disk; what is left in it at the end is removed."""
        self._scratch.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=self._scratch, ignore_cleanup_errors=True) as folder:
            yield folder

    def keep(self, shard: Shard, done: Done) -> None:
        """Put a shard's files in their places and mark it as done."""
        for table in TABLES:
            for old in (self._path / table).glob(f"**/{shard.name}.parquet"):
                old.unlink()
        for file in sorted(Path(done.folder).rglob("*.parquet")):
            place = self._path / file.relative_to(done.folder)
            place.parent.mkdir(parents=True, exist_ok=True)
            file.replace(place)
        _write(self._done / f"{shard.name}.json", msgspec.json.encode(done.counts))

    def finish(self) -> None:
        """Remove what only a run in progress needs."""
        shutil.rmtree(self._scratch, ignore_errors=True)

    def _open(self, plan: Plan) -> None:
        if self._path.exists() and not self._path.is_dir():
            raise UsageError(f"--out {self._path}: not a folder")
        if self._path.is_dir() and any(self._path.iterdir()) and not self._state.is_dir():
            raise UsageError(f"--out {self._path}: holds something else; name a new folder")
        for folder in (self._done, self._given_up):
            folder.mkdir(parents=True, exist_ok=True)
        self._hold()
        for begun in self._state.rglob(f"{_BEGUN}*"):
            begun.unlink(missing_ok=True)
        manifest = self._state / "plan.json"
        if manifest.exists():
            self._require_equal(manifest, plan)
        else:
            _write(manifest, msgspec.json.format(msgspec.json.encode(plan), indent=1))
        shutil.rmtree(self._scratch, ignore_errors=True)

    def _hold(self) -> None:
        """Hold the folder as long as this process lives."""
        try:
            import fcntl
        except ImportError:  # Windows: two runs at a time are for the user to avoid
            return
        self._lock = os.open(self._state / "lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OnrecordError(f"{self._path}: another batch is writing to it") from None

    def _require_equal(self, manifest: Path, plan: Plan) -> None:
        try:
            begun = msgspec.json.decode(manifest.read_bytes(), type=Plan)
        except msgspec.MsgspecError:
            raise UsageError(f"--out {self._path}: begun by another version of onrecord; name a new folder") from None
        if begun != plan:
            raise UsageError(f"--out {self._path}: begun with {_difference(begun, plan)}; name a new folder")


def _difference(begun: Plan, plan: Plan) -> str:
    """Return in words what a folder was begun with, where that is not what is asked now."""
    if begun.version != plan.version:
        return f"onrecord {begun.version}, this is {plan.version}"
    if begun.figures != plan.figures:
        return "other figures than are known now"
    if begun.settings != plan.settings:
        then, now = msgspec.to_builtins(begun.settings), msgspec.to_builtins(plan.settings)
        name = next(name for name in then if then[name] != now[name])
        option = {"where": "--where", "stories_only": "--only stories"}.get(name, name)
        return f"{option} {then[name]}, now it is {now[name]}".replace("None", "not given")
    before, after = ({one.name: one for one in some.inputs} for some in (begun, plan))
    if gone := [name for name in before if name not in after]:
        return f"{gone[0]}, which is not among the inputs now"
    if new := [name for name in after if name not in before]:
        return f"other inputs: {new[0]} is new"
    changed = next((name for name in after if before[name] != after[name]), None)
    return f"another state of {changed}: it was changed since" if changed else "its inputs in another order"


def write_given_up(path: Path, given_up: GivenUp) -> None:
    """Keep what of a shard is not to be tried again, in the file of `OutputFolder.notes`."""
    _write(path, msgspec.json.encode(given_up))


def _write(path: Path, data: bytes) -> None:
    """Write a small file, whole or not at all."""
    temporary = path.with_name(f"{_BEGUN}{path.name}.{os.getpid()}")
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
