"""The network of claims: what it makes of every candidate in sight of the whole story (ONNX, int8, on the CPU).

Three layers of a transformer over the words' states of the language pipeline's encoder, in windows over the story
(`onrecord.claims.views`). For each candidate it scores the kinds, and for each field every word in sight; what an
option of a field is worth to it is read off the option's words. `tools/train_claims` trains it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from onrecord.claims.candidates import Candidate
from onrecord.claims.context import Context
from onrecord.claims.decision import Option
from onrecord.claims.views import Ids, View, Window, view_of, windows
from onrecord.errors import ModelError
from onrecord.language.encoder import session

WEIGHTS = Path(__file__).with_name("weights")
SLOTS: Final = ("actor", "measure", "when", "sayer")
"""Fields whose options the network scores, in the order of its results."""
NOBODY, ELSEWHERE = 0, 1
"""Scores of an option without words: that there is none, and that they stand out of sight."""
Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sight:
    """What the network makes of one candidate."""

    kinds: Array
    """(6,): scores of `onrecord.claims.candidates.KINDS`."""
    words: Mapping[str, Array]
    """For each field the score of every token of the story; -inf where it is out of sight."""
    nowhere: Mapping[str, Array]
    """For each field the scores `NOBODY` and `ELSEWHERE`."""

    def score(self, slot: str, option: Option[object]) -> float:
        """Return what an option of a field is worth: its best word, all of them together for a measure."""
        words = self.words[slot][list(option.tokens)]
        words = words[np.isfinite(words)]
        if len(words):
            return float(words.sum() if slot == "measure" else words.max())
        named = slot in {"actor", "sayer"} and option.value not in {None, (None, None)}
        return float(self.nowhere[slot][ELSEWHERE if named else NOBODY])

    def best(self, slot: str, tokens: Sequence[int]) -> int | None:
        """Return the token that scores best for a field, None where there is none in sight."""
        seen = [token for token in tokens if np.isfinite(self.words[slot][token])]
        return max(seen, key=lambda token: self.words[slot][token], default=None)


class Network:
    """The trained network, loaded from `folder` on one thread.

    Raises:
        ModelError: The weights are missing or broken.
    """

    def __init__(self, folder: Path = WEIGHTS) -> None:
        try:
            self._session = session(folder / "network.onnx")
        except Exception as error:  # onnxruntime raises classes of its own for a broken file
            raise ModelError(f"the network of claims cannot be loaded from {folder}: {error}") from error

    def look(self, context: Context, candidates: Sequence[Candidate]) -> list[Sight]:
        """Return what the network makes of each of a story's candidates, in order."""
        if not candidates:
            return []
        view = view_of(context)
        found: dict[int, Sight] = {}
        for window in windows(len(view.parts)):
            asked = [i for i, c in enumerate(candidates) if window.start <= c.frame.root.i < window.end]
            if asked:
                sights = self._look(view, window, [candidates[i] for i in asked])
                found.update(zip(asked, sights, strict=True))
        return [found[i] for i in range(len(candidates))]

    def _look(self, view: View, window: Window, candidates: Sequence[Candidate]) -> list[Sight]:
        tokens = window.tokens
        given = {
            "states": view.states[tokens],
            "parts": view.parts[tokens],
            "relations": view.relations[tokens],
            "marks": view.marked(tokens),
            "places": places_of(tokens, candidates),
            "quantified": np.array([int(c.mention is not None) for c in candidates]),
        }
        kinds, *rest = self._session.run(None, given)
        shape = (len(candidates), len(view.parts))
        words = {slot: np.full(shape, -np.inf, dtype=np.float32) for slot in SLOTS}
        for slot, scores in zip(SLOTS, rest[: len(SLOTS)], strict=True):
            words[slot][:, tokens] = scores
        nowhere = dict(zip(SLOTS, rest[len(SLOTS) :], strict=True))
        return [
            Sight(kinds[i], {s: words[s][i] for s in SLOTS}, {s: nowhere[s][i] for s in SLOTS})
            for i in range(len(candidates))
        ]


def places_of(tokens: Ids, candidates: Sequence[Candidate]) -> Ids:
    """Return where in the window each candidate's head, verb and counted noun stand, (C, 3); its length for none."""
    at = {int(token): place for place, token in enumerate(tokens)}
    heads = ((c.frame.root, c.frame.verb, c.frame.counted) for c in candidates)
    return np.array([[len(tokens) if t is None else at.get(t.i, len(tokens)) for t in three] for three in heads])


@lru_cache(maxsize=1)
def load_network() -> Network:
    """Return the network that comes with the package."""
    return Network()
