"""The English pipeline behind spaCy's `Doc`: a tokenizer and one component, so that spaCy's tools work on its results.

Set on every token: `pos_` (universal part of speech, `SPACE` for white space), `dep_` and `head` (Universal
Dependencies; `ROOT` heads a sentence, as spaCy's tools expect; white space is `dep` of the word before), `lemma_` and
`is_sent_start`. `doc.ents` are names: `PERSON`, `ORG`, `LOC`. `doc.tensor` are the words' states (`states_of`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, cast

import numpy as np
import spacy
from numpy.typing import NDArray
from spacy.lang.en import English
from spacy.language import Language
from spacy.tokens import Doc

from onrecord.errors import ModelError
from onrecord.language.dateline import dateline_end
from onrecord.language.encoder import STATES, WEIGHTS, Encoder
from onrecord.language.lemmas import Lemmatizer
from onrecord.language.mentions import Quotation
from onrecord.language.parsing import Parse, Words, parse
from onrecord.language.quotations import find_quotations
from onrecord.language.sentences import start_places, sure_starts
from onrecord.language.tokens import words_of

_UNLIMITED = 10**12
"""spaCy refuses long texts for the memory that its own parser needs; ours works in windows."""
_NEEDED = {"POS": "parts of speech", "DEP": "dependencies", "LEMMA": "lemmas"}
"""What a named pipeline must set."""
_INSIDE_NAME, _OUTSIDE_NAME, _BEGINS_NAME = 1, 2, 3
"""spaCy's codes of `ENT_IOB`."""

_OURS = "onrecord.states"
"""Key in `doc.user_data` that says that `doc.tensor` is from our encoder."""

Ids = NDArray[np.int64]
States = NDArray[np.float32]


@lru_cache(maxsize=2)
def load(name: str | None = None) -> Language:
    """Return the language pipeline: our own, or an installed spaCy package or a folder that `name` names.

    A named pipeline must give universal parts of speech, Universal Dependencies, lemmas and sentences.

    Raises:
        ModelError: It cannot be loaded, or lacks one of these.
    """
    if name is not None:
        return _load_named(name)
    nlp = English(max_length=_UNLIMITED, create_tokenizer=Tokenizer)
    nlp.add_pipe("onrecord_encoder")
    return nlp


def _load_named(name: str) -> Language:
    try:
        nlp = spacy.load(name)
        nlp.max_length = _UNLIMITED
        doc = nlp("The mayor opened the port.")
    except Exception as error:  # a package may raise anything while it loads
        reason = str(error).partition("\n")[0]
        raise ModelError(f"the language model {name!r} cannot be loaded: {reason}") from error
    missing = [what for attribute, what in _NEEDED.items() if not doc.has_annotation(attribute)]
    if missing:
        raise ModelError(f"the language model {name!r} gives no {' and no '.join(missing)}")
    if any(token.dep_ == "dobj" for token in doc):
        raise ModelError(f"the language model {name!r} does not give Universal Dependencies (`dobj` in place of `obj`)")
    return nlp


class Tokenizer:
    """Cuts a text into the words of a `Doc` (`onrecord.language.tokens`); `doc.text` is the text."""

    def __init__(self, nlp: Language) -> None:
        self.vocab = nlp.vocab

    def __call__(self, text: str) -> Doc:
        """Return the words of `text`, nothing else set."""
        words, spaces = words_of(text)
        return Doc(self.vocab, words=words, spaces=spaces)


@Language.factory("onrecord_encoder")
def _make_component(nlp: Language, name: str) -> EncoderComponent:  # noqa: ARG001 - spaCy passes them by name
    return EncoderComponent()


class EncoderComponent:
    """spaCy component that sets on a `Doc` what the trained encoder finds."""

    def __init__(self) -> None:
        self.encoder = Encoder()
        self.lemmatizer = Lemmatizer.load(WEIGHTS / "lemmas.json")

    def __call__(self, doc: Doc) -> Doc:
        """Set tags, trees, sentences, lemmas and names, and return `doc`."""
        places = np.array([token.i for token in doc if not token.is_space], dtype=np.int64)
        words = _words(doc, places)
        found = parse(self.encoder, words)
        tags = [self.encoder.parts_of_speech[tag] for tag in found.parts_of_speech]
        lemmas = list(map(self.lemmatizer.lemma, words.forms, tags, found.starts.tolist()))
        doc.tensor = cast(Any, _states(len(doc), places, found))  # spaCy declares 64 bits and takes any
        doc.user_data[_OURS] = True
        return _annotate(doc, places, found, lemmas, self.encoder)

    def states(self, doc: Doc) -> States:
        """Return the states of a doc's tokens, which another pipeline may have annotated; `doc` stays as it is."""
        places = np.array([token.i for token in doc if not token.is_space], dtype=np.int64)
        return _states(len(doc), places, parse(self.encoder, _words(doc, places)))


