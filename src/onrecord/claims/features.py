"""What tells whether a quantity is a claim, and of which kind: named facts about its construction, one a string.

Every fact is about the language around the quantity (word classes, relations, tense, modals), never about single
names or numbers, so that what is learned from them carries over to other pages.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.claims.cues import lemma, modal, noun_classes, verb_classes
from onrecord.claims.frames import Frame, embedding, is_infinitive, tense
from onrecord.language.mentions import QuantityMention, TimeMention
from onrecord.language.phrases import case, child, is_negated, is_passive, relation, sentence, subject
from onrecord.model import Quantity, Statement

_DURATIONS = frozenset(
    {"year", "month", "week", "day", "hour", "minute", "second", "decade", "century", "fortnight", "quarter"}
)
_ADDED = frozenset({"more", "extra", "additional", "another", "further", "new", "fewer", "less", "other", "others"})
_MOVES = frozenset({"rise", "fall"})
_CONDITION = frozenset({"under", "if", "unless", "should"})


def features(
    frame: Frame,
    mention: QuantityMention | None,
    when: TimeMention | None,
    statement: Statement | None,
    neighbours: int,
    day: dt.date | None,
    who: str,
) -> list[str]:
    """Return the facts about a candidate, sorted and each once.

    `when` is the time that belongs to it, `statement` the innermost one that contains it, `neighbours` how many other
    quantities its sentence has.
    """
    found = ["bias", f"neighbours:{min(neighbours, 3)}"]
    if mention is not None:
        found += _of_quantity(mention.quantity)
        found += _of_phrase(frame)
    found += _of_mood(frame)
    nearest, over = mood(frame)
    found += [f"mood:{nearest}", f"over:{over}", f"mood:{nearest}|{over}", f"who:{who}", f"mood:{nearest}|who:{who}"]
    found += _of_time(when, day)
    found += _of_sentence(frame)
    found += _of_statement(statement)
    return sorted(set(found))


def _of_quantity(quantity: Quantity) -> Iterator[str]:
    unit = quantity.unit
    kind = unit if unit in {"percent", "percentage_point", "times", "count"} else "physical"
    if len(unit) == 3 and unit.isupper():
        kind = "money"
    if unit in _DURATIONS:
        kind = "duration"
    yield f"unit:{kind}"
    yield f"change:{quantity.change}"
    if quantity.vague:
        yield "vague"
    if quantity.value is not None and kind == "count":
        yield f"size:{min(6, len(str(int(abs(quantity.value)))))}"
        if quantity.value == 1:
            yield "one"
    for name in ("of", "out_of", "per", "from_", "low"):
        if getattr(quantity, name) is not None:
            yield f"has:{name}"
    yield f"comparator:{quantity.comparator}"


def _of_phrase(frame: Frame) -> Iterator[str]:
    doc, root = frame.doc, frame.root
    yield f"root:{relation(root)}"
    yield f"role:{relation(frame.top)}:{case(frame.top)}"
    yield f"case:{case(frame.counted if frame.counted is not None and frame.counted == root.head else root)}"
    if frame.start > 0 and doc[frame.start - 1].text == "(":
        yield "bracketed"
    if (frame.end < len(doc) and doc[frame.end].text in {"-", "‑", "–"}) or "-" in doc[frame.start : frame.end].text:
        yield "hyphen"
    yield "counted" if frame.counted is not None else "uncounted"
    if frame.counted is not None:
        yield from _of_counted(frame.counted)
    for noun in frame.nouns[:2]:
        yield from (f"noun:{name}" for name in noun_classes(noun))
        yield f"nouncase:{case(noun)}"
    if frame.end < len(doc):
        yield f"next:{doc[frame.end].pos_}"
    if frame.start > frame.sentence:
        yield f"before:{doc[frame.start - 1].pos_}"


def _of_counted(noun: Token) -> Iterator[str]:
    determiner = child(noun, {"det", "nmod:poss"})
    if determiner is not None:
        yield f"det:{determiner.lower_ if relation(determiner) == 'det' else 'poss'}"
    yield f"countedpos:{noun.pos_}"
    yield from (f"counted:{name}" for name in noun_classes(noun))
    if any(c.lower_ in _ADDED for c in noun.children):
        yield "added"


def _of_mood(frame: Frame) -> Iterator[str]:
    verb = frame.verb
    if verb is None:
        yield "verb:none"
        return
    yield f"verbpos:{verb.pos_}"
    if lemma(verb) in {"be", "have"}:
        yield f"lemma:{lemma(verb)}"
    yield from (f"verb:{name}" for name in verb_classes(verb))
    yield f"tense:{tense(verb)}"
    yield f"modal:{modal(verb)}"
    yield f"verbdep:{relation(verb)}"
    if is_passive(verb):
        yield "passive"
    if is_negated(verb):
        yield "negated"
    if is_infinitive(verb) and child(verb, {"cop", "aux"}) is not None:
        yield "is-to"
    if any(c.lower_ in _CONDITION for c in verb.subtree if relation(c) in {"mark", "case"} and c.head.head == verb):
        yield "condition"
    doer = subject(verb)
    if doer is not None:
        yield f"subject:{doer.pos_}"
    for depth, (name, token) in enumerate(embedding(frame)[:3]):
        classes = noun_classes(token) if token.pos_ in {"NOUN", "PROPN"} else verb_classes(token)
        yield from (f"above:{name.split(':')[0]}:{c}" for c in classes)
        yield from (f"above{min(depth, 1)}:{c}" for c in classes)
        yield f"abovemodal:{modal(token)}"
        if depth == 0:
            yield f"abovetense:{tense(token)}"


def mood(frame: Frame) -> tuple[str, str]:
    """Return the cue of kind nearest to the quantity, and the next one over it.

    A cue is a class of nouns or verbs, a modal, `is-to`, or a plain tense where nothing else stands; `-` for none.
    """
    cues = [f"noun-{name}" for noun in _near_nouns(frame) for name in noun_classes(noun) if name not in _MOVES]
    verb = frame.verb
    if verb is None:
        return (cues or ["none"])[0], "-"
    own = _cue(verb, True)
    over = [cue for _, token in embedding(frame) if (cue := _cue(token, False))]
    if own:
        cues.append(own)
    elif not cues and (tense(verb) == "past" or not over):
        cues.append(tense(verb))
    cues += over
    return cues[0], cues[1] if len(cues) > 1 else "-"


def _near_nouns(frame: Frame) -> list[Token]:
    return [*([frame.counted] if frame.counted is not None else []), *frame.nouns]


def _cue(token: Token, own: bool) -> str | None:
    auxiliary = modal(token)
    if auxiliary and auxiliary != "can":
        return auxiliary
    if is_infinitive(token) and child(token, {"cop"}) is not None and token.pos_ == "VERB":
        return "is-to"
    nominal = token.pos_ in {"NOUN", "PROPN"} and not own
    classes = noun_classes(token) if nominal else verb_classes(token)
    for name in ("pledge", "undertake", "demand", "want", "propose", "forecast"):
        if name in classes:
            return f"noun-{name}" if nominal else name
    return None


def _of_time(when: TimeMention | None, day: dt.date | None) -> Iterator[str]:
    if when is None:
        yield "when:none"
        return
    yield f"when:{when.when.relation}"
    end = when.when.end or when.when.start
    if end is not None and day is not None:
        yield f"when:{'future' if end > day else 'past'}"
    elif any(c.isdigit() for c in when.when.text):
        yield "when:unplaced"


def _of_sentence(frame: Frame) -> Iterator[str]:
    """Yield the classes of the sentence's words: what is said of a plan mostly stands near the word for it."""
    for token in frame.doc[slice(*sentence(frame.root))]:
        if token.pos_ == "NOUN":
            yield from (f"sentence:{name}" for name in noun_classes(token))


def _of_statement(statement: Statement | None) -> Iterator[str]:
    if statement is None:
        yield "said:no"
        return
    yield f"said:{statement.kind}"
    if statement.cue:
        yield "cue:according" if statement.cue.startswith("according") else "cue:verb"
