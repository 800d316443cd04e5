"""The model that ties times to candidates by their construction alone, before anything else is known of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from onrecord.claims.candidates import find_candidates
from onrecord.claims.deadlines import when_options
from onrecord.claims.decision import Model
from tools.train_claims.gold import Page, quantified, same_time

STRENGTH = 1.0
"""Ridge penalty, chosen by cross-validation."""
RAREST = 4
"""A fact seen in fewer options is dropped: it would only be learned by heart."""
Choice = tuple[list[frozenset[str]], list[bool]]
"""The facts of each option, and which options are right."""


def fit_times(pages: Sequence[Page]) -> Model:
    """Return the weights of a conditional logistic model with a ridge penalty (L-BFGS, from zero)."""
    choices = [choice for page in pages for choice in _choices(page) if any(choice[1]) and len(choice[0]) > 1]
    seen = Counter(fact for options, _ in choices for option in options for fact in option)
    index = {fact: i for i, fact in enumerate(sorted(fact for fact, n in seen.items() if n >= RAREST))}
    rows = [[index[f] for f in sorted(option) if f in index] for options, _ in choices for option in options]
    lengths = np.cumsum([0, *map(len, rows)])
    columns = np.concatenate([np.array(row, dtype=int) for row in rows])
    matrix = sparse.csr_matrix((np.ones(lengths[-1]), columns, lengths), shape=(len(rows), len(index)))
    starts = np.cumsum([0, *(len(options) for options, _ in choices)])
    right = np.array([ok for _, oks in choices for ok in oks])
    group = np.repeat(np.arange(len(choices)), np.diff(starts))

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = matrix @ weights
        scores -= np.maximum.reduceat(scores, starts[:-1])[group]
        parts = np.exp(scores)
        total, kept = np.add.reduceat(parts, starts[:-1]), np.add.reduceat(parts * right, starts[:-1])
        slope = parts / total[group] - parts * right / np.maximum(kept, 1e-300)[group]
        value = np.log(total).sum() - np.log(np.maximum(kept, 1e-300)).sum() + STRENGTH * (weights @ weights) / 2
        return float(value), matrix.T @ slope + STRENGTH * weights

    found = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 150})
    return {fact: round(float(found.x[i]), 3) for fact, i in index.items() if abs(found.x[i]) >= 0.0005}


def _choices(page: Page) -> Iterator[Choice]:
    candidates = list(find_candidates(page.context, {}))
    for candidate, claim in zip(candidates, quantified(page, candidates), strict=True):
        if claim is not None:
            sentence = candidate.frame.sentence
            times = page.context.times.get(sentence, ())
            options = when_options(candidate.frame, times, page.context.quantities[sentence])
            yield [o.facts for o in options], [same_time(o.value, claim["when"]) for o in options]
