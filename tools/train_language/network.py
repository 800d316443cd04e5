"""The network: MiniLM's encoder with case classes; on the first piece of each word, heads for all that is read off it.

Arcs and relations are scored by deep biaffine attention (Dozat and Manning 2017); the start mark stands for the root.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

WIDTH, LAYERS, ATTENTION_HEADS = 384, 6, 12
ARC, RELATION, NAME = 256, 96, 128
CASES, POSITIONS = 32, 512


class Output(NamedTuple):
    """Scores of a batch; the root and the words are the second dimension."""

    arcs: Tensor
    dependents: Tensor
    heads: Tensor
    parts_of_speech: Tensor
    names: Tensor
    starts: Tensor


class Layer(nn.Module):
    """One transformer layer as in BERT (layer norms behind the sums)."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12), nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        batch, length, _ = x.shape
        qkv = self.qkv(x).view(batch, length, 3, ATTENTION_HEADS, WIDTH // ATTENTION_HEADS).permute(2, 0, 3, 1, 4)
        attended = functional.scaled_dot_product_attention(*qkv, attn_mask=mask)
        x = self.norm1(x + self.dropout(self.out(attended.transpose(1, 2).reshape(batch, length, WIDTH))))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Network(nn.Module):
    """Encoder and heads."""

    def __init__(self, pieces: int, tags: int, relations: int, names: int, config: dict[str, float]) -> None:
        super().__init__()
        self.word, self.position = nn.Embedding(pieces, WIDTH), nn.Embedding(POSITIONS, WIDTH)
        self.case, self.norm = nn.Embedding(CASES, WIDTH), nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(config["dropout"]) for _ in range(LAYERS))
        self.mix = nn.Parameter(torch.zeros(int(config["mixed_layers"])))
        self.dropout, self.heads_dropout = nn.Dropout(config["dropout"]), nn.Dropout(config["heads_dropout"])
        self.arc_dependent, self.arc_head = nn.Linear(WIDTH, ARC), nn.Linear(WIDTH, ARC)
        self.arc_weight, self.arc_bias = nn.Linear(ARC, ARC, bias=False), nn.Linear(ARC, 1, bias=False)
        self.relation_dependent, self.relation_head = nn.Linear(WIDTH, RELATION), nn.Linear(WIDTH, RELATION)
        self.relation_weight = nn.Parameter(torch.zeros(RELATION + 1, relations, RELATION + 1))
        self.tag, self.start = nn.Linear(WIDTH, tags), nn.Linear(WIDTH, 1)
        self.name_hidden, self.name = nn.Linear(WIDTH, NAME), nn.Linear(NAME, names)
        nn.init.normal_(self.case.weight, std=0.02)
        nn.init.normal_(self.relation_weight, std=0.05)
        nn.init.orthogonal_(self.arc_weight.weight)

    def forward(self, ids: Tensor, cases: Tensor, lengths: Tensor, firsts: Tensor) -> Output:
        """Score a padded batch; `firsts` are the positions of the root and of each word's first piece."""
        places = torch.arange(ids.shape[1])
        mask = (places[None] < lengths[:, None])[:, None, None]
        x = self.dropout(self.norm(self.word(ids) + self.position(places) + self.case(cases)))
        outputs = []
        for layer in self.layers:
            x = layer(x, mask)
            outputs.append(x)
        mixed = sum(w * out for w, out in zip(self.mix.softmax(0), outputs[-len(self.mix) :], strict=True))
        words = self.heads_dropout(torch.gather(mixed, 1, firsts[..., None].expand(-1, -1, WIDTH)))
        return self._score(words)

    def _score(self, words: Tensor) -> Output:
        def hidden(layer: nn.Module) -> Tensor:
            return self.heads_dropout(functional.gelu(layer(words)))

        dependents, heads = hidden(self.arc_dependent), hidden(self.arc_head)
        arcs = self.arc_weight(dependents) @ heads.transpose(1, 2) / ARC**0.5 + self.arc_bias(heads).transpose(1, 2)
        return Output(
            arcs=arcs,
            dependents=hidden(self.relation_dependent),
            heads=hidden(self.relation_head),
            parts_of_speech=self.tag(words),
            names=self.name(hidden(self.name_hidden)),
            starts=self.start(words)[..., 0],
        )

    def relations(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Return the scores (n, relations) of n arcs."""
        ones = torch.ones_like(dependents[:, :1])
        dependents, heads = torch.cat([dependents, ones], 1), torch.cat([heads, ones], 1)
        return torch.einsum("nd,dre,ne->nr", dependents, self.relation_weight, heads)

    def load_pretrained(self, folder: Path, pieces: Sequence[str]) -> None:
        """Take the weights of all-MiniLM-L6-v2 in `folder` (`vocab.txt`, `model.safetensors`) for `pieces`."""
        from safetensors.torch import load_file

        weights = load_file(folder / "model.safetensors")
        known = {piece: at for at, piece in enumerate((folder / "vocab.txt").read_text("utf-8").split("\n"))}
        word = weights["embeddings.word_embeddings.weight"][[known[piece] for piece in pieces]]
        position = (
            weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
        )
        state = {"word.weight": word, "position.weight": position}
        for kind in ("weight", "bias"):
            state[f"norm.{kind}"] = weights[f"embeddings.LayerNorm.{kind}"]
            for number in range(LAYERS):
                old, new = f"encoder.layer.{number}.", f"layers.{number}."
                parts = [weights[f"{old}attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
                state[f"{new}qkv.{kind}"] = torch.cat(parts)
                state[f"{new}out.{kind}"] = weights[f"{old}attention.output.dense.{kind}"]
                state[f"{new}norm1.{kind}"] = weights[f"{old}attention.output.LayerNorm.{kind}"]
                state[f"{new}up.{kind}"] = weights[f"{old}intermediate.dense.{kind}"]
                state[f"{new}down.{kind}"] = weights[f"{old}output.dense.{kind}"]
                state[f"{new}norm2.{kind}"] = weights[f"{old}output.LayerNorm.{kind}"]
        unexpected = self.load_state_dict(state, strict=False).unexpected_keys
        if unexpected:
            raise ValueError(f"the encoder has weights that the network lacks: {unexpected}")
