"""The frozen values that travel through onrecord.

Every offset is a 0-based, end-exclusive offset in Unicode code points into `Capture.text`. Fields follow the
annotation scheme in `docs/scheme.md`; a value that breaks it refuses to exist (`ValueError`).
"""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import Struct, field

ClaimKind = Literal["commitment", "demand", "proposal", "forecast", "figure"]
StatementKind = Literal["direct", "mixed", "indirect"]
OriginalForm = Literal["bytes", "text", "html"]
"""Bytes of a file or an answer, whose kind and encoding they tell; or text, plain or HTML, in UTF-8."""
Comparator = Literal["=", ">=", ">", "<=", "<", "~"]
Change = Literal["level", "increase", "decrease"]
Relation = Literal["by", "in", "since"]
Judgement = Literal["supported", "imprecise", "refuted", "uncheckable"]
Reason = Literal[
    "no indicator",
    "no entity",
    "no period",
    "no observation",
    "vague quantity",
    "not a statistic",
    "in the future",
]
Vague = Literal[
    "dozens",
    "scores",
    "hundreds",
    "thousands",
    "tens of thousands",
    "hundreds of thousands",
    "millions",
    "billions",
    "trillions",
]


class Span(Struct, frozen=True, order=True):
    """Half-open range [start, end) of characters in a capture's text; never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, got [{self.start}, {self.end})")

    def of(self, text: str) -> str:
        """Return the words of `text` at this span."""
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Return whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Return whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


class TextQuoteSelector(Struct, frozen=True):
    """W3C Web Annotation text quote: finds the words again on the live page (up to 32 characters around them)."""

    exact: str
    prefix: str
    suffix: str


def select(text: str, span: Span) -> TextQuoteSelector:
    """Return the text quote selector of `span` in `text`."""
    return TextQuoteSelector(span.of(text), text[max(0, span.start - 32) : span.start], text[span.end : span.end + 32])


class Block(Struct, frozen=True):
    """One block of visible text, with what the markup knows of it; a line or paragraph for plain text.

    Blocks stand in reading order and do not overlap. What plain text cannot know keeps its default.
    """

    span: Span
    tag: str = ""
    """Lower-case name of the block's element (`p`, `h1`, `li`, `figcaption`, `time`); empty for plain text."""
    context: tuple[str, ...] = ()
    """Lower-case element names, roles, classes and ids of the ancestors, outermost first; empty for plain text."""
    within: tuple[int, ...] = ()
    """Numbers on the page of the same elements, outermost first: blocks share those that they share."""
    link_share: float = 0.0
    """Share of the block's characters that stand in links, 0 to 1."""
    moment: str | None = None
    """`datetime` attribute of a `time` element in the block, as written."""


class Markup(Struct, frozen=True):
    """What a page's head and embedded data say of its main story, each as written there; None where they are silent."""

    title: str | None = None
    headline: str | None = None
    description: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    language: str | None = None
    url: str | None = None
    site: str | None = None
    body: str | None = None
    """JSON-LD `articleBody`."""


class Original(Struct, frozen=True):
    """What a capture was made from, as it came: enough to make it again (`captures.capture_from_original`)."""

    data: bytes
    form: OriginalForm
    content_type: str | None = None
    """What came with the bytes, such as `text/html; charset=utf-8`; None where nothing did."""


class Capture(Struct, frozen=True):
    """One captured page: its text, where it came from, and its blocks.

    `id` is the SHA-256 of the original's bytes in hex. `language` is an ISO 639-1 code, or `und` where nothing is
    known.
    """

    source: str
    id: str
    text: str
    blocks: tuple[Block, ...]
    language: str = "und"
    markup: Markup | None = None
    original: Original | None = None
    """None for a capture that was not made from bytes here, such as one of a reading taken over from elsewhere."""


class Skipped(Struct, frozen=True):
    """An input that could not be read, and why, in words for a person."""

    source: str
    reason: str


class Photo(Struct, frozen=True):
    """A picture's caption without its credit, and the credit; `span` is the caption's first standing."""

    caption: str
    credit: str | None
    span: Span


class Statement(Struct, frozen=True, kw_only=True):
    """Something that a story attributes to somebody."""

    speaker: str | None
    """Most specific name that the story uses for whoever said it; None if it gives none."""
    cue: str | None
    kind: StatementKind
    content: Span
    selector: TextQuoteSelector
    speaker_span: Span | None = None
    cue_span: Span | None = None


class Quantity(Struct, frozen=True, kw_only=True):
    """A number with its unit. Exactly one of `value`, `low`/`high` (either or both) and `vague` is given."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    vague: Vague | None = None
    unit: str = "count"
    of: str | None = None
    out_of: float | None = None
    comparator: Comparator = "="
    change: Change = "level"
    from_: float | None = field(default=None, name="from")
    per: str | None = None

    def __post_init__(self) -> None:
        ranged = self.low is not None or self.high is not None
        if (self.value is not None) + ranged + (self.vague is not None) != 1:
            raise ValueError("a quantity needs exactly one of a value, a range and a vague number word")


class When(Struct, frozen=True, kw_only=True):
    """A deadline or period: its words, and the days it covers (both ends included), None where not resolvable."""

    text: str
    relation: Relation
    start: dt.date | None = None
    end: dt.date | None = None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ValueError(f"a period cannot end ({self.end}) before it starts ({self.start})")


class FieldSpans(Struct, frozen=True, kw_only=True):
    """Where in the capture each field of a claim was read; None for what is absent or inferred."""

    cue: Span | None = None
    """The words that decided the claim's kind."""
    actor: Span | None = None
    measure: Span | None = None
    quantity: Span | None = None
    when: Span | None = None
    said_by: Span | None = None


