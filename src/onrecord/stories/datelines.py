"""Datelines: the place, the day and the agency that a news report opens with (`LONDON (AP) — `)."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from onrecord.stories.agencies import read_agency
from onrecord.stories.months import is_weekday, month_number
from onrecord.stories.words import LABELS, PLACE_OPENERS, PLACE_PARTICLES

_HEAD = 140
"""A dateline is looked for no further than this."""


class Dateline(Struct, frozen=True):
    """A report's dateline. `end` is the offset in the text at which the first sentence begins."""

    place: str | None
    agency: str | None
    date: str | None
    """The day as written, with or without its year; None where none stands."""
    end: int
    firm: bool
    """Whether its form leaves little doubt: an agency, a day, or a place in capitals before a dash."""


_WORD = r"[^\W\d_][^\s,;:()\[\]—–|\"“”„«»!?]*"
_WHOLE = rf"{_WORD}+"
"""A word before a space or a comma, which it cannot hold: no use to give any of it back where the rest does not fit."""
_NAME = rf"(?:{_WHOLE}\s){{0,4}}{_WORD}(?![^\s,;:()\[\]—–|\"“”„«»!?.―-])"
_DAY = rf"(?:\d{{1,2}}(?:st|nd|rd|th)?\.?\s(?:de\s)?{_WORD}|{_WHOLE}\s\d{{1,2}}(?:st|nd|rd|th)?(?!\d))"
_DAY += r"(?:,?\s(?:de\s)?\d{4})?"
_DATED = rf"(?:[,.]?\s+|\s+[–—-]\s+)(?:(?:{_WHOLE},?\s)??(?:le|den|am|el)?\s?)(?P<date>{_DAY})"
_INSIDE = r"[^()\[\]\d][^()\[\]]{1,28}"
_DASH = r"\s*(?:—|–|―|--+|\.-+)\s*|\s+-\s+|\s-(?=\w)"
_PLACE_FIRST = re.compile(
    rf"\s*(?P<place>{_NAME})(?P<region>,\s{_NAME})?(?P<first>\s?[(\[]{_INSIDE}[)\]])?(?:{_DATED})?"
    rf"(?:,?\s*(?P<second>[(\[]{_INSIDE}[)\]])|[.,]?\s+/(?P<slashed>[^/\s][^/]{{0,20}})/|,\s(?P<bare>{_NAME})(?=\s*$|\s+[-–—]))?"
    rf"(?P<mark>{_DASH}|:\s+|(?<=[)\]])\s+|(?<=/)\.?\s+|(?<=\d)\.\s+|\s*$)"
)
_AGENCY_FIRST = re.compile(
    rf"\s*(?:(?P<date>{_DAY})\s)?(?:\((?P<agency>{_INSIDE})\)|(?P<plain>{_NAME}))(?P<mark>{_DASH}|:\s+|,\s)"
    rf"(?:(?P<place>{_NAME}),?\s(?P<after>{_DAY})(?:{_DASH}|:\s+))?"
)
_KOREAN = re.compile(
    r"\s*[(\[](?P<place>[^=()\[\]]{1,14})=(?P<agency>연합뉴스|뉴시스|뉴스1|[^()\[\]\s]{1,8}(?:뉴스|일보|신문|통신|경제|닷컴))[)\]]\s*(?:\S{2,5}\s(?:기자|특파원)\s?=?\s*)?"
)
_JAPANESE = re.compile(
    r"\s*[【［](?P<place>[^】］\s　＝=]{1,20}?)[\s　＝=・]*(?P<date>[\d０-９月]{1,5}日)?[\s　＝=]*"
    r"(?P<agency>共同|時事|ロイター|AFP|AP|新華社|中央社|聯合)(?:[=＝・][^】］]{1,20})?[】］]\s*[-–—]?\s*"
)
_CHINESE = re.compile(
    r"\s*[（(]?(?P<agency>新华社|新華社|中新社|中央社|中新网)(?P<place>[^\d，。\s]{2,8}?)(?P<date>(?:\d{1,2}月)?\d{1,2}日)?[电電][）)]?\s*"
)
_NO_PLACES = LABELS - PLACE_OPENERS
_SET_OFF = re.compile(r"[-—–―:/(\[【［（\d]")
"""One of these stands in every dateline that has a sentence after it; most paragraphs open without any."""
_DOMAIN = re.compile(r"[\w-]+\.(?:net|com|org|info|news|[a-z]{2})$", re.IGNORECASE)


def _is_capitals(words: str) -> bool:
    letters = [c for c in words if c.isalpha() and c.lower() != c.upper()]
    return len(letters) > 1 and sum(c.isupper() for c in letters) >= 0.8 * len(letters)


def _is_place(words: str) -> bool:
    """Return whether `words` have a place name's form: each with a capital, none that opens a label or a sentence."""
    parts = re.split(r"[\s/]+", words.strip())
    if parts[0].casefold().strip(".") in _NO_PLACES or not words[:1].isupper():
        return False
    if (len(parts) == 1 and parts[0].casefold() in LABELS) or (month_number(parts[0]) and len(parts) == 1):
        return False
    return all(
        part[0].isupper() or part.casefold() in PLACE_PARTICLES or not part[0].isalpha() for part in parts if part
    )


