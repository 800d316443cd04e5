"""The command line: parses, calls the library once, prints.

Exit status: 0 all read, 1 some inputs skipped (each named on standard error) or output closed early, 2 the call was
wrong, 130 interrupted.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterable, Iterator
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord import __version__
from onrecord.cli import check, figures
from onrecord.cli.add import add_command
from onrecord.cli.batch import batch_command
from onrecord.cli.export import export_command
from onrecord.cli.find import find_command
from onrecord.cli.import_ import import_command
from onrecord.cli.mcp import mcp_command
from onrecord.cli.outlook import outlook_command
from onrecord.cli.output import PipedConsole, counted, print_lines, told_when_closed, with_progress
from onrecord.cli.reread import reread_command
from onrecord.cli.review import review_command
from onrecord.cli.score import score_command
from onrecord.cli.serve import serve_command
from onrecord.cli.show import show_command
from onrecord.cli.track import track_command
from onrecord.cli.watch import watch_command
from onrecord.errors import ModelError, OnrecordError, UsageError
from onrecord.model import Reading, Skipped

if TYPE_CHECKING:
    from onrecord.second_reader import ChatServer

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="From what was said to what was done: who said what, and who is bound to what, in captured news pages.",
)


app.add_typer(figures.app, name="figures")
app.command(name="outlook")(outlook_command)
app.command(name="check")(check.check_command)
app.command(name="add")(add_command)
app.command(name="batch")(batch_command)
app.command(name="watch")(watch_command)
app.command(name="export")(export_command)
app.command(name="import")(import_command)
app.command(name="score")(score_command)
app.command(name="find")(find_command)
app.command(name="track")(track_command)
app.command(name="show")(show_command)
app.command(name="reread")(reread_command)
app.command(name="review")(review_command)
app.command(name="serve")(serve_command)
app.command(name="mcp")(mcp_command)


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"onrecord {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """From what was said to what was done."""


@app.command(name="read")
def read_command(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...",
            help="Files (.txt, .html, .htm, plain or gzipped; .jsonl with a text or html field a line), folders, "
            "http(s) addresses, or - for standard input.",
        ),
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON Lines, one object a capture.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Show under every claim its sentence and the words of each field.")
    ] = False,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="FILE.html", help="Write one self-contained page.")
    ] = None,
    allow_private: Annotated[
        bool, typer.Option("--allow-private", help="Let addresses lead to private, loopback and link-local hosts.")
    ] = False,
    language_model: Annotated[
        str | None,
        typer.Option(
            "--language-model", metavar="NAME", help="Use an installed spaCy pipeline with UD labels instead."
        ),
    ] = None,
    reader: Annotated[
        str | None, typer.Option("--reader", metavar="llm", help="Ask a language model for claims too.")
    ] = None,
    llm_url: Annotated[
        str | None, typer.Option("--llm-url", metavar="URL", help="Base address of its OpenAI-style interface.")
    ] = None,
    llm_model: Annotated[str | None, typer.Option("--llm-model", metavar="NAME", help="Its name there.")] = None,
    min_confidence: Annotated[
        float,
        typer.Option("--min-confidence", metavar="0..1", min=0, max=1, help="Leave out less certain claims."),
    ] = 0.0,
) -> None:
    """Read captured news pages: their stories, statements and claims."""
    if as_json and explain:
        raise UsageError("--json and --explain exclude each other: the JSON always holds the spans of each field")
    from onrecord.pipeline import Settings, read_all
    from onrecord.report.words import Tally

    tally = Tally()
    settings = Settings(language_model, _second_reader(reader, llm_url, llm_model), min_confidence)
    readings = counted(read_all(paths, allow_private=allow_private, settings=settings), tally)
    if report:
        _check_writable(report)
        readings = _kept_for(report, readings)
    readings = with_progress(readings, paths)
    with told_when_closed():
        if as_json:
            print_lines(readings)
        else:
            _print_report(readings, explain=explain)
            print(tally)
    if as_json:
        print(f"onrecord: {tally}", file=sys.stderr)
    if tally.skipped:
        raise typer.Exit(1)


def _second_reader(reader: str | None, url: str | None, model: str | None) -> ChatServer | None:
    if reader is None and url is None and model is None:
        return None
    if reader != "llm" or not url or not model:
        raise UsageError("a second reader needs --reader llm, --llm-url URL and --llm-model NAME")
    from onrecord.second_reader import KEY_VARIABLE, ChatServer

    return ChatServer(url, model, os.environ.get(KEY_VARIABLE))


@app.command(name="schema")
def schema_command() -> None:
    """Print the JSON Schema of a line of `read --json`."""
    import json

    from onrecord.report.lines import schema

    print(json.dumps(schema(), indent=2))


def _check_writable(report: Path) -> None:
    if report.is_dir() or not report.absolute().parent.is_dir():
        raise UsageError(f"--report {report}: not a file in an existing folder")


def _kept_for(report: Path, found: Iterable[Reading | Skipped]) -> Iterator[Reading | Skipped]:
    from onrecord.report.page import write_page

    kept = []
    for one in found:
        kept.append(one)
        yield one
    try:
        write_page(report, kept)
    except OSError as error:
        raise UsageError(f"--report {report}: cannot be written: {error.strerror}") from error


def _print_report(found: Iterable[Reading | Skipped], *, explain: bool) -> None:
    from onrecord.report.terminal import print_reading

    console = PipedConsole()
    for one in found:
        if isinstance(one, Reading):
            print_reading(console, one, explain=explain)


def main() -> None:
    """Run the command line and exit; no traceback reaches the user."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a file's name may hold what no encoding has
            stream.reconfigure(errors="backslashreplace")
    gc.set_threshold(50_000)  # what is loaded stays: to look through it for garbage takes 7% of a short run
    # numpy's products here are too small to share: a second thread doubles the processor time and gains nothing
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        app()
    except (UsageError, ModelError) as error:
        print(f"onrecord: {error}", file=sys.stderr)
        sys.exit(2)
    except OnrecordError as error:
        print(f"onrecord: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("onrecord: interrupted", file=sys.stderr)
        sys.exit(130)
