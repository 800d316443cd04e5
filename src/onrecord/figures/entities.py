"""Countries and groups by their names; members of groups by date."""

from __future__ import annotations

import csv
import datetime as dt
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from onrecord.errors import UnknownEntity
from onrecord.figures import catalogue
from onrecord.figures.values import Entity, Membership

_FOLDER = Path(__file__).parent
_NEAREST = 3
_ALIKE = 60.0
"""Least similarity (0 to 100) of a name that is worth naming to whoever misspelt one."""


def entity(name: str) -> Entity:
    """Return the country or group that `name` names: a code (ISO 3166-1, group), a name (`the U.K.`, `Eurozone`).

    Codes and acronyms of up to three letters are read in upper case only: `us` and `can` are words.

    Raises:
        UnknownEntity: Nothing known is called so; it carries the nearest names.
    """
    found = find(name)
    if found is None:
        raise UnknownEntity(name, _nearest(_folded(_key(name))))
    return found


def find(name: str) -> Entity | None:
    """Return what `entity` returns, None where nothing known is called so."""
    key = _key(name)
    code = _names().get(key) or _names().get(_folded(key))
    return entities()[code] if code is not None else None


@cache
def entities() -> dict[str, Entity]:
    """Return every known entity by its code: groups first, then countries."""
    return {code: one for code, one, _ in _rows()}


@cache
def memberships() -> dict[str, tuple[Membership, ...]]:
    """Return the members of every group that has some, by the group's code."""
    found: dict[str, list[Membership]] = {}
    for row in _csv("members.csv"):
        since, until = (dt.date.fromisoformat(row[end]) if row[end] else None for end in ("since", "until"))
        one = Membership(
            group=row["group"],
            entity=row["entity"],
            since=since,
            until=until,
            source=row["source"],
            address=row["address"],
        )
        found.setdefault(one.group, []).append(one)
    return {group: tuple(members) for group, members in found.items()}


def _rows() -> Iterator[tuple[str, Entity, tuple[str, ...]]]:
    for group in catalogue.groups():
        yield group.code, Entity(code=group.code, name=group.name, group=True, series=group.series), group.names
    for row in _csv("countries.csv"):
        yield row["code"], Entity(code=row["code"], name=row["name"]), tuple(row["names"].split(";"))


def _csv(name: str) -> Iterator[dict[str, str]]:
    with (_FOLDER / name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


@cache
def _names() -> dict[str, str]:
    """Return the codes by name: short acronyms as written, everything else folded."""
    found: dict[str, str] = {}
    for code, one, names in _rows():
        for name in (code, one.name, *names):
            key = _key(name)
            found.setdefault(key if len(key) <= 3 and key.isupper() else _folded(key), code)
    return found


def _key(name: str) -> str:
    """Return `name` without article, dots and accents, its case kept."""
    plain = unicodedata.normalize("NFKD", name.replace("’", "'").replace(".", ""))
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    words = plain.split()
    return " ".join(words[1:] if len(words) > 1 and words[0].casefold() == "the" else words)


def _folded(key: str) -> str:
    return key.casefold()


def _nearest(key: str) -> list[str]:
    from rapidfuzz import fuzz, process  # only a misspelt name needs it

    names = _names()
    alike = process.extract(key, [*names], scorer=fuzz.WRatio, limit=20, score_cutoff=_ALIKE)
    codes = [names[name] for name, _, _ in alike]
    if key.upper() in names:
        codes.insert(0, names[key.upper()])
    best = dict.fromkeys(f"{entities()[code].name} ({code})" for code in codes)
    return [*best][:_NEAREST]
