"""Who is who in a story: names, and what stands for them (surname, pronoun, description)."""

from __future__ import annotations


class Names:
    """The names of one story."""
