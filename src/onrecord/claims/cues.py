"""The words that tell the kinds of claim apart: verbs, nouns and modals of undertaking, asking, proposing, expecting.

Collected from the verb classes of English grammars (commissive, directive and assertive verbs in Searle 1976; verbs of
change on a scale and of disappearance in Levin 1993, 45.6 and 48.2). Everything is a lemma in lower case.
"""

from __future__ import annotations

from collections.abc import Mapping

from spacy.tokens import Token

from onrecord.language.phrases import children, word_set

UNDERTAKE = word_set(
    """agree aim allocate announce approve assure authorise authorize bind budget choose commit confirm dedicate decide
    earmark elect endorse engage enact guarantee intend mandate mean opt ordain pass plan pledge prepare promise ratify
    reserve resolve schedule set sign stipulate swear target underwrite undertake unveil vote vow"""
)
"""Verbs by which somebody binds itself or those it speaks for."""

PLEDGE = word_set("aim agree assure commit guarantee intend pledge plan promise resolve swear undertake vow decide")
"""Verbs whose subject is bound by what stands under them, and says so."""

DEMAND = word_set(
    """appeal ask beg beseech call command demand entreat exhort implore insist instruct lobby need oblige order
    petition plead press require request solicit summon urge"""
)
"""Verbs by which somebody wants somebody else to act, or something is needed."""

WANT = word_set("desire hope seek want wish")
"""Verbs of will, which bind nobody else but show an aim of their subject."""

PROPOSE = word_set(
    """advise advocate consider contemplate debate discuss draft explore eye float moot mull offer pitch present propose
    recommend study submit suggest table tender weigh"""
)
"""Verbs of what is put forward and not adopted."""

FORECAST = word_set(
    """anticipate appear calculate envisage envision estimate expect fear forecast foresee predict project reckon
    see tip worry"""
)
"""Verbs of expectation, by which nobody is bound."""

BELIEF_ADJECTIVES = word_set(
    """afraid certain confident convinced doubtful fearful hopeful optimistic pessimistic positive sceptical skeptical
    sure worried"""
)
"""Adjectives of holding something likely, by which nobody is bound."""

PLEDGE_NOUNS = word_set(
    """agreement aim ambition budget commitment contract deal decision goal guarantee law legislation mandate objective
    order package pact pledge plan policy programme program promise scheme strategy target timetable treaty undertaking
    vow act deadline roadmap"""
)
DEMAND_NOUNS = word_set("appeal call demand lawsuit need petition request requirement shortfall suit")
PROPOSAL_NOUNS = word_set("bid bill draft idea motion offer option proposal recommendation suggestion amendment")
FORECAST_NOUNS = word_set(
    "assumption estimate expectation fear forecast hope outlook prediction projection prospect risk"
)

RISE = word_set(
    """accelerate add advance appreciate balloon boost bounce build climb deepen double edge elevate enhance enlarge
    escalate expand extend gain grow hike hire improve increase jump leap lengthen lift mount multiply quadruple
    quintuple raise ramp rally rebound recover recruit rise rocket scale skyrocket soar spike step strengthen surge
    swell treble triple up widen"""
)
"""Verbs of a move up on a scale, and of adding to what there is."""

FALL = word_set(
    """abate axe cancel contract crash curb cut dampen decline decrease depreciate deteriorate diminish dip dismiss
    downgrade drop dwindle ease eliminate erode fall fire forgive halve lose lower narrow plummet plunge reduce retreat
    sack scrap shed shave shrink sink slash slide slim slip slow slump tighten trim tumble waive wane weaken"""
)
"""Verbs of a move down on a scale, and of taking away."""

RISE_NOUNS = word_set(
    """acceleration addition advance boost climb expansion gain growth hike increase increment jump leap raise rise
    spike surge uplift upturn uptick"""
)
FALL_NOUNS = word_set(
    """contraction cut cutback decline decrease deterioration dip downturn drop fall loss plunge reduction retreat
    shrinkage slide slump"""
)

MODALS = {
    "will": "will",
    "'ll": "will",
    "’ll": "will",
    "wo": "will",
    "shall": "will",
    "would": "would",
    "'d": "would",
    "’d": "would",
    "can": "can",
    "ca": "can",
    "could": "may",
    "may": "may",
    "might": "may",
    "should": "should",
    "ought": "should",
    "must": "must",
}

SPEND = word_set(
    """afford allot assign award bring commit contribute cost deliver disburse donate finance fund give go grant hand
    inject invest lend pay pour provide pump put receive spend subsidise subsidize supply"""
)
"""Verbs of giving and spending, whose object is money or goods."""

HARM = word_set(
    """affect arrest behead bury die displace drown evacuate execute flee hurt injure hospitalise hospitalize kill
    lose massacre murder perish rescue shoot starve strand wound detain infect charge"""
)
"""Verbs of which news counts the people."""

BE = word_set(
    "account amount be become comprise constitute make number represent stand total equal remain reach hit touch"
)
"""Verbs that set an amount equal to what is measured."""

CLASSES = {
    "undertake": UNDERTAKE,
    "pledge": PLEDGE,
    "demand": DEMAND,
    "want": WANT,
    "propose": PROPOSE,
    "forecast": FORECAST,
    "rise": RISE,
    "fall": FALL,
    "spend": SPEND,
    "harm": HARM,
    "be": BE,
}
NOUN_CLASSES = {
    "pledge": PLEDGE_NOUNS,
    "demand": DEMAND_NOUNS,
    "propose": PROPOSAL_NOUNS,
    "forecast": FORECAST_NOUNS,
    "rise": RISE_NOUNS,
    "fall": FALL_NOUNS,
}


def _by_word(classes: Mapping[str, frozenset[str]]) -> dict[str, tuple[str, ...]]:
    words = frozenset().union(*classes.values())
    return {word: tuple(name for name, members in classes.items() if word in members) for word in words}


_VERB_CLASSES, _NOUN_CLASSES = _by_word(CLASSES), _by_word(NOUN_CLASSES)


def lemma(token: Token) -> str:
    """Return the token's lemma in lower case."""
    return token.lemma_.lower()


def verb_classes(token: Token) -> tuple[str, ...]:
    """Return the names of the classes of verbs that a token's lemma belongs to."""
    return _VERB_CLASSES.get(lemma(token), ())


def noun_classes(token: Token) -> tuple[str, ...]:
    """Return the names of the classes of nouns that a token's lemma belongs to."""
    return _NOUN_CLASSES.get(lemma(token), ())


def modal(verb: Token) -> str | None:
    """Return the class of the verb's own modal (`will`, `would`, `may`, `should`, `must`, `can`), None without one."""
    found = [MODALS[a.lower_] for a in children(verb, {"aux"}) if a.lower_ in MODALS]
    return found[0] if found else None
