"""Stories that are sightings of one wire story: found by the bands of their signatures."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, Select, insert, select, update

from onrecord.record.schema import stories, story_bands
from onrecord.threads import bands, decoded, encoded, relation, signature

_LOOKED_AT: Final = 20
"""Stories that share a band are compared; of more only the newest, so that a common template stays cheap."""


def place_story(connection: Connection, story_id: int, words: str, outlet: str | None) -> int:
    """Note of which earlier story this one is a copy or version; return that one's number, or its own.

    A copy is not looked for again: whatever is like it is like the first.
    """
    own = signature(words)
    if own is None:
        return story_id
    keys = bands(own)
    found = None
    for row in connection.execute(_alike(keys, story_id)):
        same_outlet = outlet is not None and row.outlet == outlet
        if kind := relation(own, decoded(row.signature), same_outlet=same_outlet):
            found = (row.first_id or row.id, kind)
            break
    first, kind = found or (None, None)
    noted = {"signature": encoded(own), "first_id": first, "relation": kind}
    connection.execute(update(stories).where(stories.c.id == story_id).values(noted))
    if kind != "copy":
        connection.execute(insert(story_bands), [{"band": key, "story_id": story_id} for key in sorted(set(keys))])
    return first or story_id


def _alike(keys: tuple[int, ...], story_id: int) -> Select[tuple[int, int | None, str | None, bytes]]:
    near = select(story_bands.c.story_id).where(story_bands.c.band.in_(keys)).distinct()
    columns = (stories.c.id, stories.c.first_id, stories.c.outlet, stories.c.signature)
    sharing = select(*columns).where(stories.c.id.in_(near), stories.c.id != story_id)
    return sharing.order_by(stories.c.id.desc()).limit(_LOOKED_AT)
