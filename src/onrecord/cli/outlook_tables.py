"""Outlooks in the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from onrecord.figures import Figures
from onrecord.model import Capture
from onrecord.outlook import Followed, GroupOutlook, Outlook, Unrated
from onrecord.report import outlooks

STYLES = {
    "met": "green",
    "on track": "green",
    "off track": "red",
    "missed": "red",
    "open": "cyan",
    "cannot be rated": "yellow",
}


def outlook_view(one: Outlook, known: Figures) -> RenderableType:
    """Return one outlook, line by line, with sources and whom to credit."""
    rows = Table.grid(padding=(0, 2))
    rows.add_column(style="dim", no_wrap=True)
    rows.add_column(overflow="fold")
    for name, told in outlook_lines(one):
        rows.add_row(name, told)
    return Group(_head(one, known), Padding(rows, (0, 0, 0, 2)), "", credit_lines([one]))


def group_view(group: GroupOutlook, known: Figures) -> RenderableType:
    """Return a group as a whole, its members in a table, the bill, and whom to credit."""
    whole = group.whole
    rows = Table.grid(padding=(0, 2))
    rows.add_column(style="dim", no_wrap=True)
    rows.add_column(overflow="fold")
    for name, told in (*outlook_lines(whole), *_group_lines(group)):
        rows.add_row(name, told)
    key = "e: estimate. a year: pace. reached: at this pace. chance: of being at the target in the deadline's year."
    key += f" {group.bill.currency} bn: short of the target, a year." if group.bill else ""
    table = Group(_members(group), "", Text(key, style="dim"))
    return Group(_head(whole, known), Padding(rows, (0, 0, 1, 2)), table, "", credit_lines(group.members))


def followed_view(capture: Capture, followed: Sequence[Followed], known: Figures) -> RenderableType:
    """Return the outlooks of a capture's claims, each under its words; those without a target are only counted."""
    parts: list[RenderableType] = [Text(capture.source, style="dim"), ""]
    rated = [(one.claim, one.outlook) for one in followed if isinstance(one.outlook, Outlook)]
    for claim, found in rated:
        words = " ".join(claim.evidence.of(capture.text).split())
        parts += [Text(f"{claim.kind}: {words}", style="italic"), outlook_view(found, known), ""]
    reasons = Counter(one.outlook.reason for one in followed if isinstance(one.outlook, Unrated))
    for reason, number in reasons.most_common():
        claims = "claim" if number == 1 else "claims"
        parts.append(Text(f"{number} {claims} without an outlook: {reason}", style="dim"))
    if not followed:
        parts.append(Text("no commitment, demand or proposal found"))
    return Group(*parts, "")


def _head(one: Outlook, known: Figures) -> Text:
    goal = f"{'at most ' if one.level and not one.level.at_least else ''}{one.target.text}"
    goal += f" by {one.deadline}" if one.deadline else ""
    goal += f", said on {one.made}" if one.made else ""
    goal += f", as known on {one.as_of}" if one.as_of else ""
    entity = f"{one.entity.name} ({one.entity.code})" if one.entity.name != one.entity.code else one.entity.name
    return Text.assemble((f"{entity}: {goal}", "bold"), f"\n{known.indicator(one.indicator).title}\n")


def outlook_lines(one: Outlook) -> Iterator[tuple[str, Text]]:
    """Yield what an outlook says, line by line, each with its name."""
    for name, told in outlooks.lines(one):
        text = Text(told, style="dim" if name in ("caution", "") else "")
        if name == "status":
            text.stylize(STYLES[one.status], 0, len(one.status))
        yield name, text


def _group_lines(group: GroupOutlook) -> Iterator[tuple[str, Text]]:
    if group.meeting:
        meeting = group.meeting
        told = f"{meeting.mean:.0f} of {meeting.projected} projected to be at the target"
        yield "members", Text(f"{told}, 80% interval {meeting.low} to {meeting.high}")
    if group.bill:
        without = f"; without {', '.join(group.without_bill)}" if group.without_bill else ""
        yield "bill", Text(f"{group.bill.arithmetic}{without}", style="bold")


def _members(group: GroupOutlook) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim", pad_edge=False)
    currency = group.bill.currency if group.bill else ""
    for name in ("member", "status"):
        table.add_column(name, overflow="fold")
    for name in ("latest", "short by", "a year", "needed", "reached", "chance", f"{currency} bn"):
        table.add_column(name, justify="right", no_wrap=True)
    if not currency:
        table.columns.pop()
    for one in group.members:
        cells = [Text(one.entity.name), Text(one.status, style=STYLES[one.status]), *map(Text, _cells(one))]
        table.add_row(*cells[: len(table.columns)])
    return table


def _cells(one: Outlook) -> tuple[str, ...]:
    if one.latest is None or one.distance is None:
        return ("–",) * 7
    estimate = "e" if one.latest.estimate else ""
    return (
        f"{short(one.latest.value)} {one.latest.period}{estimate}",
        short(one.distance, sign=True),
        "–" if one.pace is None else short(one.pace, sign=True),
        "–" if one.needed is None else short(one.needed, sign=True),
        "–" if one.status == "met" else str(one.reached or "never"),
        outlooks.chance(one.projection.probability) if one.projection else "–",
        f"{one.bill.amount / 1e9:,.1f}" if one.bill else "–",
    )


def credit_lines(found: Sequence[Outlook]) -> Group:
    """Return the sources of all values, each once, and whom to credit."""
    rows = outlooks.rests_on(found)
    sources = dict.fromkeys(" ".join(filter(None, (row.source, row.address))) for row in rows)
    credit = dict.fromkeys(row.attribution for row in rows)
    return Group(*(Text(line, style="dim") for line in sources), *(Text(line, style="italic") for line in credit))


def short(value: float, *, sign: bool = False) -> str:
    """Return a number for a narrow column: two decimals, or a letter for its thousands (`3.11G`)."""
    mark = ("−" if value < 0 else "+") if sign else "−" if value < 0 else ""
    for letter, size in (("T", 1e12), ("G", 1e9), ("M", 1e6), ("k", 1e4)):
        if abs(value) >= size:
            return f"{mark}{abs(value) / (1e3 if letter == 'k' else size):.3g}{letter}"
    return f"{mark}{abs(value):.2f}"
