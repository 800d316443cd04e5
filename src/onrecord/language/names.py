"""Who is who in a story: the name behind a surname, a title, a pronoun or a description.

Pronouns go to the nearest fitting noun phrase, subjects first, sentence by sentence backwards (after Hobbs 1978,
`Resolving pronoun references`, and the preference of centering theory for subjects); words quoted from somebody
do not offer antecedents to the story's own words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token

from onrecord.language.entities import Entity, find_entities
from onrecord.language.gazetteer import country_named, country_of
from onrecord.language.gazetteer_bodies import (
    BODY_NOUNS,
    COLLECTIVES,
    COUNTRY_NOUNS,
    DOCUMENT_NOUNS,
    ISSUED,
    class_nouns,
)
from onrecord.language.gazetteer_people import LEADERS, PERSON_NOUNS, Gender, gender
from onrecord.language.mentions import Quotation
from onrecord.language.phrases import (
    SUBJECTS,
    agent,
    case,
    child,
    children,
    conjuncts,
    is_plural,
    is_root,
    noun_phrase,
    relation,
    word_set,
)
from onrecord.language.saying import is_saying

Kind = Literal["person", "body", "place", "document", "group", "thing"]

_GENDERED: dict[str, Gender] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "m"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "f"),
}
_PLURAL = word_set("they them their theirs themselves these those")
_NEUTER = word_set("it its itself")
_SPEAKER = word_set("i me my mine myself")
_SPEAKERS = word_set("we us our ours ourselves")
_RELATIVE = word_set("who whom whose which that")
_PRONOUNS = frozenset(_GENDERED) | _PLURAL | _NEUTER | _SPEAKER | _SPEAKERS
_ARTICLES = word_set("the a an this that these those")
_DEFINITE = word_set("the this that these those its their his her our")
_ISSUE = word_set(
    "issue publish release compile conduct write prepare produce commission post sign send receive obtain collect"
)
_OFFICES = {
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
_PARTISANS = word_set(
    "republican democrat conservative socialist liberal communist tory nationalist centrist populist veteran billionaire"
)
_PASSING = word_set("new outgoing incoming former current acting interim longtime veteran embattled late then own")
_SPEAKS_ON = 3
"""Sentences for which whoever spoke or acted is the likeliest to be `he said`."""
_REACH = 8
"""Sentences that a pronoun looks back, those in quotation marks not counted."""


@dataclass(frozen=True, slots=True)
class _Referent:
    """A noun phrase that later words may stand for: where, in which sentence, its name, and what it can be."""

    at: int
    sentence: int
    name: str
    kind: Kind
    plural: bool
    gender: Gender | None
    rank: int
    quoted: bool


class Names:
    """The names of one story; made by `find_names`."""

    def __init__(self, doc: Doc, quotations: Sequence[Quotation]) -> None:
        self.entities = find_entities(doc)
        self._doc = doc
        self._entity_at = {i: e for e in self.entities for start, end in e.mentions for i in range(start, end)}
        self._mention_at = {start: (start, end) for e in self.entities for start, end in e.mentions}
        self._described = _by_noun(self.entities)
        self._quoted = _quoted_tokens(quotations)
        self._sentences = _sentence_numbers(doc)
        self._known: dict[int, str] = {}
        self._referents: list[_Referent] = []
        self._phrases: dict[tuple[str, bool], tuple[int, str]] = {}
        self._issuers: dict[str, str] = {}
        self._collect()

    def resolve(self, start: int, end: int, *, speaker: str | None = None) -> str | None:
        """Return the most specific name that the story uses for the noun phrase at the tokens [start, end).

        Args:
            start: First token of the phrase.
            end: Token behind its last.
            speaker: Who says the words in which the phrase stands: `I` is the speaker, `we` the body that they lead.

        Returns:
            The name; the phrase's own words without article and possessive mark where the story has no better one;
            None where it only points (`it`, `they`) and nothing that it could point to stands before it.
        """
        heads = [head for head in conjuncts(self._doc[start:end].root) if start <= head.i < end]
        names = [self._named(head, start, end, speaker) for head in heads]
        if None in names or not names:
            return None
        return _joined([name for name in names if name is not None])

    def entity_named(self, name: str) -> Entity | None:
        """Return the named person, body or place that bears `name`, None if there is none."""
        return next((entity for entity in self.entities if entity.name == name), None)

    def country(self, name: str) -> str | None:
        """Return the ISO 3166-1 code that a name stands for or speaks for, None where the story does not say.

        A country's own name, people or capital, or a person or body to whom the story gives one
        (`British Prime Minister Jane Marsh` -> `GB`).
        """
        own = country_of(name)
        if own is not None:
            return own
        entity = self.entity_named(name)
        return country_of(entity.affiliation) if entity is not None and entity.affiliation else None

    def body_led_by(self, name: str) -> str | None:
        """Return the body or country that a person leads or speaks for, as the story writes it; None if unknown."""
        entity = self.entity_named(name)
        return entity.affiliation if entity is not None else None

    def can_speak(self, head: Token) -> bool:
        """Return whether the noun phrase headed by `head` is somebody or something that speaks or is written."""
        known = self._entity_at.get(head.i)
        return known is not None or head.pos_ in {"PRON", "PROPN", "NUM"} or _kind(head) != "thing"

    def person_told_of(self, at: int) -> str | None:
        """Return the named person who is the subject of the sentence before the one at token `at`; None otherwise."""
        subjects = (r for r in self._before(at) if r.rank == 3 and self._sentences[at] - r.sentence == 1)
        return next((r.name for r in subjects if r.kind == "person" and self.entity_named(r.name) is not None), None)

    def sentences_between(self, first: int, second: int) -> int:
        """Return how many sentences the token `second` stands after that of the token `first`."""
        return self._sentences[second] - self._sentences[first]

    # Noun phrases ----------------------------------------------------------------------------------------------------

    def _named(self, head: Token, start: int, end: int, speaker: str | None) -> str | None:
        word = head.lower_
        if word in _SPEAKER and speaker is not None:
            return speaker
        if word in _SPEAKERS and speaker is not None:
            return self.body_led_by(speaker) or speaker
        if head.i in self._known:
            return self._known[head.i]
        if word in _PRONOUNS:
            return self._antecedent(head)
        first, last = noun_phrase(head, conjuncts=False)
        return self._described_name(head, max(start, first), min(end, last))

    def _described_name(self, head: Token, start: int, end: int) -> str:
        person = self._person_in(head, end)
        if person is not None:
            return person.name
        entity = self._entity_at.get(head.i) or self._beside(head)
        if entity is not None:
            return self._by_initials(entity.name) or entity.name
        return self._behind(head, start, end) or self._core(start, end)

    def _beside(self, head: Token) -> Entity | None:
        """Return the body or place that stands beside what it is: `the broadcaster NHK`."""
        if head.pos_ != "NOUN":
            return None
        named = (c for c in children(head, {"appos", "flat", "nmod:desc"}) if c.i > head.i)
        return next((self._entity_at[c.i] for c in named if c.i in self._entity_at), None)

    def _by_initials(self, name: str) -> str | None:
        """Return the person whose office a short form stands for: `the CEO`, `the CEC` for Chief Election Commissioner."""
        letters = name.replace(".", "")
        if not (2 <= len(letters) <= 5 and letters.isupper()):
            return None
        for entity in self.entities:
            for role in entity.roles if entity.kind == "person" else ():
                initials = "".join(word[0] for word in role.replace("-", " ").split()).upper()
                if initials.endswith(letters):
                    return entity.name
        return None

    def _person_in(self, head: Token, end: int) -> Entity | None:
        """Return the person whom a phrase with a title or an office names: `the group's director, Ann Lee`."""
        entity = self._entity_at.get(head.i)
        if entity is not None and entity.kind == "person":
            return entity
        if head.lemma_.lower() not in PERSON_NOUNS and head.pos_ != "PROPN":
            return None
        named = [c for c in children(head, {"appos", "flat", "nmod:desc", "compound"}) if self._is_person(c)]
        if named:
            return self._entity_at[named[0].i]
        after = end + 1 if end < len(self._doc) and self._doc[end].text == "," else end
        if self._starts_person(after) and head.pos_ == "NOUN":
            return self._entity_at[after]  # `said a spokeswoman, Ann Lee`, `director of Acme Ann Lee`
        last = end - 1  # `CEO of Acme Ann Lee`: the parser hangs the name on the firm
        if self._is_person(self._doc[last]) and end < len(self._doc) and self._doc[end].text not in {"'s", "’s"}:
            entity = self._entity_at[last]
            first = next(a for a, b in entity.mentions if a <= last < b)
            if first - 1 > head.i and self._entity_at.get(first - 1) not in {None, entity}:
                return entity
        return None

    def _starts_person(self, i: int) -> bool:
        return i in self._mention_at and self._entity_at[i].kind == "person"

    def _is_person(self, token: Token) -> bool:
        entity = self._entity_at.get(token.i)
        return entity is not None and entity.kind == "person"

    def _core(self, start: int, end: int) -> str:
        """Return the words of a phrase without article and possessive mark."""
        while start < end - 1 and (self._doc[start].lower_ in _ARTICLES or self._doc[start].is_space):
            start += 1
        while end - 1 > start and (self._doc[end - 1].text in {"'s", "’s", "'", "’"} or self._doc[end - 1].is_space):
            end -= 1
        return " ".join(self._doc[start:end].text.split())

    # Descriptions ----------------------------------------------------------------------------------------------------

    def _behind(self, head: Token, start: int, end: int) -> str | None:
        """Return the name behind a description (`the ministry`, `the prime minister`, `the statement`)."""
        noun = head.lemma_.lower()
        before = self._doc[start : head.i]
        words = [t.lower_ for t in before if _tells(t)]
        if noun in DOCUMENT_NOUNS:
            return self._issuer(head)
        definite = self._doc[start].lower_ in _DEFINITE or child(head, {"nmod:poss"}) is not None
        if noun in PERSON_NOUNS:
            things = [t.lower_ for t in before if _tells(t) and t.pos_ != "ADJ"]
            return self._holder(head, words, things, definite) or self._mentioned(head, noun, words, definite)
        if definite and not is_plural(head) and _is_kind_of_person(head):
            return next((r.name for r in self._before(head.i) if r.kind == "person" and not r.plural), None)
        if not definite or noun in COLLECTIVES:
            return None
        if noun in COUNTRY_NOUNS and not words:
            return self._latest(head.i, lambda entity: country_named(entity.name) is not None)
        return self._body(head, noun, words)

    def _mentioned(self, head: Token, noun: str, words: list[str], definite: bool) -> str | None:
        """Return the fuller words of the phrase with the same noun that a bare `the unions` takes up again."""
        if not definite or words:
            return None
        at, name = self._phrases.get((noun, is_plural(head)), (head.i, ""))
        return name if at < head.i and " " in name else None

    def _holder(self, head: Token, words: list[str], things: list[str], definite: bool) -> str | None:
        """Return the person who holds an office: named before, or in the next sentences (a lead's way).

        Before, all of `words` must fit; after, only the nouns among them, `things`: `a federal judge ruled`.
        """
        if is_plural(head):
            return None
        noun = head.lemma_.lower()
        persons = [entity for entity in self.entities if entity.kind == "person"]
        before = [(a, e) for e in persons if _holds(e, noun, words) for a, _ in e.mentions if a < head.i]
        if before and definite:
            return max(before, key=lambda pair: pair[0])[1].name
        sentence = self._sentences[head.i]
        fresh = [(e.mentions[0][0], e) for e in persons if _holds(e, noun, things) and e.mentions[0][0] > head.i]
        after = [(a, e) for a, e in fresh if self._sentences[a] <= sentence + 3]
        return min(after, key=lambda pair: pair[0])[1].name if after else None

    def _body(self, head: Token, noun: str, words: list[str]) -> str | None:
        """Return the body called by a common noun: one that has the noun in its name, or is told to be one.

        Failing that, the fuller words of an earlier phrase; then, for what bodies are called, the body told of last.
        """
        named = self._latest_of(head.i, (e for e in self._described.get(noun, ()) if set(words) <= _words_of(e)))
        if named is not None and not is_plural(head):
            return named
        earlier = self._mentioned(head, noun, words, definite=True)
        if earlier is not None or noun not in BODY_NOUNS or is_plural(head) or len(words) > 1:
            return earlier
        return self._latest(head.i, lambda e: e.kind == "body" and not country_of(e.name), subjects=True)

    def _issuer(self, head: Token) -> str | None:
        """Return who issued a document: its possessor or author, told here or elsewhere; else the latest speaker.

        Only mere words (`the statement`) go to the latest speaker; a report stays a report.
        """
        own = self._own_issuer(head)
        if own is not None:
            return own
        noun = head.lemma_.lower()
        if child(head, {"det"}) is None or is_plural(head):
            return None
        if noun in ISSUED:
            before = self._before(head.i)
            found = next((r.name for r in before if r.rank > 1 and r.kind in {"person", "body", "place"}), None)
            if found is not None:
                return found
        return self._issuer_elsewhere(noun)

    def _issuer_elsewhere(self, noun: str) -> str | None:
        """Return who the story's first phrase with the same noun and an author says issued it."""
        if noun not in self._issuers:
            heads = (t for t in self._doc if t.pos_ == "NOUN" and t.lemma_.lower() == noun)
            self._issuers[noun] = next(filter(None, map(self._own_issuer, heads)), "")
        return self._issuers[noun] or None

    def _own_issuer(self, head: Token) -> str | None:
        """Return the author or possessor of a document that its own phrase names."""
        for token in head.children:
            name = relation(token)
            if name in {"nmod:poss", "compound"} and token.i in self._entity_at:
                return self._named(token, *noun_phrase(token), None)
            if name == "nmod:poss" and token.lower_ in _PRONOUNS:
                return self._antecedent(token, speaks=True)
            if name == "nmod" and case(token) in {"by", "from", "of"} and token.i in self._entity_at:
                return self._named(token, *noun_phrase(token), None)
        maker = next((agent(c) for c in children(head, {"acl"}) if c.lemma_ in _ISSUE), None)
        if maker is not None:
            return self._named(maker, *noun_phrase(maker), None)
        return None

    def _latest(self, at: int, fits: object, *, subjects: bool = False) -> str | None:
        chosen = [entity for entity in self.entities if fits(entity)]  # type: ignore[operator]
        if subjects:
            names = {entity.name for entity in chosen}
            found = next((r.name for r in self._before(at) if r.rank and r.name in names), None)
            if found is not None:
                return found
        return self._latest_of(at, chosen)

    def _latest_of(self, at: int, entities: Iterable[Entity]) -> str | None:
        """Return the name of the entity mentioned last before `at`; of the first after it where none was."""
        before: tuple[int, str] | None = None
        after: tuple[int, str] | None = None
        for entity in entities:
            k = bisect_left(entity.mentions, (at, at))
            if k and (before is None or entity.mentions[k - 1][0] > before[0]):
                before = entity.mentions[k - 1][0], entity.name
            if k < len(entity.mentions) and (after is None or entity.mentions[k][0] < after[0]):
                after = entity.mentions[k][0], entity.name
        found = before or after
        return found[1] if found else None

    # Pronouns --------------------------------------------------------------------------------------------------------

    def _antecedent(self, pronoun: Token, *, speaks: bool = False) -> str | None:
        word = pronoun.lower_
        says = relation(pronoun) in SUBJECTS and is_saying(pronoun.head)
        speaks = speaks or says
        set_off = says and _is_set_off(pronoun.head)
        inside = pronoun.i in self._quoted
        if word in _SPEAKER | _SPEAKERS:
            return None
        here = self._sentences[pronoun.i]
        open_to = [
            referent
            for referent in self._before(pronoun.i)
            if (inside or not referent.quoted)
            # in `Lee is ill, she said` she is none of those whom she tells of
            and not (set_off and referent.sentence == here)
            and _fits(referent, word, speaks)
        ]
        if says:  # who spoke or acted a moment ago speaks on, before anybody told of in passing
            lately = (r for r in open_to if r.rank > 1 and here - r.sentence <= _SPEAKS_ON)
            return next((r.name for r in lately), open_to[0].name if open_to else None)
        return open_to[0].name if open_to else None

    def _before(self, at: int) -> Iterator[_Referent]:
        """Yield the referents before a token: by sentence, backwards; in each the highest in rank, then the first."""
        k = bisect_left(self._referents, at, key=lambda r: r.at)
        visited = 0
        while k > 0 and visited <= _REACH:
            sentence, first = self._referents[k - 1].sentence, k
            visited += not self._referents[k - 1].quoted
            while first > 0 and self._referents[first - 1].sentence == sentence:
                first -= 1
            yield from sorted(self._referents[first:k], key=lambda r: (-r.rank, r.at))
            k = first

    def _collect(self) -> None:
        """Read the story once from left to right, so that what `he` stands for is known to the next `he`."""
        for token in self._doc:
            referent = self._referent(token)
            if referent is not None:
                self._known[token.i] = referent.name
                self._referents.append(referent)
            self._remember(token)

    def _remember(self, token: Token) -> None:
        """Keep the fullest words for a noun of people or bodies, for when the story takes it up again with `the`."""
        noun = token.lemma_.lower()
        if token.pos_ != "NOUN" or noun not in PERSON_NOUNS | BODY_NOUNS or token.i in self._quoted:
            return
        name = self._known.get(token.i) or self._core(*noun_phrase(token, conjuncts=False))
        if " " in name:
            self._phrases[noun, is_plural(token)] = token.i, name

    def _referent(self, token: Token) -> _Referent | None:
        entity = self._entity_at.get(token.i)
        subject = relation(token) in SUBJECTS or _speaks_behind(token)
        if entity is not None and (subject or token.i in self._mention_at):
            return self._make(token, self._named(token, *noun_phrase(token), None), entity.kind, entity.gender)
        subject = subject or case(token) == "according to"
        if not subject or token.lower_ in _RELATIVE or entity is not None:
            return None
        if token.lower_ in _PRONOUNS:
            name = self._antecedent(token)
            same = next((r for r in self._before(token.i) if r.name == name), None)
            return self._make(token, name, same.kind, _GENDERED.get(token.lower_) or same.gender) if same else None
        if token.pos_ not in {"NOUN", "PROPN"}:
            return None
        name = self.resolve(*noun_phrase(token))
        known = self.entity_named(name) if name else None
        if known is not None:
            return self._make(token, name, known.kind, known.gender)
        return self._make(token, name, _kind(token), gender([token.lower_]))

    def _make(self, token: Token, name: str | None, kind: Kind, sex: Gender | None) -> _Referent | None:
        if name is None:
            return None
        plural = is_plural(token) or token.lower_ in _PLURAL or child(token, {"conj"}) is not None
        rank = 0
        if case(token) == "according to":
            rank = 2
        elif _speaks_behind(token):
            rank = 2
        elif relation(token) in SUBJECTS:
            rank = 3 if is_root(token.head) else 2 if is_saying(token.head) else 1
        return _Referent(token.i, self._sentences[token.i], name, kind, plural, sex, rank, token.i in self._quoted)


def find_names(doc: Doc, quotations: Sequence[Quotation]) -> Names:
    """Return the names of a story: `doc` with tags, dependencies, sentences and trained names, and its quotations."""
    return Names(doc, quotations)


def _fits(referent: _Referent, pronoun: str, speaks: bool) -> bool:
    """Return whether a pronoun may stand for a referent; one that speaks stands for somebody who can."""
    if pronoun in _GENDERED:
        return referent.kind == "person" and not referent.plural and referent.gender in {None, _GENDERED[pronoun]}
    if speaks and referent.kind == "thing":
        return False
    if pronoun in _PLURAL:
        return referent.plural or (referent.kind in {"body", "group"} and referent.rank > 0)
    return not referent.plural and referent.kind != "person" and (referent.rank > 0 or referent.kind == "body")


def _speaks_behind(token: Token) -> bool:
    """Return whether a noun stands right behind its verb of saying as its speaker: `..., said Lee`."""
    verb = token.head
    behind = relation(token) in {"obj", "obl", "ccomp", "iobj"} and verb.i < token.i and token.left_edge.i == verb.i + 1
    return behind and not case(token) and child(verb, SUBJECTS) is None and is_saying(verb)


def _tells(token: Token) -> bool:
    """Return whether a word before an office or a body says which one: not a nationality, party or passing state."""
    if token.pos_ == "ADJ":
        return token.text.islower() and token.lower_ not in _PASSING
    return token.pos_ in {"NOUN", "PROPN"} and country_of(token.text) is None


def _is_set_off(verb: Token) -> bool:
    """Return whether a verb of saying stands behind the words that it reports."""
    return relation(verb) == "parataxis" or any(c.i < verb.i for c in children(verb, {"ccomp", "parataxis"}))


def _kind(token: Token) -> Kind:
    noun = token.lemma_.lower()
    if noun in PERSON_NOUNS:
        return "person"
    if noun in BODY_NOUNS or noun in COLLECTIVES:
        return "body"
    return "document" if noun in DOCUMENT_NOUNS else "thing"


def _holds(entity: Entity, noun: str, words: list[str]) -> bool:
    """Return whether the person has a role with the office's noun, or one like it, and with all of `words`."""
    for role in entity.roles:
        parts = {_OFFICES.get(part, part) for part in (*role.replace("-", " ").split(), *role.split())}
        if noun == "minister" and ("prime" in parts) != ("prime" in words):
            continue
        if noun in parts and set(words) <= parts:
            return True
        if LEADERS & parts and noun in {"head", "chief", "boss", "leader"}:
            return True
    return False


def _is_kind_of_person(head: Token) -> bool:
    """Return whether a noun tells somebody's nation or party: `the Dutchman`, `the Republican`."""
    return head.lower_ in _PARTISANS or (head.text[:1].isupper() and country_of(head.text) is not None)


def _words_of(entity: Entity) -> set[str]:
    return {word for text in (entity.name, *entity.roles) for word in text.lower().split()}


def _by_noun(entities: Iterable[Entity]) -> dict[str, list[Entity]]:
    """Return the bodies by the common nouns that may stand for them: of their name, roles, or general knowledge."""
    found: dict[str, list[Entity]] = {}
    for entity in entities:
        if entity.kind == "person":
            continue
        nouns = {entity.name.lower().split()[-1], *class_nouns(entity.name)}
        nouns |= {word for word in entity.name.lower().split() if word in BODY_NOUNS}
        nouns |= {word for role in entity.roles for word in role.split() if word in BODY_NOUNS}
        for noun in sorted(nouns):
            found.setdefault(noun, []).append(entity)
    return found


def _quoted_tokens(quotations: Sequence[Quotation]) -> frozenset[int]:
    return frozenset(i for quotation in quotations for i in range(quotation.start, quotation.end))


def _sentence_numbers(doc: Doc) -> list[int]:
    numbers, number = [], -1
    for token in doc:
        number += bool(token.is_sent_start) or number < 0
        numbers.append(number)
    return numbers


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