def states_of(doc: Doc) -> States:
    """Return what our encoder says of each token of a doc, (n, `STATES`); zeros for white space.

    Networks of later stages read them. A doc of another pipeline has none of ours: then our encoder runs on it.
    """
    if doc.tensor.shape == (len(doc), STATES) and doc.user_data.get(_OURS):
        return cast(States, doc.tensor)
    return cast(EncoderComponent, load().get_pipe("onrecord_encoder")).states(doc)


def _states(length: int, places: Ids, found: Parse) -> States:
    states = np.zeros((length, STATES), dtype=np.float32)
    states[places] = found.states
    return states


def _words(doc: Doc, places: Ids) -> Words:
    """Return the words at `places`, white space left out; a blank line or a dateline ends a paragraph."""
    forms: list[str] = []
    spaced: list[bool] = []
    breaks = [0]
    for token in doc:
        if not token.is_space:
            forms.append(token.text)
            spaced.append(bool(token.whitespace_))
        elif forms:
            spaced[-1] = True
            if token.text.count("\n") > 1 and len(forms) > breaks[-1]:
                breaks.append(len(forms))
    if len(forms) > breaks[-1]:
        breaks.append(len(forms))
    dateline = dateline_end(forms, spaced)
    if 0 < dateline < breaks[min(1, len(breaks) - 1)]:
        breaks.insert(1, dateline)
    found = find_quotations(doc)
    bounds = np.searchsorted(places, [(quotation.start, quotation.end) for quotation in found]).reshape(-1, 2).tolist()
    quotations = [Quotation(a, b, closed=was.closed) for (a, b), was in zip(bounds, found, strict=True)]
    return Words(
        forms, spaced, list(pairwise(breaks)), start_places(forms, spaced, quotations), sure_starts(forms, quotations)
    )


def _annotate(doc: Doc, places: Ids, found: Parse, lemmas: Sequence[str], encoder: Encoder) -> Doc:
    relations = ["ROOT" if relation == "root" else relation for relation in encoder.relations]
    inside = (found.names > 0) & (found.names % 2 == 0)
    table: Any = np.zeros((len(doc), 6), dtype=np.uint64)  # spaCy asks for an array type of thinc's
    table[:, 0] = (_heads(len(doc), places, found.heads) - np.arange(len(doc))).view(np.uint64)
    table[:, 1:5] = [*_ids(doc, ["dep", "SPACE"]), 0, _OUTSIDE_NAME]
    table[:, 3] = doc.to_array("ORTH")
    table[places, 1] = _ids(doc, relations)[found.relations]
    table[places, 2] = _ids(doc, encoder.parts_of_speech)[found.parts_of_speech]
    table[places, 3] = _ids(doc, lemmas)
    table[places, 4] = np.where(inside, _INSIDE_NAME, np.where(found.names > 0, _BEGINS_NAME, _OUTSIDE_NAME))
    table[places, 5] = _ids(doc, ["", *(name[2:] for name in encoder.names[1:])])[found.names]
    return doc.from_array(["HEAD", "DEP", "POS", "LEMMA", "ENT_IOB", "ENT_TYPE"], table)


def _ids(doc: Doc, texts: Sequence[str]) -> NDArray[np.uint64]:
    return np.array([doc.vocab.strings.add(text) for text in texts], dtype=np.uint64)


def _heads(length: int, places: Ids, heads: Ids) -> Ids:
    """Return the head of every token: white space hangs on the word before, else on the first word, else on itself."""
    result = np.arange(length)
    if len(places):
        before = np.searchsorted(places, result, side="right") - 1
        result = places[np.maximum(before, 0)]
        result[places] = places[heads]
    return result
