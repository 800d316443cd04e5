"""Words that go with people: forms of address, offices, what a person is called, and the sex that a word tells."""

from __future__ import annotations

from typing import Literal

from onrecord.language.phrases import word_set

Gender = Literal["f", "m"]

HONORIFICS = word_set(
    """adm adm. admiral alhaji ambassador amir archbishop attorney ayatollah baron baroness barr barr. bishop brig
    brigadier brother capt capt. captain cardinal chair chairman chairwoman chancellor chief cmdr col col. colonel
    commander congressman congresswoman constable councillor councilman councilwoman dame dato datuk deputy
    detective director dr dr. duchess duke emir engr engr. father gen gen. general gov gov. governor hajiya hon hon.
    imam inspector judge justice king lady lieutenant lord lt lt. madam madame maj maj. major marshal mayor mep
    minister miss mla mp mr mr. mrs mrs. ms ms. mullah mx officer pastor pope premier president prime prince
    princess prof prof. professor queen rabbi rep rep. representative rev rev. reverend saint secretary sen sen.
    senator sergeant seri sgt sgt. sheikh sheikha sheriff sir sister speaker sri st st. sultan superintendent tan
    undersecretary under-secretary vice"""
)
"""Words before a name that are no part of it, in lower case."""

WITH_FIELDS = word_set("minister secretary undersecretary commissioner critic")
"""Offices whose titles say what they are for: `Health Minister`, `Home Affairs Secretary`."""

TITLES = word_set(
    """analyst chancellor chairman chairwoman chief director economist envoy executive governor judge lawmaker leader
    mayor minister president premier professor secretary senator spokesman spokesperson spokeswoman"""
)
"""Offices that stand right before the names of persons, hardly ever of anything else."""

LEADERS = word_set(
    """administrator boss captain ceo chair chairman chairperson chairwoman chancellor chief co-founder commander
    commissioner coordinator dean director emir executive founder governor head king leader mayor minister owner
    premier president principal queen rector secretary secretary-general speaker sultan superintendent"""
)
"""What somebody who leads a body is called; such words stand for one another (`head`, `chief`)."""

PERSON_NOUNS = LEADERS | word_set(
    """academic activist actor adult adviser advisor aide ally ambassador analyst applicant archbishop artist athlete
    attorney author backbencher banker batsman billionaire biologist bishop bowler boy brother builder
    businessman businesswoman buyer campaigner candidate captive cardinal chemist child children cleric clerk client
    climatologist clinician coach colleague colonel columnist commander commentator commissioner commuter
    congressman congresswoman conservationist consultant coroner correspondent councillor counsellor critic customer
    cyclist daughter defendant delegate demonstrator deputy detainee detective diplomat doctor driver economist
    editor educator employee employer engineer entrepreneur envoy epidemiologist expert extremist fan farmer father
    fighter filmmaker firefighter fisherman general geologist girl goalkeeper graduate grandfather grandmother guard
    historian homeowner hostage husband infant inmate insider inspector insurgent invader investigator investor
    jailer journalist judge juror justice landlord lawmaker lawyer lecturer legislator lieutenant lobbyist local
    magistrate major man manager marshal medic member men mep meteorologist midfielder migrant militant minister mla
    moderator monitor mother mp msp negotiator neighbor neighbour neurologist novelist nurse observer officer
    official ombudsman operator opponent organiser organizer owner paramedic parent parliamentarian participant
    passenger pastor patient pensioner people person physician physicist pilot plaintiff planner player policeman
    policewoman politician pope preacher premier prince princess prisoner producer professor prosecutor protester
    protestor psychologist pupil rebel referee refugee reporter representative rescuer researcher resident
    responder retailer retiree reviewer rider runner scholar scientist secretary seller senator sergeant sheriff
    shopkeeper sister soldier son source specialist spokesman spokesperson spokeswoman staffer strategist striker
    student supporter surgeon survivor suspect swimmer teacher technician teenager tenant therapist tourist trader
    trustee vendor veteran victim villager volunteer voter warlord whistleblower wife witness woman women worker
    writer youth"""
)
"""Common nouns for somebody who can speak."""

OFFICES = {
    "gov.": "governor",
    "gov": "governor",
    "sen.": "senator",
    "sen": "senator",
    "rep.": "representative",
    "gen.": "general",
    "col.": "colonel",
    "lt.": "lieutenant",
    "capt.": "captain",
    "prof.": "professor",
    "dr": "doctor",
    "dr.": "doctor",
    "pm": "premier",
    "mp": "lawmaker",
}
"""Offices by their abbreviations before a name."""

PARTISANS = word_set(
    """billionaire centrist communist conservative democrat liberal nationalist populist republican socialist tory
    veteran"""
)
"""Common nouns that stand for a person told of before."""

