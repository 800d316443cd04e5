"""Turn annotated stories of our own writing (training/claims/*.txt) into the form that tools/train_claims reads.

    python tools/compile_claims.py training/claims/*.txt > build/written.jsonl

A file holds stories, each with a head line, its paragraphs, a line of two dashes, and a line a claim:

    == id | 2025-03-04 | OSLO
    The first paragraph.

    The second one.
    --
    commitment | Norway | defence spending | 2.5% of GDP | by 2030 | Jonas Vik
    not forecast | Norway | growth | 3% | - | -
    commitment | Arden | build a second bridge | - | - | Arden

Fields: kind (`not` before it: negated), actor, measure, words of the quantity, words of the time, who says so, and, if
it is not what onrecord's grammar of quantities reads, the change (`level`, `increase`, `decrease`); `-` for none. The
words of a quantity stand in the story; `#2` behind them means their second standing. A claim without a
quantity stands in the sentence that has its measure's words. Number, unit and days are read by onrecord's own grammars
at those words, so a story teaches what belongs together, not how numbers are read. Quantities that no line names are
no claims.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import msgspec

from onrecord.language import Analysis, analyse
from onrecord.model import Story

KINDS = ("commitment", "demand", "proposal", "forecast", "figure")
CHANGES = ("level", "increase", "decrease")


def parts(path: Path) -> list[str]:
    """Return the stories of a file as they are written."""
    return re.split(r"^== ", path.read_text(encoding="utf-8"), flags=re.M)[1:]


def compiled(part: str) -> dict[str, Any]:
    """Return the gold capture of a written story; raises ValueError naming the story and the line at fault."""
    head, _, rest = part.partition("\n")
    name, published, dateline = (field.strip() for field in head.split("|"))
    text, _, lines = rest.partition("\n--\n")
    text = text.strip()
    story = Story(
        start=0,
        end=len(text),
        published=None if published == "-" else published,
        dateline=None if dateline == "-" else dateline,
        language="en",
        body=((0, len(text)),),
    )
    analysis = analyse(story, text)
    claims = [_claim(analysis, name, line) for line in lines.splitlines() if line.strip()]
    gold = {**msgspec.to_builtins(story), "claims": claims}
    return {"id": name, "text": text, "published": story.published, "stories": [gold]}


def _claim(analysis: Analysis, name: str, line: str) -> dict[str, Any]:
    fields = [None if field.strip() == "-" else field.strip() for field in line.split("|")]
    if len(fields) not in {6, 7} or fields[0] is None:
        raise ValueError(f"{name}: not six or seven fields: {line}")
    kind, actor, measure, amount, time, sayer, change = [*fields, None][:7]
    negated, kind = kind.startswith("not "), kind.removeprefix("not ")
    if kind not in KINDS or change not in {None, *CHANGES}:
        raise ValueError(f"{name}: unknown kind or change: {line}")
    at = _find(analysis, name, amount or measure or "", line)
    mention = _at(analysis, analysis.quantities, at) if amount else None
    if amount and mention is None:
        raise ValueError(f"{name}: onrecord reads no quantity at {amount!r}: {line}")
    sentence = next(s for s in analysis.doc.sents if s.start_char <= at[0] < s.end_char)
    when = _when(analysis, name, time, sentence.start_char, sentence.end_char, line) if time else None
    return {
        "kind": kind,
        "actor": actor,
        "measure": measure,
        "quantity": _quantity(mention, change) if mention else None,
        "when": when,
        "said_by": sayer,
        "negated": negated,
        "evidence": {"start": sentence.start_char, "end": sentence.end_char},
    }


def _quantity(mention: Any, change: str | None) -> dict[str, Any]:
    read: dict[str, Any] = msgspec.to_builtins(mention.quantity)
    return {**read, "change": change or read["change"]}


def _find(analysis: Analysis, name: str, words: str, line: str) -> tuple[int, int]:
    words, _, nth = words.partition("#")
    text, start = analysis.doc.text, -1
    for _ in range(int(nth or 1)):
        start = text.find(words.strip(), start + 1)
        if start < 0:
            raise ValueError(f"{name}: {words.strip()!r} does not stand in the story: {line}")
    return start, start + len(words.strip())


def _at(analysis: Analysis, mentions: Any, at: tuple[int, int]) -> Any:
    for mention in mentions:
        last = analysis.doc[mention.end - 1]
        if analysis.doc[mention.start].idx < at[1] and at[0] < last.idx + len(last):
            return mention
    return None


def _when(analysis: Analysis, name: str, words: str, start: int, end: int, line: str) -> Any:
    at = analysis.doc.text.find(words, start, end)
    if at < 0:
        raise ValueError(f"{name}: {words!r} does not stand in the sentence: {line}")
    mention = _at(analysis, analysis.times, (at, at + len(words)))
    if mention is None:
        raise ValueError(f"{name}: onrecord reads no time at {words!r}: {line}")
    return msgspec.to_builtins(mention.when)


def main() -> None:
    faults = 0
    for part in (part for path in sys.argv[1:] for part in parts(Path(path))):
        try:
            print(json.dumps(compiled(part), ensure_ascii=False))
        except ValueError as fault:
            print(fault, file=sys.stderr)
            faults += 1
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
