"""`onrecord batch`: archives to Parquet datasets."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.output import told_when_closed
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.batch import Progress, Totals


def batch_command(
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...",
            help="Archives (WARC, WET, Parquet, JSON Lines), pages, folders or globs of them; s3:// and gs:// too.",
        ),
    ],
    out: Annotated[Path, typer.Option("--out", metavar="FOLDER", help="For the datasets; one begun before goes on.")],
    workers: Annotated[int, typer.Option("--workers", metavar="N", min=1, help="Processes that read.")] = 1,
    only: Annotated[
        str | None, typer.Option("--only", metavar="stories", help="Find stories, but no statements and claims.")
    ] = None,
    where: Annotated[
        str | None,
        typer.Option(
            "--where", metavar="CONDITION", help="Keep these claims (or stories) and their stories: kind = commitment"
        ),
    ] = None,
    ray: Annotated[
        str | None, typer.Option("--ray", metavar="ADDRESS", help="Read on this Ray cluster instead; `auto` finds one.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Show no progress.")] = False,
) -> None:
    """Read archives into Parquet datasets: captures, stories, statements, claims, and what was skipped.

    Started again with the same inputs after any stop, it does what is left.
    """
    if only not in {None, "stories"}:
        raise UsageError(f"--only {only}: there is only `stories`")
    from onrecord.batch import Settings, plan, run

    planned = plan(inputs, Settings(stories_only=only is not None, where=where))
    with told_when_closed():
        try:
            with _progress(quiet=quiet) as told:
                totals = run(planned, out, workers=workers, ray=ray, told=told)
        except KeyboardInterrupt:
            print("onrecord: interrupted; the same command does what is left", file=sys.stderr)
            raise typer.Exit(130) from None
        print(f"{out}: {_contents(totals)}")


@contextlib.contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """Yield what shows progress: a line on standard error where that is a terminal, else nothing."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.live import Live
    from rich.text import Text

    with Live(console=Console(stderr=True), transient=True, auto_refresh=False) as live:
        yield lambda progress: live.update(
            Text(progress_line(progress), no_wrap=True, overflow="ellipsis"), refresh=True
        )


def progress_line(progress: Progress) -> str:
    """Return a run's progress in a line of fewer than 80 characters."""
    rate = progress.pages / progress.seconds if progress.seconds else 0.0
    left = "" if progress.left is None else f", {_duration(progress.left)} left"
    return f"{progress.done:,} of {progress.shards:,} shards, {progress.pages:,} pages, {rate:.3g} a second{left}"


def _duration(seconds: float) -> str:
    minutes, hours = round(seconds / 60), round(seconds / 3600)
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{minutes} min" if minutes < 90 else f"{hours:,} h"


def _contents(totals: Totals) -> str:
    from onrecord.report.words import how_many

    counts = totals.counts
    told = [how_many(counts.get(table, 0), name) for table, name in _NAMES.items()]
    skipped = f"; {counts['skipped']:,} skipped" if counts.get("skipped") else ""
    earlier = f" ({totals.earlier:,} of {how_many(totals.shards, 'shard')} done before)" if totals.earlier else ""
    return f"{', '.join(told)}{skipped}{earlier}"


_NAMES = {"captures": "capture", "stories": "story", "statements": "statement", "claims": "claim"}
