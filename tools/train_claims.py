"""Train the models of `onrecord.claims` on annotated stories and write their weights.

    python tools/train_claims.py GOLD.jsonl... [--out src/onrecord/claims/weights.json]
    python tools/train_claims.py GOLD.jsonl... --folds 5 --out predicted.jsonl

With `--folds` no weights are written but what models that never saw a capture read in it, one JSON line a capture, to
be scored against the gold. Each gold line is a capture with its stories and claims (`docs/scheme.md`). Needs scipy.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from onrecord.claims.actors import actor_options
from onrecord.claims.build import Before
from onrecord.claims.candidates import KINDS, Candidate, find_candidates
from onrecord.claims.context import Context, context_of
from onrecord.claims.deadlines import when_options
from onrecord.claims.decision import Model, Option, labelled
from onrecord.claims.measures import measure_options, text_of
from onrecord.claims.reading import facts_after, read_claims
from onrecord.claims.sayers import sayer_options
from onrecord.claims.undertakings import find_undertakings
from onrecord.language import analyse
from onrecord.model import Story
from onrecord.statements import find_statements

STRENGTH = {"when": 1.0, "kind": 4.0, "undertaking": 10.0, "actor": 10.0, "measure": 6.0, "sayer": 1.0}
"""Ridge penalty of each model; chosen by cross-validation."""
TRUSTED = ("mood:", "over:", "how:")
"""Facts of the construction itself, as labels carry them; their weights are penalised a fifth as much."""
RAREST = 4
"""A fact seen in fewer options is dropped: it would only be learned by heart."""
Gold = dict[str, Any]


@dataclass(frozen=True)
class Example:
    """A choice as it stands in the gold: the facts of each option, and which options are right."""

    options: list[frozenset[str]]
    right: list[int]


@dataclass(frozen=True)
class Page:
    """A gold story with its context."""

    id: str
    gold: Gold
    context: Context


def read_pages(paths: Iterable[Path]) -> Iterator[Page]:
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            capture = json.loads(line)
            for gold in capture["stories"]:
                fields = {k: gold[k] for k in ("start", "end", "headline", "dateline", "published")}
                story = Story(**fields, language="en", body=tuple(tuple(run) for run in gold["body"]))
                analysis = analyse(story, capture["text"])
                yield Page(capture["id"], gold, context_of(analysis, find_statements(analysis)))


def fit(examples: Sequence[Example], strength: float) -> Model:
    """Return the weights of a conditional logistic model with a ridge penalty (L-BFGS, from zero)."""
    seen = Counter(fact for example in examples for option in example.options for fact in option)
    index = {fact: i for i, fact in enumerate(sorted(fact for fact, n in seen.items() if n >= RAREST))}
    usable = [e for e in examples if e.right and len(e.options) > 1]
    rows = [[index[f] for f in sorted(option) if f in index] for e in usable for option in e.options]
    matrix = sparse.csr_matrix(
        (
            np.ones(sum(map(len, rows))),
            np.concatenate([np.array(r, dtype=int) for r in rows]),
            np.cumsum([0, *map(len, rows)]),
        ),
        shape=(len(rows), len(index)),
    )
    starts = np.cumsum([0, *(len(e.options) for e in usable)])
    right = np.zeros(len(rows), dtype=bool)
    for start, example in zip(starts, usable, strict=False):
        right[[start + i for i in example.right]] = True
    group = np.repeat(np.arange(len(usable)), np.diff(starts))

    penalty = strength * np.array(
        [0.2 if fact.split("|")[1:2] and fact.split("|")[1].startswith(TRUSTED) else 1.0 for fact in index]
    )

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ weights
        scores -= np.maximum.reduceat(scores, starts[:-1])[group]
        parts = np.exp(scores)
        total, kept = np.add.reduceat(parts, starts[:-1]), np.add.reduceat(parts * right, starts[:-1])
        slope = parts / total[group] - parts * right / np.maximum(kept, 1e-300)[group]
        value = float(np.log(total).sum() - np.log(np.maximum(kept, 1e-300)).sum() + weights @ (penalty * weights) / 2)
        return value, matrix.T @ slope + penalty * weights

    found = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 150})
    return {fact: round(float(found.x[i]), 3) for fact, i in index.items() if abs(found.x[i]) >= 0.0005}


def matches(page: Page, candidates: Sequence[Candidate]) -> list[Gold | None]:
    """Return for each candidate the gold claim with its quantity in its evidence, each claim once."""
    found: list[Gold | None] = [None] * len(candidates)
    for claim in page.gold["claims"]:
        if claim["quantity"] is None:
            continue
        for i, candidate in enumerate(candidates):
            at = page.context.analysis.span(candidate.mention.start, candidate.mention.end).start
            inside = claim["evidence"]["start"] <= at < claim["evidence"]["end"]
            if inside and found[i] is None and same_quantity(claim["quantity"], candidate):
                found[i] = claim
                break
    return found


def undertakings(page: Page, candidates: Sequence[Candidate]) -> list[Gold | None]:
    """Return for each predicate the gold claim without a quantity whose measure its words fit best, each claim once."""
    found: list[Gold | None] = [None] * len(candidates)
    for claim in page.gold["claims"]:
        if claim["quantity"] is not None:
            continue
        fits = []
        for i, candidate in enumerate(candidates):
            verb = candidate.frame.root
            at = page.context.analysis.span(verb.i, verb.i + 1).start
            if found[i] is None and claim["evidence"]["start"] <= at < claim["evidence"]["end"]:
                options = measure_options(candidate.frame, claim["kind"], "none", ())
                closeness = max(same_words(text_of(verb.doc, option.value), claim["measure"]) for option in options)
                fits.append((closeness, -i))
        if fits:
            found[-max(fits)[1]] = claim
    return found


def same_quantity(gold: Gold, candidate: Candidate) -> bool:
    own = msgspec.to_builtins(candidate.mention.quantity)
    return all(gold.get(k) == own.get(k) for k in ("value", "low", "high", "vague")) and gold["unit"] == own["unit"]


def same_name(a: str | None, b: str | None) -> bool:
    left, right = ({w for w in re.findall(r"\w+", (t or "").casefold()) if w not in {"the", "a", "an"}} for t in (a, b))
    return left <= right or right <= left if left and right else left == right


def same_words(a: str | None, b: str | None) -> float:
    """Return the F1 of two phrases' words, 0 to 1."""
    left, right = (
        set(re.findall(r"[a-z0-9]+", (t or "").casefold())) - {"the", "of", "in", "to", "a", "and"} for t in (a, b)
    )
    return 2 * len(left & right) / (len(left) + len(right)) if left or right else 1.0


