"""The lines of an export to JSON Lines, from which a record can be made again.

{"line": "onrecord", "version": 1}        first
{"line": "capture", ...}                  in the order in which they were added, each with all that was read from it
{"line": "sighting", ...}                 a story that is a copy or version of an earlier one
{"line": "review", ...}                   of claims that no capture holds any more
{"line": "thread", ...}
{"line": "feed", ...}
{"line": "end", "lines": 1234}            last
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Final, Literal, TypeAlias

from msgspec import Meta, Raw, Struct

from onrecord.feeds.state import FeedState
from onrecord.model import Claim, ClaimKind, Markup, Original, Story
from onrecord.record.reviewing import Decision
from onrecord.threads import Sighting, Stage

VERSION: Final = 1
"""Of the lines' form; a file of a newer one is refused."""

Counted = Literal["accepted", "corrected", "rejected"]
Whole = Annotated[int, Meta(ge=0, le=2**63 - 1)]


class Head(Struct, frozen=True, tag_field="line", tag="onrecord"):
    """The first line."""

    version: int = VERSION


class SourceKept(Struct, frozen=True):
    """Where a capture's bytes were seen, and when first."""

    source: str
    url: str | None
    seen: str


class ReviewKept(Struct, frozen=True, kw_only=True):
    """What somebody decided on a claim."""

    decision: Decision
    machine: Claim
    corrected: Claim | None
    reviewer: str
    decided: str
    undone: str | None


class ClaimKept(Struct, frozen=True, kw_only=True):
    """A claim as it counts, with its verdict, and every decision on it, oldest first."""

    address: str
    claim: Claim
    reader: str
    review: Counted | None
    reviews: tuple[ReviewKept, ...]


class FormerClaim(Struct, frozen=True, kw_only=True):
    """A claim that a later version no longer read."""

    address: str
    words: str
    claim: Claim
    reader: str
    gone: str
    reviews: tuple[ReviewKept, ...]


class StoryKept(Struct, frozen=True, kw_only=True):
    """A story with its statements; its claims stand beside it."""

    story: Story
    claims: tuple[ClaimKept, ...]
    signature: bytes | None


class CaptureKept(Struct, frozen=True, kw_only=True, tag_field="line", tag="capture"):
    """A capture with everything that hangs on it but threads."""

    id: str
    source: str
    language: str
    text: str
    markup: Markup | None
    original: Original | None
    reader: str
    added: str
    sources: tuple[SourceKept, ...]
    stories: tuple[StoryKept, ...]
    former_claims: tuple[FormerClaim, ...]


class SightingKept(Struct, frozen=True, kw_only=True, tag_field="line", tag="sighting"):
    """A story, by its capture and place there, that is a sighting of another one."""

    capture: str
    number: Whole
    of_capture: str
    of_number: Whole
    relation: Literal["copy", "version"]


class LooseReview(Struct, frozen=True, kw_only=True, tag_field="line", tag="review"):
    """A decision on a claim that no capture holds any more."""

    address: str
    review: ReviewKept


class ThreadKept(Struct, frozen=True, kw_only=True, tag_field="line", tag="thread"):
    """A thread: its row, its keys and the addresses of its claims."""

    id: Annotated[int, Meta(ge=1, le=2**63 - 1)]
    kind: ClaimKind
    actor: str | None
    country: str | None
    measure: str | None
    target: str | None
    due: dt.date | None
    dropped: bool
    stage: Stage | None
    status: str | None
    rating: Raw
    figures: str | None
    latest: tuple[Sighting, ...]
    first_day: dt.date | None
    last_day: dt.date | None
    changed_day: dt.date | None
    sightings: Whole
    keys: tuple[str, ...]
    claims: tuple[str, ...]


class FeedKept(Struct, frozen=True, kw_only=True, tag_field="line", tag="feed"):
    """What is remembered of a feed."""

    url: str
    state: FeedState


class End(Struct, frozen=True, tag_field="line", tag="end"):
    """The last line: how many there are before it."""

    lines: int


Line: TypeAlias = Head | CaptureKept | SightingKept | LooseReview | ThreadKept | FeedKept | End
