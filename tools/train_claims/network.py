"""The network of claims: three layers over the states of a story's words, and heads that score kinds and options.

The layers start from the upper half of the language pipeline's encoder, whose two halves give the states; distance
weakens attention by fixed slopes, as by Press et al. (2022), so that a window may be longer than any that the encoder
has seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn
from torch.nn import functional

from onrecord.claims.candidates import KINDS
from onrecord.claims.network import SLOTS
from onrecord.claims.views import MARKS, PARTS, RELATIONS
from onrecord.language.encoder import STATES
from onrecord.language.encoder import WEIGHTS as ENCODER
from tools.train_claims.examples import WindowExample
from tools.train_language.network import WIDTH, Layer

LAYERS, FIRST_LAYER = 3, 3
"""How many layers, and which of the encoder's the first of them starts from."""
SLOPES = (0.0, 0.0, 0.0, 0.0, 1 / 64, 1 / 64, 1 / 32, 1 / 32, 1 / 16, 1 / 16, 1 / 8, 1 / 8)
"""What each token between costs each attention head; a third of them do not mind."""
ASKED = 2 * WIDTH
"""Width of what is known of a candidate."""
PRODUCT = 128
"""Width in which a candidate is compared with a word."""
_FAR = -1e4
DROPOUT, HEAD_DROPOUT = 0.1, 0.2


class Scored(NamedTuple):
    """Scores of a batch: of kinds, (C, 6), and for each field of all its options, (O,), with each one's candidate."""

    kinds: Tensor
    options: dict[str, tuple[Tensor, Tensor]]


class Network(nn.Module):
    """Layers and heads; `facts` is how many named facts have a weight."""

    def __init__(self, facts: int) -> None:
        super().__init__()
        self.parts, self.relations = nn.Embedding(len(PARTS), WIDTH), nn.Embedding(len(RELATIONS), WIDTH)
        self.marks = nn.Embedding(MARKS, WIDTH)
        for table in (self.parts, self.relations, self.marks):
            nn.init.normal_(table.weight, std=0.02)
        self.taken = nn.Linear(STATES, WIDTH)
        with torch.no_grad():  # at first only what the first of our layers knows: the states from half way up
            self.taken.weight.copy_(torch.eye(WIDTH, STATES))
            self.taken.bias.zero_()
        self.layers = nn.ModuleList(Layer(DROPOUT) for _ in range(LAYERS))
        self.dropout, self.head_dropout = nn.Dropout(DROPOUT), nn.Dropout(HEAD_DROPOUT)
        self.absent = nn.Parameter(torch.zeros(WIDTH))
        self.asked = nn.Linear(3 * WIDTH, ASKED)
        self.quantified = nn.Embedding(2, ASKED)
        self.kinds = nn.Linear(ASKED, len(KINDS))
        self.candidate = nn.ModuleDict({slot: nn.Linear(ASKED, PRODUCT) for slot in SLOTS})
        self.word = nn.ModuleDict({slot: nn.Linear(WIDTH, PRODUCT) for slot in SLOTS})
        self.alone = nn.ModuleDict({slot: nn.Linear(WIDTH, 1) for slot in SLOTS})
        self.nowhere = nn.ParameterDict({slot: nn.Parameter(torch.randn(2, PRODUCT) * 0.02) for slot in SLOTS})
        self.kind_facts = nn.Embedding(facts + 1, len(KINDS))
        self.option_facts = nn.Embedding(facts + 1, 1)
        nn.init.zeros_(self.kind_facts.weight)
        nn.init.zeros_(self.option_facts.weight)

    def forward(self, batch: Sequence[WindowExample]) -> Scored:
        """Score all candidates and options of a batch of windows."""
        words = self.head_dropout(self.encode(batch))
        asked = torch.cat([self._asked(words[i], example) for i, example in enumerate(batch)])
        facts = [known for example in batch for known in example.facts]
        kinds = self.kinds(asked).float() + _sum(self.kind_facts, facts)
        kinds = kinds + torch.cat([example.allowed for example in batch])
        return Scored(kinds, {slot: self._options(slot, batch, words, asked) for slot in SLOTS})

    def encode(self, batch: Sequence[WindowExample]) -> Tensor:
        """Return the states (B, N, width) of the words of each window."""
        longest = max(len(example.parts) for example in batch)
        ids, present = [], torch.zeros(len(batch), longest, dtype=torch.bool)
        for i, example in enumerate(batch):
            states = self.taken(example.states.float()) + self.parts(example.parts) + self.relations(example.relations)
            states = states + self.marks(example.marks).sum(1)
            ids.append(functional.pad(states, (0, 0, 0, longest - len(states))))
            present[i, : len(states)] = True
        states = self.dropout(torch.stack(ids))
        place = torch.arange(longest)
        bias = -torch.tensor(SLOPES)[:, None, None] * (place[None] - place[:, None]).abs()
        bias = bias[None] + torch.where(present, 0.0, _FAR)[:, None, None]
        for layer in self.layers:
            states = layer(states, bias)
        return states

    def _asked(self, words: Tensor, example: WindowExample) -> Tensor:
        known = torch.cat([words[: len(example.parts)], self.absent[None].to(words.dtype)])
        joined = self.asked(known[example.places].flatten(1)) + self.quantified(example.quantified)
        return self.head_dropout(functional.gelu(joined))

    def _options(
        self, slot: str, batch: Sequence[WindowExample], words: Tensor, asked: Tensor
    ) -> tuple[Tensor, Tensor]:
        candidates = self.candidate[slot](asked)
        keys, alone = self.word[slot](words), self.alone[slot](words)[..., 0]
        reduce = "sum" if slot == "measure" else "amax"
        scores, owners, first = [], [], 0
        for i, example in enumerate(batch):
            options, own = example.slots[slot], candidates[first : first + len(example.kinds)]
            seen = (own @ keys[i].T / PRODUCT**0.5 + alone[i]).float()[options.pair_owner, options.pair_token]
            empty = (own @ self.nowhere[slot].T.to(own.dtype) / PRODUCT**0.5).float()
            found = torch.zeros(len(options.owner)).scatter_reduce(
                0, options.pair_option, seen, reduce, include_self=False
            )
            instead = empty[options.owner, options.nowhere.clamp(min=0)]
            scores.append(torch.where(options.nowhere >= 0, instead, found))
            owners.append(options.owner + first)
            first += len(example.kinds)
        facts = [known for example in batch for known in example.slots[slot].facts]
        return torch.cat(scores) + _sum(self.option_facts, facts)[:, 0], torch.cat(owners)


