"""Train the models of `onrecord.claims` on annotated stories and write their weights.

    python -m tools.train_claims.train GOLD.jsonl... --out build/claims-held-out

Each gold line is a capture with its stories and claims (`docs/scheme.md`). About twelve minutes on two cores for 800
stories. The same files, seed and machine give the same weights.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from onrecord.claims.network import SLOTS
from tools.train_claims.examples import WindowExample, ask, examples, vocabulary
from tools.train_claims.export import export
from tools.train_claims.gold import read_pages
from tools.train_claims.network import Network, Scored, take_encoder
from tools.train_claims.times import fit_times

BATCH, SORTED = 3, 32
"""Windows of a batch, and batches among which windows are sorted by length so that little is padding."""
DECAY, FACT_DECAY = 0.01, 0.05
WARM_UP, CLIP = 150, 2.0


class Rates(NamedTuple):
    """How fast the layers, the heads and the facts' weights are moved."""

    layers: float
    heads: float
    facts: float


FROM_THE_ENCODER, FROM_TRAINED = Rates(2e-4, 1e-3, 1e-2), Rates(1e-4, 5e-4, 1e-2)


def train(network: Network, windows: Sequence[WindowExample], rates: Rates, epochs: int, seed: int) -> Network:
    """Return `network` trained on `windows` (AdamW, linear decay, 16-bit products)."""
    torch.manual_seed(seed)
    draw = random.Random(seed)
    network.train()
    optimizer = torch.optim.AdamW(_groups(network, rates))
    total = epochs * math.ceil(len(windows) / BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / WARM_UP, 1.0) * max(0.0, 1 - step / total)
    )
    for epoch in range(epochs):
        started, told, seen = time.time(), Counter[str](), Counter[str]()
        for batch in _batches(windows, draw):
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scored = network(batch)
            parts = losses(scored, batch)
            optimizer.zero_grad()
            torch.stack([total / count for total, count in parts.values()]).sum().backward()
            nn.utils.clip_grad_norm_(network.parameters(), CLIP)
            optimizer.step()
            schedule.step()
            told.update({name: total.item() for name, (total, _) in parts.items()})
            seen.update({name: count for name, (_, count) in parts.items()})
        means = "  ".join(f"{name} {told[name] / seen[name]:.3f}" for name in told)
        print(f"epoch {epoch + 1} of {epochs}, {time.time() - started:.0f} s: {means}", flush=True)
    return network.eval()


def losses(scored: Scored, batch: Sequence[WindowExample]) -> dict[str, tuple[Tensor, int]]:
    """Return the sum of the losses of the kinds and of each field, with over how many candidates.

    A field's loss is minus the log of what all right options have of the probability (several names may be right).
    """
    kinds, allowed = torch.cat([e.kinds for e in batch]), torch.cat([e.allowed for e in batch])
    possible = allowed[torch.arange(len(kinds)), kinds] == 0
    found = {}
    if possible.any():
        loss = functional.cross_entropy(scored.kinds[possible], kinds[possible], reduction="sum")
        found["kind"] = (loss, int(possible.sum()))
    for slot in SLOTS:
        scores, owners = scored.options[slot]
        right = torch.cat([e.slots[slot].right for e in batch])
        known = torch.zeros(len(kinds)).index_add(0, owners, right.float()) > 0
        if known.any():
            told = _log_sum(scores, owners, len(kinds)) - _log_sum(scores.masked_fill(~right, -1e4), owners, len(kinds))
            found[slot] = (told[known].sum(), int(known.sum()))
    return found


def _log_sum(scores: Tensor, owners: Tensor, count: int) -> Tensor:
    top = torch.full((count,), -1e4).scatter_reduce(0, owners, scores.detach(), "amax")
    return top + torch.log(torch.zeros(count).index_add(0, owners, torch.exp(scores - top[owners])) + 1e-12)


def _groups(network: Network, rates: Rates) -> list[dict[str, object]]:
    layers = list(network.layers.parameters())
    facts = [network.kind_facts.weight, network.option_facts.weight]
    known = {id(parameter) for parameter in (*layers, *facts)}
    heads = [parameter for parameter in network.parameters() if id(parameter) not in known]
    return [
        {"params": layers, "lr": rates.layers, "weight_decay": DECAY},
        {"params": heads, "lr": rates.heads, "weight_decay": DECAY},
        {"params": facts, "lr": rates.facts, "weight_decay": FACT_DECAY},
    ]


def _batches(windows: Sequence[WindowExample], draw: random.Random) -> Iterator[list[WindowExample]]:
    order = draw.sample(range(len(windows)), len(windows))
    batches = []
    for first in range(0, len(order), BATCH * SORTED):
        near = sorted(order[first : first + BATCH * SORTED], key=lambda i: len(windows[i].parts))
        batches += [near[i : i + BATCH] for i in range(0, len(near), BATCH)]
    draw.shuffle(batches)
    yield from ([windows[i] for i in batch] for batch in batches)


def main() -> None:
    """Read, train, export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    pages = list(read_pages(args.gold))
    times = fit_times(pages)
    asked = [ask(page, times) for page in pages]
    facts = vocabulary(asked)
    windows = [w for page, own in zip(pages, asked, strict=True) for w in examples(page, own, facts)]
    candidates = sum(map(len, asked))
    claims = sum(one.claim is not None for own in asked for one in own)
    print(f"{len(pages)} stories, {candidates} candidates, {claims} claims, {len(windows)} windows, {len(facts)} facts")
    network = Network(len(facts))
    take_encoder(network)
    train(network, windows, FROM_THE_ENCODER, args.epochs, args.seed)
    export(network, facts, times, args.out)
    torch.save({"network": network.state_dict(), "facts": facts, "times": times}, args.out / "network.pt")


if __name__ == "__main__":
    main()
