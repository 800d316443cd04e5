"""The words of saying: verbs and phrases by which English news attributes words to somebody.

Collected from the verbs of communication in grammars of English (Quirk et al. 1985, section 16.31: public factual
verbs) and from news style guides; grouped by what stands after them.
"""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.language.phrases import word_set

SAY = word_set(
    """acknowledge add admit advise affirm allege announce answer argue ask assert assure attest aver avow bemoan boast
    brag caution chant charge chide claim clarify comment complain concede conclude confess confide confirm contend
    counsel counter cry declare decree decry demand deny detail disclose dispute echo elaborate emphasise emphasize
    enthuse exclaim exhort explain fume gripe groan grumble guarantee gush hint inform insist instruct interject
    intone jest joke lament maintain mention moan mumble murmur mutter note notify object observe opine order plead
    pledge posit post preach proclaim promise pronounce propose protest quip recall recognise recognize recommend
    recount reiterate rejoin relate remark remind repeat reply report respond retort roar rule say scoff scream
    shout sigh signal snap specify speculate state stipulate stress submit swear tease tell testify theorise
    theorize threaten tout tweet underline underscore urge utter venture voice volunteer vow wail warn whisper write
    yell"""
)
"""Verbs that report a clause (`said that ...`), and quoted words."""

QUESTION = word_set("ask dispute enquire inquire query question")
"""Verbs that report an indirect question (`asked whether ...`)."""

FIND = word_set(
    """assess calculate estimate find forecast highlight imply indicate predict project reckon reveal show suggest"""
)
"""Verbs by which a study, a court or an institution says something, and verbs of prediction."""

SPEAK = word_set(
    """agree begin chime conclude continue crow deadpan describe dub joke laugh muse observe read reason recite sing
    smile start sum thunder wonder"""
)
"""Verbs that report words in quotation marks only."""

BELIEVE = word_set(
    """anticipate assume believe consider expect fear feel hope imagine mean regard see suppose suspect think view"""
)
"""Verbs of belief: a statement only around quoted words."""

LABEL = word_set(
    """applaud attack attribute blast brand call celebrate characterise characterize compare condemn criticise
    criticize decry demand denounce depict deride describe dismiss dub hail label lambast lambaste laud mock name
    portray praise present reject ridicule salute slam term tout welcome"""
)
"""Verbs by which somebody calls something by a quoted name (`called it "a disgrace"`)."""

REPORT_OBJECT = word_set(
    """announce cite confirm convey criticise criticize defend demand deny dispute emphasise emphasize express
    highlight mention note outline pledge predict promise propose question recommend refute reject repeat report
    stress suggest underline underscore urge voice warn"""
)
"""Verbs whose object is on record where it holds quoted words (`proposed a "new deal"`)."""

ACCUSE = frozenset({"accuse"})
"""Verbs that say of somebody what they did (`accused them of lying`)."""

ADDRESSED = word_set(
    """advise ask assure brief counsel inform instruct notify persuade promise remind show tell urge warn"""
)
"""Verbs whose object is the hearer, not what is said."""

_PHRASES = {
    ("point", "out"),
    ("go", "on"),
    ("make", "clear"),
    ("let", "on"),
    ("let", "known"),
    ("make", "known"),
    ("put", "it"),
    ("spell", "out"),
    ("lay", "out"),
    ("set", "out"),
    ("chime", "in"),
    ("sum", "up"),
}

_PHRASE_STARTS = frozenset(verb for verb, _ in _PHRASES)

CLAUSAL = SAY | QUESTION | FIND
"""Verbs that report a clause."""

ANY = CLAUSAL | SPEAK
"""Verbs that report words in quotation marks."""


def is_saying(token: Token) -> bool:
    """Return whether the token is a verb of saying, `points out` and the like included."""
    if token.pos_ not in {"VERB", "AUX", "NOUN", "ADJ"}:
        return False
    return verb_of(token) in ANY or is_phrase(token)


def verb_of(token: Token) -> str:
    """Return the token's lemma in lower case."""
    return token.lemma_.lower()


def is_phrase(token: Token) -> bool:
    """Return whether the verb is the first word of a phrase of saying (`pointed out`, `made clear`)."""
    return phrase_end(token) > token.i + 1


def phrase_end(token: Token) -> int:
    """Return the end of the cue that starts at `token`: behind `out` in `pointed out`, behind the token elsewhere."""
    doc, lemma = token.doc, verb_of(token)
    if lemma not in _PHRASE_STARTS:
        return token.i + 1
    for i in range(token.i + 1, min(token.i + 5, len(doc))):
        if doc[i].is_punct or doc[i].is_space:
            break
        if (lemma, doc[i].lower_) in _PHRASES:
            return i + 1
    return token.i + 1
