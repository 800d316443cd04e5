"""Links to the words themselves on the live page (https://wicg.github.io/scroll-to-text-fragment/)."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

_WHOLE: Final = 120
"""Characters of words that are looked for as they are; of longer ones, or of several lines, the ends are."""
_END: Final = 4
"""Words of an end."""


def to_words(address: str | None, words: str) -> str | None:
    """Return the address with a fragment that leads to `words`; None without an address.

    A browser that does not find them there, or knows no such fragments, opens the page.
    """
    found = words.split()
    if address is None or not found:
        return address
    if len(words) <= _WHOLE and "\n" not in words.strip():
        text = _encoded(found)
    elif len(found) > 2 * _END:
        text = f"{_encoded(found[:_END])},{_encoded(found[-_END:])}"
    else:
        text = _encoded(found[: len(words.split("\n")[0].split()) or 1])
    return f"{address}{'' if '#' in address else '#'}:~:text={text}"


def _encoded(words: list[str]) -> str:
    return quote(" ".join(words), safe="", errors="replace").replace(
        "-", "%2D"
    )  # a hyphen begins or ends what is around
