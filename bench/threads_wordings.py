"""Wordings from which bench.threads makes its histories: topics, actors, sentences; a part of them held back.

Written before the tables of `onrecord.threads` were, and not changed to suit them. A topic's measure has wordings that
may be looked at while the matcher is improved, and wordings (behind the second bar) that only the second measurement
uses.
"""
# ruff: noqa: E501 - a topic a line

from __future__ import annotations

from typing import NamedTuple


class Topic(NamedTuple):
    """What is promised: `unit` as in the annotation scheme, `date` for an undertaking without a number."""

    name: str
    unit: str
    of: str | None
    values: tuple[float, ...]
    change: str
    open: tuple[str, ...]
    held: tuple[str, ...]


# name | unit | base | values | change | wordings | wordings held back
_TOPICS = """
defence|percent|GDP|1.5 1.8 2 2.3 2.5 3 3.5|level|defence spending;military spending;spending on defence;defense budget;military expenditure|outlays on the armed forces;defence outlays;spending on the military
research|percent|GDP|1.8 2 2.5 3 3.5 4|level|spending on research and development;R&D spending;research and development;research spending|investment in R&D;expenditure on research;outlay for science and research
aid|percent|gross national income|0.3 0.5 0.7 0.8 1|level|development aid;foreign aid;overseas aid budget;official development assistance|aid to poor countries;spending on international development;foreign assistance
health|percent|GDP|5 6 7 8 9|level|health spending;spending on health care;public health expenditure;health budget|spending on the health service;outlays for healthcare;public spending on health
education|percent|GDP|4 5 6 6.5 7|level|education spending;spending on schools and universities;education budget;public expenditure on education|spending on education;outlay on schools;education funding
emissions|percent|1990 levels|40 45 50 55 60 65 68 70|decrease|greenhouse gas emissions;carbon emissions;emissions of greenhouse gases;planet-warming emissions|climate pollution;CO2 emissions;output of heat-trapping gases
methane|percent|2020 levels|20 30 40 45|decrease|methane emissions;emissions of methane;methane leaks|methane pollution;release of methane;methane output
netzero|date|||level|net zero;carbon neutrality;net-zero emissions;climate neutral|carbon neutral;reach net zero greenhouse gas emissions;climate neutrality
renewables|percent||40 50 60 70 80|level|electricity from renewable sources;share of renewables in power generation;renewable electricity;power from wind and sun|green power;share of clean electricity;renewables in the electricity mix
solar|GW||5 10 20 30 50 80|level|solar capacity;installed solar power;solar power capacity|photovoltaic capacity;capacity of solar panels;solar generation capacity
wind|GW||2 5 10 15 20 40|level|offshore wind capacity;wind farms at sea;offshore wind|wind power off the coast;offshore wind turbines;capacity of wind farms offshore
coal|date|||level|coal phase-out;stop burning coal for power;end coal-fired power generation|close its last coal power plant;coal exit;phasing out coal
reactors|count||2 4 6 8 14|level|nuclear reactors;new nuclear reactors built;nuclear power plants|atomic power stations;reactors constructed;new nuclear units
homes|count||50000 100000 150000 300000 400000 1500000|level|new homes;homes built;houses;build new housing units|dwellings constructed;new houses and flats;housing construction
social|count||10000 20000 40000 60000 90000|level|social housing;council homes;social homes built|public rental homes;council houses constructed;subsidised homes
jobs|count||2000 5000 8000 10000 20000|level|jobs created;new jobs;create jobs|additional positions;employment for workers;new posts
cuts|count||1500 3000 4500 6000 12000|decrease|job cuts;jobs cut;layoffs;cut positions|redundancies;staff laid off;shed posts
nurses|count||3000 5000 10000 20000 50000|increase|nurses;more nurses hired;recruit nurses|additional nursing staff;nurses recruited;extra nurses
teachers|count||2000 4000 6500 8000 12000|increase|teachers;new teachers;recruit teachers|additional teaching staff;teachers hired;extra teachers
police|count||1000 3000 8000 13000 20000|increase|police officers;more police on the streets;extra police officers|additional policemen;officers recruited;new constables
troopsl|count||500 1000 2000 4800 5000|level|troops stationed in Lithuania;soldiers in Lithuania;brigade in Lithuania|military personnel based in Lithuania;servicemen sent to Lithuania;forces deployed to Lithuania
troopsp|count||500 1000 2000 4000 5000|level|troops stationed in Poland;soldiers in Poland;deployment in Poland|military personnel based in Poland;servicemen sent to Poland;forces deployed to Poland
army|count||180000 203000 250000 260000 300000|level|soldiers in the army;size of the army;active soldiers;armed forces|strength of the armed forces;active-duty troops;army personnel
tanks|count||20 44 88 123 250|level|battle tanks;tanks bought;main battle tanks|new tanks ordered;armoured vehicles of the tank type;tanks
jets|count||12 24 35 48 60|level|fighter jets;combat aircraft;F-35 fighters|warplanes;fighter planes;jet fighters
patriot|count||1 2 3 4 6|level|air defence systems for Ukraine;Patriot batteries for Ukraine;air defence batteries|anti-aircraft systems sent to Kyiv;Patriot systems;air-defense units given to Ukraine
milaid|money||200e6 500e6 1e9 2e9 3e9 5e9|level|military aid for Ukraine;weapons for Ukraine;arms to Ukraine;Ukraine military assistance|defence support to Ukraine;weaponry and ammunition for Kyiv;military support for Ukraine
sudan|money||20e6 50e6 80e6 120e6 250e6|level|humanitarian aid for Sudan;aid to Sudan;emergency relief for Sudan|relief funds for Sudan;help for the Sudanese;humanitarian assistance to Sudan
climatefund|money||100e6 500e6 1e9 2e9 6e9|level|climate finance for poor countries;climate aid;climate fund;Green Climate Fund contribution|money for climate adaptation in developing nations;climate funding;green fund for poorer nations
rail|money||1e9 2.5e9 6e9 10e9 36e9|level|investment in railways;rail network;railway upgrades|money for trains and tracks;rail investment;modernising the railway
chips|money||2e9 5e9 10e9 20e9 43e9|level|subsidies for chipmakers;semiconductor industry support;chip plants|aid for semiconductor makers;microchip factories;semiconductor subsidies
wage|money||12 13 14 15 16|level|minimum wage;hourly minimum wage;legal minimum pay|wage floor;minimum hourly pay;lowest legal wage
pension|year||64 65 66 67 68|level|retirement age;pension age;state pension age|age of retirement;age at which people draw a pension;pensionable age
tax|percent||15 19 20 21 25|level|corporate tax rate;corporation tax;tax on company profits|business tax;levy on corporate profits;company tax
vat|percent||5 7 10 18 20 21|level|value-added tax;VAT rate;sales tax|VAT;consumption tax;value added tax rate
deficit|percent|GDP|1 2 2.5 3 4|level|budget deficit;deficit;fiscal deficit|budget gap;public deficit;budget shortfall
debt|percent|GDP|55 60 70 90 100|level|public debt;government debt;national debt|debt ratio;state borrowing;debt burden
evs|percent||30 50 80 100|level|electric cars;share of electric vehicles in new car sales;EV sales|battery-powered cars;zero-emission vehicle sales;electric car share
petrol|date|||level|ban on new petrol and diesel cars;end sales of combustion engine cars;petrol car ban|stop selling gasoline cars;phase-out of fossil-fuel cars;outlaw new diesel and petrol vehicles
trees|count||1e6 10e6 100e6 1e9 3e9|level|trees planted;plant trees;new trees|tree planting;saplings put in the ground;trees
protect|percent||10 17 20 30|level|protected land and sea;land and oceans under protection;nature reserves|territory set aside for nature;conservation areas;protected areas
plastic|percent||20 25 30 50|decrease|plastic waste;plastic packaging;single-use plastics|throwaway plastics;use of plastic;plastic rubbish
refugees|count||2000 5000 10000 20000 125000|level|refugees resettled;refugees taken in;resettle refugees|refugees admitted;asylum places;people given refuge
warheads|count||180 225 260 300|level|nuclear warheads;warhead stockpile;nuclear arsenal|atomic warheads;stock of nuclear weapons;warheads
subs|count||3 5 8 12|level|nuclear-powered submarines;attack submarines;submarines built|new submarines;submarine fleet;nuclear subs
beds|count||1000 3000 5000 10000|increase|hospital beds;beds in hospitals;new hospital beds|extra beds for patients;hospital places;additional beds
broadband|percent||85 90 95 99 100|level|households with fast broadband;gigabit broadband coverage;fibre internet for homes|high-speed internet access;homes with fibre;broadband coverage
steel|Mt||2 5 8 10 30|level|green steel production;steel made with hydrogen;low-carbon steel|fossil-free steel;output of clean steel;hydrogen-made steel
hydrogen|GW||1 2 5 10|level|electrolyser capacity;hydrogen production capacity;green hydrogen capacity|capacity to make hydrogen;electrolysis plants;hydrogen electrolysers
oil|bpd||100000 200000 500000 1000000 1600000|decrease|oil output cut;crude production;cut oil production|curbs on crude output;oil pumping;crude oil supply
"""


