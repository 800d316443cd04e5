"""Counting what was read right, of captures whose stories, statements and claims are known.

Claims are paired one to one, best pair first, among pairs whose evidence overlaps and whose quantities agree. Such a
pair is `found`; it is `core` where its kind is right, and `full` where every slot is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final, TypeVar, get_args

from msgspec import Struct

from onrecord.model import ClaimKind, Quantity, Span
from onrecord.scoring.alike import plain, same_name, same_number, same_quantity, same_when, same_words
from onrecord.scoring.gold import GoldCapture, GoldClaim, GoldStatement, GoldStory

SLOTS: Final = (
    *("kind", "actor", "measure", "of", "out_of", "comparator", "change", "from", "per", "when", "said_by", "negated"),
)
DETAILS: Final = ("headline", "dateline", "agency", "byline", "published")
LEVELS: Final = ("found", "core", "full")
KINDS: Final[tuple[ClaimKind, ...]] = get_args(ClaimKind)
_SAME_STORY: Final = 0.8
"""Share of the characters of two bodies, taken together, that both must have."""
_SAME_STATEMENT: Final = 0.7
_BEFORE: Final = "\"'“”‘’ ,\n"
_BEHIND: Final = _BEFORE + "."
_One = TypeVar("_One")
_Run = tuple[int, int]


class Tally(Struct, frozen=True):
    """How many are right, of how many there are, and of how many that were read."""

    hit: int
    gold: int
    predicted: int

    @property
    def precision(self) -> float:
        """Share of what was read that is right; 0 where nothing was read."""
        return self.hit / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of what there is that was read; 0 where there is nothing."""
        return self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        return 2 * self.hit / (self.gold + self.predicted) if self.hit else 0.0


class Share(Struct, frozen=True):
    """How many are right, of how many."""

    right: int
    of: int

    @property
    def value(self) -> float:
        """The share, 0 to 1; 0 where there are none."""
        return self.right / self.of if self.of else 0.0


class Scores(Struct, frozen=True, kw_only=True):
    """All that is measured."""

    captures: int
    unread: int
    """Captures for which there is no reading: all that is in them counts as missed."""
    stories: Tally
    body_characters: Tally
    details: dict[str, Share]
    """Of the stories found."""
    photos: Tally
    statements: Tally
    speakers: Share
    """Of the statements found."""
    quoted_statements: Share
    """Of the statements with words in quotation marks."""
    quoted_speakers: Share
    claims: dict[str, Tally]
    """By level, of all, of those with a quantity and of those without."""
    slots: dict[str, Share]
    """Of the claims with a quantity that were found."""
    kinds: dict[str, Tally]
    """`core` by the kind of claim."""


class Miss(Struct, frozen=True, kw_only=True):
    """A claim that was missed (`read` is None), invented (`gold` is None) or read wrong in `slots`."""

    capture: str
    words: str
    gold: GoldClaim | None
    read: GoldClaim | None
    slots: tuple[str, ...] = ()


def score(pairs: Iterable[tuple[GoldCapture, Sequence[GoldStory] | None]]) -> Scores:
    """Return the scores of captures, each with the stories that were read in it; None: it was not read."""
    counts = Counter[str]()
    for gold, read in pairs:
        counts["captures"] += 1
        counts["unread"] += read is None
        counts.update(_counts(gold, read or ()))
    return _scores(counts)


def misses(gold: GoldCapture, read: Sequence[GoldStory] | None) -> Iterator[Miss]:
    """Yield what is wrong with the claims that were read in a capture: slots first, then missed and invented ones."""
    there, found = _claims(gold.stories), _claims(read or ())
    pairs = _claim_pairs(there, found)
    for i, j in pairs:
        if wrong := tuple(slot for slot, right in _slots(there[i], found[j]).items() if not right):
            yield Miss(capture=gold.id, words="", gold=there[i], read=found[j], slots=wrong)
    for i in sorted(set(range(len(there))) - {i for i, _ in pairs}):
        yield Miss(capture=gold.id, words=there[i].evidence.of(gold.text), gold=there[i], read=None)
    for j in sorted(set(range(len(found))) - {j for _, j in pairs}):
        yield Miss(capture=gold.id, words=found[j].evidence.of(gold.text), gold=None, read=found[j])


