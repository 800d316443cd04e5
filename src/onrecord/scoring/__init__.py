"""How well captures are read, against captures that people decided on: pure functions over frozen values."""

from onrecord.scoring.files import Readings, gold_in, readings_in
from onrecord.scoring.gold import GoldCapture, GoldClaim, GoldPhoto, GoldStatement, GoldStory, gold_of
from onrecord.scoring.scores import Miss, Scores, Share, Tally, as_json, misses, score

__all__ = [
    "GoldCapture",
    "GoldClaim",
    "GoldPhoto",
    "GoldStatement",
    "GoldStory",
    "Miss",
    "Readings",
    "Scores",
    "Share",
    "Tally",
    "as_json",
    "gold_in",
    "gold_of",
    "misses",
    "readings_in",
    "score",
]
