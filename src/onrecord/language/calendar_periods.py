"""The forms in which English names longer times: weeks to centuries, near and far, and years of other calendars."""

from __future__ import annotations

import re

from onrecord.language.calendar import (
    AHEAD,
    NEAR,
    PAST,
    UNKNOWN,
    WAS,
    WILL,
    Period,
    around,
    date,
    from_start,
    month,
    plus,
    shift,
    single,
    span,
    unit_of,
    year,
    years,
)
from onrecord.language.calendar_anchor import Anchor, Forms, form_of
from onrecord.language.calendar_words import (
    CALENDAR_UNIT,
    DAY,
    DECADE_NAMES,
    HOW_MANY,
    MONTH,
    ORDINAL,
    SPLIT_YEAR,
    UNIT,
    YEAR,
    YEAR_DIGITS,
    day_number,
    how_many,
    month_number,
    moved,
    ordinal_number,
    unit_named,
)

PERIODS: Forms = {}
_form = form_of(PERIODS)


@_form(
    rf"(?P<which>this|last|next|the current|the present) (?P<unit>{CALENDAR_UNIT})(?P<cut> so far|-to-date| to date)?"
)
def _calendar_unit(match: re.Match[str], anchor: Anchor) -> Period | None:
    unit = unit_named(match["unit"])
    whole = unit_of(shift(anchor.day, {"last": -1, "next": 1}.get(match["which"], 0), unit), unit)
    return span(whole.start, anchor.day) if match["cut"] else whole


@_form(rf"(?P<which>that same|that|the same|the following|the previous|the preceding) (?P<unit>{CALENDAR_UNIT})")
def _unit_named_before(match: re.Match[str], anchor: Anchor) -> Period | None:
    """Return the unit of, before or after the time last named: `that year`, `the following month`."""
    unit = unit_named(match["unit"])
    step = {"the following": 1, "the previous": -1, "the preceding": -1}.get(match["which"], 0)
    stated = anchor.last_year.start if unit in ("year", "decade", "century") else None
    return unit_of(shift(stated or anchor.base(unit), step, unit), unit, stated=bool(stated))


@_form(rf"the (?P<which>next|coming|past|last) (?P<unit>{CALENDAR_UNIT})(?! (?:of|or)\b)")
def _unit_around(match: re.Match[str], anchor: Anchor) -> Period | None:
    """Return the unit that begins or ends on the day; the calendar's where it is cut (`the end of the next decade`)."""
    unit, step = unit_named(match["unit"]), 1 if match["which"] in ("next", "coming") else -1
    other = shift(anchor.day, step, unit)
    if anchor.inside:
        return unit_of(other, unit)
    return span(anchor.day, other) if step > 0 else span(other, anchor.day)


@_form(rf"the (?P<unit>{CALENDAR_UNIT}) (?P<way>before|after)(?= ?[,.;)]| ?$)")
def _unit_before(match: re.Match[str], anchor: Anchor) -> Period | None:
    unit = unit_named(match["unit"])
    return unit_of(shift(anchor.base(unit), 1 if match["way"] == "after" else -1, unit), unit)


@_form(
    rf"(?:(?:the |these |this )?(?P<which>past|last|previous|next|coming)|the following) (?:(?P<count>{HOW_MANY}) )?"
    rf"(?P<unit>{UNIT})(?: or so)?(?! of (?:his|her|its|their|our|my|your)\b)"
)
def _rolling(match: re.Match[str], anchor: Anchor) -> Period | None:
    """Return `the past five days`, which end on the day, or `the next five years`, which begin on it."""
    single_unit = 1.0 if not match["unit"].endswith("s") else None
    count = how_many(match["count"]) if match["count"] else single_unit
    if count is None:
        return UNKNOWN
    if match["which"] in ("next", "coming", None):
        return span(anchor.day, moved(anchor.day, count, match["unit"]))
    return span(moved(anchor.day, -count, match["unit"]), anchor.day)


@_form(
    r"(?:recent|the coming|coming|past|future) (?:day|week|month|year|decade)s|the (?:day|week|month|year)s (?:ahead"
    r"|to come)"
)
def _some_units(_: re.Match[str], __: Anchor) -> Period | None:
    return UNKNOWN


_NEARLY = "about|around|nearly|almost|roughly|some|just over|just under|over|more than|less than"


@_form(
    rf"(?:(?:{_NEARLY}) )?(?P<count>{HOW_MANY}) (?P<unit>{UNIT}) "
    r"(?P<way>ago|back|from now|hence|earlier|later|(?:before|after|afterwards)(?= ?[,.;)]| ?$))"
)
def _ago(match: re.Match[str], anchor: Anchor) -> Period | None:
    """Return the unit that far off: `two years ago` is that calendar year."""
    unit, count, way = unit_named(match["unit"]), how_many(match["count"]), match["way"]
    told = way in ("ago", "back", "from now", "hence")
    if count is None or (way in ("later", "after", "afterwards") and anchor.last.start is None):
        return UNKNOWN
    ahead = way in ("from now", "hence", "later", "after", "afterwards")
    return unit_of(moved(anchor.day if told else anchor.base(unit), count if ahead else -count, match["unit"]), unit)