def _counts(gold: GoldCapture, read: Sequence[GoldStory]) -> Counter[str]:
    counts = Counter[str]()
    for part in (_story_counts(gold, read), _photo_counts(gold, read), _statement_counts(gold, read)):
        counts.update(part)
    there, found = _claims(gold.stories), _claims(read)
    counts.update(_claim_counts("", there, found))
    for name, wanted in (("quantified ", True), ("unquantified ", False)):
        some = [[claim for claim in claims if (claim.quantity is not None) is wanted] for claims in (there, found)]
        counts.update(_claim_counts(name, *some))
    return counts


def _story_counts(gold: GoldCapture, read: Sequence[GoldStory]) -> Counter[str]:
    bodies, others = [_body(s) for s in gold.stories], [_body(s) for s in read]

    def alike(one: list[_Run], other: list[_Run]) -> bool:
        shared = _shared(one, other)
        return shared / max(1, _size(one) + _size(other) - shared) >= _SAME_STORY

    pairs = _paired(bodies, others, alike, _shared)
    counts = _tally("stories", len(pairs), len(bodies), len(others))
    whole, other_whole = _merged(chain(*bodies)), _merged(chain(*others))
    counts.update(_tally("body", _shared(whole, other_whole), _size(whole), _size(other_whole)))
    for i, j in pairs:
        for name in DETAILS:
            counts[f"{name} of"] += 1
            counts[f"{name} right"] += _same_detail(name, gold.stories[i], read[j])
    return counts


def _same_detail(name: str, gold: GoldStory, read: GoldStory) -> bool:
    if name == "published":
        return (gold.published or None) == ((read.published or "")[:10] or None)
    return plain(getattr(gold, name)) == plain(getattr(read, name))


def _photo_counts(gold: GoldCapture, read: Sequence[GoldStory]) -> Counter[str]:
    there, found = (Counter(plain(p.caption) for story in s for p in story.photos) for s in (gold.stories, read))
    return _tally("photos", (there & found).total(), there.total(), found.total())


def _statement_counts(gold: GoldCapture, read: Sequence[GoldStory]) -> Counter[str]:
    there, found = ([one for story in stories for one in story.statements] for stories in (gold.stories, read))
    spans, others = ([_unquoted(gold.text, one.content) for one in some] for some in (there, found))
    pairs = _paired(spans, others, lambda one, other: _overlap(one, other) >= _SAME_STATEMENT, _overlap)
    counts = _tally("statements", len(pairs), len(there), len(found))
    counts["quoted of"] = sum(map(_is_quoted, there))
    for i, j in pairs:
        right = same_name(there[i].speaker, found[j].speaker)
        counts["speakers right"] += right
        counts["quoted right"] += _is_quoted(there[i])
        counts["quoted speakers right"] += right and _is_quoted(there[i])
    return counts


def _is_quoted(statement: GoldStatement) -> bool:
    return statement.kind != "indirect"


def _claim_counts(part: str, gold: Sequence[GoldClaim], read: Sequence[GoldClaim]) -> Counter[str]:
    pairs = _claim_pairs(gold, read)
    counts = _tally(f"{part}found", len(pairs), len(gold), len(read))
    for i, j in pairs:
        right = _slots(gold[i], read[j])
        counts[f"{part}core hit"] += right["kind"]
        counts[f"{part}full hit"] += all(right.values())
        if part == "quantified ":
            counts.update({f"{slot} right": int(is_right) for slot, is_right in right.items()})
        if not part and right["kind"]:
            counts[f"{gold[i].kind} hit"] += 1
    if not part:
        counts.update(f"{claim.kind} gold" for claim in gold)
        counts.update(f"{claim.kind} predicted" for claim in read)
    return counts


def _claim_pairs(gold: Sequence[GoldClaim], read: Sequence[GoldClaim]) -> list[tuple[int, int]]:
    def alike(one: GoldClaim, other: GoldClaim) -> bool:
        if not one.evidence.overlaps(other.evidence) or not same_quantity(one.quantity, other.quantity):
            return False
        return one.quantity is not None or one.kind == other.kind

    return _paired(gold, read, alike, lambda one, other: sum(_slots(one, other).values()))


_NO_QUANTITY: Final = Quantity(value=0)
"""Stands in for a missing quantity where only what it says beside its number is compared."""


