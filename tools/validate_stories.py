"""Cross-validated figures of the networks that find stories: each site is read by networks that never saw it.

    python tools/validate_stories.py --shared ../shared

Single pages are scored by their longest story, fused captures (put together from the pages held out) by all of theirs,
both with the scorer of `shared`/reading.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import numpy as np
from train_stories import FOLDS, OTHER, Corpus, Example, fused_pages, load, train

from onrecord.stories.assemble import find_bodies
from onrecord.stories.network import Networks

Counts = tuple[int, int, int]


def scorer(shared: Path) -> ModuleType:
    """Return `shared`/reading/score.py as a module."""
    spec = spec_from_file_location("score", shared / "reading/score.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def told(example: Example, networks: Networks) -> list[str]:
    """Return the stories found in an example's capture, as texts."""
    bodies = find_bodies(example.capture, networks)
    return ["\n".join(example.page.texts[i] for i in body) for body in bodies]


def score_page(example: Example, networks: Networks, corpus: Corpus, score: ModuleType) -> Counts:
    found = told(example, networks)
    return score.counts(corpus.gold[example.id]["articleBody"], max(found, key=len, default=""))


def score_fused(example: Example, networks: Networks, score: ModuleType) -> list[Counts]:
    parts = sorted(set(example.parts[example.kinds != OTHER].tolist()))
    inside = [np.flatnonzero((example.parts == part) & (example.kinds != OTHER)) for part in parts]
    gold = ["\n".join(example.page.texts[i] for i in blocks) for blocks in inside]
    found = told(example, networks)
    pairs = score.pair_up(gold, found)
    return [score.counts("" if g is None else gold[g], "" if f is None else found[f]) for g, f in pairs]


def validate(corpus: Corpus, score: ModuleType, seeds: int) -> tuple[dict[str, list[Counts]], Counter[str]]:
    """Return the counts of every measure over all folds, and how many captures had as many stories as they should."""
    results: dict[str, list[Counts]] = defaultdict(list)
    right: Counter[str] = Counter()
    for fold in range(FOLDS):
        networks = train(corpus, fold, seeds, lambda line, fold=fold: print(f"fold {fold}: {line}", file=sys.stderr))
        held = [e for e in corpus.singles if corpus.fold(e) == fold]
        for example in held:
            flavour = example.capture.source.split("/")[0]
            if flavour == "own":
                continue
            name = f"{flavour} {corpus.gold[example.id]['corpus']}"
            results[name].append(score_page(example, networks, corpus, score))
        for example in fused_pages(held, corpus.gold, 60, random.Random(1000 + fold)):
            counts = score_fused(example, networks, score)
            results["fused"] += counts
            right["fused"] += all(hit + extra and hit + missed for hit, extra, missed in counts)
            right["of"] += 1
    return results, right


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder that holds reading/ and claims/")
    parser.add_argument("--seeds", type=int, default=1, help="networks whose answers are averaged")
    args = parser.parse_args()
    score = scorer(args.shared)
    results, right = validate(load(args.shared), score, args.seeds)
    for name, triples in sorted(results.items()):
        precision, recall, f1 = score.summary(triples)[0]
        print(f"{name:14} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}   ({len(triples)})")
    print(f"fused captures with the right number of stories: {right['fused']} of {right['of']}")


if __name__ == "__main__":
    main()
