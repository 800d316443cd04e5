"""Verbs of saying with their speaker and with what was said.

A verb is read in three ways: with the clause that it governs (`said that ...`), with the rest of the sentence around
an attribution set off in it (`..., said Ann Lee, ...`), and with words in quotation marks beside it.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.language.phrases import (
    SUBJECTS,
    agent,
    child,
    children,
    clause,
    is_negated,
    is_passive,
    noun_phrase,
    relation,
    subject,
    subtree,
    word_set,
)
from onrecord.language.saying import (
    ACCUSE,
    ANY,
    BELIEVE,
    LABEL,
    REPORT_OBJECT,
    is_phrase,
    phrase_end,
    verb_of,
)
from onrecord.statements.reader import Attribution, Reader

_CONTENT = frozenset({"ccomp", "parataxis"})
_OBJECTS = frozenset({"obj", "xcomp", "obl", "advcl", "ccomp", "acl", "advmod"})
_UNSAID = word_set("decline refuse fail want hope try plan intend expect need wish like dare hesitate")
_CONTINUED = word_set("continue go begin proceed rush hasten use keep")
_CONNECTIVES = word_set(
    "however still meanwhile nevertheless nonetheless moreover furthermore instead therefore separately overall even so"
)
_QUOTING = word_set("quote cite report describe")


def find_attributions(reader: Reader) -> list[Attribution]:
    """Return what the story's verbs of saying and `according to` attribute, in text order of the cues."""
    found: list[Attribution] = []
    for token in reader.doc:
        if reader.quotation(token.i) is None:
            found += _by_verb(reader, token)
            found += _by_source(reader, token)
    return found


# Verbs of saying -----------------------------------------------------------------------------------------------------


def _by_verb(reader: Reader, verb: Token) -> Iterator[Attribution]:
    if verb.pos_ not in {"VERB", "AUX"}:
        return
    lemma = verb_of(verb)
    cue = verb.i, phrase_end(verb)
    if lemma in ACCUSE:
        yield from _accusation(reader, verb)
        return
    if not _is_asserted(verb):
        return
    source = speaker_of(verb)
    if source is None:
        return
    if lemma in ANY or is_phrase(verb):
        ranges = list(_said(reader, verb))
        yield from (reader.attribution(start, end, source, cue) for start, end in ranges)
        if ranges:
            return
    if lemma in LABEL | REPORT_OBJECT | BELIEVE:
        named = _quoted_object(reader, verb)
        if named is not None:
            yield reader.attribution(*named, source, cue)


def _is_asserted(verb: Token) -> bool:
    """Return whether the saying is told as done: not denied, wished for, refused, or passive without a speaker."""
    if is_negated(verb) and verb_of(verb) != "deny":
        return False
    if is_passive(verb):
        return agent(verb) is not None
    infinitive = any(c.lower_ == "to" and relation(c) in {"mark", "aux"} for c in verb.children)
    return not infinitive or verb.head.lemma_ in _CONTINUED or verb.head.lower_ == "record"


def speaker_of(verb: Token) -> Token | None:
    """Return the head of the noun phrase that does the saying, None where the sentence gives none."""
    if child(verb, SUBJECTS) is None:
        if any(c.lower_ == "as" for c in children(verb, {"mark", "case"})) and verb.head.lemma_ in _QUOTING:
            quoting = verb.head
            return subject(quoting) if is_passive(quoting) else child(quoting, {"obj"})
        above = _told_in(verb)
        if above is not None:
            return subject(above)
    return agent(verb) if is_passive(verb) else subject(verb)


def _told_in(verb: Token) -> Token | None:
    """Return the verb of saying whose words a participle was parsed into: `said it was late, adding that ...`."""
    if relation(verb) not in {"advcl", "conj", "acl"} or not verb.lower_.endswith("ing"):
        return None
    token, steps = verb.head, 0
    while steps < 6 and token.head != token:
        if relation(token) == "ccomp" and verb_of(token.head) in ANY:
            return token.head
        said = next((c for c in children(token, {"parataxis"}) if verb_of(c) in ANY and c.i < verb.i), None)
        if said is not None:
            return said
        token, steps = token.head, steps + 1
    return next((c for c in children(token, {"parataxis"}) if verb_of(c) in ANY and c.i < verb.i), None)


