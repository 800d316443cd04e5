"""Training examples: short runs of sentences as the encoder meets them in raw text."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from onrecord.language.pieces import Pieces, WordPieces
from tools.train_language.treebanks import Sentence

IGNORED = -100
"""The label of what is not to be learned, as torch's losses take it."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The names of all labels, in the order of their ids."""

    parts_of_speech: list[str]
    relations: list[str]
    names: list[str]

    @classmethod
    def of(cls, sentences: Sequence[Sentence]) -> Labels:
        """Collect the labels of a treebank."""
        words = [word for sentence in sentences for word in sentence.words]
        names = ["O", *(f"{mark}-{kind}" for kind in ("PERSON", "ORG", "LOC") for mark in "BI")]
        return cls(sorted({word.upos for word in words}), sorted({word.relation for word in words}), names)


class Example(NamedTuple):
    """A run of sentences: its pieces, and for each word the number of its sentence and its label ids."""

    pieces: Pieces
    sentence: list[int]
    head: list[int]
    part_of_speech: list[int]
    relation: list[int]
    name: list[int]
    start: list[int]


def examples(
    sentences: Sequence[Sentence], labels: Labels, pieces: WordPieces, config: dict[str, Any], rng: random.Random
) -> Iterator[Example]:
    """Yield the examples of one epoch: neighbouring sentences of a document in groups of random size."""
    longest = int(config["longest"])
    for group in _groups(sentences, pieces, longest - 2, config["group_sizes"], rng):
        yield _example(group, labels, pieces, longest, curly=rng.random() < config["curly_quotes"])


def _groups(
    sentences: Sequence[Sentence], pieces: WordPieces, longest: int, sizes: Sequence[int], rng: random.Random
) -> Iterator[list[Sentence]]:
    """Yield neighbours of one document: as many as one of `sizes` says, as long as their pieces fit."""
    group: list[Sentence] = []
    used, size = 0, rng.choice(sizes)
    for sentence in sentences:
        length = sum(len(pieces.word(word.form)[0]) for word in sentence.words)
        elsewhere = group and group[0].document != sentence.document
        if group and (elsewhere or len(group) >= size or used + length > longest):
            yield group
            group, used, size = [], 0, rng.choice(sizes)
        group.append(sentence)
        used += length
    if group:
        yield group


def _example(group: Sequence[Sentence], labels: Labels, pieces: WordPieces, longest: int, *, curly: bool) -> Example:
    forms, spaced = [], []
    sentence_of, heads, tags, relations, names, starts = ([] for _ in range(6))  # type: ignore[var-annotated]
    for number, sentence in enumerate(group):
        offset, n = len(forms), len(sentence.words)
        forms += _curly([word.form for word in sentence.words]) if curly else [word.form for word in sentence.words]
        spaced += [*(word.spaced for word in sentence.words[:-1]), True]
        sentence_of += [number] * n
        heads += [word.head + offset if word.head else 0 for word in sentence.words]
        tags += [labels.parts_of_speech.index(word.upos) for word in sentence.words]
        relations += [labels.relations.index(word.relation) for word in sentence.words]
        names += _name_ids(sentence, labels)
        starts += [1] + [0] * (n - 1)
    run = pieces.encode(forms, spaced)
    kept = sum(at < longest - 1 for at in _ends(run)) if len(run.ids) > longest else len(forms)
    heads = [head if head <= kept else IGNORED for head in heads]
    run = pieces.encode(forms[:kept], spaced[:kept])
    return Example(run, *(column[:kept] for column in (sentence_of, heads, tags, relations, names, starts)))


def _ends(run: Pieces) -> list[int]:
    """Return the position of each word's last piece."""
    return [first - 1 for first in (*run.firsts[2:], len(run.ids) - 1)]


def _name_ids(sentence: Sentence, labels: Labels) -> list[int]:
    if sentence.names is None:
        return [IGNORED] * len(sentence.words)
    ids = [0] * len(sentence.words)
    for start, end, kind in sentence.names:
        for at in range(start, end):
            ids[at] = IGNORED if kind == "?" else labels.names.index(f"{'B' if at == start else 'I'}-{kind}")
    return ids


def _curly(forms: Sequence[str]) -> list[str]:
    """Return words with typographic quotation marks and apostrophes in place of straight ones."""
    result, opens = [], True
    for form in forms:
        if form == '"':
            result.append("“" if opens else "”")
            opens = not opens
        else:
            result.append(form.replace("'", "’"))
    return result
