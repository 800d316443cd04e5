"""Quantities over whole texts: recall on gold claims, and time that stays linear on hostile input."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import spacy

from onrecord.language.quantities import find_quantities
from onrecord.model import Quantity
from tests.growth import is_linear

GOLD = Path(__file__).parents[2] / "shared" / "claims"
VOCAB = spacy.blank("en").vocab
HOSTILE = (
    "1,22,",
    "1 222 ",
    "$5 from $4 ",
    "5 km (3 miles) ",
    "two and ",
    "of the ",
    "((((",
    "5-",
    "5 to 6 and ",
    "one hundred and ",
    "a quarter of a ",
    ". 5% of ",
    "\n \n",
    "kroner danish 5 ",
    "per ",
    "9",
)


def same_number(gold: dict[str, Any], quantity: Quantity) -> bool:
    """Return whether number and unit agree, as the scorer of the gold pages has it."""
    pairs = [(gold.get(key), getattr(quantity, key)) for key in ("value", "low", "high")]
    close = all(g == q or (None not in (g, q) and abs(g - q) <= 1e-6 * max(1, abs(g), abs(q))) for g, q in pairs)
    return close and gold.get("vague") == quantity.vague and (gold.get("unit") or "count") == quantity.unit


@pytest.mark.skipif(not GOLD.is_dir(), reason="the annotated pages are not beside this checkout")
@pytest.mark.parametrize("name", ["own.jsonl", "dev.jsonl"])
def test_nearly_every_quantity_of_a_gold_claim_is_found(name: str) -> None:
    nlp = spacy.blank("en")
    found = total = 0
    for line in (GOLD / name).read_text(encoding="utf-8").splitlines():
        page = json.loads(line)
        for claim in (c for story in page["stories"] for c in story["claims"] if c["quantity"]):
            doc = nlp(page["text"][claim["evidence"]["start"] : claim["evidence"]["end"]])
            total += 1
            found += any(same_number(claim["quantity"], mention.quantity) for mention in find_quantities(doc))
    assert total > 200
    assert found / total >= 0.94, f"{found} of {total}"


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_the_text_and_no_faster(piece: str) -> None:
    def doc_of(length: int) -> spacy.tokens.Doc:
        return spacy.tokens.Doc(VOCAB, words=[piece * (length // len(piece))])

    assert is_linear(doc_of, find_quantities, length=8_000)
