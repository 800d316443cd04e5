"""The English pipeline behind spaCy's `Doc`: tokenizer and one component, so that spaCy's tools work on what it yields.

Set on every token: `pos_` (universal part of speech, `SPACE` for white space), `dep_` and `head` (Universal Dependencies;
`ROOT` heads a sentence, as spaCy's tools expect; white space is `dep` of the word before), `lemma_`, `is_sent_start`.
`doc.ents` are names: `PERSON`, `ORG`, `LOC`.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import spacy
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, POS
from spacy.lang.en import English
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.errors import ModelError
from onrecord.language.encoder import WEIGHTS, Encoder
from onrecord.language.lemmas import Lemmatizer
from onrecord.language.parsing import Parse, parse
from onrecord.language.tokens import words_of

_UNLIMITED = 10**12
"""spaCy refuses long texts for the memory that its own parser needs; ours works in windows."""


@lru_cache(maxsize=2)
def load(name: str | None = None) -> Language:
    """Return the language pipeline: our own, or an installed spaCy package or a folder that `name` names.

    A named pipeline must give universal parts of speech, Universal Dependencies, lemmas and sentences.

    Raises:
        ModelError: It cannot be loaded.
    """
    if name is not None:
        return _load_named(name)
    nlp = English(max_length=_UNLIMITED, create_tokenizer=Tokenizer)
    nlp.add_pipe("onrecord_encoder")
    return nlp


def _load_named(name: str) -> Language:
    try:
        nlp = spacy.load(name)
    except Exception as error:  # a package may raise anything while it loads
        raise ModelError(f"the language model {name!r} cannot be loaded: {error}") from error
    nlp.max_length = _UNLIMITED
    return nlp


class Tokenizer:
    """Cuts a text into the words of a `Doc` (`onrecord.language.tokens`); `doc.text` is the text."""

    def __init__(self, nlp: Language) -> None:
        self.vocab = nlp.vocab

    def __call__(self, text: str) -> Doc:
        words, spaces = words_of(text)
        return Doc(self.vocab, words=words, spaces=spaces)


@Language.factory("onrecord_encoder")
class EncoderComponent:
    """spaCy component that annotates a `Doc` with what the trained encoder finds."""

    def __init__(self, nlp: Language, name: str) -> None:
        self.name = name
        self.encoder = Encoder()
        self.lemmatizer = Lemmatizer.load(WEIGHTS / "lemmas.json")

    def __call__(self, doc: Doc) -> Doc:
        words = [token.text for token in doc]
        is_space = [word.isspace() for word in words]
        spaces = [bool(token.whitespace_) or after for token, after in zip(doc, [*is_space[1:], True], strict=True)]
        paragraphs = _paragraphs(words, is_space)
        found = parse(self.encoder, words, spaces, paragraphs, [False] * len(words))
        tags = [self.encoder.parts_of_speech[tag] for tag in found.parts_of_speech]
        lemmas = map(self.lemmatizer.lemma, words, tags, found.starts.tolist())
        return _annotate(doc, found, self.encoder, list(lemmas))


def _paragraphs(words: list[str], is_space: list[bool]) -> list[list[int]]:
    """Return the indices of each paragraph's words; a blank line ends a paragraph."""
    paragraphs: list[list[int]] = [[]]
    for index, word in enumerate(words):
        if not is_space[index]:
            paragraphs[-1].append(index)
        elif word.count("\n") > 1:
            paragraphs.append([])
    return paragraphs


def _annotate(doc: Doc, found: Parse, encoder: Encoder, lemmas: list[str]) -> Doc:
    strings = doc.vocab.strings
    tags = np.array([strings.add(tag) for tag in (*encoder.parts_of_speech, "SPACE")], dtype=np.uint64)
    relations = ["ROOT" if relation == "root" else relation for relation in encoder.relations]
    deps = np.array([strings.add(dep) for dep in (*relations, "dep")], dtype=np.uint64)
    heads = _attach_spaces(found.heads, found.relations >= 0)
    table = np.zeros((len(doc), 6), dtype=np.uint64)
    table[:, 0] = (heads - np.arange(len(doc))).astype(np.int64).view(np.uint64)
    table[:, 1] = deps[found.relations]
    table[:, 2] = tags[found.parts_of_speech]
    table[:, 3] = [strings.add(lemma) for lemma in lemmas]
    table[:, 4] = np.where(found.names == 0, 2, np.where(found.names % 2 == 1, 3, 1))
    kinds = np.array([0, *(strings.add(name[2:]) for name in encoder.names[1:])], dtype=np.uint64)
    table[:, 5] = kinds[found.names]
    return doc.from_array([HEAD, DEP, POS, LEMMA, ENT_IOB, ENT_TYPE], table)


def _attach_spaces(heads: np.ndarray, is_word: np.ndarray) -> np.ndarray:
    """Give white space its head: the word before, the first word where there is none, itself in a text without words."""
    indices = np.arange(len(heads))
    before = np.maximum.accumulate(np.where(is_word, indices, -1)) if len(heads) else indices
    first = int(is_word.argmax()) if is_word.any() else 0
    return np.where(is_word, heads, np.where(before < 0, first, before))
