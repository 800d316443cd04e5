"""Verdicts in the terminal: each with its claim, its arithmetic, what it rests on and whom to credit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from onrecord.model import Claim, Observation, Reading, Verdict

_STYLES = {"supported": "bold green", "imprecise": "bold yellow", "refuted": "bold red", "uncheckable": "dim"}
_SOURCES = 3
"""Sources that are named under a verdict; a count over a group may rest on many."""


def print_verdicts(console: Console, reading: Reading, *, whole: bool = False) -> None:
    """Print the verdicts of a reading; those with nothing to look up are only counted unless `whole`."""
    if not whole:
        console.print(Text(reading.capture.source, style="dim"), soft_wrap=False)
    for story in reading.stories:
        if story.headline:
            console.print(
                Padding(Text(f"{story.headline}  {story.published or '(no date)'}", style="bold"), (1, 0, 0, 0))
            )
        shown = [claim for claim in story.claims if claim.verdict and (whole or _is_telling(claim.verdict))]
        for claim in shown:
            console.print(_block(reading.capture.text, claim))
        rest = [claim.verdict for claim in story.claims if claim.verdict and claim not in shown]
        if rest:
            console.print(Padding(Text(_counted(rest), style="dim"), (1, 0, 0, 0)))
    if not reading.claims:
        console.print(Text("no claim found"))
    console.print()


def _is_telling(verdict: Verdict) -> bool:
    return verdict.verdict != "uncheckable" or verdict.indicator is not None


def _block(text: str, claim: Claim) -> RenderableType:
    verdict = claim.verdict
    assert verdict is not None  # noqa: S101  # only claims with one are shown
    head = verdict.verdict + (f": {verdict.reason}" if verdict.reason else "")
    lines: list[Text] = [Text(" ".join(claim.evidence.of(text).split()), style="italic"), Text(verdict.arithmetic)]
    lines += _sources(verdict.observations)
    body = Padding(Group(*lines), (0, 0, 0, 2))
    return Padding(Group(Text(head, style=_STYLES[verdict.verdict]), body), (1, 0, 0, 0))


def _sources(rows: Sequence[Observation]) -> Iterator[Text]:
    """Yield where the rows were published and whom to credit, each once."""
    sources = list(dict.fromkeys((row.source, row.address) for row in rows))
    for source, address in sources[:_SOURCES]:
        yield Text(f"{source} {address}".strip(), style="dim")
    if len(sources) > _SOURCES:
        yield Text(f"and {len(sources) - _SOURCES} more sources; --json has all rows", style="dim")
    for credit in dict.fromkeys(row.attribution for row in rows if row.attribution != row.source):
        yield Text(credit, style="dim")


def _counted(verdicts: Sequence[Verdict]) -> str:
    reasons = Counter(verdict.reason for verdict in verdicts)
    told = ", ".join(f"{count} {reason}" for reason, count in sorted(reasons.items(), key=lambda one: -one[1]))
    return f"not checked: {told}"
