"""Quantities, form by form; every sentence is our own."""

from __future__ import annotations

import re
from typing import Any

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from onrecord.language.mentions import QuantityMention, TimeMention
from onrecord.language.quantities import find_quantities
from onrecord.model import Quantity, When

NLP = spacy.blank("en")


def quantities(text: str, country: str | None = None) -> list[Quantity]:
    return [mention.quantity for mention in find_quantities(NLP(text), country=country)]


def q(value: float | None = None, unit: str = "count", **fields: Any) -> Quantity:
    return Quantity(value=value, unit=unit, **fields)


def between(low: float, high: float, unit: str = "count", **fields: Any) -> Quantity:
    return Quantity(low=low, high=high, unit=unit, **fields)


def vague(word: Any, unit: str = "count", **fields: Any) -> Quantity:
    return Quantity(vague=word, unit=unit, **fields)


NUMBERS = [
    ("The bridge cost 22 lives.", q(22)),
    ("The fund holds 1,500.5 tonnes of wheat.", q(1500.5, "t")),
    ("They planted 1 250 000 seedlings.", q(1_250_000)),
    ("Some 12,34,567 voters are on the roll.", q(1_234_567, comparator="~")),
    ("Twenty-two villages lost power.", q(22)),
    ("Police arrested one hundred and forty-five people.", q(145)),
    ("The ministry hired two thousand five hundred nurses.", q(2500)),
    ("The flood reached one and a half million homes.", q(1_500_000)),
    ("The flood reached 1½ million homes.", q(1_500_000)),
    ("Nearly two million and a half voters stayed away.", q(2_500_000, comparator="~")),
    ("The drought hit half a million farmers.", q(500_000)),
    ("The drought hit a quarter of a million farmers.", q(250_000)),
    ("A dozen ships are waiting.", q(12)),
    ("Two dozen ships are waiting.", q(24)),
    ("Half a dozen ships are waiting.", q(6)),
    ("A hundred schools will open.", q(100)),
    ("The party has 5m members.", q(5e6)),
    ("The city has 800k residents.", q(8e5)),
    ("The app has 1.2bn users.", q(1.2e9)),
    ("The scheme reached 2.7 crore families.", q(2.7e7)),
    ("The scheme reached 3 lakh families.", q(3e5)),
    ("The seabed fell by 300 million cubic metres.", q(3e8, "m3")),
    ("The wall is 5m high.", q(5, "m")),
    ("At minus 3 degrees Celsius the pipes froze.", q(-3, "degC")),
    ("It was -4°C at dawn.", q(-4, "degC")),
    ("The dam holds 16.9bn litres.", q(16_900_000_000, "L")),
    ("In Kenya 83 people were held.", q(83)),
    ("France gave Kyiv 30 guns.", q(30)),
]