def _sum(table: nn.Embedding, facts: Sequence[Sequence[int]]) -> Tensor:
    ids = torch.tensor([fact for known in facts for fact in known], dtype=torch.long)
    starts = torch.tensor(np.cumsum([0, *(len(known) for known in facts)])[:-1])
    return functional.embedding_bag(ids, table.weight, starts, mode="sum")


def take_encoder(network: Network) -> None:
    """Set the layers to the upper ones of the shipped encoder, whose int8 weights are scaled back.

    Its tensors are named as `tools.train_language.graphs` names them.
    """
    model = onnx.load(ENCODER / "encoder.onnx")
    given = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}

    def product(name: str) -> Tensor:
        weight = given[f"{name}_quantized"].astype(np.float32) - given[f"{name}_zero_point"].astype(np.float32)
        return torch.tensor(weight * given[f"{name}_scale"]).T

    def vector(name: str) -> Tensor:
        return torch.tensor(given[name].copy())

    with torch.no_grad():
        for number, layer in enumerate(network.layers, start=FIRST_LAYER):
            name = f"layer{number}"
            linear = {"views": layer.views, "attended": layer.attended, "wider": layer.wider, "states": layer.narrower}
            for kind, part in linear.items():
                part.weight.copy_(product(f"{name}.{kind}.weight"))
                part.bias.copy_(vector(f"{name}.{kind}.bias"))
            for kind, norm in {"attended": layer.attended_norm, "states": layer.norm}.items():
                norm.weight.copy_(vector(f"{name}.{kind}.scale"))
                norm.bias.copy_(vector(f"{name}.{kind}.shift"))