def _slots(gold: GoldClaim, read: GoldClaim) -> dict[str, bool]:
    """Return for each slot whether it is right."""
    one, other = gold.quantity or _NO_QUANTITY, read.quantity or _NO_QUANTITY
    return {
        "kind": gold.kind == read.kind,
        "actor": same_name(gold.actor, read.actor),
        "measure": same_words(gold.measure, read.measure),
        "of": same_words(one.of, other.of),
        "out_of": same_number(one.out_of, other.out_of),
        "comparator": one.comparator == other.comparator,
        "change": one.change == other.change,
        "from": same_number(one.from_, other.from_),
        "per": (one.per or None) == (other.per or None),
        "when": same_when(gold.when, read.when),
        "said_by": same_name(gold.said_by, read.said_by),
        "negated": gold.negated == read.negated,
    }


def _claims(stories: Sequence[GoldStory]) -> list[GoldClaim]:
    return [claim for story in stories for claim in story.claims]


def _paired(
    gold: Sequence[_One],
    read: Sequence[_One],
    alike: Callable[[_One, _One], bool],
    quality: Callable[[_One, _One], float],
) -> list[tuple[int, int]]:
    """Pair by their places those that are alike, one to one, best first; of equal ones those that stand first."""
    possible = [
        (-quality(one, other), i, j) for i, one in enumerate(gold) for j, other in enumerate(read) if alike(one, other)
    ]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(possible):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return list(pairs.items())


def _body(story: GoldStory) -> list[_Run]:
    return _merged(story.body or [(story.start, story.end)])


def _merged(runs: Iterable[_Run]) -> list[_Run]:
    """Return the runs in order, those that touch made one."""
    merged: list[_Run] = []
    for start, end in sorted(runs):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _size(runs: Sequence[_Run]) -> int:
    return sum(end - start for start, end in runs)


def _shared(runs: Sequence[_Run], others: Sequence[_Run]) -> int:
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in runs for b in others)


def _unquoted(text: str, span: Span) -> _Run:
    """Return a span without the quotation marks and stops at its ends."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip(_BEFORE))
    return (start, max(start, span.start + len(words.rstrip(_BEHIND))))


def _overlap(one: _Run, other: _Run) -> float:
    """Return the characters that two runs share, of those from the first to the last of either."""
    return _shared([one], [other]) / max(1, max(one[1], other[1]) - min(one[0], other[0]))


def _tally(name: str, hit: int, gold: int, predicted: int) -> Counter[str]:
    return Counter({f"{name} hit": hit, f"{name} gold": gold, f"{name} predicted": predicted})


def _scores(counts: Mapping[str, int]) -> Scores:
    def tally(name: str, of: str | None = None) -> Tally:
        of = name if of is None else of
        return Tally(counts[f"{name} hit"], counts[f"{of} gold"], counts[f"{of} predicted"])

    def share(name: str, of: int) -> Share:
        return Share(counts[f"{name} right"], of)

    parts = ("", "quantified ", "unquantified ")
    return Scores(
        captures=counts["captures"],
        unread=counts["unread"],
        stories=tally("stories"),
        body_characters=tally("body"),
        details={name: share(name, counts[f"{name} of"]) for name in DETAILS},
        photos=tally("photos"),
        statements=tally("statements"),
        speakers=share("speakers", counts["statements hit"]),
        quoted_statements=share("quoted", counts["quoted of"]),
        quoted_speakers=share("quoted speakers", counts["quoted right"]),
        claims={f"{part}{level}": tally(f"{part}{level}", f"{part}found") for part in parts for level in LEVELS},
        slots={slot: share(slot, counts["quantified found hit"]) for slot in SLOTS},
        kinds={kind: tally(kind) for kind in KINDS},
    )


def as_json(scores: Scores) -> dict[str, object]:
    """Return the scores as JSON's own types, shares rounded to four places."""
    return {name: _plain(getattr(scores, name)) for name in Scores.__struct_fields__}


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, Share):
        return {"share": round(value.value, 4), "right": value.right, "of": value.of}
    if isinstance(value, Tally):
        rates = {name: round(getattr(value, name), 4) for name in ("precision", "recall", "f1")}
        return rates | {"hit": value.hit, "gold": value.gold, "predicted": value.predicted}
    return value
