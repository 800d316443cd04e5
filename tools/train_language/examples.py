"""Training examples: runs of sentences as the encoder takes them, with what it is to say of each word.

At run time the encoder sees windows of several sentences and finds their starts itself, so examples are groups of one
or more sentences in a row of a document, with arcs within each. Sentences are varied in what pages vary them in:
quotation marks, capitals, white space, names.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from onrecord.language.pieces import Pieces, WordPieces
from tools.train_language import config
from tools.train_language.treebanks import NameSpan, Sentence

IGNORED = -100
"""What is not to be learned, torch's own mark: names where the annotation is not trusted, heads that were cut off."""
NAMES = ("O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG", "B-LOC", "I-LOC")
_CHUNK = 1500
"""Examples among which those of like length are looked for."""

Shape = tuple[object, ...]


class Labels(NamedTuple):
    """What the network chooses from, each in its order of ids."""

    parts_of_speech: tuple[str, ...]
    relations: tuple[str, ...]
    names: tuple[str, ...] = NAMES


class Example(NamedTuple):
    """A run of n words: the encoder's input, and for each word the number of its sentence and its labels.

    Heads are 1-based within the run, 0 for a root.
    """

    pieces: Pieces
    sentences: list[int]
    heads: list[int]
    parts_of_speech: list[int]
    relations: list[int]
    names: list[int]
    starts: list[int]


class Wording(NamedTuple):
    """The words of a sentence as an epoch has them, and whether white space follows each."""

    forms: list[str]
    spaced: list[bool]


def labels_of(sentences: Sequence[Sentence]) -> Labels:
    """Return the tags and relations that stand in the treebanks."""
    words = [word for sentence in sentences for word in sentence.words]
    return Labels(tuple(sorted({word.upos for word in words})), tuple(sorted({word.relation for word in words})))


def examples(
    sentences: Sequence[Sentence], labels: Labels, pieces: WordPieces, settings: config.Examples, draw: random.Random
) -> list[Example]:
    """Return one epoch's examples: every sentence once, varied and grouped by chance."""
    pool = names_by_shape(sentences)
    return [
        example(
            group, [vary(sentence, settings, pool, draw) for sentence in group], labels, pieces, settings.most_pieces
        )
        for group in _groups(sentences, pieces, settings, draw)
    ]


def batches(found: Sequence[Example], most_pieces: int, draw: random.Random) -> list[list[Example]]:
    """Return the examples in batches of like length, in an order by chance."""
    shuffled = draw.sample(found, len(found))
    result: list[list[Example]] = []
    for start in range(0, len(shuffled), _CHUNK):
        batch: list[Example] = []
        for one in sorted(shuffled[start : start + _CHUNK], key=lambda one: len(one.pieces.ids)):
            if batch and len(one.pieces.ids) * (len(batch) + 1) > most_pieces:
                result.append(batch)
                batch = []
            batch.append(one)
        result.append(batch)
    draw.shuffle(result)
    return result


def example(
    group: Sequence[Sentence], wordings: Sequence[Wording], labels: Labels, pieces: WordPieces, most_pieces: int
) -> Example:
    """Return a group of sentences as one example, cut off behind the last word that has room."""
    lengths = [len(sentence.words) for sentence in group]
    offsets = [0, *accumulate(lengths)]
    words = [form for wording in wordings for form in wording.forms]
    spaced = [space for wording in wordings for space in (*wording.spaced[:-1], True)]
    run = pieces.encode(words, spaced)
    room = sum(end < most_pieces for end in (*run.firsts[2:], len(run.ids) - 1))
    found = Example(
        _cut(run, room),
        [number for number, length in enumerate(lengths) for _ in range(length)],
        [
            word.head + offset if word.head else 0
            for sentence, offset in zip(group, offsets, strict=False)
            for word in sentence.words
        ],
        [labels.parts_of_speech.index(word.upos) for sentence in group for word in sentence.words],
        [labels.relations.index(word.relation) for sentence in group for word in sentence.words],
        [name for sentence in group for name in name_ids(sentence, labels.names)],
        [int(at == 0) for length in lengths for at in range(length)],
    )
    cut = Example(found.pieces, *(values[:room] for values in found[1:]))
    return cut._replace(heads=[head if head <= room else IGNORED for head in cut.heads])


