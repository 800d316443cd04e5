"""How far an undertaking has come: said, adopted, funded, delivered; read from words, never from the calendar."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from onrecord.threads.measures import concepts, weight
from onrecord.threads.values import Reached, Sighting, Stage, Thread

STAGES: Final[tuple[Stage, ...]] = ("said", "adopted", "funded", "delivered")
"""From the lowest to the highest."""

_DELIVERED: Final = (
    r"(?:has|have|had) (?:now |already |finally |been )*(?:built|completed|delivered|finished|fulfilled|"
    r"handed over|installed|met(?! with)|opened|planted|achieved|deployed|"
    r"reached(?! (?:an? |the )?(?:agreement|deal|accord|compromise)))"
    r"|(?:was|were) (?:\w+ly )?(?:completed|delivered|finished|fulfilled|handed over|inaugurated|opened|commissioned)"
    r"|(?:entered|went into) service|took delivery|completed|delivered|inaugurated|fulfilled (?:its|his|her|their|the)"
    r"|(?:kept|made good on) (?:its|his|her|their) (?:promise|pledge|word|commitment)"
)
_FUNDED: Final = (
    r"allocat(?:ed|es)|earmark(?:ed|s)|appropriat(?:ed|es)|budget(?:ed|s) (?:for|\W?\d)|ring-?fenced?|disbursed"
    r"|sets? aside|(?:has|have|was|were|been|is|are) (?:fully )?(?:funded|financed|paid for|budgeted)"
    r"|(?:secured|released|provided|approved|unlocked) (?:the )?(?:funding|financing|money|funds)"
    r"|budget (?:provides|includes|contains|foresees)"
)
_DECIDERS: Final = (
    r"(?:parliament|lawmakers|senate|senators|congress|house|cabinet|council|assembly|mps|deputies|government|members|"
    r"ministers|leaders|board|voters|states|allies|shareholders)"
)
_ADOPTED: Final = (
    rf"{_DECIDERS} (?:\w+ly )?(?:has |have |had )?(?:backed|voted (?:for|to))"
    r"|(?:adopted|approved|enacted|endorsed|legislated|passed|ratified|signed)(?: into law)?"
    r"|agreed (?:to|on|at|in|a|an|the|last|that|with)|(?:was|were|been|is|are) (?:agreed|written into law|made law)"
    r"|enshrin(?:ed|es)|became law|(?:came|entered|takes|took) (?:in)?to (?:force|effect)"
    r"|(?:law|act|treaty|contract|statute)(?: \w+){0,3} (?:binds|requires|obliges|commits|sets)"
)
_CUES: Final[dict[Stage, re.Pattern[str]]] = {
    "delivered": re.compile(rf"\b(?:{_DELIVERED})\b"),
    "funded": re.compile(rf"\b(?:{_FUNDED})\b"),
    "adopted": re.compile(rf"\b(?:{_ADOPTED})\b"),
}
"""The highest first."""
_NOT_YET: Final = re.compile(
    r"\b(?:not|n't|never|no|nor|yet to|without|if|unless|until|once|when|after|before|whether|will|would|could|should|"
    r"may|might|must|shall|can|be|ask\w*|urg\w+|refus\w+|fail\w+|declin\w+|reject\w+|hop\w+|expect\w*|plans|planned|"
    r"planning|want\w*|propos\w+|due|unlikely|likely|need\w*|seek\w*|wait\w*|pending|subject)\b"
)
"""Words before a cue, in its clause, by which it is no evidence: what is to come, hangs on something, or is denied."""
_PARTLY: Final = re.compile(
    r"\b(?:so far|only|half|a (?:third|quarter)|some of|part of|first of|partly|of the (?:\d|promised|pledged))\b"
)
"""Words by which less than the whole is done."""
_PROMISE: Final = re.compile(r"\b(?:targets?|goals?|promises?|pledges?|commitments?|benchmarks?)\b")
_CLAUSE: Final = re.compile(r"[,;:.!?]\s|\b(?:but|while|although|and then)\b")


def stage(sighting: Sighting) -> Stage | None:
    """Return the stage that a sighting is evidence of; None where it is evidence of none, such as a proposal.

    A commitment is evidence that it was said, at least, unless it is denied. A figure may be evidence that the money
    was set aside or the thing done.
    """
    if sighting.negated or sighting.kind not in ("commitment", "figure"):
        return None
    found = _shown(sighting.words, sighting.measure or "", sighting.kind == "figure")
    return found or ("said" if sighting.kind == "commitment" else None)


@lru_cache(1 << 10)
def _shown(words: str, measure: str, counted: bool) -> Stage | None:
    """Return the highest stage that words are evidence of; of a figure only that it was paid for or done."""
    text = " ".join(words.split()).replace("’", "'").lower()
    stages = [one for one in _CUES if not counted or one != "adopted"]
    return next((one for one in stages if _holds(text, _CUES[one], one, measure)), None)


def _holds(text: str, cues: re.Pattern[str], stage: Stage, measure: str) -> bool:
    """Return whether a cue of the stage stands in the text, not taken back, and for what is done, of this measure."""
    for cue in cues.finditer(text):
        before = _CLAUSE.split(text[: cue.start()])[-1]
        clause = before + _CLAUSE.split(text[cue.start() :])[0]
        done = stage != "delivered" or (_is_of(clause, measure) and not _PARTLY.search(text))
        if done and not _NOT_YET.search(before):
            return True
    return False


def _is_of(clause: str, measure: str) -> bool:
    """Return whether a clause names the thing measured, or the promise."""
    named = concepts(clause) & concepts(measure)
    return bool(_PROMISE.search(clause)) or any(weight(concept) == 1 for concept in named)


def is_done(sighting: Sighting) -> bool:
    """Return whether a figure says that money was set aside or a thing done, which may have been promised before."""
    return sighting.kind == "figure" and sighting.quantity is not None and stage(sighting) is not None


def reached(thread: Thread) -> Reached | None:
    """Return the highest stage that a commitment has reached, with the first sighting that shows it.

    None for a thread that is no commitment, and for one that was only ever denied.
    """
    if thread.kind != "commitment":
        return None
    best: Reached | None = None
    for sighting in thread.sightings:
        found = stage(sighting)
        if found is not None and (best is None or STAGES.index(found) > STAGES.index(best.stage)):
            best = Reached(found, sighting)
    return best
