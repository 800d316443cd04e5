"""Irregular forms of English, a lemma and its forms a line: the treebanks hold only some of them."""

from __future__ import annotations

from collections.abc import Iterator

_VERBS = """
arise arose arisen|awake awoke awoken|bear bore borne|beat beaten|become became|befall befell befallen
begin began begun|behold beheld|bend bent|beset|bet|bid bade bidden|bind bound|bite bit bitten|bleed bled
blow blew blown|break broke broken|breed bred|bring brought|broadcast|build built|burn burnt|burst|buy bought|cast
catch caught|choose chose chosen|cling clung|come came|cost|creep crept|cut|deal dealt|dig dug|draw drew drawn
dream dreamt|drink drank drunk|drive drove driven|dwell dwelt|eat ate eaten|fall fell fallen|feed fed|feel felt
fight fought|find found|flee fled fleeing|fling flung|fly flew flown flies|forbid forbade forbidden forbidding
forecast|foresee foresaw foreseen|forget forgot forgotten|forgive forgave forgiven|forgo forwent forgone
forsake forsook forsaken|freeze froze frozen|get got gotten|give gave given|go went gone goes|grind ground
grow grew grown|hang hung|hear heard|hide hid hidden|hit|hold held|hurt|inlay inlaid|keep kept|kneel knelt|knit
know knew known|lay laid|lead led|leap leapt|learn learnt|leave left|lend lent|let|lie lay lain lying|light lit
lose lost|make made|mean meant|meet met|mislead misled|mistake mistook mistaken|misunderstand misunderstood|offset
outbid|outdo outdid outdone|outgrow outgrew outgrown|outrun outran|outsell outsold|outspend outspent
overcome overcame|overdraw overdrew overdrawn|overhear overheard|override overrode overridden|overrun overran
oversee oversaw overseen|overtake overtook overtaken|overthrow overthrew overthrown|partake partook partaken
pay paid|plead pled|prove proven|put|quit|read|rebuild rebuilt|recast|redo redid redone|redraw redrew redrawn
remake remade|rend rent|repay repaid|resell resold|reset|retake retook retaken|rethink rethought|retell retold
rewrite rewrote rewritten|rid|ride rode ridden|ring rang rung|rise rose risen|run ran|saw sawn|say said|see saw seen
seek sought|sell sold|send sent|set|sew sewn|shake shook shaken|shed|shine shone|shoot shot|show shown
shrink shrank shrunk|shut|sing sang sung|sink sank sunk|sit sat|slay slew slain|sleep slept|slide slid|sling slung
slit|smell smelt|sow sown|speak spoke spoken|speed sped|spell spelt|spend spent|spill spilt|spin spun|spit spat
split|spoil spoilt|spread|spring sprang sprung|stand stood|steal stole stolen|stick stuck|sting stung
stink stank stunk|strew strewn|stride strode stridden|strike struck stricken|string strung|strive strove striven
swear swore sworn|sweep swept|swell swollen|swim swam swum|swing swung|take took taken|teach taught|tear tore torn
tell told|think thought|throw threw thrown|thrust|tread trod trodden|undercut|undergo underwent undergone
underpay underpaid|understand understood|undertake undertook undertaken|underwrite underwrote underwritten
undo undid undone|unwind unwound|uphold upheld|upset|wake woke woken|wear wore worn|weave wove woven|weep wept|wet
win won|wind wound|withdraw withdrew withdrawn|withhold withheld|withstand withstood|wring wrung|write wrote written
die dies dying|tie ties tying|lie lies|vie vied vying|agree agreed|free freed freeing|decree decreed
guarantee guaranteed|tax taxes|fix fixes|mix mixes|relax relaxes|box boxes|axe axed|panic panicked panicking
traffic trafficked trafficking|focus focuses focused focussed|bus bused|travel travelled travelling
cancel cancelled cancelling|model modelled modelling|label labelled labelling|fuel fuelled fuelling
total totalled totalling|signal signalled signalling|level levelled levelling|channel channelled channelling
target targeted targeting|benefit benefited benefiting|program programmed programming|equip equipped equipping
worship worshipped|kidnap kidnapped kidnapping|quiz quizzed|echo echoes|veto vetoes vetoed|embargo embargoed
torpedo torpedoed|outlaw outlawed|bail bailed
"""
_NOUNS = """
man men|woman women|child children|person people persons|foot feet|tooth teeth|goose geese|mouse mice|louse lice
ox oxen|spokesperson spokespeople|salesperson salespeople|tribesman tribesmen|crisis crises|basis bases
analysis analyses|thesis theses|hypothesis hypotheses|diagnosis diagnoses|parenthesis parentheses|emphasis emphases
oasis oases|axis axes|criterion criteria|phenomenon phenomena|referendum referenda|memorandum memoranda
stratum strata|bacterium bacteria|medium media|curriculum curricula|stimulus stimuli|nucleus nuclei|radius radii
alumnus alumni|fungus fungi|cactus cacti|appendix appendices|index indices indexes|matrix matrices|vertex vertices
knife knives|wife wives|life lives|leaf leaves|loaf loaves|thief thieves|half halves|shelf shelves|self selves
calf calves|wolf wolves|elf elves|hoof hooves|scarf scarves|bus buses|gas gases|tax taxes|box boxes|fax faxes
index indexes|quiz quizzes|lens lenses|virus viruses|campus campuses|bonus bonuses|status statuses|census censuses
caucus caucuses|surplus surpluses|corpus corpora|focus focuses|potato potatoes|tomato tomatoes|hero heroes
veto vetoes|embargo embargoes|echo echoes|torpedo torpedoes|cargo cargoes|euro euros|photo photos|video videos
casino casinos|ratio ratios|studio studios|portfolio portfolios|horse horses|house houses|nurse nurses|purse purses
course courses|response responses|expense expenses|license licenses|licence licences|base bases|phase phases
phrase phrases|case cases|disease diseases|lease leases|increase increases|decrease decreases|release releases
database databases|cache caches|series|species|headquarters|means|news|crossroads|aircraft|spacecraft|offspring
sheep|deer|fish|salmon|gallows|barracks|movie movies|cookie cookies|calorie calories|zombie zombies|rookie rookies
lie lies|tie ties|pie pies
"""
_COMPARED = """
big bright broad calm cheap clean clear close cold cool dark deep dense dry early easy fair far fast fat few fierce
fine firm fit flat fresh full grand grave great green grim happy hard harsh healthy heavy high hot huge keen kind
large late lean light likely little long loud low lucky mild narrow near neat new nice odd old pale plain poor proud
pure quick quiet rare rich risky rough sad safe sharp short shrewd sick simple slight slim slow small smart smooth
soft soon steady steep stern stiff strange strict strong sure sweet swift tall tame tense thick thin tight tiny
tough ugly vast wary warm weak wealthy wet wide wild wise worthy young
"""


def irregular_forms() -> Iterator[tuple[str, str, str]]:
    """Yield part of speech, form and lemma."""
    for upos, table in (("VERB", _VERBS), ("NOUN", _NOUNS)):
        for line in table.strip().replace("\n", "|").split("|"):
            lemma, *forms = line.split()
            yield from ((upos, form, lemma) for form in (lemma, *forms))
    for lemma in _COMPARED.split():
        stem = lemma[:-1] + "i" if lemma[-1] == "y" and lemma[-2] not in "aeiou" else lemma.removesuffix("e")
        if len(lemma) == 3 and lemma[1] in "aeiou" and lemma[2] not in "wy":
            stem += lemma[-1]
        yield from (("ADJ", stem + ending, lemma) for ending in ("er", "est"))
    yield from (("ADJ", form, lemma) for form, lemma in (("thinner", "thin"), ("slimmer", "slim"), ("grimmer", "grim")))
