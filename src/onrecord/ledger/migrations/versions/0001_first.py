"""The first ledger."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")
_WORDS = {
    "sqlite": ("CREATE VIRTUAL TABLE {0} USING fts5(words, content='', tokenize='ascii')",),
    "postgresql": (
        "CREATE TABLE {0} (key bigint PRIMARY KEY, words tsvector NOT NULL)",
        # Questions are planned by how common their words are, also of words that are not among the thousand commonest.
        "ALTER TABLE {0} ALTER COLUMN words SET STATISTICS 1000",
        # New words wait in a list until there are many, which costs far less; the end of a run empties it.
        "CREATE INDEX ix_{0}_words ON {0} USING gin (words) WITH (gin_pending_list_limit = 32768)",
    ),
}


def upgrade() -> None:
    """Make every table, and the two search indexes."""
    _tables()
    op.execute("INSERT INTO counters (name, value) VALUES ('claims', 0), ('keys', 0)")
    for table in ("claim_words", "document_words"):
        for statement in _WORDS[op.get_bind().dialect.name]:
            op.execute(statement.format(table))


def _tables() -> None:
    op.create_table(
        "counters",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_counters"),
    )
    op.create_table(
        "documents",
        sa.Column("key", _KEY, autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("given", sa.Text(), nullable=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("publisher", sa.Text(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("words", sa.String(length=24), nullable=False),
        sa.Column("layout", sa.LargeBinary(), nullable=True),
        sa.Column("known_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_documents"),
        sa.UniqueConstraint("id", name="uq_documents_id"),
    )
    op.create_index("ix_documents_address", "documents", ["address"], unique=False)
    op.create_index("ix_documents_given", "documents", ["given"], unique=False)
    op.create_table(
        "judgements",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("claim", sa.String(length=24), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_judgements"),
    )
    op.create_index("ix_judgements_claim", "judgements", ["claim"], unique=False)
    op.create_table(
        "originals",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_originals"),
    )
    op.create_table(
        "runs",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("command", sa.Text(), nullable=False),
        sa.Column("reader", sa.Text(), nullable=True),
        sa.Column("started_at", _INSTANT, nullable=False),
        sa.Column("finished_at", _INSTANT, nullable=True),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("updated", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Integer(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_runs"),
    )
    op.create_table(
        "sources",
        sa.Column("key", _KEY, autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("key", name="pk_sources"),
    )
    op.create_index("ix_sources_name", "sources", ["name"], unique=False)
    op.create_table(
        "captures",
        sa.Column("key", _KEY, autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("original", sa.String(length=64), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("charset", sa.Text(), nullable=True),
        sa.Column("fetched_at", _INSTANT, nullable=False),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("stated", sa.Text(), nullable=False),
        sa.Column("failed", sa.Integer(), nullable=False),
        sa.Column("recorded_at", _INSTANT, nullable=False),
        sa.Column("run", _KEY, nullable=False),
        sa.ForeignKeyConstraint(["original"], ["originals.hash"], name="fk_captures_original"),
        sa.ForeignKeyConstraint(["run"], ["runs.key"], name="fk_captures_run"),
        sa.PrimaryKeyConstraint("key", name="pk_captures"),
        sa.UniqueConstraint("id", name="uq_captures_id"),
    )
    op.create_index("ix_captures_address", "captures", ["address"], unique=False)
    op.create_index("ix_captures_original", "captures", ["original"], unique=False)
    op.create_table(
        "faults",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("run", _KEY, nullable=False),
        sa.Column("document", _KEY, nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=True),
        sa.Column("last", sa.Integer(), nullable=True),
        sa.Column("at", _INSTANT, nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.key"], name="fk_faults_document"),
        sa.ForeignKeyConstraint(["run"], ["runs.key"], name="fk_faults_run"),
        sa.PrimaryKeyConstraint("key", name="pk_faults"),
    )
    op.create_index("ix_faults_run", "faults", ["run"], unique=False)
    op.create_table(
        "readings",
        sa.Column("key", _KEY, autoincrement=False, nullable=False),
        sa.Column("document", _KEY, nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("read_at", _INSTANT, nullable=False),
        sa.Column("superseded_at", _INSTANT, nullable=True),
        sa.Column("run", _KEY, nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.key"], name="fk_readings_document"),
        sa.ForeignKeyConstraint(["run"], ["runs.key"], name="fk_readings_run"),
        sa.PrimaryKeyConstraint("key", name="pk_readings"),
        sa.UniqueConstraint("document", "reader", name="uq_readings_document_reader"),
    )
    op.create_table(
        "captured",
        sa.Column("capture", _KEY, nullable=False),
        sa.Column("document", _KEY, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["capture"], ["captures.key"], name="fk_captured_capture"),
        sa.ForeignKeyConstraint(["document"], ["documents.key"], name="fk_captured_document"),
        sa.PrimaryKeyConstraint("capture", "document", name="pk_captured"),
    )
    op.create_index("ix_captured_document", "captured", ["document"], unique=False)
    op.create_table(
        "claims",
        sa.Column("key", _KEY, autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("document", _KEY, nullable=False),
        sa.Column("reading", _KEY, nullable=False),
        sa.Column("source", _KEY, nullable=True),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("quoted", sa.Text(), nullable=True),
        sa.Column("low", sa.Float(precision=53), nullable=True),
        sa.Column("high", sa.Float(precision=53), nullable=True),
        sa.Column("approximate", sa.Boolean(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("basis", sa.Text(), nullable=True),
        sa.Column("actor", sa.Text(), nullable=True),
        sa.Column("target", sa.Text(), nullable=True),
        sa.Column("object", sa.Text(), nullable=True),
        sa.Column("place", sa.Text(), nullable=True),
        sa.Column("happened_from", sa.Date(), nullable=True),
        sa.Column("happened_to", sa.Date(), nullable=True),
        sa.Column("confidence", sa.Float(precision=53), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=24), nullable=False),
        sa.Column("repeated_at", _INSTANT, nullable=True),
        sa.Column("record", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.key"], name="fk_claims_document"),
        sa.ForeignKeyConstraint(["reading"], ["readings.key"], name="fk_claims_reading"),
        sa.ForeignKeyConstraint(["source"], ["sources.key"], name="fk_claims_source"),
        sa.PrimaryKeyConstraint("key", name="pk_claims"),
    )
    op.create_index("ix_claims_id", "claims", ["id"], unique=False)
    op.create_index("ix_claims_reading", "claims", ["reading"], unique=False)
