"""Physical units and durations: the symbol of each, what it measures, and the words by which news writes it.

Symbols follow the SI and ISO 80000 where these have one, and the trade's own (`bbl`, `acre`, `mph`) where not.
"""

from __future__ import annotations

from typing import Final

_TABLE: Final = """
t|mass|tonne tonnes ton tons metric_ton metric_tons metric_tonne metric_tonnes
kt|mass|kilotonne kilotonnes kiloton kilotons
Mt|mass|megatonne megatonnes megaton megatons
Gt|mass|gigatonne gigatonnes gigaton gigatons
kg|mass|kilogram kilograms kilogramme kilogrammes kilo kilos kgs
g|mass|gram grams gramme grammes
mg|mass|milligram milligrams milligramme milligrammes
lb|mass|lbs
oz|mass|ounce ounces troy_ounce troy_ounces
qtl|mass|quintal quintals
ct|mass|carat carats
km|length|kilometre kilometres kilometer kilometers kms
m|length|metre metres meter meters mtrs
cm|length|centimetre centimetres centimeter centimeters cms
mm|length|millimetre millimetres millimeter millimeters
mi|length|mile miles
nmi|length|nautical_mile nautical_miles
yd|length|yard yards
ft|length|foot feet
in|length|inch inches
ha|area|hectare hectares
acre|area|acre acres
km2|area|square_kilometre square_kilometres square_kilometer square_kilometers sq_km sq_kms sq._km km² km^2
m2|area|square_metre square_metres square_meter square_meters sq_m sq._m sqm m²
mi2|area|square_mile square_miles sq_mile sq_miles sq_mi
ft2|area|square_foot square_feet sq_ft sq._ft sqft
L|volume|litre litres liter liters
mL|volume|millilitre millilitres milliliter milliliters ml
m3|volume|cubic_metre cubic_metres cubic_meter cubic_meters m³
km3|volume|cubic_kilometre cubic_kilometres cubic_kilometer cubic_kilometers km³
ft3|volume|cubic_foot cubic_feet
gal|volume|gallon gallons
bbl|volume|barrel barrels bbls
bpd|flow|b/d
bushel|volume|bushel bushels
TEU|volume|teus
W|power|watt watts
kW|power|kilowatt kilowatts
MW|power|megawatt megawatts
GW|power|gigawatt gigawatts
TW|power|terawatt terawatts
Wh|energy|watt-hour watt-hours watt_hour watt_hours
kWh|energy|kilowatt-hour kilowatt-hours kilowatt_hour kilowatt_hours
MWh|energy|megawatt-hour megawatt-hours megawatt_hour megawatt_hours
GWh|energy|gigawatt-hour gigawatt-hours gigawatt_hour gigawatt_hours
TWh|energy|terawatt-hour terawatt-hours terawatt_hour terawatt_hours
J|energy|joule joules
MJ|energy|megajoule megajoules
GJ|energy|gigajoule gigajoules
kcal|energy|kilocalorie kilocalories
V|voltage|volt volts
kV|voltage|kilovolt kilovolts
Hz|frequency|hertz
MHz|frequency|megahertz
GHz|frequency|gigahertz
km/h|speed|kph kmph kilometres_per_hour kilometers_per_hour kilometres_an_hour kilometers_an_hour
mph|speed|miles_per_hour miles_an_hour
m/s|speed|metres_per_second meters_per_second metres_a_second meters_a_second
kn|speed|knot knots
degC|temperature|degrees_celsius degree_celsius degrees_centigrade degree_centigrade °c celsius ℃ degrees_c
degF|temperature|degrees_fahrenheit degree_fahrenheit °f fahrenheit ℉ degrees_f
hPa|pressure|hectopascal hectopascals millibar millibars
psi|pressure|psi
ppm|concentration|ppm parts_per_million
ppb|concentration|ppb parts_per_billion
dB|sound|decibel decibels
hp|power|horsepower bhp
MB|data|megabyte megabytes
GB|data|gigabyte gigabytes
TB|data|terabyte terabytes
PB|data|petabyte petabytes
Mbps|data rate|megabits_per_second
Gbps|data rate|gigabits_per_second
second|duration|second seconds secs
minute|duration|minute minutes mins
hour|duration|hour hours hrs
day|duration|day days
week|duration|week weeks
fortnight|duration|fortnight fortnights
month|duration|month months
quarter|duration|quarter quarters
year|duration|year years yrs
decade|duration|decade decades
century|duration|century centuries
"""

_ROWS: Final = [line.split("|") for line in _TABLE.strip().splitlines()]

DIMENSIONS: Final[dict[str, str]] = {symbol: dimension for symbol, dimension, _ in _ROWS}
"""What each unit symbol measures: `mass`, `length`, `duration` ..."""

UNIT_WORDS: Final[dict[str, str]] = {
    word.replace("_", " "): symbol for symbol, _, words in _ROWS for word in words.split()
}
"""Lower-case words, up to three with a space between, to the symbol of their unit."""

UNIT_SYMBOLS: Final[dict[str, str]] = {
    symbol: symbol for symbol, dimension, _ in _ROWS if dimension != "duration" and symbol not in {"in", "ct"}
} | {"Km": "km", "KM": "km", "Kg": "kg", "KG": "kg", "KW": "kW", "KWh": "kWh", "kwh": "kWh", "mw": "MW", "gw": "GW"}
"""Symbols as written, upper and lower case kept, to the symbol of their unit. `in` is left out: it is a preposition."""

DURATIONS: Final[frozenset[str]] = frozenset(s for s, d in DIMENSIONS.items() if d == "duration")
"""Units that are words of time."""


def dimension(unit: str) -> str | None:
    """Return what `unit` measures: a dimension of this table, `money` for an ISO 4217 code, None for pure numbers."""
    if unit in DIMENSIONS:
        return DIMENSIONS[unit]
    return "money" if len(unit) == 3 and unit.isupper() and unit.isascii() else None