def topics() -> tuple[Topic, ...]:
    """Return all topics."""
    found = []
    for line in _TOPICS.strip().splitlines():
        name, unit, of, values, change, wordings, held = line.split("|")
        numbers = tuple(float(value) for value in values.split())
        found.append(Topic(name, unit, of or None, numbers, change, tuple(wordings.split(";")), tuple(held.split(";"))))
    return tuple(found)


# code | names that stand for it | leaders
COUNTRIES = tuple(
    (code, tuple(names.split(";")), tuple(leaders.split(";")))
    for code, names, leaders in (
        line.split("|")
        for line in """
GB|Britain;the U.K.;United Kingdom;British government;London|Prime Minister Helen Marsh;Marsh
DE|Germany;Berlin;German government;the Germans|Chancellor Jost Lindner;Lindner
FR|France;Paris;French government|President Claire Vasseur;Vasseur
PL|Poland;Warsaw;Polish government|Prime Minister Marek Zawada;Zawada
IT|Italy;Rome;Italian government|Prime Minister Paola Serri;Serri
ES|Spain;Madrid;Spanish government|Prime Minister Iker Salas;Salas
NL|the Netherlands;Netherlands;Dutch government|Prime Minister Joost de Wit;De Wit
SE|Sweden;Stockholm;Swedish government|Prime Minister Elin Norberg;Norberg
NO|Norway;Oslo;Norwegian government|Prime Minister Tora Haugen;Haugen
DK|Denmark;Copenhagen;Danish government|Prime Minister Mads Kirk;Kirk
FI|Finland;Helsinki;Finnish government|Prime Minister Aino Lehto;Lehto
EE|Estonia;Tallinn;Estonian government|Prime Minister Maarja Kask;Kask
LT|Lithuania;Vilnius;Lithuanian government|President Rimas Petkus;Petkus
US|United States;the U.S.;Washington;American government|President Carol Whitlock;Whitlock
CA|Canada;Ottawa;Canadian government|Prime Minister Denis Roy;Roy
AU|Australia;Canberra;Australian government|Prime Minister Wendy Park;Park
NZ|New Zealand;Wellington;New Zealand government|Prime Minister Tane Rewi;Rewi
JP|Japan;Tokyo;Japanese government|Prime Minister Kenta Morio;Morio
KR|South Korea;Seoul;South Korean government|President Han Ji-won;Han
IN|India;New Delhi;Indian government|Prime Minister Arun Mehra;Mehra
BR|Brazil;Brasilia;Brazilian government|President Luana Prado;Prado
ZA|South Africa;Pretoria;South African government|President Sipho Dube;Dube
TR|Turkey;Ankara;Turkish government|President Emre Kaya;Kaya
ID|Indonesia;Jakarta;Indonesian government|President Budi Santoso;Santoso
""".strip().splitlines()
    )
)

