"""Train the networks that find stories, from pages with gold bodies, and write the package's weights.

    python tools/train_stories.py --shared ../shared               # trains on all pages, writes weights.npz
    python tools/validate_stories.py --shared ../shared            # cross-validated figures

Two kinds of network: of blocks (body, standfirst or something else; one for captures without markup, one for those
with it) and of boundaries (does a new story begin in this gap?). Besides the pages as they are, the first learn from
cut-outs, list pages, live blogs and fused pages made of them; the second from single and fused pages whose blocks were
judged by networks that had not seen them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier
from sklearn.preprocessing import StandardScaler

from onrecord.captures import capture_from_html, capture_from_text
from onrecord.model import Capture
from onrecord.stories.boundaries import gap_features
from onrecord.stories.classifier import BODY, OTHER, STANDFIRST, classify
from onrecord.stories.features import Page, look_at, rows_around, without_markup
from onrecord.stories.network import Network, Networks
from onrecord.stories.segment import body_blocks

WEIGHTS = Path(__file__).parents[1] / "src/onrecord/stories/weights.npz"
FLAVOURS = ("text", "text_b", "html")
FOLDS = 5
OWN_WEIGHT = 8
"""How many times more than a page the captures of our own wording count: they are short, and follow the scheme."""
LISTS = 30
FUSED = 160
"""Fused captures a fold that boundaries are learned from."""
_WORD = re.compile(r"\w+")
_SHINGLE = 4


@dataclass(frozen=True)
class Line:
    """One line of a text with its gold: what it is, and which of the fused pages it comes from."""

    text: str
    kind: int
    part: int = 0


@dataclass(frozen=True)
class Example:
    """A capture whose blocks are known: `kinds` and `parts`, an item a block."""

    id: str
    groups: frozenset[str]
    capture: Capture
    page: Page
    kinds: NDArray[np.int64]
    parts: NDArray[np.int64]


# Gold: which blocks of a page are its body


def align(texts: Sequence[str], gold: str) -> list[int | None]:
    """Return for each of `texts` the place in `gold` (in words) at which it stands, None where it does not.

    Blocks of four words and more are matched by their four-word shingles, in an order that holds most words; shorter
    ones where they stand between their matched neighbours.
    """
    gold_words = _WORD.findall(gold)
    words = [_WORD.findall(text) for text in texts]
    at: dict[tuple[str, ...], list[int]] = {}
    for i in range(len(gold_words) - _SHINGLE + 1):
        at.setdefault(tuple(gold_words[i : i + _SHINGLE]), []).append(i)
    places = _heaviest_chain(list(_candidates(words, gold_words, at)), len(texts))
    _fill_in_short(words, gold_words, places)
    return places


def _candidates(
    words: Sequence[Sequence[str]], gold: Sequence[str], at: dict[tuple[str, ...], list[int]]
) -> Iterator[tuple[int, int, int]]:
    """Yield (block, place in gold, words that agree) for every block that stands in gold."""
    for block, own in enumerate(words):
        shingles = [tuple(own[i : i + _SHINGLE]) for i in range(len(own) - _SHINGLE + 1)]
        found = [i for i, shingle in enumerate(shingles) if shingle in at]
        if not found or len(found) < 0.5 * len(shingles):
            continue
        first = found[0]
        for place in at[shingles[first]][:6]:
            agree = sum(a == b for a, b in zip(own[first:], gold[place : place + len(own)], strict=False))
            yield block, place, agree


def _heaviest_chain(candidates: Sequence[tuple[int, int, int]], blocks: int) -> list[int | None]:
    """Return each block's place in the chain of candidates, ascending in both, that holds most words."""
    best, previous = [0] * len(candidates), [-1] * len(candidates)
    for i, (block, place, weight) in enumerate(candidates):
        for j in range(i - 1, max(-1, i - 400), -1):
            if candidates[j][0] < block and candidates[j][1] < place and best[j] > best[i]:
                best[i], previous[i] = best[j], j
        best[i] += weight
    places: list[int | None] = [None] * blocks
    i = int(np.argmax(best)) if best else -1
    while i >= 0:
        places[candidates[i][0]] = candidates[i][1]
        i = previous[i]
    return places