_MALE = word_set(
    """alderman alhaji ayatollah baron boy brother businessman chairman congressman councilman dad duke emir father
    fisherman grandfather he him himself his husband imam king lord man mr mr. nephew ombudsman policeman pope
    prince sheikh sir son spokesman sultan uncle"""
)
_FEMALE = word_set(
    """actress aunt baroness businesswoman chairwoman congresswoman councilwoman dame daughter duchess girl grandmother
    hajiya her hers herself lady miss mom mother mrs mrs. ms ms. mum niece policewoman princess queen she sheikha
    sister spokeswoman wife woman"""
)
_MALE_NAMES = word_set(
    """aaron abdul abdullah abel abraham adam adrian ahmad ahmed alan albert alberto alejandro alessandro alex
    alexander alexei ali allan allen alvin amir anders andre andrea andreas andrew andrey andy anthony antoine
    antonio antony arthur arturo barack barry ben benjamin bernard bernardo bill billy bob boris brad bradley
    brandon brendan brent brett brian bruce bryan calvin cameron carl carlos cesar chad charles charlie chris
    christian christopher chuck clive colin connor craig cyril damian dan daniel darren dave david dean dennis derek
    diego dimitri dmitri dmitry dominic don donald douglas duncan dylan ed eddie edgar eduardo edward edwin elias
    elijah emmanuel enrique eric erik ernest ethan eugene evan felipe felix fernando francis francisco francois
    frank fred frederick gabriel gareth gary gavin geoff geoffrey george gerald gerard giovanni giuseppe glen glenn
    gordon graham grant greg gregory guillaume guy hamid hans harold harry hassan henri henry herbert hossein howard
    hugh hugo hussein ian ibrahim igor ismail ivan jack jacob jacques jake jamal james jamie jan jason javier jean
    jeff jeffrey jeremy jerome jerry jesus jim jimmy joachim joe joel john johnny jon jonathan jorge jose joseph
    joshua josé juan julian julio justin karim karl keith ken kenneth kevin khalid klaus kyle larry lars laurence
    lawrence lee leo leon leonard leonardo lewis liam lorenzo louis luca lucas luis luke mahmoud malcolm manuel marc
    marcel marco marcos marcus mario mark markus martin marvin mathew matt matteo matthew maurice max maxim michael
    michel miguel mike mikhail milan mitch mohamed mohammad mohammed moses muhammad mustafa narendra nathan neil
    nelson nicholas nick nicolas nigel nikolai noah norman oleg oliver omar osama oscar otto owen pablo patrick paul
    pavel pedro percy pete peter philip philippe phillip pierre rafael raj rajesh ralph ramon raymond ricardo
    richard rick rob robert roberto robin rodrigo roger roland ron ronald rory ross roy rupert russell ryan salman
    salvador sam samuel scott sean sebastian sergei sergey sergio seth shane shaun shawn simon stanley stefan
    stephen steve steven stewart stuart ted terry theodore thomas tim timothy tobias toby todd tom tommy tony travis
    trevor tyler umar usman victor viktor vincent vladimir volodymyr walter warren wayne wesley will william willie
    wolfgang xavier yuri yusuf zachary"""
)
_FEMALE_NAMES = word_set(
    """abigail adriana agnes aisha alana alexandra alexandria alice alicia alison amanda amber amelia amina amy ana
    anastasia angela angelina anita ann anna anne annette annie april ashley audrey barbara beatrice becky bella
    bernadette beth betty beverly brenda bridget brigitte camilla carla carmen carol caroline carolyn catherine
    cathy cecilia charlotte chelsea cheryl chloe christina christine cindy claire clara claudia colleen constance
    courtney crystal cynthia daisy dana danielle dawn deborah debra denise diana diane dolores donna doris dorothy
    edith eileen elaine eleanor elena elisabeth elizabeth ella ellen emily emma erica erin esther eva eve evelyn
    faith fatima fiona florence frances francesca gabriela gail georgia georgina geraldine gina giorgia giulia
    gladys gloria grace gwen hannah harriet hazel heather heidi helen helena hilary hillary hoda holly ida ingrid
    irene iris isabel isabella ivy jacqueline jane janelle janet janice jasmine jean jeanne jenna jennifer jenny
    jessica jill joan joanna joanne jocelyn jodie josephine joy joyce juanita judith judy julia juliana julie june
    karen karin kate katherine kathleen kathryn kathy katie katrina kayla kelly kerry khadija kim kimberly kirsten
    kristen kristin kristina laura lauren leah leila lena lesley leslie leticia lillian lily linda lindsay lisa liz
    lois lorraine louise lucia lucy lydia lynn mabel madeleine maggie mandy marcia margaret margarita maria mariam
    marie marilyn marina marion marjorie marta martha mary maryam maureen maya megan meghan melanie melinda melissa
    mercedes mia michelle mildred mireille miriam molly monica nadia nadine nancy naomi natalia natalie natasha
    nicola nicole nina nora norma olga olivia pamela patricia paula pauline peggy penelope penny phyllis priya
    rachel rebecca regina renee rhonda rita roberta rosa rose rosemary roxanne ruth sabrina sally samantha sandra
    sara sarah sharon sheila shirley silvia simone sofia sonia sophia sophie stacy stella stephanie sue susan
    susanna suzanne svetlana sylvia tamara tanya tara tatiana teresa theresa tina tracy ursula valentina valerie
    vanessa vera veronica victoria violet virginia vivian wendy yasmin yolanda yvonne zainab zoe"""
)


def gender(words: list[str]) -> Gender | None:
    """Return the sex that a name with its title (`Mrs`, `spokesman`, `Mary`) tells, None where it tells none."""
    lowered = [word.casefold() for word in words]
    for female, male in ((_FEMALE, _MALE), (_FEMALE_NAMES, _MALE_NAMES)):
        for word in lowered:
            if (word in female) != (word in male):
                return "f" if word in female else "m"
    return None


def is_given_name(word: str) -> bool:
    """Return whether the word is a common given name."""
    return word.casefold() in _MALE_NAMES or word.casefold() in _FEMALE_NAMES