# names that stand for one body, none with a country
BODIES = (
    ("NATO", "North Atlantic Treaty Organization", "Nato"),
    ("European Union", "the EU", "EU"),
    ("Baltic Transport Corporation", "BTC", "Baltic Transport Corp."),
    ("Halden Motors", "Halden Motors plc", "Halden"),
    ("Northgate Steel Group", "Northgate Steel", "Northgate"),
    ("Orvik Energy", "Orvik Energy AS", "Orvik"),
    ("United Harbour Workers Union", "UHWU", "United Harbour Workers"),
    ("World Relief Federation", "WRF", "the World Relief Federation"),
    ("Pacific Shipping Alliance", "PSA", "the Pacific Shipping Alliance"),
    ("Castell Foods", "Castell Foods Inc.", "Castell"),
)

SAYERS = ("the finance ministry", "a spokeswoman", "the defence minister", "officials", "the chief executive")

COMMIT = (
    "{actor} has pledged {measure} of {target}",
    "{actor} promised on Tuesday to bring {measure} to {target}",
    "{actor} repeated its commitment to {measure} of {target}",
    "{measure} will come to {target}, {actor} said",
    "the plan of {actor} foresees {measure} of {target}",
)
ADOPT = (
    "parliament in the capital approved the plan of {actor} for {measure} of {target}",
    "a law signed last week binds {actor} to {measure} of {target}",
)
FUND = ("the budget of {actor} sets aside the money for {measure} of {target}",)
PROPOSE = (
    "{actor} is considering {measure} of {target}",
    "a draft put forward by {actor} foresees {measure} of {target}",
)
DROP = (
    "{actor} will not keep its promise of {measure} of {target}",
    "{actor} has given up {measure} of {target}",
)
DEMAND = ("critics urged {actor} to commit to {measure} of {target}", "{actor} should aim for {measure} of {target}")
FORECAST = ("{measure} in {actor} is expected to reach {target}", "economists see {measure} of {actor} at {target}")

# what a toll is of | wordings | wordings held back
TOLLS = (
    ("killed", ("people killed", "killed", "dead", "death toll"), ("deaths", "lost their lives", "fatalities")),
    ("injured", ("people injured", "wounded", "people wounded"), ("hurt", "injuries", "people were injured")),
    ("missing", ("people missing", "missing"), ("unaccounted for", "residents still missing")),
    ("displaced", ("people displaced", "people driven from their homes"), ("people fled", "left homeless")),
)
PLACES = (
    "Marawa", "Kesh province", "the town of Sullen", "Port Arden", "Tikal district", "Zarqan", "Old Vareth", "the Ruhn valley",
    "Lower Sava", "Camp Nadir", "Oruk", "Hillcrest", "Bandar Isa", "San Rocco", "Kivala", "Eastmoor",
)  # fmt: skip
COUNTERS = ("the health ministry", "police", "the rescue service", "the Red Crescent", "rebels")

# statistics by period: what is measured | unit
STATISTICS = (
    ("inflation", "percent"),
    ("unemployment", "percent"),
    ("gross domestic product", "percent"),
    ("exports", "USD"),
    ("industrial production", "percent"),
)
