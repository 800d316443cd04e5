"""Words that go with bodies: what an organisation, a state or a document is called when it is not named."""

from __future__ import annotations

from onrecord.language.phrases import word_set

COUNTRY_NOUNS = word_set("country kingdom nation republic")

BODY_NOUNS = word_set(
    """academy administration agency airline alliance ally arm army assembly association authority automaker bank bloc
    board body branch brewer broadcaster builder bureau business cabinet campaign carmaker carrier center centre
    chain chamber charity chipmaker church club coalition college command commission committee community company
    confederation conglomerate congress conservancy consortium cooperative corporation council country court daily
    delegation department developer directorate division drugmaker embassy enterprise exchange faction federation
    firm force forum foundation fund giant government group hospital house institute institution insurer kingdom
    league legislature lender lobby magazine maker manufacturer media military militia mine ministry mission
    monarchy movement museum nation navy network newspaper non-profit nonprofit office operator organisation
    organization outlet panel paper parliament partnership party platform police presidency producer program
    programme publication publisher regulator republic retailer school secretariat senate service society start-up
    startup state station supplier syndicate tank taskforce team tribunal trust union unit university utility vendor
    watchdog weekly wing"""
)
"""Common nouns for something that acts and speaks as one."""

GENERIC_BODY_NOUNS = word_set(
    """agency airline alliance automaker bank bloc body broadcaster business carmaker carrier chain charity chipmaker
    club company conglomerate corporation drugmaker enterprise faction firm giant group insurer lender maker
    manufacturer movement network newspaper nonprofit operator organisation organization outlet paper party producer
    publisher regulator retailer startup union utility watchdog"""
)
"""Those that take up any body named before; a `court` or a `ministry` is one of its own."""

DEPARTMENTS = word_set(
    """administration agency association authority board bureau centre center commission committee council department
    directorate federation institute ministry office organisation organization secretariat service services union"""
)
"""Bodies that are named for their fields: `the Food and Agriculture Organization`."""

TRADES = word_set(
    """airline brewer broadcaster charity conglomerate developer insurer lender manufacturer miner operator publisher
    regulator retailer shipbuilder start-up startup supplier utility watchdog"""
)
"""What a body does, put before its name without an article: `Retailer Acme said`."""

NO_BODIES = word_set(
    """accord act agreement award bill bridge budget conference convention cup day deal games ocean plan protocol river
    road sea strategy street summit treaty war week year bst edt est et gmt pdt pst utc"""
)
"""Last words of names that nobody bears: `Energy Strategy`, `Clean Air Act`."""

OUTLETS = word_set("daily magazine newspaper outlet paper site website weekly")

FIRMS = word_set(
    """airline automaker bank brewer broadcaster builder business carmaker carrier chain chipmaker company conglomerate
    corporation developer drugmaker enterprise firm giant group insurer lender maker manufacturer miner newspaper
    operator producer publisher retailer shipbuilder startup start-up steelmaker supplier utility vendor"""
)
"""Nouns for bodies that trade; any of them is a company, a firm, a group."""

ANY_FIRM = word_set("business company conglomerate corporation enterprise firm giant group maker")
ANY_BODY = word_set("body group organisation organization")
_OFFICES_OF_STATE = word_set("administration authority board bureau center centre commission department office service")
_LIKE = {
    "agency": _OFFICES_OF_STATE | word_set("organisation organization fund institute program programme"),
    "bank": word_set("lender"),
    "bloc": word_set("union community league alliance"),
    "body": _OFFICES_OF_STATE | word_set("agency committee council confederation league"),
    "charity": word_set("foundation fund trust society"),
    "club": word_set("team society"),
    "lender": word_set("bank fund"),
    "movement": word_set("front party alliance coalition"),
    "nonprofit": word_set("foundation fund institute society"),
    "organisation": word_set("foundation institute society network"),
    "organization": word_set("foundation institute society network"),
    "paper": word_set("daily newspaper weekly"),
    "newspaper": word_set("daily paper weekly"),
    "party": word_set("movement front alliance congress league coalition"),
    "regulator": _OFFICES_OF_STATE | word_set("agency council"),
    "union": word_set("association congress federation league confederation"),
    "watchdog": _OFFICES_OF_STATE | word_set("agency council committee"),
}
_WATCHERS = word_set("operator regulator utility watchdog")
"""Nouns that news uses beside the names of those whom such bodies watch or serve."""
_MEMBERSHIPS = word_set("association confederation federation league society union front movement network faction")


def may_be(noun: str, told: frozenset[str]) -> bool:
    """Return whether a body may be called by a noun, given the nouns that its name or the story has for it.

    One of which nothing is known may be called almost anything; `Acme Airlines` is a company and no bank.
    """
    if noun in told:
        return True
    if not told:
        return noun not in _WATCHERS
    if told & FIRMS:
        return noun in ANY_FIRM
    return bool(told & _LIKE.get(noun, frozenset())) or (noun in ANY_BODY and bool(told & _MEMBERSHIPS))


COLLECTIVES = word_set("administration army authorities government media military navy officials people police")
"""Bodies that are called by the plain noun; it stays as written."""

DOCUMENT_NOUNS = word_set(
    """account analysis announcement assessment audit bill blog brief briefing bulletin census claim commentary
    communique communiqué complaint data decree dispatch document draft e-mail email estimate figure filing finding
    forecast framework guideline indictment interview judgement judgment law lawsuit letter memo memorandum message
    motion note notice number opinion order outlook paper petition plan poll post press projection prospectus
    ranking reading record release report research resolution review ruling sign speech statement statistic study
    suit summary survey tally testimony text tweet update verdict video website"""
)
"""Common nouns for something written or said that speaks for whoever issued it."""

ISSUED = word_set("""communique communiqué e-mail email interview letter message post release speech statement tweet""")
"""Documents that are no more than somebody's words: whoever issued them is the speaker."""

_KNOWN = {
    "alliance bloc organisation organization": "NATO;Nato;North Atlantic Treaty Organization",
    "bloc union": "European Union;EU;E.U.",
    "body organisation organization world": "United Nations;UN;U.N.",
    "agency body organisation organization": "World Health Organization;World Health Organisation;WHO;W.H.O.",
    "fund lender institution body": "International Monetary Fund;IMF;I.M.F.",
    "bank lender institution": "World Bank;European Central Bank;ECB;Federal Reserve;Bank of England",
    "cartel group organisation organization alliance": "OPEC;Opec;OPEC+",
    "group club": "G7;G20;G8;Group of Seven;Group of 20",
    "bloc group grouping union": "African Union;AU;ASEAN;Asean;Mercosur;BRICS;Brics;ECOWAS",
    "group movement organisation organization faction": "Hamas;Hezbollah;Taliban;Houthis",
}


def class_nouns(name: str) -> frozenset[str]:
    """Return the common nouns that news uses for a well-known body (`alliance` for NATO); empty for all others."""
    return _CLASS_NOUNS.get(name, frozenset())


_CLASS_NOUNS: dict[str, frozenset[str]] = {
    name: word_set(nouns) for nouns, names in _KNOWN.items() for name in names.split(";")
}