MONEY = [
    ("The state pays $5 million.", None, q(5e6, "USD")),
    ("The state pays $5 million.", "AU", q(5e6, "AUD")),
    ("The state pays $5 million.", "CA", q(5e6, "CAD")),
    ("The state pays $5 million.", "MX", q(5e6, "USD")),
    ("The state pays $5M.", None, q(5e6, "USD")),
    ("The state pays $ 5.5 million.", None, q(5.5e6, "USD")),
    ("The state pays A$300m.", None, q(3e8, "AUD")),
    ("The state pays US$2.5bn.", "AU", q(2.5e9, "USD")),
    ("The state pays NT$647 billion.", None, q(6.47e11, "TWD")),
    ("The state pays C$40 million.", None, q(4e7, "CAD")),
    ("The state pays HK$9 billion.", None, q(9e9, "HKD")),
    ("The state pays R$90 million.", None, q(9e7, "BRL")),
    ("The state pays Rs 500 crore.", None, q(5e9, "INR")),
    ("The state pays Rs. 500 crore.", None, q(5e9, "INR")),
    ("The state pays Rs 1.5 lakh crore.", None, q(1.5e12, "INR")),
    ("The state pays ₹20,000 crore.", None, q(2e11, "INR")),
    ("The state pays £1.2bn.", None, q(1.2e9, "GBP")),
    ("The state pays £1.2tn.", None, q(1.2e12, "GBP")),
    ("The state pays 1.5 billion euros.", None, q(1.5e9, "EUR")),
    ("The state pays 40 billion baht.", None, q(4e10, "THB")),
    ("The state pays 57 trillion won.", None, q(5.7e13, "KRW")),
    ("The state pays 20 million Australian dollars.", None, q(2e7, "AUD")),
    ("The state pays 300 million Egyptian pounds.", None, q(3e8, "EGP")),
    ("The state pays 300 million pounds.", None, q(3e8, "GBP")),
    ("The state pays 300 million pounds.", "EG", q(3e8, "EGP")),
    ("The state pays 3 billion pesos.", "PH", q(3e9, "PHP")),
    ("The state pays KD 3,000.", None, q(3000, "KWD")),
    ("The state pays RM50 million.", None, q(5e7, "MYR")),
    ("The state pays Sh11 billion.", None, q(1.1e10, "KES")),
    ("The state pays R500 million.", None, q(5e8, "ZAR")),
    ("The state pays EUR 20 million.", None, q(2e7, "EUR")),
    ("The state pays 20 million EUR.", None, q(2e7, "EUR")),
    ("The state pays ¥300 million.", None, q(3e8, "JPY")),
    ("The state pays ¥300 million.", "CN", q(3e8, "CNY")),
    ("The state pays 60 cents.", None, q(0.6, "USD")),
    ("The state pays 80 pence.", None, q(0.8, "GBP")),
    ("Denmark's army gets 50 billion kroner, the Danish cabinet said.", None, q(5e10, "DKK")),
    ("An $82-million plant was opened.", None, q(8.2e7, "USD")),
    ("The mine cost billions of euros.", None, vague("billions", "EUR")),
    ("The state pays Rs 412 billion.", "LK", q(4.12e11, "LKR")),
    ("The state pays Shs 93.4 trillion.", "UG", q(9.34e13, "UGX")),
    ("The state pays 500,000 shillings.", "TZ", q(500_000, "TZS")),
    ("The state pays 325 CFA francs.", "SN", q(325, "XOF")),
    ("The state pays 325 CFA francs.", "CM", q(325, "XAF")),
    ("The state pays CFA 5 million.", "CM", q(5e6, "XAF")),
    ("A clerk in Burkina Faso earns 60,000 francs.", None, q(60_000, "XOF")),
    ("A flat in Buenos Aires costs 200,000 pesos.", None, q(200_000, "ARS")),
    ("The packet costs 9p more.", None, q(0.09, "GBP", change="increase")),
    ("Petrol costs 163p a litre.", None, q(1.63, "GBP", per="litre")),
    ("The state pays 10 cent.", "IE", q(0.1, "EUR")),
    ("The state pays 25 Australian cents.", None, q(0.25, "AUD")),
]

