"""From a model's answers to claims: what does not stand in the story is dropped and counted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

from onrecord.language import Analysis
from onrecord.model import Claim, ClaimKind, FieldSpans, Quantity, Span, When
from onrecord.second_reader.folded import FoldedText

_KINDS = frozenset(get_args(ClaimKind))


@dataclass(frozen=True, slots=True)
class Answers:
    """The claims that hold, and how many answers were dropped because their words do not stand in the story."""

    claims: tuple[Claim, ...]
    dropped: int


def read_answers(analysis: Analysis, answers: Sequence[Any]) -> Answers:
    """Return the claims among a model's unchecked answers."""
    text = FoldedText(analysis.body.text)
    claims = tuple(claim for answer in answers if (claim := _claim(analysis, text, answer)) is not None)
    return Answers(claims, len(answers) - len(claims))


def _claim(analysis: Analysis, text: FoldedText, answer: Any) -> Claim | None:
    if not isinstance(answer, dict) or answer.get("kind") not in _KINDS:
        return None
    place = _find(text, answer.get("words"))
    names = {key: _find(text, answer.get(key)) for key in ("actor", "measure", "said_by")}
    if place is None or any(answer.get(key) is not None and names[key] is None for key in names):
        return None
    sentences = _whole_sentences(analysis, place)
    quantity = _quantity(analysis, sentences, answer.get("quantity"))
    if quantity is None and answer.get("quantity") is not None:
        return None
    when = _when(analysis, sentences, answer.get("when"))
    evidence = analysis.body.span(sentences.start, sentences.end)
    spans = {key: analysis.body.span(span.start, span.end) if span else None for key, span in names.items()}
    return Claim(
        kind=answer["kind"],
        actor=_words(text, names["actor"]),
        country=_country(analysis, names["actor"]),
        measure=_words(text, names["measure"]),
        quantity=quantity[0] if quantity else None,
        when=when[0] if when else None,
        said_by=_words(text, names["said_by"]),
        negated=answer.get("negated") is True,
        evidence=evidence,
        selector=analysis.selector(evidence),
        spans=FieldSpans(
            actor=spans["actor"],
            measure=spans["measure"],
            said_by=spans["said_by"],
            quantity=quantity[1] if quantity else None,
            when=when[1] if when else None,
        ),
        readers=("llm",),
    )


def _find(text: FoldedText, words: Any) -> Span | None:
    return text.find(words) if isinstance(words, str) else None


def _words(text: FoldedText, span: Span | None) -> str | None:
    return " ".join(span.of(text.text).split()) if span else None


def _country(analysis: Analysis, actor: Span | None) -> str | None:
    """Return the country that whoever stands at `actor` is or speaks for, by the fullest name that the story gives."""
    tokens = analysis.doc.char_span(actor.start, actor.end, alignment_mode="expand") if actor else None
    name = analysis.names.resolve(tokens.start, tokens.end) if tokens else None
    return analysis.names.country(name) if name is not None else None


def _whole_sentences(analysis: Analysis, place: Span) -> Span:
    """Return the body's smallest run of whole sentences around `place`, without white space at its ends."""
    starts = [token.idx for token in analysis.doc]
    first, last = (analysis.doc[bisect_right(starts, at) - 1] for at in (place.start, place.end - 1))
    start, end = first.sent.start_char, last.sent.end_char
    words = analysis.body.text[start:end]
    return Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))


def _quantity(analysis: Analysis, sentences: Span, answer: Any) -> tuple[Quantity, Span] | None:
    """Return the quantity that onrecord reads in these sentences and that agrees with the model's number."""
    if not isinstance(answer, dict):
        return None
    for mention in analysis.quantities:
        own = mention.quantity
        if sentences.start <= analysis.doc[mention.start].idx < sentences.end and (
            own.vague == answer.get("vague")
            if own.vague
            else own.value is not None and own.value == answer.get("value")
        ):
            return own, analysis.span(mention.start, mention.end)
    return None


def _when(analysis: Analysis, sentences: Span, answer: Any) -> tuple[When, Span] | None:
    """Return the time that onrecord reads in these sentences under the model's words; None where it reads none."""
    if not isinstance(answer, str):
        return None
    wanted = answer.casefold()
    for mention in analysis.times:
        words = mention.when.text.casefold()
        if sentences.start <= analysis.doc[mention.start].idx < sentences.end and (words in wanted or wanted in words):
            return mention.when, analysis.span(mention.start, mention.end)
    return None