@_form(r"then|that (?:time|point|date)")
def _then(_: re.Match[str], anchor: Anchor) -> Period | None:
    return anchor.last_year if anchor.last_year.start else anchor.last


# -- years, their parts and longer

_YEAR_BOUND = (
    r"(?:,? (?:which |that )?(?P<way>begins?|starts?|began|started|ends?|ended|ending|beginning|starting|runs|running"
    r"|from|to)"
    rf"(?: (?:in|on|from))?(?: (?P<which>next|last|this))? (?P<month>{MONTH})(?: (?P<day>{DAY}))?"
    rf"(?: (?:to|through|until) {MONTH}(?: {DAY})?)?)?"
)


@_form(
    rf"(?:the )?(?:(?:this|last|next|past|current|coming|previous) )?(?:(?P<before>{SPLIT_YEAR}|{YEAR}) )?"
    rf"(?:(?:fiscal|financial|budget|tax|academic|school|marketing|crop) years?(?: (?P<after>{SPLIT_YEAR}|{YEAR}))?"
    rf"|(?:fiscal|fy) ?(?:{SPLIT_YEAR}|{YEAR}|\d\d(?!\d))){_YEAR_BOUND}"
)
def _fiscal_year(match: re.Match[str], anchor: Anchor) -> Period | None:
    """Return a fiscal year's days where the text tells the first or last of them (`which begins on April 1`)."""
    if not match["month"]:
        return UNKNOWN
    ends = match["way"] in ("end", "ends", "ended", "ending", "to")

    def bound(of: int) -> Period:
        whole = month(of, month_number(match["month"]))
        given = date(of, month_number(match["month"]), day_number(match["day"])) if match["day"] else None
        return single(given or (whole.end if ends else whole.start))

    named = match["before"] or match["after"] or ""
    past = match["way"] in ("began", "started", "ended") or match["which"] == "last"
    lean = PAST if past else AHEAD if match["which"] == "next" or ends else NEAR
    limit = bound(int(named[:4]) + ends) if len(named) > 4 else around(bound, anchor.day, lean)
    return from_start(plus(shift(limit.start, -1, "year"), 1) if ends else limit.start, 1, "year")


@_form(rf"(?P<a>{YEAR_DIGITS})[-/](?P<b>\d{{4}}|\d\d)(?![\d-])")
def _year_range(match: re.Match[str], _: Anchor) -> Period | None:
    # `2012-13` and `2012/13` are years of some other calendar, without known dates; `2010-15` are whole years.
    first = int(match["a"])
    last = int(match["b"]) if len(match["b"]) == 4 else first // 100 * 100 + int(match["b"])
    if last % 100 == (first + 1) % 100:
        return UNKNOWN
    return years(first, last) if last > first else None


_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}


@_form(
    r"(?:(?P<which>this|last|next|this past|this coming|the following|the) )?(?P<season>spring|summer|autumn|fall"
    r"|winter)"
    rf"(?:(?: of)? (?P<year>{YEAR_DIGITS})(?!\d)(?:-\d\d(?:\d\d)?)?| of (?P<other>last|this|next) year"
    r"|(?! (?:of|in)\b))"
)
def _season(match: re.Match[str], anchor: Anchor) -> Period | None:
    """Return whole months of the northern half's season: spring from March, winter into the next year."""
    first, which = _SEASONS[match["season"]], match["which"]
    if match["year"]:
        return month(int(match["year"]), first, 3, stated=True)
    if match["other"]:
        step = {"last": -1, "next": 1}.get(match["other"], 0)
        return month(anchor.day.year + step, first, 3) if anchor.day else UNKNOWN
    if which in (None, "this", "the"):
        return around(lambda of: month(of, first, 3), anchor.day, anchor.lean)
    back = which in ("last", "this past")
    beyond = shift(anchor.day, -3 if back else 3, "month")
    return around(lambda of: month(of, first, 3), beyond, PAST if back else AHEAD)


@_form(
    rf"(?:the )?(?:(?P<which>first|second|third|fourth|1st|2nd|3rd|4th|last|final)[ -]quarter|q(?P<number>[1-4]))"
    rf"(?:,? (?:of )?(?P<year>{YEAR}))?(?! of\b)"
)
def _quarter(match: re.Match[str], anchor: Anchor) -> Period | None:
    """Return a quarter; without a year, the last such one that had begun on the day."""
    which = match["which"]
    number = int(match["number"] or 0) or (4 if which in ("last", "final") else ordinal_number(which))
    if match["year"]:
        return month(int(match["year"]), number * 3 - 2, 3, stated=True)
    lean = AHEAD if anchor.lean in (WILL, AHEAD) else PAST
    return around(lambda of: month(of, number * 3 - 2, 3), anchor.day, lean)


