"""Phrases read off a dependency tree (Universal Dependencies): the extent of a noun phrase, a verb's subject.

Functions take spaCy tokens and give tokens back, or the token range [start, end) of a phrase. Nothing here knows
about statements, names or claims.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from spacy.tokens import Doc, Token

from onrecord.language.word_sets import word_set as word_set

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM"})
RELATIVE_PRONOUNS = frozenset({"who", "whom", "which", "that", "whose"})
NEGATIONS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor", "hardly", "scarcely"})
_NEGATING = frozenset({"advmod", "det", "neg", "cc:preconj"})
"""Relations by which they negate."""

# What may stand in a noun phrase under its head; clauses, appositions and asides may not.
_INSIDE_NOUN_PHRASE = frozenset(
    {
        "det",
        "det:predet",
        "nummod",
        "amod",
        "compound",
        "flat",
        "flat:name",
        "flat:foreign",
        "fixed",
        "goeswith",
        "nmod",
        "nmod:poss",
        "nmod:npmod",
        "nmod:desc",
        "nmod:unmarked",
        "case",
        "advmod",
        "obl:npmod",
        "obl:unmarked",
        "cc",
        "cc:preconj",
        "conj",
        "aux",
        "list",
    }
)


_OBJECT_CONTROL = word_set(
    """advise allow appeal ask authorise authorize beg call cause challenge command compel convince direct empower
    enable encourage expect forbid force get help implore instruct invite let make oblige order permit persuade
    press prompt remind request require tell urge want warn"""
)


def relation(token: Token) -> str:
    """Return the dependency of a token in lower case (`root` for the head of its sentence)."""
    return token.dep_.lower()


def dependents(token: Token) -> Sequence[tuple[str, Token]]:
    """Return every token that hangs on `token`, in text order, each behind its relation."""
    return _dependents(token.doc).get(token.i, ())


@lru_cache(maxsize=1)  # all of a story's stages walk its tree, and spaCy would search for the tokens at every step
def _dependents(doc: Doc) -> Mapping[int, list[tuple[str, Token]]]:
    """Return the dependents of each token that has any; a text is not parsed anew after the first call."""
    found: dict[int, list[tuple[str, Token]]] = {}
    heads = np.arange(len(doc)) + doc.to_array("HEAD").view(np.int64)
    for i, (token, head) in enumerate(zip(doc, heads.tolist(), strict=True)):
        if head != i:
            found.setdefault(head, []).append((relation(token), token))
    return found


def sentence(token: Token) -> tuple[int, int]:
    """Return the token range of the sentence in which `token` stands."""
    return sentences(token.doc)[token.i]


@lru_cache(maxsize=1)
def sentences(doc: Doc) -> list[tuple[int, int]]:
    """Return the token range of each token's sentence."""
    bounds: list[tuple[int, int]] = []
    starts = [token.i for token in doc if token.is_sent_start and token.i]
    for start, end in pairwise([0, *starts, len(doc)]):
        bounds += [(start, end)] * (end - start)
    return bounds


_IRREGULAR_PLURALS = word_set("people men women children police data media majority")


def is_plural(token: Token) -> bool:
    """Return whether a noun is plural: its form is not its lemma's, or it is one that has no plural ending."""
    if token.pos_ not in {"NOUN", "PROPN"}:
        return False
    word = token.lower_
    return word in _IRREGULAR_PLURALS or (word != token.lemma_.lower() and word.endswith("s"))


def is_root(token: Token) -> bool:
    """Return whether the token heads its sentence."""
    return bool(token.head == token)


def child(token: Token, relations: Container[str]) -> Token | None:
    """Return the first dependent of `token` whose relation is one of `relations`, None if there is none."""
    for name, found in dependents(token):
        if name in relations:
            return found
    return None


def children(token: Token, relations: Container[str]) -> list[Token]:
    """Return the dependents of `token` whose relation is one of `relations`, in text order."""
    return [found for name, found in dependents(token) if name in relations]


def nearest(token: Token, candidates: list[Token]) -> Token | None:
    """Return the candidate nearest to `token`, the earlier of two as near; None where there is none."""
    return min(candidates, key=lambda candidate: abs(candidate.i - token.i), default=None)


def case(token: Token) -> str:
    """Return the preposition of a noun phrase in lower case, fixed parts joined (`according to`); empty without one."""
    marks = [c for c in children(token, {"case"}) if c.i < token.i]
    if not marks:
        return ""
    words = [marks[0], *children(marks[0], {"fixed"})]
    return " ".join(word.lower_ for word in words)


def noun_phrase(head: Token, *, conjuncts: bool = True) -> tuple[int, int]:
    """Return the token range of the noun phrase headed by `head`.

    Its own preposition, relative and participle clauses, appositions, asides and attributions are left out, and so is
    whatever is cut off from the head by them. `conjuncts` says whether `A and B` headed by A reaches to B.
    """
    kept = {head.i}
    todo = [c for name, c in dependents(head) if _belongs(name, c, head, conjuncts)]
    while todo:
        token = todo.pop()
        kept.add(token.i)
        todo += [c for name, c in dependents(token) if name in _INSIDE_NOUN_PHRASE or _joins(name, c)]
    start, end = head.i, head.i + 1
    while start - 1 in kept:
        start -= 1
    while end in kept:
        end += 1
    return start, end


def _belongs(name: str, token: Token, head: Token, conjuncts: bool) -> bool:
    if name == "case":
        return bool(token.i > head.i)  # the possessive mark stays, the phrase's own preposition does not
    if name in {"conj", "cc"} and not conjuncts:
        return False
    if name == "conj":
        return token.pos_ in NOMINAL and child(token, SUBJECTS) is None
    return name in _INSIDE_NOUN_PHRASE or _joins(name, token)


