"""Shelves and places: of a block only those claims are asked for with which one more may be compared."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns, and note that every claim there is must be compared anew."""
    op.execute("DELETE FROM points")
    op.add_column("points", sa.Column("shelf", sa.Integer(), nullable=False))
    op.add_column("points", sa.Column("place", sa.Integer(), nullable=True))
    op.drop_index("ix_points_measured", "points")
    op.create_index("ix_points_measured", "points", ["measured", "shelf", "said"], unique=False)
    op.drop_index("ix_points_head", "points")
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
    lacking = sa.text("summary IS NULL")
    op.create_index("ix_series_lacking", "series", ["id"], sqlite_where=lacking, postgresql_where=lacking)
    op.execute(
        "INSERT INTO stale (kind, block, said) SELECT 'unread', 0, 0 WHERE EXISTS (SELECT 1 FROM claims) "
        "ON CONFLICT DO NOTHING"
    )
