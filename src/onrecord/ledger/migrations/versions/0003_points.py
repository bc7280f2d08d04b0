"""Points stand by themselves, and tell their place: so only those are asked for with which one more is compared."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make points and series anew, and note that every claim there is must be compared anew."""
    op.drop_table("points")
    op.create_table(
        "points",
        sa.Column("claim", _KEY, autoincrement=False, nullable=False),
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("document", sa.String(length=24), nullable=False),
        sa.Column("page", sa.Text(), nullable=False),
        sa.Column("said", sa.Integer(), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.Column("measured", sa.BigInteger(), nullable=False),
        sa.Column("shelf", sa.Integer(), nullable=False),
        sa.Column("numbered", sa.BigInteger(), nullable=True),
        sa.Column("origin", sa.Integer(), nullable=False),
        sa.Column("head", sa.String(length=24), nullable=True),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("measure", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claims.key"], name="fk_points_claim"),
        sa.PrimaryKeyConstraint("claim", name="pk_points"),
    )
    op.create_index("ix_points_measured", "points", ["measured", "shelf", "said"], unique=False)
    op.create_index("ix_points_numbered", "points", ["numbered", "origin", "said"], unique=False)
    op.create_index("ix_points_head", "points", ["head", "place"], unique=False)
    op.drop_table("series")
    op.create_table(
        "series",
        sa.Column("id", sa.String(length=24), nullable=False),
        sa.Column("block", sa.BigInteger(), nullable=False),
        sa.Column("head", sa.String(length=24), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("first_said", sa.Date(), nullable=False),
        sa.Column("last_said", sa.Date(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_series"),
    )
    op.create_index("ix_series_block", "series", ["block"], unique=False)
    op.create_index("ix_series_last_said", "series", ["last_said"], unique=False)
    op.create_index("ix_links_relation", "links", ["relation", "key"], unique=False)
    lacking = sa.text("summary IS NULL")
    op.create_index("ix_series_lacking", "series", ["id"], sqlite_where=lacking, postgresql_where=lacking)
    op.execute(
        "INSERT INTO stale (kind, block, said) SELECT 'unread', 0, 0 WHERE EXISTS (SELECT 1 FROM claims) "
        "ON CONFLICT DO NOTHING"
    )
