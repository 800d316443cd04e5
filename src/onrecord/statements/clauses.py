"""What a verb of saying reports without quotation marks: the clause before it, behind it, or around it.

Where the tree went wrong, which it does most often at attributions, the words' order and punctuation decide.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.language.gazetteer_bodies import DOCUMENT_NOUNS
from onrecord.language.phrases import (
    NOMINAL,
    RELATIVE_PRONOUNS,
    SUBJECTS,
    child,
    children,
    clause,
    dependents,
    nearest,
    relation,
    subtree,
    word_set,
)
from onrecord.language.saying import (
    ACCUSE,
    ADDRESSED,
    LABEL,
    REPORT_OBJECT,
    SAY,
    is_phrase,
    phrase_end,
    verb_of,
)
from onrecord.statements.reader import Reader
from onrecord.statements.verbs import CONTENT, LONGEST_SOURCE, is_infinitive

_CONNECTIVES = word_set(
    "however still meanwhile nevertheless nonetheless moreover furthermore instead therefore separately overall even so"
)
_SET_OFF = SAY | word_set("estimate calculate predict forecast show indicate suggest find reveal project reckon")
_NEXT_ACTS = (
    SAY
    | LABEL
    | REPORT_OBJECT
    | ACCUSE
    | word_set("call blame beg threaten urge appeal demand ask press thank apologise apologize")
)
_CLAUSE_AS_NOUN = word_set("say report claim allege state add insist argue note confirm suggest believe estimate")
_RELATIVE_CUES = word_set("say claim believe allege report argue think insist maintain fear")
_TIMES = word_set("as while after before since when until once because")


def content_head(verb: Token) -> Token | None:
    """Return the head of the clause that the tree puts under a verb of saying, or beside it."""
    if relation(verb) == "parataxis" and verb.head != verb and verb.head.pos_ != "PUNCT":
        beside = verb.head  # in `Prices, he said, will fall` the tree may put it beside the subject
        return beside.head if relation(beside) in SUBJECTS else beside
    if child(verb, {"ccomp"}) is None and is_phrase(verb) and (inner := child(verb, {"xcomp"})) is not None:
        verb = inner  # `let it be known that`
    end = phrase_end(verb)
    that = verb.doc[end] if end < len(verb.doc) else verb
    if that.lower_ == "that" and relation(that) == "mark" and that.head.i > end:
        return that.head  # wherever the tree hung the clause
    return _hung_content(verb) or _clause_around(verb) or _clause_behind_hearer(verb) or _clause_from(verb, end)


def _hung_content(verb: Token) -> Token | None:
    """Return the head of the clause that the tree hangs on the verb, or on the document that it was said in."""
    for token in children(verb, CONTENT):
        if relation(token) == "ccomp" and not is_infinitive(token) and not _is_circumstance(token):
            return token
        if relation(token) == "parataxis" and (token.i < verb.i or token.doc[token.left_edge.i - 1].text == ":"):
            return token
    for token in children(verb, {"obl"}):  # `told the paper in a statement that ...`
        inner = child(token, {"acl"})
        if inner is not None and token.lemma_.lower() in DOCUMENT_NOUNS and opens_with_that(inner):
            return inner
    return None


def _clause_around(verb: Token) -> Token | None:
    """Return the head of the clause that an attribution cuts, where the tree has the latter for a relative clause."""
    start, end = verb.left_edge.i, verb.right_edge.i + 1
    told = child(verb, SUBJECTS)
    if relation(verb) != "acl:relcl" or told is None or told.lower_ in RELATIVE_PRONOUNS or end >= len(verb.doc):
        return None
    cut = "," in {verb.doc[start].text, verb.doc[start - 1].text} and "," in {
        verb.doc[end].text,
        verb.doc[end - 1].text,
    }
    return verb.head.head if cut and relation(verb.head) in SUBJECTS else None


def _clause_behind_hearer(verb: Token) -> Token | None:
    """Return the clause that the tree has for a relative one about the hearer: `told the court he was innocent`."""
    hearer = child(verb, {"obj", "iobj"})
    if verb_of(verb) not in ADDRESSED or hearer is None:
        return None
    told = child(hearer, {"acl:relcl"})
    own = child(told, SUBJECTS) if told is not None else None
    return told if own is not None and own.lower_ not in RELATIVE_PRONOUNS else None


def _clause_from(verb: Token, end: int) -> Token | None:
    """Return the clause whose subject starts at `end`, right behind the verb, wherever the tree hung it."""
    if end >= len(verb.doc) or verb.doc[end].is_sent_start:
        return None
    token = verb.doc[end]
    while token.head.i > token.i and token.head.pos_ in NOMINAL and relation(token) not in SUBJECTS:
        token = token.head
    return token.head if relation(token) in SUBJECTS and token.head.i > token.i and token.left_edge.i == end else None


def opens_with_that(head: Token) -> bool:
    """Return whether the clause headed by `head` has the conjunction `that`."""
    mark = child(head, {"mark"})
    return mark is not None and mark.lower_ == "that"


def _is_circumstance(head: Token) -> bool:
    """Return whether a clause tells when or why something was said, whatever the tree has it as."""
    mark = child(head, {"mark", "advmod"})
    return mark is not None and mark.i == head.left_edge.i and mark.lower_ in _TIMES


def opens_colon(reader: Reader, verb: Token, end: int) -> bool:
    """Return whether a colon right behind an attribution announces a clause: `the minister says: taxes will fall`."""
    return end == verb.i + 1 < len(reader.doc) and reader.doc[end].text == ":" and verb_of(verb) in SAY


def set_off_clause(reader: Reader, verb: Token, start: int) -> tuple[Token | None, int]:
    """Return the verb of a full clause before an attribution that only a comma tells, and where the attribution starts.

    For trees that take the attribution for a part of the clause. None with `start` where no such clause stands there.
    """
    none = None, start
    if relation(verb) in {"advcl", "xcomp", "ccomp"} or verb_of(verb) not in _SET_OFF or _has_more_to_say(reader, verb):
        return none
    told = nearest(verb, children(verb, SUBJECTS))
    if told is None:
        told = _loose_source(reader, verb)
        start = told.left_edge.i if told is not None else start
    if told is None or start < 2 or reader.doc[start - 1].text not in {",", "—", "–"}:
        return none
    if relation(verb) == "acl:relcl" and told.lower_ in RELATIVE_PRONOUNS:
        return none
    first, _ = reader.sentence(verb.i)
    return next((t for t in reader.doc[first : start - 1] if child(t, SUBJECTS) is not None), None), start


def _has_more_to_say(reader: Reader, verb: Token) -> bool:
    """Return whether an object or clause follows the verb, so that what stands before it need not be what was said."""
    follows = next((c for c in children(verb, {"obj", "ccomp", "xcomp"}) if c.i > verb.i), None)
    return follows is not None and verb_of(verb) not in ADDRESSED and reader.doc[follows.left_edge.i].text != ","


def _loose_source(reader: Reader, verb: Token) -> Token | None:
    """Return the noun before a verb that the tree gave to another: `..., the minister has said`, set off by a comma."""
    if verb.lower_.endswith("ing") or any(c.lower_ in RELATIVE_PRONOUNS for _, c in dependents(verb)):
        return None
    first, _ = reader.sentence(verb.i)
    for i in range(verb.i - 1, max(first, verb.i - LONGEST_SOURCE), -1):
        token = reader.doc[i]
        if token.text in {";", ":"} or reader.quotation(i) is not None:
            return None
        if token.pos_ in NOMINAL and (relation(token) in SUBJECTS | {"appos"} or token == verb.head):
            set_off = reader.doc[token.left_edge.i - 1].text == ","
            return token if set_off and reader.names.can_speak(token) else None
    return None


def around(reader: Reader, head: Token, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the clause before an attribution, and one coordinated with it after it.

    Not one whose subject is a pronoun: there the story itself goes on to tell what the speaker did.
    """
    first, last = reader.sentence(start)
    first = reader.after_break(skip_connectives(reader, first), start)
    stop = reader.last_word(start) + 1
    rest = reader.next_word(end)
    shared = [t for t in children(head, {"conj"}) if t.left_edge.i >= end and child(t, SUBJECTS) is None]
    if shared and first < stop:
        yield first, clause(shared[-1])[1]  # `Prices fell, he said, and would go on falling`
        return
    if first < stop:
        yield first, stop
    if rest >= last:
        return
    for token in children(head, {"conj", "advcl"}):
        told = child(token, SUBJECTS)
        own = told is not None and (told.pos_ != "PRON" or reader.quotation(told.i) is not None)
        if token.i > rest and own and token.left_edge.i >= end:
            yield clause(token)


