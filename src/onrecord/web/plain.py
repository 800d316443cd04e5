"""Text of captures made harmless for a page: what turns or hides letters is shown."""

from __future__ import annotations

import re
from typing import Final

_JOINER: Final = re.compile("(.?)([\u200c\u200d])", re.DOTALL)
_STACK: Final = re.compile(r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3,}")
"""More marks on one letter than any language has: they would be drawn over the lines around."""
_STACKED: Final = 2
_LAST_LATIN: Final = "\u024f"


def seen(text: str) -> str:
    """Return a text in which every character can be seen, lines kept.

    A control character becomes its picture (`␛`), any other that is not seen its number (`⟨U+202E⟩`). Joiners between
    letters that are not Latin and between emoji stay: there they belong to the script.
    """
    if text.isascii() and text.isprintable():
        return text
    shown = text.translate(_SHOWN)
    if "\u200c" in shown or "\u200d" in shown:
        shown = _JOINER.sub(_joiner, shown)
    return _STACK.sub(lambda match: match.group()[:_STACKED] + "".join(map(_number, match.group()[_STACKED:])), shown)


class _Table(dict[int, str]):
    """What each character is shown as, found once: a page can have millions of them."""

    def __missing__(self, code: int) -> str:
        self[code] = _shown(chr(code))
        return self[code]


_SHOWN: Final = _Table({ord(one): one for one in "\n\u200c\u200d"} | {0xAD: ""})  # a soft hyphen only breaks a word


def _shown(character: str) -> str:
    if character.isprintable():
        return character
    if character.isspace():
        return " "
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    return "␡" if code == 0x7F else _number(character)


def _number(character: str) -> str:
    return f"⟨U+{ord(character):04X}⟩"


def _joiner(match: re.Match[str]) -> str:
    before, joiner = match.groups()
    return match.group() if before > _LAST_LATIN else before + _number(joiner)
