"""What commands that read captures share: counting, progress, lines, and standard output that may close early."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from rich.console import Console

from onrecord.errors import UsageError
from onrecord.model import Reading, Skipped

if TYPE_CHECKING:
    from onrecord.report.words import Tally


_NARROWEST = 20


class PipedConsole(Console):
    """A console of plain words, which lets a closed pipe be known instead of ending the program."""

    def __init__(self) -> None:
        super().__init__(highlight=False, emoji=False, markup=False)
        self.width = max(self.width, _NARROWEST)  # `COLUMNS=0` would print nothing

    def on_broken_pipe(self) -> None:
        """Raise what `told_when_closed` catches."""
        raise BrokenPipeError


def one_of(option: str, given: str | None, allowed: tuple[str, ...]) -> Any:
    """Return what was given for an option if it is allowed; None where nothing was.

    Raises:
        UsageError: It is not allowed.
    """
    if given is not None and given not in allowed:
        raise UsageError(f"{option} {given}: not one of {', '.join(allowed)}")
    return given


@contextmanager
def told_when_closed() -> Iterator[None]:
    """Say so, and stop, when whoever reads standard output has left (`| head`)."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        # what is still buffered has nowhere to go; without this the interpreter complains on its way out
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        print("onrecord: standard output was closed early; stopped there", file=sys.stderr)
        raise typer.Exit(1) from None


def counted(found: Iterable[Reading | Skipped], tally: Tally) -> Iterator[Reading | Skipped]:
    """Count what passes by, and name what was skipped on standard error."""
    for one in found:
        tally.add(one)
        if isinstance(one, Skipped):
            print(f"onrecord: {one.source}: {one.reason}", file=sys.stderr)
        yield one


def print_lines(found: Iterable[Reading | Skipped]) -> None:
    """Print one JSON object a capture."""
    from onrecord.report.lines import line

    out = sys.stdout.buffer
    for one in found:
        out.write(line(one))
        out.flush()


def with_progress(found: Iterable[Reading | Skipped], paths: list[str]) -> Iterator[Reading | Skipped]:
    """Show on standard error how many captures are read, when it is a terminal and there may be many."""
    many = len(paths) > 1 or any(Path(path).is_dir() or ".jsonl" in path for path in paths)
    if not (many and sys.stderr.isatty()):
        yield from found
        return
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("captures", total=None)
        for one in found:
            progress.advance(task)
            yield one
