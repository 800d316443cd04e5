"""Write a trained network as what the package loads: two ONNX graphs with int8 weights, the vocabulary, the labels.

    python -m tools.train_language.export build/language/network.pt --out src/onrecord/language/weights

Weights are quantised by channel, within 7 bits (`reduce_range`): with all 8, sums overflow on processors without VNNI.
"""

from __future__ import annotations

import argparse
import json
import logging
import tempfile
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import onnx
import onnxruntime as ort
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor

from onrecord.language.encoder import WEIGHTS
from tools.train_language.config import Config
from tools.train_language.examples import Labels
from tools.train_language.graphs import encoder_graph, relations_graph
from tools.train_language.network import Network

_TOLERANCE = 2e-3
"""By how much scores of the float graph may differ from the network's; they go to 10 and above."""


def export(trained: dict[str, Any], which: str, out: Path) -> None:
    """Write what `train` saved into a folder: `which` of its weights, `last` or `average`.

    Raises:
        ValueError: The graphs do not give what the network gives.
    """
    config, labels = msgspec.convert(trained["config"], Config), Labels(**trained["labels"])
    network = Network(len(trained["vocabulary"]), labels, config.network)
    network.load_state_dict(trained[which])
    network.eval()
    encoder, relations = encoder_graph(network), relations_graph(network)
    check(network, encoder, relations)
    out.mkdir(parents=True, exist_ok=True)
    quantise(encoder, out / "encoder.onnx")
    quantise(relations, out / "labels.onnx")
    (out / "vocabulary.txt").write_text("".join(f"{piece}\n" for piece in trained["vocabulary"]), encoding="utf-8")
    (out / "labels.json").write_text(json.dumps(labels._asdict(), indent=1) + "\n", encoding="utf-8")


def check(network: Network, encoder: onnx.ModelProto, relations: onnx.ModelProto) -> None:
    """Raise ValueError where the graphs do not give what the network gives, on pieces drawn by chance."""
    draw = torch.Generator().manual_seed(0)
    ids = torch.randint(len(network.encoder.pieces.weight), (2, 40), generator=draw)
    cases = torch.randint(len(network.encoder.cases.weight), (2, 40), generator=draw)
    present = torch.arange(40) < torch.tensor([[40], [30]])
    firsts = torch.arange(20).expand(2, 20)
    halfway: list[Tensor] = []
    layer = network.encoder.layers[len(network.encoder.layers) - len(network.encoder.mix)]
    hook = layer.register_forward_hook(lambda _layer, _given, states: halfway.append(states))
    with torch.no_grad():
        wanted = network(ids, cases, present, firsts)
        states = torch.cat([halfway[0][:, :20], network.encoder(ids, cases, present)[:, :20]], -1)
        sides = {"rd": wanted.dependents.flatten(0, 1), "rh": wanted.heads.flatten(0, 1)}
        labels = network.relations(*sides.values()).argmax(1)
    hook.remove()
    tags = torch.cat([wanted.parts_of_speech, wanted.starts[..., None]], -1)
    places = firsts + torch.tensor([[0], [40]])
    given = {"ids": ids, "cs": cases, "posid": torch.arange(40), "mask": present.int(), "first": places}
    compared = (wanted.arcs, wanted.dependents, wanted.heads, tags, wanted.names, states)
    for found, score in zip(_run(encoder, given), compared, strict=True):
        if (distance := np.abs(found - score.numpy()).max()) > _TOLERANCE:
            raise ValueError(f"a score of the graph is {distance:.2g} off the network's")
    if (_run(relations, sides)[0] != labels.numpy()).any():
        raise ValueError("the graph's relations are not the network's")


def _run(model: onnx.ModelProto, given: dict[str, Tensor]) -> list[Any]:
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    results: list[Any] = session.run(None, {name: values.numpy() for name, values in given.items()})
    return results


def quantise(model: onnx.ModelProto, path: Path) -> None:
    """Write a model with int8 weights."""
    with tempfile.TemporaryDirectory() as folder:
        onnx.save(model, Path(folder) / "float.onnx")
        quantize_dynamic(
            Path(folder) / "float.onnx",
            path,
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},  # of results of fused operators
        )


def main() -> None:
    """Export and say what was trained."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("network", type=Path)
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--weights", choices=("average", "last"), default="average")
    args = parser.parse_args()
    logging.getLogger().setLevel(logging.ERROR)  # the quantiser recommends steps of its own
    trained = torch.load(args.network)
    export(trained, args.weights, args.out)
    print(f"{trained['steps']} steps, the {args.weights} weights, written to {args.out}")


if __name__ == "__main__":
    main()
