"""Text of captures made harmless for a page: what turns or hides letters is shown."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_ODD: Final = re.compile(r"[^\x20-\x7e\xa0-\xac\xae-\u02ff]")
_JOINERS: Final = "\u200c\u200d"
_SOFT_HYPHEN: Final = "\u00ad"
_STACKED: Final = 2
"""Combining marks on one letter that are let through; more would be drawn over the lines around."""


def seen(text: str) -> str:
    """Return a text in which every character can be seen, lines kept.

    A control character becomes its picture (`␛`), any other that is not seen its number (`⟨U+202E⟩`). Joiners between
    letters that are not Latin and between emoji stay: there they belong to the script.
    """
    if not _ODD.search(text):
        return text
    shown, stacked = [], 0
    for place, character in enumerate(text):
        stacked = stacked + 1 if unicodedata.combining(character) else 0
        shown.append(_shown(text, place, stacked))
    return "".join(shown)


def _shown(text: str, place: int, stacked: int) -> str:
    character = text[place]
    if stacked > _STACKED:
        return f"⟨U+{ord(character):04X}⟩"
    if character.isprintable() or character == "\n":
        return character
    if character == _SOFT_HYPHEN:
        return ""
    if character.isspace():
        return " "
    if character in _JOINERS and text[max(0, place - 1) : place] > "\u024f":
        return character
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else f"⟨U+{code:04X}⟩"
