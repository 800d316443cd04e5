"""What the page About tells of accuracy: figures that were measured, taken from where they stand.

    python -m bench.measured

writes them to src/onrecord/web/measured.json, as does every measurement (`bench.results.save`); a test holds the file
against bench/results.json and the documents. What a new page can expect comes first: figures of pages, wordings and
years that the models did not learn from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench import tables
from onrecord.web.accuracy import Accuracy, Figure, Group

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "bench" / "results.json"
MEASURED = ROOT / "src" / "onrecord" / "web" / "measured.json"
_NAMES = {
    "found": "number and place right",
    "core (found, kind right)": "kind right too",
    "full (every field right)": "every field right",
    "without a number: found": "undertakings without a number, found",
    "text": "plain text",
    "text_b": "plain text, flattened otherwise",
    "fused as in fused.json, made from held-out pages (200)": "several pages run together",
    "harder fused pages: bare bodies, news in brief (200)": "several pages run together, harder",
}
"""What rows of the documents are called where nothing stands around them."""


def measured() -> Accuracy:
    """Return all figures, held out ones first."""
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    return Accuracy(
        held_out=(
            claims(),
            fields(),
            stories(),
            confidence(),
            threads(results["record"]),
            outlook(results["backtest"]),
        ),
        seen=(seen(results["accuracy"]),),
    )


def claims() -> Group:
    """Return what is found of claims on pages that the models never saw."""
    text = _text("docs/errors.md")
    rows = [(_NAMES.get(name, name), " / ".join(cells)) for name, *cells in _rows(text)[:4]]
    about = "Precision / recall / F1 on real, annotated pages; each was read by models that never saw it."
    return _group("Claims with a number", about, rows)


def fields() -> Group:
    """Return how often each field of a found claim is right, the weakest first."""
    told = re.search(r"Fields of the (\d+) found claims that are right: (.*?)\.\n", _text("docs/errors.md"), re.S)
    assert told
    found = [entry.rsplit(" ", 1) for entry in " ".join(told[2].split()).split(", ")]
    rows = sorted(((name.replace("_", " "), share) for name, share in found), key=lambda row: float(row[1]))
    return _group("Fields of a claim", f"Share that is right, of {told[1]} claims found on pages never seen.", rows)


def stories() -> Group:
    """Return how much of story bodies is right on sites that the networks never saw."""
    found = [(name.replace("`", ""), held) for name, held, _ in _rows(_text("docs/decisions/0002-stories.md"))]
    about = "Story bodies, macro F1, on pages of sites never seen; two figures are those of two collections of pages."
    return _group("Stories", about, [(_NAMES.get(name, name), held) for name, held in found if held != "-"])


def confidence() -> Group:
    """Return how often claims are right that the machine is so sure of."""
    rows = [(name, f"{right} ({number} claims)") for name, number, _, right in _rows(_text("docs/confidence.md"))]
    return _group("How sure a claim is", "Share that is right among claims of this confidence.", rows)


def threads(record: dict[str, Any]) -> Group:
    """Return how well sightings are brought together, on wordings that nothing was fitted to."""
    kinds = record["threads, wordings held back"]
    names = ("all", "undertakings", "demands", "forecasts", "figures")
    rows = [(name, " / ".join(f"{kinds[name][key]:.3f}" for key in ("P", "R", "F1"))) for name in names]
    rows.append(
        (
            "copies of a wire story: precision / recall",
            f"{record['copies_precision']:.3f} / {record['copies_recall']:.3f}",
        )
    )
    about = "Precision / recall / F1 of pairs brought together, in made-up histories whose wordings were held back."
    return _group("Threads", about, rows)


def outlook(backtest: dict[str, Any]) -> Group:
    """Return how well projections held over all built-in series."""
    held = backtest["by horizon"]
    rows = [
        (f"{years} year{'' if years == '1' else 's'} ahead", f"{held[years]['held']:.2f} / {held[years]['ratio']:.2f}")
        for years in ("1", "5", "10", "15")
    ]
    about = "Share of outcomes inside the 80% interval / error as a part of that of expecting no change."
    return _group("Projections", about, rows)


def seen(accuracy: dict[str, Any]) -> Group:
    """Return the table of the README."""
    rows = [(name, figure) for name, figure in _rows(tables.accuracy(accuracy))]
    about = (
        f"What the installed models reach on pages that they learned from; a new page does worse. {accuracy['date']}."
    )
    return _group("On pages it has seen", about, rows)


def write() -> None:
    """Write the file that is shipped."""
    from msgspec import json as encoding

    MEASURED.write_bytes(encoding.format(encoding.encode(measured()), indent=1) + b"\n")


def _text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def _rows(text: str) -> list[list[str]]:
    """Return the rows of the first table of a document, without its head."""
    return [*_cells(text)][2:]


def _cells(text: str) -> Iterator[list[str]]:
    inside = False
    for line in text.splitlines():
        if line.startswith("|"):
            inside = True
            yield [cell.strip() for cell in line.strip("|").split("|")]
        elif inside:
            return


def _group(title: str, about: str, rows: list[tuple[str, str]]) -> Group:
    return Group(title=title, about=about, figures=tuple(Figure(name, told) for name, told in rows))


if __name__ == "__main__":
    write()