def governed(reader: Reader, verb: Token, head: Token | None, start: int, end: int) -> tuple[int, int] | None:
    """Return the clause to the right of its verb of saying, None where there is none.

    It spans the attribution [start, end) where that cuts subject and predicate apart, and takes in its subject where
    the tree made that the verb's object.
    """
    if head is None:
        return _gapped(reader, verb) or _clause_as_noun(verb)
    told = nearest(head, children(head, SUBJECTS)) or next(
        (c for c in children(verb, SUBJECTS) if c.right_edge.i + 1 < start), None
    )
    first, last = clause(head)
    if told is not None and told.i < start and head.i > verb.i:
        return told.left_edge.i, last
    if relation(verb) == "parataxis":
        return reader.next_word(end), reader.sentence(verb.i)[1]
    first = _opening(reader, verb, head, max(first, phrase_end(verb)))
    last = _joined_by_that(reader, _broken_off(head, last))
    raised = child(verb, {"obj", "iobj"})
    if told is None and raised is not None and _is_raised(verb, raised, head, first):
        first = raised.left_edge.i
        last = max(last, *(c.right_edge.i + 1 for c in children(verb, {"xcomp", "ccomp"})))
    return first, last


def _opening(reader: Reader, verb: Token, head: Token, first: int) -> int:
    """Return where a reported clause starts: behind its `that`, or with the conjunction right behind the verb."""
    mark = child(head, {"mark"})
    if mark is not None and verb.i < mark.i < head.i and mark.lower_ == "that":
        return mark.i + 1
    behind = phrase_end(verb)
    if behind < first and reader.doc[behind].pos_ == "SCONJ" and reader.doc[behind] != mark:
        return behind  # `adding if nothing changed it would fail`
    return first


