"""A claim's quantity: the mention's own, with change, start and base as the verb and the nouns around it say."""

from __future__ import annotations

from msgspec.structs import replace

from onrecord.claims.cues import noun_classes, verb_classes
from onrecord.claims.frames import Frame
from onrecord.language.phrases import case, relation
from onrecord.model import Change, Quantity


def refine(frame: Frame, quantity: Quantity) -> Quantity:
    """Return the quantity with its change read off the construction."""
    if quantity.change != "level":
        return quantity
    return replace(quantity, change=_change(frame, quantity))


def _change(frame: Frame, quantity: Quantity) -> Change:
    root_case = case(frame.root) or case(frame.top)
    if quantity.from_ is not None or (root_case == "to" and quantity.unit != "times"):
        return "level"
    for noun in (*((frame.counted,) if frame.counted is not None else ()), *frame.nouns[:1]):
        direction = _direction(noun_classes(noun))
        if direction:
            return direction
    if frame.counted is not None and any(c.lower_ in {"more", "extra", "additional"} for c in frame.counted.children):
        return "increase"
    if frame.verb is None:
        return "level"
    direction = _direction(verb_classes(frame.verb))
    if direction is None or relation(frame.top) in {"nsubj", "nmod"}:
        return "level"
    return direction


def _direction(classes: tuple[str, ...]) -> Change | None:
    if "rise" in classes:
        return "increase"
    return "decrease" if "fall" in classes else None
