"""`onrecord serve` as a command: where it listens, whom it asks for a token, and how it ends."""

from __future__ import annotations

import builtins
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from onrecord.cli import app
from onrecord.errors import UsageError


def refused(*arguments: str) -> str:
    result = CliRunner().invoke(app, ["serve", *arguments])
    assert isinstance(result.exception, UsageError)
    return str(result.exception)


@contextmanager
def started(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the command; yield its process and the first line that it prints."""
    command = [sys.executable, "-c", "from onrecord.cli import main; main()", "serve", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process, process.stdout.readline()
        finally:
            process.kill()


def test_it_serves_until_it_is_interrupted_and_says_where(tmp_path: Path) -> None:
    place = tmp_path / "r.db"
    with started("--record", str(place), "--port", "0") as (process, line):
        found = re.fullmatch(
            rf"onrecord: (http://127\.0\.0\.1:\d+/) \(record {re.escape(str(place))}\); Ctrl-C stops\n", line
        )
        assert found
        status = httpx.get(found[1] + "about").status_code
        process.send_signal(signal.SIGINT)
        assert (status, process.wait(20)) == (200, 0)
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_a_port_that_is_taken_is_told_where_it_was_asked_for() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen(1)
        port = taken.getsockname()[1]
        assert refused("--port", str(port)) == f"cannot listen on 127.0.0.1, port {port}: address already in use"


def test_an_address_that_is_none_is_told() -> None:
    assert refused("--host", "no such host", "--token-file", __file__).startswith(
        "cannot listen on no such host, port 8000"
    )


def test_others_are_served_with_a_token_only(tmp_path: Path) -> None:
    assert (
        refused("--host", "0.0.0.0") == "--host 0.0.0.0: others can reach it, so a token is needed: --token-file FILE"
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "its first line is the token, in printable ASCII letters"),
        (b"\nsecond-line-is-no-token", "its first line is the token, in printable ASCII letters"),
        ("geheimnis-mit-ümlaut".encode(), "its first line is the token, in printable ASCII letters"),
    ],
)
def test_a_token_file_without_a_token_is_refused(tmp_path: Path, content: bytes, expected: str) -> None:
    file = tmp_path / "token"
    file.write_bytes(content)
    assert refused("--token-file", str(file)) == f"--token-file {file}: {expected}"


def test_a_token_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert (
        refused("--token-file", str(tmp_path / "none"))
        == f"--token-file {tmp_path / 'none'}: no such file or directory"
    )


def test_without_the_extra_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    present = builtins.__import__

    def missing(name: str, *rest: Any, **more: Any) -> Any:
        if name == "litestar":
            raise ModuleNotFoundError("No module named 'litestar'")
        return present(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", missing)
    assert refused() == "the web page needs an extra: pip install 'onrecord[web]'"