UNITS = [
    ("Sales rose by a third.", q(33.33, "percent")),
    ("Sales were a third higher.", q(33.33, "percent", change="increase")),
    ("Rates rise a quarter-point.", q(0.25, "percentage_point")),
    ("Fuel is four times dearer.", q(4, "times")),
    ("It is 2.5 times higher than before.", q(2.5, "times", change="increase")),
    ("Debt is double that of 2010.", q(2, "times")),
    ("It took one and a half times the time.", q(1.5, "times")),
    ("Thousands upon thousands came.", vague("thousands")),
    ("Several hundred came.", vague("hundreds")),
    ("The dog was fed four times after dinner.", q(4)),
    ("Inflation is 3 percent.", q(3, "percent")),
    ("Inflation is 3 per cent.", q(3, "percent")),
    ("Inflation is 3pc.", q(3, "percent")),
    ("The rate moved 0.5 percentage points.", q(0.5, "percentage_point")),
    ("The rate moved half a percentage point.", q(0.5, "percentage_point")),
    ("The rate moved a quarter of a percentage point.", q(0.25, "percentage_point")),
    ("The rate moved 25 basis points.", q(0.25, "percentage_point")),
    ("He lost half of the votes.", q(50, "percent", of="the votes")),
    ("He lost half the votes.", q(50, "percent", of="the votes")),
    ("Two-thirds of the schools are shut.", q(66.67, "percent", of="the schools")),
    ("A third of the schools are shut.", q(33.33, "percent", of="the schools")),
    ("Three quarters of the schools are shut.", q(75, "percent", of="the schools")),
    ("One in five of the schools is shut.", q(20, "percent", of="the schools")),
    ("Two in every three schools are shut.", q(66.67, "percent")),
    ("The plant burns 991 Mt.", q(991, "Mt")),
    ("The plant yields 3.7 GW.", q(3.7, "GW")),
    ("The plant yields 300MW.", q(300, "MW")),
    ("The plant used 40 MWh.", q(40, "MWh")),
    ("The road is 40km long.", q(40, "km")),
    ("A 40-km road was built.", q(40, "km")),
    ("Winds reached 120 km/h.", q(120, "km/h")),
    ("Winds reached 75 miles per hour.", q(75, "mph")),
    ("Rain of 88mm fell.", q(88, "mm")),
    ("The world warmed by 1.5 degrees Celsius.", q(1.5, "degC")),
    ("The world warmed by 1.5C.", q(1.5, "degC")),
    ("Fire took 18ha of forest.", q(18, "ha")),
    ("Fire took 600 acres.", q(600, "acre")),
    ("Fire took 12 square kilometres.", q(12, "km2")),
    ("The field yields 300,000 barrels.", q(300_000, "bbl")),
    ("The court gave him 20 years.", q(20, "year")),
    ("The court gave him a five-year term.", q(5, "year")),
    ("Output doubled.", q(2, "times", change="increase")),
    ("Output will more than double.", q(2, "times", comparator=">", change="increase")),
    ("Output tripled.", q(3, "times", change="increase")),
    ("Output rose fivefold.", q(5, "times", change="increase")),
    ("Output rose 10-fold.", q(10, "times", change="increase")),
    ("They have twice as many ships.", q(2, "times")),
    ("They have three times the ships.", q(3, "times")),
    ("The list was halved.", q(50, "percent", change="decrease")),
    ("Emissions fell by half.", q(50, "percent")),
    ("Dozens of homes burned.", vague("dozens")),
    ("Hundreds of thousands fled.", vague("hundreds of thousands")),
    ("Tens of thousands fled.", vague("tens of thousands")),
    ("Tens of millions fled.", vague("millions")),
    ("Millions of acres burned.", vague("millions", "acre")),
    ("The village was shelled dozens of times.", vague("dozens")),
    ("Trade could shrink by a third if the gates close.", q(33.33, "percent")),
    ("They want a cut of at least a fifth in the toll.", q(20, "percent", comparator=">=", change="decrease")),
    ("Of the groves, a fifth are under mud.", q(20, "percent", of="the groves")),
    ("One house in three is empty.", q(33.33, "percent")),
    ("Two of every three farmers agree.", q(66.67, "percent")),
    ("They own 19 second-hand lorries.", q(19)),
    ("Growth is 0.7 point higher.", q(0.7, "percentage_point", change="increase")),
    ("Malta (+10.8%) leads.", q(10.8, "percent")),
]

YEARS = [
    ("More than 2000 people came.", [q(2000, comparator=">")]),
    ("Some 1900 homes burned.", [q(1900, comparator="~")]),
    ("In 1900 homes burned.", []),
    ("The 2024 budget passed.", []),
    ("Over 2025 and 2026 it grows.", []),
    ("It cost $2000.", [q(2000, "USD")]),
]

