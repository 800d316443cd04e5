"""A capture's stories: its blocks judged, its body cut into stories, each with its details."""

from __future__ import annotations

from collections.abc import Sequence

from onrecord.model import Capture, Story
from onrecord.stories.classifier import classify
from onrecord.stories.details import Details, read_details
from onrecord.stories.features import look_at
from onrecord.stories.network import Networks, stored_networks
from onrecord.stories.refine import refine
from onrecord.stories.segment import body_blocks, split_body, tidy, with_siblings


def find_stories(capture: Capture) -> tuple[Story, ...]:
    """Return the stories of `capture` in order of their start; none where it holds no story.

    A story's `body` is its runs of body blocks, each from its first block's start to its last one's end; captions and
    furniture are in none. `start` and `end` reach from its headline, or whatever opens it, to the end of its body.
    """
    bodies = find_bodies(capture, stored_networks())
    details = read_details(capture, bodies) if bodies else ()
    return tuple(_story(capture, body, detail) for body, detail in zip(bodies, details, strict=True))


def find_bodies(capture: Capture, networks: Networks) -> list[list[int]]:
    """Return the indices of each story's body blocks, as `networks` judge them."""
    if not capture.blocks:
        return []
    page = look_at(capture)
    kinds = classify(page, networks.plain, networks.markup)
    body = with_siblings(capture, kinds, body_blocks(kinds, page))
    stories = split_body(page, kinds, body, networks.boundaries)
    return tidy(page, refine(capture, stories))


def _story(capture: Capture, body: Sequence[int], detail: Details) -> Story:
    return Story(
        start=capture.blocks[detail.first].span.start,
        end=capture.blocks[detail.last].span.end,
        headline=detail.headline,
        dateline=detail.dateline,
        agency=detail.agency,
        byline=detail.byline,
        published=detail.published,
        updated=detail.updated,
        language=capture.language,
        body=_runs(capture, body),
        photos=detail.photos,
    )


def _runs(capture: Capture, body: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Return the runs of neighbouring blocks in `body` as character ranges."""
    runs: list[list[int]] = []
    for before, i in zip([None, *body], body, strict=False):
        span = capture.blocks[i].span
        if before is not None and before + 1 == i:
            runs[-1][1] = span.end
        else:
            runs.append([span.start, span.end])
    return tuple((start, end) for start, end in runs)
