"""Annotated captures as stories with their context, and which candidate of ours each annotated claim is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from onrecord.claims.candidates import Candidate
from onrecord.claims.context import Context, context_of
from onrecord.claims.measures import measure_options, text_of
from onrecord.language import analyse
from onrecord.model import Story
from onrecord.statements import find_statements

Gold = dict[str, Any]
"""A story or a claim of a gold file, as `docs/scheme.md` defines it."""


@dataclass(frozen=True)
class Page:
    """A gold story with its context, and the id of its capture."""

    id: str
    gold: Gold
    context: Context


def read_pages(paths: Iterable[Path]) -> Iterator[Page]:
    """Yield the stories of gold files, analysed."""
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            capture = json.loads(line)
            for gold in capture["stories"]:
                fields = {k: gold[k] for k in ("start", "end", "headline", "dateline", "published")}
                story = Story(**fields, language="en", body=tuple(tuple(run) for run in gold["body"]))
                analysis = analyse(story, capture["text"])
                yield Page(capture["id"], gold, context_of(analysis, find_statements(analysis)))


def quantified(page: Page, candidates: Sequence[Candidate]) -> list[Gold | None]:
    """Return for each candidate the gold claim with its quantity in its evidence, each claim once."""
    found: list[Gold | None] = [None] * len(candidates)
    for claim in page.gold["claims"]:
        if claim["quantity"] is None:
            continue
        for i, candidate in enumerate(candidates):
            at = page.context.analysis.span(candidate.mention.start, candidate.mention.end).start
            inside = claim["evidence"]["start"] <= at < claim["evidence"]["end"]
            if inside and found[i] is None and _same_quantity(claim["quantity"], candidate):
                found[i] = claim
                break
    return found


def unquantified(page: Page, candidates: Sequence[Candidate]) -> list[Gold | None]:
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


def _same_quantity(gold: Gold, candidate: Candidate) -> bool:
    own = msgspec.to_builtins(candidate.mention.quantity)
    return all(gold.get(k) == own.get(k) for k in ("value", "low", "high", "vague")) and gold["unit"] == own["unit"]


def same_name(a: str | None, b: str | None) -> bool:
    """Return whether two names are one, or one is a part of the other (`Lee`, `Ann Lee`)."""
    left, right = ({w for w in re.findall(r"\w+", (t or "").casefold()) if w not in {"the", "a", "an"}} for t in (a, b))
    return left <= right or right <= left if left and right else left == right


def same_words(a: str | None, b: str | None) -> float:
    """Return the F1 of two phrases' words, 0 to 1."""
    left, right = (
        set(re.findall(r"[a-z0-9]+", (t or "").casefold())) - {"the", "of", "in", "to", "a", "and"} for t in (a, b)
    )
    return 2 * len(left & right) / (len(left) + len(right)) if left or right else 1.0


def same_time(own: Any, gold: Gold | None) -> bool:
    """Return whether a time mention (or None) is the gold `when`."""
    if own is None or gold is None:
        return own is None and gold is None
    read = msgspec.to_builtins(own.when)
    return all(read[key] == gold[key] for key in ("relation", "start", "end"))
