"""Shelves: of a block only the claims are asked for that may be of one series."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column, and note that every claim there is must be compared anew."""
    op.execute("DELETE FROM points")
    op.add_column("points", sa.Column("shelf", sa.Integer(), nullable=False))
    op.drop_index("ix_points_measured", "points")
    op.create_index("ix_points_measured", "points", ["measured", "shelf", "said"], unique=False)
    op.execute(
        "INSERT INTO stale (kind, block, said) SELECT 'unread', 0, 0 WHERE EXISTS (SELECT 1 FROM claims) "
        "ON CONFLICT DO NOTHING"
    )
