"""What stands twice in a story is recorded once, at its fullest wording."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.model import Claim, Quantity

_SMALL = 10
"""Counts below it recur by chance; larger numbers that come again are the same fact told again."""


def once(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return the claims in order of standing, those that are told again in a later sentence once.

    Two claims are one where kind and number agree and what is measured shares a word, or the number is a large one
    that is no share. The one with more of its fields filled stays, the first of equals.
    """
    kept: list[Claim] = []
    places: dict[tuple[object, ...], list[int]] = {}
    for claim in sorted(claims, key=lambda claim: claim.evidence):
        rivals = places.setdefault(_key(claim), [])
        same = next((i for i in rivals if _restated(kept[i], claim)), None)
        if same is None:
            rivals.append(len(kept))
            kept.append(claim)
        elif _fullness(claim) > _fullness(kept[same]):
            kept[same] = claim
    return tuple(sorted(kept, key=lambda claim: claim.evidence))


def _key(claim: Claim) -> tuple[object, ...]:
    quantity = claim.quantity
    if quantity is None:
        return claim.kind, claim.measure
    return claim.kind, quantity.value, quantity.low, quantity.high, quantity.vague, quantity.unit


def _restated(earlier: Claim, later: Claim) -> bool:
    if earlier.evidence == later.evidence:
        return False
    if later.quantity is None or earlier.quantity is None or _tells_by_itself(later.quantity):
        return True
    return bool(_words(earlier) & _words(later))


def _tells_by_itself(quantity: Quantity) -> bool:
    share = quantity.unit in {"percent", "percentage_point", "times"}
    return not share and quantity.value is not None and abs(quantity.value) >= _SMALL


def _words(claim: Claim) -> frozenset[str]:
    return frozenset((claim.measure or "").lower().split())


def _fullness(claim: Claim) -> int:
    """Return how much of a claim is told; a deadline makes a promise fuller, a figure told again has another day."""
    quantity = claim.quantity
    when = claim.when if claim.kind != "figure" else None
    parts = (claim.actor, claim.measure, when, quantity and quantity.of, quantity and quantity.out_of)
    return sum(part is not None for part in parts)
