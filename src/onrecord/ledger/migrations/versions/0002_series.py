"""Series: what claims measure, how they are linked, and which reports are near-copies."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables, and note that every claim there is must still be compared."""
    op.create_table(
        "points",
        sa.Column("claim", _KEY, autoincrement=False, nullable=False),
        sa.Column("measured", sa.BigInteger(), nullable=False),
        sa.Column("numbered", sa.BigInteger(), nullable=True),
        sa.Column("said", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=24), nullable=True),
        sa.Column("measure", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claims.key"], name="fk_points_claim"),
        sa.PrimaryKeyConstraint("claim", name="pk_points"),
    )
    op.create_index("ix_points_measured", "points", ["measured", "said"], unique=False)
    op.create_index("ix_points_head", "points", ["head"], unique=False)
    op.create_index("ix_points_numbered", "points", ["numbered"], unique=False)
    op.create_table(
        "sketches",
        sa.Column("document", _KEY, autoincrement=False, nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["document"], ["documents.key"], name="fk_sketches_document"),
        sa.PrimaryKeyConstraint("document", name="pk_sketches"),
    )
    op.create_table(
        "bands",
        sa.Column("band", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("place", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("band", "place", name="pk_bands"),
    )
    op.create_table(
        "stale",
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("block", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("said", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("kind", "block", "said", name="pk_stale"),
    )
    op.create_table(
        "series",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("block", sa.BigInteger(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("voices", sa.Integer(), nullable=False),
        sa.Column("documents", sa.Integer(), nullable=False),
        sa.Column("first_said", sa.Date(), nullable=False),
        sa.Column("last_said", sa.Date(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_series"),
    )
    op.create_index("ix_series_block", "series", ["block"], unique=False)
    op.create_index("ix_series_last_said", "series", ["last_said"], unique=False)
    op.create_table(
        "links",
        sa.Column("key", _KEY, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("block", sa.BigInteger(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("earlier", sa.String(length=24), nullable=False),
        sa.Column("later", sa.String(length=24), nullable=False),
        sa.Column("earlier_document", sa.String(length=24), nullable=False),
        sa.Column("later_document", sa.String(length=24), nullable=False),
        sa.Column("said", sa.Date(), nullable=False),
        sa.Column("score", sa.Float(precision=53), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("drift", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_links"),
    )
    op.create_index("ix_links_block", "links", ["block", "said"], unique=False)
    op.create_index("ix_links_earlier", "links", ["earlier"], unique=False)
    op.create_index("ix_links_later", "links", ["later"], unique=False)
    op.execute("INSERT INTO stale (kind, block, said) SELECT 'unread', 0, 0 WHERE EXISTS (SELECT 1 FROM claims)")
