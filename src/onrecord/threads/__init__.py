"""Threads: the same story in many outlets, and what was said of one undertaking, demand, forecast or event over time.

Pure functions over frozen values; whoever keeps a record fetches the candidates by keys.

    story    signature -> bands -> (candidates) -> relation
    claim    keys -> (candidates) -> choose -> added | begun
    thread   history, current, is_dropped, reached, extremes, by_sayer
"""

from onrecord.threads.copies import Relation, Signature, bands, decoded, encoded, relation, signature
from onrecord.threads.history import by_sayer, current, extremes, history, in_words, is_dropped
from onrecord.threads.matching import added, begun, choose, keys
from onrecord.threads.stages import STAGES, reached, stage
from onrecord.threads.values import Event, Extremes, Reached, Revision, Sighting, Stage, Terms, Thread

__all__ = [
    "STAGES",
    "Event",
    "Extremes",
    "Reached",
    "Relation",
    "Revision",
    "Sighting",
    "Signature",
    "Stage",
    "Terms",
    "Thread",
    "added",
    "bands",
    "begun",
    "by_sayer",
    "choose",
    "current",
    "decoded",
    "encoded",
    "extremes",
    "history",
    "in_words",
    "is_dropped",
    "keys",
    "reached",
    "relation",
    "signature",
    "stage",
]
