"""CoNLL-U treebanks and IOB2 name layers, read into frozen values."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.language.phrases import word_set
from tools.train_language.gum_names import names_of_gum

NameSpan = tuple[int, int, str]
"""First word, one past the last, and PERSON, ORG, LOC, or `?` where the annotation is not to be trusted."""

_LABELS = {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC"}
_PARTLY_ANNOTATED = ("answers", "reviews")
_TIME_NAMES = word_set(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december christmas easter thanksgiving god internet"""
)


@dataclass(frozen=True, slots=True)
class Word:
    """One syntactic word; `form` is its part of the surface, `head` is 1-based, 0 for the root."""

    form: str
    lemma: str
    upos: str
    xpos: str
    head: int
    relation: str
    spaced: bool
    entity: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of `document`; `paragraph` says whether it begins one; `names` is None where nothing is annotated."""

    id: str
    document: str
    paragraph: bool
    words: tuple[Word, ...]
    names: tuple[NameSpan, ...] | None = None


def read_treebank(folder: Path, name: str) -> list[Sentence]:
    """Read `ewt-train`, `ewt-dev`, `ewt-test`, `gum-train`, `gum-dev` or `pud-test`, with the names that go with it."""
    sentences = list(_read_conllu(folder / f"{name}.conllu.gz"))
    if name.startswith("gum"):
        return [
            _with_names(sentence, names) for sentence, names in zip(sentences, names_of_gum(sentences), strict=True)
        ]
    layer = _read_iob2(folder / f"{name}.iob2.gz")
    by_words = {tuple(words): tags for words, tags in layer.values()}
    sentences = [_join(sentence, layer.get(sentence.id, ((), None))[1], by_words) for sentence in sentences]
    return _distrust_partly_annotated(sentences) if name == "ewt-train" else sentences


def text_of(sentences: Sequence[Sentence]) -> tuple[str, list[list[int]]]:
    """Return the text of a document, a blank line between paragraphs, and every word's offset by sentence."""
    text = ""
    offsets: list[list[int]] = []
    for number, sentence in enumerate(sentences):
        if number:
            text = text.rstrip(" ") + "\n\n" if sentence.paragraph else text.rstrip(" ") + " "
        offsets.append([])
        for word in sentence.words:
            offsets[-1].append(len(text))
            text += word.form + " " * word.spaced
    return text.rstrip(" "), offsets


def documents(sentences: Sequence[Sentence]) -> list[list[Sentence]]:
    """Return the sentences of each document, in order of first standing."""
    found: dict[str, list[Sentence]] = {}
    for sentence in sentences:
        found.setdefault(sentence.document, []).append(sentence)
    return list(found.values())


def _read_conllu(path: Path) -> Iterator[Sentence]:
    document, sentence_id, paragraph = "", "", False
    rows: list[list[str]] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("#"):
                key, _, value = line[1:].partition("=")
                if key.strip() == "newdoc id":
                    document, paragraph = value.strip(), True
                elif key.split()[:1] == ["newpar"]:
                    paragraph = True
                elif key.strip() == "sent_id":
                    sentence_id = value.strip()
            elif line.strip():
                rows.append(line.rstrip("\n").split("\t"))
            elif rows:
                yield Sentence(sentence_id, document, paragraph, tuple(_words(rows)))
                rows, paragraph = [], False


def _words(rows: Sequence[Sequence[str]]) -> Iterator[Word]:
    parts: list[tuple[str, bool]] = []
    for number, row in enumerate(rows):
        spaced = "SpaceAfter=No" not in row[9]
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            forms = [other[1] for other in rows[number + 1 : number + 2 + last - first]]
            cut = _cut_surface(row[1], forms)
            parts += [(form, spaced and index == len(cut) - 1) for index, form in enumerate(cut)]
            continue
        form, spaced = parts.pop(0) if parts else (row[1], spaced)
        lemma = row[1] if row[2] == "_" else row[2]
        yield Word(form, lemma, row[3], row[4], int(row[6]), row[7], spaced, _misc(row[9], "Entity"))


def _cut_surface(surface: str, forms: Sequence[str]) -> list[str]:
    """Cut a multi-word token's surface into as many parts as it has words, as long as their forms where that fits."""
    cut: list[str] = []
    for index, form in enumerate(forms):
        left = len(forms) - index - 1
        length = max(1, min(len(form), len(surface) - left)) if left else len(surface)
        cut.append(surface[:length])
        surface = surface[length:]
    return cut


def _misc(column: str, key: str) -> str:
    return next((item[len(key) + 1 :] for item in column.split("|") if item.startswith(f"{key}=")), "")


def _read_iob2(path: Path) -> dict[str, tuple[list[str], list[str]]]:
    found: dict[str, tuple[list[str], list[str]]] = {}
    sentence_id = ""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if line.startswith("# sent_id"):
                sentence_id = line.partition("=")[2].strip()
            elif len(fields) >= 3 and fields[0].isdigit():
                words, tags = found.setdefault(sentence_id, ([], []))
                words.append(fields[1])
                tags.append(fields[2])
    return found


def _join(sentence: Sentence, tags: Sequence[str] | None, by_words: dict[tuple[str, ...], list[str]]) -> Sentence:
    tags = by_words.get(tuple(word.form for word in sentence.words)) if tags is None else tags
    if tags is None or len(tags) != len(sentence.words):
        return sentence
    return _with_names(sentence, tuple(_spans(tags)))


def _spans(tags: Sequence[str]) -> Iterator[NameSpan]:
    start: int | None = None
    for at, tag in enumerate([*tags, "O"]):
        if start is not None and not tag.startswith("I-"):
            label = _LABELS.get(tags[start][2:])
            if label:
                yield start, at, label
            start = None
        if tag[:2] in {"B-", "I-"} and start is None:
            start = at


def _with_names(sentence: Sentence, names: tuple[NameSpan, ...]) -> Sentence:
    return Sentence(sentence.id, sentence.document, sentence.paragraph, sentence.words, names)


def _distrust_partly_annotated(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Mark names that an early, unfinished annotation may have missed, so that they are not learned as no names."""
    result: list[Sentence] = []
    for document in documents(sentences):
        proper = any(word.upos == "PROPN" for sentence in document for word in sentence.words)
        if document[0].document.startswith(_PARTLY_ANNOTATED):
            result += map(_distrust_unmarked, document)
        elif proper and not any(sentence.names for sentence in document):
            result += [_with_names(sentence, ((0, len(sentence.words), "?"),)) for sentence in document]
        else:
            result += document
    return result


def _distrust_unmarked(sentence: Sentence) -> Sentence:
    if sentence.names is None:
        return sentence
    marked = {at for start, end, _ in sentence.names for at in range(start, end)}
    missing = tuple(
        (at, at + 1, "?")
        for at, word in enumerate(sentence.words)
        if word.upos == "PROPN" and at not in marked and word.form.lower() not in _TIME_NAMES
    )
    return _with_names(sentence, sentence.names + missing)
