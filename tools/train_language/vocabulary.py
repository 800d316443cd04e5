"""The vocabulary: the pieces of all-MiniLM-L6-v2 that English text can need.

Left out are the places that BERT kept free and pieces in other scripts than the Latin one: a twelfth of the table, and
with int8 weights a megabyte, for words whose meaning the encoder does not know anyway.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

MARKS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]")


def kept_pieces(vocabulary: Sequence[str]) -> list[int]:
    """Return the places of the pieces that are kept, in order."""
    return [place for place, piece in enumerate(vocabulary) if piece in MARKS or _is_english(piece)]


def _is_english(piece: str) -> bool:
    reserved = len(piece) > 1 and piece.startswith("[") and piece.endswith("]")
    return not reserved and all(map(_is_latin_or_no_letter, piece))


def _is_latin_or_no_letter(character: str) -> bool:
    return not character.isalpha() or unicodedata.name(character, "").startswith("LATIN ")
