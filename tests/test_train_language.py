"""Training of the encoder: the parts that need no torch."""

from __future__ import annotations

import random
from dataclasses import replace

import msgspec
import pytest

from onrecord.language.encoder import WEIGHTS
from onrecord.language.pieces import WordPieces
from tools.train_language.config import CONFIG, Config, Examples, rate_factor, read_config
from tools.train_language.examples import (
    IGNORED,
    Example,
    Labels,
    Wording,
    batches,
    curly,
    example,
    examples,
    labels_of,
    name_ids,
    names_by_shape,
    vary,
)
from tools.train_language.treebanks import NameSpan, Sentence, Word
from tools.train_language.vocabulary import kept_pieces

PLAIN = Examples(128, (1, 3), 0, 0, 0, 0, 0)
"""Examples in groups, in the words of the treebank."""


def sentence(rows: str, names: tuple[NameSpan, ...] | None = (), document: str = "d") -> Sentence:
    """Build a sentence from `form/tag/head/relation` rows; a `+` behind the form says that no space follows."""
    words = []
    for row in rows.split():
        form, tag, head, relation = row.rsplit("/", 3)
        spaced = not form.endswith("+")
        words.append(Word(form.removesuffix("+"), form, tag, "", int(head), relation, spaced, ""))
    return Sentence("s", document, False, tuple(words), names)


RUIZ = sentence("Ana/PROPN/3/nsubj Ruiz/PROPN/1/flat waited+/VERB/0/root ./PUNCT/3/punct", ((0, 2, "PERSON"),))
BERG = sentence("Port/PROPN/3/nsubj Lux/PROPN/1/flat slept+/VERB/0/root ./PUNCT/3/punct", ((0, 2, "LOC"),))
OKAFOR = sentence("They/PRON/2/nsubj met/VERB/0/root Lena/PROPN/2/obj Okafor/PROPN/3/flat", ((2, 4, "PERSON"),))
LABELS = labels_of([RUIZ, BERG, OKAFOR])


@pytest.fixture(scope="module")
def pieces() -> WordPieces:
    return WordPieces((WEIGHTS / "vocabulary.txt").read_text(encoding="utf-8").split("\n")[:-1])


def wording(one: Sentence) -> Wording:
    return Wording([word.form for word in one.words], [word.spaced for word in one.words])


def test_the_configuration_is_read_whole() -> None:
    config = read_config()
    assert msgspec.convert(msgspec.to_builtins(config), Config) == config
    assert config.treebanks == ("ewt-train", "gum-train")


def test_a_setting_that_is_not_known_is_refused(tmp_path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(CONFIG.read_text(encoding="utf-8") + "\n[more]\nof = 1\n", encoding="utf-8")
    with pytest.raises(msgspec.ValidationError, match="more"):
        read_config(path)


@pytest.mark.parametrize(
    ("step", "progress", "expected"),
    [(0, 0.0, 0.01), (49, 0.0, 0.5), (99, 0.0, 1.0), (500, 0.25, 0.75), (500, 1.0, 0.0), (500, 1.5, 0.0)],
)
def test_rates_rise_over_the_warm_up_and_fall_to_nothing(step: int, progress: float, expected: float) -> None:
    assert rate_factor(step, progress, warm_up=100) == pytest.approx(expected)


def test_the_vocabulary_keeps_marks_and_what_latin_text_needs() -> None:
    given = [
        "[PAD]",
        "[unused7]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "[MASK]",
        "[",
        "the",
        "##ción",
        "é",
        "€",
        "5",
        "и",
        "##人",
    ]
    assert [given[place] for place in kept_pieces(given)] == [
        *("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[", "the", "##ción", "é", "€", "5")
    ]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (((0, 2, "PERSON"),), ["B-PERSON", "I-PERSON", "O", "O"]),
        (((0, 1, "ORG"), (1, 2, "?")), ["B-ORG", None, "O", "O"]),
        (None, [None] * 4),
    ],
)
def test_names_that_are_not_trusted_are_not_learned(
    names: tuple[NameSpan, ...] | None, expected: list[str | None]
) -> None:
    ids = name_ids(replace(RUIZ, names=names), LABELS.names)
    assert [None if number == IGNORED else LABELS.names[number] for number in ids] == expected


def test_quotation_marks_open_and_close_in_turn() -> None:
    assert curly(['"', "It", "'s", "late", '"', ",", '"', "no", '"']) == [
        "“",
        "It",
        "’s",
        "late",
        "”",
        ",",
        "“",
        "no",
        "”",
    ]


