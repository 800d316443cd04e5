"""Verbs of saying with their speaker and with what was said.

A verb is read in three ways: with the clause that it governs (`said that ...`), with the rest of the sentence around
an attribution set off in it (`..., said Ann Lee, ...`), and with words in quotation marks beside it.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.language.phrases import (
    NOMINAL,
    RELATIVE_PRONOUNS,
    SUBJECTS,
    agent,
    case,
    child,
    children,
    clause,
    is_negated,
    is_passive,
    nearest,
    noun_phrase,
    relation,
    subject,
    subtree,
    word_set,
)
from onrecord.language.saying import (
    ACCUSE,
    ADDRESSED,
    ANY,
    BELIEVE,
    FIND,
    LABEL,
    REPORT_OBJECT,
    SAY,
    SPEAK,
    is_phrase,
    phrase_end,
    verb_of,
)
from onrecord.statements.reader import Attribution, Reader
from onrecord.statements.settling import settled

_CONTENT = frozenset({"ccomp", "parataxis"})
_OBJECTS = frozenset({"obj", "iobj", "xcomp", "obl", "advcl", "ccomp", "acl", "advmod"})
_CONTINUED = word_set("continue go begin proceed rush hasten use keep")
_CONNECTIVES = word_set(
    "however still meanwhile nevertheless nonetheless moreover furthermore instead therefore separately overall even so"
)
_QUOTING = word_set("quote cite report describe")
_CLAUSE_AS_NOUN = word_set("say report claim allege state")
_SET_OFF = SAY | word_set("estimate calculate predict forecast show indicate suggest find reveal project reckon")
_URGE = word_set("call blame beg threaten urge appeal demand ask press thank apologise apologize")
_TIMES = word_set("as while after before since when until once because")
_RELATIVE_CUES = word_set("say claim believe allege report argue think insist maintain fear")
_NAMES_AS = word_set("call describe characterise characterize brand label denounce dismiss hail portray praise dub")
_LONGEST_SOURCE = 30
"""Tokens between a quotation and its verb of saying, at most."""


def find_attributions(reader: Reader) -> list[Attribution]:
    """Return what the story's verbs of saying and `according to` attribute, in text order of the cues."""
    found: list[Attribution] = []
    for token in reader.doc:
        if reader.quotation(token.i) is None:
            found += _by_verb(reader, token)
            found += _by_source(reader, token)
    return settled(reader, found)


# Verbs of saying -----------------------------------------------------------------------------------------------------


def _by_verb(reader: Reader, verb: Token) -> Iterator[Attribution]:
    if verb.pos_ not in {"VERB", "AUX"}:
        return
    lemma = verb_of(verb)
    if lemma in ACCUSE:
        yield from _accusation(reader, verb)
        return
    if not _is_asserted(verb):
        return
    cue = verb.i, phrase_end(verb)
    if lemma in ANY or is_phrase(verb):
        said = list(_said(reader, verb))
        yield from (reader.attribution(*part, cue) for part in said if reader.is_said(*part[:2]))
        if said:
            return
    source = speaker_of(verb)
    if lemma in LABEL | REPORT_OBJECT | BELIEVE and source is not None:
        named = _quoted_object(reader, verb)
        if named is not None:
            yield reader.attribution(*named, source, cue)


def _is_asserted(verb: Token) -> bool:
    """Return whether the saying is told as done: not denied, wished for, refused, or passive without a speaker."""
    if is_negated(verb) and verb_of(verb) != "deny":
        return False
    if is_passive(verb):
        return agent(verb) is not None
    if relation(verb) == "conj" and child(verb, SUBJECTS) is None and _is_infinitive(verb.head):
        return False
    return not _is_infinitive(verb) or verb.head.lemma_ in _CONTINUED or verb.head.lower_ == "record"


def speaker_of(verb: Token) -> Token | None:
    """Return the head of the noun phrase that does the saying, None where the sentence gives none."""
    if child(verb, SUBJECTS) is None and verb.head.lemma_ in _QUOTING:
        quoting = verb.head
        if any(c.lower_ == "as" for c in children(verb, {"mark", "case"})):
            return subject(quoting) if is_passive(quoting) else child(quoting, {"obj", "iobj"})
    if relation(verb) in {"ccomp", "dep", "parataxis", "appos"} and verb.lower_.endswith("ing"):
        return subject(verb) or subject(verb.head)  # `he said it was late, adding that ...` with a tree gone wrong
    return agent(verb) if is_passive(verb) else subject(verb)


