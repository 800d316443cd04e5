"""Stories that are sightings of one wire story: found by the bands of their signatures."""

from __future__ import annotations

from typing import Final

from msgspec import Struct
from sqlalchemy import Connection, bindparam, insert, select

from onrecord.record import rows
from onrecord.record.schema import stories, story_bands
from onrecord.threads import Relation, bands, decoded, encoded, relation, signature

_LOOKED_AT: Final = 20
"""Stories that share a band are compared; of more only the newest, so that a common template stays cheap."""
_ALIKE: Final = (
    select(stories.c.id, stories.c.first_id, stories.c.outlet, stories.c.signature)
    .where(
        stories.c.id.in_(
            select(story_bands.c.story_id).where(story_bands.c.band.in_(bindparam("bands", expanding=True)))
        )
    )
    .order_by(stories.c.id.desc())
    .limit(_LOOKED_AT)
)
_PUT_BAND: Final = insert(story_bands)


class Place(Struct, frozen=True):
    """Where a new story stands among those before: what it is a copy or version of, and how it is found."""

    signature: bytes | None = None
    """None where it has too few words to tell."""
    first_id: int | None = None
    """The story that it is a sighting of; None where it is the first."""
    relation: Relation | None = None
    bands: tuple[int, ...] = ()
    """None for a copy, which is not looked for again: whatever is like it is like the first."""

    def columns(self) -> rows.Row:
        """Return the columns of the story's row that tell it."""
        return {"signature": self.signature, "first_id": self.first_id, "relation": self.relation}

    def put_bands(self, connection: Connection, story_id: int) -> None:
        """Let later stories find this one."""
        if self.bands:
            connection.execute(_PUT_BAND, [{"band": band, "story_id": story_id} for band in self.bands])


def find_place(connection: Connection, words: str, outlet: str | None) -> Place:
    """Return where a story with these words stands among those that the record has."""
    own = signature(words)
    if own is None:
        return Place()
    found = tuple(sorted(set(bands(own))))
    for row in connection.execute(_ALIKE, {"bands": found}):
        same_outlet = outlet is not None and row.outlet == outlet
        if kind := relation(own, decoded(row.signature), same_outlet=same_outlet):
            return Place(encoded(own), row.first_id or row.id, kind, () if kind == "copy" else found)
    return Place(encoded(own), bands=found)
