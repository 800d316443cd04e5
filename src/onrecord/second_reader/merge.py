"""Two readers' claims as one list: where both found the same claim, the rules' reading stands and both are named."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from onrecord.model import Claim


def merge(rules: Sequence[Claim], model: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return all claims in order of standing; two are the same when their quantities stand at the same words.

    Claims without a quantity are the same when their evidence overlaps and their kinds agree.
    """
    merged = list(rules)
    for claim in model:
        twin = next((i for i, other in enumerate(merged) if _same(claim, other)), None)
        if twin is None:
            merged.append(claim)
        else:
            readers = dict.fromkeys((*merged[twin].readers, *claim.readers))
            merged[twin] = replace(merged[twin], readers=tuple(readers))
    return tuple(sorted(merged, key=lambda claim: (claim.evidence, claim.spans.quantity or claim.evidence)))


def _same(one: Claim, other: Claim) -> bool:
    if one.spans.quantity and other.spans.quantity:
        return one.spans.quantity.overlaps(other.spans.quantity)
    if one.quantity or other.quantity:
        return False
    return one.kind == other.kind and one.evidence.overlaps(other.evidence)
