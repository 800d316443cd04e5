"""Shards read by the processes of a Ray cluster, one a task; whoever started the batch puts their files in place."""

from __future__ import annotations

import atexit
import socket
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from onrecord.batch.folder import OutputFolder, write_given_up
from onrecord.batch.messages import Done
from onrecord.batch.planning import Plan, Settings, Shard
from onrecord.batch.readers import GivenUp, ShardReader
from onrecord.errors import OnrecordError, UsageError

_TRIES: Final = 10
"""Times that a task is started again whose process or machine is gone."""
_ANSWERING: Final = 10.0
"""Seconds that a cluster may take to take up a connection."""
_AHEAD: Final = 2
"""Tasks that are handed in for each core of the cluster: one to do and one to wait."""


def read_on_cluster(
    address: str, plan: Plan, folder: OutputFolder, shards: list[Shard]
) -> Iterator[tuple[Shard, Done]]:
    """Yield each shard with what came of it, as they are done.

    Raises:
        UsageError: Ray is not installed.
        OnrecordError: There is no cluster at `address`, or it lost a shard again and again.
    """
    ray = _ray()
    _require_answer(address)
    try:
        ray.init(address=address, log_to_driver=False, logging_level="ERROR", configure_logging=True)
    except (ConnectionError, ValueError, RuntimeError) as error:
        raise OnrecordError(f"--ray {address}: no cluster there: {_first_line(error)}") from error
    try:
        yield from _tasks(ray, plan, folder, shards)
    except ray.exceptions.RayError as error:
        raise OnrecordError(f"--ray {address}: {_first_line(error)}") from error
    finally:
        ray.shutdown()


def read_in_task(settings: Settings, shard: Shard, scratch: str, given_up: GivenUp, notes: str) -> Done | str:
    """Read a shard in a process of a cluster; return what came of it, or in words why nothing could.

    Args:
        settings: How.
        shard: The shard.
        scratch: A folder that all of the cluster reach.
        given_up: What is known to kill.
        notes: The file for what is found to.
    """
    try:
        Path(scratch).mkdir(exist_ok=True)
        return _reader(settings).read(
            shard, scratch, given_up, note=lambda more: write_given_up(Path(notes), more), begin=lambda _: None
        )
    except OnrecordError as error:
        return str(error)
    except OSError as error:
        return f"{scratch}: cannot be written: {error.strerror or error}"


def _tasks(ray: Any, plan: Plan, folder: OutputFolder, shards: list[Shard]) -> Iterator[tuple[Shard, Done]]:
    task = ray.remote(num_cpus=1, max_retries=_TRIES)(read_in_task)
    waiting, running = iter(shards), dict[Any, Shard]()
    most = max(1, int(_AHEAD * ray.cluster_resources().get("CPU", 1)))
    with folder.scratch() as scratch:
        while True:
            while len(running) < most and (shard := next(waiting, None)):
                place = str(Path(scratch, shard.name).absolute())
                notes = str(folder.notes(shard).absolute())
                running[task.remote(plan.settings, shard, place, folder.given_up(shard), notes)] = shard
            if not running:
                return
            finished, _ = ray.wait(list(running), num_returns=1)
            for one in finished:
                shard, done = running.pop(one), ray.get(one)
                if isinstance(done, str):
                    raise OnrecordError(done)
                folder.keep(shard, done)
                yield shard, done


@cache
def _reader(settings: Settings) -> ShardReader:
    """Return the reader of this process; it serves many tasks."""
    reader = ShardReader(settings)
    atexit.register(reader.close)
    return reader


def _ray() -> Any:
    try:
        import ray
    except ImportError as error:
        raise UsageError("--ray needs Ray; install the extra: pip install 'onrecord[cluster]'") from error
    return ray


def _require_answer(address: str) -> None:
    """Raise where nobody listens at HOST:PORT: Ray itself would try for many minutes."""
    host, _, port = address.rpartition(":")
    if not host or not port.isdigit() or "/" in address:
        return
    try:
        socket.create_connection((host, int(port)), timeout=_ANSWERING).close()
    except (OSError, OverflowError) as error:
        raise OnrecordError(f"--ray {address}: no cluster there: {_first_line(error)}") from error


def _first_line(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
