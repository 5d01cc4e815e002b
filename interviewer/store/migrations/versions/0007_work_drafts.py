"""Code, queries and sketches that are written and not sent."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the table."""
    op.create_table(
        "work_drafts",
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("owner", "place", name="pk_work_drafts"),
    )


def downgrade() -> None:
    """Drops it; what was sent is in the log."""
    op.drop_table("work_drafts")
