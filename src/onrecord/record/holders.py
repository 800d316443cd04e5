"""Who holds a lock on a record's file, where the system tells (Linux: /proc/locks)."""

from __future__ import annotations

from pathlib import Path

_LOCKS = Path("/proc/locks")


def holders(record: Path) -> tuple[str, ...]:
    """Return the processes that hold a lock for writing on the record's files, as `COMMAND (process 123)`.

    Empty where nobody does, or where it cannot be known.
    """
    files = [record, *(record.with_name(record.name + end) for end in ("-wal", "-shm", "-journal"))]
    try:
        inodes = {file.stat().st_ino for file in files if file.exists()}
        locks = _LOCKS.read_text(encoding="ascii").splitlines()
    except OSError:
        return ()
    held = {int(fields[4]) for fields in map(str.split, locks) if _is_write(fields, inodes)}
    return tuple(f"{_command(process)} (process {process})" for process in sorted(held) if process > 0)


def _is_write(fields: list[str], inodes: set[int]) -> bool:
    # `1: POSIX ADVISORY WRITE 4242 fe:00:1234567 120 120`; a line with `->` is somebody who waits
    return "->" not in fields and "WRITE" in fields and int(fields[5].rpartition(":")[2]) in inodes


def _command(process: int) -> str:
    try:
        words = Path(f"/proc/{process}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return "a process"
    return " ".join(Path(word.decode("utf-8", "replace")).name for word in words[:3] if word) or "a process"
