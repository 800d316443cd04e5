"""Finding a model's words in the text that it read: exactly, but for white space and the shape of quotation marks."""

from __future__ import annotations

from onrecord.model import Span

_SHAPES = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "–": "-", "—": "-", "‑": "-"}
)
"""One character for one, so that offsets stay."""


class FoldedText:
    """A text with runs of white space as one space and plain marks; `find` leads back to the text itself.

    Building it and each search take time linear in the text.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        kept: list[str] = []
        self._offsets: list[int] = []
        for at, char in enumerate(text.translate(_SHAPES)):
            if char.isspace() and kept and kept[-1] == " ":
                continue
            kept.append(" " if char.isspace() else char)
            self._offsets.append(at)
        self._folded = "".join(kept)

    def find(self, words: str) -> Span | None:
        """Return where `words` first stand, None where they do not; never an approximation."""
        wanted = " ".join(words.translate(_SHAPES).split())
        at = self._folded.find(wanted) if wanted else -1
        return Span(self._offsets[at], self._offsets[at + len(wanted) - 1] + 1) if at >= 0 else None
