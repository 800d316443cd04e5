"""Whether a claim is denied, refused or missed."""

from __future__ import annotations

from onrecord.claims.cues import lemma
from onrecord.claims.frames import Frame, embedding
from onrecord.language.phrases import is_negated, word_set
from onrecord.language.saying import is_saying

_REFUSING = word_set(
    """abandon avoid bar break cancel decline deny exclude fail forbid halt miss oppose preclude prevent refuse reject
    renege scrap shelve veto"""
)


def is_denied(frame: Frame) -> bool:
    """Return whether the verb of a claim, or one that it hangs on below the saying of it, is negated or refuses."""
    if frame.verb is None:
        return False
    if is_negated(frame.verb) or lemma(frame.verb) in {"reject", "miss", "refuse"}:
        return True
    for name, token in embedding(frame):
        if (name == "ccomp" and is_saying(token)) or name not in {"xcomp", "ccomp", "acl"}:
            return False
        if is_negated(token) or lemma(token) in _REFUSING:
            return True
    return False
