"""What the furniture around a story looks like: headlines, bylines, datelines, agencies, and the rest of the page."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.stories.agencies import read_agency
from onrecord.stories.bylines import is_byline, read_byline, read_lone_name, read_sign_off
from onrecord.stories.datelines import Dateline, read_dateline
from onrecord.stories.words import COUNTED, FURNITURE, lowered

__all__ = [
    "Dateline",
    "is_byline",
    "is_furniture",
    "looks_like_headline",
    "read_agency",
    "read_byline",
    "read_dateline",
    "read_lone_name",
    "read_sign_off",
]

_LONGEST = 240
_WIDE = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ADDRESS = re.compile(r"https?://|www\.|\S+@\S+\.\w|\w\.(?:com|org|net|co\.\w\w)\b")
_COUNT = re.compile(
    rf"\d+[\s-]*(?:{lowered(COUNTED)})(?!\w)|\d+\s?[^\W\d_]+\s+ago\b"
    r"|(?:lesezeit|temps de lecture|tiempo de lectura|reading time)\b"
)
_PHRASE = re.compile(rf"(?:{lowered(FURNITURE)})\w{{0,3}}(?!\w)")
_SHORT = 24
_STEP = re.compile(r"[|›•→]|\s[»>/]\s")
"""What stands between the items of a menu and the steps of a breadcrumb trail."""
_SENTENCE = re.compile(r"(?:\w{3}|\d|[\"”’»)])[.!?][\"”’»)\]]*\s+[^\W\da-z]|[。！？।].")
"""An end of a sentence with another after it; `U.S. Ages` is none."""


def length(text: str) -> float:
    """Return how long a block's beginning is in Latin letters: one of a wide script counts as two and a half."""
    head = text[:_LONGEST]
    return len(head) + 1.5 * (0 if head.isascii() else len(_WIDE.findall(head)))


@lru_cache(maxsize=1024)
def is_furniture(text: str) -> bool:
    """Return whether a block is furniture by its words or shape: navigation, sharing, subscriptions, counters.

    Only short blocks can be; what is neither a story's nor known furniture gives False.
    """
    if len(text) > _LONGEST:
        return False
    words = text.split()
    if not any(c.isalpha() for c in text) or _ADDRESS.match(text.strip()):
        return True
    low = lowered(text)
    if len(words) <= 24 and _PHRASE.match(low.lstrip(' \t-–—•»›>|*+“"')):
        return True
    if len(words) <= 6 and (_COUNT.search(low) or _PHRASE.search(low)):
        return True
    return len(_STEP.findall(text)) >= 2


@lru_cache(maxsize=1024)
def looks_like_headline(text: str) -> bool:
    """Return whether a block has a headline's form: three words to some two hundred characters, no full stop.

    Two sentences do where they are short (`Talks fail. Ministers leave early`).
    """
    text = text.strip()
    if not 12 <= length(text) <= _LONGEST or len(text) > 200 or "\n" in text:
        return False
    if len(text.split()) < 3 and not _WIDE.search(text):
        return False
    if text[-1] in ".:;,。" and not text.endswith(".."):
        return False
    breaks = _SENTENCE.findall(text)
    if len(breaks) > 1 or (breaks and len(text.split()) > _SHORT):
        return False
    return sum(c.isalpha() or (c >= "\u0900" and not c.isspace()) for c in text) >= 0.6 * len(
        text
    ) and not is_furniture(text)