def _has_month(date: str | None) -> bool:
    return bool(date) and any(month_number(word) for word in re.findall(r"[^\W\d_]+\.?", date or ""))


def _agency_words(words: str) -> str | None:
    """Return the agency in a dateline's brackets: a known one, or the name of an outlet as it stands."""
    words = words.strip(" ()[]/.,")
    known = read_agency(words) or read_agency(re.split(r"[/,]", words)[0])
    if known:
        return known
    parts = words.split()
    named = 1 <= len(parts) <= 3 and parts[0][0].isalpha() and (words[0].isupper() or any(c.isupper() for c in words))
    return words if named and words.casefold() not in LABELS else None


def _from_place(text: str) -> Dateline | None:
    first = text.split(maxsplit=1)[0]
    if not first[0].isupper() or first.casefold() in _NO_PLACES:
        return None
    match = _PLACE_FIRST.match(text)
    if match is None:
        return None
    place, region, date = match["place"], match["region"] or "", match["date"]
    if date and not _has_month(date):
        return None
    if not _is_place(place):
        return None
    region_agency = read_agency(region.strip(", "))
    if region_agency or not region[2:3].isupper() or (len(region) > 6 and is_weekday(region[2:])):
        region = ""
    first, second = match["first"] or "", match["second"] or match["slashed"] or match["bare"] or ""
    if first and second and first.strip().startswith("("):
        region += first  # `Frankfurt (Germany), Aug. 26 (LaPresse)`
    agency = _agency_words(second or first) if second or first else region_agency
    if (second or first) and agency is None:
        return None
    if match["bare"] and read_agency(match["bare"]) is None:
        return None
    mark = match["mark"].strip()
    capitals = _is_capitals(place)
    if not _is_marked(place, mark, agency, date, capitals=capitals):
        return None
    known = read_agency(place)
    if known and not region and not agency:
        return Dateline(None, known, date, match.end(), firm=True)
    firm = bool(agency or date or (capitals and mark not in (":", "")))
    return Dateline((place + region).rstrip(", "), agency, date, match.end(), firm)


def _is_marked(place: str, mark: str, agency: str | None, date: str | None, *, capitals: bool) -> bool:
    """Return whether what follows the place sets it off as a dateline."""
    known = agency is not None and (read_agency(agency) is not None or capitals or date is not None)
    if mark in ("", "."):
        return known or (date is not None and (capitals or mark == "."))
    if agency or date:
        return known or mark != ":" or capitals
    if mark == ":":
        return capitals and len(place) > 3
    return capitals or (mark in ("–", "—") and len(place.split()) <= 3)


def _from_agency(text: str) -> Dateline | None:
    """Return the dateline of a text opening with an agency: `(CNN) — `, `May 1 (Reuters) - `, `(ANSA) - ROMA, ...`."""
    match = _AGENCY_FIRST.match(text)
    if match is None or (match["date"] and not _has_month(match["date"])):
        return None
    words = match["agency"] or match["plain"]
    agency = read_agency(words) or (words if _DOMAIN.match(words) else None)
    if agency is None and match["agency"]:
        agency = _agency_words(words) if _is_capitals(words) else None
    if agency is None:
        return None
    date, place = match["date"], match["place"]
    if place and _is_place(place) and _has_month(match["after"]):
        return Dateline(place, agency, match["after"], match.end(), firm=True)
    end = match.end("mark")
    if match["mark"].strip() == ",":  # `AFP, MANILA` on a line of its own
        place = text[end:].strip()
        if not (_is_capitals(place) and _is_place(place) and len(place) < 40):
            return None
        return Dateline(place, agency, date, len(text), firm=True)
    return Dateline(None, agency, date, end, firm=True)


def _from_east_asia(text: str) -> Dateline | None:
    for shape in (_KOREAN, _CHINESE, _JAPANESE):
        match = shape.match(text)
        if match:
            groups = match.groupdict()
            agency = read_agency(groups["agency"]) or groups["agency"]
            return Dateline(groups["place"], agency, groups.get("date"), match.end(), firm=True)
    return None


def read_dateline(text: str) -> Dateline | None:
    """Return the dateline that `text` opens with, None where it opens with none.

    Read in capitals before a dash or a colon (`PARIS: `), in mixed case before a dash (`Wien/Berlin – `), and before or
    after a day and an agency in brackets or slashes; also the Korean, Japanese and Chinese forms.
    """
    return _read_opening(text[:_HEAD])


@lru_cache(maxsize=1024)
def _read_opening(head: str) -> Dateline | None:
    opening = head.lstrip()[:1]
    if not opening or opening in "\"“„«'‘*#@-":
        return None
    if opening in "([【［（新中":
        return _from_east_asia(head) or _from_agency(head)
    if len(head) == _HEAD and not _SET_OFF.search(head):
        return None
    return _from_place(head) or _from_agency(head)