def example(options: Sequence[Option[Any]], right: Sequence[bool]) -> Example:
    return Example([option.facts for option in options], [i for i, ok in enumerate(right) if ok])


def when_example(page: Page, candidate: Candidate, claim: Gold) -> Example:
    sentence = candidate.frame.sentence
    options = when_options(candidate.frame, page.context.times.get(sentence, ()), page.context.quantities[sentence])
    gold = claim["when"]
    keys = ("relation", "start", "end")
    right = []
    for option in options:
        own = msgspec.to_builtins(option.value.when) if option.value is not None else None
        right.append(own == gold if own is None or gold is None else all(own[k] == gold[k] for k in keys))
    return example(options, right)


def slot_examples(page: Page, candidate: Candidate, claim: Gold, before: Before) -> tuple[dict[str, Example], Before]:
    """Return what a claim shows of each slot, and what it leaves to the next claim."""
    context, frame, statement, kind = page.context, candidate.frame, candidate.statement, claim["kind"]
    actors = actor_options(context, frame, kind, statement, before.actor_in(frame.sentence))
    sayers = sayer_options(context, frame, kind, statement)
    unit = claim["quantity"]["unit"] if claim["quantity"] else "none"
    measures = measure_options(frame, kind, unit, context.mentions(frame.sentence), before.measure)
    closeness = [same_words(text_of(frame.doc, option.value), claim["measure"]) for option in measures]
    best = max(closeness)
    made = {
        "actor": example(actors, [same_name(option.value[0], claim["actor"]) for option in actors]),
        "sayer": example(sayers, [same_name(option.value[0], claim["said_by"]) for option in sayers]),
        "measure": example(measures, [best >= 0.5 and c >= max(0.5, best - 0.1) for c in closeness]),
    }
    words = measures[closeness.index(best)].value if best >= 0.5 else ()
    return made, Before(kind, claim["actor"] or before.actor, words, frame.sentence)


def train(pages: Sequence[Page]) -> dict[str, Model]:
    """Return all models; the time of a candidate is chosen first, since its kind rests on it."""
    models: dict[str, Model] = {}
    examples: dict[str, list[Example]] = {name: [] for name in STRENGTH}
    for page in pages:
        found = list(find_candidates(page.context, {}))
        pairs = zip(found, matches(page, found), strict=True)
        examples["when"] += [when_example(page, candidate, claim) for candidate, claim in pairs if claim]
    models["when"] = fit(examples["when"], STRENGTH["when"])
    for page in pages:
        found = list(find_candidates(page.context, models["when"]))
        before = Before()
        for candidate, claim in zip(found, matches(page, found), strict=True):
            kind = claim["kind"] if claim else None
            options = labelled(KINDS, facts_after(candidate, before))
            examples["kind"].append(example(options, [option.value == kind for option in options]))
            if claim:
                made, before = slot_examples(page, candidate, claim, before)
                for name, shown in made.items():
                    examples[name].append(shown)
        examples["undertaking"] += undertaking_examples(page, models["when"], examples)
    return models | {name: fit(examples[name], STRENGTH[name]) for name in STRENGTH if name != "when"}


def undertaking_examples(page: Page, times_model: Model, slots: dict[str, list[Example]]) -> Iterator[Example]:
    """Yield the decisions on a story's predicates; what the claims among them show of the slots is added to `slots`."""
    found = list(find_undertakings(page.context, times_model))
    before = Before()
    for candidate, claim in zip(found, undertakings(page, found), strict=True):
        kind = claim["kind"] if claim else None
        options = labelled(candidate.kinds, candidate.facts)
        yield example(options, [option.value == kind for option in options])
        if claim:
            made, before = slot_examples(page, candidate, claim, before)
            for name, shown in made.items():
                slots[name].append(shown)


def cross_validate(pages: Sequence[Page], folds: int) -> Iterator[Gold]:
    """Yield each capture with the claims that models trained on the other folds read in it."""
    ids = sorted({page.id for page in pages})
    for fold in range(folds):
        held = set(ids[fold::folds])
        models = train([page for page in pages if page.id not in held])
        for name in sorted(held):
            stories = [
                page.gold | {"claims": msgspec.to_builtins(read_claims(page.context, models))}
                for page in pages
                if page.id == name
            ]
            yield {"id": name, "stories": stories}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=Path("src/onrecord/claims/weights.json"))
    parser.add_argument("--folds", type=int, default=0)
    args = parser.parse_args()
    pages = list(read_pages(args.gold))
    if args.folds:
        lines = [json.dumps(capture) for capture in cross_validate(pages, args.folds)]
        args.out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    else:
        args.out.write_text(json.dumps(train(pages), indent=0, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
