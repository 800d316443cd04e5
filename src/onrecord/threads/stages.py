"""How far an undertaking has come: said, adopted, funded, delivered; read from words, never from the calendar."""

from __future__ import annotations

import re
from typing import Final

from onrecord.threads.values import Reached, Sighting, Stage, Thread

STAGES: Final[tuple[Stage, ...]] = ("said", "adopted", "funded", "delivered")
"""From the lowest to the highest."""

_DELIVERED: Final = (
    r"(?:has|have|had) (?:now |already |finally |been )*(?:built|completed|delivered|finished|fulfilled|handed over|"
    r"installed|met|opened|planted|reached(?! (?:an? |the )?(?:agreement|deal|accord|compromise))|achieved|deployed|launched)"
    r"|(?:was|were) (?:\w+ly )?(?:completed|delivered|finished|fulfilled|handed over|inaugurated|opened|commissioned)"
    r"|(?:entered|went into) service|took delivery|completed|delivered|inaugurated|fulfilled (?:its|his|her|their|the)"
    r"|(?:kept|made good on) (?:its|his|her|their) (?:promise|pledge|word|commitment)"
)
_FUNDED: Final = (
    r"allocat(?:ed|es)|earmark(?:ed|s)|appropriat(?:ed|es)|budget(?:ed|s) (?:for|\W?\d)|ring-?fenced?|disbursed"
    r"|set(?:s)? aside|(?:has|have|was|were|been|is|are|fully) (?:fully )?(?:funded|financed|paid for|budgeted)"
    r"|secured (?:the )?(?:funding|financing|money|funds)|(?:released|provided|approved|unlocked) (?:the )?"
    r"(?:funding|financing|money|funds)|budget (?:provides|includes|contains|foresees)"
)
_ADOPTED: Final = (
    r"(?:parliament|lawmakers|senate|senators|congress|house|cabinet|council|assembly|mps|deputies|bundestag|government|"
    r"members|ministers|leaders|board|voters|states|allies|shareholders) (?:\w+ly )?(?:has |have |had )?(?:\w+ly )?"
    r"(?:adopted|approved|backed|endorsed|passed|ratified|signed|agreed|voted (?:for|to))"
    r"|(?:adopted|approved|enacted|endorsed|legislated|passed|ratified|signed)(?: into law)?|signed off on"
    r"|(?:was|were|been|is|are) (?:agreed|written into law|made law|enshrined)|enshrin(?:ed|es)"
    r"|agreed (?:to|on|at|in|a|an|the|last|that|with)|became law|(?:came|entered|takes|took) (?:in)?to (?:force|effect)"
    r"|(?:a|the|by|under (?:a|the)|new) (?:law|act|treaty|contract|statute)(?: \w+){0,3} (?:binds|requires|obliges|commits|sets)"
)
_CUES: Final[tuple[tuple[Stage, re.Pattern[str]], ...]] = tuple(
    (stage, re.compile(rf"\b(?:{cues})\b"))
    for stage, cues in (("delivered", _DELIVERED), ("funded", _FUNDED), ("adopted", _ADOPTED))
)
_NOT_YET: Final = re.compile(
    r"\b(?:not|n't|never|no|nor|yet to|without|if|unless|until|once|when|after|before|will|would|could|should|may|might|must|"
    r"shall|to be|be|can|ask\w*|urg\w+|refus\w+|fail\w+|declin\w+|reject\w+|hop\w+|expect\w*|plans|planned|planning|want\w*|propos\w+|"
    r"due|unlikely|likely|whether|need\w*|seek\w*|wait\w*|pending|subject)\b"
)
"""Words before a cue, in its clause, by which it is no evidence: what is to come, hangs on something, or is denied."""
_PARTLY: Final = re.compile(
    r"\b(?:so far|only|half|a third|a quarter|some of|part of|first of|in part|partly|of the \d|of the promised|of the pledged)\b"
)
"""Words by which less than the whole is done."""
_CLAUSE: Final = re.compile(r"[,;:.!?]\s|\b(?:but|while|although|and then)\b")


def stage(sighting: Sighting) -> Stage | None:
    """Return the stage that a sighting is evidence of; None where it is evidence of none, such as a proposal.

    A commitment is evidence that it was said, at least, unless it is denied. A figure may be evidence that the money
    was set aside or the thing done.
    """
    if sighting.negated or sighting.kind not in ("commitment", "figure"):
        return None
    text = " ".join(sighting.words.split()).replace("’", "'").lower()
    found = next((one for one, cues in _CUES if _holds(text, cues, one)), None)
    if sighting.kind == "figure":
        return found if found in ("funded", "delivered") else None
    return found or "said"


def _holds(text: str, cues: re.Pattern[str], stage: Stage) -> bool:
    return any(not _NOT_YET.search(_before(text, cue.start())) for cue in cues.finditer(text)) and not (
        stage == "delivered" and _PARTLY.search(text)
    )


def _before(text: str, end: int) -> str:
    """Return the words of the clause before a cue."""
    return _CLAUSE.split(text[:end])[-1]


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
