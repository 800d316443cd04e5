"""Who is bound, asked, expected or measured: every name that the construction and the story offer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Token

from onrecord.claims.context import Context
from onrecord.claims.cues import noun_classes, verb_classes
from onrecord.claims.decision import Option
from onrecord.claims.frames import Frame, embedding
from onrecord.language.gazetteer import country_of
from onrecord.language.gazetteer_bodies import BODY_NOUNS, COLLECTIVES
from onrecord.language.gazetteer_people import PERSON_NOUNS
from onrecord.language.phrases import agent, case, child, children, is_passive, relation, sentence, subject
from onrecord.language.saying import is_saying
from onrecord.model import ClaimKind, Statement

Standing = Mapping[str | None, Sequence[int]]
"""Names, each with the heads of the noun phrases that bear it, in order."""
_FIRST_PERSON = frozenset({"i", "we", "me", "us", "my", "our"})
_NEAR = 2
"""Sentences back in which common nouns and pronouns are options too; names are from anywhere."""
_EVERYBODY = frozenset({"all", "both", "each", "everybody", "everyone", "most", "others"})
"""Words that stand for all of those told of and name nobody."""
_GROUPS = BODY_NOUNS | COLLECTIVES
_ROLES = frozenset({"nsubj", "nsubj:pass", "obj", "obl", "predicate"})
_OWNERS = frozenset({"nmod:poss", "nmod", "compound", "amod", "nmod:desc", "appos"})


def actor_options(
    context: Context,
    frame: Frame,
    kind: ClaimKind,
    statement: Statement | None,
    standing: Standing,
    earlier: str | None,
) -> list[Option[str | None]]:
    """Return every name that may be the actor of a claim of `kind`, with where it stands, and nobody.

    `standing` are the `names_in_sight`, `earlier` is the actor of a claim before it in the same sentence.
    """
    facts: dict[str | None, set[str]] = {None: {"nobody"}}
    speaker = statement.speaker if statement is not None else None
    acting = False
    for source, token in _tokens(context, frame):
        name = context.name(token, speaker)
        if name is None or name in _EVERYBODY:
            continue
        found = facts.setdefault(name, set())
        found.add(source)
        if not acting and source.startswith(("subject", "agent")) and sort_of(context, name) != "thing":
            acting = True
            found.add("innermost doer")
    for source, name in _names(context, frame, speaker, earlier):
        facts.setdefault(name, set()).add(source)
    role, asker = _role(frame), _asker(context, frame)
    known = {name: frozenset(_facts(sources, sort_of(context, name), kind, role)) for name, sources in facts.items()}
    return [
        Option(name, known.get(name, frozenset()), tuple(_telling(context, frame, standing.get(name, ()))))
        for name in dict.fromkeys([*known, *standing])
        if name is None or name != asker
    ]


def _asker(context: Context, frame: Frame) -> str | None:
    """Return who wants or expects somebody else to do it, and so does not: of `she expects all to pay` the first."""
    over = frame.verb.head if frame.verb is not None and relation(frame.verb) == "xcomp" else None
    if over is None or not {"forecast", "demand"} & set(verb_classes(over)):
        return None
    asker, asked = subject(over), child(over, {"obj", "iobj"})
    if asker is None or asked is None:
        return None
    named = asked.pos_ != "PRON" and sort_of(context, context.name_at(asked)) != "thing"  # `them` may be vans
    acts = named or asked.lower_ in _EVERYBODY
    return context.name_at(asker) if acts else None


def names_in_sight(context: Context, frame: Frame, statement: Statement | None) -> Standing:
    """Return whom the noun phrases name that a candidate may be about; `statement` is the one around it.

    Names of the whole story, and whatever the candidate's sentence and those just before it speak of.
    """
    here = context.sentence(frame.root.i)
    speaker = statement.speaker if statement is not None else None
    found: dict[str | None, list[int]] = {}
    for i in context.heads:
        near = here - _NEAR <= context.sentence(i) <= here
        if frame.start <= i < frame.end or not (near or i in context.entities):
            continue
        token = frame.doc[i]
        name = context.name_at(token) if token.lower_ not in _FIRST_PERSON else context.name(token, speaker)
        if name and name not in _EVERYBODY:
            found.setdefault(name, []).append(i)
    return found


def _telling(context: Context, frame: Frame, heads: Sequence[int]) -> Iterator[int]:
    """Yield of a name's phrases those that may tell: in the sentence, just before it, the first and the last."""
    here = context.sentence(frame.root.i)
    before = [i for i in heads if here - _NEAR <= context.sentence(i) < here]
    last = [i for i in heads if i < frame.root.i]
    telling = [i for i in heads if context.sentence(i) == here] + before[-2:] + list(heads[:1]) + last[-1:]
    yield from dict.fromkeys(telling)


def _role(frame: Frame) -> str:
    """Return what part the quantity plays: `killed people` and `people were killed` leave other places for an actor."""
    role = relation(frame.top) if frame.top != frame.verb else "predicate"
    harm = "harm" if frame.verb is not None and "harm" in verb_classes(frame.verb) else "plain"
    return f"{role if role in _ROLES else 'other'}:{'counted' if frame.counted is not None else 'bare'}:{harm}"


