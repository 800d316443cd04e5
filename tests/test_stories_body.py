"""The parts that find stories: features of blocks and gaps, the networks, what is put right after them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from onrecord.captures import capture_from_html, capture_from_text
from onrecord.stories import find_stories
from onrecord.stories.boundaries import _BUCKETS, GAP_FEATURES, _likeness, _turnover, gap_features
from onrecord.stories.classifier import BODY, classify
from onrecord.stories.features import WINDOW, Page, look_at, rows_around, without_markup
from onrecord.stories.lexicon import MEMBERS, NAMES, WORDS
from onrecord.stories.markup_features import _tree
from onrecord.stories.network import Network, stored_networks
from onrecord.stories.segment import body_blocks, tidy, with_siblings

SHARED = Path(__file__).parents[2] / "shared"
PARAGRAPHS = [
    "The bakers of Tarnow have agreed to pay their apprentices 900 euros a month from January, 120 more than today.",
    "Their guild said on Monday that half of its 64 ovens would otherwise stay cold, because nobody learns the trade.",
    "“We start at two in the morning,” said master baker Irena Wolska. “That has to be worth something to somebody.”",
    "The town wants to build a hostel for the apprentices by 2027, with 40 beds and a canteen of their own making.",
]


def page_of(*lines: str) -> Page:
    return look_at(capture_from_text("\n".join(lines), "page"))


def test_blocks_with_the_same_words_look_the_same() -> None:
    page = page_of("Home", *PARAGRAPHS, "Home")
    assert page.firsts.tolist() == [0, 1, 2, 3, 4, 0]
    assert_array_equal(page.local[0], page.local[-1])


def test_a_script_without_spaces_is_measured_by_its_characters() -> None:
    japanese = "町のパン職人組合は、来年一月から見習いの給料を月額九百ユーロに引き上げると月曜日に発表した。"
    assert page_of(japanese).local[0, 0] > page_of("The guild of bakers said so on Monday.").local[0, 0]


def test_each_block_is_seen_with_its_neighbours() -> None:
    page = page_of(*PARAGRAPHS)
    rows, width = rows_around(page, 0, 4), page.local.shape[1] + 1
    assert rows.shape == (4, (2 * WINDOW + 1) * width + page.place.shape[1])
    assert_array_equal(rows[1, WINDOW * width : WINDOW * width + width - 1], page.local[1])
    assert_array_equal(rows[1, (WINDOW - 1) * width : WINDOW * width - 1], page.local[0])
    assert not rows[0, : WINDOW * width].any()
    assert_array_equal(np.concatenate([rows_around(page, 0, 3), rows_around(page, 3, 4)]), rows)


def test_the_element_that_holds_most_prose_is_known_for_each_block() -> None:
    article = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    html = f"<div><h1>Bakers</h1>{article}</div><div><section><p>{PARAGRAPHS[0]}</p></section></div>"
    capture = capture_from_html(html, "page")
    prose = np.array([0, *map(len, PARAGRAPHS), len(PARAGRAPHS[0])], np.float32)
    tree = _tree(capture.blocks, prose)
    assert tree[:, 9].tolist() == tree[:, 10].tolist() == [1, 1, 1, 1, 1, 0]
    assert_allclose(tree[0, 0], prose[:-1].sum() / prose.sum())
    assert_allclose(tree[-1, 0], prose[-1] / prose.sum())


def test_paragraphs_in_doubt_beside_most_of_the_body_are_body() -> None:
    html = f"<div>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS)}<h2>Ovens</h2></div><aside><p>{PARAGRAPHS[0]}</p></aside>"
    doubted = np.array([[0.1, 0.9, 0], [0.6, 0.4, 0], [0.9, 0.1, 0], [0.1, 0.9, 0], [0.6, 0.4, 0], [0.6, 0.4, 0]])
    body = [0, 3]
    assert with_siblings(capture_from_html(html, "page"), doubted, body) == [0, 1, 3]
    assert (
        with_siblings(capture_from_text("\n".join([*PARAGRAPHS, "Ovens", PARAGRAPHS[0]]), "page"), doubted, body)
        == body
    )


def test_markup_adds_features_that_can_be_taken_away_again() -> None:
    page = look_at(capture_from_html("".join(f"<p>{p}</p>" for p in PARAGRAPHS), "page"))
    assert page.marked
    assert_array_equal(without_markup(page).local, page_of(*PARAGRAPHS).local)


def test_every_word_of_the_lexicon_is_a_lower_case_word_of_a_class() -> None:
    assert all(word == word.lower() and word.split() == [word] for word in WORDS)
    assert set(MEMBERS) == WORDS
    assert {i for classes in MEMBERS.values() for i in classes} == set(range(len(NAMES)))


def test_networks_average_their_members() -> None:
    def member(bias: float) -> tuple[Any, ...]:
        ones = np.ones(2, np.float32)
        return np.zeros(2), ones, np.eye(2)[None], np.zeros((1, 2)), np.zeros((1, 2, 2)), np.array([[0.0, bias]])

    rows = np.array([[1.0, -1.0], [0.0, 3.0]], np.float32)
    one, other = Network(*member(0.0)), Network(*member(np.log(3.0)))
    both = Network(
        *member(0.0)[:2], *(np.concatenate(pair) for pair in zip(member(0.0)[2:], member(np.log(3.0))[2:], strict=True))
    )
    assert_allclose(one.probabilities(rows), [[0.5, 0.5]] * 2, rtol=1e-6)
    assert_allclose(other.probabilities(rows), [[0.25, 0.75]] * 2, rtol=1e-6)
    assert_allclose(both.probabilities(rows), [[0.375, 0.625]] * 2, rtol=1e-6)


def test_the_stored_networks_give_probabilities() -> None:
    networks, page = stored_networks(), page_of("Home", *PARAGRAPHS)
    kinds = classify(page, networks.plain, networks.markup)
    assert kinds.shape == (5, 3)
    assert_allclose(kinds.sum(axis=1), 1, rtol=1e-5)
    gaps = gap_features(page, kinds, [1, 2, 3, 4])
    assert gaps.shape == (3, GAP_FEATURES)
    assert gap_features(page, kinds, [1]).shape == (0, GAP_FEATURES)


WORD_SETS = st.lists(
    st.sets(st.integers(0, 12), max_size=6).map(lambda s: np.array(sorted(s), np.int64)), min_size=2, max_size=12
).filter(lambda sets: any(len(each) for each in sets))


@given(WORD_SETS)
def test_turnover_is_the_share_of_recurring_words_that_are_new_or_gone(ids: list[np.ndarray]) -> None:
    opened, closed = _turnover(ids)
    holders = {w: [k for k, each in enumerate(ids) if w in each] for each in ids for w in each.tolist()}
    recurring = {w: at for w, at in holders.items() if len(at) > 1}
    for k in range(len(ids) - 1):
        after = [w for each in ids[k + 1 : k + 4] for w in each.tolist() if w in recurring]
        before = [w for each in ids[max(0, k - 2) : k + 1] for w in each.tolist() if w in recurring]
        assert opened[k] == pytest.approx(sum(recurring[w][0] > k for w in after) / max(3, len(after)))
        assert closed[k] == pytest.approx(sum(recurring[w][-1] <= k for w in before) / max(3, len(before)))


@given(WORD_SETS)
def test_likeness_lies_between_nothing_in_common_and_the_same_words(ids: list[np.ndarray]) -> None:
    for each in _likeness(ids):
        assert (each >= -1e-4).all()
        assert (each <= 1 + 1e-4).all()


def test_likeness_falls_where_the_words_change() -> None:
    ids = [np.array([0, 1, 2, k]) for k in range(3, 9)] + [np.array([20, 21, 22, k]) for k in range(23, 29)]
    near, far = _likeness(ids)
    assert near.argmin() == far.argmin() == 5
    assert _BUCKETS > 29


@pytest.mark.parametrize(
    ("lines", "body", "expected"),
    [
        (["A wall for the old town", "By Jana Weiss", *PARAGRAPHS], [0, 2, 3, 4, 5], [2, 3, 4, 5]),
        (["Bakers pay more", f"TARNOW (AP) — {PARAGRAPHS[0]}", *PARAGRAPHS[1:]], [0, 1, 2, 3, 4], [1, 2, 3, 4]),
        ([PARAGRAPHS[0], "Advertisement", *PARAGRAPHS[1:]], [0, 2, 3, 4], [0, 2, 3, 4]),
        (["T", *PARAGRAPHS], [1, 2, 3, 4], [1, 2, 3, 4]),
        (["T", PARAGRAPHS[0][1:], *PARAGRAPHS[1:]], [1, 2, 3, 4], [0, 1, 2, 3, 4]),
        ([*PARAGRAPHS, "(Reporting by Jana Weiss; Editing by Tom Field)", "More"], [0, 1, 2, 3], [0, 1, 2, 3, 4]),
        ([*PARAGRAPHS, "___", "Jana Weiss in Tarnow contributed to this report."], [0, 1, 2, 3], [0, 1, 2, 3, 5]),
        ([*PARAGRAPHS, "(Bericht von Jana Weiß, redigiert von Tom Feld)"], [0, 1, 2, 3], [0, 1, 2, 3, 4]),
        ([*PARAGRAPHS, "Read also"], [0, 1, 2, 3], [0, 1, 2, 3]),
    ],
    ids=["byline", "dateline", "advert", "capital", "drop capital", "reporters", "contributor", "German", "none"],
)  # fmt: skip
def test_bodies_are_put_right_at_their_ends(lines: list[str], body: list[int], expected: list[int]) -> None:
    assert tidy(page_of(*lines), [body]) == [expected]


def test_what_is_too_short_to_tell_anything_is_no_story() -> None:
    assert tidy(page_of("Rain is expected.", *PARAGRAPHS), [[0], [1, 2, 3, 4]]) == [[1, 2, 3, 4]]


def test_single_paragraphs_one_after_the_other_are_a_list_page() -> None:
    lines = [f"{p} And that is all that this page tells of it." for p in PARAGRAPHS]
    assert tidy(page_of(*lines), [[0], [1], [2], [3]]) == []
    assert tidy(page_of(*lines), [[0], [1], [2, 3]]) == [[0], [1], [2, 3]]


def test_a_bare_number_is_never_body() -> None:
    page = page_of(PARAGRAPHS[0], "191119052", PARAGRAPHS[1])
    kinds = np.zeros((3, 3), np.float32)
    kinds[:, BODY] = 1
    assert body_blocks(kinds, page) == [0, 2]


def gold(name: str) -> Iterator[dict[str, Any]]:
    path = SHARED / "claims" / name
    if not path.exists():
        pytest.skip("the annotated captures are not here")
    return map(json.loads, path.read_text(encoding="utf-8").splitlines())


@pytest.mark.parametrize("name", ["dev.jsonl", "own.jsonl"])
def test_annotated_captures_give_their_bodies(name: str) -> None:
    hit = told = found = 0
    for entry in gold(name):
        inside, mine = np.zeros((2, len(entry["text"])), bool)
        for story in entry["stories"]:
            for a, b in story["body"]:
                inside[a:b] = True
        for read in find_stories(capture_from_text(entry["text"], entry["id"])):
            for a, b in read.body:
                mine[a:b] = True
        hit, told, found = hit + (inside & mine).sum(), told + inside.sum(), found + mine.sum()
    assert hit / found > 0.97
    assert hit / told > 0.97
