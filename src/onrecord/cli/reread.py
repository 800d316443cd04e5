"""`onrecord reread`: what the present version reads otherwise, shown before it is taken over."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer
from msgspec.structs import replace

from onrecord import __version__
from onrecord.cli.add import RecordPlace
from onrecord.model import Claim, Reading, Skipped

if TYPE_CHECKING:
    from onrecord.record.database import Record
    from onrecord.record.rereading import Change


def reread_command(
    record: RecordPlace = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Take it over without asking.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change, and change nothing.")] = False,
    details: Annotated[bool, typer.Option("--details", help="Show every claim that changes.")] = False,
) -> None:
    """Read all captures of the record anew with this version, show what changes, and take it over when told to."""
    from onrecord.record.database import open_record, place_of_record

    with open_record(place_of_record(record)) as opened, TemporaryDirectory(prefix="onrecord-") as folder:
        staged = _Staged(Path(folder))
        total = _stage(opened, staged, details=details)
        print(total)
        if dry_run or not staged.count:
            return
        if not yes and not _agreed():
            print("nothing was changed")
            return
        _take_over(opened, staged)


def _agreed() -> bool:
    """Ask, and return whether the answer is yes; where nobody answers it is no."""
    try:
        return input("take it over? [y/N]: ").strip().casefold() in ("y", "yes")
    except EOFError:
        print()
        return False


class _Staged:
    """New readings, put aside in a folder until they are taken over or not."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.count = folder, 0

    def add(self, reading: Reading) -> None:
        capture = replace(reading.capture, blocks=(), original=None)  # neither is taken over
        file = self._folder / f"{self.count:09}"
        file.write_bytes(msgspec.msgpack.encode(replace(reading, capture=capture)))
        self.count += 1

    def readings(self) -> Iterator[Reading]:
        for file in sorted(self._folder.iterdir()):
            yield msgspec.msgpack.decode(file.read_bytes(), type=Reading)


class _Total:
    """What changes over all captures."""

    def __init__(self) -> None:
        self.captures = self.changing = self.new = self.gone = self.changed = self.reviewed = self.skipped = 0

    def add(self, change: Change) -> None:
        self.captures += 1
        self.changing += bool(change)
        self.new += len(change.new)
        self.gone += len(change.gone)
        self.changed += len(change.changed)
        self.reviewed += change.reviewed

    def __str__(self) -> str:
        kept = f"; {self.reviewed:,} reviewed claims stay as decided" if self.reviewed else ""
        skipped = f"; {self.skipped:,} captures could not be read" if self.skipped else ""
        told = f"+{self.new:,} -{self.gone:,} ~{self.changed:,} claims"
        read = f"{self.captures:,} captures read anew with {__version__}"
        return f"{read}: {told} in {self.changing:,} of them{kept}{skipped}"


def _stage(record: Record, staged: _Staged, *, details: bool) -> _Total:
    """Read every capture anew, put the readings aside, and show what they change."""
    from onrecord.pipeline import Settings, read_guarded
    from onrecord.record.rating import known_figures
    from onrecord.record.rereading import change_of, stored_captures

    total, settings = _Total(), Settings(figures=known_figures().figures)
    for capture in stored_captures(record):
        reading = capture if isinstance(capture, Skipped) else read_guarded(capture, settings=settings)
        change = reading if isinstance(reading, Skipped) else change_of(record, reading)
        if isinstance(reading, Reading) and not isinstance(change, Skipped):
            staged.add(reading)
            total.add(change)
            if change:
                print("\n".join(_lines(change, details=details)))
        elif isinstance(change, Skipped):
            total.skipped += 1
            print(f"onrecord: {change.source}: {change.reason}", file=sys.stderr)
    return total


def _take_over(record: Record, staged: _Staged) -> None:
    from onrecord.record.rating import known_figures
    from onrecord.record.rereading import take_over

    by = known_figures()
    for reading in staged.readings():
        take_over(record, reading, reader=__version__, by=by)
    print(f"{staged.count:,} captures taken over")


def _lines(change: Change, *, details: bool) -> Iterator[str]:
    counts = f"+{len(change.new)} -{len(change.gone)} ~{len(change.changed)}"
    yield f"{counts}  {change.source}"
    if details:
        yield from (f"    + {_words(claim)}" for claim in change.new)
        yield from (f"    - {_words(claim)}" for claim in change.gone)
        for before, after in change.changed:
            yield f"    ~ {_words(before)}"
            yield f"   -> {_words(after)}"


def _words(claim: Claim) -> str:
    from onrecord.report.words import period, quantity

    amount = quantity(claim.quantity) if claim.quantity else None
    when = period(claim.when) if claim.when else None
    denied = "negated" if claim.negated else None
    return ", ".join(filter(None, (claim.kind, denied, claim.actor, claim.measure, amount, when)))
