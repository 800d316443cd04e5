"""Time expressions in a story: deadlines, points and periods, resolved against its day of publication.

One scan over the text. What a period is, `calendar_parts` reads; what the words around make of it (a deadline, a
period, a beginning, or no time at all) is decided here. The scheme's field `when` defines the results.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from spacy.tokens import Doc

from onrecord.language.calendar import AHEAD, NEAR, PAST, UNKNOWN, WAS, WILL, Lean, Period, join, plus, span, touching
from onrecord.language.calendar_anchor import Anchor
from onrecord.language.calendar_parts import Named, period_at
from onrecord.language.calendar_words import HOW_MANY, MONTH, UNIT, WEEKDAY, compiled, how_many, moved, plain
from onrecord.language.mentions import TimeMention
from onrecord.model import Relation, When


class _Found(NamedTuple):
    """A time at the characters [start, end), and the period that it names."""

    start: int
    end: int
    when: When
    period: Period


def find_times(doc: Doc, day: dt.date | None) -> tuple[TimeMention, ...]:
    """Return the times that `doc` names, in order, without overlaps; `day` is the day of publication.

    Without a `day` relative times (`Tuesday`, `last year`) are found with `start` and `end` None; so are, on any day,
    times that have no fixed dates (`fiscal 2026`, `in recent years`).
    """
    mentions: list[TimeMention] = []
    for found in _scan(doc.text, day):
        tokens = doc.char_span(found.start, found.end, alignment_mode="expand")
        if tokens is not None and (not mentions or tokens.start >= mentions[-1].end):
            mentions.append(TimeMention(tokens.start, tokens.end, found.when))
    return tuple(mentions)


# -- where a time may begin

_BEFORE = ("before", "prior to", "not before", "ahead of", "no earlier than", "not earlier than")
_UNTIL = ("until", "till", "'til", "up until", "up till")
_BY = (
    *("by", "by no later than", "no later than", "not later than", "on or before", "by or before", "in or before"),
    *("through", "thru", "up to", "within", "deadline of"),
    *("between now and", "from now until", "from now to", "from now through", "now until"),
)
_SINCE = (
    *("since", "ever since", "from", "as from", "on or after", "effective", "effective from", "effective on"),
    *("starting", "starting in", "starting on", "starting from"),
    *("beginning", "beginning in", "beginning on", "beginning from"),
)
_AFTER = ("after", "past", "beyond", "later than")
_DURING = ("in", "for", "over", "during", "throughout", "within", "across")
_AT = ("on", "at", "as of", "as at", "between", "around", "about", "circa", "in or around")
_DEADLINES = frozenset(_BEFORE + _UNTIL + _BY) - {"through"}
_INSIDE = frozenset((*_BEFORE, *_UNTIL, "during", "throughout"))
_COUNTING = frozenset(
    ("", "over", "about", "around", "up to", "for", "within", "past", "from", "at", "on", "beyond", "across")
)
"""Prepositions that stand before counts as readily as before years."""

_PREPOSITIONS = "|".join(sorted({*_BEFORE, *_UNTIL, *_BY, *_SINCE, *_AFTER, *_DURING, *_AT}, key=len, reverse=True))
_FIRST_WORDS = (
    rf"\d|'\d0|{MONTH}|{WEEKDAY}|mon|tue|wed|thu|fri|sat|sun"
    r"|the |this |that |these |last |next |past |coming |previous |recent |future |early |earlier |late|mid|end |end-"
    r"|so far|to[dnm]|yesterday|overnight|currently|presently|nowadays|right now|at |for the time|then\b|noon|midnight"
    r"|an? |one|two|three|four|five|six|seven|eight|nine|ten|eleven|twe|thirt|fort|fift|several|many|some|few|half|most"
    r"|much|all|part|as |nearly|almost|roughly|more|less|about|around|only|just|under|first|second|third|final"
    r"|hours|days|weeks|months|month|quarter|year|q[1-4]|fy|fiscal|financial|budget|tax|academic|school|calendar|a\.?d"
    r"|spring|summer|autumn|fall|winter|christmas|boxing|hallow|new year|valentine|easter|ramadan|diwali|thanksgiving"
    r"|passover|its first |their first "
)
_FIXED = r"(?!at (?:the moment|present|the present|the current|the time of|this )|for the time being)"
_CANDIDATE = compiled(
    rf"(?<![\w$€£¥#.,/:'-])(?:{_FIXED}(?P<prep>{_PREPOSITIONS}) "
    rf"(?:(?:about|around|roughly|approximately|at least|nearly|almost|perhaps|only) )?)?(?={_FIRST_WORDS})"
)
_HOUR = r"(?:\d{1,2}(?:[:.]\d\d)? ?(?:a\.?m\.?|p\.?m\.?)|\d{1,2}:\d\d|noon|midnight)"
_CLOCK = compiled(rf"{_HOUR}(?: (?:gmt|bst|est|edt|et|utc|cet|local time))?,? (?:on )?")
_DURATION = compiled(
    r"(?:(?:about|around|roughly|nearly|almost|more than|less than|fewer than|at least|at most|up to|over|under|just"
    "|only|the) ){0,3}"
    rf"(?:(?P<count>{HOW_MANY}) )?(?P<unit>{UNIT})(?:' time)?(?P<of> of \w+)?(?![\w-])(?! (?:old|of|in prison|ago)\b)"
)
_SUPERLATIVE = re.compile(
    r"\b(?:first|only|worst|best|(?:high|low|bigg|larg|great|small|few|poor|dead|bloodi|strong|weak|fast|quick|slow"
    r"|long|short|deep|sharp|steep|heavi|busi|cold|hott|warm|wett|dri)est)\b[^.;\n]{0,40}$"
)
_WINDOW = 80  # characters around a time in which the words that decide on it are looked for


def _scan(text: str, day: dt.date | None) -> Iterator[_Found]:
    words, at, anchor = plain(text), 0, Anchor(day)
    while candidate := _CANDIDATE.search(words, at):
        found = _read(text, words, candidate, anchor)
        if found is None:
            at = candidate.end() + 1
            continue
        yield found
        at, anchor = found.end, anchor.after(found.period)


def _read(text: str, words: str, candidate: re.Match[str], before: Anchor) -> _Found | None:
    """Return the time that begins at a candidate, its preposition included, None if there is none."""
    start, at, prep = candidate.start(), candidate.end(), re.sub(" +", " ", candidate["prep"] or "")
    clock = _CLOCK.match(words, at)
    at = clock.end() if clock else at
    anchor = replace(before, inside=True) if prep in _INSIDE else before
    named = period_at(words, at, anchor)
    if named is None:
        if prep in ("since", "ever since") and (event := _since_event(text, words, start, at, before)):
            return event
        return _event(text, words, start, at, prep) or _duration(text, words, start, at, prep, anchor.day)
    if not _is_time(words, at, named, prep, before.day):
        return None
    # Read again with the lean, which is dear to find and wanted only here: most candidates name no period.
    anchor = replace(anchor, lean=_lean(words, start, at, prep))
    named = period_at(words, at, anchor) or named
    if ranged := _range(words, at, named, anchor, prep):
        end, period = ranged
        return _Found(start, end, _when(text, start, end, "in", period), period)
    if words.startswith("'s", named.end) and prep not in _DEADLINES and prep not in _SINCE:
        # `in Sunday's election`: the preposition is the election's.
        start, prep = at, ""
    end, when = _related(text, words, start, named, prep, clock is not None)
    return _Found(start, end, when, named.period)


# -- what a preposition makes of a period

_LINK = re.compile(r" (?:to|until|till|through|and|or|&) | ?(?:-|--) ?|/")
_LATEST = re.compile(r" at (?:the )?(?:very )?latest\b")
_ONWARD = re.compile(r",? (?:on|onwards?|forwards?)\b(?! (?:the|a|an|its|their|his|her)\b)")
_OVER = re.compile(r"(?: is| are|'s)? (?:ends?|out|over|up|closes|finishes|expires|draws to a close|comes to an end)\b")
_OPENS = re.compile(r" (?:begins?|starts?|opens?)\b")
_NOT = re.compile(r"\b(?:not|no|never|none|nothing|nobody|without|unlikely|cannot|refus\w+)\b|n't\b")
_COMING_EVENT = compiled(
    r"[a-z]+(?: [a-z'-]+){0,5} (?:(?:is|are|has been|have been) (?:[a-z]+(?:ed|en|wn|lt|ld|nt|id)|met|made|set|done"
    r"|over|out|ready)"
    r"|opens?|begins?|starts?|ends?|closes?|expires?|takes effect|comes? into force|turns? \d+)\b"
)


def _when(text: str, start: int, end: int, relation: Relation, period: Period) -> When:
    first = None if relation == "by" else period.start
    return When(text=text[start:end], relation=relation, start=first, end=None if relation == "since" else period.end)


def _related(text: str, words: str, start: int, named: Named, prep: str, clock: bool) -> tuple[int, When]:
    """Return where the expression ends (`by 2030 at the latest`), and what `prep` makes of the period."""
    end, period = named.end, named.period
    if prep in _BEFORE or prep in _UNTIL:
        return _bounded(text, words, start, named, prep)
    if latest := _LATEST.match(words, end):
        return latest.end(), _when(text, start, latest.end(), "by", period)
    if prep in _BY:
        return end, _when(text, start, end, "by", Period(None, period.due or period.end))
    if prep in _SINCE and not (named.form in ("month_day", "year_range") and period.start != period.end):
        onward = _ONWARD.match(words, end) if prep == "from" else None
        end = onward.end() if onward else end
        return end, _when(text, start, end, "since", Period(period.due or period.start))
    if prep in _AFTER:
        # After an hour of a day is still on that day.
        first = period.start if clock else plus(period.end, 1)
        return end, _when(text, start, end, "since", Period(first))
    return end, _when(text, start, end, "in", period)


def _bounded(text: str, words: str, start: int, named: Named, prep: str) -> tuple[int, When]:
    """Return the end and the deadline of `before 2030` (its eve), `not until 2026` (its eve), `until Friday`."""
    end, period = named.end, named.period
    if over := _OVER.match(words, end):
        return over.end(), _when(text, start, over.end(), "by", period)
    opens = _OPENS.match(words, end)
    end = opens.end() if opens else end
    denied = prep in _BEFORE or _NOT.search(_clause_before(words, start)) is not None
    # `Before the end of the year` and `before then` still reach the last day.
    limit = period.due or period.end
    if denied and named.form not in ("end", "then", "year_end"):
        limit = plus(period.start, -1)
    return end, _when(text, start, end, "by", Period(None, limit))


def _range(words: str, at: int, first: Named, anchor: Anchor, prep: str) -> tuple[int, Period] | None:
    """Return the end and the period of `2019 to 2023`, `January and March`, `Nov. 20 - Dec. 11`; None for no range."""
    link = _LINK.match(words, first.end)
    joint = link[0].strip() if link else ""
    open_range = prep in ("from", "between")
    if link is None or prep in _DEADLINES or prep == "since":
        return None
    if joint in ("to", "until", "till") and not (open_range or prep == ""):
        return None
    second = period_at(words, link.end(), anchor)
    if second is None or not (open_range or second.form == first.form):
        return None
    start, end = first.period, second.period
    if (
        end.stated
        and not start.stated
        and end.end
        and (again := period_at(words, at, replace(anchor, day=end.end, lean=PAST)))
    ):
        start = again.period
    elif start.start and not end.stated and (start.stated or not (end.start and start.start <= end.start)):
        later = period_at(words, link.end(), replace(anchor, day=start.start, lean=AHEAD))
        end = later.period if later else end
    if joint in ("and", "or", "&") and prep != "between" and not touching(start, end):
        return None
    return second.end, join(start, replace(end, end=end.due or end.end))


def _duration(text: str, words: str, start: int, at: int, prep: str, day: dt.date | None) -> _Found | None:
    """Return `within five years`, `for two weeks`, `in five days of clashes`: a length of time under a preposition."""
    match = _DURATION.match(words, at) if prep in _DURING else None
    if match is None or (match["count"] is None and not (prep == "within" and _is_limit(words, at, match["unit"]))):
        return None
    if prep in ("in", "over") and _SUPERLATIVE.search(words, max(0, start - _WINDOW), start):
        return None  # the worst crash in 30 years
    unit, period = match["unit"], UNKNOWN
    count = how_many(match["count"] or ("several" if unit.endswith("s") else "one"))
    if unit.startswith("hour") and prep != "within":
        return None
    if prep == "within" and not match["of"]:
        period = Period(None, moved(day, count, unit))
    elif match["of"] and count and prep in ("in", "over", "during") and unit.startswith(("day", "week")):
        # Days of fighting told of on a day are the ones before it.
        period = span(moved(day, -count, unit), plus(day, -1))
    end = match.end("unit") if period is UNKNOWN else match.end()
    return _Found(start, end, _when(text, start, end, "by" if prep == "within" else "in", period), UNKNOWN)


def _is_limit(words: str, at: int, unit: str) -> bool:
    """Return whether a unit without a number bounds after `within`: `within days`, `within the week`."""
    return unit.endswith("s") or (unit in ("week", "month") and words.startswith("the ", at))


def _since_event(text: str, words: str, start: int, at: int, anchor: Anchor) -> _Found | None:
    """Return `since the ceasefire`, on a day that nobody knows, or `since the election in June`."""
    match = _EVENT.match(words, at)
    if match is None:
        return None
    link = _PLACED.match(words, match.end())
    named = period_at(words, link.end(), replace(anchor, lean=PAST)) if link else None
    end, period = (named.end, named.period) if named else (match.end(), UNKNOWN)
    if named is None and link is not None and not match["verb"]:
        return None
    return _Found(start, end, _when(text, start, end, "since", period), period)


def _event(text: str, words: str, start: int, at: int, prep: str) -> _Found | None:
    """Return `until a new cabinet is formed`: a deadline set by what is still to come, on a day that nobody knows."""
    match = _COMING_EVENT.match(words, at) if prep in ("before", "until", "till") else None
    return _Found(start, match.end(), _when(text, start, match.end(), "by", UNKNOWN), UNKNOWN) if match else None


# -- what the words around tell

_CLAUSE_END = re.compile(r"[.;:!?](?=[\s\"”])|,(?= [a-z]+ing\b)|[\n\"“”]")
_AHEAD_WORDS = (
    "will|shall|would|must|'ll|be [a-z]+|due|set for|set to|scheduled|slated|expected|plans?|planned|planning|upcoming"
    "|deadline|(?:is|are) (?:now |also |not |still )?to|going to|(?:is|are) (?:now )?[a-z]+ing|wants?|hopes?"
    "|takes? effect|(?:comes?|enters?) into force"
    "|(?:agreed|vowed|pledged|promised|has|have|ready|calls?|called|calling) (?:to|for)"
    "|(?:assumed|projected|forecast|predicted|likely) to"
)
_PAST_WORDS = (
    "said|says|told|was|were|had|did|[a-z]{2,}ed|became|began|bought|broke|brought|built|came|caught|drew|fell|felt|flew"
    "|found|gave|grew|held|hit|kept|led|left|lost|made|met|paid|put|ran|rose|sat|saw|sent|shot|sold|spent|spoke|stood"
    "|struck|took|went|won|lent|shrank|sank|slid|drove|chose|swung|threw|wrote|taught|thought|dealt|swept|wound"
)
_EVENT = compiled(  # a noun phrase without a verb, up to a sign, the event's own verb or its date
    r"(?:the (?:start|beginning|outbreak|onset|end) of )?"
    rf"(?:the|an?) (?!(?:{_PAST_WORDS}|is|are|has|have|will|would|can|could|do|does)\b)[a-z'-]+"
    rf"(?: (?!(?:in|on|of|{_PAST_WORDS}|is|are|has|have|will|would|can|could|do|does|and|that|which)\b)[a-z'-]+){{0,3}}"
    r"(?: in [a-z]+(?= (?:began|started|broke out|ended)\b))?"
    r"(?:(?P<verb> (?:began|started|broke out|ended|took effect))(?= ?[.,;:)]| ?$)|(?= ?[.,;:)]| ?$| in | on | of ))"
)
_PLACED = compiled(r" (?:in|on|of) ")
_CUE = re.compile(rf"\b(?:(?P<ahead>{_AHEAD_WORDS})|(?P<past>{_PAST_WORDS}))\b")
_MISHAP = (  # nobody schedules these
    "(?:attack|assault|massacre|bombing|shooting|killing|raid|crash|collapse|disaster|quake|earthquake|flood|fire|blast"
    "|explosion|storm|hurricane|riot|coup)(?:s|es)?"
)
_MISHAP_BEFORE = compiled(rf"\b{_MISHAP} (?:on )?$")
_MISHAP_AFTER = compiled(rf"(?:{WEEKDAY}|{MONTH} \d{{1,2}}(?:st|nd|rd|th)?)(?:'s)? (?:\w+ )?{_MISHAP}\b")
_COUNTED = compiled(
    r" (?:people|persons|men|women|children|homes|houses|soldiers|troops|workers|jobs|votes|seats|points|times|others"
    r"|miles|metres|meters|feet|tons?|tonnes|km|kg|mw|gw|euros?|dollars|pounds|calories|words|pages|years?|year-olds?)\b"
)
_NOUN_NEXT = compiled(
    r" (?!(?:and|or|to|in|on|onwards?|at|by|for|of|as|with|from|until|till|through|when|after|but|that|which|who|the"
    r"|an?|it|he|she|they|we|is|was|were|are|will|had|has|would|could)\b)[a-z]"
)
_PLURAL_NEXT = compiled(r" (?!(?:is|was|has|as|this|his|its|does)\b)[a-z]+[a-rt-z]s\b")
_DETERMINER = re.compile(r"(?:\b(?:the|an?|its|their|his|her|our|this|that|these|those|of)|'s?) $")
_OF_PERCENTAGE = re.compile(
    r"(?:%|per ?cent|percentage points?)[^.;\n]{0,40}"
    r"\b(?:from|on|below|above|over|than|than in|to|with|vs\.?|versus)(?: the)? ?$"
)
_LEVEL = re.compile(r"(?:'s)?(?: |-)(?:levels?|baseline|base year|prices|figures)\b|-[a-z]")
_NUMBERED = re.compile(
    r"\b(?:pages?|rooms?|flight|route|highway|section|article|number|no\.|channels?|version|extension) $"
)
_NOT_A_DATE = re.compile(r"\b(?:black|good|ash|cyber|super|palm|shrove|maundy|every|each|any|most) $")
_ALSO_NAMES = re.compile(r"(?:may|march|april|june|august|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?")


_DONE = re.compile(  # what had happened by a day: the day is past, unless what was done points ahead
    r"\b(?:had|has been|have been)\b(?! (?:been )?(?:hoped|planned|promised|pledged|vowed|agreed|wanted|expected|aimed"
    r"|asked|ordered|told|set|given|extended|due)\b)(?!.*\b(?:to|until|would|will|must|if|unless)\b)"
)
_HAD_BEEN_DONE = re.compile(r"[^.;:,]{0,60}?\bhad (?:already |been )?[a-z]+(?:ed|en|t|d)\b(?! to\b)")
_COMMITTED = re.compile(r"(?:offer|propos|announc|promis|pledg|order|approv|decid|recommend|want|agreed|vowed)")
_FROM = frozenset(_SINCE) - {"since", "ever since"}


def _clause_before(words: str, start: int) -> str:
    return _CLAUSE_END.split(words[max(0, start - _WINDOW) : start])[-1]


def _lean(words: str, start: int, at: int, prep: str) -> Lean:
    """Return how a date without a year, or a weekday, leans: the nearest verb before it decides, else the one after."""
    before = _clause_before(words, start)
    if prep in _DEADLINES:
        return PAST if prep == "by" and _is_done(before, words, at) else AHEAD
    if prep == "since" or _MISHAP_AFTER.match(words, at) or _MISHAP_BEFORE.search(before):
        return PAST
    cues = [*_CUE.finditer(before)][-1:] or [*_CUE.finditer(_CLAUSE_END.split(words[at + 4 : at + _WINDOW])[0])][:1]
    if not cues or (prep == "for" and cues[0]["past"]):
        return NEAR  # called a vote for January
    committed = prep in _FROM and _COMMITTED.match(cues[0][0])  # offered two more free days from January
    return WILL if cues[0]["ahead"] or committed else WAS


def _is_done(before: str, words: str, at: int) -> bool:
    """Return whether something had been done by a day: `had passed 12 by March`, `By March 12 had been sent`."""
    if _DONE.search(before):
        return True
    return not _CUE.search(before) and _HAD_BEEN_DONE.match(words[at : at + _WINDOW]) is not None


def _is_time(words: str, at: int, named: Named, prep: str, day: dt.date | None) -> bool:
    """Return whether the words of a period are a time, and not a count, a name or what something is compared with."""
    end, name = named.end, named.form
    if name == "year":
        start = named.period.start
        # `45% from 1990` tells a base, `45% from 2030`, said before, a time.
        ahead = prep == "from" and day is not None and start is not None and start.year > day.year
        return _is_year(words, at, end, prep, base=not ahead)
    if words.startswith("that ", at) and prep == "" and name in ("month", "weekday"):
        return False  # said that Tuesday
    if name == "month" and _ALSO_NAMES.fullmatch(words, at, end):
        return prep != "" or (words.startswith("'s", end) and not words.startswith("may", at))
    if name == "season":
        return prep != "" or (" " in words[at:end] and not words.startswith("the ", at))
    if name == "weekday":
        return not _NOT_A_DATE.search(words, max(0, at - 10), at)
    if name in ("stretch", "movable", "first_units", "half"):
        return prep not in ("", "between", "around", "about", "past")  # `this is the season`, `a good first half`
    if name in ("ago", "unit_before"):
        return prep != "from"
    return name != "then" or prep != ""


def _is_year(words: str, at: int, end: int, prep: str, *, base: bool) -> bool:
    """Return whether four digits are a year as a time; `base` says that they may be the base of a percentage."""
    if _COUNTED.match(words, end) or _LEVEL.match(words, end):
        return False
    if base and _OF_PERCENTAGE.search(words, max(0, at - 60), at):
        return False
    if prep not in _COUNTING:
        return True
    if prep == "" and not words.startswith(("19", "20"), at):
        return words.startswith("(", at - 1) or not words.startswith(" ", end)
    if _NUMBERED.search(words, max(0, at - 12), at):
        return False
    if prep == "" and not _DETERMINER.search(words, max(0, at - 12), at):
        return not _PLURAL_NEXT.match(words, end)
    return prep == "" or not _NOUN_NEXT.match(words, end)