def _said(reader: Reader, verb: Token) -> Iterator[tuple[int, int, Token]]:
    """Yield the ranges of what a verb of saying reports, each with the head of the speaker's noun phrase."""
    start, end = _segment(reader, verb)
    if verb_of(verb) in SPEAK - SAY and child(verb, {"xcomp", "ccomp"}) is not None:
        return
    before = _quotation_before(reader, verb, start)
    after = list(_quotations_after(reader, verb, end))
    if before is not None or after:
        source = _set_off_source(verb, before[1] - 1) if before is not None else speaker_of(verb)
        if source is not None:
            yield from ((first, last, source) for first, last in [*([before] if before else []), *after])
        return
    if verb_of(verb) in SPEAK - SAY or _is_infinitive(child(verb, {"xcomp"})):
        return
    head = _content_head(verb)
    if head is None:
        head, start = _set_off_clause(reader, verb, start)
    if head is not None and head.i < start and not _opens_colon(reader, verb, end):
        source = _set_off_source(verb, head.i)
        if source is not None:
            start = min(start, source.left_edge.i) if source.i > head.i else start
            yield from ((first, last, source) for first, last in _around(reader, head, start, end))
        return
    source = speaker_of(verb)
    if source is None or not _can_find(reader, verb, source):
        return
    if _opens_colon(reader, verb, end):
        yield end + 1, reader.sentence(verb.i)[1], source
        return
    found = _governed(reader, verb, head, start, end)
    if found is not None:
        yield *found, source


def _opens_colon(reader: Reader, verb: Token, end: int) -> bool:
    """Return whether a colon right behind an attribution announces a clause: `the minister says: taxes will fall`."""
    return end == verb.i + 1 < len(reader.doc) and reader.doc[end].text == ":" and verb_of(verb) in SAY


def _can_find(reader: Reader, verb: Token, source: Token) -> bool:
    """Return whether a verb of finding (`shows`, `indicates`) has a subject that speaks: no thing does."""
    return verb_of(verb) not in FIND - SAY or reader.names.can_speak(source)


def _segment(reader: Reader, verb: Token) -> tuple[int, int]:
    """Return the tokens of the attribution itself: the verb with its speaker before it, hearer and circumstances."""
    start, end = verb.i, phrase_end(verb)
    told = nearest(verb, children(verb, SUBJECTS))
    for token in reversed(children(verb, SUBJECTS | {"aux", "aux:pass", "advmod"})):
        adjoins = token == told or (token.right_edge.i + 1 >= start and reader.doc[start - 1].text != ",")
        if token.i < verb.i and adjoins and reader.quotation(token.i) is None:
            start = min(start, token.left_edge.i)
    kept: set[int] = set()
    for token in verb.children:
        if token.i > verb.i and relation(token) not in _CONTENT | {"punct", "conj", "cc", "advcl", "dep"}:
            kept.update(range(*subtree(token)))
    while end in kept:
        end += 1
    return start, end


# Quotations beside the verb ------------------------------------------------------------------------------------------


def _quotation_before(reader: Reader, verb: Token, start: int) -> tuple[int, int] | None:
    """Return the words that end with a quotation right before an attribution, from their sentence's start.

    Right before is: nothing but a comma between; or the quotation ends in a comma of its own, as English sets off
    `..." said X`, and no other word of saying stands between.
    """
    quotation = reader.ended_before(start)
    if quotation is None:
        quotation = reader.set_off_before(verb.i, _LONGEST_SOURCE)
        if quotation is None or any(_is_cue(t) for t in reader.doc[quotation.end : verb.i]):
            return None
    first, _ = reader.sentence(quotation.start)
    first = _skip_connectives(reader, first)
    return min(first, quotation.start), quotation.end


def _is_cue(token: Token) -> bool:
    return token.pos_ == "VERB" and verb_of(token) in SAY


def _quotations_after(reader: Reader, verb: Token, end: int) -> Iterator[tuple[int, int]]:
    """Yield the quotation that follows a verb of saying, and those joined to it by `and`."""
    at = reader.next_word(end)
    if at < len(reader.doc) and reader.doc[at].lower_ == "that" and reader.quotation(at) is None:
        at = reader.next_word(at + 1)
    while at < len(reader.doc):
        quotation = reader.quotation(at)
        if quotation is None or quotation.start != at:
            return
        clause_head = next((c for c in verb.children if c.i > verb.i and relation(c) == "ccomp"), None)
        if clause_head is not None and not _within(clause_head, quotation.start, quotation.end):
            return
        yield quotation.start, quotation.end
        at = reader.next_word(quotation.end)
        if at >= len(reader.doc) or reader.doc[at].lower_ not in {"and", "or"}:
            return
        at = reader.next_word(at + 1)


