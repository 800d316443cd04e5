"""Trains the encoder from the treebanks and writes its weights.

    python -m tools.train_language.train --shared ../shared --encoder FOLDER --out FOLDER

`--encoder` is a folder with `vocab.txt` and `model.safetensors` of all-MiniLM-L6-v2. All settings stand in config.json;
the same settings on the same machine give the same weights. The vocabulary is the one the package ships.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional
from torch.nn.utils import clip_grad_norm_

from onrecord.language.encoder import WEIGHTS
from onrecord.language.pieces import WordPieces
from tools.train_language.examples import IGNORED, Example, Labels, examples
from tools.train_language.export import export
from tools.train_language.network import Network
from tools.train_language.treebanks import Sentence, read_treebank

_ENCODER_PARTS = ("word.", "position.", "norm.", "layers.")
_SORTED_TOGETHER = 1500
"""Examples that are sorted by length before they are cut into batches."""


def batches(found: Sequence[Example], pieces: int, rng: random.Random) -> list[list[Example]]:
    """Return the examples in random order, in batches of like length with at most `pieces` pieces, padding included."""
    shuffled = rng.sample(found, len(found))
    result: list[list[Example]] = []
    for at in range(0, len(shuffled), _SORTED_TOGETHER):
        batch: list[Example] = []
        for example in sorted(shuffled[at : at + _SORTED_TOGETHER], key=lambda example: len(example.pieces.ids)):
            if batch and len(example.pieces.ids) * (len(batch) + 1) > pieces:
                result.append(batch)
                batch = []
            batch.append(example)
        result.append(batch)
    rng.shuffle(result)
    return result


def loss_of(network: Network, batch: Sequence[Example], config: dict[str, float]) -> Tensor:
    """Return the sum of all losses on a batch; heads are chosen within the sentence, the root included."""
    lengths = torch.tensor([len(example.pieces.ids) for example in batch])
    ids, cases, firsts = (_pad([column[i] for column in (e.pieces for e in batch)], 0) for i in range(3))
    out = network(ids, cases, lengths, firsts)
    sentence = _pad([[-1, *example.sentence] for example in batch], -2)
    head, tag, relation, name, start = (_pad([[IGNORED, *e[i]] for e in batch], IGNORED) for i in range(2, 7))
    reachable = sentence[:, :, None] == sentence[:, None, :]
    reachable[:, :, 0] = True
    has_head = head >= 0
    row, word = has_head.nonzero(as_tuple=True)
    relations = network.relations(out.dependents[row, word], out.heads[row, head[has_head]])
    is_word, named = start >= 0, (name >= 0).any()
    return (
        functional.cross_entropy(out.arcs.masked_fill(~reachable, -1e9)[has_head], head[has_head])
        + functional.cross_entropy(relations, relation[has_head])
        + functional.cross_entropy(out.parts_of_speech[is_word], tag[is_word])
        + (config["names_weight"] * functional.cross_entropy(out.names.flatten(0, 1), name.flatten()) if named else 0)
        + config["starts_weight"]
        * functional.binary_cross_entropy_with_logits(out.starts[is_word], start[is_word].float())
    )


def _pad(rows: Sequence[Sequence[int]], value: int) -> Tensor:
    longest = max(map(len, rows))
    return torch.tensor([[*row, *[value] * (longest - len(row))] for row in rows])


def train(
    network: Network,
    sentences: Sequence[Sentence],
    labels: Labels,
    pieces: WordPieces,
    config: dict[str, float],
    steps: int,
) -> Iterator[tuple[int, float]]:
    """Train in place; yield each step's number and loss."""
    rng = random.Random(config["seed"])
    inside = [p for name, p in network.named_parameters() if name.startswith(_ENCODER_PARTS)]
    outside = [p for name, p in network.named_parameters() if not name.startswith(_ENCODER_PARTS)]
    groups = [{"params": inside, "lr": config["encoder_rate"]}, {"params": outside, "lr": config["heads_rate"]}]
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=config["weight_decay"])
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / config["warm_up"]) * max(0.0, 1 - step / steps)
    )
    step = 0
    network.train()
    while step < steps:
        epoch = list(examples(sentences, labels, pieces, config, rng))
        for batch in batches(epoch, int(config["batch_pieces"]), rng)[: steps - step]:
            loss = loss_of(network, batch, config)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            clip_grad_norm_(network.parameters(), config["clip"])
            optimizer.step()
            schedule.step()
            step += 1
            yield step, float(loss.detach())


def main() -> None:
    """Train, and write the ONNX files, the vocabulary and the labels."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--config", type=Path, default=Path(__file__).with_name("config.json"))
    parser.add_argument("--steps", type=int, default=None, help="instead of the config's epochs, for a trial")
    args = parser.parse_args()
    config = json.loads(args.config.read_text("utf-8"))
    torch.manual_seed(config["seed"])
    vocabulary = (WEIGHTS / "vocabulary.txt").read_text("utf-8").split("\n")[:-1]
    pieces = WordPieces(vocabulary)
    sentences = read_treebank(args.shared / "treebanks", "ewt-train") + read_treebank(
        args.shared / "treebanks", "gum-train"
    )
    labels = Labels.of(sentences)
    network = Network(len(vocabulary), len(labels.parts_of_speech), len(labels.relations), len(labels.names), config)
    network.load_pretrained(args.encoder, vocabulary)
    epoch = batches(
        list(examples(sentences, labels, pieces, config, random.Random(0))), config["batch_pieces"], random.Random(0)
    )
    steps = args.steps or len(epoch) * config["epochs"]
    for step, loss in train(network, sentences, labels, pieces, config, steps):
        if step % 50 == 0 or step == steps:
            print(f"step {step} of {steps}, loss {loss:.3f}", flush=True)
    args.out.mkdir(parents=True, exist_ok=True)
    export(network.eval(), args.out)
    (args.out / "vocabulary.txt").write_text("\n".join(vocabulary) + "\n", "utf-8")
    (args.out / "labels.json").write_text(json.dumps(asdict(labels), indent=1), "utf-8")


if __name__ == "__main__":
    main()
