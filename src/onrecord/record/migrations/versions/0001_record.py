"""The first tables.

Full-text search stands beside them: FTS5 tables in SQLite, kept in step with `claims` by triggers and with the bodies
of stories by `adding`; tsvector columns in PostgreSQL.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_SQLITE = (
    """CREATE VIRTUAL TABLE claim_words USING fts5(
        words, actor, measure, said_by,
        content='claims', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2'
    )""",
    """CREATE VIRTUAL TABLE story_words USING fts5(
        headline, body, content='', tokenize='porter unicode61 remove_diacritics 2'
    )""",
    """CREATE TRIGGER claims_added AFTER INSERT ON claims BEGIN
        INSERT INTO claim_words(rowid, words, actor, measure, said_by)
        VALUES (new.id, new.words, new.actor, new.measure, new.said_by);
    END""",
    """CREATE TRIGGER claims_gone AFTER DELETE ON claims BEGIN
        INSERT INTO claim_words(claim_words, rowid, words, actor, measure, said_by)
        VALUES ('delete', old.id, old.words, old.actor, old.measure, old.said_by);
    END""",
    """CREATE TRIGGER claims_changed AFTER UPDATE OF words, actor, measure, said_by ON claims BEGIN
        INSERT INTO claim_words(claim_words, rowid, words, actor, measure, said_by)
        VALUES ('delete', old.id, old.words, old.actor, old.measure, old.said_by);
        INSERT INTO claim_words(rowid, words, actor, measure, said_by)
        VALUES (new.id, new.words, new.actor, new.measure, new.said_by);
    END""",
)
_POSTGRESQL = (
    """ALTER TABLE claims ADD COLUMN document tsvector GENERATED ALWAYS AS (
        to_tsvector('english', words || ' ' || coalesce(actor, '') || ' ' || coalesce(measure, '')
            || ' ' || coalesce(said_by, '')
        )
    ) STORED""",
    "CREATE INDEX ix_claims_document ON claims USING gin (document)",
    "ALTER TABLE stories ADD COLUMN document tsvector",
    "CREATE INDEX ix_stories_document ON stories USING gin (document)",
)


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "captures",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=True),
        sa.Column("content_type", sa.Text(), nullable=True),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("markup", sa.Text(), nullable=True),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("added", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_captures")),
    )
    op.create_table(
        "feeds",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_feeds")),
    )
    op.create_table(
        "reviews",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("claim_address", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("machine", sa.Text(), nullable=False),
        sa.Column("corrected", sa.Text(), nullable=True),
        sa.Column("reviewer", sa.Text(), nullable=False),
        sa.Column("decided", sa.Text(), nullable=False),
        sa.Column("undone", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
    )
    op.create_index(op.f("ix_reviews_claim_address"), "reviews", ["claim_address"], unique=False)
    op.create_table(
        "threads",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("measure", sa.Text(), nullable=True),
        sa.Column("target", sa.Text(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("stage", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), nullable=True),
        sa.Column("rating", sa.Text(), nullable=True),
        sa.Column("figures", sa.Text(), nullable=True),
        sa.Column("latest", sa.LargeBinary(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=True),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.Column("changed_day", sa.Date(), nullable=True),
        sa.Column("sightings", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threads")),
    )
    op.create_index(op.f("ix_threads_country_due"), "threads", ["country", "due"], unique=False)
    op.create_index(op.f("ix_threads_due"), "threads", ["due"], unique=False)
    op.create_index(op.f("ix_threads_kind_due"), "threads", ["kind", "due"], unique=False)
    op.create_index(op.f("ix_threads_status_due"), "threads", ["status", "due"], unique=False)
    op.create_table(
        "former_claims",
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("capture_id", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("gone", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["capture_id"], ["captures.id"], name=op.f("fk_former_claims_capture_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_former_claims")),
    )
    op.create_index(op.f("ix_former_claims_capture_id"), "former_claims", ["capture_id"], unique=False)
    op.create_table(
        "sources",
        sa.Column("capture_id", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("seen", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["capture_id"], ["captures.id"], name=op.f("fk_sources_capture_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("capture_id", "source", name=op.f("pk_sources")),
    )
    op.create_table(
        "stories",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("capture_id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("headline", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=True),
        sa.Column("first_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("relation", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["capture_id"], ["captures.id"], name=op.f("fk_stories_capture_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["first_id"], ["stories.id"], name=op.f("fk_stories_first_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
        sa.UniqueConstraint("capture_id", "number", name=op.f("uq_stories_capture_id_number")),
    )
    op.create_index(op.f("ix_stories_day"), "stories", ["day"], unique=False)
    op.create_index(op.f("ix_stories_first_id"), "stories", ["first_id"], unique=False)
    op.create_table(
        "thread_keys",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("thread_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["threads.id"], name=op.f("fk_thread_keys_thread_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("key", "thread_id", name=op.f("pk_thread_keys")),
    )
    op.create_index(op.f("ix_thread_keys_thread_id"), "thread_keys", ["thread_id"], unique=False)
    op.create_table(
        "claims",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("story_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("measure", sa.Text(), nullable=True),
        sa.Column("said_by", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("review", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_claims_story_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
        sa.UniqueConstraint("address", name=op.f("uq_claims_address")),
    )
    op.create_index(op.f("ix_claims_country_day"), "claims", ["country", "day"], unique=False)
    op.create_index(op.f("ix_claims_day"), "claims", ["day"], unique=False)
    op.create_index(op.f("ix_claims_due"), "claims", ["due"], unique=False)
    op.create_index(op.f("ix_claims_kind_day"), "claims", ["kind", "day"], unique=False)
    op.create_index(op.f("ix_claims_outlet_day"), "claims", ["outlet", "day"], unique=False)
    op.create_index(op.f("ix_claims_review"), "claims", ["review"], unique=False)
    op.create_index(op.f("ix_claims_story_id_number"), "claims", ["story_id", "number"], unique=False)
    op.create_table(
        "statements",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("story_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_statements_story_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statements")),
        sa.UniqueConstraint("story_id", "number", name=op.f("uq_statements_story_id_number")),
    )
    op.create_table(
        "story_bands",
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.Column("story_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_story_bands_story_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("band", "story_id", name=op.f("pk_story_bands")),
    )
    op.create_index(op.f("ix_story_bands_story_id"), "story_bands", ["story_id"], unique=False)
    op.create_table(
        "thread_claims",
        sa.Column("claim_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("thread_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.id"], name=op.f("fk_thread_claims_claim_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["thread_id"], ["threads.id"], name=op.f("fk_thread_claims_thread_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("claim_id", name=op.f("pk_thread_claims")),
    )
    op.create_index(op.f("ix_thread_claims_thread_id"), "thread_claims", ["thread_id"], unique=False)
    op.create_table(
        "verdicts",
        sa.Column("claim_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("indicator", sa.Text(), nullable=True),
        sa.Column("entity", sa.Text(), nullable=True),
        sa.Column("period", sa.Text(), nullable=True),
        sa.Column("edition", sa.Date(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["claim_id"], ["claims.id"], name=op.f("fk_verdicts_claim_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("claim_id", name=op.f("pk_verdicts")),
    )
    op.create_index(op.f("ix_verdicts_indicator"), "verdicts", ["indicator"], unique=False)
    op.create_index(op.f("ix_verdicts_verdict"), "verdicts", ["verdict"], unique=False)
    for statement in _SQLITE if op.get_bind().dialect.name == "sqlite" else _POSTGRESQL:
        op.execute(sa.text(statement))


def downgrade() -> None:
    """Refuse: before the first tables there was no record."""
    raise NotImplementedError("the first tables cannot be taken back")
