"""The training tools: examples, and that the exported network computes what the trained one does (needs torch)."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from onrecord.language.encoder import WEIGHTS
from onrecord.language.pieces import WordPieces
from tools.train_language.examples import IGNORED, Labels, examples
from tools.train_language.treebanks import Sentence, Word

PIECES = WordPieces((WEIGHTS / "vocabulary.txt").read_text("utf-8").split("\n")[:-1])
CONFIG = {
    "longest": 128,
    "group_sizes": [2],
    "curly_quotes": 1.0,
    "dropout": 0.1,
    "heads_dropout": 0.3,
    "mixed_layers": 4,
}


def word(form: str, upos: str, head: int, relation: str) -> Word:
    return Word(form, form.lower(), upos, "", head, relation, spaced=True, entity="")


WORDS = (
    word('"', "PUNCT", 2, "punct"),
    word("Ruiz", "PROPN", 3, "nsubj"),
    word("left", "VERB", 0, "root"),
    word('"', "PUNCT", 3, "punct"),
)
SENTENCES = [
    Sentence("1", "a", True, WORDS, ((1, 2, "PERSON"),)),
    Sentence("2", "a", False, WORDS, ((1, 2, "?"),)),
    Sentence("3", "b", True, WORDS, None),
]


def test_neighbours_of_a_document_make_an_example() -> None:
    labels = Labels.of(SENTENCES)
    first, second = examples(SENTENCES, labels, PIECES, CONFIG, random.Random(1))
    assert first.sentence == [0] * 4 + [1] * 4
    assert first.head == [2, 3, 0, 3, 6, 7, 0, 7]
    assert first.start == [1, 0, 0, 0] * 2
    assert first.name == [0, labels.names.index("B-PERSON"), 0, 0, 0, IGNORED, 0, 0]
    assert second.name == [IGNORED] * 4


def test_an_example_is_cut_to_its_longest_run() -> None:
    labels = Labels.of(SENTENCES)
    run = next(examples(SENTENCES, labels, PIECES, CONFIG | {"longest": 6}, random.Random(1)))
    assert len(run.pieces.ids) <= 6
    assert len({len(column) for column in run[1:]} | {len(run.pieces.firsts) - 1}) == 1


def test_straight_quotation_marks_become_typographic() -> None:
    labels = Labels.of(SENTENCES)
    run = next(examples(SENTENCES[2:] * 2, labels, PIECES, CONFIG, random.Random(1)))
    assert run.pieces == PIECES.encode(["“", "Ruiz", "left", "”"] * 2, [True] * 8)


def test_the_exported_network_gives_the_same_scores(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="torch is needed for training only")
    pytest.importorskip("onnx", reason="onnx is needed for training only")
    import onnxruntime

    from tools.train_language.export import write_encoder, write_labels
    from tools.train_language.network import Network

    torch.manual_seed(3)
    network = Network(500, 5, 6, 7, CONFIG).eval()
    state = {name: value.numpy() for name, value in network.state_dict().items()}
    write_encoder(state, tmp_path / "encoder.onnx")
    write_labels(state, tmp_path / "labels.onnx")
    ids, cases, firsts = (
        np.random.default_rng(0).integers(0, top, (1, n)) for top, n in ((500, 12), (32, 12), (12, 7))
    )
    session = onnxruntime.InferenceSession(tmp_path / "encoder.onnx")
    given = {"ids": ids, "cs": cases, "posid": np.arange(12), "mask": np.ones((1, 12), np.int32), "first": firsts}
    arcs, dependents, heads, tags, names = session.run(None, given)
    with torch.no_grad():
        out = network(torch.tensor(ids), torch.tensor(cases), torch.tensor([12]), torch.tensor(firsts))
        relations = network.relations(out.dependents[0], out.heads[0]).argmax(1)
    expected = [
        out.arcs,
        out.dependents,
        out.heads,
        torch.cat([out.parts_of_speech, out.starts[..., None]], 2),
        out.names,
    ]
    for found, right in zip((arcs, dependents, heads, tags, names), expected, strict=True):
        assert np.allclose(found, right.numpy(), atol=1e-3)
    session = onnxruntime.InferenceSession(tmp_path / "labels.onnx")
    assert session.run(None, {"rd": dependents[0], "rh": heads[0]})[0].tolist() == relations.tolist()
