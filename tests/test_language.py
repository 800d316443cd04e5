"""The language pipeline: laws that hold for any text, and what it finds in sentences of our own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Token

from onrecord.errors import ModelError
from onrecord.language import analyse, load
from onrecord.language.encoder import Encoder
from onrecord.model import Story
from tests.growth import is_linear

PARAGRAPHS = (
    "Mayor Ana Ruiz pledged on Monday to raise harbour spending to 2.5% of output by 2030. "
    "“We will not wait,” she said.",
    "NATO said at least 23 people were killed in Port Amsel. "
    "Gen. Tom Hale, who led the $1.5bn (€1.4bn) mission, denied it.",
)
TEXT = "\n\n".join(PARAGRAPHS)


def facts(doc: Doc) -> list[tuple[object, ...]]:
    return [(t.text, t.idx, t.pos_, t.dep_, t.head.i, t.lemma_, t.is_sent_start, t.ent_iob_, t.ent_type_) for t in doc]


def token(doc: Doc, text: str) -> Token:
    return next(t for t in doc if t.text == text)


texts = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from([*'“”".,é \n\0\u200b', "We", "said", "\n\n", "  ", "5%", "U.S.", "Gen."])).map("".join),
)


@given(texts)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_text_is_kept_and_has_a_tree_in_every_sentence(text: str) -> None:
    doc = load()(text)
    assert doc.text == text
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc)
    for sentence in doc.sents:
        roots = [t for t in sentence if t.head == t]
        if not doc.text.isspace():
            assert len(roots) == 1
        assert all(t.head.sent == sentence for t in sentence)
        assert all(t.lemma_ and t.pos_ and t.dep_ for t in sentence)
        assert all((t.pos_ == "SPACE") == t.is_space for t in sentence)


@given(texts)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_same_text_has_the_same_analysis(text: str) -> None:
    assert facts(load()(text)) == facts(load()(text))


def test_a_paragraph_is_analysed_as_it_is_alone() -> None:
    alone = load()(PARAGRAPHS[1])
    last = [fact[2:4] for fact in facts(load()(TEXT))][-len(alone) :]
    assert last == [fact[2:4] for fact in facts(alone)]


def test_another_process_gives_the_same_analysis() -> None:
    code = f"from onrecord.language import load; print([(t.pos_, t.dep_, t.head.i) for t in load()({TEXT!r})])"
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code], check=True, capture_output=True, env={"PYTHONHASHSEED": seed}
        ).stdout
        for seed in ("1", "2")
    }
    assert outputs == {f"{[(t.pos_, t.dep_, t.head.i) for t in load()(TEXT)]}\n".encode()}


@pytest.mark.parametrize("unit", ["a", "1", '"', "(", "é", "a.", "A b. ", "\n\n", " ", "\U0001f600"])
def test_long_texts_are_read_in_linear_time(unit: str) -> None:
    assert is_linear(lambda length: unit * length, load(), length=500)


def test_one_word_of_100_kilobytes() -> None:
    assert len(load()("a" * 100_000)) == 1


def test_subjects_objects_and_names() -> None:
    doc = load()(TEXT)
    pledged = token(doc, "pledged")
    assert (pledged.dep_, pledged.lemma_, pledged.pos_) == ("ROOT", "pledge", "VERB")
    assert (token(doc, "Ana").head, token(doc, "spending").head.text) == (pledged, "raise")
    assert token(doc, "people").dep_ == "nsubj:pass"
    assert [(name.text, name.label_) for name in doc.ents] == [
        ("Ana Ruiz", "PERSON"),
        ("NATO", "ORG"),
        ("Port Amsel", "LOC"),
        ("Tom Hale", "PERSON"),
    ]


@pytest.mark.parametrize(
    "sentences",
    [
        ("“We will not wait,” Mayor Ruiz said on Monday.", "She left."),
        ("“Is it safe?” asked the mayor.", "He said it was."),
        ("He said: “We go on.", "We never stop.", "We win.”", "They left."),
        ("Talks with Gen. Tom Hale and Mr. Okafor failed.", "The U.S. Army left."),
        ("It costs $1.5 million, vs. $1.2 million in No. 5 Dock.", "No one paid."),
        ('"The port will grow," he said, "and it will pay."', "That is the plan."),
    ],
)
def test_sentences_of_a_paragraph(sentences: tuple[str, ...]) -> None:
    doc = load()(" ".join(sentences))
    assert tuple(sentence.text for sentence in doc.sents) == sentences


def test_a_blank_line_ends_a_sentence() -> None:
    doc = load()("Harbour plan grows\n\nThe mayor\n\nleft town")
    assert [sentence.text.strip() for sentence in doc.sents] == ["Harbour plan grows", "The mayor", "left town"]


def test_a_long_sentence_is_not_cut_where_the_window_ends() -> None:
    sentence = "The mayor said that " + "the old harbour and the new one and " * 18 + "the town would grow."
    assert len(list(load()(sentence).sents)) == 1


def test_analyse_leads_back_to_the_capture() -> None:
    capture = "Menu Home\n\n" + PARAGRAPHS[0].replace("2.5% of", "2.5%\u00a0of") + "\n\nAdvert\n\n" + PARAGRAPHS[1]
    start = capture.index("NATO")
    body = ((11, 11 + len(PARAGRAPHS[0])), (start, len(capture)))
    analysis = analyse(Story(start=0, end=len(capture), published="2026-03-02", body=body), capture)
    assert analysis.doc.text == TEXT
    quotation = analysis.quotations[0]
    assert analysis.span(quotation.start, quotation.end).of(capture) == "“We will not wait,”"
    for t in analysis.doc:
        if not t.is_space:
            assert analysis.span(t.i, t.i + 1).of(capture) == t.text
    assert [mention.when.text for mention in analysis.times] == ["on Monday", "by 2030"]
    assert [mention.quantity.value for mention in analysis.quantities[:3]] == [2.5, 23, 1.5e9]


def test_an_unknown_language_model_is_named_with_the_reason() -> None:
    with pytest.raises(ModelError, match=r"language model 'no_such_model' cannot be loaded: .*no_such_model"):
        load("no_such_model")


def test_broken_weights_are_named_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"cannot be loaded from .*vocabulary.txt"):
        Encoder(tmp_path)


def test_a_named_model_takes_the_place_of_ours(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord_encoder")
    nlp.to_disk(tmp_path)
    doc = load(str(tmp_path))("We can't go. They stay.")
    assert [token.text for token in doc][:4] == ["We", "ca", "n't", "go"]
    assert token(doc, "They").dep_ == "nsubj"


def test_a_named_model_without_trees_is_refused(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path)
    with pytest.raises(ModelError, match=r"gives no parts of speech and no dependencies and no lemmas$"):
        load(str(tmp_path))


def test_a_named_model_with_other_relations_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    @Language.component("own_relations")
    def own_relations(doc: Doc) -> Doc:
        for word in doc:
            word.dep_ = word.dep_.replace("obj", "dobj")
        return doc

    nlp = spacy.blank("en")
    nlp.add_pipe("onrecord_encoder")
    nlp.add_pipe("own_relations")
    monkeypatch.setattr(spacy, "load", lambda name: nlp)
    with pytest.raises(ModelError, match="'other' does not give Universal Dependencies"):
        load("other")
