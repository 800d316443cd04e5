"""Accuracy on the hand-annotated captures, by the scorers that lie beside them.

    python -m bench.measure --shared ../shared

prints the figures and writes them to bench/results.json.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

from bench.results import below_floors, save
from onrecord.captures import capture_from_bytes, capture_from_text
from onrecord.model import Capture, Story
from onrecord.pipeline import read_capture
from onrecord.stories import find_stories


def reading_scores(shared: Path, *, with_trafilatura: bool = False) -> dict[str, Any]:
    """Score story bodies on single pages (longest story of a page) and on fused captures."""
    folder, scorer = shared / "reading", _load(shared / "reading" / "score.py")
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))
    flavours: dict[str, Callable[[Path], str]] = {"html": _body_of_html, "text": _body_of_text, "text_b": _body_of_text}
    if with_trafilatura:
        flavours["html, trafilatura"] = _trafilatura
    out: dict[str, Any] = {}
    for name, extract in flavours.items():
        paths = [_page(folder, name.split(",")[0], key) for key in gold]
        with ProcessPoolExecutor() as pool:
            predictions = dict(zip(gold, pool.map(extract, paths, chunksize=8), strict=True))
        out[name] = {corpus: _macro(scorer, gold, predictions, corpus) for corpus in ("aeb", "fundus")}
    out["fused"] = _fused_scores(folder, scorer)
    return out


def claims_scores(shared: Path, name: str) -> dict[str, Any]:
    """Score stories, statements and claims on one gold file (`dev`, `own`), read from nothing but its texts."""
    scorer = _load(shared / "claims" / "score.py")
    gold = [json.loads(line) for line in (shared / "claims" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    with ProcessPoolExecutor() as pool:
        stories = pool.map(_stories_as_json, [doc["text"] for doc in gold], chunksize=4)
        predictions = {doc["id"]: {"stories": found} for doc, found in zip(gold, stories, strict=True)}
    return dict(scorer.score(gold, predictions))


def _stories_as_json(text: str) -> list[dict[str, Any]]:
    return [msgspec.to_builtins(story) for story in read_capture(capture_from_text(text, "gold")).stories]


def _page(folder: Path, flavour: str, key: str) -> Path:
    return folder / flavour / (f"{key}.html.gz" if flavour == "html" else f"{key}.txt")


def _body_of_html(path: Path) -> str:
    return _longest(capture_from_bytes(gzip.decompress(path.read_bytes()), path.name))


def _body_of_text(path: Path) -> str:
    return _longest(capture_from_bytes(path.read_bytes(), path.name))


def _longest(capture: Capture) -> str:
    return max((_body(capture, story) for story in find_stories(capture)), key=len, default="")


def _body(capture: Capture, story: Story) -> str:
    return "\n\n".join(capture.text[start:end] for start, end in story.body)


def _trafilatura(path: Path) -> str:
    import trafilatura

    return trafilatura.extract(gzip.decompress(path.read_bytes()), include_comments=False) or ""


def _macro(scorer: ModuleType, gold: dict[str, Any], predictions: dict[str, str], corpus: str) -> float:
    triples = [
        scorer.counts(page["articleBody"], predictions[key]) for key, page in gold.items() if page["corpus"] == corpus
    ]
    return round(scorer.summary(triples)[0][2], 4)


def _fused_scores(folder: Path, scorer: ModuleType) -> dict[str, Any]:
    gold = json.loads((folder / "fused.json").read_text(encoding="utf-8"))
    triples, exact = [], 0
    for one in gold:
        capture = capture_from_text(one["text"], one["id"])
        mine = [_body(capture, story) for story in find_stories(capture)]
        exact += len(mine) == len(one["stories"])
        for i, j in scorer.pair_up(one["stories"], mine):
            triples.append(scorer.counts("" if i is None else one["stories"][i], "" if j is None else mine[j]))
    return {"macro F1": round(scorer.summary(triples)[0][2], 4), "story count right": exact, "captures": len(gold)}


def _load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"scorer_{path.parent.name}", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _lines(figures: dict[str, Any], indent: str = "") -> Iterator[str]:
    for key, value in figures.items():
        if isinstance(value, dict) and "F1" in value:
            scores = "  ".join(f"{name} {value[name]:.3f}" for name in ("P", "R", "F1"))
            yield f"{indent}{key:36} {scores}  ({value['hit']} of {value['gold']})"
        elif isinstance(value, dict):
            yield f"{indent}{key}"
            yield from _lines(value, indent + "    ")
        else:
            yield f"{indent}{key:36} {value}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    args = parser.parse_args()
    figures = {
        "reading": reading_scores(args.shared, with_trafilatura=True),
        "claims dev": claims_scores(args.shared, "dev"),
        "claims own": claims_scores(args.shared, "own"),
    }
    save("accuracy", figures)
    print("\n".join(_lines(figures)))
    raise SystemExit("\n".join(below_floors("accuracy", figures)) or 0)


if __name__ == "__main__":
    main()
