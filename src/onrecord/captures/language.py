"""Which language a capture is in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import cast

from onrecord.model import Block

UNKNOWN = "und"

_SAMPLE = 3000
"""Characters that detection looks at: of 218 real pages one is told wrongly, as with more; with 1,000 three are."""
_NEAR = 1.05
"""A rank up to this many times the best one's is as good as a tie."""
_NOT_NEWS = frozenset(["eo", "io", "la", "sa", "vo"])
"""Languages without a daily press, which detection confuses with those that have one."""
_ENOUGH_LETTERS = re.compile(r"(?:[^\W\d_][\W\d_]*){60}")
"""Of English paragraphs of 80 to 150 characters 97% are told right, of shorter ones 75%."""
_NORWEGIAN = {"nb": "no", "nn": "no"}
"""Detection knows one Norwegian."""


def detect_language(text: str, blocks: Sequence[Block], declared: str | None = None) -> str:
    """Return the ISO 639-1 code of the language of `text`, `und` where there is too little of it.

    The longest blocks are looked at, which are prose more than navigation. Where two languages fit about as well, the
    `declared` one (a BCP 47 tag) counts; where there are hardly any letters it counts alone.
    """
    from resiliparse.parse.lang import detect_fast

    hint = _code(declared) or UNKNOWN
    sample = _sample(text, blocks)
    if not _ENOUGH_LETTERS.search(sample):
        return hint
    ranked = cast("list[tuple[str, int]]", detect_fast(sample, n_results=5, langs=_known_languages()))
    near = [language for language, rank in ranked if rank <= _NEAR * ranked[0][1]]
    return hint if hint in near or not near else near[0]


@cache
def _known_languages() -> list[str]:
    from resiliparse.parse.lang import supported_langs

    return [language for language in supported_langs() if language not in _NOT_NEWS]


def _sample(text: str, blocks: Sequence[Block]) -> str:
    pieces: list[str] = []
    room = _SAMPLE
    for block in sorted(blocks, key=lambda block: block.span.start - block.span.end):
        pieces.append(text[block.span.start : min(block.span.end, block.span.start + room)])
        room -= len(pieces[-1])
        if room <= 0:
            break
    return " ".join(pieces)


def _code(tag: str | None) -> str | None:
    """Return the language of a BCP 47 tag such as `en-GB` or `en_GB`; None where it has no two-letter code."""
    code = re.split(r"[-_]", tag.strip())[0].lower() if tag else ""
    return _NORWEGIAN.get(code, code) if len(code) == 2 and code.isalpha() else None
