"""Rows of files that workers grade."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the table."""
    op.create_table(
        "batch_rows",
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("batch", sa.String(64), nullable=False),
        sa.Column("line", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("row_id", sa.String(200), nullable=False),
        sa.Column("question", sa.String(200), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("graded", sa.JSON(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("owner", "batch", "line", name="pk_batch_rows"),
    )


def downgrade() -> None:
    """Drops it; files of graded rows are not touched."""
    op.drop_table("batch_rows")