def _within(head: Token, start: int, end: int) -> bool:
    first, last = clause(head)
    return start <= first and last <= end + 1


# Clauses -------------------------------------------------------------------------------------------------------------


def _content_head(verb: Token) -> Token | None:
    """Return the head of the clause that the tree puts under a verb of saying, or beside it."""
    if relation(verb) == "parataxis" and verb.head != verb and verb.head.pos_ != "PUNCT":
        beside = verb.head  # in `Prices, he said, will fall` the tree may put it beside the subject
        return beside.head if relation(beside) in SUBJECTS else beside
    if child(verb, {"ccomp"}) is None and is_phrase(verb) and (inner := child(verb, {"xcomp"})) is not None:
        verb = inner  # `let it be known that`
    for token in children(verb, _CONTENT):
        if relation(token) == "ccomp" and not _is_infinitive(token) and not _is_circumstance(token):
            return token
        if relation(token) == "parataxis" and (token.i < verb.i or token.doc[token.left_edge.i - 1].text == ":"):
            return token
    end = phrase_end(verb)
    that = verb.doc[end] if end < len(verb.doc) else verb
    if that.lower_ == "that" and relation(that) == "mark" and that.head.i > end:
        return that.head  # the tree hung the clause elsewhere
    return None


def _loose_source(reader: Reader, verb: Token) -> Token | None:
    """Return the noun before a verb that the tree gave to another: `..., the minister has said`, set off by a comma."""
    if verb.lower_.endswith("ing") or any(c.lower_ in RELATIVE_PRONOUNS for c in verb.children):
        return None
    first, _ = reader.sentence(verb.i)
    for i in range(verb.i - 1, max(first, verb.i - _LONGEST_SOURCE), -1):
        token = reader.doc[i]
        if token.text in {";", ":"} or reader.quotation(i) is not None:
            return None
        if token.pos_ in NOMINAL and (relation(token) in SUBJECTS | {"appos"} or token == verb.head):
            set_off = reader.doc[token.left_edge.i - 1].text == ","
            return token if set_off and reader.names.can_speak(token) else None
    return None


def _is_circumstance(head: Token) -> bool:
    """Return whether a clause tells when or why something was said, whatever the tree has it as."""
    mark = child(head, {"mark", "advmod"})
    return mark is not None and mark.i == head.left_edge.i and mark.lower_ in _TIMES


def _set_off_clause(reader: Reader, verb: Token, start: int) -> tuple[Token | None, int]:
    """Return the verb of a full clause before an attribution that only a comma tells, and where the attribution starts.

    For trees that take the attribution for the main clause's circumstance, or the clause for the verb's.
    """
    none = None, start
    told = nearest(verb, children(verb, SUBJECTS))
    if relation(verb) in {"advcl", "xcomp", "ccomp"} or verb_of(verb) not in _SET_OFF:
        return none
    if told is None:
        told = _loose_source(reader, verb)
        start = told.left_edge.i if told is not None else start
    if start < 2 or reader.doc[start - 1].text not in {",", "—", "–"} or told is None:
        return none
    if relation(verb) == "acl:relcl" and told.lower_ in RELATIVE_PRONOUNS:
        return none
    follows = next((c for c in children(verb, {"obj", "ccomp", "xcomp"}) if c.i > verb.i), None)
    if follows is not None and verb_of(verb) not in ADDRESSED and reader.doc[follows.left_edge.i].text != ",":
        return none
    first, _ = reader.sentence(verb.i)
    return next((t for t in reader.doc[first : start - 1] if child(t, SUBJECTS) is not None), None), start


def _set_off_source(verb: Token, content: int) -> Token | None:
    """Return the speaker of an attribution after its words: the verb's subject, or what follows it (`said Ann Lee`).

    `content` is a token of the words: nothing before it is the speaker. Where the tree gives the verb no subject, the
    noun phrase right behind it counts, then the last subject between the words and the verb.
    """
    own = nearest(verb, [c for c in children(verb, SUBJECTS) if c.i > content])
    if own is not None:
        return own
    if is_passive(verb):
        return agent(verb)
    if relation(verb) != "conj" and (behind := _noun_behind(verb)) is not None:
        return behind
    between = [t for t in verb.doc[content + 1 : verb.i] if relation(t) in SUBJECTS and t.pos_ in NOMINAL]
    return between[-1] if between and verb.head.lemma_ not in _QUOTING else speaker_of(verb)