def _facts(sources: set[str], sort: str, kind: ClaimKind, role: str) -> Iterator[str]:
    coarse = {source.split(":")[0] for source in sources}
    for source in sources | coarse:
        yield source
        yield f"{kind}|{source}"
        yield f"{sort}|{source}"
    for source in coarse:
        yield f"{role}|{source}"
        yield f"{kind}|{sort}|{source}"
    yield f"sort:{sort}"
    yield f"sort:{sort}|{kind}"
    yield f"sort:{sort}|{role}"


def sort_of(context: Context, name: str | None) -> str:
    """Return what kind of thing a name is: only some can be bound, asked or expected to act."""
    if name is None:
        return "nobody"
    if country_of(name):
        return "country"
    entity = context.analysis.names.entity_named(name)
    if entity is not None:
        return entity.kind
    words = [word.strip(".,") for word in name.lower().split(" of ")[0].split(" in ")[0].split()]
    last = words[-1] if words else ""
    if last in PERSON_NOUNS or last.removesuffix("s") in PERSON_NOUNS:
        return "people"
    if last in _GROUPS or last.removesuffix("s") in _GROUPS:
        return "group"
    return "thing"


def doer_sort(context: Context, frame: Frame, statement: Statement | None) -> str:
    """Return what kind of thing the verb is said of (its agent, if passive); `counted` for the quantity itself."""
    verb = frame.verb
    doer = None if verb is None else agent(verb) if is_passive(verb) else subject(verb)
    if doer is None:
        return "nobody"
    if doer in (frame.root, frame.counted):
        return "counted"
    return sort_of(context, context.name(doer, statement.speaker if statement is not None else None))


def _tokens(context: Context, frame: Frame) -> Iterator[tuple[str, Token]]:
    steps = ([("own", frame.verb)] if frame.verb is not None else []) + embedding(frame)[:4]
    for depth, (name, token) in enumerate(steps):
        yield from _of_predicate(context, frame, f"{min(depth, 2)}", name, token)
    for label, head in _heads(frame):
        yield from _of_noun(context, frame, label, head)
    named = [i for i in range(*sentence(frame.root)) if i in context.entities]
    heads = [i for i in named if relation(frame.doc[i]) not in {"flat", "compound"}]
    yield from (("sentence", frame.doc[i]) for i in heads)
    before, after = [i for i in heads if i < frame.start], [i for i in heads if i >= frame.end]
    if before:
        yield "nearest before", frame.doc[before[-1]]
        yield "first", frame.doc[before[0]]
    if after:
        yield "nearest after", frame.doc[after[0]]


def _of_predicate(context: Context, frame: Frame, depth: str, name: str, token: Token) -> Iterator[tuple[str, Token]]:
    voice = "passive" if is_passive(token) else "active"
    said = "said" if is_saying(token) and name == "ccomp" else ""
    doer = subject(token)
    if doer is not None and doer not in (frame.root, frame.counted):
        yield f"subject{depth}:{voice}:{said}", doer
        yield from ((f"subject:{c}", doer) for c in verb_classes(token))
    maker = agent(token) if voice == "passive" else None
    if maker is not None:
        yield f"agent{depth}", maker
    for thing in children(token, {"obj", "iobj"}):
        if thing not in (frame.root, frame.counted, frame.top):
            clause = child(token, {"xcomp", "ccomp"}) is not None
            yield f"object{depth}:{'clause' if clause else ''}", thing
    for oblique in children(token, {"obl"}):
        if oblique.i in context.entities:
            yield f"oblique{depth}:{case(oblique)}", oblique


def _heads(frame: Frame) -> Iterator[tuple[str, Token]]:
    if frame.counted is not None:
        yield "counted", frame.counted
    for noun in frame.nouns[:2]:
        yield "noun", noun
    doer = subject(frame.verb) if frame.verb is not None else None
    if doer is not None and doer != frame.counted:
        yield "subject", doer
    thing = child(frame.verb, {"obj"}) if frame.verb is not None else None
    if thing is not None and thing not in (frame.counted, frame.root):
        yield "object", thing
    for token in frame.above:
        if token.pos_ == "NOUN" and {"pledge", "demand", "propose", "forecast"} & set(noun_classes(token)):
            yield "over", token


def _of_noun(context: Context, frame: Frame, label: str, head: Token) -> Iterator[tuple[str, Token]]:
    for owner in children(head, _OWNERS):
        if frame.start <= owner.i < frame.end:
            continue
        named = owner.i in context.entities or country_of(owner.text) is not None
        if named or relation(owner) == "nmod:poss":
            yield f"owner:{label}:{relation(owner)}:{case(owner) if relation(owner) == 'nmod' else ''}", owner
        for inner in children(owner, {"nmod:poss", "nmod", "compound"}):
            if inner.i in context.entities:
                yield f"inner:{label}", inner
    if label in {"counted", "noun"}:
        yield f"head:{label}", head


def _names(context: Context, frame: Frame, speaker: str | None, earlier: str | None) -> Iterator[tuple[str, str]]:
    if speaker is not None:
        yield "speaker", speaker
        led = context.analysis.names.body_led_by(speaker)
        if led is not None:
            yield "led", led
    if earlier is not None:
        yield "earlier", earlier
    for rank, name in enumerate(context.salient):
        yield f"salient{rank}", name
    for rank, name in enumerate(context.headline):
        yield f"headline{min(rank, 1)}", name
    if context.place is not None:
        yield "place", context.place
    if context.body is not None:
        yield "body", context.body
    if context.dateline is not None:
        yield "dateline", context.dateline
    before = context.latest(frame.sentence)
    for name in before:
        yield "before", name
