"""Standard output that may close early (`| head`)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from rich.console import Console


class PipedConsole(Console):
    """A console that lets a closed pipe be known instead of ending the program."""

    def on_broken_pipe(self) -> None:
        """Raise what `told_when_closed` catches."""
        raise BrokenPipeError


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
