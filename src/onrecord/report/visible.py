"""Text of captures made harmless for a terminal: what cannot be seen is shown, and nothing acts."""

from __future__ import annotations

import unicodedata
from typing import Final

_STACKED: Final = 2
"""Combining marks on one letter that are let through; more would be drawn over the lines around."""


def visible(text: str) -> str:
    """Return a text on one line in which every character can be seen, and none acts.

    Line breaks, tabs and other spaces become a space; a control character its picture (`␛`); any other that is not
    seen, such as one that turns the direction of writing, its number (`⟨U+202E⟩`).
    """
    if text.isascii() and text.isprintable():
        return text
    shown, stacked = [], 0
    for character in text:
        stacked = stacked + 1 if unicodedata.combining(character) else 0
        shown.append(character if character.isprintable() and stacked <= _STACKED else _shown(character))
    return "".join(shown)


def _shown(character: str) -> str:
    if character.isspace():
        return " "
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"