def _is_raised(verb: Token, raised: Token, head: Token, first: int) -> bool:
    """Return whether the verb's object is rather the subject of the clause behind it: `said over 20 had left`."""
    if child(head, {"mark"}) is not None or verb_of(verb) in ADDRESSED:
        return False
    return verb.i < raised.i and raised.right_edge.i + 1 == first


def _joined_by_that(reader: Reader, end: int) -> int:
    """Return where a reported clause ends with those joined to it by `and that`, wherever the tree hung them."""
    i = reader.next_word(end)
    while i + 2 < len(reader.doc) and reader.doc[i].pos_ == "CCONJ" and reader.doc[i + 1].lower_ == "that":
        head = reader.doc[i + 1].head
        if relation(reader.doc[i + 1]) != "mark" or head.i < i or head.right_edge.i + 1 <= end:
            break
        end = head.right_edge.i + 1
        i = reader.next_word(end)
    return end


def _gapped(reader: Reader, verb: Token) -> tuple[int, int] | None:
    """Return the clause whose subject stands before the attribution as a relative: `which officials say killed 20`."""
    if relation(verb) not in {"acl:relcl", "acl"} or verb_of(verb) not in _RELATIVE_CUES:
        return None
    follows = reader.doc[min(verb.i + 1, len(reader.doc) - 1)]
    if follows.pos_ not in {"VERB", "AUX"} or follows.head == verb or follows == verb:
        return None
    head = follows.head if follows.pos_ == "AUX" and follows.head.i > follows.i else follows
    return verb.i + 1, head.right_edge.i + 1


def _clause_as_noun(verb: Token) -> tuple[int, int] | None:
    """Return the clause that the tree took for a noun with a participle: `said more than 50 people registered`."""
    if verb_of(verb) not in _CLAUSE_AS_NOUN:
        return None
    seen = child(verb, {"obj", "xcomp"})
    if seen is None or seen.i < verb.i:
        return None
    joined = next((c for c in children(verb, {"conj"}) if c.left_edge.i == seen.right_edge.i + 1), None)
    described = relation(seen) == "obj" and child(seen, {"det", "amod", "compound"}) is not None
    if described and seen.left_edge.i == verb.i + 1 and joined is not None and child(joined, SUBJECTS) is not None:
        return seen.left_edge.i, joined.right_edge.i + 1  # `said a new lock and a ramp would be built`
    behind = children(verb, {"advcl", "parataxis", "dep", "ccomp"})
    predicate = next((c for c in behind if c.left_edge.i == seen.right_edge.i + 1 and _is_finite(c)), None)
    if relation(seen) == "obj" and predicate is not None:
        return seen.left_edge.i, predicate.right_edge.i + 1  # `said the ramp is a danger`
    if relation(seen) == "xcomp":
        return subtree(seen) if seen.lower_.endswith("ing") and verb_of(verb) == "report" else None
    told = child(seen, {"acl"})
    return subtree(seen) if told is not None and told.pos_ == "VERB" and child(told, {"mark", "case"}) is None else None


def _is_finite(head: Token) -> bool:
    """Return whether a predicate without a subject of its own could have the noun before it as its subject."""
    if child(head, SUBJECTS | {"mark"}) is not None or head.lower_.endswith("ing"):
        return False
    return head.pos_ == "VERB" or child(head, {"cop", "aux"}) is not None


def _broken_off(head: Token, end: int) -> int:
    """Return where a reported clause ends: before `and called on ...`, which tells what the speaker did next.

    Such a verb has no subject and no auxiliary of its own, while the reported one has an auxiliary.
    """
    if child(head, {"aux", "aux:pass", "cop"}) is None:
        return end
    for token in children(head, {"conj"}):
        bare = child(token, SUBJECTS | {"aux", "aux:pass", "cop", "ccomp"}) is None
        finite = token.lower_ != verb_of(token)
        if bare and finite and verb_of(token) in _NEXT_ACTS and token.left_edge.i < end:
            return token.left_edge.i
    return end


def skip_connectives(reader: Reader, first: int) -> int:
    """Return where a sentence starts behind `However,` and the like."""
    i = first
    while i < len(reader.doc) and reader.doc[i].lower_ in _CONNECTIVES:
        i += 1
    return i + 1 if i > first and reader.doc[i].text == "," else first
