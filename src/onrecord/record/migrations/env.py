"""Runs migrations on the connection that `record.database` hands over."""

from __future__ import annotations

from alembic import context

from onrecord.record.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite changes a column only by making its table anew
    transaction_per_migration=False,
)
context.run_migrations()
