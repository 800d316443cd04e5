"""A rank: `the second most generous donor of aid`, `NATO's biggest spender`, `the most populous country`."""

from __future__ import annotations

import datetime as dt
import re
from functools import partial
from typing import Final

from msgspec import Struct

from onrecord.figures import Figures, Indicator
from onrecord.model import Verdict
from onrecord.verdicts import periods
from onrecord.verdicts.bounds import exactly
from onrecord.verdicts.judging import Claimed, Hypothesis, judge, uncheckable
from onrecord.verdicts.lexicon import topics
from onrecord.verdicts.officials import Official, edition_days, members_table, name, official, periods_known, shown
from onrecord.verdicts.whom import groups_in
from onrecord.verdicts.wording import Wording

_ORDINALS: Final = {
    word: n
    for n, words in enumerate(
        ("second second-", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), 2
    )
    for word in words.split()
} | {f"{n}{'nd' if n == 2 else 'rd' if n == 3 else 'th'}": n for n in range(2, 21)}
_RANK: Final = re.compile(
    r"\b(?:(?P<nth>" + "|".join(_ORDINALS) + r")[- ])?(?P<most>largest|biggest|highest|top|most populous|"
    r"most generous|heaviest|greatest|lowest|smallest|least generous|least populous)\b(?P<rest>.*)"
)
_LEAST: Final = frozenset({"lowest", "smallest", "least generous", "least populous"})
_OTHER_GROUPS: Final = re.compile(
    r"\b(?:europe(?!an union| and canada)\w*|asia\w*|africa\w*|america\b(?!n)|latin|middle east|region\w*|eastern|"
    r"western|northern|southern|baltic|nordic|commonwealth|continent\w*|english-speaking|arab|gulf)\b"
)
_SHARE: Final = re.compile(
    r"\b(?:share|percentage) of\b|\brelative to\b|\bproportion\w*\b|\bof (?:its |their )?(?:gdp|gni|national income|"
    r"gross national income|output|electricity|power)\b|\bas a share\b"
)
_NOUNS: Final = (
    (re.compile(r"\bmost populous\b|\bleast populous\b|\bpopulation\b"), ("population",)),
    (re.compile(r"\bdonors?\b|\baid\b|\bmost generous\b"), ("oda_pct_gni",)),
    (re.compile(r"(?=.*\bper (?:person|capita|head)\b).*\b(?:emi\w+|co2)\b"), ("co2_per_capita",)),
    (re.compile(r"\bgreenhouse\b"), ("ghg_total",)),
    (re.compile(r"\bemitters?\b|\bpolluters?\b|\bemissions\b|\bco2\b"), ("co2_territorial",)),
    (re.compile(r"\beconom(?:y|ies)\b|\bgdp\b(?! on)"), ("gdp_current_usd",)),
)  # fmt: skip
_DEFENCE: Final = re.compile(r"\bdefen[cs]e\b|\bmilitary\b|\bspenders?\b")
_DEFENCE_IDS: Final = ("nato_defence_exp_pct_gdp", "nato_defence_exp_usd_current", "military_exp_pct_gdp")
_LEFT_OUT: Final = 0.1
"""Share of a group's members without a figure up to which a rank can be told."""


class Rank(Struct, frozen=True):
    """The nth of a group, from the top or from the bottom."""

    nth: int
    least: bool
    group: str | None
    indicators: tuple[Indicator, ...]
    words: str


def rank_of(wording: Wording, figures: Figures) -> Rank | None:
    """Return the rank that a claim's sentence states; None where it states none."""
    found = _RANK.search(wording.text)
    if found is None:
        return None
    nth = _ORDINALS[found["nth"]] if found["nth"] else 1
    words = f"{found['nth'] + ' ' if found['nth'] else ''}{found['most']}"
    return Rank(nth, found["most"] in _LEAST, _group(wording, found), _indicators(wording, figures), words)


def rank(asked: Rank, figures: Figures, entity: str, day: dt.date, stated: tuple[str, ...]) -> Verdict:
    """Return the verdict on a rank, by every indicator that may be meant."""
    if not asked.indicators:
        return uncheckable("no indicator", f"claimed to be the {asked.words}; of what is not clear", entity=entity)
    if asked.group is None:
        told = f"claimed to be the {asked.words}; among whom is not clear, or no figures are kept of them"
        return uncheckable("no entity", told, indicator=asked.indicators[0].id, entity=entity)
    claimed = Claimed(f"claimed rank {asked.nth}", exactly(asked.nth), "count")
    hypotheses = []
    for indicator in asked.indicators:
        known = periods_known(figures, indicator.id, entity, day)
        first, second = (stated, ()) if stated else periods.present(known, day)
        for period in (*first, *second):
            days = partial(edition_days, figures, indicator.id, entity, (period,))
            hypotheses.append(
                Hypothesis(partial(_ranked, figures, asked, indicator, entity, period), days, period in second)
            )
    verdict = judge(claimed, hypotheses, day)
    if verdict.verdict == "uncheckable":
        told = f"{claimed.words}; too few of {name(asked.group)} had figures"
        return uncheckable("no observation", told, indicator=asked.indicators[0].id, entity=entity)
    return verdict


def _group(wording: Wording, found: re.Match[str]) -> str | None:
    groups = groups_in(wording.evidence)
    named = [one for one in groups if one != "WLD"]
    if named:
        return named[0]
    if re.search(r"\ballies\b|\balliance\b", wording.text):
        return "NATO"
    if re.search(r"\bdonors?\b|\bof aid\b", wording.text) and not _OTHER_GROUPS.search(found["rest"]):
        return "DAC"
    if _OTHER_GROUPS.search(found.string):
        return None
    return "WLD"


def _indicators(wording: Wording, figures: Figures) -> tuple[Indicator, ...]:
    share = wording.has(_SHARE)
    ids: tuple[str, ...] = next((ids for pattern, ids in _NOUNS if wording.has(pattern)), ())
    if ids == ("oda_pct_gni",) and not share and not wording.has(re.compile("most generous")):
        return ()  # the largest donor by amount; there are figures of shares only
    if wording.has(_DEFENCE) and ids != ("population",):
        ids = _DEFENCE_IDS[::2] if share else _DEFENCE_IDS
    if not ids:
        ids = tuple(one.id for one in topics(wording.text, figures) if one.kind == "share")
    return tuple(figures.indicator(one) for one in ids if figures.has(one))


def _ranked(
    figures: Figures, asked: Rank, indicator: Indicator, entity: str, period: str, day: dt.date
) -> Official | None:
    """Return the rank of `entity`; None where one of the group without a figure may be ahead of it."""
    table = members_table(figures, indicator.id, asked.group or "", period, day)
    rows = table.rows[::-1] if asked.least else table.rows
    at = next((i for i, row in enumerate(rows) if row.entity == entity), None)
    if at is None or len(rows) < (1 - _LEFT_OUT) * table.members:
        return None
    own = rows[at]
    if any((row.value < own.value) if asked.least else (row.value > own.value) for row in table.last_of_others):
        return None
    place = next(i for i, row in enumerate(rows) if row.value == own.value) + 1
    told = (
        f"{name(entity)} {period}: {shown(own.value, own.unit)}, rank {place} from the "
        f"{'bottom' if asked.least else 'top'} of {len(rows)} ({name(asked.group or '')}; edition of {own.edition})"
    )
    around = tuple(row for row in rows[max(at - 3, 0) : at + 2] if row is not own)
    return official((*around, own), float(place), told, "count")
