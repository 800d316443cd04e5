"""Who is who in a story: the name behind a surname, a title, a pronoun or a description."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from onrecord.language.descriptions import Descriptions, is_kind_of_person
from onrecord.language.entities import Entity, find_entities, usual_writing
from onrecord.language.gazetteer import country_of, names_people
from onrecord.language.gazetteer_bodies import TRADES
from onrecord.language.gazetteer_people import PERSON_NOUNS, gender
from onrecord.language.mentions import Quotation
from onrecord.language.name_runs import POSSESSIVE
from onrecord.language.national import acts_for_state, is_ownerless, national_body, speaks_for_state
from onrecord.language.phrases import (
    RELATIVE_PRONOUNS,
    SUBJECTS,
    case,
    child,
    children,
    conjuncts,
    noun_phrase,
    relation,
    word_set,
)
from onrecord.language.referents import (
    GENDERED,
    PRONOUNS,
    ROOT_SUBJECT,
    SPEAKER,
    SPEAKERS,
    Referents,
    kind_of,
    speaks_behind,
)

_DEMONSTRATIVE = word_set("these those")
_OPENERS = word_set("the a an this that these those and or but")
"""Words that open a phrase and are no part of whom it names."""
_WEEKDAYS = word_set("monday tuesday wednesday thursday friday saturday sunday")
_CLOSERS = frozenset({*POSSESSIVE, ",", "together", "alone", "now", "ago", "there", "here", "today", "yesterday"})
"""Words that a phrase may drag behind it."""


class Names:
    """The names of one story; made by `find_names`."""

    def __init__(self, doc: Doc, quotations: Sequence[Quotation], home: str | None = None, around: str = "") -> None:
        self._doc = doc
        self._text = f"{doc.text}\n{around}"
        self.entities = find_entities(doc, self._text)
        self._home = home
        self._by_name = {entity.name: entity for entity in reversed(self.entities)}
        self._entity_at = {i: e for e in self.entities for start, end in e.mentions for i in range(start, end)}
        self._span_at = {i: span for e in self.entities for span in e.mentions for i in range(*span)}
        self._starts = {start for e in self.entities for start, _ in e.mentions}
        self._initials = _office_initials(self.entities)
        self._referents = Referents(doc, quotations)
        self._descriptions = Descriptions(doc, self.entities, self._referents, home, self._name_of)
        self._known: dict[int, str] = {}
        for token in doc:  # from left to right, so that what `he` stands for is known to the next `he`
            self._take_up(token)

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
        heads = self._heads(start, end)
        names = [self._named(head, start, end, speaker) for head in heads]
        known = [name for name in names if name is not None]
        if len(known) < len(names):
            return None
        if len(known) > 1 and all(name == self._own_words(head) for head, name in zip(heads, known, strict=True)):
            return self._core(start, end)
        return _joined(list(dict.fromkeys(known)))

    def entity_named(self, name: str) -> Entity | None:
        """Return the named person, body or place that bears `name`, None if there is none."""
        return self._by_name.get(name)

    def written(self, name: str) -> str:
        """Return a name in capitals as the story writes it elsewhere, else as the gazetteer does, else as it is."""
        return usual_writing(name, self._text)

    def country(self, name: str) -> str | None:
        """Return the ISO 3166-1 alpha-2 code of the country that a name stands for, None where the story does not say.

        A country's own name, its people or capital (`Damascus`); a part of a state (`the U.K. government`, `Norway's
        Finance Ministry`, the Bundesbank); whoever speaks for one of these (`British Prime Minister Jane Marsh` ->
        `GB`). A government or minister of no named country is of the story's own. `gazetteer.alpha_3` turns the code
        into three letters.
        """
        entity = self._by_name.get(name)
        stated = country_of(name) or national_body(name)
        owner = entity.affiliation if entity is not None and (entity.kind == "person" or acts_for_state(name)) else None
        if stated is None and owner is not None:
            stated = country_of(owner) or national_body(owner)
        return stated or (self._home if self._is_of_home(name, entity) else None)

    def _is_of_home(self, name: str, entity: Entity | None) -> bool:
        """Return whether somebody is or speaks for a part of a state that the story does not name."""
        if entity is None or entity.kind == "body":
            return is_ownerless(name) and (entity is None or entity.affiliation is None)
        if entity.kind != "person":
            return False
        return is_ownerless(entity.affiliation) if entity.affiliation else any(map(speaks_for_state, entity.roles))

    def body_led_by(self, name: str) -> str | None:
        """Return the body or country that a person leads or speaks for, as the story writes it; None if unknown."""
        entity = self.entity_named(name)
        return entity.affiliation if entity is not None and entity.kind == "person" else None

    def can_speak(self, head: Token) -> bool:
        """Return whether the noun phrase headed by `head` is somebody or something that speaks or is written."""
        return head.i in self._entity_at or head.pos_ in {"PRON", "PROPN", "NUM"} or kind_of(head) != "thing"

    def person_told_of(self, at: int) -> str | None:
        """Return the named person who is the subject of the sentence before the one at token `at`; None otherwise."""
        here = self._referents.sentence(at)
        before = (r for r in self._referents.before(at) if r.rank == ROOT_SUBJECT and here - r.sentence == 1)
        return next((r.name for r in before if r.kind == "person" and r.name in self._by_name), None)

    def sentences_between(self, first: int, second: int) -> int:
        """Return how many sentences the token `second` stands after that of the token `first`."""
        return self._referents.sentence(second) - self._referents.sentence(first)

    def _heads(self, start: int, end: int) -> list[Token]:
        """Return the heads of the coordinated phrases at [start, end); `and` within a name coordinates nothing."""
        heads = [head for head in conjuncts(self._doc[start:end].root) if start <= head.i < end]
        spans = [self._span_at.get(head.i, (head.i, head.i + 1)) for head in heads]
        firsts = dict(zip(reversed(spans), reversed(heads), strict=True))
        return sorted(firsts.values())

    def _own_words(self, head: Token) -> str:
        return self._core(*noun_phrase(head, conjuncts=False))

    # Noun phrases ----------------------------------------------------------------------------------------------------

    def _name_of(self, head: Token) -> str | None:
        return self._named(head, *noun_phrase(head, conjuncts=False), None)

    def _named(self, head: Token, start: int, end: int, speaker: str | None) -> str | None:
        """Return the name of the phrase headed by `head`, as far as it lies in [start, end)."""
        word = head.lower_
        if speaker is not None and word in SPEAKER:
            return speaker
        if speaker is not None and word in SPEAKERS:
            return self.body_led_by(speaker) or speaker
        if head.i in self._known:
            return self._known[head.i]
        if _is_relative(head):
            return self._name_of(head.head.head)
        if word in _DEMONSTRATIVE and child(head, {"acl", "acl:relcl", "nmod", "amod"}) is not None:
            return self._core(start, end)  # `those who stay` points to nobody told of
        if word in PRONOUNS:
            found = self._referents.antecedent(head)
            return found.name if found is not None else None
        first, last = noun_phrase(head, conjuncts=False)
        start, end = max(start, first), min(end, last)
        entity = self._person_in(head, end) or self._entity_at.get(head.i) or self._beside(head)
        told = entity is not None and entity.kind != "person" and head.pos_ != "ADJ" and is_kind_of_person(head)
        if entity is not None and not told:
            return self._initials.get(entity.name, entity.name) if entity.kind == "body" else entity.name
        return self._descriptions.behind(head, start) or self._core(start, end)

    def _beside(self, head: Token) -> Entity | None:
        """Return the body or place that stands beside what it is: `the broadcaster NHK`, `Retailer Acme`."""
        if head.is_sent_start and head.lower_ in TRADES and head.i + 1 in self._starts:
            return self._entity_at[head.i + 1]
        named = (c for c in children(head, {"appos", "flat", "nmod:desc"}) if c.i > head.i and head.pos_ == "NOUN")
        return next((self._entity_at[c.i] for c in named if c.i in self._entity_at), None)

    def _person_in(self, head: Token, end: int) -> Entity | None:
        """Return the person whom a phrase that ends at `end` names with a title or an office.

        `the group's director, Ann Lee`; `CEO of Acme Ann Lee`, where the tree hangs the name on the firm.
        """
        own = self._person_at(head.i)
        if own is not None or (head.lemma_.lower() not in PERSON_NOUNS and head.pos_ != "PROPN"):
            return own
        for token in children(head, {"appos", "flat", "nmod:desc", "compound"}):
            if self._person_at(token.i) is not None and (token.i > head.i or relation(token) != "compound"):
                return self._person_at(token.i)  # not `Lee allies`, who are others
        after = end + 1 if end < len(self._doc) and self._doc[end].text == "," else end
        if head.pos_ == "NOUN" and after in self._starts and self._person_at(after) is not None:
            return self._person_at(after)
        return self._person_behind_body(head, end)

    def _person_behind_body(self, head: Token, end: int) -> Entity | None:
        entity = self._person_at(end - 1)
        if entity is None or (end < len(self._doc) and self._doc[end].text in POSSESSIVE):
            return None
        first = next(a for a, b in entity.mentions if a < end <= b)
        return entity if first - 1 > head.i and first - 1 in self._entity_at else None

    def _person_at(self, i: int) -> Entity | None:
        entity = self._entity_at.get(i)
        return entity if entity is not None and entity.kind == "person" else None

    def _core(self, start: int, end: int) -> str:
        """Return the words of a phrase without article, possessive mark, and when and with whom else (`on Tuesday`)."""
        while start < end - 1 and (self._doc[start].lower_ in _OPENERS or not self._doc[start].text.strip(" \n,-")):
            start += 1
        for i in range(start + 1, end - 1):
            if self._doc[i].lower_ == "on" and self._doc[i + 1].lower_ in _WEEKDAYS:
                end = i
                break
        if self._doc[end - 1].text == "-" and end < len(self._doc) and not self._doc[end - 1].whitespace_:
            end += 1  # `director-general` is more than its head
        while end - 1 > start and (self._doc[end - 1].lower_ in _CLOSERS or self._doc[end - 1].is_space):
            end -= 1
        return " ".join(self._doc[start:end].text.split())

    # The story from left to right ------------------------------------------------------------------------------------

    def _take_up(self, token: Token) -> None:
        """Keep what a token's phrase stands for, where later words may stand for the same."""
        entity = self._entity_at.get(token.i)
        acts = relation(token) in SUBJECTS or speaks_behind(token)
        if entity is not None:
            if (acts or token.i in self._starts) and not self._only_tells(token):
                self._keep(token, self._name_of(token))
        elif (acts or case(token) == "according to") and token.lower_ not in RELATIVE_PRONOUNS:
            if token.pos_ in {"NOUN", "PROPN"}:
                self._keep(token, self._name_of(token), self.resolve(*noun_phrase(token)))
            elif token.lower_ in PRONOUNS:
                self._keep_pronoun(token)
        if token.pos_ == "NOUN" and kind_of(token) in {"person", "body"} and not self._referents.is_quoted(token.i):
            words = self._known.get(token.i) or self._core(*noun_phrase(token, conjuncts=False))
            self._descriptions.remember(token, words)

    def _only_tells(self, token: Token) -> bool:
        """Return whether a country's adjective only tells of what kind something is: `it` is never `Thai`."""
        return names_people(self._doc[slice(*self._span_at[token.i])].text)

    def _keep(self, token: Token, name: str | None, joint: str | None = None) -> None:
        """Keep the name of the phrase headed by `token`, and what `they` is behind it: all of `A and B`."""
        if name is None:
            return
        own = self._entity_at.get(token.i)
        one = own is not None and (own.kind != "body" or " " in own.name)
        entity = own or self._by_name.get(name)
        kind, sex = (entity.kind, entity.gender) if entity else (kind_of(token), gender([token.lower_]))
        self._known[token.i] = name
        self._referents.add(token, joint or name, kind, sex, named=one)

    def _keep_pronoun(self, token: Token) -> None:
        found = self._referents.antecedent(token)
        if found is not None:
            self._known[token.i] = found.name
            self._referents.add(token, found.name, found.kind, GENDERED.get(token.lower_) or found.gender)


