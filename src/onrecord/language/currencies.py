"""The currencies of ISO 4217 in use: their names, countries and symbols, as English-language papers write them.

Names and countries follow the Unicode CLDR; further names and symbols are those of the papers.
"""

from __future__ import annotations

from typing import Final

# code | what may stand before the noun, in lower case | the noun in its forms | countries | symbols as written
_TABLE: Final = """
AED|uae;emirati;united arab emirates|dirham dirhams|AE|Dh Dhs Dh. Dhs.
AFN|afghan|afghani afghanis|AF|
ALL|albanian|lek leke lekë leks|AL|
AMD|armenian|dram drams|AM|֏
AOA|angolan|kwanza kwanzas|AO|
ARS|argentine;argentinian|peso pesos|AR|AR$
AUD|australian|dollar dollars|AU CC CX HM KI NF NR TV|A$ AU$ AUD$
AWG|aruban|florin|AW|
AZN|azerbaijani|manat manats|AZ|₼
BAM|bosnia-herzegovina convertible;bosnian;convertible|mark marks|BA|
BBD|barbadian;barbados|dollar dollars|BB|BDS$ Bds$
BDT|bangladeshi|taka takas|BD|Tk Tk. ৳
BGN|bulgarian|lev leva levs|BG|
BHD|bahraini|dinar dinars|BH|BD
BIF|burundian|franc francs|BI|
BMD|bermudan;bermudian|dollar dollars|BM|BD$
BND|brunei;bruneian|dollar dollars|BN|B$
BOB|bolivian|boliviano bolivianos|BO|Bs Bs.
BRL|brazilian|real reais reals|BR|R$ BRL$
BSD|bahamian|dollar dollars|BS|BS$
BTN|bhutanese|ngultrum ngultrums|BT|
BWP|botswanan;botswana|pula pulas|BW|
BYN|belarusian|ruble rubles rouble roubles|BY|
BZD|belize;belizean|dollar dollars|BZ|BZ$
CAD|canadian|dollar dollars|CA|C$ CA$ CAD$ Can$ CDN$
CDF|congolese|franc francs|CD|
CHF|swiss|franc francs|CH LI|Fr SFr Sfr
CLP|chilean|peso pesos|CL|CLP$
CNY|chinese;yuan renminbi|yuan yuans renminbi rmb|CN|RMB CN¥ RMB¥ 元
COP|colombian|peso pesos|CO|COL$
CRC|costa rican|colon colones colons colón colóns|CR|₡
CUP|cuban|peso pesos|CU|
CVE|cape verdean|escudo escudos|CV|
CZK|czech|koruna korunas koruny crown crowns|CZ|Kč
DJF|djiboutian|franc francs|DJ|FD Fdj
DKK|danish|krone kroner crown crowns|DK FO GL|DKr
DOP|dominican|peso pesos|DO|RD$
DZD|algerian|dinar dinars|DZ|
EGP|egyptian|pound pounds|EG|LE L.E. E£ EGP£
ERN|eritrean|nakfa nakfas|ER|
ETB|ethiopian|birr birrs|ET|Br
EUR||euro euros|AD AT AX BE BL CY DE EE ES FI FR GF GP GR HR IE IT LT LU LV MC ME MF MQ MT NL PM PT RE SI SK SM TF VA YT|€
FJD|fijian;fiji|dollar dollars|FJ|F$ FJ$
FKP|falkland islands|pound pounds|FK|
GBP|british;uk;sterling|pound pounds|GB GG IM JE GS|£ GB£ UK£
GEL|georgian|lari laris|GE|₾
GHS|ghanaian|cedi cedis|GH|₵ GH¢ GH₵ GH¢
GIP|gibraltar|pound pounds|GI|
GMD|gambian|dalasi dalasis|GM|D
GNF|guinean|franc francs|GN|
GTQ|guatemalan|quetzal quetzals|GT|Q
GYD|guyanaese;guyanese|dollar dollars|GY|G$ GY$
HKD|hong kong|dollar dollars|HK|HK$ HKD$
HNL|honduran|lempira lempiras|HN|
HTG|haitian|gourde gourdes|HT|
HUF|hungarian|forint forints|HU|Ft
IDR|indonesian|rupiah rupiahs|ID|Rp Rp.
ILS|israeli new;israeli;new israeli;new|shekel shekels|IL PS|₪ NIS
INR|indian|rupee rupees|BT IN|₹ Rs Rs. Re Re. INR₹
IQD|iraqi|dinar dinars|IQ|ID
IRR|iranian|rial rials toman tomans|IR|
ISK|icelandic|krona kronur króna krónur crown crowns|IS|
JMD|jamaican|dollar dollars|JM|J$
JOD|jordanian|dinar dinars|JO PS|JD
JPY|japanese|yen|JP|¥ JP¥
KES|kenyan|shilling shillings|KE|KSh Ksh KSh. Ksh. Sh Shs KES. Kshs
KGS|kyrgystani;kyrgyz|som soms|KG|
KHR|cambodian|riel riels|KH|៛
KMF|comorian|franc francs|KM|
KPW|north korean|won|KP|
KRW|south korean;korean|won|KR|₩ ￦
KWD|kuwaiti|dinar dinars|KW|KD
KYD|cayman islands|dollar dollars|KY|CI$
KZT|kazakhstani;kazakh|tenge tenges|KZ|₸
LAK|laotian|kip kips|LA|₭
LBP|lebanese|pound pounds|LB|LL L.L.
LKR|sri lankan|rupee rupees|LK|SLRs
LRD|liberian|dollar dollars|LR|L$
LSL|lesotho;basotho|loti maloti lotis|LS|
LYD|libyan|dinar dinars|LY|
MAD|moroccan|dirham dirhams|EH MA|MAD DH
MDL|moldovan|leu lei|MD|
MGA|malagasy|ariary ariaries|MG|
MKD|macedonian;north macedonian|denar denars denari|MK|
MMK|myanmar;burmese|kyat kyats|MM|
MNT|mongolian|tugrik tugriks togrog|MN|₮
MOP|macanese|pataca patacas|MO|
MRU|mauritanian|ouguiya ouguiyas|MR|
MUR|mauritian|rupee rupees|MU|MURs
MVR|maldivian|rufiyaa rufiyaas|MV|Rf
MWK|malawian|kwacha kwachas|MW|
MXN|mexican|peso pesos|MX|MX$ Mex$
MYR|malaysian|ringgit ringgits|MY|RM
MZN|mozambican|metical meticais meticals|MZ|
NAD|namibian|dollar dollars|NA|N$
NGN|nigerian|naira nairas|NG|₦ N
NIO|nicaraguan|cordoba cordobas córdoba córdobas|NI|
NOK|norwegian|krone kroner crown crowns|BV NO SJ|NKr
NPR|nepalese;nepali|rupee rupees|NP|
NZD|new zealand;nz|dollar dollars|CK NU NZ PN TK|NZ$ NZD$
OMR|omani|rial rials riyal riyals|OM|RO
PAB|panamanian|balboa balboas|PA|
PEN|peruvian;peruvian new|sol soles sols|PE|S/ S/.
PGK|papua new guinean|kina|PG|
PHP|philippine;filipino|peso pesos|PH|₱ Php PhP P
PKR|pakistani;pakistan|rupee rupees|PK|PKRs
PLN|polish|zloty zlotys zlote zlotych złoty|PL|zł
PYG|paraguayan|guarani guaranis guaraní guaraníes|PY|₲
QAR|qatari|riyal riyals rial rials|QA|QR
RON|romanian|leu lei|RO|
RSD|serbian|dinar dinars|RS|
RUB|russian|ruble rubles rouble roubles|RU|₽
RWF|rwandan|franc francs|RW|
SAR|saudi;saudi arabian|riyal riyals rial rials|SA|SR
SBD|solomon islands|dollar dollars|SB|SI$
SCR|seychellois;seychelles|rupee rupees|SC|
SDG|sudanese|pound pounds|SD|
SEK|swedish|krona kronor crown crowns|SE|SKr
SGD|singapore;singaporean|dollar dollars|SG|S$ SG$ SGD$
SHP|st. helena|pound pounds|SH|
SLE|sierra leonean|leone leones|SL|
SOS|somali|shilling shillings|SO|
SRD|surinamese|dollar dollars|SR|
SSP|south sudanese|pound pounds|SS|
STN|são tomé & príncipe|dobra dobras|ST|
SYP|syrian|pound pounds|SY|
SZL|swazi;eswatini|lilangeni emalangeni|SZ|
THB|thai|baht bahts|TH|฿
TJS|tajikistani;tajik|somoni somonis|TJ|
TMT|turkmenistani;turkmen|manat manats|TM|
TND|tunisian|dinar dinars|TN|TD DT
TOP|tongan|pa'anga paʻanga pa’anga|TO|
TRY|turkish|lira liras|TR|₺ TL
TTD|trinidad & tobago;trinidad and tobago;trinidadian|dollar dollars|TT|TT$
TWD|new taiwan;taiwan;taiwanese;nt|dollar dollars|TW|NT$ NTD
TZS|tanzanian|shilling shillings|TZ|TSh Tsh
UAH|ukrainian|hryvnia hryvnias hryvnya|UA|₴
UGX|ugandan|shilling shillings|UG|USh Ush
USD|us;u.s.;american|dollar dollars|AS BQ EC FM GU HT IO MH MP PA PR PW SV TC TL UM US VG VI ZW|US$ U.S.$ USD$
UYU|uruguayan|peso pesos|UY|$U
UZS|uzbekistani;uzbek|som soms sum sums|UZ|
VES|venezuelan|bolivar bolivars bolivares bolívar bolívares bolívars|VE|
VND|vietnamese|dong|VN|₫
VUV|vanuatu|vatu vatus|VU|
WST|samoan|tala|WS|
XAF|central african cfa;cfa;central african|franc francs|CF CM CG GA GQ TD|
XCD|east caribbean|dollar dollars|AI AG DM GD KN LC MS VC|EC$
XCG|caribbean|guilder guilders|CW SX|
XOF|west african cfa;west african;cfa|franc francs|BJ BF CI GW ML NE SN TG|CFA FCFA F.CFA
XPF|cfp|franc francs|NC PF WF|
YER|yemeni|rial rials riyal riyals|YE|
ZAR|south african|rand rands|LS NA ZA|R
ZMW|zambian|kwacha kwachas|ZM|K
ZWG|zimbabwean;zimbabwe|zig|ZW|
"""  # noqa: E501