def test_a_group_is_one_run_with_heads_within_it(pieces: WordPieces) -> None:
    found = example([RUIZ, OKAFOR], [wording(RUIZ), wording(OKAFOR)], LABELS, pieces, 128)
    assert found.pieces == pieces.encode(
        [*wording(RUIZ).forms, *wording(OKAFOR).forms], [True, True, False, True, True, True, True, True]
    )
    assert found.sentences == [0, 0, 0, 0, 1, 1, 1, 1]
    assert found.heads == [3, 1, 0, 3, 6, 0, 6, 7]
    assert found.starts == [1, 0, 0, 0, 1, 0, 0, 0]
    assert [LABELS.parts_of_speech[tag] for tag in found.parts_of_speech[:3]] == ["PROPN", "PROPN", "VERB"]
    assert [LABELS.relations[relation] for relation in found.relations[4:]] == ["nsubj", "root", "obj", "flat"]
    assert [LABELS.names[name] for name in found.names] == [
        *("B-PERSON", "I-PERSON", "O", "O", "O", "O", "B-PERSON", "I-PERSON")
    ]


@pytest.mark.parametrize("most_pieces", range(4, 12))
def test_a_long_run_is_cut_behind_a_word_and_forgets_heads_beyond(pieces: WordPieces, most_pieces: int) -> None:
    whole = example([RUIZ], [wording(RUIZ)], LABELS, pieces, 128)
    found = example([RUIZ], [wording(RUIZ)], LABELS, pieces, most_pieces)
    words = len(found.pieces.firsts) - 1
    assert len(found.pieces.ids) <= most_pieces
    assert found.pieces.ids[-1] == whole.pieces.ids[-1]
    assert found.pieces.ids[:-1] == whole.pieces.ids[: len(found.pieces.ids) - 1]
    assert {len(values) for values in found[1:]} == {words}
    assert found.heads == [head if head <= words else IGNORED for head in whole.heads[:words]]


def test_a_name_gives_way_only_to_one_of_its_label_and_tree() -> None:
    pool = names_by_shape([RUIZ, BERG, OKAFOR])
    swapping = msgspec.structs.replace(PLAIN, swapped_names=1.0)
    drawn = {tuple(vary(RUIZ, swapping, pool, random.Random(seed)).forms[:2]) for seed in range(20)}
    assert drawn == {("Ana", "Ruiz"), ("Lena", "Okafor")}


@pytest.mark.parametrize(
    ("setting", "forms", "spaced"),
    [
        ("upper_case", ["ANA", "RUIZ", "WAITED", "."], [True, True, False, True]),
        ("headline_case", ["Ana", "Ruiz", "Waited", "."], [True, True, False, True]),
        ("spaced_out", ["Ana", "Ruiz", "waited", "."], [True] * 4),
    ],
)
def test_each_variation_changes_what_it_says(setting: str, forms: list[str], spaced: list[bool]) -> None:
    settings = msgspec.structs.replace(PLAIN, **{setting: 1.0})
    assert vary(RUIZ, settings, {}, random.Random(0)) == Wording(forms, spaced)


def test_an_epoch_has_every_sentence_once_in_groups_of_one_document(pieces: WordPieces) -> None:
    given = [replace(one, document=str(number // 5)) for number, one in enumerate([RUIZ, BERG, OKAFOR] * 4)]
    found = examples(given, LABELS, pieces, PLAIN, random.Random(1))
    assert [word for one in found for word in one.parts_of_speech] == [
        LABELS.parts_of_speech.index(word.upos) for one in given for word in one.words
    ]
    sizes = [one.sentences[-1] + 1 for one in found]
    assert set(sizes) <= {1, 2, 3}
    assert max(sizes) == 3
    ends = {sum(sizes[: number + 1]) for number in range(len(sizes))}
    assert {5, 10, 12} <= ends
    assert found == examples(given, LABELS, pieces, PLAIN, random.Random(1))


def test_batches_hold_every_example_once_within_their_size(pieces: WordPieces) -> None:
    found = examples([RUIZ, BERG, OKAFOR] * 7, LABELS, pieces, PLAIN, random.Random(1))
    made = batches(found, 40, random.Random(2))

    def key(one: Example) -> tuple[int, ...]:
        return tuple(one.pieces.ids)

    assert sorted(key(one) for batch in made for one in batch) == sorted(map(key, found))
    for batch in made:
        assert len(batch) == 1 or len(batch) * max(len(one.pieces.ids) for one in batch) <= 40


def test_labels_are_those_of_the_treebanks() -> None:
    assert Labels(("PRON", "PROPN", "PUNCT", "VERB"), ("flat", "nsubj", "obj", "punct", "root")) == LABELS
