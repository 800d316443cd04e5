"""The trained network as ONNX graphs, with the inputs and results that `onrecord.language.encoder` knows.

Attention is onnxruntime's fused operator. Its fused ones for sums with their normalisation, and for GELU with its bias,
are left alone: they take four times as long as an addition and a normalisation, and a third longer than an addition and
GELU (1.32, a sixth of the encoder's time).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import onnx
import torch
from numpy.typing import ArrayLike
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from tools.train_language.network import ATTENTION_HEADS, EPSILON, WIDTH, Layer, Network

MOST_PIECES = 256
"""Positions that are kept: the package looks at no longer window."""
_FUSED = "com.microsoft"


class Graph:
    """An ONNX graph in the making: nodes and constants are added, and known by the names of their results."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def constant(self, name: str, values: Tensor | ArrayLike, dtype: type = np.float32) -> str:
        """Add a constant and return its name."""
        array = values.detach().numpy() if isinstance(values, Tensor) else np.asarray(values)
        # ascontiguousarray would make a vector of a number
        self._constants.append(numpy_helper.from_array(np.array(array, dtype, order="C"), name))
        return name

    def node(self, kind: str, inputs: Sequence[str], *results: str, **attributes: Any) -> str:
        """Add an operator and return the name of its first result."""
        self._nodes.append(helper.make_node(kind, inputs, results, name=results[0], **attributes))
        return results[0]

    def product(self, name: str, states: str, weight: Tensor) -> str:
        """Add the product of states with a linear layer's weight."""
        return self.node("MatMul", [states, self.constant(f"{name}.weight", weight.T)], f"{name}.product")

    def gelu(self, name: str, states: str, layer: nn.Linear) -> str:
        """Add a linear layer with GELU on it."""
        product = self.product(name, states, layer.weight)
        biased = self.node("Add", [product, self.constant(f"{name}.bias", layer.bias)], f"{name}.biased")
        return self.node("Gelu", [biased], name, domain=_FUSED)

    def residual(self, name: str, states: str, layer: nn.Linear, skipped: str, norm: nn.LayerNorm) -> str:
        """Add a linear layer of `states`, its result added to `skipped` and normalised."""
        # the bias last: onnxruntime would find the fused operator's pattern in any other order
        total = self.node("Add", [self.product(name, states, layer.weight), skipped], f"{name}.total")
        biased = self.node("Add", [total, self.constant(f"{name}.bias", layer.bias)], f"{name}.biased")
        constants = [self.constant(f"{name}.scale", norm.weight), self.constant(f"{name}.shift", norm.bias)]
        return self.node("LayerNormalization", [biased, *constants], name, axis=-1, epsilon=EPSILON)

    def model(self, inputs: dict[str, Any], results: dict[str, Any], kinds: dict[str, int]) -> onnx.ModelProto:
        """Return the model; `kinds` are the types of inputs and results that are not floats."""

        def infos(shapes: dict[str, Any]) -> list[onnx.ValueInfoProto]:
            info = helper.make_tensor_value_info
            return [info(name, kinds.get(name, TensorProto.FLOAT), list(shape)) for name, shape in shapes.items()]

        graph = helper.make_graph(self._nodes, "onrecord", infos(inputs), infos(results), self._constants)
        operators = [helper.make_opsetid("", 17), helper.make_opsetid(_FUSED, 1)]
        return helper.make_model(graph, opset_imports=operators, ir_version=8)


def encoder_graph(network: Network) -> onnx.ModelProto:
    """Return the graph from pieces to all scores but those of relations."""
    graph = Graph()
    words = _words(graph, network)
    _arcs(graph, network, words)
    graph.gelu("rd", words, network.relation_dependent)
    graph.gelu("rh", words, network.relation_head)
    tagged, started = network.part_of_speech, network.start
    tags = graph.product("tags", words, torch.cat([tagged.weight, started.weight]))
    graph.node("Add", [tags, graph.constant("tags.bias", torch.cat([tagged.bias, started.bias]))], "tags")
    names = graph.product("ner", graph.gelu("name_view", words, network.name_view), network.name.weight)
    graph.node("Add", [names, graph.constant("ner.bias", network.name.bias)], "ner")
    width, labels = network.relation_dependent.out_features, tagged.out_features + 1
    inputs = {"ids": "BS", "cs": "BS", "posid": "S", "mask": "BS", "first": "BN"}
    results = {
        "arc": "BNN",
        "rd": ["B", "N", width],
        "rh": ["B", "N", width],
        "tags": ["B", "N", labels],
        "ner": ["B", "N", network.name.out_features],
        "states": ["B", "N", 2 * WIDTH],
    }
    kinds = {**dict.fromkeys(inputs, TensorProto.INT64), "mask": TensorProto.INT32}
    return graph.model(inputs, results, kinds)