@_form(r"(?:the )?(?P<which>first|second|last|final)[ -]half(?! of\b|-| an? )")
def _half(match: re.Match[str], anchor: Anchor) -> Period | None:
    """Return half a year; of what was, the last such one that was over on the day."""
    return _months_of_year(1 if match["which"] == "first" else 7, 6, anchor)


@_form(
    rf"(?:the|its|their) first (?:(?P<count>{HOW_MANY}) (?P<unit>{UNIT})|(?:full )?(?:year|month|week|term))"
    r"(?P<of> of\b)?"
)
def _first_units(match: re.Match[str], anchor: Anchor) -> Period | None:
    """Return `the first seven months`, of a calendar year; the days of anything else (`the first year`) are unknown."""
    count = how_many(match["count"]) if match["count"] else None
    if count is None or match["of"] or not match["unit"].startswith("month") or count > 11:
        return UNKNOWN
    return _months_of_year(1, round(count), anchor)


def _months_of_year(first: int, count: int, anchor: Anchor) -> Period:
    """Return months of the year that the lean asks for: ahead, last begun, or, of what was, last over on the day."""
    day = shift(anchor.day, -count, "month") if anchor.lean in (WAS, PAST) else anchor.day
    lean = AHEAD if anchor.lean in (WILL, AHEAD) else PAST
    return around(lambda of: month(of, first, count), day, lean)


@_form(
    rf"(?:the )?(?P<year>[12]\d\d0)s|the (?:(?P<apart>[12]\d\d0)'s|'?(?P<short>[2-9]0)'?s"
    rf"|(?P<word>{'|'.join(DECADE_NAMES)}))"
)
def _decade(match: re.Match[str], _: Anchor) -> Period | None:
    """Return ten years; `the 1600s` is a century, and so are all `00s` before the 2000s."""
    first = int(match["year"] or match["apart"] or 0) or DECADE_NAMES.get(match["word"]) or 1900 + int(match["short"])
    return years(first, first + (99 if first % 100 == 0 and first < 2000 else 9))


@_form(rf"(?:the )?(?P<number>{ORDINAL})[ -]century(?P<era> (?:bce?|b\.c\.))?")
def _century(match: re.Match[str], _: Anchor) -> Period | None:
    first = (ordinal_number(match["number"]) - 1) * 100
    return UNKNOWN if match["era"] else years(max(first, 1), first + 99)


@_form(rf"(?:(?P<year>{YEAR}) )?(?P<unit>year|month|quarter)(?:'s)?[ -]end(?: (?P<after>{YEAR}))?")
def _year_end(match: re.Match[str], anchor: Anchor) -> Period | None:
    stated = match["year"] or match["after"]
    whole = year(int(stated)) if stated else unit_of(anchor.day, unit_named(match["unit"]))
    return single(whole.end, stated=bool(stated))


@_form(r"a\.?d\.? ?(?P<ad>\d{1,4})|(?P<number>\d{1,5}) (?P<era>a\.?d\.?|b\.?c\.?e?\.?|ce)")
def _era_year(match: re.Match[str], _: Anchor) -> Period | None:
    before_common_era = (match["era"] or "").startswith("b")
    return UNKNOWN if before_common_era else year(int(match["ad"] or match["number"]))


@_form(rf"(?:(?:the )?(?:calendar )?year )?(?P<year>{YEAR})")
def _year(match: re.Match[str], _: Anchor) -> Period | None:
    return year(int(match["year"]))


@_form(
    r"(?:the (?:next|coming) (?:general |presidential )?(?:election|parliament|legislature|legislative session)"
    r"|(?:this|the current) (?:parliament|legislature|legislative session)|(?P<plain>the (?:parliament|election"
    r"|session)))"
)
def _term(match: re.Match[str], anchor: Anchor) -> Period | None:
    # Terms of office and elections bound promises, on days that only a calendar of events knows.
    return None if match["plain"] and not anchor.inside else UNKNOWN


@_form(r"the (?P<unit>year|quarter|month|week)(?: so far|-to-date| to date)")
def _unit_so_far(match: re.Match[str], anchor: Anchor) -> Period | None:
    return span(unit_of(anchor.day, unit_named(match["unit"])).start, anchor.day)


@_form(
    r"(?:(?:(?:the|next|last|this) )?(?:easter|ramadan|diwali|thanksgiving|passover)|the (?:holidays|monsoon|rains))"
    r"(?!'s?)"
)
def _movable(_: re.Match[str], __: Anchor) -> Period | None:
    # Feasts and seasons whose days differ from year to year and place to place.
    return UNKNOWN


@_form(r"the (?:full year|whole year|year as a whole|quarter|half-year)(?! of\b)|(?:the|this|last|next) season(?!-|'s)")
def _stretch(_: re.Match[str], anchor: Anchor) -> Period | None:
    # Whose year or season it is, fiscal or not, the words don't tell.
    return None if anchor.inside else UNKNOWN


@_form(rf"(?:the )?(?P<unit>{CALENDAR_UNIT})")
def _this_unit(match: re.Match[str], anchor: Anchor) -> Period | None:
    return unit_of(anchor.day, unit_named(match["unit"])) if anchor.inside else None