def _noun_behind(verb: Token) -> Token | None:
    """Return the head of the noun phrase that starts right behind a verb, None where something else does."""
    if verb.i + 1 >= len(verb.doc):
        return None
    token = verb.doc[verb.i + 1]
    while token.head.i > verb.i and token.head != token and token.head.pos_ in NOMINAL:
        token = token.head
    first, _ = noun_phrase(token)
    return token if token.pos_ in NOMINAL and first == verb.i + 1 and verb_of(verb) not in ADDRESSED else None


def _around(reader: Reader, head: Token, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the clause before an attribution, and one coordinated with it after it.

    Not one whose subject is a pronoun: there the story itself goes on to tell what the speaker did.
    """
    first, last = reader.sentence(start)
    first = reader.after_break(_skip_connectives(reader, first), start)
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
        if token.i > rest and told is not None and told.pos_ != "PRON" and token.left_edge.i >= end:
            yield clause(token)


def _governed(reader: Reader, verb: Token, head: Token | None, start: int, end: int) -> tuple[int, int] | None:
    """Return the clause to the right of its verb of saying.

    It spans the attribution where that cuts subject and predicate apart, and takes in its subject where the tree made
    that the verb's object.
    """
    if head is None:
        return _gapped(reader, verb) or _clause_as_noun(verb)
    told = child(head, SUBJECTS) or next((c for c in children(verb, SUBJECTS) if c.right_edge.i + 1 < start), None)
    first, last = clause(head)
    if told is not None and told.i < start and head.i > verb.i:
        return told.left_edge.i, last
    if relation(verb) == "parataxis":
        return reader.next_word(end), reader.sentence(verb.i)[1]
    if first < verb.i:
        first = phrase_end(verb)
    mark = child(head, {"mark"})
    if mark is not None and verb.i < mark.i < head.i and mark.lower_ == "that":
        first = mark.i + 1
    elif verb.i + 1 < first and reader.doc[phrase_end(verb)].pos_ == "SCONJ" and reader.doc[phrase_end(verb)] != mark:
        first = phrase_end(verb)  # `adding if nothing changed it would fail`
    last = _joined_by_that(reader, _broken_off(head, last))
    subject_before = child(verb, {"obj", "iobj"})
    if told is None and subject_before is not None and mark is None:
        if verb.i < subject_before.i and subject_before.right_edge.i + 1 == first and verb_of(verb) not in ADDRESSED:
            first = subject_before.left_edge.i
            last = max(last, *(c.right_edge.i + 1 for c in children(verb, {"xcomp", "ccomp"})))
    return first, last


def _joined_by_that(reader: Reader, end: int) -> int:
    """Return where a reported clause ends with those joined to it by `and that`, wherever the tree hung them."""
    i = reader.next_word(end)
    while (
        i + 2 < len(reader.doc) and reader.doc[i].lower_ in {"and", "but", "or"} and reader.doc[i + 1].lower_ == "that"
    ):
        head = reader.doc[i + 1].head
        if relation(reader.doc[i + 1]) != "mark" or head.i < i or head.right_edge.i + 1 <= end:
            break
        end = head.right_edge.i + 1
        i = reader.next_word(end)
    return end


def _gapped(reader: Reader, verb: Token) -> tuple[int, int] | None:
    """Return the clause whose subject stands before the attribution as a relative: `which officials say killed 20`."""
    if (
        relation(verb) not in {"acl:relcl", "acl"}
        or verb.i + 1 >= len(reader.doc)
        or verb_of(verb) not in _RELATIVE_CUES
    ):
        return None
    follows = reader.doc[verb.i + 1]
    if follows.pos_ not in {"VERB", "AUX"} or follows.head == verb:
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
    if relation(seen) == "xcomp":
        return subtree(seen) if seen.lower_.endswith("ing") and verb_of(verb) == "report" else None
    told = child(seen, {"acl"})
    return subtree(seen) if told is not None and told.pos_ == "VERB" and child(told, {"mark", "case"}) is None else None


def _broken_off(head: Token, end: int) -> int:
    """Return where a reported clause ends: before `and called on ...`, which tells what the speaker did next.

    Such a verb has no subject and no auxiliary of its own, while the reported one has an auxiliary.
    """
    if child(head, {"aux", "aux:pass", "cop"}) is None:
        return end
    for token in children(head, {"conj"}):
        bare = child(token, SUBJECTS | {"aux", "aux:pass", "cop", "ccomp"}) is None
        if bare and verb_of(token) in SAY | LABEL | REPORT_OBJECT | ACCUSE | _URGE and token.left_edge.i < end:
            if token.lower_ != verb_of(token):
                end = token.left_edge.i
    return end


def _is_infinitive(token: Token | None) -> bool:
    if token is None or child(token, {"cop", "aux"}) is not None:
        return False  # `prices are to rise` is a clause of its own
    return any(c.lower_ == "to" for c in children(token, {"mark"}))


def _skip_connectives(reader: Reader, first: int) -> int:
    """Return where a sentence starts behind `However,` and the like."""
    i = first
    while i < len(reader.doc) and reader.doc[i].lower_ in _CONNECTIVES:
        i += 1
    return i + 1 if i > first and reader.doc[i].text == "," else first


# Accusations, names given, sources -----------------------------------------------------------------------------------


def _accusation(reader: Reader, verb: Token) -> Iterator[Attribution]:
    """Yield what somebody is accused of: with the accused where the accusation is active."""
    if relation(verb) == "acl" or is_negated(verb):
        return
    accused = child(verb, {"obj", "iobj"})
    charge = next((t for t in verb.subtree if t.lower_ == "of" and t.i > (accused or verb).i), None)
    if charge is None:
        return
    _, end = subtree(charge.head)
    while (
        end + 1 < len(reader.doc)
        and reader.doc[end].lower_ in {"and", "or"}
        and reader.doc[end + 1].lower_[-3:] == "ing"
    ):
        end = max(end + 2, reader.doc[end + 1].right_edge.i + 1)
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
    if not inside and _names_as(verb, parts):
        return start, end
    if verb_of(verb) in BELIEVE and child(verb, {"ccomp"}) is None:
        return None
    if verb.head.lower_ == "what" or any(c.lower_ == "what" for c in verb.children):
        return None
    if not inside or all(_is_title(reader, q.start, q.end) for q in inside):
        return None
    return start, end


def _names_as(verb: Token, parts: list[Token]) -> bool:
    """Return whether a verb calls its object something in so many words: `described it as a relief`."""
    if verb_of(verb) not in _NAMES_AS or relation(verb) in {"acl", "acl:relcl"} or not parts:
        return False
    if relation(parts[0]) not in {"obj", "iobj"} or parts[0].lower_ in {"what", "which", "on", "for"}:
        return False
    if verb_of(verb) in {"call", "dub", "brand", "label"}:
        return any(relation(part) in {"xcomp", "obj"} and not _is_infinitive(part) for part in parts[1:])
    return any(case(part) == "as" for part in parts[1:])


def _is_title(reader: Reader, start: int, end: int) -> bool:
    """Return whether quoted words are a name: every word of weight with a capital."""
    words = [t.text for t in reader.doc[start:end] if t.is_alpha and len(t) > 3]
    return bool(words) and all(word[0].isupper() for word in words)


def _by_source(reader: Reader, token: Token) -> Iterator[Attribution]:
    """Yield what stands under `according to`."""
    if token.lower_ != "according" or token.i + 1 >= len(reader.doc) or reader.doc[token.i + 1].lower_ != "to":
        return
    source = _noun_from(reader, token.i + 2)
    if source is None:
        return
    first, last = reader.sentence(token.i)
    start, end = token.i, max(noun_phrase(source)[1], source.right_edge.i + 1)
    while end - 1 > start and (reader.doc[end - 1].is_space or reader.doc[end - 1].is_punct):
        end -= 1
    governor = (token.head if relation(token) == "case" else token).head
    cue = token.i, token.i + 2
    said = _under_source(reader, governor, (first, start), (end, last))
    if said is not None:
        yield reader.attribution(*said, _named_source(source), cue)


def _noun_from(reader: Reader, i: int) -> Token | None:
    """Return the head of the noun phrase that starts at `i`; it reaches over no comma, whatever the tree says."""
    if i >= len(reader.doc):
        return None
    token = reader.doc[i]
    while token.head.i > token.i and token.head.pos_ in NOMINAL:
        if any(t.text == "," for t in reader.doc[token.i : token.head.i]):
            break
        token = token.head
    return token if token.pos_ in NOMINAL else None


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
