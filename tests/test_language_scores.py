"""The pipeline's scores on the tuning set, held above a floor."""

from __future__ import annotations

from pathlib import Path

import pytest

from onrecord.language import load
from tools.train_language.score import score
from tools.train_language.treebanks import documents, read_treebank, text_of

TREEBANKS = Path(__file__).parents[2] / "shared" / "treebanks"
needs_treebanks = pytest.mark.skipif(not TREEBANKS.exists(), reason=f"the treebanks are not at {TREEBANKS}")
FLOORS = {"words": 99.5, "UPOS": 96, "UAS": 89, "LAS": 86, "sentences": 92, "lemma": 96.5, "names": 74, "nsubj": 92}


@needs_treebanks
def test_scores_on_four_documents_of_gum_do_not_fall() -> None:
    few = [sentence for document in documents(read_treebank(TREEBANKS, "gum-dev"))[::4] for sentence in document]
    scores = score(load(), few)
    assert {measure: scores[measure] for measure in FLOORS if scores[measure] < FLOORS[measure]} == {}


@needs_treebanks
@pytest.mark.parametrize("name", ["ewt-dev", "gum-dev"])
def test_treebanks_are_read_whole(name: str) -> None:
    for document in documents(read_treebank(TREEBANKS, name)):
        text, offsets = text_of(document)
        for sentence, places in zip(document, offsets, strict=True):
            assert all(text.startswith(word.form, at) for word, at in zip(sentence.words, places, strict=True))
            assert [word.head for word in sentence.words].count(0) == 1
            assert all(end <= len(sentence.words) for _, end, _ in sentence.names or ())