def find_names(doc: Doc, quotations: Sequence[Quotation], home: str | None = None, around: str = "") -> Names:
    """Return the names of a story.

    Args:
        doc: The story with tags, dependencies, sentences and trained names.
        quotations: Its quotations.
        home: ISO 3166-1 code of the country that it comes from or is about (`home_country`), None where none is known.
        around: Captions and headline, which may show how a name is written that the body has in capitals only.
    """
    return Names(doc, quotations, home, around)


def _office_initials(entities: Sequence[Entity]) -> dict[str, str]:
    """Return the persons by the initials of their offices: `CEC` for Chief Election Commissioner Ann Lee."""
    found: dict[str, str] = {}
    for entity in entities:
        for role in entity.roles if entity.kind == "person" else ():
            letters = "".join(word[0] for word in role.replace("-", " ").split()).upper()
            for size in range(3, min(len(letters), 5) + 1):
                found.setdefault(letters[-size:], entity.name)
    return found


def _is_relative(head: Token) -> bool:
    """Return whether a pronoun stands for the noun that its clause describes: `Norway, which`; `WHO` is a body."""
    if head.lower_ not in RELATIVE_PRONOUNS or head.text.isupper() or relation(head) not in {*SUBJECTS, "obj"}:
        return False
    return relation(head.head) == "acl:relcl" and head.head.head.i < head.i


def _joined(names: list[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
