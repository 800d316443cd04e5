"""Addresses of claims: made from the capture and the claim's words, so that a link holds when it is read anew."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence

from onrecord.model import Claim, Span


def claim_addresses(capture_id: str, text: str, claims: Sequence[Claim]) -> tuple[str, ...]:
    """Return an address for each of a capture's claims, such as `3f9c1a2b4d5e6f70-9b1c22d05a4e`.

    The first part is the capture's, the second is made from the words of the claim's evidence and of its quantity,
    else of what decided its kind. Of claims with the same words the second ends in `-2`, the third in `-3`.
    """
    seen = Counter[str]()
    found = []
    for claim in claims:
        address = f"{capture_id[:16]}-{_digest(text, claim)}"
        seen[address] += 1
        found.append(address if seen[address] == 1 else f"{address}-{seen[address]}")
    return tuple(found)


def anchor(claim: Claim) -> Span:
    """Return the words by which a claim is told from others of its sentence."""
    return claim.spans.quantity or claim.spans.cue or claim.spans.when or claim.evidence


def _digest(text: str, claim: Claim) -> str:
    words = "\n".join(" ".join(span.of(text).split()) for span in (claim.evidence, anchor(claim)))
    return hashlib.sha256(words.encode()).hexdigest()[:12]
