"""A capture's blocks as the recognisers see them, each looked at once."""

from __future__ import annotations

from onrecord.model import Capture
from onrecord.stories.captions import looks_like_caption
from onrecord.stories.declared import declared_time
from onrecord.stories.marks import is_byline, is_furniture, read_agency
from onrecord.stories.stamps import Stamp, read_stamp

_LOOK = 2000
"""Characters of a block that are looked at."""


class BlockReader:
    """A capture's blocks as texts, read once each."""

    def __init__(self, capture: Capture) -> None:
        self.capture = capture
        self.day_first = None if capture.language in ("en", "und") else True
        self._texts: dict[int, str] = {}
        self._stamps: dict[int, Stamp | None] = {}
        self._kinds: dict[int, str] = {}

    def text(self, i: int) -> str:
        """Return the first two thousand characters of the i-th block, without white space around them."""
        if i not in self._texts:
            span = self.capture.blocks[i].span
            self._texts[i] = self.capture.text[span.start : min(span.end, span.start + _LOOK)].strip()
        return self._texts[i]

    def has(self, i: int) -> bool:
        """Return whether the capture has an i-th block."""
        return 0 <= i < len(self.capture.blocks)

    def stamp(self, i: int) -> Stamp | None:
        """Return the time stamp that the i-th block is, by its words or its markup; None where it is none."""
        if i not in self._stamps:
            stamp = read_stamp(self.text(i), language=self.capture.language, day_first=self.day_first)
            written = declared_time(self.capture.blocks[i].moment)
            if written and (stamp is None or (stamp.published and stamp.updated is None)):
                stamp = Stamp(written)
            self._stamps[i] = stamp
        return self._stamps[i]

    def kind(self, i: int) -> str:
        """Return what the i-th block is by its words: stamp, byline, agency, furniture, caption, or empty."""
        if i not in self._kinds:
            text = self.text(i)
            if self.stamp(i):
                kind = "stamp"
            elif is_byline(text):
                kind = "byline"
            elif read_agency(text):
                kind = "agency"
            elif looks_like_caption(text):
                kind = "caption"
            else:
                kind = "furniture" if is_furniture(text) else ""
            self._kinds[i] = kind
        return self._kinds[i]
