"""Word lists written as text; apart from what works on trees, so that a list does not load spaCy."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """Return the words of `text`, which white space separates, as a set; keeps long word lists readable."""
    return frozenset(text.split())
