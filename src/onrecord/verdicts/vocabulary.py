"""The words of claims that the catalogue's own do not tell: bases, parts, what no indicator measures."""

from __future__ import annotations

import re
from typing import Final

from onrecord.language.word_sets import word_set


def _words(terms: str) -> str:
    """Return a pattern of whole words for terms set apart by commas.

    `tax*` is any word that begins so, `industr+` any longer one, `deficit(s)` stands with and without its end.
    """
    ends = {"*": r"\w*", "+": r"\w+", "(": "(?:", ")": ")?"}
    listed = ("".join(ends.get(letter, letter) for letter in term.strip()) for term in terms.split(","))
    return rf"\b(?:{'|'.join(listed)})\b"


_DEFENCE: Final = (
    *("military", "its military", "on its military", "armed forces", "army", "military budget", "military budgets"),
    *("defence", "defense", "defence budgets", "defense budgets", "defence outlay", "military outlay"),
    *("defence outlays", "defense outlays", "military outlays", "defence expenditures", "military expenditures"),
    *("military spending", "defence spending", "defense spending", "military expenditure"),
    *("spending on defence", "spending on defense", "core defence", "core defense"),
    *(f"{word} {spender}" for word in ("defence", "defense", "military") for spender in ("spender", "spenders")),
)
_PER_HEAD: Final = ("gdp per capita", "gdp per head", "gdp per person")
_CARBON: Final = ("carbon dioxide", "carbon")

MORE_WORDS: Final = {
    "nato_defence_exp_pct_gdp": _DEFENCE,
    "nato_defence_exp_usd_current": _DEFENCE,
    "nato_defence_exp_national_currency": _DEFENCE,
    "military_exp_pct_gdp": _DEFENCE,
    "electricity_share_renewables": ("green electricity", "green power"),
    "oda_pct_gni": ("development cooperation", "foreign assistance"),
    "gdp_current_usd": (*_PER_HEAD, "economies"),
    "gdp_current_national_currency": _PER_HEAD,
    "education_exp_gov_pct_gdp": ("public education",),
    "rd_exp_pct_gdp": ("research & development",),
    "co2_territorial": _CARBON,
    "co2_per_capita": (
        *_CARBON,
        *("co2", "emissions", "co2 emissions", "carbon dioxide emissions", "carbon emissions"),
    ),
}
"""Words by which news writes about an indicator, beside the catalogue's."""

NAMED: Final = word_set("gdp population co2 oda r&d renewables inhabitants emissions ghg people citizens residents")
"""Single words that name what is measured; others need a base or nothing beside them (`research`, `economy`)."""

_ELECTRICITY: Final = r"\b(?:electricity|power)\b(?! (?:capacity|consumption|demand|prices?))"
_SPENT_ON_DEFENCE: Final = (
    r"\b(?:defen[cs]e|military|armed forces)\b.*\b(?:spending|budget|expenditure|outlays?)\b"
    r"|\b(?:spending|expenditure) on (?:defen[cs]e|its military)\b"
)
BASES: Final = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("GNI", _words("gni, gnp, national income, national product, income")),
        ("GDP", _words("gdp, gross domestic product, economic output, national output, economy")),
        ("defence expenditure", _SPENT_ON_DEFENCE),
        ("electricity generation", _ELECTRICITY),
    )
)
"""Bases of percentages as the catalogue names them, and the words for each."""

BASE_IN_SENTENCE: Final = re.compile(
    r"\b(?:of|to|in) (?:(?:its|their|the|all|[\w.]+'s?|(?:[a-z]\.)+|total|gross|country's|annual|\w+an|\w+ish) )*"
    r"(gdp|gn[ip]|gross domestic product|(?:gross )?national (?:income|product)|(?:economic|national) output|"
    r"(?:[\w.'-]+ ){0,2}electricity(?! consumption)|power|(?:defen[cs]e|military) (?:spending|budget|expenditure))\b"
)
"""A base that stands apart from its percentage: `renewables' share of electricity was 59%`."""

BASELESS: Final = ("defen", "military", "armed", "nato", "aid", "oda", "development assistance")
"""Beginnings of words whose percentage is mostly given without its base (`spends 2.1% on defence`)."""

_ELSE: Final = {
    "public money": "deficit(s), debt(s), surplus, borrowing, tax*, revenue(s), tariff(s), subsid+, grant(s), loan(s)",
    "funds": "fund(s), facility, package, program(s), programme(s), project(s), contract(s), shortfall, gap, cut(s)",
    "markets": "export(s), import(s), trade, goods, services, investor(s), profit(s), companies, firm(s)",
    "prices and work": "inflation, price(s), interest, wage(s), pension(s), unemployment, jobless, jobs, poverty",
    "branches": "sector, industr+, steel, vehicle(s), car(s), aviation, shipping, transport, homes, households",
    "harm": "killed, injured, wounded, died, dead, displaced, arrested",
    "people": "voter(s), vote(s), seat(s), refugees, migrants, students, pupils, patients",
    "forces": "troops, soldiers, personnel, arms, military aid",
    "other measures": "capacity, intensity, per unit, growth, methane",
}
ELSE: Final = re.compile(
    _words(", ".join(_ELSE.values())) + r"|\bweapons (?!and research)\b"
    r"|\b(?:aid|assistance|support|help) (?:to|for)\b"
    r"|\binvestments?\b(?! in (?:research|r&d|education|health|defen[cs]e))"
)
"""Words of what no indicator measures; in a measure they forbid a guess."""

