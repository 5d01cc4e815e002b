"""Loops, and the words of their debriefs."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates the two tables."""
    op.create_table(
        "loops",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("track", sa.String(100), nullable=False),
        sa.Column("plan", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_loops"),
        sa.UniqueConstraint("id", "owner", name="uq_loops_id_owner"),
    )
    op.create_index("ix_loops_owner_created_at", "loops", ["owner", "created_at"])
    op.create_table(
        "debriefs",
        sa.Column("loop_id", sa.String(36), nullable=False),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("facts_sha256", sa.String(64), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("loop_id", name="pk_debriefs"),
        sa.ForeignKeyConstraint(
            ["loop_id", "owner"],
            ["loops.id", "loops.owner"],
            name="fk_debriefs_loops",
            ondelete="CASCADE",
        ),
    )


def downgrade() -> None:
    """Drops them; the interviews of a loop stay."""
    op.drop_table("debriefs")
    op.drop_index("ix_loops_owner_created_at", table_name="loops")
    op.drop_table("loops")
