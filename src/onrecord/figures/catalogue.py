"""The catalogue: indicators, publishers and groups of `catalogue.toml`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from msgspec import Struct, convert

from onrecord.figures.values import Break, Indicator, IndicatorKind, MemberCount, Publisher

_FILE = Path(__file__).parent / "catalogue.toml"


class Group(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A group of countries as the file has it; `names` are others than its code and name."""

    code: str
    name: str
    names: tuple[str, ...] = ()
    series: str | None = None


class _Entry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An indicator as the file has it: like `Indicator`, its publisher by key."""

    id: str
    title: str
    kind: IndicatorKind
    unit: str
    of: str | None = None
    per: str | None = None
    prices: str | None = None
    publisher: str
    words: tuple[str, ...] = ()
    breaks: tuple[Break, ...] = ()
    notes: tuple[str, ...] = ()
    counts: MemberCount | None = None


class _File(Struct, frozen=True, forbid_unknown_fields=True):
    publishers: dict[str, Publisher]
    indicators: tuple[_Entry, ...]
    groups: tuple[Group, ...]


@cache
def _content() -> _File:
    import tomllib  # only whoever asks for figures needs it

    return convert(tomllib.loads(_FILE.read_text(encoding="utf-8")), _File)


def publishers() -> dict[str, Publisher]:
    """Return every publisher by its key in the catalogue."""
    return _content().publishers


def groups() -> tuple[Group, ...]:
    """Return every group."""
    return _content().groups


@cache
def indicators() -> dict[str, Indicator]:
    """Return every built-in indicator by its identifier, in the catalogue's order."""
    found = {}
    for entry in _content().indicators:
        fields = {name: getattr(entry, name) for name in entry.__struct_fields__ if name != "publisher"}
        found[entry.id] = Indicator(**fields, publisher=publishers()[entry.publisher])
    return found


def nearest(name: str, known: Iterable[Indicator]) -> list[str]:
    """Return up to three identifiers of `known` that are most like `name`, best first."""
    from rapidfuzz import fuzz, process  # only a misspelt name needs it

    titles = {one.id: f"{one.id} {one.title}" for one in known}
    return [key for _, _, key in process.extract(name, titles, scorer=fuzz.WRatio, limit=3, score_cutoff=50)]