def _fill_in_short(words: Sequence[Sequence[str]], gold: Sequence[str], places: list[int | None]) -> None:
    """Place the short blocks that stand in gold between the blocks placed around them."""
    ends, end = [], len(gold)
    for place in reversed(places):
        ends.append(end)
        end = place if place is not None else end
    ends.reverse()
    low = 0
    for i, own in enumerate(words):
        if places[i] is not None:
            low = places[i] + max(1, len(own) - 2)
        elif 0 < len(own) <= 12 and (low or len(own) > 2) and ends[i] - low < 400:
            start = max(0, low - 2)
            for at in range(start, max(start, ends[i] - len(own) + 1)):
                if list(gold[at : at + len(own)]) == list(own):
                    places[i], low = at, at + len(own)
                    break


def gold_kinds(texts: Sequence[str], gold: dict) -> list[int]:
    """Return what each block is; the gold's first `summary_paragraphs` are the standfirst."""
    summary = "\n\n".join(gold["articleBody"].split("\n\n")[: gold.get("summary_paragraphs") or 0])
    limit = len(_WORD.findall(summary)) - 2
    places = align(texts, gold["articleBody"])
    return [OTHER if place is None else STANDFIRST if place < limit else BODY for place in places]


# Examples: pages as they are, cut out, and fused


def site(page_id: str, gold: dict) -> str:
    """Return what must not be parted between training and test: the publisher, or the site's domain."""
    if gold["corpus"] == "fundus":
        return "_".join(page_id.split("_")[:3])
    labels = (urlsplit(gold["url"]).hostname or page_id).split(".")
    return ".".join(labels[-3:] if len(labels) > 2 and labels[-2] in {"co", "com", "org", "gov", "ac"} else labels[-2:])


def single_pages(reading: Path, gold: dict) -> Iterator[Example]:
    """Yield every page in every flavour."""
    for flavour in FLAVOURS:
        for page_id, entry in gold.items():
            if flavour == "html":
                html = gzip.decompress((reading / f"html/{page_id}.html.gz").read_bytes()).decode("utf-8", "replace")
                capture = capture_from_html(html, f"html/{page_id}")
            else:
                text = (reading / flavour / f"{page_id}.txt").read_text(encoding="utf-8")
                capture = capture_from_text(text, f"{flavour}/{page_id}")
            page = look_at(capture)
            kinds = np.array(gold_kinds(page.texts, entry))
            yield Example(page_id, frozenset([site(page_id, entry)]), capture, page, kinds, np.zeros_like(kinds))


def own_captures(path: Path) -> Iterator[Example]:
    """Yield the annotated captures of our own wording, whose sites are their ids."""
    for line in path.read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        capture = capture_from_text(entry["text"], f"own/{entry['id']}")
        kinds, parts = [], []
        for block in capture.blocks:
            middle = (block.span.start + block.span.end) // 2
            stories = entry["stories"]
            kinds.append(BODY if any(a <= middle < b for story in stories for a, b in story["body"]) else OTHER)
            parts.append(sum(story["start"] <= block.span.start for story in stories[1:]))
        yield Example(
            entry["id"], frozenset([entry["id"]]), capture, look_at(capture), np.array(kinds), np.array(parts)
        )


def lines_of(example: Example) -> list[Line]:
    """Return an example's text as lines, the blank ones too."""
    text, lines, at = example.capture.text, [], 0
    for block, kind in zip(example.capture.blocks, example.kinds.tolist(), strict=True):
        lines += [Line("", OTHER)] * max(0, text.count("\n", at, block.span.start) - (at > 0))
        lines.append(Line(block.span.of(text).replace("\n", " "), kind))
        at = block.span.end
    return lines


