"""What pronouns stand for: the noun phrases of a story in the order in which they come to mind.

Pronouns go to the nearest fitting noun phrase, subjects first, sentence by sentence backwards (after Hobbs 1978,
`Resolving pronoun references`, and the preference of centering theory for subjects); words quoted from somebody
do not offer antecedents to the story's own words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from spacy.tokens import Doc, Token

from onrecord.language.gazetteer_bodies import BODY_NOUNS, COLLECTIVES, DOCUMENT_NOUNS
from onrecord.language.gazetteer_people import PERSON_NOUNS, Gender
from onrecord.language.mentions import Quotation
from onrecord.language.phrases import SUBJECTS, case, child, children, is_plural, is_root, relation, word_set
from onrecord.language.saying import is_saying

Kind = Literal["person", "body", "place", "document", "thing"]

GENDERED: dict[str, Gender] = {
    **dict.fromkeys(("he", "him", "his", "himself"), "m"),
    **dict.fromkeys(("she", "her", "hers", "herself"), "f"),
}
SPEAKER = word_set("i me my mine myself")
SPEAKERS = word_set("we us our ours ourselves")
_PLURAL = word_set("they them their theirs themselves these those")
_NEUTER = word_set("it its itself")
PRONOUNS = frozenset(GENDERED) | _PLURAL | _NEUTER | SPEAKER | SPEAKERS
"""Pronouns that stand for somebody or something told of elsewhere."""

_SPEAKS_ON = 3
"""Sentences for which whoever spoke or acted is the likeliest to be `he said`."""
_REACH = 8
"""Sentences that a pronoun looks back, those in quotation marks not counted."""
_MOST = 200
"""Noun phrases of one sentence that are looked at; no real sentence has more."""

ROOT_SUBJECT, SPEAKING, SUBJECT, OTHER = 3, 2, 1, 0
"""Ranks in which the phrases of a sentence come to mind."""


@dataclass(frozen=True, slots=True)
class Referent:
    """A noun phrase that later words may stand for: where, in which sentence, its name, and what it can be."""

    at: int
    sentence: int
    name: str
    kind: Kind
    plural: bool
    gender: Gender | None
    rank: int
    quoted: bool


class Referents:
    """The noun phrases of one story that have been told of so far; fed from left to right with `add`."""

    def __init__(self, doc: Doc, quotations: Sequence[Quotation]) -> None:
        self._quoted = frozenset(i for quotation in quotations for i in range(quotation.start, quotation.end))
        self._sentences = _sentence_numbers(doc)
        self._found: list[Referent] = []

    def sentence(self, i: int) -> int:
        """Return the number of the sentence in which token `i` stands, from 0."""
        return self._sentences[i]

    def is_quoted(self, i: int) -> bool:
        """Return whether token `i` stands in quotation marks."""
        return i in self._quoted

    def add(self, token: Token, name: str, kind: Kind, gender: Gender | None, *, named: bool = False) -> None:
        """Take up the noun phrase headed by `token`, which must stand behind all taken up before.

        `named` says that the token is a name's: `the United States` is one country, and `Jens` one man.
        """
        many = not named and (is_plural(token) or token.lower_ in _PLURAL)
        plural = many or child(token, {"conj"}) is not None
        quoted = self.is_quoted(token.i)
        self._found.append(
            Referent(token.i, self._sentences[token.i], name, kind, plural, gender, rank_of(token), quoted)
        )

    def before(self, at: int) -> Iterator[Referent]:
        """Yield the referents before token `at`, the last sentence first; in each by rank, then in text order."""
        k = bisect_left(self._found, at, key=lambda referent: referent.at)
        visited = 0
        while k > 0 and visited <= _REACH:
            sentence, first = self._found[k - 1].sentence, k
            visited += not self._found[k - 1].quoted
            while first > max(0, k - _MOST) and self._found[first - 1].sentence == sentence:
                first -= 1
            yield from sorted(self._found[first:k], key=lambda referent: (-referent.rank, referent.at))
            k = first

    def antecedent(self, pronoun: Token, *, speaks: bool = False) -> Referent | None:
        """Return what a pronoun stands for, None where nothing fits; `I` and `we` stand for whoever speaks.

        `speaks` says that it must be somebody or something that can speak, as it must for the subject of `said`.
        """
        if pronoun.lower_ in SPEAKER | SPEAKERS:
            return None
        says = relation(pronoun) in SUBJECTS and is_saying(pronoun.head)
        here, inside = self._sentences[pronoun.i], self.is_quoted(pronoun.i)
        # in `Lee is ill, she said` she is none of those whom she tells of
        elsewhere = says and _is_set_off(pronoun.head)
        fitting = [
            referent
            for referent in self.before(pronoun.i)
            if (inside or not referent.quoted)
            and not (elsewhere and referent.sentence == here)
            and _fits(referent, pronoun.lower_, speaks or says)
        ]
        if says:  # who spoke or acted a moment ago speaks on, before anybody told of in passing
            lately = (r for r in fitting if r.rank >= SPEAKING and here - r.sentence <= _SPEAKS_ON)
            fitting = [*lately, *fitting]
        return fitting[0] if fitting else None


def rank_of(token: Token) -> int:
    """Return how readily a noun phrase comes to mind: the main subject first, then who speaks, then other subjects."""
    if case(token) == "according to" or speaks_behind(token):
        return SPEAKING
    if relation(token) not in SUBJECTS:
        return OTHER
    verb = token.head
    while relation(verb) == "conj" and verb.head.i < verb.i:
        verb = verb.head
    if is_root(verb) or (relation(verb) == "parataxis" and not is_saying(verb)):
        return ROOT_SUBJECT
    return SPEAKING if is_saying(token.head) else SUBJECT


def speaks_behind(token: Token) -> bool:
    """Return whether a noun stands right behind its verb of saying as its speaker: `..., said Lee`."""
    verb = token.head
    behind = relation(token) in {"obj", "obl", "ccomp", "iobj"} and verb.i < token.i and token.left_edge.i == verb.i + 1
    return behind and not case(token) and child(verb, SUBJECTS) is None and is_saying(verb)


def kind_of(token: Token) -> Kind:
    """Return what a common noun can be called for: somebody, a body, a document, or a thing."""
    noun = token.lemma_.lower()
    if noun in PERSON_NOUNS:
        return "person"
    if noun in BODY_NOUNS or noun in COLLECTIVES:
        return "body"
    return "document" if noun in DOCUMENT_NOUNS else "thing"


def _fits(referent: Referent, pronoun: str, speaks: bool) -> bool:
    """Return whether a pronoun may stand for a referent; one that speaks stands for somebody who can."""
    if pronoun in GENDERED:
        return referent.kind == "person" and not referent.plural and referent.gender in {None, GENDERED[pronoun]}
    if speaks and referent.kind == "thing":
        return False
    if pronoun in _PLURAL:
        return referent.plural or (referent.kind == "body" and referent.rank > OTHER)
    return not referent.plural and referent.kind != "person" and (referent.rank > OTHER or referent.kind == "body")


def _is_set_off(verb: Token) -> bool:
    """Return whether a verb of saying stands behind the words that it reports."""
    return relation(verb) == "parataxis" or any(c.i < verb.i for c in children(verb, {"ccomp", "parataxis"}))


def _sentence_numbers(doc: Doc) -> list[int]:
    numbers, number = [], -1
    for token in doc:
        number += bool(token.is_sent_start) or number < 0
        numbers.append(number)
    return numbers
