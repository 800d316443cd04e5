"""Countries by their names, their people and their capitals, and what ordinary nouns say of whoever bears them.

Country codes are those of ISO 3166-1 (`XK`, which it leaves to users, for Kosovo); short names, words for the people
and capitals are those of English news usage.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from babel.core import get_global

from onrecord.language.word_sets import word_set

# code | names | adjectives and people | capitals (or seats) that stand for the government
_COUNTRIES = """
AD|Andorra|Andorran|Andorra la Vella
AE|United Arab Emirates;UAE;U.A.E.|Emirati|Abu Dhabi
AF|Afghanistan|Afghan|Kabul
AG|Antigua and Barbuda;Antigua|Antiguan|
AL|Albania|Albanian|Tirana
AM|Armenia|Armenian|Yerevan
AO|Angola|Angolan|Luanda
AR|Argentina|Argentine;Argentinian;Argentinean|Buenos Aires
AT|Austria|Austrian|Vienna
AU|Australia|Australian;Aussie|Canberra
AZ|Azerbaijan|Azerbaijani;Azeri|Baku
BA|Bosnia and Herzegovina;Bosnia;Bosnia-Herzegovina|Bosnian|Sarajevo
BB|Barbados|Barbadian;Bajan|Bridgetown
BD|Bangladesh|Bangladeshi|Dhaka
BE|Belgium|Belgian|
BF|Burkina Faso|Burkinabe;Burkinabè|Ouagadougou
BG|Bulgaria|Bulgarian|Sofia
BH|Bahrain|Bahraini|Manama
BI|Burundi|Burundian|Gitega
BJ|Benin|Beninese|Porto-Novo
BN|Brunei;Brunei Darussalam|Bruneian|
BO|Bolivia|Bolivian|La Paz
BR|Brazil|Brazilian|Brasilia;Brasília
BS|Bahamas|Bahamian|Nassau
BT|Bhutan|Bhutanese|Thimphu
BW|Botswana|Botswanan;Batswana|Gaborone
BY|Belarus|Belarusian;Belarussian|Minsk
BZ|Belize|Belizean|Belmopan
CA|Canada|Canadian|Ottawa
CD|Democratic Republic of the Congo;Democratic Republic of Congo;DR Congo;DRC;Congo-Kinshasa;Congo|Congolese|Kinshasa
CF|Central African Republic;CAR|Central African|Bangui
CG|Republic of the Congo;Republic of Congo;Congo-Brazzaville||Brazzaville
CH|Switzerland|Swiss|Bern;Berne
CI|Ivory Coast;Côte d'Ivoire;Cote d'Ivoire|Ivorian|Yamoussoukro;Abidjan
CL|Chile|Chilean|Santiago
CM|Cameroon|Cameroonian|Yaounde;Yaoundé
CN|China;People's Republic of China;PRC;mainland China|Chinese|Beijing
CO|Colombia|Colombian|Bogota;Bogotá
CR|Costa Rica|Costa Rican|
CU|Cuba|Cuban|Havana
CV|Cape Verde;Cabo Verde|Cape Verdean|Praia
CY|Cyprus|Cypriot|Nicosia
CZ|Czech Republic;Czechia|Czech|Prague
DE|Germany|German|Berlin
DJ|Djibouti|Djiboutian|
DK|Denmark|Danish;Dane|Copenhagen
DM|Dominica||Roseau
DO|Dominican Republic|Dominican|Santo Domingo
DZ|Algeria|Algerian|Algiers
EC|Ecuador|Ecuadorian;Ecuadorean|Quito
EE|Estonia|Estonian|Tallinn
EG|Egypt|Egyptian|Cairo
ER|Eritrea|Eritrean|Asmara
ES|Spain|Spanish;Spaniard|Madrid
ET|Ethiopia|Ethiopian|Addis Ababa
FI|Finland|Finnish;Finn|Helsinki
FJ|Fiji|Fijian|Suva
FM|Micronesia;Federated States of Micronesia|Micronesian|Palikir
FR|France|French;Frenchman;Frenchwoman|Paris
GA|Gabon|Gabonese|Libreville
GB|United Kingdom;UK;U.K.;Britain;Great Britain|British;Briton;Brit|London;Westminster;Downing Street;Whitehall
GD|Grenada|Grenadian|
GE|Georgia|Georgian|Tbilisi
GH|Ghana|Ghanaian|Accra
GL|Greenland|Greenlandic;Greenlander|Nuuk
GM|Gambia|Gambian|Banjul
GN|Guinea|Guinean|Conakry
GQ|Equatorial Guinea|Equatorial Guinean;Equatoguinean|Malabo
GR|Greece|Greek|Athens
GT|Guatemala|Guatemalan|Guatemala City
GW|Guinea-Bissau|Bissau-Guinean|Bissau
GY|Guyana|Guyanese|Georgetown
HK|Hong Kong|Hongkonger;Hong Konger|
HN|Honduras|Honduran|Tegucigalpa
HR|Croatia|Croatian;Croat|Zagreb
HT|Haiti|Haitian|Port-au-Prince
HU|Hungary|Hungarian|Budapest
ID|Indonesia|Indonesian|Jakarta
IE|Ireland;Republic of Ireland|Irish;Irishman;Irishwoman|Dublin
IL|Israel|Israeli|Jerusalem;Tel Aviv
IN|India|Indian|New Delhi;Delhi
IQ|Iraq|Iraqi|Baghdad
IR|Iran;Islamic Republic|Iranian|Tehran
IS|Iceland|Icelandic;Icelander|Reykjavik;Reykjavík
IT|Italy|Italian|Rome
JM|Jamaica|Jamaican|Kingston
JO|Jordan|Jordanian|Amman
JP|Japan|Japanese|Tokyo
KE|Kenya|Kenyan|Nairobi
KG|Kyrgyzstan|Kyrgyz|Bishkek
KH|Cambodia|Cambodian|Phnom Penh
KI|Kiribati|I-Kiribati|Tarawa
KM|Comoros|Comorian|Moroni
KN|Saint Kitts and Nevis;St. Kitts and Nevis;St Kitts and Nevis|Kittitian|Basseterre
KP|North Korea;DPRK|North Korean|Pyongyang
KR|South Korea;Republic of Korea|South Korean;Korean|Seoul
KW|Kuwait|Kuwaiti|Kuwait City
KZ|Kazakhstan|Kazakh;Kazakhstani|Astana
LA|Laos|Laotian;Lao|Vientiane
LB|Lebanon|Lebanese|Beirut
LC|Saint Lucia;St. Lucia;St Lucia|Saint Lucian;St. Lucian|Castries
LI|Liechtenstein||Vaduz
LK|Sri Lanka|Sri Lankan|Colombo
LR|Liberia|Liberian|Monrovia
LS|Lesotho|Basotho|Maseru
LT|Lithuania|Lithuanian|Vilnius
LU|Luxembourg|Luxembourger|
LV|Latvia|Latvian|Riga
LY|Libya|Libyan|Tripoli
MA|Morocco|Moroccan|Rabat
MC|Monaco|Monegasque;Monégasque|
MD|Moldova|Moldovan|Chisinau;Chișinău
ME|Montenegro|Montenegrin|Podgorica
MG|Madagascar|Malagasy|Antananarivo
MH|Marshall Islands|Marshallese|Majuro
MK|North Macedonia;Macedonia|Macedonian|Skopje
ML|Mali|Malian|Bamako
MM|Myanmar;Burma|Burmese|Naypyidaw;Naypyitaw
MN|Mongolia|Mongolian|Ulaanbaatar;Ulan Bator
MR|Mauritania|Mauritanian|Nouakchott
MT|Malta|Maltese|Valletta
MU|Mauritius|Mauritian|Port Louis
MV|Maldives|Maldivian|
MW|Malawi|Malawian|Lilongwe
MX|Mexico|Mexican|Mexico City
MY|Malaysia|Malaysian|Kuala Lumpur;Putrajaya
MZ|Mozambique|Mozambican|Maputo
NA|Namibia|Namibian|Windhoek
NE|Niger|Nigerien|Niamey
NG|Nigeria|Nigerian|Abuja
NI|Nicaragua|Nicaraguan|Managua
NL|Netherlands;Holland|Dutch;Dutchman;Dutchwoman|The Hague;Amsterdam
NO|Norway|Norwegian|Oslo
NP|Nepal|Nepali;Nepalese|Kathmandu
NR|Nauru|Nauruan|
NZ|New Zealand;Aotearoa|New Zealander;Kiwi|Wellington
OM|Oman|Omani|Muscat
PA|Panama|Panamanian|Panama City
PE|Peru|Peruvian|Lima
PG|Papua New Guinea;PNG|Papua New Guinean|Port Moresby
PH|Philippines|Philippine;Filipino;Filipina|Manila;Malacañang
PK|Pakistan|Pakistani|Islamabad
PL|Poland|Polish;Pole|Warsaw
PR|Puerto Rico|Puerto Rican|San Juan
PS|Palestine;Palestinian Territories;Palestinian Authority|Palestinian|Ramallah
PT|Portugal|Portuguese|Lisbon
PW|Palau|Palauan|
PY|Paraguay|Paraguayan|Asuncion;Asunción
QA|Qatar|Qatari|Doha
RO|Romania|Romanian|Bucharest
RS|Serbia|Serbian;Serb|Belgrade
RU|Russia;Russian Federation|Russian|Moscow;Kremlin
RW|Rwanda|Rwandan|Kigali
SA|Saudi Arabia|Saudi;Saudi Arabian|Riyadh
SB|Solomon Islands|Solomon Islander|Honiara
SC|Seychelles|Seychellois|
SD|Sudan|Sudanese|Khartoum
SE|Sweden|Swedish;Swede|Stockholm
SG|Singapore|Singaporean|
SI|Slovenia|Slovenian;Slovene|Ljubljana
SK|Slovakia|Slovak;Slovakian|Bratislava
SL|Sierra Leone|Sierra Leonean|Freetown
SM|San Marino|Sammarinese|
SN|Senegal|Senegalese|Dakar
SO|Somalia|Somali|Mogadishu
SR|Suriname|Surinamese|Paramaribo
SS|South Sudan|South Sudanese|Juba
ST|Sao Tome and Principe;São Tomé and Príncipe||
SV|El Salvador|Salvadoran;Salvadorean|San Salvador
SY|Syria|Syrian|Damascus
SZ|Eswatini;Swaziland|Swazi|Mbabane
TD|Chad|Chadian|N'Djamena
TG|Togo|Togolese|Lome;Lomé
TH|Thailand|Thai|Bangkok
TJ|Tajikistan|Tajik|Dushanbe
TL|East Timor;Timor-Leste|Timorese;East Timorese|Dili
TM|Turkmenistan|Turkmen|Ashgabat
TN|Tunisia|Tunisian|Tunis
TO|Tonga|Tongan|
TR|Turkey;Türkiye;Turkiye|Turkish;Turk|Ankara
TT|Trinidad and Tobago;Trinidad|Trinidadian|Port of Spain
TV|Tuvalu|Tuvaluan|Funafuti
TW|Taiwan|Taiwanese|Taipei
TZ|Tanzania|Tanzanian|Dodoma
UA|Ukraine|Ukrainian|Kyiv;Kiev
UG|Uganda|Ugandan|Kampala
US|United States;United States of America;US;U.S.;USA;U.S.A.;America|American|Washington;White House
UY|Uruguay|Uruguayan|Montevideo
UZ|Uzbekistan|Uzbek|Tashkent
VA|Vatican;Holy See;Vatican City||
VC|Saint Vincent and the Grenadines;St. Vincent;St Vincent|Vincentian|Kingstown
VE|Venezuela|Venezuelan|Caracas
VN|Vietnam;Viet Nam|Vietnamese|Hanoi
VU|Vanuatu|Ni-Vanuatu|Port Vila
WS|Samoa|Samoan|Apia
XK|Kosovo|Kosovar;Kosovan|Pristina
YE|Yemen|Yemeni|Sanaa;Sana'a
ZA|South Africa|South African|Pretoria
ZM|Zambia|Zambian|Lusaka
ZW|Zimbabwe|Zimbabwean|Harare
"""


ISLANDS = word_set("AG BB BH CU CY DM GD GL IE IS JM KN LC LK MG MT MU NR PR SG TL TT TW VC")
"""Codes of the countries that news calls `the island`."""

LANDSCAPES = word_set(
    """africa america asia balkans bay canal caribbean channel coast county delta desert district earth east europe
    falls forest governorate gulf hills island islands lake mountain mountains north ocean park peninsula plain province
    range region ridge river sahara sahel scandinavia sea south strait strip territory valley west"""
)
"""Words in the names of places that are no cities."""

KINGDOMS = word_set("BE BH BT DK ES GB JO KH LS MA NL NO SA SE SZ TH TO")
"""Codes of the countries that news calls `the kingdom`."""


@cache
def _tables() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Return the codes by name, by adjective or people, and by capital; keys in lower case."""
    names: dict[str, str] = {}
    people: dict[str, str] = {}
    capitals: dict[str, str] = {}
    for line in _COUNTRIES.strip().splitlines():
        code, *columns = line.split("|")
        for table, column in zip((names, people, capitals), columns, strict=True):
            for word in filter(None, column.split(";")):
                table[word.casefold()] = code
                if table is people and not word.endswith(("ese", "ish", "ch", "s")):
                    table[word.casefold() + "s"] = code
    return names, people, capitals