def _joins(name: str, token: Token) -> bool:
    """Hyphens, ampersands and the comma of a list of conjuncts hold a phrase together; other punctuation ends it."""
    if name != "punct":
        return False
    if token.text in {"-", "/", "&", "'", "’", "–"}:
        return True
    return token.text == "," and relation(token.head) == "conj"


def subtree(head: Token) -> tuple[int, int]:
    """Return the token range of everything under `head`, itself included."""
    return head.left_edge.i, head.right_edge.i + 1


def clause(head: Token, *, stop: Container[int] = ()) -> tuple[int, int]:
    """Return the token range of the clause headed by `head`, without its conjunction (`that`) and outer punctuation.

    Dependents whose index is in `stop` (an attribution that interrupts it) and everything beyond them on their side of
    the head are left out.
    """
    start, end = subtree(head)
    for _, dependent in dependents(head):
        if dependent.i in stop and dependent.i > head.i:
            end = min(end, dependent.left_edge.i)
        elif dependent.i in stop:
            start = max(start, dependent.right_edge.i + 1)
    mark = child(head, {"mark", "cc"})
    if mark is not None and mark.i == start and mark.lower_ in {"that", "and", "but", "or"}:
        start = mark.i + 1
    return trim(head.doc, start, end)


def trim(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Return [start, end) without spaces and separating punctuation at its ends; quotation marks and brackets stay."""
    while start < end - 1 and (doc[start].is_space or doc[start].text in {",", ";", ":", "-", "–", "—", "--", "."}):
        start += 1
    while end - 1 > start and (doc[end - 1].is_space or doc[end - 1].text in {",", ";", ":", "-", "–", "—", "--", "."}):
        end -= 1
    return start, end


def auxiliaries(verb: Token) -> list[Token]:
    """Return the auxiliaries of a verb or predicate, in text order; a conjunct without its own shares the first's."""
    return children(_first_to_share(verb, {"aux", "aux:pass", "cop"}), {"aux", "aux:pass", "cop"})


def _first_to_share(verb: Token, relations: Container[str]) -> Token:
    """Return the verb itself, or the conjunct before it whose subject and auxiliaries it shares."""
    seen = {verb.i}
    while child(verb, relations) is None and child(verb, SUBJECTS) is None and relation(verb) == "conj":
        if verb.head.pos_ not in {"VERB", "AUX"} or verb.head.i in seen:
            break
        verb = verb.head
        seen.add(verb.i)
    return verb


def is_negated(verb: Token) -> bool:
    """Return whether `not`, `never`, `no` or the like stands right under the verb or its auxiliaries."""
    around = [verb, *children(verb, {"aux", "cop"})]
    return any(name in _NEGATING and word.lower_ in NEGATIONS for head in around for name, word in dependents(head))


def is_passive(verb: Token) -> bool:
    """Return whether the verb is passive: by its auxiliary, its subject, or as a bare participle after a noun."""
    verb = _first_to_share(verb, {"aux", "aux:pass", "cop"})
    if child(verb, {"aux:pass", "nsubj:pass", "csubj:pass"}) is not None:
        return True
    if relation(verb) == "acl" and not verb.lower_.endswith("ing"):
        return child(verb, {"mark", "nsubj"}) is None
    return False


def agent(verb: Token) -> Token | None:
    """Return the head of the `by` phrase of a passive verb, None where there is none."""
    return next((c for c in children(verb, {"obl", "obl:agent", "nmod"}) if case(c) == "by"), None)


def subject(verb: Token) -> Token | None:
    """Return the head of the noun phrase that a verb or predicate is said of, None where the sentence gives none.

    Reaches through conjuncts that share a subject, infinitives (the object's for `told him to go`), participles,
    relative clauses (to the noun that they describe) and adverbial clauses. For a passive it is the grammatical
    subject; the doer is `agent`.
    """
    seen: set[int] = set()
    while verb.i not in seen:
        seen.add(verb.i)
        own = _own_subject(verb)
        if own is not None:
            return own
        above = _shared_with(verb)
        if above is None or above.pos_ in NOMINAL:
            return above
        verb = above
    return None


def _own_subject(verb: Token) -> Token | None:
    # the nearest, where the parser gives two: it hangs a dateline or a quotation's name on the verb too
    found = nearest(verb, children(verb, SUBJECTS))
    if found is None:
        return None
    if found.lower_ in RELATIVE_PRONOUNS and relation(verb) in {"acl:relcl", "acl"}:
        return verb.head
    if found.lower_ in {"who", "which"} and relation(verb) == "conj" and relation(verb.head) in {"acl:relcl", "acl"}:
        return verb.head.head
    return found


def _shared_with(verb: Token) -> Token | None:
    """Return the noun that a verb without a subject describes, or the verb whose subject it shares."""
    name, head = relation(verb), verb.head
    if name in {"acl", "acl:relcl"}:
        return head
    if name == "xcomp" and head.lemma_ in _OBJECT_CONTROL:
        return child(head, {"obj", "iobj"}) or head
    if name in {"conj", "xcomp", "advcl", "parataxis"} and head != verb and head.pos_ in {"VERB", "AUX", "ADJ", "NOUN"}:
        return head if head.pos_ != "NOUN" or child(head, SUBJECTS | {"cop"}) is not None else None
    return None


def conjuncts(head: Token) -> list[Token]:
    """Return `head` and the tokens coordinated with it, in text order."""
    found = [head]
    for token in found:
        found += children(token, {"conj"})
    return sorted(found)