OPINIONS: Final = re.compile(
    r"\b(?:one|two|three|four|nine) in (?:two|three|four|five|ten)\b|"
    + _words("poll(s), polled, survey(s), surveyed, respondents, oppose(s), opposed, opposing, in favo(u)r of")
)
"""Sentences about what people think: their percentages are of people."""

NEUTRAL: Final = word_set(
    "a an the of on for in its their his our total overall whole national annual yearly nominal current country's "
    "public state government general core combined collective aggregate spend spends spent spending expenditure "
    "expenditures budget budgets outlay outlays size value worth level levels share percentage proportion ratio rate "
    "official per person head capita inhabitant resident is was were are be has had have stood stands reached gave "
    "gives give living live lives people and by at to with as amount amounts together members member countries allies "
    "states gdp gni gross domestic income product economy year emitted emit emits emissions production generation "
    "electricity power energy from sources mix came comes generated meet meets target guideline home military "
    "defence defense country nation it they goes went put puts devotes devoted"
)
"""Words that may stand beside an indicator's in a measure and change nothing."""

OUTLAYS: Final = word_set("spending expenditure expenditures outlay outlays budget budgets")
"""Words for spending that leave open on what."""

LIVE_THERE: Final = re.compile(
    r"\bpopulation\b(?! (?:growth|density|ag[ei]|of))[^.;:]{0,60}?\d|\bpopulation of\b"
    r"|\b(?:has|have|had|home to|counts?|inhabited by) (?:\w+ ){0,3}?[\d.,]+ ?(?:million|billion|m|bn)? ?"
    r"(?:people|inhabitants|residents|citizens)\b(?=$|[.,;]| in (?:19|20)\d\d| today| now| last year| at the)"
)
"""Sentences that tell how many live somewhere, not how many of them do something."""

OTHER_POPULATIONS: Final = re.compile(
    r"\bpopulations? of (?!the [A-Z]|[A-Z\d]|(?:its|about|around|more|nearly|almost|over|some|roughly|just|at|only)\b)"
    r"|\b(?:urban|rural|prison|working|school|elderly|immigrant|foreign|muslim|adult|bird|wolf|jail|inmate|student)"
    r"[\w-]* population|"
    + _words("camp, town, village, neighbo(u)rhood, suburb, prison, city, district, county, state of")
)
"""Populations that are not a country's; upper case matters."""

CARBON: Final = re.compile(r"\bco2\b|\bcarbon\b|\bco₂")
_SECTORS: Final = {
    "business": "company, companies, firm(s), sector(s), steel*, cement, plant(s)",
    "ways of getting about": "transport*, aviation, airline(s), shipping, vehicle(s), car(s)",
    "land and homes": "buildings, household*, farm*, agricultur*, livestock",
    "fuels and gases": "coal, oil, methane",
    "not of one year and place": "cumulative*, imported",
}
SECTORS: Final = re.compile(_words(", ".join(_SECTORS.values())) + r"|\b(?<!and )industr\w+|\b(?<!greenhouse )gas\b")
"""Parts whose emissions are not the country's."""

_TARGETS: Final = (
    r"(?:target|guideline|goal|benchmark|threshold|commitment|floor|mark|pledge|minimum|requirement|line|bar)s?"
)
TARGET: Final = re.compile(rf"\b{_TARGETS}\b")
"""What is to be met."""

TARGET_NUMBER: Final = re.compile(
    rf"\b(\d+(?:\.\d+)?) ?(?:%|percent|per cent|pc)(?: of [\w ]{{3,22}}?)?[- ](?:[a-z]+ )?{_TARGETS}\b"
    rf"|\b{_TARGETS} (?:of|to|at) (?:[a-z]+ ){{0,4}}(\d+(?:\.\d+)?) ?(?:%|percent|per cent|pc\b)"
)
"""A percentage that is to be met: `the 2% target`, `the target of spending 0.7%`."""

BY_NATO: Final = re.compile(_words("nato, alliance, allies"))

_TAKES: Final = _words(
    "took, takes, account+, made up, mak+ up, represent+, consum+, absorb+, equal+, amount+, came to, come(s) to, was,"
    "is, were, stood, reach+, hit"
)
TAKES: Final = (
    rf"(?:^|[.;,] )(?:\w+ )?{{phrase}} (?:spending |expenditure |budgets? )?{_TAKES}"
    r"|\b(?:its|their|[\w.]+'s) {phrase} (?:spending |expenditure |budget )?(?:to|by|at|from)\b"
)
"""What takes a share: `education took 6.4% of GDP`, `cut its aid to 0.43% of GNI`."""

_SPENDS: Final = _words(
    "spend*, spent*, devot*, put*, allocat*, budget*, outlay*, expenditure*, gave, give(s), given, giving, goes, went,"
    "invest*"
)
_ENDS: Final = _words("in, last, this, each, a, every, as, and, during, by, at, per, compared, alone, than, when")
SPENT_ON: Final = (
    rf"{_SPENDS}.*\b(?:on|for|to|into|in|as) (?:(?:its|their|the|his|public|all|government) )*{{phrase}}"
    rf"(?=$|[\s.,;:)]*$|[.,;:)]| {_ENDS})"
)
"""What is spent on, where nothing narrower follows: `on defence in 2024`, not `on defence housing`."""
