"""The shards of a batch on a Ray cluster of this machine, one of whose processes is killed midway."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.batch import plan, run
from onrecord.errors import OnrecordError
from tests.test_batch import QUICK, archive, contents

if not (Path(sys.executable).with_name("ray")).exists():
    pytest.skip("ray is not installed: pip install 'onrecord[cluster]'", allow_module_level=True)

PORT = 20_000 + os.getpid() % 10_000
ENVIRONMENT = {
    **os.environ,
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_DISABLE_IMPORT_WARNING": "1",
    "PYTHONPATH": str(Path(__file__).parents[1]),
}


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run a cluster of three worker processes."""
    scratch = Path("/tmp") / f"ray-{os.getpid()}"  # a socket's path may be no longer than 107 bytes
    command = [
        str(Path(sys.executable).with_name("ray")), "start", "--head", "--block", f"--port={PORT}", "--num-cpus=3",
        "--include-dashboard=false", "--object-store-memory=80000000", f"--temp-dir={scratch}",
        "--node-ip-address=127.0.0.1",
    ]  # fmt: skip
    process = subprocess.Popen(
        command, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        yield f"127.0.0.1:{PORT}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait()
        import shutil

        shutil.rmtree(scratch, ignore_errors=True)


def workers_of(port: int) -> list[int]:
    """Return the processes of the cluster that have a reader of shards beneath them."""
    found = []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if b"onrecord.batch.worker" in (place / "cmdline").read_bytes():
                parent = int((place / "stat").read_text().rpartition(")")[2].split()[1])
                if Path("/proc", str(parent), "cmdline").read_bytes().startswith(b"ray::"):
                    found.append(parent)
        except OSError:  # it ended just now
            continue
    return found


def test_a_cluster_gives_the_same_files_though_a_process_is_killed(cluster: str, tmp_path: Path) -> None:
    path = archive(tmp_path / "in")
    run(plan([str(path)], QUICK), tmp_path / "here")
    code = (
        "from pathlib import Path; from onrecord.batch import *; from tests.test_batch import QUICK;"
        f"run(plan([{str(path)!r}], QUICK), Path({str(tmp_path / 'there')!r}), ray={cluster!r})"
    )
    log = (tmp_path / "log").open("wb")
    deadline = time.monotonic() + 50
    process = None
    killed = list[int]()
    while time.monotonic() < deadline:
        if process is None:
            process = subprocess.Popen([sys.executable, "-c", code], env=ENVIRONMENT, stdout=log, stderr=log)
        if not killed and (found := workers_of(PORT)):
            os.kill(found[0], signal.SIGKILL)
            killed.append(found[0])
        if process.poll() is not None:
            if process.returncode == 0 or killed:
                break
            process = None  # the cluster is not up yet
        time.sleep(0.02)
    assert process is not None
    log.close()
    assert (process.wait(), killed != []) == (0, True), (tmp_path / "log").read_text()
    assert contents(tmp_path / "there") == contents(tmp_path / "here")


def test_an_address_where_no_cluster_is_says_so(tmp_path: Path) -> None:
    path = archive(tmp_path / "in")
    with pytest.raises(OnrecordError, match=r"--ray 127\.0\.0\.1:1: no cluster there: "):
        run(plan([str(path)], QUICK), tmp_path / "out", ray="127.0.0.1:1")
