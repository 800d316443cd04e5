"""`onrecord score`: how well the present version reads captures that people decided on."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from onrecord.cli.output import PipedConsole, told_when_closed
from onrecord.errors import UsageError

if TYPE_CHECKING:
    from onrecord.scoring import GoldCapture, GoldStory


def score_command(
    gold: Annotated[
        Path,
        typer.Argument(metavar="GOLD.jsonl", help="Captures as people decided on them: `export --gold` writes such."),
    ],
    predicted: Annotated[
        Path | None,
        typer.Option(
            "--predicted",
            metavar="FILE.jsonl",
            help="What `read --json` printed for them; without it their texts are read now.",
        ),
    ] = None,
    show_misses: Annotated[
        bool, typer.Option("--misses", help="Name every claim that was missed, invented or read wrong.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Measure how well stories, statements and claims are read."""
    if as_json and show_misses:
        raise UsageError("--json and --misses exclude each other")
    from onrecord import scoring
    from onrecord.cli.score_tables import misses_lines, scores_view

    console = PipedConsole()
    pairs = []
    with told_when_closed():
        for one, stories in _read(gold, predicted):
            pairs.append((one, stories))
            if show_misses:
                for shown in misses_lines(scoring.misses(one, stories)):
                    console.print(shown, soft_wrap=True)
        scores = scoring.score(pairs)
        if as_json:
            print(json.dumps(scoring.as_json(scores), indent=2))
        else:
            console.print(scores_view(scores))


def _read(gold: Path, predicted: Path | None) -> Iterator[tuple[GoldCapture, Sequence[GoldStory] | None]]:
    """Yield each capture with the stories read in it, None where it was not read."""
    from rich.console import Console
    from rich.progress import track

    from onrecord.scoring import gold_in, readings_in

    if predicted is not None:
        readings = readings_in(predicted)
        yield from ((one, readings.of(one.id)) for one in gold_in(gold))
        return
    captures = list(gold_in(gold))  # a bad line is named before the first text is read
    console = Console(stderr=True)
    for one in track(captures, "captures", console=console, transient=True, disable=not sys.stderr.isatty()):
        yield one, _stories(one)


def _stories(capture: GoldCapture) -> Sequence[GoldStory] | None:
    from onrecord.captures import capture_from_text
    from onrecord.errors import CaptureError
    from onrecord.pipeline import read_capture
    from onrecord.scoring.gold import story_of

    try:
        reading = read_capture(capture_from_text(capture.text, capture.id, url=capture.url))
    except CaptureError as error:
        print(f"onrecord: {error}", file=sys.stderr)
        return None
    return tuple(map(story_of, reading.stories))
