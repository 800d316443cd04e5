"""The trained encoder: runs of words in, scores for tags, arcs, names and sentence starts out (ONNX, on the CPU)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray

from onrecord.errors import ModelError
from onrecord.language.pieces import Pieces, WordPieces

WEIGHTS = Path(__file__).with_name("weights")
LONGEST = 250
"""Pieces that one run of words may have, its two marks included; trained on runs up to this length."""
_BATCH = 1024
"""Pieces of one batch, padding included: fastest on one core, with runs sorted by length."""

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


class Encoder:
    """The encoder with its vocabulary and its labels, loaded from `folder` on one thread.

    Raises:
        ModelError: The weights are missing or broken.
    """

    def __init__(self, folder: Path = WEIGHTS) -> None:
        try:
            self.pieces = WordPieces((folder / "vocabulary.txt").read_text(encoding="utf-8").split("\n")[:-1])
            labels = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
            self._encoder, self._labels = _session(folder / "encoder.onnx"), _session(folder / "labels.onnx")
        except Exception as error:  # onnxruntime raises classes of its own for a broken file
            raise ModelError(f"the language pipeline cannot be loaded from {folder}: {error}") from error
        self.parts_of_speech: list[str] = labels["parts_of_speech"]
        self.relations: list[str] = labels["relations"]
        self.names: list[str] = labels["names"]

    def score(self, runs: Sequence[Pieces]) -> Iterator[tuple[int, Scores]]:
        """Yield the index and the scores of every run, in an order that suits batches of like length."""
        for batch in _batches(runs):
            yield from zip(batch, self._score([runs[index] for index in batch]), strict=True)

    def _score(self, batch: Sequence[Pieces]) -> Iterator[Scores]:
        longest = max(len(run.ids) for run in batch)
        words = max(len(run.firsts) for run in batch)
        ids, cases = np.zeros((2, len(batch), longest), dtype=np.int64)
        mask = np.zeros((len(batch), longest), dtype=np.int32)
        firsts = np.zeros((len(batch), words), dtype=np.int64)
        for row, run in enumerate(batch):
            ids[row, : len(run.ids)] = run.ids
            cases[row, : len(run.ids)] = run.cases
            mask[row, : len(run.ids)] = 1
            firsts[row, : len(run.firsts)] = run.firsts
            firsts[row] += row * longest
        given = {"ids": ids, "cs": cases, "posid": np.arange(longest), "mask": mask, "first": firsts}
        arcs, dependents, heads, tags, names = self._encoder.run(None, given)
        for row, run in enumerate(batch):
            n = len(run.firsts)
            yield Scores(
                arcs=arcs[row, :n, :n],
                dependents=dependents[row, :n],
                heads=heads[row, :n],
                parts_of_speech=tags[row, 1:n, :-1].argmax(axis=1),
                starts=tags[row, 1:n, -1],
                names=names[row, 1:n],
            )

    def label(self, dependents: Array, heads: Array) -> NDArray[np.int64]:
        """Return the id of the relation of each arc, given what `score` said of its dependent and its head."""
        labels: NDArray[np.int64] = self._labels.run(None, {"rd": dependents, "rh": heads})[0]
        return labels


def _session(path: Path) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])


def _batches(runs: Sequence[Pieces]) -> Iterator[list[int]]:
    batch: list[int] = []
    for index in sorted(range(len(runs)), key=lambda index: len(runs[index].ids)):
        if batch and len(runs[index].ids) * (len(batch) + 1) > _BATCH:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch
