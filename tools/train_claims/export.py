"""Write a trained network as what the package loads: an ONNX graph with int8 weights, and the facts' weights."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime as ort
import torch
from onnx import TensorProto
from torch import nn

from onrecord.claims.candidates import KINDS
from onrecord.claims.decision import Model
from onrecord.claims.network import SLOTS
from onrecord.claims.views import MARKS, PARTS, RELATIONS
from onrecord.language.encoder import STATES
from tools.train_claims.examples import Slot, WindowExample
from tools.train_claims.network import PRODUCT, SLOPES, Network
from tools.train_language.export import quantise
from tools.train_language.graphs import Graph
from tools.train_language.network import ATTENTION_HEADS, WIDTH

_FUSED = "com.microsoft"
_TOLERANCE = 2e-3
"""By how much scores of the float graph may differ from the network's; they go to 10 and above."""
SMALLEST = 0.0005
"""A fact that weighs less is left out."""
_SORTS = ("quantified", "unquantified")
UNCALIBRATED = {
    f"{sort} {part}": float(part == "slope") for sort in ("quantified", "unquantified") for part in ("slope", "offset")
}
"""Confidence as the models say it; `tools/train_claims/calibrate.py` measures what it is worth."""


def export(network: Network, facts: dict[str, int], times: Model, out: Path) -> None:
    """Write the weights into a folder; the calibration that is there stays.

    Raises:
        ValueError: The graph does not give what the network gives.
    """
    logging.getLogger().setLevel(logging.ERROR)  # the quantiser recommends steps of its own
    model = network_graph(network)
    check(network, model)
    out.mkdir(parents=True, exist_ok=True)
    quantise(model, out / "network.onnx")
    path = out / "facts.json"
    before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    models = {"time": times, "confidence": before.get("confidence", UNCALIBRATED)} | fact_models(network, facts)
    path.write_text(json.dumps(models, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def fact_models(network: Network, facts: dict[str, int]) -> dict[str, Model]:
    """Return each fact's weight, by field; those of kinds are named for the kind too."""
    kinds, options = network.kind_facts.weight.tolist(), network.option_facts.weight[:, 0].tolist()
    found: dict[str, dict[str, float]] = {name: {} for name in ("kind", *SLOTS)}
    for fact, number in facts.items():
        slot, _, name = fact.partition("|")
        if slot in SLOTS and abs(options[number]) >= SMALLEST:
            found[slot][name] = round(options[number], 3)
        for kind, weight in zip(KINDS, kinds[number], strict=True):
            if abs(weight) >= SMALLEST:
                found["kind"][f"{kind}|{fact}"] = round(weight, 3)
    return found


def network_graph(network: Network) -> onnx.ModelProto:
    """Return the graph from a window's words and candidates to the scores of `onrecord.claims.network`."""
    graph = Graph()
    words = _words(graph, network)
    asked = _asked(graph, network, words)
    _linear(graph, "kinds", asked, network.kinds)
    for slot in SLOTS:
        _slot(graph, network, slot, words, asked)
    inputs = {
        "states": ["N", STATES],
        "parts": "N",
        "relations": "N",
        "marks": ["N", 5],
        "places": ["C", 3],
        "quantified": "C",
    }
    results: dict[str, Any] = {"kinds": ["C", len(KINDS)]}
    results |= dict.fromkeys(SLOTS, "CN") | {f"{slot}.nowhere": ["C", 2] for slot in SLOTS}
    return graph.model(inputs, results, {name: TensorProto.INT64 for name in inputs if name != "states"})


def _words(graph: Graph, network: Network) -> str:
    tables = {"parts": network.parts, "relations": network.relations, "marks": network.marks}
    rows = {
        n: graph.node("Gather", [graph.constant(f"{n}.table", t.weight), n], f"{n}.rows") for n, t in tables.items()
    }
    one = graph.constant("one", [1], np.int64)
    marks = graph.node("ReduceSum", [rows["marks"], one], "marked", keepdims=0)
    taken = _linear(graph, "taken", "states", network.taken)
    total = graph.node("Sum", [taken, rows["parts"], rows["relations"], marks], "total")
    first = graph.constant("first", [0], np.int64)
    states, bias = graph.node("Unsqueeze", [total, first], "batch"), _bias(graph, first)
    for number, layer in enumerate(network.layers):
        name = f"layer{number}"
        graph.node(
            "Split",
            [
                _linear(graph, f"{name}.views", states, layer.views),
                graph.constant(f"{name}.widths", [WIDTH] * 3, np.int64),
            ],
            *(f"{name}.{view}" for view in ("query", "key", "value")),
            axis=2,
        )
        given = [f"{name}.query", f"{name}.key", f"{name}.value", "", "", bias]
        mixed = graph.node("MultiHeadAttention", given, f"{name}.mixed", domain=_FUSED, num_heads=ATTENTION_HEADS)
        attended = graph.residual(f"{name}.attended", mixed, layer.attended, states, layer.attended_norm)
        wider = graph.gelu(f"{name}.wider", attended, layer.wider)
        states = graph.residual(f"{name}.states", wider, layer.narrower, attended, layer.norm)
    return graph.node("Squeeze", [states, first], "words")


def _bias(graph: Graph, first: str) -> str:
    """Add what distance takes from attention, (1, heads, N, N)."""
    length = graph.node("Squeeze", [graph.node("Shape", ["parts"], "shape"), first], "length")
    ends = [graph.constant("zero", 0, np.int64), length, graph.constant("step", 1, np.int64)]
    place = graph.node("Cast", [graph.node("Range", ends, "range")], "place", to=TensorProto.FLOAT)
    row = graph.node("Unsqueeze", [place, first], "row")
    column = graph.node("Unsqueeze", [place, graph.constant("second", [1], np.int64)], "column")
    distance = graph.node("Abs", [graph.node("Sub", [row, column], "ahead")], "distance")
    slopes = graph.constant("slopes", -np.array(SLOPES)[:, None, None])
    return graph.node("Unsqueeze", [graph.node("Mul", [slopes, distance], "cost"), first], "bias")


def _asked(graph: Graph, network: Network, words: str) -> str:
    known = graph.node("Concat", [words, graph.constant("absent", network.absent[None])], "known", axis=0)
    three = graph.node("Gather", [known, "places"], "three")
    joined = graph.node("Reshape", [three, graph.constant("joined.shape", [-1, 3 * WIDTH], np.int64)], "joined")
    table = graph.constant("quantified.table", network.quantified.weight)
    sort = graph.node("Gather", [table, "quantified"], "quantified.rows")
    total = graph.node("Add", [_linear(graph, "asked.linear", joined, network.asked), sort], "asked.total")
    return graph.node("Gelu", [total], "asked", domain=_FUSED)


def _slot(graph: Graph, network: Network, slot: str, words: str, asked: str) -> None:
    """Add the scores of one field; the scale of the product goes into the candidate's side."""
    scale, linear = PRODUCT**-0.5, network.candidate[slot]
    own = graph.product(f"{slot}.own", asked, linear.weight * scale)
    own = graph.node("Add", [own, graph.constant(f"{slot}.own.bias", linear.bias * scale)], f"{slot}.candidate")
    keys = _linear(graph, f"{slot}.keys", words, network.word[slot])
    turned = graph.node("Transpose", [keys], f"{slot}.turned", perm=[1, 0])
    alone = graph.node(
        "Transpose", [_linear(graph, f"{slot}.alone", words, network.alone[slot])], f"{slot}.row", perm=[1, 0]
    )
    graph.node("Add", [graph.node("MatMul", [own, turned], f"{slot}.joint"), alone], slot)
    nowhere = graph.constant(f"{slot}.nowhere.table", network.nowhere[slot].T)
    graph.node("MatMul", [own, nowhere], f"{slot}.nowhere")


def _linear(graph: Graph, name: str, states: str, layer: nn.Linear) -> str:
    return graph.node(
        "Add", [graph.product(name, states, layer.weight), graph.constant(f"{name}.bias", layer.bias)], name
    )


def check(network: Network, model: onnx.ModelProto) -> None:
    """Raise ValueError where the graph does not give what the network gives, on a window drawn by chance."""
    draw = torch.Generator().manual_seed(0)
    length, candidates = 50, 4

    def ids(most: int, *shape: int) -> torch.Tensor:
        return torch.randint(most, shape, generator=draw)

    everything = torch.arange(length).repeat(candidates)
    owner = torch.arange(candidates).repeat_interleave(length)
    pairs = Slot(
        owner,
        torch.full((len(owner),), -1),
        owner == 0,
        [[] for _ in owner],
        owner,
        torch.arange(len(owner)),
        everything,
    )
    example = WindowExample(
        torch.randn(length, STATES, generator=draw).half(),
        ids(len(PARTS), length),
        ids(len(RELATIONS), length),
        ids(MARKS, length, 5),
        ids(length + 1, candidates, 3),
        ids(2, candidates),
        ids(len(KINDS), candidates),
        torch.zeros(candidates, len(KINDS)),
        [[] for _ in range(candidates)],
        dict.fromkeys(SLOTS, pairs),
    )
    with torch.no_grad():
        wanted = network.eval()([example])
    names = ("parts", "relations", "marks", "places", "quantified")
    given = {"states": example.states.float().numpy()} | {name: getattr(example, name).numpy() for name in names}
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    found = session.run(["kinds", *SLOTS], given)
    compared = [wanted.kinds, *(wanted.options[slot][0].view(candidates, length) for slot in SLOTS)]
    for name, score, right in zip(("kinds", *SLOTS), found, compared, strict=True):
        if (distance := np.abs(score - right.numpy()).max()) > _TOLERANCE:
            raise ValueError(f"a score of {name} in the graph is {distance:.2g} off the network's")
