"""Train the models a little further on annotated real captures, for the package or to see what that is worth.

    python -m tools.train_claims.adapt TRAINED REAL.jsonl [BESIDE.jsonl...] [--out src/onrecord/claims/weights]
    python -m tools.train_claims.adapt TRAINED REAL.jsonl [BESIDE.jsonl...] --folds 5 --predicted OUT.jsonl

TRAINED is the folder that `train` wrote. A few dozen real captures are too few to learn from alone and drown among
many written stories, so they come last, with some others BESIDE them. With `--folds`, each real capture is read by
models adapted to the others, and what they read is written, a JSON line a capture, for the scorer.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import torch

from onrecord.claims.network import WEIGHTS
from onrecord.claims.network import Network as Exported
from onrecord.claims.reading import read_claims
from tools.train_claims.examples import ask, examples
from tools.train_claims.export import export
from tools.train_claims.gold import Gold, Page, read_pages
from tools.train_claims.network import Network
from tools.train_claims.train import FROM_TRAINED, train

EPOCHS = 8


def adapt(trained: dict[str, Any], pages: Sequence[Page], seed: int) -> Network:
    """Return the trained network after some more epochs on `pages`."""
    facts = trained["facts"]
    network = Network(len(facts))
    network.load_state_dict(trained["network"])
    windows = [w for page in pages for w in examples(page, ask(page, trained["times"]), facts)]
    return train(network, windows, FROM_TRAINED, EPOCHS, seed)


def cross_validate(trained: dict[str, Any], real: Sequence[Page], beside: Sequence[Page], folds: int) -> Iterator[Gold]:
    """Yield each real capture with the claims that models adapted without it read in it."""
    captures = sorted({page.id for page in real})
    for fold in range(folds):
        held = set(captures[fold::folds])
        network = adapt(trained, [*beside, *(page for page in real if page.id not in held)], fold)
        with tempfile.TemporaryDirectory() as folder:
            export(network, trained["facts"], trained["times"], Path(folder))
            models = json.loads((Path(folder) / "facts.json").read_text(encoding="utf-8"))
            exported = Exported(Path(folder))
            for name in sorted(held):
                pages = [page for page in real if page.id == name]
                found = [msgspec.to_builtins(read_claims(page.context, models, exported)) for page in pages]
                stories = [page.gold | {"claims": claims} for page, claims in zip(pages, found, strict=True)]
                yield {"id": name, "stories": stories}


def main() -> None:
    """Adapt and export, or cross-validate."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trained", type=Path)
    parser.add_argument("real", type=Path)
    parser.add_argument("beside", nargs="*", type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--predicted", type=Path)
    args = parser.parse_args()
    trained = torch.load(args.trained / "network.pt")
    real, beside = list(read_pages([args.real])), list(read_pages(args.beside))
    if args.folds:
        lines = [json.dumps(capture) for capture in cross_validate(trained, real, beside, args.folds)]
        args.predicted.write_text("\n".join(lines) + "\n", encoding="utf-8")
    else:
        export(adapt(trained, [*beside, *real], args.seed), trained["facts"], trained["times"], args.out)


if __name__ == "__main__":
    main()