def from_lines(lines: Sequence[Line], name: str, groups: Iterable[str]) -> Example:
    """Return the example that is captured from `lines`."""
    starts, at = [], 0
    for line in lines:
        starts.append(at)
        at += len(line.text) + 1
    capture = capture_from_text("\n".join(line.text for line in lines), name)
    origin = np.searchsorted(starts, [block.span.start for block in capture.blocks], side="right") - 1
    kinds = np.array([lines[i].kind for i in origin])
    parts = np.array([lines[i].part for i in origin])
    return Example(name, frozenset(groups), capture, look_at(capture), kinds, parts)


def cut_out(example: Example, rng: random.Random) -> Example | None:
    """Return a piece of a page as people copy it: from about its headline on, for some paragraphs or to its end."""
    lines = lines_of(example)
    body = [i for i, line in enumerate(lines) if line.kind == BODY]
    if len(body) < 3:
        return None
    start = max(0, body[0] - rng.choice([0, 0, 0, 2, 5, 10, 20]))
    end = body[rng.randrange(2, len(body))] + 1 if rng.random() < 0.6 else body[-1] + 1 + rng.choice([0, 3, 10, 30])
    kept = [line for line in lines[start:end] if rng.random() < 0.5 or line.kind != OTHER or line.text == ""]
    kept = kept if rng.random() < 0.5 else lines[start:end]
    if rng.random() < 0.4:
        kept = [each for line in kept if line.text for each in (line, Line("", OTHER))]
    return from_lines(kept, example.id, example.groups)


def fuse(examples: Sequence[Example], rng: random.Random, *, brief: bool = False) -> Example:
    """Return one capture of several pages: each whole, without its furniture, or with nothing but its body.

    With `brief` each is cut to its first paragraphs, as in a column of news in brief.
    """
    lines: list[Line] = []
    for part, example in enumerate(examples):
        own = lines_of(example)
        body = [i for i, line in enumerate(own) if line.kind != OTHER]
        style = rng.random()
        if brief:
            end = body[min(len(body), rng.choice([1, 2, 3, 4])) - 1] + 1
            own = own[max(0, body[0] - rng.choice([1, 2, 3])) : end]
        elif (style > 0.4 and part) or style > 0.8:
            start = body[0] - (rng.choice([0, 0, 2, 4, 8]) if style < 0.9 else 0)
            own = own[max(0, start) : body[-1] + 1 + rng.choice([0, 0, 0, 3, 12])]
        if style > 0.7 and not brief:
            own = [line for line in own if line.kind == BODY or line.text == ""]
        gap = [Line("", OTHER, part)] * rng.choice([0, 1, 1, 2])
        lines += [*gap, *(Line(line.text, line.kind, part) for line in own)]
    return from_lines(lines, "+".join(e.id for e in examples), frozenset().union(*(e.groups for e in examples)))


def list_page(examples: Sequence[Example], rng: random.Random) -> Example:
    """Return a section page made of several pages' openings: none of it is a story."""
    lines: list[Line] = []
    tail, words, stamped = rng.choice([" ...", "…", "", ""]), rng.choice([15, 25, 40]), rng.random() < 0.5
    for example in examples:
        body = [i for i, kind in enumerate(example.kinds) if kind != OTHER]
        titles = [t for t in example.page.texts[: body[0]] if 30 < len(t) < 120]
        opening = example.page.texts[body[0]].split()
        teaser = " ".join(opening[:words]) + (tail if len(opening) > words else "")
        stamp = f"{rng.randrange(1, 29)}.{rng.randrange(1, 13)}.20{rng.randrange(10, 27)}"
        item = [*titles[-1:], *([stamp] if stamped else []), teaser, *rng.choice([["Read more"], []])]
        lines += [Line(text, OTHER) for text in (*item, "")]
    return from_lines(lines, "list", frozenset().union(*(e.groups for e in examples)))


