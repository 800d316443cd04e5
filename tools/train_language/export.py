"""Writes the trained network as ONNX, with the fused operators of onnxruntime, its weights quantised to 8 bits.

Quantisation is per channel with `reduce_range`, as older processors sum 8-bit products in 16 bits.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import ArrayLike
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from tools.train_language.network import ARC, ATTENTION_HEADS, NAME, RELATION, WIDTH, Network

_FUSED = "com.microsoft"
_LONGEST = 256


class _Graph:
    """An ONNX graph in the making: `weight` and `node` add to it and give back the name of what they added."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, value: ArrayLike, kind: type = np.float32) -> str:
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(np.asarray(value, kind)), name))
        return name

    def node(self, operator: str, inputs: Sequence[str], outputs: Sequence[str] = (), **attributes: object) -> str:
        names = list(outputs) or [f"n{len(self.nodes)}"]
        fused = operator in {"Attention", "SkipLayerNormalization", "BiasGelu"}
        node = helper.make_node(operator, inputs, names, domain=_FUSED if fused else "", **attributes)
        node.name = f"{operator}_{names[0]}"
        self.nodes.append(node)
        return names[0]

    def linear(self, x: str, weight: np.ndarray, bias: np.ndarray | None = None) -> str:
        product = self.node("MatMul", [x, self.weight(weight.T)])
        return product if bias is None else self.node("Add", [product, self.weight(bias)])

    def save(self, path: Path, inputs: Sequence[onnx.ValueInfoProto], outputs: Sequence[onnx.ValueInfoProto]) -> None:
        graph = helper.make_graph(self.nodes, path.stem, inputs, outputs, self.weights)
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid(_FUSED, 1)]
        onnx.save(helper.make_model(graph, opset_imports=opsets, ir_version=8), path)


def export(network: Network, folder: Path) -> None:
    """Write `encoder.onnx` and `labels.onnx` into `folder`."""
    state = {name: value.float().numpy() for name, value in network.state_dict().items()}
    options = {"weight_type": QuantType.QInt8, "extra_options": {"DefaultTensorType": TensorProto.FLOAT}}
    with tempfile.TemporaryDirectory() as scratch:
        for name, write in (("encoder", write_encoder), ("labels", write_labels)):
            write(state, Path(scratch) / f"{name}.onnx")
            source, target = Path(scratch) / f"{name}.onnx", folder / f"{name}.onnx"
            quantize_dynamic(source, target, per_channel=True, reduce_range=True, **options)


def write_encoder(state: dict[str, np.ndarray], path: Path) -> None:
    """Write the network up to the scores, in 32-bit floats."""
    graph = _Graph()
    rows = [
        graph.node("Gather", [graph.weight(state["word.weight"]), "ids"]),
        graph.node("Gather", [graph.weight(state["case.weight"]), "cs"]),
        graph.node("Gather", [graph.weight(state["position.weight"][:_LONGEST]), "posid"]),
    ]
    total = graph.node("Add", [graph.node("Add", rows[:2]), rows[2]])
    norm = [graph.weight(state["norm.weight"]), graph.weight(state["norm.bias"])]
    x = graph.node("LayerNormalization", [total, *norm], axis=-1, epsilon=1e-12)
    outputs = []
    for number in range(sum(name.endswith(".qkv.weight") for name in state)):
        x = _layer(
            graph, x, {name.split(".", 2)[2]: v for name, v in state.items() if name.startswith(f"layers.{number}.")}
        )
        outputs.append(x)
    _heads(graph, _mixed(graph, outputs, state["mix"]), state)
    value = helper.make_tensor_value_info
    inputs = [value(name, TensorProto.INT64, ["B", "S"]) for name in ("ids", "cs")]
    inputs += [value("posid", TensorProto.INT64, ["S"]), value("mask", TensorProto.INT32, ["B", "S"])]
    inputs += [value("first", TensorProto.INT64, ["B", "N"])]
    tags, names = len(state["tag.bias"]) + 1, len(state["name.bias"])
    sizes = {"arc": "N", "rd": RELATION, "rh": RELATION, "tags": tags, "ner": names}
    graph.save(path, inputs, [value(name, TensorProto.FLOAT, ["B", "N", size]) for name, size in sizes.items()])


