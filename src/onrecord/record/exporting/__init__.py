"""The record for others: claims as CSV, Parquet or JSON-LD, reviewed captures as a gold file, all of it as JSON Lines.

A file is written under another name first: it is there whole or not at all.
"""

from __future__ import annotations

from pathlib import Path

from msgspec import Struct

from onrecord.errors import UsageError
from onrecord.record.database import Record
from onrecord.record.exporting.choosing import EVERYTHING, Choice
from onrecord.record.exporting.csv_table import descriptor_path, write_csv, write_descriptor
from onrecord.record.exporting.gold import write_gold
from onrecord.record.exporting.jsonl import write_jsonl
from onrecord.record.exporting.jsonld import write_jsonld
from onrecord.record.exporting.writing import refuse_to_overwrite, written

__all__ = ["EVERYTHING", "FORMATS", "Choice", "Exported", "export", "export_gold"]

FORMATS = (".parquet", ".csv", ".jsonl", ".jsonld")
"""Endings by which a form is chosen."""


class Exported(Struct, frozen=True):
    """What was written: claims, or of a gold file captures, and into which files."""

    count: int
    files: tuple[Path, ...]


def export(
    record: Record, path: Path, *, choice: Choice = EVERYTHING, base: str | None = None, force: bool = False
) -> Exported:
    """Write the record's claims to `path`, in the form of its ending.

    Args:
        record: The record.
        path: The file; a `.csv` gets its description beside it.
        choice: Which claims; a `.jsonl` always holds the whole record.
        base: Web address below which the names of a `.jsonld` stand; None: they are URNs.
        force: Whether to write over a file that is there.

    Raises:
        UsageError: The ending is not known, an option does not fit it, or the file exists.
        OnrecordError: The file cannot be written.
    """
    ending = path.suffix.lower()
    _require_sense(path, ending, choice, base)
    files = (path, descriptor_path(path)) if ending == ".csv" else (path,)
    refuse_to_overwrite(files, force=force)
    with record.reading() as connection, written(*files) as temporary:
        if ending == ".jsonl":
            count = write_jsonl(connection, temporary[0])
        elif ending == ".csv":
            count = write_csv(connection, temporary[0], choice)
            write_descriptor(temporary[1], temporary[0], path.name)
        elif ending == ".jsonld":
            count = write_jsonld(connection, temporary[0], choice, base)
        else:
            from onrecord.record.exporting.parquet import write_parquet  # pyarrow takes a while to load

            count = write_parquet(connection, temporary[0], choice)
    return Exported(count, files)


def export_gold(record: Record, path: Path, *, force: bool = False) -> Exported:
    """Write every capture whose claims are all decided on to `path`, one a line.

    Raises:
        UsageError: The file exists and `force` is not set.
        OnrecordError: The file cannot be written.
    """
    refuse_to_overwrite([path], force=force)
    with record.reading() as connection, written(path) as temporary:
        count = write_gold(connection, temporary[0])
    return Exported(count, (path,))


def _require_sense(path: Path, ending: str, choice: Choice, base: str | None) -> None:
    if ending not in FORMATS:
        raise UsageError(f"--to {path}: its ending says the form: {', '.join(FORMATS)}")
    if ending == ".jsonl" and choice != EVERYTHING:
        raise UsageError("a .jsonl holds the whole record, to be imported again: no claims can be chosen for it")
    if base is None:
        return
    if ending != ".jsonld":
        raise UsageError("--base is for a .jsonld")
    if not base.startswith(("http://", "https://")):
        raise UsageError(f"--base {base}: not an http or https address")
