"""Figures in the terminal."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from onrecord.figures import Figures, Series
from onrecord.figures.rows import edition_words, unit_of
from onrecord.figures.values import NATIONAL_CURRENCY
from onrecord.model import Observation
from onrecord.report import words


def indicators_table(known: Figures) -> Table:
    """Return a table of all indicators that have observations."""
    table = Table(box=None, padding=(0, 2, 1, 0), header_style="bold")
    # an identifier is there to be copied: it stays on one line
    widest = max(len(one.id) for one in known.indicators)
    table.add_column("indicator, title, publisher, licence", min_width=widest, overflow="fold")
    table.add_column("unit", max_width=28, overflow="fold")
    table.add_column("entities", justify="right")
    for one in known.indicators:
        credit = f"{one.publisher.name}: {one.publisher.licence}"
        name = Text.assemble((one.id, "bold"), f"\n{one.title}\n", (credit, "dim"))
        table.add_row(name, unit_of(one), str(len(known.entities(one.id))))
    return table


def series_view(series: Series) -> RenderableType:
    """Return a series with everything that has to be said beside it: sources, credit, cautions."""
    sources = {key: f"[{n}]" for n, key in enumerate(dict.fromkeys(map(_source, series.observations)), 1)}
    lines = [f"{number} {' '.join(filter(None, key))}" for key, number in sources.items()]
    credit = dict.fromkeys(one.attribution for one in series.observations)
    indicator = series.indicator
    cautions = [*(f"From {brk.since} ({brk.of}): {brk.note}." for brk in indicator.breaks), *indicator.notes]
    styled = [Text(line, style="italic") for line in credit] + [Text(line, style="dim") for line in cautions]
    return Group(_head(series), "", _table(series, sources), "", *map(Text, lines), *styled)


def _head(series: Series) -> Text:
    indicator, entity = series.indicator, series.entity
    unit = series.observations[-1].unit if indicator.unit == NATIONAL_CURRENCY else unit_of(indicator)
    day = f", as known on {series.as_of}" if series.as_of else ""
    return Text.assemble((indicator.title, "bold"), f"\n{entity.name} ({entity.code}), {unit}{day}")


def _source(one: Observation) -> tuple[str, str]:
    return one.source, one.address


def _table(series: Series, sources: dict[tuple[str, str], str]) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="bold")
    for name in ("period", "value", "", "edition", "source"):
        table.add_column(name, justify="right" if name == "value" else "left", no_wrap=True)
    for one in series.observations:
        estimate = "estimate" if one.estimate else ""
        table.add_row(one.period, words.in_full(one.value), estimate, edition_words(one), sources[_source(one)])
    return table