def _said(reader: Reader, verb: Token) -> Iterator[tuple[int, int]]:
    """Yield the ranges of what a verb of saying reports."""
    start, end = _segment(reader, verb)
    left = _left(reader, verb, start)
    right = _right(reader, verb, end)
    if left is None:
        if right is not None:
            yield right
        return
    if right is not None:
        yield left
        yield right
    else:
        yield from _around(reader, verb, left, end)


def _segment(reader: Reader, verb: Token) -> tuple[int, int]:
    """Return the tokens of the attribution itself: the verb with its speaker, hearer and circumstances."""
    kept = {verb.i}
    for token in verb.children:
        if relation(token) not in _CONTENT | {"punct", "conj", "cc", "advcl", "dep"}:
            kept.update(range(*subtree(token)))
    start, end = verb.i, phrase_end(verb)
    while start - 1 in kept or (start - 2 in kept and reader.doc[start - 1].text == ","):
        start -= 1
    while end in kept:
        end += 1
    return start, end


def _right(reader: Reader, verb: Token, end: int) -> tuple[int, int] | None:
    """Return the clause that the verb governs to its right, or the quotation that follows it."""
    after = reader.next_word(end)
    quotation = reader.quotation(after) if after < len(reader.doc) else None
    if quotation is not None and quotation.start == after:
        first = next((c for c in verb.children if c.i > verb.i and relation(c) == "ccomp"), None)
        if first is None or (first.left_edge.i >= quotation.start and first.right_edge.i < quotation.end + 1):
            return quotation.start, quotation.end
    for token in verb.children:
        name = relation(token)
        if token.i < verb.i or name not in _CONTENT or _is_infinitive(token):
            continue
        start, stop = clause(token)
        if name == "parataxis" and reader.doc[start - 1].text not in {":", "“", '"'}:
            continue
        return start, stop
    return None


def _is_infinitive(token: Token) -> bool:
    return any(c.lower_ == "to" and relation(c) in {"mark", "aux"} for c in token.children)


def _left(reader: Reader, verb: Token, start: int) -> tuple[int, int] | None:
    """Return the words before an attribution that are what was said, None where nothing before it is."""
    before = reader.last_word(start)
    quotation = reader.quotation(before) if before >= 0 else None
    first, _ = reader.sentence(verb.i)
    if quotation is not None and quotation.end == before + 1 and quotation.end > first - 1:
        return min(quotation.start, _skip_connectives(reader, min(first, quotation.start))), quotation.end
    if before < first or not _is_governed(reader, verb, start):
        return None
    first = _skip_connectives(reader, first)
    return (first, before + 1) if first <= before else None


def _is_governed(reader: Reader, verb: Token, start: int) -> bool:
    """Return whether the words before an attribution belong to it: by the tree, or by a comma and a full clause."""
    if any(c.i < verb.i for c in children(verb, _CONTENT)):
        return True
    if relation(verb) == "parataxis" and verb.head != verb:
        return True
    has_object = child(verb, {"obj", "ccomp", "xcomp"}) is not None and verb_of(verb) != "tell"
    first, _ = reader.sentence(verb.i)
    return (
        reader.doc[start - 1].text == ","
        and not has_object
        and child(verb, SUBJECTS) is not None
        and any(child(t, SUBJECTS) is not None for t in reader.doc[first:start])
    )


def _skip_connectives(reader: Reader, first: int) -> int:
    """Return where a sentence starts behind `However,` and the like."""
    i = first
    while i < len(reader.doc) and reader.doc[i].lower_ in _CONNECTIVES:
        i += 1
    return i + 1 if i > first and reader.doc[i].text == "," else first


