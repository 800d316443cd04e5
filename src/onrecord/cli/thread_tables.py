"""Threads and claims of the record in the terminal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.cli.outlook_tables import STYLES, credit_lines, outlook_lines
from onrecord.model import Claim, Verdict
from onrecord.outlook import Outlook, Unrated
from onrecord.record.showing import ShownThread, Standing
from onrecord.record.tracking import Asked, Tracked
from onrecord.report import words
from onrecord.threads import Event, Extremes, Revision, Sighting, in_words

_VERDICT_STYLES = {"supported": "green", "imprecise": "yellow", "refuted": "red", "uncheckable": "dim"}
_NOT_RATED = "–"


def tracker(found: Sequence[Tracked], asked: Asked, today: dt.date) -> RenderableType:
    """Return the tracker: a line or two a thread."""
    if not found:
        return Text(f"no such {asked.kind} is on record")
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    table.add_column("due", no_wrap=True)
    table.add_column("status", no_wrap=True)
    table.add_column("stage", no_wrap=True)
    table.add_column(asked.kind, overflow="fold")
    for one in found:
        table.add_row(_due(one, today), _status(one.status), _stage(one), _thread(one))
    return Group(table, _closing(found, asked))


def figures_tracker(found: Sequence[Tracked], said: Mapping[int, Extremes], asked: Asked) -> RenderableType:
    """Return the tracker of figures, which come due on no day: what was said last, lowest and highest.

    `said` are the extremes of threads by their numbers.
    """
    if not found:
        return Text("no such figure is on record")
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    table.add_column("last said", no_wrap=True)
    table.add_column("figure", overflow="fold")
    for one in found:
        table.add_row(str(one.last_day or "no date"), _thread(one, said.get(one.id)))
    return Group(table, _closing(found, asked))


def _closing(found: Sequence[Tracked], asked: Asked) -> Text:
    more = f"the first {len(found)}; --limit shows more" if asked.limit == len(found) else f"{len(found)} in all"
    return Text(f"\n{more}; onrecord show T… shows one", style="dim")


def thread_view(shown: ShownThread, width: int) -> RenderableType:
    """Return a thread with its history, where it stands, and the chart of its series."""
    one = shown.thread
    head = Text.assemble((_name(one), "bold"), f"\n{one.target}" if one.target else "")
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column(overflow="fold")
    facts.add_row("thread", f"T{one.id}, {one.kind}, seen {_times(one.sightings)}")
    if shown.reached:
        evidence = shown.reached.evidence
        facts.add_row(
            "stage",
            f"{shown.reached.stage}, since {evidence.day or 'a story without a date'}: {_place(evidence.source)}",
        )
    if one.dropped:
        facts.add_row("dropped", _dropped(shown.events))
    for name, told in _extremes(shown):
        facts.add_row(name, told)
    for name, told in _rating(shown):
        facts.add_row(name, told)
    parts: list[RenderableType] = [head, Padding(facts, (0, 0, 1, 2)), _history(shown)]
    if isinstance(shown.rating, Outlook):
        parts += _charted(shown.rating, width)
    return Group(*parts)


def claim_view(one: Standing) -> RenderableType:
    """Return one claim: its words, its fields, its verdict and where it stands."""
    claim = one.claim
    rows = Table.grid(padding=(0, 2))
    rows.add_column(style="dim", no_wrap=True)
    rows.add_column(overflow="fold")
    for name, told in _fields(claim):
        rows.add_row(name, told)
    if claim.verdict:
        rows.add_row("verdict", _verdict(claim.verdict))
    rows.add_row("review", one.review or "nobody has decided")
    if one.thread:
        rows.add_row("thread", f"T{one.thread}")
    if one.gone:
        rows.add_row("gone", Text(f"no longer read since version {one.gone}", style="yellow"))
    where = " · ".join(filter(None, (one.headline, str(one.day or ""), one.url or one.source)))
    quoted = Text(f"“{_flat(one.words)}”", style="italic")
    return Group(quoted, Text(where, style="dim"), Padding(rows, (1, 0, 0, 2)), Text(f"  {one.address}", style="dim"))


def _due(one: Tracked, today: dt.date) -> Text:
    if one.due is None:
        return Text(_NOT_RATED)
    if one.overdue:
        return Text(f"{one.due}\noverdue {(today - one.due).days} d", style="bold red")
    left = (one.due - today).days
    return Text(f"{one.due}\n{f'in {left} d' if left >= 0 else ''}".rstrip())


def _status(status: str | None) -> Text:
    return Text(status or _NOT_RATED, style=(STYLES | _VERDICT_STYLES).get(status or "", "dim"))


def _stage(one: Tracked) -> Text:
    told = Text(one.stage or _NOT_RATED)
    return told.append("\ndropped", style="red") if one.dropped else told


def _thread(one: Tracked, said: Extremes | None = None) -> Text:
    told = Text(_name(one), style="bold")
    if one.target:
        told.append(f": {one.target}", style="not bold")
    if said and said.lowest.terms.quantity != said.highest.terms.quantity:
        told.append(f"\nfrom {_by(said.lowest)} to {_by(said.highest)}; last {_by(said.latest)}", style="not bold")
    facts = [f"T{one.id}", f"seen {_times(one.sightings)}", f"last change {one.changed_day}" if one.changed_day else ""]
    told.append("\n" + " · ".join(filter(None, facts)), style="dim not bold")
    return told


def _name(one: Tracked) -> str:
    return ": ".join(filter(None, (one.actor or "(nobody named)", one.measure)))


def _times(sightings: int) -> str:
    return {1: "once", 2: "twice"}.get(sightings, f"{sightings} times")


def _history(shown: ShownThread) -> Table:
    table = Table(box=None, padding=(0, 2, 1, 0), header_style="dim", pad_edge=False)
    table.add_column("day", no_wrap=True)
    table.add_column("what changed", overflow="fold", min_width=16, max_width=30)
    table.add_column("words", overflow="fold")
    for event, claim in zip(shown.events, shown.claims, strict=True):
        table.add_row(str(event.sighting.day or "no date"), _changes(event), _sighting(event, claim))
    return table


def _changes(event: Event) -> Text:
    return Text("\n").join(map(_revision, event.revisions))


def _revision(one: Revision) -> Text:
    old, new = in_words(one.old) if one.old else "", in_words(one.new)
    told = f"{old} → {new}" if old and old != new else new
    return Text.assemble((one.what, "bold" if one.what != "restated" else "dim"), f"\n{told}" if told else "")


def _sighting(event: Event, one: Standing) -> Text:
    told = Text(f"“{_flat(one.words)}”")
    said = f"{one.claim.said_by} · " if one.claim.said_by else ""
    told.append(f"\n{said}{_place(event.sighting.source)}\n{one.address}", style="dim")
    if one.claim.verdict and one.claim.verdict.verdict != "uncheckable":
        told.append("\n").append_text(_verdict(one.claim.verdict))
    if one.review:
        told.append(f"\n{one.review}", style="dim")
    return told


def _place(source: str) -> str:
    """Return a source without the folders before it."""
    return source if "://" in source else source.rpartition("/")[2] or source


def _verdict(verdict: Verdict) -> Text:
    told = verdict.verdict + (f": {verdict.reason}" if verdict.reason else "")
    return Text.assemble((told, _VERDICT_STYLES[verdict.verdict]), f"; {verdict.arithmetic}")


def _extremes(shown: ShownThread) -> Iterator[tuple[str, Text]]:
    if shown.extremes is None:
        return
    for name in ("lowest", "highest", "latest"):
        one = getattr(shown.extremes, name)
        yield name, Text(f"{_by(one)}, {one.day or 'no date'}")


def _by(one: Sighting) -> str:
    """Return a number and who says so: `at least 12 (coast guard)`."""
    told = words.quantity(one.quantity) if one.quantity else "–"
    return f"{told} ({one.said_by or _place(one.source)})"


def _dropped(events: Sequence[Event]) -> Text:
    """Return since when it has been given up; each event says where it was so."""
    since = next(one.sighting for one in reversed(events) if any(r.what == "dropped" for r in one.revisions))
    return Text(f"since {since.day or 'a story without a date'}: {_place(since.source)}", style="red")


def _rating(shown: ShownThread) -> Iterator[tuple[str, Text]]:
    rating = shown.rating
    if isinstance(rating, Outlook):
        yield from outlook_lines(rating)
    elif isinstance(rating, Verdict):
        yield "verdict", _verdict(rating)
    elif isinstance(rating, Unrated):
        yield "status", Text(f"not rated: {rating.reason}", style="dim")
    if shown.thread.overdue:
        yield "overdue", Text(f"since {shown.thread.due}", style="bold red")


def _charted(rating: Outlook, width: int) -> list[RenderableType]:
    from onrecord.record.rating import known_figures
    from onrecord.report.chart import chart

    drawn = chart(rating, known_figures().figures, width=width)
    if drawn is None:
        return [credit_lines([rating])]
    lines, _, key = drawn.rpartition("\n")
    return [Text(lines, no_wrap=True), Text(key), Text(), credit_lines([rating])]


def _fields(claim: Claim) -> Iterator[tuple[str, str]]:
    yield "kind", f"{claim.kind}{', negated' if claim.negated else ''}"
    yield "who", claim.actor or "–"
    yield "what", claim.measure or "–"
    yield "how much", words.quantity(claim.quantity) if claim.quantity else "–"
    yield "when", words.period(claim.when) if claim.when else "–"
    yield "said by", claim.said_by or "–"
    if claim.confidence is not None:
        yield "sure", f"{claim.confidence:.0%}"


def _flat(text: str) -> str:
    return " ".join(text.split())
