"""Scores in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from onrecord.report.words import period, quantity
from onrecord.scoring import GoldClaim, Miss, Scores, Share, Tally


def scores_view(scores: Scores) -> RenderableType:
    """Return all scores in two tables: what was found, and how often its fields are right."""
    unread = f", {scores.unread} of them without a reading" if scores.unread else ""
    head = f"{scores.captures:,} {'capture' if scores.captures == 1 else 'captures'}{unread}"
    return Group(Text(head), "", _tallies(scores), "", _shares(scores))


def misses_lines(found: Iterable[Miss]) -> Iterator[Text]:
    """Yield a few lines for each claim that was missed, invented or read wrong."""
    for miss in found:
        if miss.gold and miss.read:
            head, told = f"wrong {', '.join(miss.slots)}", [("right", miss.gold), ("read", miss.read)]
        elif miss.gold:
            head, told = "missed", [("right", miss.gold)]
        elif miss.read:
            head, told = "invented", [("read", miss.read)]
        lines = [f"    {name:5} {_in_words(claim)}" for name, claim in told]
        words = [f"    “{' '.join(miss.words.split())}”"] if miss.words else []
        yield Text("\n".join((f"{miss.capture}: {head}", *lines, *words)))


def _in_words(claim: GoldClaim) -> str:
    parts = [claim.kind, claim.actor or "nobody named", claim.measure or "-"]
    parts += [quantity(claim.quantity)] if claim.quantity else []
    parts += [period(claim.when)] if claim.when else []
    parts += [f"said by {claim.said_by}"] if claim.said_by else []
    return " | ".join(parts + (["negated"] if claim.negated else []))


def _tallies(scores: Scores) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("what", no_wrap=True)
    for name in ("precision", "recall", "F1", "right", "there", "read"):
        table.add_column(name, justify="right", no_wrap=True)
    rows: list[tuple[str, Tally]] = [
        ("stories", scores.stories),
        ("body characters", scores.body_characters),
        ("photos", scores.photos),
        ("statements", scores.statements),
        *((f"claims, {name}", tally) for name, tally in scores.claims.items()),
        *((f"{kind}s, core", tally) for kind, tally in scores.kinds.items()),
    ]
    for name, tally in rows:
        of = (tally.predicted, tally.gold, tally.gold + tally.predicted)
        rates = map(_rate, (tally.precision, tally.recall, tally.f1), of)
        table.add_row(name, *rates, *(f"{count:,}" for count in (tally.hit, tally.gold, tally.predicted)))
    return table


def _shares(scores: Scores) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("of what was found", no_wrap=True)
    for name in ("share", "right", "of"):
        table.add_column(name, justify="right", no_wrap=True)
    rows: list[tuple[str, Share]] = [
        *((f"story's {name}", share) for name, share in scores.details.items()),
        ("statement's speaker", scores.speakers),
        ("quoted statements found", scores.quoted_statements),
        ("quoted statement's speaker", scores.quoted_speakers),
        *((f"quantified claim's {slot}", share) for slot, share in scores.slots.items()),
    ]
    for name, share in rows:
        table.add_row(name, _rate(share.value, share.of), f"{share.right:,}", f"{share.of:,}")
    return table


def _rate(value: float, of: int) -> str:
    """Return a share of so many; of none there is none."""
    return f"{value:.3f}" if of else "-"