COMPARATORS = [
    ("at least 40 ships", ">="),
    ("a minimum of 40 ships", ">="),
    ("no fewer than 40 ships", ">="),
    ("40 or more ships", ">="),
    ("more than 40 ships", ">"),
    ("over 40 ships", ">"),
    ("in excess of 40 ships", ">"),
    ("up to 40 ships", "<="),
    ("as many as 40 ships", "<="),
    ("no more than 40 ships", "<="),
    ("at most 40 ships", "<="),
    ("a maximum of 40 ships", "<="),
    ("40 or fewer ships", "<="),
    ("fewer than 40 ships", "<"),
    ("under 40 ships", "<"),
    ("about 40 ships", "~"),
    ("around 40 ships", "~"),
    ("nearly 40 ships", "~"),
    ("some 40 ships", "~"),
    ("an estimated 40 ships", "~"),
    ("40 or so ships", "~"),
    ("close to 40 ships", "~"),
    ("exactly 40 ships", "="),
    ("up to another 40 ships", "<="),
    ("it would top 40 ships", ">"),
    ("it steps up to 40 ships", "="),
    ("they put it up to 40 ships", "="),
    ("they take up to 40 ships", "<="),
    ("in talks with owners over 40 ships", "="),
    ("a row over 40 ships", "="),
    ("they are short of 40 ships", "="),
    ("they hand over 40 ships", "="),
]