def country_named(name: str) -> str | None:
    """Return the ISO 3166-1 code of the country that `name` names (`the U.K.`, `Syria`), None if it names none."""
    return _tables()[0].get(_key(name))


def country_of(name: str) -> str | None:
    """Return the ISO 3166-1 code behind a country's name, its people or adjective, or its capital as its government.

    `Germany`, `German`, `Germans` and `Berlin` all give `DE`; None for anything else.
    """
    key = _key(name)
    return next((table[key] for table in _tables() if key in table), None)


@cache
def _first_words() -> frozenset[str]:
    return frozenset(name.split()[0] for table in _tables()[:2] for name in table)


def opens_country(word: str) -> bool:
    """Return whether a country's name or its people may begin with `word`."""
    return word.casefold() in _first_words()


def country_phrase(words: Sequence[str]) -> int:
    """Return how many of the words, from the first on, name a country or its people; 0 where they do not."""
    names, people, _ = _tables()
    texts = (" ".join(words[:size]).casefold() for size in range(len(words), 0, -1))
    return next((text.count(" ") + 1 for text in texts if text in names or text in people), 0)


def alpha_3(code: str) -> str:
    """Return the three-letter code of an ISO 3166-1 two-letter one (`DE` -> `DEU`); `XKX`, as is usual, for Kosovo."""
    return _alpha_3()[code]


