"""Measure how sure the claims' models may be, on captures that they have not seen, and write it into the package.

    python -m tools.train_claims.calibrate PREDICTED.jsonl GOLD.jsonl

PREDICTED is what `adapt --folds` wrote: claims whose `confidence` is what models that had not seen the capture say. Its
log odds are fitted to whether each claim is right (a claim of that kind with that quantity: `core` of the scorer),
separately with and without a quantity: Platt, J. (1999), Probabilistic outputs for support vector machines. What
docs/confidence.md shows is cross-validated: each capture's claims by a fit to the other captures.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import altair
import numpy as np
from scipy.optimize import minimize

from onrecord.claims.network import WEIGHTS
from onrecord.claims.reading import calibrated, log_odds
from tools.train_claims.gold import Gold

DOCS = Path(__file__).parents[2] / "docs"
FOLDS = 5
RIDGE = 0.1
"""Pull of the slope towards 1 and of the offset towards 0, for the few claims without a quantity."""
EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
_SAME = ("value", "low", "high", "vague", "unit")


class Found(NamedTuple):
    """A claim that the models find: its capture, whether it has a quantity, their probability, whether it is right."""

    capture: str
    has_quantity: bool
    probability: float
    right: bool


def find(capture: str, predicted: Sequence[Gold], gold: Sequence[Gold]) -> Iterator[Found]:
    """Yield a capture's predicted claims; each gold claim makes one of them right, the surest first."""
    left = list(gold)
    for claim in sorted(predicted, key=lambda claim: -claim["confidence"]):
        match = next((other for other in left if _same(claim, other)), None)
        if match is not None:
            left.remove(match)
        right = match is not None and match["kind"] == claim["kind"]
        yield Found(capture, claim["quantity"] is not None, claim["confidence"], right)


def _same(one: Gold, other: Gold) -> bool:
    if one["evidence"]["start"] >= other["evidence"]["end"] or other["evidence"]["start"] >= one["evidence"]["end"]:
        return False
    left, right = one["quantity"], other["quantity"]
    if left is None or right is None:
        return left is right and one["kind"] == other["kind"]
    return all(left.get(name) == right.get(name) for name in _SAME)


def fit(found: Sequence[Found]) -> dict[str, float]:
    """Return slope and offset for claims with and without a quantity."""
    model = {}
    for sort, has in (("quantified", True), ("unquantified", False)):
        own = [one for one in found if one.has_quantity == has]
        odds, right = np.array([log_odds(one.probability) for one in own]), np.array([one.right for one in own])

        def loss(line: np.ndarray, odds: np.ndarray = odds, right: np.ndarray = right) -> float:
            margin = np.where(right, 1, -1) * (line[0] * odds + line[1])
            return float(np.logaddexp(0, -margin).sum() + RIDGE * ((line[0] - 1) ** 2 + line[1] ** 2))

        slope, offset = minimize(loss, np.array([1.0, 0.0])).x
        model |= {f"{sort} slope": round(float(slope), 3), f"{sort} offset": round(float(offset), 3)}
    return model


def cross_validated(found: Sequence[Found]) -> list[tuple[float, bool]]:
    """Return each claim's confidence by a fit to the other captures, and whether it is right."""
    captures = sorted({one.capture for one in found})
    pairs = []
    for fold in range(FOLDS):
        held = set(captures[fold::FOLDS])
        model = fit([one for one in found if one.capture not in held])
        own = [one for one in found if one.capture in held]
        pairs += [(calibrated(one.probability, model, has_quantity=one.has_quantity), one.right) for one in own]
    return pairs


def table(pairs: Sequence[tuple[float, bool]]) -> list[dict[str, float]]:
    """Return a row a bin of confidence: bounds, claims, their mean confidence and the share that is right."""
    rows = []
    for low, high in pairwise(EDGES):
        own = [(confidence, right) for confidence, right in pairs if low <= confidence < high]
        if own:
            mean, share = (float(np.mean(column)) for column in zip(*own, strict=True))
            rows.append({"from": low, "to": min(high, 1.0), "claims": len(own), "confidence": mean, "right": share})
    return rows


def write_docs(pairs: Sequence[tuple[float, bool]]) -> None:
    """Put table and plot into docs/confidence.md."""
    rows, sure = table(pairs), [right for confidence, right in pairs if confidence >= 0.8]
    error = sum(row["claims"] * abs(row["confidence"] - row["right"]) for row in rows) / len(pairs)
    lines = ["| confidence | claims | mean confidence | right |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {r['from']:.1f} to {r['to']:.1f} | {r['claims']} | {r['confidence']:.2f} | {r['right']:.2f} |" for r in rows
    ]
    share = np.mean(sure) if sure else 0.0
    lines.append("")
    lines.append(
        f"Of the {len(pairs)} claims found, {len(sure)} have 0.8 or more, and {share:.2f} of those are right. "
        f"Expected calibration error: {error:.3f}."
    )
    page = DOCS / "confidence.md"
    text = re.sub(
        r"(<!-- reliability -->\n).*?(<!-- end -->)",
        lambda m: m[1] + "\n" + "\n".join(lines) + "\n\n" + m[2],
        page.read_text(encoding="utf-8"),
        flags=re.S,
    )
    page.write_text(text, encoding="utf-8")
    _plot(rows).save(DOCS / "confidence.svg")


def _plot(rows: Sequence[dict[str, float]]) -> altair.LayerChart:
    share = altair.Scale(domain=[0, 1])
    ideal = altair.Chart(altair.Data(values=[{"x": 0, "y": 0}, {"x": 1, "y": 1}])).mark_line(
        color="#999", strokeDash=[4, 4]
    )
    line = altair.Chart(altair.Data(values=list(rows)))
    x = altair.X("confidence:Q", title="confidence that onrecord gives", scale=share)
    y = altair.Y("right:Q", title="share that is right", scale=share)
    marks = line.mark_line(color="#1f5f8b").encode(x=x, y=y)
    points = line.mark_circle(color="#1f5f8b", size=60, opacity=1).encode(x=x, y=y)
    counts = line.mark_text(dy=16, color="#333").encode(x=x, y=y, text=altair.Text("claims:Q"))
    return (ideal.encode(x=altair.X("x:Q"), y=altair.Y("y:Q")) + marks + points + counts).properties(
        width=360, height=360
    )


def _claims(path: Path) -> dict[str, list[Gold]]:
    captures = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {c["id"]: [claim for story in c["stories"] for claim in story["claims"]] for c in captures}


def main() -> None:
    """Fit, write the fit beside the package's weights, and the docs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("predicted", type=Path)
    parser.add_argument("gold", type=Path)
    args = parser.parse_args()
    predicted, gold = _claims(args.predicted), _claims(args.gold)
    found = [one for capture in sorted(gold) for one in find(capture, predicted[capture], gold[capture])]
    path = WEIGHTS / "facts.json"
    shipped = json.loads(path.read_text(encoding="utf-8")) | {"confidence": fit(found)}
    path.write_text(json.dumps(shipped, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    write_docs(cross_validated(found))


if __name__ == "__main__":
    main()