def live_blog(example: Example, rng: random.Random) -> Example:
    """Return a page whose paragraphs stand under bare times of day, newest first: still one story."""
    clock, minute = rng.choice(["{}:{:02} p.m.", "{}:{:02}", "{}.{:02}", "{}:{:02} Uhr", "{}h{:02}"]), 12 * 60
    lines: list[Line] = []
    for line in lines_of(example):
        if line.kind == BODY and rng.random() < 0.4:
            minute -= rng.randrange(1, 30)
            lines.append(Line(clock.format(minute // 60 % 12 + 1, minute % 60), BODY))
        lines.append(line)
    return from_lines(lines, example.id, example.groups)


def fused_pages(examples: Sequence[Example], gold: dict, count: int, rng: random.Random) -> Iterator[Example]:
    """Yield `count` captures of two to four pages, most of them of one language."""
    plain = [e for e in examples if e.capture.source.startswith("text") and (e.kinds == BODY).sum() > 1]
    for _ in range(count):
        first = rng.choice(plain)
        alike = [e for e in plain if gold[e.id]["lang"] == gold[first.id]["lang"] and e.id != first.id]
        others = alike if len(alike) > 3 and rng.random() < 0.9 else [e for e in plain if e.id != first.id]
        brief = rng.random() < 0.15
        yield fuse([first, *rng.sample(others, rng.choice([2, 3] if brief else [1, 1, 1, 2, 3]))], rng, brief=brief)


# Training


class Blocks(NamedTuple):
    """The networks of blocks."""

    plain: Network
    markup: Network


def fit(
    rows: NDArray[np.float32], labels: NDArray[np.int64], *, units: int, seeds: int, decay: float, rounds: int
) -> Network:
    """Return networks trained on `rows`, one for each seed."""
    scaler = StandardScaler().fit(rows)
    scaled = np.clip(scaler.transform(rows), -5, 5).astype(np.float32)
    nets = []
    for seed in range(seeds):
        net = MLPClassifier((units,), alpha=decay, max_iter=rounds, batch_size=256, random_state=seed)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # stopping early is the point
            nets.append(net.fit(scaled, labels))
    outs = [
        net.coefs_[1] if net.coefs_[1].shape[1] > 1 else np.hstack([-net.coefs_[1] / 2, net.coefs_[1] / 2])
        for net in nets
    ]
    biases = [
        net.intercepts_[1] if len(net.intercepts_[1]) > 1 else np.array([-1, 1]) * net.intercepts_[1][0] / 2
        for net in nets
    ]
    stacked = (
        scaler.mean_,
        scaler.scale_,
        np.stack([net.coefs_[0] for net in nets]),
        np.stack([net.intercepts_[0] for net in nets]),
        np.stack(outs),
        np.stack(biases),
    )
    return Network(*(np.asarray(each, np.float32) for each in stacked))


def fit_blocks(examples: Sequence[Example], seeds: int) -> Blocks:
    """Return the networks of blocks; the plain one learns from pages with markup too, and is not shown it."""
    plain = [without_markup(e.page) for e in examples]
    marked = [e for e in examples if e.page.marked]
    kinds = np.concatenate([e.kinds for e in examples])
    return Blocks(
        fit(_rows(plain), kinds, units=32, seeds=seeds, decay=1.0, rounds=12),
        fit(
            _rows([e.page for e in marked]),
            np.concatenate([e.kinds for e in marked]),
            units=32,
            seeds=seeds,
            decay=3.0,
            rounds=20,
        ),
    )


def _rows(pages: Sequence[Page]) -> NDArray[np.float32]:
    return np.concatenate([rows_around(page, 0, len(page.texts)) for page in pages])


def gaps(example: Example, net: Blocks) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """Return the rows of an example's gaps between body blocks, and whether a new story begins in each."""
    kinds = classify(example.page, *net)
    body = body_blocks(kinds, example.page)
    labels = np.array([example.parts[a] != example.parts[b] for a, b in pairwise(body)], np.int64)
    return gap_features(example.page, kinds, body), labels


def fit_boundaries(examples: Iterable[tuple[Example, Blocks]], seeds: int) -> Network:
    """Return the network of boundaries, from examples each with a network of blocks that has not seen it."""
    rows, labels = (np.concatenate(each) for each in zip(*(gaps(*pair) for pair in examples), strict=True))
    return fit(rows, labels, units=16, seeds=seeds, decay=1.0, rounds=30)


@dataclass(frozen=True)
class Corpus:
    """All examples, and the fold of each site."""

    gold: dict
    singles: list[Example]
    fold_of: dict[str, int]

    def fold(self, example: Example) -> int:
        """Return the fold in which `example` is held out."""
        return self.fold_of[min(example.groups)]


def load(shared: Path) -> Corpus:
    """Return the corpus of `shared`/reading; sites are dealt to folds at random, always alike."""
    reading = shared / "reading"
    gold = json.loads((reading / "gold.json").read_text(encoding="utf-8"))
    singles = [*single_pages(reading, gold), *own_captures(shared / "claims/own.jsonl")]
    sites = sorted({group for example in singles for group in example.groups})
    random.Random(0).shuffle(sites)
    return Corpus(gold, singles, {name: i % FOLDS for i, name in enumerate(sites)})


def extended(corpus: Corpus, singles: Sequence[Example], seed: int) -> list[Example]:
    """Return `singles` with cut-outs and fused pages made from them."""
    rng = random.Random(seed)
    plain = [e for e in singles if e.capture.source.startswith("text") and (e.kinds != OTHER).any()]
    own = [e for e in singles if e.capture.source.startswith("own/")]
    cuts = [cut for e in plain if (cut := cut_out(e, rng)) is not None]
    lists = [list_page(rng.sample(plain, rng.randrange(5, 15)), rng) for _ in range(LISTS)]
    fused = fused_pages(singles, corpus.gold, len(plain) // 4, rng)
    return [*singles, *own * OWN_WEIGHT, *cuts, *lists, *live_blogs(singles, rng), *fused]


def live_blogs(singles: Sequence[Example], rng: random.Random) -> list[Example]:
    """Return every eighth plain page as a live blog."""
    plain = [e for e in singles if e.capture.source.startswith("text") and (e.kinds == BODY).sum() > 5]
    return [live_blog(e, rng) for e in plain[::8]]


def train(corpus: Corpus, held_out: int | None, seeds: int, log: Callable[[str], None]) -> Networks:
    """Return the networks, trained on everything but the fold `held_out`."""
    seen = [e for e in corpus.singles if corpus.fold(e) != held_out]
    blocks = fit_blocks(extended(corpus, seen, 1), seeds)
    log("blocks trained")
    judged = []
    for fold in sorted({corpus.fold(e) for e in seen}):
        unseen = [e for e in seen if corpus.fold(e) == fold]
        net = fit_blocks([e for e in seen if corpus.fold(e) != fold], 1)
        rng = random.Random(fold)
        own = [e for e in unseen if e.capture.source.startswith("own/")]
        fused = fused_pages(unseen, corpus.gold, FUSED, rng)
        judged += [(e, net) for e in [*unseen, *own * OWN_WEIGHT, *live_blogs(unseen, rng), *fused]]
    boundaries = fit_boundaries(judged, seeds)
    log("boundaries trained")
    return Networks(blocks.plain, blocks.markup, boundaries)


def write(path: Path, networks: Networks) -> None:
    """Write the networks' weights, the large ones in half precision."""
    arrays = {}
    for name in Networks._fields:
        net = getattr(networks, name)
        for field in Network.__slots__:
            arrays[f"{name}.{field}"] = getattr(net, field).astype(np.float16 if field == "hidden" else np.float32)
    np.savez_compressed(path, **arrays)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder that holds reading/")
    parser.add_argument("--seeds", type=int, default=4, help="networks whose answers are averaged")
    args = parser.parse_args()
    corpus = load(args.shared)
    write(WEIGHTS, train(corpus, None, args.seeds, lambda line: print(line, file=sys.stderr)))


if __name__ == "__main__":
    main()
