"""Whose country speaks through a body or an office: `the Thai government`, the Bundesbank, a finance minister."""

from __future__ import annotations

from functools import cache

from onrecord.language.gazetteer import country_in, country_named, country_of
from onrecord.language.phrases import word_set

_STATE = word_set(
    """administration armed army authorities cabinet coastguard congress court department duma embassy government
    judiciary junta legislature military ministry navy officials parliament police presidency regime senate state
    statistics treasury troops"""
)
"""What a state acts through."""
_OFFICES = word_set("chancellor emir king minister monarch premier president prime queen sultan")
"""Who speaks for a state, unless a body is named whose president they are."""
_BANKS = word_set("central national reserve state")
_OWNERLESS = (_STATE | {"minister"}) - word_set(
    "armed congress court department officials police state statistics troops"
)
"""What a story may leave without its country, which is then its own."""
_NOT_OF_STATE = word_set("city county district former local municipal opposition provincial regional shadow state")
"""Words that make it some other's."""

_CENTRAL_BANKS = frozenset({"Federal Reserve", "Fed", "ECB", "Bundesbank", "Riksbank", "Norges Bank", "Banxico"})

_KNOWN = """
AU|Reserve Bank of Australia;RBA;ASIO
BR|Planalto;Copom
CA|Bank of Canada;Statistics Canada;RCMP
CN|People's Bank of China;PBOC;National People's Congress;State Council
DE|Bundesbank;Bundesrat;Bundestag;Bundeswehr;Destatis
DK|Folketing;Danmarks Nationalbank
ES|Bank of Spain;Congress of Deputies
FI|Eduskunta
FR|Bank of France;Banque de France;Elysee;Élysée;Insee;Matignon
GB|Bank of England;BoE;House of Commons;House of Lords;NHS;National Health Service;Ofcom;Ofgem;Scotland Yard
ID|Bank Indonesia;Statistics Indonesia
IL|IDF;Israel Defense Forces;Knesset
IN|Lok Sabha;NITI Aayog;Niti Aayog;RBI;Rajya Sabha;Reserve Bank of India
IT|Bank of Italy;Banca d'Italia;Istat
JP|Bank of Japan;BOJ;Diet
KR|Bank of Korea;Blue House
MX|Bank of Mexico;Banxico;Pemex
MY|Bank Negara;Bank Negara Malaysia
NO|Norges Bank;Statistics Norway;Storting
NZ|Reserve Bank of New Zealand;RBNZ;Stats NZ
PH|Bangko Sentral ng Pilipinas;Malacañang Palace
PL|Sejm
RU|Duma;Rosstat;State Duma
SE|Riksbank;Riksdag;Statistics Sweden
UA|Verkhovna Rada
US|Capitol Hill;Census Bureau;Fed;Federal Reserve;House of Representatives;Oval Office;Pentagon;State Department
ZA|SARB;South African Reserve Bank;Stats SA
"""


@cache
def _known() -> dict[str, str]:
    lines = (line.split("|") for line in _KNOWN.strip().splitlines())
    return {name: code for code, names in lines for name in names.split(";")}


def national_body(name: str) -> str | None:
    """Return the ISO 3166-1 code of the state that acts through whoever bears a name; None where the name tells none.

    The name is known (`Bundesbank`), or says both the country and what of it acts: `U.K. government`, `Egyptian
    Ministry of Finance`, `Central Bank of Kenya`.
    """
    if name in _known():
        return _known()[name]
    words = [word for word in name.replace("’", "'").replace("'s", " ").split() if word != "'"]
    country = country_in(words)
    if country is None:
        return None
    lowered = {word.lower() for word in words}
    acts = lowered & (_STATE | _OFFICES) or is_central_bank(name)
    return country_of(country) if acts else None


def is_central_bank(name: str) -> bool:
    """Return whether a name is a central bank's: `Reserve Bank of India`, `Bank of Japan`, the Federal Reserve."""
    words = name.lower().split()
    if name in _CENTRAL_BANKS or ("bank" in words and _BANKS.intersection(words)):
        return True
    of = name.removeprefix("Bank of ")
    return of not in {name, "America"} and country_named(of) is not None


def is_ownerless(name: str) -> bool:
    """Return whether a name or phrase is part of some state that it does not name: `government`, `Finance Ministry`."""
    words = name.lower().removeprefix("the ").split(" of ")[0].split()
    if not words or _NOT_OF_STATE.intersection(words):
        return False
    return words[-1] in _OWNERLESS or words == ["central", "bank"]


def acts_for_state(name: str) -> bool:
    """Return whether a body is by its name part of a state: `Defence Ministry`, `Bureau of Statistics`, no charity."""
    return bool(_STATE.intersection(name.lower().split())) or is_central_bank(name)


def speaks_for_state(role: str) -> bool:
    """Return whether a role is an office of state with no body beside it: `finance minister`, `president`."""
    words = role.lower().split()
    return bool(words) and ("minister" in words or (len(words) == 1 and words[0] in _OFFICES))