RELATIONS = [
    ("They sent €130bn, about $148bn, in arms.", [q(1.3e11, "EUR")]),
    ("They sent €5m, $3m, and £2m.", [q(5e6, "EUR"), q(3e6, "USD"), q(2e6, "GBP")]),
    ("The fund holds €100bn (£86bn; $108bn) in gold.", [q(1e11, "EUR")]),
    ("The error is plus or minus 3 percentage points.", [q(3, "percentage_point")]),
    ("It is the best in five quarters.", [q(5, "quarter")]),
    ("Between 5 million and 7 million tonnes were lost.", [between(5e6, 7e6, "t")]),
    ("It costs $3-4 million.", [between(3e6, 4e6, "USD")]),
    ("The rate may move by 25 to 50 basis points.", [between(0.25, 0.5, "percentage_point")]),
    ("The ECB cut rates by 25 basis points to 3.5%.", [q(0.25, "percentage_point"), q(3.5, "percent")]),
    ("The fleet is down by 30 to 126.", [q(30), q(126)]),
    ("The wage rises to £12.21 an hour from £11.44.", [q(12.21, "GBP", from_=11.44, per="hour")]),
    ("It rose from 1.2 to 1.5 million.", [q(1.5e6, from_=1.2e6)]),
    ("The tax rises to 25 percent, from the current 19 percent.", [q(25, "percent", from_=19)]),
    ("Growth is put at 1.1%, against a previous estimate of 0.9%.", [q(1.1, "percent", from_=0.9)]),
    ("They want 1000 megawatts instead of 300 megawatts.", [q(1000, "MW", from_=300)]),
    ("Of the 300 on board, 79 drowned and 104 swam.", [q(300), q(79, out_of=300), q(104, out_of=300)]),
    ("They plan 1.5 million homes, of which 300,000 are social.", [q(1.5e6), q(3e5, out_of=1.5e6)]),
    ("Of the members who voted, 87% said no.", [q(87, "percent", of="the members who voted")]),
    ("It is 8% more than a year earlier.", [q(8, "percent", of="a year earlier", change="increase")]),
    ("They met 12 officials from 9 towns.", [q(12), q(9)]),
    ("It pays $12 million, and later spent billions on arms.", [q(1.2e7, "USD"), vague("billions", "USD")]),
    ("Between 50 and 60 ships left.", [between(50, 60)]),
    ("Growth of 5% to 7% is likely.", [between(5, 7, "percent")]),
    ("Growth of 2.3-2.5 percent is likely.", [between(2.3, 2.5, "percent")]),
    ("The port costs $1bn-$2bn.", [between(1e9, 2e9, "USD")]),
    ("The port costs between $20 million and $25 million.", [between(2e7, 2.5e7, "USD")]),
    ("The port costs $1 to $2 billion.", [between(1e9, 2e9, "USD")]),
    ("The port costs around Rs 1 crore to Rs 3 crore.", [between(1e7, 3e7, "INR", comparator="~")]),
    ("Some 2 to 3 million people fled.", [between(2e6, 3e6, comparator="~")]),
    ("Turnout was 12 or 13 percent.", [between(12, 13, "percent")]),
    ("They will pay $3 and $5 million.", [q(3e6, "USD"), q(5e6, "USD")]),
    ("Spending goes from 2.3% to 2.5%.", [q(2.5, "percent", from_=2.3)]),
    ("The share rose from 10.1pc in January to 10.4pc in February.", [q(10.4, "percent", from_=10.1)]),
    ("Inflation was 6.1%, compared with 3.9% a year before.", [q(6.1, "percent", from_=3.9)]),
    ("The yield is 6.1%, up from 3.9%.", [q(6.1, "percent", from_=3.9)]),
    ("The budget climbs to 6.8 trillion yen from this year's 5.4 trillion.", [q(6.8e12, "JPY", from_=5.4e12)]),
    ("22 of the 32 members agree.", [q(22, out_of=32)]),
    ("Five of the council's 12 seats are empty.", [q(5, out_of=12)]),
    ("Nine out of ten doctors agree.", [q(9, out_of=10)]),
    ("Donors sent $4 million of a promised $30 million.", [q(4e6, "USD", out_of=3e7)]),
    ("The road is 40km (25 miles) long.", [q(40, "km")]),
    ("The deal is worth $1.5 billion (€1.4bn) a year.", [q(1.5e9, "USD", per="year")]),
    ("Growers get £200 for each tonne of straw.", [q(200, "GBP", per="tonne")]),
    ("They will spend 735 billion yen on a second battery line.", [q(7.35e11, "JPY")]),
    ("The town needs $175 million a year and gets little.", [q(1.75e8, "USD", per="year")]),
    ("It owes 12 billion baht and another 20 billion for upkeep.", [q(1.2e10, "THB"), q(2e10, "THB")]),
    (
        "Arms get 3.5% of GDP and roads another 1.5%.",
        [q(3.5, "percent", of="GDP"), q(1.5, "percent", of="GDP")],
    ),
    ("Emissions will be 55% below 1990 levels.", [q(55, "percent", of="1990 levels", change="decrease")]),
    ("They promised a cut of 55% from 1990.", [q(55, "percent", of="1990", change="decrease")]),
    ("Exports fell 24% from a year earlier.", [q(24, "percent", of="a year earlier")]),
    ("The levy goes up by two points, to 22%.", [q(2, "percentage_point"), q(22, "percent")]),
    ("The index fell 500 points, or 1.2%.", [q(500), q(1.2, "percent")]),
    ("It took 14 years and more than $2 million.", [q(14, "year"), q(2e6, "USD", comparator=">")]),
    ("One man in two cars was hurt.", [q(1), q(2)]),
    ("It is 1.4% less than in the year before.", [q(1.4, "percent", of="the year before", change="decrease")]),
    ("It is 19% more than they did in spring.", [q(19, "percent", change="increase")]),
    ("It is up by a third on average.", [q(33.33, "percent")]),
    (
        "A third of the steel is theirs and prices could go up by 5%.",
        [q(33.33, "percent", of="the steel"), q(5, "percent")],
    ),
]

