"""What the network learns from: windows over annotated stories with every candidate, its options, and what is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from onrecord.claims.build import Before, options_of
from onrecord.claims.candidates import KINDS, Candidate, find_candidates
from onrecord.claims.decision import Model
from onrecord.claims.measures import text_of
from onrecord.claims.network import ELSEWHERE, NOBODY, SLOTS, places_of
from onrecord.claims.undertakings import find_undertakings
from onrecord.claims.views import Window, view_of, windows
from tools.train_claims.gold import Gold, Page, quantified, same_name, same_time, same_words, unquantified

RAREST = 4
"""A fact seen in fewer candidates or options is dropped: it would only be learned by heart."""
CLOSE = 0.5
"""Share of words (F1) from which a measure's phrase may be right; only those within 0.1 of the best one are."""
EXCLUDED = -1e4
"""Score of a kind that a candidate cannot be."""


@dataclass(frozen=True)
class Asked:
    """A candidate with the options of its fields; `right` says for each field which are, empty where it is no claim."""

    candidate: Candidate
    claim: Gold | None
    options: dict[str, list[Any]]
    right: dict[str, list[bool]]


@dataclass(frozen=True)
class Slot:
    """The options of one field for all candidates of a window, flat: O options, P pairs of an option and a token."""

    owner: Tensor
    """(O,): the option's candidate."""
    nowhere: Tensor
    """(O,): which score an option without a token in sight has, -1 for options with one."""
    right: Tensor
    """(O,)"""
    facts: list[list[int]]
    pair_owner: Tensor
    """(P,): the candidate, with the option and the token of each pair below."""
    pair_option: Tensor
    pair_token: Tensor


@dataclass(frozen=True)
class WindowExample:
    """One window: what the network is given, and what it should say of its C candidates."""

    states: Tensor
    parts: Tensor
    relations: Tensor
    marks: Tensor
    places: Tensor
    quantified: Tensor
    kinds: Tensor
    """(C,): index of the right kind in `KINDS`."""
    allowed: Tensor
    """(C, 6): 0, or `EXCLUDED` for kinds that the candidate cannot be."""
    facts: list[list[int]]
    slots: dict[str, Slot]


def ask(page: Page, times: Model) -> list[Asked]:
    """Return every candidate of a story with its options, as the reader would see them if all before was right."""
    context = page.context
    found = []
    groups = (find_candidates(context, times), quantified), (find_undertakings(context, times), unquantified)
    for candidates, match in ((list(made), match) for made, match in groups):
        before = Before()
        for candidate, claim in zip(candidates, match(page, candidates), strict=True):
            options = options_of(context, candidate, claim["kind"] if claim else "figure", before)
            right: dict[str, list[bool]] = {}
            if claim is not None:
                right, words = _right(candidate, claim, options)
                before = Before(claim["actor"] or before.actor, words, candidate.frame.sentence)
            found.append(Asked(candidate, claim, options, right))
    return found


def _right(candidate: Candidate, claim: Gold, options: dict[str, list[Any]]) -> tuple[dict[str, list[bool]], Any]:
    """Return which options are right, and the tokens of the measure."""
    doc = candidate.frame.doc
    closeness = [same_words(text_of(doc, option.value), claim["measure"]) for option in options["measure"]]
    best = max(closeness)
    right = {
        "actor": [same_name(option.value, claim["actor"]) for option in options["actor"]],
        "measure": [best >= CLOSE and close >= max(CLOSE, best - 0.1) for close in closeness],
        "when": [same_time(option.value, claim["when"]) for option in options["when"]],
        "sayer": [same_name(option.value[0], claim["said_by"]) for option in options["sayer"]],
    }
    return right, options["measure"][closeness.index(best)].value if best >= CLOSE else ()


def vocabulary(stories: Iterable[Sequence[Asked]]) -> dict[str, int]:
    """Return a number from 1 for each fact that is frequent enough; options' facts are named for their field."""
    seen: Counter[str] = Counter()
    for asked in (one for story in stories for one in story):
        seen.update(asked.candidate.facts)
        if asked.claim is not None:
            seen.update(f"{slot}|{fact}" for slot in SLOTS for option in asked.options[slot] for fact in option.facts)
    return {fact: i for i, fact in enumerate(sorted(fact for fact, n in seen.items() if n >= RAREST), start=1)}


def examples(page: Page, asked: Sequence[Asked], facts: dict[str, int]) -> Iterator[WindowExample]:
    """Yield the windows of a story that have a candidate."""
    view = view_of(page.context)
    for window in windows(len(view.parts)):
        inside = [one for one in asked if window.start <= one.candidate.frame.root.i < window.end]
        if inside:
            tokens = window.tokens
            yield WindowExample(
                torch.from_numpy(view.states[tokens]).half(),
                torch.from_numpy(view.parts[tokens]),
                torch.from_numpy(view.relations[tokens]),
                torch.from_numpy(view.marked(tokens)),
                torch.from_numpy(places_of(tokens, [one.candidate for one in inside])),
                torch.tensor([int(one.candidate.mention is not None) for one in inside]),
                torch.tensor([KINDS.index(one.claim["kind"] if one.claim else None) for one in inside]),
                torch.tensor([[0.0 if k in one.candidate.kinds else EXCLUDED for k in KINDS] for one in inside]),
                [[facts[f] for f in one.candidate.facts if f in facts] for one in inside],
                {slot: _slot(slot, window, inside, facts) for slot in SLOTS},
            )


def _slot(slot: str, window: Window, asked: Sequence[Asked], facts: dict[str, int]) -> Slot:
    at = {int(token): place for place, token in enumerate(window.tokens)}
    owner, nowhere, right, known = [], [], [], []
    pairs: list[tuple[int, int, int]] = []
    for number, one in enumerate(asked):
        rights = one.right.get(slot) or [False] * len(one.options[slot])
        for option, ok in zip(one.options[slot], rights, strict=True):
            places = [at[token] for token in option.tokens if token in at]
            pairs += [(number, len(owner), place) for place in places]
            named = slot in {"actor", "sayer"} and option.value not in {None, (None, None)}
            nowhere.append(-1 if places else ELSEWHERE if named else NOBODY)
            owner.append(number)
            right.append(ok)
            known.append([facts[name] for fact in option.facts if (name := f"{slot}|{fact}") in facts])
    table = torch.tensor(pairs, dtype=torch.long).reshape(-1, 3)
    return Slot(torch.tensor(owner), torch.tensor(nowhere), torch.tensor(right), known, *table.unbind(1))
