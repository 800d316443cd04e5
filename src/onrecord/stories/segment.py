"""A capture's body blocks, put together to stories."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from onrecord.stories.boundaries import gap_features
from onrecord.stories.classifier import BODY
from onrecord.stories.features import Matrix, Page
from onrecord.stories.network import Network

_BODY_FLOOR = 0.5
_BOUNDARY_FLOOR = 0.3


def body_blocks(kinds: Matrix) -> list[int]:
    """Return the blocks that are body, by their probabilities."""
    return [int(i) for i in (kinds[:, BODY] > _BODY_FLOOR).nonzero()[0]]


def split_body(page: Page, kinds: Matrix, body: Sequence[int], net: Network) -> list[list[int]]:
    """Return `body` cut where a new story begins."""
    if not body:
        return []
    stories = [[body[0]]]
    if len(body) > 1:
        begins = net.probabilities(gap_features(page, kinds, body))[:, 1] > _BOUNDARY_FLOOR
        for (_, block), new in zip(pairwise(body), begins, strict=True):
            if new:
                stories.append([])
            stories[-1].append(block)
    return stories
