"""Verdicts: claims held against official figures as they were known on the story's day.

`docs/verdicts.md` says what is checked, how far the words may be from the figure, and when the answer is `uncheckable`.
"""

from onrecord.verdicts.checking import check, judge
from onrecord.verdicts.sentences import claims_of_sentence

__all__ = ["check", "claims_of_sentence", "judge"]
