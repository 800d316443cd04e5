"""The network: all-MiniLM-L6-v2 with an embedding of case, and heads for tags, trees, names and sentence starts.

Arcs and their relations are scored as by Dozat and Manning (2017): two views of each word, as a dependent and as a
head, and a bilinear form between them. A word is what the encoder says of its first piece, the root that of the start
mark.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from tools.train_language import config
from tools.train_language.examples import Labels

WIDTH, ATTENTION_HEADS, LAYERS, POSITIONS, CASES = 384, 12, 6, 512, 32
"""Sizes of all-MiniLM-L6-v2; and the case classes of `onrecord.language.pieces`."""
EPSILON = 1e-12


class Scored(NamedTuple):
    """What the network says of a batch of runs, the root before the words of each (N = 1 + the most words)."""

    arcs: Tensor
    """(B, N, N): how well the column heads the row."""
    dependents: Tensor
    """(B, N, relation width), with `heads` what `Network.relations` takes."""
    heads: Tensor
    parts_of_speech: Tensor
    names: Tensor
    starts: Tensor


class Layer(nn.Module):
    """A layer of BERT: attention, then a wider layer and back, each added to what went in, and normalised."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.views = nn.Linear(WIDTH, 3 * WIDTH)
        self.attended = nn.Linear(WIDTH, WIDTH)
        self.attended_norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.wider = nn.Linear(WIDTH, 4 * WIDTH)
        self.narrower = nn.Linear(4 * WIDTH, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """Return the states (B, S, width); `mask` is added to the attention's logits, or False hides what it covers.

        It broadcasts to (B, heads, S, S).
        """
        batch, length, _ = states.shape
        views = self.views(states).view(batch, length, 3, ATTENTION_HEADS, -1).permute(2, 0, 3, 1, 4)
        with torch.autocast("cpu", enabled=False):  # the softmax in 32 bits
            mixed = functional.scaled_dot_product_attention(*views.float(), attn_mask=mask)
        mixed = mixed.transpose(1, 2).reshape(batch, length, WIDTH)
        states = self.attended_norm(states + self.dropout(self.attended(mixed)))
        return self.norm(states + self.dropout(self.narrower(functional.gelu(self.wider(states)))))


class Encoder(nn.Module):
    """Pieces and their cases in, a mix of the last layers' states out."""

    def __init__(self, pieces: int, settings: config.Network) -> None:
        super().__init__()
        self.pieces = nn.Embedding(pieces, WIDTH)
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.cases = nn.Embedding(CASES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=EPSILON)
        self.dropout = nn.Dropout(settings.dropout)
        self.layers = nn.ModuleList(Layer(settings.dropout) for _ in range(LAYERS))
        self.mix = nn.Parameter(torch.zeros(settings.mixed_layers))
        nn.init.normal_(self.cases.weight, std=0.02)

    def forward(self, ids: Tensor, cases: Tensor, present: Tensor) -> Tensor:
        """Return the states (B, S, width) of pieces."""
        states = self.pieces(ids) + self.positions.weight[: ids.shape[1]] + self.cases(cases)
        states = self.dropout(self.norm(states))
        layers = []
        for layer in self.layers:
            states = layer(states, present[:, None, None])
            layers.append(states)
        shares = torch.softmax(self.mix, 0)
        return torch.stack([share * one for share, one in zip(shares, layers[-len(shares) :], strict=True)]).sum(0)


class Network(nn.Module):
    """The encoder and its heads."""

    def __init__(self, pieces: int, labels: Labels, settings: config.Network) -> None:
        super().__init__()
        self.encoder = Encoder(pieces, settings)
        self.dropout = nn.Dropout(settings.head_dropout)
        self.arc_dependent = nn.Linear(WIDTH, settings.arc_width)
        self.arc_head = nn.Linear(WIDTH, settings.arc_width)
        self.arc_product = nn.Linear(settings.arc_width, settings.arc_width, bias=False)
        self.arc_bias = nn.Linear(settings.arc_width, 1, bias=False)
        self.relation_dependent = nn.Linear(WIDTH, settings.relation_width)
        self.relation_head = nn.Linear(WIDTH, settings.relation_width)
        side = settings.relation_width + 1
        self.relation_product = nn.Parameter(torch.empty(side, len(labels.relations), side))
        self.part_of_speech = nn.Linear(WIDTH, len(labels.parts_of_speech))
        self.start = nn.Linear(WIDTH, 1)
        self.name_view = nn.Linear(WIDTH, settings.name_width)
        self.name = nn.Linear(settings.name_width, len(labels.names))
        nn.init.orthogonal_(self.arc_product.weight)
        nn.init.normal_(self.relation_product, std=0.05)

    def forward(self, ids: Tensor, cases: Tensor, present: Tensor, firsts: Tensor) -> Scored:
        """Score a batch: ids, cases and `present` are (B, S), `firsts` (B, N) the places of words' first pieces."""
        states = self.encoder(ids, cases, present)
        words = self.dropout(states.gather(1, firsts[..., None].expand(-1, -1, WIDTH)))
        dependents, heads = self._view(self.arc_dependent, words), self._view(self.arc_head, words)
        scale = self.arc_product.in_features**0.5
        arcs = self.arc_product(dependents) @ heads.transpose(1, 2) / scale + self.arc_bias(heads).transpose(1, 2)
        return Scored(
            arcs.float(),
            self._view(self.relation_dependent, words).float(),
            self._view(self.relation_head, words).float(),
            self.part_of_speech(words).float(),
            self.name(self._view(self.name_view, words)).float(),
            self.start(words)[..., 0].float(),
        )

    def relations(self, dependents: Tensor, heads: Tensor) -> Tensor:
        """Return the score of each relation (T, L) for T arcs, given both sides of each (T, relation width)."""
        one = torch.ones_like(dependents[:, :1])
        left, right = torch.cat([dependents, one], 1), torch.cat([heads, one], 1)
        product = (left @ self.relation_product.flatten(1)).unflatten(1, self.relation_product.shape[1:])
        return (product @ right[..., None])[..., 0]

    def _view(self, layer: nn.Linear, words: Tensor) -> Tensor:
        return self.dropout(functional.gelu(layer(words)))


def take_pretrained(encoder: Encoder, folder: Path, kept: Sequence[int]) -> None:
    """Set the encoder to the weights of all-MiniLM-L6-v2 in `folder`, of its vocabulary the `kept` pieces."""
    given = load_file(folder / "model.safetensors")
    table = "embeddings.{}_embeddings.weight"
    with torch.no_grad():
        encoder.pieces.weight.copy_(given[table.format("word")][list(kept)])
        encoder.positions.weight.copy_(given[table.format("position")] + given[table.format("token_type")][0])
        _take(encoder.norm, given, "embeddings.LayerNorm")
        for number, layer in enumerate(encoder.layers):
            place = f"encoder.layer.{number}"
            _take(layer.views, given, *(f"{place}.attention.self.{kind}" for kind in ("query", "key", "value")))
            _take(layer.attended, given, f"{place}.attention.output.dense")
            _take(layer.attended_norm, given, f"{place}.attention.output.LayerNorm")
            _take(layer.wider, given, f"{place}.intermediate.dense")
            _take(layer.narrower, given, f"{place}.output.dense")
            _take(layer.norm, given, f"{place}.output.LayerNorm")


def _take(layer: nn.Module, given: dict[str, Tensor], *names: str) -> None:
    layer.weight.copy_(torch.cat([given[f"{name}.weight"] for name in names]))
    layer.bias.copy_(torch.cat([given[f"{name}.bias"] for name in names]))