@cache
def _alpha_3() -> dict[str, str]:
    aliases = get_global("territory_aliases")
    codes = {now[0]: long for long, now in aliases.items() if len(long) == 3 and long.isalpha() and len(now) == 1}
    still = {now[0]: long for long, now in aliases.items() if long in _STILL}
    return {**codes, **still, "XK": "XKX"}


_STILL = word_set("COD DEU FRA MMR TLS YEM")
"""Three-letter codes in force of the countries that had others, as the Unicode CLDR, which lists all, does not tell."""


def country_in(words: Sequence[str]) -> str | None:
    """Return the first of the words, or run of words, that is a country's name, people or capital; None if none is."""
    phrases = (" ".join(words[i : i + size]) for size in (4, 3, 2, 1) for i in range(len(words) - size + 1))
    return next(filter(country_of, phrases), None)


def country_name(code: str) -> str:
    """Return the name by which news mostly calls the country of an ISO 3166-1 alpha-2 code."""
    return _common_names()[code]


@cache
def _common_names() -> dict[str, str]:
    lines = (line.split("|") for line in _COUNTRIES.strip().splitlines())
    return {code: names.split(";")[0] for code, names, *_ in lines}


def usual_name(name: str) -> str | None:
    """Return a country's or capital's name as news writes it, whatever letters `name` is in; None for anything else."""
    return _written_names().get(_key(name))


@cache
def _written_names() -> dict[str, str]:
    lines = (line.split("|") for line in _COUNTRIES.strip().splitlines())
    words = (word for _, names, _, capitals in lines for word in (*names.split(";"), *capitals.split(";")))
    return {word.casefold(): word for word in words if word}


def names_people(word: str) -> bool:
    """Return whether `word` is a country's adjective or people (`Syrian`, `Dutchman`), not its name or capital."""
    return _key(word) in _tables()[1]


def _key(name: str) -> str:
    key = name.casefold().replace("’", "'").strip()
    return key.removeprefix("the ").removesuffix("'s").strip()
