"""Time expressions in a story: deadlines, points and periods, resolved against its day of publication.

One scan over the text; what a preposition makes of a period (a deadline, a period, a beginning) is decided here, what
the period itself is by `calendar_forms`. The scheme's field `when` defines the results.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Doc

from onrecord.language.calendar import UNKNOWN, Lean, Period, join, plus, touching
from onrecord.language.calendar_forms import HOW_MANY, MONTH, UNIT, WEEKDAY, Anchor, how_many, moved, period_at, plain
from onrecord.language.mentions import TimeMention
from onrecord.model import Relation, When


class _Found(NamedTuple):
    """A time at the characters [start, end), and its period before and after the preposition had its say."""

    start: int
    end: int
    when: When
    period: Period


def find_times(doc: Doc, day: dt.date | None) -> tuple[TimeMention, ...]:
    """Return the times that `doc` names, in order, without overlaps; `day` is the day of publication.

    Without a `day` relative times (`Tuesday`, `last year`) are found with `start` and `end` None; so are, on any day,
    times that have no fixed dates (`fiscal 2026`, `in recent years`).
    """
    mentions = []
    for found in _scan(doc.text, day):
        tokens = doc.char_span(found.start, found.end, alignment_mode="expand")
        if tokens is not None and (not mentions or tokens.start >= mentions[-1].end):
            mentions.append(TimeMention(tokens.start, tokens.end, found.when))
    return tuple(mentions)


# -- prepositions

_BEFORE = ("before", "prior to", "not before", "ahead of", "no earlier than", "not earlier than")
_UNTIL = ("until", "till", "'til", "up until", "up till")
_BY = (
    *("by", "by no later than", "no later than", "not later than", "on or before", "by or before", "in or before"),
    *(
        "through",
        "thru",
        "up to",
        "within",
        "deadline of",
        "between now and",
        "from now until",
        "from now to",
        "now until",
    ),
)
_SINCE = (
    *("since", "ever since", "from", "as from", "on or after", "effective", "effective from", "effective on"),
    *(
        "starting",
        "starting in",
        "starting on",
        "starting from",
        "beginning",
        "beginning in",
        "beginning on",
        "beginning from",
    ),
)
_AFTER = ("after", "past", "beyond", "later than")
_IN = (
    "in",
    "on",
    "at",
    "during",
    "over",
    "throughout",
    "for",
    "across",
    "as of",
    "as at",
    "between",
    "around",
    "about",
    "circa",
    "in or around",
)
_DURING = ("in", "for", "over", "during", "throughout", "within", "across")
_VAGUE_YEAR = (
    "over",
    "about",
    "around",
    "up to",
    "for",
    "within",
    "past",
    "from",
    "at",
    "on",
    "beyond",
    "across",
    "between",
)
"""Prepositions that stand before counts as readily as before years."""


def _any(words: tuple[str, ...]) -> str:
    return "|".join(sorted(words, key=len, reverse=True)).replace(" ", " {1,2}")


_STARTS = (
    rf"\d|the |this |that |these |last |next |past |coming |previous |following |recent |future |earlier |early |late|mid|end |end-|an? "
    rf"|{MONTH}|{WEEKDAY}|mon|tue|wed|thu|fri|sat|sun|to|yesterday|overnight|currently|presently|nowadays|right now|at |then|spring|summer|autumn|fall|winter"
    rf"|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twel|thirt|fourt|fift|sixt|sevent|eight|ninet|twent|fort|several|many|some|few|nearly|almost|roughly|more|less|half|dozens"
    rf"|first|second|third|fourth|final|fiscal|financial|fy|q[1-4]|'\d0|year|month|quarter|calendar|a\.?d|christmas|boxing|hallow|new year|valentine|so far|most|much|all|part|so|as |days|weeks|months|years|hours"
)
_CANDIDATE = re.compile(
    rf"(?<![\w$€£¥#.,/:'-])(?:(?P<prep>{_any(_BEFORE + _UNTIL + _BY + _SINCE + _AFTER + _IN)}) {{1,2}}"
    rf"(?P<about>(?:about|around|roughly|approximately|at least|at the earliest|at the latest|nearly|almost|perhaps|only) {{1,2}})?)?(?={_STARTS})"
)
_CLOCK = re.compile(
    r"(?:(?:\d{1,2}(?:[:.]\d\d)? ?(?:a\.?m\.?|p\.?m\.?)|\d{1,2}:\d\d|noon|midnight)(?: (?:gmt|bst|est|edt|et|utc|cet|local time))?,? )(?:on )?"
)
_DURATION = re.compile(
    rf"(?:(?:about|around|roughly|nearly|almost|more than|less than|fewer than|at least|at most|up to|over|under|just|only|the|the first) )*"
    rf"(?:(?P<count>{HOW_MANY}) )?(?P<unit>{UNIT})(?!\w)(?P<time>'? time| from now)?(?P<of> of \w+)?(?! (?:old|of|in prison|ago)|-)"
)
_LINK = re.compile(r" (?:to|until|till|through|and|&) | ?(?:-|--) ?|/")
_TAIL = re.compile(r" at (?:the )?(?:very )?latest\b")
_ONWARD = re.compile(r",? (?:on|onwards?|forwards?|and beyond)(?= ?[,.;:)]| ?$| [a-z]+ )")
_OVER = re.compile(r"(?: is| are|'s)? (?:ends?|out|over|up|closes|finishes|expires|draws to a close|comes to an end)\b")
_OPENS = re.compile(r" (?:begins?|starts?|opens?)\b")
_NOT = re.compile(r"\b(?:not|no|never|none|nothing|nobody|without|unlikely|cannot|refus\w+)\b|n't\b")
_CLAUSE = 80  # characters around a time in which its verb is looked for


def _scan(text: str, day: dt.date | None) -> Iterator[_Found]:
    words, at, last = plain(text), 0, UNKNOWN
    while candidate := _CANDIDATE.search(words, at):
        found = _read(text, words, candidate, day, last)
        if found is None:
            at = candidate.end() + 1
            continue
        yield found
        at = found.end
        if found.period.start:
            last = found.period


def _read(text: str, words: str, candidate: re.Match[str], day: dt.date | None, last: Period) -> _Found | None:
    """Return the time that begins at a candidate, its preposition included, None if there is none."""
    prep = re.sub(" +", " ", candidate["prep"] or "")
    at = candidate.end()
    if prep and (clock := _CLOCK.match(words, at)):
        at = clock.end()
    anchor = Anchor(day, _lean(words, candidate.start(), at, prep), last)
    read = period_at(words, at, anchor, inner=prep in _BEFORE + _UNTIL + ("during", "within", "throughout"))
    if read is None:
        return _duration(text, words, candidate.start(), at, prep, day)
    end, name, period = read
    if not _plausible(words, candidate.start(), at, end, name, prep):
        return None
    ranged = _range(words, at, end, name, period, anchor, prep)
    if ranged:
        end, period = ranged
        when = _when(text, candidate.start(), end, "in", period)
    else:
        end, when = _related(text, words, candidate.start(), end, prep, period, at > candidate.end())
    return _Found(candidate.start(), end, when, period)


def _when(text: str, start: int, end: int, relation: Relation, period: Period) -> When:
    first = None if relation == "by" else period.start
    return When(text=text[start:end], relation=relation, start=first, end=None if relation == "since" else period.end)


def _related(text: str, words: str, start: int, end: int, prep: str, period: Period, clock: bool) -> tuple[int, When]:
    """Return what `prep` makes of the period, and where the expression ends (`by 2030 at the latest`)."""
    if prep in _BEFORE or prep in _UNTIL:
        if over := _OVER.match(words, end):
            return over.end(), _when(text, start, over.end(), "by", period)
        opens = _OPENS.match(words, end)
        end = opens.end() if opens else end
        excluded = prep in _BEFORE or _NOT.search(words, max(0, start - _CLAUSE), start) is not None
        limit = _eve(period, words[start:end]) if excluded else period.end
        return end, _when(text, start, end, "by", Period(None, limit))
    if tail := _TAIL.match(words, end):
        return tail.end(), _when(text, start, tail.end(), "by", period)
    if prep in _BY:
        return end, _when(text, start, end, "by", Period(None, period.due or period.end))
    if prep in _SINCE:
        onward = _ONWARD.match(words, end) if prep == "from" else None
        end = onward.end() if onward else end
        return end, _when(text, start, end, "since", period)
    if prep in _AFTER:
        # After an hour of a day is still that day.
        first = period.start if clock else plus(period.end, 1)
        return end, _when(text, start, end, "since", Period(first, None))
    return end, _when(text, start, end, "in", period)


def _eve(period: Period, words: str) -> dt.date | None:
    """Return the last day before a period; `before the end of the year` and `before then` still reach its last day."""
    return period.end if re.search(r"\b(?:end|close|then)\b", words) else plus(period.start, -1)


def _range(
    words: str, at: int, end: int, name: str, first: Period, anchor: Anchor, prep: str
) -> tuple[int, Period] | None:
    """Return the end and the period of `2019 to 2023`, `January and March`, `Nov. 20 - Dec. 11`; None for no range."""
    link = _LINK.match(words, end)
    if link is None:
        return None
    joint = link[0].strip()
    ahead = Anchor(first.start, "ahead", first) if first.start and not first.stated else anchor
    read = period_at(words, link.end(), ahead)
    if read is None or read[1] != name or (joint in ("to", "until", "till") and prep not in ("from", "between", "")):
        return None
    second = read[2]
    if second.stated and not first.stated and second.end:
        again = period_at(words, at, Anchor(second.end, "past"))
        first = again[2] if again else first
    if joint in ("and", "&") and prep != "between" and not touching(first, second):
        return None
    return read[0], join(first, second)


def _duration(text: str, words: str, start: int, at: int, prep: str, day: dt.date | None) -> _Found | None:
    """Return `within five years`, `for two weeks`, `in five days of clashes`: a length of time under a preposition."""
    match = _DURATION.match(words, at) if prep in _DURING else None
    if match is None or (match["count"] is None and (prep != "within" or not match["unit"].endswith("s"))):
        return None
    count = how_many(match["count"]) if match["count"] else None
    period = UNKNOWN
    if prep == "within":
        period = Period(None, moved(day, count, match["unit"]))
    elif match["of"] and count and prep in ("in", "over", "during") and match["unit"].startswith(("day", "week")):
        # Days of fighting told of on a day are the ones before it.
        period = Period(moved(day, -count, match["unit"]), plus(day, -1))
    end = match.end()
    return _Found(start, end, _when(text, start, end, "by" if prep == "within" else "in", period), UNKNOWN)


# -- what the words around tell

_BOUND = re.compile(r"[.;:!?\n\"“”]")
_CUE = re.compile(
    rf"\b(?:(?P<ahead>will|shall|would|must|may|might|'ll|due|set|scheduled|slated|expected|planned|plans?|planning|upcoming|is to|are to|going to|agreed to|vowed to|pledged to|promised to|has to|have to|deadline)"
    rf"|(?P<past>said|says|told|was|were|had|did|has|have|began|went|came|took|held|met|won|lost|left|made|gave|saw|fell|rose|struck|hit|shot|broke|sent|put|{'[a-z]{2,}ed'}))\b"
)
_COUNTED = re.compile(
    r" (?:people|persons|homes|houses|men|women|children|soldiers|troops|workers|jobs|miles|metres|meters|feet|tons?|tonnes|km|kg|mw|gw|euros?|dollars|pounds|votes|seats|points|calories|words|pages|times|others)\b"
)
_LOWER_NEXT = re.compile(
    r" (?!and |or |to |in |on |at |by |for |of |as |is |was |were |are |will |had |has |with |when |after |but |that |which |who |the |a |an |from |until |through |it |he |she |they |we |would |could )[a-z]"
)
_BASE = re.compile(
    r"(?:%|per ?cent|percentage points?)[^.;\n]{0,40}\b(?:from|on|below|above|over|than|than in|to|with|vs\.?|versus)(?: the)? ?$"
)
_LEVEL = re.compile(r"(?:'s)?(?: |-)(?:levels?|baseline|base year|prices|figures)\b")
_NAMELIKE = (
    "may",
    "march",
    "april",
    "june",
    "august",
    "jan",
    "mar",
    "jun",
    "aug",
    "apr",
    "dec",
    "oct",
    "nov",
    "sep",
    "sept",
    "feb",
    "jul",
)


def _lean(words: str, start: int, at: int, prep: str) -> Lean:
    """Return whether a date without a year, or a weekday, lies before or after the day of publication."""
    if prep in _BEFORE or prep in _UNTIL or (prep in _BY and prep != "through"):
        return "ahead"
    if prep == "since":
        return "past"
    before = words[max(0, start - _CLAUSE) : start]
    cues = list(_CUE.finditer(_BOUND.split(before)[-1]))
    cue = cues[-1] if cues else _CUE.search(_BOUND.split(words[at : at + _CLAUSE])[0])
    return "ahead" if cue and cue["ahead"] else "near"


def _plausible(words: str, start: int, at: int, end: int, name: str, prep: str) -> bool:
    """Return whether the words at [at, end) are a time, and not a count, a name or the base of a percentage."""
    if name == "year":
        if _COUNTED.match(words, end) or _LEVEL.match(words, end) or _BASE.search(words, max(0, at - 60), at):
            return False
        return not (_LOWER_NEXT.match(words, end) and (prep in _VAGUE_YEAR or not words.startswith(("19", "20"), at)))
    if name == "month" and words[at:end].rstrip(".") in _NAMELIKE:
        return prep != ""
    if name == "season":
        return prep != "" or " " in words[at:end]
    if name == "then":
        return prep != "" or words[at:end] != "then"
    return True
