"""A claim's words, as far as a check needs them: its sentences, the words of its number, hedges beside it."""

from __future__ import annotations

import re
from functools import cached_property

from onrecord.model import Claim, Quantity, Span
from onrecord.verdicts.vocabulary import TARGET, TARGET_NUMBER

_TOKEN = re.compile(r"[^\W_][\w&.’'-]*")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b(?![,.%]\d)")
_NEARLY = re.compile(r"\b(?:nearly|almost|just under|close to|not quite|just below)\W*$")
_PER_HEAD = re.compile(
    r"\bper[ -](?:person|head|capita|inhabitant|resident|citizen)\b|\ba head\b"
    r"|\b(?:tonnes?|tons?) (?:of \w+ )?each\b"
    r"|\beach (?:person|citizen|\w+(?:an|ese|ish))\b|\bthe average (?:person|citizen|\w+(?:an|ese|ish))\b"
)
_OTHER_PRICES = re.compile(
    r"\breal[ -]terms?\b|\binflation[ -]adjusted\b|\badjust\w+ for inflation\b|\bconstant (?:prices|dollars)\b"
    r"|\bpurchasing[ -]power\b|\bppp\b|\bin (?:19|20)\d\d (?:prices|dollars|pounds|euros|money)\b"
)
_REACHED = re.compile(r"\b(?:to|below|under|above|past|beyond|topp\w+|surpass\w+|exceed\w*|reach\w*|hit) (?:[a-z]+ )?$")
_SHORT = 5
"""Words up to which a measure with a word for a target is that target."""
_FRACTION = re.compile(r"\b(?:half|thirds?|quarters?|fifths?|sixth|eighth|tenths?)\b")
AHEAD = re.compile(
    r"\b(?:will|shall|would|should|could|might|must|if|ought to|pledg\w+|promis\w+|vow\w+|plans?|planned|planning|"
    r"aims?|intends?|going to|(?:wants?|wanted|seeks?|hopes?|needs?|calls? for|called for|urged|agreed|committed|"
    r"decided) (?:[\w.]+ )?to|(?:is|are) (?:set|expected|projected|forecast|due|likely) to)\b"
)
"""Words of what is to come or is wanted."""
HEADS = frozenset({"capita", "person", "head", "inhabitant", "resident", "citizen"})


class Wording:
    """The words of one claim; everything in lower case unless it says otherwise."""

    def __init__(self, claim: Claim, quantity: Quantity | None, about: str = "") -> None:
        self.claim, self.quantity = claim, quantity
        self.about = about.lower()
        """Words that tell what the story is about; they count where the claim's own name nothing (`its outlay`)."""
        self.evidence = " ".join(claim.selector.exact.split()).replace("’", "'")
        """The sentences, upper case kept."""
        self.text = self.evidence.lower()
        self.measure = (claim.measure or "").lower().replace("’", "'")

    @cached_property
    def number(self) -> str:
        """The digits of the claim's number as written, without separators; empty where they cannot be told."""
        span = self.claim.spans.quantity
        return _digits(self._words(span)) if span is not None else self._digits_of_value()

    @cached_property
    def nearly(self) -> bool:
        """Whether the number is said to be not quite reached."""
        span = self.claim.spans.quantity
        if span is None:
            return bool(re.search(r"\b(?:nearly|almost|just under|close to)\b", self.text))
        start, exact = self.claim.evidence.start, self.claim.selector.exact.lower()
        inside = re.match(r"\W*(?:nearly|almost|just under|close to)\b", self._words(span).lower())
        return bool(inside or _NEARLY.search(exact[: max(span.start - start, 0)]))

    @cached_property
    def is_reached(self) -> bool:
        """Whether the number is where a move ends (`fell below 80 million`), not how far it goes."""
        span = self.claim.spans.quantity
        if span is None:
            return False
        exact = " ".join(self.claim.selector.exact[: max(span.start - self.claim.evidence.start, 0)].lower().split())
        inside = self._words(span).lower()
        return bool(_REACHED.search(f"{exact} ") or re.match(r"(?:to|below|under|above|past|beyond)\b", inside))

    @cached_property
    def is_target(self) -> bool:
        """Whether the number is a percentage that is to be met."""
        found = {float(number) for pair in TARGET_NUMBER.findall(self.text) for number in pair if number}
        value = self.quantity.value if self.quantity and self.quantity.unit == "percent" else None
        named = len(self.measure.split()) <= _SHORT and bool(TARGET.search(self.measure))
        return value is not None and (value in found or named)

    @cached_property
    def is_fraction(self) -> bool:
        """Whether the number is a word for a part (`half`, `a third`), which is never meant to the digit."""
        return not self.number and bool(_FRACTION.search(self.text))

    @cached_property
    def is_ahead(self) -> bool:
        """Whether the clause before the number speaks of what is to come or is wanted."""
        span = self.claim.spans.quantity
        end = max(span.start - self.claim.evidence.start, 0) if span else len(self.claim.selector.exact)
        before = self.claim.selector.exact[:end].lower().replace("’", "'")
        return bool(AHEAD.search(re.split(r"[,;:.](?=\s)", before)[-1]))

    @property
    def per_head(self) -> bool:
        """Whether an amount is per head of the population."""
        per = self.quantity.per if self.quantity else None
        return per in HEADS or (per is None and bool(_PER_HEAD.search(f"{self.measure} {self.text}")))

    @property
    def other_prices(self) -> str | None:
        """The words by which money is at other prices than those of its year."""
        found = _OTHER_PRICES.search(self.text)
        return found.group() if found else None

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years that the sentences name, in order."""
        return tuple(dict.fromkeys(int(year) for year in _YEAR.findall(self.text)))

    def has(self, pattern: re.Pattern[str]) -> bool:
        """Return whether the sentences hold what `pattern` describes."""
        return bool(pattern.search(self.text))

    def _digits_of_value(self) -> str:
        """Return the first number of the sentences that is the quantity's, by itself or with a scale word behind it."""
        value = self.quantity.value if self.quantity else None
        written = (digits.replace(",", "") for digits in _NUMBER.findall(self.text))
        sizes = (1.0, 1e3, 1e6, 1e9, 1e12)
        return next((n for n in written if value is not None and value in {float(n) * size for size in sizes}), "")

    def _words(self, span: Span | None) -> str:
        if span is None or not self.claim.evidence.contains(span):
            return ""
        start = self.claim.evidence.start
        return self.claim.selector.exact[span.start - start : span.end - start]


def tokens(text: str) -> list[str]:
    """Return the words of `text` in lower case, without possessive marks and closing dots."""
    return [word.rstrip(".'-").removesuffix("'s") for word in _TOKEN.findall(text.lower().replace("’", "'"))]


def _digits(words: str) -> str:
    found = _NUMBER.findall(words)
    return found[-1].replace(",", "") if found else ""
