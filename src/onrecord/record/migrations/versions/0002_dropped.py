"""Threads tell what was dropped, and figures come due on no day."""

from __future__ import annotations

import msgspec
import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TRACKED = ("kind", "due", "last_day", "status", "stage", "country", "actor")
_WITH_DROPPED = (*_TRACKED[:5], "dropped", *_TRACKED[5:])
_AT_ONCE = 500


def upgrade() -> None:
    """Add the column, fill it from the latest sightings of each thread, and let the tracker's index have it."""
    op.add_column("threads", sa.Column("dropped", sa.Boolean(), nullable=False, server_default=sa.false()))
    _mark_dropped(op.get_bind())
    op.execute("UPDATE threads SET due = NULL WHERE kind = 'figure'")
    op.drop_index(f"ix_threads_{'_'.join(_TRACKED)}", "threads")
    op.create_index(op.f(f"ix_threads_{'_'.join(_WITH_DROPPED)}"), "threads", _WITH_DROPPED, unique=False)


def downgrade() -> None:
    """Take the column away; figures get their days back with their next sightings."""
    op.drop_index(f"ix_threads_{'_'.join(_WITH_DROPPED)}", "threads")
    op.create_index(op.f(f"ix_threads_{'_'.join(_TRACKED)}"), "threads", _TRACKED, unique=False)
    op.drop_column("threads", "dropped")


def _mark_dropped(connection: sa.Connection) -> None:
    threads = sa.table("threads", sa.column("id"), sa.column("kind"), sa.column("latest"), sa.column("dropped"))
    wanted = sa.select(threads.c.id, threads.c.latest).where(threads.c.kind.in_(("commitment", "proposal", "demand")))
    found = [row.id for row in connection.execute(wanted) if _is_dropped(row.latest)]
    for start in range(0, len(found), _AT_ONCE):
        some = threads.c.id.in_(found[start : start + _AT_ONCE])
        connection.execute(sa.update(threads).where(some).values(dropped=True))


def _is_dropped(latest: bytes) -> bool:
    """Return whether the last sighting that is no figure is denied, as the release of this revision wrote sightings."""
    sightings = msgspec.msgpack.decode(latest)
    return next((one["negated"] for one in reversed(sightings) if one["kind"] != "figure"), False)
