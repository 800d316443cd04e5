"""Where a quantity stands in its sentence: what it counts, its verb, and what stands over that verb."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from onrecord.claims.cues import BELIEF_ADJECTIVES, lemma, modal, verb_classes
from onrecord.language.phrases import NOMINAL, SUBJECTS, auxiliaries, case, child, children, relation, sentence

_IN_PHRASE = frozenset(
    {"nmod", "nmod:poss", "nmod:desc", "nmod:unmarked", "compound", "nummod", "amod", "appos", "flat", "det", "advmod"}
)
_OF_CLAUSES = SUBJECTS | {"cop"}
_JOINED = frozenset({"conj", "list", "reparandum"})


@dataclass(frozen=True, slots=True)
class Frame:
    """The construction around the words [start, end) that a claim starts from: a quantity, or a verb without one."""

    start: int
    end: int
    root: Token
    """Head of the words [start, end)."""
    counted: Token | None
    """Head of the noun phrase that the quantity counts or measures (`soldiers` in `7,000 soldiers`); None if none."""
    nouns: tuple[Token, ...]
    """Nouns over the quantity, innermost first: `rise` in `a rise of 5%`."""
    top: Token
    """Head of the whole noun phrase, which depends on `verb`."""
    verb: Token | None
    """The predicate to which the phrase belongs; None in a sentence without one."""
    above: tuple[Token, ...]
    """Predicates and nouns over `verb`, innermost first (`pledged` over `cut` in `pledged to cut`)."""

    @property
    def doc(self) -> Doc:
        """The story's tokens."""
        return self.root.doc

    @property
    def sentence(self) -> int:
        """Index of the first token of the sentence."""
        return sentence(self.root)[0]

    @property
    def predicates(self) -> tuple[Token, ...]:
        """The verb and whatever stands over it."""
        return (self.verb, *self.above) if self.verb is not None else self.above


def frame_of(doc: Doc, start: int, end: int) -> Frame:
    """Return the frame of the quantity at the tokens [start, end)."""
    root = doc[start:end].root
    counted = _counted(root, start, end)
    first = counted if counted is not None and counted == root.head else root
    nouns, top = _nouns_over(first)
    verb = _predicate(top, start, end)
    return Frame(start, end, root, counted, nouns, top, verb, _over(verb))


def frame_of_verb(verb: Token) -> Frame:
    """Return the frame of a predicate that carries no quantity."""
    return Frame(verb.i, verb.i + 1, verb, None, (), verb, verb, _over(verb))


def _counted(root: Token, start: int, end: int) -> Token | None:
    head = root.head
    counting = relation(root) in {"nummod", "nmod:unmarked", "det", "advmod"} and head != root
    if counting and head.pos_ in NOMINAL | {"ADJ"}:
        return head
    if relation(root) == "obl:unmarked" and head.lower_ in {"more", "fewer", "less"} and head.head.pos_ in NOMINAL:
        return head.head  # `thousands more vehicles`
    found = next((c for c in children(root, {"nmod"}) if c.i >= end and case(c) == "of"), None)
    if found is not None:
        return found
    if start <= head.i < end:
        return None
    return head if relation(root) in {"compound", "amod", "nmod:desc"} and head.pos_ in NOMINAL else None


def _nouns_over(token: Token) -> tuple[tuple[Token, ...], Token]:
    """Return the nouns that a noun phrase hangs on, innermost first, and the one that depends on the predicate."""
    nouns: list[Token] = []
    while token.head != token:
        if relation(token) in _JOINED and not is_predicate(token):
            token = token.head
            continue
        if relation(token) not in _IN_PHRASE or (is_predicate(token.head) and relation(token) in {"advmod"}):
            break
        if is_predicate(token) and relation(token) not in _IN_PHRASE:
            break
        token = token.head
        nouns.append(token)
    return tuple(nouns), token


def is_predicate(token: Token) -> bool:
    """Return whether the token heads a clause: a verb, or a noun or adjective with a subject or a form of `be`."""
    if token.pos_ in {"VERB", "AUX"}:
        return relation(token) not in {"amod", "compound", "aux", "cop", "aux:pass"}
    return child(token, _OF_CLAUSES) is not None


def _predicate(top: Token, start: int, end: int) -> Token | None:
    token = top
    while not is_predicate(token) or (start <= token.i < end and child(token, {"aux", "mark", "nsubj"}) is None):
        if token.head == token:
            return None
        token = token.head
    return token


def _over(verb: Token | None) -> tuple[Token, ...]:
    """Return what a predicate is embedded in, innermost first; a conjunct hangs where the first conjunct does."""
    found: list[Token] = []
    token = verb
    while token is not None and token.head != token:
        joined = relation(token) in _JOINED or relation(token) in {"parataxis", "discourse"}
        token = token.head
        if not joined:
            found.append(token)
    return tuple(found)


def embedding(frame: Frame) -> list[tuple[str, Token]]:
    """Return each token over the verb with the relation by which the clause below hangs on it."""
    steps: list[tuple[str, Token]] = []
    below = frame.verb
    for token in frame.above:
        while below is not None and below.head != token:
            below = below.head
        steps.append((relation(below) if below is not None else "", token))
        below = token
    return steps


def is_believed(frame: Frame) -> bool:
    """Return whether what stands over the verb only holds it possible: `could be ready to`, `is confident that`."""
    for name, over in embedding(frame):
        if modal(over) == "may" or (name == "ccomp" and over.pos_ == "ADJ" and lemma(over) in BELIEF_ADJECTIVES):
            return True
        if name == "ccomp":
            return "forecast" in verb_classes(over)
    return False


def is_infinitive(verb: Token) -> bool:
    """Return whether the verb stands with `to`."""
    return any(c.lower_ == "to" for c in children(verb, {"mark"}))


def tense(verb: Token) -> str:
    """Return `past`, `present`, `infinitive`, `participle` (a bare form in -ing) or `subjunctive` (a bare `be`)."""
    forms = [a.lower_ for a in auxiliaries(verb)]
    if any(f in {"was", "were", "had", "did", "has", "have", "'ve", "’ve", "been"} for f in forms):
        return "past"
    if any(f in {"is", "are", "am", "'s", "’s", "'re", "’re", "'m", "do", "does", "being"} for f in forms):
        return "present"
    if forms == ["be"]:
        return "infinitive" if is_infinitive(verb) else "subjunctive"
    word = verb.lower_
    if is_infinitive(verb):
        return "infinitive"
    if word.endswith("ing"):
        return "participle"
    same = word == str(verb.lemma_).lower()
    return "present" if same or word.endswith("s") else "past"
