"""Write src/onrecord/stories/months.txt: names of months and weekdays in every language of Babel's CLDR data.

One language a line: its code, twelve cells of month names and one of weekday names; tabs between cells, `|` inside.
"""

from __future__ import annotations

from pathlib import Path

from babel import Locale, localedata

OUT = Path(__file__).parents[1] / "src" / "onrecord" / "stories" / "months.txt"
SHAPES = [(context, width) for context in ("format", "stand-alone") for width in ("wide", "abbreviated")]


def fold(name: str) -> str:
    return name.casefold().strip(". \u200e\u200f").replace("\xa0", " ")


def names(locale: Locale) -> list[set[str]]:
    """Return the locale's names: twelve sets of month names, then one of weekday names."""
    cells: list[set[str]] = [set() for _ in range(13)]
    for context, width in SHAPES:
        for month, name in locale.months[context][width].items():
            cells[month - 1].add(fold(name))
        for name in locale.days[context][width].values():
            cells[12].add(fold(name))
    return [{name for name in cell if not any(c.isdigit() for c in name)} for cell in cells]


def main() -> None:
    languages: dict[str, list[set[str]]] = {}
    for identifier in sorted(localedata.locale_identifiers()):
        cells = languages.setdefault(identifier.split("_")[0], [set() for _ in range(13)])
        for cell, more in zip(cells, names(Locale.parse(identifier)), strict=True):
            cell |= more
    lines = [
        "\t".join([code, *("|".join(sorted(cell)) for cell in cells)]) for code, cells in sorted(languages.items())
    ]
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
