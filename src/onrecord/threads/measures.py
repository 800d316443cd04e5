"""What is measured, apart from its wording: `defence spending`, `military expenditure`, `outlays on defence` are one.

A measure becomes a set of concepts: stems of its words, where standard terms of the field stand for one another. Two
measures are the more alike the more weight their concepts share; words such as `new` or `total` weigh little.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import JaroWinkler

from onrecord.language.gazetteer import country_of
from onrecord.language.word_sets import word_set

_TERMS: Final = """
defence|defense military armed_forces army warfare national_security
armysize|troop_strength force_size active_soldier active_troop active-duty_troop active_personnel
armysize|army_personnel size_of_army
armysize|strength_of_armed_forces soldier_in_army size_of_armed_forces strength_of_army standing_army
spend|spending expenditure outlay budget funding financing disbursement
emission|greenhouse_gas_emissions greenhouse_gases greenhouse_gas carbon_emissions co2_emissions
emission|carbon_dioxide_emissions
emission|carbon_pollution climate_pollution carbon_dioxide co2 heat-trapping_gases planet-warming_gases
emission|carbon_footprint
methane|methane_emissions emissions_of_methane
netzero|net_zero net_zero_emissions carbon_neutral carbon_neutrality climate_neutral climate_neutrality zero_emissions
foreignaid|development_aid foreign_aid overseas_aid official_development_assistance development_assistance oda
foreignaid|foreign_assistance international_aid international_development development_cooperation
foreignaid|aid_to_poor_countries
help|aid assistance relief support subsidy grant state_aid
humanitarian|emergency_relief humanitarian_aid
research|research_and_development r&d science innovation
health|healthcare health_care medical health_service nhs
education|school university schooling
renewable|renewables renewable_energy renewable_electricity renewable_sources clean_energy clean_electricity
renewable|clean_power
renewable|green_electricity green_energy green_power wind_and_sun wind_and_solar
solar|photovoltaic pv sun solar_panel solar_power
wind|wind_power wind_farm wind_turbine wind_energy
offshore|at_sea
coal|coal-fired
nuclear|atomic
reactor|nuclear_reactor nuclear_power_plant nuclear_power_station nuclear_plant atomic_power_plant nuclear_unit
home|house housing dwelling flat apartment housing_unit residence
social|council_home council_house public_housing social_housing subsidised affordable
job|post position employment vacancy
jobcut|job_cut layoff redundancy cut_jobs cut_post staff_cut jobs_lost job_loss shed_jobs lay_off laid_off
jobcut|cut_position
nurse|nursing_staff nursing
teacher|teaching_staff
police|constable policeman police_officer
troop|soldier serviceman military_personnel personnel brigade battalion contingent
warplane|fighter_jet combat_aircraft fighter_plane fighter_aircraft jet_fighter fighter combat_jet f-35 f-16
tank|battle_tank main_battle_tank
airdefence|air_defence air_defense anti-aircraft patriot air-defence air-defense
weapon|arms weaponry ammunition munition military_aid military_assistance military_support defence_aid
submarine|sub
warhead|nuclear_warhead nuclear_weapon nuclear_arsenal nuclear_stockpile atomic_weapon
railway|rail train rail_network track
chip|semiconductor chipmaker microchip
minimumwage|minimum_wage wage_floor minimum_pay minimum_hourly_pay living_wage hourly_minimum_wage lowest_wage
pensionage|retirement_age pension_age age_of_retirement pensionable_age state_pension_age
companytax|corporate_tax corporation_tax company_tax business_tax tax_on_companies corporate_income_tax profit_tax
vat|value-added_tax value_added_tax sales_tax consumption_tax goods_and_services_tax
deficit|budget_deficit fiscal_deficit public_deficit shortfall budget_gap
debt|public_debt government_debt national_debt sovereign_debt state_debt borrowing
electriccar|electric_vehicle electric_car ev battery-powered_car zero-emission_vehicle plug-in_car
electriccar|battery_electric_vehicle
petrolcar|petrol_car diesel_car combustion_engine combustion-engine gasoline_car petrol_and_diesel_car diesel_vehicle
tree|sapling
protected|protection conservation nature_reserve
plastic|single-use_plastic plastic_packaging
refugee|asylum_seeker asylum resettlement resettle
hospitalbed|hospital_bed bed
broadband|high-speed_internet fibre fiber fast_internet internet_access
climatefinance|climate_finance climate_fund climate_aid climate_funding green_climate_fund climate_adaptation
hydrogen|electrolyser electrolyzer electrolysis
crude|oil crude_oil petroleum
steel|steelmaking
inflation|consumer_price price_growth cpi price_rise consumer_price_index
gdp|gross_domestic_product economy economic_output
growth|economic_growth gdp_growth output_growth growth_of_economy expansion_of_economy
unemployment|jobless_rate joblessness jobless unemployment_rate
interestrate|interest_rate benchmark_rate key_rate policy_rate repo_rate base_rate lending_rate
wage|pay salary earnings
killed|dead death died die dying death_toll fatality lost_their_lives lost_life loss_of_life perished slain
killed|lives_lost toll
injured|wounded hurt injury casualty
missing|unaccounted
displaced|fled flee uprooted homeless displacement left_homeless driven_from_home forced_from_home driven_out
displaced|driven_home forced_out
evacuated|evacuation evacuee
arrested|detained detainee arrest detention
infected|infection case
destroyed|damaged demolished
migrant|immigrant migration immigration
car|vehicle automobile
power|electricity
phaseout|phase-out phasing_out stop end close exit ban halt outlaw
"""
_GENERIC: Final = word_set(
    """a about active additional all an and annual another as at available average base battery be brand build buy
    by capacity citizen construct contribution country create cut decrease deploy drop due each erect establish
    every extra fall fast for from full fund further gain give global government grow have higher hire hour
    hourly household in increase industry install into invest its legal level lift local low lower made main make
    measure million modern modernise money more nation national net network new number of on or order other out
    overall own part people person place plan power production program programme project provide public put raise
    rate reach recruit reduce reduction resident rise sale send set share sign spend state station stock strength
    supply system target that the their them they to total type under unit up upgrade use value volume with work
    world worth year"""
)
_EMPTY_WORDS: Final = word_set(
    """a agree all also among an and announce are as at be been being by commit each for from had has have he her his in
    into is it its more not of on or over own pledge promise said say she some such than that the their them there they
    this those to under up vow was were which who will with would"""
)
_LIGHT: Final = 0.25
"""Weight of a word that goes with anything, against 1 of one that says what it is."""
_FUZZY: Final = 0.92
_TOKEN: Final = re.compile(r"[a-z]&[a-z]|[^\W_]+(?:['.][^\W_]+)*", re.IGNORECASE)
_HARM: Final = word_set("killed injured missing displaced evacuated arrested infected destroyed")


@lru_cache(1 << 16)
def concepts(measure: str) -> frozenset[str]:
    """Return the concepts of a measure; a country, its people and its capital are one, `@` and its code."""
    every = (_stem(part) for part in _TOKEN.findall(measure.replace("’", "'")))
    words = [word for word in every if word not in _EMPTY and (len(word) > 1 or word.isdigit())]
    found, place = [], 0
    while place < len(words):
        concept, length = _term(words, place)
        found.append(concept)
        place += length
    return frozenset(found)


def _stem(word: str) -> str:
    code = country_of(word) if word[:1].isupper() and not word.isupper() else None
    return f"@{code}" if code else stem(word.lower().removesuffix("'s"))


def _term(words: list[str], place: int) -> tuple[str, int]:
    """Return the concept that begins at a word, and how many words it takes up."""
    for length in range(min(_LONGEST, len(words) - place), 0, -1):
        concept = _CONCEPTS.get(tuple(words[place : place + length]))
        if concept is not None:
            return concept, length
    return words[place], 1


def weight(concept: str) -> float:
    """Return how much a concept says: 1, or less for a word that goes with anything."""
    return _LIGHT if concept in _LIGHT_CONCEPTS or concept.isdigit() else 1.0


def shared(measure: str, other: str) -> tuple[int, float]:
    """Return how many concepts two measures share, and what these weigh together."""
    both = concepts(measure) & concepts(other)
    return len(both), sum(map(weight, both))


@lru_cache(1 << 17)
def likeness(measure: str, other: str) -> float:
    """Return how alike two measures are, 0 to 1; 0 where they name different countries or different harm."""
    ours, theirs = concepts(measure), concepts(other)
    if _exclude(ours, theirs):
        return 0.0
    common = sum(map(weight, ours & theirs))
    left, right = ours - theirs, theirs - ours
    common += sum(weight(word) for word in left if any(_nearly(word, one) for one in right))
    size, other_size = sum(map(weight, ours)), sum(map(weight, theirs))
    if not size or not other_size:
        return 0.0
    # a longer wording of the same is more alike than one that shares as much and goes on otherwise
    return min(1.0, (common / min(size, other_size) + 2 * common / (size + other_size)) / 2)


def _exclude(ours: frozenset[str], theirs: frozenset[str]) -> bool:
    kinds = ((ours & _HARM, theirs & _HARM), (_nations(ours), _nations(theirs)))
    return any(mine and other and not mine & other for mine, other in kinds)


def may_be_one(measure: str, other: str) -> bool:
    """Return whether two measures may be one though their words differ: where a table knows the words of one only."""
    ours, theirs = concepts(measure), concepts(other)
    return not _exclude(ours, theirs) and not (ours & _KNOWN and theirs & _KNOWN)


def _nations(found: frozenset[str]) -> frozenset[str]:
    return frozenset(one for one in found if one[0] == "@")


def nations(measure: str) -> frozenset[str]:
    """Return the countries that a measure names, each as `@` and its code."""
    return _nations(concepts(measure))


def _nearly(word: str, other: str) -> bool:
    return (
        word[0] == other[0] != "@" and min(len(word), len(other)) > 4 and JaroWinkler.similarity(word, other) >= _FUZZY
    )


def is_harm(measure: str) -> bool:
    """Return whether a measure counts people or things that an event harmed, as a toll does."""
    return bool(concepts(measure) & _HARM)


def anchors(measure: str, most: int = 3) -> tuple[str, ...]:
    """Return the concepts that say most of a measure, at most so many, in order; none only for an empty measure."""
    found = sorted(concepts(measure))
    telling = [one for one in found if weight(one) == 1.0]
    return tuple(sorted(telling, key=lambda one: (one[0] == "@", -len(one), one))[:most]) or tuple(found[:2])


_ENDINGS: Final = re.compile(r"(?<=[a-z]{3})(?:ations?|ments?|ings?|ions?|ed|es|e|s)$")
_DOUBLED: Final = re.compile(r"([bdgklmnprt])\1$")


@lru_cache(1 << 16)
def stem(word: str) -> str:
    """Return a lower-case word without its ending, so that `emit`, `emitted` and `emitting` come together."""
    if word.endswith(("ies", "ied")) and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("ss", "us", "is")):
        return word
    return _DOUBLED.sub(r"\1", _ENDINGS.sub("", word)) if word.isascii() else word


_EMPTY: Final = frozenset(map(stem, _EMPTY_WORDS))
"""Stems that carry nothing."""


def _table() -> dict[tuple[str, ...], str]:
    found = {}
    for line in _TERMS.strip().splitlines():
        concept, words = line.split("|")
        for term in words.split():
            stems = (stem(word) for word in re.split("[_-]", term))
            found[tuple(word for word in stems if word not in _EMPTY)] = concept
        found.setdefault((stem(concept),), concept)
    return found


_CONCEPTS: Final = _table()
_KNOWN: Final = frozenset(_CONCEPTS.values())
_LONGEST: Final = max(map(len, _CONCEPTS))
_LIGHT_CONCEPTS: Final = frozenset(_CONCEPTS.get((stem(word),), stem(word)) for word in _GENERIC)