def _layer(graph: _Graph, x: str, state: dict[str, np.ndarray]) -> str:
    def normed(new: str, old: str, norm: str, bias: str) -> str:
        weights = [graph.weight(state[name]) for name in (f"{norm}.weight", f"{norm}.bias", bias)]
        return graph.node("SkipLayerNormalization", [new, old, *weights], epsilon=1e-12)

    qkv = [graph.weight(state["qkv.weight"].T), graph.weight(state["qkv.bias"])]
    attended = graph.node("Attention", [x, *qkv, "mask"], num_heads=ATTENTION_HEADS)
    x = normed(graph.linear(attended, state["out.weight"]), x, "norm1", "out.bias")
    up = graph.node("BiasGelu", [graph.linear(x, state["up.weight"]), graph.weight(state["up.bias"])])
    return normed(graph.linear(up, state["down.weight"]), x, "norm2", "down.bias")


def _mixed(graph: _Graph, outputs: Sequence[str], mix: np.ndarray) -> str:
    """Return the node of the words: the first piece of each, mixed from the last layers (`first` counts over rows)."""
    weights = np.exp(mix) / np.exp(mix).sum()
    flat = graph.weight([-1, WIDTH], np.int64)
    words = [
        graph.node(
            "Mul", [graph.node("Gather", [graph.node("Reshape", [output, flat]), "first"]), graph.weight(weight)]
        )
        for output, weight in zip(outputs[-len(mix) :], weights, strict=True)
    ]
    return graph.node("Sum", words)


def _heads(graph: _Graph, words: str, state: dict[str, np.ndarray]) -> None:
    names = ["arc_dependent", "arc_head", "relation_dependent", "relation_head", "name_hidden"]
    hidden = graph.linear(words, np.concatenate([state[f"{name}.weight"] for name in names]))
    bias = graph.weight(np.concatenate([state[f"{name}.bias"] for name in names]))
    sizes = graph.weight([ARC, ARC, RELATION, RELATION, NAME], np.int64)
    graph.node("Split", [graph.node("BiasGelu", [hidden, bias]), sizes], ["ad", "ah", "rd", "rh", "nh"], axis=-1)
    arc = graph.linear("ad", state["arc_weight.weight"] / ARC**0.5, state["arc_bias.weight"][0])
    graph.node("MatMul", [arc, graph.node("Transpose", ["ah"], perm=[0, 2, 1])], ["arc"])
    weight = np.concatenate([state["tag.weight"], state["start.weight"]])
    bias = graph.weight(np.concatenate([state["tag.bias"], state["start.bias"]]))
    graph.node("Add", [graph.linear(words, weight), bias], ["tags"])
    graph.node("Add", [graph.linear("nh", state["name.weight"]), graph.weight(state["name.bias"])], ["ner"])


def write_labels(state: dict[str, np.ndarray], path: Path) -> None:
    """Write the scorer of relations, in 32-bit floats: n dependents and heads in, n label ids out."""
    graph = _Graph()
    weight = state["relation_weight"]
    relations = weight.shape[1]
    affine = graph.linear("rd", weight[:RELATION].reshape(RELATION, -1).T, weight[RELATION].reshape(-1))
    rows = graph.node("Reshape", [affine, graph.weight([-1, relations, RELATION + 1], np.int64)])
    cuts = graph.weight([RELATION, 1], np.int64)
    graph.node("Split", [rows, cuts], ["bilinear", "bias"], axis=2)
    column = graph.node("Unsqueeze", ["rh", graph.weight([2], np.int64)])
    scores = graph.node("Add", [graph.node("MatMul", ["bilinear", column]), "bias"])
    best = graph.node("ArgMax", [scores], axis=1, keepdims=0)
    graph.node("Squeeze", [best, graph.weight([1], np.int64)], ["label"])
    value = helper.make_tensor_value_info
    inputs = [value(name, TensorProto.FLOAT, ["T", RELATION]) for name in ("rd", "rh")]
    graph.save(path, inputs, [value("label", TensorProto.INT64, ["T"])])
