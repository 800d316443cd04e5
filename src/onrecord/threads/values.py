"""The frozen values of threads: a claim as a thread sees it, the thread, and what its history tells."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import Struct

from onrecord.model import ClaimKind, Quantity, When

Stage = Literal["said", "adopted", "funded", "delivered"]
"""How far an undertaking has come, by evidence: said by whoever is bound; agreed, enacted or signed; money set aside;
done."""
Revised = Literal[
    "first said",
    "restated",
    "sharpened",
    "weakened",
    "postponed",
    "brought forward",
    "dropped",
    "taken up again",
    "adopted",
    "funded",
    "delivered",
    "raised",
    "lowered",
    "differs",
]
"""What a sighting did to a thread. `sharpened` and `weakened` are for undertakings and demands, in the direction that
binds more or less; `raised` and `lowered` for forecasts and figures of one source; `differs` where another source says
something else; `dropped` where it is given up, refused or missed; `adopted`, `funded`, `delivered` where the stage
rose, also from a proposal."""


class Terms(Struct, frozen=True):
    """What is to be reached, by when: the target of an undertaking, or a figure and its time; None where not said."""

    quantity: Quantity | None = None
    when: When | None = None


class Sighting(Struct, frozen=True, kw_only=True):
    """One claim, as a thread sees it."""

    claim: str
    """The claim's address."""
    story: str
    """Identifies the story that it stands in; copies of a wire story may share one."""
    source: str
    """Outlet or address, as shown to a person."""
    day: dt.date | None
    """The story's day; None where it shows none."""
    kind: ClaimKind
    actor: str | None
    country: str | None = None
    """ISO 3166-1 alpha-2 code of the country that the actor is or speaks for; None where it is unknown or none."""
    measure: str | None
    quantity: Quantity | None
    when: When | None
    said_by: str | None
    negated: bool
    words: str
    """The exact words of the claim's evidence."""

    @property
    def terms(self) -> Terms:
        """Its quantity and time."""
        return Terms(self.quantity, self.when)


class Thread(Struct, frozen=True, kw_only=True):
    """What was said of one undertaking, demand, forecast or event, over time.

    `kind` is the firmest among its sightings: a proposal that is adopted becomes a commitment.
    """

    id: int
    kind: ClaimKind
    sightings: tuple[Sighting, ...]
    """At least one, in order of day; those without a day first."""


class Revision(Struct, frozen=True):
    """What a sighting changed against what was known before: `3% by 2034` -> `3% by 2030`."""

    what: Revised
    old: Terms | None
    """None for what is said for the first time."""
    new: Terms


class Event(Struct, frozen=True):
    """One sighting of a thread with what it changed; at least one revision, `restated` where nothing changed."""

    sighting: Sighting
    revisions: tuple[Revision, ...]


class Reached(Struct, frozen=True):
    """The stage that an undertaking has reached, and the sighting that is the evidence."""

    stage: Stage
    evidence: Sighting


class Extremes(Struct, frozen=True):
    """Figures on one event: the sightings with the lowest, the highest and the latest number."""

    lowest: Sighting
    highest: Sighting
    latest: Sighting