CHANGES = [
    ("a 400% increase in shells", q(400, "percent", change="increase")),
    ("an increase of 3%", q(3, "percent", change="increase")),
    ("5,000 more soldiers", q(5000, change="increase")),
    ("5,000 fewer soldiers", q(5000, change="decrease")),
    ("an extra $1 billion", q(1e9, "USD", change="increase")),
    ("another $1 billion", q(1e9, "USD")),
    ("a 43 per cent reduction target", q(43, "percent", change="decrease")),
    ("growth of 3%", q(3, "percent")),
]

RATES = [
    ("A $1,200-a-month benefit ends.", "month"),
    ("They pump 5 million bpd.", "day"),
    ("They pump 5 million barrels a day.", "day"),
    ("It costs 1.8 billion euros ($2.1 billion) per year.", "year"),
    ("Every year 9 million people move.", "year"),
    ("They paid $5 million a week earlier.", None),
    ("They pay $5 million a year.", "year"),
    ("They pay $5 million annually.", "year"),
    ("They pay $5 million each year.", "year"),
    ("They pay $80 a barrel.", "barrel"),
    ("They pay $80 per barrel.", "barrel"),
    ("They pay $80 per household.", "household"),
    ("They pay $80 a head.", "head"),
    ("They pay $80 per capita.", "capita"),
    ("They pay $0.03/kWh.", "kWh"),
    ("They pay $80 monthly.", "month"),
    ("They build 250,000 homes a year.", "year"),
    ("Every household will get $80 back.", "household"),
    ("They paid $5 million a year ago.", None),
    ("They paid $5 million and left.", None),
    ("They met 20.4 cases per 100,000 people.", "100,000 people"),
]

NONE = [
    "The flood cut the city in two.",
    "The firm was split into three.",
    "Whoever joined up to 2016 has been paid.",
    "He was with his sons, aged 9 and 12.",
    "Children aged between 5 and 11 go free.",
    "She is 42 and lives in Lyon.",
    "A man, 18 months old at the time, lived.",
    "On 3/4/2025 it closed.",
    "The 2026/27 budget is ready.",
    "The Senate voted 52-48.",
    "A Category 5 storm came.",
    "Apollo 11 landed.",
    "The S&P 500 fell.",
    "ISBN 978-3-16-148410-0.",
    "Oil lamps burned in 500 BC.",
    "A third party came.",
    "The country is doubling down.",
    "Net zero is far off.",
    "The top 10 firms met.",
    "A two-door car burned.",
    "The Airbus A350-900 landed.",
    "In 2027 the law ends.",
    "The 2030 target stands.",
    "Maria Santos, 42, lost her home.",
    "A 42-year-old woman was hurt.",
    "He died aged 71.",
    "People over 65 go first.",
    "It starts on June 9.",
    "It starts on 9 June.",
    "It ran from June 24-25.",
    "It starts at 8:43 a.m.",
    "It starts at 4pm.",
    "The 15th session ends.",
    "They won 3-1.",
    "It was a 6-3 vote.",
    "The 2012-13 season ended.",
    "Call 020 7946 0000 now.",
    "He lives at 10 Elm Street.",
    "The Boeing 737 took off.",
    "An F-16 took off.",
    "Covid-19 came back.",
    "The Group of 20 met.",
    "The G7 met.",
    "Highway 61 is shut.",
    "It breaks Article 5.",
    "It breaks article 5 of the treaty.",
    "Phase 2 starts.",
    "World War Two ended.",
    "He left No. 10.",
    "1. Open the door.",
    "See section 4.",
    "One of the owners left.",
    "No one was there.",
    "One day it will end.",
    "The two sides met.",
    "In the first half sales fell.",
    "A 5G mast burned.",
    "Songs of the 1990s played.",
    "It is a two-way street.",
    "They applied double standards.",
    "Several ships left.",
    "Her test scores rose.",
    "Call 911.",
]


@pytest.mark.parametrize(("text", "expected"), NUMBERS)
def test_numbers_in_digits_and_words(text: str, expected: Quantity) -> None:
    assert quantities(text) == [expected]


