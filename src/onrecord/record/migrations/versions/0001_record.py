"""The first tables.

Full-text search stands beside them: FTS5 tables in SQLite, kept in step with `claims` by triggers and with the bodies
of stories by `adding`; tsvector columns in PostgreSQL. In SQLite a row of FTS5 has the position of its claim or story
for its number, so that a search comes in order of time and stops when a page is full; and `facets` holds what is asked
for most beside words, each as one token between characters of private use, which nobody types: a common word with a
rare country costs what the rare one does.
"""

from __future__ import annotations

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TOKENS = "content='', tokenize='porter unicode61 remove_diacritics 2'"
_FACETS = ("kind", "country", "outlet", "verdict", "indicator", "review")
_CHANGED = f"words, actor, measure, said_by, day, {', '.join(_FACETS)}"


def _claim_words(row: str) -> str:
    """Return the position and the indexed texts of a row of `claims`."""
    tokens = (f"replace(replace(replace({row}.{one}, '.', '0'), '-', '1'), '_', '2')" for one in _FACETS)
    facets = " || ".join(f"coalesce(char(57344) || {token} || char(57344) || ' ', '')" for token in tokens)
    return f"{row}.position, {row}.words, {row}.actor, {row}.measure, {row}.said_by, {facets}"


_INDEXED = "rowid, words, actor, measure, said_by, facets"
_PUT = f"INSERT INTO claim_words({_INDEXED}) VALUES ({_claim_words('new')});"  # noqa: S608
_TAKE = f"INSERT INTO claim_words(claim_words, {_INDEXED}) VALUES ('delete', {_claim_words('old')});"  # noqa: S608
_SQLITE = (
    f"CREATE VIRTUAL TABLE claim_words USING fts5(words, actor, measure, said_by, facets, {_TOKENS})",
    f"CREATE VIRTUAL TABLE story_words USING fts5(headline, body, facets, {_TOKENS})",
    f"CREATE TRIGGER claims_added AFTER INSERT ON claims BEGIN {_PUT} END",
    f"CREATE TRIGGER claims_gone AFTER DELETE ON claims BEGIN {_TAKE} END",
    f"CREATE TRIGGER claims_changed AFTER UPDATE OF {_CHANGED} ON claims BEGIN {_TAKE} {_PUT} END",
)


def _plain() -> tuple[str, str]:
    """Return characters and, in the same order, what each becomes: letters without diacritics, a blank for a mark.

    Diacritics that stand alone come last, and become nothing.
    """
    becomes = {}
    for character in map(chr, (*range(0x21, 0x300), *range(0x370, 0x2500), *range(0x3000, 0x3040))):
        letters = unicodedata.normalize("NFD", character)
        if len(letters) > 1 and all(unicodedata.combining(mark) for mark in letters[1:]):
            becomes[character] = letters[0]
        elif unicodedata.category(character)[0] in "PSZ":
            becomes[character] = " "
    return "".join(becomes) + "".join(map(chr, range(0x300, 0x370))), "".join(becomes.values())


def _postgresql() -> tuple[str, ...]:
    before, after = (text.replace("\\", "\\\\").replace("'", "\\'") for text in _plain())
    # of one text after the other, each with its weight, and between them a lexeme over which no phrase reaches
    texts = {"words": "D", "actor": "A", "measure": "B", "said_by": "C"}
    parts = (f"setweight(onrecord_words(coalesce({name}, '')), '{weight}')" for name, weight in texts.items())
    document = " || '''/''\\:1'::tsvector || ".join(parts)  # `text` takes :1 for a parameter
    return (
        "CREATE TEXT SEARCH DICTIONARY onrecord (TEMPLATE = snowball, Language = english)",  # without stop words
        "CREATE TEXT SEARCH CONFIGURATION onrecord (COPY = simple)",
        "ALTER TEXT SEARCH CONFIGURATION onrecord ALTER MAPPING FOR asciiword, word WITH onrecord",
        f"""CREATE FUNCTION onrecord_plain(given text) RETURNS text IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
            AS $$ SELECT translate(given, E'{before}', E'{after}') $$""",
        """CREATE FUNCTION onrecord_words(given text) RETURNS tsvector IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql
            AS $$ SELECT to_tsvector('onrecord', onrecord_plain(given)) $$""",
        f"ALTER TABLE claims ADD COLUMN document tsvector GENERATED ALWAYS AS ({document}) STORED",
        "CREATE INDEX ix_claims_document ON claims USING gin (document)",
        *(f"CREATE INDEX ix_claims_{one}_position ON claims ({one}, position)" for one in _FACETS),
        "ALTER TABLE stories ADD COLUMN document tsvector",
        "CREATE INDEX ix_stories_document ON stories USING gin (document)",
    )


def upgrade() -> None:
    """Make every table."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    # a row's day, counted from that before 0001-01-01, then its number
    day = "cast(julianday(day) - 1721424.5 as integer)" if sqlite else "day - DATE '0001-01-01' + 1"
    position = f"coalesce({day}, 0)" + ("" if sqlite else "::bigint") + " * 68719476736 + id"
    stored = None if sqlite else True  # PostgreSQL before 18 has no others; SQLite works it out when it is asked for
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
    tracked = ["kind", "due", "last_day", "status", "stage", "country", "actor"]
    op.create_index(op.f(f"ix_threads_{'_'.join(tracked)}"), "threads", tracked, unique=False)
    op.create_index(op.f("ix_threads_country_kind_due"), "threads", ["country", "kind", "due"], unique=False)
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
    op.create_index(op.f("ix_sources_source"), "sources", ["source"], unique=False)
    op.create_index(op.f("ix_sources_url"), "sources", ["url"], unique=False)
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
        sa.Column("position", sa.BigInteger(), sa.Computed(position, persisted=stored)),
        sa.ForeignKeyConstraint(
            ["capture_id"], ["captures.id"], name=op.f("fk_stories_capture_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["first_id"], ["stories.id"], name=op.f("fk_stories_first_id"), ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
        sa.UniqueConstraint("capture_id", "number", name=op.f("uq_stories_capture_id_number")),
    )
    op.create_index(op.f("ix_stories_position"), "stories", ["position"], unique=False)
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
        sa.Column("verdict", sa.Text(), nullable=True),
        sa.Column("indicator", sa.Text(), nullable=True),
        sa.Column("review", sa.Text(), nullable=True),
        sa.Column("position", sa.BigInteger(), sa.Computed(position, persisted=stored)),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=op.f("fk_claims_story_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
        sa.UniqueConstraint("address", name=op.f("uq_claims_address")),
    )
    op.create_index(op.f("ix_claims_due"), "claims", ["due"], unique=False)
    op.create_index(op.f("ix_claims_position"), "claims", ["position"], unique=False)
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
    for statement in _SQLITE if sqlite else _postgresql():
        op.execute(sa.text(statement))


def downgrade() -> None:
    """Refuse: before the first tables there was no record."""
    raise NotImplementedError("the first tables cannot be taken back")
