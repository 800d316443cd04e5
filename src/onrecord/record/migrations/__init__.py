"""Migrations of the record by Alembic, run when a record is opened."""
