"""The country that a story comes from or is about: whose money a bare `$` is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from spacy.tokens import Doc

from onrecord.language.gazetteer import country_of

_SHARE = 0.6
"""Share of all mentions of countries from which one is the story's own; below it the story has several."""


def home_country(doc: Doc, dateline: str | None) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a story's country, None where it cannot be told.

    The dateline's (`SYDNEY, Australia`, `OTTAWA`) counts first, then the country most mentioned, by its name, people,
    adjective or capital, if it has most of all such mentions.
    """
    if dateline and (country := country_of(dateline.rpartition(",")[2].strip())):
        return country
    counts = Counter(_mentioned(doc))
    if not counts:
        return None
    country, most = min(counts.items(), key=lambda item: (-item[1], item[0]))
    return country if most >= 2 and most >= _SHARE * counts.total() else None


def _mentioned(doc: Doc) -> Iterator[str]:
    named = {token.i for ent in doc.ents for token in ent}
    words = [ent.text for ent in doc.ents]
    words += [token.text for token in doc if token.i not in named and token.text[:1].isupper()]
    for word in words:
        if country := country_of(word):
            yield country
