"""Which blocks are body: the block classifier."""

from __future__ import annotations

import numpy as np

from onrecord.stories.features import Matrix, Page, rows_around
from onrecord.stories.network import Network

OTHER, BODY, STANDFIRST = range(3)
_CHUNK = 4096
"""Blocks looked at together, so that memory stays flat on a capture of any length."""


def classify(page: Page, plain: Network, markup: Network) -> Matrix:
    """Return each block's probabilities of being something else, body, and standfirst, (blocks, 3).

    `plain` is the network for captures without markup, `markup` for those with it.
    """
    net = markup if page.marked else plain
    n = len(page.texts)
    chunks = [net.probabilities(rows_around(page, at, min(n, at + _CHUNK))) for at in range(0, n, _CHUNK)]
    return np.concatenate(chunks)
