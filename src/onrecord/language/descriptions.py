"""What descriptions stand for: `the ministry`, `the prime minister`, `the country`, `the report`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from itertools import chain

from spacy.tokens import Doc, Token

from onrecord.language.entities import Entity
from onrecord.language.gazetteer import country_of, names_people
from onrecord.language.gazetteer_bodies import (
    ANY_BODY,
    ANY_FIRM,
    BODY_NOUNS,
    COLLECTIVES,
    DOCUMENT_NOUNS,
    FIRMS,
    GENERIC_BODY_NOUNS,
    ISSUED,
    NO_BODIES,
    OUTLETS,
    class_nouns,
    may_be,
)
from onrecord.language.gazetteer_people import LEADERS, OFFICES, PARTISANS, PERSON_NOUNS, TITLES
from onrecord.language.mentioned import Mentions, first_name
from onrecord.language.national import is_central_bank
from onrecord.language.phrases import agent, case, child, children, is_plural, relation, word_set
from onrecord.language.places import Places
from onrecord.language.referents import PRONOUNS, SPEAKING, Referents

_DEFINITE = word_set("the this that these those its their his her our")
_LEADING = frozenset({"head", "chief", "boss", "leader"})
_ISSUE = word_set(
    "issue publish release compile conduct write prepare produce commission post sign send receive obtain collect"
)
_PASSING = word_set("new outgoing incoming former current acting interim longtime veteran embattled late then own")
_MANY = ("ese", "ish", "ch", "ss")
"""Endings of adjectives that with an article stand for a whole people: `the Swiss`."""
_SOON = 3
"""Sentences within which a report names whom its lead only describes."""


class Descriptions:
    """What the descriptions of one story stand for.

    `home` is the ISO code of the country that the story comes from or is about, None where it cannot be told;
    `named` gives the name of the noun phrase headed by a token: it is asked for a document's author and for owners.
    """

    def __init__(
        self,
        doc: Doc,
        entities: Iterable[Entity],
        referents: Referents,
        home: str | None,
        named: Callable[[Token], str | None],
    ) -> None:
        known = list(entities)
        self._doc = doc
        self._referents = referents
        self._named = named
        self._names = frozenset(i for e in known for start, end in e.mentions for i in range(start, end))
        self._by_name = {entity.name: entity for entity in reversed(known)}
        self._places = Places(doc, known, home, named)
        self._holders = _by_office(e for e in known if e.kind == "person")
        self._bodies = _by_noun(e for e in known if e.kind != "person")
        self._all_bodies = Mentions(e for e in known if _is_body(e))
        self._entity_at = {i: e for e in known for start, end in e.mentions for i in range(start, end)}
        self._phrases: dict[tuple[str, bool], list[tuple[int, str]]] = {}
        self._issuers: dict[str, str] = {}

    def remember(self, head: Token, words: str) -> None:
        """Keep the words of a noun phrase, for when the story takes its noun up again with a bare `the`."""
        if " " in words:
            self._phrases.setdefault((head.lemma_.lower(), is_plural(head)), []).append((head.i, words))

    def behind(self, head: Token, start: int) -> str | None:
        """Return the name behind the description headed by `head` that starts at `start`; None if it has none."""
        noun = head.lemma_.lower()
        before = [token for token in self._doc[start : head.i] if _tells(token)]
        words = {token.lower_ for token in before}
        if noun in DOCUMENT_NOUNS:
            return self._issuer(head)
        definite = self._doc[start].lower_ in _DEFINITE or child(head, {"nmod:poss"}) is not None
        if noun in PERSON_NOUNS:
            things = {token.lower_ for token in before if token.pos_ != "ADJ"}
            holder = self._holder(head, words if definite else None, things)
            if holder is not None or not definite:
                return holder
            return (self._mentioned(head) if not words else None) or self._officeless(head)
        if not definite or noun in COLLECTIVES or self._is_own_outlet(noun, start):
            return None
        if is_kind_of_person(head):
            return self._person_told_of(head.i)
        if not words and not is_plural(head) and self._places.describes(noun):
            return self._places.behind(head)
        return self._body(head, words)

    def _is_own_outlet(self, noun: str, start: int) -> bool:
        """Return whether a phrase is the paper that tells the story, which it does not name: `this newspaper`."""
        return noun in OUTLETS and self._doc[start].lower_ in {"this", "our"}

    def _person_told_of(self, at: int) -> str | None:
        """Return the last named person who acted or spoke before token `at`; failing that, the last one named."""
        persons = [r for r in self._referents.before(at) if r.kind == "person" and r.name in self._by_name]
        acting = (r.name for r in persons if r.rank and not r.plural)
        return next(acting, None) or next((r.name for r in persons if not r.plural), None)

    def _mentioned(self, head: Token) -> str | None:
        """Return the fuller words of the last phrase with the same noun, which a bare `the unions` takes up again."""
        phrases = self._phrases.get((head.lemma_.lower(), is_plural(head)), [])
        k = bisect_left(phrases, (head.i, ""))
        return phrases[k - 1][1] if k else None

    def _holder(self, head: Token, words: set[str] | None, things: set[str]) -> str | None:
        """Return the person who holds an office: named before, or in the next sentences (a lead's way).

        Before, all of `words` must fit (None for an indefinite description, which takes up nobody); after, only the
        nouns among them, `things`: `a federal judge ruled`.
        """
        noun = head.lemma_.lower()
        holders = self._holders.get("" if noun in _LEADING else noun)
        if holders is None or is_plural(head):
            return None
        if words is not None:
            before = next((e for e in holders.before(head.i) if _holds(e, noun, words)), None)
            if before is not None:
                return before.name
        for entity in holders.after(head.i):
            first = entity.mentions[0][0]
            if first > head.i and _holds(entity, noun, things):
                near = self._referents.sentence(first) <= self._referents.sentence(head.i) + _SOON
                return entity.name if near else None
        return None

    def _officeless(self, head: Token) -> str | None:
        """Return who holds an office that the story gives to nobody by name: who acted or spoke just before.

        It must be somebody of whom the story tells more than once and says no other office.
        """
        if is_plural(head) or head.lemma_.lower() not in LEADERS | TITLES or child(head, {"nmod"}) is not None:
            return None
        here = self._referents.sentence(head.i)
        for referent in self._referents.before(head.i):
            if here - referent.sentence > _SOON:
                return None
            person = self._by_name.get(referent.name)
            if person is not None and person.kind == "person" and referent.rank and not referent.plural:
                return person.name if not person.roles and len(person.mentions) > 1 else None
        return None

    def _body(self, head: Token, words: set[str]) -> str | None:
        """Return the body called by a common noun: one that has the noun in its name, or is told to be one.

        Failing that, the fuller words of an earlier phrase; then, for what bodies are called, the body told of last.
        """
        noun = head.lemma_.lower()
        known = self._bodies.get(noun)
        if known is not None and not is_plural(head):
            around = chain(known.before(head.i), known.after(head.i))
            named = first_name(e for e in around if words <= _words_of(e))
            if named is not None:
                return named
        earlier = self._mentioned(head) if not words else None
        if earlier is not None or noun not in GENERIC_BODY_NOUNS or is_plural(head):
            return earlier
        beside = self._entity_at.get(head.i - 1)
        if beside is not None and beside.kind == "body" and may_be(noun, _told(beside)):
            return beside.name  # `the Tass agency`
        if len(words) > 1 or (words and noun not in FIRMS):
            return None  # `the environment agency` is one of its own, `the oil group` any
        return self._told_last(head.i, noun, after=not words)

    def _told_last(self, at: int, noun: str, *, after: bool) -> str | None:
        """Return the body that acted or spoke last before `at` and may be called by the noun; failing that, one named.

        Of those only named in passing, one of which nothing is known is a firm or a group at most, not a bank.
        """
        told = (r for r in self._referents.before(at) if r.rank and r.kind == "body" and not r.plural)
        subject = next((r.name for r in told if may_be(noun, self._told_by(r.name))), None)
        if subject is not None:
            return subject
        bodies = chain(self._all_bodies.before(at), self._all_bodies.after(at) if after else ())
        return first_name(e for e in bodies if may_be(noun, _told(e)) and (_told(e) or noun in ANY_FIRM | ANY_BODY))

    def _told_by(self, name: str) -> frozenset[str]:
        entity = self._by_name.get(name)
        if country_of(name) or (entity is not None and entity.kind != "body"):
            return frozenset({"country"})
        return _told(entity) if entity is not None else frozenset(name.lower().split(" of ")[0].split()[-1:])

    # Documents -------------------------------------------------------------------------------------------------------

    def _issuer(self, head: Token) -> str | None:
        """Return who issued a document: its possessor or author, told here or elsewhere; else the latest speaker.

        Only mere words (`the statement`) go to the latest speaker; a report stays a report.
        """
        own = self._own_issuer(head)
        if own is not None or child(head, {"det"}) is None or is_plural(head):
            return own
        noun = head.lemma_.lower()
        if noun in ISSUED:
            before = (r for r in self._referents.before(head.i) if r.kind in {"person", "body", "place"})
            speaker = next((r.name for r in before if r.rank >= SPEAKING), None)
            if speaker is not None:
                return speaker
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
            if name == "nmod:poss" and token.lower_ in PRONOUNS:
                found = self._referents.antecedent(token, speaks=True)
                return found.name if found is not None else None
            owns = name in {"nmod:poss", "compound"} or (name == "nmod" and case(token) in {"by", "from", "of"})
            if owns and (token.i in self._names or case(token) == "by"):
                return self._named(token)
        maker = next((agent(c) for c in children(head, {"acl"}) if c.lemma_ in _ISSUE), None)
        return self._named(maker) if maker is not None else None


def _tells(token: Token) -> bool:
    """Return whether a word before an office or a body says which one: not a nationality, party or passing state."""
    if token.pos_ == "ADJ":
        return token.text.islower() and token.lower_ not in _PASSING
    return token.pos_ == "NUM" or (token.pos_ in {"NOUN", "PROPN"} and country_of(token.text) is None)


def is_kind_of_person(head: Token) -> bool:
    """Return whether a noun tells somebody's nation or party: `the Dutchman`, `the Republican`, not `the Dutch`."""
    if is_plural(head) or head.lower_.endswith(_MANY):
        return False
    return head.lower_ in PARTISANS or (head.text[:1].isupper() and names_people(head.text))


def _role_words(role: str) -> set[str]:
    return {OFFICES.get(word, word) for word in (*role.replace("-", " ").split(), *role.split())}


def _holds(entity: Entity, noun: str, words: set[str]) -> bool:
    """Return whether the person has a role with the office's noun, or one like it, and with all of `words`."""
    for role in map(_role_words, entity.roles):
        if noun == "minister" and ("prime" in role) != ("prime" in words):
            continue
        if (noun in role and words <= role) or (noun in _LEADING and LEADERS & role):
            return True
    return False


def _is_body(entity: Entity) -> bool:
    last = entity.name.lower().split()[-1]
    return entity.kind == "body" and not country_of(entity.name) and last not in NO_BODIES | DOCUMENT_NOUNS


def _told(entity: Entity) -> frozenset[str]:
    """Return what a body is by its name, by what the story says of it, or by general knowledge."""
    return frozenset(_words_of(entity) & BODY_NOUNS) | class_nouns(entity.name)


def _words_of(entity: Entity) -> set[str]:
    """Return the words that describe a body: of its name, its roles, and what it is known to be."""
    said = {word for text in (entity.name, *entity.roles) for word in text.lower().split()}
    return said | class_nouns(entity.name) | ({"central", "bank"} if is_central_bank(entity.name) else set())


def _grouped(entities: Iterable[Entity], nouns_of: Callable[[Entity], set[str]]) -> dict[str, Mentions]:
    found: dict[str, list[Entity]] = {}
    for entity in entities:
        for noun in sorted(nouns_of(entity)):
            found.setdefault(noun, []).append(entity)
    return {noun: Mentions(group) for noun, group in found.items()}


def _by_office(persons: Iterable[Entity]) -> dict[str, Mentions]:
    """Return the persons by the words of their offices, and all leaders under the empty word."""

    def nouns(entity: Entity) -> set[str]:
        words = set().union(*map(_role_words, entity.roles)) & PERSON_NOUNS
        return words | {""} if words & LEADERS else words

    return _grouped(persons, nouns)


def _by_noun(bodies: Iterable[Entity]) -> dict[str, Mentions]:
    """Return the bodies by the common nouns that may stand for them: of their name, roles, or general knowledge."""

    def nouns(entity: Entity) -> set[str]:
        return {entity.name.lower().split()[-1], *class_nouns(entity.name)} | (_words_of(entity) & BODY_NOUNS)

    return _grouped(bodies, nouns)