@pytest.mark.parametrize(("text", "country", "expected"), MONEY)
def test_money_carries_its_currency(text: str, country: str | None, expected: Quantity) -> None:
    assert quantities(text, country) == [expected]


@pytest.mark.parametrize(("text", "expected"), UNITS)
def test_units_shares_and_multiples(text: str, expected: Quantity) -> None:
    assert quantities(text) == [expected]


@pytest.mark.parametrize(("text", "expected"), YEARS)
def test_four_digits_are_a_year_unless_the_words_count(text: str, expected: list[Quantity]) -> None:
    assert quantities(text) == expected


@pytest.mark.parametrize(("text", "comparator"), COMPARATORS)
def test_words_of_comparison_belong_to_their_number(text: str, comparator: Any) -> None:
    assert quantities(f"They sent {text} and 7 planes.") == [q(40, comparator=comparator), q(7)]


@pytest.mark.parametrize(("text", "expected"), RELATIONS)
def test_amounts_are_read_together(text: str, expected: list[Quantity]) -> None:
    assert quantities(text) == expected


@pytest.mark.parametrize(("text", "expected"), CHANGES)
def test_a_noun_or_adverb_says_that_it_is_a_change(text: str, expected: Quantity) -> None:
    assert quantities(f"The council wants {text}.") == [expected]


@pytest.mark.parametrize(("text", "per"), RATES)
def test_rates_say_what_they_are_per(text: str, per: str | None) -> None:
    assert [quantity.per for quantity in quantities(text)] == [per]


@pytest.mark.parametrize("text", NONE)
def test_numbers_that_are_no_quantities(text: str) -> None:
    assert quantities(text) == []


def test_numbers_inside_a_time_are_no_quantities() -> None:
    doc = NLP("Sales fell 3% in the 12 months to June.")
    times = [TimeMention(4, 9, When(text="in the 12 months to June", relation="in"))]
    assert [m.quantity for m in find_quantities(doc, times)] == [q(3, "percent")]


def test_a_mention_covers_its_words() -> None:
    doc = NLP("Aid of more than 1.5 billion euros a year was promised.")
    (mention,) = find_quantities(doc)
    assert doc[mention.start : mention.end].text == "more than 1.5 billion euros a year"


WORDS = (
    "$ € Rs a an half of 5 1,000 2.5 2027 % percent million bn dozen twenty - – to and or from between than more ( ) , "
    ". one two third thirds hundreds thousands km per year each cut increase 's A £ / : doubled twice no least at"
)
PIECES = st.sampled_from([*WORDS.split(), "\n"])


@given(st.lists(PIECES, max_size=25))
def test_mentions_stand_in_order_and_apart(pieces: list[str]) -> None:
    doc = NLP(" ".join(pieces))
    edges = [edge for mention in find_quantities(doc) for edge in (mention.start, mention.end)]
    assert edges == sorted(edges)
    assert all(mention.start < mention.end for mention in find_quantities(doc))


@given(st.text(max_size=60))
def test_any_text_is_read(text: str) -> None:
    assert isinstance(find_quantities(NLP(text)), tuple)


@given(st.integers(1, 10**9))
def test_a_number_is_read_with_and_without_separators(n: int) -> None:
    assert quantities(f"They planted at least {n:,} trees.") == [q(n, comparator=">=")]


def sentence_of(mentions: tuple[QuantityMention, ...]) -> list[float | None]:
    return [m.quantity.value for m in mentions]


def test_tokenisation_does_not_matter() -> None:
    text = "Spending of $1.5bn rose 3.5% and 40km of road was built."
    words = [w for w in re.split(r"(\s+)", text) if w]
    coarse = spacy.tokens.Doc(NLP.vocab, words=[w for w in words if w.strip()])
    assert sentence_of(find_quantities(coarse)) == sentence_of(find_quantities(NLP(text)))
