"""Bylines: who wrote a story (`By Jane Roe and John Doe`, `Von ...`, `Jane Roe, Staff Writer`, `--Kim Lee`)."""

from __future__ import annotations

import re
from functools import lru_cache

from onrecord.stories.agencies import read_agency
from onrecord.stories.months import is_weekday, month_number
from onrecord.stories.words import BYLINE_OPENERS, NOT_NAMES, PARTICLES, ROLES

_HEAD = 160
_PREFIX = re.compile(
    rf"[\s\-–—•|]*(?:{BYLINE_OPENERS})(?:\s*:\s*|\s+)(?=\S)|[\s\-–—]*by(?-i:(?=[A-Z][^\W\d_]))", re.IGNORECASE
)
"""What a byline opens with, also glued to the name (`byJane Roe`)."""
_LATER = re.compile(r"(?:[|·•–—-]\s*|^)(?:by|von|par|por)\s+(?-i:(?=[^\W\d_a-z]))", re.IGNORECASE)
"""A byline that follows an outlet or a date on the same line."""
_SIGN_OFF = re.compile(
    r"[.!?”\"')\]]\s*--?\s?(?P<names>[^\W\d_][^.\n]{3,60})\.?\s*$|[\s(]*Reporting by (?P<reporters>[^;)\n]{3,160})",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][^\s,;:|()\[\]·•/@–—]*")
_DESK = re.compile(r"[^\W\d_]\w+(?:\s[^\W\d_]\w+){0,2}?\s(?:Desk|Newsroom|Bureau|Redaktion|News|Staff|Team)\b")
_AND = "and|und|et|y|e|og|och|en|ve|i|и|a|dan|na|ja|és|with|mit|avec"
_JOIN = re.compile(rf"\s*(?:,\s*(?:{_AND})\s+|,|&|\||\s(?:{_AND})\s)\s*")
_STOP = re.compile(rf"[,;:|()\[\]·•/@&\n\d]|\s[-–—]\s|\s(?:{_AND}|in|for)\s")
"""Where a name ends at the latest."""
_NO_PERSONS = NOT_NAMES | ROLES
_GLUE = re.compile(r"([A-ZÀ-Þ])(?<=[^\W\d_A-Z]{3}.)(?=[^\W\d_]{2})")
"""Where flattening has glued a name to what follows it (`Jane RoeTravel Reporter`); `MacDonald` is no such place."""
_SOON = re.compile(r"\s*[,|·–-]*\s*(?:\d+\s?[^\W\d_]+\s+ago|vor \d|il y a \d|hace \d|há \d)", re.IGNORECASE)
"""How long ago, right after a name."""


def _is_name_word(word: str) -> bool:
    return (
        word[0].isupper() or word.casefold().strip("'’") in PARTICLES or word[:2].casefold() in ("d'", "d’", "l'", "o'")
    )


def _before_agency(words: list[str]) -> list[str]:
    """Return `words` up to the agency that follows a name of at least two (`Jane Roe The Associated Press`)."""
    for cut in range(2, min(len(words), 6)):
        if words[cut][:1].isupper() and any(read_agency(" ".join(words[cut : cut + n])) for n in (1, 2, 3)):
            return words[:cut]
    return words


def _person(words: list[str]) -> str | None:
    """Return the name that `words` open with, cut before a role (`Diplomatic editor`) or an agency, or None."""
    if len(words) < 2 or words[0].casefold() in NOT_NAMES or not all(map(_is_name_word, words[:2])):
        return None
    words = _before_agency(words)
    kept: list[str] = []
    for word in words:
        if not _is_name_word(word) or word.casefold() in ROLES or len(kept) == 8:
            break
        if len(kept) >= 2 and (word.casefold() in NOT_NAMES or month_number(word) or is_weekday(word)):
            break
        kept.append(word)
    rest = [word.casefold().strip(".") for word in words[len(kept) : len(kept) + 2]]
    if len(kept) > 2 and any(word in ROLES for word in rest):
        kept = kept[:2]
    while kept and kept[-1].casefold() in PARTICLES:
        kept.pop()
    name = " ".join(kept).rstrip(".,") if 1 < len(kept) < 6 else ""
    wire = read_agency(name) or (kept and kept[0].isupper() and read_agency(kept[0]))
    return name if name and not wire and kept[0].casefold() != "our" else None


