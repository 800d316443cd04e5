"""Small neural networks, read from the package's weights and evaluated with numpy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from onrecord.stories.features import Matrix

_CLIP = 5.0
"""Inputs are held within so many standard deviations, in training and here."""


@dataclass(frozen=True, slots=True)
class Network:
    """Several one-layer networks of one shape, trained from different seeds; their answers are averaged."""

    mean: Matrix
    scale: Matrix
    hidden: NDArray[np.float32]
    """(networks, inputs, units)"""
    hidden_bias: NDArray[np.float32]
    out: NDArray[np.float32]
    """(networks, units, classes)"""
    out_bias: NDArray[np.float32]

    def probabilities(self, rows: Matrix) -> Matrix:
        """Return the probability of each class, (rows, classes)."""
        scaled = rows - self.mean
        scaled /= self.scale
        np.clip(scaled, -_CLIP, _CLIP, out=scaled)
        units = np.maximum(0, scaled @ self.hidden + self.hidden_bias[:, None])
        scores = units @ self.out + self.out_bias[:, None]
        scores = np.exp(scores - scores.max(axis=2, keepdims=True))
        return np.asarray((scores / scores.sum(axis=2, keepdims=True)).mean(axis=0), np.float32)


def network(weights: Mapping[str, NDArray[np.float32]], name: str) -> Network:
    """Return the network that `weights` holds under `name`."""
    fields = ("mean", "scale", "hidden", "hidden_bias", "out", "out_bias")
    return Network(*(weights[f"{name}.{field}"].astype(np.float32) for field in fields))


class Networks(NamedTuple):
    """The networks that find stories."""

    plain: Network
    """Of blocks without markup."""
    markup: Network
    """Of blocks with markup."""
    boundaries: Network
    """Of the gaps between body blocks."""


@lru_cache(maxsize=1)
def stored_networks() -> Networks:
    """Return the package's networks."""
    with (files("onrecord.stories") / "weights.npz").open("rb") as file, np.load(file) as weights:
        return Networks(*(network(weights, name) for name in Networks._fields))
