"""A capture with what stands in it, as people decided: one line of a gold file."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from onrecord.model import Capture, Claim, ClaimKind, Photo, Quantity, Span, Statement, StatementKind, Story, When


class GoldPhoto(Struct, frozen=True, kw_only=True):
    """A picture's caption and credit."""

    caption: str | None
    credit: str | None = None


class GoldStatement(Struct, frozen=True, kw_only=True):
    """As `Statement`, without the words of its fields."""

    speaker: str | None
    cue: str | None = None
    kind: StatementKind
    content: Span


class GoldClaim(Struct, frozen=True, kw_only=True):
    """As `Claim`, without the words of its fields, its confidence and its verdict."""

    kind: ClaimKind
    actor: str | None
    measure: str | None
    quantity: Quantity | None
    when: When | None
    said_by: str | None
    negated: bool
    evidence: Span


class GoldStory(Struct, frozen=True, kw_only=True):
    """As `Story`; `published` is a day."""

    start: int
    end: int
    headline: str | None = None
    dateline: str | None = None
    agency: str | None = None
    byline: str | None = None
    published: str | None = None
    body: tuple[tuple[int, int], ...] = ()
    photos: tuple[GoldPhoto, ...] = ()
    statements: tuple[GoldStatement, ...] = ()
    claims: tuple[GoldClaim, ...] = ()


class GoldCapture(Struct, frozen=True, kw_only=True):
    """A capture's text, and the stories in it."""

    id: str
    url: str | None = None
    topic: str | None = None
    text: str
    published: str | None = None
    stories: tuple[GoldStory, ...]


def gold_of(capture: Capture, stories: Sequence[Story], *, url: str | None = None) -> GoldCapture:
    """Return the gold line of a capture in which `stories` stand, taken for right."""
    told = tuple(map(story_of, stories))
    published = next((story.published for story in told if story.published), None)
    return GoldCapture(id=capture.id, url=url, text=capture.text, published=published, stories=told)


def story_of(story: Story) -> GoldStory:
    """Return a story without what a gold file does not hold."""
    return GoldStory(
        start=story.start,
        end=story.end,
        headline=story.headline,
        dateline=story.dateline,
        agency=story.agency,
        byline=story.byline,
        published=story.published[:10] if story.published else None,
        body=story.body,
        photos=tuple(map(_photo, story.photos)),
        statements=tuple(map(_statement, story.statements)),
        claims=tuple(map(_claim, story.claims)),
    )


def _photo(photo: Photo) -> GoldPhoto:
    return GoldPhoto(caption=photo.caption, credit=photo.credit)


def _statement(one: Statement) -> GoldStatement:
    return GoldStatement(speaker=one.speaker, cue=one.cue, kind=one.kind, content=one.content)


def _claim(claim: Claim) -> GoldClaim:
    return GoldClaim(
        kind=claim.kind,
        actor=claim.actor,
        measure=claim.measure,
        quantity=claim.quantity,
        when=claim.when,
        said_by=claim.said_by,
        negated=claim.negated,
        evidence=claim.evidence,
    )