def _people(text: str) -> list[tuple[int, int]]:
    """Return the spans of the persons that `text` opens with, joined by commas or `and`."""
    spans: list[tuple[int, int]] = []
    at = 0
    while at < len(text) and len(spans) < 8:
        stop = _STOP.search(text, at)
        part = text[at : stop.start() if stop else len(text)]
        name = _person(_WORD.findall(part))
        if name is None or (spans and name.isupper() and not text[spans[0][0] : spans[0][1]].isupper()):
            break
        if read_agency(part):
            break
        start = text.index(name.split()[0], at)
        end = text.index(name.split()[-1], start) + len(name.split()[-1])
        spans.append((start, end))
        joined = _JOIN.match(text, end)
        if joined is None:
            break
        at = joined.end()
    return spans


def _desk(text: str) -> str | None:
    """Return the desk of an outlet that `text` opens with (`NE Newsroom`), None where it opens with none."""
    match = _DESK.match(text)
    return match[0] if match and match[0].split()[0].casefold() != "our" and read_agency(match[0]) is None else None


def _names(text: str) -> str | None:
    spans = _people(text)
    return text[spans[0][0] : spans[-1][1]].rstrip(".") if spans else None


@lru_cache(maxsize=1024)
def read_byline(text: str) -> str | None:
    """Return a byline's names as written, without role, outlet or agency; None where `text` is none or names no person.

    Read are `By ...` in the languages of the press, and a name with its role, agency, outlet or handle
    (`Jane Roe, Staff Writer`, `Jane Roe Associated Press`, `Jane Roe@janeroe`).
    """
    if len(text) > _HEAD:
        return None
    head = _GLUE.sub(r" | \1", text.strip()) if len(text) < 80 else text.strip()
    prefix = _PREFIX.match(head)
    if prefix is None:
        later = _LATER.search(head)
        prefix = later if later and later.start() < 60 else None
    if prefix:
        rest = head[prefix.end() :]
        if not rest[:1].isupper() and rest[:1].isascii():
            return None
        return _names(rest) or _desk(rest)
    name = _names(head)
    return name if name and _has_role(head[len(name) :]) else None


def _has_role(rest: str) -> bool:
    """Return whether what follows a name is a role, an agency, an outlet after a dot, or a handle."""
    words = [word.casefold().strip(".,") for word in re.findall(r"[^\W\d_][\w.’'-]*", rest[:60])]
    if rest.startswith("@") or rest.lstrip().startswith("·") or _SOON.match(rest):
        return True
    if not words or len(words) > 6:
        return False
    return any(word in ROLES for word in words) or read_agency(rest.strip(" ,-–—|·")) is not None


def is_byline(text: str) -> bool:
    """Return whether `text` is a byline line: it names an author, or an agency after `By`."""
    if len(text) > _HEAD:
        return False
    if read_byline(text) is not None:
        return True
    prefix = _PREFIX.match(text)
    return prefix is not None and read_agency(text[prefix.end() :]) is not None


def read_lone_name(text: str) -> str | None:
    """Return the persons' names that `text` is nothing but, in form (two to four words with capitals each), else None.

    Headings and menus have this form too: only its place beside a time stamp or a body makes it a byline.
    """
    head = re.sub(r"\s*\([^()]{2,40}\)$", "", text.strip()).strip(" ,|–-")
    if not 4 < len(head) <= 90 or head[-1] in ".:!?" or any(c.isdigit() for c in head) or _PREFIX.match(head):
        return None
    names = _names(head)
    return names if names and len(names) == len(head) and all(map(_is_name, _JOIN.split(names))) else None


def _is_name(words: str) -> bool:
    """Return whether `words` could be a person's name: two to four words with capitals, none of them a menu's."""
    parts = words.split()
    plain = all(part.casefold().strip(".,'’") not in _NO_PERSONS for part in parts)
    plain = plain and not (len(parts) == 2 and parts[0].casefold() in PARTICLES)
    return plain and 2 <= len(parts) <= 4 and len(words) <= 40 and parts[0][0].isupper() and read_agency(words) is None


def read_sign_off(text: str) -> str | None:
    """Return the names that a last paragraph signs off with (`... Spain.--Kim Lee`, `(Reporting by A B; ...)`)."""
    match = _SIGN_OFF.search(text[-400:])
    if match is None:
        return None
    return _names(match["names"] or match["reporters"])