_ROWS: Final = [line.split("|") for line in _TABLE.strip().splitlines()]

CODES: Final[frozenset[str]] = frozenset(row[0] for row in _ROWS)
"""ISO 4217 codes of the currencies in use."""

COUNTRY_CURRENCY: Final[dict[str, str]] = {country: row[0] for row in reversed(_ROWS) for country in row[3].split()}
"""ISO 3166 alpha-2 code of a country to the currency that it uses."""

SYMBOLS: Final[dict[str, str]] = {sign: row[0] for row in _ROWS for sign in row[4].split()} | {c: c for c in CODES}
"""Symbols and codes, as written, that name one currency wherever they stand; `$` is none of them."""

ADJECTIVES: Final[dict[str, tuple[str, ...]]] = {row[0]: tuple(row[1].split(";")) for row in _ROWS if row[1]}
"""Currency to what may stand before its noun, in lower case: `egyptian`, `hong kong`."""

NOUNS: Final[dict[str, tuple[str, ...]]] = {}
"""Lower-case name of a currency (`pound`, `pesos`) to the currencies that it may be."""

for _row in _ROWS:
    for _noun in _row[2].split():
        NOUNS[_noun] = (*NOUNS.get(_noun, ()), _row[0])

SHARED_SIGNS: Final = {
    **dict.fromkeys(("Rs", "Rs.", "Re", "Re."), "rupees"),
    **dict.fromkeys(("Sh", "Shs"), "shillings"),
    **dict.fromkeys(("CFA", "FCFA", "F.CFA"), "francs"),
}
"""Signs that are short for a name, as written, to that name: whose it is depends as it does for the name."""

NAMES: Final[dict[str, str]] = {
    f"{adjective} {noun}": row[0]
    for row in _ROWS
    for adjective in row[1].split(";")
    if adjective
    for noun in row[2].split()
}
"""Lower-case name with what stands before it (`egyptian pounds`) to its currency."""

SHARED_NAMES: Final[dict[str, frozenset[str]]] = {
    f"cfa {noun}": frozenset(row[0] for row in _ROWS if "cfa" in row[1].split(";")) for noun in ("franc", "francs")
}
"""Those of `NAMES` that several currencies have, to these; `NAMES` has the one of most countries."""