def name_ids(sentence: Sentence, names: Sequence[str]) -> list[int]:
    """Return the id of each word's name label (begin, inside, outside)."""
    if sentence.names is None:
        return [IGNORED] * len(sentence.words)
    ids = [names.index("O")] * len(sentence.words)
    for start, end, label in sentence.names:
        for at in range(start, end):
            ids[at] = IGNORED if label == "?" else names.index(("B-" if at == start else "I-") + label)
    return ids


def vary(
    sentence: Sentence, settings: config.Examples, pool: dict[Shape, list[list[str]]], draw: random.Random
) -> Wording:
    """Return a sentence in the wording of this epoch."""
    forms = [word.form for word in sentence.words]
    spaced_out = draw.random() < settings.spaced_out
    for name in sentence.names or ():
        if name[2] != "?" and draw.random() < settings.swapped_names:
            forms[name[0] : name[1]] = draw.choice(pool[_shape(sentence, name)])
    if draw.random() < settings.curly_quotes:
        forms = curly(forms)
    chance = draw.random()
    if chance < settings.upper_case:
        forms = [form.upper() for form in forms]
    elif chance < settings.upper_case + settings.headline_case:
        forms = [form[0].upper() + form[1:] for form in forms]
    return Wording(forms, [word.spaced or spaced_out for word in sentence.words])


def curly(forms: Sequence[str]) -> list[str]:
    """Return the words with typographic apostrophes and, opening and closing in turn, quotation marks."""
    result = []
    closing = False
    for form in forms:
        if form == '"':
            result.append("”" if closing else "“")
            closing = not closing
        else:
            result.append(form.replace("'", "’"))
    return result


def names_by_shape(sentences: Sequence[Sentence]) -> dict[Shape, list[list[str]]]:
    """Return the names that can stand for one another: those of one label, with the same tags and the same tree."""
    pool: dict[Shape, list[list[str]]] = {}
    for sentence in sentences:
        for name in sentence.names or ():
            if name[2] != "?":
                forms = [word.form for word in sentence.words[name[0] : name[1]]]
                pool.setdefault(_shape(sentence, name), []).append(forms)
    return pool


def _shape(sentence: Sentence, name: NameSpan) -> Shape:
    start, end, label = name
    words = sentence.words[start:end]
    inner = ((word.upos, word.relation, word.head - start) if start < word.head <= end else word.upos for word in words)
    return (label, *inner, *(word.spaced for word in words[:-1]))


def _groups(
    sentences: Sequence[Sentence], pieces: WordPieces, settings: config.Examples, draw: random.Random
) -> Iterator[list[Sentence]]:
    """Yield every sentence once, with those after it in its document as far as they have room."""
    group: list[Sentence] = []
    size, length = 1, 0
    for sentence in sentences:
        own = sum(len(pieces.word(word.form)[0]) for word in sentence.words)
        other = bool(group) and group[0].document != sentence.document
        if group and (other or len(group) == size or length + own > settings.most_pieces - 2):
            yield group
            group, size, length = [], draw.choice(settings.group_sizes), 0
        group.append(sentence)
        length += own
    if group:
        yield group


def _cut(run: Pieces, words: int) -> Pieces:
    """Return the run's first words, between its two marks."""
    if words == len(run.firsts) - 1:
        return run
    end = run.firsts[words + 1]
    return Pieces([*run.ids[:end], run.ids[-1]], [*run.cases[:end], run.cases[-1]], run.firsts[: words + 1])
