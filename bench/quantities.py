"""How fast quantities are read: sentences a second on one core, the text already in tokens.

    python bench/quantities.py [CAPTURES.jsonl]

Reads the `text` of each line, the sentences below without a file.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import spacy

from onrecord.language.quantities import find_quantities

SENTENCES = (
    "The ministry will spend $4.5 billion, or 2.5% of GDP, on roads by 2030, up from 1.9% last year.",
    "At least 23 people were hurt and more than 140,000 left their homes, officials said.",
    "The minister said that nobody had been told of the plan before the council met.",
    "Exports rose between 5% and 7% to 40 million tonnes a year, three times the volume of 2010.",
    "Maria Santos, 42, who runs a bakery on the square, hopes that the bridge will open again in June.",
)


def main() -> None:
    texts = _texts(Path(sys.argv[1])) if len(sys.argv) > 1 else [" ".join(SENTENCES)] * 400
    nlp = spacy.blank("en")
    nlp.max_length = 10**9
    nlp.add_pipe("sentencizer")
    docs = [nlp(text) for text in texts]
    sentences = sum(1 for doc in docs for _ in doc.sents)
    best = min(_seconds(docs) for _ in range(5))
    print(f"{sentences / best:,.0f} sentences/s ({sentences} sentences, best of 5 runs, processor time)")


def _texts(path: Path) -> list[str]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines if line.strip()]


def _seconds(docs: list[spacy.tokens.Doc]) -> float:
    start = time.process_time()
    for doc in docs:
        find_quantities(doc)
    return time.process_time() - start


if __name__ == "__main__":
    main()
