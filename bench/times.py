"""Times: recall and right values against GUM's date expressions and the claims' `when`, and speed alone.

    python -m bench.times --shared ../shared

prints the figures and writes them to bench/results.json.
"""

from __future__ import annotations

import argparse
import calendar
import datetime as dt
import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc

from bench.results import save
from onrecord.language.text import BodyText
from onrecord.language.times import find_times
from onrecord.model import When

Days = tuple[dt.date, dt.date]


def claim_scores(path: Path, tokenize: spacy.Language) -> dict[str, float]:
    """Return the shares of gold `when`s met by a time in their evidence: in relation and days, and in words too."""
    met = Counter[str]()
    for when, found in _claims(path, tokenize):
        same = [f for f in found if [f.relation, str(f.start), str(f.end)] == [when["relation"], *_ends(when)]]
        met["all"] += 1
        met["days"] += bool(same)
        met["words"] += any(f.text.casefold() == when["text"].casefold() for f in same)
    return {"when": round(met["days"] / met["all"], 4), "words": round(met["words"] / met["all"], 4)}


def _ends(when: dict[str, Any]) -> tuple[str, str]:
    return str(when["start"]), str(when["end"])


def _claims(path: Path, tokenize: spacy.Language) -> Iterator[tuple[dict[str, Any], list[When]]]:
    """Yield each gold claim's `when` with the times found in its evidence."""
    for line in path.read_text(encoding="utf-8").splitlines():
        capture = json.loads(line)
        for story in capture["stories"]:
            body = BodyText(capture["text"], story["body"])
            doc = tokenize(body.text)
            day = dt.date.fromisoformat(story["published"][:10]) if story["published"] else None
            found = [(body.offset(doc[time.start].idx), time.when) for time in find_times(doc, day)]
            for claim in story["claims"]:
                if claim["when"]:
                    span = claim["evidence"]
                    yield claim["when"], [when for at, when in found if span["start"] <= at < span["end"]]


def gum_scores(path: Path, tokenize: spacy.Language) -> dict[str, dict[str, float]]:
    """Return by genre the recall of date expressions (any overlap), and the share of right days among those found.

    Clock times are left out; a value counts where GUM gives whole days (`when`, or `from` and `to`).
    """
    counts: dict[str, Counter[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        document = json.loads(line)
        count = counts.setdefault(document["genre"], Counter())
        doc = tokenize(document["text"])
        found = [(_span(doc, m.start, m.end), m.when) for m in find_times(doc, dt.date.fromisoformat(document["dct"]))]
        for gold in document["times"]:
            if re.match(r"\d\d:", gold.get("when", "")):
                continue
            here = [(b - a, when) for (a, b), when in found if a < gold["end"] and b > gold["start"]]
            days = _days(gold)
            count["all"] += 1
            count["found"] += bool(here)
            if here and days:
                count["valued"] += 1
                longer = len(gold["text"]) + 4
                count["right"] += any(_agrees(when, days, within=size > longer) for size, when in here)
    return {
        genre: {"recall": _share(c["found"], c["all"]), "values": _share(c["right"], c["valued"]), "times": c["all"]}
        for genre, c in sorted(counts.items())
    }


def _span(doc: Doc, start: int, end: int) -> tuple[int, int]:
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _agrees(when: When, days: Days, *, within: bool) -> bool:
    """Return whether a time says these days: all of them, its one bound, or (`within` a range) the range's bound."""
    one_day = dt.timedelta(days=1)
    if when.relation == "by":
        return when.end in (days[1], days[0] - one_day)
    if when.relation == "since":
        return when.start in (days[0], days[1] + one_day)
    ranged = within and re.search(r" to |[-–—&]|and|through|until", when.text) is not None
    return (when.start, when.end) == days or (ranged and (when.start == days[0] or when.end == days[1]))


def _days(gold: dict[str, str]) -> Days | None:
    first, last = gold.get("when", gold.get("from")), gold.get("when", gold.get("to"))
    a, b = _written(first), _written(last)
    return (a[0], b[1]) if a and b else None


def _written(value: str | None) -> Days | None:
    """Return the days of `2014`, `2014-07` or `2014-07-28`."""
    match = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T.*)?", value or "")
    if match is None:
        return None
    year, month, day = int(match[1]), int(match[2] or 0), int(match[3] or 0)
    last = calendar.monthrange(year, month or 12)[1]
    try:
        return dt.date(year, month or 1, day or 1), dt.date(year, month or 12, day or last)
    except ValueError:
        return None


def sentences_per_second(path: Path, tokenize: spacy.Language) -> int:
    """Return how many sentences of the captures are read for times in a second, tokens given."""
    docs = [tokenize(json.loads(line)["text"]) for line in path.read_text(encoding="utf-8").splitlines()]
    sentences = sum(len(re.findall(r"[.!?][\"”]?\s", doc.text)) for doc in docs)
    rounds = []
    for _ in range(5):
        start = time.perf_counter()
        for doc in docs:
            find_times(doc, dt.date(2025, 6, 9))
        rounds.append(time.perf_counter() - start)
    return round(sentences / sorted(rounds)[2])


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    shared = parser.parse_args().shared
    tokenize = spacy.blank("en")
    figures = {
        "claims, dev": claim_scores(shared / "claims" / "dev.jsonl", tokenize),
        "claims, own": claim_scores(shared / "claims" / "own.jsonl", tokenize),
        "gum": gum_scores(shared / "times" / "gum-dev.jsonl", tokenize),
        "sentences per second": sentences_per_second(shared / "claims" / "own.jsonl", tokenize),
    }
    save("times", figures)
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
