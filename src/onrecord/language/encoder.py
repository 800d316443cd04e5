"""The trained encoder: runs of words in, scores for tags, arcs, names and sentence starts out (ONNX, on the CPU)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from onrecord.errors import ModelError
from onrecord.language.pieces import WordPieces

WEIGHTS = Path(__file__).with_name("weights")
STATES = 768
"""Numbers that the encoder gives for each word: 384 from half way up, and 384 from its end."""
Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scores:
    """What the encoder says of one run of n words; arcs and both sides of them have the root at index 0."""

    arcs: Array
    """(n + 1, n + 1): how well the column heads the row."""
    dependents: Array
    """(n + 1, 96), with `heads` what `Encoder.relations` needs."""
    heads: Array
    parts_of_speech: NDArray[np.int64]
    """(n,), ids of `Encoder.parts_of_speech`."""
    starts: Array
    """(n,): above 0 where a sentence starts."""
    names: Array
    """(n, labels): for `Encoder.names`."""
    states: Array
    """(n, `STATES`): what the encoder says of each word half way up and at its end, for networks on top of it."""


class Encoder:
    """The encoder with its vocabulary and its labels, loaded from `folder` on one thread.

    Raises:
        ModelError: The weights are missing or broken.
    """

    def __init__(self, folder: Path = WEIGHTS) -> None:
        try:
            self.pieces = WordPieces((folder / "vocabulary.txt").read_text(encoding="utf-8").split("\n")[:-1])
            labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
            self._encoder, self._labels = session(folder / "encoder.onnx"), session(folder / "labels.onnx")
        except Exception as error:  # onnxruntime raises classes of its own for a broken file
            raise ModelError(f"the language pipeline cannot be loaded from {folder}: {error}") from error
        self.parts_of_speech: list[str] = labels["parts_of_speech"]
        self.relations: list[str] = labels["relations"]
        self.names: list[str] = labels["names"]

    def score(self, words: Sequence[str], spaced: Sequence[bool]) -> Scores:
        """Return the scores of a run of words, at most 250 pieces long; `spaced` says whether white space follows each.

        Runs are scored one at a time: batches gain nothing on one core (measured), and as the network is quantised
        by the range of each batch, a paragraph's scores would depend on the rest of the page.
        """
        run = self.pieces.encode(words, spaced)
        given = {
            "ids": np.array([run.ids]),
            "cs": np.array([run.cases]),
            "posid": np.arange(len(run.ids)),
            "mask": np.ones((1, len(run.ids)), dtype=np.int32),
            "first": np.array([run.firsts]),
        }
        arcs, dependents, heads, tags, names, states = (output[0] for output in self._encoder.run(None, given))
        return Scores(arcs, dependents, heads, tags[1:, :-1].argmax(axis=1), tags[1:, -1], names[1:], states[1:])

    def label(self, dependents: Array, heads: Array) -> NDArray[np.int64]:
        """Return the id of the relation of each arc, given what `score` said of its dependent and its head."""
        labels: NDArray[np.int64] = self._labels.run(None, {"rd": dependents, "rh": heads})[0]
        return labels


def session(path: Path) -> ort.InferenceSession:
    """Return a network loaded on one thread of the CPU; onnxruntime raises classes of its own for a broken file."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])
