"""What somebody types to search for, taken apart so that nothing of it can be syntax to a database.

Words must all stand, in any order and inflection; a "quoted phrase" or a hyphenated-word as it is; `pledg*` is the
beginning of a word, of three letters at least, for too many words begin with fewer; `OR` parts alternatives.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache, reduce
from typing import Any, Final

from msgspec import Struct
from sqlalchemy import ColumnElement, Text, func, literal

_PART: Final = re.compile(r'"(?P<phrase>[^"]*)"?(?P<more>\*?)|(?P<word>[^\s"]+)')
_WORD: Final = re.compile(r"[^\W_]+")
_SHORTEST: Final = 3
_ENDING: Final = re.compile(r"(?<=\w{3})(?:ies|ed|es|ing|ings|ment|ments|ly|e|y|s)\Z")
_DOUBLED: Final = re.compile(r"([bdgmnprt])\1\Z")  # planned, plan
_QUOTES: Final = str.maketrans("“”„«»", '"""""')


class Term(Struct, frozen=True):
    """Words that stand one after the other; of the last one, where `prefix`, at least the beginning."""

    words: tuple[str, ...]
    prefix: bool = False


Alternatives = tuple[tuple[Term, ...], ...]
"""Any of these, each with all its terms."""


def alternatives_in(typed: str) -> Alternatives:
    """Return what is looked for; empty where nothing typed is a word."""
    found: list[list[Term]] = [[]]
    for part in _PART.finditer(typed.translate(_QUOTES)):
        if part["word"] == "OR":
            found.append([])
            continue
        words = words_in(part["word"] or part["phrase"])
        if words:
            starred = bool(part["more"]) or (part["word"] or "").endswith("*")
            found[-1].append(Term(words, prefix=starred and len(words[-1]) >= _SHORTEST))
    return tuple(tuple(terms) for terms in found if terms)


def words_in(text: str) -> tuple[str, ...]:
    """Return the words of a text: its runs of letters and digits."""
    return tuple(_WORD.findall(unicodedata.normalize("NFC", text)))


def fts5(alternatives: Alternatives) -> str:
    """Return a query of FTS5."""
    return " OR ".join(f"({' AND '.join(map(_quoted, terms))})" for terms in alternatives)


def spans_in(text: str, alternatives: Alternatives) -> list[tuple[int, int]]:
    """Return where in a text words stand that were looked for, as nearly as English endings tell."""
    terms = [term for terms in alternatives for term in terms]
    whole = {_stem(word) for term in terms for word in (term.words[:-1] if term.prefix else term.words)}
    beginnings = tuple(_plain(term.words[-1]) for term in terms if term.prefix)
    found = []
    for match in _WORD.finditer(text):
        word = match[0]
        if _stem(word) in whole or (beginnings and _plain(word).startswith(beginnings)):
            found.append(match.span())
    return found


def tsquery(alternatives: Alternatives, weight: str = "") -> ColumnElement[Any]:
    """Return a query of PostgreSQL; `weight` is that of the words to be searched, empty for all."""
    either = (_joined("&&", (_tsquery(term, weight) for term in terms)) for terms in alternatives)
    return _joined("||", either)


def _plain(word: str) -> str:
    if word.isascii():  # as most words are
        return word.lower()
    return "".join(one for one in unicodedata.normalize("NFD", word.casefold()) if not unicodedata.combining(one))


@lru_cache(maxsize=20_000)  # a text is made of the same words as the others
def _stem(word: str) -> str:
    return _DOUBLED.sub(r"\1", _ENDING.sub("", _plain(word)))


def _quoted(term: Term) -> str:
    return f'"{" ".join(term.words)}"' + (" *" if term.prefix else "")


def _tsquery(term: Term, weight: str) -> ColumnElement[Any]:
    # words are letters and digits, so that between quotation marks none of them is an operator
    flags = [weight] * (len(term.words) - 1) + ["*" * term.prefix + weight]
    parts = (_one(word, flag) for word, flag in zip(term.words, flags, strict=True))
    return reduce(func.tsquery_phrase, parts)


def _one(word: str, flag: str) -> ColumnElement[Any]:
    plain = literal("'", Text).concat(func.onrecord_plain(word)).concat(f"':{flag}" if flag else "'")
    return func.to_tsquery("onrecord", plain)


def _joined(operator: str, parts: Iterable[ColumnElement[Any]]) -> ColumnElement[Any]:
    return reduce(lambda one, other: one.op(operator)(other), parts)