def _around(reader: Reader, verb: Token, left: tuple[int, int], end: int) -> Iterator[tuple[int, int]]:
    """Yield what was said around an attribution within a sentence.

    The whole where subject and predicate are cut apart, else what follows where no full clause stands before, else
    what stands before it, and a clause coordinated with that one as a statement of its own.
    """
    _, last = reader.sentence(verb.i)
    rest = reader.next_word(end)
    head = verb.head if relation(verb) == "parataxis" else child(verb, _CONTENT)
    if head is None or not reader.holds_words(rest, last):
        yield left
    elif head.i >= rest:
        told = child(head, SUBJECTS)
        yield (left[0], last) if told is not None and told.i < left[1] else (rest, last)
    else:
        yield left
        yield from (clause(c) for c in children(head, {"conj"}) if c.i >= rest and child(c, SUBJECTS) is not None)


# Accusations, names given, sources -----------------------------------------------------------------------------------


def _accusation(reader: Reader, verb: Token) -> Iterator[Attribution]:
    """Yield what somebody is accused of: with the accused where the accusation is active."""
    if relation(verb) == "acl" or is_negated(verb):
        return
    accused = child(verb, {"obj"})
    charge = next((t for t in verb.subtree if t.lower_ == "of" and t.i > (accused or verb).i), None)
    if charge is None:
        return
    _, end = subtree(charge.head)
    cue = verb.i, verb.i + 1
    if is_passive(verb) or accused is None:
        yield reader.attribution(charge.i, end, agent(verb), cue)
    else:
        yield reader.attribution(accused.left_edge.i, end, speaker_of(verb), cue)


def _quoted_object(reader: Reader, verb: Token) -> tuple[int, int] | None:
    """Return the object of a verb with what it is called, where quotation marks stand in it."""
    parts = [c for c in verb.children if c.i > verb.i and relation(c) in _OBJECTS]
    start, end = verb.i + 1, verb.i + 1
    for part in parts:
        first, last = subtree(part)
        if first > end + 1:
            break
        end = last
    inside = [q for q in reader.quotations if start <= q.start < end] if end > start else []
    if not inside or all(_is_title(reader, q.start, q.end) for q in inside):
        return None
    return start, end


def _is_title(reader: Reader, start: int, end: int) -> bool:
    """Return whether quoted words are a name: every word of weight with a capital."""
    words = [t.text for t in reader.doc[start:end] if t.is_alpha and len(t) > 3]
    return bool(words) and all(word[0].isupper() for word in words)


def _by_source(reader: Reader, token: Token) -> Iterator[Attribution]:
    """Yield what stands under `according to`."""
    if token.lower_ != "according" or token.i + 1 >= len(reader.doc) or reader.doc[token.i + 1].lower_ != "to":
        return
    source = token.head if relation(token) == "case" else child(token, {"obl", "nmod", "pobj"})
    if source is None:
        return
    first, last = reader.sentence(token.i)
    start, end = token.i, max(noun_phrase(source)[1], source.right_edge.i + 1)
    while end - 1 > start and (reader.doc[end - 1].is_space or reader.doc[end - 1].is_punct):
        end -= 1
    governor = (source if relation(token) == "case" else token).head
    cue = token.i, token.i + 2
    said = _under_source(reader, governor, (first, start), (end, last))
    if said is not None:
        yield reader.attribution(*said, _named_source(source), cue)


def _under_source(
    reader: Reader, governor: Token, before: tuple[int, int], after: tuple[int, int]
) -> tuple[int, int] | None:
    """Return the clause to which `according to` belongs: before it, after it, or around it."""
    stop = reader.last_word(before[1]) + 1
    rest = reader.next_word(after[0])
    if stop <= before[0]:
        return (rest, after[1]) if reader.holds_words(rest, after[1]) else None
    start = before[0]
    if relation(governor) in {"conj", "advcl", "acl:relcl", "ccomp"} and start < governor.left_edge.i < stop:
        start = clause(governor)[0]
    start = _skip_connectives(reader, start)
    if governor.i >= rest:
        return (start, after[1])
    return (start, stop) if reader.holds_words(start, stop) else None


def _named_source(source: Token) -> Token | None:
    """Return who is meant by `what the ministry announced`: the subject; else the noun itself."""
    if source.lower_ == "what":
        told = child(source, {"acl:relcl", "acl"})
        return subject(told) if told is not None else None
    return source