class Observation(Struct, frozen=True, kw_only=True):
    """One published value: of an indicator, for an entity and a period, in one edition."""

    indicator: str
    """Identifier in the catalogue of figures."""
    entity: str
    """ISO 3166-1 alpha-3 code (`XKX` for Kosovo), or the code of a group: `NATO`, `EU27`."""
    period: str
    """`2024`, `2024-S1`, `2024-Q3` or `2024-07`."""
    value: float
    """In `unit`, scale words applied: 1.4e9, never 1.4 with `billion` elsewhere."""
    unit: str
    """Never empty: `percent`, `count`, an ISO 4217 code or a symbol of `onrecord.units`."""
    estimate: bool = False
    """Whether the publisher marks it as an estimate or preliminary; False may only mean that it marks nothing."""
    edition: dt.date
    """Day on which it was published, or by which at the latest."""
    edition_exact: bool = True
    """False where `edition` is an upper bound: it was public on that day, perhaps earlier."""
    source: str
    address: str = ""
    """Web address of the publication; empty where none is known."""
    read_from: str = ""
    """Where this copy of the value was read, if not at `address`."""
    attribution: str = ""
    """Whom to credit, and under which licence; belongs wherever the value is shown."""

    def __post_init__(self) -> None:
        if not self.unit:
            raise ValueError("an observation needs a unit")


class Verdict(Struct, frozen=True, kw_only=True):
    """A claim held against official figures as they were known on the story's day."""

    verdict: Judgement
    reason: Reason | None = None
    """Why it is uncheckable; None for the others."""
    arithmetic: str
    """One line: what was claimed, what the figures are, how far apart they are; or what is missing."""
    indicator: str | None = None
    """Identifier in the catalogue, `members` for the members of a group; None where none was found."""
    entity: str | None = None
    """Code of the country or group; None where none was found."""
    period: str | None = None
    """Period of the figure; None where none was found."""
    edition: dt.date | None = None
    """Newest edition among the observations."""
    observations: tuple[Observation, ...] = ()
    """The rows that it rests on, each with source, address and whom to credit."""

    def __post_init__(self) -> None:
        if (self.verdict == "uncheckable") != (self.reason is not None):
            raise ValueError("a verdict has a reason just where it is uncheckable")
        if self.verdict != "uncheckable" and not self.observations:
            raise ValueError(f"a verdict of {self.verdict} rests on observations")


class Claim(Struct, frozen=True, kw_only=True):
    """One assertion of public interest that carries a quantity, a deadline or a binding undertaking."""

    kind: ClaimKind
    actor: str | None
    country: str | None = None
    """ISO 3166-1 alpha-2 code of the country that the actor is (itself, its people, its capital) or speaks for, as far
    as the story says; None where it does not, or where it is several."""
    measure: str | None
    quantity: Quantity | None
    when: When | None
    said_by: str | None
    negated: bool
    confidence: float | None = None
    """How likely it is that this is a claim, of this kind, 0 to 1, as measured on pages not learned from; None for a
    claim that only the second reader found."""
    evidence: Span
    selector: TextQuoteSelector
    spans: FieldSpans = FieldSpans()
    readers: tuple[str, ...] = ("rules",)
    """Who found it: `rules`, and `llm` where a second reader by a language model was asked."""
    verdict: Verdict | None = None
    """What official figures say to it; None where it was not checked."""


class Story(Struct, frozen=True, kw_only=True):
    """One news story of a capture. `body` holds the runs of body text; statements and claims come from it only.

    `published` and `updated` are ISO 8601, as precise as shown: a day, a minute, with its time zone where one stands.
    """

    start: int
    end: int
    headline: str | None = None
    dateline: str | None = None
    agency: str | None = None
    byline: str | None = None
    published: str | None = None
    updated: str | None = None
    language: str = "und"
    body: tuple[tuple[int, int], ...] = ()
    photos: tuple[Photo, ...] = ()
    statements: tuple[Statement, ...] = ()
    claims: tuple[Claim, ...] = ()
    notes: tuple[str, ...] = ()
    """What could not be done for this story and why, such as `language not supported for claims: fr`."""

    @property
    def day(self) -> dt.date | None:
        """Day of publication; the anchor of `Tuesday` and `last year`. None where the capture shows none."""
        return dt.date.fromisoformat(self.published[:10]) if self.published else None


class Reading(Struct, frozen=True, kw_only=True):
    """All that was read from one capture."""

    capture: Capture
    stories: tuple[Story, ...]

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Every story's statements, in order."""
        return tuple(statement for story in self.stories for statement in story.statements)

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every story's claims, in order."""
        return tuple(claim for story in self.stories for claim in story.claims)


class CaptureLine(Struct, frozen=True, kw_only=True):
    """One capture read: the line that `onrecord read --json` prints for it."""

    source: str
    id: str
    text: str
    published: str | None
    language: str
    stories: tuple[Story, ...]

    @classmethod
    def of(cls, reading: Reading) -> CaptureLine:
        """Return the line of a reading."""
        capture = reading.capture
        return cls(
            source=capture.source,
            id=capture.id,
            text=capture.text,
            published=next((story.published for story in reading.stories if story.published), None),
            language=capture.language,
            stories=reading.stories,
        )

    def reading(self) -> Reading:
        """Return the reading; its capture has no original and no blocks, which a line does not carry."""
        capture = Capture(source=self.source, id=self.id, text=self.text, blocks=(), language=self.language)
        return Reading(capture=capture, stories=self.stories)