def _words(graph: Graph, network: Network) -> str:
    """Add the encoder; its result is (B, N, width), taken at the places in `first` of all the batch's pieces."""
    encoder = network.encoder
    tables = {"ids": encoder.pieces.weight, "cs": encoder.cases.weight, "posid": encoder.positions.weight[:MOST_PIECES]}
    rows = [graph.node("Gather", [graph.constant(f"{on}.table", to), on], f"{on}.rows") for on, to in tables.items()]
    total = graph.node("Add", [graph.node("Add", rows[:2], "cased"), rows[2]], "placed")
    norm = [graph.constant("norm.scale", encoder.norm.weight), graph.constant("norm.shift", encoder.norm.bias)]
    states = graph.node("LayerNormalization", [total, *norm], "normalised", axis=-1, epsilon=EPSILON)
    layers = []
    for number, layer in enumerate(encoder.layers):
        states = _layer(graph, f"layer{number}", states, layer)
        layers.append(states)
    flat = graph.constant("flat", [-1, WIDTH], np.int64)
    shares = torch.softmax(encoder.mix, 0)
    shared = []
    for states, share in zip(layers[-len(shares) :], shares, strict=True):
        pieces = graph.node("Reshape", [states, flat], f"{states}.flat")
        words = graph.node("Gather", [pieces, "first"], f"{states}.words")
        shared.append(graph.node("Mul", [words, graph.constant(f"{states}.share", share)], f"{states}.shared"))
    lower = len(layers) - len(shares)
    words = graph.node("Sum", shared, "words")
    graph.node("Concat", [f"layer{lower}.states.words", words], "states", axis=2)
    return words


def _layer(graph: Graph, name: str, states: str, layer: Layer) -> str:
    views = [
        graph.constant(f"{name}.views.weight", layer.views.weight.T),
        graph.constant(f"{name}.views.bias", layer.views.bias),
    ]
    mixed = graph.node("Attention", [states, *views, "mask"], f"{name}.mixed", domain=_FUSED, num_heads=ATTENTION_HEADS)
    attended = graph.residual(f"{name}.attended", mixed, layer.attended, states, layer.attended_norm)
    wider = graph.gelu(f"{name}.wider", attended, layer.wider)
    return graph.residual(f"{name}.states", wider, layer.narrower, attended, layer.norm)


def _arcs(graph: Graph, network: Network, words: str) -> None:
    """Add the scores of arcs: the scale goes into the product's weight, the bias of each head into its result."""
    weight = network.arc_product.weight / network.arc_product.in_features**0.5
    product = graph.product("arc_product", graph.gelu("arc_dependent", words, network.arc_dependent), weight)
    dependents = graph.node("Add", [product, graph.constant("arc_bias", network.arc_bias.weight[0])], "arc_biased")
    heads = graph.gelu("arc_head", words, network.arc_head)
    graph.node("MatMul", [dependents, graph.node("Transpose", [heads], "arc_turned", perm=[0, 2, 1])], "arc")


def relations_graph(network: Network) -> onnx.ModelProto:
    """Return the graph from both sides of T arcs (`rd`, `rh`) to the id of each one's best relation (`label`)."""
    graph = Graph()
    weights = network.relation_product
    width, relations = weights.shape[0] - 1, weights.shape[1]
    product = graph.node("MatMul", ["rd", graph.constant("weight", weights[:width].flatten(1))], "product")
    sides = graph.node("Add", [product, graph.constant("bias", weights[width].flatten())], "biased")
    shape = graph.constant("shape", [-1, relations, width + 1], np.int64)
    sides = graph.node("Reshape", [sides, shape], "by_relation")
    graph.node("Split", [sides, graph.constant("parts", [width, 1], np.int64)], "by_head", "alone", axis=2)
    heads = graph.node("Unsqueeze", ["rh", graph.constant("columns", [2], np.int64)], "heads")
    scores = graph.node("Add", [graph.node("MatMul", ["by_head", heads], "joint"), "alone"], "scores")
    best = graph.node("ArgMax", [scores], "best", axis=1, keepdims=0)
    graph.node("Squeeze", [best, graph.constant("rows", [1], np.int64)], "label")
    return graph.model({"rd": ["T", width], "rh": ["T", width]}, {"label": "T"}, {"label": TensorProto.INT64})
